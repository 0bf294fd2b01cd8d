"""Reminders as a parent meets them on a phone: the yes, the message, the end; over HTTP, with a clock that is moved."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from bot.conversation import Conversation
from bot.reminders.feature import Reminders
from bot.reminders.table import Table
from bot.settings import Settings
from bot.telegram import make_channel, run
from bot.telegram.menu import PAYLOADS
from tests.bot.telegram.conftest import rows
from tests.fake_botapi import TOKEN, FakeBotApi, ManualClock

ASK = "Voulez-vous que je vous écrive au bon moment ?"
SCHOOL = "Inscrire l'enfant à l'école maternelle"


@pytest.fixture
async def api():
    async with FakeBotApi() as api:
        yield api


class Service:
    """The bot on a phone's side, and a clock that can be set to any moment."""

    def __init__(self, api, store, library):
        self.api, self.store, self.clock = api, store, ManualClock()
        self.table = Table(store.database, store.vault)
        self.reminders = Reminders(store, lambda: library, self.clock.now, lambda: self.clock.seconds)
        self.conversation = Conversation(lambda: library, store, store.vault, (self.reminders,))

    def at(self, *moment):
        """Let time pass until a moment, in UTC."""
        self.clock.seconds += (datetime(*moment, tzinfo=UTC) - self.clock.now()).total_seconds()

    @asynccontextmanager
    async def running(self):
        settings = Settings(telegram_token=TOKEN, telegram_api=self.api.url)
        self.channel = make_channel(self.conversation, settings, self.clock.timing)
        stop = asyncio.Event()
        task = asyncio.create_task(run(self.channel, settings, stop))
        before = len(self.api.of("getUpdates"))
        await self.api.until(lambda: self.channel.ready and len(self.api.of("getUpdates")) > before)
        try:
            yield self
        finally:
            stop.set()
            await task

    async def round(self):
        await self.reminders.job.round(self.channel.push, asyncio.Event())


@pytest.fixture
def service(api, store, library):
    return Service(api, store, library)


async def presses(api, parent, payload, bubble=None):
    """Press, and wait until it is answered; return the newest message."""
    sent = len(api.of("sendMessage")) + len(api.of("editMessageText"))
    parent.presses_payload(payload, bubble or parent.bubbles[-1])
    await api.until(lambda: len(api.of("sendMessage")) + len(api.of("editMessageText")) > sent)
    return parent.bubbles[-1]


async def says(api, parent, text):
    sent = len(api.of("sendMessage")) + len(api.of("editMessageText"))
    parent.writes(text)
    await api.until(lambda: len(api.of("sendMessage")) + len(api.of("editMessageText")) > sent)
    return parent.bubbles[-1]


async def results(api, parent, sentence):
    """Tell a family in one sentence, then skip every question until the results."""
    shown = await says(api, parent, sentence)
    for _ in range(15):
        skip = [data for row in shown.rows for _, data in row if data.endswith("|ne-sais-pas")]
        if not skip:
            return shown
        shown = await presses(api, parent, skip[0])
    raise AssertionError("no results")


async def agreed(api, parent, sentence="mon fils est né en octobre 2024, quelle école dans le 20e"):
    await results(api, parent, sentence)
    await presses(api, parent, "r|offre")
    return await presses(api, parent, "r|oui")


async def test_from_the_question_to_the_end_in_one_tap(api, service):
    """Asked after the results, told what and how often, a yes, the message in March, its card, and the end."""
    parent = api.person()
    async with service.running():
        shown = await results(api, parent, "mon fils est né en octobre 2024, quelle école dans le 20e")
        assert ASK in shown.text
        consent = await presses(api, parent, "r|offre")
        for part in ("Au plus 2 messages par mois, entre 9 h et 19 h", "les mois de naissance", "Le premier message"):
            assert part in consent.text
        assert await rows(service.store, "reminders") == 0
        mine = await presses(api, parent, "r|oui")
        assert "octobre 2024" in mine.text and "20e" in mine.text and SCHOOL in mine.text
        service.at(2027, 3, 1, 7)
        await service.round()
        quiet = parent.bubbles[-1]
        service.at(2027, 3, 1, 9)
        await service.round()
        told = parent.bubbles[-1]
        assert quiet is mine and told is not mine
        card = await presses(api, parent, next(data for row in told.rows for _, data in row if data.startswith("f|")))
        ended = await presses(api, parent, "r|fin", told)

    assert told.text.splitlines()[0] == "Une inscription à faire"
    assert told.text.splitlines()[2] == "Vous m'avez demandé de vous écrire au bon moment. Un bouton arrête tout."
    assert SCHOOL in told.text
    assert "Inscrire son enfant à l'école" in card.text
    assert "je ne vous écrirai plus" in ended.text
    assert await rows(service.store, "reminders") == 0


async def test_nobody_is_asked_twice_and_a_no_keeps_nothing(api, service):
    """After « Non merci » the next results ask nothing; no row was ever written."""
    parent = api.person()
    async with service.running():
        await results(api, parent, "mon fils est né en octobre 2024, quelle école dans le 20e")
        await presses(api, parent, "r|offre")
        refused = await presses(api, parent, "r|non")
        again = await presses(api, parent, "a|continuer")

    assert "/mes_rappels" in refused.text
    assert ASK not in again.text
    assert await rows(service.store, "reminders") == 0


async def test_an_age_is_not_enough_and_the_months_are_asked(api, service):
    """« 2 ans » says neither the month nor the year: nothing is kept before they are given."""
    parent = api.person()
    async with service.running():
        await results(api, parent, "mon fils a 2 ans, quelle école dans le 20e")
        await presses(api, parent, "r|offre")
        asked = await presses(api, parent, "r|oui")
        before = await rows(service.store, "reminders")
        unclear = await says(api, parent, "il est blond")
        kept = await says(api, parent, "octobre 2024")

    assert "le mois et l'année de naissance" in asked.text
    assert before == 0
    assert "Je n'ai pas compris ces mois." in unclear.text
    assert "octobre 2024" in kept.text and "20e" in kept.text


async def test_my_reminders_shows_and_changes_all(api, service):
    """What is kept, what comes, a pause, other months, the end; in one screen each."""
    parent = api.person()
    async with service.running():
        none = await says(api, parent, "/mes_rappels")
        await agreed(api, parent)
        await presses(api, parent, "r|pause")
        service.at(2027, 3, 1, 9)
        await service.round()
        paused = parent.bubbles[-1]
        resumed = await presses(api, parent, "r|suite")
        await presses(api, parent, "r|mois")
        changed = await says(api, parent, "octobre 2024, mars 2016, 12e")
        kept = (await service.table.get(service.conversation.person("telegram", parent.id))).record

    assert "Vous n'avez pas de rappel." in none.text
    assert "En pause" in paused.text
    assert "Je vous écris quand une date approche." in resumed.text and SCHOOL in resumed.text
    assert "C'est changé." in changed.text and "mars 2016" in changed.text and "12e" in changed.text
    assert [(child.number, child.first) for child in kept.children] == [(1, "2024-10"), (2, "2016-03")]


@pytest.mark.parametrize(
    ("language", "command"), [("en", "/my_reminders"), ("ar", "/mes_rappels"), ("fr", "/mes_rappels")]
)
async def test_the_command_of_each_menu(api, service, language, command):
    """Each menu has its command, and each answers."""
    parent = api.person(language=language)
    async with service.running():
        await api.until(lambda: ("all_private_chats", "ar") in api.commands)
        shown = await says(api, parent, command)

    assert command[1:] in api.commands["all_private_chats", "" if language == "fr" else language]
    assert "r|offre" in [data for row in shown.rows for _, data in row]
    assert PAYLOADS["mes_rappels"] == PAYLOADS["my_reminders"] == "r|voir"


async def test_reminders_speak_the_language_of_who_looks(api, service):
    """Another language is chosen later: « mes rappels » shows it, and the next message speaks it."""
    parent = api.person()
    async with service.running():
        await agreed(api, parent)
        await presses(api, parent, "l|en")
        shown = await says(api, parent, "/my_reminders")
        service.at(2027, 3, 1, 9)
        await service.round()
        kept = await service.table.get(service.conversation.person("telegram", parent.id))

    assert "English" in shown.text
    assert kept.record.language == "en"
    assert "Une inscription à faire" not in parent.bubbles[-1].text


async def test_leaving_fast_pauses_and_only_the_person_resumes(api, service):
    """Nothing comes to a phone that may be in other hands, and the farewell names none of it."""
    parent = api.person()
    async with service.running():
        await agreed(api, parent)
        await presses(api, parent, "a|quitter")
        farewell = await parent.sees_text("Au revoir.")
        service.at(2027, 3, 1, 9)
        await service.round()
        silent = len(parent.bubbles)
        mine = await says(api, parent, "/mes_rappels")
        await presses(api, parent, "r|suite")
        await service.round()
        told = parent.bubbles[-1]

    assert "rappel" not in farewell.text and "/mes" not in farewell.text
    assert silent == 1
    assert "En pause" in mine.text
    assert SCHOOL in told.text


async def test_erasing_all_takes_them_too(api, service):
    """/effacer leaves no row, and nothing comes."""
    parent = api.person()
    async with service.running():
        await agreed(api, parent)
        await says(api, parent, "/effacer")
        service.at(2027, 3, 1, 9)
        await service.round()

    assert await rows(service.store, "reminders") == 0
    assert not any(SCHOOL in text and "Une inscription" in text for text in parent.texts)


async def test_who_blocks_the_bot_is_forgotten(api, service):
    """Told by Telegram at once, or found out when a message leaves."""
    one, other = api.person(5001), api.person(5002)
    async with service.running():
        await agreed(api, one)
        await agreed(api, other)
        one.blocks()
        other.chat.blocked = True
        service.at(2027, 3, 1, 9)
        await service.round()
        left = await rows(service.store, "reminders")

    assert left == 0


async def test_other_children_are_offered_never_taken_silently(api, service):
    """A later conversation about another child shows an offer; only a press changes what is kept."""
    parent = api.person()
    async with service.running():
        await agreed(api, parent)
        service.at(2026, 12, 10, 10)
        shown = await results(api, parent, "ma fille est née en mars 2016, le collège dans le 20e")
        person = service.conversation.person("telegram", parent.id)
        before = (await service.table.get(person)).record
        taken = await presses(api, parent, "r|maj")
        after = (await service.table.get(person)).record

    assert "Vos réponses ne sont plus celles de vos rappels." in shown.text
    assert [child.first for child in before.children] == ["2024-10"]
    assert "2016-03" in [child.first for child in after.children]
    assert "C'est changé." in taken.text


async def test_a_family_that_lost_a_child_is_left_alone(api, service):
    """Nothing is proposed to it; reminders asked for before are paused at once, and it is told."""
    parent, other = api.person(5001), api.person(5002)
    async with service.running():
        await agreed(api, parent)
        await presses(api, parent, "t|deuil")
        shown = await presses(api, parent, "c|deces|enfant")
        told = "\n".join(parent.texts)
        await presses(api, parent, "r|suite")
        await presses(api, parent, "a|continuer")
        resumed = (await service.table.get(service.conversation.person("telegram", parent.id))).state
        await presses(api, parent, "r|pause")
        before = len(parent.bubbles)
        await says(api, other, "mon fils est né en octobre 2024")
        await presses(api, other, "t|deuil")
        await presses(api, other, "c|deces|perinatal")
        forced = await presses(api, other, "r|oui")
        service.at(2027, 3, 1, 9)
        await service.round()

    assert "Vos rappels sont en pause." in told, shown.text
    assert resumed == "actif"
    assert "Je ne propose pas de rappel ici." in forced.text
    assert await rows(service.store, "reminders") == 1
    assert len(parent.bubbles) == before


@pytest.mark.parametrize(
    ("said", "next_said", "number"),
    [
        ("je n'en peux plus, ma fille est née en mai 2024", "mai 2024", "3114"),
        ("mon mari me frappe", "mai 2024", "3919"),
    ],
)
async def test_words_of_danger_end_the_waiting_for_months(api, service, said, next_said, number):
    """Months told with words that may mean danger are not kept, nor those typed after them or after a cry."""
    parent = api.person()
    async with service.running():
        await agreed(api, parent)
        await presses(api, parent, "r|mois")
        parent.writes(said)
        await parent.sees_text(number)
        await asyncio.gather(*service.conversation._telling)
        await says(api, parent, next_said)
        kept = await service.table.get(service.conversation.person("telegram", parent.id))

    assert [child.first for child in kept.record.children] == ["2024-10"] and kept.rev == 1


async def test_in_a_guarded_subject_nothing_is_offered_nor_kept(api, service):
    """A yes pressed there writes nothing; to stop writing works all the same."""
    parent = api.person()
    async with service.running():
        await agreed(api, parent)
        person = service.conversation.person("telegram", parent.id)
        await presses(api, parent, "t|violences")
        for payload in ("r|oui", "r|maj", "r|mois", "r|suite"):
            await presses(api, parent, payload)
        before = (await service.table.get(person)).rev
        await presses(api, parent, "r|fin")

    assert before == 1
    assert await rows(service.store, "reminders") == 0


@pytest.mark.parametrize("payload", ["r|", "r|zzz", "r|fin|5001", "r|oui|", "R|fin", "r|encore", "r|suite", "r|maj"])
async def test_forged_presses_are_harmless(api, service, payload):
    """Exact forms only, and each only about who presses: another family's reminders stay as they are."""
    parent, other = api.person(5001), api.person(5002)
    async with service.running():
        await agreed(api, parent)
        await presses(api, parent, "a|menu")
        await says(api, other, "/start")
        await presses(api, other, payload)
        mine = await service.table.get(service.conversation.person("telegram", parent.id))

    assert mine.rev == 1 and mine.state == "actif"
    assert await rows(service.store, "reminders") == 1


async def test_nothing_is_offered_where_nothing_can_be_written(service):
    """On the web and in the terminal nobody can be written to later: no question there."""
    from bot.screen import Incoming

    person = service.conversation.person("web", "1")

    async def handle(**what):
        return await service.conversation.handle(Incoming(person, language="fr", **what), service.clock.now())

    reply = await handle(text="mon fils est né en octobre 2024, quelle école dans le 20e")
    for _ in range(15):
        question = next((screen.question for screen in reply.screens if screen.question), None)
        if question is None:
            break
        reply = await handle(text="je ne sais pas")
    said = " ".join(block.text for screen in reply.screens for block in screen.blocks)
    forged = await handle(payload="r|oui")

    assert "Ce qui vient ensuite" in said and ASK not in said
    assert forged.screens
    assert await rows(service.store, "reminders") == 0


async def test_after_a_due_date_only_the_family_says_what_came(api, service):
    """One neutral question, no date of a birth; a month typed then adds the child and leaves the others."""
    parent = api.person()
    async with service.running():
        sentence = "je suis enceinte de 5 mois, j'ai une fille née en mars 2016, je cherche une crèche"
        await agreed(api, parent, sentence)
        for month in (12, 13, 14, 15):
            service.at(2026 + month // 13, (month - 1) % 12 + 1, 2, 9)
            await service.round()
        service.at(2027, 4, 1, 9)
        await service.round()
        asked = parent.bubbles[-1]
        service.at(2027, 4, 27, 9)
        await service.round()
        quiet = parent.bubbles[-1]
        await presses(api, parent, "r|mois", asked)
        changed = await says(api, parent, "avril 2027")

    assert asked.text.splitlines()[0] == "Une question sur vos rappels"
    assert not [word for word in ("bébé", "naissance", "né", "grossesse") if word in asked.text.lower().split()]
    assert quiet is asked
    assert "avril 2027" in changed.text and "mars 2016" in changed.text
    assert "naissance prévue" not in changed.text


async def test_after_a_year_one_question_and_the_button_of_an_old_message(api, service):
    """« Oui, continuer » gives one more year; the end works under the oldest message."""
    parent = api.person()
    async with service.running():
        await agreed(api, parent)
        service.at(2027, 3, 1, 9)
        await service.round()
        oldest = parent.bubbles[-1]
        service.at(2027, 3, 25, 9)
        await service.round()
        for month in (5, 7, 9):
            service.at(2027, month, 20, 9)
            await service.round()
        service.at(2027, 11, 23, 9)
        await service.round()
        asked = parent.bubbles[-1]
        again = await presses(api, parent, "r|encore")
        person = service.conversation.person("telegram", parent.id)
        record = (await service.table.get(person)).record
        await presses(api, parent, "r|fin", oldest)

    assert "Cela fait un an." in asked.text
    assert "Je continue, pour un an au plus." in again.text
    assert (record.asked, record.agreed.isoformat()) == (None, "2027-11-23")
    assert await rows(service.store, "reminders") == 0


async def test_what_is_kept_tells_nothing_on_the_disk(api, service, tmp_path):
    """Neither the months, nor the chat, nor the language are in any file in clear."""
    parent = api.person(987_654_321_098)
    async with service.running():
        await agreed(api, parent)
    data = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert [word for word in (b"2024-10", b"987654321098", b"inscription-maternelle") if word in data] == []


async def test_what_i_keep_says_it(api, service):
    """/confidentialite tells of the reminders too."""
    parent = api.person()
    async with service.running():
        shown = await says(api, parent, "/confidentialite")

    assert "Si vous m'avez demandé des rappels" in shown.text
    assert "environ quatorze mois au plus sans nouveau oui" in shown.text  # a year, then two months at most: 425 days
