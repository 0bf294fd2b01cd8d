"""What every store promises, in a file as in memory."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.store import AlreadyProcessed, Keep, Outgoing, Pending, Saved

ANNE, BILAL = "a" * 64, "b" * 64
SECOND = timedelta(seconds=1)
DAY = timedelta(hours=24)
SESSION = {"version": 1, "faits": {"arrondissement": 19, "enfants": [{"naissance": "2024-11"}]}}
HELLO = Outgoing("send", b'{"chat": 7, "texte": "Bonjour"}')
EDIT = Outgoing("edit", b'{"chat": 7, "message": 3}')


async def save(store, now, person=ANNE, session=SESSION, **more):
    """Keep a session as a turn does."""
    return await store.commit(person, session, now=now, language="ar", **more)


async def test_a_session_comes_back_as_it_was(store, now):
    """What a family said is there at the next message, with its language, and nobody else sees it."""
    await save(store, now)

    assert await store.load(ANNE, now) == Saved(SESSION, "ar")
    assert await store.load(BILAL, now) is None


async def test_a_kept_session_is_not_the_callers_own_object(store, now):
    """Changing a session after it was kept changes nothing of what is kept."""
    session = {"faits": {}}
    await save(store, now, session=session)
    session["faits"]["arrondissement"] = 20
    (await store.load(ANNE, now)).session["faits"]["arrondissement"] = 18

    assert (await store.load(ANNE, now)).session == {"faits": {}}


async def test_a_session_is_forgotten_after_24_hours_to_the_second(store, now):
    """One second before, it is there; at 24 hours, it is not."""
    await save(store, now)

    assert await store.load(ANNE, now + DAY - SECOND) is not None
    assert await store.load(ANNE, now + DAY) is None


async def test_each_turn_starts_the_24_hours_again(store, now):
    """It is silence that makes the service forget, not age."""
    await save(store, now)
    await save(store, now + DAY - SECOND)

    assert await store.load(ANNE, now + DAY + DAY - 2 * SECOND) is not None


async def test_a_turn_can_leave_the_session_alone(store, now):
    """In a protected tree, what is kept is the session from before, and no longer than before."""
    await save(store, now)
    await save(store, now + SECOND, session=Keep.AS_IS, outbox=[HELLO])

    assert (await store.load(ANNE, now + DAY - SECOND)).session == SESSION
    assert await store.load(ANNE, now + DAY) is None


async def test_a_turn_can_end_the_session(store, now):
    """Saying None forgets the session, and only that one."""
    await save(store, now)
    await save(store, now, person=BILAL)
    await save(store, now, session=None)

    assert await store.load(ANNE, now) is None
    assert await store.load(BILAL, now) is not None


async def test_an_update_is_received_once(store, now):
    """Telegram may bring the same update again, before or after it is processed: it counts once."""
    assert await store.receive(10, ANNE, b"bonjour", now) is True
    assert await store.receive(10, ANNE, b"bonjour", now) is False

    await save(store, now, update_id=10)

    assert await store.receive(10, ANNE, b"bonjour", now) is False
    assert await store.pending(now) == []


async def test_updates_out_of_order_are_all_processed(store, now):
    """A later update arriving, or ending, first never hides an earlier one."""
    for update_id in (12, 10, 11):
        assert await store.receive(update_id, ANNE, str(update_id).encode(), now)
    await save(store, now, update_id=12)

    assert await store.pending(now) == [Pending(10, ANNE, b"10"), Pending(11, ANNE, b"11")]
    assert await store.receive(9, BILAL, b"9", now) is True


async def test_an_update_committed_twice_changes_nothing_the_second_time(store, now):
    """Two deliveries of one press never give two answers."""
    await store.receive(10, ANNE, b"oui", now)
    await save(store, now, update_id=10, outbox=[HELLO])

    with pytest.raises(AlreadyProcessed):
        await save(store, now, session={"autre": 1}, update_id=10, outbox=[HELLO])

    assert (await store.load(ANNE, now)).session == SESSION
    assert len(await store.due(now)) == 1


async def test_a_duplicate_among_many_turns_fails_alone(store, now):
    """Turns kept together on the disk do not share their fate."""
    await save(store, now, update_id=1)

    turns = [save(store, now, person=name * 64, update_id=ref) for name, ref in zip("cde", (2, 1, 3), strict=True)]
    results = await asyncio.gather(*turns, return_exceptions=True)

    assert [type(result) for result in results] == [list, AlreadyProcessed, list]
    assert [await store.load(name * 64, now) is not None for name in "cde"] == [True, False, True]


async def test_processed_updates_are_remembered_48_hours(store, now):
    """Longer than Telegram repeats itself, and no longer."""
    await save(store, now, update_id=10)
    await store.purge(now + 2 * DAY - SECOND)
    before = await store.receive(10, ANNE, b"x", now + 2 * DAY - SECOND)
    await store.purge(now + 2 * DAY)

    assert before is False
    assert await store.receive(10, ANNE, b"x", now + 2 * DAY) is True


async def test_an_update_left_over_is_dropped_after_24_hours(store, now):
    """Nobody gets an answer a day late."""
    await store.receive(10, ANNE, b"x", now)

    assert len(await store.pending(now + DAY - SECOND)) == 1
    assert await store.pending(now + DAY) == []


async def test_messages_wait_in_the_order_they_were_said(store, now):
    """After a crash they leave in the same order, with the words they had."""
    ids = await save(store, now, outbox=[HELLO, EDIT])
    ids += await save(store, now, person=BILAL, outbox=[HELLO])
    due = await store.due(now)

    assert [(one.id, one.person, one.kind, one.body) for one in due] == [
        (ids[0], ANNE, "send", HELLO.body),
        (ids[1], ANNE, "edit", EDIT.body),
        (ids[2], BILAL, "send", HELLO.body),
    ]


async def test_only_a_send_cut_in_the_middle_may_repeat(store, now):
    """A message not begun was not seen; an edit done twice shows once."""
    ids = await save(store, now, outbox=[HELLO, HELLO, EDIT])
    for outbox_id in (ids[0], ids[2]):
        assert await store.sending(outbox_id, now)

    assert [one.may_repeat for one in await store.due(now)] == [True, False, False]


async def test_a_sent_message_is_never_sent_again(store, now):
    """Once sent or dropped it is no longer due, and its reference can be used to delete it."""
    first, second = await save(store, now, outbox=[HELLO, HELLO])
    await store.sending(first, now)
    await store.sent(first, "7:100", now)
    await store.dropped(second)

    assert await store.due(now) == []
    assert await store.sending(first, now) is False
    assert await store.messages(ANNE, now) == ["7:100"]


async def test_a_message_is_not_sent_after_10_minutes(store, now):
    """An answer that comes too late would only confuse."""
    (outbox_id,) = await save(store, now, outbox=[HELLO])
    late = now + timedelta(minutes=10)

    assert len(await store.due(late - SECOND)) == 1
    assert await store.due(late) == []
    assert await store.sending(outbox_id, late - SECOND) is True
    assert await store.sending(outbox_id, late) is False


async def test_outbox_ids_are_never_used_again(store, now):
    """A late answer about an old message cannot hit a new one."""
    (first,) = await save(store, now, outbox=[HELLO])
    await store.sent(first, None, now)
    (second,) = await save(store, now, outbox=[HELLO])
    await store.sent(first, None, now)

    assert [one.id for one in await store.due(now)] == [second]


async def test_message_references_are_kept_48_hours_each_once(store, now):
    """Long enough to delete them, as Telegram allows it, and no longer."""
    for ref in ("7:1", "7:2", "7:1"):
        await store.remember_message(ANNE, ref, now)

    assert await store.messages(ANNE, now + 2 * DAY - SECOND) == ["7:1", "7:2"]
    assert await store.messages(ANNE, now + 2 * DAY) == []
    assert await store.messages(BILAL, now) == []


async def test_deleted_messages_are_forgotten(store, now):
    """Only those named, and only for that person."""
    for person, ref in [(ANNE, "7:1"), (ANNE, "7:2"), (ANNE, "7:1"), (BILAL, "7:1")]:
        await store.remember_message(person, ref, now)
    await store.forget_messages(ANNE, ["7:1", "7:9"])

    assert await store.messages(ANNE, now) == ["7:2"]
    assert await store.messages(BILAL, now) == ["7:1"]


async def test_an_offer_is_taken_once(store, now):
    """A one-time code opens once, for 24 hours, and an unknown one opens nothing."""
    code = await store.offer(ANNE, {"rappel": "rentree"}, now)
    other = await store.offer(ANNE, {"rappel": "rentree"}, now)

    assert await store.take("0" * 16, now) is None
    assert await store.take(code, now + DAY - SECOND) == {"rappel": "rentree"}
    assert await store.take(code, now) is None
    assert await store.take(other, now + DAY) is None
    assert len(code) == 16


async def test_erasing_forgets_one_person_at_once(store, now):
    """Session, updates, messages to send and offers go; someone else's stay."""
    codes = {}
    for update_id, person in ((1, ANNE), (2, BILAL)):
        await store.receive(update_id, person, b"x", now)
        await save(store, now, person=person, outbox=[HELLO])
        codes[person] = await store.offer(person, {"rappel": 1}, now)
    await store.erase(ANNE, now)

    assert await store.load(ANNE, now) is None
    assert await store.take(codes[ANNE], now) is None
    assert {one.person for one in await store.pending(now)} == {BILAL}
    assert {one.person for one in await store.due(now)} == {BILAL}
    assert await store.load(BILAL, now) is not None
    assert await store.take(codes[BILAL], now) == {"rappel": 1}


async def test_erasing_says_which_messages_can_still_be_deleted(store, now):
    """References outlive the erasure until the chat is clean, since a crash may come in between."""
    await store.remember_message(ANNE, "7:1", now - 2 * DAY)
    await store.remember_message(ANNE, "7:2", now)
    erased = await store.erase(ANNE, now)

    assert erased.messages == ("7:2",)
    assert await store.messages(ANNE, now) == ["7:2"]


async def test_a_turn_under_way_cannot_bring_back_what_was_erased(store, now):
    """Its update counts as processed, its message must not leave."""
    await store.receive(10, ANNE, b"x", now)
    (outbox_id,) = await save(store, now, outbox=[HELLO])
    await store.erase(ANNE, now)

    with pytest.raises(AlreadyProcessed):
        await save(store, now, update_id=10)

    assert await store.sending(outbox_id, now) is False
    assert await store.receive(10, ANNE, b"x", now) is False
    assert await store.load(ANNE, now) is None


async def test_a_message_that_was_leaving_during_an_erasure_can_still_be_deleted(store, now):
    """It is not sent again, but its reference is noted when the answer comes."""
    (outbox_id,) = await save(store, now, outbox=[HELLO])
    await store.sending(outbox_id, now)
    await store.erase(ANNE, now)
    due = await store.due(now)
    again = await store.sending(outbox_id, now)
    await store.sent(outbox_id, "7:5", now)

    assert (due, again) == ([], False)
    assert await store.messages(ANNE, now) == ["7:5"]


async def test_an_erasure_says_goodbye_in_the_same_breath(store, now):
    """The update that asked for it is processed and the farewell waits, both or neither."""
    await store.receive(10, ANNE, b"/effacer", now)
    await save(store, now, outbox=[HELLO])
    erased = await store.erase(ANNE, now, update_id=10, outbox=[EDIT])

    assert [(one.id, one.kind) for one in await store.due(now)] == [(erased.outbox[0], "edit")]
    with pytest.raises(AlreadyProcessed):
        await store.erase(ANNE, now, update_id=10, outbox=[EDIT])
    assert len(await store.due(now)) == 1


async def test_purging_counts_what_is_past_its_time(store, now):
    """Each kind of thing goes at its own hour, and none before."""
    await store.receive(1, BILAL, b"x", now)
    await save(store, now, update_id=2, outbox=[HELLO])
    await store.remember_message(ANNE, "7:1", now)
    await store.offer(ANNE, {}, now)
    counts = [
        await store.purge(now + timedelta(minutes=10) - SECOND),
        await store.purge(now + timedelta(minutes=10)),  # the message to send
        await store.purge(now + DAY - SECOND),
        await store.purge(now + DAY),  # session, pending update, offer
        await store.purge(now + 2 * DAY - SECOND),
        await store.purge(now + 2 * DAY),  # processed update, message reference
    ]

    assert counts == [0, 1, 0, 3, 0, 2]


async def test_a_moment_without_a_time_zone_is_refused(store):
    """A clock that may be an hour off would forget an hour too early or too late."""
    with pytest.raises(ValueError, match="time zone"):
        await save(store, datetime(2026, 11, 21, 18, 0))


async def test_a_session_that_cannot_be_written_keeps_the_one_before(store, now):
    """A bug in a turn loses that turn, not the conversation, and the update can be processed again."""
    await save(store, now)
    await store.receive(10, ANNE, b"x", now)

    with pytest.raises(TypeError):
        await save(store, now, session={"faits": {1, 2}}, update_id=10)

    assert (await store.load(ANNE, now)).session == SESSION
    assert len(await store.pending(now)) == 1
