"""What lies on the disk: numbers of a month, sealed; nothing of a person, and nothing small once the month is over."""

import asyncio
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

from bot.backup import backup, restore
from bot.errors import StoreUnavailable
from bot.observatory.visit import Key
from bot.rotation import rotate
from bot.store import DATABASE, open_store
from tests.bot.observatory.conftest import Service
from tests.bot.observatory.test_counting import separation
from tests.bot.store.test_secrecy import spellings
from tests.conftest import ROOT

OF_OURS = ("counts", "published", "suggestions")
HOME = Key("demande", "separation", "arrondissement", "19")


async def converse(service, families=15):
    """Have whole conversations in the 19th and the 7th (one of five), with danger, answers and words for the team."""
    for number in range(families):
        someone = await separation(service, "19" if number % 5 else "7", campaign="ECO19")
        await someone._send(payload="f|asf")
        await someone._send(payload="a|continuer")
        await someone._send(payload="v|oui")
        if number % 10 == 0:
            await someone.types("il menace de me tuer")
        if number % 7 == 0:
            await someone._send(payload="v|mot")
            await someone.types(f"Plus de places le samedi ({number}), appelez Awa au 06 12 34 56 {number:02}")
            await someone._send(payload="v|envoyer")


def rows(path, table):
    """Return a table as it lies in the file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


async def test_fifty_conversations_leave_one_row_of_numbers(service, tmp_path):
    """One sealed row for the month, and none that is about one person or in the order in which they came."""
    await converse(service, 50)
    await service.pass_(minutes=40)
    path = tmp_path / "donnees" / DATABASE
    (row,) = rows(path, "counts")
    people = {service.conversation.person("test", number) for number in range(60)}
    with closing(sqlite3.connect(path)) as connection:
        dumped = "\n".join(line for line in connection.iterdump() if any(f'INTO "{name}"' in line for name in OF_OURS))

    assert row[:2] == ("2026-11", "")
    assert rows(path, "published") == []
    assert not [person for person in people if person in dumped]
    assert [(person, day) for _, person, day, _, _ in rows(path, "suggestions")] == [
        ("", 20778)
    ] * 8  # 21 November 2026


async def test_no_word_is_in_any_file(service, tmp_path):
    """Neither what was asked for nor what was written to the team can be read in the folder."""
    await converse(service)
    await service.pass_(minutes=40)
    everything = b"".join(path.read_bytes() for path in (tmp_path / "donnees").iterdir())

    assert not [word for word in ("Plus de places", "EC019", "menace") for raw in spellings(word) if raw in everything]


async def test_words_have_a_day_and_lie_in_no_order(service, tmp_path):
    """The rows are not in the order in which they were sent, and end at midnight, whatever the hour."""
    await converse(service)
    found = rows(tmp_path / "donnees" / DATABASE, "suggestions")
    ends = {end for *_, end in found}

    assert max(number for number, *_ in found) > 10**9  # drawn at random: the rows of a table lie by this number
    assert ends == {int(datetime(2027, 5, 19, 22, tzinfo=UTC).timestamp())}  # 20 May 2027 in Paris, 180 days later


async def test_a_month_that_is_over_leaves_only_what_is_published(service, tmp_path):
    """On the first of December, November is published and its small numbers are gone from the disk."""
    await converse(service, 50)
    await service.pass_(days=10)
    path = tmp_path / "donnees" / DATABASE
    published = await service.observatory.table.published()
    asked = {
        line.value: line.count
        for line in published["2026-11"]
        if (line.kind, line.axis) == ("demande", "arrondissement") and line.count
    }

    assert rows(path, "counts") == []
    assert asked == {"19": 40}  # the 10 of the 7th hide how many are in the others
    assert not [line for line in published["2026-11"] if line.count is not None and line.count < 10]


async def test_a_month_is_published_once(service, tmp_path):
    """What comes for a published month comes too late: two publications would differ by one family."""
    await converse(service)
    await service.pass_(days=10)
    before = await service.observatory.table.published()
    await service.observatory.table.add({"2026-11": {HOME: 25}})
    late = rows(tmp_path / "donnees" / DATABASE, "counts")
    await service.pass_(days=1)
    after = await service.observatory.table.published()

    assert after == before
    assert late == []


async def test_a_running_month_is_not_published(service):
    """Two looks at it would differ by one family."""
    await converse(service)
    await service.pass_(days=9)

    assert await service.observatory.table.published() == {}


async def test_a_disk_that_fails_loses_and_doubles_nothing(service, monkeypatch):
    """Numbers that could not be written wait for the next time."""
    await separation(service)

    async def full(added):
        raise StoreUnavailable("Le disque est plein.", "")

    with monkeypatch.context() as patched:
        patched.setattr(service.observatory.table, "add", full)
        await service.pass_(hours=1)
    counts = await service.counts()

    assert counts["2026-11"][HOME] == 1


async def test_a_new_key_opens_the_numbers_and_the_words(library, tmp_path):
    """After a rotation nothing is lost, and the old key opens nothing."""
    folder = tmp_path / "donnees"
    service = Service(library, await open_store(folder))
    await converse(service)
    await service.pass_(minutes=40)
    await service.store.close()
    await rotate(folder, None, date(2026, 11, 22))
    again = Service(library, await open_store(folder))
    counts, words = await again.counts(), await again.voice.box.all(again.now)
    await again.store.close()

    assert counts["2026-11"][HOME] == 12
    assert len(words) == 3


async def test_words_are_forgotten_after_180_days(service):
    """The purge of the 181st day takes them, and nothing of them stays."""
    await converse(service)
    service.now += timedelta(days=179)
    await service.store.purge(service.now)
    before = len(await service.voice.box.all(service.now))
    service.now += timedelta(days=1, hours=12)
    await service.store.purge(service.now)

    assert before == 3
    assert await service.store.database.read(lambda c: c.execute("SELECT count(*) FROM suggestions").fetchone()[0]) == 0


async def test_a_backup_brings_back_no_words_that_may_be_withdrawn(library, tmp_path):
    """Somebody may have taken them back since; those of earlier days come back, and so does a published month."""
    folder = tmp_path / "donnees"
    service = Service(library, await open_store(folder))
    await converse(service)
    await service.pass_(days=10)
    someone = await separation(service)
    await someone._send(payload="v|mot")
    await someone.types("Un mot du premier décembre")
    await someone._send(payload="v|envoyer")
    await service.pass_(minutes=40)
    await service.store.close()
    backup(folder, tmp_path / "copie")
    restore(folder, None, tmp_path / "copie", service.now + timedelta(hours=1), sessions=False)
    back = Service(library, await open_store(folder))
    words = [each.text for each in await back.voice.box.all(service.now)]
    counts, published = await back.counts(), await back.observatory.table.published()
    await back.store.close()

    assert len(words) == 3 and "Un mot du premier décembre" not in words
    assert list(counts) == ["2026-12"] and list(published) == ["2026-11"]


async def test_a_backup_of_a_month_that_is_over_is_not_published_again(library, tmp_path):
    """Its numbers may be out already, with what came after the backup: a second publication could be subtracted."""
    folder = tmp_path / "donnees"
    service = Service(library, await open_store(folder))
    await converse(service)
    await service.pass_(minutes=40)
    await service.store.close()
    backup(folder, tmp_path / "copie")
    restore(folder, None, tmp_path / "copie", service.now + timedelta(days=12), sessions=False)
    back = Service(library, await open_store(folder))
    await back.pass_(days=12)
    published = await back.observatory.table.published()
    await back.store.close()

    assert published == {}


async def test_a_kill_loses_what_was_not_written_and_nothing_else(library, tmp_path):
    """Killed between two writings: the family before is counted once, the one after is not."""
    folder = tmp_path / "donnees"
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.observatory.kill_child", folder, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    await child.stdout.readline()
    child.kill()
    await child.wait()
    service = Service(library, await open_store(folder))
    counts = await service.counts()
    await service.store.close()

    assert {key.value: count for key, count in counts["2026-11"].items() if key.axis == "arrondissement"} == {"19": 1}
