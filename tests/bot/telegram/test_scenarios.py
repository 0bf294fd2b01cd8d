"""Every conversation of tests/scenarios, on a phone: over HTTP, by polling and by a webhook."""

import pytest

from bot.conversation import Conversation
from knowledge.reader import read
from tests.bot.talk import NOW, as_text, plain
from tests.fake_botapi import ManualClock
from tests.test_scenarios import FILES, transcript


class Recorded(Conversation):
    """The real conversation, and what it answered."""

    def __init__(self, *made):
        super().__init__(*made)
        self.replies = []

    async def handle(self, incoming, now, pack=None):
        reply = await super().handle(incoming, now, pack)
        self.replies.append(reply)
        return reply


class Phone:
    """Someone who follows a scenario; reads the chat before each step."""

    def __init__(self, api, conversation, language):
        self.api, self.conversation = api, conversation
        self.parent = api.person(language=language.split("@")[0])
        self.transcript = []

    async def does(self, act, shown=""):
        """Do something, wait until its answer is on the screen, all of it; note both."""
        answered = len(self.conversation.replies)
        act()
        await self.api.until(lambda: len(self.conversation.replies) > answered, lambda: f"an answer to {shown}")
        reply = self.conversation.replies[-1]
        await self.api.until(lambda: not missing(reply, self.parent), lambda: f"{missing(reply, self.parent)}")
        self.transcript += [f"moi> {shown}", as_text(reply)]
        return reply

    async def follows(self, step):
        """Press « [a button] » where the chat shows it, or write."""
        if not (step.startswith("[") and step.endswith("]")):
            await self.does(lambda: self.parent.writes(step), step)
            return
        button = labelled(self.conversation.replies[-1], step[1:-1])
        await self.does(lambda: self.parent.presses(button.payload), f"[{plain(button)}]")


def labelled(reply, label):
    """Return the button with this label, or whose words hold it."""
    buttons = [button for screen in reply.screens for row in screen.rows for button in row]
    return next(b for b in [b for b in buttons if plain(b) == label] + buttons if label in b.text)


def missing(reply, parent):
    """Return the words and buttons of an answer that the chat does not show."""
    told = "\n".join(parent.texts)
    held = {payload for bubble in parent.bubbles for row in bubble.rows for _, payload in row}
    blocks = [block for screen in reply.screens for block in screen.blocks]
    words = [text.strip() for block in blocks for text in (block.title, block.text, *block.lines)]
    buttons = [button.payload for screen in reply.screens for row in screen.rows for button in row]
    return [text for text in words if text not in told] + [each for each in buttons if each not in held]


class Noon(ManualClock):
    """The hour at which the scenarios are told: opening hours depend on it."""

    def now(self):
        return super().now() - ManualClock().now() + NOW


@pytest.fixture
def clock():
    """A clock on which waiting takes no time."""
    return Noon()


@pytest.fixture
def conversation(library, store, vault):
    """What families talk to."""
    return Recorded(lambda: library, store, vault)


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_a_conversation_goes_on_a_phone_as_it_was_written(api, running, conversation, library, path, webhook):
    """Each answer is the one that tests/test_scenarios.py holds to, and the chat shows all its words and buttons."""
    scenario = read(path)
    language = scenario.get("langue", "fr")
    phone = Phone(api, conversation, language)
    async with running(webhook=webhook):
        await phone.does(lambda: phone.parent.writes(f"/start {scenario.get('lien', '')}".strip()))
        if "@" in language:
            await phone.does(lambda: phone.parent.presses_payload(f"l|{language}", None))
        phone.transcript.clear()
        for step in scenario["dit"]:
            await phone.follows(step)

    assert "\n".join(phone.transcript) + "\n" == await transcript(library, scenario)
    assert not api.open_queries
