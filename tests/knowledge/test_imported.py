"""Imported places are found near home, after the places people keep, and follow their file."""

import shutil
import sqlite3

import pytest

from bot.imports.mapping import load_source
from bot.imports.run import Order, run_import
from knowledge.imported import IMPORTED_FILE, ImportedPlaces
from knowledge.search import Index, search_line
from knowledge.search_imported import FullSearch
from tests.conftest import ROOT, TODAY

COLLEGES = ROOT / "tests/data/imports/opendata-paris/colleges_3_lignes.csv"


def bring(knowledge, folder, file=COLLEGES, source="paris-colleges"):
    """Import a file as an operator does."""
    services = [service.id for service in knowledge.services]
    return run_import(Order(load_source(source, services), file, folder, TODAY), knowledge)


@pytest.fixture(scope="module")
def bare(knowledge):
    """The cards, with one place kept by people: the college Jules Romains of the 7th."""
    kept = tuple(place for place in knowledge.places if place.id == "college-7-jules-romains")
    fields = {name: getattr(knowledge, name) for name in type(knowledge).model_fields}
    return type(knowledge).model_construct(**fields | {"places": kept})


@pytest.fixture
def folder(bare, tmp_path):
    """The three colleges of the sample: one doubles the kept place; two more lie in the 7th."""
    lines = COLLEGES.read_text(encoding="utf-8").splitlines()
    more = [lines[1].replace("JULES ROMAINS", name).replace("6 RUE CLER", at) for name, at in (
        ("VICTOR DURUY", "33 BOULEVARD DES INVALIDES"), ("EUGENE PELLETAN", "40 RUE CLER"))]  # fmt: skip
    file = tmp_path / "colleges.csv"
    file.write_text("\n".join([*lines, *more]) + "\n", encoding="utf-8")
    bring(bare, tmp_path, file)
    return tmp_path


def test_the_nearest_are_of_the_arrondissement_else_of_its_neighbours(folder):
    """The 8th touches the 17th and the 7th; the 20th touches neither: nothing is shown from across the city."""
    places = ImportedPlaces(folder / IMPORTED_FILE)

    assert {place.name for place in places.near("college", 17)} == {"Collège Andre Malraux"}
    assert {place.district for place in places.near("college", 8, limit=4)} == {7, 17}
    assert places.near("college", 20) == () and places.near("pmi", 17) == ()


def test_the_double_of_a_kept_place_shows_only_while_people_keep_it(folder, bare):
    """A place that people removed comes back as an unchecked one; one added since hides its double at once."""
    places = ImportedPlaces(folder / IMPORTED_FILE)
    kept = bare.places_of["college"]
    renamed = kept[0].model_copy(
        update={"id": "college-7-duruy", "name": "Collège Victor Duruy", "address": "33, bd des Invalides"}
    )

    names = {place.name for place in places.near("college", 7, known={"college-7-jules-romains"})}
    assert names == {"Collège Victor Duruy", "Collège Eugene Pelletan"}
    assert "Collège Jules Romains" in {place.name for place in places.near("college", 7)}
    after = places.near("college", 7, (*kept, renamed), {"college-7-jules-romains", "college-7-duruy"})
    assert {place.name for place in after} == {"Collège Eugene Pelletan"}


def test_a_new_file_is_taken_without_a_restart(folder, bare, tmp_path_factory):
    """And a removed or damaged one means no imported places, told once."""
    other = tmp_path_factory.mktemp("autre")
    bring(bare, other)
    said = []
    places = ImportedPlaces(folder / IMPORTED_FILE, said.append)
    before = len(places.near("college", 7))
    shutil.move(other / IMPORTED_FILE, folder / IMPORTED_FILE)
    after = len(places.near("college", 7))
    (folder / IMPORTED_FILE).write_bytes(b"rien" * 1000)
    damaged = places.near("college", 7), places.lots(), places.present
    (folder / IMPORTED_FILE).unlink()

    assert (before, after) == (3, 1)
    assert damaged == ((), (), False) and said == ["DatabaseError"]
    assert places.near("college", 7) == () and places.get("imp-x") is None


def test_a_file_of_another_format_is_not_read(folder):
    """A later version may write other columns."""
    with sqlite3.connect(folder / IMPORTED_FILE) as base:
        base.execute("PRAGMA user_version = 99")
    base.close()
    said = []

    assert not ImportedPlaces(folder / IMPORTED_FILE, said.append).present and said == ["FormatInconnu"]


def test_an_imported_place_never_comes_before_a_kept_one_of_its_arrondissement(folder, bare):
    """Even when its own name was typed."""
    search = FullSearch(Index(bare), ImportedPlaces(folder / IMPORTED_FILE))
    for text in ("collège 7", "collège pelletan 7e", "pelletan", "victor duruy", "collège", "cler 75007"):
        hits = search.search(text, 10)
        kept = [at for at, hit in enumerate(hits) if hit.id == "college-7-jules-romains"]
        imported = [at for at, hit in enumerate(hits) if hit.place and hit.place.district == 7]

        assert not kept or not imported or max(kept) < min(imported), text


def test_a_search_finds_an_imported_place_by_name_and_by_arrondissement(folder, bare):
    """By a name begun, by the arrondissement of its service; words of a service alone choose nothing."""
    search = FullSearch(Index(bare), ImportedPlaces(folder / IMPORTED_FILE))

    def names(text):
        return [hit.place.name for hit in search.search(text) if hit.place]

    assert names("pellet") == ["Collège Eugene Pelletan"]
    assert names("college debussy") == ["Collège Claude Debussy"]
    assert "Collège Andre Malraux" in names("collège 17")
    assert names("collège") == [] and names("debussy 7e") == []


def test_the_line_of_an_imported_place_says_that_nobody_checked_it(folder, bare):
    """Programs that read the search are told too."""
    search = FullSearch(Index(bare), ImportedPlaces(folder / IMPORTED_FILE))
    found = search_line(search, bare, "debussy")["resultats"]
    line = next(each for each in found if each["id"].startswith("imp-"))

    assert (line["genre"], line["type"], line["fiche"], line["arrondissement"]) == ("lieu", "college", "college", 15)
    assert line["verifie"] is False and "Ville de Paris" in line["source"]


def test_without_a_file_the_search_is_that_of_the_index(bare, tmp_path):
    """Same hits, same order."""
    index = Index(bare)
    search = FullSearch(index, ImportedPlaces(tmp_path / IMPORTED_FILE))

    assert search.search("collège 7") == index.search("collège 7")
