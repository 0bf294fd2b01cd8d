"""Reads the children someone speaks of, with their ages, and whether she named them all.

Only her own children count: « mon fils de 3 ans », « j'ai deux enfants de 2 et 7 ans », never « un enfant de
3 ans peut-il... ». A number of children without ages says nothing about ages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dialogs.ages_text import Birth
from dialogs.phrases_load import Phrases
from dialogs.volunteered_clauses import Reading
from dialogs.volunteered_mentions import MANY, Mention, mentions

_BETWEEN = re.compile(
    r" ?(?:[,:;.()+&] )*(?:(?:et|and|puis|ainsi que|plus|avec|dont|ensuite|j ai aussi"
    r"|aussi|with|de|d) )*(?:[,:(] )?"
)
_TELEGRAPHIC_AFTER = re.compile(r"(?:^|[,.;:] |(?:solo|monoparentale?|celibataire|isolee?|seule?) (?:, )?|\be )$")


@dataclass(slots=True)
class Children:
    """Children found in a text. ``declared``: how many the person says she has. ``twins``: born together."""

    births: list[Birth] = field(default_factory=list)
    declared: int | None = None
    all_named: bool = True
    twins: bool = False

    @property
    def complete(self) -> bool:
        """Tell whether as many ages were given as children declared."""
        return self.all_named and self.declared is not None and self.declared == len(self.births)

    def plain(self, complete: bool) -> dict[str, Any]:
        """Return the plain value of the fact ``enfants``."""
        return {
            "liste": [{"naissance": birth} for birth in self.births],
            "complet": "oui" if complete else "non",
        }


def children_in(reading: Reading, on: date, known: Phrases, asked: bool = False) -> Children:
    """Return the person's own children named in a text, in the order they are named.

    Args:
        reading: the text cut into clauses.
        on: the day ages are counted from.
        known: the word lists.
        asked: she answers the question about her children, so « une fille de 3 ans » needs no « j'ai ».
    """
    found = Children()
    chain: Mention | None = None
    for named in mentions(reading, on, known):
        linked = chain is not None and _BETWEEN.fullmatch(reading.text[chain.end : named.start]) is not None
        if not (linked or _is_own(named, reading, known, asked)):
            continue
        if not _add(found, named, linked):
            return Children()
        chain = named
    return found if len(found.births) <= 15 else Children()


def _add(found: Children, named: Mention, linked: bool) -> bool:
    """Add one mention; False when it contradicts the number of children declared."""
    if named.general and named.count is not None and found.declared is None and not linked:
        found.declared = named.count
        if len(named.births) > named.count:
            return False
        found.all_named = len(named.births) in (
            0,
            named.count,
        )  # « 2 enfants de 3 ans » may be one age of two
    again = [birth for birth in named.births if birth in found.births]
    if again and not linked and (found.complete or len(named.births) == 1):
        return True  # « ma fille de 7 ans » after « deux enfants de 2 et 7 ans »
    if found.declared is not None and len(found.births) + len(named.births) > found.declared:
        found.all_named = False
    found.births += named.births
    found.twins = found.twins or named.noun in MANY
    return True


def _is_own(named: Mention, reading: Reading, known: Phrases, asked: bool) -> bool:
    before = reading.text[: named.start]
    if named.own == "mien":
        # « le père de ma fille a 40 ans » gives the father's age
        return not (named.says_has and re.search(r"\b(?:de|du|d) $", before))
    if reading.speaker_at(named.start) == "tiers":
        return False
    if named.own == "repris":
        return asked
    governed = re.search(rf"(?<!travaille )(?<!travail )(?<!work )\b{known.families['gouverne']} $", before)
    if governed and not (governed[0].startswith(("avec", "with")) and reading.speaker_at(governed.start()) != "moi"):
        return _stated(named, reading, known)
    if asked or (
        named.count == len(named.births) and reading.text.strip() == reading.text[named.start : named.end].strip()
    ):
        return True
    return bool(named.count and _TELEGRAPHIC_AFTER.search(before) and _speaks_of_self(reading, named, known))


def _stated(named: Mention, reading: Reading, known: Phrases) -> bool:
    """Tell whether a mention stands in no denied, imagined or past clause."""
    for clause in reading.clauses:
        if clause.start <= named.start < clause.start + len(clause.text) + 1:
            supposed = clause.imagined_from is not None and clause.start + clause.imagined_from < named.start
            return not (clause.past or supposed or _denied_before(clause.text[: named.start - clause.start], known))
    return True


def _denied_before(text: str, known: Phrases) -> bool:
    return known.find("negation", text) is not None


def _speaks_of_self(reading: Reading, named: Mention, known: Phrases) -> bool:
    sentence_end = re.search(r"[.!?;]", reading.text[named.start :])
    asked = sentence_end is not None and sentence_end[0] == "?"
    own = known.find("premiere", reading.text) or re.search(
        rf"\b{known.families['mien']} |\b(?:solo|monoparentale|celibataire) ", reading.text
    )
    return bool(own) and not asked and reading.speaker_at(named.start) == "moi"
