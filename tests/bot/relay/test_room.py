"""Who reaches what: forged and foreign topics, other groups, strangers, workers who are none any more."""

import pytest

from bot.relay.known import sign
from bot.staff.model import Role
from tests.bot.relay.conftest import GROUP
from tests.bot.relay.test_danger import wishes

PICTURE = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]


@pytest.fixture
async def ana(api):
    """A family."""
    return api.person(6001)


@pytest.fixture
async def camille(team):
    """A worker."""
    return await team.worker(7001, "Camille")


async def settled(team, thread):
    """Wait until everything written before is dealt with: a family's message comes last."""
    team.api.person(6009).writes("/start")
    await team.api.person(6009).sees(1)
    await team.tried()


async def test_a_stranger_in_the_group_moves_nothing(team, api, ana, camille):
    """Somebody in the group without a role takes, writes, passes, closes: nothing happens, nothing is said."""
    stranger = api.person(6666)
    async with team.running():
        thread = await team.asks(ana)
        await team.sees(thread, "demande à parler")
        before = team.group.said_in(thread)
        stranger.presses_in(team.group, thread, "Je prends")
        for text in ("/prendre", "/passer", "/clore", "/modele fin", "/aide", "bonjour", "// note"):
            stranger.writes_in(team.group, thread, text)
        await settled(team, thread)

    assert team.group.said_in(thread) == before
    assert not any("est là" in text or "bonjour" in text for text in ana.texts)


async def test_a_role_that_does_not_talk_with_families_moves_nothing(team, ana):
    """An editor has a role, and no part in relays."""
    editor = await team.worker(7003, "Sacha", Role.REDACTEUR)
    async with team.running():
        thread = await team.asks(ana)
        await team.sees(thread, "demande à parler")
        editor.presses_in(team.group, thread, "Je prends")
        await settled(team, thread)

    assert not any("est là" in text for text in ana.texts)


async def test_a_worker_whose_place_was_taken_away_is_heard_no_more(team, ana, camille):
    """The role is asked at each message; a colleague can take the family over at once."""
    dominique = await team.worker(7002, "Dominique")
    async with team.running():
        thread = await team.talks(ana, camille)
        await team.staff.leave(team.store.vault.person("telegram", 7001), team.clock.now())
        camille.writes_in(team.group, thread, "encore moi")
        camille.writes_in(team.group, thread, "/clore")
        await settled(team, thread)
        heard = list(ana.texts)
        dominique.writes_in(team.group, thread, "/prendre")
        await ana.sees_text("La personne de l'équipe est là")
        dominique.writes_in(team.group, thread, "je prends la suite")
        await ana.sees_text("je prends la suite")

    assert not any("encore moi" in text or "terminée" in text for text in heard)


async def test_a_family_whose_worker_is_gone_is_not_left_alone(team, ana, camille):
    """When it waits too long, the relay goes back to the team."""
    async with team.running():
        thread = await team.talks(ana, camille)
        await team.staff.leave(team.store.vault.person("telegram", 7001), team.clock.now())
        ana.writes("vous êtes là ?")
        await team.sees(thread, "vous êtes là ?")
        await team.later(15)
        await ana.sees_text("Une autre personne de l'équipe")
        await team.sees(thread, "La suite est à prendre")

    assert any("La suite est à prendre" in text for text in team.group.said_in(thread))


async def test_a_topic_that_the_team_made_is_not_a_familys(team, ana, camille):
    """What is written there goes nowhere, whatever its number or its name."""
    async with team.running():
        thread = await team.talks(ana, camille)
        own = thread + 900
        team.group.topics[own] = team.group.topics[thread]
        camille.writes_in(team.group, own, "entre nous")
        camille.writes_in(team.group, own, "/clore")
        camille.sends({"text": "dans le sujet général"}, "dans le sujet général", team.group)
        await settled(team, thread)
        ana.writes("toujours là ?")
        await team.sees(thread, "toujours là ?")

    assert not any("entre nous" in text or "général" in text for text in ana.texts)
    assert team.group.said_in(own) == []


async def test_the_same_topic_number_in_another_group_is_nothing(team, api, ana, camille):
    """A worker who writes in another forum, with the same numbers, reaches no family."""
    other = api.forum(-100_999)
    async with team.running():
        thread = await team.talks(ana, camille)
        other.topics[thread] = "Famille"
        camille.writes_in(other, thread, "ailleurs")
        await api.until(lambda: any("privé" in bubble.text for bubble in other.bubbles.values()))
        await settled(team, thread)

    assert not any("ailleurs" in text for text in ana.texts)


async def test_a_press_with_another_familys_number_is_nothing(team, api, ana, camille):
    """Closing button of one relay, pressed as if it stood in another topic, in private, or nowhere."""
    bea = api.person(6002)
    async with team.running():
        one = await team.talks(ana, camille)
        two = await team.talks(bea, camille)
        (close,) = [
            p
            for b in team.group.bubbles.values()
            if b.thread == two
            for row in b.rows
            for label, p in row
            if label == "Clore"
        ]
        wrong = next(b for b in team.group.bubbles.values() if b.thread == one and b.rows)
        camille.presses_payload(close, wrong, team.group)
        camille.presses_payload(close, None)
        ana.presses_payload(close, None)
        for forged in ("h|k|99999", "h|c|0", "h|c|-1", "h|p|1|2", "h|c|", "h|k|1 "):
            camille.presses_payload(forged, wrong, team.group)
        await settled(team, one)
        bea.writes("toujours là ?")
        await team.sees(two, "toujours là ?")
        ana.writes("moi aussi")
        await team.sees(one, "moi aussi")

    assert {one, two} <= set(team.group.topics)


@pytest.mark.parametrize(
    "payload", ["h|o|n|ff|00000000", "h|t|q|0|00000000", "h|m|0", "h|r|z", "h|", "h|x", "h|o|n|0|0000000g", "h|y|1"]
)
async def test_forged_buttons_of_families_open_nothing(team, ana, payload):
    """Ticks of another list, unknown forms: no topic, no error."""
    async with team.running():
        ana.presses_payload(payload, None)
        await ana.sees(1)

    assert team.group.topics == {}


async def test_a_yes_pressed_twice_opens_one_relay(team, ana):
    """The second press finds the conversation that is there."""
    async with team.running():
        await team.asks(ana)
        ana.presses_payload(f"h|o|n|0|{sign((), team.clock.now().date())}", None)
        await ana.sees_text("Vous avez déjà une conversation")

    assert len(team.group.topics) == 1


async def test_who_writes_in_the_groups_name_is_told(team, ana, camille):
    """An anonymous administrator is nobody: nothing is sent, and they read why."""
    async with team.running():
        thread = await team.talks(ana, camille)
        sender = {"text": "bonjour", "sender_chat": {"id": GROUP, "type": "supergroup", "title": "Groupe"}}
        camille.writes_in(team.group, thread, "bonjour", content=sender)
        await team.sees(thread, "vous écrivez au nom du groupe")

    assert not any("bonjour" in text for text in ana.texts)


async def test_coordination_may_pass_on_what_a_worker_left(team, ana, camille):
    """The coordination may pass and close in anybody's place; another worker may not."""
    alex = await team.worker(7004, "Alex", Role.COORDINATION)
    async with team.running():
        thread = await team.talks(ana, camille)
        alex.writes_in(team.group, thread, "/passer")
        await ana.sees_text("Une autre personne de l'équipe")
        alex.writes_in(team.group, thread, "/clore")
        await ana.sees_text("La conversation est terminée")

    assert any("La conversation est terminée" in text for text in ana.texts)


async def test_the_log_names_no_family(team, ana, camille):
    """What workers did is in the log of the team, without a pseudonym or a number of a family."""
    async with team.running():
        thread = await team.talks(ana, camille)
        camille.writes_in(team.group, thread, "/clore")
        await ana.sees_text("terminée")
    lines = [(line.who, line.action, line.detail) for line in await team.staff.journal()]

    assert ("Camille", "relais pris", "") in lines and ("Camille", "relais clos", "") in lines


async def test_a_wish_is_taken_by_one_worker_only(team, ana, camille):
    """Whoever calls back first keeps it until the family answers."""
    dominique = await team.worker(7002, "Dominique")
    async with team.running():
        thread = await wishes(team, ana)
        camille.presses_in(team.group, thread, "Je prends")
        await ana.sees_text("que vous vouliez joindre")
        dominique.writes_in(team.group, thread, "/prendre")
        await team.sees(thread, "Déjà pris par Camille")
        dominique.writes_in(team.group, thread, "bonjour madame")
        await team.sees(thread, "Pas envoyé")

    assert not any("madame" in text for text in ana.texts)


async def test_pictures_sent_together_stay_in_the_team(team, ana, camille):
    """Telegram puts « // » on one picture of an album: none of them reaches the family, and the worker is told once."""
    async with team.running():
        thread = await team.talks(ana, camille)
        for text, caption in (("plan", {}), ("note", {"caption": "// pour nous"}), ("photo", {})):
            picture = {"photo": PICTURE, "media_group_id": "901", **caption}
            camille.writes_in(team.group, thread, text, content=picture)
        await team.sees(thread, "une par une")
        camille.writes_in(team.group, thread, "seule", content={"photo": PICTURE})
        await ana.sees_text("seule")

    assert not any(text in ("plan", "note", "photo") for text in ana.texts)
    assert sum("une par une" in text for text in team.group.said_in(thread)) == 1
