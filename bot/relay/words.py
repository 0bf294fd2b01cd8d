"""What the relay says to families. French here; catalogs translate by place. Read on a locked screen: nothing
sensitive stands in a first line."""

from __future__ import annotations

from knowledge.base import Label


def _label(place: str, text: str) -> Label:
    return Label(f"relais.{place}", text)


TALK_NOW = _label("parler", "Parler avec un Promeneur du Net maintenant")
ASK_CALL = _label("demander", "Demander à être recontacté")

BEFORE = _label("avant", "Avant de commencer")
WHO = _label(
    "qui",
    "Vous écrivez à un Promeneur du Net : un professionnel qui aide les familles et les jeunes sur internet. "
    "C'est gratuit.",
)
PSEUDONYM = _label(
    "pseudonyme",
    "L'équipe ne voit ni votre nom, ni votre numéro. Je vous donne un nom d'emprunt, comme « Famille Mésange 12 ».",
)
SEES = _label(
    "voit",
    "L'équipe voit votre langue et tout ce que vous envoyez : textes, photos, messages vocaux, documents. "
    "Attention : une photo ou un document peut montrer votre nom.",
)
CHOOSES = _label("choisit", "Vos réponses d'avant : seulement celles que vous cocherez à l'écran suivant.")
CARRIED = _label("telegram", "Telegram transporte les messages et les garde, comme toute conversation.")
DELETED = _label(
    "duree",
    "24 heures après la fin, la conversation est effacée chez l'équipe. "
    "Si vous effacez tout avant la fin : une heure après.",
)
DANGER = _label(
    "danger",
    "En danger, n'attendez pas une réponse : appelez le {tel:tel-police}, ou écrivez au {tel:tel-sms114} par SMS. "
    "Si vous écrivez un danger, je vous montre tout de suite les numéros, et la personne lit aussi votre message.",
)
HOW_TO_END = _label(
    "fin",
    "Pour arrêter à tout moment : /arreter. « Quitter vite » arrête aussi.",
)
ONLY_FRENCH = _label("langues", "La personne présente écrit en : {langues}.")
AGREE = _label("accord", "Oui, je suis d'accord")
NO_THANKS = _label("non", "Non merci")

WHEN = _label("quand", "À quel moment de la journée préférez-vous être recontacté ?")
MOMENTS = {
    "matin": _label("moment.matin", "Le matin"),
    "midi": _label("moment.midi", "Vers midi"),
    "apres-midi": _label("moment.apres_midi", "L'après-midi"),
    "soir": _label("moment.soir", "Le soir"),
    "indifferent": _label("moment.indifferent", "Peu importe"),
}
CALL_MEANS = _label(
    "rappel.sens",
    "L'équipe vous écrira ici, sur Telegram, avec un message neutre. Rien ne passe tant que vous n'avez pas répondu. "
    "Sans réponse de l'équipe après 7 jours, votre demande est effacée.",
)

TICK = _label("cocher", "Que peut voir l'équipe ?")
TICK_HOW = _label(
    "cocher.comment", "Rien n'est coché. Touchez une ligne pour la montrer. Vous pouvez tout laisser vide."
)
TICK_NOTHING = _label(
    "cocher.rien", "Je ne connais rien de vous à montrer à l'équipe. Vous lui direz ce que vous voulez."
)
SUBJECT = _label("sujet", "Sujet")
SEND_ALL = _label("envoyer", "Demander quelqu'un")
SEND_WISH = _label("envoyer_demande", "Envoyer ma demande")

WAIT = _label("attente", "J'ai prévenu l'équipe. Pour elle, vous êtes « {pseudonyme} ».")
WAIT_HOW = _label(
    "attente.comment",
    "Vous pouvez déjà écrire : l'équipe lira. Ce que vous écrivez ici part à l'équipe. "
    "Sans réponse dans 10 minutes, je vous le dirai. Si vous corrigez un message déjà envoyé, envoyez-le de nouveau.",
)
WISH_NOTED = _label("rappel.note", "C'est noté. Moment préféré : {moment}.")
ALREADY = _label("deja", "Vous avez déjà une conversation avec l'équipe. Écrivez votre message ici.")
ALREADY_WISHED = _label("deja_demande", "Votre demande est déjà chez l'équipe. Elle vous écrira ici.")
NOT_NOW = _label("pas_maintenant", "Personne n'est disponible en ce moment.")
NEXT_PRESENCE = _label("prochaine", "Prochaine présence : {quand}.")
NO_TEAM = _label("pas_d_equipe", "Je ne peux pas vous mettre en relation ici. Voici qui appeler.")
CHANGED = _label(
    "change", "Ce bouton est ancien, ou vos réponses ont changé. Choisissez de nouveau ce que l'équipe peut voir."
)

NO_ANSWER = _label(
    "personne", "Personne n'a encore répondu. L'équipe a bien votre demande. Voici quoi faire en attendant :"
)
NO_ANSWER_HOW = _label(
    "personne.comment",
    "Attendez encore un peu, ou demandez à être recontacté. Si c'est urgent, n'attendez pas : /urgence montre les "
    "numéros à appeler.",
)
NOBODY_CAME = _label("personne.fin", "Personne n'a pu répondre. Je suis désolé. La conversation est fermée.")
NOBODY_CAME_HOW = _label(
    "personne.fin.comment", "Vous pouvez demander à être recontacté, ou voir les numéros à appeler avec /urgence."
)
JOINED = _label("arrive", "{nom} est là. Écrivez ici, {nom} vous répond.")
JOINED_HOW = _label("arrive.comment", "Pour arrêter : /arreter.")
SOMEBODY = _label("quelqu_un", "La personne de l'équipe")
CALLED = _label("rappel.arrive", "Bonjour. La personne que vous vouliez joindre est là.")
CALLED_HOW = _label("rappel.arrive.comment", "Voulez-vous lui parler maintenant ? Rien ne passe avant votre réponse.")
SILENT = _label("silence", "Pas de nouvelle depuis 15 minutes. J'ai prévenu l'équipe. Vos messages sont bien arrivés.")
SILENT_HOW = _label("silence.comment", "Si c'est urgent, n'attendez pas : /urgence montre les numéros à appeler.")
PASSED = _label("relais", "Une autre personne de l'équipe va prendre la suite. Vous pouvez continuer à écrire.")
CLOSED = _label("ferme", "La conversation est terminée. Merci de votre confiance.")
ENDED = _label("arrete", "C'est terminé. L'équipe ne reçoit plus ce que vous écrivez.")
IDLE = _label("inactif", "La conversation est fermée : plus de message depuis 24 heures.")
AFTERWARDS = _label(
    "apres",
    "La conversation sera effacée chez l'équipe dans 24 heures. Ici, écrivez /effacer, ou supprimez-la vous-même.",
)
WITHDRAWN = _label("rappel.retire", "Votre demande est retirée.")
WISH_CLOSED = _label("rappel.ferme", "L'équipe a fermé votre demande. Vous pouvez en faire une autre.")
KEPT = _label("rappel.garde", "D'accord. Votre demande reste chez l'équipe.")
MISSED = _label("rappel.manque", "L'équipe a voulu vous joindre. Votre demande reste valable.")
WISH_LAPSED = _label("rappel.expire", "Personne n'a pu vous recontacter. Je suis désolé. Votre demande est effacée.")
UNREACHABLE = _label("injoignable", "Je n'arrive pas à joindre l'équipe. La conversation est fermée.")
NOT_CARRIED = _label("pas_transmis", "Ce message n'a pas pu être transmis. Envoyez-le autrement, par exemple en texte.")
NOT_THIS_KIND = _label(
    "pas_ce_genre",
    "Je ne transmets pas ce genre de message (position, contact, sondage...). Pour le dire à l'équipe, écrivez-le.",
)
FOR_WHOM = _label("pour_qui", "Ce message est-il pour la personne de l'équipe ?")
YES_SEND = _label("oui_envoyer", "Oui, le lui envoyer")

STOP = _label("bouton.arreter", "Terminer")
WAIT_MORE = _label("bouton.attendre", "Attendre encore")
WITHDRAW = _label("bouton.retirer", "Retirer ma demande")
TALK = _label("bouton.maintenant", "Parler maintenant")
LATER = _label("bouton.plus_tard", "Plus tard")
NO_RELAY = _label("aucune", "Il n'y a pas de conversation en cours avec l'équipe.")
STAYS = _label("attend", "D'accord. Écrivez ici quand vous voulez.")

ALL: tuple[Label, ...] = tuple(
    label
    for value in dict(vars()).values()
    for label in ([value] if isinstance(value, Label) else value.values() if isinstance(value, dict) else [])
    if isinstance(label, Label)
)
