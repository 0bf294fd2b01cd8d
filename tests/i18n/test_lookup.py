"""What a family reads: a sure translation, or the French; in danger, the best there is."""

from collections.abc import Callable

import pytest

from i18n.language import FRENCH, Language
from i18n.lookup import Catalogs, Origin, Translated, compile_table
from i18n.model import Catalog, Entry, Message

Build = Callable[..., Catalog]


def offered(catalog: Catalog) -> Catalogs:
    return Catalogs([(catalog.language, compile_table(catalog))])


def test_a_translation_is_found_by_place_and_text(catalog_of: Build) -> None:
    """The sentence of a place is said in the language asked for."""
    catalogs = offered(catalog_of(Entry(Message("menu.titre", "Bonjour"), ("Hello",))))

    assert catalogs.translate("en", "menu.titre", "Bonjour") == Translated("Hello", "ok", "en")


@pytest.mark.parametrize(("lang", "context"), [("en", "menu.pied"), ("en", "vide"), ("xx", "menu.titre")])
def test_what_is_not_translated_is_said_in_french(catalog_of: Build, lang: str, context: str) -> None:
    """An unknown place, an empty translation, a language withdrawn: never a hole on the screen."""
    entries = [Entry(Message("menu.titre", "Bonjour"), ("Hello",)), Entry(Message("vide", "Bonjour"))]
    catalogs = offered(catalog_of(*entries))

    assert catalogs.translate(lang, context, "Bonjour") == Translated("Bonjour", "source", "fr")


def test_french_is_always_sure(catalog_of: Build) -> None:
    """French needs no catalog, and plain French falls back to it."""
    catalogs = offered(catalog_of())

    assert catalogs.translate("fr", "menu.titre", "Bonjour") == Translated("Bonjour", "ok", "fr")
    assert catalogs.translate("fr@facile", "menu.titre", "Bonjour").text == "Bonjour"


@pytest.mark.parametrize(
    "entry",
    [
        Entry(Message("droit.asf.resume", "Une aide."), ("An allowance.",)),
        Entry(
            Message("droit.asf.resume", "Une aide chaque mois."),
            ("An allowance.",),
            fuzzy=True,
            previous=Message("droit.asf.resume", "Une aide."),
        ),
        Entry(Message("droit.asf.resume", "Une aide chaque mois."), ("An allowance.",), fuzzy=True),
    ],
    ids=["not merged yet", "merged", "doubted by a translator"],
)
def test_a_right_whose_french_changed_is_said_in_french(catalog_of: Build, entry: Entry) -> None:
    """An out-of-date rule is never read in another language, and the reader is told."""
    said = offered(catalog_of(entry)).translate("en", "droit.asf.resume", "Une aide chaque mois.")

    assert said == Translated("Une aide chaque mois.", "fuzzy", "fr")


def test_french_put_back_finds_its_translation_again(catalog_of: Build) -> None:
    """An editor who undoes a change needs neither merge nor translator."""
    old, new = Message("droit.asf.resume", "Une aide."), Message("droit.asf.resume", "Une aide chaque mois.")
    catalogs = offered(catalog_of(Entry(new, ("An allowance.",), fuzzy=True, previous=old)))

    assert catalogs.translate("en", "droit.asf.resume", "Une aide.") == Translated("An allowance.", "ok", "en")


def emergency(catalog_of: Build, before: str, after: str, english: str) -> Translated:
    """What is said of an emergency whose French went from ``before`` to ``after``."""
    catalogs = offered(catalog_of(Entry(Message("urgence.violence", before), (english,), "relu")))
    return catalogs.translate("en", "urgence.violence", after)


def test_an_emergency_keeps_its_last_translation(catalog_of: Build) -> None:
    """Someone in danger who reads no French is not sent back to French for a reworded sentence."""
    said = emergency(
        catalog_of,
        "Appelez le {tel:a} ou le 17.",
        "Vite, appelez le {tel:a} ou le 17.",
        "Call {tel:a} or 17.",
    )

    assert said == Translated("Call {tel:a} or 17.", "fuzzy", "en")


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("Appelez le {tel:a}.", "Appelez le {tel:b}.", "Call {tel:a}."),
        ("Appelez le 3919.", "Appelez le 3920.", "Call 3919."),
    ],
)
def test_an_emergency_never_gives_an_old_number(catalog_of: Build, before: str, after: str, kept: str) -> None:
    """When the number itself changed, the right number in French is better than the wrong one."""
    assert emergency(catalog_of, before, after, kept) == Translated(after, "fuzzy", "fr")


@pytest.mark.parametrize(("n", "in_french", "in_english"), [(0, 0, 1), (1, 0, 0), (2, 1, 1), (21, 1, 1)])
def test_numbers_agree_in_each_language(catalog_of: Build, n: int, in_french: int, in_english: int) -> None:
    """French says "0 enfant" where English says "0 children"."""
    forms = ("{n} enfant", "{n} enfants")
    strings = ("{n} child", "{n} children")
    catalogs = offered(catalog_of(Entry(Message("enfants", *forms), strings)))

    assert catalogs.translate_plural("fr", "enfants", *forms, n).text == forms[in_french]
    assert catalogs.translate_plural("en", "enfants", *forms, n).text == strings[in_english]
    assert catalogs.translate_plural("en", "autre", *forms, n) == Translated(forms[in_french], "source", "fr")


def test_a_plural_changed_is_fuzzy_too(catalog_of: Build) -> None:
    """The sentence for several counts as much as the sentence for one."""
    entry = Entry(Message("enfants", "{n} enfant", "{n} enfants"), ("{n} child", "{n} children"))
    said = offered(catalog_of(entry)).translate_plural("en", "enfants", "{n} enfant", "{n} mômes", 2)

    assert said == Translated("{n} mômes", "fuzzy", "fr")


def test_each_language_follows_its_own_french(arabic: Language, english: Language) -> None:
    """A catalog that is behind another one is late for itself only: each is compared with the French it translates."""
    behind = Catalog(
        english, {"a": Entry(Message("a", "Avant"), ("Before",)), "b": Entry(Message("b", "Oui"), ("Yes",))}
    )
    catalog = Catalog(arabic, {"a": Entry(Message("a", "Après"), ("بعد",)), "b": Entry(Message("b", "Oui"), ("نعم",))})
    catalogs = Catalogs([(each.language, compile_table(each)) for each in (behind, catalog)])

    assert catalogs.translate("ar", "a", "Après") == Translated("بعد", "ok", "ar")
    assert catalogs.translate("en", "a", "Après") == Translated("Après", "fuzzy", "fr")
    assert catalogs.translate("en", "a", "Avant") == Translated("Before", "ok", "en")
    assert catalogs.translate("en", "b", "Oui").text == "Yes"
    assert catalogs.translate("ar", "b", "Oui").text == "نعم"


def test_languages_are_listed_in_menu_order(arabic: Language, english: Language) -> None:
    """French comes first, then each language by its rank; an unknown one answers in French."""
    catalogs = Catalogs([(language, compile_table(Catalog(language, {}))) for language in (arabic, english)])

    assert catalogs.languages == (FRENCH, english, arabic)
    assert catalogs.language("ar") is arabic
    assert catalogs.language("xx") is FRENCH


def test_the_reader_is_told_how_texts_were_made(catalog_of: Build) -> None:
    """A text of unknown making counts as a machine's; a fuzzy or missing one as waiting."""
    entries = [
        Entry(Message("a", "A"), ("a",), "machine"),
        Entry(Message("b", "B"), ("b",)),
        Entry(Message("c", "C"), ("c",), "relu"),
        Entry(Message("d", "D"), ("d",), "valide"),
        Entry(Message("e", "E"), ("e",), "valide", fuzzy=True),
        Entry(Message("f", "F")),
    ]
    origin = offered(catalog_of(*entries)).origin("en")

    assert origin == Origin(machine=2, reread=1, validated=1, waiting=2)
    assert (origin.total, origin.share("machine")) == (6, pytest.approx(2 / 6))
    assert offered(catalog_of()).origin("fr").share("waiting") == 0.0
