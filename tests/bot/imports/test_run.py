"""An import keeps its promises: twice is once, people's work stands, nothing vanishes, a broken file changes nothing."""

import json
import sqlite3
import zlib
from datetime import date

import pytest

from bot.errors import OperatorError
from bot.imports.rows import BrokenFile
from bot.imports.run import Order, run_import
from knowledge.imported import IMPORTED_FILE
from tests.bot.imports.ways import DAY, SAMPLES, alone, bring, held, source_of
from tests.conftest import ROOT

COLLEGES = "opendata-paris/colleges_3_lignes.csv"
COOL = "opendata-paris/ilots_de_fraicheur_3_enregistrements.json"


def colleges(tmp_path, change=lambda lines: lines):
    """Return the sample of colleges as a file whose lines were changed."""
    lines = (SAMPLES / COLLEGES).read_text(encoding="utf-8").splitlines()
    file = tmp_path / "colleges.csv"
    file.write_text("\n".join(change(lines)) + "\n", encoding="utf-8")
    return file


def many(tmp_path, count):
    """Return a table of so many colleges, the sample's first one at so many numbers of its street."""
    return colleges(
        tmp_path,
        lambda lines: [lines[0], *(lines[1].replace("6 RUE CLER", f"{n} RUE CLER") for n in range(1, count + 1))],
    )


def test_the_same_file_twice_changes_nothing(knowledge, tmp_path):
    """The second run leaves the very same file, even on another day."""
    first = bring(alone(knowledge), tmp_path, "paris-colleges", COLLEGES)
    before = (tmp_path / IMPORTED_FILE).stat()
    second = bring(alone(knowledge), tmp_path, "paris-colleges", COLLEGES, date(2026, 12, 1))

    assert (first.read, first.new, first.same, first.written) == (3, 3, 0, True)
    assert (second.read, second.new, second.same, second.changed, second.written) == (3, 0, 3, 0, False)
    after = (tmp_path / IMPORTED_FILE).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_what_changed_left_or_came_back_is_told(knowledge, tmp_path):
    """A place that left its source is marked, kept, and taken again when it comes back."""
    mine = alone(knowledge)
    bring(mine, tmp_path, "paris-ilots-de-fraicheur", COOL)
    records = json.loads((SAMPLES / COOL).read_text(encoding="utf-8"))
    moved = tmp_path / "apres.json"
    moved.write_text(json.dumps([records[0], records[1] | {"adresse": "22 AVENUE MARC SANGNIER"}]), encoding="utf-8")
    after = bring(mine, tmp_path, "paris-ilots-de-fraicheur", moved, date(2026, 12, 1))
    gone = {row[3]: row[4] for row in held(tmp_path)}
    back = bring(mine, tmp_path, "paris-ilots-de-fraicheur", COOL, date(2026, 12, 2))

    assert (after.same, after.changed, after.gone) == (1, 1, 1)
    assert after.gone_names == ["Bibliothèque Robert Sabatier"]
    assert gone["Bibliothèque Robert Sabatier"] == "2026-12-01"
    assert (back.back, back.changed, back.gone) == (1, 1, 0)


def test_places_kept_by_people_stand_and_their_doubles_are_not_shown(knowledge, tmp_path):
    """The three colleges of the sample have cards of their own: the import says whose double each is."""
    report = bring(knowledge, tmp_path, "paris-colleges", COLLEGES)

    assert (report.kept, report.by_people) == (3, 3)
    assert {row[3]: row[5] for row in held(tmp_path)} == {
        "Collège Jules Romains": "college-7-jules-romains",
        "Collège Claude Debussy": "college-15-claude-debussy",
        "Collège Andre Malraux": "college-17-andre-malraux",
    }


@pytest.mark.parametrize(
    ("source", "file", "twin"),
    [
        ("paris-ecoles", "opendata-paris/ecoles_2_elements.geojson", "maternelle-18-51-rue-du-departement"),
        ("paris-ecoles", "opendata-paris/ecoles_2_elements.geojson", "polyvalente-18-4-rue-eva-kotchever"),
        ("paris-ilots-de-fraicheur", COOL, "mairie-paris-centre"),
        ("paris-ilots-de-fraicheur", COOL, "bibliotheque-18-robert-sabatier"),
        ("paris-ilots-de-fraicheur", COOL, "paris-anim-14-marc-sangnier"),
        ("paris-que-faire", "opendata-paris/que_faire_1_evenement.geojson", "paris-anim-18-hebert"),
        (ROOT / "docs/imports-exemple.yaml", "sae-perinat/perinat_2023_paris.csv", "maternite-16-la-muette"),
        (ROOT / "docs/imports-exemple.yaml", "sae-perinat/perinat_2023_paris.csv", "maternite-15-sainte-felicite"),
    ],
)
def test_real_doubles_are_found(knowledge, tmp_path, source, file, twin):
    """Places that people took from the same data sets are recognised, whatever their capitals and accents."""
    bring(knowledge, tmp_path, source, file)

    assert twin in {row[5] for row in held(tmp_path)}


def test_two_imports_show_one_place_once_whatever_their_order(knowledge, tmp_path):
    """The source that ranks first is shown: the list of colleges before a list of one's own."""
    own = tmp_path / "colleges-bis.yaml"
    text = (ROOT / "bot/imports/sources/paris-colleges.yaml").read_text(encoding="utf-8")
    own.write_text(
        text.replace("id: paris-colleges", "id: colleges-bis").replace("priorite: 2", "priorite: 7"), encoding="utf-8"
    )
    first, second = tmp_path / "a", tmp_path / "b"
    for folder, order in ((first, ("paris-colleges", own)), (second, (own, "paris-colleges"))):
        for name in order:
            bring(alone(knowledge), folder, name, COLLEGES)

    assert held(first, "public_id, lot, twin_of") == held(second, "public_id, lot, twin_of")
    assert {row[1] for row in held(first) if row[6]} == {"colleges-bis"}


def test_schools_of_one_address_are_not_one_place(knowledge, tmp_path):
    """A nursery school and a primary school side by side, or schools A and B, stay two."""
    from bot.imports.duplicates import Known, same

    def school(*name):
        return Known("x", "", 0, "ecole", 18, name, "51 rue departement", "0144556677", (48.88, 2.36))

    assert same(school("ecole", "maternelle", "lepic"), school("ecole", "elementaire", "lepic")) == ""
    assert same(school("ecole", "lepic", "a"), school("ecole", "lepic", "b")) == ""
    assert same(school("ecole", "lepic"), school("ecole", "lepic")) == "même adresse, nom proche"


def test_a_common_telephone_or_name_is_no_proof_by_itself():
    """A switchboard is shared; « centre social » is everywhere."""
    from bot.imports.duplicates import Known, same

    here, far = (48.88, 2.36), (48.89, 2.34)

    def place(name, address, phone, point):
        return Known("x", "", 0, "centre-social", 18, name, address, phone, point)

    one = place(("pouchet",), "12 rue a", "0144556677", here)
    assert same(one, place(("pouchet",), "30 rue b", "0144556677", far)) == ""
    assert same(one, place(("torcy",), "30 rue b", "0144556677", here)) == ""
    assert same(one, place(("pouchet",), "30 rue b", "0144556677", here)) == "même téléphone, à moins de 150 m"
    assert same(one, place(("pouchet",), "30 rue b", "", here)) == "même nom, à moins de 100 m"
    assert same(one, place(("torcy",), "12 rue a", "", here)) == ""


def test_the_raw_record_is_kept(knowledge, tmp_path):
    """What no field takes can still be read."""
    bring(knowledge, tmp_path, "paris-colleges", COLLEGES)
    with sqlite3.connect(tmp_path / IMPORTED_FILE) as base:
        (packed,) = base.execute("SELECT record FROM raw LIMIT 1").fetchone()
    base.close()

    assert json.loads(zlib.decompress(packed))["Libellé établissement"] == "JULES ROMAINS"


def test_refused_lines_are_told_with_their_number(knowledge, tmp_path):
    """A line without an address, one of two arrondissements at once; the rest is taken."""
    file = colleges(
        tmp_path,
        lambda lines: [lines[0], lines[1].replace("6 RUE CLER", ""), lines[2].replace("15ème", "16ème"), lines[3]],
    )
    report = bring(knowledge, tmp_path, "paris-colleges", file)

    assert report.kept == 1
    assert report.as_json()["lignes_refusees"] == [
        {"ligne": 2, "raison": "sans adresse"},
        {"ligne": 3, "raison": "arrondissements contradictoires : 15, 16"},
    ]
    assert any("colleges.csv:2: sans adresse" in line for line in report.lines())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "vide"),
        ("un;deux\na;b\n", "manque"),
        ("[{\n", "colonnes"),
        ("Libellé établissement;Adresse\n", "aucun enregistrement"),
        ("Libellé établissement;Adresse;Code INSEE\n" + ";;75118\n" * 12, "presque toutes"),
    ],
)
def test_a_broken_file_leaves_the_last_import_in_place(knowledge, tmp_path, text, said):
    """Not a byte of it changes, and nothing is left beside it."""
    bring(knowledge, tmp_path, "paris-colleges", COLLEGES)
    before = (tmp_path / IMPORTED_FILE).read_bytes()
    broken = tmp_path / "casse.csv"
    broken.write_text(text, encoding="utf-8")

    with pytest.raises(BrokenFile, match=said):
        bring(knowledge, tmp_path, "paris-colleges", broken)
    assert (tmp_path / IMPORTED_FILE).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if "en-cours" in path.name] == []


def test_an_import_cut_in_the_middle_leaves_the_last_one(knowledge, tmp_path):
    """Whatever stops it, the swap comes last."""
    bring(knowledge, tmp_path, "paris-colleges", COLLEGES)
    before = (tmp_path / IMPORTED_FILE).read_bytes()
    order = Order(source_of("paris-colleges"), many(tmp_path, 30), tmp_path, DAY)

    def cut(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_import(order, knowledge, cut)
    assert (tmp_path / IMPORTED_FILE).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if "en-cours" in path.name] == []


def test_a_file_cut_short_is_not_taken_for_closed_places(knowledge, tmp_path):
    """More than half of the places gone: refused, unless somebody says that it is so."""
    mine = alone(knowledge)
    bring(mine, tmp_path, "paris-colleges", many(tmp_path, 20))
    few = many(tmp_path, 9)

    with pytest.raises(BrokenFile, match="accepter-disparus"):
        bring(mine, tmp_path, "paris-colleges", few)
    assert bring(mine, tmp_path, "paris-colleges", few, shrink=True).gone == 11


def test_a_licence_that_nobody_read_is_asked_for(knowledge, tmp_path):
    """Places without a licence that allows reuse are not shown: whoever imports reads the page first."""
    file = "mediation-numerique/colonnes_et_exemple_fictif.csv"

    with pytest.raises(OperatorError, match="--licence"):
        bring(knowledge, tmp_path, "mediation-numerique", file)
    assert bring(knowledge, tmp_path, "mediation-numerique", file, licence="Licence Ouverte 2.0").kept == 1


def test_a_record_without_a_card_is_kept_and_not_shown(knowledge, tmp_path):
    """A private school: the cards speak of public ones."""
    lines = (SAMPLES / "annuaire-education/annuaire_education_5_lignes.csv").read_text(encoding="utf-8").splitlines()
    file = tmp_path / "ecoles.csv"
    moved = lines[1].replace("94260", "75014").replace("94034", "75114").replace(";Public;", ";Privé;")
    file.write_text(f"{lines[0]}\n{moved}\n", encoding="utf-8")
    report = bring(knowledge, tmp_path, "education", file)

    assert (report.kept, report.no_card) == (1, 1)
    assert [row[2] for row in held(tmp_path)] == [None]


def test_a_file_of_another_version_is_not_written_over(knowledge, tmp_path):
    """The operator is told to put it aside."""
    (tmp_path / IMPORTED_FILE).write_bytes(b"ce n'est pas une base" * 100)

    with pytest.raises(OperatorError, match="déplacez-le"):
        bring(knowledge, tmp_path, "paris-colleges", COLLEGES)
    assert (tmp_path / IMPORTED_FILE).read_bytes().startswith(b"ce n'est pas")


def test_a_source_of_ones_own_is_checked_like_content(tmp_path):
    """A wrong key, a card that does not exist: the line and what to write."""
    from knowledge.reader import ContentError

    text = (ROOT / "docs/imports-exemple.yaml").read_text(encoding="utf-8")
    file = tmp_path / "mien.yaml"
    file.write_text(text.replace("format: csv", "format: excel"), encoding="utf-8")
    with pytest.raises(ContentError, match="csv"):
        source_of(file)
    file.write_text(text.replace("service: maternite", "service: hebergement-violences"), encoding="utf-8")
    with pytest.raises(ContentError, match="hebergement-violences"):
        source_of(file)
    with pytest.raises(ContentError, match="sources : "):
        source_of("inconnue")
