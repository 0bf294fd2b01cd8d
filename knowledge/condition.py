"""The closed language of conditions, as data: what an editor writes under ``conditions:``.

No expression, no function, no recursion through names: whatever can be written here can be checked statically.
This module holds shapes only; ``criteria.py`` gives them their meaning.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field, model_validator

from knowledge.base import FactId, Model, Sentence, Slug, YesNo

Operator = Literal["egal", "parmi", "moins_de", "au_plus", "a_partir_de", "plus_de", "au_plus_bareme"]
OPERATORS: tuple[Operator, ...] = (
    "egal",
    "parmi",
    "moins_de",
    "au_plus",
    "a_partir_de",
    "plus_de",
    "au_plus_bareme",
)


class ParameterRef(Model):
    """``{parametre: id}``: the value of a dated parameter on the day of evaluation."""

    parameter: Slug = Field(alias="parametre")


Operand = str | ParameterRef


class ChildGroup(Model):
    """Clauses about one same child: at least one (``existe``) or ``nombre_min`` children meet them all."""

    exists: YesNo | None = Field(None, alias="existe")
    at_least: int | None = Field(None, alias="nombre_min", ge=1, le=12)
    all_of: tuple[Condition, ...] = Field((), alias="tout")
    says: Sentence | None = Field(None, alias="dit")
    else_says: Sentence | None = Field(None, alias="sinon")
    source: Slug | None = None

    @model_validator(mode="after")
    def _one_count(self) -> ChildGroup:
        if (self.exists is None) == (self.at_least is None):
            raise ValueError("écrivez « existe: oui » ou « nombre_min: N », l'un des deux")
        if self.exists is False:
            raise ValueError("« existe: non » n'est pas permis : écrivez « non: {enfant: {existe: oui, ...}} »")
        return self

    @property
    def needed(self) -> int:
        """How many children must meet the clauses."""
        return self.at_least or 1


class Condition(Model):
    """One node: ``tout``, ``au_moins_un``, ``non``, ``enfant``, a clause on a fact, or ``a_verifier``."""

    all_of: tuple[Condition, ...] | None = Field(None, alias="tout")
    any_of: tuple[Condition, ...] | None = Field(None, alias="au_moins_un")
    none_of: Condition | None = Field(None, alias="non")
    child: ChildGroup | None = Field(None, alias="enfant")
    fact: FactId | None = Field(None, alias="fait")
    to_check: YesNo = Field(False, alias="a_verifier")
    egal: Operand | None = None
    parmi: tuple[str, ...] | None = None
    moins_de: Operand | None = None
    au_plus: Operand | None = None
    a_partir_de: Operand | None = None
    plus_de: Operand | None = None
    au_plus_bareme: Slug | None = None
    says: Sentence | None = Field(None, alias="dit")
    else_says: Sentence | None = Field(None, alias="sinon")
    source: Slug | None = None

    @model_validator(mode="after")
    def _one_shape(self) -> Condition:
        shapes = (self.all_of, self.any_of, self.none_of, self.child, self.fact, self.to_check or None)
        if sum(shape is not None for shape in shapes) != 1:
            raise ValueError("une clause a une seule forme : tout, au_moins_un, non, enfant, fait ou a_verifier")
        if self.all_of == () or self.any_of == ():
            raise ValueError("une liste de clauses ne peut pas être vide")
        operators = len(self.operators)
        if bool(self.fact) != (operators == 1) or operators > 1:
            raise ValueError(f"une clause sur un fait a un seul opérateur parmi {', '.join(OPERATORS)}")
        if self.to_check and not self.says:
            raise ValueError("une clause « a_verifier » dit ce qui sera vérifié : ajoutez « dit: »")
        return self

    @property
    def operators(self) -> tuple[tuple[Operator, Operand | tuple[str, ...]], ...]:
        """The operators written on this node with their operands (one, on a fact clause)."""
        written = self.__dict__  # read ten thousand times at a start
        return tuple((name, operand) for name in OPERATORS if (operand := written[name]) is not None)

    @property
    def parts(self) -> tuple[Condition, ...]:
        """The nodes right below this one, a child group's clauses included."""
        if self.child:
            return self.child.all_of
        if self.none_of:
            return (self.none_of,)
        return self.all_of or self.any_of or ()

    def walk(self) -> Iterator[Condition]:
        """Yield this node and all nodes below it, in file order."""
        yield self
        for part in self.parts:
            yield from part.walk()


ChildGroup.model_rebuild()
