"""What a feature answers is its own; what it adds never touches what must stay private."""

from dataclasses import replace

import pytest

from bot.conversation import Conversation
from bot.crypto import Vault
from bot.feature import Feature
from bot.keys import KeyRing
from bot.screen import Block, Screen
from tests.bot.talk import Person

WORD = Screen((Block("texte", "un mot de la fonction"),))


class Echo(Feature):
    """Answers « rappel », adds a word to everything else."""

    def __init__(self):
        self.forgotten = []
        self.guarded = []

    async def answer(self, turn):
        self.guarded.append(turn.guarded)
        return turn.reply(WORD) if turn.incoming.text == "rappel" or turn.incoming.payload == "r|oui" else None

    async def after(self, turn, effects, reply):
        return replace(reply, screens=(*reply.screens, WORD))

    def forget(self, person):
        self.forgotten.append(person)


@pytest.fixture
def echo():
    return Echo()


@pytest.fixture
def person(library, echo):
    """Someone who talks to an assistant with that feature."""
    someone = Person(library)
    someone.conversation = Conversation(lambda: library, someone.store, Vault(KeyRing.new()), (echo,))
    return someone


def words(reply):
    return [block.text for screen in reply.screens for block in screen.blocks]


async def test_a_feature_answers_what_is_its_own_and_the_question_stays(person):
    """A press on a button of a feature leaves the conversation where it was."""
    await person.opens()
    await person._send(payload="t|separation")
    question = person.question
    reply = await person._send(payload="r|oui")
    after = await person._send(payload="a|continuer")

    assert words(reply) == [WORD.blocks[0].text]
    assert question and after.screens[0].question == question


async def test_a_feature_adds_to_ordinary_replies_only(person):
    """Words of danger and guarded subjects get nothing added."""
    ordinary = await person.opens()
    danger = await person._send(text="mon mari me frappe")
    guarded = await person._send(payload="t|violences")

    assert words(ordinary)[-1] == WORD.blocks[0].text
    assert WORD.blocks[0].text not in words(danger) + words(guarded)


async def test_words_of_danger_never_reach_a_feature(person, echo):
    """A sure cry is answered before any feature is asked."""
    await person._send(text="mon mari me frappe")

    assert echo.guarded == []


async def test_a_feature_forgets_with_the_rest(person, echo):
    """« Effacer » tells every feature."""
    await person.opens()
    await person._send(payload="a|effacer")

    assert echo.forgotten == [person.person]
