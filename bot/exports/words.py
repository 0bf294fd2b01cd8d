"""The correspondence between our words and those of data·inclusion, read strictly from its own file."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pydantic import Field, ValidationError

from knowledge.base import Model, Slug
from knowledge.load import explain
from knowledge.model import Service, Zone
from knowledge.reader import ContentError, read

FILE = Path(__file__).parent / "data-inclusion.yaml"
_REGION = ("75", "77", "78", "91", "92", "93", "94", "95")
"""The departments of Île-de-France: the schema has no code for a region."""


class _Better(Model):
    type: str | None = None
    topics: tuple[str, ...] = Field((), alias="thematiques")
    audiences: tuple[str, ...] = Field((), alias="publics")
    network: str | None = Field(None, alias="reseau")


class Words(Model):
    """The shape of data-inclusion.yaml: by topic, then what a service says better itself."""

    source: Slug
    topics: dict[str, tuple[str, ...]] = Field(alias="thematiques")
    audiences: dict[str, tuple[str, ...]] = Field(alias="publics")
    type: str
    services: dict[str, _Better]


class Named(NamedTuple):
    """What a service is in the words of data·inclusion."""

    type: str
    topics: tuple[str, ...]
    audiences: tuple[str, ...]
    network: str | None


def load_words(path: Path = FILE) -> Words:
    """Return the correspondence.

    Raises:
        ContentError: the file cannot be read, with its lines.
    """
    block = read(path, path.name)
    try:
        return Words.model_validate(block, by_alias=True, by_name=False)
    except ValidationError as error:
        raise ContentError(explain(error, block, Words)) from error


def named(service: Service, words: Words) -> Named:
    """Return a service in their words; topics without a word are left out."""
    better = words.services.get(service.id, _Better())
    topics = dict.fromkeys(word for topic in service.topics for word in words.topics.get(topic, ()))
    return Named(
        better.type or words.type,
        better.topics or tuple(topics),
        better.audiences or words.audiences.get(service.topics[0], ()),
        better.network,
    )


def zone_codes(zone: Zone) -> list[str]:
    """Return a zone as codes of the Insee: a department, arrondissements, or « france »."""
    if isinstance(zone, tuple):
        return [f"751{district:02d}" for district in zone]
    codes = {"paris": ["75"], "paris-centre": ["75101", "75102", "75103", "75104"], "ile-de-france": list(_REGION)}
    return codes.get(zone, ["france"])
