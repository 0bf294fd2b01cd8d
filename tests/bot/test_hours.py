"""What a family reads about opening hours, on a card and in lists, worked out by hand with a calendar."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.cards import place_lines
from bot.hours import helpline_hours, place_hours, state_line
from bot.screens import Screens
from dialogs.effects import Emergency, People
from knowledge.danger import detect
from knowledge.model import Helpline, Place

PARIS = ZoneInfo("Europe/Paris")
SPACE = "\u00a0"
PLACE = {
    "id": "lieu-essai",
    "nom": "Un lieu",
    "service": "rif",
    "adresse": "1 rue de Paris",
    "code_postal": "75019",
    "arrondissement": 19,
    "sources": [{"id": "s", "titre": "Une source", "reference": "x", "consulte_le": "2026-11-21"}],
    "fraicheur": {"verifie_le": "2026-11-21", "methode": "site", "revoir_avant": "2027-05-21", "confiance": "haute"},
}


def place(**keys):
    """Return a place with hours as an editor writes them."""
    return Place.model_validate({**PLACE, **keys})


def speaker(library, moment, language="fr"):
    """Return who speaks at a clock time of Paris."""
    at = datetime.fromisoformat(moment).replace(tzinfo=PARIS)
    return library.speaker(language, at.date(), at)


def said(text):
    """Return a text with the spaces that hold « 17 h » together."""
    return re.sub(r"(?<=\d) (?=h)|(?<=\d h) (?=30)", SPACE, text)


@pytest.mark.parametrize(
    ("hours", "moment", "line"),
    [
        ("Mo-Fr 09:00-17:30", "2026-11-20T10:00", "Ouvert jusqu'à 17 h 30."),
        ("Mo-Fr 09:00-17:00", "2026-11-20T08:00", "Fermé, ouvre à 9 h."),
        ("Mo-Fr 09:00-17:00", "2026-11-20T18:00", "Fermé, ouvre lundi à 9 h."),
        ("Mo-Fr 09:00-17:00", "2026-11-22T18:00", "Fermé, ouvre demain à 9 h."),
        ("Sa 09:00-17:00", "2026-11-22T10:00", "Fermé, ouvre samedi à 9 h."),
        ("Su 09:00-10:00", "2026-11-22T10:00", "Fermé, ouvre le 29 novembre 2026 à 9 h."),
        ("Mo[1] 09:00-17:00", "2026-11-20T18:00", "Fermé, ouvre le 7 décembre 2026 à 9 h."),
        ("Mo-Fr 09:00-17:00", "2026-12-25T10:00", "Jour férié : horaires à confirmer."),
        ("Mo-Su 08:00-02:00", "2026-11-20T23:00", "Ouvert jusqu'à 2 h, cette nuit."),
        ("Mo-Su 08:00-02:00", "2026-11-21T01:00", "Ouvert jusqu'à 2 h."),
        ("Mo-Su 18:00-24:00", "2026-11-20T23:00", "Ouvert jusqu'à minuit."),
        ("Th-Fr,Sa", "2026-11-19T10:00", "Ouvert jusqu'à dimanche à 0 h."),
        ("24/7", "2026-12-25T03:00", "Ouvert maintenant."),
        ("off", "2026-11-20T10:00", "Fermé en ce moment."),
        (None, "2026-11-20T10:00", "Horaires à confirmer."),
    ],
)
def test_a_place_says_in_one_line_how_it_stands(library, hours, moment, line):
    """Open until when, closed until when, or to be confirmed."""
    assert state_line(speaker(library, moment), place(horaires=hours)) == said(line)


def test_a_place_tells_its_week_after_its_state(library):
    """First what matters now, then the whole week, then the hours of school holidays."""
    lines = list(
        place_hours(
            speaker(library, "2026-11-20T10:00"),
            place(horaires="Mo-Fr 09:00-17:00", horaires_vacances="Mo 09:00-12:00"),
        )
    )

    assert lines == [
        said("Ouvert jusqu'à 17 h."),
        "Horaires : lundi à vendredi 09:00-17:00",
        "Pendant les vacances scolaires : lundi 09:00-12:00",
    ]


def test_unknown_hours_are_said_once(library):
    """« Horaires à confirmer. » stands alone, with the moment known or not."""
    unknown = place()

    assert list(place_hours(speaker(library, "2026-11-20T10:00"), unknown)) == ["Horaires à confirmer."]
    assert list(place_hours(library.speaker("fr", datetime(2026, 11, 20).date()), unknown)) == ["Horaires à confirmer."]


@pytest.mark.parametrize(
    ("closure", "day", "line"),
    [
        ({"du": "2026-12-24", "au": "2027-01-03"}, "2026-12-01", "Fermé du 24 décembre 2026 au 3 janvier 2027."),
        ({"du": "2026-12-24", "au": "2026-12-24"}, "2026-12-01", "Fermé le 24 décembre 2026."),
        ({"du": "2026-12-01"}, "2026-12-05", "Fermé à partir du 1er décembre 2026, jusqu'à nouvel ordre."),
        ({"du": "2026-12-24", "au": "2027-01-03", "texte": "Travaux."}, "2027-01-03", "Fermé du 24 décembre 2026 au 3 janvier 2027. Travaux."),
        ({"du": "2026-12-24", "au": "2027-01-03"}, "2027-01-04", None),
        ({"du": "2026-12-24", "au": "2027-01-03"}, "2026-11-23", None),
        ({"du": "2026-12-24", "au": "2027-01-03"}, "2026-11-24", "Fermé du 24 décembre 2026 au 3 janvier 2027."),
        ("Fermé l'été.", "2026-12-01", "Fermé l'été."),
    ],
)  # fmt: skip
def test_a_closure_is_announced_a_month_before_and_dropped_after(library, closure, day, line):
    """Dates in words, the editor's sentence after them; nothing of what is over."""
    lines = list(
        place_hours(speaker(library, f"{day}T10:00"), place(horaires="Mo-Su,PH 09:00-17:00", fermetures=[closure]))
    )

    assert lines[2:] == ([line] if line else [])


def test_a_place_on_a_card_shows_its_state(library):
    """The address, then whether the door is open."""
    lines = place_lines(speaker(library, "2026-11-20T10:00"), place(horaires="Mo-Fr 09:00-17:00"))

    assert lines[:2] == ["1 rue de Paris, 75019 Paris", said("Ouvert jusqu'à 17 h.")]


def helpline(library, name):
    """Return a helpline of the product."""
    found = library.content.knowledge.by_id[name]
    assert isinstance(found, Helpline)
    return found


@pytest.mark.parametrize(
    ("name", "moment", "lines"),
    [
        # 3018 answers every day from 9 to 23, public holidays included
        ("tel-cyberharcelement", "2026-11-20T23:30", ["Fermé, ouvre demain à 9 h.", "Tous les jours de 9 h à 23 h, jours fériés compris"]),
        ("tel-cyberharcelement", "2026-12-25T10:00", ["Ouvert jusqu'à 23 h.", "Tous les jours de 9 h à 23 h, jours fériés compris"]),
        ("tel-suicide", "2026-12-25T03:00", ["Ouvert maintenant.", "24 h sur 24, 7 jours sur 7"]),
        ("tel-caf", "2026-11-20T10:00", ["En semaine. Les heures changent selon la Caf."]),
        ("tel-aripa", "2026-11-20T10:00", ["Du lundi au vendredi de 9 h à 16 h 30, lu sur un site privé."]),
        ("tel-canicule", "2026-11-20T10:00", ["De 9 h à 19 h pendant une canicule"]),
    ],
)  # fmt: skip
def test_a_helpline_says_whether_someone_answers_now(library, name, moment, lines):
    """The state first, then the hours as they were written; what says itself unsure is not said twice."""
    found = list(helpline_hours(speaker(library, moment), helpline(library, name)))

    assert found == [said(lines[0]) if lines[0].startswith(("Ouvert", "Fermé")) else lines[0], *lines[1:]]


def test_someone_in_danger_at_night_sees_which_number_sleeps(library):
    """At 1 in the morning the emergency card says when 3018 opens, and stays short for numbers that always answer."""
    told = speaker(library, "2026-11-20T01:00")
    alarm = detect(library.danger, "on me harcèle sur internet, ils ont publié mes photos")
    assert alarm and alarm.level == "sur" and "tel-cyberharcelement" in alarm.numbers

    (screen,) = Screens(told, library.content.dialogs, library.danger).draw((Emergency(alarm),))

    numbers = [block.lines for block in screen.blocks if block.link and block.link.startswith("tel:")]
    assert len(numbers) >= 2
    assert [lines for lines in numbers if len(lines) > 1] == [("3018", said("Fermé, ouvre à 9 h."))]


def test_a_list_of_people_shows_whether_a_number_answers(library):
    """Under a helpline of a list stands its state; a service without hours shows none."""
    told = speaker(library, "2026-11-20T23:30")
    (screen,) = Screens(told, library.content.dialogs, library.danger).draw(
        (People(("tel-cyberharcelement", "tel-caf")),)
    )

    assert screen.blocks[0].lines[-1] == said("Fermé, ouvre demain à 9 h.")
    assert "Appeler" in screen.blocks[1].lines[-1]


def test_no_moment_no_promise(library):
    """Without a moment (a proof, a printed sheet) nobody is told that a place is open."""
    told = library.speaker("fr", datetime(2026, 11, 20).date())

    assert state_line(told, place(horaires="24/7")) == ""


def test_the_hour_is_that_of_paris_and_of_the_language(library):
    """16:00 UTC on a winter Friday is 17:00 in Paris; English writes 17:30."""
    told = speaker(library, "2026-11-20T17:00", "en")

    assert "17:30" in state_line(told, place(horaires="Mo-Fr 09:00-17:30"))
