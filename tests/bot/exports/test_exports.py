"""What we give to others: valid by their published schemas, scored by their own package, and read back whole."""

import csv
import io
import json
from datetime import date
from statistics import mean

import pendulum
import pytest
from data_inclusion.schema import v1
from data_inclusion.schema.v1 import score_qualite
from jsonschema import Draft202012Validator

from bot.exports.data_inclusion import sets
from bot.exports.plain import table
from bot.exports.run import export
from bot.exports.words import load_words, named, zone_codes
from bot.imports.reading import Aside, Draft
from knowledge.model import Service
from knowledge.reader import ContentError
from tests.bot.imports.ways import read
from tests.conftest import ROOT

ON = date(2026, 11, 22)
SCHEMAS = ROOT / "tests" / "data" / "data-inclusion-v1"


@pytest.fixture(scope="module")
def made(library):
    """The two lists of the whole content."""
    return sets(library.content.knowledge, library.speaker("fr", ON), load_words())


@pytest.fixture(scope="module")
def services(made):
    """Services by id."""
    return {each["id"]: each for each in made.services}


def problems(name, records):
    """Return what the published schema says of records, formats of addresses and dates included."""
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{each['id']}: {error.message}" for each in records for error in validator.iter_errors(each)]


def test_every_record_fits_the_published_schema(made):
    """Services and structures, all of them."""
    assert problems("service", made.services) == []
    assert problems("structure", made.structures) == []


def test_a_wrong_word_would_be_seen(made):
    """The schema is really looked at."""
    wrong = [{**made.services[0], "type": "accueil"}, {**made.services[0], "thematiques": ["famille"]}]

    assert len(problems("service", wrong)) == 2


def test_every_key_of_a_record_is_one_of_the_schema(made):
    """The schema allows other keys; nothing of ours is slipped in."""
    for name, records in (("service", made.services), ("structure", made.structures)):
        known = set(json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))["properties"])

        assert {key for each in records for key in each} <= known


def test_their_own_score_finds_the_records_good(made, monkeypatch):
    """The score of the package data-inclusion-schema: the mean of up to ten criteria (contact, date, public, price...).

    At least 0.9 on average and 0.8 for each. It looks at the day's date, which is held here.
    """
    monkeypatch.setattr(score_qualite.pendulum, "now", lambda: pendulum.datetime(2026, 11, 22))
    for each in made.structures:
        v1.Structure.model_validate(each)
    scores = {each["id"]: score_qualite.score(v1.Service.model_validate(each))[0] for each in made.services}

    assert mean(scores.values()) >= 0.9
    assert {name: score for name, score in scores.items() if score < 0.8} == {}


def test_ids_lead_from_services_to_structures(made):
    """Each id once; each service has its structure."""
    structures = [each["id"] for each in made.structures]

    assert len(set(structures)) == len(structures)
    assert len({each["id"] for each in made.services}) == len(made.services)
    assert {each["structure_id"] for each in made.services} <= set(structures)


def test_every_service_and_every_place_is_there(made, knowledge):
    """Nobody is left out."""
    places = {f"passerelle--{place.id}" for place in knowledge.places}

    assert places <= {each["id"] for each in made.structures}
    assert {each["id"].split("--")[1] for each in made.services} == {service.id for service in knowledge.services}


def test_a_place_keeps_what_leads_to_it(services):
    """The desk of the town hall of the 20th, field by field, as its card says."""
    found = services["passerelle--rif--rif-mairie-20"]

    assert found["adresse"] == "6 place Gambetta"
    assert (found["code_postal"], found["code_insee"], found["commune"]) == ("75020", "75120", "Paris")
    assert (found["latitude"], found["longitude"]) == (48.865092, 2.398997)
    assert found["telephone"] == "3975"
    assert found["horaires_accueil"] == "Mo-We,Fr 08:30-17:00; Th 14:00-19:30"
    assert found["modes_accueil"] == ["en-presentiel"]
    assert found["structure_id"] == "passerelle--rif-mairie-20"
    assert found["type"] == "information"


def test_a_service_says_its_price_and_its_zone(services):
    """Family mediation costs by income, everywhere in France; its phone is 3230."""
    (found,) = (
        each
        for name, each in services.items()
        if name.startswith("passerelle--mediation-familiale--mediation-familiale-udaf")
    )

    assert (found["frais"], found["frais_precisions"]) == ("payant", "Le prix dépend des revenus.")
    assert found["zone_eligibilite"] == ["france"]
    assert found["thematiques"] == ["famille--surmonter-conflits-separation-violence"]
    assert "telephoner" in found["modes_mobilisation"]


def test_no_placeholder_leaves_the_house(made):
    """Numbers and amounts of the day stand in the sentences."""
    texts = [value for each in (*made.services, *made.structures) for value in each.values() if isinstance(value, str)]

    assert [text for text in texts if "{" in text] == []


def test_a_shelter_gives_the_number_that_leads_to_it(services):
    """Shelters from violence have no address; the number of the card is the one to call."""
    found = services["passerelle--hebergement-violences"]

    assert found["telephone"] == "3919"
    assert "adresse" not in found


@pytest.mark.parametrize(
    ("zone", "codes"),
    [
        ("paris", ["75"]),
        ("paris-centre", ["75101", "75102", "75103", "75104"]),
        ((9, 20), ["75109", "75120"]),
        ("france", ["france"]),
        ("a-distance", ["france"]),
    ],
)
def test_zones_are_codes_of_the_insee(zone, codes):
    """Paris is department 75; its arrondissements have codes of their own."""
    assert zone_codes(zone) == codes


def test_the_region_is_its_eight_departments():
    """Île-de-France has no code in the schema."""
    assert zone_codes("ile-de-france") == ["75", "77", "78", "91", "92", "93", "94", "95"]


def test_every_topic_and_every_named_service_has_words(knowledge):
    """The correspondence follows the content: no topic without words, no word for a service that is gone."""
    words = load_words()
    topics = {topic.id for topic in knowledge.topics}

    assert set(words.topics) == set(words.audiences) == topics
    assert set(words.services) <= {service.id for service in knowledge.services}
    assert all(named(service, words).topics for service in knowledge.services)
    assert named(knowledge.by_id["pmi"], words).type == "accompagnement"


def test_a_slip_in_the_correspondence_is_told_with_its_line(tmp_path):
    """An unknown key is named, with the nearest one."""
    path = tmp_path / "mots.yaml"
    path.write_text(
        "source: x\nthematiques: {}\npublics: {}\ntype: atelier\nservices:\n  rif: {publique: [x]}\n", encoding="utf-8"
    )

    with pytest.raises(ContentError, match=r"mots.yaml:6: clé 'publique' inconnue"):
        load_words(path)


def test_what_is_given_is_read_back(library, knowledge, tmp_path):
    """Exported structures, read by our importer of data·inclusion, are our places again: nothing refused or mended."""
    path = tmp_path / "structures.json"
    path.write_text(export(library, "data-inclusion", ON, "structures").text, encoding="utf-8")
    found = read("data-inclusion-structures", path)
    drafts = {each.key.removeprefix("passerelle--"): each for each in found if isinstance(each, Draft)}

    assert set(drafts) == {place.id for place in knowledge.places}
    assert all(isinstance(each, Draft | Aside) for each in found)  # structures without an address are left aside
    for place in knowledge.places:
        back = drafts[place.id]
        assert (back.name, back.address, back.postcode, back.district) == (
            place.name,
            place.address,
            place.postcode,
            place.district,
        )
        assert (back.latitude, back.longitude, back.hours) == (place.latitude, place.longitude, place.hours)
        assert (back.email, back.website, back.dated) == (place.email, place.website, place.freshness.checked_on)
        assert _digits(back.phone) == _digits(place.phone)
        assert back.mended == ()


def _digits(number):
    text = "".join(char for char in number or "" if char.isdigit())
    return f"0{text[2:]}" if text.startswith("33") and len(text) == 11 else text


@pytest.mark.parametrize("form", ["data-inclusion", "json"])
def test_the_terms_travel_inside(library, form):
    """Whoever has the file has its licences, its day and its sources."""
    notice = json.loads(export(library, form, ON).text)["mention"]

    assert notice["le"] == "2026-11-22"
    assert any("AGPL" in line for line in notice["conditions"]) and any("ODbL" in line for line in notice["conditions"])
    assert any("Licence Ouverte 2.0" in line for line in notice["conditions"]) == (form == "data-inclusion")
    assert all(set(source) == {"titre", "ou", "licence"} for source in notice["sources"])


def test_one_list_alone_can_be_given(library):
    """Who publishes two files, as data·inclusion does, asks for each."""
    assert set(json.loads(export(library, "data-inclusion", ON, "services").text)) == {"mention", "services"}


def test_the_loss_report_counts(library, knowledge):
    """What has no place in the schema is said, with how many entries lose it."""
    report = export(library, "data-inclusion", ON).report
    unknown = sum(service.cost == "inconnu" for service in knowledge.services)

    assert report[0] == f"{len(knowledge.places) + _without_places(knowledge)} structures écrits"
    assert any(line.startswith(f"{len(knowledge.rights)} droit(s)") for line in report)
    assert f"{unknown} fiche(s) perdent : coût inconnu (le schéma ne dit que gratuit ou payant)" in report


def _without_places(knowledge):
    return sum(service.id not in knowledge.places_of for service in knowledge.services)


def test_json_holds_what_editors_wrote(library, knowledge):
    """Every card, with the keys of its file; it reads again as the same card."""
    whole = json.loads(export(library, "json", ON).text)
    pmi = next(each for each in whole["services"] if each["id"] == "pmi")

    assert len(whole["droits"]) == len(knowledge.rights)
    assert Service.model_validate(pmi) == knowledge.by_id["pmi"]


def test_a_spreadsheet_opens_services_and_places(library, knowledge):
    """One line each, with its licences; nothing that a spreadsheet would run."""
    text = export(library, "csv", ON).text
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    desk = next(row for row in rows if row["id"] == "rif-mairie-20")

    assert text.startswith("\ufeff")
    assert len(rows) == len(knowledge.services) + len(knowledge.places)
    assert (desk["genre"], desk["adresse"], desk["licences"]) == ("lieu", "6 place Gambetta", "page publique")
    assert not [value for row in rows for value in row.values() if value[:1] in ("=", "+", "-", "@")]


def test_a_name_that_looks_like_a_formula_is_not_run(knowledge):
    """A spreadsheet shows it as a text."""
    odd = knowledge.by_id["pmi"].model_copy(update={"name": "=1+1"})
    text = table(knowledge.model_copy(update={"services": (odd,), "places": ()}))

    assert ";'=1+1;" in text
