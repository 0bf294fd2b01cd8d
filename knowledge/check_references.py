"""Checks that names lead somewhere: ids used once, codes, topics, helpers, services of places, amounts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from knowledge.codes import FILE as CODES_FILE
from knowledge.codes import is_code
from knowledge.content import AnyEntry, Knowledge
from knowledge.faults import Fault, file_of
from knowledge.load import near
from knowledge.model import Helpline, Place, Right, Service


class Names(NamedTuple):
    """Ids that may be named; ``hidden`` holds those of all files, unreadable ones included."""

    knowledge: Knowledge
    hidden: Collection[str] = ()

    def missing(self, name: str) -> bool:
        """Tell whether an id leads nowhere."""
        return name not in self.knowledge.by_id and name not in self.hidden


def entries(knowledge: Knowledge) -> tuple[AnyEntry, ...]:
    """Return every card and place, obsolete helplines too."""
    return (*knowledge.rights, *knowledge.services, *knowledge.helplines, *knowledge.places)


def reference_faults(names: Names) -> Iterator[Fault]:
    """Yield every name that leads nowhere, and every id or code that is not unique."""
    yield from _ids(names.knowledge)
    yield from _codes(names)
    yield from _topics(names)
    for entry in entries(names.knowledge):
        if isinstance(entry, Place):
            yield from _place(entry, names)
        else:
            yield from _card(entry, names)


def _ids(knowledge: Knowledge) -> Iterator[Fault]:
    owners: dict[str, str] = {topic.id: f"le thème « {topic.name} »" for topic in knowledge.topics}
    if len(owners) < len(knowledge.topics):
        yield Fault("themes.yaml", ("themes",), "un thème est écrit deux fois", "gardez-en un")
    for entry in entries(knowledge):
        for name in (entry.id, *entry.former_ids):
            if name in owners:
                key = "id" if name == entry.id else "anciens_ids"
                hint = "un id est unique et ne sert qu'une fois, même après un retrait"
                yield Fault(file_of(entry), (key,), f"l'id '{name}' est déjà pris par {owners[name]}", hint)
            owners[name] = file_of(entry)


def _codes(names: Names) -> Iterator[Fault]:
    knowledge = names.knowledge
    owners: dict[str, str] = {}
    for name, code in knowledge.codes.items():
        if not is_code(code):
            yield Fault(
                CODES_FILE,
                (name,),
                f"le code '{code}' de '{name}' est mal formé",
                "remettez le code d'origine",
            )
        elif code in owners:
            what = f"'{name}' et '{owners[code]}' ont le même code {code}"
            yield Fault(CODES_FILE, (name,), what, "retirez le plus récent, puis « passerelle check --fix »")
        owners[code] = name
    hint = "lancez « passerelle check --fix »"
    for entry in entries(knowledge):
        if entry.id not in knowledge.codes:
            yield Fault(file_of(entry), ("id",), f"'{entry.id}' n'a pas encore de code", hint)
    for at, topic in enumerate(knowledge.topics):
        if topic.id not in knowledge.codes:
            yield Fault("themes.yaml", ("themes", at, "id"), f"'{topic.id}' n'a pas encore de code", hint)


def _topics(names: Names) -> Iterator[Fault]:
    for at, topic in enumerate(names.knowledge.topics):
        for number, name in enumerate(topic.always):
            steps = ("themes", at, "toujours", number)
            card = names.knowledge.by_id.get(name)
            if names.missing(name):
                yield Fault(
                    "themes.yaml",
                    steps,
                    f"« toujours » nomme '{name}', qui n'existe pas",
                    _near_card(name, names),
                )
            elif isinstance(card, Place) or (isinstance(card, Helpline) and not card.in_service):
                hint = "prenez un service ou un numéro en service"
                yield Fault("themes.yaml", steps, f"« toujours » nomme '{name}', qui n'est pas une fiche", hint)
            elif card is not None and card.conditions is not None:
                hint = "prenez une fiche ouverte à tous : elle est montrée sans rien savoir"
                yield Fault("themes.yaml", steps, f"« toujours » nomme '{name}', qui a des conditions", hint)


def _near_card(name: str, names: Names) -> str:
    return near(name, (card.id for card in names.knowledge.cards))


def _card(card: Right | Service | Helpline, names: Names) -> Iterator[Fault]:
    knowledge, file = names.knowledge, file_of(card)
    for at, topic in enumerate(card.topics):
        if topic not in knowledge.topic_by_id:
            yield Fault(file, ("themes", at), f"thème '{topic}' inconnu", near(topic, knowledge.topic_by_id))
    if isinstance(card, Right):
        yield from _right(card, names)
    if isinstance(card, Helpline) and card.replaced_by is not None:
        other = knowledge.by_id.get(card.replaced_by)
        if names.missing(card.replaced_by) or (other and not (isinstance(other, Helpline) and other.in_service)):
            hint = near(card.replaced_by, (line.id for line in knowledge.helplines if line.in_service))
            yield Fault(file, ("remplace_par",), f"'{card.replaced_by}' n'est pas un numéro en service", hint)


def _right(right: Right, names: Names) -> Iterator[Fault]:
    for at, name in enumerate(right.helped_by):
        if names.missing(name):
            hint = near(name, (service.id for service in names.knowledge.services))
            yield Fault(file_of(right), ("services_aide", at), f"le service '{name}' n'existe pas", hint)
        elif name in names.knowledge.by_id and not isinstance(names.knowledge.by_id[name], Service):
            yield Fault(file_of(right), ("services_aide", at), f"'{name}' n'est pas un service", "nommez un service")
    values = names.knowledge.parameters.values
    for at, line in enumerate(right.amounts):
        if line.parameter and line.parameter not in values:
            steps = ("montant", at, "parametre")
            yield Fault(
                file_of(right),
                steps,
                f"le paramètre '{line.parameter}' n'existe pas",
                near(line.parameter, values),
            )


def _place(place: Place, names: Names) -> Iterator[Fault]:
    if names.missing(place.service) or not isinstance(names.knowledge.by_id.get(place.service), Service | None):
        hint = near(place.service, (service.id for service in names.knowledge.services))
        yield Fault(file_of(place), ("service",), f"le service '{place.service}' n'existe pas", hint)
