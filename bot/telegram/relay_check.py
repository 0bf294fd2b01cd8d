"""Looks whether the team's group is as the relay needs it; changes nothing."""

from __future__ import annotations

from telegram import Bot, ChatMemberAdministrator
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.settings import Settings
from bot.telegram.application import quiet_libraries

_RIGHTS = {
    "can_manage_topics": "Gérer les sujets",
    "can_delete_messages": "Supprimer les messages",
}
"""What the bot needs: to make topics, and to delete them with their messages (#deleteforumtopic)."""


async def look(settings: Settings) -> list[str]:
    """Return what is to be put right, each with what to do; empty when the group is ready."""
    quiet_libraries()
    assert settings.telegram_token and settings.groupe  # asked by the caller
    bot = Bot(settings.telegram_token.get_secret_value(), f"{settings.telegram_api}/bot")
    try:
        async with bot:
            return await _problems(bot, settings.groupe)
    except InvalidToken:
        return ["PASSERELLE_TELEGRAM_TOKEN : Telegram refuse ce jeton\n    -> redemandez-le à @BotFather"]
    except TelegramError as error:
        return [f"Telegram ne répond pas ({type(error).__name__})\n    -> réessayez dans quelques minutes"]


async def _problems(bot: Bot, group: str) -> list[str]:
    try:
        chat = await bot.get_chat(group)
        member = await bot.get_chat_member(chat.id, bot.id)
    except (BadRequest, Forbidden):
        return [f"PASSERELLE_GROUPE : le robot ne voit pas {group}\n    -> ajoutez-le au groupe, puis recommencez"]
    found = []
    if not chat.is_forum:
        found.append("Le groupe n'a pas de sujets\n    -> réglages du groupe : activez « Sujets »")
    if not isinstance(member, ChatMemberAdministrator):
        found.append("Le robot n'est pas administrateur du groupe\n    -> nommez-le administrateur : sans cela il ne")
        found[-1] += " lit pas les messages"
        return found
    for right, name in _RIGHTS.items():
        if not getattr(member, right):
            found.append(f"Il manque au robot le droit « {name} »\n    -> réglages du groupe, administrateurs, robot")
    return found
