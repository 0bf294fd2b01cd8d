"""From right to left, numbers and names keep their order."""

from hypothesis import given
from hypothesis import strategies as st

from i18n.direction import isolate
from i18n.language import FRENCH, Language

ARABIC = Language(id="ar", name="العربية", direction="rtl", locale="ar", rank=3)


def test_a_phone_number_is_isolated_in_arabic() -> None:
    """First strong isolate before, pop directional isolate after."""
    assert isolate("01 53 06 38 94", ARABIC) == "\u206801 53 06 38 94\u2069"


@given(st.text())
def test_nothing_changes_from_left_to_right(text: str) -> None:
    """French and English need no marks."""
    assert isolate(text, FRENCH) == text


@given(st.text())
def test_marks_are_not_doubled(text: str) -> None:
    """Isolating twice is isolating once, and the text inside is whole."""
    once = isolate(text, ARABIC)

    assert isolate(once, ARABIC) == once or "\u2068" in text or "\u2069" in text
    assert text in once


def test_two_isolated_pieces_are_isolated_as_one() -> None:
    """A text that starts and ends with a mark is not always isolated as a whole."""
    two = "\u2068Caf\u2069, \u2068PMI\u2069"

    assert isolate(two, ARABIC) == f"\u2068{two}\u2069"


def test_nothing_stays_nothing() -> None:
    """No invisible marks alone on a line."""
    assert isolate("", ARABIC) == ""
