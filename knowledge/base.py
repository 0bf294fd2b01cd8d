"""Shapes shared by every content model: strict keys, French names outside, yes/no words, dates.

A field's English name is its name in code, its ``alias`` the key an editor writes. Both stand on one line, so
the two vocabularies meet in one place only.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

_NOTHING_NOTED: set[str] = set()  # one for all: which keys were written is a set per model, a third of the memory


class Model(BaseModel):
    """Base of every content model: frozen, unknown keys refused, filled by its French keys.

    Which of its fields were written rather than left at their default is not remembered.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def model_post_init(self, context: Any, /) -> None:
        """Let go of the set of the fields that were written."""
        object.__setattr__(self, "__pydantic_fields_set__", _NOTHING_NOTED)


def _yes_no(value: Any) -> Any:
    words = {"oui": True, "non": False}
    if isinstance(value, str) and value not in words:
        raise ValueError("oui ou non attendu")
    return words.get(value, value) if isinstance(value, str) else value


YesNo = Annotated[
    bool,
    BeforeValidator(_yes_no),
    PlainSerializer(lambda value: "oui" if value else "non", return_type=str),
    WithJsonSchema({"type": "string", "enum": ["oui", "non"]}),
]

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
FactId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]


class Label(NamedTuple):
    """A French sentence with its place, so that a translation can be found; ``values`` fill its {placeholders}."""

    context: str
    text: str
    values: tuple[tuple[str, str | int], ...] = ()


class Span(NamedTuple):
    """What is known of a number: from ``low`` to ``high`` (None: no bound); ``closed``: ``high`` is included."""

    low: float
    high: float | None
    closed: bool = True
