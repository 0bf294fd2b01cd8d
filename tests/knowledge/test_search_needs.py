"""The desk types a need as a family says it, in any of its languages: every card that meets it comes up."""

from typing import get_args

import pytest

from knowledge.folding import fold, root, words
from knowledge.load import Reading
from knowledge.search import Index, query_of
from knowledge.search_families import sense
from knowledge.search_load import FOLDER, Language, NeedFile, search_words
from knowledge.search_repair import Vocabulary

_FIRST = 5


@pytest.fixture(scope="module")
def index(knowledge):
    return Index(knowledge)


@pytest.fixture(scope="module")
def needs():
    file = Reading(FOLDER).one("besoins.yaml", NeedFile)
    assert file
    return file.needs


def first(index, text):
    return {hit.id for hit in index.search(text)[:_FIRST]}


# --- what is written


def test_each_need_is_said_in_each_language(needs):
    """No family is helped less because of its language."""
    said = {need.name: set(need.languages) for need in needs}

    assert {name for name, languages in said.items() if languages != set(get_args(Language))} == set()


def test_each_need_leads_to_cards_that_exist(needs, knowledge):
    """besoins.yaml leads nowhere else."""
    assert {card for need in needs for card in need.cards} <= set(knowledge.by_id)


def test_a_need_is_written_once(needs):
    """Two blocks of one name would drift apart."""
    names = [need.name for need in needs]

    assert len(names) == len(set(names))


def test_every_wording_of_a_need_brings_one_of_its_cards(needs, index):
    """Whatever the language, nine wordings in ten bring a card of the need in the first five."""
    said = [(text, need) for need in needs for texts in (need.said, *need.languages.values()) for text in texts]
    met = [bool(first(index, text) & {*need.cards}) for text, need in said]

    assert sum(met) / len(met) >= 0.95


# --- what the desk types


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("pregnant and no insurance", {"pmi", "permanence-acces-soins", "ame"}),
        ("sufre acoso en el colegio", {"harcelement-scolaire", "tel-cyberharcelement"}),
        ("o pai não paga a pensão", {"asf", "aripa-intermediation", "tel-aripa"}),
        ("زوجي يضربني", {"tel-violences-femmes", "tel-police"}),
        ("孩子被欺负", {"harcelement-scolaire", "tel-cyberharcelement"}),
        ("пособие на ребенка", {"allocations-familiales", "paje-allocation-base"}),
        ("ніде спати з дітьми", {"tel-samusocial", "hebergement-urgence"}),
        ("gravidă fără asigurare", {"pmi", "permanence-acces-soins", "ame"}),
        ("kreş başvurusu", {"creche", "creche-inscription"}),
        ("বাচ্চার টিকা", {"pmi", "examens-enfant"}),
        ("பள்ளியில் சேர்க்க", {"instruction-3-ans", "ecole", "mairie-arrondissement"}),
    ],
)
def test_a_need_in_another_language_brings_every_card_that_meets_it(index, text, cards):
    """One word of a family leads to all the doors, not to the one card that happened to hold it."""
    assert cards <= first(index, text)


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("le frigo est vide", {"aide-alimentaire"}),
        ("on a coupé le gaz", {"fsl-paris", "cheque-energie", "paris-energie-familles"}),
        ("appart trop petit à 5", {"logement-social-paris", "dalo", "petits-logements"}),
        ("payer l'enterrement", {"capital-deces", "allocation-exceptionnelle-paris"}),
        ("le proprio ne répare pas la chaudière", {"logement-indigne", "adil"}),
        ("voir mes petits-enfants, droit de visite", {"juge-affaires-familiales", "mediation-familiale"}),
    ],
)
def test_a_situation_in_everyday_words_brings_the_cards_that_answer_it(index, text, cards):
    """None of these words is in the name of a card."""
    assert cards <= first(index, text)


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("mamie maltraitée en ehpad", "tel-maltraitance-adultes"),
        ("allo caf", "tel-caf"),
        ("racisme à l'embauche", "tel-antidiscriminations"),
        ("enfant pas rentré", "tel-enfants-disparus"),
        ("mon sac a été volé", "tel-victimes"),
    ],
)
def test_a_helpline_is_found_by_its_subject(index, text, card):
    """Nobody knows the numbers by heart."""
    assert card in first(index, text)


@pytest.mark.parametrize(
    "text", ["maman de 17 ans", "papa à 18 ans", "elle a 15 ans et est enceinte", "19 ans et un bébé"]
)
def test_a_very_young_parent_is_understood_at_each_age(index, text):
    """« maman à 13-21 ans » stands for each of these ages; the age is the parent's, not the child's."""
    assert "jeunes-parents" in first(index, text)


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("crèche ou nounou", {"creche", "relais-petite-enfance"}),
        ("css / ame", {"css", "ame"}),
        ("caf + logement", {"caf-accueil", "aides-logement"}),
    ],
)
def test_two_needs_side_by_side_are_each_answered(index, text, cards):
    """Even where one card holds the words of both: it comes after the card of each."""
    assert cards <= first(index, text)


def test_a_number_does_not_part_one_need_in_two(index):
    """« 2 enfants à charge » after a comma tells more of the same family."""
    widowed = {"asf", "pension-reversion", "capital-deces", "allocation-veuvage"}

    assert widowed <= first(index, "mari décédé, 2 enfants à charge")


def test_one_thing_said_with_et_is_looked_for_as_one(index):
    """« handicap et école » asks for the school of a disabled child."""
    assert index.search("handicap et école")[0].id == "scolarisation-handicap"


def test_a_card_goes_before_a_topic_that_answers_no_better(index):
    """A topic opens a conversation, a card answers: « deuil périnatal » names an association before the page on grief."""
    hits = [hit.id for hit in index.search("association deuil périnatal")]

    assert hits.index("deces-perinatal-accompagnement") < hits.index("deuil")
    assert hits.index("association-deuil") < _FIRST


# --- how words are read


@pytest.mark.parametrize(
    ("one", "other"), [("mort", "décédé"), ("dort", "dormir"), ("boulot", "emploi"), ("enceinte", "grossesse")]
)
def test_words_of_one_family_are_compared_as_one(one, other):
    """No stemmer brings these together: recherche.yaml lists them."""
    assert root(fold(one)) != root(fold(other))

    assert sense(fold(one)) == sense(fold(other))


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("renvoyé trois jours", "college"),
        ("perte de travail", "france-travail"),
        ("appartement humide", "logement-indigne"),
    ],
)
def test_a_word_of_the_family_brings_the_card(index, text, card):
    """The card says « exclu », « emploi », « logement »."""
    assert card in first(index, text)


def test_words_that_say_little_count_for_less(index):
    """What matters is to stop working at a birth, though few cards hold « après »."""
    assert "après" not in index.known.weak
    assert "apres" in index.known.weak

    assert "prepare" in first(index, "s'arrêter de travailler après la naissance")


@pytest.mark.parametrize(
    ("one", "other"), [("ребёнка", "ребёнку"), ("пособие", "пособия"), ("школа", "школу"), ("பள்ளி", "பள்ளிகள்")]
)
def test_words_of_other_scripts_are_compared_without_their_endings(one, other):
    """Russian and Tamil have stemmers of their own; most endings of Ukrainian are the Russian ones."""
    assert [root(word) for word in words(fold(one))] == [root(word) for word in words(fold(other))]


def test_a_word_with_an_unknown_ending_is_read_as_the_word_it_begins_with():
    """« kiramı » is « kira », my rent; « ab » begins too many words to be one."""
    known = Vocabulary({"kira": 2, "ab": 9}, ())

    assert known.beginning("kirami") == "kira"
    assert known.beginning("abricot") is None


def test_a_word_that_cards_are_called_by_is_never_parted():
    """« homework » is not « home » and « work »; « francetravail » in an address is two words."""
    counts = {"home": 9, "work": 9, "homework": 1, "france": 9, "travail": 9, "francetravail": 1}
    known = Vocabulary(counts, (), {"homework"})

    assert known.halves("homework") is None
    assert known.halves("francetravail") == ("france", "travail")


@pytest.mark.parametrize(
    "text", ["colegio 3 años", "школа 3 года", "школа 3 роки", "مدرسة 3 سنوات", "3岁", "școală 3 ani", "স্কুল 3 বছর"]
)
def test_an_age_in_another_language_is_no_arrondissement(text):
    """« 3 años » is a child of three, not the third arrondissement."""
    query = query_of(text)

    assert query.age == (36, 48)
    assert query.districts == ()


def test_a_rent_is_no_law():
    """« loyer » would be « loi » to the stemmer; a rent and rents are one word."""
    assert root("loyer") == root("loyers") != root("loi")


def test_what_a_card_is_called_goes_before_what_is_said_of_a_need(index):
    """The sentences of needs hold many words: they are searched, and weigh less than a card's own words."""
    hits = index.search("activités 8 ans")

    assert "centre-paris-anim" in {hit.id for hit in hits[:_FIRST]}
    assert index.search("frigo vide")[0].reason[0].field == "besoin"


def test_small_words_of_other_languages_are_passed_over(index):
    """« dans une pièce » said in Portuguese does not answer « num caf », which asks for a number."""
    assert {"num", "mi", "для", "من"} <= search_words().empty
    assert "tel-caf" in first(index, "num caf")
