"""« passerelle verify »: a card is marked as checked, and every other sign of its file stays as it was."""

from datetime import date

import pytest

from bot.errors import OperatorError
from bot.verify import Check, check_of, mark, marked, target

ON = date(2026, 11, 22)
CHECK = Check(ON, "appel", date(2027, 5, 22))
FLOW = """\
id: rif   # ne pas renommer
nom: "Relais : l'accueil"

fraicheur: {verifie_le: 2025-11-21, methode: dossier, revoir_avant: 2026-05-21,   confiance: haute}  # relu
# la fin
zone: paris
"""
BLOCK = """\
id: rif
fraicheur:
  # au guichet
  verifie_le: 2025-11-21   # un vendredi
  methode: dossier
  revoir_avant: "2026-05-21"
  confiance: haute
zone: paris
"""


def test_a_line_of_freshness_changes_in_place():
    """Three values change; comments, spaces and the rest do not."""
    assert marked(FLOW, CHECK) == FLOW.replace(
        "2025-11-21, methode: dossier, revoir_avant: 2026-05-21", "2026-11-22, methode: appel, revoir_avant: 2027-05-22"
    )


def test_lines_of_freshness_change_in_place():
    """The same when each key has its own line; quotes of a date go with the date."""
    changed = marked(BLOCK, CHECK)

    assert changed == BLOCK.replace("2025-11-21", "2026-11-22").replace("dossier", "appel").replace(
        '"2026-05-21"', "2027-05-22"
    )


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (FLOW, "confiance: haute}", 'confiance: haute, note: "Demander \\"Mme A\\" : é"}'),
        (BLOCK, "  confiance: haute\n", '  confiance: haute\n  note: "Demander \\"Mme A\\" : é"\n'),
        (FLOW.replace("haute}", "haute, note: Ancienne}"), "note: Ancienne}", 'note: "Demander \\"Mme A\\" : é"}'),
    ],
)
def test_a_note_is_added_or_replaced(text, old, new):
    """Whatever signs it holds, the file still reads."""
    check = CHECK._replace(note='Demander "Mme A" : é')

    assert marked(text, check) == marked(text, CHECK).replace(old, new)


def test_ends_of_lines_and_everything_else_stay(tmp_path):
    """A file written on Windows keeps its ends of lines; the difference shows one line out, one line in."""
    path = tmp_path / "rif.yaml"
    path.write_bytes(FLOW.replace("\n", "\r\n").encode())

    difference = mark(path, CHECK)

    assert path.read_bytes() == marked(FLOW, CHECK).replace("\n", "\r\n").encode()
    assert [line[0] for line in difference.splitlines()] == ["-", "+"]
    assert mark(path, CHECK) == ""


@pytest.mark.parametrize(
    ("text", "check", "what"),
    [
        ("id: rif\n", CHECK, "n'a pas de « fraicheur: »"),
        (FLOW.replace("methode: dossier, ", ""), CHECK, "n'a pas de « methode: »"),
        (FLOW.replace("2025-11-21", "2026-11-23"), CHECK, "a déjà été vérifiée le 2026-11-23"),
        (FLOW, CHECK._replace(until=ON), "ne se lirait plus"),
    ],
)
def test_what_cannot_be_marked_is_refused(tmp_path, text, check, what):
    """No freshness, a later check, a date that makes no sense: the file is as it was."""
    path = tmp_path / "rif.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(OperatorError, match=what):
        mark(path, check)
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("name", "file", "until"),
    [
        ("asf", "droits/asf.yaml", date(2027, 5, 22)),  # six months
        ("mediation-familiale", "services/mediation-familiale.yaml", date(2027, 5, 22)),
        ("rif-mairie-20", "lieux/rif-mairie-20.yaml", date(2027, 11, 22)),  # a year: addresses move less
        ("tel-caf", "numeros/tel-caf.yaml", date(2027, 5, 22)),
        ("tel-samu", "numeros/tel-samu.yaml", date(2027, 2, 22)),  # every quarter
        ("calendrier", "calendrier.yaml", date(2027, 5, 22)),
    ],
)
def test_how_long_a_check_counts(knowledge, name, file, until):
    """By kind, and sooner for numbers that save lives."""
    found = target(knowledge, name)

    assert found.file == file
    assert check_of(found, ON, "appel", None, ON).until == until


def test_the_last_day_of_a_month_stays_one(knowledge):
    """Six months after 31 August is 28 February."""
    august = date(2026, 8, 31)

    assert check_of(target(knowledge, "asf"), august, "site", None, ON).until == date(2027, 2, 28)
    assert check_of(target(knowledge, "rif-mairie-20"), august, "site", None, ON).until == date(2027, 8, 31)


def test_an_unknown_id_names_the_nearest(knowledge):
    """A slip of the keyboard is answered with the id that was meant."""
    with pytest.raises(OperatorError, match="vouliez-vous dire « mediation-familiale »"):
        target(knowledge, "mediation-famillale")


@pytest.mark.parametrize(("on", "note"), [(date(2026, 11, 23), None), (ON, "x" * 501)])
def test_a_day_to_come_and_a_book_are_refused(knowledge, on, note):
    """Nobody has checked tomorrow; a note is a sentence."""
    with pytest.raises(OperatorError):
        check_of(target(knowledge, "asf"), on, "appel", note, ON)


def test_every_card_of_the_product_can_be_marked(knowledge):
    """Whatever way its file is written."""
    from knowledge.load import FOLDER

    entries = [*knowledge.cards, *knowledge.places, *knowledge.milestones]
    for entry in entries:
        found = target(knowledge, entry.id)
        text = (FOLDER / found.file).read_text(encoding="utf-8")
        check = check_of(found, ON, "visite", "Vu.", ON)

        assert f"verifie_le: {ON}" in marked(text, check)
