"""Commands, and what is no text: each gets a sensible answer."""

import pytest

from bot.conversation import Conversation
from bot.telegram.menu import _COMMANDS, PAYLOADS
from tests.bot.telegram.conftest import rows

PLACE = {"latitude": 48.8867, "longitude": 2.3741}
FILE = {"file_id": "f", "file_unique_id": "u", "duration": 1, "width": 1, "height": 1, "length": 1}
MEDIA = {
    "voice": ({"voice": FILE}, "Je ne peux pas écouter"),
    "audio": ({"audio": FILE}, "Je ne peux pas écouter"),
    "video_note": ({"video_note": FILE}, "Je ne peux pas écouter"),
    "photo": ({"photo": [FILE]}, "N'envoyez pas vos papiers ici"),
    "video": ({"video": FILE}, "Je ne peux pas voir"),
    "document": ({"document": FILE}, "N'envoyez pas vos papiers ici"),
    "sticker": (
        {"sticker": FILE | {"type": "regular", "is_animated": False, "is_video": False}},
        "Je ne comprends que les mots",
    ),
    "animation": ({"animation": FILE, "document": FILE}, "Je ne comprends que les mots"),
    "dice": ({"dice": {"emoji": "🎲", "value": 3}}, "Je ne comprends que les mots"),
    "location": ({"location": PLACE}, "Écrivez plutôt votre arrondissement"),
    "venue": ({"location": PLACE, "venue": {"location": PLACE, "title": "L", "address": "A"}}, "arrondissement"),
    "contact": ({"contact": {"phone_number": "+33612345678", "first_name": "B"}}, "Je ne garde pas ce contact"),
}


@pytest.fixture
def conversation(library, store, vault):
    """What families talk to."""
    return Conversation(lambda: library, store, vault)


@pytest.mark.parametrize("kind", MEDIA)
@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_what_is_no_text_gets_its_own_answer(api, running, kind, webhook):
    """A voice, a photo, a place... is answered with what to do instead, and the question stays."""
    content, expected = MEDIA[kind]
    parent = api.person()
    async with running(webhook=webhook):
        parent.writes("/start")
        await parent.sees(1)
        parent.presses_payload("t|separation", None)
        await parent.sees_text("Où en est la séparation ?")
        parent.sends(content)
        answer = await parent.sees_text(expected)

    assert "Où en est la séparation ?" in answer.text
    assert "Elle est en cours" in " ".join(answer.labels)


async def test_where_a_family_lives_is_never_kept(api, running, store, monkeypatch):
    """Of a position nothing is read: no number of it reaches the store, even sealed."""
    kept = []
    receive = store.receive

    async def watched(update_id, person, body, now):
        kept.append(body.decode())
        return await receive(update_id, person, body, now)

    monkeypatch.setattr(store, "receive", watched)
    parent = api.person()
    async with running():
        parent.sends({"location": PLACE})
        parent.sends({"contact": {"phone_number": "+33612345678", "first_name": "Samira"}})
        await parent.sees(2)

    assert len(kept) == 2
    assert not any(secret in body for body in kept for secret in ("48.8", "2.37", "33612", "Samira"))


async def test_words_under_a_photo_are_read(api, running):
    """A caption counts as words, and the parent is told that the photo does not."""
    parent = api.person()
    async with running():
        parent.sends({"photo": [FILE], "caption": "je suis séparée depuis deux mois"})
        await parent.sees(1)

    assert "N'envoyez pas vos papiers ici" in parent.texts[0]
    assert "Séparation : Depuis moins de 18 mois" in parent.texts[0]


async def test_danger_under_a_photo_is_heard(api, running):
    """A caption that calls for help brings the emergency card."""
    parent = api.person()
    async with running():
        parent.sends({"photo": [FILE], "caption": "mon mari me frappe"})
        card = await parent.sees_text("3919")

    assert card is parent.bubbles[0]


async def test_my_answers_shows_what_is_known_and_changes_it(api, running):
    """/mes_reponses shows everything, each answer with a button to change it."""
    parent = api.person()
    async with running():
        parent.writes("/mes_reponses")
        await parent.sees_text("Je ne connais encore aucune réponse de vous.")
        parent.writes("je suis séparée depuis deux mois dans le 19e")
        await parent.sees(2)
        parent.writes("/mes_reponses")
        shown = (await parent.sees(3), parent.bubbles[2])[1]
        parent.presses("m|arrondissement", shown)
        await parent.sees_text("arrondissement")

    assert "Séparation : Depuis moins de 18 mois" in shown.text
    assert "Arrondissement : 19e" in shown.text
    assert {label for label in shown.labels if label.startswith("✏️")} == {
        "✏️ Séparation : Depuis moins de 18 mois",
        "✏️ Arrondissement : 19e",
    }


async def test_privacy_says_what_telegram_keeps(api, running, store):
    """/confidentialite tells how long, what is never noted, and what only the parent can delete."""
    parent = api.person()
    async with running():
        parent.writes("/confidentialite")
        answer = await parent.sees_text("24 heures de silence")

    assert "Ce que vous dites d'un danger n'est jamais noté." in answer.text
    assert "supprimez vous-même la conversation" in answer.text


async def test_the_language_can_be_changed_at_any_moment(api, running):
    """/langue offers the languages, each in its own words, and what follows is in that language."""
    parent = api.person()
    async with running():
        parent.writes("/langue")
        await parent.sees(1)
        parent.presses("English")
        await parent.sees_text("What would you like to talk about?")

    assert parent.texts[-1].count("talk about") == 1


async def test_leaving_fast_says_what_stays(api, running, store):
    """What can go is gone, without a sound; what a bot cannot delete is said."""
    parent = api.person()
    async with running():
        parent.writes("je suis séparée depuis deux mois")
        await parent.sees(1)
        parent.presses("a|quitter")
        await parent.sees_text("Au revoir.")

    assert "les messages de plus de 48 heures restent" in parent.texts[0]
    assert len(parent.chat.bubbles) == 1
    assert api.of("sendMessage")[-1]["disable_notification"] is True
    assert await rows(store, "sessions") == 0


async def test_every_command_of_each_menu_is_understood(api, running):
    """Whatever the language of the menu, each of its commands does something."""
    parent = api.person()
    async with running():
        for number, command in enumerate([name for names in _COMMANDS.values() for name in names]):
            parent.writes(f"/{command}@passerelle_bot")
            await api.until(lambda number=number: len(api.of("sendMessage")) > number)

    assert not any("pas bien compris" in each["text"] for each in api.of("sendMessage"))
    assert {name for names in _COMMANDS.values() for name in names} <= {*PAYLOADS, "start"}


async def test_a_menu_for_each_language_and_private_chats_only(api, running, library):
    """Commands are described in each language that the product speaks, French for all others; groups have none."""
    async with running():
        await api.until(lambda: ("setMyName", "ar") in api.described)

    scope = "all_private_chats"
    spoken = {language.id.split("@")[0] for language in library.catalogs.languages} - {"fr"}
    assert set(api.commands) == {(scope, code) for code in {"", *spoken}}
    assert {code for _, code in api.described} == {"", *spoken}
    assert list(api.commands[scope, ""]) == [
        "start", "recommencer", "langue", "mes_reponses", "mes_rappels", "mes_nouvelles", "effacer", "urgence", "aide",
        "confidentialite",
    ]  # fmt: skip
    assert api.commands[scope, ""]["urgence"] == "Les numéros d'urgence"
    assert api.commands[scope, "en"]["emergency"] == "Emergency numbers"


async def test_the_bots_face_says_nothing_sensitive(api, running):
    """The name and the descriptions, seen by whoever holds the phone, name no hardship."""
    async with running():
        await api.until(lambda: ("setMyName", "ar") in api.described)

    told = " ".join(api.described.values()).lower()
    assert api.described["setMyName", ""] == "Passerelle"
    assert {method for method, _ in api.described} == {"setMyName", "setMyDescription", "setMyShortDescription"}
    assert [word for word in ("violence", "séparation", "danger", "urgence", "divorce", "caf") if word in told] == []


async def test_a_face_that_is_right_is_left_alone(api, running):
    """Telegram allows few changes of name a day: a second start asks for none."""
    async with running():
        await api.until(lambda: ("setMyName", "ar") in api.described)
    changes = len([call for call in api.calls if call.method.startswith("setMy") and call.method != "setMyCommands"])
    async with running():
        await api.until(lambda: len(api.of("getMyName")) == 6)

    assert changes == 9
    assert len([c for c in api.calls if c.method.startswith("setMy") and c.method != "setMyCommands"]) == changes
