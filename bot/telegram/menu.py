"""What Telegram itself shows of the bot: its commands, its name, its description; nothing sensitive in any of them."""

from collections.abc import Awaitable, Callable
from functools import partial

import structlog
from telegram import BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.campaigns.payloads import MINE
from bot.payload import LINK, PRIVACY, URGENT, encode
from bot.relay.payloads import INFO, STOP
from bot.reminders.payloads import SEE
from bot.telegram.calls import kind_of
from bot.voice.screens import OFFER as SUGGEST
from dialogs.events import Did

_COMMANDS = {
    "": {
        "start": "Ouvrir Passerelle",
        "recommencer": "Recommencer depuis le début",
        "langue": "Changer de langue",
        "mes_reponses": "Voir et changer mes réponses",
        "mes_rappels": "Voir, changer ou arrêter mes rappels",
        "mes_nouvelles": "Voir, changer ou arrêter mes nouvelles",
        "effacer": "Effacer mes réponses et nos messages",
        "urgence": "Les numéros d'urgence",
        "aide": "Comment ça marche",
        "confidentialite": "Ce que je garde, et combien de temps",
    },
    "en": {
        "start": "Open Passerelle",
        "restart": "Start again from the beginning",
        "language": "Change language",
        "my_answers": "See and change my answers",
        "my_reminders": "See, change or stop my reminders",
        "my_news": "See, change or stop my news",
        "erase": "Erase my answers and our messages",
        "emergency": "Emergency numbers",
        "help": "How it works",
        "privacy": "What I keep, and for how long",
    },
    "ar": {
        "start": "فتح Passerelle",
        "recommencer": "البدء من جديد",
        "langue": "تغيير اللغة",
        "mes_reponses": "رؤية إجاباتي وتغييرها",
        "mes_rappels": "رؤية تذكيراتي أو تغييرها أو إيقافها",
        "mes_nouvelles": "رؤية أخباري أو تغييرها أو إيقافها",
        "effacer": "محو إجاباتي ورسائلنا",
        "urgence": "أرقام الطوارئ",
        "aide": "كيف يعمل",
        "confidentialite": "ما أحتفظ به وإلى متى",
    },
}
"""By language of the person's Telegram; the first is for all others. Every command is understood in every language."""

_ACTIONS = {
    encode(Did("recommencer")): ("recommencer", "restart"),
    encode(Did("langue")): ("langue", "language"),
    encode(Did("reponses")): ("mes_reponses", "my_answers"),
    SEE: ("mes_rappels", "my_reminders"),
    MINE: ("mes_nouvelles", "my_news"),
    encode(Did("effacer")): ("effacer", "erase"),
    encode(Did("quitter")): ("quitter", "leave"),
    URGENT: ("urgence", "emergency"),
    encode(Did("aide")): ("aide", "help"),
    PRIVACY: ("confidentialite", "privacy"),
    LINK: ("lien", "link"),
    SUGGEST: ("avis", "feedback"),
    INFO: ("parler", "talk"),
    STOP: ("arreter", "stop"),
}
PAYLOADS = {name: payload for payload, names in _ACTIONS.items() for name in names}
"""What each command does, as a button would."""

_NAME = "Passerelle"
_SHORT = {
    "": "Les aides et les lieux utiles près de chez vous, à Paris. Gratuit, sans compte.",
    "en": "Help and useful places near you, in Paris. Free, no account.",
    "ar": "مساعدات وأماكن مفيدة قريبة منكم في باريس. مجاني، بدون حساب.",
}
_DESCRIPTION = {
    "": "Bonjour. Quelques questions, et je vous montre les droits et les lieux utiles à votre famille, à Paris.\n\n"
    "Pas de nom, pas de compte. Vos réponses s'effacent après 24 heures de silence.",
    "en": "Hello. A few questions, and I show you the rights and the places useful to your family, in Paris.\n\n"
    "No name, no account. Your answers are erased after 24 hours of silence.",
    "ar": "مرحباً. بعد بضعة أسئلة، أعرض عليكم الحقوق والأماكن المفيدة لعائلتكم في باريس.\n\n"
    "بدون اسم وبدون حساب. تُمحى إجاباتكم بعد 24 ساعة من الصمت.",
}
_SORRY = {
    "": "Désolé, je n'ai pas pu répondre. Réessayez dans un instant. En danger, appelez le 17 ou le 112.",
    "en": "Sorry, I could not answer. Please try again in a moment. If you are in danger, call 17 or 112.",
    "ar": "عذراً، لم أتمكن من الرد. حاولوا مرة أخرى بعد قليل. إذا كنتم في خطر، اتصلوا بالرقم 17 أو 112.",
}
_PRIVATE_ONLY = {
    "": "Je réponds seulement en privé : ouvrez une conversation avec moi.",
    "en": "I only answer in private: open a chat with me.",
    "ar": "أجيب في محادثة خاصة فقط: افتحوا محادثة معي.",
}
_log = structlog.get_logger(__name__)


def sorry(language: str | None) -> str:
    """Return what to say when an answer could not be made in the language of a phone, French by default."""
    return _in(_SORRY, language)


def private_only(language: str | None) -> str:
    """Return what to say once in a group in the language of a phone, French by default."""
    return _in(_PRIVATE_ONLY, language)


async def publish(bot: ExtBot[str]) -> None:
    """Show the commands, the name and the descriptions; a failure is logged and changes nothing else."""
    scope = BotCommandScopeAllPrivateChats()
    for language, commands in _COMMANDS.items():
        shown = [BotCommand(name, description) for name, description in commands.items()]
        await _tried(partial(bot.set_my_commands, shown, scope=scope, language_code=language or None))
    for language in _COMMANDS:
        await _tried(partial(_describe, bot, language))


async def _describe(bot: ExtBot[str], language: str) -> None:
    """Say who the bot is; what reads so already is left alone, since Telegram allows few changes a day."""
    code = language or None
    if (await bot.get_my_short_description(code)).short_description != _SHORT[language]:
        await bot.set_my_short_description(_SHORT[language], code)
    if (await bot.get_my_description(code)).description != _DESCRIPTION[language]:
        await bot.set_my_description(_DESCRIPTION[language], code)
    if (await bot.get_my_name(code)).name != _NAME:
        await bot.set_my_name(_NAME, code)


async def _tried(call: Callable[[], Awaitable[object]]) -> None:
    try:
        await call()
    except TelegramError as error:
        _log.warning("telegram.menu_not_published", kind=kind_of(error))


def _in(texts: dict[str, str], language: str | None) -> str:
    return texts.get((language or "").split("-")[0], texts[""])
