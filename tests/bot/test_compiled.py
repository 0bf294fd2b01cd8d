"""What a start keeps for the next one is taken back only as it was written; the content files always decide."""

import re
from hashlib import sha256

import pytest

from bot.compiled import COMPILED_FILE, Compiled
from bot.content import load_library
from knowledge.danger import detect
from tests.conftest import ROOT

KEY, OTHER = "a" * 64, "b" * 64
CRY = "mon mari me frappe"


@pytest.fixture
def kept(tmp_path):
    """A file with two values."""
    first = Compiled(tmp_path / COMPILED_FILE)
    first.keep(KEY, {"nom": "Été"})
    first.keep(OTHER, [1, 2])
    first.save()
    first.close()
    return tmp_path / COMPILED_FILE


def used_again(path, *keys):
    """Return what a next start finds under some keys, once it has kept what it used."""
    again = Compiled(path)
    found = [again.kept(key) for key in keys]
    again.save()
    again.close()
    return found


def test_what_is_kept_comes_back_as_it_was(kept):
    """Two starts later still."""
    assert used_again(kept, OTHER, KEY) == [[1, 2], {"nom": "Été"}]
    assert used_again(kept, KEY, OTHER) == [{"nom": "Été"}, [1, 2]]


def test_what_is_no_longer_used_leaves_the_file(kept):
    """Files that were removed do not pile up."""
    used_again(kept, KEY)

    assert used_again(kept, KEY, OTHER) == [{"nom": "Été"}, None]
    assert OTHER not in kept.read_text()


def test_a_start_that_changes_nothing_writes_nothing(kept):
    """A disk is not worn by each restart."""
    before = kept.stat()
    used_again(kept, OTHER, KEY)

    assert (kept.stat().st_ino, kept.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize(
    ("written", "damaged"),
    [
        ('"Été"', '"Eté"'),  # still JSON, no longer what was written
        ('"Été"}', '"Été"'),
        (f"{KEY} ", f"{KEY} 0"),
        (f"{KEY} ", ""),
    ],
)
def test_a_damaged_value_is_refused_and_the_others_stay(kept, written, damaged):
    """One broken line is made again; it is not taken for what it looks like."""
    text = kept.read_text()
    assert written in text
    kept.write_text(text.replace(written, damaged, 1))

    assert used_again(kept, KEY, OTHER) == [None, [1, 2]]
    assert KEY not in kept.read_text()


def test_a_file_cut_at_its_very_end_still_gives_whole_lines(kept):
    """The last line lost its end of line only: it is right, and the next save gives it one again."""
    kept.write_text(kept.read_text().rstrip("\n"))
    again = Compiled(kept)
    found = again.kept(KEY), again.kept(OTHER)
    again.keep("c" * 64, "autre")
    again.save()
    again.close()

    assert found == ({"nom": "Été"}, [1, 2])
    assert used_again(kept, KEY, OTHER, "c" * 64) == [{"nom": "Été"}, [1, 2], "autre"]


def test_a_file_that_changes_while_it_is_read_is_not_kept(tmp_path, monkeypatch):
    """What was read last could otherwise stand under the name of what was there before."""
    file = tmp_path / "a.yaml"
    file.write_text("nom: avant\n")
    compiled = Compiled(tmp_path / COMPILED_FILE)
    read = compiled.read.__globals__["reader"].read
    monkeypatch.setattr(
        "bot.compiled.reader.read", lambda path, shown: file.write_text("nom: après\n") and read(path, shown)
    )
    found = compiled.read(file, "a.yaml")
    compiled.save()
    compiled.close()

    assert found == {"nom": "après"}
    assert used_again(tmp_path / COMPILED_FILE, sha256(b"nom: avant\n").hexdigest()) == [None]


def test_damaged_words_of_danger_are_compiled_again(library, tmp_path):
    """A broken memory of the phrases deafens nobody: they are compiled again, whole, and kept again."""
    first = load_library(ROOT, tmp_path)
    path = tmp_path / COMPILED_FILE
    sound = path.read_text()
    damaged = re.sub(r'("phrases": \[")....', r"\1AAAA", sound)
    assert damaged != sound
    path.write_text(damaged)
    again = load_library(ROOT, tmp_path)

    assert first.danger.tongues == again.danger.tongues == library.danger.tongues
    assert again.danger.texts == library.danger.texts
    assert detect(again.danger, CRY) == detect(library.danger, CRY)
    assert detect(again.danger, CRY).case == "violence"
    assert sorted(path.read_text().splitlines()) == sorted(sound.splitlines())
