"""Amounts, dates, ages, lists and phones read as in each language; values worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from i18n.format import age, day, duration, items, money, month, number, percent
from i18n.language import FRENCH, Language, plural_count, plural_index
from i18n.phone import phone, phone_spoken, phone_uri

NBSP, NARROW = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("amount", "french", "british"),
    [
        ("200.77", f"200,77{NBSP}€", "€200.77"),
        ("1200", f"1{NARROW}200{NBSP}€", "€1,200"),
        ("41055.00", f"41{NARROW}055{NBSP}€", "€41,055"),
        ("0.5", f"0,50{NBSP}€", "€0.50"),
        ("2.675", f"2,68{NBSP}€", "€2.68"),
        ("2.665", f"2,67{NBSP}€", "€2.67"),
        ("0", f"0{NBSP}€", "€0"),
    ],
)
def test_amounts_read_as_on_a_letter(amount: str, french: str, british: str, english: Language) -> None:
    """Cents are shown when there are some, rounded half up."""
    assert money(Decimal(amount), FRENCH) == french
    assert money(Decimal(amount), english) == british


def test_amounts_in_arabic_keep_the_digits_of_french_papers(arabic: Language) -> None:
    """The digits match those of the letter from the Caf."""
    assert "200.77" in money(Decimal("200.77"), arabic)


def test_the_first_of_the_month_is_premier_in_french(english: Language) -> None:
    """French says "1er avril" and "2 avril"; English says "1 April"."""
    assert day(date(2026, 4, 1), FRENCH) == "1er avril 2026"
    assert day(date(2026, 4, 2), FRENCH) == "2 avril 2026"
    assert day(date(2026, 4, 11), FRENCH) == "11 avril 2026"
    assert day(date(2026, 4, 1), english) == "1 April 2026"


def test_plain_french_writes_dates_as_french_does() -> None:
    """A language built on French keeps its "1er"."""
    plain = Language(id="fr@facile", name="Français facile", direction="ltr", locale="fr_FR", rank=1)

    assert day(date(2026, 4, 1), plain) == "1er avril 2026"


def test_a_month_goes_with_its_year(english: Language) -> None:
    """Months are in full letters."""
    assert month(date(2026, 8, 15), FRENCH) == "août 2026"
    assert month(date(2026, 8, 15), english) == "August 2026"


def test_percentages_and_numbers_have_their_marks(english: Language) -> None:
    """85 means eighty-five hundredths."""
    assert percent(85, FRENCH) == f"85{NBSP}%"
    assert percent(Decimal("0.61"), FRENCH) == f"0,61{NBSP}%"
    assert percent(Decimal("12.5"), english) == "12.5%"
    assert number(20000, FRENCH) == f"20{NARROW}000"
    assert number(Decimal("2.5"), english) == "2.5"


@pytest.mark.parametrize(
    ("months", "french", "british"),
    [
        (0, f"0{NBSP}mois", "0 months"),
        (1, f"1{NBSP}mois", "1 month"),
        (12, f"1{NBSP}an", "1 year"),
        (18, f"18{NBSP}mois", "18 months"),
        (24, f"2{NBSP}ans", "2 years"),
        (30, f"30{NBSP}mois", "30 months"),
        (36, f"3{NBSP}ans", "3 years"),
        (47, f"3{NBSP}ans", "3 years"),
    ],
)
def test_ages_read_as_parents_say_them(months: int, french: str, british: str, english: Language) -> None:
    """Small children are counted in months, the others in completed years."""
    assert age(months, FRENCH).replace(" ", NBSP) == french
    assert age(months, english) == british


def test_ages_agree_in_arabic(arabic: Language) -> None:
    """Arabic has a form for two years, and words for months."""
    assert age(24, arabic) == "سنتان"
    assert age(18, arabic) == "18 شهرًا"


def test_durations_agree_with_their_number(english: Language) -> None:
    """One week, two weeks."""
    assert (duration(1, "week", english), duration(2, "week", english)) == ("1 week", "2 weeks")


def test_a_negative_age_is_refused() -> None:
    """A birth to come is no age."""
    with pytest.raises(ValueError, match="not negative"):
        age(-1, FRENCH)


def test_lists_end_with_and_or_or(english: Language, arabic: Language) -> None:
    """A list reads as a sentence; in Arabic each foreign name is kept apart."""
    assert items(["a", "b", "c"], FRENCH) == "a, b et c"
    assert items(["a", "b"], FRENCH, "or") == "a ou b"
    assert items(["a", "b", "c"], english) == "a, b and c"
    assert items(["Caf"], FRENCH) == "Caf"
    assert items([], FRENCH) == ""
    assert items(["Caf", "PMI"], arabic) == "\u2068Caf\u2069 و\u2068PMI\u2069"


@pytest.mark.parametrize(("n", "form"), [(0, 0), (1, 0), (2, 1)])
def test_french_counts_zero_as_one(n: int, form: int) -> None:
    """In French only two and more are several."""
    assert plural_index("fr_FR", n) == form


def test_one_below_zero_is_still_one() -> None:
    """Minus one goes with the singular, as the sign says nothing of the count."""
    assert plural_index("en_GB", -1) == 0


def test_arabic_has_six_forms() -> None:
    """Zero, one, two, few (3 to 10), and two forms for more."""
    assert plural_count("ar") == 6
    assert [plural_index("ar", n) for n in (0, 1, 2, 3, 10)] == [0, 1, 2, 3, 3]
    assert plural_index("ar", 11) != plural_index("ar", 100)


@pytest.mark.parametrize(
    ("number", "written", "spoken", "dialled"),
    [
        ("0153063894", "01 53 06 38 94", "01 53 06 38 94", "tel:+33153063894"),
        ("01 53 06 38 94", "01 53 06 38 94", "01 53 06 38 94", "tel:+33153063894"),
        ("+33153063894", "01 53 06 38 94", "01 53 06 38 94", "tel:+33153063894"),
        ("0800360360", "0 800 36 03 60", "0 800 36 03 60", "tel:+33800360360"),
        ("0 800 360 360", "0 800 360 360", "0 800 360 360", "tel:+33800360360"),
        ("3919", "3919", "39 19", "tel:3919"),
        ("3020", "3020", "30 20", "tel:3020"),
        ("115", "115", "115", "tel:115"),
        ("17", "17", "17", "tel:17"),
        ("116117", "116 117", "116 117", "tel:116117"),
        ("+32 2 511 11 11", "+32 2 511 11 11", "+32 2 511 11 11", "tel:+3225111111"),
    ],
)
def test_phone_numbers_are_written_spoken_and_dialled(number: str, written: str, spoken: str, dialled: str) -> None:
    """Ten digits go by two, an organisation's own spacing is kept, 3919 is said "39 19"."""
    assert phone(number) == written
    assert phone_spoken(number) == spoken
    assert phone_uri(number) == dialled


@pytest.mark.parametrize("text", ["", "voir le site", "01 53", "99"])
def test_what_is_no_number_is_left_alone(text: str) -> None:
    """A text where a number should be is shown as it is, and never dialled."""
    assert phone(text) == text
    assert phone_spoken(text) == text
    with pytest.raises(ValueError, match="no phone number"):
        phone_uri(text)
