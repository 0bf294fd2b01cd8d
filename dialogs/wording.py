"""The engine's own French sentences, each with its place; trees, questions and cards bring the rest."""

from __future__ import annotations

from knowledge.base import Label


def _label(place: str, text: str) -> Label:
    return Label(f"dialogue.{place}", text)


WELCOME = _label(
    "bienvenue",
    "Bonjour. Je vous aide à trouver les droits et les lieux utiles à votre famille, près de chez vous. "
    "Choisissez un sujet, ou écrivez avec vos mots.",
)
PRIVACY = _label(
    "discretion",
    "Pas de nom, pas de compte. Vos réponses s'effacent au plus tard après 24 heures de silence.",
)
AGAIN = _label("menu", "De quoi voulez-vous parler ?")
WHICH = _label("lequel", "Que vous arrive-t-il ?")
LIKELY = _label("sujets_probables", "Est-ce l'un de ces sujets ?")
NOT_UNDERSTOOD = _label("pas_compris", "Je n'ai pas bien compris. Vous pouvez toucher un bouton, ou le dire autrement.")
OLD_BUTTON = _label("ancien_bouton", "Ce bouton vient d'une question d'avant. Reprenons ici.")
OTHER_MEDIA = _label("pas_du_texte", "Je ne lis que les messages écrits. Vous pouvez aussi toucher un bouton.")
THANKS = _label("merci", "Avec plaisir. Je reste là si vous avez une autre question.")
BAD_LINK = _label(
    "lien_inconnu", "Ce lien n'est pas complet ou n'existe plus. Ce n'est pas grave : choisissez un sujet."
)
RESTARTED = _label("reprise", "Je repars du début, pour ne rien vous dire de faux. Choisissez un sujet.")
ERASED = _label("efface", "C'est effacé. Je ne garde plus rien de vos réponses.")
NOTHING_TO_CHANGE = _label("rien_a_changer", "Il n'y a pas encore de réponse à changer.")
NOTHING_KNOWN = _label("rien_de_connu", "Je ne connais encore aucune réponse de vous.")
NO_QUESTION = _label("pas_de_question", "Il n'y a pas de question en cours.")
TREE_ADDED = _label("sujet_ajoute", "Je regarde aussi ce sujet pour vous.")
MORE_CHILDREN = _label("autres_enfants", "Avez-vous d'autres enfants ? Touchez leur âge, ou « C'est tout ».")
CHILDREN_SO_FAR = _label("enfants_notes", "Déjà noté : {ages}.")
AGES = _label("ages", "{ages}")
NO_CHILDREN = _label("sans_enfant", "Pas d'enfant")
PREGNANT = _label("enceinte", "Un enfant est attendu")
PREGNANT_SINCE = _label("mois_de_grossesse", "Mois {nombre}")
NUMBER_NOTED = _label("nombre", "{nombre}")
AMOUNT_NOTED = _label("montant", "{euros}")
BAND_NOTED = _label("fourchette", "De {euros} à {euros_max}")
BAND_OPEN_NOTED = _label("fourchette_ouverte", "{euros} ou plus")
UNKNOWN_TEXT = _label("ne_sais_pas", "Je ne sais pas")
REFUSED_TEXT = _label("refuse", "Je ne réponds pas")
DONE_TEXT = _label("cest_tout", "C'est tout")
NONE_OF_THEM = _label("aucun_enfant", "Aucun")
CHILD_OF = _label("enfant_de", "L'enfant de {ages}")
YOUNG_CHILD = _label("un_enfant", "Un enfant")
PEOPLE = _label("personnes", "Vous pouvez parler à quelqu'un. Voici vers qui vous tourner.")
NOTHING_FOUND = _label(
    "rien_trouve",
    "Je n'ai pas de fiche qui corresponde tout à fait. Une personne peut chercher avec vous.",
)
HELP = _label(
    "aide",
    "Écrivez ce qui vous arrive, ou touchez un sujet. Vous pouvez revenir en arrière, changer une réponse, "
    "ne pas répondre, ou tout effacer, à tout moment.",
)
GUARDED = _label("protege", "Cette partie n'est pas enregistrée. Si vous quittez, elle disparaît.")
INSULTED = _label("insulte", "Je vois que cela agace. Je reste là. On peut aussi parler à une personne.")
NOTHING_SAID = _label("rien_dit", "Je suis là. Quelques mots suffisent, ou un bouton.")
NUMBER_ALONE = _label(
    "nombre_seul",
    "Ce nombre, qu'est-ce que c'est ? Un âge, « 3 ans » ? Un arrondissement, « dans le 12e » ? "
    "Un loyer, « 650 euros de loyer » ?",
)
SADNESS = _label(
    "peine", "Ça n'a pas l'air facile. Un mot suffit pour commencer, ou un bouton. « Quelqu'un » mène à une personne."
)
WHOSE_AGE = _label("age_de_qui", "L'âge de qui ? Par exemple : « j'ai 20 ans », ou « mon fils a 20 ans ».")
HELLO_AGAIN = _label("bonjour", "Bonjour.")
OFFER_DECLINED = _label("lien_refuse", "D'accord, je n'en tiens pas compte.")

ALL: tuple[Label, ...] = tuple(value for value in dict(vars()).values() if isinstance(value, Label))
