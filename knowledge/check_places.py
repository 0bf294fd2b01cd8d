"""Checks what leads people to a door or a phone: numbers, opening hours, postcodes, coordinates, licences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from opening_hours import validate
from phonenumbers import NumberParseException, is_valid_number, is_valid_short_number, parse

from knowledge.content import Knowledge
from knowledge.faults import Fault, Steps, file_of
from knowledge.geography import distance_km
from knowledge.model import Helpline, Place
from knowledge.opening_week import SUN

# The bounding box of the twenty arrondissements, woods included, plus about 200 m (Ville de Paris, ODbL).
_SOUTH, _NORTH, _WEST, _EAST = 48.813, 48.904, 2.222, 2.472
_FAR_KM = {12: 5.0, 16: 4.0}
"""Kilometres from the centre of an arrondissement to its edge: the woods make two of them long."""
_FAR = 2.6
_NO_LICENCE = re.compile(r"^(non (vue?|lue?)|inconnue?|aucune)\b", re.IGNORECASE)


def place_faults(knowledge: Knowledge, on: date) -> Iterator[Fault]:
    """Yield what is wrong with places, their closures on a day, and with every telephone number."""
    for place in knowledge.places:
        yield from _where(place)
        yield from _may_show(place)
        yield from _phone(file_of(place), ("telephone",), place.phone)
        for key, hours in (("horaires", place.hours), ("horaires_vacances", place.holiday_hours)):
            yield from _hours(file_of(place), key, hours)
        yield from _closures(place, on)
    for right in knowledge.rights:
        for at, step in enumerate(right.steps):
            yield from _phone(file_of(right), ("demarches", at, "telephone"), step.phone)
    for service in knowledge.services:
        yield from _phone(file_of(service), ("telephone",), service.phone)
    for line in knowledge.helplines:
        yield from _helpline(line)


def is_phone(text: str) -> bool:
    """Tell whether a text is a French number, short ones (3919, 115) included."""
    try:
        number = parse(text, "FR")
    except NumberParseException:
        return False
    return is_valid_number(number) or is_valid_short_number(number)


def _phone(file: str, steps: Steps, text: str | None) -> Iterator[Fault]:
    if text is not None and not is_phone(text):
        yield Fault(file, steps, f"« {text} » n'est pas un numéro de téléphone français", "relisez-le à la source")


def _hours(file: str, key: str, text: str | None) -> Iterator[Fault]:
    if text is None:
        return
    if re.search(r"\bSH\b", text):
        # The library has no calendar of school holidays: it reads « SH Mo-Fr » as every Monday to Friday.
        hint = "écrivez les vacances dans « horaires_vacances: »"
        yield Fault(file, (key,), "« SH » (vacances scolaires) n'est pas compris", hint)
        return
    if SUN.search(text):
        yield Fault(file, (key,), "des horaires qui suivent le soleil ne se disent pas", "écrivez des heures")
        return
    if not validate(text):
        hint = "syntaxe OSM : Mo-Fr 09:00-17:00; Sa 09:00-12:30"
        yield Fault(file, (key,), f"les horaires « {text} » ne se lisent pas", hint)


def _closures(place: Place, on: date) -> Iterator[Fault]:
    for at, closure in enumerate(place.closures):
        steps = ("fermetures", at)
        if closure.is_over(on):
            what = f"cette fermeture a pris fin le {closure.last}"
            yield Fault(file_of(place), steps, what, "retirez-la, ou écrivez la prochaine", True)
        elif not closure.is_dated and not closure.yearly:
            hint = "écrivez {du, au}, ou {texte, chaque_annee: 07-20 au 09-10} quand on ne sait pas les jours exacts"
            what = "une fermeture sans dates : ce lieu n'est jamais dit ouvert"
            yield Fault(file_of(place), steps, what, hint, True)


def _where(place: Place) -> Iterator[Fault]:
    file = file_of(place)
    wanted = {f"75{place.district:03d}"} | ({"75116"} if place.district == 16 else set())
    if place.postcode not in wanted:
        what = f"le code postal {place.postcode} n'est pas dans le {place.district}e arrondissement"
        yield Fault(file, ("code_postal",), what, f"attendu : {' ou '.join(sorted(wanted))}")
    if (place.latitude is None) != (place.longitude is None):
        yield Fault(file, ("lat",), "« lat » et « lon » vont ensemble", "ajoutez celui qui manque, ou retirez l'autre")
    if place.latitude is None or place.longitude is None:
        return
    if not (_SOUTH <= place.latitude <= _NORTH and _WEST <= place.longitude <= _EAST):
        yield Fault(file, ("lat",), "ce point est hors de Paris", "vérifiez lat et lon")
        return
    distance = distance_km(place.district, place)
    if distance > _FAR_KM.get(place.district, _FAR):
        what = f"ce point est à {distance:.1f} km du centre du {place.district}e arrondissement"
        yield Fault(file, ("lat",), what, "vérifiez lat, lon et arrondissement")


def _may_show(place: Place) -> Iterator[Fault]:
    if place.freshness.confidence == "basse":
        hint = "retirez ce lieu : la fiche du service et son localisateur suffisent"
        yield Fault(file_of(place), ("fraicheur", "confiance"), "un lieu de confiance basse n'est pas montré", hint)
    if not any(source.licence and not _NO_LICENCE.match(source.licence) for source in place.sources):
        hint = "ajoutez une source dont la licence permet de reprendre l'adresse, avec « licence: »"
        yield Fault(file_of(place), ("sources",), "aucune source de ce lieu n'a de licence connue", hint)


def _helpline(line: Helpline) -> Iterator[Fault]:
    file = file_of(line)
    yield from _hours(file, "horaires", line.hours)
    yield from _phone(file, ("sms",), line.sms)
    if line.in_service:
        yield from _phone(file, ("numero",), line.number)
    elif line.replaced_by is None:
        hint = "ajoutez « remplace_par: » si un autre numéro répond à la même demande"
        yield Fault(file, ("en_service",), "ce numéro n'est plus en service et rien ne le remplace", hint, True)
