"""One card in full, as blocks: what, for whom, how much and since when, how, what to bring, where, how sure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from bot import wording
from bot.hours import helpline_hours, place_hours
from bot.imported import imported_blocks, imported_near
from bot.screen import Block
from bot.speaker import Speaker
from dialogs.effects import ShowCard
from i18n.format import items
from i18n.phone import phone, phone_uri
from knowledge.base import Label
from knowledge.content import AnyCard
from knowledge.criteria import INCONNU, NON, OUI, PROBABLE
from knowledge.messages import field_label, field_labels
from knowledge.model import Entry, Helpline, Place, Right, Service
from knowledge.vocabulary import CHILDREN

_VERDICTS = {OUI: wording.FITS, PROBABLE: wording.PROBABLE, INCONNU: wording.UNSURE, NON: wording.EXCLUDED}


class CardPage:
    """The blocks of one card for one family, in one language."""

    def __init__(self, speaker: Speaker, shown: ShowCard, asked: str = "") -> None:
        self.speaker, self.shown = speaker, shown
        self.asked = asked
        """What a worker asks the family, said in place of the reasons, which are said to the family."""
        entry = speaker.knowledge.by_id[shown.card]
        assert not isinstance(entry, Place)
        self.card: AnyCard = entry

    def blocks(self) -> tuple[Block, ...]:
        """Return the card from top to bottom; fields without content are left out."""
        return tuple(block for block in self._blocks() if block.text or block.lines)

    def _blocks(self) -> Iterator[Block]:
        card, say = self.card, self.speaker.say
        title = say(field_label(card, "nom", card.name))
        yield Block("titre", f"{title} ({card.acronym})" if card.acronym and card.acronym not in title else title)
        if isinstance(card, Helpline):
            yield from self._number(card)
        yield Block("texte", say(field_label(card, "resume", card.summary)))
        yield self._field(wording.FOR_WHOM, [say(field_label(card, "pour_qui", card.audience))])
        yield from self._reasons()
        if isinstance(card, Right):
            yield from self._right(card)
        elif isinstance(card, Service):
            yield from self._service(card)
        yield self._list(wording.WARNINGS, "attention", card.warnings)
        yield from self._trust()

    def _field(self, title: Label, lines: Iterable[str], link: str | None = None) -> Block:
        return Block("champ", "", self.speaker.say(title), tuple(line for line in lines if line), link=link)

    def _list(self, title: Label, field: str, texts: tuple[str, ...]) -> Block:
        return self._field(title, self.speaker.all(field_labels(self.card, field, texts)))

    def _reasons(self) -> Iterator[Block]:
        explanation = self.shown.explanation
        if explanation is None or (self.card.conditions is None and explanation.verdict is OUI):
            return
        if self.shown.for_worker:
            yield self._field(wording.TO_ASK, [self.asked])
            yield self._field(wording.WHAT_IS_LEFT, self.speaker.all(explanation.to_check))
            return
        lines = [self.speaker.say(_VERDICTS[explanation.verdict]), *self.speaker.all(explanation.reasons)]
        if explanation.missing:
            lines.append(missing_line(self.speaker, explanation.missing))
        yield self._field(wording.WHY_ME, lines)
        yield self._field(wording.WHAT_IS_LEFT, self.speaker.all(explanation.to_check))

    def _right(self, right: Right) -> Iterator[Block]:
        say = self.speaker.say
        yield self._field(wording.BODY, [right.body])
        yield self._field(wording.HOW_MUCH, self._amounts(right))
        for number, step in enumerate(right.steps):
            lines = [say(field_label(right, f"demarches.{number}", step.text))]
            if step.phone:
                lines.append(self._call(step.phone))
            if step.form:
                form = say(field_label(right, f"demarches.{number}.formulaire", step.form))
                lines.append(say(wording.FORM._replace(values=(("texte", form),))))
            yield self._field(wording.HOW, lines, step.link)
        yield self._list(wording.DOCUMENTS, "pieces", right.documents)
        yield self._list(wording.DEADLINES, "delais", right.deadlines)
        yield self._list(wording.OVERLAP, "cumul", right.overlap)
        helpers = [
            self.speaker.knowledge.by_id[name] for name in right.helped_by if name in self.speaker.knowledge.by_id
        ]
        names = [say(field_label(each, "nom", each.name)) for each in helpers]
        yield self._field(wording.HELPERS, names)
        yield from self._places(wording.WHERE)

    def _amounts(self, right: Right) -> list[str]:
        lines = []
        for label, line in zip(
            field_labels(right, "montant", tuple(line.text for line in right.amounts)),
            right.amounts,
            strict=True,
        ):
            parameter = self.speaker.knowledge.parameters.values.get(line.parameter or "")
            text = self.speaker.say(label)
            amount = self.speaker.amount(parameter) if parameter else ""
            lines.append(self.speaker.pair(text.rstrip(". :"), amount) if amount else text)
        return lines

    def _service(self, service: Service) -> Iterator[Block]:
        say = self.speaker.say
        practical = [wording.COST.get(service.cost), wording.APPOINTMENT.get(service.appointment)]
        lines = [say(label) for label in practical if label]
        if service.access:
            lines.append(say(field_label(service, "accessibilite", service.access)))
        yield self._list(wording.HOW, "comment", service.how)
        yield self._field(wording.PRACTICAL, [*lines, self._call(service.phone) if service.phone else ""])
        yield self._list(wording.DOCUMENTS, "pieces", service.documents)
        yield from self._places(wording.WHERE)
        if service.locator:
            text = say(field_label(service, "localisateur", service.locator.text))
            yield self._field(wording.WHERE_ANY, [text], service.locator.link)

    def _places(self, title: Label) -> Iterator[Block]:
        found = [self.speaker.knowledge.by_id[name] for name in self.shown.places]
        if found:
            yield Block("titre", self.speaker.say(title))
        for place in found:
            if isinstance(place, Place):
                yield Block("champ", "", place.name, tuple(place_lines(self.speaker, place)), link=place.website)
        near = imported_near(self.speaker.imported, self.speaker.knowledge, self.card, self.shown.district or "")
        yield from imported_blocks(self.speaker, near)

    def _number(self, line: Helpline) -> Iterator[Block]:
        say = self.speaker.say
        if not line.in_service:
            yield Block("alerte", say(wording.OUT_OF_SERVICE))
            return
        yield Block("alerte", self._call(line.number), link=phone_uri(line.number))
        practical = []
        if line.period:
            period = say(field_label(line, "periode", line.period))
            practical.append(say(wording.ONLY_SOMETIMES._replace(values=(("texte", period),))))
        practical += helpline_hours(self.speaker, line)
        if line.cost:
            practical.append(say(field_label(line, "cout", line.cost)))
        if line.sms:
            practical.append(say(wording.TEXT_MESSAGE._replace(values=(("numero", phone(line.sms)),))))
        yield self._field(wording.PRACTICAL, practical, line.chat)

    def _call(self, number: str) -> str:
        return self.speaker.say(wording.CALL._replace(values=(("numero", phone(number)),)))

    def _trust(self) -> Iterator[Block]:
        yield self._field(wording.SOURCES, [source_line(self.speaker, self.card)])
        if self.card.freshness.note:
            yield Block("note", self.speaker.say(field_label(self.card, "note", self.card.freshness.note)))
        yield Block("note", trust_line(self.speaker, self.card))


def missing_line(speaker: Speaker, missing: Iterable[str]) -> str:
    """Return which answers are missing, by the everyday names of the facts."""
    facts = [speaker.knowledge.vocabulary.get(name) for name in missing]
    names = [speaker.say(Label(f"fait.{fact.id}.nom", fact.name)) for fact in facts if fact]
    children = speaker.knowledge.vocabulary.get(CHILDREN)
    if not names and children:
        names = [speaker.say(Label(f"fait.{children.id}.nom", children.name))]
    return speaker.say(wording.MISSING._replace(values=(("texte", items(names, speaker.language)),)))


def place_lines(speaker: Speaker, place: Place) -> list[str]:
    """Return a place in a few lines: address, telephone, whether it is open, hours, notes."""
    say = speaker.say
    lines = [f"{place.address}, {place.postcode} Paris"]
    if place.phone:
        lines.append(say(wording.CALL._replace(values=(("numero", phone(place.phone)),))))
    lines += place_hours(speaker, place)
    if place.access:
        lines.append(say(field_label(place, "acces", place.access)))
    if place.freshness.overdue(speaker.on) or place.freshness.confidence != "haute":
        lines.append(trust_line(speaker, place))
    return lines


def trust_line(speaker: Speaker, entry: Entry) -> str:
    """Return when and how an entry was checked, and how sure it is; overdue ones say to call first."""
    fresh = entry.freshness
    values: tuple[tuple[str, str | int], ...] = (("date", speaker.day(fresh.checked_on)),)
    if fresh.overdue(speaker.on):
        return speaker.say(wording.OVERDUE._replace(values=values))
    checked = wording.CHECKED._replace(values=(*values, ("methode", speaker.say(wording.METHOD[fresh.method]))))
    confidence = wording.CONFIDENCE.get(fresh.confidence)
    return f"{speaker.say(checked)} {speaker.say(confidence) if confidence else ''}".strip()


def source_line(speaker: Speaker, entry: Entry, most: int = 3) -> str:
    """Return the titles of an entry's first sources, each with its date when known."""
    titles = []
    for source in entry.sources[:most]:
        published = _published(speaker, source.published)
        titles.append(f"{source.title} ({published})" if published else source.title)
    return " ; ".join(titles)


def _published(speaker: Speaker, text: str | None) -> str:
    if not text:
        return ""
    try:
        return speaker.day(date.fromisoformat(text))
    except ValueError:
        return text
