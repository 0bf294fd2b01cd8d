"""Near means the same arrondissement, then the neighbours, then by distance; an unknown home is not everywhere."""

import pytest

from knowledge.criteria import INCONNU, NON, OUI
from knowledge.geography import CENTRES, NEIGHBOURS, PARIS, in_zone, nearest
from knowledge.model import Place


def place(name, district, lat=None, lon=None):
    """Return a bare place in an arrondissement."""
    fields = {
        "id": name,
        "nom": name,
        "service": "rif",
        "adresse": "1 rue",
        "code_postal": f"750{district:02d}",
    }
    return Place.model_construct(**fields, district=district, latitude=lat, longitude=lon)


def home(*districts):
    return {"arrondissement": frozenset(districts)}


@pytest.mark.parametrize(
    ("zone", "env", "expected"),
    [
        ("paris", {}, INCONNU),
        ("paris", home("19"), OUI),
        ("paris", home("hors_paris"), NON),
        ("paris-centre", home("3"), OUI),
        ("paris-centre", home("5"), NON),
        ("paris-centre", home("1", "2", "3", "4"), OUI),
        ((18, 19), home("19"), OUI),
        ((18, 19), home("20"), NON),
        ((18, 19), {}, INCONNU),
        ("ile-de-france", home("hors_paris"), INCONNU),
        ("ile-de-france", home("7"), OUI),
        ("france", {}, OUI),
        ("a-distance", home("hors_paris"), OUI),
    ],
)
def test_a_zone_fits_those_who_live_in_it(zone, env, expected):
    """Inside is oui, outside non, an unknown home inconnu."""
    assert in_zone(zone, env) is expected


def test_neighbours_go_both_ways():
    """If the 19th touches the 20th, the 20th touches the 19th."""
    pairs = {(here, there) for here, around in NEIGHBOURS.items() for there in around}

    assert set(NEIGHBOURS) == set(CENTRES) == PARIS
    assert pairs == {(there, here) for here, there in pairs}


def test_the_same_arrondissement_comes_first_then_its_neighbours_then_by_distance():
    """For someone in the 19th: the 19th, then the 10th or 20th, then the rest by distance."""
    places = [place("loin", 15), place("voisin", 20), place("ici", 19), place("moins-loin", 12)]

    assert [each.id for each in nearest(places, 19, 4)] == ["ici", "voisin", "moins-loin", "loin"]


def test_paris_centre_is_one_neighbourhood():
    """The first four arrondissements share their services: the 1st is near for the 4th."""
    assert nearest([place("onze", 9), place("un", 2)], 4, 1)[0].id == "un"


def test_without_a_home_the_order_is_that_of_the_arrondissements():
    """Nothing is pretended to be near."""
    assert [each.id for each in nearest([place("b", 20), place("a", 2)], None)] == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("École élémentaire, 5 rue de Torcy", "École élémentaire, 5 rue de Torcy, 75018 Paris"),
        ("PMI Torcy", "PMI Torcy, 5 rue de Torcy, 75018 Paris"),
    ],
)
def test_an_address_is_said_once(name, said):
    """Schools are named by their address; nobody reads it twice in one line."""
    school = Place.model_construct(name=name, address="5 rue de Torcy", postcode="75018")

    assert school.whereabouts == said
