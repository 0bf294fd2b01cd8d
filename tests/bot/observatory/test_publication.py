"""A month as it is published: worked out by hand from thirty-four families, and attacked."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.observatory import report
from bot.observatory.publication import DISTRICTS, Line, dump, load, publish
from bot.observatory.suppression import FLOOR
from bot.observatory.visit import ASKED, UNMET, Key

LANGUAGES = ("fr", "en", "ar")


def month():
    """Return 34 families that asked about childcare, 9 about bereavement, and what became of them.

    Childcare: 21 of the 18th, 4 of the 19th, 9 who did not say; 22 in French, 12 in Arabic; 12 by the link of a school,
    the others by none. 31 saw results, 13 opened a card; in the 18th, 12 saw no place near.
    """
    found = Counter()
    for value, count in (("18", 21), ("19", 4), ("inconnu", 9)):
        found[Key(ASKED, "garde-insertion", "arrondissement", value)] = count
    for value, count in (("fr", 22), ("ar", 12)):
        found[Key(ASKED, "garde-insertion", "langue", value)] = count
    for value, count in (("aucune", 22), ("EC019", 12)):
        found[Key(ASKED, "garde-insertion", "campagne", value)] = count
    for axis, value in (("arrondissement", "18"), ("langue", "fr"), ("campagne", "aucune")):
        found[Key(ASKED, "deuil", axis, value)] = 9
    found[Key("montre", "garde-insertion", "", "")] = 31
    found[Key("ouvert", "garde-insertion", "", "")] = 13
    found[Key(UNMET, "garde-insertion", "arrondissement", "18")] = 12
    found[Key("fiche-montree", "avip", "", "")] = 27
    found[Key("fiche-montree", "cesu", "", "")] = 9
    found[Key("fiche-ouverte", "avip", "", "")] = 10
    found[Key("utile", "oui", "", "")] = 11
    found[Key("utile", "non", "", "")] = 3
    found[Key("incompris", "", "langue", "fr")] = 15
    found[Key("incompris", "", "langue", "ar")] = 2
    return found


LINES = publish(month(), LANGUAGES)


def shown(kind, axis):
    """Return the cells of a line that are not hidden."""
    return {
        line.value: line.count for line in LINES if (line.kind, line.axis) == (kind, axis) and line.count is not None
    }


def test_a_subject_with_its_sum():
    """34 asked; 31 and 13 of them went on, as spans: of 34, 20 to 34 and 10 to 19."""
    found = [line for line in LINES if line.subject == "garde-insertion" and not line.axis]

    assert found == [
        Line("demande", "garde-insertion", count=34),
        Line("montre", "garde-insertion", low=20, high=34),
        Line("ouvert", "garde-insertion", low=10, high=19),
    ]


def test_arrondissements_with_few_families_are_hidden():
    """The 18th is shown; the 4 of the 19th are among 13 that nobody can tell apart, with the 9 who did not say."""
    assert shown("demande", "arrondissement") == {"18": 21}


def test_languages_with_few_families_are_hidden():
    """Nobody spoke English: 0 is small too, and French hides it; Arabic is shown."""
    assert shown("demande", "langue") == {"ar": 12}


def test_links_are_named_once_ten_families_came_by_them():
    """The school's is shown, and « by none » hides that nobody came by another one."""
    assert shown("demande", "campagne") == {"EC019": 12}


def test_a_subject_with_few_families_is_not_there():
    """Nine asked about bereavement: not a line of it, hidden or not."""
    assert not [line for line in LINES if line.subject == "deuil"]


def test_cards_answers_and_misread_sentences():
    """27 is 20 to 29, 9 and 3 are nothing; 15 French sentences are not shown beside 2 Arabic ones, their sum is."""
    rest = [line for line in LINES if line.kind in ("fiche-montree", "fiche-ouverte", "utile", "incompris")]

    assert rest == [
        Line("incompris", "", count=17),
        Line("incompris", "", "langue", "fr"),
        Line("incompris", "", "langue", "en"),
        Line("incompris", "", "langue", "ar"),
        Line("utile", "oui", count=11),
        Line("fiche-montree", "avip", low=20, high=29),
        Line("fiche-ouverte", "avip", low=10, high=19),
    ]


def test_a_need_without_an_answer_in_plain_words(knowledge):
    """In the 18th, 12 of 21 saw no place near: at least 10 is said, since 21 - 12 = 9 would be told by more."""
    (need,) = report.needs(LINES, knowledge)

    assert (need.asked, need.unmet) == (21, 10)
    assert need.sentence == (
        f"18e : 21 conversations ont demandé «\u00a0{knowledge.topic_by_id['garde-insertion'].name}\u00a0». "
        "Pour au moins 10 d'entre elles, aucun lieu proche n'a été montré."
    )


def test_a_need_of_few_families_is_not_told():
    """Of 18, any span of ten values leaves fewer than ten for the rest: nothing is said of them."""
    counts = month()
    counts[Key(ASKED, "garde-insertion", "arrondissement", "18")] = 18

    assert [line for line in publish(counts, LANGUAGES) if line.kind == UNMET] == []


def test_a_publication_is_read_back_as_it_was():
    """What the page, the files and the terminal show comes from the same kept text."""
    assert load(dump(LINES)) == LINES


def test_no_number_under_the_floor_is_in_any_table(knowledge):
    """Every number of every table, as words: ten at least, or a span, or hidden."""
    cells = [cell for table in report.tables(LINES, knowledge) for row in table.rows for cell in row[1:]]

    assert all(cell == report.HIDDEN or " " in cell or int(cell) >= FLOOR for cell in cells)


@st.composite
def months(draw):
    """Return any month of two subjects: families with an arrondissement, a language, a link, and how far they went."""
    found = Counter()
    place, tongue = st.sampled_from(("18", "19", "7", "inconnu")), st.sampled_from(LANGUAGES)
    families = draw(
        st.lists(st.tuples(st.sampled_from("ab"), place, tongue, st.booleans(), st.booleans()), max_size=90)
    )
    for subject, district, language, by_school, unmet in families * draw(st.integers(1, 3)):
        found[Key(ASKED, subject, "arrondissement", district)] += 1
        found[Key(ASKED, subject, "langue", language)] += 1
        found[Key(ASKED, subject, "campagne", "EC019" if by_school else "aucune")] += 1
        found[Key("montre", subject, "", "")] += 1
        if unmet:
            found[Key(UNMET, subject, "arrondissement", district)] += 1
    return found


@given(months())
def test_the_linear_system_of_all_tables_tells_no_small_number(counts):
    """An attacker who adds and subtracts everything published keeps at least ten values for each number under ten."""
    lines = publish(counts, LANGUAGES)
    known = Attack(lines)
    small = [key for key in known.cells if counts[key] < FLOOR]

    assert [key for key in small if known.width(key) < FLOOR] == []


class Attack:
    """What follows from all lines together: bounds of each unknown, tightened until nothing moves.

    Every sum of a subject is the same in its three tables; who saw results, or no place near, asked before. With the
    sum published, each table is a system of one equation: bounds are then exactly what linear programming gives.
    """

    def __init__(self, lines):
        self.cells, sums, self.groups = {}, {}, {}
        for line in lines:
            key = Key(line.kind, line.subject, line.axis, line.value)
            if not line.axis and line.count is not None:
                sums[line.kind, line.subject] = line.count
            elif line.axis and line.kind != UNMET:
                self.cells[key] = [line.count or 0, line.count if line.count is not None else 10**6]
                self.groups.setdefault(key[:3], []).append(key)
            elif line.low is not None:
                self.cells[key] = [line.low, line.high]
        self.sums = sums
        while self.tightened():
            pass

    def tightened(self):
        before = {key: tuple(bounds) for key, bounds in self.cells.items()}
        for (kind, subject, _), keys in self.groups.items():
            total = self.sums[kind, subject]
            for key in keys:
                others = [self.cells[other] for other in keys if other != key]
                self.cells[key][0] = max(self.cells[key][0], total - sum(high for _, high in others))
                self.cells[key][1] = min(self.cells[key][1], total - sum(low for low, _ in others))
        for key, bounds in self.cells.items():
            if key.kind == UNMET:
                bounds[1] = min(bounds[1], self.cells[key._replace(kind=ASKED)][1])
                shown = self.cells[Key("montre", key.subject, "", "")]
                shown[0] = max(shown[0], bounds[0])
                rest = [other for name, other in self.cells.items() if name[:2] == key[:2] and name != key]
                bounds[1] = min(bounds[1], shown[1] - sum(low for low, _ in rest))
        return before != {key: tuple(bounds) for key, bounds in self.cells.items()}

    def width(self, key):
        """Return how many values a number may still have."""
        low, high = self.cells[key]
        return high - low + 1


@pytest.mark.parametrize("district", DISTRICTS)
def test_one_family_more_shows_only_in_numbers_above_the_floor(district):
    """Whoever knows all others and sees 34 become 35 learns that one more asked, and not from which small place."""
    before = publish(month(), LANGUAGES)
    counts = month()
    for axis, value in (("arrondissement", district), ("langue", "fr"), ("campagne", "aucune")):
        counts[Key(ASKED, "garde-insertion", axis, value)] += 1
    after = publish(counts, LANGUAGES)
    changed = {line.axis + line.value for line in set(after) ^ set(before) if line.kind == ASKED}

    assert changed == ({"", "arrondissement18"} if district == "18" else {""})
