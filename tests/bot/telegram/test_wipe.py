"""« Quitter vite » and /effacer: what can go, goes."""

from tests.bot.telegram.conftest import says
from tests.fake_botapi import ManualClock


def wipe_on(word, conversation, kind="quitter", *farewell):
    """Make a word wipe everything; other words are echoed."""
    conversation.script = lambda incoming: (
        says(*farewell, wiped=kind) if word in (incoming.text, incoming.payload) else says(f"écho {incoming.text}")
    )


async def test_leaving_fast_empties_the_chat(api, running, conversation, store):
    """Both sides' messages go, the one that asked for it too, then a word of farewell comes."""
    parent = api.person()
    wipe_on("partir", conversation, "quitter", "Au revoir.")
    async with running():
        parent.writes("un")
        parent.writes("deux")
        await parent.sees(2)
        parent.writes("partir")
        await parent.sees_text("Au revoir.")

    assert [bubble.text for bubble in parent.chat.bubbles.values()] == ["Au revoir."]
    name = conversation.person("telegram", parent.id)
    left = [str(bubble.id) for bubble in parent.bubbles]
    assert await store.messages(name, ManualClock().now()) == left


async def test_all_parts_of_a_long_answer_go(api, running, conversation):
    """An answer that took several messages leaves none behind."""
    parent = api.person()
    wipe_on("partir", conversation)
    async with running():
        parent.writes("é" * 4096)
        await parent.sees(2)
        parent.writes("partir")
        await api.until(lambda: not parent.chat.bubbles)

    assert parent.chat.bubbles == {}


async def test_leaving_fast_may_say_nothing(api, running, conversation):
    """With nothing to say the chat stays empty."""
    parent = api.person()
    wipe_on("a|quitter", conversation)
    async with running():
        parent.writes("un")
        await parent.sees(1)
        parent.presses_payload("a|quitter", parent.bubbles[0])
        await api.until(lambda: not parent.chat.bubbles)

    assert not api.open_queries


async def test_two_hundred_and_fifty_messages_go_in_three_calls(api, running, conversation, store):
    """Ids go by hundreds, Telegram's limit."""
    parent = api.person()
    name, now = conversation.person("telegram", parent.id), ManualClock().now()
    for _ in range(249):
        bubble = api.add_bubble(parent.chat, mine=True, text="ancien")
        await store.remember_message(name, str(bubble.id), now)
    wipe_on("/effacer", conversation, "effacer", "C'est effacé.")
    conversation.script = lambda incoming: says("C'est effacé.", wiped="effacer")
    async with running():
        parent.writes("/effacer")
        await parent.sees_text("C'est effacé.")

    assert [len(call["message_ids"]) for call in api.of("deleteMessages")] == [100, 100, 50]
    assert parent.texts == ["C'est effacé."]


async def test_one_message_that_cannot_go_does_not_keep_the_others(api, running, conversation):
    """When Telegram refuses a batch, its messages go one by one."""
    parent = api.person()
    wipe_on("partir", conversation, "quitter", "Au revoir.")
    async with running():
        old = parent.writes("un")
        parent.chat.undeletable.add(old)
        await parent.sees(1)
        parent.writes("partir")
        await parent.sees_text("Au revoir.")

    assert [bubble.text for bubble in parent.chat.bubbles.values()] == ["un", "Au revoir."]


async def test_a_deletion_is_tried_again_after_a_cut(api, running, conversation):
    """A cut connection does not leave the messages in the chat."""
    parent = api.person()
    wipe_on("partir", conversation)
    api.cut("deleteMessages", "before", times=2)
    async with running():
        parent.writes("un")
        await parent.sees(1)
        parent.writes("partir")
        await api.until(lambda: not parent.chat.bubbles)

    assert parent.chat.bubbles == {}
