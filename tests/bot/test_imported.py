"""A card shows imported places last, under a title of their own, and says that nobody checked them."""

import pytest

from bot.cards import CardPage
from bot.imports.mapping import load_source
from bot.imports.run import Order, run_import
from bot.reload import LiveLibrary
from dialogs.effects import ShowCard
from knowledge.imported import IMPORTED_FILE
from tests.conftest import ROOT, TODAY

SAMPLES = ROOT / "tests/data/imports"


@pytest.fixture(scope="module")
def folder(knowledge, tmp_path_factory):
    """The fictional line of digital places: Paris 13."""
    made = tmp_path_factory.mktemp("donnees")
    source = load_source("mediation-numerique", [service.id for service in knowledge.services])
    file = SAMPLES / "mediation-numerique/colonnes_et_exemple_fictif.csv"
    run_import(Order(source, file, made, TODAY, licence="Licence Ouverte 2.0"), knowledge)
    return made


def lines(library, card, district, places=()):
    """Return the lines of a card's page."""
    page = CardPage(library.speaker("fr", TODAY), ShowCard(card, None, places, district))
    return [text for block in page.blocks() for text in (block.text, block.title, *block.lines) if text]


def test_a_card_says_that_nobody_checked_an_imported_place(library, folder):
    """The address and the number come with « appelez avant », the source, its day and its licence."""
    shown = lines(library.with_imports(folder), "inclusion-numerique", "13")

    at = shown.index("D'autres adresses, non vérifiées")
    assert shown[at + 1 : at + 7] == [
        "Lieu fictif",
        "1 rue fictive, 75013 Paris",
        "Appeler : 01 00 00 00 00",
        "Horaires : lundi à vendredi 09:00-12:00, 14:00-18:00",
        "Importé, non vérifié : appelez avant d'y aller.",
        "D'après : Lieux de médiation numérique (cartographie nationale, ANCT) (exemple), fiche du 15 janvier 2026. Licence Ouverte 2.0.",
    ]


def test_places_kept_by_people_come_first(library, knowledge, tmp_path):
    """In the 7th, the kept college, then the imported one."""
    header, first, *_ = (SAMPLES / "opendata-paris/colleges_3_lignes.csv").read_text(encoding="utf-8").splitlines()
    file = tmp_path / "colleges.csv"
    moved = first.replace("JULES ROMAINS", "VICTOR DURUY").replace("6 RUE CLER", "333 BOULEVARD DES INVALIDES")
    file.write_text(f"{header}\n{moved}\n", encoding="utf-8")
    source = load_source("paris-colleges", [service.id for service in knowledge.services])
    run_import(Order(source, file, tmp_path, TODAY), knowledge)
    shown = lines(library.with_imports(tmp_path), "college", "7", ("college-7-jules-romains",))

    assert shown.index("Collège Jules Romains") < shown.index("D'autres adresses, non vérifiées")
    assert shown.index("D'autres adresses, non vérifiées") < shown.index("Collège Victor Duruy")


def test_nothing_is_added_elsewhere_or_without_an_arrondissement(library, folder):
    """The 20th does not touch the 13th; nobody outside Paris is sent to a list."""
    served = library.with_imports(folder)

    for district in ("20", "hors_paris", None):
        assert "D'autres adresses, non vérifiées" not in lines(served, "inclusion-numerique", district)


def test_a_card_works_without_imported_places(library, tmp_path):
    """No file, no block."""
    assert lines(library.with_imports(tmp_path), "pmi", "13") == lines(library, "pmi", "13")


async def test_imported_places_outlive_new_content_and_follow_their_file(library, folder):
    """The library that replaces another reads the same data folder; a removed file shows nothing more."""
    live = LiveLibrary(library.with_imports(folder), lambda: library.with_imports(folder))
    await live.refresh(forced=True)
    before = live().imported.near("inclusion-numerique", 13)
    (folder / IMPORTED_FILE).rename(folder / "ailleurs")
    after = live().imported.near("inclusion-numerique", 13)
    (folder / "ailleurs").rename(folder / IMPORTED_FILE)

    assert len(before) == 1 and after == ()
