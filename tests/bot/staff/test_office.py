"""What the coordination does from the command line, while the service works and while it does not."""

import asyncio
import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from sqlite_utils import Database
from typer.testing import CliRunner

from bot.cli import app
from bot.errors import OperatorError, StoreUnavailable
from bot.lock import folder_lock
from bot.staff.invitations import Closed, Invitations
from bot.staff.model import Line, Role
from bot.staff.office import Office, Revoked
from bot.staff.staff import Staff
from bot.store import SqliteStore, open_store
from bot.store.beside import store_beside
from bot.store.migrations import MIGRATIONS
from tests.bot.staff.conftest import NOW, member
from tests.bot.test_kill import Service
from tests.conftest import ROOT
from tests.fake_botapi import FakeBotApi

DAY = timedelta(days=1)
CODE = re.compile(r"Y[0-9A-HJKMNP-TV-Z]{16}")


@pytest.fixture
def office(store, clock):
    """The operator's desk."""
    return Office(store, clock.now)


@pytest.fixture
def invitations(store, vault, clock):
    """What the service asks of invitations."""
    return Invitations(store.database, vault, clock.now)


async def test_an_invitation_can_be_accepted_until_its_last_second(office, invitations, clock):
    """Two days are 48 hours."""
    early, _ = await office.invite(Role.PROMENEUR, "", 2)
    late, _ = await office.invite(Role.PROMENEUR, "", 2)
    clock.at = NOW + 2 * DAY - timedelta(seconds=1)
    in_time = await invitations.accept(early, "a", b"1")
    clock.at = NOW + 2 * DAY

    assert (in_time.name_for_staff, in_time.until) == ("promeneur-1", clock.at + 365 * DAY - timedelta(seconds=1))
    assert await invitations.accept(late, "b", b"2") is Closed.EXPIRED
    assert CODE.fullmatch(early) and early != late


async def test_names_are_made_and_never_change_hands(office, invitations, staff):
    """Who has left still stands in the log under a name that nobody else gets by chance."""
    code, first = await office.invite(Role.GUICHET, "", 7)
    await invitations.accept(code, "a", b"1")
    await staff.leave("a", NOW)
    _, second = await office.invite(Role.GUICHET, "", 7)
    _, third = await office.invite(Role.GUICHET, "", 7)

    assert [each.name_for_staff for each in (first, second, third)] == ["guichet-1", "guichet-2", "guichet-3"]


@pytest.mark.parametrize("name", ["mésange", "Mésange", "Chouette"])
async def test_two_people_cannot_have_one_name(office, store, vault, staff, name):
    """Neither beside a member nor beside an invitation; case does not count."""
    await staff.add(member(vault, 7, name="Mésange"), NOW)
    await office.invite(Role.GUICHET, "Chouette", 7)

    with pytest.raises(OperatorError, match="est déjà le nom de quelqu'un"):
        await office.invite(Role.GUICHET, name, 7)


@pytest.mark.parametrize(("name", "days"), [("x" * 25, 7), ("06 12 34 56 78", 7), ("Pinson", 0), ("Pinson", 31)])
async def test_a_bad_name_or_an_endless_invitation_is_refused(office, name, days):
    """Nothing is kept of it."""
    with pytest.raises(OperatorError):
        await office.invite(Role.GUICHET, name, days)

    assert (await office.team()).invitations == []


async def test_a_place_taken_away_is_gone_at_the_next_question(office, staff, vault):
    """The role is read again each time; the log says who took it away."""
    anne = member(vault, 7)
    await staff.add(anne, NOW)
    before = await staff.role(anne.person)
    done = await office.revoke("mésange")

    assert (before, done) == (Role.PROMENEUR, Revoked.MEMBER)
    assert await staff.role(anne.person) is None
    assert await office.journal() == [Line(NOW.replace(second=0), "opérateur", "a retiré de l'équipe", "Mésange")]


async def test_an_invitation_can_be_taken_back(office, invitations):
    """Its code then opens nothing, and says nothing of what it was."""
    code, _ = await office.invite(Role.COORDINATION, "Chouette", 7)

    assert await office.revoke("Chouette") is Revoked.INVITATION
    assert await invitations.accept(code, "a", b"1") is Closed.UNKNOWN
    with pytest.raises(OperatorError, match="personne ne s'appelle « Chouette »"):
        await office.revoke("Chouette")


async def test_a_place_is_renewed_for_a_year_from_the_day_of_the_renewal(office, staff, vault, clock):
    """Not from the old end: what was paid no attention to for months does not add up."""
    anne = member(vault, 7)
    await staff.add(anne, NOW)
    clock.at = NOW + 300 * DAY
    renewed = await office.renew("Mésange")
    clock.at = NOW + 600 * DAY

    assert renewed.until == NOW.replace(microsecond=0) + 665 * DAY
    assert await staff.role(anne.person) is Role.PROMENEUR
    with pytest.raises(OperatorError):
        await office.renew("personne")


async def test_the_code_is_nowhere_on_the_disk(office, store, tmp_path):
    """Only a keyed name of it: a stolen copy of the base lets nobody in."""
    code, _ = await office.invite(Role.COORDINATION, "Chouette", 7)
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert code.encode() not in held and code[1:].encode() not in held
    assert b"Chouette" not in held and b"coordination" not in held


async def test_a_used_invitation_keeps_nothing_of_the_place(office, invitations, store):
    """That it was used is known for thirty days, then nothing."""
    code, _ = await office.invite(Role.GUICHET, "Pinson", 7)
    await invitations.accept(code, "a", b"1")
    bodies = await store.database.read(lambda c: c.execute("SELECT body FROM staff_invites").fetchall())
    await store.purge(NOW + 37 * DAY - timedelta(seconds=1))
    before = await invitations.look(code)
    await store.purge(NOW + 37 * DAY)

    assert bodies == [(b"",)]
    assert before is Closed.USED
    assert await invitations.look(code) is Closed.UNKNOWN


def passerelle(folder, *words, **settings):
    """Run a command as an operator does."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PASSERELLE_")}
    command = [sys.executable, "-m", "bot", "staff", *words]
    environment = {**kept, "PASSERELLE_DONNEES": str(folder), **settings}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


async def typed(folder, *words):
    """Run a command while the service and Telegram go on."""
    return await asyncio.to_thread(passerelle, folder, *words)


def test_the_first_invitation_is_made_before_the_service_ever_ran(tmp_path):
    """A link to touch where the bot's name is known, a code to type; a new folder may not be the service's: it is named."""
    folder = tmp_path / "d"
    done = passerelle(folder, "invite", "promeneur", PASSERELLE_TELEGRAM_NOM="passerelle_bot")
    listed = passerelle(folder, "list")
    code = CODE.search(done.stdout).group()

    assert done.stdout.splitlines()[0] == f"https://t.me/passerelle_bot?start={code}"
    assert done.stderr == f"Dossier de données nouveau : {folder}. Est-ce celui du service ?\n"
    assert "promeneur-1" in listed.stdout and "invitation en attente" in listed.stdout
    assert code not in listed.stdout and listed.stderr == ""


async def test_the_erasure_that_an_operator_makes_takes_the_place_too(tmp_path):
    """« passerelle erase » leaves nothing of somebody; an erased conversation leaves the place."""
    store = await open_store(tmp_path)
    staff = Staff(store.database, store.vault, lambda: NOW)
    anne = member(store.vault, 7)
    await staff.add(anne, NOW)
    conversation, fast = await store.erase(anne.person, NOW), await store.erase(anne.person, NOW, fast=True)
    kept, gone = await staff.role(anne.person), await store.erase(anne.person, NOW, gone=True)
    left = await staff.role(anne.person)
    await store.close()

    assert (conversation.in_team, fast.in_team, kept) == (True, True, Role.PROMENEUR)
    assert (gone.in_team, left) == (False, None)


async def test_an_invitation_made_by_a_clock_that_was_ahead_does_not_last(office, invitations, store, clock):
    """Sixty days after the clock was put right it is gone, whatever it says."""
    clock.at = NOW + 1000 * DAY
    code, _ = await office.invite(Role.GUICHET, "Pinson", 7)
    clock.at = NOW
    await store.purge(NOW)
    clock.at = NOW + 60 * DAY
    await store.purge(clock.at)

    assert await invitations.look(code) is Closed.UNKNOWN


def test_an_unknown_name_is_refused_without_a_traceback(tmp_path):
    """What is wrong, then what to do."""
    done = passerelle(tmp_path / "d", "revoke", "Personne")

    assert done.returncode == 2
    assert (
        "personne ne s'appelle « Personne » dans l'équipe\n    -> voyez les noms : passerelle staff list" in done.stderr
    )
    assert "Traceback" not in done.stderr


def test_an_unknown_role_is_refused_with_the_roles_that_there_are():
    """The command says what can be written."""
    done = CliRunner().invoke(app, ["staff", "invite", "chef"])

    assert done.exit_code == 2
    assert all(role in done.output for role in Role)


async def test_the_whole_life_of_a_place_while_the_service_runs(tmp_path):
    """Invited, joined on a phone, listed, taken out: each side sees at once what the other wrote."""
    async with FakeBotApi() as api:
        service = Service(tmp_path, api)
        await service.start()
        try:
            anne = api.person()
            anne.writes("/start")
            await anne.sees(1)
            unknown = await typed(tmp_path, "invite", "coordination", "--nom", "Chouette")
            code = CODE.search(unknown.stdout).group()
            anne.writes(f"/start {code}")
            await anne.sees_text("On vous invite")
            anne.presses(f"e|oui|{code}")
            await anne.sees_text("Bienvenue dans l'équipe, Chouette.")
            listed = await typed(tmp_path, "list")
            revoked = await typed(tmp_path, "revoke", "Chouette")
            before = len(anne.bubbles)
            anne.presses_payload("e|garde", None)
            await anne.sees(before + 1)
            journal = await typed(tmp_path, "journal")
        finally:
            await service.kill()

    assert "Chouette" in listed.stdout and "Coordination" in listed.stdout
    assert revoked.stdout == "Chouette n'est plus dans l'équipe.\n"
    assert "garde" not in anne.texts[-1]
    assert [line.split("  ", 1)[1] for line in journal.stdout.splitlines()] == [
        "opérateur  a invité : Chouette (coordination)",
        "Chouette  a rejoint l'équipe : coordination",
        "opérateur  a retiré de l'équipe : Chouette",
    ]


async def test_killed_just_after_joining_a_member_is_at_home(tmp_path):
    """The yes is done once: the same update, read again after the crash, shows the menu."""
    async with FakeBotApi() as api:
        service = Service(tmp_path, api)
        await service.start()
        try:
            code = CODE.search((await typed(tmp_path, "invite", "guichet")).stdout).group()
            anne = api.person()
            api.cut("sendMessage", "before", times=100)
            anne.presses_payload(f"e|oui|{code}", None)
            await api.until(lambda: len(api.of("sendMessage", anne.id)) > 0)
            await service.kill()
            api._faults.clear()
            await service.start()
            anne.writes("/equipe")
            await anne.sees_text("Équipe : guichet-1")
            listed = await typed(tmp_path, "list")
        finally:
            await service.kill()

    assert listed.stdout.count("guichet-1") == 1


async def test_a_command_newer_than_the_running_service_touches_nothing(tmp_path, vault):
    """Tables never change under a service that works on them."""
    store = await SqliteStore.open(tmp_path / "passerelle.db", vault)
    await store.database.write(lambda c: c.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'v4%'"))
    await store.close()
    tmp_path.chmod(0o700)

    with folder_lock(tmp_path), pytest.raises(StoreUnavailable, match="version plus ancienne"):
        async with store_beside(tmp_path, None):
            pass
    assert any(step.name.startswith("v4") for step in MIGRATIONS.pending(Database(tmp_path / "passerelle.db")))
