"""A thousand cards like the real ones: copies with their thresholds moved, so that clauses differ."""

from __future__ import annotations

import random
from typing import Any

from knowledge.condition import Condition
from knowledge.content import Knowledge


def thousand(knowledge: Knowledge, count: int = 1000) -> Knowledge:
    """Return a knowledge base of ``count`` cards, with the vocabulary and amounts of the real one."""
    chance = random.Random(7)
    rights = [right for right in knowledge.rights if right.conditions]
    made = []
    for number in range(count):
        right = rights[number % len(rights)]
        assert right.conditions
        moved = Condition.model_validate(_moved(right.conditions.model_dump(by_alias=True, exclude_none=True), chance))
        made.append(right.model_copy(update={"id": f"{right.id[:30]}-{number}", "conditions": moved}))
    return Knowledge.model_construct(
        vocabulary=knowledge.vocabulary,
        topics=knowledge.topics,
        rights=tuple(made),
        parameter_files=knowledge.parameter_files,
        services=(),
        helplines=(),
        places=(),
        codes={},
        version="bench",
    )


def _moved(node: Any, chance: random.Random) -> Any:
    if isinstance(node, dict):
        if node.get("a_verifier") == "non":
            node = {key: value for key, value in node.items() if key != "a_verifier"}
        return {key: _moved(value, chance) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_moved(each, chance) for each in node]
    if isinstance(node, str) and node.endswith(" ans") and node[:-4].isdigit():
        return f"{int(node[:-4]) * 12 + chance.randrange(0, 6)} mois"
    return node
