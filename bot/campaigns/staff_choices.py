"""Screens on which the team chooses: arrondissements, an age, a theme, languages, what to write, a moment. Pure."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.buttons import Row, in_rows
from bot.campaigns.audience import BAND_NAMES, DISTRICTS, THEMES, theme_label
from bot.campaigns.campaign import Campaign
from bot.campaigns.check import LONGEST, LONGEST_LINE
from bot.campaigns.staff_screens import LANGUAGES, QUESTION, button, moment
from bot.content import Library
from bot.reminders.hours import FIRST_HOUR, LAST_HOUR
from bot.screen import Block, Screen

FIRST_LINE = (
    f"{LONGEST} signes au plus. La première ligne ({LONGEST_LINE} signes) se lit sur un téléphone verrouillé : "
    "rien de sensible, rien qui alarme."
)


def districts(campaign: Campaign) -> Screen:
    """Return the arrondissements, those chosen ticked."""
    chosen = campaign.letter.audience.districts
    buttons = [button(f"{'✅' if each in chosen else ''}{each}", "a", campaign, each) for each in DISTRICTS]
    text = "Touchez les arrondissements. Sans choix : partout. Paris Centre : 1, 2, 3 et 4."
    return _choice(campaign, "Arrondissements", text, tuple(in_rows(buttons)))


def bands(campaign: Campaign) -> Screen:
    """Return the ages, of which one may be chosen."""
    now = campaign.letter.audience.band
    names = {"tous": "tous les âges", **BAND_NAMES}
    rows = tuple((button(_ticked(name, key == (now or "tous")), "g", campaign, key),) for key, name in names.items())
    text = "Un seul âge, ou tous : avec plusieurs, on finirait par reconnaître une famille."
    return _choice(campaign, "Âge d'un enfant", text, rows)


def themes(campaign: Campaign, library: Library) -> Screen:
    """Return the themes, of which one may be chosen; there is no sensitive one among them."""
    now = campaign.letter.audience.theme
    names = {"tous": "tous, même sans sujet coché"}
    names |= {each: theme_label(each, library.content.knowledge).text for each in THEMES}
    rows = tuple((button(_ticked(name, key == (now or "tous")), "s", campaign, key),) for key, name in names.items())
    text = "Seulement les familles qui ont coché ce sujet. Aucun sujet sensible : on n'écrit à personne d'après lui."
    return _choice(campaign, "Sujet", text, rows)


def texts(campaign: Campaign, library: Library) -> Screen:
    """Return the languages to write in; French comes first, since it is read where there is no other."""
    known = [each.id for each in library.catalogs.languages]
    rows = tuple(
        (button(_ticked(LANGUAGES.get(each, each), each in campaign.letter.texts), "e", campaign, each),)
        for each in sorted(known, key=lambda name: (name != "fr", name))
    )
    text = "Le français d'abord. Une famille dont la langue n'a pas de texte le reçoit en français."
    return _choice(campaign, "Textes", text, rows)


def write(campaign: Campaign, question: str, *more: str) -> Screen:
    """Return a question that is answered by writing."""
    blocks = (Block("question", question), *(Block("texte", each) for each in more))
    return Screen(blocks, ((button("↩️ Sans changer", "c", campaign, quiet=True),),), question=QUESTION, typed=True)


def moments(campaign: Campaign, offered: tuple[datetime, ...]) -> Screen:
    """Return when a campaign may begin."""
    rows: list[Row] = [(button("Dès que possible", "h", campaign, "now"),)]
    rows += [(button(moment(at), "h", campaign, f"{at.astimezone(UTC):%Y%m%d%H}"),) for at in offered]
    text = (
        f"L'envoi se fait du lundi au samedi, de {FIRST_HOUR} h à {LAST_HOUR} h, jamais un jour férié ; "
        "ce qui reste part le jour suivant."
    )
    return _choice(campaign, "Quand commencer ?", text, tuple(rows))


def _choice(campaign: Campaign, name: str, text: str, rows: tuple[Row, ...]) -> Screen:
    back: Row = (button("↩️ La campagne", "c", campaign),)
    return Screen((Block("titre", name), Block("texte", text)), (*rows, back), question=QUESTION)


def _ticked(name: str, on: bool) -> str:
    return f"✅ {name}" if on else name
