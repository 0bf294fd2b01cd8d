"""What may not be in a campaign: sensitive subjects, alarm, texts too long. Each problem says what to do, in French.

No check can find what identifies a person: that no name, number or story of somebody is in a campaign is the duty
of those who write it and of the one who approves it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.campaigns.audience import BANDS, DISTRICTS, SENSITIVE, THEMES
from bot.campaigns.campaign import Letter
from bot.content import Library
from bot.discreet import is_hidden
from bot.links import LinkError, parse_link, target_of
from knowledge.danger import detect
from knowledge.folding import fold, words
from knowledge.model import Place

LONGEST, LONGEST_LINE, LONGEST_TITLE = 800, 100, 60
"""Characters of a text, of its first line (phones show about so many on a locked screen), of the team's own title."""

_ALARM = re.compile(
    r"!\s*!|\b(?:urgente?s?|alerte|attention|danger|immediatement|warning|dernier (?:jour|delai|rappel))\b|عاجل"
)
_ADDRESS = re.compile(r"https://[^\s/]+\.[^\s]+")
_SHOUTED = 12
_MAY_OPEN = frozenset(("devenir-parent", "garde-insertion"))
"""Themes that choose no family, but whose cards (a PMI, a crèche) anybody may be shown."""
DUTY = "Rien qui désigne une personne : ni nom, ni numéro, ni histoire de quelqu'un. C'est à vous d'y veiller."
"""What the team is told each time it writes."""


def problems(letter: Letter, library: Library) -> list[str]:
    """Return all that keeps a campaign from being approved; empty when nothing does."""
    found = [] if letter.title else ["le titre manque\n    -> donnez un titre court, pour l'équipe"]
    if not letter.texts.get("fr"):
        found.append(
            "le texte en français manque\n    -> c'est celui que lisent les familles dont la langue n'en a pas"
        )
    for language, text in letter.texts.items():
        found += text_problems(text, language, library)
    found += audience_problems(letter.audience.districts, letter.audience.band, letter.audience.theme)
    return found + opens_problems(letter.opens, library)


def text_problems(text: str, language: str, library: Library) -> list[str]:
    """Return what is wrong with the words of one language."""
    known = [each.id for each in library.catalogs.languages]
    if language not in known:
        return [f"langue « {language} » inconnue\n    -> langues : {', '.join(known)}"]
    first = text.strip().splitlines()[0].strip() if text.strip() else ""
    return [f"texte {language} : {each}" for each in _wrong(text.strip(), first, library)]


def _wrong(text: str, first: str, library: Library) -> Iterator[str]:
    if not text:
        yield "il est vide\n    -> écrivez-le, ou retirez cette langue"
        return
    if len(text) > LONGEST:
        yield f"{len(text)} signes, pour {LONGEST} au plus\n    -> raccourcissez : un message se lit en dix secondes"
    if len(first) > LONGEST_LINE:
        yield f"la première ligne a {len(first)} signes, pour {LONGEST_LINE} au plus\n    -> allez à la ligne plus tôt"
    if word := sensitive_word(first, library):
        yield (
            f"la première ligne dit « {word} », un sujet sensible\n    -> elle s'affiche sur un téléphone verrouillé, "
            "que d'autres peuvent voir : dites-le plus bas"
        )
    alarm = detect(library.danger, text)
    if detect(library.danger, first) or (alarm and alarm.level == "sur"):
        yield "ces mots sont ceux d'un danger\n    -> une campagne n'en parle pas : les numéros d'urgence sont ailleurs"
    if is_alarming(first):
        yield "la première ligne alarme\n    -> ni « urgent », ni « attention », ni !!, ni tout en capitales"


def sensitive_word(line: str, library: Library) -> str:
    """Return the first word of a sensitive theme that a line says, in any language; empty for none."""
    topics = library.content.knowledge.topic_by_id
    plain = {_bare(word) for name in THEMES for word in _words_of(name, library)}
    said = f" {_bare(line)} "
    named = (word for name in sorted(SENSITIVE) if name in topics for word in _words_of(name, library))
    return next((word for word in named if f" {_bare(word)} " in said and _bare(word) not in plain), "")


def _words_of(name: str, library: Library) -> Iterable[str]:
    topic = library.content.knowledge.topic_by_id[name]
    return (*topic.words, *(word for words in topic.foreign_words.values() for word in words))


def _bare(text: str) -> str:
    return " ".join(words(fold(text)))


def is_alarming(line: str) -> bool:
    """Tell whether a line shouts or presses."""
    letters = [char for char in line if char.isalpha()]
    shouts = len(letters) >= _SHOUTED and sum(char.isupper() for char in letters) > 0.6 * len(letters)
    return shouts or _ALARM.search(fold(line)) is not None


def audience_problems(districts: Iterable[str], band: str, theme: str) -> list[str]:
    """Return what is wrong with an audience."""
    found = [f"arrondissement « {each} » inconnu\n    -> de 1 à 20" for each in districts if each not in DISTRICTS]
    if band and band not in BANDS:
        found.append(f"âge « {band} » inconnu\n    -> un seul parmi : {', '.join(BANDS)}")
    if theme in SENSITIVE:
        found.append(
            f"« {theme} » est un sujet sensible\n    -> aucune campagne ne choisit des familles d'après lui ; "
            f"thèmes possibles : {', '.join(THEMES)}"
        )
    elif theme and theme not in THEMES:
        found.append(f"thème « {theme} » inconnu\n    -> un seul parmi : {', '.join(THEMES)}")
    return found


def opens_problems(opens: str, library: Library) -> list[str]:
    """Return what is wrong with what a campaign opens."""
    if not opens or _ADDRESS.fullmatch(opens):
        return []
    knowledge = library.content.knowledge
    card = knowledge.by_id.get(opens)
    if card is None and opens not in library.content.dialogs.trees:
        return [f"« {opens} » n'ouvre rien\n    -> le nom d'une fiche ou d'un thème, un code de lien, ou https://..."]
    about = opens if card is None or isinstance(card, Place) else card.topics[0]
    if is_hidden(opens, library) or about in SENSITIVE - _MAY_OPEN:
        return [
            f"« {opens} » touche à un sujet sensible\n    -> une campagne ne l'ouvre pas : choisissez une autre fiche"
        ]
    return []


def opened_by(text: str, library: Library) -> str:
    """Return what a typed text opens: a card, a theme or an address as it is, what a link code leads to."""
    text = text.strip()
    known = library.content.knowledge
    if text in known.by_id or text in known.topic_by_id or text.startswith("https://"):
        return text
    try:
        parse_link(text)
    except LinkError:
        return text
    return target_of(text, known) or text
