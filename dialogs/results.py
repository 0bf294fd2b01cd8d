"""Turns verdicts into what a person is shown: three cards first, then more on demand; never a wall."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest

from dialogs.effects import Handover, Result, Show, ShowCard
from dialogs.likely import OWN_AGE
from dialogs.routes import asked_by
from dialogs.session import Session
from dialogs.walk import Position, Walk
from knowledge.content import AnyCard, Knowledge
from knowledge.criteria import INCONNU, NON, Verdict
from knowledge.geography import nearest
from knowledge.match import Explanation
from knowledge.model import Place, Right, Service
from knowledge.vocabulary import DISTRICT

FIRST_PAGE = 3
NEXT_PAGE = 5
_MATTERS = 4  # weight from which a card that lacks an answer comes before what is open to everybody
_DOUBT = 0.5  # what lacks an answer comes after what fits and brings as much
_GROWN_UP = 26  # years: what is for young people ends about there
TURN_TO = 2  # persons or places to turn to, on the first page


def show(walk: Walk, position: Position, start: int) -> Show:
    """Return one page of results for the trees of a conversation, from the card number ``start`` on."""
    ranked = rank(walk, position)
    size = FIRST_PAGE if start == 0 else NEXT_PAGE
    page = ranked[start : start + size]
    listed = [(verdict, _result(walk, card)) for card, verdict in page]
    district = walk.session.plain.get(DISTRICT)
    about = next((name for name in reversed(walk.session.stack) if name in walk.planner.matcher.knowledge.codes), None)
    return Show(
        fits=tuple(result for verdict, result in listed if verdict is not INCONNU),
        to_check=tuple(result for verdict, result in listed if verdict is INCONNU),
        start=start,
        total=len(ranked),
        first=start == 0,
        turn_to=_turn_to(walk, position) if start == 0 else (),
        for_worker=walk.for_worker,
        handover=Handover(about, district) if walk.for_worker and about else None,
    )


def rank(walk: Walk, position: Position) -> list[tuple[AnyCard, Verdict]]:
    """Return the cards of the asked topics that are not excluded, those that matter most to this family first.

    First what asks something of the family and fits, or matters and lacks an answer; then what is open to everybody;
    then the rest. The subjects of several trees take turns. Within one: cards the author put first, in that order but
    those that lack an answer last; checked in time; weight, more for what is mainly about the subject, less for what
    lacks an answer; oui before probable; name.
    """
    matcher = walk.planner.matcher
    found = zip(matcher.cards, matcher.verdicts(walk.state), strict=True)
    left = [item for item in found if item[1] is not NON]
    chosen = sorted(
        (item for item in left if item[0].id in position.only), key=lambda item: position.only.index(item[0].id)
    )
    left = [item for item in left if item not in chosen]
    lines: list[list[tuple[AnyCard, Verdict]]] = []
    for subject in walk.subjects(position):
        mine = [item for item in left if set(subject).intersection(item[0].topics) or item[0].id in position.first]
        taken = {card.id for card, _ in mine}
        left = [item for item in left if item[0].id not in taken]
        lines.append(sorted(mine, key=lambda item: _order(item, subject, position, matcher.on)))
    turns = [item for row in zip_longest(*lines) for item in row if item]
    unlikely = _unlikely(walk)
    return chosen + sorted(turns, key=lambda item: _tier(item, position, unlikely))


def _unlikely(walk: Walk) -> frozenset[str]:
    """Return the cards that most probably do not fit, though nothing excludes them: they come last."""
    matcher = walk.planner.matcher
    verdicts = matcher.verdicts(walk.likely) if walk.likely else ()
    return frozenset(card.id for card, verdict in zip(matcher.cards, verdicts, strict=False) if verdict is NON)


def _tier(item: tuple[AnyCard, Verdict], position: Position, unlikely: frozenset[str]) -> int:
    card, verdict = item
    if card.id in unlikely:
        return 2
    if verdict is INCONNU:
        return 0 if card.weight >= _MATTERS else 2
    return 0 if card.conditions or card.id in position.first else 1


def _order(item: tuple[AnyCard, Verdict], subject: Sequence[str], position: Position, on: date) -> tuple[object, ...]:
    card, verdict = item
    about = 1 if card.topics[0] == subject[0] else 0 if card.topics[0] in subject else -1
    worth = card.weight + about - (_DOUBT if verdict is INCONNU else 0)
    first = card.id in position.first
    place = (verdict is INCONNU, position.first.index(card.id)) if first else ()
    return not first, place, card.freshness.overdue(on), -worth, -verdict, card.name


def _result(walk: Walk, card: AnyCard) -> Result:
    return Result(card.id, explained(walk, card), places_near(walk, card, 1))


def explained(walk: Walk, card: AnyCard) -> Explanation:
    """Return why a card fits; to people of an entry, an answer is missing only if one of their questions asks it.

    To a parent, nothing is missing that only a young person who writes would tell: « votre situation et votre âge ».
    """
    explanation = walk.planner.matcher.explain(card.id, walk.state)
    if walk.likely and explanation.missing:
        waited = walk.planner.matcher.explain(card.id, walk.likely).missing
        return explanation._replace(missing=tuple(each for each in explanation.missing if each in waited or not waited))
    if walk.entry is None or walk.entry.alone:
        return explanation
    asked = {name for tree in walk.trees for node in tree.nodes for name in asked_by(node)}
    facts = {fact for name in asked for fact in walk.dialogs.questions[name].fills}
    return explanation._replace(missing=tuple(name for name in explanation.missing if name in facts))


def home(session: Session) -> int | None:
    """Return the arrondissement the person lives in, when it is known to be one of the twenty."""
    value = session.plain.get("arrondissement")
    return int(value) if isinstance(value, str) and value.isdecimal() else None


def places_near(walk: Walk, card: AnyCard, limit: int) -> tuple[str, ...]:
    """Return the nearest places of a service, or of the services that help to claim a right (ids)."""
    facts = walk.session.plain
    age = facts.get(OWN_AGE)
    young = walk.for_worker or facts.get("profil") == "jeune" or (isinstance(age, int) and age < _GROWN_UP)
    return nearest_of(walk.planner.matcher.knowledge, card, home(walk.session), limit, young=young)


def nearest_of(
    knowledge: Knowledge, card: AnyCard, district: int | None, limit: int, *, young: bool = True
) -> tuple[str, ...]:
    """Return the nearest places (ids) where a card is found; none without an arrondissement.

    ``young``: whether places for young people only count.
    """
    services = [card.id] if isinstance(card, Service) else list(card.helped_by) if isinstance(card, Right) else []
    found: list[Place] = []
    for service in services:
        places = [each for each in knowledge.places_of.get(service, ()) if young or not each.young_only]
        found += nearest(places, district, limit) if district else []
    return tuple(place.id for place in found[:limit])


def _turn_to(walk: Walk, position: Position) -> tuple[str, ...]:
    knowledge = walk.planner.matcher.knowledge
    if walk.entry and walk.entry.people:
        return tuple(dict.fromkeys((*position.people, *walk.entry.people)))[:TURN_TO]
    names = [
        name
        for topic in position.topics or sorted(walk.topics)
        if topic in knowledge.topic_by_id
        for name in knowledge.topic_by_id[topic].always
    ]
    return tuple(dict.fromkeys((*position.people, *names)))[:TURN_TO]


def show_card(walk: Walk, card: AnyCard) -> ShowCard:
    """Return one card in full, with its reasons for this family and up to three places near home."""
    district = walk.session.plain.get("arrondissement")
    explanation = explained(walk, card) if card.id in walk.planner.matcher.position else None
    near = district if isinstance(district, str) else None
    handover = Handover(card.id, near) if walk.for_worker and card.id in walk.planner.matcher.knowledge.codes else None
    return ShowCard(card.id, explanation, places_near(walk, card, 3), near, walk.for_worker, handover)
