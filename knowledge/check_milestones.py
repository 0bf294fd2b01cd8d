"""Checks milestones: an anchor that can be dated, cards that exist, sources, conditions, examples that hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from knowledge.ages import MAX_AGE
from knowledge.calendar import Calendar, Upcoming
from knowledge.calendar_days import add
from knowledge.check_conditions import condition_faults
from knowledge.check_freshness import entry_freshness
from knowledge.check_references import Names
from knowledge.content import Knowledge
from knowledge.criteria import ConditionError, Setting
from knowledge.facts import FactError, parse_facts
from knowledge.faults import Fault, Steps, file_of
from knowledge.load import near
from knowledge.milestone import EVENTS, YEARLY, Milestone, MilestoneExample, Offset
from knowledge.model import Helpline, Place
from knowledge.spots import spots
from knowledge.vocabulary import AGE

_SOME_DAY = date(2024, 2, 29)
_KEYS = {
    "age": frozenset(("anniversaire",)),
    "jour": frozenset(("date_fixe",)),
    "ages": frozenset(("rentree_scolaire", "date_fixe")),
}
_SPOKEN_OF = "la grossesse (-12 mois) et les 30 ans"


def milestone_faults(names: Names, setting: Setting) -> Iterator[Fault]:
    """Yield what is wrong with each milestone; examples are tried on those that are sound otherwise."""
    knowledge = names.knowledge
    seen = set(knowledge.by_id) | set(knowledge.topic_by_id)
    for milestone in knowledge.milestones:
        found = list(_one(milestone, names, setting, seen))
        seen |= {milestone.id, *milestone.former_ids}
        yield from found
        if not any(not fault.warning for fault in found):
            yield from _examples(milestone, knowledge)


def _one(milestone: Milestone, names: Names, setting: Setting, seen: set[str]) -> Iterator[Fault]:
    file = file_of(milestone)
    for name in (milestone.id, *milestone.former_ids):
        if name in seen:
            yield Fault(file, ("id",), f"l'id '{name}' est déjà pris", "un id est unique, fiches et jalons ensemble")
    yield from entry_freshness(milestone, setting.on)
    yield from _anchor(milestone)
    yield from _cards(milestone, names)
    if milestone.conditions is not None:
        for fault in condition_faults(milestone.conditions, ("conditions",), setting):
            yield fault._replace(file=file)
        for spot in spots(milestone.conditions):
            if spot.node.fact == AGE:
                hint = "dites l'âge par l'ancre : « ancre: anniversaire » et « age: », ou « ages: »"
                yield Fault(file, spot.steps, "un jalon ne compare pas d'âge dans ses conditions", hint)


def _anchor(milestone: Milestone) -> Iterator[Fault]:
    """Yield what makes the moment impossible: keys its anchor does not take or lacks, times out of bounds."""
    file, anchor = file_of(milestone), milestone.anchor
    written = {"age": milestone.age, "jour": milestone.day, "ages": milestone.ages}
    for key, fitting in _KEYS.items():
        if written[key] is not None and anchor not in fitting:
            hint = f"retirez-la, ou choisissez l'ancre {' ou '.join(sorted(fitting))}"
            yield Fault(file, (key,), f"l'ancre « {anchor} » ne prend pas la clé « {key} »", hint)
    for key, needed in (("age", "anniversaire"), ("jour", "date_fixe"), ("ages", "rentree_scolaire")):
        if anchor == needed and written[key] is None:
            yield Fault(file, ("ancre",), f"l'ancre « {anchor} » a besoin de « {key}: »", f"ajoutez « {key}: »")
    opens, closes = milestone.window.opens, milestone.window.closes
    if add(_SOME_DAY, closes) < add(_SOME_DAY, opens):
        hint = "« a » est la fin de la fenêtre, « de » son début"
        yield Fault(file, ("fenetre", "a"), "la fenêtre se ferme avant de s'ouvrir", hint)
    age = milestone.age or (milestone.ages.last if milestone.ages else 0)
    ends = [age + _months(milestone.offset) + _months(part) for part in (opens, closes)]
    if anchor not in EVENTS and (min(ends) < -12 or max(ends) > MAX_AGE):
        hint = f"on parle des familles entre {_SPOKEN_OF}"
        yield Fault(file, ("decalage",), "le moment tombe hors du temps dont on parle", hint)
    if anchor in YEARLY and _months(closes) - _months(opens) >= 12:
        hint = "une fenêtre de moins d'un an : le jalon revient chaque année"
        yield Fault(file, ("fenetre", "a"), "la fenêtre dure un an ou plus", hint)


def _months(offset: Offset) -> float:
    return offset.months + offset.days / 30.4


def _cards(milestone: Milestone, names: Names) -> Iterator[Fault]:
    for at, name in enumerate(milestone.cards):
        card = names.knowledge.by_id.get(name)
        steps: Steps = ("fiches", at)
        if names.missing(name):
            hint = near(name, (each.id for each in names.knowledge.cards))
            yield Fault(file_of(milestone), steps, f"la fiche '{name}' n'existe pas", hint)
        elif isinstance(card, Place) or (isinstance(card, Helpline) and not card.in_service):
            hint = "prenez un droit, un service ou un numéro en service"
            yield Fault(file_of(milestone), steps, f"'{name}' n'est pas une fiche à montrer", hint)


def _examples(milestone: Milestone, knowledge: Knowledge) -> Iterator[Fault]:
    file = file_of(milestone)
    if not any(example.nothing for example in milestone.examples):
        hint = "ajoutez une famille ou un jour où il ne faut pas en parler"
        yield Fault(file, ("exemples",), "aucun exemple ne dit « rien: oui »", hint)
    if all(example.nothing for example in milestone.examples):
        yield Fault(file, ("exemples",), "aucun exemple n'ouvre ce jalon", "ajoutez une famille et son « ouvre: »")
    for at, example in enumerate(milestone.examples):
        try:
            found = example_dates(milestone, example, knowledge)
        except (FactError, ConditionError) as error:
            yield Fault(file, ("exemples", at, "faits"), str(error), "corrigez l'exemple")
            continue
        if not _fits(example, found):
            what = f"l'exemple attend {_expected(example)}, le jalon donne {_given(found)}"
            yield Fault(file, ("exemples", at), what, "corrigez le moment ou l'exemple")


def example_dates(milestone: Milestone, example: MilestoneExample, knowledge: Knowledge) -> tuple[Upcoming, ...]:
    """Return what a calendar gives of one milestone for the family and the day of an example.

    Raises:
        FactError: the facts do not fit the vocabulary.
        ConditionError: a clause of the milestone has no meaning that day.
    """
    alone = Knowledge.model_construct(**{**dict(knowledge), "milestones": (milestone,)})
    facts = parse_facts(example.facts, knowledge.vocabulary, example.on)
    dates = {str(name): day for name, day in example.dates.items()}
    return Calendar(alone, example.on).upcoming(facts, dates=dates)


def _fits(example: MilestoneExample, found: tuple[Upcoming, ...]) -> bool:
    if example.nothing:
        return not found
    if example.undated:
        return bool(found) and all(each.opens is None for each in found)
    days = {(each.opens, each.until) for each in found}
    return any(opens == example.opens and example.closes in (None, until) for opens, until in days)


def _expected(example: MilestoneExample) -> str:
    if example.nothing:
        return "« rien »"
    if example.undated:
        return "« sans_date »"
    return f"« {example.opens} → {example.closes or '...'} »"


def _given(found: tuple[Upcoming, ...]) -> str:
    return ", ".join(f"« {each.opens or 'sans date'} → {each.until or '...'} »" for each in found) or "« rien »"
