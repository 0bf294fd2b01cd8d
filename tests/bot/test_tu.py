"""A young person who chose « tu » is never told « vous », on any screen they can meet."""

from datetime import date

import pytest

from bot.drawing import draw, vital_numbers
from bot.screens import Screens
from dialogs.describe import ask
from dialogs.effects import Answers, Emergency, Languages, Menu, People, Proposal, Say, ShowCard, Wipe
from dialogs.results import show_card
from dialogs.session import Known, Session
from dialogs.walk import Walk
from dialogs.wording import ALL as DIALOG_WORDING
from i18n.catalog import load_catalog
from i18n.placeholders import placeholders
from i18n.register import says_vous
from knowledge.danger import CASES, Alarm
from tests.bot.talk import Person, plain
from tests.conftest import NOON, ROOT, TODAY

YOUNG = sorted(path.stem for path in (ROOT / "dialogs/arbres").glob("jeune-*.yaml"))


def texts(screens):
    """Return everything written on screens, the labels of buttons included."""
    found = []
    for screen in screens:
        for block in screen.blocks:
            found += [block.title, block.text, *(block.lines if block.title != "Sources" else ())]  # names of pages
        found += [button.text for row in screen.rows for button in row]
    return found


def polite(screens):
    """Return the texts that still say « vous »."""
    return sorted({text for text in texts(screens) if says_vous(text)})


def drawn(library, *effects):
    return draw(library, effects, "fr@tu", NOON, private=False).screens


@pytest.fixture
async def person(library):
    """Someone who pressed « Je suis jeune », then « Tu »."""
    person = Person(library)
    await person.opens()
    await person.presses("Je suis jeune")
    await person.presses("« Tu »")
    return person


@pytest.mark.parametrize("tree", YOUNG)
async def test_no_vous_in_a_conversation(library, person, tree):
    """From the first question to the second page of results, with the ways out of each screen."""
    seen = [*person.reply.screens]
    title = library.content.dialogs.trees[tree].title
    seen += (await person.presses(title)).screens
    while person.question:
        seen += (await person.presses("Pourquoi")).screens
        first = next(button for button in person.buttons if button.choice)
        seen += (await person.presses(plain(first))).screens
        if any("C'est tout" in button.text for button in person.buttons):
            seen += (await person.presses("C'est tout")).screens
    for label in ("Voir plus", "Quelqu'un", "Menu", "Langue"):
        if any(label in button.text for button in person.buttons):
            seen += (await person.presses(label)).screens

    assert not polite(seen)


def test_no_vous_on_any_card_of_the_young(library):
    """Every card that a young person's trees show, in full, with the places near home."""
    dialogs, matcher = library.content.dialogs, library.content.matcher(TODAY)
    entry = next(group for group in dialogs.menu if group.id == "jeune")
    offers = [node.offer for name in entry.trees for node in dialogs.trees[name].nodes if node.offer]
    topics = {topic for offer in offers for topic in offer.topics}
    named = {card for offer in offers for card in (*offer.only, *offer.first)} | set(entry.people)
    named |= {card.id for card in matcher.cards if topics & set(card.topics)}
    facts = {"profil": "jeune", "age_parent": [16, 18], "arrondissement": "19"}
    session = Session("fr@tu", {name: Known(value, "dit", "2026-11-21") for name, value in facts.items()})
    walk = Walk(library.content.planner(TODAY), session)
    cards = [show_card(walk, card) for card in library.content.knowledge.cards if card.id in named]
    cards += [ShowCard(card.id, None, (), None) for card in library.content.knowledge.helplines]

    assert len(cards) > 80
    assert not polite(drawn(library, *cards))


def test_no_vous_in_the_frame(library):
    """What the engine says, questions of young people, menus, the numbers to call, leaving."""
    dialogs = library.content.dialogs
    asked = {name for tree in YOUNG for node in dialogs.trees[tree].nodes for name in [node.ask] if name}
    effects = [Say(label) for label in DIALOG_WORDING if "{" not in label.text]
    effects += [ask(dialogs.questions[name], Session("fr@tu"), 5, TODAY) for name in {*asked, "tu-ou-vous"}]
    effects += [Menu(tuple(YOUNG), entry="jeune"), Languages(), Answers(()), Proposal(()), Wipe(fast=True)]
    effects += [People(("tel-fil-sante-jeunes",)), *vital_numbers(library.content.knowledge)]

    assert not polite(drawn(library, *effects))


@pytest.mark.parametrize("level", ["sur", "possible"])
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("child", [False, True])
def test_no_vous_on_an_emergency_card(library, case, level, child):
    """Whatever the danger, told by a child or by a young adult."""
    screens = drawn(library, Emergency(Alarm(case, level, "fr", (), child)))

    assert not polite(screens)
    assert any("{" not in text and text for text in texts(screens))


async def test_an_emergency_said_at_any_moment_is_answered_in_tu(person):
    """Even though danger is answered before the store is opened."""
    reply = await person.types("je veux mourir")

    assert reply.screens[0].urgent
    assert "Appelle le" in person.text
    assert not polite(reply.screens)


async def test_an_emergency_in_english_is_answered_in_english(person):
    """« Tu » is a way of speaking French, not a language of its own in an emergency."""
    await person.types("i want to kill myself")

    assert "Appelle" not in person.text


async def test_erasing_forgets_tu_too(person):
    """After « Tout effacer » nothing is left in memory of how to speak to the person."""
    await person.presses("Tout effacer")
    await person.types("je veux mourir")

    assert "Appelez le" in person.text


async def test_the_reader_is_told_that_tu_was_written_by_a_machine(library):
    """Once, when « tu » is chosen."""
    person = Person(library)
    await person.opens()
    await person.presses("Je suis jeune")
    await person.presses("« Tu »")

    assert "écrites par une machine" in person.text
    assert "n'est pas encore traduite" not in person.text


def test_the_catalog_of_tu_is_sound():
    """No number to call is lost, and nothing says « vous »; sentences that wait are counted by the check."""
    catalog = load_catalog(ROOT / "i18n", "fr@tu")
    still = [place for place, entry in catalog.entries.items() if any(map(says_vous, entry.strings))]

    numbers_lost = [
        place
        for place, entry in catalog.entries.items()
        if entry.is_translated and placeholders(entry.source.text) != placeholders("".join(entry.strings))
    ]

    assert len(catalog.entries) > 1500
    assert not numbers_lost
    assert not still


def test_a_sentence_that_says_no_vous_is_right_as_it_is(library):
    """« Tu » holds only what changes: the rest is shown in French, without a notice."""
    speaker = library.speaker("fr@tu", date(2026, 11, 21))
    screens = Screens(speaker, library.content.dialogs, library.danger)
    screens.draw([ShowCard("paej", None, (), None)])

    assert speaker.untranslated == 0
