"""The running service writes down what it counted when it stops, with or without Telegram."""

import asyncio
import os
import sys

import httpx

from bot.feature import Feature
from bot.service import _settle
from bot.store import open_store
from tests.bot.observatory.conftest import Service
from tests.bot.observatory.test_counting import link
from tests.bot.web.person import read
from tests.conftest import ROOT


async def test_a_feature_that_fails_holds_no_other_back():
    """Whatever one feature cannot write, the others write theirs."""
    written = []

    class Fails(Feature):
        async def settle(self, *, ending=False):
            raise OSError

    class Writes(Feature):
        async def settle(self, *, ending=False):
            written.append(ending)

    await _settle((Fails(), Writes()), ending=True)

    assert written == [True]


async def test_what_was_counted_is_written_when_the_service_stops(library, tmp_path):
    """A family on the web, then SIGTERM: the visit under way is in the numbers of its month."""
    folder = tmp_path / "donnees"
    settings = {"PASSERELLE_DONNEES": str(folder), "PASSERELLE_PORT": "0", "PASSERELLE_JOURNAL": "error"}
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", cwd=ROOT, stdout=asyncio.subprocess.PIPE, env={**os.environ, **settings}
    )
    address = (await child.stdout.readline()).decode().split()[-1]
    async with httpx.AsyncClient(base_url=address, trust_env=False, follow_redirects=True) as browser:
        page = await browser.get(f"/l/{link(library, 'separation', '19')}")
        token = read(page.text).all("input", name="jeton")[0].attrs["value"]
        await browser.post("/", data={"jeton": token, "payload": "o|1"})
    child.terminate()
    await child.wait()
    service = Service(library, await open_store(folder))
    (counts,) = (await service.counts()).values()
    await service.store.close()

    assert {key.value: count for key, count in counts.items() if key.axis == "arrondissement"} == {"19": 1}
