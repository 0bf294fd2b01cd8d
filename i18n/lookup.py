"""Say a French sentence in another language: by place and by text; reads no file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from i18n.language import FRENCH, Language, plural_index
from i18n.model import Catalog, Made
from i18n.placeholders import numbers, placeholders

State = Literal["ok", "source", "fuzzy"]

EMERGENCY = "urgence."
"""Contexts that start so keep their last translation when the French changes."""


class Translated(NamedTuple):
    """A sentence to show, and in which language it is.

    ``ok``: translated, or French was asked for. ``source``: not translated yet,
    the text is French. ``fuzzy``: the French has changed since; the text is
    French, except an emergency text, which is the translation of before.
    """

    text: str
    state: State
    lang: str


class Row(NamedTuple):
    """One entry as looked up; ``previous`` and ``plural`` are empty when there is none."""

    text: str
    plural: str
    strings: tuple[str, ...]
    fuzzy: bool
    previous: str
    previous_plural: str
    made: Made | None


Table = dict[str, Row]


@dataclass(frozen=True, slots=True)
class Origin:
    """How the texts of one language were made, in numbers of messages.

    ``machine`` counts translations that nobody has read, those with no mention
    among them; ``waiting`` counts what is shown in French, fuzzy or untranslated.
    """

    machine: int
    reread: int
    validated: int
    waiting: int

    @property
    def total(self) -> int:
        """The number of messages."""
        return self.machine + self.reread + self.validated + self.waiting

    def share(self, part: Literal["machine", "reread", "validated", "waiting"]) -> float:
        """Return this part of all messages, 0 to 1; 0 when there are none."""
        count: int = getattr(self, part)
        return count / self.total if self.total else 0.0


def compile_table(catalog: Catalog) -> Table:
    """Return the rows of a catalog by context, obsolete ones left out."""
    table: Table = {}
    for context, entry in catalog.entries.items():
        message, before = entry.message, entry.previous
        previous, previous_plural = (before.text, before.plural) if before else ("", "")
        table[context] = Row(
            message.text, message.plural, entry.strings, entry.fuzzy, previous, previous_plural, entry.made
        )
    return table


class Catalogs:
    """All languages offered, ready to translate. Immutable; replace it whole to reload."""

    def __init__(self, tables: Iterable[tuple[Language, Table]]) -> None:
        self._tables: dict[str, Mapping[str, Row]] = {}
        self._languages = {FRENCH.id: FRENCH}
        for language, table in tables:
            self._languages[language.id] = language
            self._tables[language.id] = table
        self._origins = {lang: _origin(table) for lang, table in self._tables.items()}

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages offered, in menu order, French among them."""
        return tuple(sorted(self._languages.values(), key=lambda one: (one.rank, one.id)))

    def language(self, lang: str) -> Language:
        """Return a language by its id; French for one that is not offered (any more)."""
        return self._languages.get(lang, FRENCH)

    def origin(self, lang: str) -> Origin:
        """Return how the texts of a language were made; all zero for French."""
        return self._origins.get(lang, Origin(0, 0, 0, 0))

    def translate(self, lang: str, context: str, french: str) -> Translated:
        """Return ``french`` in a language; French again where it has no sure translation."""
        return self._find(lang, context, (french, ""), french, 0)

    def translate_plural(self, lang: str, context: str, singular: str, plural: str, n: int) -> Translated:
        """Return the form that goes with ``n``, its ``{n}`` still to fill."""
        language = self.language(lang)
        french = plural if plural_index(FRENCH.locale, n) else singular
        return self._find(lang, context, (singular, plural), french, plural_index(language.locale, n))

    def _find(self, lang: str, context: str, source: tuple[str, str], french: str, form: int) -> Translated:
        if self.language(lang).register_of:
            return self._in_register(lang, context, source, french, form)
        row = self._tables.get(lang, {}).get(context)
        text = row.strings[form] if row and form < len(row.strings) else ""
        if row is None or not text:
            return Translated(french, "ok" if lang == FRENCH.id else "source", FRENCH.id)
        # A French sentence put back as it was finds its translation again.
        said = (row.previous, row.previous_plural) if row.fuzzy and row.previous else (row.text, row.plural)
        doubtful = row.fuzzy and not row.previous
        if source == said and not doubtful:
            return Translated(text, "ok", lang)
        if context.startswith(EMERGENCY) and _says_no_more(text, french):
            return Translated(text, "fuzzy", lang)
        return Translated(french, "fuzzy", FRENCH.id)

    def _in_register(self, lang: str, context: str, source: tuple[str, str], french: str, form: int) -> Translated:
        """Return the sentence of another way of speaking French; where it has none, French is right as it is."""
        row = self._tables.get(lang, {}).get(context)
        if row is None or row.fuzzy or source != (row.text, row.plural) or form >= len(row.strings):
            return Translated(french, "ok", FRENCH.id)
        return Translated(row.strings[form] or french, "ok", lang)


def _says_no_more(text: str, french: str) -> bool:
    # In an emergency an older wording is better than French, but never an older number.
    return placeholders(text) <= placeholders(french) and numbers(text) <= numbers(french)


def _origin(table: Mapping[str, Row]) -> Origin:
    counts = {"machine": 0, "relu": 0, "valide": 0, "waiting": 0}
    for row in table.values():
        counts["waiting" if row.fuzzy or not any(row.strings) else row.made or "machine"] += 1
    return Origin(counts["machine"], counts["relu"], counts["valide"], counts["waiting"])
