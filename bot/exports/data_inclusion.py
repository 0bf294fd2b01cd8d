"""Services and structures in data·inclusion, schema v1: one structure a place, one service a place and an offer.

A service without a known place has a structure of its own, without an address. Dates are the days of checking: of the
address for a structure, of the offer for a service.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from bot import wording
from bot.exports.words import Named, Words, named, zone_codes
from bot.speaker import Speaker
from i18n.phone import phone_uri
from knowledge.base import Label
from knowledge.content import Knowledge
from knowledge.messages import field_label, field_labels
from knowledge.model import Helpline, Place, Service

Json = dict[str, Any]
_FEES = {"gratuit": "gratuit", "payant": "payant", "selon_revenus": "payant"}
_BY_INCOME = "Le prix dépend des revenus."
_NAME_MAX, _TEXT_MAX = 150, 2000
_HELPLINE = re.compile(r"\{tel:([a-z0-9-]+)\}")


class Sets(NamedTuple):
    """The two lists of the schema, in the order of our files."""

    structures: list[Json]
    services: list[Json]


def sets(knowledge: Knowledge, speaker: Speaker, words: Words) -> Sets:
    """Return every service with its structures.

    Args:
        knowledge: what we know.
        speaker: French, on the day of the export: amounts of the day are put into sentences.
        words: the correspondence.
    """
    maker = _Maker(speaker, words)
    structures: list[Json] = []
    services: list[Json] = []
    for service in knowledge.services:
        places = knowledge.places_of.get(service.id, ())
        for place in places or (None,):
            structures.append(maker.structure(service, place))
            services.append(maker.service(service, place))
    return Sets(structures, services)


class _Maker:
    def __init__(self, speaker: Speaker, words: Words) -> None:
        self.speaker, self.words = speaker, words

    def structure(self, service: Service, place: Place | None) -> Json:
        network = named(service, self.words).network
        fresh = place.freshness if place else service.freshness
        made = {
            **self._ids(service, place),
            "nom": (place.name if place else service.body or service.name)[:_NAME_MAX],
            "date_maj": fresh.checked_on.isoformat(),
            "description": self._say(field_label(service, "resume", service.summary)),
            **_address(place),
            "telephone": _phone(place.phone if place else service.phone),
            "courriel": place.email if place else None,
            "site_web": place.website if place else None,
            "horaires_accueil": place.hours if place else None,
            "reseaux_porteurs": [network] if network else None,
        }
        return _present(made)

    def service(self, service: Service, place: Place | None) -> Json:
        word, ids = named(service, self.words), self._ids(service, place)
        link = service.locator.link if service.locator else None
        phone = (place.phone if place else None) or service.phone or self._named_number(service)
        made = {
            "source": ids["source"],
            "id": f"{self.words.source}--{service.id}" + (f"--{place.id}" if place else ""),
            "structure_id": ids["id"],
            "nom": service.name[:_NAME_MAX],
            "description": self._description(service),
            "date_maj": service.freshness.checked_on.isoformat(),
            **_words(word),
            "frais": _FEES.get(service.cost),
            "frais_precisions": _BY_INCOME if service.cost == "selon_revenus" else None,
            "publics_precisions": self._say(field_label(service, "pour_qui", service.audience)),
            "conditions_acces": self._all(service, "pieces", service.documents, "À apporter : ", " ; "),
            **_address(place),
            "telephone": _phone(phone),
            "courriel": place.email if place else None,
            "modes_accueil": ["en-presentiel"] if place else ["a-distance"] if service.zone == "a-distance" else None,
            "zone_eligibilite": zone_codes(service.zone),
            "lien_mobilisation": link,
            "modes_mobilisation": _ways(service, place, link, phone) or None,
            "mobilisable_par": ["usagers"],
            "mobilisation_precisions": self._say(field_label(service, "localisateur", service.locator.text))
            if service.locator
            else None,
            "horaires_accueil": place.hours if place else None,
        }
        return _present(made)

    def _named_number(self, service: Service) -> str | None:
        """Return the first helpline that the card itself says to call, where it has no number of its own."""
        said = [service.locator.text] if service.locator else []
        for name in _HELPLINE.findall(" ".join([*said, *service.how])):
            line = self.speaker.knowledge.by_id.get(name)
            if isinstance(line, Helpline) and line.in_service:
                return line.number
        return None

    def _ids(self, service: Service, place: Place | None) -> Json:
        name = place.id if place else f"service--{service.id}"
        return {"source": self.words.source, "id": f"{self.words.source}--{name}"}

    def _say(self, label: Label) -> str:
        return self.speaker.say(label)

    def _all(self, service: Service, field: str, texts: tuple[str, ...], before: str, between: str) -> str | None:
        said = [self._say(label) for label in field_labels(service, field, texts)]
        return before + between.join(said) if said else None

    def _appointment(self, service: Service) -> str | None:
        label = wording.APPOINTMENT.get(service.appointment)
        return self._say(label) if label else None

    def _description(self, service: Service) -> str:
        parts = [
            self._say(field_label(service, "resume", service.summary)),
            self._say(field_label(service, "pour_qui", service.audience)),
            f"Proposé par : {service.body}." if service.body else None,
            self._all(service, "comment", service.how, "", " "),
            self._appointment(service),
            self._all(service, "attention", service.warnings, "Attention : ", " "),
        ]
        return _cut([part for part in parts if part])


def _cut(parts: list[str]) -> str:
    """Return as many whole paragraphs as the schema likes to see."""
    while len(parts) > 1 and len("\n".join(parts)) > _TEXT_MAX:
        parts = parts[:-1]
    return "\n".join(parts)


def _words(word: Named) -> Json:
    return {"type": word.type, "thematiques": list(word.topics), "publics": list(word.audiences) or None}


def _address(place: Place | None) -> Json:
    if place is None:
        return {}
    return {
        "adresse": place.address,
        "code_postal": place.postcode,
        "code_insee": f"751{place.district:02d}",
        "commune": "Paris",
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _phone(number: str | None) -> str | None:
    return phone_uri(number).removeprefix("tel:") if number else None


def _ways(service: Service, place: Place | None, link: str | None, phone: str | None) -> list[str]:
    return [
        *(["se-presenter"] if place and service.appointment in ("non", "parfois") else []),
        *(["telephoner"] if phone else []),
        *(["envoyer-un-courriel"] if place and place.email else []),
        *(["utiliser-lien-mobilisation"] if link else []),
    ]


def _present(made: Json) -> Json:
    return {key: value for key, value in made.items() if value is not None}
