"""How fast the desk may be asked: a team typing never meets the limit, a machine does, and kindly."""

import httpx

from bot.web.desk.pace import SEARCHES, SHEETS
from tests.bot.web.conftest import listening

EMPTY = {"partie": "1"}


async def test_a_machine_is_stopped_and_let_in_again_a_minute_later(real_app, clock):
    """Sixty sheets in a minute, then a kind page that leads back to the desk; searches go on meanwhile."""
    async with listening(real_app) as address, httpx.AsyncClient(base_url=address, trust_env=False) as client:
        inside = [(await client.post("/guichet/feuille", data=EMPTY)).status_code for _ in range(SHEETS)]
        refused = await client.post("/guichet/feuille", data=EMPTY)
        search = await client.post("/guichet", data=EMPTY)
        clock.pass_(seconds=61)
        again = await client.post("/guichet/feuille", data=EMPTY)

    assert set(inside) == {200}
    assert refused.status_code == 429
    assert "Cela va un peu vite" in refused.text and 'href="/guichet"' in refused.text
    assert (search.status_code, again.status_code) == (200, 200)


async def test_behind_a_proxy_each_address_has_its_own_pace(real_app):
    """What the proxy adds last tells who asks; what somebody wrote before it does not."""
    async with listening(real_app) as address, httpx.AsyncClient(base_url=address, trust_env=False) as client:
        busy = {"x-forwarded-for": "1.2.3.4, 192.0.2.7"}
        for _ in range(SHEETS):
            await client.post("/guichet/feuille", data=EMPTY, headers=busy)
        disguised = await client.post("/guichet/feuille", data=EMPTY, headers={"x-forwarded-for": "9.9.9.9, 192.0.2.7"})
        other = await client.post("/guichet/feuille", data=EMPTY, headers={"x-forwarded-for": "192.0.2.8"})

    assert (disguised.status_code, other.status_code) == (429, 200)


def test_a_whole_reception_hall_can_type_at_once():
    """Ten people, two answers a second each, behind one address."""
    assert SEARCHES >= 10 * 2 * 60
