"""Bring a catalog up to date with the French sentences: by place only, never by likeness.

Two rights may say nearly the same sentence: a translation therefore never moves
from one context to another. Pure functions; nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from i18n.errors import CatalogError, Problem
from i18n.model import Catalog, Entry, Message


@dataclass(frozen=True, slots=True)
class Report:
    """What a merge did, as sorted contexts; each message is in one of the first three.

    ``new``: nothing to carry over. ``kept``: as before, or back to a sentence
    already translated. ``fuzzy``: translated, but the French has changed.
    ``removed``: no longer in the French; a translation is kept as obsolete.
    """

    new: tuple[str, ...]
    kept: tuple[str, ...]
    fuzzy: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """The catalog brought up to date, and the report of it."""

    catalog: Catalog
    report: Report


def merge(catalog: Catalog, messages: Iterable[Message]) -> Merged:
    """Return the catalog with exactly these messages, every translation kept somewhere.

    Merging the same messages twice changes nothing more. Raises CatalogError
    when a message is empty or a context has two different sentences.
    """
    wanted = _by_context(messages, catalog.path)
    obsolete = _Obsolete(catalog.obsolete)
    entries: dict[str, Entry] = {}
    new: list[str] = []
    for context, message in sorted(wanted.items()):
        before = catalog.entries.get(context)
        base = _base(message, before, obsolete)
        if before and before is not base:
            obsolete.keep(before)
        entries[context] = _carry(message, base) if base else Entry(message)
        if not base:
            new.append(context)
    removed = sorted(catalog.entries.keys() - wanted.keys())
    for context in removed:
        obsolete.keep(catalog.entries[context])
    fuzzy = tuple(context for context, entry in entries.items() if entry.fuzzy)
    kept = tuple(sorted(entries.keys() - {*new, *fuzzy}))
    merged = replace(catalog, entries=entries, obsolete=obsolete.entries())
    return Merged(merged, Report(tuple(new), kept, fuzzy, tuple(removed)))


class _Obsolete:
    """Translations out of use, by the exact sentence they translate."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_message = {entry.message: entry for entry in entries}

    def keep(self, entry: Entry) -> None:
        if entry.is_translated:
            doubtful = entry.fuzzy and entry.previous is None
            self._by_message[entry.source] = replace(entry, message=entry.source, fuzzy=doubtful, previous=None, line=0)

    def take(self, message: Message) -> Entry | None:
        return self._by_message.pop(message, None)

    def take_near(self, message: Message) -> Entry | None:
        """The first other sentence of the same place that has the same number of forms."""
        same_place = (old for old in sorted(self._by_message) if old.context == message.context)
        return self.take(next((old for old in same_place if _fits(message, old)), message))

    def entries(self) -> tuple[Entry, ...]:
        return tuple(self._by_message[message] for message in sorted(self._by_message))


def _by_context(messages: Iterable[Message], path: str) -> dict[str, Message]:
    wanted: dict[str, Message] = {}
    problems: list[Problem] = []
    for message in messages:
        other = wanted.setdefault(message.context, message)
        if not message.context or not message.text:
            what = f"Place ou texte vide : « {message.context} », « {message.text} »."
            problems.append(Problem(path, 0, what, "Donnez une place et un texte à chaque message."))
        elif other != message:
            what = f"« {message.context} » a deux textes français : « {other.text} » et « {message.text} »."
            problems.append(Problem(path, 0, what, "Donnez à chaque texte sa propre place."))
    if problems:
        raise CatalogError(problems)
    return wanted


def _base(message: Message, before: Entry | None, obsolete: _Obsolete) -> Entry | None:
    """The entry to start from: an exact translation first, in use or not, then the one in use."""
    if before and message in (before.message, before.source):
        return before
    exact = obsolete.take(message)
    if exact:
        return exact
    if before and before.is_translated:
        return before if _fits(message, before.message) else None
    return obsolete.take_near(message)


def _carry(message: Message, base: Entry) -> Entry:
    if message == base.message or not base.is_translated:
        return replace(base, message=message)
    if message == base.source:
        return replace(base, message=message, fuzzy=False, previous=None)
    return replace(base, message=message, fuzzy=True, previous=base.source)


def _fits(message: Message, other: Message) -> bool:
    # A sentence that gains or loses a plural needs other forms: it begins anew.
    return bool(message.plural) == bool(other.plural)
