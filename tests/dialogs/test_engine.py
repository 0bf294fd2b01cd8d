"""What a person may expect of any conversation, whatever the tree."""

import random
from dataclasses import replace

import pytest

from dialogs.effects import (
    Answers,
    Ask,
    Emergency,
    Guess,
    Menu,
    Noted,
    People,
    Proposal,
    Show,
    ShowCard,
    Wipe,
)
from dialogs.engine import is_guarded
from dialogs.events import (
    Ambiguous,
    Answered,
    Asked,
    Changed,
    Chose,
    Confirmed,
    Did,
    Opened,
    Paged,
    Picked,
    Spoke,
    Started,
)
from dialogs.model import DONE, REFUSED, UNKNOWN
from dialogs.results import FIRST_PAGE
from knowledge.danger import Alarm
from tests.conftest import ROOT
from tests.dialogs.talk import Talk

TREES = sorted(path.stem for path in (ROOT / "dialogs/arbres").glob("*.yaml"))
SENTENCE = {
    "separation": "recente",
    "foyer": "seul",
    "enfants": {
        "liste": [{"naissance": ["2023-12", "2024-11"]}, {"naissance": ["2018-12", "2019-11"]}],
        "complet": "oui",
    },
    "arrondissement": "19",
    "pension": "impayee",
    "emploi": "demandeur_emploi",
}


@pytest.fixture
def talk(content):
    return Talk(content)


def test_the_first_message_welcomes_and_offers_every_subject(talk):
    """A person who just opens the conversation sees what it is for, what it keeps, and few choices."""
    talk.does(Started())
    menu = talk.last(Menu)

    assert talk.says() == ["dialogue.bienvenue", "dialogue.discretion"]
    assert len(menu.groups) + len(menu.trees) <= 8
    offered = [tree for group in talk.content.dialogs.menu for tree in group.trees]
    assert sorted(offered) == sorted(talk.content.dialogs.trees)


def test_a_group_of_the_first_screen_opens_its_subjects_and_changes_nothing(talk):
    """One more press leads to the subject; nothing is remembered but which subjects are on offer."""
    talk.does(Started())
    before = talk.session
    talk.does(Picked("famille-change"))

    assert "separation" in talk.last(Menu).trees
    assert replace(talk.session, offered=()) == before


def test_what_is_known_is_never_asked_again(talk):
    """After a sentence that says six things, none of them is asked, and six questions at most lead to results."""
    talk.does(Asked(facts=SENTENCE, trees=("separation", "garde-insertion")))
    asked = []
    while talk.asked:
        asked.append(talk.asked)
        talk.picks(talk.last(Ask).options[0].choice)

    assert not {"separation", "foyer", "age-enfants", "arrondissement", "pension", "emploi"} & set(asked)
    assert len(asked) <= 6
    assert talk.shown


def test_the_reference_family_reaches_what_it_came_for(talk):
    """The sentence of the parent in the 19th leads to ASF, unpaid support, childcare, Paris housing aid, mediation."""
    talk.does(Asked(facts=SENTENCE, trees=("separation", "garde-insertion")))
    while talk.asked:
        talk.picks(talk.last(Ask).options[0].choice)
    seen = list(talk.shown)
    while talk.last(Show).start + len(talk.shown) < talk.last(Show).total and len(seen) < 30:
        talk.does(Paged(len(seen)))
        seen += talk.shown

    assert {"asf", "aripa-intermediation", "creches-avip", "plfm", "mediation-familiale"} <= set(seen)
    assert set(seen[:3]) == {"asf", "aripa-intermediation", "creches-avip"}
    assert len(seen) == len(set(seen))


def test_several_children_are_told_in_one_question(talk):
    """Each press adds a child, « C'est tout » closes the question, which counts once."""
    talk.starts("separation").picks("recente", "1-2")
    first = talk.last(Ask)
    talk.picks("6-10")
    second = talk.last(Ask)
    talk.picks(DONE)

    assert first.question == second.question == "age-enfants"
    assert (first.number, second.number) == (2, 2)
    assert len(talk.session.plain["enfants"]["liste"]) == 2
    assert talk.session.plain["enfants"]["complet"] == "oui"
    assert talk.session.trail == ("separation", "age-enfants")


@pytest.mark.parametrize(("tree", "question"), [("harcelement", "age-enfants"), ("handicap", "handicap-enfant")])
def test_a_question_of_several_presses_is_not_left_before_cest_tout(talk, tree, question):
    """Wherever it stands in a tree, the same question stays until it is closed."""
    talk.starts(tree)
    if question != "age-enfants":
        talk.picks("6-10", "3-5", DONE)
    talk.picks(talk.last(Ask).options[0].choice)

    assert talk.asked == question
    talk.picks(DONE)
    assert talk.asked != question


def test_cest_tout_is_offered_only_once_a_child_is_told(talk):
    """An empty list is not « C'est tout »: « Pas d'enfant » says that."""
    talk.starts("separation").picks("recente")
    before = [option.choice for option in talk.last(Ask).options]
    talk.picks("3-5")

    assert DONE not in before and "aucun" in before
    assert DONE in [option.choice for option in talk.last(Ask).options]


@pytest.mark.parametrize("answer", [UNKNOWN, REFUSED])
def test_a_question_left_unanswered_is_remembered_and_harms_nothing(talk, answer):
    """« Je ne sais pas » and « je ne réponds pas » are answers: not asked again, and never a no."""
    talk.starts("separation").picks(answer)

    assert talk.asked != "separation"
    assert "separation" in talk.session.refused
    talk.does(Did("menu"))
    talk.starts("separation")
    assert talk.asked != "separation"
    assert "separation" not in talk.session.plain


def test_going_back_asks_the_last_question_again(talk):
    """Back drops one answer, keeps the others, and asks that very question."""
    talk.starts("separation").picks("recente", "1-2", DONE)
    third = talk.asked
    talk.picks(talk.last(Ask).options[0].choice)
    talk.does(Did("retour"))

    assert talk.asked == third
    assert talk.session.trail == ("separation", "age-enfants")
    assert talk.session.plain["separation"] == "recente"


def test_going_back_inside_the_ages_takes_one_child_away(talk):
    """A wrong press on an age is undone alone."""
    talk.starts("separation").picks("recente", "1-2", "6-10")
    talk.does(Did("retour"))

    assert len(talk.session.plain["enfants"]["liste"]) == 1
    assert talk.asked == "age-enfants"


def test_going_back_from_the_first_question_leads_to_the_menu(talk):
    """There is always a way out."""
    talk.starts("separation").does(Did("retour"))

    assert talk.at_menu


def test_one_answer_changes_without_losing_the_rest(talk):
    """Changing the separation keeps the ages and goes on from there."""
    talk.starts("separation").picks("recente", "1-2", DONE)
    pending = talk.asked
    talk.does(Did("changer"))
    listed = [line[0] for line in talk.last(Answers).lines]
    talk.does(Changed("separation"))
    again = talk.asked
    talk.picks("ancienne")

    assert listed == ["age-enfants", "separation"]
    assert again == "separation"
    assert talk.session.plain["separation"] == "ancienne"
    assert talk.session.plain["enfants"]["complet"] == "oui"
    assert talk.asked == pending


def test_why_a_question_is_asked_is_told_and_the_question_stays(talk):
    """The reason comes with the same question."""
    talk.starts("separation").does(Did("pourquoi"))

    assert talk.says()[0] == "question.separation.pourquoi"
    assert talk.asked == "separation"


def test_an_old_button_is_recognised_and_changes_nothing(talk):
    """A press on a question of before says so and shows where the conversation stands."""
    talk.starts("separation").picks("recente")
    before = talk.session
    talk.does(Chose("separation", "aucune"))

    assert talk.says()[0] == "dialogue.ancien_bouton"
    assert talk.asked == "age-enfants"
    assert talk.session == before


@pytest.mark.parametrize(
    "event",
    [
        Chose("absente", "x"),
        Picked("absent"),
        Opened("absente"),
        Changed("absente"),
        Paged(3),
        Confirmed(True),
    ],
    ids=str,
)
def test_a_forged_press_changes_nothing(talk, event):
    """What no button of this conversation says is answered kindly."""
    talk.starts("separation")
    before = talk.session
    talk.does(event)

    assert talk.session == before
    assert talk.asked == "separation"


def test_facts_of_a_link_wait_for_a_yes(talk):
    """A link forwarded to another family gives it nothing before it says « c'est bien moi »."""
    talk.does(Started(tree="separation", facts={"arrondissement": "19"}))
    proposed = talk.last(Proposal)
    talk.does(Confirmed(True))

    assert proposed and "arrondissement" not in Talk(talk.content, talk.session).session.refused
    assert talk.session.facts["arrondissement"].origin == "lien"
    assert talk.asked == "separation"


def test_a_refused_link_leaves_no_fact_and_still_opens_its_subject(talk):
    """« Non » keeps the subject and drops the facts."""
    talk.does(Started(tree="separation", facts={"arrondissement": "19"}))
    talk.does(Confirmed(False))

    assert "arrondissement" not in talk.session.plain
    assert talk.asked == "separation"


def test_a_link_never_overwrites_what_was_said(talk):
    """Someone of the 18th who opens a link made for the 19th stays in the 18th."""
    talk.does(Asked(facts={"arrondissement": "18"}, trees=("separation",)))
    talk.does(Started(tree="separation", facts={"arrondissement": "19"}))

    assert talk.last(Proposal) is None
    assert talk.session.plain["arrondissement"] == "18"


def test_a_danger_is_an_event_and_never_a_fact(talk):
    """The emergency card comes on top; the session is the same to the last byte; « continuer » goes on."""
    talk.starts("separation").picks("recente")
    before = talk.session
    talk.does(Alarm("violence", "sur", "fr", ("tel-violences-femmes",)))
    urgent = talk.effects
    after = talk.session
    talk.does(Did("continuer"))

    assert len(urgent) == 1 and isinstance(urgent[0], Emergency)
    assert after == before
    assert talk.asked == "age-enfants"


def test_a_possible_danger_is_one_line_and_the_question_comes_back(talk):
    """The gentle line does not stop the conversation."""
    talk.starts("separation")
    talk.does(Alarm("violence", "possible", "fr", ("tel-violences-femmes",)))

    assert isinstance(talk.effects[0], Emergency)
    assert talk.asked == "separation"


def test_results_come_three_at_first_with_someone_to_turn_to(talk):
    """Never a wall: three cards, then more on demand, and a person or a place."""
    talk.does(Asked(facts=SENTENCE, trees=("separation",)))
    while talk.asked:
        talk.picks(UNKNOWN)
    show = talk.last(Show)

    assert len(show.fits) + len(show.to_check) == FIRST_PAGE
    assert show.turn_to
    assert show.total > FIRST_PAGE


def test_an_opened_card_leads_back_to_where_one_was(talk):
    """A card in full changes nothing; « continuer » shows the question again."""
    talk.starts("separation")
    talk.does(Opened("asf"))
    card = talk.last(ShowCard)
    talk.does(Did("continuer"))

    assert card.card == "asf"
    assert talk.asked == "separation"


def test_words_near_several_choices_are_offered_and_change_nothing(talk):
    """« Vouliez-vous dire » shows the near choices of the question that is asked."""
    talk.starts("separation")
    before = talk.session
    talk.does(Ambiguous("separation", ("recente", "ancienne")))

    assert [option.choice for option in talk.last(Guess).options] == ["recente", "ancienne"]
    assert talk.session == before


def test_what_is_typed_answers_the_question_and_may_say_more(talk):
    """« depuis 2 mois, je suis dans le 19e » answers the question and notes the arrondissement."""
    talk.starts("separation")
    talk.does(Answered("separation", choice="recente", also={"arrondissement": "19"}))

    assert talk.session.plain == {"arrondissement": "19", "separation": "recente"}
    assert talk.last(Noted)
    assert talk.asked == "age-enfants"


def test_one_child_typed_leaves_the_list_open(talk):
    """« un fils de 3 ans » does not close the question: there may be others."""
    talk.starts("separation").picks("recente")
    one = {"enfants": {"liste": [{"naissance": ["2022-12", "2023-11"]}], "complet": "non"}}
    talk.does(Answered("age-enfants", facts=one))

    assert talk.asked == "age-enfants"
    assert talk.last(Ask).label.context == "dialogue.autres_enfants"
    talk.picks(DONE)
    assert talk.session.plain["enfants"]["complet"] == "oui"


def test_a_guarded_subject_is_entered_only_by_choice(talk):
    """In the middle of another subject, violence is offered, not mixed in."""
    talk.starts("separation")
    talk.does(Asked(trees=("violences",)))

    assert talk.last(Menu).trees == ("violences",)
    assert not is_guarded(talk.content, talk.session)


def test_leaving_fast_keeps_only_the_language(talk):
    """« Quitter vite » wipes everything."""
    talk.starts("separation").picks("recente")
    talk.does(Spoke("en"))
    talk.does(Did("quitter"))

    assert talk.effects == (Wipe(fast=True),)
    assert talk.session.language == "en"
    assert not talk.session.facts and not talk.session.stack


def test_someone_to_talk_to_is_always_one_press_away(talk):
    """« Quelqu'un » shows people, at the menu and inside a question."""
    talk.does(Did("humain"))
    at_menu = talk.last(People).cards
    talk.starts("violences").does(Did("humain"))

    assert at_menu
    assert talk.last(People).cards


@pytest.mark.parametrize("tree", TREES)
@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_pressed_an_ending_comes_within_the_promise(content, tree, seed):
    """Random presses, back and changes included: no exception, no question beyond the promise, an ending with a card."""
    chance = random.Random(seed)
    talk = Talk(content).starts(tree)
    for _ in range(40):
        if not talk.asked:
            break
        if chance.random() < 0.1:
            talk.does(chance.choice([Did("retour"), Did("pourquoi"), Did("changer"), Did("continuer"), Asked()]))
            talk.does(Did("continuer")) if not talk.at_menu else talk.starts(tree)
            continue
        assert len(talk.session.trail) < content.dialogs.trees[tree].questions_max
        talk.picks(chance.choice(talk.last(Ask).options).choice)
    while talk.asked:
        options = [option.choice for option in talk.last(Ask).options]
        talk.picks(DONE if DONE in options else UNKNOWN)

    assert len(talk.session.trail) <= content.dialogs.trees[tree].questions_max
    assert talk.shown or talk.last(Show).turn_to
