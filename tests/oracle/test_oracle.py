"""The cards against openfisca-france, an oracle in a process of its own: nobody is told no to what the law gives.

500 households here, 10,000 with ``make oracle``. Each is told to the cards in five ways (see ``households.py``).
"""

import os
from collections import Counter

import pytest

from knowledge.criteria import Setting
from knowledge.parameter import ceiling
from tests.oracle.compare import PYTHON, RIGHTS, answers, ask
from tests.oracle.coverage import settled
from tests.oracle.drawing import draw
from tests.oracle.gaps import candidates, register
from tests.oracle.households import ON, TELLINGS
from tests.oracle.thresholds import Thresholds

COUNT = int(os.environ.get("PASSERELLE_ORACLE_MENAGES", "500"))
DRAWN, SEED, OF_A_GAP = max(COUNT, 10_000), 46, 200

pytestmark = [
    pytest.mark.skipif(
        not PYTHON.exists(),
        reason=f"openfisca-france n'est pas installé ({PYTHON}) : lancez « make oracle-env »",
    ),
    pytest.mark.timeout(1800),
]


@pytest.fixture(scope="module")
def setting(knowledge):
    return Setting(knowledge.vocabulary, knowledge.parameters, ON)


@pytest.fixture(scope="module")
def drawn(knowledge, setting):
    return list(draw(DRAWN, SEED, Thresholds.of(knowledge, RIGHTS, setting)))


@pytest.fixture(scope="module")
def known(setting):
    return register(setting)


@pytest.fixture(scope="module")
def households(drawn, known, knowledge, setting):
    """The first households of the draw, and some that each line of the register speaks of."""
    chosen = {household.number: household for household in drawn[:COUNT]}
    for gap in known.gaps:
        meant = candidates(gap, drawn, knowledge, setting)
        chosen |= {household.number: household for household, _ in zip(meant, range(OF_A_GAP), strict=False)}
    return list(chosen.values())


@pytest.fixture(scope="module")
def oracle(households):
    return ask(households)


@pytest.fixture(scope="module")
def found(knowledge, households, oracle):
    return list(answers(knowledge, households, oracle["droits"]))


def unexplained(found, known, setting, kind):
    faults = [answer for answer in found if answer.fault == kind]
    wrong = [answer for answer in faults if not any(gap.explains(answer, setting) for gap in known.gaps)]
    return [f"{a.card} ({a.how}, ménage {a.household.number}) : {a.household.facts}" for a in wrong]


def test_no_household_is_told_no_to_what_the_law_gives(found, known, setting):
    """Wherever openfisca-france pays something, the card is not ruled out, whatever was told or left out."""
    assert len(found) >= 80 * COUNT
    assert unexplained(found, known, setting, "faux non") == []


def test_no_household_is_promised_what_the_law_refuses(found, known, setting):
    """Wherever a card says yes, openfisca-france pays something, but for the lines of the register."""
    assert unexplained(found, known, setting, "faux oui") == []


def test_every_line_of_the_register_still_explains_something(found, known, setting):
    """A difference that is gone leaves the register."""
    used = {gap.id for gap in known.gaps for answer in found if gap.explains(answer, setting)}

    assert {gap.id for gap in known.gaps} - used == set()


def test_each_right_is_given_and_refused(found):
    """The draw reaches both sides of every right, and every way of telling decides something."""
    given = Counter((answer.card, answer.amount > 0) for answer in found if answer.how == "entier")
    ruled = Counter(answer.how for answer in found if answer.verdict in ("oui", "non"))

    assert {card for card in RIGHTS if not given[card, True] or not given[card, False]} == set()
    assert set(ruled) == set(TELLINGS)


def test_amounts_and_ceilings_are_those_of_the_package(knowledge, oracle, known):
    """Each amount taken from openfisca-france is the one it holds today, but for the differences listed."""
    parameters = knowledge.parameters
    wrong = set()
    for name, value in oracle["parametres"].items():
        table, _, place = name.partition("/")
        if place:
            children, home = place.split("/")
            ours = ceiling(parameters.scales[table].on(ON), int(children), home)
        else:
            ours = parameters.amount(table, ON)
        if abs(ours - value) > (1.0 if place else 0.05):
            wrong.add(table)

    assert len(oracle["parametres"]) > 100
    assert wrong == set(known.parameters)


def test_every_card_with_an_openfisca_name_is_compared_or_says_why_not(knowledge, known):
    """A right that openfisca-france models is in the comparison, or in the register with a reason."""
    named = {card.id for card in knowledge.cards if getattr(card, "openfisca", ())}

    assert named <= set(RIGHTS) | set(known.not_compared)
    assert not set(RIGHTS) & set(known.not_compared)
    assert set(known.not_compared) <= named


def test_most_rights_are_settled_after_eight_questions(content, drawn):
    """More questions never settle less, and eight leave less than half open."""
    shares = settled(content, drawn[: min(COUNT, 1000) // 5])
    after = [sum(marks[mark] for marks in shares.values()) / len(shares) for mark in (3, 5, 8)]

    assert after[0] <= after[1] <= after[2]
    assert after[2] >= 0.5
