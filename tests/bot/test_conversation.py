"""One turn of any channel: danger first, nothing lost when the store fails, guarded talk never written down."""

import json
from datetime import timedelta

import pytest

from bot.errors import AlreadyProcessed, StoreUnavailable
from bot.screen import Incoming
from bot.store import MemoryStore
from bot.store.protocol import Saved
from tests.bot.talk import NOW, Person


@pytest.fixture
def person(library):
    return Person(library)


class FailingStore(MemoryStore):
    """A store whose disk is full, or whose database is locked, for a while."""

    def __init__(self):
        super().__init__()
        self.fails = False

    async def load(self, person, now):
        if self.fails:
            raise StoreUnavailable("disque plein")
        return await super().load(person, now)

    async def commit(self, *args, **more):
        if self.fails:
            raise StoreUnavailable("disque plein")
        return await super().commit(*args, **more)


async def saved(person):
    found = await person.store.load(person.person, person.now)
    return found.session if isinstance(found, Saved) else None


async def test_danger_words_come_before_everything_in_every_state(person):
    """At the menu, in a question, at the results: the numbers at once, and the session is untouched."""
    await person.opens()
    await person._send(payload="t|separation")
    before = json.dumps(await saved(person))
    reply = await person.types("il me frappe")

    assert reply.private and reply.screens[0].urgent
    assert "tel-violences-femmes" in reply.numbers
    assert json.dumps(await saved(person)) == before
    await person.presses("Continuer")
    assert person.question == "separation"


async def test_danger_is_answered_even_when_nothing_can_be_written(library):
    """A full disk never holds the emergency card back."""
    store = FailingStore()
    person = Person(library, store=store)
    store.fails = True
    reply = await person.types("je veux mourir")

    assert reply.screens[0].urgent
    assert "tel-suicide" in reply.numbers or any("3114" in line for line in person.text.splitlines())


async def test_a_store_that_fails_is_said_kindly_and_loses_nothing(library):
    """The person is told to try again; once the disk has room the conversation is where it was."""
    store = FailingStore()
    person = Person(library, store=store)
    await person.opens()
    await person._send(payload="t|separation")
    store.fails = True
    await person.presses("Elle est en cours")
    said = person.text
    store.fails = False
    await person._send(payload="a|continuer")

    assert "Réessayez" in said
    assert person.question == "separation"


async def test_what_is_said_in_a_guarded_subject_is_never_written_down(person):
    """The saved session stays the one from before; leaving drops what was said inside."""
    await person.opens()
    await person.types("j'habite dans le 18e")
    before = await saved(person)
    await person.presses("Je vis des violences")
    await person._send(payload="c|age-enfants|3-5")

    assert person.reply.private
    assert await saved(person) == before
    await person._send(payload="a|menu")
    after = await saved(person)
    assert "violences" not in json.dumps(after)
    assert "enfants" not in after["facts"]
    assert after["facts"]["arrondissement"][0] == "18"


async def test_a_guarded_conversation_goes_on_and_then_is_forgotten(person):
    """It lives in memory for thirty idle minutes; after that the menu is back."""
    await person.opens()
    await person.presses("Je vis des violences")
    inside = person.question
    await person._send(payload="a|continuer")
    again = person.question
    person.now += timedelta(minutes=31)
    await person._send(payload="a|continuer")

    assert inside and again == inside
    assert person.question is None


async def test_twenty_four_hours_of_silence_forget_a_conversation(person):
    """The next day starts anew."""
    await person.opens()
    await person._send(payload="t|separation")
    person.now = NOW + timedelta(hours=24)
    await person._send(payload="a|continuer")

    assert person.question is None


async def test_erasing_leaves_nothing(person):
    """« Tout effacer » says so, and nothing is left to load."""
    await person.opens()
    await person._send(payload="t|separation")
    await person._send(payload="a|effacer")

    assert person.reply.wiped == "effacer"
    assert await saved(person) is None


async def test_leaving_fast_leaves_nothing(person):
    """« Quitter vite » wipes and shows nothing of what was said."""
    await person.opens()
    await person._send(payload="t|separation")
    await person._send(payload="a|quitter")

    assert person.reply.wiped == "quitter"
    assert await saved(person) is None
    assert "éparation" not in person.text


async def test_the_same_update_is_answered_once(person):
    """A duplicate delivery changes nothing a second time."""
    await person.opens()
    turn = Incoming(person.person, payload="t|separation", update_id=7)
    await person.conversation.handle(turn, person.now)

    with pytest.raises(AlreadyProcessed):
        await person.conversation.handle(turn, person.now)


async def test_a_session_that_cannot_be_read_restarts_politely_in_its_language(library):
    """Damaged data never ends in a traceback."""
    person = Person(library)
    await person.store.commit(person.person, {"version": 99}, now=person.now, language="en")
    await person._send(payload="a|continuer")

    assert person.reply.language == "en"
    assert person.question is None


@pytest.mark.parametrize(
    "text",
    [
        "?",
        "   ",
        "🤷",
        "x" * 100_000,
        "'; DROP TABLE sessions; --",
        "\u202e\x00abc",
        "<b>oui</b>",
        "{n}",
        "%s %d",
    ],
)
async def test_nonsense_gets_a_kind_answer(person, text):
    """Whatever is typed, the conversation stands where it stood and says something."""
    await person.opens()
    await person._send(payload="t|separation")
    await person.types(text)

    assert person.question == "separation"
    assert person.reply.screens[0].blocks


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "c|",
        "c|separation|absent",
        "x|y",
        "f|absente",
        "p|999999",
        "l|xx",
        "a|absente",
        "c|separation|recente|plus",
        "|" * 50,
    ],
)
async def test_a_forged_press_gets_a_kind_answer(person, payload):
    """No press brings a conversation out of its path."""
    await person.opens()
    await person._send(payload="t|separation")
    await person._send(payload=payload)

    assert person.reply.screens
    assert (await saved(person))["stack"] == ["separation"]


async def test_a_mistyped_link_says_so_and_opens_the_menu(person):
    """A code with a typing error never opens another subject."""
    await person.opens("1A1BDKA4BXX")

    assert "lien" in person.text
    assert person.question is None


async def test_the_language_of_the_setting_is_used_and_can_be_changed(library):
    """Telegram's « en-GB » starts in English; French is one press away."""
    person = Person(library, language="en-GB")
    await person.opens()
    first = person.reply.language
    await person._send(payload="l|fr")

    assert first == "en"
    assert person.reply.language == "fr"


async def test_the_emergency_numbers_are_always_within_reach(person):
    """/urgence shows the vital numbers and changes nothing."""
    await person.opens()
    await person._send(payload="t|separation")
    before = await saved(person)
    await person._send(payload="urgence")

    assert {"tel-police", "tel-samu"} <= set(person.reply.cards)
    assert await saved(person) == before


async def test_a_card_is_found_by_other_words_than_its_name(person):
    """At the menu, words that no subject knows are searched for before saying « je n'ai pas compris »."""
    await person.opens()
    await person.types("orthophoniste")

    assert "camsp" in person.reply.cards


async def test_who_chooses_a_language_is_told_how_it_was_translated(person):
    """A translation that nobody has read says so, once, when it is chosen."""
    await person.opens()
    await person._send(payload="l|en")
    told = "machine" in person.text
    await person._send(payload="a|continuer")

    assert told
    assert "machine" not in person.text


async def test_nothing_is_guessed_out_of_words_that_may_mean_danger(library):
    """After the gentle line, no card that the words happen to name; what is clearly said is still read."""
    vague, clear = Person(library), Person(library)
    await vague.types("je regarde les rails et je me dis que tout serait fini")
    await clear.types("jen peu plus 2 cet vie, je cherche une creche 19e pour mon fils de 2 ans")

    assert "3114" in vague.text and not vague.reply.cards
    assert "3114" in clear.text and "J'ai noté" in clear.text
