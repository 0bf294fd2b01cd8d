"""Cards shared from inline mode while a worker talks with a family."""

import pytest


@pytest.fixture
async def ana(api):
    """A family."""
    return api.person(6001)


async def test_a_card_shared_in_a_topic_goes_to_its_family(team, api, ana):
    """A worker types the bot's name in the topic and taps a card: the family reads it, like anything the worker says."""
    camille = await team.worker(7001, "Camille")
    async with team.running():
        thread = await team.talks(ana, camille)
        card = {"text": "Demander une place en crèche", "via_bot": api.bot_user}
        camille.writes_in(team.group, thread, card["text"], content=card)
        bubble = await ana.sees_text("Demander une place en crèche")

    assert bubble.mine
