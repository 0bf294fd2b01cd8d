"""All that is known, in one frozen value: the vocabulary, the cards, the places, the amounts, the codes."""

from __future__ import annotations

from functools import cached_property
from typing import TypeAlias

from pydantic import Field

from knowledge.base import Model
from knowledge.milestone import Milestone
from knowledge.model import Helpline, Place, Right, Service, Topic
from knowledge.parameter import ParameterFile, Parameters
from knowledge.school_calendar import SchoolCalendar
from knowledge.vocabulary import Vocabulary

AnyCard: TypeAlias = Right | Service | Helpline
AnyEntry: TypeAlias = Right | Service | Helpline | Place


class Knowledge(Model):
    """Every entry of the knowledge base, in the order of the files; look-ups are by id or by code."""

    vocabulary: Vocabulary
    topics: tuple[Topic, ...]
    rights: tuple[Right, ...] = ()
    services: tuple[Service, ...] = ()
    helplines: tuple[Helpline, ...] = ()
    places: tuple[Place, ...] = ()
    parameter_files: tuple[ParameterFile, ...] = ()
    calendar: SchoolCalendar | None = None
    milestones: tuple[Milestone, ...] = ()
    codes: dict[str, str] = Field(default_factory=dict)
    version: str = ""

    @cached_property
    def cards(self) -> tuple[AnyCard, ...]:
        """Rights, services and helplines in service: what a family can be shown as a card."""
        return (*self.rights, *self.services, *(line for line in self.helplines if line.in_service))

    @cached_property
    def by_id(self) -> dict[str, AnyEntry]:
        """Every entry by id, former ids included, obsolete helplines too."""
        entries: dict[str, AnyEntry] = {}
        for entry in (*self.rights, *self.services, *self.helplines, *self.places):
            assert isinstance(entry, Right | Service | Helpline | Place)
            for name in (entry.id, *entry.former_ids):
                entries[name] = entry
        return entries

    @cached_property
    def by_code(self) -> dict[str, AnyEntry]:
        """Entries by their permanent 3-character code."""
        return {code: self.by_id[name] for name, code in self.codes.items() if name in self.by_id}

    @cached_property
    def milestone_by_id(self) -> dict[str, Milestone]:
        """Milestones by id, former ids included; they are no entries to search or to link to."""
        return {name: each for each in self.milestones for name in (each.id, *each.former_ids)}

    @cached_property
    def topic_by_id(self) -> dict[str, Topic]:
        """Topics by id."""
        return {topic.id: topic for topic in self.topics}

    @cached_property
    def places_of(self) -> dict[str, tuple[Place, ...]]:
        """Places by the id of their service."""
        found: dict[str, list[Place]] = {}
        for place in self.places:
            found.setdefault(place.service, []).append(place)
        return {service: tuple(places) for service, places in found.items()}

    @cached_property
    def rights_helped_by(self) -> dict[str, tuple[Right, ...]]:
        """Rights that a service helps to claim, by service id."""
        found: dict[str, list[Right]] = {}
        for right in self.rights:
            for service in right.helped_by:
                found.setdefault(service, []).append(right)
        return {service: tuple(rights) for service, rights in found.items()}

    @cached_property
    def parameters(self) -> Parameters:
        """Parameters and tables of all files, by id."""
        return Parameters(
            {each.id: each for file in self.parameter_files for each in file.parameters},
            {each.id: each for file in self.parameter_files for each in file.scales},
        )
