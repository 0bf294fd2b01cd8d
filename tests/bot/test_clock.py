"""Days count as in Paris, lives count in real seconds, and a clock that jumps neither keeps nor loses anybody."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation import PARIS
from bot.service import now as service_now
from bot.store import MemoryStore, Outgoing, SqliteStore
from bot.web.browsers import Browsers
from bot.web.cookie import Ticket
from tests.bot.talk import NOW, Person

HOUR, DAY, SECOND = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)


@pytest.fixture(params=["memory", "sqlite"])
async def store(request, tmp_path, vault):
    """Each store in turn."""
    if request.param == "memory":
        yield MemoryStore()
        return
    store = await SqliteStore.open(tmp_path / "passerelle.db", vault)
    yield store
    await store.close()


@pytest.fixture
def vault():
    from bot.crypto import Vault
    from bot.keys import Key, KeyRing

    return Vault(KeyRing((Key(bytes(range(32))),)))


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-21T22:59", "2026-11-21"),  # winter: Paris is one hour ahead
        ("2026-11-21T23:30", "2026-11-22"),
        ("2026-07-14T21:59", "2026-07-14"),  # summer: two hours
        ("2026-07-14T22:30", "2026-07-15"),
        ("2026-10-24T22:30", "2026-10-25"),  # the night when clocks go back (25 October 2026)
        ("2026-10-25T00:30", "2026-10-25"),  # 2.30 in the morning, the first time
        ("2026-10-25T01:30", "2026-10-25"),  # 2.30 in the morning, the second time
        ("2026-10-25T22:59", "2026-10-25"),
        ("2026-10-25T23:00", "2026-10-26"),
        ("2027-03-27T23:30", "2027-03-28"),  # the night when clocks go forward (28 March 2027)
        ("2027-03-28T01:00", "2027-03-28"),  # 2.00 that does not exist: 3.00
        ("2027-03-28T22:00", "2027-03-29"),
        ("2026-12-31T23:30", "2027-01-01"),  # amounts of the new year
    ],
)
async def test_the_day_of_an_answer_is_the_day_in_paris(library, moment, day):
    """Amounts, ages and milestones follow the calendar on the family's wall, whatever the server's clock shows."""
    person = Person(library, now=utc(moment))
    await person.types("j'habite dans le 18e")
    facts = (await person.store.load(person.person, person.now)).session["facts"]

    assert facts["arrondissement"][2] == day


async def test_an_evening_in_paris_uses_the_amounts_of_the_next_day_from_midnight_on(library):
    """The planner of a day is made once, for the day in Paris."""
    days = library.content._days
    days.clear()
    for moment in ("2026-11-30T22:59", "2026-11-30T23:01"):
        person = Person(library, now=utc(moment))
        await person._send(payload="t|separation")

    assert [day.isoformat() for day in days] == ["2026-11-30", "2026-12-01"]


async def test_24_hours_are_24_hours_in_the_night_when_clocks_change(store):
    """A session kept at 14.00 lasts until 13.00 the next day when an hour comes twice: 24 real hours."""
    await store.commit("p", {"x": 1}, now=datetime(2026, 10, 24, 14, tzinfo=PARIS), language="fr")

    assert await store.load("p", datetime(2026, 10, 25, 12, 59, 59, tzinfo=PARIS)) is not None
    assert await store.load("p", datetime(2026, 10, 25, 13, 0, 0, tzinfo=PARIS)) is None


async def test_a_moment_without_time_zone_is_refused(store):
    """It could mean two different seconds."""
    with pytest.raises(ValueError, match="time zone"):
        await store.commit("p", {"x": 1}, now=NOW.replace(tzinfo=None), language="fr")

    assert service_now().tzinfo is not None


@pytest.mark.parametrize("back", [HOUR, DAY, 3650 * DAY])
async def test_a_clock_set_back_neither_loses_a_session_nor_keeps_it_longer_than_24_hours(store, back):
    """The service's clock was ahead; once it is right, silence counts from then."""
    await store.commit("p", {"x": 1}, now=NOW + back, language="fr", outbox=[Outgoing("send", b"x")])
    await store.receive(1, "p", b"x", NOW + back)
    await store.remember_message("p", "7:1", NOW + back)
    there = await store.load("p", NOW)
    await store.purge(NOW)

    assert there is not None
    assert await store.load("p", NOW + DAY - SECOND) is not None
    assert await store.load("p", NOW + DAY) is None
    assert (len(await store.pending(NOW + DAY - SECOND)), len(await store.pending(NOW + DAY))) == (1, 0)
    assert (await store.messages("p", NOW + 2 * DAY - SECOND), await store.messages("p", NOW + 2 * DAY)) == (
        ["7:1"],
        [],
    )
    assert [len(await store.due(NOW + timedelta(minutes=m))) for m in (9, 10)] == [1, 0]


async def test_a_purge_with_a_right_clock_shortens_nothing(store):
    """The second it was kept, a session has its 24 hours."""
    await store.commit("p", {"x": 1}, now=NOW, language="fr")
    await store.purge(NOW)
    await store.purge(NOW + DAY - SECOND)

    assert await store.load("p", NOW + DAY - SECOND) is not None


async def test_a_clock_that_jumps_three_days_ahead_and_back_breaks_nothing(library):
    """All that was said is past its time, a new conversation begins; back in time it goes on, for 24 hours."""
    person = Person(library)
    await person._send(payload="t|separation")
    person.now = NOW + 3 * DAY
    await person.store.purge(person.now)
    await person.types("j'habite dans le 18e")
    ahead = (await person.store.load(person.person, person.now)).session["facts"]
    person.now = NOW + 2 * HOUR
    await person.store.purge(person.now)
    await person._send(payload="t|separation")
    back = (await person.store.load(person.person, person.now)).session["facts"]

    assert ahead.keys() == back.keys() == {"arrondissement"}
    assert person.question == "separation"
    assert await person.store.load(person.person, person.now + DAY) is None


async def test_a_guarded_conversation_is_forgotten_half_an_hour_after_the_clock_was_set_back(library):
    """Nothing said about violence stays in memory for a day because a clock was wrong."""
    person = Person(library, now=NOW + DAY)
    await person._send(payload="t|violences")
    inside = person.question
    person.now = NOW
    await person._send(payload="a|continuer")
    still = person.question
    other = Person(library, now=NOW)
    other.conversation = person.conversation
    other.person = "quelqu-un-d-autre"
    kept = person.conversation._guarded._kept
    kept[person.person] = (kept[person.person][0], NOW + 25 * HOUR)
    await other.opens()
    person.now = NOW + timedelta(minutes=30)
    await person._send(payload="a|continuer")

    assert inside and still == inside
    assert person.question is None


async def test_silent_browsers_are_forgotten_half_an_hour_after_the_clock_was_set_back(store):
    """The one who goes on talking is not cut, the one who left is erased from the store too."""
    browsers = Browsers(lambda browser: f"person-{browser}", store)
    silent, talking = browsers.new(NOW + DAY), browsers.new(NOW + DAY)
    for browser in (silent, talking):
        browser.spoke = True
        await store.commit(browser.person, {"x": 1}, now=NOW + DAY, language="fr")
    await browsers.sweep(NOW)
    later = NOW + timedelta(minutes=20)
    found = browsers.find(Ticket(talking.id, NOW + DAY), later)
    await browsers.sweep(NOW + timedelta(minutes=30))

    assert found is talking and len(browsers) == 1
    assert await store.load(silent.person, later) is None
    assert await store.load(talking.person, later) is not None
