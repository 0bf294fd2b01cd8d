"""The command line as its users type it: one object a line, clear refusals, nothing lost."""

import json
import subprocess
import sys

import pytest

from tests.conftest import ROOT


def passerelle(*arguments, lines=""):
    """Run the real command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments], cwd=ROOT, input=lines, capture_output=True, text=True, timeout=60
    )


def objects(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_match_gives_every_card_and_a_bad_line_spoils_only_itself():
    """Three lines in, three lines out, in order."""
    family = {"faits": {"arrondissement": 19, "foyer": "seul", "enfants": [{"age_mois": 24}]}, "le": "2026-11-21"}
    done = passerelle("match", "--json", lines=f'{json.dumps(family)}\nnon\n{{"faits": {{"foyer": "x"}}}}\n')
    first, second, third = objects(done)

    verdicts = {card["id"]: card["verdict"] for card in first["fiches"]}
    assert verdicts["asf"] == "inconnu" and verdicts["rif"] == "oui"
    assert {"id", "genre", "verdict", "pourquoi", "manque", "montant"} <= set(first["fiches"][0])
    assert "JSON" in second["erreur"] and "foyer" in third["erreur"]
    assert done.returncode == 0


def test_chat_answers_one_line_for_one_line():
    """A whole conversation by texts, choices and actions; a bad line is answered in its place."""
    lines = [
        '{"texte": "bonjour"}',
        '{"choix": "separation"}',
        '{"choix": "recente"}',
        '{"choix": "absent"}',
        '{"action": "retour"}',
        '{"x": 1}',
        "{}",
    ]
    replies = objects(passerelle("chat", "--json", lines="\n".join(lines) + "\n"))

    assert len(replies) == len(lines)
    assert [reply.get("question") for reply in replies[:3]] == [None, "separation", "age-enfants"]
    assert replies[1]["progression"] == [1, 6] and replies[1]["fin"] is False
    assert {"dit", "question", "choix", "progression", "fiches", "numeros", "fin"} == set(replies[0])
    assert replies[4]["question"] == "separation"
    assert "erreur" in replies[5] and "erreur" in replies[6]


def test_chat_answers_danger_with_the_numbers():
    """The numbers come as they are dialled."""
    (reply,) = objects(passerelle("chat", "--json", lines='{"texte": "mon mari me frappe"}\n'))

    assert reply["numeros"][:2] == ["3919", "17"]


def test_understand_shows_danger_facts_and_subjects():
    """One sentence, in the form of match."""
    done = passerelle("understand", "--json", "seule avec deux enfants de 2 et 7 ans dans le 19e, il me frappe")
    (found,) = objects(done)

    assert (found["urgence"], found["niveau"]) == ("violence", "sur")
    assert found["faits"]["enfants"] == [{"age_mois": 24}, {"age_mois": 84}]
    assert found["faits"]["arrondissement"] == 19


def test_search_finds_a_place_with_its_service():
    """Fragments and an arrondissement, as a desk types them."""
    (found,) = objects(passerelle("search", "--json", "--limit", "5", "rif 19"))
    places = [each for each in found["resultats"] if each["genre"] == "lieu"]

    assert found["resultats"][0]["id"] == "rif"
    assert places[0]["fiche"] == "rif" and places[0]["arrondissement"] == 19


@pytest.mark.parametrize(
    "arguments",
    [
        ("chat", "absent"),
        ("chat", "--lang", "xx"),
        ("graph", "absent"),
        ("link", "absente"),
        ("new", "truc", "x"),
        ("match", "absent.jsonl"),
        ("check", "--le", "demain"),
    ],
    ids=" ".join,
)
def test_a_wrong_argument_is_refused_in_french_without_a_traceback(arguments):
    """What is wrong, and what may be written."""
    done = passerelle(*arguments)

    assert done.returncode == 2
    assert done.stderr.strip() and "Traceback" not in done.stderr


def test_a_link_composed_here_opens_there():
    """The code of « link » is understood by « chat --link »."""
    code = passerelle("link", "separation", "--arrondissement", "19").stdout.strip()
    (reply,) = objects(passerelle("chat", "--json", "--link", code, lines='{"action": "continuer"}\n'))

    assert len(code) <= 20
    assert any("19e" in line for line in reply["dit"])
