"""Killed between any two steps of a conversation, the service goes on where it stood (DESIGN: delivery).

The real command in a process of its own, the real store on disk, Telegram on loopback. ``kill -9`` comes just as a
call reaches Telegram, before or after it is answered: every moment between two steps that the outside can see.
"""

import asyncio
import contextlib
import os
import signal
import sys

import pytest

from tests.conftest import ROOT
from tests.fake_botapi import FakeBotApi


class Service:
    """``passerelle serve`` as an operator starts it, killed and started again at will."""

    def __init__(self, folder, api):
        self.folder, self.api = folder, api
        self.process = None

    async def start(self):
        settings = {
            "PASSERELLE_DONNEES": str(self.folder),
            "PASSERELLE_PORT": "0",
            "PASSERELLE_TELEGRAM_TOKEN": self.api.token,
            "PASSERELLE_TELEGRAM_API": self.api.url,
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
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process.pid, signal.SIGKILL)
        await self.process.wait()


@pytest.fixture
async def service(tmp_path):
    async with FakeBotApi() as api:
        service = Service(tmp_path, api)
        yield service
        await service.kill()


@pytest.mark.parametrize("moment", ["before the first send", "after the send, before its answer", "after the answer"])
async def test_a_conversation_survives_a_kill(service, moment):
    """No answer is lost and no question is skipped; only a send that was cut may be seen twice."""
    api = service.api
    await service.start()
    parent = api.person()
    parent.writes("/start")
    await parent.sees(1)
    parent.presses_payload("t|separation", parent.bubbles[0])
    await parent.sees_text("Où en est la séparation")
    if moment == "before the first send":
        api.cut("editMessageText", "before", times=1)
    elif moment == "after the send, before its answer":
        api.cut("editMessageText", "after", times=1)
    asked = len(api.calls)
    parent.presses_payload("c|separation|recente", parent.bubbles[-1])
    await api.until(lambda: any(call.method == "editMessageText" for call in api.calls[asked:]))
    await service.kill()

    await service.start()
    await parent.sees_text("Quel âge ont vos enfants")
    parent.writes("2 et 7 ans")
    await parent.sees_text("Dans quel arrondissement")
    told = [text for text in parent.texts if "Où en est la séparation" in text]
    assert len(told) <= 1
