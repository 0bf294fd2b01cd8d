"""The prepared texts of workers: content of the project, translated by the catalogs like every other sentence."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from knowledge.base import Label, Model, Sentence, Slug
from knowledge.load import Reading
from knowledge.reader import ContentError, Problem

FOLDER = Path(__file__).parent
FILE = "modeles.yaml"


class Template(Model):
    """One prepared text."""

    id: Slug
    text: Sentence = Field(alias="texte")

    @property
    def label(self) -> Label:
        """The text with its place."""
        return Label(f"relais.modele.{self.id}", self.text)


class TemplateFile(Model):
    """The shape of ``modeles.yaml``."""

    templates: tuple[Template, ...] = Field(alias="modeles", min_length=1)

    @model_validator(mode="after")
    def _one_each(self) -> Self:
        names = [each.id for each in self.templates]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"le modèle « {twice} » est écrit deux fois")
        return self


@lru_cache(maxsize=1)
def templates() -> dict[str, Template]:
    """Return the prepared texts by name, in order; read once.

    Raises:
        ContentError: the file cannot be read.
    """
    reading = Reading(FOLDER)
    found = reading.one(FILE, TemplateFile)
    if found is None:
        raise ContentError(reading.problems)
    return {each.id: each for each in found.templates}


def labels() -> tuple[Label, ...]:
    """Return every prepared text, for translators."""
    return tuple(each.label for each in templates().values())


def problems(folder: Path = FOLDER) -> list[Problem]:
    """Return what is wrong with the file of a folder, by line."""
    reading = Reading(folder)
    reading.one(FILE, TemplateFile)
    return reading.problems
