"""Two hundred families at once on the web pages, each one action every three seconds. ``python -m bench.web``

The service runs in a process of its own with its SQLite store, reached by real HTTP on loopback; an action is what a
browser does without scripts: send the form, follow to the page. The peer is a bare Starlette application that
answers the same two requests with a page of the same size and keeps nothing. An answer is timed from the moment it
was due, so that a family held up behind another one counts.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
FAMILIES, EVERY = 200, 3.0
ROUNDS = 6
"""Actions of each family: 18 seconds of load."""

_TOKEN = re.compile(r'name="jeton" value="([^"]+)"')
_PRESS = re.compile(r'name="payload" value="([^"]+)"')
_BARE = """
import asyncio, sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.routing import Route
PAGE = '<main><input name="jeton" value="1"><button name="payload" value="c|1">' + 'x' * int(sys.argv[1])
async def page(request): return HTMLResponse(PAGE)
async def taken(request):
    await request.body()
    return RedirectResponse('/', 303)
app = Starlette(routes=[Route('/', page, methods=['GET']), Route('/', taken, methods=['POST'])])
class Told(uvicorn.Server):
    async def startup(self, sockets=None):
        await super().startup(sockets)
        print(f'http://127.0.0.1:{self.servers[0].sockets[0].getsockname()[1]}', flush=True)
Told(uvicorn.Config(app, port=0, log_level='error')).run()
"""


@dataclass
class Measured:
    """Milliseconds of every action, and what went wrong; ``size``: bytes of a page in the middle."""

    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    @property
    def p95(self) -> float:
        """The time under which 95 actions of 100 are, in milliseconds."""
        return statistics.quantiles(self.times, n=20)[-1]


class Family:
    """Somebody in front of a browser without scripts."""

    def __init__(self, address: str, number: int, measured: Measured) -> None:
        self._client = httpx.AsyncClient(
            base_url=address, trust_env=False, verify=False, follow_redirects=True, timeout=30
        )
        self._random, self._measured, self._page = random.Random(number), measured, ""

    async def live(self) -> None:
        """Open the first page, then act every three seconds, each family at its own moment."""
        clock = asyncio.get_running_loop().time
        first = clock() + self._random.random() * EVERY
        async with self._client:
            await asyncio.sleep(max(0.0, first - clock()))
            await self._take(self._client.get("/"))
            for turn in range(1, ROUNDS + 1):
                due = first + turn * EVERY
                await asyncio.sleep(max(0.0, due - clock()))
                token = _TOKEN.search(self._page)
                data = {"jeton": token[1] if token else "", "payload": self._choice()}
                await self._take(self._client.post("/", data=data))
                self._measured.times.append((clock() - due) * 1000)

    async def _take(self, coming: Awaitable[httpx.Response]) -> None:
        try:
            answer = await coming
        except httpx.HTTPError as error:
            self._measured.errors.append(type(error).__name__)
            return
        if answer.status_code != 200 or "<main>" not in answer.text:
            self._measured.errors.append(str(answer.status_code))
            return
        self._page = answer.text
        self._measured.sizes.append(len(answer.content))

    def _choice(self) -> str:
        """Return an answer to the question, else a subject, a card, or the way back to the first page."""
        found = _PRESS.findall(self._page)
        for kind in ("c|", "t|", "f|"):
            of_kind = [each for each in found if each.startswith(kind)]
            if of_kind:
                return self._random.choice(of_kind)
        return "a|menu"


@contextmanager
def _running(*command: str, **env: str) -> Iterator[str]:
    """Run a server; give its address."""
    child = subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=os.environ | env, stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout is not None
        yield next(found[0] for line in child.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
    finally:
        child.terminate()
        child.wait(20)


async def _load(address: str) -> Measured:
    measured = Measured()
    families = [Family(address, number, measured) for number in range(FAMILIES)]
    await asyncio.gather(*(family.live() for family in families))
    return measured


def rows() -> list[str]:
    """Return the printed rows: ours, then the peer's, and the load of the machine."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        env = {"PASSERELLE_DONNEES": folder, "PASSERELLE_PORT": "0", "PASSERELLE_JOURNAL": "error"}
        ours = asyncio.run(_load(stack.enter_context(_running("-m", "bot", "serve", **env))))
        stack.close()
    with _running("-c", _BARE, str(int(statistics.median(ours.sizes)))) as address:
        peer = asyncio.run(_load(address))
    what = f"{FAMILIES} families, one action every {EVERY:.0f} s, p95"
    return [
        f"{what:<46} {ours.p95:9.1f} ms   {ours.p95 / peer.p95:7.2f} x a bare Starlette page ({peer.p95:.1f} ms)"
        f"   target <= 250 ms",
        f"{len(ours.times)} actions, median {statistics.median(ours.times):.1f} ms, errors: {len(ours.errors)} "
        f"{sorted(set(ours.errors))}; the peer {statistics.median(peer.times):.1f} ms, {len(peer.errors)}; "
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {time.strftime('%Y-%m-%d')}",
    ]


if __name__ == "__main__":
    for row in rows():
        print(row)
