"""The voice on a phone: words for the team pass the queue of updates without being kept there."""

import pytest

from bot.conversation import Conversation
from bot.observatory.observatory import Observatory
from bot.voice.voice import Voice
from tests.bot.telegram.conftest import rows


@pytest.fixture
def voice(library, store, clock):
    """The voice of this service, by the clock of the tests."""
    return Voice(store, Observatory(store, lambda: library, clock.now), clock.now)


@pytest.fixture
def conversation(library, store, vault, voice):
    """What families talk to."""
    return Conversation(lambda: library, store, vault, (voice,))


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_words_are_left_read_again_sent_and_taken_back(api, running, store, clock, voice, webhook):
    """/avis, one message, two presses; then one more takes them back. No update is kept meanwhile."""
    parent = api.person()
    async with running(webhook=webhook):
        parent.writes("/start")
        await parent.sees(1)
        parent.writes("/avis")
        await parent.sees_text("lus par l'équipe")
        parent.writes("Je m'appelle Awa, plus de places le samedi")
        await parent.sees_text("[nom caché], plus de places")
        parent.presses("v|envoyer")
        await parent.sees_text("L'équipe lira votre mot")
        sent = [each.text for each in await voice.box.all(clock.now())]
        parent.presses("v|retirer")
        await parent.sees_text("Votre mot est effacé")

    assert sent == ["Je m'appelle [nom caché], plus de places le samedi"]
    assert await voice.box.all(clock.now()) == ()
    assert await rows(store, "pending") == 0
    assert not any("Awa" in text for text in parent.texts)
