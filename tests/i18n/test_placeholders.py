"""Names between braces and numbers: what a translation must carry over unchanged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.language import FRENCH, Language
from i18n.placeholders import fill, numbers, placeholders, stray_braces

names = st.from_regex(r"[a-z0-9][a-z0-9_:.-]{0,20}", fullmatch=True)
plain = st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.tuples(plain, names)))
def test_every_placeholder_is_found(parts: list[tuple[str, str]]) -> None:
    """Amounts, phone numbers and counts are all found, whatever stands around them."""
    text = "".join(f"{before}{{{name}}}" for before, name in parts)

    assert placeholders(text) == {name for _, name in parts}
    assert not stray_braces(text)


@given(st.lists(st.tuples(plain, names)), st.data())
def test_filling_leaves_the_rest_alone(parts: list[tuple[str, str]], data: st.DataObject) -> None:
    """Each name gives way to its value, even one with braces, and nothing else moves."""
    values = {name: data.draw(st.text()) for _, name in parts}
    text = "".join(f"{before}{{{name}}}" for before, name in parts)

    assert fill(text, values, FRENCH) == "".join(before + values[name] for before, name in parts)


def test_values_are_isolated_in_arabic(arabic: Language) -> None:
    """A phone number keeps its order inside a sentence from right to left."""
    assert fill("اتصل بـ {tel:a}.", {"tel:a": "3919"}, arabic) == "اتصل بـ \u20683919\u2069."


def test_a_value_that_is_missing_is_not_hidden() -> None:
    """A sentence with a hole is an error, never shown."""
    with pytest.raises(KeyError, match="tel:a"):
        fill("Appelez le {tel:a}.", {}, FRENCH)


@pytest.mark.parametrize("text", ["{ n }", "{n", "n}", "{N}", "{}", "{{n}}"])
def test_a_brace_that_names_nothing_is_noticed(text: str) -> None:
    """A space, a capital or a lost brace would be shown to families as it is."""
    assert stray_braces(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Avant 3 ans, puis 6 ans.", {"3", "6"}),
        ("200,77 € ou €200.77", {"200.77"}),
        ("1 200 € ou €1,200 ou 1\u202f200", {"1200"}),
        ("1 200,50 ou 1,200.50", {"1200.50"}),
        ("24 h sur 24, 7 jours sur 7", {"24", "7"}),
        ("18, 19 et 20", {"18", "19", "20"}),
        ("٣٩١٩", {"3919"}),
        ("١٬٢٠٠٫٥", {"1200.5"}),
        ("{revenus-n2} et {tel:tel-119}", set()),
        ("Aucun.", set()),
    ],
)
def test_numbers_are_compared_beyond_their_spelling(text: str, found: set[str]) -> None:
    """French, English and Arabic write the same number in their own way."""
    assert numbers(text) == found
