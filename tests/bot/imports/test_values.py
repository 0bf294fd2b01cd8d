"""Telephones, days, hours, arrondissements, capitals and points, as public data write them."""

from datetime import date

import pytest

from bot.imports.lambert import degrees_of
from bot.imports.points import pair_of, point_in, position
from bot.imports.values import day_of, district_of, hours_of, phone_of, spoken_case, street_of, website_of
from tests.bot.imports.ways import DAY, rows_of


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("0172045505", "01 72 04 55 05"),
        ("+33561946880", "05 61 94 68 80"),
        ("474454647", "04 74 45 46 47"),  # a table that dropped the first zero
        ("01.53.06.38.94 / 06 12", "01 53 06 38 94"),
        ("0 800 05 41 41", "0 800 05 41 41"),
        ("3975", "3975"),
        ("standard", None),
        ("0590", None),
        ("+44 20 7946 0958", None),
    ],
)
def test_telephones_are_written_as_in_france(text, written):
    """What is no French number is no number."""
    assert phone_of(text) == written


def test_days_are_read_and_never_to_come():
    """A record of next year is a mistake of the source."""
    assert day_of("08/03/2021 14:14:36", DAY) == date(2021, 3, 8)
    assert day_of("2024-01-22T10:34:26+01:00", DAY) == date(2024, 1, 22)
    assert day_of("2027-01-01", DAY) is None and day_of("31/02/2024", DAY) is None and day_of("hier", DAY) is None


def test_hours_pass_when_they_are_osm_only():
    """School holidays have no calendar in the library; sentences are no hours."""
    assert hours_of("Mo-Fr 09:00-12:00,14:00-18:00") == "Mo-Fr 09:00-12:00,14:00-18:00"
    assert hours_of("SH Mo-Fr 09:00-12:00") is None and hours_of("14h - 17h") is None and hours_of("") is None


def test_arrondissements_in_all_their_spellings():
    """CEDEX postcodes and 75056 name none; 75116 is the sixteenth."""
    said = ["7ème Ardt", "75107", "75007", "75116", "1er", "20e arrondissement", "18"]

    assert [district_of(each) for each in said] == [7, 7, 7, 16, 1, 20, 18]
    assert [district_of(each) for each in ("75056", "75674", "21", "0", "", "Paris")] == [None] * 6


def test_capitals_become_words():
    """Streets keep their small words; what was written in small letters stays."""
    assert street_of("6 RUE CLER") == "6 rue Cler"
    assert street_of("15 R CASABLANCA") == "15 rue Casablanca"
    assert street_of("9, rue Tchaïkovski") == "9 rue Tchaïkovski"
    assert street_of("12 bd Barbès") == "12 boulevard Barbès"
    assert spoken_case("CLINIQUE DE LA MUETTE") == "Clinique de la Muette"
    assert spoken_case("Centre Paris Anim' Hébert") == "Centre Paris Anim' Hébert"


def test_web_addresses_get_a_scheme():
    """« www.paris.fr » opens; a word does not."""
    assert website_of("www.paris.fr") == "https://www.paris.fr"
    assert website_of("http://www.sandillon.fr") == "http://www.sandillon.fr" and website_of("aucun") is None


@pytest.mark.parametrize("number", range(5))
def test_lambert_93_agrees_with_the_degrees_of_the_same_record(number):
    """The directory of education gives both for each school: they agree to a few metres."""
    row = rows_of("education", "annuaire-education/annuaire_education_5_lignes.csv")[number].values
    latitude, longitude = degrees_of(float(row["coordX_origine"]), float(row["coordY_origine"]))

    assert latitude == pytest.approx(float(row["latitude"]), abs=0.00005)
    assert longitude == pytest.approx(float(row["longitude"]), abs=0.00005)


def test_points_are_mended_or_left_out():
    """Degrees swapped and Lambert 93 are told; a point of another town, or of the other end of Paris, is none."""
    assert position("48.8965", "2.3577") == (48.8965, 2.3577, "")
    assert position("2.3577", "48.8965") == (48.8965, 2.3577, "latitude et longitude inversées")
    assert position("48,8965", "2,3577") == (48.8965, 2.3577, "")
    assert position("-77.857573", "-62.54684") is None and position("nan", "2.3") is None and position("", "") is None
    assert point_in([("48.8965", "2.3577")], 14)[1] == "coordonnées loin de l'arrondissement, laissées"
    assert point_in([("47.85", "2.03")], 14)[1] == "coordonnées hors de Paris, laissées"


def test_points_come_in_three_forms():
    """GeoJSON writes the longitude first."""
    assert pair_of("48.8584, 2.3054") == ("48.8584", "2.3054")
    assert pair_of({"lon": 2.3, "lat": 48.8}) == ("48.8", "2.3")
    assert pair_of('{"type": "Point", "coordinates": [2.3, 48.8]}') == ("48.8", "2.3")
    assert pair_of({"geometry": {"type": "Point", "coordinates": [2.3, 48.8]}}) == ("48.8", "2.3")
    assert pair_of("{") == ("", "") and pair_of(None) == ("", "")
