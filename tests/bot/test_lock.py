"""One process at a time in a data folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import FolderBusy
from bot.lock import folder_lock

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from bot.lock import folder_lock
with folder_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def hold(folder):
    """Start another process that holds the folder; return it once it does."""
    pipes = {"cwd": ROOT, "stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], **pipes)
    process.stdout.readline()
    return process


def test_a_second_service_started_by_mistake_is_told_where_the_first_one_is(tmp_path):
    """The message names the folder and the process, and says what to do."""
    with hold(tmp_path) as other, pytest.raises(FolderBusy) as caught, folder_lock(tmp_path):
        pass
    other_pid = other.pid

    assert f"travaille déjà dans le dossier {tmp_path} (processus {other_pid})" in str(caught.value)
    assert "PASSERELLE_DONNEES" in str(caught.value)


def test_a_killed_service_leaves_the_folder_free(tmp_path):
    """After kill -9 nobody has to remove a file by hand."""
    with hold(tmp_path) as other:
        other.kill()
        other.wait()
        with folder_lock(tmp_path):
            taken = True

    assert taken


def test_a_folder_is_free_again_when_the_work_is_done(tmp_path):
    """The same process may come back; two folders do not know each other."""
    (tmp_path / "autre").mkdir()
    with folder_lock(tmp_path), folder_lock(tmp_path / "autre"):
        pass
    with folder_lock(tmp_path), pytest.raises(FolderBusy), folder_lock(tmp_path):
        pass


def test_a_missing_folder_is_said_plainly(tmp_path):
    """The reason is in the message, not in a traceback."""
    with (
        pytest.raises(FolderBusy, match="ne peut pas être réservé : chemin introuvable"),
        folder_lock(tmp_path / "x"),
    ):
        pass
