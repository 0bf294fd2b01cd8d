"""Finds phrases in the words of a text, as written or nearly so.

A phrase is a sequence of words and of ``<classes>``; all phrases of all languages share one tree, so one
walk over the text finds them all. This module does not know what a phrase means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from knowledge.danger_text import Words, deletions, sound

ANY_WORD = "*"
SOUND_COST, TYPO_COST = 1, 2
_COST_MAX = 4
_GAP_MAX = 4  # see-through words in a row inside a phrase: « il ne m'a pas encore vraiment frappée »
_STATES_MAX = 96  # readings followed at once; a normal sentence needs under 30, a hostile one stops here
_WORD_MAX = 24  # a longer run of letters is no word
_ARABIC_PREFIXES = ("وال", "فال", "بال", "لل", "ال", "و", "ف", "ب", "ل", "ك")


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: words ``start`` (included) to ``end`` (excluded).

    ``cost`` is 0 when every word is written as expected, ``negated`` when a negation was stepped over.
    """

    payload: int
    start: int
    end: int
    size: int
    cost: int
    negated: bool


@dataclass(slots=True)
class Node:
    """What may follow, and the phrases that end here."""

    follow: dict[str, Node] = field(default_factory=dict)
    ends: list[int] = field(default_factory=list)


_State = tuple[Node, int, int, int, bool, int]  # node, start, size, cost, negated, gap
_Edges = dict[str, list[tuple[int, int]]]  # word or class -> where it ends, what it costs


@dataclass(slots=True)
class Grammar:
    """Phrases, classes and see-through words, compiled; see :func:`compile_grammar`."""

    root: Node
    classes: Node
    class_names: tuple[str, ...]
    see_through: Mapping[str, bool]  # word -> is it a negation?
    vocabulary: frozenset[str]
    usual: frozenset[str]
    sounds: Mapping[str, tuple[str, ...]]
    typos: Mapping[str, tuple[str, ...]]


def compile_grammar(
    phrases: Iterable[tuple[Sequence[str], int]],
    classes: Mapping[str, Iterable[Sequence[str]]],
    see_through: Mapping[str, bool],
    usual: Iterable[str],
) -> Grammar:
    """Return the grammar of these phrases.

    Args:
        phrases: symbols (folded words, or names of classes in angle brackets) and what they stand for.
        classes: name in angle brackets -> the word sequences it covers.
        see_through: words that may stand inside any phrase -> whether they negate it.
        usual: words never taken for the misspelling of another.
    """
    root, class_root, names = Node(), Node(), tuple(classes)
    vocabulary: set[str] = set(see_through)
    for symbols, payload in phrases:
        _plant(root, symbols, payload)
        vocabulary.update(symbol for symbol in symbols if symbol[0] not in "<*")
    for position, name in enumerate(names):
        for sequence in classes[name]:
            _plant(class_root, sequence, position)
            vocabulary.update(sequence)
    sounds, typos = _near_index(vocabulary)
    return Grammar(
        root, class_root, names, see_through, frozenset(vocabulary), frozenset(usual), sounds, typos
    )


def _plant(root: Node, symbols: Sequence[str], payload: int) -> None:
    node = root
    for symbol in symbols:
        node = node.follow.setdefault(symbol, Node())
    if payload not in node.ends:
        node.ends.append(payload)


def _near_index(vocabulary: Iterable[str]) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Return sound -> words and word minus one letter -> words, for words long enough to be recognised."""
    sounds: dict[str, tuple[str, ...]] = {}
    typos: dict[str, tuple[str, ...]] = {}
    for word in sorted(vocabulary):
        if len(word) >= 4 and word.isascii() and len(key := sound(word)) >= 3:
            sounds[key] = (*sounds.get(key, ()), word)
        if len(word) >= 5:
            for shorter in deletions(word):
                typos[shorter] = (*typos.get(shorter, ()), word)
    return sounds, typos


def separate(grammar: Grammar, words: Words) -> Words:
    """Return ``words`` with known words that were typed in one go taken apart: « jeveux », « nullepart »."""
    tokens: list[str] = []
    breaks: set[int] = set()
    for position, token in enumerate(words.tokens):
        if position in words.breaks:
            breaks.add(len(tokens))
        tokens.extend(_halves(grammar, token))
    return Words(tuple(tokens), frozenset(breaks))


def _halves(grammar: Grammar, token: str) -> tuple[str, ...]:
    known = grammar.vocabulary
    if token not in known and token not in grammar.usual and 6 <= len(token) <= _WORD_MAX:
        for cut in range(2, len(token) - 1):
            if token[:cut] in known and token[cut:] in known and not any(_readings(grammar, token)):
                return token[:cut], token[cut:]
    return (token,)


def find(grammar: Grammar, words: Words) -> list[Match]:
    """Return every phrase found in ``words``, whatever it stands for."""
    tokens = words.tokens
    readings = [tuple(_readings(grammar, token)) for token in tokens]
    states: list[list[_State]] = [[] for _ in range(len(tokens) + 1)]
    found: list[Match] = []
    for position, token in enumerate(tokens):
        here = states[position][:_STATES_MAX]
        states[position] = []
        here.append((grammar.root, position, 0, 0, False, 0))
        edges = _edges(grammar, readings, position)
        negates = grammar.see_through.get(token)
        for state in here:
            node, start, size, cost, negated, gap = state
            _advance(state, position, edges, states, found)
            if negates is not None and size and gap < _GAP_MAX:
                states[position + 1].append((node, start, size, cost, negated or negates, gap + 1))
    return found


def _advance(
    state: _State, position: int, edges: _Edges, states: list[list[_State]], found: list[Match]
) -> None:
    """Follow every edge that the state's node knows, starting from whichever of the two is shorter."""
    node, start, size, cost, negated, _ = state
    follow = node.follow
    shared = [symbol for symbol in follow if symbol in edges] if len(follow) < len(edges) else edges
    for symbol in shared:
        if (follower := follow.get(symbol)) is None:
            continue
        for end, extra in edges[symbol]:
            if (spent := cost + extra) <= _COST_MAX:
                longer = size + end - position
                states[end].append((follower, start, longer, spent, negated, 0))
                found.extend(Match(payload, start, end, longer, spent, negated) for payload in follower.ends)


def _edges(grammar: Grammar, readings: Sequence[Sequence[tuple[str, int]]], position: int) -> _Edges:
    """Return the words that the text may hold at ``position`` and the classes that begin there."""
    edges: _Edges = {word: [(position + 1, cost)] for word, cost in readings[position]}
    paths = [(grammar.classes, position, 0)] if edges else []
    edges[ANY_WORD] = [(position + 1, 0)]
    while paths:
        node, end, cost = paths.pop()
        for payload in node.ends:
            edges.setdefault(grammar.class_names[payload], []).append((end, cost))
        if end < len(readings) and node.follow:
            for word, extra in readings[end]:
                if follower := node.follow.get(word):
                    paths.append((follower, end + 1, cost + extra))
    return edges


def _readings(grammar: Grammar, token: str) -> Iterator[tuple[str, int]]:
    """Yield the known words that ``token`` may stand for, with what each guess costs."""
    if token in grammar.vocabulary:
        yield token, 0
    elif token in grammar.usual or not 4 <= len(token) <= _WORD_MAX or token.isdigit():
        return
    elif token[0] >= "\u0600":
        yield from _arabic_readings(grammar, token)
    elif alike := grammar.sounds.get(sound(token)):
        yield from ((word, SOUND_COST) for word in alike)
    else:
        yield from _typos(grammar, token)


def _arabic_readings(grammar: Grammar, token: str) -> Iterator[tuple[str, int]]:
    for prefix in _ARABIC_PREFIXES:
        if token.startswith(prefix) and token[len(prefix) :] in grammar.vocabulary:
            yield token[len(prefix) :], 0
            return
    yield from _typos(grammar, token)


def _typos(grammar: Grammar, token: str) -> Iterator[tuple[str, int]]:
    if len(token) < 5:
        return
    seen: set[str] = set()
    for shorter in deletions(token):
        for word in grammar.typos.get(shorter, ()):
            if word not in seen and OSA.distance(word, token, score_cutoff=1) <= 1:
                seen.add(word)
                yield word, TYPO_COST
