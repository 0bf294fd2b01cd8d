"""One page, one turn: what a family sees after each press, reload or double tap."""

import asyncio

from bot.screen import Block, Screen
from tests.bot.web.conftest import reply, until
from tests.bot.web.person import Person


async def test_a_first_visit_greets_and_leaves_nothing_in_the_store_under_its_name(person, talk, clock):
    """Opening the page is not yet a conversation: nothing is kept of who only looks."""
    name = talk.person("web", person.cookie.split(".")[0])

    assert "Bonjour" in person.text
    assert await talk.store.load(name, clock()) is None


async def test_pressing_a_button_takes_one_turn(person, talk):
    """What is pressed reaches the conversation once, under the name of this browser only."""
    await person.press("Oui")

    assert [each.payload for each in talk.turns] == ["c|q|oui"]
    assert talk.turns[0].person == talk.person("web", person.cookie.split(".")[0])
    assert "Tour 1" in person.text
    assert "Vous avez choisi : Oui" in person.text


async def test_typed_text_takes_one_turn_and_is_shown_above_the_answer(person, talk):
    """A parent sees what was understood as said."""
    await person.write("  mon fils a 3 ans ")

    assert [each.text for each in talk.turns] == ["mon fils a 3 ans"]
    assert talk.turns[0].payload is None
    assert "Vous avez écrit : mon fils a 3 ans" in person.text


async def test_a_form_is_answered_by_the_way_to_the_page(person):
    """Post, redirect, get: the address stays neutral and leads to the new part."""
    response = await person.post(jeton=person.token, payload="c|q|oui")

    assert response.status_code == 303
    assert response.headers["location"] == "/#suite"


async def test_reloading_repeats_nothing(person, talk):
    """Reload and back show the same answer again."""
    await person.press("Oui")
    await person.open()
    await person.open()

    assert len(talk.turns) == 1
    assert "Tour 1" in person.text


async def test_the_same_page_sent_twice_advances_once(person, talk):
    """A double tap, or a second press while the line is slow, is one turn."""
    fields = {"jeton": person.token, "payload": "c|q|oui"}
    first = await person.post(**fields)
    second = await person.post(**fields)
    await person.open()

    assert (first.status_code, second.status_code) == (303, 303)
    assert len(talk.turns) == 1
    assert "Tour 1" in person.text


async def test_a_double_tap_under_way_waits_for_the_answer(person, talk):
    """The second of two taps shows the answer of the first, not the old page."""
    talk.wait = asyncio.Event()
    fields = {"jeton": person.token, "payload": "c|q|oui"}
    first = asyncio.create_task(person.client.post("/", data=fields))
    await until(lambda: talk.turns)
    second = asyncio.create_task(person.client.post("/", data=fields))
    done, _ = await asyncio.wait({second}, timeout=0.2)
    talk.wait.set()
    await asyncio.gather(first, second)

    assert not done
    assert len(talk.turns) == 1


async def test_words_typed_on_a_page_used_before_are_not_lost(person, talk):
    """They wait in the text field of the page that is shown instead."""
    old = person.token
    await person.press("Oui")
    await person.post(jeton=old, texte="j'ai deux enfants")
    await person.open()

    assert len(talk.turns) == 1
    assert person.page.all("input", name="texte")[0].attrs["value"] == "j'ai deux enfants"


async def test_words_sent_twice_do_not_come_back(person, talk):
    """A double tap on « Envoyer » leaves the text field empty."""
    fields = {"jeton": person.token, "texte": "j'ai deux enfants"}
    await person.post(**fields)
    await person.post(**fields)
    await person.open()

    assert len(talk.turns) == 1
    assert person.page.all("input", name="texte")[0].attrs["value"] == ""


async def test_danger_is_answered_even_on_a_page_used_before(person, talk):
    """No token stands between a cry and its answer."""
    old = person.token
    await person.press("Oui")
    await person.post(jeton=old, texte="mon mari me frappe")

    assert talk.turns[-1].text == "mon mari me frappe"


async def test_danger_does_not_wait_for_a_turn_under_way(person, talk):
    """A slow turn holds nothing urgent back."""
    talk.wait = asyncio.Event()
    slow = asyncio.create_task(person.client.post("/", data={"jeton": person.token, "payload": "c|q|oui"}))
    await until(lambda: talk.turns)
    cry = {"jeton": person.token, "texte": "mon mari me frappe"}
    urgent = asyncio.create_task(person.client.post("/", data=cry))
    await until(lambda: len(talk.turns) == 2)
    talk.wait.set()
    await asyncio.gather(slow, urgent)

    assert talk.turns[1].text == "mon mari me frappe"


async def test_nothing_sent_is_no_turn(person, talk):
    """An empty text field brings the page back."""
    await person.write("   ")

    assert talk.turns == []
    assert "Bonjour" in person.text


async def test_a_private_answer_is_shown_without_the_words_that_led_to_it(person, talk):
    """What was typed about danger is not put on the screen again."""
    talk.replies = [reply("Appelez le 17", private=True)]
    await person.write("il me frappe")

    assert "Appelez le 17" in person.text
    assert "il me frappe" not in person.text


async def test_after_a_restart_the_page_says_where_the_person_stands(person, talk, app):
    """The reply is gone with the memory, the conversation is not."""
    await person.press("Oui")
    app.state.site.browsers._alive.clear()
    await person.open()

    assert talk.heard[-1].payload == "a|continuer"
    assert talk.heard[-1].person == talk.heard[-2].person


async def test_after_a_restart_the_page_on_screen_still_works(person, talk, app):
    """A parent in the middle of a question does not notice the restart."""
    await person.press("Oui")
    app.state.site.browsers._alive.clear()
    await person.press("Non")

    assert [each.payload for each in talk.turns] == ["c|q|oui", "c|q|non"]


async def test_what_is_typed_is_never_html(person):
    """Typed text is text, in the page and in the field."""
    await person.write('<script>alert("x")</script><b>&amp;')

    assert "<script>" not in person.response.text
    assert '<script>alert("x")</script><b>&amp;' in person.text


async def test_answers_are_never_html(person, talk):
    """Texts of cards and answers are text too."""
    talk.replies = [reply("<img src=x onerror=alert(1)>")]
    await person.press("Oui")

    assert person.page.all("img") == []
    assert "<img src=x onerror=alert(1)>" in person.text


async def test_two_people_never_see_each_other(person, someone_else, talk):
    """Each browser has its own conversation."""
    await person.write("je suis enceinte")
    await someone_else.open()

    assert "enceinte" not in someone_else.text
    assert "Bonjour" in someone_else.text
    assert len({each.person for each in talk.turns}) == 1


async def test_a_new_person_starts_from_nothing(person, talk, clock):
    """« Nouvelle personne » erases the session and gives another cookie."""
    await person.write("je suis enceinte")
    before = person.cookie.split(".")[0]
    await person.press("Nouvelle personne")

    assert talk.heard[-2].payload == "a|effacer"
    assert await talk.store.load(talk.person("web", before), clock()) is None
    assert person.cookie.split(".")[0] != before
    assert "enceinte" not in person.text
    assert "Bonjour" in person.text


async def test_after_erasing_nothing_ties_to_the_session_before(person, talk):
    """« Tout effacer » shows its answer under another cookie."""
    await person.press("Oui")
    before = person.cookie.split(".")[0]
    await person.client.post("/", data={"jeton": person.token, "payload": "a|effacer"})
    await person.open()

    assert "Effacé" in person.text
    assert person.cookie.split(".")[0] != before


async def test_a_link_opens_its_conversation(address, talk):
    """/l/CODE opens the chat and leaves a neutral address."""
    person = Person(address)
    response = await person.client.get("/l/1AB2-CD")
    await person.open()

    assert response.headers["location"] == "/#suite"
    assert [each.start for each in talk.heard] == ["1AB2-CD"]
    assert talk.heard[0].person == talk.person("web", person.cookie.split(".")[0])
    await person.client.aclose()


async def test_a_link_does_not_take_a_running_conversation_away(person, talk):
    """Someone in the middle of a conversation keeps it when she opens a link."""
    await person.press("Oui")
    await person.open("/l/1AB2CD")

    assert talk.heard[-1].start == "1AB2CD"
    assert talk.heard[-1].person == talk.turns[0].person


async def test_asking_about_a_link_without_opening_it_takes_no_turn(address, talk):
    """A preview that only asks for the headers opens nothing."""
    person = Person(address)
    await person.client.head("/l/1AB2CD")

    assert talk.heard == []
    await person.client.aclose()


async def test_the_button_to_leave_is_on_the_page_once(person, talk):
    """« Quitter vite » has one place, on every page."""
    talk.replies = [reply("Un"), reply("Deux")]
    await person.press("Oui")

    assert len(person.page.all("button", value="a|quitter")) == 1


async def test_every_screen_of_a_reply_is_shown_in_order(person, talk):
    """An emergency comes first, then the rest."""
    screens = (Screen((Block("alerte", "Danger"),), urgent=True), Screen((Block("titre", "La suite"),)))
    found = reply("x")
    talk.replies = [type(found)(screens, "fr", private=True)]
    await person.press("Oui")

    assert [each.text for each in person.page.all("h2")] == ["Danger", "La suite"]
