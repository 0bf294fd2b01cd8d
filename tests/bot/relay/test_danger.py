"""Words of danger inside a relay: the numbers at once, whatever its state; the worker reads them where one may be there."""

import pytest

from tests.bot.telegram.conftest import rows

CRY = "mon mari me frappe"


@pytest.fixture
async def ana(api):
    """A family."""
    return api.person(6001)


@pytest.fixture
async def camille(team):
    """A worker."""
    return await team.worker(7001, "Camille")


async def before(team, ana, camille):
    ana.presses_payload("h|i", None)
    await ana.sees_text("Avant de commencer")


async def waiting(team, ana, camille):
    return await team.asks(ana)


async def talking(team, ana, camille):
    return await team.talks(ana, camille)


async def wished(team, ana, camille):
    return await wishes(team, ana)


async def called(team, ana, camille):
    thread = await wishes(team, ana)
    camille.presses_in(team.group, thread, "Je prends")
    await ana.sees_text("La personne que vous vouliez joindre est là")
    return thread


async def ended(team, ana, camille):
    thread = await team.talks(ana, camille)
    ana.writes("/arreter")
    await ana.sees_text("C'est terminé")
    return thread


async def wishes(team, family):
    """Have a family ask to be called back in the evening; return the number of its topic."""
    known = set(team.group.topics)
    family.presses_payload("h|w", None)
    await family.sees_text("Avant de commencer")
    family.presses_payload("h|v", None)
    asked = await family.sees_text("À quel moment")
    family.presses("Le soir", asked)
    send = "📨 Envoyer ma demande"
    await team.api.until(lambda: any(send in bubble.labels for bubble in family.bubbles))
    family.presses(send)
    await family.sees_text("C'est noté")
    await team.api.until(lambda: len(team.group.topics) > len(known))
    (thread,) = set(team.group.topics) - known
    await team.sees(thread, "demande à être recontactée (le soir)")
    return thread


@pytest.mark.parametrize("state", [before, waiting, talking, wished, called, ended])
async def test_a_cry_is_answered_at_once_in_every_state(team, ana, camille, state):
    """The card comes first. Only where the family writes to the team does the team read the cry."""
    async with team.running():
        thread = await state(team, ana, camille)
        ana.writes(CRY)
        card = await ana.sees_text("3919")
        if state in (waiting, talking):
            await team.sees(thread, CRY)
        ana.writes("/aide")
        await ana.sees_text("tout effacer")

    read = [bubble.text for bubble in team.group.bubbles.values() if CRY in bubble.text]
    assert "17" in card.text
    assert read == ([CRY] if state in (waiting, talking) else [])


async def test_a_cry_is_not_held_back_by_a_group_that_does_not_answer(team, ana, camille):
    """The group refuses everything: the card is there, the cry waits for the group."""
    async with team.running():
        thread = await team.talks(ana, camille)
        team.api.refuse("copyMessage", 500, "Internal Server Error", times=3)
        ana.writes(CRY)
        await ana.sees_text("3919")
        assert CRY not in " ".join(team.group.said_in(thread))
        for tries in (1, 2, 3):
            await team.api.until(lambda tries=tries: len(team.api.of("copyMessage")) >= tries)
            await team.tried()
            await team.later(1)
        await team.sees(thread, CRY)


async def test_nothing_of_a_cry_stays_on_the_disk(team, ana, camille, tmp_path):
    """What passes through the store is a number under seal, like any other message."""
    async with team.running():
        thread = await team.talks(ana, camille)
        ana.writes(CRY)
        await team.sees(thread, CRY)
        await team.tried()
        left = await rows(team.store, "relay_queue"), await rows(team.store, "pending")
    raw = b"".join(path.read_bytes() for path in tmp_path.glob("passerelle.db*"))

    assert left == (0, 0)
    assert b"frappe" not in raw and b"violence" not in raw


async def test_a_gentle_line_goes_with_a_message_that_may_mean_danger(team, ana, camille):
    """« J'ai peur de lui » is brought to the worker, and the family reads whom to call."""
    async with team.running():
        thread = await team.talks(ana, camille)
        ana.writes("j'ai peur de lui")
        await team.sees(thread, "j'ai peur de lui")
        await team.api.until(lambda: len(ana.texts) > 0 and "est là" not in ana.texts[-1], lambda: str(ana.texts))

    assert any(number in ana.texts[-1] for number in ("3919", "17", "119", "112"))


async def test_inside_a_guarded_subject_the_family_says_whom_a_message_is_for(team, ana, camille):
    """A subject that leaves no trace does not reach the team by a text meant for the assistant."""
    async with team.running():
        thread = await team.talks(ana, camille)
        ana.presses_payload("t|violences", None)
        await team.api.until(lambda: len(ana.bubbles[-1].rows) > 1)
        ana.writes("dans le 19e")
        asked = await ana.sees_text("Ce message est-il pour la personne")
        assert "19e" not in " ".join(team.group.said_in(thread))
        ana.presses("📨 Oui, le lui envoyer", asked)
        await team.sees(thread, "dans le 19e")


async def test_what_was_said_in_a_guarded_subject_is_not_offered_to_the_team(team, ana, camille):
    """The list of what may be shown has nothing of it, whatever was answered there."""
    async with team.running():
        ana.writes("/start")
        await ana.sees(1)
        ana.presses_payload("t|violences", None)
        await team.api.until(lambda: len(team.api.of("sendMessage", ana.id)) + len(team.api.of("editMessageText")) >= 2)
        ana.writes("j'habite dans le 19e")
        await team.api.until(lambda: len(team.api.of("sendMessage", ana.id)) + len(team.api.of("editMessageText")) >= 3)
        thread = await team.asks(ana)
        await team.sees(thread, "Elle n'a montré aucune de ses réponses")

    assert not any("Arrondissement" in label for bubble in ana.bubbles for label in bubble.labels)
