"""Every French sentence of the knowledge base with its place, for catalogs and for checks of length."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge import geography
from knowledge.base import Label
from knowledge.content import AnyCard, Knowledge
from knowledge.match import clause_label
from knowledge.milestone import Milestone
from knowledge.model import Helpline, Place, Right, Service


def field_label(entry: AnyCard | Place | Milestone, field: str, text: str) -> Label:
    """Return a sentence of an entry with its place, e.g. ``droit.asf.pieces.0``."""
    return Label(f"{entry.kind}.{entry.id}.{field}", text)


def field_labels(entry: AnyCard | Place, field: str, texts: tuple[str, ...]) -> tuple[Label, ...]:
    """Return the sentences of a list with their places."""
    return tuple(field_label(entry, f"{field}.{number}", text) for number, text in enumerate(texts))


def knowledge_labels(knowledge: Knowledge) -> Iterator[Label]:
    """Yield every sentence that a family may read, in the order of the files. Sources and codes are left out."""
    yield from (
        geography.ZONE_FITS,
        geography.ZONE_EXCLUDES,
        geography.SECTOR_FITS,
        geography.SECTOR_EXCLUDES,
    )
    for fact in knowledge.vocabulary.facts:
        yield Label(f"fait.{fact.id}.nom", fact.name)
    for topic in knowledge.topics:
        yield Label(f"theme.{topic.id}.nom", topic.name)
        yield Label(f"theme.{topic.id}.phrase", topic.phrase)
    cards: tuple[AnyCard, ...] = (*knowledge.rights, *knowledge.services, *knowledge.helplines)
    for card in cards:
        yield from card_labels(card)
    for place in knowledge.places:
        yield from place_labels(place)
    for milestone in knowledge.milestones:
        yield from milestone_labels(milestone)


def milestone_labels(milestone: Milestone) -> Iterator[Label]:
    """Yield the sentences of a milestone, its title for locked screens included."""
    for field, text in (
        ("nom", milestone.name),
        ("titre_discret", milestone.discreet),
        ("texte", milestone.text),
        ("note", milestone.freshness.note),
    ):
        if text:
            yield field_label(milestone, field, text)


def place_labels(place: Place) -> Iterator[Label]:
    """Yield the sentences of a place; its name and address are proper names and stay French."""
    for number, closure in enumerate(place.closures):
        if closure.text:
            yield field_label(place, f"fermetures.{number}", closure.text)
    for field, text in (("acces", place.access), ("publics", place.audience), ("note", place.freshness.note)):
        if text:
            yield field_label(place, field, text)


def card_labels(card: AnyCard) -> Iterator[Label]:
    """Yield the sentences of one card."""
    yield field_label(card, "nom", card.name)
    yield field_label(card, "resume", card.summary)
    yield field_label(card, "pour_qui", card.audience)
    if card.freshness.note:
        yield field_label(card, "note", card.freshness.note)
    yield from field_labels(card, "attention", card.warnings)
    yield from clause_labels(card)
    if isinstance(card, Right):
        yield from _right_labels(card)
    elif isinstance(card, Service):
        yield from _service_labels(card)
    elif isinstance(card, Helpline):
        for field, text in (("periode", card.period), ("horaires", card.hours_text), ("cout", card.cost)):
            if text:
                yield field_label(card, field, text)


def clause_labels(card: AnyCard) -> Iterator[Label]:
    """Yield the sentences of a card's clauses."""
    for number, node in enumerate(card.conditions.walk() if card.conditions else ()):
        holder = node.child or node
        for key, text in (("dit", holder.says), ("sinon", holder.else_says)):
            if text:
                yield clause_label(card, number, key, text)


def _right_labels(right: Right) -> Iterator[Label]:
    yield from field_labels(right, "montant", tuple(line.text for line in right.amounts))
    yield from field_labels(right, "pieces", right.documents)
    yield from field_labels(right, "demarches", tuple(step.text for step in right.steps))
    for number, step in enumerate(right.steps):
        if step.form:
            yield field_label(right, f"demarches.{number}.formulaire", step.form)
    yield from field_labels(right, "delais", right.deadlines)
    yield from field_labels(right, "cumul", right.overlap)


def _service_labels(service: Service) -> Iterator[Label]:
    yield from field_labels(service, "comment", service.how)
    yield from field_labels(service, "pieces", service.documents)
    if service.locator:
        yield field_label(service, "localisateur", service.locator.text)
    if service.access:
        yield field_label(service, "accessibilite", service.access)
