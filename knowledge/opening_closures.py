"""When a place is closed out of the ordinary: from a day to a day, or each year around the same days."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from knowledge.base import Model, Sentence

_YEARLY = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-[0-3]\d au (0[1-9]|1[0-2])-[0-3]\d$")]


class Closure(Model):
    """One closure: sure from ``first`` to ``last`` (both included), or only likely.

    Without ``last`` it holds until further notice. ``yearly`` (« 07-20 au 09-10 », may go over the new year) and a
    sentence without any date say when a place may be closed: nobody is then told that it is open.
    """

    text: Sentence | None = Field(None, alias="texte")
    first: date | None = Field(None, alias="du")
    last: date | None = Field(None, alias="au")
    yearly: _YEARLY | None = Field(None, alias="chaque_annee")

    @model_validator(mode="after")
    def _makes_sense(self) -> Closure:
        if self.first and self.last and self.last < self.first:
            raise ValueError("« au » ne vient pas avant « du »")
        if self.last and not self.first:
            raise ValueError("« au » demande « du »")
        if self.yearly and (self.first or not self.text):
            raise ValueError("« chaque_annee » va avec « texte », sans « du » ni « au »")
        if not (self.text or self.first):
            raise ValueError("une fermeture a des dates (« du », « au ») ou un « texte »")
        return self

    @property
    def is_dated(self) -> bool:
        """Tell whether the closure has a sure first day."""
        return self.first is not None

    def is_over(self, day: date) -> bool:
        """Tell whether a dated closure has passed by a day."""
        return self.last is not None and self.last < day

    def closes(self, day: date) -> bool:
        """Tell whether the place is surely closed on a day."""
        return self.first is not None and self.first <= day and not self.is_over(day)

    def may_close(self, day: date) -> bool:
        """Tell whether the place may be closed on a day without anyone knowing for sure."""
        if self.is_dated:
            return False
        if self.yearly is None:
            return True
        start, _, end = self.yearly.partition(" au ")
        here = f"{day:%m-%d}"
        return start <= here <= end if start <= end else here >= start or here <= end


def _closure(value: Any) -> Any:
    return {"texte": value} if isinstance(value, str) else value


Closures = tuple[Annotated[Closure, BeforeValidator(_closure)], ...]
"""Closures as editors write them; a sentence alone is a closure without dates."""
