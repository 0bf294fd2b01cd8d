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


class Broken(Feature):
    """Fails at everything."""

    async def answer(self, turn):
        raise KeyError("answer")

    async def after(self, turn, effects, reply):
        raise KeyError("after")


async def test_a_feature_that_fails_costs_nobody_an_answer(library, echo):
    """The conversation goes on, the session is saved, the other features are asked."""
    someone = Person(library)
    someone.conversation = Conversation(lambda: library, someone.store, Vault(KeyRing.new()), (Broken(), echo))
    await someone.opens()
    reply = await someone._send(payload="t|separation")
    own = await someone._send(payload="r|oui")
    kept = await someone.store.load(someone.person, someone.now)

    assert someone.reply and words(reply)[-1] == WORD.blocks[0].text
    assert words(own) == [WORD.blocks[0].text]
    assert "separation" in str(kept.session)


class Listening(Feature):
    """Takes every text, as one does that waits for a word."""

    async def answer(self, turn):
        return turn.reply(WORD) if turn.incoming.text else None


@pytest.mark.parametrize("text", ["quitter vite", "Quitter vite !", "QUITTER VITE"])
async def test_a_wish_to_leave_fast_reaches_no_feature(library, text):
    """Somebody may be coming into the room: whatever waits for a text, these words leave."""
    someone = Person(library)
    someone.conversation = Conversation(lambda: library, someone.store, Vault(KeyRing.new()), (Listening(),))
    await someone.opens()
    taken = await someone.types("bonjour")
    left = await someone.types(text)

    assert words(taken) == [WORD.blocks[0].text]
    assert left.wiped == "quitter"
