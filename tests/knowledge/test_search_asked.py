"""What desks ask for is kept with its answers: the search learns from it how cards are called."""

import pytest

from knowledge.reader import ContentError
from knowledge.search import Index
from knowledge.search_asked import EXACTLY, asked, by_card, by_entry, tables


def written(folder, text):
    """A folder of content with one table of queries."""
    (folder / "demandes").mkdir()
    path = folder / "demandes" / "mairie.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_each_query_leads_to_entries_that_exist_and_to_one_exactly(knowledge):
    """A card that is renamed or removed is renamed or removed here too."""
    rows = [(path.name, text, grades) for path in tables() for text, grades in asked(path).items()]
    lost = {(name, text, each) for name, text, grades in rows for each in grades if each not in knowledge.by_id}
    vague = {(name, text) for name, text, grades in rows if EXACTLY not in grades.values()}

    assert len(rows) > 2000
    assert lost == set()
    assert vague == set()


def test_a_query_and_its_graded_answers_are_read(tmp_path):
    """One line: what was typed, a tabulation, each answer with its grade."""
    path = written(tmp_path, "plus de couches\trestos-bebes:3 pmi:1\nram 18\trelais-petite-enfance:3\n")

    assert asked(path) == {"plus de couches": {"restos-bebes": 3, "pmi": 1}, "ram 18": {"relais-petite-enfance": 3}}
    assert by_entry(tmp_path) == {"restos-bebes": ("plus de couches",), "relais-petite-enfance": ("ram 18",)}


@pytest.mark.parametrize(
    "line", ["plus de couches", "plus de couches\t", "\tpmi:3", "couches\tpmi:4", "couches\tpmi 3"]
)
def test_a_line_of_another_form_is_refused_with_its_place(tmp_path, line):
    """File and line, and how to write it; every bad line at once."""
    path = written(tmp_path, f"ram\trelais-petite-enfance:3\n{line}\nrien\n")

    with pytest.raises(ContentError) as refused:
        asked(path)
    assert [str(problem.where) for problem in refused.value.problems] == [
        "knowledge/demandes/mairie.tsv:2",
        "knowledge/demandes/mairie.tsv:3",
    ]
    assert "une note allant de 1 à 3" in str(refused.value)


def test_a_query_written_twice_is_refused(tmp_path):
    """Two lines might say two things of it."""
    path = written(tmp_path, "ram\trelais-petite-enfance:3\nram\tpmi:3\n")

    with pytest.raises(ContentError, match=r"mairie\.tsv:2.*écrit deux fois"):
        asked(path)


def test_who_asks_for_a_place_asks_for_its_service(knowledge):
    """So that a service is called by what is asked of its places."""
    place = next(place for place in knowledge.places if place.service == "pmi")

    assert by_card(knowledge, {place.id: ("peser le petit",), "pmi": ("pmi",)}) == {"pmi": ("peser le petit", "pmi")}


def test_a_card_is_found_by_what_was_asked_for_it(knowledge):
    """The very words of each query bring an exact answer in the first five, hardly any without."""
    index = Index(knowledge)
    rows = [each for path in tables() for each in asked(path).items()][::7]
    found = [any(grades.get(hit.id) == EXACTLY for hit in index.search(text)[:5]) for text, grades in rows]

    assert sum(found) >= 0.98 * len(rows)
