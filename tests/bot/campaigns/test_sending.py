"""Each family is sent a campaign once or not at all, steadily and by day; what became of it is counted exactly."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.campaigns import words
from bot.campaigns.audience import Audience
from bot.campaigns.campaign import Body, Counts, State, paused, resumed, stopped
from bot.campaigns.consent import Consent
from bot.campaigns.pace import Rhythm
from bot.campaigns.sender import Sender
from bot.errors import StoreUnavailable
from bot.feature import Outcome
from bot.screen import Reply
from tests.bot.campaigns.conftest import TUESDAY, Phones, VirtualClock, sent_all
from tests.bot.talk import as_text

PARIS = ZoneInfo("Europe/Paris")
MANY = 10_000


async def test_the_pace_is_steady_and_the_set_one(tables, sender, phones, clock):
    """Ten thousand families at 25 a second take 400 seconds, within 2 %, and no second has more than 25."""
    await tables.families(range(1, MANY + 1))
    number = await tables.campaign()
    await sent_all(sender, phones, tables, number)

    lasted = (phones.times[-1] - phones.times[0]).total_seconds()
    assert sorted(phones.chats) == list(range(1, MANY + 1))
    assert await tables.counts(number) == Counts(MANY, MANY, 0, 0)
    assert MANY / 25 * 0.98 <= lasted <= MANY / 25 * 1.02
    assert max(sum(1 for each in phones.times[at : at + 60] if each - start < timedelta(seconds=1))
               for at, start in enumerate(phones.times)) <= 26  # fmt: skip
    assert await tables.rows() == 0


def test_a_campaign_begins_at_its_pace_whatever_the_clock():
    """Five at 25 a second are followed by a fifth of a second, also the first ones of a service that has run for days."""
    waits = []
    for start in (0.0, 1_000_000.0):
        rhythm = Rhythm(25.0)
        waits += [rhythm.wait(5, start), rhythm.wait(5, start + 0.2)]

    assert waits == pytest.approx([0.2] * 4, abs=1e-6)


async def test_each_outcome_is_counted_and_who_left_is_forgotten(tables, sender, phones):
    """Sent, gone, uncertain; who blocked the bot is deleted, what is uncertain is never sent again."""
    await tables.families(range(1, 21))
    phones.outcomes = {3: Outcome.GONE, 4: Outcome.UNCERTAIN, 5: Outcome.UNCERTAIN}
    number = await tables.campaign()
    await sent_all(sender, phones, tables, number)
    kept = await tables.news.get(tables.store.vault.person("telegram", 3), TUESDAY)

    assert await tables.counts(number) == Counts(20, 17, 1, 2)
    assert sorted(phones.chats) == list(range(1, 21))
    assert kept is None


async def test_what_is_refused_is_tried_three_times_then_left_out(tables, sender, phones):
    """A message that Telegram refuses once goes; one it always refuses is left out, and not called sent."""
    await tables.families(range(1, 6))
    phones.outcomes = {2: [Outcome.REFUSED, Outcome.SENT], 3: Outcome.REFUSED}
    number = await tables.campaign()
    await sent_all(sender, phones, tables, number)
    counts = await tables.counts(number)

    assert sorted(phones.chats) == [1, 2, 4, 5]
    assert (counts.sent, counts.skipped()) == (4, 1)


async def test_before_the_channel_is_ready_nobody_is_left_out(tables, sender, phones):
    """While all is refused since nothing can leave yet, no try is counted."""
    await tables.families([1])
    phones.outcomes = {1: [Outcome.REFUSED] * 10 + [Outcome.SENT]}
    number = await tables.campaign()
    await sent_all(sender, phones, tables, number)

    assert await tables.counts(number) == Counts(1, 1, 0, 0)


async def test_what_a_crash_cut_is_uncertain(tables, sender, phones):
    """Those marked when the service died are counted, not written to; the others get their message."""
    await tables.families(range(1, 31))
    number = await tables.campaign()
    month = 2026 * 12 + 10
    people = [person async for page in tables.news.pages(TUESDAY) for person, _ in page]
    await tables.sending.add(number, people, TUESDAY)
    await tables.sending.begin(number, 30, TUESDAY)
    cut = await tables.sending.step(number, (), 5, month)
    await sent_all(sender, phones, tables, number)

    assert await tables.counts(number) == Counts(30, 25, 0, 5)
    assert not {int(each.consent.address) for each in cut.recipients} & set(phones.chats)


async def test_a_list_cut_while_it_was_made_is_made_again(tables, sender, phones):
    """Half a list from before a crash is forgotten: each family of the whole list gets the message once."""
    await tables.families(range(1, 11))
    number = await tables.campaign()
    await tables.sending.add(number, ["nobody-of-today"], TUESDAY)
    await sent_all(sender, phones, tables, number)

    assert (sorted(phones.chats), await tables.counts(number)) == (list(range(1, 11)), Counts(10, 10, 0, 0))


async def test_who_erases_or_ends_or_pauses_meanwhile_is_skipped_at_once(tables, sender, phones, store):
    """Once a family said stop, nothing more reaches it, though it was on the list."""
    await tables.families(range(1, 201))
    names = {chat: store.vault.person("telegram", chat) for chat in range(1, 201)}
    number = await tables.campaign()
    leavers = sorted(names, key=names.__getitem__)[-4:]  # the last of the list, which is in the order of names

    def leave(_):
        if len(phones.got) >= 20 and not leaving:  # several are on their way at once: 20 may never be met exactly
            first, second, third, fourth = leavers
            ways = (
                store.erase(names[first], TUESDAY),
                tables.news.end(names[second], TUESDAY),
                store.erase(names[third], TUESDAY, fast=True),
                tables.news.agree(names[fourth], Consent(b"1", "fr"), TUESDAY, "pause"),
            )
            leaving.extend(map(asyncio.ensure_future, ways))

    leaving = []
    phones.before = leave
    await sent_all(sender, phones, tables, number)
    await asyncio.gather(*leaving)
    counts = await tables.counts(number)

    assert not set(leavers) & set(phones.chats)
    assert (counts.sent, counts.skipped()) == (196, 4)


async def test_what_was_ended_while_it_waited_its_turn_is_not_sent(tables, sender, phones, store):
    """Marked, behind the family's own press: after that press nothing leaves, nor later, and the month is not used."""
    await tables.families(range(1, 6))
    names = {chat: store.vault.person("telegram", chat) for chat in range(1, 6)}
    number = await tables.campaign()
    ways = {
        1: lambda: store.erase(names[1], TUESDAY, fast=True),
        2: lambda: tables.news.end(names[2], TUESDAY),
        3: lambda: store.erase(names[3], TUESDAY),
        4: lambda: tables.news.agree(names[4], Consent(b"4", "fr"), TUESDAY, "pause"),
    }
    phones.before = lambda chat: ways[chat]() if chat in ways else None
    await sent_all(sender, phones, tables, number)
    counts = await tables.counts(number)
    left = await tables.news.get(names[1], TUESDAY)

    assert phones.chats == [5]
    assert (counts.sent, counts.uncertain, counts.skipped()) == (1, 0, 4)
    assert (left.state, left.consent.count) == ("pause", 0)


async def test_a_stop_holds_back_what_waits_its_turn(tables, sender, phones):
    """Once the team stops a campaign, a message that is marked and has not left stays."""
    await tables.families([1])
    number = await tables.campaign()
    phones.before = lambda chat: tables.campaigns.take(number, stopped, TUESDAY)
    await sent_all(sender, phones, tables, number, (State.STOPPED,))

    assert phones.chats == []
    assert await tables.rows() == 0


async def test_no_family_gets_more_than_two_a_month(tables, sender, phones, clock):
    """The third campaign of November is for nobody; in December they come again."""
    await tables.families(range(1, 6))
    for _ in range(3):
        number = await tables.campaign()
        await sent_all(sender, phones, tables, number)
    third = await tables.counts(number)
    clock.start += timedelta(days=14)
    later = await tables.campaign()
    await sent_all(sender, phones, tables, later)

    assert (third.sent, third.skipped()) == (0, 5)
    assert (await tables.counts(later)).sent == 5


async def test_each_family_reads_its_language_and_french_where_there_is_none(tables, sender, phones, library):
    """English for who reads English; no Arabic was written: French words, but why and how to stop in Arabic."""
    await tables.families([1])
    await tables.families([2], language="en")
    await tables.families([3], language="ar")
    number = await tables.campaign(texts={"fr": "Un atelier samedi", "en": "A workshop on Saturday"})
    await sent_all(sender, phones, tables, number)
    first = {chat: screen.blocks[0].text for chat, screen in phones.got}
    why = {chat: screen.blocks[-1].text for chat, screen in phones.got}

    assert first == {1: "Un atelier samedi", 2: "A workshop on Saturday", 3: "Un atelier samedi"}
    assert why[3] == library.speaker("ar", TUESDAY.date()).say(words.WHY) != why[1]


async def test_only_the_families_meant_are_written_to(tables, sender, phones):
    """Arrondissement, age and theme choose; who did not tick a theme is not written to about it."""
    birth = (2025 * 12 + 0, 2025 * 12 + 2)
    await tables.families([1], births=(birth,), themes=("ecrans",))
    await tables.families([2], births=(birth,), themes=())
    await tables.families([3], births=((2015 * 12, 2015 * 12 + 2),), themes=("ecrans",))
    await tables.families([4], births=(birth,), themes=("ecrans",), district="20")
    await tables.families([5], themes=("ecrans",))
    number = await tables.campaign(audience=Audience(("18", "19"), "0-2", "ecrans"))
    await sent_all(sender, phones, tables, number)

    assert phones.chats == [1]


async def test_at_night_it_waits_for_the_morning(tables, sender, phones, clock):
    """What is not sent by 19:00 in Paris goes on at 9:00 the next working day."""
    clock.start = datetime(2026, 11, 28, 17, 59, 50, tzinfo=UTC)  # a Saturday, ten seconds before 19:00
    await tables.families(range(1, 501))
    number = await tables.campaign(at=clock.start)
    await sent_all(sender, phones, tables, number)
    evening = [at for at in phones.times if at.astimezone(PARIS).date().day == 28]
    rest = [at.astimezone(PARIS) for at in phones.times if at.astimezone(PARIS).date().day != 28]

    assert 245 <= len(evening) <= 260
    assert all(at.astimezone(PARIS).hour < 19 for at in evening)
    assert (rest[0].day, rest[0].hour, rest[0].minute) == (30, 9, 0)
    assert await tables.counts(number) == Counts(500, 500, 0, 0)


@pytest.mark.parametrize(
    ("begins", "opens"),
    [
        (datetime(2026, 10, 24, 18, tzinfo=UTC), datetime(2026, 10, 26, 8, tzinfo=UTC)),  # to winter: 9:00 is 8:00 UTC
        (datetime(2027, 3, 27, 19, tzinfo=UTC), datetime(2027, 3, 30, 7, tzinfo=UTC)),  # to summer, over Easter Monday
    ],
)
async def test_the_clocks_of_paris_are_kept_when_they_change(tables, sender, phones, clock, begins, opens):
    """On the weekends when clocks change, the first message leaves at nine by the clock on the wall."""
    clock.start = begins
    await tables.families([1, 2, 3], now=begins)
    number = await tables.campaign(at=begins)
    await sent_all(sender, phones, tables, number)

    assert timedelta(0) <= phones.times[0] - opens <= timedelta(minutes=1)


async def test_a_pause_holds_within_a_second_and_a_resume_goes_on(tables, sender, phones):
    """What is on its way arrives; nothing more leaves until somebody resumes, and nobody gets it twice."""
    await tables.families(range(1, 301))
    number = await tables.campaign()
    job = asyncio.create_task(sent_all(sender, phones, tables, number, ("pause",)))
    while len(phones.got) < 50:
        await asyncio.sleep(0.001)
    await tables.campaigns.take(number, paused, TUESDAY)
    at_pause = len(phones.got)
    await job
    held = len(phones.got)
    waiting = await tables.rows()
    await tables.campaigns.take(number, resumed, TUESDAY)
    await sent_all(sender, phones, tables, number)

    assert held - at_pause <= 25
    assert waiting == 300 - held
    assert sorted(phones.chats) == list(range(1, 301))


async def test_a_stop_is_for_good_and_forgets_the_list(tables, sender, phones):
    """Who was not written to never is; the list is gone, the counts stay."""
    await tables.families(range(1, 301))
    number = await tables.campaign()

    def stop(_):
        if len(phones.got) == 50:
            stopping.append(asyncio.ensure_future(tables.campaigns.take(number, stopped, TUESDAY)))

    stopping = []
    phones.before = stop
    await sent_all(sender, phones, tables, number, (State.STOPPED,))
    counts = await tables.counts(number)

    assert counts.sent == len(phones.got) < 300
    assert counts.skipped() == 300 - counts.sent
    assert await tables.rows() == 0


async def test_a_list_lives_fourteen_days_at_most(tables, store, phones):
    """A campaign held for weeks loses its list; the purge takes it."""
    await tables.families([1, 2])
    number = await tables.campaign()
    await tables.sending.add(number, [store.vault.person("telegram", 1)], TUESDAY)
    await tables.sending.begin(number, 1, TUESDAY)
    await store.purge(TUESDAY + timedelta(days=14))

    assert await tables.rows() == 0


async def test_a_result_is_kept_two_years(tables, sender, phones, store):
    """The counts are there a year after the end, and gone after two; a draft stays."""
    await tables.families([1])
    number = await tables.campaign()
    await sent_all(sender, phones, tables, number)
    await tables.campaigns.new(Body(authors=("author",)), TUESDAY)
    await store.purge(TUESDAY + timedelta(days=365))
    after_one = await tables.rows("campaigns")
    await store.purge(TUESDAY + timedelta(days=731))

    assert (after_one, await tables.rows("campaigns")) == (2, 1)


async def test_a_store_that_fails_once_sends_nothing_twice(tables, library, clock, phones, monkeypatch):
    """What could not be written down counts as uncertain, as after a crash; what waited for its turn still leaves."""
    await tables.families(range(1, 101))
    number = await tables.campaign()
    sender = Sender(tables.campaigns, tables.sending, tables.news, lambda: library, clock.clock)
    step, failed = tables.sending.step, asyncio.Event()
    phones.before = lambda _: failed.wait() if len(phones.got) >= 40 else None

    async def failing(*given):
        if len(phones.got) >= 40 and not failed.is_set():
            failed.set()
            raise StoreUnavailable("disque plein")
        return await step(*given)

    monkeypatch.setattr(tables.sending, "step", failing)
    await sent_all(sender, phones, tables, number)
    counts = await tables.counts(number)

    assert len(phones.chats) == len(set(phones.chats)) == 100
    assert counts.sent + counts.uncertain == 100
    assert 0 < counts.uncertain <= 50


async def test_a_message_that_cannot_be_sent_costs_no_other(tables, sender, phones):
    """A failure nobody foresaw counts as uncertain, once; the others get theirs."""
    await tables.families(range(1, 6))
    number = await tables.campaign()

    def fail(chat):
        if chat == 3:
            raise ValueError("3")

    phones.before = fail
    async with asyncio.timeout(30):
        await sent_all(sender, phones, tables, number)

    assert sorted(phones.chats) == [1, 2, 4, 5]
    assert await tables.counts(number) == Counts(5, 4, 0, 1)


async def test_what_nobody_sends_any_more_holds_up_nothing(tables, sender, phones, store):
    """A row marked by what is gone counts as uncertain; the campaign ends."""
    await tables.families([1, 2])
    number = await tables.campaign()
    people = [person async for page in tables.news.pages(TUESDAY) for person, _ in page]
    await tables.sending.add(number, people, TUESDAY)
    await tables.sending.begin(number, 2, TUESDAY)
    await tables.sending.step(number, (), 1, 2026 * 12 + 10)
    async with asyncio.timeout(30):
        await sender._work(phones.push, asyncio.Event())

    assert await tables.counts(number) == Counts(2, 1, 0, 1)
    assert (await tables.campaigns.get(number)).state is State.DONE


async def test_a_round_that_fails_is_made_again(tables, sender, phones, monkeypatch):
    """Whatever goes wrong in it, the job goes on: it must never take the service with it."""
    await tables.families([1])
    number = await tables.campaign()
    due, failures = tables.campaigns.due, [KeyError("due")]

    async def failing(now):
        if failures:
            raise failures.pop()
        return await due(now)

    monkeypatch.setattr(tables.campaigns, "due", failing)
    await sent_all(sender, phones, tables, number)

    assert phones.chats == [1]


async def test_who_was_silent_for_a_year_is_asked_once_and_then_forgotten(tables, sender):
    """One question, by day; no answer in two months and nothing is left."""
    await tables.families([1])
    clock = VirtualClock(TUESDAY + timedelta(days=366))
    phones = Phones(clock)
    asker = Sender(tables.campaigns, tables.sending, tables.news, sender._library, clock.clock)
    for _ in range(3):
        await asker._work(phones.push, asyncio.Event())
    asked = as_text_of(phones.got[0][1])
    clock.seconds += 61 * 24 * 3600
    await asker._work(phones.push, asyncio.Event())

    assert phones.chats == [1]
    assert "Voulez-vous toujours recevoir des nouvelles ?" in asked
    assert "Je n'ai pas de vos nouvelles depuis un an." in asked  # who only talked to the team was there too
    assert await tables.rows("news") == 0


@pytest.mark.parametrize("way", ["pause", "quitter", "effacer", "oui"])
async def test_the_yearly_question_does_not_follow_who_acted_meanwhile(tables, sender, store, way):
    """A pause, an erasure or a new yes while it waits its turn: it does not leave."""
    await tables.families([1])
    clock, person = VirtualClock(TUESDAY + timedelta(days=366)), store.vault.person("telegram", 1)
    phones = Phones(clock)
    ways = {
        "quitter": lambda: store.erase(person, clock.now(), fast=True),
        "effacer": lambda: store.erase(person, clock.now()),
    }
    phones.before = lambda _: (
        ways[way]() if way in ways else tables.news.agree(person, Consent(b"1", "fr"), clock.now(), way)
    )
    await Sender(tables.campaigns, tables.sending, tables.news, sender._library, clock.clock)._work(
        phones.push, asyncio.Event()
    )

    assert phones.chats == []


async def test_the_yearly_question_is_asked_again_when_refused(tables, sender):
    """Refused twice, taken the third time; refused since the service stops, it is asked after the next start."""
    await tables.families([1, 2])
    clock, stop = VirtualClock(TUESDAY + timedelta(days=366)), asyncio.Event()
    phones = Phones(clock)
    phones.outcomes = {1: [Outcome.REFUSED, Outcome.REFUSED, Outcome.SENT], 2: Outcome.REFUSED}
    phones.before = lambda chat: stop.set() if chat == 2 else None
    asker = Sender(tables.campaigns, tables.sending, tables.news, sender._library, clock.clock)
    for _ in range(2):
        await asker._work(phones.push, stop)
    phones.outcomes, phones.before = {}, lambda _: None
    await asker._work(phones.push, asyncio.Event())

    assert sorted(phones.chats) == [1, 2]


async def test_a_clock_that_jumps_ahead_forgets_nobody(tables, sender, phones, clock):
    """Three years ahead for a moment: no yes is deleted, nothing is sent, and all goes on when it is right again."""
    await tables.families([1])
    await sender._work(phones.push, asyncio.Event())
    clock.start += timedelta(days=1100)
    await sender._work(phones.push, asyncio.Event())
    await tables.store.purge(clock.now())
    kept = await tables.rows("news")

    assert (kept, phones.chats) == (1, [])


def as_text_of(screen):
    return as_text(Reply((screen,), "fr"))
