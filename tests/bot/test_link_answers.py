"""What a link brought is accepted or refused by a press or by a word, once."""

import pytest

from bot.links import Link, encode_link
from bot.store.protocol import Saved
from dialogs.session import load
from tests.bot.talk import Person

CODE = encode_link(Link(district="19"))


async def known(person):
    found = await person.store.load(person.person, person.now)
    return load(found.session).plain if isinstance(found, Saved) else None


@pytest.mark.parametrize(("language", "word"), [("fr", "oui"), ("fr", "Oui merci"), ("en", "yes")])
async def test_a_typed_yes_accepts_what_a_link_brought(library, language, word):
    """Those who type are understood as those who press."""
    person = Person(library, language)
    await person.opens(CODE)
    await person.types(word)

    assert await known(person) == {"arrondissement": "19"}


async def test_a_typed_no_refuses_it_and_answers_no_other_question(library):
    """« non » is about the link on screen, not about the question that waits behind it."""
    person = Person(library)
    await person._send(payload="t|handicap")
    before = await known(person)
    await person.opens(CODE)
    await person.types("non")

    assert await known(person) == before
    assert person.question is not None


async def test_a_link_accepted_twice_brings_its_facts_once(library):
    """A second press on the same « Oui » changes nothing."""
    person = Person(library)
    await person.opens(CODE)
    await person._send(payload="o|1")
    after = await known(person)
    await person._send(payload="o|1")

    assert await known(person) == after
