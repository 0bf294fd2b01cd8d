"""Puts what is known back into words: the label of a question's buttons, of an answer, of a fact noted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dialogs import wording
from dialogs.answers import child_choice, children_of, is_marked, is_only_child
from dialogs.bands import may_be
from dialogs.effects import Ask, Option
from dialogs.model import DONE, REFUSED, UNKNOWN, Choice, Dialogs, MenuGroup, Question
from dialogs.session import Session
from knowledge.ages import age_span
from knowledge.base import Label
from knowledge.vocabulary import AGE, CHILDREN, Fact


def question_label(question: Question, profile: str | None = None) -> Label:
    """Return a question's own sentence, or the one for this profile where it has one."""
    own = question.told_to.get(profile or "")
    return Label(f"question.{question.id}.{profile}", own) if own else Label(f"question.{question.id}", question.text)


def choice_label(question: Question, choice: Choice) -> Label:
    """Return the words of a button."""
    return Label(f"question.{question.id}.choix.{choice.id}", choice.text)


def name_label(question: Question) -> Label:
    """Return a question's short name."""
    return Label(f"question.{question.id}.nom", question.name)


def why_label(question: Question) -> Label:
    """Return why a question is asked."""
    return Label(f"question.{question.id}.pourquoi", question.why)


def title_label(dialogs: Dialogs, tree_id: str) -> Label:
    """Return a tree's title."""
    return Label(f"arbre.{tree_id}.titre", dialogs.trees[tree_id].title)


def group_label(group: MenuGroup, profile: str | None = None) -> Label:
    """Return the words of a choice of the first screen, those for this profile where it has some."""
    own = group.told_to.get(profile or "")
    return Label(f"menu.{group.id}.{profile}", own) if own else Label(f"menu.{group.id}", group.title)


def entry_says(group: MenuGroup) -> Label:
    """Return what is said above the first screen of an entry."""
    return Label(f"menu.{group.id}.dire", group.say) if group.say else wording.AGAIN


def ask(question: Question, session: Session, most: int, on: date) -> Ask:
    """Return a question ready to show, with what was already pressed; ``most`` 0: outside any tree, not counted."""
    listed, complete = children_of(session)
    open_list = question.kind == "enfants" and bool(listed) and not complete
    one_press = question.kind == "lesquels" and is_only_child(session)
    hint = Label(f"question.{question.id}.aide", question.hint) if question.hint and not one_press else None
    number = len(session.trail) + (0 if question.id in session.trail else 1)
    return Ask(
        question=question.id,
        label=wording.MORE_CHILDREN if open_list else question_label(question, session.plain.get("profil")),
        hint=Label(*wording.CHILDREN_SO_FAR[:2], (("ages", ages_text(listed, on)),)) if open_list else hint,
        options=tuple(options(question, session, on)),
        number=min(number, most),
        most=most,
        typed=question.parser != "aucun",
    )


def options(question: Question, session: Session, on: date) -> list[Option]:
    """Return the buttons of a question, « je ne sais pas » and « je préfère ne pas répondre » last."""
    listed, complete = children_of(session)
    if question.kind == "lesquels":
        found = [
            Option(child_choice(number), child_label(child, on), "👧", is_marked(child, question))
            for number, child in enumerate(listed)
        ]
        done = wording.DONE_TEXT if any(option.on for option in found) else wording.NONE_OF_THEM
        found.append(Option(DONE, done, "✔️"))
    else:
        told = {} if session.changing == question.id else session.plain
        possible = [choice for choice in question.choices if may_be(choice, told)]
        found = [Option(choice.id, choice_label(question, choice), choice.picto) for choice in possible]
        if question.kind == "enfants" and listed and not complete:
            found = [option for option in found if option.choice != "aucun"]
            found.append(Option(DONE, wording.DONE_TEXT, "✔️"))
    found.append(Option(UNKNOWN, wording.UNKNOWN_TEXT, "🤷"))
    found.append(Option(REFUSED, wording.REFUSED_TEXT, "🤐"))
    return found


def child_label(child: Mapping[str, Any], on: date) -> Label:
    """Return how a child is named on a button: by age, never by name."""
    if "naissance" not in child:
        return wording.YOUNG_CHILD
    return Label(*wording.CHILD_OF[:2], (("ages", ages_text([child], on)),))


def ages_text(children: list[dict[str, Any]] | list[Mapping[str, Any]], on: date) -> str:
    """Return ages as « low-high » months joined by « | », for the screens to put into words of a language."""
    spans = [age_span(child["naissance"], on) for child in children if "naissance" in child]
    return "|".join(f"{int(span.low)}-{int(span.high or 0)}" for span in spans if span)


def noted(dialogs: Dialogs, name: str, value: Any, on: date) -> Label | None:
    """Return a fact in words: its button's text where one says just that, else its value or its name."""
    fact = dialogs.knowledge.vocabulary.get(name)
    if name == CHILDREN:
        listed = value["liste"]
        if not listed:
            return wording.NO_CHILDREN if value["complet"] == "oui" else None
        return Label(*wording.AGES[:2], (("ages", ages_text(listed, on)),))
    for question in dialogs.questions.values():
        for choice in question.choices:
            if choice.fills.get(name) == value and AGE not in choice.fills:
                return choice_label(question, choice)
    if name == "grossesse_mois":
        month = (("nombre", value),)
        return Label(*wording.PREGNANT_SINCE[:2], month) if isinstance(value, int) and value else wording.PREGNANT
    if fact is None or (fact.possible and isinstance(value, list)):
        return None  # still open between several values: its name alone would say nothing
    return _number_label(fact, value)


def noted_lines(dialogs: Dialogs, facts: Mapping[str, Any], on: date) -> tuple[tuple[Label, Label], ...]:
    """Return facts as (short name, value) for showing back; a value still open between several is left out."""
    lines = []
    for name, value in facts.items():
        label = noted(dialogs, name, value, on)
        asked = next((question for question in dialogs.questions.values() if name in question.fills), None)
        fact = dialogs.knowledge.vocabulary.get(name)
        if label and fact:
            lines.append((name_label(asked) if asked else fact_label(fact), label))
    return tuple(lines)


def _number_label(fact: Fact, value: Any) -> Label:
    if fact.kind == "montant" and isinstance(value, list):
        low, high = value
        ends = (("euros", low),) if high is None else (("euros", low), ("euros_max", high))
        return Label(*(wording.BAND_OPEN_NOTED if high is None else wording.BAND_NOTED)[:2], ends)
    if fact.kind == "montant":
        return Label(*wording.AMOUNT_NOTED[:2], (("euros", value),))
    if fact.kind == "entier" and not isinstance(value, list):
        return Label(*wording.NUMBER_NOTED[:2], (("nombre", value),))
    return fact_label(fact)


def fact_label(fact: Fact) -> Label:
    """Return a fact's name in everyday words."""
    return Label(f"fait.{fact.id}.nom", fact.name)
