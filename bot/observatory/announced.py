"""The campaigns of links that have a line of their own: ``liens.yaml`` in the data folder, kept by the coordination.

Pure apart from ``load``. An example lies beside this module (``liens.exemple.yaml``).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from bot.links import LinkError, campaign_name
from bot.observatory.publication import OTHERS
from bot.observatory.visit import NO_CAMPAIGN
from knowledge.base import Model
from knowledge.load import Reading
from knowledge.reader import ContentError, Problem

LINKS_FILE = "liens.yaml"
_OWN = (NO_CAMPAIGN, OTHERS)

Title = Annotated[str, StringConstraints(min_length=2, max_length=60, strip_whitespace=True)]


class Announced(Model):
    """One campaign: the name written in its links, and what the observatory calls it."""

    name: str = Field(alias="nom")
    title: Title = Field(alias="titre")

    @field_validator("name")
    @classmethod
    def _fits_a_link(cls, name: str) -> str:
        try:
            return campaign_name(name)
        except LinkError as error:
            raise ValueError(str(error)) from None


class LinksFile(Model):
    """The shape of ``liens.yaml``."""

    campaigns: tuple[Announced, ...] = Field(alias="campagnes")

    @model_validator(mode="after")
    def _one_each(self) -> Self:
        for what in ([each.name for each in self.campaigns], [each.title for each in self.campaigns]):
            if twice := next((text for text in what if what.count(text) > 1), None):
                raise ValueError(f"« {twice} » est écrit deux fois (dans un lien, O se lit 0, I et L se lisent 1)")
        if taken := next((each.title for each in self.campaigns if each.title in _OWN), None):
            raise ValueError(f"le titre « {taken} » est déjà celui d'une colonne")
        return self


def load(folder: Path) -> Mapping[str, str]:
    """Return name in a link -> title, of the campaigns announced in a data folder; none without a file.

    Raises:
        ContentError: with every problem of the file.
    """
    if not (folder / LINKS_FILE).exists():
        return {}
    reading = Reading(folder)
    found = reading.one(LINKS_FILE, LinksFile)
    if found is None:
        raise ContentError(reading.problems)
    return {each.name: each.title for each in found.campaigns}


def readable(folder: Path) -> Mapping[str, str]:
    """Return the same, to propose them: none from a file that is wrong."""
    try:
        return load(folder)
    except ContentError:
        return {}


def problems(folder: Path) -> list[Problem]:
    """Return what is wrong with the file of a data folder, by file and line; nothing when there is none."""
    try:
        load(folder)
    except ContentError as error:
        return list(error.problems)
    return []
