"""A guarded tree is left by every way that is offered, and what was said inside stays there."""

import pytest

from bot.links import Link, encode_link
from bot.screen import Incoming
from bot.store.protocol import Saved
from dialogs.session import load
from tests.bot.talk import Person


@pytest.fixture
async def inside(library):
    """Someone who spoke of a separation, then opened the guarded tree, in English from there on."""
    person = Person(library)
    await person._send(payload="t|separation")
    await person.presses("Elle est en cours")
    await person._send(payload="t|violences")
    await person._send(payload="l|en")
    return person


async def kept(person):
    found = await person.store.load(person.person, person.now)
    return load(found.session) if isinstance(found, Saved) else None


@pytest.mark.parametrize("action", ["quitter", "effacer"])
async def test_leaving_fast_erases_everything_from_inside_a_guarded_tree(inside, action):
    """« Quitter vite » matters most there: nothing is kept, and the channel is told what to delete."""
    reply = await inside._send(payload=f"a|{action}")

    assert reply.wiped == action
    assert await kept(inside) is None


@pytest.mark.parametrize("action", ["retour", "menu"])
async def test_leaving_a_guarded_tree_keeps_the_language_chosen_inside(inside, action):
    """The menu comes in the language that the person reads; what was known before is still known."""
    reply = await inside._send(payload=f"a|{action}")
    session = await kept(inside)

    assert reply.language == "en"
    assert session.language == "en"
    assert session.plain == {"separation": "en_cours"}


async def test_a_change_left_open_before_does_not_follow_out_of_a_guarded_tree(library):
    """Opening the service again from inside shows the first screen, not a question of before."""
    person = Person(library)
    await person._send(payload="t|separation")
    await person.presses("Elle est en cours")
    await person.types("je vis dans le 19e")
    await person._send(payload="m|separation")
    await person._send(payload="t|violences")
    await person.opens()

    assert person.question is None


@pytest.mark.parametrize(
    "what",
    [
        {"text": "coups"},
        {"text": "violence conjugal"},
        {"text": "il me frappe"},
        {"payload": "t|violences"},
        {"start": "violences"},
    ],
    ids=str,
)
def test_a_way_into_a_guarded_tree_is_never_written_down(library, what):
    """A word, a press or a link that opens it is answered without a copy on the disk, even sealed."""
    person = Person(library)
    if "start" in what:
        what = {"start": encode_link(Link(target=library.content.knowledge.codes[what["start"]]))}

    assert person.conversation.keeps_nothing(Incoming(person.person, **what))


@pytest.mark.parametrize("what", [{"text": "j'habite dans le 19e"}, {"payload": "t|separation"}, {"start": "xx"}])
def test_an_ordinary_message_may_wait_on_the_disk(library, what):
    """What concerns no guarded subject is kept until it is answered, so that a crash loses nothing."""
    person = Person(library)

    assert not person.conversation.keeps_nothing(Incoming(person.person, **what))
