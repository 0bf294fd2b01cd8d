"""Fifty families at once: each word in its own topic, in order, whatever comes between."""

import asyncio
import random

import pytest

from bot.relay.known import sign
from bot.relay.machine import waiting

FAMILIES, WORDS = 50, 6


def topic_of(team, family):
    """Return the topic of a family, by the pseudonym that it was told; None before."""
    name = next((text.split("« ")[1].split(" »")[0] for text in family.texts if "J'ai prévenu" in text), None)
    return next((number for number, title in team.group.topics.items() if title == name), None)


async def opened(team, families, workers, chance):
    """Have all families ask at once and workers take them in any order; return their topics."""
    for family in families:
        family.presses_payload(f"h|o|n|0|{sign((), team.clock.now().date())}", None)
    await team.api.until(
        lambda: all(topic_of(team, each) for each in families), lambda: f"{len(team.group.topics)} topics"
    )
    threads = {family.id: topic_of(team, family) for family in families}
    for thread in threads.values():
        await team.sees(thread, "demande à parler")
    assert len(set(team.group.topics.values())) == len(families)  # no two families have one name
    owners = {thread: chance.choice(workers) for thread in chance.sample(list(threads.values()), len(threads))}
    for thread, worker in owners.items():
        worker.presses_in(team.group, thread, "Je prends")
    await team.api.until(lambda: all(any("est là" in text for text in each.texts) for each in families))
    return threads, owners


def unique(texts, mark):
    """Return the tokens among texts, each once, in order of first sight."""
    return list(dict.fromkeys(text for text in texts if text.startswith(mark)))


@pytest.mark.parametrize("seed", [1, 2])
async def test_no_word_is_ever_in_the_wrong_topic(team, api, seed):
    """Unique words, both ways, interleaved at random, with refusals and cuts now and then: all arrive, each at home."""
    chance = random.Random(seed)
    families = [api.person(20_000 + number) for number in range(FAMILIES)]
    workers = [await team.worker(7_000 + number, name) for number, name in enumerate(("Camille", "Ali", "Noor"))]
    async with team.running():
        threads, owners = await opened(team, families, workers, chance)
        words = [(family, side, turn) for family in families for side in "FW" for turn in range(WORDS)]
        lanes = {}
        for family, side, turn in words:
            lanes.setdefault((family.id, side), []).append((family, side, turn))
        order = [key for key, lane in lanes.items() for _ in lane]
        chance.shuffle(order)
        for at, key in enumerate(order):
            family, side, turn = lanes[key].pop(0)
            thread = threads[family.id]
            if side == "F":
                family.writes(f"F{family.id}-{turn}")
            else:
                owners[thread].writes_in(team.group, thread, f"W{family.id}-{turn}")
            if at % 60 == 0:
                api.cut("copyMessage", chance.choice(["before", "after"]))
            if at % 90 == 0:
                api.slow_down("copyMessage", 2)
            if at % 25 == 0:
                await asyncio.sleep(0)
        async with asyncio.timeout(60):
            while not all_arrived(team, families, threads):
                await team.later(1)
                await asyncio.sleep(0.02)

    for family in families:
        thread = threads[family.id]
        assert unique(team.group.said_in(thread), "F") == [f"F{family.id}-{turn}" for turn in range(WORDS)]
        assert unique(family.texts, "W") == [f"W{family.id}-{turn}" for turn in range(WORDS)]
        foreign = [text for text in team.group.said_in(thread) if text[0] in "FW" and f"{family.id}" not in text]
        assert foreign == []


def all_arrived(team, families, threads):
    """Tell whether every word is where it was to go."""
    return all(
        f"F{family.id}-{WORDS - 1}" in team.group.said_in(threads[family.id])
        and f"W{family.id}-{WORDS - 1}" in family.texts
        for family in families
    )


async def test_a_relay_begun_while_somebody_leaves_is_heard(team, monkeypatch):
    """Another family's erasure makes the service read slowly; the relay that begins meanwhile is not lost from sight."""
    first, second = (team.store.vault.person("telegram", number) for number in (6001, 6002))
    read, has_read, go_on = team.store.database.read, asyncio.Event(), asyncio.Event()

    async def slow(work):
        found = await read(work)
        has_read.set()
        await go_on.wait()
        return found

    team.relay.forget("somebody else")
    monkeypatch.setattr(team.store.database, "read", slow)
    reading = asyncio.create_task(team.desk.live(first))
    await has_read.wait()
    monkeypatch.setattr(team.store.database, "read", read)
    await team.desk.begin(second, b"6002", "fr", lambda name: (waiting(name, team.desk.seconds), ()))
    go_on.set()
    await reading

    assert await team.desk.live(second) is not None
