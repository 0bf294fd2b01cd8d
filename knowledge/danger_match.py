"""Finds phrases in the words of a text, as written or nearly so.

A phrase is a sequence of words and of ``<classes>``; all phrases of all languages share one tree, so one
walk over the text finds them all. This module does not know what a phrase means.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain

from knowledge.danger_near import NearWords, near_words
from knowledge.danger_text import Words
from knowledge.danger_tree import ANY_WORD, Tree, tree_of

_COST_MAX = 4
LOOSE_MAX = 6  # words that « ... » may cover
_GAP_MAX = 4  # see-through words in a row inside a phrase: « il ne m'a pas encore vraiment frappée »
_STATES_MAX = 96  # readings followed at once; a normal sentence needs under 30, a hostile one stops here


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


_State = tuple[int, int, int, int, bool, int]  # step, start, size, cost, negated, gap
_Edges = dict[str, list[tuple[int, int]]]  # word or class -> how many words it takes, what it costs


@dataclass(slots=True)
class Grammar:
    """Phrases, classes and see-through words, compiled; see :func:`compile_grammar`."""

    phrases: Tree
    classes: Tree
    class_names: tuple[str, ...]
    see_through: Mapping[str, bool]  # word -> is it a negation?
    near: NearWords
    class_size: int  # words in the longest sequence of a class
    loose_max: int = LOOSE_MAX


def compile_grammar(
    phrases: Iterable[tuple[Sequence[str], int]],
    classes: Mapping[str, Iterable[Sequence[str]]],
    see_through: Mapping[str, bool],
    usual: Iterable[str],
    arabic: Iterable[str] = (),
    *,
    by_sound: bool = True,
    loose_max: int = LOOSE_MAX,
) -> Grammar:
    """Return the grammar of these phrases.

    Args:
        phrases: symbols (folded words, or names of classes in angle brackets) and what they stand for.
        classes: name in angle brackets -> the word sequences it covers.
        see_through: words that may stand inside any phrase -> whether they negate it.
        usual: words never taken for the misspelling of another.
        arabic: words that are Arabic in Latin letters.
        by_sound: whether words that sound alike in French are guessed.
        loose_max: words that « ... » may cover; more where each sign is a word.
    """
    phrases, covered = list(phrases), {name: list(found) for name, found in classes.items()}
    listed = [(sequence, number) for number, found in enumerate(covered.values()) for sequence in found]
    vocabulary = {symbol for symbols, _ in phrases for symbol in symbols if symbol[0] not in "<*."}
    vocabulary.update(see_through, *(sequence for sequence, _ in listed))
    near = near_words(vocabulary, usual, arabic, by_sound=by_sound)
    # The words that slips are looked for among come first, so that all share one list of names.
    others = vocabulary.union(covered, *(symbols for symbols, _ in phrases)).difference(near.vocabulary)
    names = (*near.slips.words, *sorted(others))
    longest = max((len(sequence) for sequence, _ in listed), default=1)
    return Grammar(
        tree_of(phrases, names), tree_of(listed, names), tuple(covered), see_through, near, longest, loose_max
    )


def find(grammar: Grammar, words: Words, *, guess: bool = True) -> list[Match]:
    """Return every phrase found in ``words``, whatever it stands for; ``guess`` reads misspelled words too."""
    tokens = words.tokens
    states: list[list[_State]] = [[] for _ in range(len(tokens) + 1)]
    found: list[Match] = []
    edges_at = _all_edges(grammar, tokens, guess=guess)
    said = set(chain.from_iterable({id(edges): edges for edges in edges_at}.values()))
    alive: dict[int, bool] = {}
    tree, loose = grammar.phrases, grammar.phrases.loose
    for position, token in enumerate(tokens):
        here = _distinct(tree, states[position], said, alive)[:_STATES_MAX] if states[position] else []
        states[position] = []
        here.append((0, position, 0, 0, False, 0))
        edges = edges_at[position]
        negates = grammar.see_through.get(token)
        for state in here:
            step, start, size, cost, negated, gap = state
            _advance(tree, state, position, edges, states, found)
            if size and gap < (grammar.loose_max if loose[step] else _GAP_MAX if negates is not None else 0):
                states[position + 1].append((step, start, size, cost, negated or bool(negates), gap + 1))
    return found


def _all_edges(grammar: Grammar, tokens: tuple[str, ...], *, guess: bool) -> list[_Edges]:
    """Return the edges of each position; the same words again share theirs."""
    read = grammar.near.readings if guess else grammar.near.as_written
    readings = {token: tuple(read(token)) for token in set(tokens)}
    known: dict[tuple[str, ...], _Edges] = {}
    edges_at: list[_Edges] = []
    for position in range(len(tokens)):
        ahead = tokens[position : position + grammar.class_size]
        if ahead not in known:
            known[ahead] = _edges(grammar, [readings[token] for token in ahead])
        edges_at.append(known[ahead])
    return edges_at


def _distinct(tree: Tree, states: list[_State], said: Set[str], alive: dict[int, bool]) -> list[_State]:
    """Return ``states`` once each, without those that nothing ``said`` in the text can carry on.

    Of those that wait at the same « ... », the one that can wait longest is kept; ``alive`` remembers
    which steps can be carried on.
    """
    kept: dict[object, _State] = {}
    for state in states:
        step, _, _, cost, negated, gap = state
        if (goes_on := alive.get(step)) is None:
            goes_on = alive[step] = tree.goes_on(step, said)
        if not goes_on:
            continue
        key = (step, cost, negated) if tree.loose[step] else state
        if (other := kept.get(key)) is None or gap < other[5]:
            kept[key] = state
    return list(kept.values())


def _advance(
    tree: Tree, state: _State, position: int, edges: _Edges, states: list[list[_State]], found: list[Match]
) -> None:
    """Follow every edge that goes on from the state's step."""
    step, start, size, cost, negated, _ = state
    for symbol, after in tree.shared(step, edges):
        for length, extra in edges[symbol]:
            if (spent := cost + extra) <= _COST_MAX:
                end, longer = position + length, size + length
                if tree.leads[after]:
                    states[end].append((after, start, longer, spent, negated, 0))
                if tree.waits[after]:
                    states[end].append((tree.first[after], start, longer, spent, negated, 0))
                for payload in tree.ends(after):
                    found.append(Match(payload, start, end, longer, spent, negated))


def _edges(grammar: Grammar, readings: Sequence[Sequence[tuple[str, int]]]) -> _Edges:
    """Return the words that the first of ``readings`` may be and the classes that begin there."""
    edges: _Edges = {word: [(1, cost)] for word, cost in readings[0]}
    classes, paths = grammar.classes, [(0, 0, 0)] if edges else []
    edges[ANY_WORD] = [(1, 0)]
    while paths:
        step, length, cost = paths.pop()
        for payload in classes.ends(step):
            edges.setdefault(grammar.class_names[payload], []).append((length, cost))
        if length < len(readings):
            for word, extra in readings[length]:
                if after := classes.follow(step, word):
                    paths.append((after, length + 1, cost + extra))
    return edges
