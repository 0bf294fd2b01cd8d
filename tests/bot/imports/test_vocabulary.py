"""The table of our cards in the words of data·inclusion holds to that schema's lists."""

import json

import pytest
import yaml

from bot.imports.mapping import SECRET
from tests.bot.imports.ways import SAMPLES, source_of
from tests.conftest import ROOT

TABLE = yaml.safe_load((ROOT / "bot/imports/correspondances/data-inclusion.yaml").read_text(encoding="utf-8"))
LISTS = {"thematiques": "thematiques", "type": "types-de-services", "publics": "publics", "frais": "frais"}


def words(name):
    """Return the values of one list of the schema."""
    listed = json.loads((SAMPLES / f"data-inclusion-v1/{name}.json").read_text(encoding="utf-8"))
    return {each["value"] for each in listed}


@pytest.mark.parametrize("key", LISTS)
def test_every_word_is_in_the_schema(key):
    """An export with another word would be refused."""
    used = [row.get(key, []) for row in TABLE["services"].values()]

    assert {word for each in used for word in (each if isinstance(each, list) else [each])} <= words(LISTS[key])


def test_every_card_exists_and_none_protects_people(knowledge):
    """A card that is renamed must be renamed here."""
    ids = {service.id for service in knowledge.services}

    assert set(TABLE["services"]) <= ids and not set(TABLE["services"]) & SECRET
    assert all(row["thematiques"] and row["type"] for row in TABLE["services"].values())


def test_the_networks_that_are_imported_are_in_the_schema():
    """Rules on words that nobody writes would import nothing."""
    rules = source_of("data-inclusion-structures").rules
    themes = source_of("data-inclusion-services").rules

    assert {each for rule in rules for each in rule.when["reseaux_porteurs"]} <= words("reseaux-porteurs")
    assert {each for rule in themes for each in rule.when["thematiques"]} <= words("thematiques")
