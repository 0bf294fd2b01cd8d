"""Young people and workers have an entry of their own: spoken to for themselves, asked little."""

import pytest

from dialogs.effects import Answers, Ask, Menu, People, Show, ShowCard
from dialogs.events import Asked, Changed, Chose, Did, Opened, Picked, Spoke, Started
from dialogs.model import DONE
from dialogs.session import Session
from dialogs.understand import understand_safe
from tests.conftest import TODAY
from tests.dialogs.talk import Talk


@pytest.fixture
def talk(content):
    return Talk(content)


def young(talk, address="tu"):
    talk.does(Picked("jeune"))
    return talk.picks(address)


@pytest.mark.parametrize("address", ["tu", "vous", "refuse"])
def test_a_young_person_is_asked_tu_or_vous_once(talk, address):
    """The question comes first, and never again: not in the next subject, not after the menu."""
    talk.does(Picked("jeune"))
    first = talk.asked
    young(talk, address)
    after = talk.last(Menu)
    talk.does(Picked("jeune-travail"))
    in_tree = talk.asked
    talk.does(Did("menu"))
    talk.does(Picked("jeune-sante"))

    assert first == "tu-ou-vous"
    assert after.entry == "jeune"
    assert (in_tree, talk.asked) == ("age-jeune", "age-jeune")


def test_choosing_tu_changes_the_language_and_nothing_that_a_link_could_carry(talk):
    """How to speak is no fact: what is known of the person stays the same."""
    young(talk, "tu")

    assert talk.session.language == "fr@tu"
    assert set(talk.session.facts) == {"profil"}


@pytest.mark.parametrize("answer", ["vous", "ne-sais-pas", "refuse"])
def test_whoever_does_not_choose_tu_is_said_vous(talk, answer):
    """« Vous » is the answer of who gives none."""
    young(talk, answer)
    talk.does(Picked("jeune-ecole"))

    assert talk.session.language == "fr"
    assert talk.asked == "age-jeune"


def test_tu_or_vous_can_be_changed_at_any_moment(talk):
    """By « Changer » and by « Langue », in the middle of a question."""
    young(talk, "vous").does(Picked("jeune-travail"))
    talk.does(Did("changer"))
    line = next(line for line in talk.last(Answers).lines if line[0] == "tu-ou-vous")
    talk.does(Changed("tu-ou-vous"))
    talk.picks("tu")
    changed = talk.session.language
    back_to = talk.asked
    talk.does(Spoke("fr"))

    assert line[2].text == "« Vous »"
    assert (changed, back_to) == ("fr@tu", "age-jeune")
    assert talk.session.language == "fr"


@pytest.mark.parametrize("language", ["en", "ar", "fr@facile", "fr@tu"])
def test_other_languages_are_not_asked(content, language):
    """English and Arabic have one register; plain French and « tu » were chosen already."""
    talk = Talk(content, Session(language=language))
    talk.does(Picked("jeune"))

    assert talk.last(Menu).entry == "jeune"


def test_a_mistaken_entry_is_left_by_going_back(talk):
    """A mother who pressed « Je suis jeune » comes back to the first screen of everyone."""
    young(talk).does(Did("menu"))
    talk.does(Did("retour"))

    assert talk.last(Menu).entry is None
    assert "profil" not in talk.session.facts


def test_going_back_from_the_first_question_leaves_the_entry(talk):
    """« Retour » on « tu ou vous » does not ask it again."""
    talk.does(Picked("jeune"))
    talk.does(Did("retour"))

    assert talk.last(Menu).entry is None


def test_a_young_sentence_opens_the_young_subject(talk):
    """« Harcèlement » said by a young person opens the tree that speaks to them."""
    young(talk).does(Asked(trees=("harcelement",)))

    assert talk.session.stack == ("jeune-harcelement",)


def test_a_parent_keeps_the_family_subject(talk):
    """The same word said by anybody else opens the tree for parents."""
    talk.does(Asked(trees=("harcelement",)))

    assert talk.session.stack == ("harcelement",)


def test_a_young_tree_tells_that_its_reader_is_young(talk):
    """Who opens a young person's tree is young: tu or vous is asked first."""
    talk.does(Picked("jeune-maison"))

    assert talk.session.facts["profil"].value == "jeune"
    assert talk.asked == "tu-ou-vous"


def test_words_of_a_young_tree_lead_others_to_the_family_subject(talk):
    """« Mon fils ne veut plus aller au lycée » is a parent's sentence."""
    talk.does(Asked(trees=("jeune-ecole",)))

    assert talk.session.stack == ("decrochage-scolaire",)
    assert "profil" not in talk.session.facts


YOUNG_SENTENCES = {
    "jveux plus aller au lycée": "jeune-ecole",
    "je sèche les cours": "jeune-ecole",
    "ma mère me met dehors": "jeune-maison",
    "mes parents se séparent": "jeune-maison",
    "je me dispute avec mon père tout le temps": "jeune-maison",
    "j'ai 16 ans et je cherche un job": "jeune-travail",
    "je veux partir de chez mes parents": "jeune-maison",
}


@pytest.mark.parametrize(("said", "tree"), YOUNG_SENTENCES.items())
def test_a_young_person_is_known_by_their_words(talk, library, said, tree):
    """What only a young person says opens their own tree."""
    event = understand_safe(said, talk.content.dialogs, talk.session, library.lexicon("fr"), TODAY)
    talk.does(event)

    assert talk.session.plain["profil"] == "jeune"
    assert tree in talk.session.stack
    assert talk.asked == "tu-ou-vous"


@pytest.mark.parametrize(
    "said",
    [
        "mon fils ne veut plus aller au lycée",
        "ma fille dit que ses profs ne l'écoutent pas",
        "je vais au collège chercher ma fille",
        "je vis chez ma mère avec mes enfants",
        "mon ex me met dehors",
        "je cherche un stage",
    ],
)
def test_a_parent_is_not_taken_for_young(talk, library, said):
    """The same words said by a parent never open what is for the young."""
    event = understand_safe(said, talk.content.dialogs, talk.session, library.lexicon("fr"), TODAY)
    talk.does(event)

    assert talk.session.plain.get("profil") != "jeune"
    assert not any(tree.startswith("jeune-") and tree != "jeune-autonomie" for tree in talk.session.stack)


OF_A_PUPIL = [
    "mon fils ne va plus en cours",
    "ma fille de 15 ans ne va plus en cours",
    "ma fille se fait harceler à l'école",
    "ils se moquent de ma fille",
    "my son does not go to school anymore",
    "est-ce que mon fils peut manger à la cantine ?",
]


@pytest.mark.parametrize("said", OF_A_PUPIL)
def test_who_speaks_of_their_child_at_school_is_not_asked_for_whom(talk, library, said):
    """« Mon fils ne va plus en cours » says already that a parent writes, and for whom."""
    event = understand_safe(said, talk.content.dialogs, talk.session, library.lexicon("fr"), TODAY)
    talk.does(event)

    assert talk.session.plain["profil"] == "parent"
    assert talk.asked != "profil"


@pytest.mark.parametrize(
    "said",
    [
        "ma fille est enceinte",
        "ma fille est prof au lycée",
        "mon fils travaille dans une école",
        "mon fils suit des cours à la fac",
        "les enfants de ma fille ne vont plus à l'école",
        "mon petit-fils ne va plus en cours",
        "la fille de ma sœur est harcelée à l'école",
        "ma fille et son fils de 6 ans cherchent une école",
    ],
)
def test_a_grown_child_or_somebody_elses_leaves_open_for_whom(talk, library, said):
    """A daughter who teaches, a grandson, a niece: nobody is taken for the parent of a pupil."""
    event = understand_safe(said, talk.content.dialogs, talk.session, library.lexicon("fr"), TODAY)
    talk.does(event)

    assert talk.session.plain.get("profil") != "parent"


def test_a_grandmother_says_who_she_is(talk, library):
    """« Je suis sa grand-mère » is an answer about for whom, not the name of a card."""
    event = understand_safe("je suis sa grand-mère", talk.content.dialogs, talk.session, library.lexicon("fr"), TODAY)
    talk.does(event)

    assert talk.session.plain["profil"] == "proche"


def test_a_link_on_youth_asks_for_whom(talk):
    """A link on the topic may be opened by a parent: nobody is taken for young before saying so."""
    talk.does(Started(tree="jeune-autonomie"))
    asked = talk.asked
    talk.picks("parent")

    assert asked == "profil"
    assert talk.asked == "age-enfants"


@pytest.mark.parametrize("tree", ["decrochage-scolaire", "harcelement"])
def test_a_young_person_in_a_family_tree_goes_on_in_their_own(talk, tree):
    """« Pour moi » is followed by questions to a young person, not about their children."""
    talk.does(Picked(tree))
    while talk.asked not in ("profil", None):
        talk.picks("ne-sais-pas")
    talk.picks("jeune")
    asked = [talk.asked]
    while talk.asked:
        talk.picks("vous" if talk.asked == "tu-ou-vous" else "ne-sais-pas")
        asked.append(talk.asked)

    assert "age-enfants" not in asked
    assert talk.shown


@pytest.mark.parametrize("tree", ["jeune-mal-etre", "jeune-bebe", "jeune-autonomie", "jeune-logement"])
def test_a_young_person_answers_six_questions_at_most(talk, tree):
    """Tu or vous included."""
    young(talk).does(Picked(tree))
    count = 1
    while talk.asked:
        count += 1
        talk.picks("ne-sais-pas")

    assert count <= 6
    assert talk.last(Show).turn_to[0] == "tel-fil-sante-jeunes"


def test_somebody_to_talk_to_is_somebody_for_the_young(talk):
    """« Quelqu'un » gives the places that young people may go to alone."""
    young(talk).does(Did("humain"))

    assert talk.last(People).cards[:2] == ("tel-fil-sante-jeunes", "paej")


def worker(talk, district="19"):
    talk.does(Picked("professionnel"))
    return talk.picks(district)


def test_a_worker_is_asked_the_arrondissement_and_nothing_of_the_family(talk):
    """One question, then the subject, then the cards at once, in every subject."""
    talk.does(Picked("professionnel"))
    asked = talk.last(Ask)
    worker(talk)
    for tree in talk.content.dialogs.trees:
        talk.does(Picked(tree))

        assert talk.asked is None, tree
        assert talk.last(Show).for_worker, tree

    assert asked.question == "arrondissement"
    assert asked.label.text == "Dans quel arrondissement vit la famille ?"


def test_a_worker_gets_a_link_to_hand_over(talk):
    """It leads to the subject or the card shown, with the arrondissement."""
    worker(talk).does(Picked("separation"))
    subject = talk.last(Show).handover
    talk.does(Opened("asf"))
    card = talk.last(ShowCard).handover

    assert (subject.target, subject.district) == ("separation", "19")
    assert (card.target, card.district) == ("asf", "19")


def test_families_get_no_code(talk):
    """Only workers hand links over."""
    talk.does(Picked("numerique"))
    talk.picks("ne-sais-pas")

    assert talk.last(Show).handover is None


def test_the_next_family_starts_from_nothing(talk):
    """What was said of one family is not known of the next."""
    worker(talk).does(Asked(facts={"foyer": "seul"}, trees=("separation",)))
    talk.does(Did("menu"))
    offered = talk.last(Menu).afresh
    talk.does(Picked("professionnel"))

    assert offered
    assert set(talk.session.facts) == {"profil"}
    assert talk.asked == "arrondissement"


def test_a_parent_who_presses_the_workers_button_loses_nothing(talk):
    """Answers already given stay."""
    talk.does(Asked(facts={"foyer": "seul"}, trees=("separation",)))
    talk.does(Did("menu"))
    talk.does(Picked("professionnel"))

    assert talk.session.plain["foyer"] == "seul"


def test_a_worker_sees_the_subjects_of_young_people_without_becoming_one(talk):
    """« Les jeunes » lists subjects; the worker stays a worker."""
    worker(talk).does(Picked("jeune"))
    listed = talk.last(Menu)
    talk.does(Picked("jeune-logement"))

    assert "jeune-logement" in listed.trees
    assert talk.session.plain["profil"] == "professionnel"
    assert talk.asked is None


def test_an_old_button_of_tu_or_vous_changes_nothing(talk):
    """A press on a question that is over says so."""
    young(talk, "vous").does(Picked("jeune-travail"))
    talk.does(Chose("tu-ou-vous", "tu"))

    assert talk.session.language == "fr"
    assert talk.asked == "age-jeune"


def _told_without_age(talk, library):
    said = "mon fils ne va plus en cours"
    talk.does(understand_safe(said, talk.content.dialogs, talk.session, library.lexicon("fr"), TODAY))
    return talk


def test_what_was_said_of_a_child_is_kept_until_its_age_is_told(talk, library):
    """« Mon fils ne va plus en cours », then « 15 ans »: nobody asks whether a child stopped school."""
    asked = [_told_without_age(talk, library).asked]
    talk.picks("11-15", DONE)
    asked.append(talk.asked)
    talk.picks("25-59")
    asked.append(talk.asked)
    talk.picks("18")

    assert asked == ["age-enfants", "age-parent", "arrondissement"]
    assert talk.session.plain["enfants"]["liste"][0]["decroche"] == "oui"
    assert talk.asked is None
    assert talk.shown[0] == "decrochage-accompagnement"


def test_among_several_children_nobody_guesses_which_one_was_meant(talk, library):
    """With two children told, the question about school stays, and nothing is kept aside."""
    _told_without_age(talk, library).picks("11-15", "6-10", DONE)

    assert not any("decroche" in child for child in talk.session.plain["enfants"]["liste"])
    assert talk.session.of_child == {}
    talk.picks("25-59", "18")
    assert talk.asked == "decroche"
