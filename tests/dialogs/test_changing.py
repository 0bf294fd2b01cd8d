"""An answer once given is kept until another one takes its place, and children told one after the other add up."""

import pytest

from dialogs.effects import Answers
from dialogs.events import Answered, Asked, Changed, Did, Picked
from dialogs.session import Session
from knowledge.ages import birth_of
from tests.conftest import TODAY
from tests.dialogs.talk import Talk


@pytest.fixture
def talk(content):
    return Talk(content).starts("separation")


def child(years):
    return {"naissance": birth_of(years * 12, years * 12 + 11, TODAY)}


def ages(talk):
    return [each["naissance"] for each in talk.session.plain["enfants"]["liste"]]


@pytest.mark.parametrize("left", [Did("retour"), Did("menu"), Changed("age-enfants")])
def test_an_answer_not_changed_after_all_is_still_there(talk, left):
    """« Changer », then something else than an answer: nothing is lost."""
    talk.picks("recente", "1-2", "termine")
    before = talk.session.plain
    talk.does(Changed("separation"))
    talk.does(left)

    assert talk.session.plain == before


def test_back_from_a_change_goes_on_where_one_was(talk):
    """The question that was pending comes back, not the one before it."""
    talk.picks("recente", "1-2", "termine")
    pending = talk.asked
    talk.does(Changed("separation"))
    talk.does(Did("retour"))

    assert talk.asked == pending


def test_a_changed_list_of_children_starts_over(talk):
    """The first press on it replaces the list; before that, the list is whole."""
    talk.picks("recente", "1-2", "termine")
    talk.does(Changed("age-enfants"))
    talk.picks("6-10", "termine")

    assert ages(talk) == [birth_of(72, 131, TODAY)]


def test_an_age_typed_after_a_press_adds_a_child(talk):
    """« D'autres enfants ? » answered by « 7 ans » does not forget the first one."""
    talk.picks("recente", "1-2")
    talk.does(Answered("age-enfants", facts={"enfants": {"liste": [child(7)], "complet": "oui"}}))

    assert ages(talk) == [birth_of(12, 35, TODAY), child(7)["naissance"]]


def test_a_list_typed_whole_after_a_press_counts_nobody_twice(talk):
    """« 2 et 7 ans » after « 1 ou 2 ans » is two children, the first one known better."""
    talk.picks("recente", "1-2")
    talk.does(Answered("age-enfants", facts={"enfants": {"liste": [child(2), child(7)], "complet": "oui"}}))

    assert ages(talk) == [child(2)["naissance"], child(7)["naissance"]]


def test_what_was_refused_then_told_is_shown_as_told(talk):
    """The list of answers shows the arrondissement, not the refusal before it."""
    talk.does(Changed("arrondissement"))
    talk.picks("refuse")
    talk.does(Asked(facts={"arrondissement": "19"}))
    talk.does(Did("changer"))
    (answer,) = [label for question, _, label in talk.last(Answers).lines if question == "arrondissement"]

    assert not answer.context.endswith(".refuse")


def test_an_answer_about_children_can_be_changed_from_another_subject(content):
    """Choosing a second subject does not lock what was said of a child in the first."""
    listed = {"enfants": {"liste": [{**child(7), "handicap": "oui"}], "complet": "oui"}}
    session = Session().with_facts(listed, "dit", "2026-11-21", "age-enfants")
    talk = Talk(content, session).starts("logement")
    talk.does(Did("changer"))

    assert "handicap-enfant" in [question for question, _, _ in talk.last(Answers).lines]


def test_a_change_left_for_the_first_screen_is_left_for_good(talk):
    """Choosing a group of the first screen drops the question that was to be changed."""
    talk.picks("recente")
    talk.does(Changed("separation"))
    talk.does(Picked("famille-change"))

    assert talk.session.changing is None
    assert talk.session.plain == {"separation": "recente"}
