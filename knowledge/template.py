"""The text of a new card, every key in its place with a word of help; what is left to write says so."""

from __future__ import annotations

import re
from datetime import date, timedelta

TO_WRITE = "À ÉCRIRE"
"""Stands wherever an editor has something to write; a card that still holds it is refused by the checks."""

_HALF_A_YEAR = timedelta(days=181)
_HEAD = """\
# Une fiche par fichier, du nom de son id. Remplacez chaque « {to_write} », puis : passerelle check
id: {id}                      # ne change plus jamais : les liens s'en servent
nom: {to_write}                 # le nom que l'on connaît, 90 signes au plus
"""
_CARD = """\
themes: [devenir-parent]      # un ou plusieurs thèmes de themes.yaml
poids: 2                      # de 1 à 5 : ce que cela change pour une famille
resume: {to_write}              # une phrase
pour_qui: {to_write}            # une ou deux phrases
zone: paris                   # paris, paris-centre, [18, 19], ile-de-france, france ou a-distance
mots: []                      # ce que les familles écrivent, fautes comprises
"""
_CONDITIONS = """\
# Sans conditions, la fiche convient à tous. Avec : un exemple oui, un non et un inconnu.
# conditions:
#   tout:
#     - fait: foyer
#       egal: seul
#       dit: "Vous vivez seul ou seule."
#       sinon: "Cette aide est pour un parent seul."
#       source: ma-source
# exemples:
#   - {faits: {foyer: seul}, verdict: oui}
"""
_RIGHT = """\
organisme: {to_write}
montant: []                   # - {{texte: "Par enfant.", parametre: id-du-parametre}} : jamais de chiffre ici
pieces: []                    # ce qu'il faut apporter, une chose par ligne
demarches:
  - {{canal: en_ligne, texte: {to_write}}}   # ou automatique, telephone, sur_place, courrier, professionnel
delais: []
cumul: []
services_aide: []             # les services qui aident à faire la demande
"""
_SERVICE = """\
cout: inconnu                 # gratuit, payant, selon_revenus ou inconnu
rendez_vous: inconnu          # oui, non, parfois ou inconnu
comment: [{to_write}]           # comment s'y prendre, une phrase par ligne
"""
_PLACE = """\
service: {to_write_id}        # l'id de la fiche du service
adresse: {to_write}
code_postal: 75001
arrondissement: 1
# telephone: 01 00 00 00 00
# horaires: "Mo-Fr 09:00-17:00"   # syntaxe OSM, seulement si on les connaît
"""
_HELPLINE = """\
numero: "15"                  # le vrai numéro
en_service: oui
niveau: info                  # vital, ecoute ou info
"""
_TAIL = """\
sources:
  - id: ma-source
    titre: {to_write}
    url: "https://www.service-public.fr"
    consulte_le: {today}
    licence: {to_write}
fraicheur: {{verifie_le: {today}, methode: site, revoir_avant: {later}, confiance: moyenne}}
"""
_BODIES = {
    "droit": (_CARD, _RIGHT, _CONDITIONS),
    "service": (_CARD, _SERVICE, _CONDITIONS),
    "numero": (_CARD, _HELPLINE),
    "lieu": (_PLACE,),
}


def new_card(kind: str, card_id: str, on: date) -> str:
    """Return the YAML of a new entry: it can be read as it is, and the checks list what is left to write.

    Args:
        kind: droit, service, lieu or numero.
        card_id: lower case letters, digits and hyphens, 40 at most; also the name of the file.
        on: the day it is written; it is to be looked at again half a year later.

    Raises:
        ValueError: another kind, or an id that is badly formed; the message is in French.
    """
    if kind not in _BODIES:
        raise ValueError(f"genre « {kind} » inconnu : {', '.join(sorted(_BODIES))}")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", card_id) or len(card_id) > 40:
        raise ValueError(f"id « {card_id} » mal formé : minuscules, chiffres et traits d'union, 40 signes au plus")
    values = {
        "id": card_id,
        "to_write": TO_WRITE,
        "to_write_id": "a-ecrire",
        "today": on.isoformat(),
        "later": (on + _HALF_A_YEAR).isoformat(),
    }
    parts = (_HEAD, *_BODIES[kind], _TAIL)
    return "".join(part if part is _CONDITIONS else part.format(**values) for part in parts)
