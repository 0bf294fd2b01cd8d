"""The real conversation in a browser: a separation from the first page to the card, violence, erasing."""

import pytest

from bot.errors import StoreUnavailable
from bot.links import Link, encode_link


@pytest.fixture
def app(real_app):
    """The application, led by the real conversation."""
    return real_app


def questions(person):
    """Return the question on the page, if there is one."""
    return [each.text for each in person.page.all("h2", **{"class": "question"})]


async def answer(person):
    """Press « C'est tout » when it is there, else the first answer."""
    group = person.page.all("div", role="group", **{"class": "choix"})[0]
    buttons = group.all("button")
    done = [each for each in buttons if each.text.endswith("C'est tout")]
    heard = "oté" in person.text
    await person.submit(done[0] if done and heard else buttons[0])


async def test_a_separation_from_the_first_page_to_a_card(person, everything, separation):
    """Questions within the promise, then results, then a card with its sources; all by forms."""
    await person.open(separation)
    turns = 0
    while questions(person):
        turns += 1
        assert turns < 15
        await answer(person)
    results = person.page.all("article")
    name = results[0].all("h3")[0].text
    await person.submit(results[0].all("button")[0])

    assert results
    assert person.page.all("h2")[0].text.startswith(name)
    assert "Sources" in [each.text for each in person.page.all("h3")]


async def test_the_way_along_the_questions_is_shown(person, separation):
    """« Question 1, au plus 6 »: the number of the tree's promise."""
    await person.open(separation)

    assert person.page.all("p", **{"class": "progres"})[0].text == "Question 1, au plus 6"


async def test_typed_words_are_understood(person):
    """A sentence leads to the questions of its subject."""
    await person.write("je me sépare de mon mari")

    assert questions(person)


async def test_violence_shows_the_numbers_at_once_and_keeps_nothing(person, store, clock, app):
    """The emergency card, links that dial, and no session in the store."""
    await person.write("mon mari me frappe")
    name = app.state.site.talk.person("web", person.cookie.split(".")[0])
    numbers = {each.attrs["href"] for each in person.page.all("form", **{"class": "ecran urgent"})[0].all("a")}

    assert {"tel:3919", "tel:17"} <= numbers
    assert "frappe" not in person.text
    assert await store.load(name, clock()) is None


async def test_a_card_in_another_language_says_which_so_that_a_voice_can_read_it(person):
    """Its words and the way on are marked Tamil, names of helplines stay in the page's language."""
    await person.write("என் கணவர் என்னை அடிக்கிறார்")
    card = person.page.all("form", **{"class": "ecran urgent"})[0]
    said = [*card.all("h2"), *card.all("div", **{"class": "texte"}), *card.all("div", **{"class": "note"})]

    assert len(said) > 5
    assert {each.attrs.get("lang") for each in (*said, *card.all("button"))} == {"ta"}
    assert {each.attrs.get("lang") for each in card.all("section")} == {None}


async def test_a_card_in_the_language_of_the_page_names_none(person):
    """Nothing is marked where nothing is in another language."""
    await person.write("mon mari me frappe")
    card = person.page.all("form", **{"class": "ecran urgent"})[0]

    assert {each.attrs.get("lang") for name in ("h2", "div", "button") for each in card.all(name)} == {None}


async def test_the_way_out_for_another_language_says_which_it_is(person):
    """« Entiendo una parte del español... » is read aloud in Spanish."""
    await person.write("necesito una guardería para mi hija de dos años")
    offered = [each for each in person.page.all("div", **{"class": "note"}) if "español" in each.text]

    assert [each.attrs.get("lang") for each in offered] == ["es"]
    assert "es" in {each.attrs.get("lang") for each in person.page.all("button")}


async def test_after_danger_the_conversation_goes_on_where_it_was(person, separation):
    """« Continuer » brings the pending question back."""
    await person.open(separation)
    asked = questions(person)
    await person.write("mon mari me frappe")
    await person.press("Continuer")

    assert questions(person) == asked


async def test_the_numbers_of_danger_are_one_press_away(person):
    """« Urgence » is on every page of the chat."""
    await person.press("Urgence")

    assert {each.attrs["href"] for each in person.page.all("main")[0].all("a")} >= {"tel:17", "tel:15"}


async def test_an_old_button_is_recognised(person, separation):
    """A button from a page of before asks the question of now, it does not answer it."""
    await person.open(separation)
    group = person.page.all("div", role="group", **{"class": "choix"})[0]
    old = group.all("button")[0].attrs["value"]
    await answer(person)
    now = questions(person)
    person.page.all("button", **{"class": "choix-un"})[0].attrs["value"] = old
    await person.submit(person.page.all("button", **{"class": "choix-un"})[0])

    assert questions(person) == now


async def test_leaving_and_erasing_leave_nothing_in_the_store(person, store, clock, app, separation):
    """« Tout effacer »: the session is gone, and the next page greets."""
    await person.open(separation)
    name = app.state.site.talk.person("web", person.cookie.split(".")[0])
    before = await store.load(name, clock())
    await person.press("Nouvelle personne")

    assert before is not None
    assert await store.load(name, clock()) is None
    assert "Bonjour" in person.text


async def test_erasing_says_nothing_of_old_messages_on_a_page(person):
    """A page keeps no messages: « les messages de plus de 48 heures restent » is for Telegram."""
    await person.open("/")
    await person.press("Tout effacer")

    assert "C'est effacé." in person.text
    assert "48 heures" not in person.text


async def test_a_link_shows_what_it_says_before_using_it(person, everything):
    """« Votre lien contient ces réponses. Est-ce bien vous ? »"""
    code = encode_link(Link(everything.content.knowledge.codes["separation"], district="19"))
    await person.open(f"/l/{code}")

    assert "Votre lien contient ces réponses. Est-ce bien vous ?" in person.text
    assert "19" in person.text


@pytest.mark.parametrize("code", ["x", "1" * 300, "%00", "..%5c", "<script>"])
async def test_a_link_that_means_nothing_opens_the_chat(person, code):
    """A code copied badly is no dead end."""
    await person.open(f"/l/{code}")

    assert person.response.status_code == 200
    assert "Ce lien n'est pas complet" in person.text


async def test_a_language_is_chosen_on_the_page(person):
    """The page and its notices follow."""
    await person.press("Langue")
    await person.press("English")

    assert person.page.all("html")[0].attrs["lang"] == "en"


async def test_a_store_that_fails_is_said_and_danger_is_still_answered(person, store, separation):
    """A full disk: the person is told; the numbers come all the same."""

    async def fail(*_, **__):
        raise StoreUnavailable("disque plein")

    store.load = store.commit = fail
    await person.open(separation)
    told = person.text
    await person.write("mon mari me frappe")

    assert "Je ne peux pas garder votre réponse en ce moment" in told
    assert "3919" in person.text
