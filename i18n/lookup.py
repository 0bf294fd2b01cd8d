"""Say a French sentence in another language: by place and by text; reads no file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from i18n.language import FRENCH, Language, plural_index
from i18n.model import Catalog
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
    fuzzy: bool = False
    previous: str = ""
    previous_plural: str = ""


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


class Table(NamedTuple):
    """The entries of one language by context: French and translation of the simple ones, rows of the others."""

    origin: Origin
    simple: dict[str, tuple[str, str]]
    rows: dict[str, Row]


def compile_table(catalog: Catalog) -> Table:
    """Return the entries of a catalog as looked up, obsolete ones left out."""
    table = Table(_origin(catalog), {}, {})
    for context, entry in catalog.entries.items():
        message, before = entry.message, entry.previous
        if message.plural or entry.fuzzy or before or len(entry.strings) != 1:
            previous = (before.text, before.plural) if before else ("", "")
            table.rows[context] = Row(message.text, message.plural, entry.strings, entry.fuzzy, *previous)
        else:
            table.simple[context] = message.text, entry.strings[0]
    return table


class Catalogs:
    """All languages offered, ready to translate. Immutable; replace it whole to reload.

    Nearly all entries are simple, of the same French in each language: that is held once, beside one text a language.
    """

    def __init__(self, tables: Iterable[tuple[Language, Table]]) -> None:
        self._languages = {FRENCH.id: FRENCH}
        self._french: dict[str, str] = {}
        self._said: dict[str, dict[str, str]] = {}
        self._rows: dict[str, dict[str, Row]] = {}
        self._origins: dict[str, Origin] = {}
        names: dict[str, str] = {}
        for language, table in tables:
            said, rows = self._said.setdefault(language.id, {}), dict(table.rows)
            for context, (text, string) in table.simple.items():
                name = names.setdefault(context, context)
                if (french := self._french.setdefault(name, text)) == text:
                    said[name] = french if string == french else string
                else:
                    rows[name] = Row(text, "", (string,))
            self._languages[language.id], self._rows[language.id] = language, rows
            self._origins[language.id] = table.origin

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
        row = self._row(lang, context)
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

    def _row(self, lang: str, context: str) -> Row | None:
        if lang not in self._rows:
            return None
        if (string := self._said[lang].get(context)) is not None:
            return Row(self._french[context], "", (string,))
        return self._rows[lang].get(context)

    def _in_register(self, lang: str, context: str, source: tuple[str, str], french: str, form: int) -> Translated:
        """Return the sentence of another way of speaking French; where it has none, French is right as it is."""
        row = self._row(lang, context)
        if row is None or row.fuzzy or source != (row.text, row.plural) or form >= len(row.strings):
            return Translated(french, "ok", FRENCH.id)
        return Translated(row.strings[form] or french, "ok", lang)


def _says_no_more(text: str, french: str) -> bool:
    # In an emergency an older wording is better than French, but never an older number.
    return placeholders(text) <= placeholders(french) and numbers(text) <= numbers(french)


def _origin(catalog: Catalog) -> Origin:
    counts = {"machine": 0, "relu": 0, "valide": 0, "waiting": 0}
    for entry in catalog.entries.values():
        counts["waiting" if entry.fuzzy or not entry.is_translated else entry.made or "machine"] += 1
    return Origin(counts["machine"], counts["relu"], counts["valide"], counts["waiting"])
