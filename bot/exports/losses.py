"""What data·inclusion has no place for: counted, so that nobody believes the export to be the whole."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.content import Knowledge
from knowledge.model import Place, Service


def lost(knowledge: Knowledge) -> Iterator[str]:
    """Yield what the schema has no place for, with how many entries lose it."""
    services, places = knowledge.services, knowledge.places
    both: tuple[Service | Place, ...] = (*services, *places)
    told = {
        f"{len(knowledge.rights)} droit(s) : le schéma décrit des services, pas des droits": len(knowledge.rights),
        f"{len(knowledge.helplines)} numéro(s) d'écoute : ils n'ont ni structure ni adresse": len(knowledge.helplines),
        f"{len(knowledge.milestones)} jalon(s)": len(knowledge.milestones),
    }
    yield from (line for line, count in told.items() if count)
    counts = {
        "conditions (reprises en phrases seulement)": sum(each.conditions is not None for each in services),
        "mots et fautes qui font trouver la fiche": sum(bool(each.words) for each in services),
        "langues": sum(bool(each.languages) for each in both),
        "accessibilité en phrase (le schéma veut un lien Acceslibre)": sum(bool(each.access) for each in both),
        "rendez-vous obligatoire ou non": sum(each.appointment != "inconnu" for each in services),
        "horaires des vacances scolaires": sum(each.holiday_hours is not None for each in places),
        "fermetures": sum(bool(each.closures) for each in places),
        "publics propres à un lieu": sum(each.audience is not None for each in places),
        "coût inconnu (le schéma ne dit que gratuit ou payant)": sum(each.cost == "inconnu" for each in services),
    }
    yield from (f"{count} fiche(s) perdent : {what}" for what, count in counts.items() if count)
    yield f"{len(both)} fiche(s) perdent : méthode et confiance de la vérification, date de relecture"
