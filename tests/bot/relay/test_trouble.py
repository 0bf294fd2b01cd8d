"""Telegram refuses, is slow, or the group is not what it should be: nobody is left without a word."""

import pytest

from tests.bot.telegram.conftest import rows


@pytest.fixture
async def ana(api):
    """A family."""
    return api.person(6001)


@pytest.fixture
async def camille(team):
    """A worker."""
    return await team.worker(7001, "Camille")


def group_without(team, what):
    """Make the group unfit in one way."""
    if what == "topics":
        team.group.is_forum = False
    elif what == "rights":
        team.group.rights = set()
    else:
        del team.api.chats[team.group.id]


@pytest.mark.parametrize("what", ["topics", "rights", "group"])
async def test_a_group_that_is_not_ready_is_told_to_the_family(team, ana, what, capsys):
    """The family is told and gets another way; the operator's log says what to run."""
    async with team.running():
        group_without(team, what)
        ana.presses_payload("h|i", None)
        await ana.sees_text("Avant de commencer")
        ana.presses_payload("h|y", None)
        await ana.sees_text("Vous lui direz")
        ana.presses("📨 Demander quelqu'un")
        await ana.sees_text("Je n'arrive pas à joindre l'équipe")
        ana.presses_payload("h|i", None)
        await ana.sees_text("Je ne peux pas vous mettre en relation ici")

    assert "passerelle relay check" in capsys.readouterr().out
    assert await rows(team.store, "relays") == 0


async def test_a_topic_deleted_by_hand_ends_the_relay(team, ana, camille):
    """The next message cannot arrive: the family is told, and may ask again."""
    async with team.running():
        thread = await team.talks(ana, camille)
        del team.group.topics[thread]
        ana.writes("toujours là ?")
        await ana.sees_text("Je n'arrive pas à joindre l'équipe")
        await team.tried()

    assert (await rows(team.store, "relays"), await rows(team.store, "relay_topics")) == (0, 0)


async def test_a_message_that_cannot_be_copied_is_told_to_its_sender(team, ana, camille):
    """On both sides; what comes after passes."""
    async with team.running():
        thread = await team.talks(ana, camille)
        team.api.refuse("copyMessage", 400, "Bad Request: message can't be copied")
        ana.writes("un")
        await ana.sees_text("Ce message n'a pas pu être transmis")
        team.api.refuse("copyMessage", 400, "Bad Request: message to copy not found")
        camille.writes_in(team.group, thread, "deux")
        await team.sees(thread, "Telegram ne laisse pas copier")
        ana.writes("trois")
        await team.sees(thread, "trois")

    assert "un" not in team.group.said_in(thread) and "deux" not in ana.texts


async def test_too_many_messages_are_sent_later_in_order(team, ana, camille):
    """A 429 holds the group for its time; nothing is lost, nothing overtakes."""
    async with team.running():
        thread = await team.talks(ana, camille)
        team.api.slow_down("copyMessage", 30)
        for word in ("un", "deux", "trois"):
            ana.writes(word)
        await team.sees(thread, "trois")

    copies = [text for text in team.group.said_in(thread) if text in ("un", "deux", "trois")]
    assert copies == ["un", "deux", "trois"]


async def test_a_copy_cut_after_it_was_made_is_made_again(team, ana, camille):
    """At least once: a message seen twice is better than one never seen."""
    async with team.running():
        thread = await team.talks(ana, camille)
        team.api.cut("copyMessage", "after")
        ana.writes("important")
        await team.api.until(lambda: len(team.api.of("copyMessage")) == 1)
        await team.tried()
        await team.later(1)
        await team.api.until(lambda: team.group.said_in(thread).count("important") == 2)

    assert team.group.said_in(thread).count("important") == 2


async def test_a_family_that_cannot_be_reached_any_more_is_told_to_the_team(team, ana, camille):
    """It blocked the bot while a word was on its way."""
    async with team.running():
        thread = await team.talks(ana, camille)
        ana.chat.blocked = True
        camille.writes_in(team.group, thread, "vous êtes là ?")
        await team.sees(thread, "La famille ne peut plus être jointe")

    assert await rows(team.store, "relays") == 0


async def test_a_topic_that_cannot_be_deleted_is_tried_again(team, ana, camille, capsys):
    """The right to delete was taken away; ten minutes after it is back, the topic goes."""
    async with team.running():
        thread = await team.talks(ana, camille)
        camille.writes_in(team.group, thread, "/clore")
        await team.sees(thread, "Conversation fermée")
        team.group.rights = {"can_manage_topics"}
        await team.later(24 * 60)
        await team.api.until(lambda: bool(team.api.of("deleteForumTopic")))
        team.group.rights |= {"can_delete_messages"}
        await team.later(11)
        await team.api.until(lambda: thread not in team.group.topics)

    assert "topic_not_deleted" in capsys.readouterr().out


REFUSALS = ["CHAT_ADMIN_REQUIRED", "CHAT_WRITE_FORBIDDEN", "TOPIC_CLOSED", "internal", "group chat was deactivated"]


@pytest.mark.parametrize("refusal", REFUSALS)
async def test_a_refused_deletion_is_not_a_deletion(team, ana, camille, refusal):
    """Whatever the words of Telegram, a topic that is still there is tried again after ten minutes."""
    async with team.running():
        thread = await team.talks(ana, camille)
        camille.writes_in(team.group, thread, "/clore")
        await team.sees(thread, "Conversation fermée")
        team.api.refuse("deleteForumTopic", 400, f"Bad Request: {refusal}")
        await team.later(24 * 60)
        await team.api.until(lambda: bool(team.api.of("deleteForumTopic")))
        await team.tried()
        await team.later(11)
        await team.api.until(lambda: thread not in team.group.topics)

    assert len(team.api.of("deleteForumTopic")) == 2


async def test_a_topic_closed_by_hand_is_deleted_all_the_same(team, ana, camille):
    """Where the bot may not write in a closed topic, the relay ends; its topic goes a day later, not never."""
    async with team.running():
        thread = await team.talks(ana, camille)
        team.api.refuse("copyMessage", 400, "Bad Request: TOPIC_CLOSED")
        ana.writes("toujours là ?")
        await ana.sees_text("Je n'arrive pas à joindre l'équipe")
        await team.later(24 * 60)
        await team.api.until(lambda: thread not in team.group.topics)

    assert thread not in team.group.topics


async def test_a_store_out_of_order_is_told(team, ana, camille, monkeypatch):
    """The family's message cannot be kept: it is told so at once, in place of a silence."""
    from bot.errors import StoreUnavailable

    async def broken(*_):
        raise StoreUnavailable("disque plein")

    async with team.running():
        await team.talks(ana, camille)
        monkeypatch.setattr(team.rows, "change", broken)
        ana.writes("vous m'entendez ?")
        await ana.sees_text("Je ne peux pas garder votre réponse")

    assert any("Je ne peux pas garder votre réponse" in text for text in ana.texts)
