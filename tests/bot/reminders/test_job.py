"""Marked before it is sent, once, and what became of it; whatever happens to the machine, its clock or the content."""

import asyncio
import os
import signal
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.feature import Outcome
from bot.reminders.feature import Reminders
from bot.reminders.job import REFUSALS
from tests.bot.reminders.conftest import family
from tests.conftest import ROOT

MARCH = datetime(2027, 3, 1, 9, tzinfo=UTC)
"""A Monday, 10:00 in Paris: the first school of a child born in October 2024 opens."""
SCHOOL = "Inscrire l'enfant à l'école maternelle"


@pytest.fixture
async def waiting(table):
    """A family that has a date on March 1."""
    await table.save("ana", replace(family("2024-10"), last=date(2027, 1, 4)), date(2026, 11, 23))


@pytest.fixture
def round_(reminders, sender):
    """Makes one round."""
    return lambda: reminders.job.round(sender, asyncio.Event())


async def test_it_is_sent_once(waiting, clocks, sender, round_, table):
    """At the first round of an open hour; later rounds of the day and of the next days say nothing more."""
    for hour in (1, 7, 8, 9, 12, 17, 20):
        clocks.until(MARCH.replace(hour=hour))
        await round_()
    for days in range(1, 20):
        clocks.until(MARCH + timedelta(days=days))
        await round_()

    assert sender.titles == [[SCHOOL]]
    assert sender.sent[0][0] == MARCH.replace(hour=8)
    assert await table.note("envoyes") == "1"


async def test_it_is_marked_on_the_disk_before_it_leaves(waiting, clocks, reminders, table):
    """While it is on its way the record already says that it was told."""
    seen = []

    async def push(address, screen, *, silent=False, wanted=None):
        seen.append(await table.get("ana"))
        return Outcome.SENT

    clocks.until(MARCH)
    await reminders.job.round(push, asyncio.Event())

    assert seen[0].state == "envoi"
    assert "inscription-maternelle|1" in seen[0].record.told


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_kill_between_mark_and_send_doubles_nothing(tmp_path, moment, table, store, vault):
    """``kill -9`` just before the call, or just after it: the message is counted as uncertain and never sent again."""
    await store.close()
    program = [sys.executable, "-m", "tests.bot.reminders.kill_child", str(tmp_path / "passerelle.db"), moment]
    killed = await asyncio.create_subprocess_exec(*program, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    async with asyncio.timeout(60):
        line = await killed.stdout.readline()
    os.kill(killed.pid, signal.SIGKILL)
    await killed.wait()
    again = await asyncio.create_subprocess_exec(*program[:-1], "again", cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    async with asyncio.timeout(60):
        said, _ = await again.communicate()

    assert line == b"on its way\n"
    assert said.decode().splitlines()[-1] == "sent 0 uncertain 1"


async def test_who_blocked_the_bot_is_forgotten(waiting, clocks, sender, round_, table):
    """Nothing is kept of somebody who cannot be written to."""
    sender.outcomes = [Outcome.GONE]
    clocks.until(MARCH)
    await round_()

    assert await table.get("ana") is None
    assert await table.note("partis") == "1"


async def test_what_may_have_arrived_is_not_sent_again(waiting, clocks, sender, round_, table):
    """A cut call is counted, never repeated."""
    sender.outcomes = [Outcome.UNCERTAIN]
    for hours in range(10):
        clocks.until(MARCH + timedelta(hours=hours))
        await round_()

    assert sender.titles == [[SCHOOL]]
    assert (await table.note("incertains"), await table.note("envoyes")) == ("1", None)


async def test_an_outage_costs_few_messages(clocks, sender, round_, table):
    """After one message that may be lost the job rests, longer each time: an hour without Telegram costs six of 40.

    At 0, 1, 3, 7, 15 and 31 minutes; the next one would leave at 61.
    """
    for number in range(40):
        await table.save(f"p{number}", replace(family("2024-10"), last=date(2027, 1, 4)), date(2026, 11, 23))
    clocks.until(MARCH)
    sender.outcomes = [Outcome.UNCERTAIN] * 40
    for _ in range(60):
        await round_()
        clocks.passes(minutes=1)
    sender.outcomes = []
    for _ in range(10):
        await round_()
        clocks.passes(minutes=1)

    assert await table.note("incertains") == "6"
    assert await table.note("envoyes") == "34"


async def test_a_refused_message_is_tried_again_but_not_for_ever(waiting, clocks, sender, round_, table):
    """It surely did not leave: again in a minute, then the next days; at last it is given up, and counted."""
    sender.outcomes = [Outcome.REFUSED] * 2
    clocks.until(MARCH)
    for _ in range(3):
        await round_()
        clocks.passes(days=1)
    assert sender.titles[-1] == [SCHOOL] and len(sender.sent) == 3
    record = (await table.get("ana")).record
    sender.outcomes = [Outcome.REFUSED] * 99
    await table.save("ana", replace(record, told={}, last=None), date(2027, 3, 4))
    for _ in range(20):
        await round_()
        clocks.passes(days=1)

    assert len(sender.sent) == 3 + REFUSALS + 1
    assert await table.note("refuses") == "1"


async def test_weeks_of_downtime_are_told_in_one_message(clocks, sender, round_, table):
    """A service that comes back in late April tells once what is still open; what is over is not told."""
    await table.save("ana", family("2009-05", "2024-03", agreed=date(2026, 12, 1)), date(2026, 12, 2))
    await round_()
    clocks.until(datetime(2027, 4, 20, 9, tzinfo=UTC))
    await round_()
    clocks.passes(hours=1, minutes=1)
    for _ in range(3):
        await round_()
        clocks.passes(days=1)

    assert len(sender.sent) == 1
    assert SCHOOL in sender.titles[0]
    assert "Les vœux pour après le lycée" not in sender.titles[0]


@pytest.mark.parametrize("jump", [timedelta(days=-800), timedelta(days=400), timedelta(days=-3), timedelta(days=9)])
async def test_a_moved_clock_sends_and_forgets_nothing(waiting, clocks, sender, round_, table, jump):
    """For an hour after a jump nothing is done; the clock put right in between, all goes on as if it had not been."""
    clocks.until(MARCH - timedelta(days=1))
    await round_()
    clocks.sets(clocks.now + jump)
    for _ in range(50):
        clocks.passes(minutes=1)
        await round_()
    assert sender.sent == []
    kept = await table.get("ana")
    clocks.sets(clocks.now - jump)
    await round_()
    clocks.until(MARCH)
    await round_()

    assert kept is not None
    assert sender.titles == [[SCHOOL]]


async def test_a_clock_set_back_for_good_doubles_nothing(waiting, clocks, sender, round_):
    """The same days lived twice: what was told stays told."""
    clocks.until(MARCH)
    await round_()
    clocks.sets(MARCH - timedelta(days=3))
    for _ in range(8):
        clocks.passes(days=1)
        await round_()

    assert sender.titles == [[SCHOOL]]


async def test_a_restart_with_a_clock_far_away_waits(waiting, clocks, sender, round_, store, library):
    """The last day seen is on the disk: a machine that starts in 2035 does nothing for an hour, and says so."""
    await round_()
    clocks.sets(datetime(2035, 3, 5, 9, tzinfo=UTC))
    again = Reminders(store, lambda: library, lambda: clocks.now, lambda: clocks.steady)
    with capture_logs() as logs:
        await again.job.round(sender, asyncio.Event())

    assert sender.sent == []
    assert [entry["event"] for entry in logs] == ["reminders.clock_moved"]


async def test_a_milestone_taken_out_or_moved_counts_at_once(waiting, clocks, sender, store, library, table):
    """A new version of the content: what it no longer has is not told, what it brings forward is told on its new day."""
    served = [library]
    job = Reminders(store, lambda: served[0], lambda: clocks.now, lambda: clocks.steady).job
    clocks.until(datetime(2027, 1, 25, 9, tzinfo=UTC))
    await job.round(sender, asyncio.Event())
    served[0] = edited(library, "inscription-maternelle", days=-28)
    clocks.until(datetime(2027, 2, 1, 9, tzinfo=UTC))
    await job.round(sender, asyncio.Event())
    moved = list(sender.titles)
    await table.save("bea", replace(family("2024-10", address=b"8"), last=date(2027, 1, 4)), date(2027, 1, 25))
    served[0] = edited(library, "inscription-maternelle", days=None)
    clocks.until(MARCH)
    await job.round(sender, asyncio.Event())

    # February 1: moved, and outside the holidays that begin on the 6th.
    assert moved == [[SCHOOL]]
    assert not any(SCHOOL in titles for titles in sender.titles[1:])


def edited(library, name, days):
    """Return a library in which a milestone opens some days later, or is gone."""
    from copy import copy

    knowledge = library.content.knowledge
    kept = []
    for each in knowledge.milestones:
        if each.id == name and days is None:
            continue
        if each.id == name:
            opens = each.window.opens._replace(days=days)
            each = each.model_copy(update={"window": each.window.model_copy(update={"opens": opens})})
        kept.append(each)
    content = copy(library.content)
    content.knowledge = knowledge.model_copy(update={"milestones": tuple(kept)})
    same = copy(library)
    object.__setattr__(same, "content", content)
    return same


async def test_a_pause_is_kept_until_its_end_and_nothing_is_sent(waiting, clocks, sender, round_, table):
    """Nobody resumes it but the person; a year and two months after the yes it is forgotten without a word."""
    await table.pause("ana")
    clocks.until(MARCH)
    await round_()
    paused = await table.get("ana")
    for day in (date(2027, 11, 22), date(2028, 1, 21), date(2028, 1, 22)):
        clocks.until(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
        await round_()

    assert sender.sent == []
    assert paused.state == "pause"
    assert await table.get("ana") is None


async def test_a_row_that_nobody_can_read_goes(waiting, clocks, sender, round_, store):
    """A damaged row stops nothing and is not kept."""
    await store.database.write(lambda c: c.execute("UPDATE reminders SET body = x'00'").rowcount)
    clocks.until(MARCH)
    await round_()

    rows = await store.database.read(lambda c: c.execute("SELECT count(*) FROM reminders").fetchone()[0])
    assert (rows, sender.sent) == (0, [])


async def test_what_the_person_does_meanwhile_wins(waiting, clocks, reminders, table):
    """Ended while a message is on its way: the job brings nothing back."""

    async def push(address, screen, *, silent=False, wanted=None):
        await table.delete("ana")
        return Outcome.REFUSED

    clocks.until(MARCH)
    await reminders.job.round(push, asyncio.Event())

    assert await table.get("ana") is None


async def test_a_look_at_a_hundred_thousand_reads_only_those_of_the_day(store, table):
    """What is not due is not touched: the index by day answers."""
    plan = "EXPLAIN QUERY PLAN SELECT person FROM reminders WHERE state IN ('actif', 'pause') AND day <= 20000"
    said = await store.database.read(lambda c: " ".join(row[3] for row in c.execute(plan)))

    assert "USING INDEX" in said or "USING COVERING INDEX" in said
    assert "SCAN reminders" not in said


async def test_the_job_stops_when_asked_and_survives_a_bad_round(reminders, sender, store, clocks):
    """A store out of order costs a round, not the service."""
    stop = asyncio.Event()
    task = asyncio.create_task(reminders.run(sender, stop))
    await store.close()
    await asyncio.sleep(0)
    stop.set()
    async with asyncio.timeout(10):
        await task

    assert task.done() and task.exception() is None
