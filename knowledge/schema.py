"""JSON Schemas of the content files, for editors' tools: French keys, scalars as YAML editors see them.

Our reader takes every scalar as text, while an editor's tool follows YAML: ``75019`` is a number there,
``non`` a word or a boolean. So where a text or a number is expected, both are allowed; ``check`` decides.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from knowledge.load import TopicFile
from knowledge.milestone import Milestone
from knowledge.model import Helpline, Place, Right, Service
from knowledge.parameter import ParameterFile
from knowledge.paris_scheme import Scheme
from knowledge.school_calendar import SchoolCalendar
from knowledge.vocabulary import Vocabulary

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_FILES: dict[str, tuple[type[BaseModel], str]] = {
    "droit": (Right, "Un droit (knowledge/droits/ID.yaml)"),
    "service": (Service, "Un service (knowledge/services/ID.yaml)"),
    "lieu": (Place, "Un lieu (knowledge/lieux/ID.yaml)"),
    "numero": (Helpline, "Un numéro (knowledge/numeros/ID.yaml)"),
    "jalon": (Milestone, "Un jalon (knowledge/jalons/ID.yaml)"),
    "parametres": (ParameterFile, "Des montants datés (knowledge/parametres/*.yaml)"),
    "calendrier": (SchoolCalendar, "Le calendrier scolaire (knowledge/calendrier.yaml)"),
    "schema-parisien": (Scheme, "Le Schéma parisien et ses fiches (knowledge/schema-parisien.yaml)"),
    "themes": (TopicFile, "Les thèmes (knowledge/themes.yaml)"),
    "faits": (Vocabulary, "Les faits (knowledge/faits.yaml)"),
}
_SCALARS = ["string", "number", "boolean"]


class _EditorSchema(GenerateJsonSchema):
    """Pydantic's schemas, with what the models accept before they convert."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """Return the schema of a field converted first: ``_list`` also takes one item, ``_closure`` a sentence."""
        inner = super().function_before_schema(schema)
        if getattr(schema["function"]["function"], "__name__", "") == "_closure":
            return {"anyOf": [{"type": "string"}, inner]}
        if getattr(schema["function"]["function"], "__name__", "") != "_list":
            return inner
        return {"anyOf": [inner["items"], inner]} if "items" in inner else inner


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema (draft 2020-12) of each kind of file, by its French name."""
    return {name: file_schema(model, title) for name, (model, title) in _FILES.items()}


def file_schema(model: type[BaseModel], title: str) -> dict[str, Any]:
    """Return the JSON Schema of files that hold one ``model``."""
    made = model.model_json_schema(by_alias=True, schema_generator=_EditorSchema)
    plain = _as_written(made)
    assert isinstance(plain, dict)
    return {
        "$schema": DRAFT,
        "title": title,
        **{key: value for key, value in plain.items() if key != "title"},
    }


def _as_written(schema: Any) -> Any:
    """Return a schema that takes scalars as a YAML editor reads them, without notes in English."""
    if isinstance(schema, list):
        return [_as_written(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {
        key: {name: _as_written(part) for name, part in value.items() if name != "kind"}
        if key == "properties"
        else _as_written(value)
        for key, value in schema.items()
        if key not in ("description", "default") and not (key == "title" and isinstance(value, str))
    }
    if kept.get("type") in ("string", "number", "integer"):
        kept["type"] = _SCALARS
    return kept
