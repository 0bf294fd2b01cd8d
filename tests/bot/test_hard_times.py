"""Five families on a hard day: nothing asked that hurts for nothing, and first what matters to them."""

import pytest

from bot.hearing import heard
from bot.screen import Incoming
from dialogs.events import Did
from dialogs.session import Session
from tests.bot.talk import NOW, Person


class Talk(Person):
    """A person who writes one sentence, then answers what is known of them, else « je ne sais pas »."""

    def __init__(self, library, **answers: str) -> None:
        super().__init__(library)
        self.answers, self.asked = answers, []

    async def through(self, text: str) -> list[str]:
        """Return the cards shown at the end; what was asked on the way stands in ``asked``."""
        await self.opens()
        await self.types(text)
        while self.question:
            self.asked.append(self.question)
            await self.presses(self.answers.get(self.question.replace("-", "_"), "Je ne sais pas"))
        return [block.text for screen in self.reply.screens for block in screen.blocks if block.style == "fiche"]


async def test_a_widow_is_asked_nothing_about_the_other_parent(library):
    """Her children's father is dead; the money to ask for soon and the allowance for them come first."""
    widow = Talk(library, foyer="Seul ou seule")
    shown = await widow.through("je suis veuve depuis 3 mois, deux enfants de 6 et 9 ans, dans le 20e, je travaille")

    assert not {"handicap-parent", "autre-parent", "separation"} & set(widow.asked)
    assert shown[:2] == ["Capital décès de la Sécurité sociale", "Allocation de soutien familial"]


async def test_a_father_is_not_sent_to_a_place_for_young_people(library):
    """The point of law at the Quartier Jeunes is for the young: he gets one that receives everybody."""
    father = Talk(library, foyer="Seul ou seule", logement="En location", separation="Depuis plus longtemps")
    await father.through("je suis séparé, mes enfants ont 5 et 8 ans, j'ai une dette de loyer, 18e")

    assert "jeunes, au Quartier Jeunes" not in father.text


async def test_a_young_person_may_be_sent_there(library):
    """For somebody of 19 it is the right door."""
    young = Talk(library)
    await young.opens()
    for step in ("j'ai 19 ans, j'habite dans le 1er", "point d'accès au droit"):
        await young.types(step)

    assert "Point-justice jeunes, au Quartier Jeunes" in young.text


async def test_a_young_mother_at_a_hotel_is_not_asked_for_whom_she_writes(library):
    """« J'ai 20 ans, j'ai un bébé de 3 mois » says it, and that no other child is on the way."""
    mother = Talk(library, age_enfants="C'est tout")
    await mother.through("j'ai 20 ans, j'ai un bébé de 3 mois et on est à l'hôtel")

    assert not {"profil", "age-jeune", "grossesse", "logement", "logement-jeune"} & set(mother.asked)


async def test_the_family_of_an_autistic_child_is_asked_about_the_child_first(library):
    """The rate that the MDPH gave decides most; a handicap of the parents comes later."""
    family = Talk(library, age_enfants="C'est tout")
    await family.through("mon fils de 5 ans est autiste, on n'a pas d'AESH, on habite le 15e")

    assert family.asked[:2] == ["age-enfants", "taux-handicap"]
    assert "handicap-enfant" not in family.asked


async def test_a_grandmother_who_raises_a_child_sees_the_allowance_for_it(library):
    """It is for whoever took a child in, whatever became of its mother."""
    grandmother = Talk(library)
    shown = await grandmother.through("je suis la grand-mère, j'élève ma petite-fille de 4 ans, sa mère est en prison")

    assert "Allocation de soutien familial" in shown[:3]


async def test_a_mother_of_a_teenager_is_shown_first_what_is_for_her(library):
    """Nothing excludes a nursery, or a contract for those under 26; but neither is what she needs."""
    mother = Talk(library, age_enfants="C'est tout")
    shown = await mother.through("je cherche du travail, ma fille a 15 ans")

    assert not {"Place en crèche AVIP pour chercher un travail", "Contrat d'engagement jeune"} & set(shown)


@pytest.mark.parametrize("tears", ["\U0001f62d\U0001f62d\U0001f62d", "\U0001f494", "\U0001f61e ..."])
async def test_who_sends_tears_alone_is_answered_kindly(library, tears):
    """No « je ne lis que les messages écrits »: a word is enough to begin, and a person can be reached."""
    person = Person(library)
    await person.opens()
    await person.types(tears)

    assert "Ça n'a pas l'air facile." in person.text
    assert "[Bébé, petit enfant]" in person.text


async def test_a_parent_is_told_of_no_answer_that_only_a_young_person_would_give(library):
    """« Il manque : l'école de l'enfant », not « votre situation et votre âge », about a grant for pupils."""
    mother = Talk(library, age_enfants="C'est tout")
    await mother.opens()
    for step in ("[Enfants et ados]", "[Pré-ado et ado]"):
        await mother.presses(step[1:-1])
    await mother.types("15 ans")
    while mother.question:
        await mother.presses("Je ne sais pas")

    assert "Il manque : l'école ou l'accueil de l'enfant" in mother.text
    assert "votre âge" not in mother.text


@pytest.mark.parametrize("text", ["mon fils a avalé une pile, c'est grave ?", "je perds beaucoup de sang"])
def test_a_worry_opens_no_questions_about_what_a_word_sounds_like(library, text):
    """A battery swallowed is no question of housing: the line with the number comes alone, and the way on."""
    said = Incoming("p", text=text)

    assert heard(library, said, Session(), NOW.date(), worried=True) == Did("continuer")
    assert heard(library, said, Session(), NOW.date()).trees
