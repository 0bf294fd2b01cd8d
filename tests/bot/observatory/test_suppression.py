"""Nobody works out a small number: every table that could have been published is tried, and so is every attack on it."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.observatory.suppression import FLOOR, at_least, band, hidden

ORDER = ("inconnu", "18", "19")
WIDE = (*ORDER, "20")


def line(*counts, order=ORDER):
    """Return the cells of a line."""
    return dict(zip(order, counts, strict=True))


def seen(cells, order=ORDER):
    """Return what is published of a line: its sum, and each cell that is not hidden."""
    out = hidden(cells, order)
    return sum(cells.values()), tuple(None if value in out else count for value, count in cells.items())


def guesses(universe):
    """Return for each thing published everything it could have been."""
    could = defaultdict(list)
    for published, truth in universe:
        could[published].append(truth)
    return could


@pytest.mark.parametrize(
    "counts, out",
    [
        ((40, 30, 20), ()),  # nothing small: nothing to protect
        ((40, 30, 9), ("inconnu", "19")),  # 79 - 30 = 49 is shared by two
        ((40, 30, 0), ("inconnu", "19")),  # nobody is a small number too
        ((4, 30, 20), ("inconnu", "18")),  # the unknown is small: it needs another beside it
        ((3, 30, 4), ("inconnu", "18", "19")),  # 3 + 4 = 7 would leave 19 between 0 and 7
        ((6, 30, 4), ("inconnu", "19")),  # 6 + 4 = 10 leaves it anywhere up to 9
    ],
)
def test_small_cells_are_hidden_with_enough_beside_them(counts, out):
    """Worked out by hand: what is missing from the sum is at least ten, and lies in two cells at least."""
    assert hidden(line(*counts), ORDER) == frozenset(out)


def lines_of(order, totals):
    """Return every line there can be, of these sums."""
    for total in totals:
        for head in product(range(total + 1), repeat=len(order) - 1):
            if sum(head) <= total:
                yield line(*head, total - sum(head), order=order)


def narrowed(could, values):
    """Return what someone who knows the rule has narrowed: hidden cells, perhaps small, with fewer than ten values."""
    return [
        (published, value)
        for published, tables in could.items()
        for value in values
        if 1 < len(known := {cells[value] for cells in tables}) < FLOOR or (len(known) == 1 and min(known) < FLOOR)
        if min(known) < FLOOR
    ]


def test_no_small_number_of_a_line_can_be_narrowed():
    """Who knows the rule, the sum and every shown cell still has ten values for each small one (all 20,000 lines)."""
    could = guesses((seen(cells), cells) for cells in lines_of(ORDER, range(FLOOR, 48)))

    assert len(could) > 1000
    assert narrowed(could, ORDER) == []


def test_two_lines_with_the_same_sum_tell_no_more():
    """The same families are counted by arrondissement and by language: together the tables narrow nothing."""
    universe = (
        ((seen(places), seen(tongues, ("fr", "ar"))), {**places, **tongues})
        for places in lines_of(ORDER, range(FLOOR, 32))
        for tongues in lines_of(("fr", "ar"), (sum(places.values()),))
    )

    assert narrowed(guesses(universe), (*ORDER, "fr", "ar")) == []


def test_who_knows_everyone_else_cannot_place_the_last_family():
    """All the others being known, the last family of a small cell could as well be in another one that is hidden."""
    placed = []
    for counts in product(range(14), repeat=4):
        cells = line(*counts, order=WIDE)
        if sum(counts) < FLOOR:
            continue
        published = seen(cells, WIDE)
        out = hidden(cells, WIDE)
        for value in out - {"inconnu"}:
            if 0 < cells[value] < FLOOR:
                elsewhere = (moved(cells, value, other) for other in out - {value})
                if not any(seen(other, WIDE) == published for other in elsewhere):
                    placed.append((cells, value))

    assert placed == []


def moved(cells, source, target):
    """Return a line with one family in another cell."""
    return {**cells, source: cells[source] - 1, target: cells[target] + 1}


@given(st.dictionaries(st.sampled_from([str(each) for each in range(1, 21)]), st.integers(0, 60)))
def test_what_is_missing_from_a_sum_is_large_and_shared(counts):
    """In any line, either every cell is shown, or what is hidden is ten or more, in two cells or more."""
    order = ("inconnu", *map(str, range(1, 21)))
    cells = {value: counts.get(value, 0) for value in order}
    if sum(cells.values()) < FLOOR:
        return
    out = hidden(cells, order)

    assert {value for value, count in cells.items() if count < FLOOR} <= out
    assert not out or (len(out) > 1 and sum(cells[value] for value in out) >= FLOOR)


@pytest.mark.parametrize(
    "part, whole, expected",
    [(0, 34, (0, 9)), (9, 34, (0, 9)), (10, 34, (10, 19)), (24, 34, (20, 34)), (34, 34, (20, 34)), (7, 18, (0, 18))],
)
def test_a_part_is_given_as_a_span(part, whole, expected):
    """Of 34, the last span begins at 20: from 30 on, it would tell that fewer than ten are left."""
    assert band(part, whole) == expected


@given(st.integers(10, 400), st.data())
def test_a_span_and_its_rest_have_ten_values(whole, data):
    """Neither how many, nor how many not, is known better than to ten values; and the count is in its span."""
    part = data.draw(st.integers(0, whole))
    low, high = band(part, whole)

    assert low <= part <= high
    assert high - low + 1 >= FLOOR


@pytest.mark.parametrize("part, whole, expected", [(9, 40, 0), (10, 40, 10), (39, 40, 30), (40, 40, 30), (18, 18, 0)])
def test_a_part_is_given_as_at_least(part, whole, expected):
    """Of 40 who all went on, 30 is said: « 40 at least » would tell what each of them did."""
    assert at_least(part, whole) == expected


def test_at_least_beside_two_values_narrows_nothing():
    """Forty families by arrondissement and by language, and how many saw results: whatever can be published of them,
    every number in it and what it leaves of its whole keep ten values (all cases, whoever was drawn)."""
    places, tongues = (19, 21), (20, 20)
    could = defaultdict(lambda: [set(), set(), set(), set()])
    for numbers in product(*(range(count + 1) for count in (*places, *tongues))):
        if sum(numbers[:2]) == sum(numbers[2:]):
            lows = (range(0, at_least(n, of) + 1, FLOOR) for n, of in zip(numbers, (*places, *tongues), strict=True))
            for low in product(*lows):
                for known, number in zip(could[band(sum(numbers[:2]), 40), low], numbers, strict=True):
                    known.add(number)

    assert len(could) > 20
    assert [published for published, known in could.items() if min(map(len, known)) < FLOOR] == []


def test_anybody_may_have_gone_on_and_any_nine_may_not():
    """The two ends of it: nothing that can be published contradicts that all forty did, nor that nine of them did not."""
    for whole in range(60):
        most = at_least(whole, whole)

        assert most == 0 or at_least(whole - (FLOOR - 1), whole) == most
