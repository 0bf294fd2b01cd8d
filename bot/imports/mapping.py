"""What an import source is: a YAML file that says which columns give what, and which rows have which card.

The same form serves the sources that come with the product (``sources/``) and those an operator writes.
``docs/imports.md`` documents each key; nothing in it is a function or an expression.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from knowledge.base import Model, Sentence, Slug, YesNo
from knowledge.load import Reading
from knowledge.model import Url
from knowledge.reader import ContentError, Problem, Where

SOURCES = Path(__file__).parent / "sources"

SECRET = frozenset({"hebergement-violences", "centre-maternel", "enfants-exposes-violences"})
"""Cards whose addresses protect people: no import may ever show one."""


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Columns = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Fields(Model):
    """The columns of each field. ``nom`` and ``adresse`` join theirs; the others take the first that is not empty."""

    name: Columns = Field(alias="nom", min_length=1)
    address: Columns = Field(alias="adresse", min_length=1)
    postcode: Columns = Field((), alias="code_postal")
    commune: Columns = Field((), alias="code_insee")
    district: Columns = Field((), alias="arrondissement")
    latitude: Columns = Field((), alias="lat")
    longitude: Columns = Field((), alias="lon")
    x: Columns = ()
    y: Columns = ()
    point: Columns = ()
    phone: Columns = Field((), alias="telephone")
    email: Columns = Field((), alias="courriel")
    website: Columns = Field((), alias="site")
    hours: Columns = Field((), alias="horaires")
    dated: Columns = Field((), alias="date")
    attribution: Columns = Field((), alias="mention")

    def columns(self) -> frozenset[str]:
        """Return every column that some field reads."""
        return frozenset(column for name in type(self).model_fields for column in getattr(self, name))


class Keep(Model):
    """A row is kept when a column holds one of some values, or anything at all."""

    column: str = Field(alias="colonne")
    among: Columns = Field((), alias="parmi")
    none_of: Columns = Field((), alias="aucun_de")
    filled: YesNo = Field(False, alias="non_vide")


class Rule(Model):
    """Rows with these values, and a name that holds one of these words, have this card."""

    service: Slug
    when: dict[str, Columns] = Field(default_factory=dict, alias="quand")
    named: Columns = Field((), alias="nom_contient")
    title: Sentence = Field("{nom}", alias="nom")


class ImportSource(Model):
    """One data set: where it comes from, its format, and how its rows are read."""

    id: Slug
    title: Sentence = Field(alias="titre")
    page: Url
    licence: Sentence | None = None
    """None: not read yet; whoever imports reads the page first and says it."""
    format: Literal["csv", "json", "dila", "finess"]
    priority: int = Field(5, alias="priorite", ge=1, le=9)
    identifier: Columns = Field((), alias="identifiant")
    fields: Fields = Field(alias="champs")
    rules: tuple[Rule, ...] = Field(alias="services", min_length=1)
    kept: tuple[Keep, ...] = Field((), alias="garder")
    latest: str | None = Field(None, alias="plus_recent")
    separator: str = Field("|", alias="separateur", min_length=1, max_length=3)
    never: Columns = Field((), alias="jamais")
    ignored: dict[str, Sentence] = Field(default_factory=dict, alias="ignorer")

    def columns(self) -> frozenset[str]:
        """Return every column that is read or left aside on purpose."""
        ruled = {column for rule in self.rules for column in rule.when}
        aside = {*self.never, *self.ignored, *(keep.column for keep in self.kept)}
        latest = {self.latest} if self.latest else set()
        return self.fields.columns() | ruled | aside | latest | set(self.identifier)


def source_names() -> tuple[str, ...]:
    """Return the names of the sources that come with the product."""
    return tuple(sorted(path.stem for path in SOURCES.glob("*.yaml")))


def load_source(name: str, services: Collection[str]) -> ImportSource:
    """Return a source by its name, or from the path of a YAML file.

    Args:
        name: one of ``source_names()``, or a path that ends in .yaml.
        services: ids of the service cards that there are.

    Raises:
        ContentError: with every problem of the file.
    """
    path = Path(name) if name.endswith((".yaml", ".yml")) else SOURCES / f"{name}.yaml"
    if path.parent == SOURCES and name not in source_names():
        what = f"source « {name} » inconnue"
        raise ContentError(
            [Problem(Where(name, 0), what, f"sources : {', '.join(source_names())}, ou un fichier .yaml")]
        )
    reading = Reading(path.parent)
    source = reading.one(path.name, ImportSource)
    if source is not None:
        reading.problems += [
            Problem(Where(str(path), 0), f"la fiche « {rule.service} » n'existe pas ou ne se montre pas par import", "")
            for rule in source.rules
            if rule.service not in services or rule.service in SECRET
        ]
    if source is None or reading.problems:
        raise ContentError(reading.problems)
    return source
