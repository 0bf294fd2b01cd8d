"""Permanent codes: every card, place and topic has one, and a code never changes or names something else."""

import pytest

from bot.links import ALPHABET as LINK_ALPHABET
from knowledge.codes import ALPHABET, NOTHING, assign, is_code, new_codes
from knowledge.load import load_knowledge
from tests.knowledge.small_base import Base


def test_every_entry_and_topic_gets_a_code(tmp_path):
    """After --fix, each card, place and topic can be named by a button or a link."""
    base = Base(tmp_path)
    (base.folder / "codes.yaml").unlink()

    given = assign(tmp_path)
    codes = load_knowledge(base.folder).codes

    assert given == ["aide", "ecoute", "rif", "rif-19", "separation"]
    assert sorted(codes) == given
    assert all(is_code(code) for code in codes.values())
    assert len(set(codes.values())) == 5


def test_a_code_never_changes(tmp_path):
    """A second run gives nothing new and leaves the file as it is, byte for byte."""
    base = Base(tmp_path)
    assign(tmp_path)
    path = base.folder / "codes.yaml"
    before = path.stat().st_ino, path.read_bytes()

    assert assign(tmp_path) == []
    assert (path.stat().st_ino, path.read_bytes()) == before


def test_a_new_card_leaves_the_other_codes_alone(tmp_path):
    """Only what has no code receives one; the file stays sorted by id."""
    base = Base(tmp_path).remove_lines("codes.yaml", "^ecoute")

    assert assign(tmp_path) == ["ecoute"]
    codes = load_codes(base)
    assert list(codes) == ["aide", "ecoute", "rif", "rif-19", "separation"]
    assert (codes["aide"], codes["rif"], codes["rif-19"], codes["separation"]) == ("A1B", "A3B", "A4B", "A5B")


def test_the_code_of_a_card_that_is_gone_is_never_given_again(tmp_path):
    """A printed link to a removed card must not open another one."""
    base = Base(tmp_path)
    base.change("codes.yaml", "A2B", new_codes(["ancienne"], {})["ancienne"])
    (base.folder / "numeros" / "ecoute.yaml").rename(base.folder / "numeros" / "ancienne.yaml")

    assign(tmp_path)
    codes = load_codes(base)

    assert "ecoute" in codes
    assert codes["ancienne"] != codes["ecoute"]


def load_codes(base: Base) -> dict[str, str]:
    """Return the file of codes as written."""
    lines = (base.folder / "codes.yaml").read_text().splitlines()
    return dict(line.replace('"', "").split(": ") for line in lines if not line.startswith("#"))


def test_codes_do_not_depend_on_the_order_of_files():
    """Two people who add the same cards give them the same codes."""
    names = [f"fiche-{number}" for number in range(500)]

    assert new_codes(names, {}) == new_codes(reversed(names), {})


def test_thousands_of_codes_stay_distinct():
    """With 5,000 entries among 32,767 codes, chance meetings are settled."""
    codes = new_codes([f"lieu-{number}" for number in range(5000)], {"autre": "7ZZ"})

    assert len(set(codes.values()) | {"7ZZ", NOTHING}) == 5002


def test_no_entry_has_the_code_of_nothing():
    """000 means no target in a link, so nobody can receive it."""
    wanted = new_codes(["aide"], {})["aide"]

    assert not is_code(NOTHING)
    assert new_codes(["aide"], {"autre": wanted})["aide"] != wanted


@pytest.mark.parametrize("text", ["AB", "ABCD", "ABI", "ABO", "abc", "A-B", ""])
def test_what_cannot_be_read_aloud_is_no_code(text):
    """Letters that look like digits, lower case and other lengths are refused."""
    assert not is_code(text)


def test_links_are_written_with_the_letters_of_codes():
    """A code goes into a link as it is."""
    assert LINK_ALPHABET == ALPHABET
