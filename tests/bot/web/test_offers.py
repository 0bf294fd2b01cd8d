"""What a page offers beside the answer: going on in Telegram, a preview that says nothing of a family."""

import pytest

from bot.web.app import create_app
from tests.bot.web.conftest import listening, reply
from tests.bot.web.person import Person


@pytest.fixture
async def visitor(talk, library, settings, clock):
    """Someone with Telegram, on a service whose bot has a name."""
    app = create_app(talk, lambda: library, settings, clock, bot_name=lambda: "passerelle_bot")
    async with listening(app) as address:
        someone = Person(address)
        yield someone
        await someone.client.aclose()


def in_telegram(person):
    """Return the addresses of Telegram on a page."""
    return [each.attrs["href"] for each in person.page.all("a") if "t.me" in each.attrs.get("href", "")]


async def test_a_link_can_be_opened_in_telegram_instead(visitor):
    """The same code, as Telegram's start; the offer goes with the next answer."""
    await visitor.open("/l/1DPN5V")
    offered = in_telegram(visitor)
    await visitor.press("Oui")

    assert offered == ["https://t.me/passerelle_bot?start=1DPN5V"]
    assert in_telegram(visitor) == []


async def test_what_is_never_written_down_is_not_offered_in_telegram(visitor, talk):
    """A guarded subject leaves no trace of its code on a page."""
    talk.replies = [reply("Vous êtes en sécurité ici", private=True)]
    await visitor.open("/l/1DPN5V")

    assert in_telegram(visitor) == []


@pytest.mark.parametrize("code", ["a.b", "a%26b", "x" * 65])
async def test_what_telegram_does_not_take_is_not_offered(visitor, code):
    """Letters, digits, - and _, at most 64."""
    await visitor.open(f"/l/{code}")

    assert in_telegram(visitor) == []


async def test_without_a_bot_nothing_is_offered(person):
    """No token, no name: the page does not speak of Telegram."""
    await person.open("/l/1DPN5V")

    assert "Telegram" not in person.text


async def test_a_preview_of_any_link_says_the_same_neutral_thing(visitor):
    """What a messenger shows beside a link tells the service, never the subject."""
    await visitor.open("/l/1DPN5V")
    said = {each.attrs.get("property"): each.attrs.get("content") for each in visitor.page.all("meta")}

    assert said["og:title"] == "Passerelle"
    assert said["og:description"].startswith("Les droits et les lieux utiles")


async def test_the_first_page_says_what_it_is_and_shows_every_language(visitor, library):
    """A title, an example of a sentence, the names of the languages; later pages keep them folded."""
    await visitor.open()
    first = visitor.page
    await visitor.press("Oui")

    assert "Des aides pour votre famille, à Paris" in first.all("main")[0].text
    assert "open" in first.all("details")[0].attrs
    named = [each.text for each in first.all("details")[0].all("button")]
    assert named == [each.name for each in library.catalogs.languages]
    assert "open" not in visitor.page.all("details")[0].attrs
    assert "Par exemple" not in visitor.text
