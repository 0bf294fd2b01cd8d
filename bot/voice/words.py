"""Sentences of the voice; French here, catalogs translate them."""

from __future__ import annotations

from knowledge.base import Label


def _label(place: str, text: str) -> Label:
    return Label(f"voix.{place}", text)


HELPED = _label("question", "Est-ce que cela vous a aidé ? Vous pouvez ne pas répondre.")
ANSWERS = {
    "oui": _label("oui", "Oui"),
    "peu": _label("peu", "Un peu"),
    "non": _label("non", "Non"),
}
COUNTED = _label("compte", "Merci. Votre réponse est comptée avec les autres, sans rien de vous.")
OFFER = _label("proposer", "Laisser un mot à l'équipe")
BEFORE = _label(
    "avant",
    "Une idée, un manque, une erreur ? Vos mots seront lus par l'équipe. Ils sont gardés {jours} jours, chiffrés, "
    "sans votre nom et à part de vos réponses.",
)
NO_NAMES = _label("sans_nom", "N'écrivez ni nom, ni adresse, ni numéro. Personne ne pourra vous répondre.")
IN_DANGER = _label("danger", "En danger, appelez le {tel:tel-police} ou le {tel:tel-europe}.")
WRITE = _label("ecrire", "Écrivez votre mot maintenant, en un seul message.")
READ_AGAIN = _label("relire", "Voici ce que l'équipe lira :")
HIDDEN = _label("cache", "J'ai caché ce qui pourrait dire qui vous êtes. Relisez : je peux en avoir oublié.")
NOTHING_HIDDEN = _label("rien_cache", "Relisez : rien ne doit dire qui vous êtes.")
SEND = _label("envoyer", "Envoyer à l'équipe")
AGAIN = _label("recrire", "Écrire autrement")
CANCEL = _label("annuler", "Ne rien envoyer")
CANCELLED = _label("annule", "D'accord. Rien n'est envoyé, rien n'est gardé.")
SENT = _label("envoye", "Merci. L'équipe lira votre mot. Vous pouvez encore le retirer, jusqu'à demain.")
WITHDRAW = _label("retirer", "Retirer mon mot")
WITHDRAWN = _label("retire", "Votre mot est effacé.")
TOO_LATE = _label("trop_tard", "Je ne sais plus quel mot est le vôtre : je ne peux plus le retirer.")
GONE = _label("perdu", "Il n'y a plus de mot à envoyer. Vous pouvez l'écrire de nouveau.")
TOO_LONG = _label("trop_long", "C'est trop long : {nombre} signes au plus. Écrivez-le plus court, en un seul message.")
ENOUGH = _label("assez", "Vous avez déjà laissé plusieurs mots. Merci. Revenez demain pour en laisser un autre.")
FULL = _label("pleine", "La boîte est pleine pour aujourd'hui. Votre mot n'est pas gardé.")

MARKS = {
    "telephone": _label("marque.telephone", "téléphone caché"),
    "courriel": _label("marque.courriel", "courriel caché"),
    "adresse": _label("marque.adresse", "adresse cachée"),
    "numero": _label("marque.numero", "numéro caché"),
    "date": _label("marque.date", "date cachée"),
    "lien": _label("marque.lien", "lien caché"),
    "nom": _label("marque.nom", "nom caché"),
}

ALL: tuple[Label, ...] = tuple(
    label
    for value in dict(vars()).values()
    for label in ([value] if isinstance(value, Label) else value.values() if isinstance(value, dict) else [])
    if isinstance(label, Label)
)
