"""A typed text and what it says, each thing worked out when it is first asked for, and once.

Pure: no disk, no clock; it lives as long as the call that reads the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from dialogs.heard import heard_facts
from dialogs.lexicon import Lexicon
from dialogs.phrase_patterns import bare
from dialogs.plain_text import plain
from dialogs.topics import Weighed, weighed
from dialogs.volunteered import facts_of


@dataclass(frozen=True)
class Utterance:
    """What a person typed, shortened if it is long (``plain_text.shortened``), on a day, with the words known then.

    ``worried``: it may speak of danger, and what it is about is not guessed from a word or two.
    """

    text: str
    lexicon: Lexicon
    on: date
    worried: bool = False

    @cached_property
    def said(self) -> str:
        """The words alone, folded, between single spaces."""
        return bare(self.text)

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The facts it states, in plain form, children of unknown age included; {} when it states none."""
        return heard_facts(facts_of(plain(self.text), self.on), self.text, self.on)

    @cached_property
    def trees(self) -> Weighed:
        """The trees it may be about."""
        return weighed(self.lexicon, self.text, self.facts)
