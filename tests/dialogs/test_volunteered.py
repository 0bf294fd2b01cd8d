"""What people say of themselves in passing is read, and nothing that they did not say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.phrase_patterns import compile_patterns
from dialogs.phrases_load import phrases
from dialogs.plain_text import plain
from dialogs.volunteered import volunteered
from knowledge.facts import parse_facts
from tests.dialogs.typed import TODAY, VOCABULARY, measured

TWO_YEARS = {"naissance": ["2023-12", "2024-11"]}  # 24 to 35 months old in November 2026
SEVEN_YEARS = {"naissance": ["2018-12", "2019-11"]}
REFERENCE = {
    "separation": "recente",
    "foyer": "seul",
    "enfants": {"liste": [TWO_YEARS, SEVEN_YEARS], "complet": "oui"},
    "arrondissement": "19",
    "pension": "impayee",
    "emploi": "demandeur_emploi",
}


@pytest.mark.parametrize(
    "sentence",
    [
        "je suis séparée depuis deux mois, seule avec deux enfants de 2 et 7 ans dans le 19e, "
        "mon ex ne paie pas la pension, je cherche du travail",
        "I separated two months ago, I'm alone with two children aged 2 and 7 in the 19th, "
        "my ex doesn't pay child support, I'm looking for work",
        "JE SUIS SEPAREE DEPUIS 2 MOIS SEULE AVEC 2 ENFANTS DE 2 ET 7 ANS DANS LE 19EME, "
        "MON EX PAYE PAS LA PENSION JE CHERCHE DU TRAVAIL",
    ],
)
def test_a_whole_situation_is_read_from_one_sentence(sentence):
    """A mother who tells everything at once is asked none of it again."""
    assert volunteered(sentence, TODAY) == REFERENCE


def test_nothing_false_is_read_in_the_sentences_that_set_the_rules():
    """On the development sentences nothing unsaid is read, and at least 85 % of what is said is."""
    precision, recall, false = measured("dev")

    assert false == []
    assert precision == 1.0
    assert recall >= 0.85


def test_sentences_kept_aside_confirm_it():
    """On sentences that never set a rule, what is read stays right 98 times in 100."""
    precision, recall, false = measured("held")

    assert precision >= 0.98, false
    assert recall >= 0.75


@pytest.mark.parametrize(
    "sentence",
    [
        "ma voisine est séparée, seule avec deux enfants de 2 et 7 ans dans le 19e",
        "mon amie cherche du travail",
        "my sister is a single mother with two kids aged 3 and 5",
        "j'accompagne une famille avec deux enfants de 3 et 5 ans",
    ],
)
def test_somebody_elses_story_gives_no_fact(sentence):
    """A relative, a neighbour or a professional is not taken for the family."""
    assert volunteered(sentence, TODAY) == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "je ne suis pas en couple",
        "je ne cherche pas de travail",
        "j'étais au chômage",
        "avant j'habitais dans le 13e",
        "avant, au chômage depuis 2 ans",
        "est-ce que je travaille trop ?",
        "si je me sépare, je touche le RSA ?",
        "je veux divorcer",
        "je pense être enceinte",
        "ai-je droit au RSA si je travaille ?",
        "quelles aides pour une mère célibataire ?",
    ],
)
def test_denied_past_imagined_or_asked_is_not_stated(sentence):
    """What is not, was, may be or is asked about is no fact of today."""
    assert volunteered(sentence, TODAY) == {}


@pytest.mark.parametrize("words", ["étudiante", "famille monoparentale", "maman solo loyer", "propriétaire", "6e"])
def test_words_to_look_up_are_not_a_portrait(words):
    """A few key words without « je », « mon » or any detail say what someone looks for, not who she is."""
    assert volunteered(words, TODAY) == {}


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("je suis <adv>? séparé|séparée", "je suis toujours separee ", True),
        ("je suis <adv>? séparé|séparée", "je suis tres separee ", False),
        ("(on n'est|nous ne sommes) plus ensemble", "on n est plus ensemble ", True),
        ("(je|on) (touche|reçois) ~ rsa", "je touche enfin un petit rsa ", True),
        ("(je|on) (touche|reçois) ~ rsa", "je touche enfin un tout petit rsa ", False),
        ("^ au chômage $", "je reste au chomage ", False),
        ("divorc*", "divorcees ", True),
        ("# mois", "3 mois ", True),
    ],
)
def test_patterns_mean_what_their_notation_says(pattern, text, found):
    """An optional family, alternatives, a gap of three words, clause ends, an ending and a number."""
    compiled = compile_patterns([pattern], phrases().families)

    assert bool(compiled.search(text)) == found


@pytest.mark.parametrize(
    ("text", "plainly"),
    [
        ("J’ai deux p'tits de 2ans", "j ai 2 petits de 2 ans"),
        ("quatre-vingt-dix-sept, soixante et onze", "97 , 71"),
        ("mille deux cent vingt et un", "1221"),
        ("XIXe, le vingt-et-unième, Paris XX", "19e , le 21e , paris 20e"),
        ("c'est la vie, vif", "c est la vie , vif"),
        ("un an et un enfant", "1 an et un enfant"),
        ("chui separé, divorsée", "je suis separe , divorcee"),
        ("I don't, she isn't", "i do not , she is not"),
        ("2 ans ½", "2 ans 1 / 2"),
        ("٣ ans", "3 ans"),
    ],
)
def test_text_is_brought_to_one_plain_spelling(text, plainly):
    """Accents, elisions, numbers in words or Roman digits and text-message spelling read the same."""
    assert plain(text) == plainly


def test_a_number_of_children_invents_no_ages():
    """« J'ai 2 enfants » tells no age, so the question of ages stays open."""
    assert volunteered("j'ai 2 enfants", TODAY) == {}


@pytest.mark.parametrize(
    ("sentence", "complete"),
    [
        ("mes deux enfants de 2 et 7 ans", "oui"),
        ("mes enfants de 2 et 7 ans", "non"),
        ("mes 3 enfants de 2 et 7 ans", "non"),
        ("mes deux filles de 2 et 7 ans", "non"),
    ],
)
def test_the_list_of_children_is_complete_only_when_it_says_so(sentence, complete):
    """A son may have sisters: only a number of children with as many ages closes the list."""
    children = volunteered(sentence, TODAY)["enfants"]

    assert children == {"liste": [TWO_YEARS, SEVEN_YEARS], "complet": complete}


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("je me sépare", "en_cours"),
        ("je suis séparée depuis 17 mois", "recente"),
        ("je suis séparée depuis 18 mois", ["recente", "ancienne"]),
        ("je suis séparée depuis 19 mois", "ancienne"),
        ("je suis séparée", ["en_cours", "recente", "ancienne"]),
        ("je suis séparée depuis mars", "recente"),
        ("je suis séparée depuis 2024", "ancienne"),
        ("je suis séparée depuis 2025", ["recente", "ancienne"]),
    ],
)
def test_the_time_since_a_separation_is_counted(sentence, value):
    """Eighteen months part a recent separation from an old one; without a time all stay possible."""
    assert volunteered(sentence, TODAY) == {"separation": value}


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_facts_the_vocabulary_allows(text):
    """Whatever is typed, no error comes out and every fact read is one the rules of rights can take."""
    assert parse_facts(volunteered(text, TODAY), VOCABULARY, TODAY) is not None


_WORDS = """je j' suis ai mon ma mes 2 7 19e ans mois et , . ? de enfants fils seule séparée
depuis enceinte si pas dans le paris ne""".split()  # noqa: SIM905, one word beside the other reads better


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=25))
def test_any_mix_of_known_words_is_read_without_error(words):
    """Sentences made of the very words of the rules give valid facts too, in any order."""
    facts = parse_facts(volunteered(" ".join(words), TODAY), VOCABULARY, TODAY)

    assert set(facts) <= {fact.id for fact in VOCABULARY.facts}
