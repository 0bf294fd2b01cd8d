"""The commands shown in Telegram's menu, and the few sentences that the channel says by itself."""

import structlog
from telegram import BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.payload import URGENT, encode
from bot.telegram.calls import kind_of
from dialogs.events import Did

PAYLOADS = {
    "recommencer": encode(Did("recommencer")),
    "effacer": encode(Did("effacer")),
    "urgence": URGENT,
    "aide": encode(Did("aide")),
    "help": encode(Did("aide")),  # Telegram's own clients suggest it
}

_COMMANDS = {
    "": {
        "start": "Ouvrir Passerelle",
        "recommencer": "Recommencer depuis le début",
        "urgence": "Les numéros d'urgence",
        "effacer": "Effacer mes réponses et nos messages",
        "aide": "Comment ça marche",
    },
    "en": {
        "start": "Open Passerelle",
        "recommencer": "Start again from the beginning",
        "urgence": "Emergency numbers",
        "effacer": "Erase my answers and our messages",
        "aide": "How it works",
    },
}
"""By language of the person's Telegram; the first is for all other languages."""

_SORRY = {
    "fr": "Désolé, je n'ai pas pu répondre. Réessayez dans un instant. En danger, appelez le 17 ou le 112.",
    "en": "Sorry, I could not answer. Please try again in a moment. If you are in danger, call 17 or 112.",
}
_PRIVATE_ONLY = {
    "fr": "Je réponds seulement en privé : ouvrez une conversation avec moi.",
    "en": "I only answer in private: open a chat with me.",
}
_log = structlog.get_logger(__name__)


def sorry(language: str | None) -> str:
    """Return what to say when an answer could not be made, in French or English."""
    return _in(_SORRY, language)


def private_only(language: str | None) -> str:
    """Return what to say once in a group, in French or English."""
    return _in(_PRIVATE_ONLY, language)


async def publish(bot: ExtBot[str]) -> None:
    """Show the commands in the menu of private chats; a failure is logged and changes nothing else."""
    scope = BotCommandScopeAllPrivateChats()
    try:
        for language, commands in _COMMANDS.items():
            shown = [BotCommand(name, description) for name, description in commands.items()]
            await bot.set_my_commands(shown, scope=scope, language_code=language or None)
    except TelegramError as error:
        _log.warning("telegram.menu_not_published", kind=kind_of(error))


def _in(texts: dict[str, str], language: str | None) -> str:
    return texts["en" if (language or "fr").split("-")[0] == "en" else "fr"]
