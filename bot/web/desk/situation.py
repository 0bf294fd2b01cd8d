"""The whole situation as one form: every question in any order, and the facts that its answers say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.speaker import Speaker
from bot.web.desk.asked import Asked
from dialogs.describe import choice_label, name_label, question_label
from dialogs.model import REFUSED, Dialogs, Question
from knowledge.ages import MAX_AGE
from knowledge.facts import FactError, parse_facts
from knowledge.vocabulary import AGE, CHILDREN, DISTRICT, Vocabulary

_YEARS, _MONTHS = "ans", "mois"
_PER_CHILD = {
    "scolarite": ("École", (
        ("aucun", "aucune"), ("creche", "crèche"), ("maternelle", "maternelle"), ("elementaire", "élémentaire"),
        ("college", "collège"), ("lycee", "lycée"), ("apprentissage", "apprentissage"), ("superieur", "études"),
    )),
    "garde": ("Vit", (("principale", "ici"), ("alternee", "un temps chez chacun"), ("autre_parent", "chez l'autre"))),
    "handicap": ("Handicap", (("oui", "oui"), ("non", "non"))),
    "taux_handicap": ("Taux", (("moins_50", "moins de 50 %"), ("50_79", "50 à 79 %"), ("80_plus", "80 % ou plus"))),
    "decroche": ("A quitté l'école", (("oui", "oui"), ("non", "non"))),
    "recueilli": ("Enfant recueilli", (("oui", "oui"), ("non", "non"))),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choices:
    """A list to choose from: the field's name, its label, its title for who hovers, (value, words, chosen)."""

    name: str
    label: str
    title: str
    options: tuple[tuple[str, str, bool], ...]

    @property
    def filled(self) -> bool:
        """Tell whether something is chosen."""
        return any(chosen for _, _, chosen in self.options)


@dataclass(frozen=True, slots=True)
class Child:
    """One row of the form."""

    number: int
    years: str
    months: str
    fields: tuple[Choices, ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of the family before the clerk, and what was written that cannot be."""

    facts: Mapping[str, Any]
    problems: tuple[str, ...] = ()


def situation(asked: Asked, dialogs: Dialogs, on: date) -> Situation:
    """Return the facts of a form in plain form; what makes no sense is left out and told.

    Args:
        asked: the form.
        dialogs: its questions.
        on: today; ages become months of birth.
    """
    known, of_children = _answered(asked, dialogs)
    children, problems = _told_children(asked, of_children)
    if children or asked.all_children:
        known[CHILDREN] = children
        known["enfants_complet"] = "oui" if asked.all_children else "non"
    if asked.district:
        known[DISTRICT] = asked.district
    vocabulary = dialogs.knowledge.vocabulary
    facts: dict[str, Any] = {}
    for name, value in known.items():
        try:
            more = {"enfants_complet": known["enfants_complet"]} if name == CHILDREN else {}
            facts |= parse_facts({name: value, **more}, vocabulary, on) if name != "enfants_complet" else {}
        except FactError as error:
            problems.append(str(error))
    return Situation(facts, tuple(problems))


def _answered(asked: Asked, dialogs: Dialogs) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the questions fill: facts of the family, and facts that go to every child."""
    family: dict[str, Any] = {}
    every_child: dict[str, Any] = {}
    for question in _questions(dialogs):
        choice = question.choice(asked.answers.get(question.id, ""))
        for name, value in choice.fills.items() if choice else ():
            fact = dialogs.knowledge.vocabulary.get(name)
            (every_child if fact and fact.scope == "enfant" else family)[name] = value
    return family, every_child


def _told_children(asked: Asked, of_every_child: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[str]]:
    children: list[dict[str, Any]] = []
    problems: list[str] = []
    for number, row in enumerate(asked.children, start=1):
        if not row:
            continue
        child = {**of_every_child, **{name: value for name, value in row.items() if name in _PER_CHILD}}
        try:
            child |= _age(row)
        except ValueError:
            problems.append(f"Enfant {number} : l'âge s'écrit en chiffres, de 0 à {MAX_AGE // 12} ans.")
        children.append(child)
    return children, problems


def _age(row: Mapping[str, str]) -> dict[str, Any]:
    years, months = row.get(_YEARS, ""), row.get(_MONTHS, "")
    if not (years or months):
        return {}
    total = 12 * int(years or 0) + int(months or 0)
    if not 0 <= total <= MAX_AGE:
        raise ValueError
    # « 2 ans » is any month of that year; « 2 ans 4 mois », « 0 an » and « 5 mois » are told to the month.
    return {"age_mois": str(total)} if months else {AGE: f"{int(years)} ans"}


def question_fields(asked: Asked, dialogs: Dialogs, speaker: Speaker) -> tuple[Choices, ...]:
    """Return every question with one answer as a list to choose from, in the order of the file."""
    return tuple(_field(question, asked, speaker) for question in _questions(dialogs))


def _questions(dialogs: Dialogs) -> Iterator[Question]:
    """Yield the questions that the desk asks as lists: children have rows, the arrondissement its own field.

    What another question of the list fills already is left out: the same thing in words for young people.
    """
    filled = {DISTRICT}
    for question in dialogs.questions.values():
        if question.kind == "choix" and not filled.issuperset(question.fills):
            filled |= set(question.fills)
            yield question


def _field(question: Question, asked: Asked, speaker: Speaker) -> Choices:
    chosen = asked.answers.get(question.id, "")
    options = [(each.id, speaker.say(choice_label(question, each)), each.id == chosen) for each in question.choices]
    options.append((REFUSED, "ne souhaite pas répondre", chosen == REFUSED))
    name, title = speaker.say(name_label(question)), speaker.say(question_label(question))
    return Choices(f"q-{question.id}", name, title, tuple(options))


def child_rows(asked: Asked, vocabulary: Vocabulary) -> tuple[Child, ...]:
    """Return a row for each child of the form."""
    return tuple(_child(number, row, vocabulary) for number, row in enumerate(asked.children))


def _child(number: int, row: Mapping[str, str], vocabulary: Vocabulary) -> Child:
    fields = []
    for name, (label, words) in _PER_CHILD.items():
        fact = vocabulary.get(name)
        known = fact.possible if fact else ()
        options = tuple((value, text, row.get(name) == value) for value, text in words if value in known)
        fields.append(Choices(f"e{number}-{name}", label, fact.name if fact else label, options))
    return Child(number, row.get(_YEARS, ""), row.get(_MONTHS, ""), tuple(fields))


def asking(fact: str, dialogs: Dialogs) -> str:
    """Return the field of the form that fills a fact, « q-foyer », « arrondissement », « enfants »."""
    if fact == DISTRICT:
        return DISTRICT
    scope = dialogs.knowledge.vocabulary.get(fact)
    found = next((each.id for each in _questions(dialogs) if fact in each.fills), None)
    in_rows = fact == CHILDREN or found is None or (scope is not None and fact in _PER_CHILD)
    return CHILDREN if in_rows else f"q-{found}"
