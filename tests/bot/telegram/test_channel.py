"""A conversation on Telegram, from the phone's side."""

import asyncio

import pytest

from bot.screen import Block, Button, Reply, Screen
from bot.telegram.limits import CALLBACK_BYTES
from tests.bot.telegram.conftest import asks, rows, says


async def test_a_parent_writes_and_is_answered(api, running, conversation):
    """A text in private is answered in the same chat, without a link preview."""
    parent = api.person()
    async with running():
        parent.writes("ma fille a 2 ans")

        assert await parent.sees(1) == ["écho, ma fille a 2 ans"]
        assert not parent.bubbles[0].preview
        assert conversation.seen[0].language == "fr"


async def test_a_link_opens_with_its_code(api, running, conversation):
    """/start brings the code of the link, and an empty one when there is none."""
    parent = api.person()
    async with running():
        parent.writes("/start 1K3ABC")
        parent.writes("/start")
        await parent.sees(2)

    assert [incoming.start for incoming in conversation.seen] == ["1K3ABC", ""]
    assert [incoming.text for incoming in conversation.seen] == [None, None]


@pytest.mark.parametrize(
    ("command", "payload"),
    [
        ("/recommencer", "a|recommencer"),
        ("/effacer", "a|effacer"),
        ("/urgence", "urgence"),
        ("/aide", "a|aide"),
        ("/Aide@passerelle_bot", "a|aide"),
        ("/help", "a|aide"),
    ],
)
async def test_a_command_is_a_press(api, running, conversation, command, payload):
    """Each command of the menu does what its button does."""
    parent = api.person()
    async with running():
        parent.writes(command)
        await parent.sees(1)

    assert conversation.seen[0].payload == payload
    assert conversation.seen[0].text is None


async def test_a_voice_message_is_told_apart(api, running, conversation):
    """A voice message is named as what it is, so that the answer can ask for words."""
    parent = api.person()
    async with running():
        parent.sends({"voice": {"file_id": "v", "file_unique_id": "u", "duration": 3}})
        await parent.sees(1)

    assert (conversation.seen[0].other, conversation.seen[0].text) == ("voice", None)


async def test_the_words_under_a_photo_are_read(api, running, conversation):
    """A photo with words counts as these words: they may call for help."""
    photo = {"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}
    parent = api.person()
    async with running():
        parent.sends({"photo": [photo], "caption": "il me frappe"})
        await parent.sees(1)

    assert conversation.seen[0].text == "il me frappe"


async def test_an_edited_message_is_not_answered_again(api, running, conversation):
    """Correcting a message already answered changes nothing."""
    parent = api.person()
    async with running():
        written = parent.writes("bonjour")
        await parent.sees(1)
        parent.edits(written, "bonsoir")
        parent.writes("suite")
        await parent.sees(2)

    assert [incoming.text for incoming in conversation.seen] == ["bonjour", "suite"]


async def test_the_next_question_takes_the_place_of_the_last(api, running, conversation):
    """Pressing an answer of the newest question changes that message instead of adding one."""
    parent = api.person()
    conversation.script = lambda incoming: asks(f"Q{len(conversation.seen)}", "Oui", "Non")
    async with running():
        parent.writes("/start")
        await parent.sees_text("Q1")
        parent.presses("Oui")
        await parent.sees_text("Q2")

        assert parent.texts == ["Q2"]
        assert parent.bubbles[0].edits == 1
        assert parent.bubbles[0].labels == ["Oui", "Non"]
    assert not api.open_queries


async def test_a_question_with_something_below_is_not_changed_in_place(api, running, conversation):
    """Once the parent has written below a question, the next one is a new message, and the old buttons go."""
    parent = api.person()
    conversation.script = lambda incoming: asks(f"Q{len(conversation.seen)}", "Oui")
    async with running():
        parent.writes("/start")
        await parent.sees(1)
        parent.writes("deux ans")
        await parent.sees(2)
        await api.until(lambda: not parent.bubbles[0].rows)

        assert parent.texts == ["Q1", "Q2"]
        assert [bubble.labels for bubble in parent.bubbles] == [[], ["Oui"]]


async def test_words_left_without_an_answer_still_push_the_question_up(api, running, conversation):
    """What the parent wrote stands below the question, answered or not: the next question comes below it."""
    parent = api.person()
    conversation.script = lambda incoming: (
        Reply((), "fr") if incoming.text == "merci" else asks(f"Q{len(conversation.seen)}", "Oui")
    )
    async with running():
        parent.writes("/start")
        await parent.sees(1)
        parent.writes("merci")
        parent.presses("Oui")

        assert await parent.sees(2) == ["Q1", "Q3"]


async def test_an_old_button_is_answered_by_a_new_message(api, running, conversation):
    """A press on an older question does not rewrite the past."""
    parent = api.person()
    conversation.script = lambda incoming: (
        says("Note") if incoming.text == "note" else asks(f"Q{len(conversation.seen)}", "Oui")
    )
    async with running():
        parent.writes("/start")
        question = (await parent.sees(1), parent.bubbles[0])[1]
        parent.writes("note")
        await parent.sees(2)
        parent.presses("Oui", question)
        await parent.sees(3)

    assert parent.texts == ["Q1", "Note", "Q3"]


async def test_the_same_question_again_is_no_error(api, running, conversation):
    """When the question does not change, Telegram's « not modified » counts as done."""
    parent = api.person()
    conversation.script = lambda incoming: asks("Quel âge ?", "1 an")
    async with running():
        parent.writes("/start")
        await parent.sees(1)
        parent.presses("1 an")
        await api.until(lambda: len(api.of("editMessageText")) == 1)

    assert parent.texts == ["Quel âge ?"]
    assert len(api.of("sendMessage")) == 1


async def test_a_question_deleted_meanwhile_is_sent_again(api, running, conversation):
    """When the message of the question is gone, the next question is a new message."""
    parent = api.person()
    conversation.script = lambda incoming: asks(f"Q{len(conversation.seen)}", "Oui")
    async with running():
        parent.writes("/start")
        await parent.sees(1)
        question = parent.chat.bubbles.pop(parent.bubbles[0].id)
        parent.presses_payload("c|q1|Oui", question)
        again = await parent.sees_text("Q2")

    assert again.id != question.id


async def test_every_press_is_answered(api, running, conversation):
    """No button keeps its waiting sign: unknown payloads, presses without a message, empty ones."""
    parent = api.person()
    async with running():
        parent.presses_payload("???", None)
        parent.presses_payload("", None)
        await parent.sees(2)
        await api.until(lambda: not api.open_queries)

    assert [incoming.payload for incoming in conversation.seen] == ["???", ""]


async def test_a_press_too_old_to_be_answered_still_counts(api, running, conversation):
    """Telegram may refuse the answer to a press; what was pressed is done all the same."""
    parent = api.person()
    async with running():
        query = parent.presses_payload("c|q1|Oui", None)
        api.open_queries.discard(query)

        assert await parent.sees(1) == ["écho, c|q1|Oui"]


async def test_blocks_are_drawn_in_telegrams_own_tags(api, running, conversation):
    """Titles are bold, alerts carry a sign, links are https only, and < or & in a text stay text."""
    parent = api.person()
    blocks = (
        Block("titre", "Vos droits"),
        Block("alerte", "En danger : 17"),
        Block("fiche", "Une aide <mensuelle> & simple", title="ASF", link="https://www.caf.fr/a?b=1&c=2"),
        Block("champ", "", title="Téléphone", lines=("01 42 34 56 70",), link="tel:+33142345670"),
    )
    conversation.script = lambda incoming: Reply((Screen(blocks),), "fr")
    async with running():
        parent.writes("bonjour")
        await parent.sees(1)

    shown = parent.bubbles[0]
    assert shown.text == (
        "Vos droits\n\n⚠️ En danger : 17\n\nASF\nUne aide <mensuelle> & simple\n\nTéléphone\n01 42 34 56 70"
    )
    assert [(entity.tag, entity.text) for entity in shown.entities if entity.tag == "b"] == [
        ("b", "Vos droits"),
        ("b", "⚠️ En danger : 17"),
        ("b", "ASF"),
        ("b", "Téléphone"),
        ("b", "01 42 34 56 70"),
    ]
    assert [entity.href for entity in shown.entities if entity.tag == "a"] == ["https://www.caf.fr/a?b=1&c=2"]


async def test_a_long_answer_comes_in_several_messages_in_order(api, running, conversation):
    """An answer over 4096 units is cut between blocks; its buttons are under the last part."""
    parent = api.person()
    blocks = tuple(Block("texte", f"{number} " + "é" * 1500) for number in range(5))
    screen = Screen(blocks, ((Button("Menu", "a|menu"),),))
    conversation.script = lambda incoming: Reply((screen,), "fr")
    async with running():
        parent.writes("bonjour")
        await parent.sees(3)

    # Two blocks of 1502 units and their gap fit 4096; three do not.
    assert [[line[0] for line in text.split("\n\n")] for text in parent.texts] == [
        ["0", "1"],
        ["2", "3"],
        ["4"],
    ]
    assert [bubble.labels for bubble in parent.bubbles] == [[], [], ["Menu"]]


async def test_a_button_that_telegram_refuses_does_not_lose_the_message(api, running, conversation):
    """A payload of 65 bytes would make Telegram refuse everything: only that button is left out."""
    parent = api.person()
    long, longest = "é" * 32 + "x", "é" * 32
    buttons = (Button("Trop", long), Button("Juste", longest))
    conversation.script = lambda incoming: Reply((Screen((Block("texte", "Oui ?"),), (buttons,)),), "fr")
    async with running():
        parent.writes("bonjour")
        await parent.sees(1)

    assert len(longest.encode()) == CALLBACK_BYTES
    assert parent.bubbles[0].labels == ["Juste"]


async def test_a_group_is_told_once_to_come_in_private(api, running, conversation, store):
    """In a group the bot says once that it talks in private, and takes nothing in."""
    parent, group = api.person(), api.group()
    async with running():
        parent.writes("/start", group)
        parent.writes("et mon fils ?", group)
        parent.writes("bonjour")
        await parent.sees(1)
        await api.until(lambda: [b for b in group.bubbles.values() if b.mine])

    said = [bubble.text for bubble in group.bubbles.values() if bubble.mine]
    assert said == ["Je réponds seulement en privé : ouvrez une conversation avec moi."]
    assert await rows(store, "pending") == 0
    assert [incoming.text for incoming in conversation.seen] == ["bonjour"]


async def test_forty_people_at_once_keep_their_order(api, running, conversation):
    """Forty parents write five messages each at once; each is heard in order, and none waits for all."""
    parents = [api.person(6000 + number) for number in range(40)]
    at_once, most = 0, 0

    async def gate(incoming):
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0)
        at_once -= 1

    conversation.gate = gate
    conversation.script = lambda incoming: says(incoming.text, private=True)
    async with running():
        api.updates.hold()
        for number in range(5):
            for parent in parents:
                parent.writes(f"{number}")
        api.updates.release()
        for parent in parents:
            assert await parent.sees(5) == ["0", "1", "2", "3", "4"]

    assert most > 1


async def test_a_press_that_overtakes_a_text_is_put_back(api, running, conversation):
    """Updates of one person that arrive backwards are taken by their number, once some wait."""
    parent = api.person()
    entered, opened = asyncio.Event(), asyncio.Event()

    async def gate(incoming):
        if incoming.text == "première":
            entered.set()
            await opened.wait()

    conversation.gate = gate
    async with running():
        parent.writes("première")
        await entered.wait()
        api.updates.hold()
        for number in range(4):
            parent.writes(f"{number}")
        api.updates.release(backwards=True)
        await api.until(lambda: api.updates.confirmed >= 700_006)
        opened.set()
        await parent.sees(5)

    assert [incoming.text for incoming in conversation.seen] == ["première", "0", "1", "2", "3"]


async def test_the_same_update_twice_is_answered_once(api, running, conversation, store):
    """Telegram may deliver an update twice, together or later; the parent gets one answer."""
    parent = api.person()
    async with running():
        api.updates.hold()
        parent.writes("un")
        api.updates.release(twice=True)
        await parent.sees(1)
        update = {
            "update_id": 700_001,
            "message": api.message(parent.bubbles[0], parent.chat, parent) | {"text": "un"},
        }
        api.updates.again(update)
        parent.writes("deux")
        await parent.sees(2)

    assert parent.texts == ["écho, un", "écho, deux"]
    assert await rows(store, "pending") == 0


async def test_a_call_for_help_delivered_twice_is_answered_once(api, running, conversation, store):
    """Even where the conversation answers without asking the store, an update counts once."""
    parent = api.person()

    async def handle(incoming, now, pack=None):
        return says(f"17 ou 112 ({incoming.text})", private=True)

    conversation.handle = handle
    async with running():
        api.updates.hold()
        parent.writes("un")
        parent.writes("deux")
        api.updates.release(twice=True)
        await parent.sees_text("deux")

    assert parent.texts == ["17 ou 112 (un)", "17 ou 112 (deux)"]
