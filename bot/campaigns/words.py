"""Sentences of the news that families read; French here, catalogs translate them. None names a subject."""

from __future__ import annotations

from knowledge.base import Label


def _label(place: str, text: str) -> Label:
    return Label(f"nouvelles.{place}", text)


OFFER = _label("proposer", "Recevoir des nouvelles")
ASK = _label("question", "Voulez-vous recevoir des nouvelles ?")
WHAT = _label(
    "quoi", "Un atelier près de chez vous, une inscription qui ouvre, un nouveau lieu. L'équipe de Passerelle écrit."
)
HOW_OFTEN = _label(
    "combien", "Au plus {nombre} messages par mois, entre {de} h et {a} h. Jamais le dimanche, ni un jour férié."
)
WHAT_I_KEEP = _label("garder", "Pour choisir ce qui vous concerne, je garde, chiffrés :")
KEEP = (
    _label("garder.lieu", "l'arrondissement et la langue"),
    _label("garder.enfants", "le trimestre de naissance de vos enfants"),
    _label("garder.sujets", "les sujets que vous cochez"),
    _label("garder.adresse", "le numéro de cette conversation, pour vous écrire"),
)
NOTHING_ELSE = _label("rien_de_plus", "Rien d'autre. L'équipe ne voit pas qui reçoit ses messages.")
END_AT_ANY_TIME = _label(
    "fin_possible", "Un bouton sous chaque message arrête tout. Vous pouvez tout voir et tout changer : /mes_nouvelles."
)
YES = _label("oui", "Oui, je veux bien")
NO = _label("non", "Non merci")
REFUSED = _label("refus", "D'accord, pas de nouvelles. Si vous changez d'avis : /mes_nouvelles.")
AGREED = _label("accord", "C'est noté. Cochez les sujets qui vous intéressent, si vous voulez.")
ENDED = _label("fini", "C'est arrêté. Vous ne recevrez plus de nouvelles. Ce que je gardais pour cela est effacé.")

TITLE = _label("titre", "Vos nouvelles")
STATE = {
    "oui": _label("etat.oui", "Vous recevez des nouvelles : {nombre} par mois au plus."),
    "pause": _label("etat.pause", "En pause : je ne vous écris pas. À vous de les reprendre, si vous voulez."),
    "encore": _label("etat.encore", "J'attends votre réponse : voulez-vous toujours des nouvelles ?"),
}
NONE_YET = _label("aucune", "Vous ne recevez pas de nouvelles.")
KEPT_TITLE = _label("je_garde", "Ce que je garde")
LANGUAGE = _label("langue", "langue : {texte}")
DISTRICT = _label("arrondissement", "arrondissement : {texte}")
BIRTH = _label("naissance", "naissance : entre {de} et {a}")
NO_DISTRICT = _label("sans_arrondissement", "pas d'arrondissement")
NO_BIRTH = _label("sans_naissance", "pas de naissance")
THEMES = _label(
    "sujets", "Les sujets qui vous intéressent. Sans sujet coché, vous recevez ce qui concerne tout le monde."
)
PAUSE = _label("pause", "Mettre en pause")
RESUME = _label("reprendre", "Reprendre")
UPDATE = _label("mettre_a_jour", "Mettre à jour avec mes réponses")
UPDATED = _label("a_jour", "C'est à jour avec vos réponses et votre langue.")
FORGET_DISTRICT = _label("retirer.lieu", "Retirer l'arrondissement")
FORGET_BIRTHS = _label("retirer.enfants", "Retirer les naissances")
STOP = _label("arreter", "Arrêter les nouvelles")
LEFT_ALONE = _label(
    "mises_en_pause", "Vos nouvelles sont en pause. Pour les reprendre ou les arrêter : /mes_nouvelles."
)
MINE = _label("voir", "Mes nouvelles")

WHY = _label("raison", "Vous recevez ce message parce que vous avez demandé des nouvelles.")
OPEN = _label("ouvrir", "En savoir plus")

STILL = _label("toujours", "Voulez-vous toujours recevoir des nouvelles ?")
STILL_WHY = _label("toujours.raison", "Je n'ai pas de vos nouvelles depuis un an.")
STILL_ELSE = _label("toujours.sinon", "Sans réponse dans les deux mois, j'efface tout ce que je garde pour cela.")
GO_ON = _label("continuer", "Oui, continuer")

KEPT = _label(
    "confidentialite",
    "Si vous avez demandé des nouvelles, je garde pour cela, chiffrés : votre langue, votre arrondissement, le "
    "trimestre de naissance de vos enfants, vos sujets et le numéro de notre conversation. Vous arrêtez quand vous "
    "voulez. Après un an sans vous, je redemande, puis j'efface. Pour voir et changer : /mes_nouvelles.",
)
NO_KEPT = _label(
    "confidentialite.non",
    "Si vous dites non aux nouvelles ou si vous les arrêtez, je garde seulement ce non, un an, pour ne pas redemander.",
)

ALL: tuple[Label, ...] = tuple(
    label
    for value in dict(vars()).values()
    for label in ([value] if isinstance(value, Label) else value.values() if isinstance(value, dict) else value
                  if isinstance(value, tuple) else [])
    if isinstance(label, Label)
)  # fmt: skip
