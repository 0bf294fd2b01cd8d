"""How a relay ends and what is left of it: nothing, on both sides, also after restarts."""

import pytest

from bot.relay.model import Closed
from tests.bot.relay.test_danger import wishes
from tests.bot.telegram.conftest import rows

HOUR = 60
TABLES = ("relays", "relay_queue", "relay_topics")


@pytest.fixture
async def ana(api):
    """A family."""
    return api.person(6001)


@pytest.fixture
async def camille(team):
    """A worker."""
    return await team.worker(7001, "Camille")


async def kept(team):
    """Return how many rows are kept of relays."""
    return {table: await rows(team.store, table) for table in TABLES}


async def test_a_day_after_the_end_the_topic_and_all_links_are_gone(team, ana, camille):
    """Closing forgets who talked with whom at once; the topic goes 24 hours later, with its messages."""
    async with team.running():
        thread = await team.talks(ana, camille)
        ana.writes("une question")
        await team.sees(thread, "une question")
        camille.writes_in(team.group, thread, "/clore")
        await ana.sees_text("La conversation est terminée")
        await team.sees(thread, "24 heures")
        at_once = await kept(team)
        await team.later(24 * HOUR - 1)
        assert thread in team.group.topics
        await team.later(1)
        await team.api.until(lambda: thread not in team.group.topics)

    assert at_once["relays"] == 0
    assert not [bubble for bubble in team.group.bubbles.values() if bubble.thread == thread]
    assert set((await kept(team)).values()) == {0}


async def test_the_topic_goes_also_after_a_restart(team, ana, camille):
    """A service that was stopped for three days deletes it when it is back."""
    async with team.running():
        thread = await team.talks(ana, camille)
        ana.writes("/arreter")
        await team.sees(thread, "La famille a terminé")
    team.clock.seconds += 3 * 24 * 3600
    team.restart()
    async with team.running():
        await team.api.until(lambda: thread not in team.group.topics)
        await team.later(1)
    await team.store.purge(team.clock.now())  # a word that was on its way when the service stopped is past its time

    assert set((await kept(team)).values()) == {0}


async def test_a_clock_that_was_ahead_keeps_nothing_for_ever(team, ana, api, camille):
    """Talks begun and ended 200 days ahead: once the clock is right, the ended one goes in a day, the open one in nine."""
    bea, ahead = api.person(6002), 200 * 24 * 3600
    team.clock.seconds += ahead
    async with team.running():
        open_one, closed = await team.talks(ana, camille), await team.talks(bea, camille)
        bea.writes("/arreter")
        await team.sees(closed, "La famille a terminé")
        await team.tried()
    team.clock.seconds -= ahead
    team.restart()
    await team.store.purge(team.clock.now())
    async with team.running():
        await team.later(24 * HOUR)
        await api.until(lambda: closed not in team.group.topics)
        await team.later(6 * 24 * HOUR)
        await team.sees(open_one, "attend une réponse")
        await team.later(24 * HOUR)
        await ana.sees_text("La conversation est fermée")
        await team.sees(open_one, "Conversation fermée")
        await team.tried()
        await team.later(24 * HOUR)
        await api.until(lambda: open_one not in team.group.topics)

    assert set((await kept(team)).values()) == {0}


async def test_a_topic_in_use_for_more_than_a_month_stays_known(team, ana, camille):
    """Its row lives on with each word: what is written after 31 days still arrives, and it is deleted at the end."""
    async with team.running():
        thread = await team.talks(ana, camille)
        for day in range(33):
            camille.writes_in(team.group, thread, f"jour {day}")
            await ana.sees_text(f"jour {day}")
            await team.tried()
            await team.later(23 * HOUR)
            await team.store.purge(team.clock.now())
        ana.writes("encore là")
        await team.sees(thread, "encore là")

    assert team.group.said_in(thread)[-1] == "encore là"


async def test_a_relay_goes_on_after_a_restart(team, ana, camille):
    """Both write on as if nothing had happened; what was written while it was down arrives in order."""
    async with team.running():
        thread = await team.talks(ana, camille)
    ana.writes("un")
    ana.writes("deux")
    team.restart()
    async with team.running():
        await team.sees(thread, "deux")
        camille.writes_in(team.group, thread, "trois")
        await ana.sees_text("trois")

    said = team.group.said_in(thread)
    assert said.index("un") < said.index("deux")


@pytest.mark.parametrize("wish", ["effacer", "quitter"])
async def test_erasing_ends_the_relay_at_once(team, ana, camille, wish):
    """The team reads that the family left; an hour later nothing of it is in the group."""
    async with team.running():
        thread = await team.talks(ana, camille)
        ana.writes("mon secret")
        await team.sees(thread, "mon secret")
        camille.writes_in(team.group, thread, "le mot de Camille")
        await ana.sees_text("le mot de Camille")
        ana.presses_payload(f"a|{wish}", None)
        await ana.sees_text("Je ne garde plus rien")
        await team.sees(thread, "La famille a quitté")
        camille.writes_in(team.group, thread, "encore un mot")
        await team.sees(thread, "Cette conversation est terminée")
        await team.later(HOUR)
        await team.api.until(lambda: thread not in team.group.topics)

    assert not [bubble for bubble in ana.chat.bubbles.values() if "secret" in bubble.text or "Camille" in bubble.text]
    assert set((await kept(team)).values()) == {0}


async def test_leaving_while_the_worker_closes_still_gives_the_team_one_hour(team, ana, camille, monkeypatch):
    """The erasure comes between the reading and the writing of the close: the hour holds, not the day."""
    async with team.running():
        thread = await team.talks(ana, camille)
        person = team.store.vault.person("telegram", 6001)
        kept_relay = await team.rows.of(person)
        by_id = team.rows.by_id

        async def erased_once_read(number):
            found = await by_id(number)
            monkeypatch.setattr(team.rows, "by_id", by_id)
            await team.store.erase(person, team.clock.now(), fast=True)
            return found

        monkeypatch.setattr(team.rows, "by_id", erased_once_read)
        await team.desk.happens(kept_relay.id, Closed())
        await team.sees(thread, "La famille a quitté")
        await team.later(HOUR)
        await team.api.until(lambda: thread not in team.group.topics)

    assert thread not in team.group.topics


async def test_what_waits_for_the_family_is_erased_with_the_rest(team, ana, camille):
    """An answer that could not be sent yet does not arrive on a phone that may be in somebody else's hands."""
    async with team.running():
        thread = await team.talks(ana, camille)
        team.api.refuse("copyMessage", 500, "Internal Server Error", times=1)
        camille.writes_in(team.group, thread, "appelez l'avocate demain")
        await team.api.until(lambda: len(team.api.of("copyMessage")) == 1)
        ana.presses_payload("a|quitter", None)
        await ana.sees_text("Je ne garde plus rien")
        await team.later(5)
        await team.sees(thread, "La famille a quitté")

    assert not any("avocate" in text for text in ana.texts)


async def test_somebody_who_blocks_the_bot_leaves_the_relay(team, ana, camille):
    """Blocking erases; the team is told."""
    async with team.running():
        thread = await team.talks(ana, camille)
        ana.blocks()
        await team.sees(thread, "La famille a quitté")

    assert (await kept(team))["relays"] == 0


async def test_waiting_is_told_honestly(team, ana, camille):
    """Ten minutes without anybody: what to do meanwhile; an hour: the relay ends and a wish is offered."""
    async with team.running():
        thread = await team.asks(ana)
        await team.later(10)
        told = await ana.sees_text("Personne n'a encore répondu")
        await team.sees(thread, "attend depuis 10 minutes")
        await team.later(50)
        ended = await ana.sees_text("Personne n'a pu répondre")
        await team.sees(thread, "Personne n'a pris cette famille en une heure")
        ana.writes("ludothèque 12")
        await team.api.until(lambda: "Personne n'a pu" not in ana.texts[-1])

    assert "/urgence" in told.text and told.labels == ["Attendre encore", "Demander à être recontacté", "Terminer"]
    assert ended.labels[0] == "📞 Demander à être recontacté"
    assert not any("ludothèque 12" in text for text in team.group.said_in(thread))


async def test_who_waits_may_ask_to_be_called_back_instead(team, ana, camille):
    """From the notice, one moment of the day; the same topic says so."""
    async with team.running():
        thread = await team.asks(ana)
        await team.later(10)
        told = await ana.sees_text("Personne n'a encore répondu")
        ana.presses("Demander à être recontacté", told)
        asked = await ana.sees_text("À quel moment")
        ana.presses("Le matin", asked)
        noted = await ana.sees_text("C'est noté")
        await team.sees(thread, "demande à être recontactée (le matin)")

    assert "Moment préféré : Le matin" in noted.text


async def test_a_worker_who_falls_silent_is_not_hidden(team, ana, camille):
    """After 15 minutes without a word both sides are told, once for each silence."""
    async with team.running():
        thread = await team.talks(ana, camille)
        camille.writes_in(team.group, thread, "bonjour")
        await ana.sees_text("bonjour")
        ana.writes("vous êtes là ?")
        await team.sees(thread, "vous êtes là ?")
        await team.later(14)
        ana.writes("allô")
        await team.sees(thread, "allô")
        await team.later(1)
        await ana.sees_text("Pas de nouvelle depuis 15 minutes")
        await team.sees(thread, "attend une réponse depuis 15 minutes")
        await team.later(30)
        camille.writes_in(team.group, thread, "pardon, me voici")
        await ana.sees_text("pardon, me voici")

    assert len([text for text in ana.texts if "Pas de nouvelle" in text]) == 1


async def test_an_open_relay_in_which_nobody_writes_ends_after_a_day(team, ana, camille):
    """Nobody is left in a conversation that nobody reads."""
    async with team.running():
        thread = await team.talks(ana, camille)
        camille.writes_in(team.group, thread, "bonjour")
        await ana.sees_text("bonjour")
        await team.later(24 * HOUR)
        await ana.sees_text("plus de message depuis 24 heures")
        await team.sees(thread, "plus de message depuis 24 heures")

    assert (await kept(team))["relays"] == 0


async def test_a_wish_is_called_back_and_nothing_passes_before_the_family_answers(team, ana, camille):
    """The first line that comes is neutral; what the worker writes before the answer is not sent."""
    async with team.running():
        thread = await wishes(team, ana)
        ana.writes("ludothèque 12")
        await team.api.until(lambda: "C'est noté" not in ana.texts[-1])
        camille.presses_in(team.group, thread, "Je prends")
        called = await ana.sees_text("La personne que vous vouliez joindre est là")
        camille.writes_in(team.group, thread, "au sujet de votre séparation")
        await team.sees(thread, "la famille n'a pas encore répondu")
        assert not any("séparation" in text for text in ana.texts)
        ana.presses("Parler maintenant", called)
        await team.sees(thread, "La famille est là")
        camille.writes_in(team.group, thread, "bonjour")
        await ana.sees_text("bonjour")

    assert called.text.startswith("Bonjour. La personne que vous vouliez joindre est là.")
    assert not any("ludothèque" in text for text in team.group.said_in(thread))


async def test_a_wish_can_be_put_off_withdrawn_and_lapses(team, api, camille):
    """« Plus tard » keeps it; « Retirer » ends it; after seven days it is told and gone."""
    ana, bea = api.person(6001), api.person(6002)
    async with team.running():
        one, two = await wishes(team, ana), await wishes(team, bea)
        camille.presses_in(team.group, one, "Je prends")
        called = await ana.sees_text("que vous vouliez joindre")
        ana.presses("Plus tard", called)
        kept_on = await ana.sees_text("Votre demande reste chez l'équipe")
        ana.presses("Retirer ma demande", kept_on)
        await ana.sees_text("Votre demande est retirée")
        await team.sees(one, "a retiré sa demande")
        await team.later(7 * 24 * HOUR)
        await bea.sees_text("Personne n'a pu vous recontacter")
        await team.sees(two, "expirée après 7 jours")

    assert (await kept(team))["relays"] == 0


async def test_outside_hours_a_wish_is_offered_with_the_next_presence(team, ana):
    """Nobody is there on Sunday night: the button is a wish, an old button tells when somebody comes."""
    team.clock.seconds += 27 * 3600  # Sunday 22:00 in Paris
    (team.folder / "equipe.yaml").write_text(
        'personnes:\n  - pseudonyme: Camille\n    horaires: "Mo-Fr 17:00-20:00; PH off"\n', encoding="utf-8"
    )
    async with team.running():
        ana.writes("/start")
        await ana.sees(1)
        ana.presses("🧑‍💼 Quelqu'un")
        await ana.sees(2)
        offered = ana.bubbles[-1].labels[0]
        ana.presses_payload("h|i", None)
        told = await ana.sees_text("Personne n'est disponible")

    assert offered == "📞 Demander à être recontacté"
    assert "Prochaine présence : lundi 17 h." in told.text.replace("\xa0", " ")
