"""A merge carries translations by place, and loses none."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.edit import accept_typo, with_translations
from i18n.errors import CatalogError
from i18n.language import Language
from i18n.merge import merge
from i18n.model import Catalog, Entry, Message

ENGLISH = Language(id="en", name="English", direction="ltr", locale="en_GB", rank=2)
EMPTY = Catalog(ENGLISH, {}, path="messages.po")

# Few places, few sentences: the same sentence often stands in two places, and often comes back.
places = st.sampled_from(["droit.asf.resume", "droit.ars.resume", "question.age", "urgence.feu"])
sentences = st.sampled_from(["Une aide.", "Une aide chaque mois.", "Un numéro.", "{n} enfant"])
plurals = st.sampled_from(["", "", "", "{n} enfants"])
states = st.dictionaries(places, st.tuples(sentences, plurals)).map(
    lambda texts: [Message(context, *pair) for context, pair in texts.items()]
)


def lived(history: list[list[Message]]) -> Catalog:
    """A catalog that went through these states of the French, translated after every second one."""
    catalog = EMPTY
    for turn, messages in enumerate(history):
        catalog = merge(catalog, messages).catalog
        if turn % 2 == 0:
            missing = {c: e.message for c, e in catalog.entries.items() if not e.is_translated}
            texts = {c: tuple(f"{c}: {t}" for t in (m.text, m.plural) if t) for c, m in missing.items()}
            catalog = with_translations(catalog, texts, "relu")
    return catalog


def translations(catalog: Catalog) -> set[tuple[Message, tuple[str, ...]]]:
    """What is translated, in use or not: the French that was translated, and the texts."""
    entries = (*catalog.entries.values(), *catalog.obsolete)
    return {(entry.source, entry.strings) for entry in entries if entry.is_translated}


@given(st.lists(states, max_size=6), states)
def test_a_second_merge_changes_nothing(history: list[list[Message]], messages: list[Message]) -> None:
    """Merging the same French again gives the same catalog."""
    once = merge(lived(history), messages).catalog
    twice = merge(once, messages).catalog

    assert twice == once


@given(st.lists(states, max_size=6), states)
def test_the_order_of_messages_does_not_matter(history: list[list[Message]], messages: list[Message]) -> None:
    """Content read in another order gives the same catalog."""
    catalog = lived(history)

    assert merge(catalog, messages) == merge(catalog, reversed(messages))


@given(st.lists(states, max_size=6))
def test_no_place_gets_the_words_of_another(history: list[list[Message]]) -> None:
    """One right's translation is never given to another right that says the same in French."""
    catalog = lived(history)

    for entry in (*catalog.entries.values(), *catalog.obsolete):
        assert all(text.startswith(f"{entry.message.context}: ") for text in entry.strings if text)


@given(st.lists(states, max_size=6), states)
def test_no_translation_is_lost(history: list[list[Message]], messages: list[Message]) -> None:
    """Whatever happens to the French, every translation is still in the catalog afterwards."""
    before = lived(history)
    after = merge(before, messages).catalog

    assert translations(after) == translations(before)


@given(st.lists(states, max_size=6), states)
def test_what_is_not_fuzzy_says_today_s_french(history: list[list[Message]], messages: list[Message]) -> None:
    """A translation shown as sure is that of the very French sentence in use."""
    catalog = merge(lived(history), messages).catalog

    for context, entry in catalog.entries.items():
        if entry.is_translated and not entry.fuzzy:
            french = tuple(text for text in (entry.message.text, entry.message.plural) if text)
            assert entry.strings == tuple(f"{context}: {text}" for text in french)


@given(st.lists(states, max_size=6), states)
def test_the_report_names_each_message_once(history: list[list[Message]], messages: list[Message]) -> None:
    """Each message is new, kept or fuzzy; each place gone is removed."""
    before = lived(history)
    report = merge(before, messages).report
    wanted = {message.context for message in messages}

    assert sorted((*report.new, *report.kept, *report.fuzzy)) == sorted(wanted)
    assert set(report.removed) == before.entries.keys() - wanted


def test_a_changed_sentence_keeps_its_translation_to_reread(catalog_of: Callable[..., Catalog]) -> None:
    """When the French changes, translators see the old French and the old translation."""
    old, new = Message("droit.asf.resume", "Une aide."), Message("droit.asf.resume", "Une aide chaque mois.")
    merged = merge(catalog_of(Entry(old, ("An allowance.",), "valide")), [new])

    entry = merged.catalog.entries["droit.asf.resume"]
    assert entry == Entry(new, ("An allowance.",), "valide", fuzzy=True, previous=old)
    assert merged.report.fuzzy == ("droit.asf.resume",)


def test_a_sentence_changed_twice_remembers_what_was_translated(catalog_of: Callable[..., Catalog]) -> None:
    """The previous French is that of the translation, not that of the last merge."""
    first = Message("droit.asf.resume", "Une aide.")
    catalog = catalog_of(Entry(first, ("An allowance.",)))
    for text in ("Une aide chaque mois.", "Une aide tous les mois."):
        catalog = merge(catalog, [Message("droit.asf.resume", text)]).catalog

    assert catalog.entries["droit.asf.resume"].previous == first


def test_a_right_that_comes_back_finds_its_translation(catalog_of: Callable[..., Catalog]) -> None:
    """A card withdrawn, then put back as it was, needs no translator."""
    message = Message("droit.asf.resume", "Une aide.")
    catalog = catalog_of(Entry(message, ("An allowance.",), "relu", notes=("asked the Caf",)))
    away = merge(catalog, [])
    back = merge(away.catalog, [message])

    assert away.report.removed == ("droit.asf.resume",)
    assert away.catalog.entries == {}
    assert back.catalog == catalog
    assert back.report.kept == ("droit.asf.resume",)


def test_a_change_undone_is_sure_again(catalog_of: Callable[..., Catalog]) -> None:
    """An editor who goes back to the old sentence leaves nothing to reread."""
    old, new = Message("droit.asf.resume", "Une aide."), Message("droit.asf.resume", "Une aide chaque mois.")
    catalog = catalog_of(Entry(old, ("An allowance.",), "relu"))
    undone = merge(merge(catalog, [new]).catalog, [old])

    assert undone.catalog == catalog
    assert undone.report.kept == ("droit.asf.resume",)


def test_a_sentence_that_gains_a_plural_begins_anew(catalog_of: Callable[..., Catalog]) -> None:
    """One text cannot stand for two forms: the old one is kept aside."""
    old, new = Message("enfants", "{n} enfant"), Message("enfants", "{n} enfant", "{n} enfants")
    merged = merge(catalog_of(Entry(old, ("{n} child",), "relu")), [new])
    again = merge(merged.catalog, [Message("enfants", "{n} bébé", "{n} bébés")])

    assert merged.report.new == ("enfants",)
    assert merged.catalog.entries["enfants"] == Entry(new)
    assert merged.catalog.obsolete == (Entry(old, ("{n} child",), "relu"),)
    assert again.catalog.obsolete == merged.catalog.obsolete


def test_a_doubt_survives_a_withdrawal(catalog_of: Callable[..., Catalog]) -> None:
    """A translation marked doubtful by hand is still doubtful when its card comes back."""
    message = Message("droit.asf.resume", "Une aide.")
    catalog = catalog_of(Entry(message, ("An allowance.",), fuzzy=True))

    assert merge(merge(catalog, []).catalog, [message]).catalog == catalog


def test_two_sentences_in_one_place_are_refused() -> None:
    """A place names one sentence: both are shown to the editor."""
    messages = [Message("question.age", "Quel âge ?"), Message("question.age", "Quels âges ?")]

    with pytest.raises(CatalogError, match="« Quel âge \\? » et « Quels âges \\? »"):
        merge(EMPTY, messages)


@pytest.mark.parametrize("message", [Message("", "Bonjour"), Message("menu.titre", "")])
def test_an_empty_message_is_refused(message: Message) -> None:
    """A message without place or text would break the file."""
    with pytest.raises(CatalogError, match="vide"):
        merge(EMPTY, [message])


def changed(before: str, after: str, build: Callable[..., Catalog]) -> Catalog:
    """An English catalog whose only French sentence went from ``before`` to ``after``."""
    catalog = build(Entry(Message("droit.asf.resume", before), ("An allowance of {asf}.",), "relu"))
    return merge(catalog, [Message("droit.asf.resume", after)]).catalog


def test_a_spelling_fix_keeps_the_translation(catalog_of: Callable[..., Catalog]) -> None:
    """After a typo is fixed in French, one command makes the translation sure again."""
    catalog = accept_typo(changed("Une ède de {asf}.", "Une aide de {asf}.", catalog_of), "droit.asf.resume")

    message = Message("droit.asf.resume", "Une aide de {asf}.")
    assert catalog.entries["droit.asf.resume"] == Entry(message, ("An allowance of {asf}.",), "relu")


@pytest.mark.parametrize(
    ("before", "after"),
    [("Avant 3 ans : {asf}.", "Avant 6 ans : {asf}."), ("Une aide de {asf}.", "Une aide de {ars}.")],
)
def test_a_changed_amount_is_no_spelling_fix(catalog_of: Callable[..., Catalog], before: str, after: str) -> None:
    """A number or a placeholder that changes has to be read again by someone."""
    with pytest.raises(CatalogError, match="Un nombre ou une accolade a changé"):
        accept_typo(changed(before, after, catalog_of), "droit.asf.resume")


@pytest.mark.parametrize("context", ["droit.ars.resume", "droit.asf.resume"])
def test_only_a_waiting_translation_is_accepted(catalog_of: Callable[..., Catalog], context: str) -> None:
    """Accepting an unknown place, or one that waits for nothing, says so."""
    catalog = catalog_of(Entry(Message("droit.asf.resume", "Une aide."), ("An allowance.",)))

    with pytest.raises(CatalogError, match=context):
        accept_typo(catalog, context)


def test_translations_are_recorded_with_how_they_were_made(catalog_of: Callable[..., Catalog]) -> None:
    """A batch of translations says who made it, and clears the doubt."""
    entry = Entry(Message("menu.titre", "Bonjour"), ("Bye",), "relu", fuzzy=True)
    catalog = with_translations(catalog_of(entry), {"menu.titre": "Hello"}, "machine")

    assert catalog.entries["menu.titre"] == replace(entry, strings=("Hello",), made="machine", fuzzy=False)


def test_a_batch_lists_all_it_cannot_place(catalog_of: Callable[..., Catalog]) -> None:
    """Unknown places and missing plural forms are reported together."""
    catalog = catalog_of(Entry(Message("enfants.nombre", "{n} enfant", "{n} enfants")))

    with pytest.raises(CatalogError) as caught:
        with_translations(catalog, {"enfants.nombre": "{n} child", "autre": "x"}, "machine")
    assert len(caught.value.problems) == 2
