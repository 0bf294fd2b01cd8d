"""Who is in the team, until when, and what is written down of what they do."""

from datetime import timedelta

import pytest

from bot.rotation import rotate
from bot.staff.invitations import Invitations
from bot.staff.model import LOG_LIFE, LOG_LINES, MEMBERSHIP, Line, Member, Role, harmless, is_name
from bot.staff.office import Office
from bot.staff.staff import Staff
from bot.store import SqliteStore, open_store
from bot.store.reseal import keys_in_use
from tests.bot.staff.conftest import NOW, member


async def test_a_member_has_a_role_and_nobody_else_has_one(staff, vault):
    """A keyed name that was never given a place is a family's."""
    anne = member(vault, 7)
    await staff.add(anne, NOW)

    assert await staff.role(anne.person) is Role.PROMENEUR
    assert await staff.role(vault.person("telegram", 8)) is None
    assert await staff.role("") is None


async def test_people_of_some_roles_come_with_their_address(staff, vault):
    """Who may be written to, by role and by name; all without a role."""
    anne, bilal = member(vault, 7, name="Mésange"), member(vault, 8, Role.COORDINATION, "Chouette")
    await staff.add(anne, NOW)
    await staff.add(bilal, NOW)

    assert [(one.name_for_staff, one.address) for one in await staff.people(Role.PROMENEUR)] == [("Mésange", b"7")]
    assert [one.name_for_staff for one in await staff.people(Role.GUICHET, Role.COORDINATION)] == ["Chouette"]
    assert [one.name_for_staff for one in await staff.people()] == ["Chouette", "Mésange"]


async def test_a_place_ends_after_a_year_to_the_second(staff, vault, clock):
    """A place that nobody renewed is gone, before any purge."""
    anne = member(vault, 7)
    placed = await staff.add(anne, NOW)
    clock.at = NOW + timedelta(days=365, seconds=-1)
    before = await staff.role(anne.person)
    clock.at = NOW + timedelta(days=365)

    assert (MEMBERSHIP, before) == (timedelta(days=365), Role.PROMENEUR)
    assert placed.until == NOW + MEMBERSHIP
    assert await staff.role(anne.person) is None
    assert await staff.people() == []


async def test_who_leaves_has_no_role_and_the_log_says_it(staff, vault):
    """Leaving takes the row away; leaving twice is nothing."""
    anne = member(vault, 7)
    await staff.add(anne, NOW)

    assert await staff.leave(anne.person, NOW) is True
    assert await staff.role(anne.person) is None
    assert await staff.leave(anne.person, NOW) is False
    assert await staff.journal() == [Line(NOW.replace(second=0), "Mésange", "a quitté l'équipe")]


async def test_the_log_says_who_by_their_name_in_the_team_and_when_to_the_minute(staff, vault):
    """Neither a number of a chat nor a keyed name is in it."""
    anne = member(vault, 7)
    await staff.add(anne, NOW)
    await staff.note(anne.person, "campagne approuvée", NOW, "rentree-2026")
    await staff.note(vault.person("telegram", 8), "essai", NOW)

    assert await staff.journal() == [
        Line(NOW.replace(second=0), "Mésange", "campagne approuvée", "rentree-2026"),
        Line(NOW.replace(second=0), "hors équipe", "essai", ""),
    ]


async def test_the_log_keeps_ten_thousand_lines(staff, vault, store, monkeypatch):
    """The oldest lines go first."""
    monkeypatch.setattr("bot.staff.table.LOG_LINES", 3)
    for number in range(5):
        await staff.note("x", f"action {number}", NOW)

    assert LOG_LINES == 10_000
    assert [line.action for line in await staff.journal()] == ["action 2", "action 3", "action 4"]


async def test_the_log_and_the_places_are_purged_with_the_rest(staff, vault, store, clock):
    """After six months a line is gone from the disk, after a year a place."""
    await staff.add(member(vault, 7), NOW)
    await staff.note(member(vault, 7).person, "essai", NOW)

    clock.at = NOW + LOG_LIFE
    assert await staff.journal() == []
    assert await store.purge(NOW + LOG_LIFE) == 1
    assert await store.purge(NOW + MEMBERSHIP) == 1


async def test_two_programs_on_one_file_see_the_same_team(staff, vault, store, clock, tmp_path):
    """What a command writes while the service runs counts at the next press, and the other way round."""
    anne, bilal = member(vault, 7), member(vault, 8)
    other = await SqliteStore.open(tmp_path / "passerelle.db", vault)
    second = Staff(other.database, vault, clock.now)
    await staff.add(anne, NOW)
    await second.add(bilal, NOW)
    seen = (await second.role(anne.person), await staff.role(bilal.person))
    await second.leave(anne.person, NOW)
    await other.close()

    assert seen == (Role.PROMENEUR, Role.PROMENEUR)
    assert await staff.role(anne.person) is None


async def test_a_damaged_row_is_nobody(staff, vault, store):
    """A body that does not open gives no role, and stops nothing."""
    anne, bilal = member(vault, 7), member(vault, 8)
    await staff.add(anne, NOW)
    await staff.add(bilal, NOW)
    await store.database.write(
        lambda c: c.execute("UPDATE staff SET body = substr(body, 1, 30) WHERE person = ?", (anne.person,))
    )

    assert await staff.role(anne.person) is None
    assert [one.person for one in await staff.people()] == [bilal.person]


async def test_a_row_moved_to_somebody_else_opens_no_door(staff, vault, store):
    """A body is sealed for one person: copied under another name it is worth nothing."""
    anne, bilal = member(vault, 7), vault.person("telegram", 8)
    await staff.add(anne, NOW)
    await store.database.write(lambda c: c.execute("UPDATE staff SET person = ?", (bilal,)))

    assert await staff.role(bilal) is None


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("rentree-2026", "rentree-2026"),
        ("sujet 12", "sujet 12"),
        ("deux\nlignes", "deux lignes"),
        ("06 12 34 56 78", ""),
        ("conversation 987654321", ""),
        ("famille@exemple.fr", ""),
        ("x" * 70, "x" * 60),
    ],
)
def test_a_detail_that_could_be_somebodys_is_left_out(written, kept):
    """A telephone, a chat, an address: nothing of them is written."""
    assert harmless(written) == kept


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("Mésange", True),
        ("promeneur-3", True),
        ("Équipe 19e", True),
        ("", False),
        ("-", False),
        ("06 12 34 56 78", False),
        ("x" * 25, False),
        ("a\nb", False),
    ],
)
def test_a_name_in_the_team_is_short_and_no_number(text, good):
    """A name is for reading in a list, and names nobody outside."""
    assert is_name(text) is good


async def test_a_change_of_keys_keeps_the_team_and_its_invitations(tmp_path):
    """Members, invitations and the log are sealed again; names of people and codes stay what they were."""
    folder = tmp_path / "donnees"
    store = await open_store(folder)
    office, staff = Office(store, lambda: NOW), Staff(store.database, store.vault, lambda: NOW)
    person = store.vault.person("telegram", 7)
    await staff.add(Member(person, Role.GUICHET, b"7", "Pinson"), NOW)
    code, _ = await office.invite(Role.PROMENEUR, "Mésange", 7)
    await store.close()
    done = await rotate(folder, None, NOW.date())
    store = await open_store(folder)
    staff = Staff(store.database, store.vault, lambda: NOW)
    joined = await Invitations(store.database, store.vault, lambda: NOW).accept(code, "b", b"8")
    sealed_by = await store.database.read(keys_in_use)
    role, (line, _) = await staff.role(person), await staff.journal()
    await store.close()

    assert done.resealed == 3
    assert (role, joined.name_for_staff, line.action) == (Role.GUICHET, "Mésange", "a invité")
    assert sealed_by == {store.vault.sealing_key}
