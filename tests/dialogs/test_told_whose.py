"""Outside French too, a child asked about is nobody's, and a niece brought up is the writer's to bring up."""

from datetime import date

import pytest

from dialogs.told import told
from dialogs.told_kin import kin_in
from dialogs.told_kin_words import AgesText, kin_words
from dialogs.volunteered import volunteered

EIGHT, NINE = (8 * 12, 8 * 12 + 11), (9 * 12, 9 * 12 + 11)
WORDS = kin_words(
    AgesText(
        annees=("years",), mois=("months",), enfants=("son",), proches=("nephew",), eleve=("raising",), moi=("have",),
        liens=("is", "of"), indefinis=("a",),
    ),
    str,
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "¿puede una niña de 2 años comer en la cantina?",
        "um menino de 4 anos pode ficar sozinho?",
        "poate o fetiță de 3 ani să stea la școală toată ziua?",
        "¿dónde puede nadar gratis una niña de 8 meses?",
    ],
)
def test_a_child_asked_about_is_nobodys(text):
    """« A girl of 2 » in a question is any girl of 2, whatever the language."""
    assert told(text).ages == []


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("tengo una niña de 8 años que no come, ¿quién me ayuda?", [EIGHT]),
        ("¿hay piscina para mi hija de 8 años?", [EIGHT]),
        ("tenho um menino de 9 anos ¿onde o inscrevo?", [NINE]),
    ],
)
def test_a_child_one_has_counts_in_a_question_too(text, ages):
    """« I have a girl of 8 » and « my daughter » are the writer's."""
    assert told(text).ages == ages


@pytest.mark.parametrize(
    ("sentence", "ages"),
    [
        ("my nephew is 9 years ", []),
        ("raising my nephew of 9 years ", [NINE]),
        ("my nephew is 9 years and my son 8 years ", [EIGHT]),
        ("have a son of 8 years ", [EIGHT]),
    ],
)
def test_a_relatives_child_counts_when_the_writer_brings_it_up(sentence, ages):
    """A nephew is somebody else's, until it is said that he is raised here."""
    assert kin_in(sentence, WORDS, asked=False, doubted_from=None).children == ages


def test_a_niece_brought_up_does_not_silence_the_sentence():
    """Of a neighbour's child nothing is read; of a niece who is raised here her age is."""
    assert told("I'm raising my niece, she is nine").ages == [NINE]
    assert told("my niece is nine").ages == []


def test_a_comma_ends_the_past():
    """What the family rents now is told after where it lived before."""
    assert told("раніше жили в готелі, знімаємо квартиру").facts["logement"] == "locataire"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("he still owes me 3 months of maintenance", {"pension": "impayee"}),
        ("my kids' dad is 2 months behind on the child support", {"pension": "impayee"}),
        ("my wife is self-employed", {"emploi_conjoint": "independant"}),
        ("my husband is a bus driver, my partner is a cook", {"emploi_conjoint": "salarie"}),
        ("we own a tiny studio near the canal", {"logement": "proprietaire"}),
        ("we are now in Pantin with the baby", {"arrondissement": "hors_paris"}),
    ],
)
def test_english_families_tell_of_support_work_and_home(text, said):
    """What the other parent owes, what a partner does, where the family lives."""
    assert volunteered(text, date(2026, 11, 22)).items() >= said.items()


@pytest.mark.parametrize(
    "text",
    ["my brother owns a flat in Pantin", "my neighbour's husband is self-employed", "would he owe me child support?"],
)
def test_what_english_families_tell_of_others_is_not_read(text):
    """A brother's flat and a neighbour's husband are theirs, and a question is no fact."""
    assert volunteered(text, date(2026, 11, 22)) == {}


@pytest.mark.parametrize(
    "text", ["шукаю садок для доньки, 2,5 роки", "kızım 2,5 yaşında", "mi hija tiene 2,5 años", "女儿2.5岁"]
)
def test_two_and_a_half_in_figures_is_one_age(text):
    """« 2,5 » is not two and five."""
    assert told(text).ages == [(2 * 12, 2 * 12 + 11)]


@pytest.mark.parametrize("text", ["oğlum CM2'de, 9 yaşında", "mi hijo está en CM2 y tiene 9 años"])
def test_the_number_of_a_class_does_not_part_a_child_from_its_age(text):
    """The 2 of « CM2 » is no number between the child and its nine years."""
    assert told(text).ages == [NINE]
