"""What tones a sure phrase down: a laugh, a story, an old matter that is settled, a doubt.

It only ever makes of a card the gentle line, never silence: whoever laughs may cry too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from knowledge.danger_match import Match

Nuance = Literal["rire", "recit", "doute", "passe", "regle", "actuel", "vrai"]
NUANCES: tuple[Nuance, ...] = get_args(Nuance)

_LAUGHED_OFF = ("sante", "suicide", "rue")
_REACH = 3  # times what « ... » may cover: what stands farther off speaks of something else


@dataclass(frozen=True, slots=True)
class Nuances:
    """The toning phrases of one text, by what they are; ``step`` words are what « ... » may cover."""

    found: dict[str, list[Match]]
    step: int

    def soften(self, danger: Match, case: str | None) -> bool:
        """Return whether a sure phrase, a danger of ``case``, is to be said gently.

        It is where a doubt shares its words; beside a story; beside a laugh, but for blows and pictures, which no
        laugh undoes; and close to a time long gone with what says that it is over and nothing that says it is back,
        but for suicide: « guérie depuis 2019, mais je veux mourir ». Where somebody says that it is true (« c'est ma
        vie », « je sais pas quoi faire »), a doubt alone counts.
        """
        if any(match.start < danger.end and danger.start < match.end for match in self.found.get("doute", ())):
            return True
        if self._has("vrai", danger):
            return False
        if self._has("recit", danger) or (case in _LAUGHED_OFF and self._has("rire", danger)):
            return True
        is_old = case != "suicide" and self._has("passe", danger, steps=1) and self._has("regle", danger)
        return is_old and not self._has("actuel", danger)

    def _has(self, kind: Nuance, danger: Match, *, steps: int = _REACH) -> bool:
        reach = steps * self.step
        return any(
            match.start - danger.end <= reach and danger.start - match.end <= reach
            for match in self.found.get(kind, ())
        )


def nuances(found: Iterable[tuple[Match, str]], step: int) -> Nuances:
    """Return the toning phrases among those found, each given with the kind of what it stands for.

    A guessed word tones nothing down, nor does a denied phrase (« ce n'est pas un film »).
    """
    kept: dict[str, list[Match]] = {}
    for match, kind in found:
        if kind in NUANCES and not match.cost and not match.negated:
            kept.setdefault(kind, []).append(match)
    return Nuances(kept, step)
