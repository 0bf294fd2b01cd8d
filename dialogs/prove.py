"""Proves what can be proven of questions, trees and cards, and measures the rest. Pure: no file, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dialogs.content import Content
from dialogs.coverage import Gap, prove_coverage
from dialogs.prove_cards import prove_cards
from dialogs.prove_families import Family, prove_families
from dialogs.prove_scheme import prove_scheme
from dialogs.prove_trees import prove_topics, prove_trees
from dialogs.prove_walks import prove_walks
from dialogs.report import Section
from knowledge.criteria import Setting
from knowledge.paris_scheme import Scheme


def prove(
    content: Content,
    now: datetime,
    gaps: Sequence[Gap] = (),
    families: Sequence[Family] = (),
    scheme: Scheme | None = None,
) -> tuple[Section, ...]:
    """Return every property with what breaks it.

    Args:
        content: questions, trees and cards that loaded without error.
        now: when, in Paris time; its day decides ages and amounts.
        gaps: cells of the coverage matrix known to be empty.
        families: golden families; without them nothing is measured.
        scheme: the Schéma parisien and the cards that answer it; without it nothing is said of it.
    """
    matcher = content.matcher(now.date())
    setting = Setting(content.knowledge.vocabulary, content.knowledge.parameters, now.date())
    cards, _ = prove_cards(content.dialogs, setting)
    sections: tuple[Section, ...] = (
        prove_walks(content, now),
        prove_trees(content.dialogs, setting),
        cards,
        prove_topics(content.dialogs),
        prove_coverage(matcher, gaps),
    )
    if scheme:
        sections = (*sections, prove_scheme(scheme, content.knowledge))
    return (*sections, prove_families(content, families, now)) if families else sections
