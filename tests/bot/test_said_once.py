"""What was told is not asked again, and what is offered stays on offer: nothing to be said twice by a tired parent."""

import pytest

from tests.bot.talk import Person

CHILDREN = "[Enfant de 3 à 10 ans] [Pré-ado et ado]"


async def said(library, *steps: str, language: str = "fr") -> Person:
    """Return a person who opened the conversation, then pressed « [a button] » or typed the rest."""
    person = Person(library, language)
    await person.opens()
    for step in steps:
        if step.startswith("["):
            await person.presses(step[1:-1])
        else:
            await person.types(step)
    return person


@pytest.mark.parametrize("step", ["je suis enceinte", "I am pregnant", "j'attends un bébé"])
async def test_who_says_that_a_child_is_expected_is_asked_for_the_month_only(library, step):
    """The question is about the month, and no button says that there is no pregnancy."""
    person = await said(library, step)

    assert person.question == "mois-grossesse"
    assert not {"non"} & {button.choice for button in person.buttons}


async def test_who_opens_the_subject_of_a_pregnancy_is_not_asked_whether_there_is_one(library):
    """The button said it; an adoption can still be told."""
    person = await said(library, "[Bébé, petit enfant]", "[J'attends un enfant]")

    assert person.question == "grossesse-en-cours"
    assert person.button("Pas de grossesse")


async def test_a_pregnant_daughter_is_not_taken_for_the_writer(library):
    """The mother is asked about herself, and can say that she expects no child."""
    person = await said(library, "ma fille de 14 ans est enceinte")

    assert "en êtes-vous" in person.text
    await person.presses("Pas de grossesse")
    assert person.question != "mois-grossesse"


@pytest.mark.parametrize("told", ["je suis enceinte de 5 mois", "je suis enceinte, je suis dans mon 5e mois"])
async def test_a_month_that_was_told_is_not_asked(library, told):
    """« De 5 mois » is shown back, and the next question is another one."""
    person = await said(library, told)

    assert "Mois 5" in person.text
    assert person.question == "arrondissement"


async def test_who_has_been_asked_for_the_month_and_does_not_know_goes_on(library):
    """« Je ne sais pas » is an answer."""
    person = await said(library, "je suis enceinte", "[Je ne sais pas]")

    assert person.question == "arrondissement"


async def test_changing_an_answer_offers_every_answer(library):
    """Whoever was misunderstood can say that there is no pregnancy."""
    person = await said(library, "je suis enceinte", "[Changer]", "[Grossesse]")

    assert {"non", "debut", "milieu", "fin"} <= {button.choice for button in person.buttons}


async def test_two_needs_that_cards_are_found_by_open_both_subjects(library):
    """« Je suis enceinte » and « couverture maladie » find a card each: still a sentence about two needs."""
    person = await said(library, "je suis enceinte et je n'ai pas de couverture maladie")
    while person.question:
        await person.presses("Je ne sais pas")

    assert {"prime-naissance", "css"} <= set(person.reply.cards)


@pytest.mark.parametrize(
    "sentence", ["mon fils est harcelé", "je suis épuisée", "mon bébé est mort", "je ne peux pas payer mon loyer"]
)
async def test_a_need_told_as_a_sentence_opens_its_subject(library, sentence):
    """A card is found by these words too, but who writes them is in need and asks about no name."""
    person = await said(library, sentence)

    assert person.question is not None
    assert "Je n'ai pas bien compris" not in person.text


@pytest.mark.parametrize("ages", ["13 ans", "13", "4 et 7 ans", "18 mois"])
async def test_an_age_typed_before_the_subjects_is_noted_and_they_stay(library, ages):
    """It is shown back, to be changed if it was wrong, and the same subjects are still on offer."""
    person = await said(library, "[Enfants et ados]", ages) if ages != "18 mois" else await said(library, ages)

    assert f"Âge des enfants : {ages.split()[0]} " in person.text.replace("\N{NO-BREAK SPACE}", " ")
    assert ages == "18 mois" or CHILDREN in person.text


async def test_a_number_that_may_be_an_arrondissement_is_asked_about_and_the_subjects_stay(library):
    """« 13 » before subjects that are of no age."""
    person = await said(library, "[La famille change]", "13")

    assert "Ce nombre, qu'est-ce que c'est ?" in person.text
    assert "[Séparation] " in person.text


async def test_an_age_that_may_be_anybodys_is_asked_about(library):
    """« 20 ans » is a grown child or the person."""
    person = await said(library, "[Enfants et ados]", "20 ans")

    assert "L'âge de qui ?" in person.text
    assert CHILDREN in person.text


async def test_an_age_that_no_child_has_is_the_writers(library):
    """« 34 ans »."""
    person = await said(library, "34 ans")

    assert "Votre âge : 34" in person.text


async def test_a_young_person_tells_their_own_age(library):
    """No child is noted for somebody of 16, and their subjects stay."""
    person = await said(library, "[Je suis jeune]", "[« Vous »]", "16 ans")

    assert "Votre âge : 16" in person.text
    assert "[École, orientation]" in person.text


async def test_a_subject_chosen_afterwards_is_the_only_one(library):
    """Subjects on offer are forgotten with the choice, and with « Menu »."""
    person = await said(library, "[Enfants et ados]", "13 ans", "[Menu]")

    assert "[Bébé, petit enfant] [Enfants et ados]" in person.text
    await person.types("7 ans")
    assert "[Bébé, petit enfant] [Enfants et ados]" in person.text


async def test_going_back_from_the_subjects_leads_to_the_first_screen(library):
    """« Retour » typed before a group of subjects is no dead end."""
    person = await said(library, "[Enfants et ados]", "retour")

    assert "[Bébé, petit enfant] [Enfants et ados]" in person.text


@pytest.mark.parametrize("words", ["je suis au collège", "je suis en 3e", "chuis en terminale", "je suis lycéenne"])
async def test_a_pupil_is_not_asked_what_they_do(library, words):
    """« Je suis au collège » is the answer to « Que faites-vous en ce moment ? »."""
    person = await said(library, "[Je suis jeune]", "[« Vous »]", words)
    if person.question is None:  # « au collège » opens the subject by itself
        await person.presses("École, orientation")
    await person.types("14 ans")

    assert person.question == "arrondissement"


@pytest.mark.parametrize("words", ["je suis en 3e année de licence", "je suis au collège avec ma fille"])
async def test_who_is_no_pupil_is_not_taken_for_one(library, words):
    """A student and a mother at a meeting."""
    person = await said(library, words)

    assert "Collège ou lycée" not in person.text
    assert "Pour moi" not in person.text


@pytest.mark.parametrize(("words", "card"), [("le 15", "tel-samu"), ("c'est quoi le 18", "tel-pompiers")])
async def test_a_number_to_call_is_found_by_itself_only(library, words, card):
    """« 15 » is mostly an age: it names the Samu when nothing else is said."""
    person = await said(library, words)

    assert card in (*person.reply.cards, *person.reply.numbers)


@pytest.mark.parametrize("tree", ["decrochage-scolaire", "loisirs-vacances", "handicap", "insertion"])
async def test_a_parent_of_a_teenager_is_not_asked_whether_they_are_young(library, tree):
    """What begins or ends before 31 is settled for the mother of a child of 15: her own age is no question."""
    person = await said(library, "j'ai un enfant, ma fille de 15 ans")
    await person._send(payload=f"t|{tree}")
    asked = []
    while person.question:
        asked.append(person.question)
        await person.presses("Je ne sais pas")

    assert "age-parent" not in asked


async def test_a_parent_of_a_toddler_is_asked_their_age_where_a_right_ends_before_26(library):
    """A parent of a child of two may be 19: the question stays."""
    person = await said(library, "je cherche du travail, mon fils a 2 ans", "[C'est tout]")
    asked = []
    while person.question:
        asked.append(person.question)
        await person.presses("Je ne sais pas")

    assert "age-parent" in asked


async def test_one_press_is_enough_for_an_only_child(library):
    """« L'enfant de 9 ans » has the handicap: there is no other to touch, and no « C'est tout » to find."""
    person = await said(library, "[Handicap, fatigue]", "[Handicap ou maladie]", "[6 à 10 ans]", "[C'est tout]")
    assert person.question == "handicap-enfant"
    assert "Touchez chaque enfant" not in person.text
    await person.presses("L'enfant de 6 à 10 ans")

    assert person.question == "taux-handicap"


async def test_of_two_children_both_can_be_touched(library):
    """The question stays until « C'est tout »."""
    person = await said(library, "[Handicap, fatigue]", "[Handicap ou maladie]", "4 et 9 ans", "[L'enfant de 9 ans]")

    assert person.question == "handicap-enfant"
    assert "Touchez chaque enfant" in person.text
