"""How a relay goes on: a pure function of the relay, what happens, and the moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.relay.model import (
    CALL,
    FIRST_WORD,
    GIVE_UP,
    IDLE,
    SILENCE,
    Act,
    Closed,
    Copy,
    Cut,
    Event,
    Joined,
    Later,
    Left,
    Moment,
    Offered,
    Outcome,
    Passed,
    Relay,
    Said,
    Stage,
    Tell,
    Ticked,
    To,
    Took,
    Wished,
    Wrote,
)
from bot.store.protocol import WISH_LIFE


def waiting(pseudonym: str, now: int) -> Relay:
    """Return the relay of a family that would like to talk now."""
    return Relay(Stage.WAITING, pseudonym, now, now + _seconds(FIRST_WORD))


def wished(pseudonym: str, moment: Moment, now: int) -> Relay:
    """Return the relay of a family that would like to be called back."""
    return Relay(Stage.WISHED, pseudonym, now, now + _seconds(WISH_LIFE), moment=moment)


def step(relay: Relay, event: Event, now: int) -> Outcome:
    """Return the relay after an event, with what is to be brought or said; what does not fit changes nothing."""
    match event:
        case Wrote() | Joined() | Later() | Left() | Wished():
            return _family(relay, event, now)
        case Took() | Said() | Offered() | Passed() | Closed():
            return _team(relay, event, now)
        case Cut("team"):
            return Outcome(None, (_tell("unreachable"),))
        case Cut():
            return Outcome(None, (_post("family_gone"),))
        case Ticked():
            return _time(relay, now)


def _family(relay: Relay, event: Wrote | Joined | Later | Left | Wished, now: int) -> Outcome:
    match event, relay.stage:
        case Wrote(message, reply), Stage.WAITING:
            return Outcome(relay, (Copy("team", message, reply),))
        case Wrote(message, reply), Stage.OPEN:
            return Outcome(_asked(relay, now), (Copy("team", message, reply),))
        case Wrote(message, reply), Stage.CALLED:
            # Only where the family said, of this very message, that it is for the worker.
            return Outcome(_joined(relay, now), (*_here(relay), Copy("team", message, reply)))
        case Joined(), Stage.CALLED:
            return Outcome(_joined(relay, now), _here(relay))
        case Later(), Stage.CALLED:
            return Outcome(_wish_again(relay), (_tell("kept"), _post("later")))
        case Wished(moment), Stage.WAITING | Stage.WISHED:
            found = replace(wished(relay.pseudonym, moment, now), since=now)
            return Outcome(found, (_tell("wish_noted", moment=moment), _post("wished", moment=moment)))
        case Left(), Stage.WISHED | Stage.CALLED:
            return Outcome(None, (_tell("withdrawn"), _post("withdrawn")))
        case Left(), _:
            return Outcome(None, (_tell("ended"), _post("family_ended")))
    return Outcome(relay)


def _team(relay: Relay, event: Took | Said | Offered | Passed | Closed, now: int) -> Outcome:
    match event:
        case Took():
            return _taken(relay, event, now)
        case Said(worker, message, reply):
            acts: tuple[Act, ...] = (Copy("family", message, reply),)
            return _spoken(relay, worker, acts, now)
        case Offered(worker, template):
            return _spoken(relay, worker, (_tell("template", template=template), _post("template_sent")), now)
        case Passed():
            return _passed(relay, event, now)
        case Closed():
            word = "closed" if relay.stage in (Stage.OPEN, Stage.WAITING) else "wish_closed"
            return Outcome(None, (_tell(word), _post("closed")))


def _taken(relay: Relay, event: Took, now: int) -> Outcome:
    if relay.worker == event.worker:
        return Outcome(relay)  # pressed twice
    if relay.worker:
        return Outcome(relay, (_post("taken_already", name=relay.who),))
    mine = replace(relay, worker=event.worker, name=event.name, who=event.who, told=False)
    if relay.stage is Stage.WISHED:
        called = replace(mine, stage=Stage.CALLED, due=now + _seconds(CALL))
        return Outcome(called, (_tell("called", name=event.name), _post("calling", name=event.who)))
    opened = replace(mine, stage=Stage.OPEN, asked=now, due=now + _seconds(SILENCE))
    return Outcome(opened, (_tell("joined", name=event.name), _post("taken", name=event.who)))


def _spoken(relay: Relay, worker: str, acts: tuple[Act, ...], now: int) -> Outcome:
    """Let only the worker who took the relay speak to the family: others talk among themselves in the topic."""
    if relay.stage is Stage.CALLED and relay.worker == worker:
        return Outcome(relay, (_post("not_there_yet"),))
    if relay.stage is not Stage.OPEN:
        return Outcome(relay, (_post("nobody_took"),))
    if relay.worker != worker:
        return Outcome(relay, (_post("not_yours", name=relay.who),))
    return Outcome(replace(relay, asked=0, told=False, due=now + _seconds(IDLE)), acts)


def _passed(relay: Relay, event: Passed, now: int) -> Outcome:
    if not relay.worker:
        return Outcome(relay, () if event.lost else (_post("nobody_took"),))
    if relay.stage is Stage.CALLED:
        return Outcome(_wish_again(relay), (_post("passed"),))
    again = replace(waiting(relay.pseudonym, now), moment=relay.moment)
    return Outcome(again, (_tell("passed", name=relay.name), _post("passed")))


def _time(relay: Relay, now: int) -> Outcome:
    if now < relay.due <= now + _seconds(WISH_LIFE):
        return Outcome(relay)  # later than that was said by a clock that was ahead
    match relay.stage:
        case Stage.WAITING if not relay.told:
            later = replace(relay, told=True, due=relay.since + _seconds(GIVE_UP))
            return Outcome(later, (_tell("no_answer"), _post("still_waiting")))
        case Stage.WAITING:
            return Outcome(None, (_tell("nobody_came"), _post("gave_up")))
        case Stage.OPEN if relay.asked and not relay.told:
            later = replace(relay, told=True, due=now + _seconds(IDLE))
            return Outcome(later, (_tell("silent", name=relay.name), _post("family_waits")))
        case Stage.OPEN:
            return Outcome(None, (_tell("idle"), _post("idle")))
        case Stage.CALLED if now < relay.since + _seconds(WISH_LIFE):
            return Outcome(_wish_again(relay), (_tell("missed"), _post("no_reply")))
        case _:
            return Outcome(None, (_tell("wish_lapsed"), _post("wish_lapsed")))


def _asked(relay: Relay, now: int) -> Relay:
    """Return the relay of a family that waits for a word; being told once is enough for one silence."""
    if relay.asked:
        return relay
    return replace(relay, asked=now, due=now + _seconds(SILENCE))


def _joined(relay: Relay, now: int) -> Relay:
    return replace(relay, stage=Stage.OPEN, asked=now, told=False, due=now + _seconds(SILENCE))


def _here(relay: Relay) -> tuple[Act, ...]:
    return (_tell("joined", name=relay.name), _post("family_here", name=relay.who))


def _wish_again(relay: Relay) -> Relay:
    wish = wished(relay.pseudonym, relay.moment or "indifferent", relay.since)
    return replace(wish, told=relay.told)


def _tell(word: str, **values: str) -> Tell:
    return _said("family", word, values)


def _post(word: str, **values: str) -> Tell:
    return _said("team", word, values)


def _said(to: To, word: str, values: dict[str, str]) -> Tell:
    return Tell(to, word, values)


def _seconds(time: timedelta) -> int:
    return int(time.total_seconds())
