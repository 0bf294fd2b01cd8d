"""Gives each age said in a sentence, in the languages other than French, to a child of the writer or to the writer.

An age belongs to the child named right after it, else to the person named last before it. A length of time, an
adult's age and an age asked about in general belong to nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dialogs.told_kin_words import KinWords

_OLDEST_CHILD = 20
_OLDEST_BARE = 17
"""A number without a unit is an age of a child up to there."""
_YOUNGEST_WRITER = 12
_LONGEST_MONTHS = 47
_DAYS_A_WEEK, _DAYS_A_MONTH = 7, 30.44
_MONTHS_A_YEAR = 12
_AND_MONTHS = frozenset({"", "零 ", "又 "})
_THAT_IS = frozenset({"", "малышом ", "малюк ", "vv ", "baby vv ", "baby ", "baby is ", "( ", "baby ( "})
_ANOTHER_NUMBER = re.compile(r"[02-9]|1\d")
"""« One » may be an article: « two girls, one of 3 and one of 5 »."""


_A_CLASS = re.compile(r"\bc[em] [12]\b|\bc[em][12]\b")
"""Names of French classes, the same in every language: their number is no age."""


@dataclass(slots=True)
class Kin:
    """Ages in one sentence: of children as spans of months, the writer's in years, places of all numbers judged."""

    children: list[tuple[int, int]] = field(default_factory=list)
    writer: int | None = None
    judged: list[tuple[int, int]] = field(default_factory=list)


def kin_in(sentence: str, known: KinWords, asked: bool, doubted_from: int | None) -> Kin:
    """Return whose ages a sentence says.

    Args:
        sentence: words between single spaces, ending with one.
        known: the words of its language.
        asked: it ends with a question mark, so that « a child of three » is no child of the writer.
        doubted_from: the place from which it wishes or supposes; what is said of one's own child by then still counts.
    """
    found = Kin()
    before_it: tuple[int, str] | None = None
    patterns = [pattern for pattern in (known.bare, known.turned, known.ages) if pattern]
    matches = {each.start("last"): each for pattern in patterns for each in pattern.finditer(sentence)}
    for place in sorted(matches):
        match = matches[place]
        whose = _whose(match, sentence, known, before_it)
        asks = asked and " vv " not in sentence[match.end() - 1 :]
        if whose == "own" and asks and _is_anybodys(match, sentence, known):
            whose = "nobody"
        if whose == "vague" and (asks or (doubted_from is not None and doubted_from < match.start())):
            whose = "nobody"
        if whose:
            found.judged += _places(match)
        if whose in ("own", "vague"):
            _note(_children_of(match), sentence[before_it[0] : match.start()] if before_it else None, found)
            before_it = match.end(), whose
        elif whose == "me":
            found.writer = int(match["last"])
    return found


def _is_anybodys(match: re.Match[str], sentence: str, known: KinWords) -> bool:
    """Tell whether an age asked about is said of « a child », not of one that the writer says she has."""
    person = _last_person(sentence[: match.start()], known)
    for place in (match.start(), person.start() if person else 0):
        head = known.any_one.search(sentence[:place]) if known.any_one else None
        if head and not (known.me and known.me.search(sentence[: head.start()])):
            return True
    return False


def _last_person(before: str, known: KinWords) -> re.Match[str] | None:
    """Return the last person named."""
    person = None
    for each in known.person.finditer(before):
        person = each
    return person


def _group(person: re.Match[str], sentence: str, known: KinWords) -> str:
    """Return who is named: a relative's child counts as the writer's where she says that she brings it up."""
    if person.lastgroup != "kept":
        return person.lastgroup or ""
    return "own" if known.brings_up and known.brings_up.search(sentence) else "nobody"


def _note(spans: list[tuple[int, int]], gap: str | None, found: Kin) -> None:
    """Add ages of children; « 2 years 3 months » and « newborn, 3 weeks old » are one child.

    ``gap``: the words since the age noted before, None for the first.
    """
    if gap is not None and len(spans) == 1:
        exact = spans[0][0] == spans[0][1]
        low, high = found.children[-1]
        if gap in _AND_MONTHS and exact and spans[0][0] < _MONTHS_A_YEAR and high - low == _MONTHS_A_YEAR - 1:
            found.children.pop()
            spans = [(low + spans[0][0], low + spans[0][0])]
        elif exact and high == 0 and gap in _THAT_IS:
            found.children.pop()
    found.children += spans


def _whose(match: re.Match[str], sentence: str, known: KinWords, before_it: tuple[int, str] | None) -> str:
    """Return « own », « vague », « me », « nobody », or nothing for a number that may be anything."""
    before, after = sentence[: match.start()], sentence[match.end() :]
    bare = "years" not in match.re.groupindex
    if _is_no_age(before, after, known):
        return "" if bare else "nobody"
    if _is_writers(match, before, after, known, bare):
        return "me"
    if not _may_be_a_childs(match, bare):
        return "" if bare else "nobody"
    if not bare and known.mine and known.mine.search(before):
        return "own"
    if bare and match["list"] and before.endswith("( "):
        person = _last_person(before, known)
        return _group(person, sentence, known) if person and person.lastgroup == "kept" else "vague"
    if not bare and known.after and (noun := known.after.match(after)):
        person = known.person.search(noun[0])
        named = _named_before(match, before, known, before_it, bare)
        after_it = _group(person, sentence, known) if person else ""
        return named if named in ("own", "nobody") and after_it != "own" else after_it
    return _named_before(match, before, known, before_it, bare)


def _is_no_age(before: str, after: str, known: KinWords) -> bool:
    if known.not_before and known.not_before.search(before):
        return True
    return known.not_after is not None and known.not_after.match(after) is not None


def _is_writers(match: re.Match[str], before: str, after: str, known: KinWords, bare: bool) -> bool:
    years = bare or bool(match["years"])
    said = known.me and known.me.search(before)
    if not said and known.me_after and not known.person.search(before):
        said = known.me_after.match(after)
    return bool(said) and years and not match["list"] and int(match["last"]) >= _YOUNGEST_WRITER


def _may_be_a_childs(match: re.Match[str], bare: bool) -> bool:
    numbers = [int(each) for each in re.findall(r"\d+", match["list"] + match["last"])]
    if bare:
        return max(numbers) <= _OLDEST_BARE
    return max(numbers) <= (_OLDEST_CHILD if match["years"] else _LONGEST_MONTHS)


def _named_before(
    match: re.Match[str], before: str, known: KinWords, before_it: tuple[int, str] | None, bare: bool
) -> str:
    person = _last_person(before, known)
    if person is not None and (before_it is None or person.start() >= before_it[0]):
        between, group = _A_CLASS.sub("", before[person.end() :]), _group(person, match.string, known)
        if bare:
            return group if known.links.match(between) and group != "adult" else ""
        near = known.links.match(between) or (
            len(between.split()) <= known.farthest and not _ANOTHER_NUMBER.search(between)
        )
        if near or group == "adult":
            return "nobody" if group == "adult" else group
    elif before_it is not None and not bare and len(before[before_it[0] :].split()) <= known.farthest:
        return before_it[1]
    return ""


def _children_of(match: re.Match[str]) -> list[tuple[int, int]]:
    numbers = [int(each) for each in re.findall(r"\d+", match["list"] + match["last"])]
    if "years" in match.re.groupindex and not match["years"]:
        months = numbers if match["months"] else [int(number * _DAYS_A_WEEK / _DAYS_A_MONTH) for number in numbers]
        return [(number, number) for number in months]
    half = bool(match["half1"] or match["half2"])
    spans = [(number * 12, number * 12 + 11) for number in numbers]
    if half:
        low = spans[-1][0] + 6
        spans[-1] = low, low + 2
    return spans


def _places(match: re.Match[str]) -> list[tuple[int, int]]:
    return [
        each.span() for each in re.finditer(r"\d+", match.string[: match.end("last")]) if each.start() >= match.start()
    ]
