"""/lien: a worker gets the code of the subject under way, its square and its address; families are asked who they are."""

import pytest

from bot.conversation import Conversation

OPENED = "https://t.me/passerelle_bot?start="


@pytest.fixture
def conversation(library, store, vault):
    """What families talk to."""
    return Conversation(lambda: library, store, vault)


async def worker(api):
    """Return a worker of the 19th who looks at the separation cards."""
    person = api.person()
    for payload in ("t|professionnel", "c|arrondissement|19", "t|separation"):
        before = len(api.of("sendMessage")) + len(api.of("editMessageText"))
        person.presses_payload(payload, None)
        await api.until(lambda before=before: len(api.of("sendMessage")) + len(api.of("editMessageText")) > before)
    return person


async def test_a_worker_gets_the_code_and_its_square(api, running):
    """The code of the subject and the arrondissement, in groups of four, then the picture under its address."""
    async with running():
        person = await worker(api)
        person.writes("/lien")
        told = await person.sees_text("Il ouvre : Séparation")
        await person.sees_text(OPENED)
    (photo,) = api.of("sendPhoto")

    assert "1DPN DKBS" in told.text
    assert photo["caption"] == OPENED + "1DPNDKBS"
    assert "PNG" in photo["photo"]


async def test_without_picture_the_address_comes_as_words(api, running):
    """Where photos are refused, the address still arrives."""
    api.refuse("sendPhoto", 400, "Bad Request: not enough rights to send photos to the chat")
    async with running():
        person = await worker(api)
        person.writes("/lien")
        await person.sees_text(OPENED + "1DPNDKBS")

    assert api.of("sendMessage")[-1]["text"] == OPENED + "1DPNDKBS"


async def test_a_family_opens_what_the_worker_was_given(api, running):
    """The same code by /start, or typed as it is read: the facts are shown and asked to be confirmed."""
    by_link, typing = api.person(5002), api.person(5003)
    async with running():
        by_link.writes("/start 1DPNDKBS")
        first = await by_link.sees_text("Votre lien contient ces réponses")
        typing.writes("1dpn dkbs")
        second = await typing.sees_text("Votre lien contient ces réponses")

    assert first.text == second.text
    assert "19e" in first.text


async def test_who_is_no_worker_is_asked(api, running):
    """A family that writes /lien gets no code, and the way in for workers."""
    person = api.person()
    async with running():
        person.writes("/lien")
        answer = await person.sees_text("sert aux professionnels")

    assert any("Je suis un pro" in label for label in answer.labels)
    assert api.of("sendPhoto") == []


async def test_a_mistyped_link_is_said_kindly(api, running):
    """/start with a wrong code opens the menu, not another subject."""
    person = api.person()
    async with running():
        person.writes("/start 1DPNDKBT")
        answer = await person.sees_text("Ce lien n'est pas complet ou n'existe plus.")

    assert "19e" not in answer.text
