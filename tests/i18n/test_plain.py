"""Plain French is short and made of everyday words."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from i18n.catalog import load_plain_words
from i18n.model import Catalog, Entry, Message
from i18n.plain import Measure, PlainWord, check_plain, measure, sentences

Build = Callable[..., Catalog]
WORDS = load_plain_words(Path(__file__).parents[2] / "i18n")
PERCEVOIR = PlainWord("percevoir", "recevoir", ("percevez",))


def said(text: str, build: Build, context: str = "droit.asf.resume") -> Catalog:
    return build(Entry(Message(context, "Une aide."), (text,), "relu"))


def test_sentences_end_at_stops_not_inside_addresses() -> None:
    """A site, a decimal number and a placeholder do not cut a sentence."""
    text = "Allez sur caf.fr. Demandez {asf-taux} (3.5 fois) !\nC'est gratuit"

    assert sentences(text) == ("Allez sur caf.fr", "Demandez {asf-taux} (3.5 fois)", "C'est gratuit")


def test_lengths_are_counted_in_words() -> None:
    """Signs alone are no words; a placeholder is one."""
    assert measure(["Oui. Demandez {asf} à la Caf : vite !"]) == Measure(2, 3.5, 6)
    assert measure([]) == Measure(0, 0.0, 0)


def test_a_long_sentence_is_refused(catalog_of: Build) -> None:
    """Fifteen words pass, sixteen do not."""
    fifteen = " ".join(["mot"] * 15)

    assert check_plain(said(fifteen + ".", catalog_of), [], average_max=15) == ()
    (problem,) = check_plain(said(f"{fifteen} mot.", catalog_of), [], average_max=20)
    assert "une phrase de 16 mots, 15 au plus" in problem.what


def test_long_sentences_on_the_whole_are_noticed(catalog_of: Build) -> None:
    """Many sentences just under the limit still tire."""
    (problem,) = check_plain(said(" ".join(["mot"] * 12) + ".", catalog_of), [])

    assert problem.level == "avertissement"
    assert "12.0 mots en moyenne, 10 au plus" in problem.what


@pytest.mark.parametrize("text", ["Vous percevez une aide.", "PERCEVOIR une aide.", "Aide à percevoir"])
def test_a_hard_word_is_refused_in_all_its_forms(catalog_of: Build, text: str) -> None:
    """The problem names the word met and the word to use."""
    (problem,) = check_plain(said(text, catalog_of), [PERCEVOIR])

    assert "est un mot difficile" in problem.what
    assert "recevoir" in problem.hint


@pytest.mark.parametrize("text", ["Vous apercevez.", "percevoir-x", "Vous recevez une aide."])
def test_a_word_inside_another_is_not_met(catalog_of: Build, text: str) -> None:
    """Only whole words count."""
    assert check_plain(said(text, catalog_of), [PERCEVOIR]) == ()


@pytest.mark.parametrize("word", ["quotient familial", "quotients  familiaux", "Quotients familials"])
def test_plurals_are_recognised(catalog_of: Build, word: str) -> None:
    """A plural in -s is known by itself; an irregular one is written in the list."""
    hard = [PlainWord("quotient familial", "un chiffre de la Caf", ("quotients familiaux",))]

    assert len(check_plain(said(f"Votre {word} baisse.", catalog_of), hard)) == 1


@pytest.mark.parametrize("after", [" (un chiffre de la Caf)", " : un chiffre", ", c'est un chiffre"])
def test_a_hard_word_explained_is_accepted(catalog_of: Build, after: str) -> None:
    """A word that is on every letter has to be learnt, so it may stand with its meaning."""
    hard = [PlainWord("quotient familial", "un chiffre de la Caf")]

    assert check_plain(said(f"Le quotient familial{after}.", catalog_of), hard) == ()


def test_official_names_are_not_judged(catalog_of: Build) -> None:
    """The name of a right stays what is written on the form."""
    assert check_plain(said("Percevoir", catalog_of, "droit.asf.nom"), [PERCEVOIR]) == ()


def test_the_word_list_is_large_and_clean() -> None:
    """At least sixty words, none twice."""
    forms = Counter(form.lower() for word in WORDS for form in (word.word, *word.forms))

    assert len(WORDS) >= 60
    assert [form for form, count in forms.items() if count > 1] == []


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.word)
def test_each_plain_equivalent_is_plain(catalog_of: Build, word: PlainWord) -> None:
    """A hard word is never replaced by another hard word."""
    assert check_plain(said(word.plain, catalog_of), WORDS, average_max=20) == ()
