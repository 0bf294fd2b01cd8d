"""Killed by kill -9 at any step, the service takes up where it was."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def deaths(tmp_path_factory):
    """One folder for each step at which the service was killed, in order: (step name, result)."""
    root = tmp_path_factory.mktemp("morts")
    child = Path(__file__).with_name("crash_child.py")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, str(child), str(root)], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    folders = sorted(root.iterdir(), key=lambda folder: int(folder.name))
    lived = [folder for folder in folders if not (folder / "died_at").exists()]
    assert lived == folders[-1:]
    return [
        ((folder / "died_at").read_text(), json.loads((folder / "result.json").read_text())) for folder in folders[:-1]
    ]


def test_every_kind_of_step_was_died_at(deaths):
    """The sweep went through opening, each transaction, both sides of each call, and the erasure."""
    steps = [step for step, _ in deaths]

    for name in (
        "BEGIN IMMEDIATE",
        "COMMIT",
        "CREATE TABLE outbox",
        "INSERT INTO processed",
        "INSERT OR REPLACE",
        "DELETE FROM pending",
        "before the call",
        "after the call",
        "before the acknowledgement",
        "DELETE FROM sessions",
        "PRAGMA wal_checkpoint(TRUNCATE)",
    ):
        assert any(step.startswith(name) for step in steps), name
    assert steps.count("after the call") == 3


def test_no_turn_is_lost_or_counted_twice(deaths):
    """Whatever the step, in the end all three updates are answered and nothing is left over."""
    for step, result in deaths:
        end = result["end"]

        assert end["processed"] == [1, 2, 3], step
        assert (end["tours"], end["pending"], end["due"]) == (0, [], {}), step
        assert list(dict.fromkeys(result["sent"])) == ["send 1", "send 2", "edit 3"], step


def test_a_turn_is_kept_whole_or_not_at_all(deaths):
    """Session, processed update and message to send are found together after the death, or none of them."""
    for step, result in deaths:
        left = result["left"]
        turns = [update_id for update_id in left["processed"] if update_id < 3]

        assert left["tours"] == (0 if 3 in left["processed"] else len(turns)), step
        assert not set(left["pending"]) & set(left["processed"]), step
        said = {line.split()[1] for line in [*left["due"], *left["sent"]]}
        assert said == {str(update_id) for update_id in left["processed"]}, step


def test_only_a_send_cut_between_call_and_answer_repeats(deaths):
    """At most one message comes twice; it was on its way at the moment of death, and known as such."""
    repeats = []
    for step, result in deaths:
        twice = {line for line in result["sent"] if result["sent"].count(line) > 1}
        repeats += sorted(twice)

        assert len(result["sent"]) <= 4, step
        for line in twice:
            assert result["left"]["sent"][-1] == line, step
            assert result["left"]["due"][line] is line.startswith("send"), step
    assert set(repeats) == {"send 1", "send 2", "edit 3"}
