"""Phrases and slips of the keyboard packed in arrays say exactly what the plain lists of them say."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from knowledge.danger_slips import slips_of
from knowledge.danger_tree import tree_of

SYMBOLS = ["il", "me", "frappe", "tape", "<fr:proche>", "*", "...", "fort", "encore", "ici", "la", "ou"]
SEQUENCES = st.lists(
    st.tuples(st.lists(st.sampled_from(SYMBOLS), min_size=1, max_size=4), st.integers(0, 3)), max_size=60
)
WORDS = st.lists(st.text("abcé", min_size=1, max_size=7), max_size=30, unique=True).map(sorted)


def steps_of(tree, symbols):
    """Walk as the matcher does, one symbol after the other."""
    step = 0
    for symbol in symbols:
        step = tree.follow(step, symbol)
        if not step:
            return None
    return step


@given(SEQUENCES)
def test_each_sequence_ends_on_what_it_stands_for_and_nothing_else_does(sequences):
    """A phrase is found again with all it stands for, in the order given; a beginning of one stands for nothing."""
    tree = tree_of(sequences, SYMBOLS)
    wanted = {}
    for symbols, payload in sequences:
        for size in range(1, len(symbols) + 1):
            wanted.setdefault(tuple(symbols[:size]), [])
        if payload not in wanted[tuple(symbols)]:
            wanted[tuple(symbols)].append(payload)

    assert len(tree.first) == len(wanted) + 2
    assert {symbols: list(tree.ends(steps_of(tree, symbols))) for symbols in wanted} == wanted


@given(SEQUENCES, st.lists(st.sampled_from(SYMBOLS), max_size=4), st.sets(st.sampled_from(SYMBOLS), min_size=1))
def test_what_goes_on_is_what_some_phrase_says_next(sequences, begun, said):
    """From any beginning, what was said goes on if and only if a phrase says so, « ... » included."""
    tree = tree_of(sequences, SYMBOLS)
    begun, offered = tuple(begun), said - {"..."}  # nothing typed is « ... »
    after = {symbols[len(begun)] for symbols, _ in sequences if tuple(symbols[: len(begun)]) == begun != tuple(symbols)}
    step = steps_of(tree, begun)
    if step is None:
        assert not after
        return

    assert bool(tree.leads[step]) == bool(after)
    assert bool(tree.waits[step]) == ("..." in after)
    assert bool(tree.loose[step]) == (begun[-1:] == ("...",))
    assert dict(tree.shared(step, dict.fromkeys(offered))) == {
        symbol: steps_of(tree, (*begun, symbol)) for symbol in offered & after
    }
    assert tree.goes_on(step, offered) == bool(offered & after)


@given(WORDS, st.text("abcdé", min_size=1, max_size=8))
def test_every_word_one_slip_away_is_found_and_no_other(words, typed):
    """One letter missing, added, changed, or two turned round: found; two slips: not."""
    found = list(slips_of(words, 3).near(typed))

    assert len(found) == len(set(found))
    assert set(found) == {word for word in words if len(word) >= 3 and OSA.distance(word, typed) <= 1}


def test_a_list_shared_by_chance_adds_no_word():
    """All lists in one: still only the words that a slip explains, in the order of the letters left out."""
    slips = slips_of(["frape", "frappe", "grappe", "nappe"], 5)
    together = type(slips)(slips.words, slips.begin[:1] + slips.begin[-1:], slips.found)

    assert list(together.near("frappe")) == list(slips.near("frappe")) == ["frappe", "grappe", "frape"]
