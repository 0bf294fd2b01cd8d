"""What operators do: files, holding and stopping from the command line, a restore, a new key."""

import asyncio
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from bot.backup import backup, restore
from bot.campaigns.audience import Audience
from bot.campaigns.campaign import Letter, State
from bot.campaigns.consent import Consent, load
from bot.campaigns.file import MODEL, letter_of
from bot.cli_campaign import commands
from bot.crypto import Vault
from bot.errors import OperatorError
from bot.keyfile import existing_keys
from bot.rotation import rotate
from bot.staff.model import Member, Role
from bot.staff.staff import Staff
from knowledge.reader import ContentError
from tests.bot.campaigns.conftest import TUESDAY, opened_tables


def passerelle(folder, *words):
    """Return the exit code and all that a command says."""
    done = CliRunner(env={"PASSERELLE_DONNEES": str(folder)}).invoke(commands, words)
    wrong = isinstance(done.exception, OperatorError)
    return 2 if wrong else done.exit_code, str(done.exception) if wrong else done.output


def test_the_model_file_is_a_campaign(library, tmp_path):
    """What « --modele » shows can be given back as it is."""
    file = tmp_path / "atelier.yaml"
    file.write_text(MODEL)
    letter = letter_of(file, library)

    assert letter.audience == Audience(("19",), "0-2", "ecrans")
    assert letter.texts["fr"].splitlines()[0] == "Un atelier sur les écrans, samedi"
    assert letter.opens == "ecrans"


def test_a_wrong_file_is_told_line_by_line_all_at_once(library, tmp_path):
    """Sensitive theme, alarming words, unknown language, unknown arrondissement, unknown key: five lines."""
    file = tmp_path / "faux.yaml"
    file.write_text(
        "titre: Essai\ntextes:\n  fr: URGENT pour vous\n  xx: Bonjour\npublic:\n  arrondissements: [19, 21]\n"
        "  theme: handicap\nouvre: ecrans\nprenom: Ana\n"
    )
    with pytest.raises(ContentError) as raised:
        letter_of(file, library)
    lines = [problem.where.line for problem in raised.value.problems]

    assert lines == [3, 4, 6, 7, 9]
    assert "« handicap » est un sujet sensible" in str(raised.value)


@pytest.mark.parametrize("text", ["titre: 1\n", "textes: bonjour\n", "titre: [a]\ntextes: {fr: [b]}\npublic: 3\n"])
def test_any_file_is_answered_without_a_traceback(library, tmp_path, text):
    """Half a file, or lists where words should be: problems with a line."""
    file = tmp_path / "faux.yaml"
    file.write_text(text)
    with pytest.raises(ContentError):
        letter_of(file, library)


async def test_the_commands_work_beside_the_service(tmp_path, library, monkeypatch):
    """List, pause, resume, stop and result, while the database is open elsewhere."""
    monkeypatch.setattr("bot.cli_campaign.load_library", lambda: library)
    tables = await opened_tables(tmp_path)
    person = tables.store.vault.person("telegram", 10)
    team = Staff(tables.store.database, tables.store.vault, lambda: datetime.now(UTC))
    await team.add(Member(person, Role.REDACTEUR, b"10", "Mésange"), datetime.now(UTC))
    file = tmp_path / "atelier.yaml"
    file.write_text(MODEL)
    number = await tables.campaign()
    said = {}
    asked = (("new", str(file), "--de", "mésange"), ("list",), ("pause", "1"), ("pause", "1"), ("resume", "1"),
                ("stop", "1"), ("result", "1"), ("result", "9"), ("new", str(file), "--de", "Personne"))  # fmt: skip
    for words in asked:
        said[words] = [*said.get(words, []), await asyncio.to_thread(passerelle, tmp_path, *words)]
    campaign = await tables.campaigns.get(number)
    draft = await tables.campaigns.get(2)
    await tables.store.close()

    assert said["pause", "1"] == [(0, "En pause.\n"), (2, said["pause", "1"][1][1])]
    assert "est dans l'état « en pause »" in said["pause", "1"][1][1]
    assert campaign.state is State.STOPPED
    assert "Rien n'est parti." in said["result", "1"][0][1]
    assert said["result", "9"][0][0] == 2
    assert (draft.state, draft.body.authors) == (State.DRAFT, (person,))
    assert "Mésange" in said["new", str(file), "--de", "Personne"][0][1]


async def test_a_restore_brings_back_no_yes_that_ended_and_sends_nothing_again(tmp_path):
    """The yeses of the present database stay; a campaign that was planned then is stopped."""
    folder = tmp_path / "donnees"
    tables = await opened_tables(folder)
    await tables.families([1, 2])
    number = await tables.campaign()
    backup(folder, tmp_path / "copie.db")
    await tables.news.end(tables.store.vault.person("telegram", 1), TUESDAY)
    await tables.families([3])
    await tables.store.close()
    restore(folder, None, tmp_path / "copie.db", TUESDAY, sessions=False)
    tables = await opened_tables(folder)
    kept = [await tables.news.get(tables.store.vault.person("telegram", chat), TUESDAY) for chat in (1, 2, 3)]
    state = (await tables.campaigns.get(number)).state
    await tables.store.close()

    assert [each.state for each in kept] == ["non", "oui", "oui"]
    assert state is State.STOPPED


async def test_a_new_key_seals_yeses_and_campaigns_again(tmp_path):
    """After a rotation both are read with the new key."""
    tables = await opened_tables(tmp_path)
    await tables.families([1])
    number = await tables.campaign()
    await tables.store.close()
    await rotate(tmp_path, None, TUESDAY.date())
    tables = await opened_tables(tmp_path)
    newest = Vault(existing_keys(tmp_path, None)).sealing_key
    query = "SELECT substr(body, 2, 4) FROM news UNION SELECT substr(body, 2, 4) FROM campaigns"
    heads = await tables.store.database.read(lambda c: c.execute(query).fetchall())
    letter = (await tables.campaigns.get(number)).letter
    await tables.store.close()

    assert [bytes(head) for (head,) in heads] == [newest]
    assert isinstance(letter, Letter) and letter.texts["fr"].startswith("Un atelier")


def test_a_consent_reads_back_as_it_was_and_never_breaks():
    """What another version wrote is no consent."""
    consent = Consent(b"12", "ar", "19", ((24300, 24302),), ("ecrans",), 24322, 1)

    assert load(consent.dump()) == consent
    assert [load(each) for each in (b"", b"{}", b"[1]", b'["a","b","c",[[1]],[],0,0]')] == [None] * 4
