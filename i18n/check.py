"""What is wrong or missing in a catalog: placeholders, numbers, lengths, gaps. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from i18n.errors import Level, Problem
from i18n.language import Language
from i18n.model import Catalog, Entry
from i18n.placeholders import fill, numbers, placeholders, stray_braces
from i18n.register import says_vous


@dataclass(frozen=True, slots=True)
class Limit:
    """The longest text a channel takes: ``characters``, and ``octets`` in UTF-8; None = any."""

    characters: int | None = None
    octets: int | None = None


def check_catalog(
    catalog: Catalog,
    limits: Mapping[str, Limit] | None = None,
    values: Mapping[str, str] | None = None,
) -> tuple[Problem, ...]:
    """Return every problem of a catalog, by line; the line is that of the French text.

    ``limits`` goes by the start of contexts (``question.``, "" for all); all that
    match apply. ``values`` gives the printed form of placeholders, so that lengths
    are those of what is sent; unknown ones count as written.
    """
    ruler = _Ruler(catalog.language, limits or {}, values or {})
    problems = [
        Problem(catalog.path, entry.line, f"{entry.message.context} : {what}", hint, level)
        for entry in catalog.entries.values()
        for level, what, hint in _faults(entry, ruler)
    ]
    return tuple(sorted(problems))


_Fault = tuple[Level, str, str]
_BRACES = "Gardez les accolades du texte français."


@dataclass(frozen=True, slots=True)
class _Ruler:
    language: Language
    limits: Mapping[str, Limit]
    values: Mapping[str, str]

    def faults(self, context: str, text: str) -> Iterator[_Fault]:
        as_written = {name: f"{{{name}}}" for name in placeholders(text)}
        printed = fill(text, as_written | dict(self.values), self.language)
        characters, octets = len(printed), len(printed.encode())
        for prefix, limit in self.limits.items():
            if not context.startswith(prefix):
                continue
            if limit.characters is not None and characters > limit.characters:
                yield _too_long(f"{characters} caractères, {limit.characters} au plus")
            if limit.octets is not None and octets > limit.octets:
                yield _too_long(f"{octets} octets, {limit.octets} au plus")


def _too_long(measure: str) -> _Fault:
    return "erreur", f"le texte est trop long ({measure}).", "Raccourcissez la traduction."


def _faults(entry: Entry, ruler: _Ruler) -> Iterator[_Fault]:
    if not entry.is_translated:
        yield "avertissement", "pas encore traduit.", "Le texte français est montré en attendant."
        return
    if entry.fuzzy:
        yield "avertissement", "le français a changé.", "Relisez la traduction, puis retirez la marque fuzzy."
    if entry.made is None:
        hint = "Ajoutez une ligne « # fabrique: machine », « relu » ou « valide »."
        yield "avertissement", "on ne sait pas comment ce texte a été fait.", hint
    for text in entry.strings:
        if ruler.language.register_of and says_vous(text):
            yield "erreur", "le texte dit encore « vous ».", "Dites-le avec « tu »."
        yield from _shape(entry, text)
        yield from ruler.faults(entry.message.context, text)


def _shape(entry: Entry, text: str) -> Iterator[_Fault]:
    if not text.strip():
        yield "erreur", "une forme est vide.", "Traduisez toutes les formes, ou aucune."
        return
    if text != text.strip():
        yield "erreur", "la traduction commence ou finit par une espace.", "Retirez-la."
    if stray_braces(text):
        hint = "Une accolade entoure un nom, sans espace : {n}."
        yield "erreur", "une accolade ne forme pas un nom.", hint
    yield from _same_facts(entry, text)


def _same_facts(entry: Entry, text: str) -> Iterator[_Fault]:
    # While fuzzy, the translation still says the sentence of before: the fuzzy warning is enough.
    source = f"{entry.source.text}\n{entry.source.plural}"
    if entry.source.plural:
        # "Un enfant" for one and "{n} enfants" for several: a form may leave a name out.
        lost: frozenset[str] = frozenset()
    else:
        lost = placeholders(source) - placeholders(text)
    for name in sorted(lost):
        yield "erreur", f"il manque {{{name}}}.", _BRACES
    for name in sorted(placeholders(text) - placeholders(source)):
        yield "erreur", f"{{{name}}} n'est pas dans le texte français.", _BRACES
    for number in sorted(numbers(text) - numbers(source)):
        hint = "Reprenez les nombres du français ; un montant s'écrit avec une accolade."
        yield "erreur", f"le nombre {number} n'est pas dans le texte français.", hint
    for number in sorted(numbers(entry.source.text) - numbers(text)):
        hint = "Vérifiez qu'il est bien dit, en lettres ou autrement."
        yield "avertissement", f"le nombre {number} a disparu.", hint
