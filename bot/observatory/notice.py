"""What one ordinary turn adds to a visit: subjects, cards, places near home; nothing that was written. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.discreet import is_hidden
from bot.feature import Turn
from bot.links import LinkError, parse_link
from bot.observatory.visit import CARD_OPENED, CARD_SHOWN, UNKNOWN, Subject, Visit
from bot.outreach.codes import is_written_code
from dialogs.effects import Effect, People, Say, Show, ShowCard
from dialogs.results import home
from dialogs.wording import NOT_UNDERSTOOD
from knowledge.geography import NEIGHBOURS
from knowledge.model import Place
from knowledge.vocabulary import DISTRICT


def notice(visit: Visit, turn: Turn, effects: Sequence[Effect]) -> None:
    """Note a turn in its visit. What is never written down elsewhere (violence, numbers for danger) is not noted."""
    district = turn.session.plain.get(DISTRICT)
    visit.district = district if isinstance(district, str) else UNKNOWN
    visit.language = turn.session.language
    visit.campaign = _campaign(turn) or visit.campaign
    subjects = [visit.subjects.setdefault(name, Subject()) for name in _subjects(turn)]
    for effect in effects:
        if effect == Say(NOT_UNDERSTOOD):
            visit.misread = True
        elif isinstance(effect, Show):
            _show(visit, turn, effect, subjects)
        elif isinstance(effect, People):
            _cards(visit, turn, CARD_SHOWN, effect.cards)
        elif isinstance(effect, ShowCard):
            _open(visit, turn, effect, subjects)


def _subjects(turn: Turn) -> tuple[str, ...]:
    """Return the subjects under way: those of the trees that were chosen, whoever they speak to."""
    trees = turn.library.content.dialogs.trees
    names = dict.fromkeys(trees[name].topics[0] for name in turn.session.stack if name in trees)
    return tuple(name for name in names if not is_hidden(name, turn.library))


def _show(visit: Visit, turn: Turn, effect: Show, subjects: Iterable[Subject]) -> None:
    results = (*effect.fits, *effect.to_check)
    near = _is_near(turn, [place for result in results for place in result.places])
    for subject in subjects:
        subject.shown = True
        subject.near |= near
        subject.empty |= effect.total == 0
    _cards(visit, turn, CARD_SHOWN, (*(result.card for result in results), *effect.turn_to))


def _open(visit: Visit, turn: Turn, effect: ShowCard, subjects: Iterable[Subject]) -> None:
    near = _is_near(turn, effect.places)
    for subject in subjects:
        subject.opened = True
        subject.near |= near
    _cards(visit, turn, CARD_OPENED, (effect.card,))


def _cards(visit: Visit, turn: Turn, kind: str, cards: Iterable[str]) -> None:
    visit.cards.update((kind, card) for card in cards if not is_hidden(card, turn.library))


def _is_near(turn: Turn, places: Iterable[str]) -> bool:
    """Tell whether one of these places is in the arrondissement of home or touches it."""
    district = home(turn.session)
    if district is None:
        return False
    around = {district, *NEIGHBOURS[district]}
    known = (turn.library.content.knowledge.by_id.get(name) for name in places)
    return any(isinstance(place, Place) and place.district in around for place in known)


def _campaign(turn: Turn) -> str:
    """Return the campaign of the link that was just opened, empty for none."""
    code = turn.incoming.start or turn.incoming.text or ""
    if turn.incoming.start is None and not is_written_code(code, turn.library.content.knowledge):
        return ""
    try:
        return parse_link(code).campaign
    except LinkError:
        return ""
