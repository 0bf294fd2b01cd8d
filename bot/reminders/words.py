"""Sentences of the reminders; French here, catalogs translate them. None names a hardship: others may read a phone."""

from __future__ import annotations

from knowledge.base import Label


def _label(place: str, text: str) -> Label:
    return Label(f"rappel.{place}", text)


ASK = _label("question", "Voulez-vous que je vous écrive au bon moment ?")
OFFER = _label("proposer", "M'écrire au bon moment")
WHAT = _label("quoi", "Je peux vous écrire ici quand une date approche : inscription, aide, rendez-vous.")
HOW_OFTEN = _label(
    "combien", "Au plus {nombre} messages par mois, entre {de} h et {a} h. Jamais le dimanche, ni un jour férié."
)
FIRST_ONE = _label("premier", "Le premier message")
WHAT_I_KEEP = _label("garder", "Pour cela, je garde, chiffrés :")
KEEP_MONTHS = _label("garder.mois", "les mois de naissance ou la date prévue")
KEEP_PLACE = _label("garder.lieu", "l'arrondissement et la langue")
KEEP_ADDRESS = _label("garder.adresse", "le numéro de cette conversation, pour vous écrire")
KEEP_TOLD = _label("garder.dit", "ce que je vous ai déjà écrit, pour ne pas me répéter")
NOTHING_ELSE = _label(
    "rien_de_plus",
    "Rien d'autre. Pas de rappel sur une maladie, un handicap, une séparation ou un deuil.",
)
END_AT_ANY_TIME = _label("fin_possible", "Un bouton sous chaque message arrête tout. Dans un an, je vous redemanderai.")
SEEN_BY_OTHERS = _label(
    "discret", "La première ligne ne dit rien de précis. Mais qui ouvre la conversation peut lire la suite."
)
YES = _label("oui", "Oui, écrivez-moi")
NO = _label("non", "Non merci")
REFUSED = _label("refus", "D'accord, je ne vous écrirai pas. Si vous changez d'avis : /mes_rappels.")
AGREED = _label("accord", "C'est noté. Je vous écrirai au bon moment.")

TITLE = _label("titre", "Vos rappels")
STATE = {
    "actif": _label("etat.actif", "Je vous écris quand une date approche."),
    "pause": _label("etat.pause", "En pause : je ne vous écris pas. À vous de les reprendre, si vous voulez."),
    "asked": _label("etat.demande", "J'attends votre réponse : est-ce toujours utile ?"),
}
KEPT_TITLE = _label("je_garde", "Ce que je garde")
BIRTHS = _label("naissances", "naissance : {mois}")
TERM = _label("terme", "naissance prévue : vers {mois}")
LANGUAGE = _label("langue", "langue : {texte}")
UNTIL = _label("jusque", "jusqu'au {date} au plus tard, sauf si vous redites oui")
NOW = _label("maintenant", "En ce moment")
NEXT = _label("ensuite", "Je vous écrirai pour")
NOTHING_NEXT = _label("rien", "Pas de date dans les 12 prochains mois.")
PAUSE = _label("pause", "Mettre en pause")
RESUME = _label("reprendre", "Reprendre")
CHANGE = _label("changer", "Changer les mois")
STOP = _label("arreter", "Arrêter les rappels")
MINE = _label("voir", "Mes rappels")
ERASE = _label("effacer", "Effacer mes rappels")

NONE_YET = _label("aucun", "Vous n'avez pas de rappel.")
HOW_TO_BEGIN = _label(
    "comment", "Donnez le mois de naissance de vos enfants, et je peux vous écrire quand une date approche."
)
NOT_FOR_YOU = _label(
    "pas_ici", "Je ne propose pas de rappel ici. Les dates restent dans « Dates à venir », quand vous le voulez."
)
WHICH_MONTHS = _label(
    "quels_mois",
    "Écrivez le mois et l'année de naissance de chaque enfant, par exemple : mai 2024, mars 2020. "
    "Pour une grossesse : enceinte de 5 mois.",
)
NEED_MONTHS = _label(
    "il_faut_le_mois", "Pour écrire au bon moment, il me faut le mois de naissance, et pas seulement l'âge."
)
NOT_UNDERSTOOD = _label("pas_compris", "Je n'ai pas compris ces mois.")
UPDATED = _label("change", "C'est changé.")
OTHER_FACTS = _label("autres_reponses", "Vos réponses ne sont plus celles de vos rappels.")
TAKE_THESE = _label("prendre", "Mettre à jour mes rappels")
ENDED = _label("fini", "C'est fini : je ne vous écrirai plus. J'ai effacé ce que je gardais pour les rappels.")
PAUSED = _label("mis_en_pause", "Vos rappels sont en pause. Pour les reprendre ou les effacer : /mes_rappels.")

SEVERAL = _label("plusieurs", "Des dates utiles approchent")
JUST_ASKING = _label("une_question", "Une question sur vos rappels")
WHY = _label("pourquoi", "Vous m'avez demandé de vous écrire au bon moment. Un bouton arrête tout.")
STILL_USEFUL = _label("toujours", "Cela fait un an. Mes rappels sont-ils toujours utiles ?")
ELSE_I_END = _label("sinon", "Sans réponse dans les 30 jours, j'efface tout et je ne vous écris plus.")
GO_ON = _label("continuer", "Oui, continuer")
AGAIN = _label("encore", "Merci. Je continue, pour un an au plus.")
AFTER_TERM = _label(
    "apres_terme",
    "Je n'écris plus sur la date que vous m'aviez donnée, sauf si vous le demandez. "
    "Pour continuer, touchez « Changer les mois ». Sinon, vous n'avez rien à faire.",
)

KEPT = _label(
    "confidentialite",
    "Si vous m'avez demandé des rappels, je garde aussi, chiffrés, ce qu'il faut pour vous écrire, "
    "jusqu'à ce que vous les arrêtiez, environ quatorze mois au plus sans nouveau oui. "
    "Pour les voir ou les effacer : /mes_rappels.",
)

ALL: tuple[Label, ...] = tuple(
    label
    for value in dict(vars()).values()
    for label in ([value] if isinstance(value, Label) else value.values() if isinstance(value, dict) else [])
    if isinstance(label, Label)
)
