"""No number, and no difference of numbers, tells of one family."""

from collections import Counter
from itertools import combinations

import pytest

from bot.campaigns.audience import BANDS, Audience, reach, reach_of
from bot.campaigns.check import audience_problems, is_alarming, opened_by, opens_problems, text_problems
from bot.campaigns.consent import Consent

NOVEMBER = 2026 * 12 + 10


def family(district="19", births=(), themes=()):
    return Consent(b"1", "fr", district, births, themes)


@pytest.mark.parametrize(
    ("born", "bands"),
    [
        ((2026 * 12 + 9, 2026 * 12 + 11), {"0-2"}),  # this quarter, perhaps next month
        ((2024 * 12, 2024 * 12 + 2), {"0-2"}),  # January to March 2024: 32 to 34 months
        ((2023 * 12 + 9, 2023 * 12 + 11), {"0-2", "3-5"}),  # October to December 2023: 35 to 37 months
        ((2020 * 12 + 9, 2020 * 12 + 11), {"3-5", "6-10"}),  # 71 to 73 months
        ((2008 * 12 + 9, 2008 * 12 + 11), {"15-17", "18-25"}),  # 215 to 217 months
        ((1999 * 12, 1999 * 12 + 2), set()),  # over 25
    ],
)
def test_an_age_takes_every_child_that_may_have_it(born, bands):
    """A quarter that lies on both sides of a birthday belongs to both ages."""
    found = {name for name in BANDS if Audience(band=name).takes(family(births=(born,)), NOVEMBER)}

    assert found == bands


def test_what_was_not_said_is_taken_only_where_it_does_not_matter():
    """Without arrondissement or births, a family gets what is for all, and nothing narrower."""
    bare = family(district="")

    assert Audience().takes(bare, NOVEMBER)
    assert not Audience(("19",)).takes(bare, NOVEMBER)
    assert not Audience(band="0-2").takes(bare, NOVEMBER)
    assert not Audience(theme="ecrans").takes(bare, NOVEMBER)


def test_adding_one_family_shows_at_most_as_a_ten():
    """Nine or none are the same; nineteen and ten are the same."""
    numbers = {count: reach_of(Counter({"19": count})).of(["19"]) for count in (0, 1, 9, 10, 11, 19, 20)}

    assert numbers == {0: 0, 1: 0, 9: 0, 10: 10, 11: 10, 19: 10, 20: 20}


def test_no_choice_of_arrondissements_tells_more_of_one_than_its_ten():
    """With one family in the 7th, adding the 7th to any other arrondissements never changes the number.

    If sums were rounded instead, the choices that stand at 9 would show it.
    """
    counts = Counter({str(number): 3 + 7 * number for number in range(1, 11)}) | Counter({"7": 1})
    counts["7"] = 1
    found = reach_of(counts)
    others = [str(number) for number in range(1, 11) if number != 7]
    differences = {
        found.of([*chosen, "7"]) - found.of(chosen) for size in (1, 2, 3, 4) for chosen in combinations(others, size)
    }
    naive = {
        (sum(counts[each] for each in chosen) + counts["7"]) // 10 - sum(counts[each] for each in chosen) // 10
        for size in (1, 2, 3, 4)
        for chosen in combinations(others, size)
    }

    assert differences == {0}
    assert naive == {0, 1}


def test_everywhere_counts_those_who_did_not_say_where():
    """Twelve families, four of them without arrondissement: ten everywhere, under the floor in the 19th."""
    people = [family()] * 8 + [family(district="")] * 4
    found = reach(Audience(), people, NOVEMBER)

    assert (found.everywhere, found.of(["19"])) == (10, 0)


@pytest.mark.parametrize(
    "theme", ["violences", "deuil", "handicap", "acces-droits-sante", "separation", "incarceration"]
)
def test_sensitive_themes_are_refused_with_a_clear_text(theme):
    """It says why, and what can be chosen."""
    (problem,) = audience_problems((), "", theme)

    assert problem.startswith(f"« {theme} » est un sujet sensible")
    assert "loisirs-vacances" in problem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Handicap : une aide pour vous", "handicap"),
        ("Vous êtes enceinte ?", "enceinte"),
        ("Après un deuil", "deuil"),
        ("Your disability rights", "disability"),
        ("URGENT : inscrivez-vous", "alarme"),
        ("Dernier jour pour vous inscrire", "alarme"),
        ("INSCRIVEZ-VOUS AU CENTRE", "alarme"),
        ("Vite !!", "alarme"),
        ("Mon mari me frappe", "danger"),
        ("x" * 101, "première ligne"),
        ("Bonjour\n" + "x" * 800, "signes"),
        ("  ", "vide"),
    ],
)
def test_first_lines_that_hurt_or_alarm_are_refused(library, text, said):
    """A locked phone on a table shows them."""
    assert any(said in problem for problem in text_problems(text, "fr", library))


@pytest.mark.parametrize(
    "text",
    ["Un atelier sur les écrans, samedi", "Les inscriptions en crèche ouvrent lundi", "Rentrée : l'école maternelle",
     "Café des parents\n\nOn y parle aussi de handicap.", "Forum des métiers pour les 16-25 ans"],
)  # fmt: skip
def test_plain_first_lines_are_taken(library, text):
    """A sensitive word may stand lower, where only the family reads."""
    assert text_problems(text, "fr", library) == []


def test_what_a_campaign_opens_is_known_and_not_sensitive(library):
    """A card, a theme, a link code, an address; neither a guarded subject nor a card about a hardship."""
    from bot.links import Link, encode_link

    code = encode_link(Link(library.content.knowledge.codes["ecrans"], "19"))

    assert opened_by(code, library) == "ecrans"
    for good in ("ludotheque", "ecrans", "https://www.paris.fr/pages/x", ""):
        assert opens_problems(good, library) == []
    for bad in ("violences", "asf", "deuil", "n-existe-pas", "http://example.org", "https://"):
        assert opens_problems(bad, library) != []


def test_capitals_of_acronyms_do_not_alarm():
    """« PMI du 19e » is no shout."""
    assert not is_alarming("La PMI et la CAF du 19e")
