"""The value a question asks for is read in the many ways people write it, and never guessed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.values import months_of_bare_age, value_of
from tests.dialogs.typed import TODAY

# In November 2026: a child of N years was born in the twelve months that end in November 2026 - N years.
TWO, SEVEN = ["2023-12", "2024-11"], ["2018-12", "2019-11"]


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("19", "19"), ("19e", "19"), ("XIXe", "19"), ("19ème", "19"), ("dix-neuvième", "19"),
        ("le 19 eme", "19"),
        ("vingtième", "20"), ("75020", "20"), ("75116", "16"), ("paris 19", "19"), ("Paris XIX", "19"),
        ("j'habite dans le 19", "19"), ("1er", "1"), ("premier arrondissement", "1"), ("the 5th", "5"),
        ("Paris Centre", ["1", "2", "3", "4"]), ("hors paris", "hors_paris"), ("en banlieue", "hors_paris"),
        ("Montreuil 93100", "hors_paris"), ("Saint-Denis", "hors_paris"), ("dans le 93", "hors_paris"),
    ],
)  # fmt: skip
def test_an_arrondissement_is_read_as_people_write_it(text, home):
    """Digits, letters, Roman numerals, postal codes and towns around Paris all answer where one lives."""
    assert value_of("arrondissement", text, TODAY) == home


@pytest.mark.parametrize(
    "text",
    ["21", "0", "2 et 7 ans", "19 ans", "19 rue de Crimée", "le 19 mars", "1200 euros",
        "mon fils est en 6e", "5e étage",
     "mon ex habite dans le 13e", "je travaille dans le 8e", "pas le 19e", "75000", "19e ou 20e",
        "je ne sais pas"],
)  # fmt: skip
def test_other_numbers_are_no_arrondissement(text):
    """Ages, streets, dates, floors, classes and somebody else's home leave the question open."""
    assert value_of("arrondissement", text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "births"),
    [
        ("2 et 7 ans", [TWO, SEVEN]),
        ("2, 7", [TWO, SEVEN]),
        ("deux enfants de 2 et 7 ans", [TWO, SEVEN]),
        ("2 and 7 years old", [TWO, SEVEN]),
        ("2 ans et demi", [["2024-03", "2024-05"]]),  # 30 to 32 months
        ("fille de 2 ans 1/2", [["2024-03", "2024-05"]]),
        ("18 mois", ["2025-05"]),
        ("un bébé de 3 semaines", ["2026-10"]),  # born from 25 to 31 October
        ("née en mars 2024", ["2024-03"]),
        ("un fils de 7 ans et une fille de 8 mois", [SEVEN, "2026-03"]),
        ("jumeaux de 2 ans", [TWO, TWO]),
        ("a 2-year-old", [TWO]),
        ("elle a 2 ans", [TWO]),
        ("moins de 3 ans", [["2023-12", "2026-11"]]),
        ("je n'ai pas d'enfant", []),
    ],
)
def test_ages_asked_for_make_a_complete_list(text, births):
    """The answer to « quel âge ont vos enfants ? » names all of them."""
    expected = {"liste": [{"naissance": birth} for birth in births], "complet": "oui"}

    assert value_of("enfants", text, TODAY) == expected


def test_fewer_ages_than_children_leave_the_list_open():
    """« 3 enfants dont un de 2 ans » answers for one child only."""
    assert value_of("enfants", "3 enfants dont un de 2 ans", TODAY) == {
        "liste": [{"naissance": TWO}],
        "complet": "non",
    }


@pytest.mark.parametrize(
    "text",
    ["j'ai 2 enfants", "3", "bientôt 3 ans", "entre 2 et 7 ans", "45 ans", "depuis 2 ans", "né en 2031"],
)
def test_what_is_no_age_is_not_made_into_one(text):
    """A count, a range, an adult's age, a length of time or a date to come is not a child's age."""
    assert value_of("enfants", text, TODAY) is None


def test_one_bare_number_may_be_an_age_or_a_count():
    """« 3 » is given back as 36 months to be confirmed, a sentence is not."""
    assert months_of_bare_age("3") == 36
    assert months_of_bare_age("3 ans") is None


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("enceinte de 5 mois", 5), ("4e mois", 4), ("quatrième mois", 4), ("5", 5), ("oui 6 mois", 6),
        ("enceinte", [1, 10]),
        ("j'attends un bébé", [1, 10]), ("6 months pregnant", 6), ("je ne suis pas enceinte", 0),
        ("20 SA", [4, 6]),  # 18 weeks since conception: four months done, the fifth going on
        ("23 SA", [4, 6]),  # 21 weeks: still four months done
        ("enceinte de 12 semaines", [2, 4]),  # 10 to 12 weeks since conception
    ],
)  # fmt: skip
def test_a_pregnancy_is_read_in_months_or_weeks(text, month):
    """Months are taken as said; weeks give the months they may stand for."""
    assert value_of("grossesse", text, TODAY) == month


@pytest.mark.parametrize("text", ["12", "mon fils a 5 mois", "depuis 3 mois", "ma sœur est enceinte", "50 SA"])
def test_other_months_are_no_pregnancy(text):
    """A child's age, a time or a relative's pregnancy says nothing of hers."""
    assert value_of("grossesse", text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("1 200 €", 1200), ("1200 euros par mois", 1200), ("1,2k", 1200), ("1.200,50 €", 1200.5),
        ("1,200", 1200),
        ("entre 1000 et 1400", [1000, 1400]), ("1000-1400", [1000, 1400]), ("moins de 1000", [0, 1000]),
        ("plus de 2000 €", [2000, None]), ("mille deux cents", 1200), ("14400 par an", 1200), ("rien", 0),
        ("0", 0),
    ],
)  # fmt: skip
def test_an_amount_is_read_with_its_spaces_bands_and_period(text, euros):
    """Thousands, commas, bands and years are turned into euros a month."""
    assert value_of("montant", text, TODAY, "EUR/mois") == euros


@pytest.mark.parametrize(
    "text",
    ["smic", "1 smic", "800 + 300", "$1200", "j'ai 2 enfants", "32 ans", "300 par semaine", "beaucoup"],
)
def test_an_amount_that_needs_guessing_is_not_read(text):
    """A minimum wage, a sum to work out, another currency or another period is asked again."""
    assert value_of("montant", text, TODAY, "EUR/mois") is None


def test_a_monthly_amount_answers_a_yearly_question():
    """« 1 500 par mois » is 18 000 euros a year."""
    assert value_of("montant", "1 500 par mois", TODAY, "EUR/an") == 18000


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("3 ans", [36, 48]), ("18 mois", 18), ("2 ans et demi", [30, 33]), ("2 ans et 3 mois", 27),
        ("moins d'un an", [0, 12]),
        ("plus de 3 ans", [36, None]), ("entre 1 et 3 ans", [12, 36]), ("depuis mars 2026", [8, 9]),
        ("depuis 2019", [83, 95]),  # December 2019 is 83 months before November 2026, January 2019 is 94
        ("depuis toujours", [144, None]), ("presque 3 ans", None), ("longue histoire", None),
    ],
)  # fmt: skip
def test_the_time_lived_in_paris_is_read_in_months(text, months):
    """Years said whole are a band of twelve months; « depuis 2019 » the months that year allows."""
    assert value_of("anciennete", text, TODAY) == months


@pytest.mark.parametrize(
    ("text", "number"),
    [("32", 32), ("j'ai 32 ans", 32), ("trente-deux", 32), ("environ 30", None), ("200", None)],
)
def test_a_number_is_read_alone(text, number):
    """A number in digits or letters is read, a rough or impossible one is not."""
    assert value_of("nombre", text, TODAY) == number


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["arrondissement", "enfants", "grossesse", "nombre", "montant", "anciennete", "aucun"]),
    st.text(max_size=120),
)
def test_no_text_makes_a_question_fail(parser, text):
    """Whatever is typed to a question, a value or nothing comes back, the same each time, never an error."""
    first, again = (value_of(parser, text, TODAY, "EUR/mois") for _ in range(2))

    assert first == again
