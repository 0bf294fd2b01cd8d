"""Inline mode over HTTP: what people see in any chat, what the bot keeps of it, what goes wrong around it."""

import asyncio
from contextlib import asynccontextmanager
from copy import copy

import pytest
from structlog.testing import capture_logs

from bot.conversation import Conversation
from bot.settings import Settings
from bot.telegram import inline
from tests.bot.telegram.conftest import rows, serving, webhook_settings
from tests.fake_botapi import TOKEN

RLM, FSI, PDI = "\u200f", "\u2068", "\u2069"


@pytest.fixture
def real(library, store, vault):
    """The real conversation, whose search is built."""
    _ = library.index
    return Conversation(lambda: library, store, vault)


@pytest.fixture
def bot(api, real, clock, library):
    """Runs the whole bot while a block runs."""

    @asynccontextmanager
    async def go(webhook=False, content=None, timing=None):
        settings = webhook_settings(api) if webhook else Settings(telegram_token=TOKEN, telegram_api=api.url)
        shown = content or library
        async with serving(real, settings, api, timing or clock.timing, library=lambda: shown) as task:
            yield task

    return go


async def kept(store):
    """Return how many rows each table of the store has."""
    names = await store.database.read(
        lambda c: [name for (name,) in c.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    )
    return {name: await rows(store, name) for name in names if not name.startswith("sqlite_")}


@pytest.mark.parametrize("webhook", [False, True])
async def test_a_worker_shares_a_card_that_opens_the_assistant(api, bot, webhook):
    """« @bot creche 19 » in a group: a card, and under it one button that opens the bot on that subject in the 19th."""
    worker = api.person()
    async with bot(webhook=webhook):
        found = await worker.is_offered("creche 19")

    assert [each.title for each in found.results[:2]] == [
        "Crèche municipale",
        "Demander une place en crèche municipale",
    ]
    first = found.results[1]
    assert first.description.split("\n")[0].startswith("19e : ")
    assert first.text.startswith("Demander une place en crèche municipale\n\n")
    assert first.button == ("En savoir plus, en privé", "https://t.me/passerelle_bot?start=1FEQDKBD")
    assert not first.preview
    assert found.next_offset == "10"


async def test_the_button_of_a_card_opens_that_card_for_a_family(api, bot):
    """A parent who presses it is shown what the link says, in the language of their own phone."""
    parent = api.person(language="en")
    async with bot():
        found = await api.person(5002).is_offered("creche 19")
        parent.writes(f"/start {found.results[0].button[1].rpartition('=')[2]}")
        bubble = await parent.sees_text("19th")

    assert bubble.text


async def test_what_telegram_may_give_again_is_for_that_person_alone(api, bot):
    """Telegram's key holds no language: an answer given to a French phone must not reach an Arabic one."""
    async with bot():
        french = await api.person(5001, "fr").is_offered("asf")
        arabic = await api.person(5002, "ar").is_offered("asf")

    assert (french.personal, french.seconds) == (arabic.personal, arabic.seconds) == (True, 300)
    assert french.results[0].title != arabic.results[0].title


@pytest.mark.parametrize(
    ("language", "what"),
    [("fr", "Pour qui"), ("en", "Who it is for"), ("ar", "لمن"), ("pt-BR", "Pour qui"), (None, "Pour qui")],
)
async def test_cards_speak_the_language_of_the_phone(api, bot, language, what):
    """French, English, Arabic; any other phone gets French."""
    async with bot():
        found = await api.person(language=language).is_offered("pmi 18")

    assert what in found.results[0].text


async def test_arabic_is_set_from_the_right_on_every_line(api, bot):
    """Lines that hold Latin letters alone are isolated and marked, in the list as in the card."""
    async with bot():
        found = await api.person(language="ar").is_offered("pmi 18")

    place = next(shown for shown in found.results if shown.id == "pmi-18-goutte-d-or")
    assert place.title == f"{RLM}{FSI}PMI Goutte d'Or{PDI}"
    assert place.text.startswith(f"{RLM}{FSI}PMI Goutte d'Or{PDI}")
    assert all(
        text.count(FSI) == text.count(PDI) for shown in found.results for text in (shown.title, shown.description)
    )


async def test_pages_follow_each_other(api, bot):
    """A list that goes on is asked for with the offset that was given; no card comes twice."""
    worker = api.person()
    async with bot():
        first = await worker.is_offered("aide")
        second = await worker.is_offered("aide", first.next_offset)

    assert (len(first.results), first.next_offset) == (10, "10")
    assert second.results
    assert not {shown.id for shown in first.results} & {shown.id for shown in second.results}


async def test_words_of_danger_give_numbers_and_a_way_in_and_leave_nothing(api, bot, store):
    """Somebody typed a cry in a chat: numbers in the list, a button to the private chat; no trace anywhere."""
    mother, before = api.person(), await kept(store)
    with capture_logs() as logs:
        async with bot():
            found = await mother.is_offered("mon mari me frappe", chat_type="private")
            after = await kept(store)

    assert found.results[0].title == "☎️ 3919 · 17 · 114 · 116 006"
    assert "frappe" not in found.results[0].text
    assert found.door == ("Voir les numéros en privé", "urgence")
    assert (found.personal, found.seconds) == (True, 0)
    assert after == before
    assert "frappe" not in str(logs) and "5001" not in str(logs)


async def test_the_way_in_shows_the_numbers_at_once(api, bot, store):
    """The private chat opens on the numbers to call; nothing is written down of why."""
    mother = api.person()
    async with bot():
        mother.writes("/start urgence")
        bubble = await mother.sees_text("17")

    assert "112" in bubble.text
    after = await kept(store)
    assert (after["pending"], after["outbox"], after["sessions"]) == (0, 0, 0)


async def test_queries_read_and_write_no_session(api, bot, store):
    """Ten queries before and after a conversation change nothing of what is kept."""
    parent = api.person()
    async with bot():
        parent.writes("/start")
        await parent.sees(1)
    before = await kept(store)
    async with bot():
        for text in ("creche 19", "asf", "", "je veux mourir", "x" * 256):
            await parent.is_offered(text)

    assert await kept(store) == before


async def test_a_query_waits_behind_nobody(api, running, conversation, library, clock, store):
    """While a turn of the same person is stuck, the cards come all the same."""
    _ = library.index
    parent, gate = api.person(), asyncio.Event()
    conversation.gate = lambda incoming: gate.wait()
    settings = Settings(telegram_token=TOKEN, telegram_api=api.url)
    async with serving(conversation, settings, api, clock.timing, library=lambda: library):
        parent.writes("bonjour")
        found = await parent.is_offered("asf")
        answered = list(parent.texts)
        gate.set()
        await parent.sees(1)

    assert found.results[0].id == "asf"
    assert answered == []


async def test_nobody_waits_for_the_search_to_be_built(api, bot, library):
    """Before it is built, the first subjects; it is built off the loop, and the next query finds cards."""
    worker, young = api.person(), copy(library)
    vars(young).pop("index", None)
    async with bot(content=young):
        first = await worker.is_offered("asf")
        building = [task for task in asyncio.all_tasks() if "_quietly" in repr(task)]
        await asyncio.gather(*building)
        second = await worker.is_offered("asf")

    assert len(first.results) == 8
    assert (first.seconds, second.seconds) == (0, 300)
    assert second.results[0].id == "asf"


async def test_a_card_shared_in_a_group_is_not_answered(api, bot):
    """The bot sees its own card in a group it is in, and says nothing; to words of people it says where it answers."""
    worker, group = api.person(), api.group()
    async with bot():
        found = await worker.is_offered("creche 19")
        worker.shares(found.results[0], group)
        await worker.is_offered("asf")
        silent = [bubble for bubble in group.bubbles.values() if bubble.mine]
        worker.writes("bonjour", group)
        await api.until(lambda: any(bubble.mine for bubble in group.bubbles.values()))

    assert silent == []


async def test_a_card_shared_with_the_bot_itself_is_no_sentence(api, bot, store):
    """In the private chat with the bot, its own card is not read as words of the person; it can be deleted with the rest."""
    parent = api.person()
    async with bot():
        found = await parent.is_offered("violences", chat_type="sender")
        parent.shares(found.results[0])
        parent.writes("/start")
        await parent.sees(1)

    assert len(parent.texts) == 1
    assert (await kept(store))["messages"] == 3


async def test_a_card_of_another_bot_is_answered_like_any_message(api, bot):
    """What somebody sends through another inline bot is theirs."""
    parent = api.person()
    async with bot():
        parent.sends(
            {"text": "separation", "via_bot": {"id": 7, "is_bot": True, "first_name": "x", "username": "x_bot"}}
        )

        assert await parent.sees(1)


@pytest.mark.parametrize("trouble", ["late", "flood", "refused", "cut", "fault"])
async def test_a_query_that_cannot_be_answered_is_harmless(api, bot, trouble):
    """Too late, 429, a refusal, a cut, a fault of the server: one try, one line in the log without a word of it."""
    worker = api.person()
    troubles = {
        "late": lambda: api.late.add("inline-1"),
        "flood": lambda: api.slow_down("answerInlineQuery", 30),
        "refused": lambda: api.refuse("answerInlineQuery", 400, "Bad Request: RESULTS_TOO_MUCH"),
        "cut": lambda: api.cut("answerInlineQuery", "before"),
        "fault": lambda: api.refuse("answerInlineQuery", 502, "Bad Gateway"),
    }
    troubles[trouble]()
    with capture_logs() as logs:
        async with bot():
            worker.types_inline("zanzibar")
            await api.until(lambda: len(api.of("answerInlineQuery")) == 1)
            found = await worker.is_offered("asf")

    lines = [entry for entry in logs if entry["event"] == "telegram.inline_unanswered"]
    assert found.results[0].id == "asf"
    assert len(api.of("answerInlineQuery")) == 2
    assert len(lines) == 1
    assert "zanzibar" not in str(logs)


async def test_a_fault_of_ours_is_logged_without_the_query(api, bot, monkeypatch):
    """An error in the making of an answer ends in the log as its class and place; the bot goes on."""

    def fails(library, query, on):
        raise ValueError(query.text)

    worker, whole = api.person(), inline.answer
    monkeypatch.setattr(inline, "answer", fails)
    with capture_logs() as logs:
        async with bot():
            worker.types_inline("zanzibar")
            await worker.api.until(lambda: api.updates.confirmed > api.updates.made[-1]["update_id"])
            monkeypatch.setattr(inline, "answer", whole)
            await worker.is_offered("asf")

    (line,) = (entry for entry in logs if entry["event"] == "telegram.inline_failed")
    assert line["error"] == "ValueError"
    assert "zanzibar" not in str(logs)


async def test_many_at_a_time_are_left_alone_rather_than_kept_waiting(api, bot, monkeypatch):
    """Beyond a bound, queries are dropped: their writers will type on."""
    monkeypatch.setattr(inline, "UNDER_WAY", 3)
    workers = [api.person(6000 + number) for number in range(8)]
    async with bot():
        api.updates.hold()
        for worker in workers:
            worker.types_inline("asf")
        api.updates.release()
        await api.until(lambda: len(api.of("answerInlineQuery")) >= 3)
        await workers[0].is_offered("pmi")

    assert len(api.of("answerInlineQuery")) == 4


@pytest.mark.parametrize("webhook", [False, True])
async def test_a_query_told_twice_is_harmless(api, bot, webhook):
    """Telegram may repeat an update: it is answered again, and what follows comes in order."""
    parent = api.person()
    async with bot(webhook=webhook):
        await parent.is_offered("asf")
        api.updates.repeat()
        parent.writes("/start")

        assert await parent.sees(1)


@pytest.mark.parametrize(("on", "lines"), [(True, 0), (False, 1)])
async def test_an_operator_learns_that_inline_mode_is_off(api, bot, on, lines):
    """Without /setinline at @BotFather: one clear line at the start, and everything else works."""
    api.inline = on
    parent = api.person()
    with capture_logs() as logs:
        async with bot():
            parent.writes("/start")
            await parent.sees(1)

    said = [entry for entry in logs if entry["event"] == "telegram.inline_off"]
    assert len(said) == lines
    assert all("/setinline" in entry["hint"] for entry in said)


async def test_without_content_nothing_is_offered(api, running):
    """A channel made without content leaves queries alone and answers turns."""
    parent = api.person()
    async with running():
        parent.types_inline("asf")
        parent.writes("bonjour")

        assert await parent.sees(1) == ["écho, bonjour"]
    assert api.of("answerInlineQuery") == []


async def test_stopping_leaves_no_query_behind(api, bot, monkeypatch):
    """A stop while an answer is on its way does not wait for it, and ends cleanly."""
    entered = asyncio.Event()

    async def never(self, query, found):
        entered.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(inline.Inline, "_send", never)
    async with bot():
        api.person().types_inline("asf")
        await entered.wait()

    assert not [task for task in asyncio.all_tasks() if "_quietly" in repr(task)]
