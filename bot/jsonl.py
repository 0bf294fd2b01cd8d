"""The documented ``--json`` forms: one object a line in, one object a line out; a bad line spoils only itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from bot.content import Library
from bot.speaker import Speaker
from dialogs.content import first_day
from dialogs.events import Asked, Did
from dialogs.languages import spoken
from dialogs.plain_text import shortened
from dialogs.session import Session
from dialogs.topics import MOST_TREES
from dialogs.understand import Utterance, likely_subjects, meaning_of
from knowledge.ages import age_span
from knowledge.content import AnyCard
from knowledge.criteria import PROBABLE
from knowledge.danger import Alarm, detect
from knowledge.facts import FactError, parse_facts
from knowledge.match import Matcher
from knowledge.messages import field_label
from knowledge.model import Helpline, Right
from knowledge.vocabulary import CHILDREN, DISTRICT

Json = dict[str, Any]
_SEEN = 200  # signs of a bad line shown back


class BadLine(ValueError):
    """A line that is not what the command takes; the message is in French."""


def each_line(lines: Iterable[str], answer: Callable[[Json], Json]) -> Iterator[str]:
    """Yield one JSON line per line that is not blank; what goes wrong with one is said in its place."""
    for line in lines:
        if line.strip():
            try:
                reply = answer(_object(line))
            except (BadLine, FactError) as error:
                reply = {"erreur": str(error)}
            yield json.dumps(reply, ensure_ascii=False)


def _object(line: str) -> Json:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):  # not JSON, or a number of thousands of digits
        raise BadLine(f"ligne illisible (JSON attendu) : {line.strip()[:_SEEN]}") from None
    if not isinstance(found, dict):
        raise BadLine("un objet JSON {…} est attendu sur chaque ligne")
    return found


def day_of(request: Json, today: date) -> date:
    """Return the day a request asks about (``le``), today by default."""
    text = request.get("le")
    try:
        return date.fromisoformat(str(text)) if text is not None else today
    except ValueError:
        raise BadLine(f"'le' vaut '{text}' : écrivez une date comme 2026-11-21") from None


def match_line(library: Library, request: Json, today: date) -> Json:
    """Return the verdict of every card for one family, best first, with reasons and missing facts."""
    unknown = sorted(set(request) - {"faits", "le"})
    raw = request.get("faits", {})
    if unknown or not isinstance(raw, dict):
        raise BadLine(f"clé '{unknown[0]}' inconnue ; clés : faits, le" if unknown else "'faits' est un objet {…}")
    on = day_of(request, today)
    knowledge = library.content.knowledge
    facts = parse_facts(raw, knowledge.vocabulary, on)
    earliest = first_day(knowledge.parameters)
    if on < earliest:
        raise BadLine(f"'le' vaut '{on}' : les montants sont connus à partir du {earliest}")
    matcher: Matcher = library.content.matcher(on)
    state, speaker = matcher.state(facts), library.speaker("fr", on)
    found = []
    for match in matcher.match(facts):
        explanation = matcher.explain(match.card.id, state)
        found.append(
            {
                "id": match.card.id,
                "genre": match.card.kind,
                "verdict": match.verdict.word,
                "pourquoi": list(speaker.all(explanation.reasons)),
                "a_verifier": list(speaker.all(explanation.to_check)),
                "manque": list(explanation.missing),
                "montant": _amount(speaker, match.card) if match.verdict >= PROBABLE else None,
            }
        )
    return {"fiches": found}


def _amount(speaker: Speaker, card: AnyCard) -> str | None:
    if not isinstance(card, Right):
        return None
    for number, line in enumerate(card.amounts):
        parameter = speaker.knowledge.parameters.values.get(line.parameter or "")
        if parameter:
            text = speaker.say(field_label(card, f"montant.{number}", line.text))
            return speaker.pair(text.rstrip(". :"), speaker.amount(parameter))
    return None


def understand_line(library: Library, text: str, language: str, on: date) -> Json:
    """Return what was understood in one sentence: danger, subjects, cards, facts."""
    if library.danger.encoder:
        library.danger.encoder.begin(text)
    dialogs = library.content.dialogs
    utterance = Utterance(shortened(text), library.lexicon(language), on)
    facts = utterance.facts  # found while the encoder reads: danger and subjects both wait for it
    alarm = detect(library.danger, text)
    event = meaning_of(utterance, dialogs, Session(language=language))
    small = isinstance(event, Did) or (isinstance(event, Asked) and event.small_talk)
    trees = () if small else likely_subjects(utterance, dialogs)
    cards = event.cards if isinstance(event, Asked) else ()
    return {
        "texte": text,
        "langue": spoken(text, language).language or language,
        "urgence": alarm.case if alarm else None,
        "niveau": alarm.level if alarm else None,
        "numeros": numbers(library, alarm),
        "themes": _topics(library, alarm, trees),
        "fiches": list(cards),
        "faits": _shown(facts, on),
    }


def _topics(library: Library, alarm: Alarm | None, trees: tuple[str, ...]) -> list[str]:
    """Return at most three topics, those of sure words of danger first; a tree of some people is its topic."""
    told = _OF_ALARMS.get(alarm.case, ()) if alarm and alarm.level == "sur" else ()
    known = library.content.knowledge.topic_by_id
    named = (tree if tree in known else library.content.dialogs.trees[tree].topics[0] for tree in trees)
    return list(dict.fromkeys((*told, *named)))[:MOST_TREES]


_OF_ALARMS: dict[str, tuple[str, ...]] = {"violence": ("violences",), "cyber": ("harcelement",)}
"""Topics that words of danger put first; other dangers (a night outside, a suicide) leave the topics as they are."""


def _shown(facts: Json, on: date) -> Json:
    """Return facts as ``match`` takes them; a child's age in whole years is shown by its first month."""
    shown = dict(facts)
    if isinstance(shown.get(DISTRICT), str) and shown[DISTRICT].isdecimal():
        shown[DISTRICT] = int(shown[DISTRICT])
    told = shown.pop(CHILDREN, None)
    if told is not None:
        shown[CHILDREN] = [_child(child, on) for child in told["liste"]]
        shown["enfants_complet"] = told["complet"]
    return shown


def _child(child: Json, on: date) -> Json:
    birth = child.get("naissance")
    span = age_span(birth, on) if birth else None
    said = {name: value for name, value in child.items() if name != "naissance"}
    if isinstance(birth, list) and birth[0].endswith("-01") and birth[-1] == f"{birth[0][:4]}-12":
        return {"age_mois": 12 * (on.year - int(birth[0][:4])), **said}  # born in 2019: seven this year
    return {"age_mois": int(span.low), **said} if span else said


def numbers(library: Library, alarm: Alarm | None) -> list[str]:
    """Return the telephone numbers an alarm calls for, most fitting first."""
    entries = [library.content.knowledge.by_id.get(name) for name in (alarm.numbers if alarm else ())]
    return [entry.number for entry in entries if isinstance(entry, Helpline)]
