"""What the web pages say around a conversation. French here; catalogs translate by place (``web.*``)."""

from __future__ import annotations

from bot.web import notices
from knowledge.base import Label


def _label(place: str, text: str) -> Label:
    return Label(f"web.{place}", text)


SKIP = _label("aller_a_la_suite", "Aller à la réponse")
REPLY = _label("reponse", "Réponse")
YOU_WROTE = _label("vous_avez_ecrit", "Vous avez écrit :")
YOU_CHOSE = _label("vous_avez_choisi", "Vous avez choisi :")
OTHER_CHOICES = _label("autres_gestes", "Autres gestes")
CHOSEN = _label("deja_choisi", "(déjà choisi)")
WRITE = _label("ecrire", "Écrivez avec vos mots")
WRITE_ANSWER = _label("repondre", "Ou répondez avec vos mots")
SEND = _label("envoyer", "Envoyer")
OPEN_CARD = _label("voir_la_fiche", "Voir la fiche")
OPEN_SITE = _label("ouvrir_le_site", "Ouvrir {site}")
NEW_PERSON = _label("nouvelle_personne", "Nouvelle personne")
NEW_PERSON_HELP = _label("nouvelle_personne_aide", "« Nouvelle personne » efface vos réponses et repart du début.")
BACK_TO_CHAT = _label("revenir", "Revenir à la conversation")
FOOTER = _label("pied", "À propos de ce service")
DANGER = _label("danger", "Si quelqu'un est en danger")

WELCOME = _label("accueil.titre", "Des aides pour votre famille, à Paris")
DESCRIPTION = _label(
    "accueil.description", "Les droits et les lieux utiles à votre famille, à Paris. Sans compte, sans nom, gratuit."
)
EXAMPLE = _label("exemple", "Par exemple : je me sépare, j'ai deux enfants de 2 et 7 ans")
LANGUAGES = _label("langues", "Langue : {langue}")
TELEGRAM = _label("telegram", "Vous préférez Telegram ? Continuez là-bas :")
TELEGRAM_OPEN = _label("telegram.ouvrir", "Ouvrir dans Telegram")

LISTEN = _label("ecouter", "Écouter")
STOP_LISTENING = _label("arreter", "Arrêter la lecture")
PRINT = _label("imprimer", "Imprimer")
COPY_LINK = _label("copier", "Copier le lien de la fiche")
COPIED = _label("copie", "Lien copié")
CARD_LINK = _label("lien_fiche", "Lien de cette fiche, sans vos réponses :")
NO_ANSWER = _label("pas_de_reponse", "Pas de réponse. Vérifiez votre connexion, puis réessayez : rien n'est perdu.")

ONCE = _label("une_fois.titre", "Vos réponses vous attendent")
ONCE_TEXT = _label(
    "une_fois.texte",
    "Elles ont été données à un accueil. Elles s'ouvrent une seule fois, puis elles sont effacées ici.",
)
ONCE_OPEN = _label("une_fois.ouvrir", "Ouvrir mes réponses")

NOT_FOUND = _label("introuvable.titre", "Cette page n'existe pas")
NOT_FOUND_TEXT = _label("introuvable.texte", "L'adresse est peut-être incomplète. Rien n'est perdu.")
STALE = _label("perimee.titre", "Cette page n'est plus à jour")
STALE_TEXT = _label(
    "perimee.texte",
    "Votre réponse n'est pas arrivée. Revenez à la conversation et recommencez. "
    "Si cela se répète, votre navigateur refuse peut-être les témoins (cookies) de ce site.",
)
TOO_LONG = _label("trop_long.titre", "C'est trop long pour moi")
TOO_LONG_TEXT = _label("trop_long.texte", "Écrivez en quelques phrases : je comprendrai mieux.")
TOO_FAST = _label("trop_vite.titre", "Cela va un peu vite")
TOO_FAST_TEXT = _label("trop_vite.texte", "Attendez une minute, puis revenez à la conversation. Rien n'est perdu.")
BROKEN = _label("panne.titre", "Quelque chose n'a pas marché")
BROKEN_TEXT = _label("panne.texte", "Ce n'est pas votre faute. Réessayez dans quelques minutes.")
UNREADABLE = _label("illisible.titre", "Je n'ai pas pu lire votre réponse")
UNREADABLE_TEXT = _label("illisible.texte", "Revenez à la conversation et recommencez. Rien n'est perdu.")

ALL: tuple[Label, ...] = (
    *(value for value in dict(vars()).values() if isinstance(value, Label)),
    *notices.ALL,
)
"""Every label of the web channel, the long pages among them."""
