"""The voice: asked once and never in the way; words for the team taken once, read again, sent, taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation import Conversation
from bot.feature import Feature
from bot.observatory.visit import Key
from bot.screen import Button, Incoming
from bot.voice.table import MOST_A_DAY
from tests.bot.observatory.test_counting import separation

QUESTION = "Est-ce que cela vous a aidé"
ANSWERS = ("v|oui", "v|peu", "v|non")


def payloads(person):
    """Return what the buttons on the screen mean."""
    return [button.payload for button in person.buttons]


async def comes_back(service):
    """A family that looked at a card and comes back to its results."""
    someone = await separation(service)
    await someone._send(payload="f|asf")
    await someone._send(payload="a|continuer")
    return someone


async def words(service):
    """Return what the team can read."""
    return [each.text for each in await service.voice.box.all(service.now)]


async def writes(service, text="Plus de places le samedi", someone=None):
    """A family that asks to leave words, and writes them."""
    someone = someone or await separation(service)
    await someone._send(payload="v|mot")
    await someone.types(text)
    return someone


# --- did it help ----------------------------------------------------------------------------------------------------


async def test_it_is_asked_at_the_end_in_one_row(service):
    """Not on the first results: after a card, beside everything that was there before."""
    someone = await separation(service)
    first = someone.text
    await someone._send(payload="f|asf")
    card = someone.text
    await someone._send(payload="a|continuer")
    row = next(row for screen in someone.reply.screens for row in screen.rows if row[0].payload == "v|oui")

    assert QUESTION not in first + card
    assert QUESTION in someone.text
    assert [button.payload for button in row] == list(ANSWERS)
    assert {"a|menu", "f|asf"} <= set(payloads(someone))


async def test_it_is_asked_once(service):
    """Whoever does not answer is not asked again in this conversation."""
    someone = await comes_back(service)
    await someone._send(payload="f|asf")
    await someone._send(payload="a|continuer")
    again = someone.text
    await someone.types("merci")

    assert QUESTION not in again + someone.text


async def test_thanks_are_an_end_too(service):
    """« Merci » after results is answered with the question."""
    someone = await separation(service)
    await someone.types("merci")

    assert QUESTION in someone.text


@pytest.mark.parametrize("answer", ["oui", "peu", "non"])
async def test_one_press_is_counted_and_nothing_else(service, answer):
    """The answer is a number among others; a second press changes nothing."""
    someone = await comes_back(service)
    await someone._send(payload=f"v|{answer}")
    await someone._send(payload="v|oui")
    await someone._send(payload="v|non")
    found = {key: count for key, count in (await service.counts())["2026-11"].items() if key.kind == "utile"}

    assert found == {Key("utile", answer, "", ""): 1}


async def test_an_answer_nobody_asked_for_is_not_counted(service):
    """A forged button of someone who was never asked, or one that is no answer."""
    someone = await separation(service)
    for forged in (*ANSWERS, "v|OUI", "v|", "v|oui|oui", "v|peut-etre"):
        await someone._send(payload=forged)
    kinds = {key.kind for key in (await service.counts())["2026-11"]}

    assert "utile" not in kinds


async def test_it_is_not_asked_beside_the_offer_of_reminders(service):
    """One thing at a time: it waits for the next screen."""

    class Offer(Feature):
        async def after(self, turn, effects, reply):
            offer = (Button("M'écrire au bon moment", "r|proposer"),)
            *before, last = reply.screens
            return replace(reply, screens=(*before, replace(last, rows=(*last.rows, offer))))

    plain = service.conversation
    service.conversation = Conversation(plain._library, service.store, service.store.vault, (Offer(), service.voice))
    someone = await comes_back(service)
    beside = someone.text
    someone.conversation = plain
    await someone._send(payload="a|continuer")

    assert QUESTION not in beside
    assert QUESTION in someone.text


async def test_it_is_never_asked_about_violence(service):
    """Neither in the protected subject nor by its buttons."""
    someone = service.family()
    await someone.opens()
    await someone._send(payload="t|violences")
    seen = someone.text
    for _ in range(6):
        await someone._send(payload=someone.buttons[0].payload)
        seen += someone.text
    await someone.types("merci")
    await someone._send(payload="v|mot")

    assert QUESTION not in seen + someone.text
    assert "lus par l'équipe" not in someone.text


# --- words for the team ---------------------------------------------------------------------------------------------


async def test_words_are_announced_read_again_and_sent(service):
    """What becomes of them is said before; nothing is kept before the second press; what was hidden is said."""
    someone = await separation(service)
    await someone._send(payload="v|mot")
    announced = someone.text
    await someone.types("Je m'appelle Awa, il faut plus de places le samedi")
    draft, before = someone.text, await words(service)
    await someone._send(payload="v|envoyer")

    assert "lus par l'équipe" in announced and "180 jours" in announced and "17" in announced
    assert "[nom caché], il faut plus de places" in draft and "J'ai caché" in draft
    assert before == []
    assert await words(service) == ["Je m'appelle [nom caché], il faut plus de places le samedi"]


async def test_the_conversation_goes_on_as_it_was(service):
    """Words for the team are no answer to a question, and leave the session alone."""
    someone = service.family()
    await someone.opens()
    await someone._send(payload="t|separation")
    question = someone.question
    await writes(service, "Je vis dans le 19e avec 2 enfants", someone)
    await someone._send(payload="v|envoyer")
    await someone._send(payload="a|continuer")

    assert question and someone.question == question


async def test_only_the_next_text_is_taken(service):
    """The text after the draft, and any text without the press, belong to the conversation."""
    someone = await writes(service)
    await someone.types("Je cherche une crèche")
    after = someone.text
    await someone._send(payload="v|envoyer")

    assert "Voici ce que l'équipe lira" not in after
    assert await words(service) == []


@pytest.mark.parametrize("elsewhere", ["a|menu", "v|rien", "t|separation"])
async def test_going_elsewhere_ends_the_waiting(service, elsewhere):
    """Another button, and the next text is for the conversation."""
    someone = await separation(service)
    await someone._send(payload="v|mot")
    await someone._send(payload=elsewhere)
    await someone.types("Plus de places le samedi")

    assert "Voici ce que l'équipe lira" not in someone.text


async def test_waiting_ends_after_ten_minutes(service):
    """A text of the evening is not for the team because a button was pressed in the morning; nor is an old draft."""
    someone = await separation(service)
    await someone._send(payload="v|mot")
    someone.now += timedelta(minutes=10)
    await someone.types("Plus de places le samedi")
    late = someone.text
    await writes(service, someone=someone)
    someone.now += timedelta(minutes=10)
    await someone._send(payload="v|envoyer")

    assert "Voici ce que l'équipe lira" not in late
    assert "Il n'y a plus de mot à envoyer" in someone.text
    assert await words(service) == []


@pytest.mark.parametrize(
    "cry",
    [
        "mon mari me frappe",  # sure
        "je n'en peux plus",  # perhaps: answered with a gentle line and the conversation
        "mon mari crie",  # no danger, but a subject of which nothing is kept
    ],
)
async def test_danger_comes_first_and_is_not_kept(service, cry):
    """A cry instead of a suggestion is heard as a cry; it cannot be sent, nor can what is written just after."""
    someone = await separation(service)
    await someone._send(payload="v|mot")
    await someone.types(cry)
    answered = someone.text
    await someone.types("il est rentré")
    after = someone.text
    await someone._send(payload="v|envoyer")

    assert "Voici ce que l'équipe lira" not in answered + after
    assert await words(service) == []


async def test_words_that_wait_are_not_written_under_a_name(service):
    """A channel that keeps updates until they are answered does not keep this one."""
    someone = await separation(service)
    incoming = Incoming(someone.person, text="Plus de places le samedi")
    before = service.conversation.keeps_nothing(incoming)
    await someone._send(payload="v|mot")

    assert (before, service.conversation.keeps_nothing(incoming)) == (False, True)


async def test_words_can_be_taken_back(service):
    """Right after sending, and the day after no more: nobody knows any longer whose they are."""
    someone = await writes(service)
    await someone._send(payload="v|envoyer")
    await someone._send(payload="v|retirer")
    gone = await words(service)
    await writes(service, someone=someone)
    await someone._send(payload="v|envoyer")
    someone.now += timedelta(hours=24)
    await someone._send(payload="v|retirer")

    assert gone == []
    assert "je ne peux plus le retirer" in someone.text
    assert len(await words(service)) == 1


async def test_somebody_else_takes_back_nothing(service):
    """A forged press of another person finds no words of theirs."""
    someone = await writes(service)
    await someone._send(payload="v|envoyer")
    other = service.family()
    await other._send(payload="v|retirer")

    assert len(await words(service)) == 1


async def test_three_words_a_conversation(service):
    """The fourth waits for another day."""
    someone = await separation(service)
    for number in range(4):
        await writes(service, f"Idée numéro {number}", someone)
        await someone._send(payload="v|envoyer")

    assert len(await words(service)) == 3


async def test_a_full_box_takes_no_more_that_day(service):
    """A program that writes all day fills no disk."""
    for number in range(MOST_A_DAY):
        await service.voice.box.add(f"{number}", "fr", service.now)
    someone = await writes(service)
    await someone._send(payload="v|envoyer")

    assert "La boîte est pleine" in someone.text
    assert len(await words(service)) == MOST_A_DAY


async def test_long_words_are_asked_again(service):
    """A thousand signs are taken; one more asks for fewer, and still waits."""
    someone = await writes(service, "a" * 1001)
    long = someone.text
    await someone.types("é" * 1000)

    assert "1000 signes au plus" in long or "1 000 signes au plus" in long
    assert "Voici ce que l'équipe lira" in someone.text


async def test_erasing_forgets_the_draft(service):
    """« Tout effacer » leaves nothing to send."""
    someone = await writes(service)
    await someone._send(payload="a|effacer")
    await someone._send(payload="v|envoyer")

    assert await words(service) == []


async def test_help_says_where_the_box_is(service):
    """Families find it without being asked."""
    someone = service.family()
    await someone.opens()
    await someone._send(payload="a|aide")

    assert "v|mot" in payloads(someone)


async def test_what_is_kept_says_so(service):
    """« Ce que je garde » speaks of numbers and of words for the team."""
    someone = service.family()
    await someone.opens()
    await someone._send(payload="confidentialite")

    assert "Je compte ce qui est demandé, sans noter par qui" in someone.text
    assert "180 jours" in someone.text


@pytest.mark.parametrize("payload", ["a|effacer", "a|quitter"])
async def test_who_erases_everything_takes_back_the_words_of_the_day(service, payload):
    """Nothing else could delete them later: nobody knows whose they are."""
    someone = await writes(service, "la maman de Awa attend une place")
    await someone._send(payload="v|envoyer")
    other = await separation(service)
    kept = await words(service)
    await someone._send(payload=payload)
    await service.voice.settle()

    assert kept == ["la maman de Awa attend une place"]
    assert await words(service) == []
    assert other.reply
