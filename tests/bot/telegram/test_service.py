"""The real conversation and the real content, on a phone."""

import pytest
from structlog.testing import capture_logs

from bot.conversation import Conversation
from tests.bot.telegram.conftest import rows


@pytest.fixture
def conversation(library, store, vault):
    """What families talk to."""
    return Conversation(lambda: library, store, vault)


def first(bubble, prefix):
    """Return the payload of the first button that does such a thing."""
    return next(payload for row in bubble.rows for _, payload in row if payload.startswith(prefix))


async def test_from_the_menu_to_the_emergency_card_and_out(api, running, store):
    """A parent opens, chooses a subject, answers, calls for help, leaves fast: nothing of it is left."""
    parent = api.person()
    async with running():
        parent.writes("/start")
        await parent.sees(1)
        parent.presses(first(parent.bubbles[0], "t|"))
        await parent.sees(2)
        parent.presses_payload("t|separation", parent.bubbles[0])
        await parent.sees(3)
        question = parent.bubbles[2]
        parent.presses(first(question, "c|"))
        await api.until(lambda: question.edits == 1)
        assert await rows(store, "sessions") == 1

        parent.writes("mon mari me frappe")
        await parent.sees_text("3919")
        parent.presses("a|quitter")
        await api.until(lambda: len(parent.chat.bubbles) == 1 and not parent.bubbles[0].rows)

    for table in ("sessions", "pending", "outbox"):
        assert await rows(store, table) == 0
    assert not api.open_queries


async def test_every_button_of_the_menu_leads_to_messages_that_telegram_takes(api, running):
    """Each command and each button of the first menu is answered, and nothing is refused."""
    parent = api.person()
    with capture_logs() as logs:
        async with running():
            parent.writes("/start")
            await parent.sees(1)
            for payload in [payload for row in parent.bubbles[0].rows for _, payload in row]:
                query = parent.presses_payload(payload, None)
                await api.until(lambda query=query: query not in api.open_queries)
            for command in ("/recommencer", "/aide", "/urgence", "/effacer"):
                sent = len(api.of("sendMessage"))
                parent.writes(command)
                await api.until(lambda sent=sent: len(api.of("sendMessage")) > sent)

    assert [entry for entry in logs if entry["log_level"] not in ("info", "debug")] == []


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_a_call_for_help_delivered_twice_is_answered_once(api, running, webhook):
    """What is never written down is recognised all the same when Telegram repeats it, at once or later."""
    parent = api.person()
    async with running(webhook=webhook):
        api.updates.hold()
        parent.writes("mon mari me frappe")
        api.updates.release(twice=True)
        await parent.sees_text("3919")
        message = api.message(next(iter(parent.chat.bubbles.values())), parent.chat, parent)
        api.updates.again({"update_id": 700_001, "message": message | {"text": "mon mari me frappe"}})
        parent.writes("/aide")
        await parent.sees_text("Écrivez ce qui vous arrive")

    assert len([text for text in parent.texts if "3919" in text]) == 1


@pytest.mark.parametrize("secret", ["mon mari me frappe", "t|violences"])
async def test_danger_and_guarded_subjects_are_never_kept_even_sealed(api, running, store, monkeypatch, secret):
    """Words of danger, and the choice of the guarded subject, are answered without a row on the disk."""
    kept = []
    receive = store.receive

    async def watched(update_id, person, body, now):
        kept.append(update_id)
        return await receive(update_id, person, body, now)

    monkeypatch.setattr(store, "receive", watched)
    parent = api.person()
    async with running():
        parent.writes("/start")
        await parent.sees(1)
        before = len(kept)
        if "|" in secret:
            parent.presses(secret)
        else:
            parent.writes(secret)
        await parent.sees(2)

    assert before == 1
    assert len(kept) == before
