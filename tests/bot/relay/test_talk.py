"""A family and a worker talk: what passes, what does not, and what each is told."""

import pytest

from bot.deposit import leave
from tests.bot.relay.conftest import GROUP
from tests.bot.telegram.conftest import rows

MEDIA = {"file_id": "f", "file_unique_id": "u", "duration": 1, "width": 1, "height": 1}


@pytest.fixture
async def ana(api):
    """A family."""
    return api.person(6001)


@pytest.fixture
async def camille(team):
    """A worker whose name is in the roster."""
    return await team.worker(7001, "Camille")


async def test_a_worker_on_duty_is_offered_where_somebody_to_talk_to_is_asked_for(team, ana):
    """« Parler à quelqu'un » has the button; what a relay is stands before any yes."""
    async with team.running():
        ana.writes("/start")
        await ana.sees(1)
        ana.presses("🧑‍💼 Quelqu'un")
        await ana.sees(2)
        ana.presses("💬 Parler avec un Promeneur du Net maintenant")
        told = await ana.sees_text("Avant de commencer")

    for part in ("Telegram transporte", "Famille Mésange 12", "/arreter", "appelez le 17", "24 heures après la fin"):
        assert part in told.text
    assert told.labels[0] == "✅ Oui, je suis d'accord"
    assert team.group.topics == {}


async def test_nothing_is_shown_to_the_team_but_what_was_ticked(team, ana, camille):
    """No fact is ticked before the family ticks it; the others stay between it and the assistant."""
    async with team.running():
        ana.writes("/start")
        await ana.sees(1)
        ana.writes("j'habite dans le 19e, je suis séparée, enceinte de 5 mois")
        await ana.sees(2)
        ana.presses_payload("h|i", None)
        await ana.sees_text("Avant de commencer")
        ana.presses_payload("h|y", None)
        ticks = await ana.sees_text("Que peut voir l'équipe ?")
        before = list(ticks.labels)
        ana.presses("⬜ Arrondissement : 19e", ticks)
        await team.api.until(lambda: "✅ Arrondissement : 19e" in ticks.labels)
        ana.presses("📨 Demander quelqu'un", ticks)
        await ana.sees_text("J'ai prévenu")
        await team.api.until(lambda: bool(team.group.topics))
        (thread,) = team.group.topics
        await team.sees(thread, "demande à parler")
        said = team.group.said_in(thread)[0]

    facts = [label for label in before if label[0] in "⬜✅"]
    assert len(facts) >= 3 and all(label.startswith("⬜") for label in facts)
    assert "Arrondissement : 19e" in said
    assert all(label[2:] not in said for label in facts if "Arrondissement" not in label)


async def test_texts_pass_both_ways_without_a_name(team, ana, camille):
    """Each reads the other's words; neither reads a name, a number, or who sent them."""
    async with team.running():
        thread = await team.talks(ana, camille)
        ana.writes("Bonjour, une question")
        await team.sees(thread, "une question")
        camille.writes_in(team.group, thread, "Je vous écoute")
        await ana.sees_text("Je vous écoute")

    everything = " ".join(team.group.said_in(thread)) + " ".join(ana.texts)
    assert not any(secret in everything for secret in ("Prénom", "famille6001", "6001", "7001"))
    assert team.group.topics[thread].startswith("Famille ")


@pytest.mark.parametrize("kind", ["photo", "voice", "audio", "video", "video_note", "animation", "sticker", "document"])
async def test_photos_voices_and_documents_pass_both_ways(team, ana, camille, kind):
    """They are copied as they are."""
    content = {
        kind: [MEDIA]
        if kind == "photo"
        else MEDIA | {"length": 1, "type": "regular", "is_animated": False, "is_video": False}
    }
    async with team.running():
        thread = await team.talks(ana, camille)
        ana.sends(content)
        await team.api.until(lambda: any(kind in b.content for b in team.group.bubbles.values()))
        camille.writes_in(team.group, thread, "", content=content)
        await team.api.until(lambda: any(kind in b.content for b in ana.bubbles))

    (copy,) = [b for b in team.group.bubbles.values() if kind in b.content and b.mine]
    assert copy.thread == thread


async def test_an_answer_stays_an_answer(team, ana, camille):
    """A worker answers one message of three; the family sees which, and the other way round."""
    async with team.running():
        thread = await team.talks(ana, camille)
        first = ana.writes("première question")
        ana.writes("deuxième question")
        await team.sees(thread, "deuxième question")
        copied = next(b for b in team.group.bubbles.values() if b.text == "première question")
        camille.writes_in(team.group, thread, "réponse à la première", answers=copied.id)
        answer = await ana.sees_text("réponse à la première")
        ana.sends(
            {
                "text": "merci",
                "reply_to_message": {"message_id": answer.id, "date": 1, "chat": {"id": ana.id, "type": "private"}},
            },
            "merci",
        )
        await team.sees(thread, "merci")

    (thanks,) = [b for b in team.group.bubbles.values() if b.text == "merci" and b.mine]
    (own,) = [b for b in team.group.bubbles.values() if b.text == "réponse à la première"]
    assert answer.answers == first
    assert thanks.answers == own.id


async def test_what_cannot_pass_is_said(team, ana, camille):
    """A position or a contact stays here, on both sides, and both are told."""
    async with team.running():
        thread = await team.talks(ana, camille)
        ana.sends({"location": {"latitude": 48.8, "longitude": 2.3}})
        await ana.sees_text("Je ne transmets pas ce genre")
        camille.writes_in(team.group, thread, "", content={"contact": {"phone_number": "1", "first_name": "B"}})
        await team.sees(thread, "ne se transmettent pas")

    assert not [b for b in ana.bubbles if b.content] and not [
        b for b in team.group.bubbles.values() if b.mine and b.content
    ]


async def test_a_note_of_the_team_stays_in_the_team(team, ana, camille):
    """« // », /note and what colleagues write never reach the family."""
    colleague = await team.worker(7002, "Dominique")
    async with team.running():
        thread = await team.talks(ana, camille)
        camille.writes_in(team.group, thread, "// elle semble inquiète")
        camille.writes_in(team.group, thread, "/note rappeler la PMI")
        camille.writes_in(team.group, thread, "", content={"photo": [MEDIA], "caption": "// sa lettre"})
        colleague.writes_in(team.group, thread, "tu veux que je reprenne ?")
        await team.sees(thread, "Camille suit cette famille, les messages des autres restent ici")
        camille.writes_in(team.group, thread, "voilà")
        await ana.sees_text("voilà")

    heard = " ".join(ana.texts)
    assert not any(part in heard for part in ("inquiète", "PMI", "reprenne"))
    assert not [b for b in ana.bubbles if b.content]


async def test_an_unknown_command_is_never_sent(team, ana, camille):
    """A slip of the finger on a command does not reach the family."""
    async with team.running():
        thread = await team.talks(ana, camille)
        camille.writes_in(team.group, thread, "/cloore")
        await team.sees(thread, "Commande inconnue")

    assert "/cloore" not in " ".join(ana.texts)


async def test_a_template_is_said_in_the_familys_language(team, api, camille, library):
    """The worker names it in French, the family reads it in its own language where it is translated."""
    omar = api.person(6002, "fr")
    async with team.running():
        thread = await team.talks(omar, camille)
        camille.writes_in(team.group, thread, "/modele")
        await team.sees(thread, "pas-de-papiers :")
        camille.writes_in(team.group, thread, "/modele pas-de-papiers")
        await omar.sees_text("Ne m'envoyez pas vos papiers")
        camille.writes_in(team.group, thread, "/modele inconnu")
        await team.sees(thread, "Ce modèle n'existe pas")

    assert len([text for text in omar.texts if "papiers" in text]) == 1


async def test_the_one_who_passes_is_heard_no_more_until_another_takes(team, ana, camille):
    """« /passer » gives the family back to the team; the next worker is announced by their name in the roster only."""
    dominique = await team.worker(7002, "Dominique Durand")
    async with team.running():
        thread = await team.talks(ana, camille)
        camille.writes_in(team.group, thread, "/passer")
        await ana.sees_text("Une autre personne de l'équipe")
        camille.writes_in(team.group, thread, "perdu pour la famille")
        await team.sees(thread, "personne n'a pris cette famille")
        dominique.writes_in(team.group, thread, "/prendre")
        await ana.sees_text("La personne de l'équipe est là")
        dominique.writes_in(team.group, thread, "je reprends")
        await ana.sees_text("je reprends")

    heard = " ".join(ana.texts)
    assert "perdu" not in heard and "Durand" not in heard


async def test_only_one_worker_takes_a_family(team, ana, camille):
    """The second one is told who did."""
    dominique = await team.worker(7002, "Dominique")
    async with team.running():
        thread = await team.talks(ana, camille)
        dominique.presses_in(team.group, thread, "Je prends")
        await team.sees(thread, "Déjà pris par Camille")
        camille.presses_in(team.group, thread, "Je prends")
        dominique.writes_in(team.group, thread, "/clore")
        await team.sees(thread, "Seuls la personne")

    assert len([text for text in ana.texts if "est là" in text]) == 1
    assert await rows(team.store, "relays") == 1


async def test_several_topics_at_once(team, api, camille):
    """One worker, two families: each reads what was written in its own topic."""
    first, second = api.person(6001), api.person(6002)
    async with team.running():
        one, two = await team.talks(first, camille), await team.talks(second, camille)
        camille.writes_in(team.group, one, "pour la première")
        camille.writes_in(team.group, two, "pour la seconde")
        await first.sees_text("pour la première")
        await second.sees_text("pour la seconde")

    assert not any("seconde" in text for text in first.texts)
    assert not any("première" in text for text in second.texts)


async def test_where_there_is_no_group_nothing_is_offered(team, ana):
    """Without PASSERELLE_GROUPE, the screens are what they were; an old button says so."""
    async with team.running(group=None):
        ana.writes("/start")
        await ana.sees(1)
        ana.presses("🧑‍💼 Quelqu'un")
        await ana.sees(2)
        ana.presses_payload("h|i", None)
        await ana.sees_text("Je ne peux pas vous mettre en relation ici")

    assert not any("Promeneur" in label for bubble in ana.bubbles for label in bubble.labels)


async def test_the_group_may_be_given_by_its_name(team, ana, camille):
    """« @relais_paris » is as good as a number."""
    team.group.username = "relais_paris"
    async with team.running(group="@relais_paris"):
        thread = await team.talks(ana, camille)
        camille.writes_in(team.group, thread, "bonjour")
        await ana.sees_text("bonjour")

    assert [call["chat_id"] for call in team.api.of("createForumTopic")] == [GROUP]


async def test_a_button_of_two_days_ago_calls_nobody(team, ana):
    """Found again in the chat and touched, it asks again first, with the button of today; the day before's still works."""
    async with team.running():
        for payload in ("h|i", "h|y"):
            ana.presses_payload(payload, None)
        old = payloads(await ana.sees_text("Vous lui direz"))[0]
        await team.later(2 * 24 * 60)
        ana.presses_payload(old, None)
        await team.api.until(lambda: sum("Vous lui direz" in text for text in ana.texts) == 2)
        fresh, none = payloads(list(ana.chat.bubbles.values())[-1])[0], dict(team.group.topics)
        await team.later(24 * 60)
        ana.presses_payload(fresh, None)
        await ana.sees_text("J'ai prévenu l'équipe")

    assert none == {} and fresh != old


def payloads(bubble):
    """Return what the buttons of a message send."""
    return [payload for row in bubble.rows for _, payload in row]


async def test_a_code_of_a_situation_is_not_for_the_team(team, ana, camille):
    """Typed during a talk, it opens the situation for who typed it; whoever reads the topic cannot open it."""
    async with team.running():
        thread = await team.talks(ana, camille)
        store = team.store
        code = await leave(store, store.vault.person, {"arrondissement": 11}, None, team.clock.now())
        ana.writes(code)
        ana.writes("voilà")
        await team.sees(thread, "voilà")

    assert not any(code in text for text in team.group.said_in(thread))
