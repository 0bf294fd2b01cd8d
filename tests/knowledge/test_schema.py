"""JSON Schemas for editors' tools: French keys, every file of ours fits, and a wrong key or word is underlined."""

from pathlib import Path

import pytest

from dialogs.schema import schemas as dialog_schemas
from knowledge.model import Helpline, Place, Right, Service
from knowledge.reader import Block, Items, parse, read
from knowledge.schema import DRAFT, schemas
from knowledge.template import new_card
from tests.knowledge.small_base import ON

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = {**schemas(), **dialog_schemas()}
FILES = {
    "droit": "knowledge/droits/*.yaml",
    "service": "knowledge/services/*.yaml",
    "lieu": "knowledge/lieux/*.yaml",
    "numero": "knowledge/numeros/*.yaml",
    "parametres": "knowledge/parametres/*.yaml",
    "themes": "knowledge/themes.yaml",
    "calendrier": "knowledge/calendrier.yaml",
    "faits": "knowledge/faits.yaml",
    "questions": "dialogs/questions.yaml",
    "arbre": "dialogs/arbres/*.yaml",
    "lacunes": "knowledge/lacunes.yaml",
    "schema-parisien": "knowledge/schema-parisien.yaml",
}


def fits(schema, value, root):
    """Tell whether a value has the keys, lists and words that a schema allows."""
    if "$ref" in schema:
        return fits(root["$defs"][schema["$ref"].removeprefix("#/$defs/")], value, root)
    if "anyOf" in schema:
        return any(fits(part, value, root) for part in schema["anyOf"])
    if isinstance(value, Block):
        known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
        if others is False and (set(value) - set(known) or set(schema.get("required", ())) - set(value)):
            return False
        return schema.get("type", "object") == "object" and all(
            fits(known[key], part, root) for key, part in value.items() if key in known
        )
    if isinstance(value, Items):
        least = schema.get("minItems", 0)
        inner = schema.get("items", {})
        return (
            schema.get("type", "array") == "array"
            and len(value) >= least
            and all(fits(inner, part, root) for part in value)
        )
    return value in schema.get("enum", (value,)) and schema.get("type") not in ("object", "array", "null")


def references(schema):
    """Yield the names of all definitions that a schema refers to."""
    if isinstance(schema, dict):
        yield from (part for key, part in schema.items() if key == "$ref")
        for part in schema.values():
            yield from references(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from references(part)


@pytest.mark.parametrize("name", FILES)
def test_every_file_of_ours_fits_its_schema(name):
    """An editor's tool underlines nothing in content that we accept."""
    paths = sorted(ROOT.glob(FILES[name]))

    assert paths
    assert [path.name for path in paths if not fits(SCHEMAS[name], read(path), SCHEMAS[name])] == []


@pytest.mark.parametrize("name", FILES)
def test_a_schema_stands_on_its_own(name):
    """It says its draft, and all it refers to is inside."""
    schema = SCHEMAS[name]

    assert schema["$schema"] == DRAFT
    assert {ref.removeprefix("#/$defs/") for ref in references(schema)} <= set(schema.get("$defs", {}))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("numero", new_card("numero", "essai", ON).replace("resume:", "summary:")),
        ("numero", new_card("numero", "essai", ON).replace("niveau: info", "niveau: infos")),
        ("droit", new_card("droit", "essai", ON).replace("organisme:", "# organisme:")),
        ("service", new_card("service", "essai", ON) + "kind: service\n"),
        ("lieu", new_card("lieu", "essai", ON).replace("methode: site", "methode: telepathie")),
    ],
)
def test_a_wrong_key_or_word_is_underlined(name, text):
    """Unknown keys, missing keys, words outside a closed list."""
    assert not fits(SCHEMAS[name], parse(text, "essai.yaml"), SCHEMAS[name])


@pytest.mark.parametrize(
    ("kind", "model"), [("droit", Right), ("service", Service), ("lieu", Place), ("numero", Helpline)]
)
def test_a_new_card_can_be_read_as_it_is(kind, model):
    """The form that « new » writes has every key the reader asks for."""
    card = model.model_validate(parse(new_card(kind, "ma-fiche", ON), "ma-fiche.yaml"), by_alias=True, by_name=False)

    assert (card.id, card.freshness.checked_on) == ("ma-fiche", ON)


@pytest.mark.parametrize(("kind", "card_id"), [("arbre", "ma-fiche"), ("droit", "Ma fiche"), ("droit", "a" * 41)])
def test_a_new_card_needs_a_kind_and_an_id(kind, card_id):
    """Another kind or a badly formed id is refused before anything is written."""
    with pytest.raises(ValueError, match="«"):
        new_card(kind, card_id, ON)
