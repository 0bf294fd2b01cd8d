"""The strict reader: nothing is converted, nothing is lost in silence, every problem has its line."""

import pytest

from knowledge.reader import ContentError, parse


def problems(text):
    """Return the problems of a text as an editor sees them."""
    with pytest.raises(ContentError) as caught:
        parse(text, "fiche.yaml")
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("scalar", ["0142345670", "9:30", "01000", "no", "3.10", "2026-11-21", "null", "1e3", "~"])
def test_every_scalar_stays_the_text_that_was_typed(scalar):
    """What plain YAML would turn into numbers, dates and booleans stays text."""
    assert parse(f"cle: {scalar}", "fiche.yaml")["cle"] == scalar


def test_a_key_written_twice_is_refused_with_both_lines():
    """The second of two equal keys never wins in silence."""
    assert problems("id: a\nnom: b\nid: c") == [
        "fiche.yaml:3: 'id' est écrit deux fois\n    -> première fois ligne 1 ; gardez-en un"
    ]


def test_all_problems_are_listed_at_once():
    """An editor mends everything in one go."""
    found = problems("a: 1\na: 2\nb:\n  c: 1\n  c: 2")

    assert [line.split(":")[1] for line in found] == ["2", "5"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1, 2\n", 2),
        ("a: 'b", 1),
        ("a: b\n c: d: e", 2),
        ("- liste", 1),
        ("", 1),
        ("a: &x 1\nb: *x", 1),
        ("a: !!python/name:os.system x", 1),
    ],
)
def test_broken_yaml_is_refused_with_its_line(text, line):
    """Broken files, lists at the top, aliases and tags are refused, and the file and line are named."""
    assert problems(text)[0].startswith(f"fiche.yaml:{line}")


def test_lines_are_kept_for_later_problems():
    """A value and its items know where they stand."""
    block = parse("id: asf\nmots:\n  - un\n  - deux\n", "fiche.yaml")

    assert block.lines == {"id": 1, "mots": 2}
    assert block["mots"].lines == [3, 4]
