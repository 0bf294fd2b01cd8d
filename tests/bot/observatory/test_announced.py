"""The campaigns of links that the coordination announces: a file that is read at the end of a month, or refused kindly."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.observatory import announced
from bot.observatory.observatory import Observatory
from bot.observatory.table import published
from knowledge.reader import ContentError
from tests.bot.observatory.test_publication import month

GOOD = "campagnes:\n  - {nom: ECO19, titre: Écoles du 19e}\n"


def write(folder, text):
    """Write the list of a data folder."""
    (folder / announced.LINKS_FILE).write_text(text, encoding="utf-8")


def test_names_are_read_as_links_hold_them(tmp_path):
    """O is read as 0 in every code: the coordination writes what it gave, and the link is found."""
    write(tmp_path, GOOD)

    assert announced.load(tmp_path) == {"EC019": "Écoles du 19e"}


def test_without_a_file_nothing_is_announced(tmp_path):
    """A new data folder has none, and nothing is wrong with it."""
    assert announced.load(tmp_path) == {}
    assert announced.problems(tmp_path) == []


def test_the_example_is_a_good_file(tmp_path):
    """Who copies it and changes its two lines has a list that is read."""
    example = Path(announced.__file__).with_name("liens.exemple.yaml").read_text(encoding="utf-8")
    write(tmp_path, example)

    assert list(announced.load(tmp_path)) == ["R1F19", "EC019"]


@pytest.mark.parametrize(
    "text, said",
    [
        ("campagnes:\n  - {nom: ÉCOLE, titre: Écoles}\n", "nom de campagne « ÉCOLE »"),
        ("campagnes:\n  - {nom: ECO19, titre: A1}\n  - {nom: EC019, titre: B1}\n", "écrit deux fois"),
        ("campagnes:\n  - {nom: ECO19, titre: autres}\n", "déjà celui d'une colonne"),
        ("campagnes:\n  - {nom: ECO19}\n", "titre"),
        ("campagnes: [", "liens.yaml"),
    ],
)
def test_a_list_that_is_wrong_is_refused_with_its_line(tmp_path, text, said):
    """A name that fits no link, one twice, a title that is taken, nothing to read: said with the file and the line."""
    write(tmp_path, text)
    (problem,) = announced.problems(tmp_path)

    assert said in str(problem)
    assert "liens.yaml:" in str(problem)
    assert announced.readable(tmp_path) == {}


async def test_a_month_waits_for_a_list_that_can_be_read(service, tmp_path):
    """A month is published once for ever: not with its links unnamed because of a missing bracket."""
    write(tmp_path, "campagnes: [")
    observatory = Observatory(service.store, lambda: service.library, now_december, lambda: announced.load(tmp_path))
    await observatory.table.add({"2026-11": month()})
    await observatory.settle()
    waiting = await service.store.database.read(published)
    write(tmp_path, GOOD)
    await observatory.settle()
    lines = (await service.store.database.read(published))["2026-11"]

    assert waiting == {}
    assert "Écoles du 19e" in {line.value for line in lines}
    with pytest.raises(ContentError):
        write(tmp_path, "campagnes: [")
        announced.load(tmp_path)


def now_december():
    """Return a moment after the end of November."""
    return datetime(2026, 12, 1, 8, tzinfo=UTC)
