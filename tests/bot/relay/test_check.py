"""What an operator reads before families do: the roster by line, the group by what to change."""

from datetime import UTC, datetime

import pytest

from bot.relay.roster import Need, Roster, load, next_presence, on_duty, problems
from bot.settings import Settings
from bot.telegram.relay_check import look
from tests.bot.relay.conftest import GROUP
from tests.conftest import ROOT
from tests.fake_botapi import TOKEN

EXAMPLE = ROOT / "bot" / "relay" / "equipe.exemple.yaml"
ANY = Need(None, (), "fr")


@pytest.fixture
def roster(tmp_path):
    """Writes a roster; gives its folder."""

    def write(text):
        (tmp_path / "equipe.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_the_example_is_a_roster(roster, knowledge):
    """What operators copy has no problem, and no name of a person but two pseudonyms."""
    folder = roster(EXAMPLE.read_text(encoding="utf-8"))

    assert list(problems(folder, [topic.id for topic in knowledge.topics], ["fr", "ar"])) == []
    assert [duty.pseudonym for duty in load(folder)] == ["Camille", "Dominique"]


@pytest.mark.parametrize(
    ("line", "text", "said"),
    [
        (3, 'horaires: "Lundi 9h"', "ces horaires ne se lisent pas"),
        (3, 'horaires: "SH Mo-Fr 09:00-12:00"', "ces horaires ne se lisent pas"),
        (4, 'horaires: "24/7"\n    arrondissements: [21]', "l'arrondissement 21 n'existe pas"),
        (4, 'horaires: "24/7"\n    themes: [divorce]', "le thème « divorce » n'existe pas"),
        (4, 'horaires: "24/7"\n    langues: [xx]', "la langue « xx » n'est pas proposée"),
        (4, 'horaires: "24/7"\n    nom: Durand', "nom"),
        (4, 'horaires: "24/7"\n    absences: [{du: 2026-12-24, au: 2026-12-01}]', "« au » ne vient pas avant"),
        (3, 'horaires: "24/7"\n  - pseudonyme: Camille\n    horaires: "24/7"', "« Camille » est écrit deux fois"),
    ],
)
def test_a_problem_names_its_line(roster, line, text, said):
    """Each mistake is found where it was written."""
    folder = roster(f"personnes:\n  - pseudonyme: Camille\n    {text}\n")
    (problem,) = problems(folder, ["separation"], ["fr"])

    assert said in problem.what
    assert problem.where.path.endswith("/equipe.yaml") and problem.where.line in (line, 1)


def test_who_is_on_duty_is_near_knows_the_subject_and_is_there(roster, knowledge):
    """Place, subject, hours of Paris and days away decide; the family's language comes first, and excludes nobody."""
    folder = roster(EXAMPLE.read_text(encoding="utf-8"))
    people, calendar = load(folder), knowledge.calendar
    tuesday = datetime(2026, 12, 1, 17, 30, tzinfo=UTC)  # 18:30 in Paris
    morning = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)

    def names(need, at):
        return [duty.pseudonym for duty in on_duty(people, need, at, calendar)]

    assert names(ANY, tuesday) == ["Camille"]
    assert names(ANY, morning) == ["Dominique"]
    assert names(Need(19, ("separation",), "ar"), tuesday) == ["Camille"]
    assert names(Need(7, (), "fr"), tuesday) == []
    assert names(Need(19, ("logement",), "fr"), tuesday) == []
    assert names(Need(19, ("logement",), "ar"), morning) == ["Dominique"]


def test_an_absence_is_an_absence(roster, knowledge):
    """Away from the 24th: the next presence is after it, on a day that is no public holiday."""
    folder = roster(EXAMPLE.read_text(encoding="utf-8"))
    camille = load(folder)[:1]
    away = datetime(2026, 12, 29, 14, 0, tzinfo=UTC)  # a Tuesday of school holidays, 15:00 in Paris

    assert on_duty(camille, ANY, away, knowledge.calendar) == ()
    assert next_presence(camille, ANY, away, knowledge.calendar).isoformat() == "2027-01-04T17:00:00+01:00"


def test_a_broken_roster_leaves_the_last_good_one(roster, capsys):
    """A mistake while the service runs takes nobody off duty; the log says what to run."""
    folder = roster('personnes:\n  - pseudonyme: Camille\n    horaires: "24/7"\n')
    used = Roster(folder)
    before = used.people
    roster("personnes: [\n")
    after = used.people

    assert [duty.pseudonym for duty in before] == ["Camille"] and after == before
    assert "passerelle relay check" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda group: None, []),
        (lambda group: setattr(group, "is_forum", False), ["n'a pas de sujets"]),
        (lambda group: setattr(group, "rights", set()), ["n'est pas administrateur"]),
        (lambda group: setattr(group, "rights", {"can_manage_topics"}), ["« Supprimer les messages »"]),
        (lambda group: setattr(group, "rights", {"can_delete_messages"}), ["« Gérer les sujets »"]),
    ],
    ids=["ready", "no topics", "no administrator", "cannot delete", "cannot make topics"],
)
async def test_the_group_is_told_as_it_is(api, change, said):
    """Each thing that is missing is named as Telegram names it, with where to change it."""
    change(api.forum(GROUP))
    found = await look(Settings(telegram_token=TOKEN, telegram_api=api.url, groupe=str(GROUP)))

    assert len(found) == len(said)
    assert all(part in problem and "\n    -> " in problem for part, problem in zip(said, found, strict=True))


async def test_a_group_that_the_bot_does_not_see_is_told(api):
    """A wrong number, or a bot that was never invited."""
    (found,) = await look(Settings(telegram_token=TOKEN, telegram_api=api.url, groupe="-1001"))

    assert "le robot ne voit pas -1001" in found
