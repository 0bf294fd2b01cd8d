"""Checks the questions: each answer fills what its question promises, with values that exist, no overlap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from dialogs.model import Choice, Question
from knowledge.check_conditions import condition_faults
from knowledge.criteria import Setting
from knowledge.facts import FactError, plain
from knowledge.faults import Fault, Steps
from knowledge.load import near
from knowledge.vocabulary import AGE, CHILDREN, Fact, Vocabulary

FILE = "questions.yaml"
_PARSED = {
    "arrondissement": ("arrondissement",),
    "enfants": ("enfants",),
    "grossesse": ("entier",),
    "anciennete": ("entier",),
    "nombre": ("entier",),
    "montant": ("montant",),
}
"""The kinds of fact that each parser gives."""


def question_faults(questions: Sequence[Question], setting: Setting) -> Iterator[Fault]:
    """Yield what is wrong in the questions, in file order."""
    seen: set[str] = set()
    for at, question in enumerate(questions):
        steps: Steps = ("questions", at)
        if question.id in seen:
            yield Fault(FILE, (*steps, "id"), f"la question '{question.id}' est écrite deux fois", "gardez-en une")
        seen.add(question.id)
        yield from _promise(question, steps, setting.vocabulary)
        yield from _choices(question, steps, setting.vocabulary)
        yield from _bands(question, steps, setting.vocabulary)
        yield from _profiles(question, steps, setting.vocabulary)
        for name, condition in (("seulement_si", question.only_if), ("sauf_si", question.unless)):
            for fault in condition_faults(condition, (*steps, name), setting) if condition else ():
                yield fault._replace(file=FILE)


def _promise(question: Question, steps: Steps, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Yield facts that do not exist, and a parser that gives another kind of answer."""
    kinds = set()
    for at, name in enumerate(question.fills):
        fact = vocabulary.get(name)
        if fact is None or name == AGE:
            hint = near(name, (each.id for each in vocabulary.facts))
            yield Fault(FILE, (*steps, "remplit", at), f"fait '{name}' inconnu", hint)
        else:
            kinds.add(fact.kind)
            if question.kind == "lesquels" and fact.scope != "enfant":
                what = f"'{name}' n'est pas un fait d'enfant"
                yield Fault(FILE, (*steps, "remplit", at), what, "« lesquels » remplit un fait de chaque enfant")
    if question.parser != "aucun" and not kinds.intersection(_PARSED[question.parser]):
        what = f"le parseur '{question.parser}' ne remplit aucun de ces faits"
        yield Fault(FILE, (*steps, "parseur"), what, f"il donne : {', '.join(_PARSED[question.parser])}")


def _choices(question: Question, steps: Steps, vocabulary: Vocabulary) -> Iterator[Fault]:
    count, one = len(question.choices), question.kind == "lesquels"
    if count != 1 if one else count < 2:
        hint = "« lesquels » a un seul choix : ce qui devient vrai de l'enfant" if one else "il en faut 2 au moins"
        yield Fault(FILE, steps, f"{count} choix pour cette question", hint)
    if (question.kind == "lesquels") != bool(question.else_fills):
        yield Fault(FILE, steps, "« sinon_remplit » va avec « genre: lesquels »", "ajoutez-le, ou retirez-le")
    texts: dict[str, str] = {}
    for at, choice in enumerate(question.choices):
        place: Steps = (*steps, "choix", at)
        yield from _fills(question, choice, place, vocabulary)
        for word in (choice.text, *choice.words):
            other = texts.setdefault(word.casefold(), choice.id)
            if other != choice.id:
                what = f"« {word} » mène à deux choix : {other} et {choice.id}"
                yield Fault(FILE, place, what, "une réponse écrite ne mène qu'à un choix")


def _profiles(question: Question, steps: Steps, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Yield other wordings that nobody would read."""
    fact = vocabulary.get("profil")
    for name in question.told_to:
        if fact is not None and name not in fact.possible:
            yield Fault(FILE, (*steps, "texte_pour", name), f"profil '{name}' inconnu", near(name, fact.possible))


def _fills(question: Question, choice: Choice, steps: Steps, vocabulary: Vocabulary) -> Iterator[Fault]:
    allowed = {*question.fills, *((AGE,) if question.kind == "enfants" else ())}
    if not (choice.fills or choice.language):
        yield Fault(FILE, steps, f"le choix '{choice.id}' ne remplit rien", "ajoutez « remplit: »")
    for name, value in choice.fills.items():
        place = (*steps, "remplit", name)
        if name not in allowed:
            yield Fault(FILE, place, f"'{name}' n'est pas dans « remplit: » de la question", near(name, allowed))
        else:
            yield from _value(name, value, place, vocabulary)
    if question.choices.index(choice) == 0:
        for name, value in question.else_fills.items():
            yield from _value(name, value, (*steps[:-2], "sinon_remplit", name), vocabulary)


def _value(name: str, value: Any, steps: Steps, vocabulary: Vocabulary) -> Iterator[Fault]:
    fact = vocabulary.get(name)
    if name == AGE:
        if _ends(value) is None:
            yield Fault(FILE, steps, f"'age' vaut '{_said(value)}'", "écrivez deux âges en mois, compris : [12, 35]")
    elif name == CHILDREN:
        if value != "aucun":
            yield Fault(FILE, steps, f"'enfants' vaut '{value}'", "seul « aucun » s'écrit ici")
    elif fact is not None:
        try:
            plain(fact, value)
        except FactError as error:
            what, _, rest = str(error).partition(" ; ")
            yield Fault(FILE, steps, what, near(str(value), fact.possible) or rest)


def _said(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _ends(value: Any) -> tuple[int, int] | None:
    try:
        low, high = (int(end) for end in value)
    except (TypeError, ValueError):
        return None
    return (low, high) if 0 <= low <= high else None


def _bands(question: Question, steps: Steps, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Yield bands of numbers that overlap (two answers for one number) or leave a hole (none)."""
    for name in (AGE,) if question.kind == "enfants" else question.fills:
        fact = vocabulary.get(name)
        if fact is None or (fact.possible and name != AGE):
            continue
        choices = [(at, choice.fills[name]) for at, choice in enumerate(question.choices) if name in choice.fills]
        found = sorted((*band, at) for at, value in choices if (band := _band(fact, name, value)))
        for (_, end, _), (start, _, at) in pairwise(found):
            place = (*steps, "choix", at, "remplit", name)
            if start < end:
                yield Fault(FILE, place, "deux fourchettes se chevauchent", f"celle-ci commence à {end:g}")
            elif start > end:
                hint = f"celle-ci commence à {end:g}"
                yield Fault(FILE, place, f"rien ne va de {end:g} à {start:g}", hint, True)


def _band(fact: Fact, name: str, value: Any) -> tuple[float, float] | None:
    """Return a band as from, up to but not including; None when it cannot be read."""
    if name == AGE:
        ends = _ends(value)
        return (ends[0], ends[1] + 1) if ends else None
    try:
        known = plain(fact, value)
    except FactError:
        return None
    if isinstance(known, list):
        return float(known[0]), float("inf") if known[1] is None else float(known[1])
    return (float(known), float(known) + 1) if isinstance(known, int | float) else None
