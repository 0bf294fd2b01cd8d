"""Killed in the middle of a relay, the service brings every word where it was to go, and deletes what is to go."""

import asyncio
import contextlib
import os
import random
import signal
import sys
from datetime import UTC, datetime

import pytest

from bot.relay.known import sign
from bot.staff.model import Member, Role
from bot.staff.staff import Staff
from bot.store import open_store
from tests.conftest import ROOT
from tests.fake_botapi import FakeBotApi

GROUP = -100_777
TURNS = 4
ROSTER = 'personnes:\n  - pseudonyme: Camille\n    horaires: "24/7"\n'


class Service:
    """``passerelle serve`` with a team, killed and started again at will."""

    def __init__(self, folder, api):
        self.folder, self.api, self.process = folder, api, None

    async def prepare(self):
        """Put one worker in the team."""
        (self.folder / "equipe.yaml").write_text(ROSTER, encoding="utf-8")
        store = await open_store(self.folder)
        now = datetime.now(UTC)
        member = Member(store.vault.person("telegram", 7001), Role.PROMENEUR, b"7001", "Camille")
        await Staff(store.database, store.vault, lambda: now).add(member, now)
        await store.close()

    async def start(self):
        settings = {
            "PASSERELLE_DONNEES": str(self.folder),
            "PASSERELLE_PORT": "0",
            "PASSERELLE_TELEGRAM_TOKEN": self.api.token,
            "PASSERELLE_TELEGRAM_API": self.api.url,
            "PASSERELLE_GROUPE": str(GROUP),
        }
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve",
            cwd=ROOT, env={**os.environ, **settings},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        async with asyncio.timeout(30):
            while b"http://" not in (line := await self.process.stdout.readline()):
                assert line, "the service stopped before it answered"

    async def kill(self):
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process.pid, signal.SIGKILL)
        await self.process.wait()


@pytest.fixture
async def service(tmp_path):
    async with FakeBotApi() as api:
        service = Service(tmp_path, api)
        await service.prepare()
        yield service
        await service.kill()


async def test_words_survive_kills_in_the_middle_of_a_relay(service):
    """Two kills at random while two families and a worker write: every word at home, at least once, none elsewhere."""
    api, chance = service.api, random.Random(7)
    group = api.forum(GROUP)
    worker, families = api.person(7001), [api.person(6001), api.person(6002)]
    await service.start()
    threads = {}
    for family in families:
        family.presses_payload(f"h|o|n|0|{sign((), datetime.now(UTC).date())}", None)
        await family.sees_text("J'ai prévenu")
        await api.until(lambda: len(group.topics) == len(threads) + 1)
        thread = next(number for number in group.topics if number not in threads.values())
        threads[family.id] = thread
        await api.until(lambda thread=thread: any("demande à parler" in text for text in group.said_in(thread)))
        worker.presses_in(group, thread, "Je prends")
        await family.sees_text("est là")
    for turn in range(TURNS):
        for family in families:
            family.writes(f"F{family.id}-{turn}")
            worker.writes_in(group, threads[family.id], f"W{family.id}-{turn}")
        if turn % 2:
            done = len(api.of("copyMessage"))
            wanted = done + chance.randrange(1, 5)
            await api.until(lambda wanted=wanted: len(api.of("copyMessage")) >= wanted)
            await service.kill()
            await service.start()
    # In another process time is real, and Telegram's pace is one message a second in a chat.
    async with asyncio.timeout(90):
        while not all(arrived(family, group.said_in(threads[family.id])) for family in families):
            await asyncio.sleep(0.1)

    for family in families:
        words = [text for text in group.said_in(threads[family.id]) if text.startswith("F6")]
        answers = [text for text in family.texts if text.startswith("W6")]
        assert list(dict.fromkeys(words)) == [f"F{family.id}-{turn}" for turn in range(TURNS)]
        assert list(dict.fromkeys(answers)) == [f"W{family.id}-{turn}" for turn in range(TURNS)]


def arrived(family, said):
    """Tell whether the last words of both sides are there."""
    return f"F{family.id}-{TURNS - 1}" in said and f"W{family.id}-{TURNS - 1}" in family.texts
