"""The pure part: every event in every stage, and what must hold whatever happens."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.relay.machine import step, waiting, wished
from bot.relay.model import (
    Closed,
    Copy,
    Cut,
    Joined,
    Later,
    Left,
    Offered,
    Passed,
    Relay,
    Said,
    Stage,
    Ticked,
    Took,
    Wished,
    Wrote,
)
from bot.relay.screens import SAID
from bot.relay.staff_words import TEXTS

NOW = 1_800_000_000
MINE, OTHER = "camille", "dominique"
EVENTS = [
    Wrote(7), Left(), Wished("soir"), Joined(), Later(), Took(MINE, "Camille", "Camille"), Took(OTHER, "", "Dominique"),
    Said(MINE, 8), Said(OTHER, 9), Offered(MINE, "fin"), Passed(), Passed(lost=True), Closed(), Cut("team"),
    Cut("family"), Ticked(),
]  # fmt: skip


def relay(stage: Stage) -> Relay:
    """Return a relay of a stage, taken by Camille where somebody took it."""
    taken = {"worker": MINE, "name": "Camille", "who": "Camille"} if stage in (Stage.OPEN, Stage.CALLED) else {}
    return replace(waiting("Famille Merle 12", NOW), stage=stage, moment="soir", due=NOW + 600, **taken)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("event", EVENTS, ids=repr)
def test_every_event_has_its_words_in_every_stage(stage, event):
    """Nothing raises; every sentence asked for exists; what ended says so to one side at least."""
    outcome = step(relay(stage), event, NOW + 3600)

    for act in outcome.acts:
        if not isinstance(act, Copy):
            assert act.word in (SAID.keys() | {"template"} if act.to == "family" else TEXTS)
    assert outcome.relay is not None or outcome.acts


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("event", [Said(MINE, 8), Said(OTHER, 9), Offered(OTHER, "fin")], ids=repr)
def test_only_the_worker_who_took_an_open_relay_is_heard(stage, event):
    """A copy to the family comes of the worker's own message in an open relay, of nothing else."""
    outcome = step(relay(stage), event, NOW)
    heard = [act for act in outcome.acts if act.to == "family"]

    assert bool(heard) == (stage is Stage.OPEN and event.worker == MINE)


@pytest.mark.parametrize(
    ("stage", "passes"), [(Stage.WAITING, True), (Stage.OPEN, True), (Stage.CALLED, True), (Stage.WISHED, False)]
)
def test_a_familys_message_goes_to_the_team_where_it_was_told_so(stage, passes):
    """Of a wish nothing passes; called back, only what the family said is for the worker is given to the machine."""
    outcome = step(relay(stage), Wrote(7), NOW)

    assert (Copy("team", 7) in outcome.acts) == passes
    assert outcome.relay.stage is (Stage.OPEN if stage is Stage.CALLED else stage)


@given(st.lists(st.sampled_from(EVENTS), max_size=30), st.lists(st.integers(0, 90_000), min_size=30, max_size=30))
def test_whatever_happens_time_goes_on_and_silence_ends(events, waits):
    """From any story, if nobody does anything any more, the relay ends within eight days and says so."""
    now, state = NOW, wished("Famille Merle 12", "matin", NOW)
    for event, wait in zip(events, waits, strict=False):
        now += wait
        state = step(state, event, now).relay
        if state is None:
            return
        assert state.due > 0
        assert bool(state.worker) == (state.stage in (Stage.OPEN, Stage.CALLED))
    left_at, told = now, ()
    while state is not None:
        now = max(now, state.due)
        outcome = step(state, Ticked(), now)
        assert outcome.relay != state
        state, told = outcome.relay, outcome.acts

    assert now - left_at <= 8 * 24 * 3600
    assert {act.to for act in told} == {"family", "team"}
