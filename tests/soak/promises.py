"""What must hold however the crowd behaves and whatever goes wrong; each check returns what broke it."""

from collections import defaultdict
from itertools import pairwise

from bot.telegram.limits import CHAT_BURST, CHAT_INTERVAL, OVERALL_MESSAGES
from bot.telegram.sequence import PATIENCE
from tests.soak.witness import session_of

_EPSILON = 1e-6
QUIET = {
    ("warning", "telegram.call_refused", "BadRequest: message to edit not found"),  # somebody deleted it
    ("warning", "telegram.call_refused", "BadRequest: message to delete not found"),
    ("warning", "telegram.unreachable", "NetworkError"),
}
"""What the log may say: troubles that were made on purpose."""


def nothing_failed(heard):
    """Return the warnings and errors that nothing explains."""
    return [f"log: {entry} x{number}" for entry, number in heard.items() if entry not in QUIET]


def overall_pace(left):
    """Return the moments at which more calls left in a second than Telegram allows; emergencies do not wait."""
    times = sorted(when for when, _, _, urgent in left if not urgent)
    pairs = zip(times, times[OVERALL_MESSAGES:], strict=False)
    return [
        f"over {OVERALL_MESSAGES} calls in a second at {first:.2f}"
        for first, last in pairs
        if last - first < 1 - _EPSILON
    ]


def chat_pace(left):
    """Return the chats that got messages faster than a short burst, then one a second."""
    chats, broken = defaultdict(list), []
    for when, chat, endpoint, urgent in left:
        if endpoint.startswith("send") and not urgent:
            chats[chat].append(when)
    for chat, times in chats.items():
        for size in range(CHAT_BURST, CHAT_BURST + 5):
            least = (size - CHAT_BURST + 1) * CHAT_INTERVAL
            pairs = zip(times, times[size:], strict=False)
            broken += [f"{size + 1} messages to {chat} at {a:.2f}" for a, b in pairs if b - a < least - _EPSILON]
    return broken


def silence_kept(left, held):
    """Return the calls that left for a chat while Telegram wanted to hear nothing of it."""
    return [
        f"call to {chat} at {when:.2f} in spite of a 429"
        for when, chat, _, _ in left
        for start, end in held.get(chat, ())
        if start + _EPSILON < when < end - _EPSILON
    ]


async def nothing_lost(conversation, store, name, now, every=1):
    """Return the people whose session or answers are not those of the same talk with nothing going wrong.

    ``every``: one in so many people is told everything again.
    """
    broken = []
    for number, (person, told) in enumerate(conversation.told.items()):
        if number % every:
            continue
        session, answers = await conversation.told_again(person)
        if answers != [answer for _, _, answer in told]:
            broken.append(f"other answers for {name(person)}")
        if session != await session_of(store, person, now):
            broken.append(f"another session for {name(person)}")
    return broken


def everything_answered(conversation, person, someone):
    """Return who had something left without an answer; what waits behind « Quitter vite » goes with the rest."""
    told, wiped = len(conversation.told[person]), conversation.wiped[person]
    complete = told == someone.made or (wiped and told <= someone.made)
    return [] if complete else [f"{someone.made - told} of {someone.made} without an answer for {someone.parent.id}"]


def nothing_said_twice(conversation, person, someone, shown, may_repeat):
    """Return who saw a message too often or too seldom: only one that was cut may come twice."""
    said = conversation.pages[person]
    if someone.ever_away:
        return [] if shown <= said + may_repeat else [f"{shown} messages for {said} to {someone.parent.id}"]
    exact = said <= shown <= said + may_repeat
    return [] if exact else [f"{shown} messages for {said} to {someone.parent.id} ({may_repeat} may repeat)"]


def order_kept(conversation, name, posted):
    """Return whose updates were heard twice, or out of order though they came within the time that one waits.

    ``posted``: when each update came, with a webhook; by polling they come in order. Words of danger pass the rest.
    """
    broken = []
    for person, told in conversation.told.items():
        numbers = [incoming.update_id for incoming, _, _ in told]
        if len(set(numbers)) < len(numbers):
            broken.append(f"heard twice: {name(person)}")
        numbers = [incoming.update_id for incoming, _, _ in told if not conversation.may_not_wait(incoming)]
        for first, then in pairwise(numbers):
            if then < first and posted.get(then, 0.0) <= posted.get(first, 0.0) + PATIENCE:
                broken.append(f"{then} after {first} for {name(person)}")
    return broken
