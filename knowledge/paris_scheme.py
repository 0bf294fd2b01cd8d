"""The Schéma parisien des services aux familles: its axes, objectives and actions, and the cards that answer each.

Only what its text holds is counted (``counts``); what the document announces of itself (``announced``) is kept beside,
never claimed. An action one may point a family to (``pointable: oui``) has at least one card.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, StringConstraints

from knowledge.base import Model, Sentence, Slug
from knowledge.check_references import Names
from knowledge.faults import Fault, Steps
from knowledge.load import Reading, near
from knowledge.source import Source

_FILE = "schema-parisien.yaml"
Subject = Annotated[str, StringConstraints(min_length=2, max_length=90)]


class Counts(Model):
    """How many axes, objectives with a title and actions there are, or are said to be."""

    axes: int = Field(ge=1)
    objectives: int = Field(alias="objectifs", ge=1)
    actions: int = Field(ge=1)


class Action(Model):
    """One action, in our words, and the cards it leads a family to."""

    id: str = Field(pattern=r"^A\d\.O\d\.\d+$")
    subject: Subject = Field(alias="sujet")
    pointable: Literal["oui", "indirect", "non"]
    cards: tuple[Slug, ...] = Field((), alias="fiches")


class Objective(Model):
    """One objective; without a subject its title is missing from the text, and ``note`` says so."""

    number: int = Field(alias="objectif", ge=1)
    subject: Subject | None = Field(None, alias="sujet")
    note: Sentence | None = None
    actions: tuple[Action, ...] = ()


class Axis(Model):
    """One axis."""

    number: int = Field(alias="axe", ge=1)
    subject: Subject = Field(alias="sujet")
    objectives: tuple[Objective, ...] = Field(alias="objectifs", min_length=1)


class Named(Model):
    """An actor, a kind of place, a programme or a benefit that the Schéma names; without card, ``reason`` says why."""

    name: Annotated[str, StringConstraints(min_length=2, max_length=120)] = Field(alias="nom")
    sort: Literal["acteur", "lieu", "programme", "prestation"] = Field(alias="genre")
    cards: tuple[Slug, ...] = Field((), alias="fiches")
    reason: Sentence | None = Field(None, alias="raison")


class Scheme(Model):
    """The shape of schema-parisien.yaml."""

    source: Source
    announced: Counts = Field(alias="annonce")
    counts: Counts = Field(alias="comptes")
    note: Sentence
    axes: tuple[Axis, ...] = Field(min_length=1)
    names: tuple[Named, ...] = Field((), alias="noms")

    def held(self) -> Counts:
        """Return what the file holds: axes, objectives that have a title, actions."""
        objectives = [objective for axis in self.axes for objective in axis.objectives]
        return Counts(
            axes=len(self.axes),
            objectives=sum(objective.subject is not None for objective in objectives),
            actions=sum(len(objective.actions) for objective in objectives),
        )


def load_scheme(reading: Reading) -> Scheme | None:
    """Return the Schéma of a content folder; None without its file, or with its problems noted in ``reading``."""
    return reading.one(_FILE, Scheme) if (reading.folder / _FILE).exists() else None


class Spot(NamedTuple):
    """An action with its axis and objective, and the keys that lead to it in the file."""

    axis: Axis
    objective: Objective
    action: Action
    steps: Steps


def actions(scheme: Scheme) -> Iterator[Spot]:
    """Yield every action in the order of the file."""
    for at, axis in enumerate(scheme.axes):
        for number, objective in enumerate(axis.objectives):
            for rank, action in enumerate(objective.actions):
                steps = ("axes", at, "objectifs", number, "actions", rank)
                yield Spot(axis, objective, action, steps)


def scheme_faults(scheme: Scheme, names: Names) -> Iterator[Fault]:
    """Yield what is wrong: counts, order, ids, actions and names that lead nowhere."""
    held = scheme.held()
    for word, claimed, found in (
        ("axes", scheme.counts.axes, held.axes),
        ("objectifs", scheme.counts.objectives, held.objectives),
        ("actions", scheme.counts.actions, held.actions),
    ):
        if claimed != found:
            what = f"« comptes » dit {claimed} {word}, le fichier en tient {found}"
            yield Fault(_FILE, ("comptes", word), what, "ne comptez que ce qui s'y lit")
    yield from _order(scheme)
    for spot in actions(scheme):
        yield from _action(spot, names)
    seen: set[str] = set()
    for at, each in enumerate(scheme.names):
        steps = ("noms", at)
        if each.name in seen:
            yield Fault(_FILE, (*steps, "nom"), f"« {each.name} » est écrit deux fois", "gardez-en un")
        seen.add(each.name)
        yield from _cards(each.cards, steps, f"« {each.name} »", names)
        if bool(each.cards) == bool(each.reason):
            what = f"« {each.name} » a une fiche ou une raison de n'en pas avoir, pas les deux"
            yield Fault(_FILE, steps, what, "écrivez « fiches: [...] » ou « raison: ... »")


def _order(scheme: Scheme) -> Iterator[Fault]:
    """Yield axes, objectives and actions that do not follow each other from 1 on."""
    hint = "les numéros se suivent, à partir de 1"
    for at, axis in enumerate(scheme.axes):
        if axis.number != at + 1:
            what = f"l'axe {axis.number} est à la place de l'axe {at + 1}"
            yield Fault(_FILE, ("axes", at, "axe"), what, hint)
        for rank, objective in enumerate(axis.objectives):
            steps: Steps = ("axes", at, "objectifs", rank)
            if objective.number != rank + 1:
                what = f"axe {axis.number} : l'objectif {objective.number} est à la place de l'objectif {rank + 1}"
                yield Fault(_FILE, (*steps, "objectif"), what, hint)
            if (objective.subject is None) != (objective.note is not None and not objective.actions):
                what = f"axe {axis.number}, objectif {objective.number} : sans « sujet », il a une « note » seule"
                yield Fault(_FILE, steps, what, "écrivez le sujet et ses actions, ou dites ce qui manque")
            for number, action in enumerate(objective.actions):
                wanted = f"A{axis.number}.O{objective.number}.{number + 1}"
                if action.id != wanted:
                    what = f"l'action '{action.id}' est à la place de '{wanted}'"
                    yield Fault(_FILE, (*steps, "actions", number, "id"), what, hint)


def _action(spot: Spot, names: Names) -> Iterator[Fault]:
    action = spot.action
    yield from _cards(action.cards, spot.steps, f"l'action {action.id}", names)
    if action.pointable == "oui" and not action.cards:
        hint = "ajoutez une fiche, ou une fiche qui dit à qui demander"
        yield Fault(_FILE, spot.steps, f"l'action {action.id} ne mène à aucune fiche", hint)
    if action.pointable == "non" and action.cards:
        hint = "« non » veut dire : travail entre professionnels ; sinon écrivez « indirect » ou « oui »"
        yield Fault(_FILE, (*spot.steps, "fiches"), f"l'action {action.id} est « non » et a des fiches", hint)


def _cards(cards: Sequence[str], steps: Steps, owner: str, names: Names) -> Iterator[Fault]:
    shown = {card.id for card in names.knowledge.cards}
    for at, name in enumerate(cards):
        place = (*steps, "fiches", at)
        if name in cards[:at]:
            yield Fault(_FILE, place, f"{owner} nomme deux fois '{name}'", "gardez-en un")
        elif names.missing(name):
            yield Fault(_FILE, place, f"{owner} nomme '{name}', qui n'existe pas", near(name, shown))
        elif name in names.knowledge.by_id and name not in shown:
            hint = "prenez un droit, un service ou un numéro en service, par son id d'aujourd'hui"
            yield Fault(_FILE, place, f"{owner} nomme '{name}', qui n'est pas une fiche montrée", hint)
