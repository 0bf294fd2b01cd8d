"""A month as it is published: worked out by hand from thirty-four families, and attacked."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.observatory import needs, report
from bot.observatory.publication import DISTRICTS, Line, dump, load, publish
from bot.observatory.suppression import FLOOR
from bot.observatory.visit import ASKED, UNMET, Key

LANGUAGES = ("fr", "en", "ar")


def month():
    """Return 34 families that asked about childcare, 9 about bereavement, and what became of them.

    Childcare: 21 of the 18th, 4 of the 19th, 9 who did not say; 22 in French, 12 in Arabic; 12 by the link of a school,
    the others by none. 31 saw results, 13 opened a card; 17 of the 18th were drawn among those who saw results, and 12
    among those who saw no place near.
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
    found[Key("montre", "garde-insertion", "arrondissement", "18")] = 17
    found[Key("montre", "garde-insertion", "langue", "ar")] = 9
    found[Key("ouvert", "garde-insertion", "langue", "ar")] = 7
    found[Key(UNMET, "garde-insertion", "arrondissement", "18")] = 12
    found[Key("fiche-montree", "avip", "", "")] = 27
    found[Key("fiche-montree", "cesu", "", "")] = 9
    found[Key("fiche-ouverte", "avip", "", "")] = 10
    found[Key("utile", "oui", "", "")] = 11
    found[Key("utile", "non", "", "")] = 3
    found[Key("incompris", "", "langue", "fr")] = 15
    found[Key("incompris", "", "langue", "ar")] = 2
    return found


LINKS = {"EC019": "Écoles du 19e"}
LINES = publish(month(), LANGUAGES, LINKS)


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


def test_how_far_families_of_an_arrondissement_went(knowledge):
    """In the 18th at least 10 of 21 saw results, at least 10 no place near; of 12 in Arabic nothing can be said."""
    found = [line for line in LINES if line.axis and line.kind in ("montre", "ouvert", UNMET)]
    table = next(table for table in report.tables(LINES, knowledge) if table.id == "suite")

    assert found == [
        Line("montre", "garde-insertion", "arrondissement", "18", low=10),
        Line(UNMET, "garde-insertion", "arrondissement", "18", low=10),
    ]
    assert [row[1:] for row in table.rows] == [
        ("arrondissement : 18e", "21", "au moins 10", "non publié", "au moins 10"),
    ]


def test_arrondissements_with_few_families_are_hidden():
    """The 18th is shown; the 4 of the 19th are among 13 that nobody can tell apart, with the 9 who did not say."""
    assert shown("demande", "arrondissement") == {"18": 21}


def test_languages_with_few_families_are_hidden():
    """Nobody spoke English: 0 is small too, and French hides it; Arabic is shown."""
    assert shown("demande", "langue") == {"ar": 12}


def test_links_are_named_once_ten_families_came_by_them():
    """The school's is shown by its title, and « by none » hides that nobody came by another one."""
    assert shown("demande", "campagne") == {"Écoles du 19e": 12}


def test_a_link_nobody_announced_has_no_line_of_its_own():
    """Whoever makes a link for one family and opens it themselves nineteen times learns nothing of the twentieth."""
    counts = month()
    counts[Key(ASKED, "garde-insertion", "campagne", "M0HAMED")] = 20
    counts[Key(ASKED, "garde-insertion", "arrondissement", "18")] += 20
    counts[Key(ASKED, "garde-insertion", "langue", "fr")] += 20
    links = {line.value: line.count for line in publish(counts, LANGUAGES, LINKS) if line.axis == "campagne"}

    assert links == {"aucune": 22, "autres": 20, "Écoles du 19e": 12}


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
    (need,) = needs.needs(LINES, knowledge)

    assert (need.asked, need.unmet) == (21, 10)
    assert need.sentence == (
        f"18e : 21 conversations ont demandé «\u00a0{knowledge.topic_by_id['garde-insertion'].name}\u00a0». "
        "Pour au moins 10 d'entre elles, aucun lieu proche n'a été montré."
    )


def test_a_need_of_few_families_is_not_told():
    """Of 18, « at least 10 » leaves fewer than nine who may not be among them: nothing is said."""
    counts = month()
    counts[Key(ASKED, "garde-insertion", "arrondissement", "18")] = 18

    assert [line for line in publish(counts, LANGUAGES, LINKS) if line.kind == UNMET] == []


def test_a_publication_is_read_back_as_it_was():
    """What the page, the files and the terminal show comes from the same kept text."""
    assert load(dump(LINES)) == LINES


def test_no_number_under_the_floor_is_in_any_table(knowledge):
    """Every number of every table, as words: ten at least, or a span, or hidden."""
    cells = [cell for table in report.tables(LINES, knowledge) for row in table.rows for cell in row[1:]]

    assert all(cell == report.HIDDEN or " " in cell or int(cell) >= FLOOR for cell in cells)


AXES = ("arrondissement", "langue", "campagne")


@st.composite
def months(draw):
    """Return any month of two subjects: families with an arrondissement, a language, a link, and how far they went."""
    counts = Counter()
    place, tongue = st.sampled_from(("18", "19", "7", "inconnu")), st.sampled_from(LANGUAGES)
    family = st.tuples(st.sampled_from("ab"), place, tongue, st.booleans(), st.booleans())
    chance = draw(st.randoms(use_true_random=False))
    for subject, district, language, by_school, went_on in draw(st.lists(family, max_size=90)) * draw(
        st.integers(1, 3)
    ):
        for axis, value in zip(AXES, (district, language, "EC019" if by_school else "aucune"), strict=True):
            counts[Key(ASKED, subject, axis, value)] += 1
            counts[Key("montre", subject, axis, value)] += went_on and chance.random() < 0.8
        counts[Key("montre", subject, "", "")] += went_on
    return counts


@given(months())
def test_the_linear_system_of_all_tables_tells_no_small_number(month):
    """An attacker who adds and subtracts everything published keeps at least ten values for each number under ten."""
    known = Attack(publish(month, LANGUAGES, LINKS))
    small = [key for key in known.asked if known.true(month, key) < FLOOR and known.width(known.asked[key]) < FLOOR]

    assert small == []
    assert [key for key, bounds in known.shown.items() if known.width(bounds) < FLOOR] == []


class Attack:
    """What follows from all lines together: bounds of each unknown, tightened until nothing moves.

    Every sum of a subject is the same in its three tables, and who saw results asked before. With the sum published,
    each table is a system of one equation: bounds are then exactly what linear programming gives.
    """

    def __init__(self, lines):
        self.asked, self.shown, self.sums, self.spans = {}, {}, {}, {}
        for line in lines:
            key = Key(line.kind, line.subject, line.axis, line.value)
            if line.kind == ASKED and line.axis:
                self.asked[key] = [line.count or 0, line.count if line.count is not None else 10**6]
                self.shown[key._replace(kind="montre")] = [0, 10**6]
            elif line.kind == ASKED:
                self.sums[line.subject] = [line.count, line.count]
            elif line.kind == "montre" and not line.axis:
                self.spans[line.subject] = [line.low, line.high]
        for line in lines:
            if line.kind == "montre" and line.axis:
                self.shown[Key(line.kind, line.subject, line.axis, line.value)][0] = line.low
        while self.tightened():
            pass

    def tightened(self):
        before = repr((self.asked, self.shown, self.spans))
        for subject, axis in {(key.subject, key.axis) for key in self.asked}:
            self.share(self.asked, subject, axis, self.sums[subject])
            self.share(self.shown, subject, axis, self.spans[subject])
        for key, bounds in self.shown.items():
            asked = self.asked[key._replace(kind=ASKED)]
            bounds[1], asked[0] = min(bounds[1], asked[1]), max(bounds[0], asked[0])
        return before != repr((self.asked, self.shown, self.spans))

    @staticmethod
    def share(table, subject, axis, whole):
        """Tighten the cells of a line by its sum, and the sum by its cells."""
        cells = [bounds for key, bounds in table.items() if (key.subject, key.axis) == (subject, axis)]
        low, high = sum(each[0] for each in cells), sum(each[1] for each in cells)
        whole[:] = [max(whole[0], low), min(whole[1], high)]
        for each in cells:
            each[:] = [max(each[0], whole[0] - (high - each[1])), min(each[1], whole[1] - (low - each[0]))]

    @staticmethod
    def true(counts, key):
        """Return the number behind a published cell, whose link may be named by its title."""
        names = {title: name for name, title in LINKS.items()}
        return counts[key._replace(value=names.get(key.value, key.value))]

    @staticmethod
    def width(bounds):
        """Return how many values a number may still have."""
        return bounds[1] - bounds[0] + 1


@pytest.mark.parametrize("district", DISTRICTS)
def test_one_family_more_shows_only_in_numbers_above_the_floor(district):
    """Whoever knows all others and sees 34 become 35 learns that one more asked, and not from which small place."""
    before = publish(month(), LANGUAGES, LINKS)
    counts = month()
    for axis, value in (("arrondissement", district), ("langue", "fr"), ("campagne", "aucune")):
        counts[Key(ASKED, "garde-insertion", axis, value)] += 1
    after = publish(counts, LANGUAGES, LINKS)
    changed = {line.axis + line.value for line in set(after) ^ set(before) if line.kind == ASKED}

    assert changed == ({"", "arrondissement18"} if district == "18" else {""})
