"""What editors look at again: every reason, the most pressing first, on a small base broken on purpose."""

from datetime import date

import pytest

from knowledge.check import KeepingReading
from knowledge.upkeep import addresses, upkeep
from tests.knowledge.small_base import ON, Base
from tests.knowledge.test_school_calendar import TEXT as CALENDAR


@pytest.fixture
def base(tmp_path):
    """A small base, checked on the site, with nothing to look at again."""
    return Base(tmp_path)


def tasks(base, on=ON, dead=None):
    """Return id -> reasons of what is to be looked at again, in order."""
    reading = KeepingReading(base.folder)
    knowledge = reading.knowledge()
    assert knowledge is not None, reading.problems
    return {task.id: task.reasons for task in upkeep(knowledge, reading.parameter_files, on, dead)}


def test_nothing_to_do_on_a_fresh_base(base):
    """Everything was checked yesterday on the site."""
    assert tasks(base) == {}


@pytest.mark.parametrize(
    ("old", "new", "reasons"),
    [
        ("revoir_avant: 2027-05-21", "revoir_avant: 2027-01-20", ("expire",)),  # 60 days after 21 November
        ("revoir_avant: 2027-05-21", "revoir_avant: 2027-01-21", None),
        ("revoir_avant: 2027-05-21", "revoir_avant: 2026-11-22", ("expire",)),
        ("verifie_le: 2026-11-21, methode: site, revoir_avant: 2027-05-21", "verifie_le: 2026-01-21, methode: site, revoir_avant: 2026-11-21", ("en-retard",)),
        ("methode: site", "methode: dossier", ("non-verifie",)),
        ("methode: site", "methode: import", ("non-verifie",)),
        ("methode: site", "methode: appel", None),
        ("confiance: haute", "confiance: basse", ("peu-sur",)),
        ("confiance: haute", "confiance: moyenne", None),
        ("themes: [separation]", "themes: [separations]", ("lien-interne",)),
    ],
)  # fmt: skip
def test_a_card_is_listed_for_a_reason(base, old, new, reasons):
    """Late, soon late, never asked at the source, unsure, or naming what does not exist."""
    base.change("services/rif.yaml", old, new)

    assert tasks(base) == ({"rif": reasons} if reasons else {})


def test_reasons_and_cards_come_by_urgency(base):
    """What is late comes before what will be, and the earliest date first; a card has one line with all its reasons."""
    base.change(
        "services/rif.yaml", "revoir_avant: 2027-05-21, confiance: haute", "revoir_avant: 2027-01-01, confiance: basse"
    )
    base.change(
        "numeros/ecoute.yaml", "methode: site, revoir_avant: 2027-05-21", "methode: dossier, revoir_avant: 2026-12-01"
    )
    base.change(
        "lieux/rif-19.yaml",
        "verifie_le: 2026-11-21, methode: site, revoir_avant: 2027-05-21",
        "verifie_le: 2026-01-21, methode: site, revoir_avant: 2026-11-01",
    )

    assert list(tasks(base).items()) == [
        ("rif-19", ("en-retard",)),
        ("ecoute", ("expire", "non-verifie")),
        ("rif", ("expire", "peu-sur")),
    ]


def test_amounts_expire_too(base):
    """The ceiling of the small base is to be looked for again before 1 April 2027."""
    assert tasks(base, date(2027, 1, 30)) == {}
    assert tasks(base, date(2027, 1, 31)) == {"plafond": ("expire",)}
    assert "en-retard" in tasks(base, date(2027, 4, 1))["plafond"]


def test_the_school_calendar_expires_before_it_ends(base):
    """It is to be read again by its date, at the latest on the last day it knows."""
    base.add("calendrier.yaml", CALENDAR)

    assert tasks(base) == {}
    assert tasks(base, date(2027, 3, 2))["calendrier"] == ("expire",)  # 60 days before 1 May 2027

    base.change("calendrier.yaml", "revoir_avant: 2027-05-01", "revoir_avant: 2030-05-01")

    assert "calendrier" not in tasks(base, date(2027, 7, 1))
    assert tasks(base, date(2027, 7, 2))["calendrier"] == ("expire",)  # 60 days before 31 August 2027
    assert tasks(base, date(2027, 8, 31))["calendrier"] == ("en-retard",)


def test_a_dead_address_is_told_with_what_came_back(base):
    """Every entry that leads there is listed."""
    url = "https://www.legifrance.gouv.fr/loi"
    reading = KeepingReading(base.folder)
    knowledge = reading.knowledge()
    found = upkeep(knowledge, reading.parameter_files, ON, {url: "page introuvable (404)"})

    assert {task.id: task.details for task in found} == dict.fromkeys(
        ["aide", "rif", "ecoute", "rif-19"], (f"{url} : page introuvable (404)",)
    )
    assert {task.reasons for task in found} == {("lien-mort",)}


def test_a_broken_name_outside_a_card_has_its_own_line(base):
    """Two entries with one code are listed under the file of codes."""
    base.change("codes.yaml", 'rif: "A3B"', 'rif: "A1B"')

    assert tasks(base) == {"codes.yaml": ("lien-interne",)}


def test_addresses_of_an_entry_come_once(knowledge):
    """What families open comes before the sources."""
    right = knowledge.by_id["asf"]
    links = [step.link for step in right.steps if step.link]
    found = addresses(right)

    assert found[: len(set(links))] == tuple(dict.fromkeys(links))
    assert len(found) == len(set(found))
