"""A translator is told what is wrong, where, and what to do."""

from collections.abc import Callable

import pytest

from i18n.check import Limit, check_catalog
from i18n.language import Language
from i18n.model import Catalog, Entry, Message

Build = Callable[..., Catalog]


def faults(catalog: Catalog, **options: object) -> list[tuple[str, str]]:
    """The level of each problem, and what it says after the place."""
    return [(p.level, p.what.split(" : ", 1)[1]) for p in check_catalog(catalog, **options)]  # type: ignore[arg-type]


def test_a_good_translation_has_no_problem(catalog_of: Build) -> None:
    """Amounts in braces, ages in digits and a mention of how it was made: nothing to say."""
    message = Message("droit.asf.resume", "{asf-taux} par mois avant 20 ans, au {tel:caf}.")
    entry = Entry(message, ("{asf-taux} a month under 20, call {tel:caf}.",), "relu")

    assert check_catalog(catalog_of(entry)) == ()


@pytest.mark.parametrize(
    ("french", "translation", "level", "what"),
    [
        ("Appelez le {tel:a}.", "Call us.", "erreur", "il manque {tel:a}."),
        ("Appelez-nous.", "Call {tel:a}.", "erreur", "{tel:a} n'est pas dans le texte français."),
        ("Une aide.", "€200 a month.", "erreur", "le nombre 200 n'est pas dans le texte français."),
        ("Avant 3 ans.", "Under three.", "avertissement", "le nombre 3 a disparu."),
        ("Une aide.", " Help.", "erreur", "la traduction commence ou finit par une espace."),
        ("Une aide.", "   ", "erreur", "une forme est vide."),
        ("Une aide.", "Help { n }.", "erreur", "une accolade ne forme pas un nom."),
        ("Une aide.", "", "avertissement", "pas encore traduit."),
    ],
)
def test_each_slip_is_named(catalog_of: Build, french: str, translation: str, level: str, what: str) -> None:
    """Each kind of slip has its own sentence and its own weight."""
    catalog = catalog_of(Entry(Message("droit.asf.resume", french), (translation,), "machine"))

    assert faults(catalog) == [(level, what)]


def test_a_problem_gives_the_file_and_the_line(catalog_of: Build) -> None:
    """The place is that of the French text in the file."""
    entry = Entry(Message("droit.asf.resume", "Une aide."), ("€200",), "machine", line=42)
    (problem,) = check_catalog(catalog_of(entry))

    assert (problem.path, problem.line) == ("i18n/en/messages.po", 42)
    assert problem.what.startswith("droit.asf.resume : ")
    assert problem.hint


def test_a_fuzzy_translation_is_only_to_be_reread(catalog_of: Build) -> None:
    """It is compared with the French it translates, not with the new one."""
    old, new = Message("droit.asf.age", "Avant 3 ans."), Message("droit.asf.age", "Avant 6 ans.")
    catalog = catalog_of(Entry(new, ("Under 3.",), "relu", fuzzy=True, previous=old))

    assert faults(catalog) == [("avertissement", "le français a changé.")]


def test_a_text_of_unknown_making_is_noticed(catalog_of: Build) -> None:
    """The reader is told how texts were made, so each one must say it."""
    catalog = catalog_of(Entry(Message("menu.titre", "Bonjour"), ("Hello",)))

    assert faults(catalog) == [("avertissement", "on ne sait pas comment ce texte a été fait.")]


def test_plural_forms_are_all_checked(catalog_of: Build, arabic: Language) -> None:
    """A form may say "a child" without the number, but none may be empty or bring a new one."""
    message = Message("enfants", "{n} enfant", "{n} enfants")
    good = Entry(message, ("a child", "{n} children"), "relu")
    partial = Entry(message, ("a child", ""), "relu")
    strange = Entry(message, ("1 child", "{x} children"), "relu")

    assert faults(catalog_of(good)) == []
    assert faults(catalog_of(partial)) == [("erreur", "une forme est vide.")]
    assert faults(catalog_of(strange)) == [
        ("erreur", "le nombre 1 n'est pas dans le texte français."),
        ("erreur", "{x} n'est pas dans le texte français."),
    ]


def test_each_channel_s_limits_apply_where_they_should(catalog_of: Build) -> None:
    """A button takes few bytes; a limit for questions says nothing of rights."""
    limits = {"question.": Limit(octets=8), "": Limit(characters=9)}
    button = Entry(Message("question.oui", "Oui"), ("Été là !",), "relu")
    right = Entry(Message("droit.oui", "Oui"), ("Été là !",), "relu")
    long = Entry(Message("droit.non", "Non"), ("Certainly not",), "relu")

    assert faults(catalog_of(button, right, long), limits=limits) == [
        ("erreur", "le texte est trop long (13 caractères, 9 au plus)."),
        ("erreur", "le texte est trop long (11 octets, 8 au plus)."),
    ]


def test_lengths_are_those_of_what_is_sent(catalog_of: Build, arabic: Language) -> None:
    """A placeholder counts as the number it prints, isolation marks included in Arabic."""
    message = Message("droit.asf.tel", "{tel:a}")
    limits, values = {"": Limit(characters=5)}, {"tel:a": "3919"}

    assert faults(catalog_of(Entry(message, ("{tel:a}",), "relu")), limits=limits, values=values) == []
    in_arabic = catalog_of(Entry(message, ("{tel:a}",), "relu"), language=arabic)
    assert faults(in_arabic, limits=limits, values=values) == [
        ("erreur", "le texte est trop long (6 caractères, 5 au plus).")
    ]
