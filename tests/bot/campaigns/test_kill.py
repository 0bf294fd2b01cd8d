"""Killed (kill -9) at any moment of a campaign, the service goes on: nobody is written to twice, all are counted."""

import asyncio
import os
import signal
from collections import Counter
from random import Random

import pytest

from tests.bot.campaigns import service
from tests.bot.campaigns.conftest import opened_tables
from tests.fake_botapi import FakeBotApi

FAMILIES, KILLS = 3_000, 20
BLOCKED = range(1, FAMILIES + 1, 100)
FLYING = 50
"""Messages that one kill may cut at most (bot/campaigns/pace.py)."""


@pytest.mark.timeout(300)
async def test_three_thousand_families_and_twenty_kills(tmp_path):
    """Over HTTP: each family has the message once or was cut; sent, gone and uncertain add up to all of them."""
    tables = await opened_tables(tmp_path)
    await tables.families(range(1, FAMILIES + 1), now=service.START)
    number = await tables.campaign(at=service.START)
    await tables.store.close()
    chance = Random(7)
    async with FakeBotApi() as api:
        for chat in range(1, FAMILIES + 1):
            api.person(chat).chat.blocked = chat in BLOCKED
        api.slow_down("sendMessage", 3, times=2)
        for kill in range(KILLS):
            process = service.start(tmp_path, api)
            wanted = len(api.of("sendMessage")) + chance.randrange(1, 2 * FAMILIES // KILLS - 20)
            if kill % 4 == 3:
                api.cut("sendMessage", "after")
            await api.until(lambda wanted=wanted: len(api.of("sendMessage")) >= wanted)
            os.kill(process.pid, signal.SIGKILL)
            await asyncio.to_thread(process.join)
        process = service.start(tmp_path, api)
        counts = await finished(tmp_path, number)
        os.kill(process.pid, signal.SIGKILL)
        await asyncio.to_thread(process.join)
    got = Counter(
        {chat: len([each for each in found.bubbles.values() if each.mine]) for chat, found in api.chats.items()}
    )

    reached = sum(got.values())
    assert max(got.values()) == 1
    assert counts.total == FAMILIES == counts.sent + counts.gone + counts.uncertain
    assert counts.sent <= reached <= counts.sent + counts.uncertain
    assert counts.gone <= len(BLOCKED) <= counts.gone + counts.uncertain
    assert counts.uncertain <= (KILLS + 1) * FLYING


async def finished(folder, number):
    """Wait for the end of a campaign, read beside the service; return its counts."""
    while True:
        tables = await opened_tables(folder)
        campaign = await tables.campaigns.get(number)
        left = await tables.rows()
        await tables.store.close()
        if campaign.state == "fini":
            assert left == 0
            return campaign.counts
        await asyncio.sleep(0.3)
