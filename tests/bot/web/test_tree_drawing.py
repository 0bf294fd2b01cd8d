"""What an editor sees of a tree: every step, every way, and nothing that breaks the page."""

import xml.etree.ElementTree as ET

import pytest

from bot.web.desk.tree_svg import tree_svg
from dialogs.steps import Arrow, Step

SVG = "{http://www.w3.org/2000/svg}"
ASK = Step("demander", None, "Vivez-vous seul ou en couple ?")
END = Step("proposer", None, "Séparation")


def words(drawn):
    return [text.text for text in ET.fromstring(drawn).iter(f"{SVG}text")]


def paths(drawn):
    return [path.get("d") for path in ET.fromstring(drawn).iter(f"{SVG}path")]


def test_every_step_is_drawn_with_its_words():
    """Its kind, then what it says; a group a line."""
    pick = Step("choisir", "suite", "", ("Revenus, Âges", "Arrondissement (1 au plus)"))
    drawn = tree_svg("Séparation", (ASK, pick), (Arrow(0, 1),))

    assert words(drawn) == [
        "Demander", "Vivez-vous seul ou en couple ?",
        "Choisir la plus utile « suite »", "1. Revenus, Âges", "2. Arrondissement (1 au plus)",
    ]  # fmt: skip


def test_a_way_that_skips_a_step_goes_round_it():
    """The straight way goes down the middle, the other leaves and comes back on the right."""
    test = Step("si", None, "foyer est couple")
    drawn = tree_svg("Séparation", (test, ASK, END), (Arrow(0, 2, "oui"), Arrow(0, 1, "non"), Arrow(1, 2)))
    straight = [each for each in paths(drawn) if "H" not in each]
    around = [each for each in paths(drawn) if "H" in each]

    assert (len(straight), len(around)) == (2, 1)
    assert {"oui", "non"} < set(words(drawn))


def test_ways_over_the_same_steps_have_a_lane_each():
    """Two that run side by side are never drawn on each other."""
    steps = (Step("si", None, "a"), Step("si", None, "b"), ASK, END)
    drawn = tree_svg("Séparation", steps, (Arrow(0, 2, "oui"), Arrow(0, 1, "non"), Arrow(1, 3, "oui")))
    lanes = {each.split("H")[1].split("V")[0] for each in paths(drawn) if "H" in each}

    assert len(lanes) == 2


def test_running_off_the_end_is_a_return():
    """A sub-tree shows where it goes back to."""
    drawn = tree_svg("Enfants", (ASK,), (Arrow(0, 1),))

    assert words(drawn)[-1] == "retour à l'arbre qui appelle"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", 'un "mot" & un autre', "mot " * 60])
def test_no_text_breaks_the_drawing(text):
    """Signs of the page are written as signs, long texts in several lines."""
    drawn = tree_svg(text, (Step("dire", None, text),), ())

    assert " ".join(" ".join(words(drawn)[1:]).split()) == " ".join(text.split())
    assert max(len(line) for line in words(drawn)) <= 56
