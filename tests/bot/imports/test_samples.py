"""Each importer on a real extract of its data set; what is expected was worked out by reading the records."""

from datetime import date

import pytest

from bot.imports.mapping import SECRET, source_names
from bot.imports.reading import Aside, Draft
from bot.imports.rows import Refusal, Row
from tests.bot.imports.ways import SAMPLES, SERVICES, read, rows_of, source_of
from tests.conftest import ROOT

SAE = ROOT / "docs/imports-exemple.yaml"


def test_a_raw_record_of_the_dila_is_read_whole():
    """The comment on Saturdays makes the hours unsure: they are told as lost, not half shown."""
    (row,) = rows_of("dila", "dila/enregistrement_brut_mairie.json")

    read = row.values
    assert (read["id"], read["nom"]) == ("b94f406e-0b1b-4902-974c-3439a08ec1b0", "Mairie - Sandillon")
    assert (read["adresse"], read["code_postal"], read["code_insee_commune"]) == (
        "251 route d'Orléans",
        "45640",
        "45300",
    )
    assert (read["latitude"], read["longitude"]) == ("47.8457984924", "2.02933001518")
    assert (read["telephone"], read["adresse_courriel"]) == ("01 02 03 04 05", "bob@sandillon.fr")
    assert read["type_service_local"] == ["mairie"] and read["site_internet"] == "http://www.sandillon.fr"
    assert read["horaires"] == "" and read["plage_ouverture"]
    assert row.raw["copyright"].startswith("Direction de l'information légale")


def test_the_derived_form_of_the_dila_gives_the_same_columns():
    """Hours without a comment become OSM's; those « on appointment only » do not."""
    nezignan, luchon, tonneins = (row.values for row in rows_of("dila", "dila/octobre_2026_forme_derivee.jsonl"))

    assert tonneins["horaires"] == "Mo-Fr 09:00-12:30,13:30-17:00"
    assert (tonneins["telephone"], tonneins["site_internet"]) == ("05 53 79 83 00", "https://www.mairie-tonneins.fr/")
    assert nezignan["horaires"] == "" and nezignan["type_service_local"] == ["france_services"]
    assert luchon["copyright"] == "Ma Boussole Aidants via data.inclusion"
    assert luchon["code_insee_commune"] == "31042" and luchon["telephone"] == "+33561946880"


def test_structured_fields_of_the_dila_may_come_as_json_texts():
    """The flat export writes lists as texts."""
    from bot.imports.dila import flat

    row = flat({"id": "1", "pivot": '[{"type_service_local": "pmi"}]', "adresse": '[{"type_adresse": "Adresse"}]'})

    assert row["type_service_local"] == ["pmi"] and row["horaires"] == ""


def test_only_a_place_to_go_to_is_an_address_of_the_dila():
    """A postal address is a box of letters."""
    from bot.imports.dila import flat

    row = flat({"adresse": [{"type_adresse": "Adresse postale", "numero_voie": "CS 10001", "code_postal": "75009"}]})

    assert row["adresse"] is None and row["code_postal"] is None


def test_finess_lines_are_read_without_a_header():
    """The meta line is no record; a box is left out of the address; the postcode begins the last line of the address."""
    rows = rows_of("finess", "finess/extrait_2026-05-12.csv")

    assert [row.line for row in rows] == [2, 3, 4, 5]
    fleyriat, pmi, cmpp, cayenne = (row.values for row in rows)
    assert (fleyriat["rs"], fleyriat["adresse"], fleyriat["code_postal"]) == (
        "CH DE FLEYRIAT",
        "900 RTE DE PARIS",
        "01440",
    )
    assert (pmi["nofinesset"], pmi["categetab"], pmi["adresse"]) == ("970102018", "223", "4 R AUGUST NYMAN")
    assert (cmpp["categetab"], cmpp["adresse"], cmpp["datemaj"]) == ("189", "ZAC CHAMPIGNY", "2017-02-21")
    assert (cayenne["adresse"], cayenne["code_postal"]) == ("AV ALEXIS BLAISE", "97306")


def test_the_first_sample_of_finess_has_31_columns_and_a_header():
    """Both lengths of line are read; the header is not taken for an establishment."""
    (row,) = rows_of("finess", "finess/structureet_une_ligne.csv")

    assert row.line == 2 and row.values["telephone"] == "0474454647"


def test_finess_coordinates_come_from_the_lines_after(tmp_path):
    """A line of the extract moved to Paris, with a point of the 18th in Lambert 93, gives a place of the 18th."""
    line = (SAMPLES / "finess/extrait_2026-05-12.csv").read_text(encoding="utf-8").splitlines()[2]
    moved = (
        line.replace("970102018", "750102018").replace("97133 ST BARTHELEMY", "75018 PARIS").replace("0590276027", "")
    )
    file = tmp_path / "finess.csv"
    point = "geolocalisation;750102018;652074.0;6866530.0;1,ATLASANTE,96,BAN,L93_METROPOLE;2025-09-04"
    file.write_text(f"finess;etalab;111;2026-05-12\n{moved}\n{point}\n", encoding="cp1252")

    (place,) = read("finess", file)
    assert (place.service, place.name, place.address) == ("pmi", "Pmi Saint Barthelemy", "4 rue August Nyman")
    assert (place.district, place.postcode, place.dated) == (18, "75018", date(2019, 2, 15))
    assert place.latitude == pytest.approx(48.898, abs=0.002) and place.longitude == pytest.approx(2.346, abs=0.002)
    assert "coordonnées Lambert 93 converties" in place.mended


def test_schools_of_another_department_are_left_out_and_counted():
    """The extract of the directory of education is of Val-de-Marne."""
    found = read("education", "annuaire-education/annuaire_education_5_lignes.csv")

    assert [(each.line, each.why) for each in found] == [(line, "hors_paris") for line in range(2, 7)]


def test_a_school_moved_to_paris_is_read_whole():
    """The first line of the extract, with its codes and point of Paris: every field comes from its column."""
    from bot.imports.reading import RowReader
    from tests.bot.imports.ways import DAY

    (row, *_) = rows_of("education", "annuaire-education/annuaire_education_5_lignes.csv")
    moved = row.values | {"Code_postal": "75014", "Code_commune": "75114", "latitude": "48.829", "longitude": "2.327"}
    place = RowReader(source_of("education"), DAY).read(Row(2, moved))

    assert (place.key, place.service, place.name) == ("0940176F", "ecole", "Ecole élémentaire Robert Doisneau")
    assert (place.address, place.district, place.phone) == ("Allée du Puits", 14, "01 72 04 55 05")
    assert place.email == "ce.0940176F@ac-creteil.fr" and place.dated == date(2026, 5, 27)
    assert {"ULIS", "Restauration", "SIREN_SIRET"} <= set(place.lost) and "latitude" not in place.lost


def test_the_fictional_line_of_digital_places_shows_the_format():
    """Its hours are OSM's and pass; its columns without a field are told as lost."""
    (place,) = read("mediation-numerique", "mediation-numerique/colonnes_et_exemple_fictif.csv")

    assert (place.key, place.service, place.name, place.district) == (
        "exemple-1",
        "inclusion-numerique",
        "Lieu fictif",
        13,
    )
    assert place.hours == "Mo-Fr 09:00-12:00,14:00-18:00" and place.attribution == "exemple"
    assert (place.latitude, place.longitude, place.dated) == (48.83, 2.36, date(2026, 1, 15))
    assert {"typologie", "dispositif_programmes_nationaux", "frais_a_charge"} <= set(place.lost)


def test_colleges_of_the_city_are_named_and_placed():
    """Capitals become words; « 5 bis » stays; the point is « latitude,longitude »."""
    found = read("paris-colleges", "opendata-paris/colleges_3_lignes.csv", "2021-2022")

    assert [(each.name, each.address, each.district) for each in found] == [
        ("Collège Jules Romains", "6 rue Cler", 7),
        ("Collège Claude Debussy", "4 place du Commerce", 15),
        ("Collège Andre Malraux", "5 bis rue Saint-Ferdinand", 17),
    ]
    assert (found[0].latitude, found[0].longitude) == (48.858465, 2.305434)


def test_only_the_last_school_year_counts():
    """A college closed since would still stand in the years before."""
    found = read("paris-colleges", "opendata-paris/colleges_3_lignes.csv", "2022-2023")

    assert {each.why for each in found} == {"ecarte"}


def test_schools_of_the_city_are_named_by_level_and_address():
    """« id_projet » is the same everywhere and no id; who typed the line is never kept."""
    found = read("paris-ecoles", "opendata-paris/ecoles_2_elements.geojson", "2023-2024")

    assert [each.name for each in found] == [
        "École polyvalente, 4 rue Eva Kotchever",
        "École maternelle, 51 rue du Departement",
    ]
    assert found[0].key != found[1].key and found[0].dated == date(2023, 3, 22)
    assert "LECOQH" not in str([each.raw for each in found])


def test_cool_islands_give_addresses_and_never_hours():
    """A centre Paris Anim' labelled as a town hall is none; the hours are those of the cool rooms."""
    hall, centre, library = read("paris-ilots-de-fraicheur", "opendata-paris/ilots_de_fraicheur_3_enregistrements.json")

    assert (hall.service, hall.address, hall.postcode) == ("mairie-arrondissement", "2 rue Eugene Spuller", "75003")
    assert (centre.service, centre.district) == ("centre-paris-anim", 14)
    assert (library.service, library.address) == ("bibliotheque", "29 rue Hermel")
    assert {each.hours for each in (hall, centre, library)} == {None}


def test_an_event_gives_the_place_it_happens_in():
    """The centre, not the workshop of February 2024."""
    (place,) = read("paris-que-faire", "opendata-paris/que_faire_1_evenement.geojson")

    assert (place.name, place.address, place.district) == ("Centre Paris Anim' Hébert", "9 rue Tchaïkovski", 18)
    assert (place.service, place.phone, place.dated) == ("centre-paris-anim", None, date(2024, 1, 22))


def test_records_of_data_inclusion_keep_no_name_of_a_person():
    """The sample lies outside Paris, and is received at a distance: it is left out twice."""
    (structure,) = read("data-inclusion-structures", "data-inclusion-v1/sample_structure.json")
    (service,) = read("data-inclusion-services", "data-inclusion-v1/sample_service.json")

    assert (structure.why, service.why) == ("hors_paris", "ecarte")
    assert "contact_nom_prenom" in source_of("data-inclusion-services").never


def test_a_service_of_data_inclusion_moved_to_paris_is_read():
    """The sample with a Paris address, received on the spot: its own theme is too wide for a card."""
    from bot.imports.reading import RowReader
    from tests.bot.imports.ways import DAY

    (row,) = rows_of("data-inclusion-services", "data-inclusion-v1/sample_service.json")
    moved = row.values | {"code_postal": "75019", "code_insee": "75119", "modes_accueil": ["en-presentiel"]}
    reader = RowReader(source_of("data-inclusion-services"), DAY)
    wide = reader.read(Row(1, moved))
    food = reader.read(Row(1, moved | {"thematiques": ["equipement-et-alimentation--alimentation"]}))

    assert isinstance(wide, Draft) and wide.service is None and food.service == "aide-alimentaire"
    assert (food.latitude, food.hours) == (None, "Mo-Fr 10:00-20:00")
    assert "coordonnées hors de Paris, laissées" in food.mended
    assert "contact_nom_prenom" not in food.raw and "conditions_acces" in food.lost
    assert reader.read(Row(1, moved | {"source": "soliguide"})) == Aside(1, "ecarte")
    assert reader.read(Row(1, moved | {"mobilisable_par": ["professionnels"]})) == Aside(1, "ecarte")


def test_a_source_of_ones_own_reads_the_maternity_wards():
    """The documented example on its real file: CEDEX postcodes name no arrondissement and are refused by line."""
    found = read(SAE, "sae-perinat/perinat_2023_paris.csv")

    places = {each.line: (each.name, each.address, each.district) for each in found if isinstance(each, Draft)}
    assert places == {
        15: ("Maternité : Maternite Sainte Felicite", "6 rue Casablanca", 15),
        16: ("Maternité : Clinique de la Muette", "46 rue Nicolo", 16),
        17: ("Maternité : Clinique Ste Therese", "9 rue Gustave Dore", 17),
        20: ("Maternité : Hu Robert Debre Aphp", "48 boulevard Serurier", 19),
    }
    assert [each.line for each in found if isinstance(each, Aside)] == [4, 14, 18, 19]
    refused = [each for each in found if isinstance(each, Refusal)]
    assert [each.line for each in refused] == [2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13]
    assert refused[0].reason == "arrondissement inconnu (code postal « 75674 »)"


@pytest.mark.parametrize("name", source_names())
def test_no_source_may_show_an_address_that_protects_people(name):
    """Shelters are not in any list that families are shown."""
    services = {rule.service for rule in source_of(name).rules}

    assert services <= set(SERVICES) and not services & SECRET
