"""Which milestones may be written about to a phone that others may read. Pure.

A message that nobody waits for must not tell of a separation, a loss, a handicap, a health, a school left: what
follows these events, what depends on facts of the highest sensitivity, and what is only about such subjects is left
out. What depends on facts that are not kept (work, school, a couple) is said to all whom it is not closed to.
"""

from __future__ import annotations

from knowledge.content import Knowledge
from knowledge.milestone import EVENTS, YEARLY, Milestone
from knowledge.model import Place
from knowledge.spots import facts_read

SENSITIVE_TOPICS = frozenset(
    ("deuil", "handicap", "decrochage-scolaire", "separation", "violences", "epuisement-parental", "incarceration",
     "harcelement")
)  # fmt: skip
"""A milestone whose first card is about nothing else is never written about."""

HARDSHIP = (("scolarite", "aucun"),)
"""Values that most families do not have and that are not kept: a message about them is meant for few, hurts others."""

SCHOOL = frozenset(
    ("inscription-scolaire", "derogation-scolaire", "instruction-3-ans", "toute-petite-section", "cio", "college",
     "ecole", "bourse-college", "bourse-lycee", "tarifs-quotient-familial", "caisse-des-ecoles")
)  # fmt: skip
"""Cards of what is done with a school, a town hall or a school fund: nobody answers in the middle of holidays."""


def remindable(knowledge: Knowledge) -> tuple[Milestone, ...]:
    """Return the milestones that reminders may be about, in the order of the files."""
    return tuple(each for each in knowledge.milestones if may_remind(each, knowledge))


def may_remind(milestone: Milestone, knowledge: Knowledge) -> bool:
    """Tell whether a milestone may be written about."""
    card = knowledge.by_id.get(milestone.cards[0])
    if milestone.anchor in EVENTS or card is None or isinstance(card, Place):
        return False
    topics = frozenset(getattr(card, "topics", ()))
    if topics and topics <= SENSITIVE_TOPICS:
        return False
    if milestone.conditions is None:
        return True
    read = facts_read(milestone.conditions, knowledge.parameters)
    facts = [fact for name in read if (fact := knowledge.vocabulary.get(name))]
    clauses = [(node.fact, node.egal) for node in milestone.conditions.walk()]
    return all(fact.sensitivity < 2 for fact in facts) and not any(each in HARDSHIP for each in clauses)


def is_school(milestone: Milestone) -> bool:
    """Tell whether a milestone is a school matter, which waits for the end of holidays where it can."""
    return milestone.anchor in YEARLY and milestone.cards[0] in SCHOOL
