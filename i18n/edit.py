"""Change translations on purpose: accept a spelling fix, record new translations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from i18n.errors import CatalogError, Problem
from i18n.language import plural_count
from i18n.model import Catalog, Entry, Made, Message
from i18n.placeholders import numbers, placeholders


def accept_typo(catalog: Catalog, context: str) -> Catalog:
    """Return the catalog with this fuzzy translation kept, the French having only lost a typo.

    Raises CatalogError when the context is unknown or not fuzzy, or when a
    number or a placeholder changed: that is no spelling fix.
    """
    entry = catalog.entries.get(context)
    if entry is None:
        what = f"« {context} » n'est pas dans ce catalogue."
        raise _refused(catalog, 0, what, "Vérifiez la place du texte.")
    if not entry.fuzzy or entry.previous is None:
        hint = "Lancez d'abord passerelle i18n merge : il marque les textes français qui ont changé."
        raise _refused(catalog, entry.line, f"« {context} » n'attend pas de relecture.", hint)
    if _facts(entry.message) != _facts(entry.previous):
        hint = "Relisez la traduction : ce n'est pas une faute de frappe."
        what = f"Un nombre ou une accolade a changé dans « {context} »."
        raise _refused(catalog, entry.line, what, hint)
    return _with_entry(catalog, replace(entry, fuzzy=False, previous=None))


def with_translations(catalog: Catalog, translations: Mapping[str, str | tuple[str, ...]], made: Made) -> Catalog:
    """Return the catalog with these texts, by context; they are no longer fuzzy.

    A message with a plural takes one text per plural form of the language.
    Raises CatalogError for contexts the catalog does not have and for a wrong
    number of forms; lists them all.
    """
    problems: list[Problem] = []
    entries = dict(catalog.entries)
    for context, given in translations.items():
        strings = (given,) if isinstance(given, str) else given
        entry = entries.get(context)
        count = plural_count(catalog.language.locale) if entry and entry.message.plural else 1
        if entry is None or len(strings) != count:
            missing = f"« {context} » n'est pas dans ce catalogue."
            what = f"« {context} » demande {count} texte(s), pas {len(strings)}." if entry else missing
            problems.append(Problem(catalog.path, entry.line if entry else 0, what))
        else:
            entries[context] = replace(entry, strings=strings, made=made, fuzzy=False, previous=None)
    if problems:
        raise CatalogError(problems)
    return replace(catalog, entries=entries)


def _facts(message: Message) -> tuple[frozenset[str], frozenset[str]]:
    text = f"{message.text} {message.plural}"
    return placeholders(text), numbers(text)


def _with_entry(catalog: Catalog, entry: Entry) -> Catalog:
    return replace(catalog, entries={**catalog.entries, entry.message.context: entry})


def _refused(catalog: Catalog, line: int, what: str, hint: str) -> CatalogError:
    return CatalogError([Problem(catalog.path, line, what, hint)])
