"""What the relay says to the team, in its topics; French only, the language of work."""

from __future__ import annotations

from collections.abc import Mapping

TAKE, PASS, CLOSE = "Je prends", "Passer la suite", "Clore"

TEXTS: Mapping[str, str] = {
    "new": "Une famille demande à parler maintenant.",
    "new_wish": "Une famille demande à être recontactée ({moment}).",
    "language": "Langue : {langue}.",
    "nothing_shown": "Elle n'a montré aucune de ses réponses.",
    "shown": "Ce qu'elle montre :",
    "how": "Tout message de ce sujet part à la famille, dès que vous l'avez prise, et seulement les vôtres. "
    "Note interne : commencez par // ou /note. Aide : /aide.",
    "taken": "{name} suit cette famille. Ses messages ici partent à la famille.",
    "calling": "{name} rappelle. La famille est prévenue. Rien ne passe tant qu'elle n'a pas répondu : attendez.",
    "family_here": "La famille est là. Les messages de {name} lui sont maintenant envoyés.",
    "not_there_yet": "Pas envoyé : la famille n'a pas encore répondu à l'appel.",
    "taken_already": "Déjà pris par {name}.",
    "nobody_took": "Pas envoyé : personne n'a pris cette famille. Touchez « Je prends » ou écrivez /prendre.",
    "not_yours": "Pas envoyé : {name} suit cette famille, les messages des autres restent ici. "
    "Pour changer : {name} (ou la coordination) écrit /passer.",
    "passed": "La suite est à prendre.",
    "later": "La famille préfère être recontactée plus tard. La demande reste à prendre.",
    "no_reply": "La famille n'a pas répondu. La demande reste à prendre.",
    "wished": "La famille n'attend plus en ligne : elle demande à être recontactée ({moment}).",
    "withdrawn": "La famille a retiré sa demande.",
    "family_ended": "La famille a terminé la conversation.",
    "family_left": "La famille a quitté. Tout est oublié ; ce sujet sera effacé dans une heure.",
    "family_gone": "La famille ne peut plus être jointe (elle a bloqué le robot ou quitté Telegram).",
    "closed": "Conversation fermée.",
    "idle": "Conversation fermée : plus de message depuis 24 heures.",
    "gave_up": "Personne n'a pris cette famille en une heure : elle a été prévenue, la conversation est fermée.",
    "wish_lapsed": "Demande expirée après 7 jours : la famille a été prévenue.",
    "still_waiting": "Cette famille attend depuis 10 minutes.",
    "family_waits": "Cette famille attend une réponse depuis 15 minutes.",
    "over": "Cette conversation est terminée : rien n'est envoyé.",
    "not_carried": "Pas envoyé : Telegram ne laisse pas copier ce message. Envoyez-le autrement.",
    "not_this_kind": "Pas envoyé : une position, un contact, un sondage... ne se transmettent pas. Écrivez-le.",
    "album": "Pas envoyé : plusieurs photos ensemble restent dans le sujet. Envoyez-les une par une.",
    "anonymous": "Pas envoyé : vous écrivez au nom du groupe. Désactivez « Rester anonyme » dans vos droits d'admin.",
    "template_sent": "Modèle envoyé.",
    "template_unknown": "Ce modèle n'existe pas. Modèles :",
    "templates": "Modèles, à envoyer par /modele et leur nom :",
    "unknown_command": "Commande inconnue, rien n'est envoyé. Voir /aide.",
    "not_allowed": "Seuls la personne qui suit cette famille et la coordination peuvent faire cela.",
    "help": "Dans le sujet d'une famille :\n"
    "/prendre : suivre cette famille (ou le bouton « Je prends »)\n"
    "/passer : laisser la suite à un collègue\n"
    "/clore : terminer ; le sujet est effacé 24 heures après\n"
    "/modele NOM : envoyer un texte préparé, dans la langue de la famille ; /modele seul donne la liste\n"
    "// ou /note au début : note interne, jamais envoyée\n"
    "Photos et documents : un seul par message ; plusieurs ensemble restent dans le sujet\n"
    "Seuls les messages de la personne qui a pris la famille lui sont envoyés, sans son nom. "
    "Un message corrigé ou supprimé après l'envoi ne change pas chez la famille : envoyez-en un autre.",
}

MOMENTS: Mapping[str, str] = {
    "matin": "le matin",
    "midi": "vers midi",
    "apres-midi": "l'après-midi",
    "soir": "le soir",
    "indifferent": "moment indifférent",
}

AFTER = "Ce sujet sera effacé avec ses messages dans 24 heures."
"""Said below what ends a relay."""

ENDS = frozenset({"withdrawn", "family_ended", "family_gone", "closed", "idle", "gave_up", "wish_lapsed"})
TAKEABLE = frozenset({"new", "new_wish", "passed", "later", "no_reply", "wished", "still_waiting"})
TAKEN = frozenset({"taken", "family_here"})
"""Which of these have the button to take, and which those of the worker who took."""
