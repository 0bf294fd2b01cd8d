"""Cuts a plain text into clauses and tells whose they are: said of oneself, denied, asked, imagined, past.

A fact is read only in a clause that a person states about herself now. Doubt silences the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dialogs.phrases_load import Phrases

Speaker = Literal["moi", "proche", "tiers"]
"""Whom the words speak of: oneself, someone of the same family (the ex, a daughter), anybody else."""

_SENTENCE = re.compile(r"[^.!?;]*(?:[.!;]|\? ?|$)")
_BREAK = re.compile(
    r" ?[,:()/&+-] (?:et |and )?"
    r"| (?:et|mais|car|donc|alors|puis|sinon|and|but|because|so|then)(?= (?!demi))"
    r"|(?<!\bque)(?<!\bqu)(?<!\bsi)(?<!\bdont)(?<!\bif)(?<!\bthat)(?<!\bquand)(?<!\bwhen)(?<!\bcomme)(?<!\bpuisque)(?<!\blorsque)"
    r" (?=(?:je|j|mon ex|my ex|i|on (?:a|est|vit|habite|n|s|se|divorce|attends|cherche|loge)) )"
)
_IMPERSONAL = re.compile(r"il (?:n )?(?:y|faut|ne faut|me faut|ne reste|s agit|est possible|reste) ")
_SAYS_WHO = re.compile(r"\b(?:je suis|nous sommes|on est|i am|we are|en tant que|comme|que) $")
_PLUS_DENIES = re.compile(
    r"(?<!\bde )(?<!\ben )(?<!\ble )(?<!\bla )(?<!\bles )(?<!\bau )\bplus (?!de \d|tard"
    r"|grand|petit|jeune|vieu|age|que|vite|tot)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One statement. ``start`` is its place in the text; ``text`` ends with a space.

    ``asked_from``: where a question begins in the clause (None: none). ``asked_before``: a question began
    earlier in the sentence. ``imagined``: after « si je », or in what someone wants or fears.
    """

    start: int
    text: str
    denied: bool
    past: bool
    imagined_from: int | None
    asked_from: int | None
    asked_before: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A text cut into clauses, with the places where the person spoken of changes."""

    text: str
    clauses: tuple[Clause, ...]
    speakers: tuple[tuple[int, Speaker], ...]

    def speaker_at(self, place: int) -> Speaker:
        """Return whom the words at a place speak of: the last person named strictly before it."""
        found: Speaker = "moi"
        for start, who in self.speakers:
            if start >= place:
                break
            found = who
        return found


def read_clauses(text: str, known: Phrases) -> Reading:
    """Return the clauses of a plain text."""
    text = f"{text} "
    clauses: list[Clause] = []
    for sentence in _SENTENCE.finditer(text):
        if sentence[0].strip(" .!?;"):
            clauses.extend(_clauses_of(sentence, known))
    return Reading(text, tuple(clauses), tuple(_speakers(text, known)))


def _clauses_of(sentence: re.Match[str], known: Phrases) -> Iterator[Clause]:
    whole = sentence[0]
    is_question = whole.rstrip().endswith("?")
    body = whole.rstrip(" .!?;") + " "
    imagined = known.find("hypothese", body)
    asked = False
    past = False
    pieces = list(_pieces(body))
    for start, piece in pieces:
        cue = known.find("question", piece)
        last = start == pieces[-1][0]
        begins = cue.start() if cue else 0 if is_question and last and not asked else None
        supposed = [] if not imagined or imagined.start() >= start + len(piece) else [max(0, imagined.start() - start)]
        wish = known.find("intention", piece)
        supposed += [wish.start()] if wish else []
        now_past = bool(known.find("passe", piece))
        yield Clause(
            start=sentence.start() + start,
            text=piece,
            denied=bool(known.find("negation", piece) or _PLUS_DENIES.search(piece)),
            past=past or now_past,
            imagined_from=min(supposed, default=None),
            asked_from=begins,
            asked_before=asked,
        )
        # « avant, au chômage » : a time word alone colours what follows
        past = now_past and len(piece.split()) <= 3
        asked = asked or cue is not None


def _pieces(body: str) -> Iterator[tuple[int, str]]:
    start = len(body) - len(body.lstrip())
    for cut in _BREAK.finditer(body):
        if cut.start() > start:
            yield start, body[start : cut.start()].rstrip() + " "
        start = cut.end() + (1 if body[cut.end() : cut.end() + 1] == " " else 0)
    if body[start:].strip():
        yield start, body[start:].rstrip() + " "


def _speakers(text: str, known: Phrases) -> Iterator[tuple[int, Speaker]]:
    found: list[tuple[int, str]] = []
    for cue in ("premiere", "tiers", "proche", "pronom"):
        found += [
            (match.start(), cue)
            for match in known.cues[cue].finditer(text)
            if not _IMPERSONAL.match(text, match.start())
        ]
    now: Speaker = "moi"
    order = {"pronom": 0, "proche": 1, "premiere": 2, "tiers": 3}
    for place, cue in sorted(found, key=lambda each: (each[0], order[each[1]])):
        if cue == "tiers" and _SAYS_WHO.search(text, 0, place):
            continue  # « je suis une maman » speaks of oneself
        if cue == "premiere":
            now = "moi"
        elif cue == "tiers":
            now = "tiers"
        elif now != "tiers" or (
            cue == "proche" and text[place : place + 3] not in ("il ", "ell", "ils", "he ", "she", "the")
        ):
            now = "proche"
        yield place, now
