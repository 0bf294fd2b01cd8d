"""What is said of the team. French here; catalogs translate what somebody outside may read, by place.

The screens of the team itself are in French only, its language of work.
"""

from collections.abc import Mapping

from bot.staff.invitations import Closed
from bot.staff.model import Role
from knowledge.base import Label

INVITED = Label("equipe.invitation", "On vous invite dans l'équipe de Passerelle.")
YOUR_ROLE = Label("equipe.role", "Votre rôle : {role}. Votre nom dans l'équipe : {nom}.")
NOT_FOR_FAMILIES = Label(
    "equipe.pour_pros",
    "Cette invitation est pour les professionnels. Si elle n'est pas pour vous, touchez « Ce n'est pas pour moi ».",
)
KEPT = Label(
    "equipe.garde",
    "Je garde votre rôle, votre nom dans l'équipe et l'adresse de cette conversation, chiffrés, un an au plus. "
    "Ce que vous faites pour l'équipe est noté sous ce nom, six mois au plus.",
)
HOW_TO_LEAVE = Label("equipe.partir", "Pour partir à tout moment : écrivez /equipe, puis « Quitter l'équipe ».")
CHANGES_ROLE = Label("equipe.change", "Vous êtes déjà dans l'équipe. Cette invitation remplace votre place d'avant.")
JOIN = Label("equipe.rejoindre", "Rejoindre l'équipe")
NOT_ME = Label("equipe.pas_moi", "Ce n'est pas pour moi")
UNKNOWN = Label(
    "equipe.code_inconnu",
    "Je ne connais pas cette invitation. Il manque peut-être un signe : touchez de nouveau le lien reçu, "
    "ou demandez une autre invitation.",
)
USED = Label(
    "equipe.code_utilise",
    "Cette invitation a déjà servi : elle s'ouvre une seule fois. Si ce n'était pas vous, prévenez vite "
    "la personne qui vous l'a envoyée.",
)
EXPIRED = Label("equipe.code_perime", "Cette invitation n'est plus valable. Demandez-en une autre.")
TELEGRAM_ONLY = Label("equipe.telegram", "Cette invitation s'ouvre dans Telegram. Elle reste valable.")

CLOSED: Mapping[Closed, Label] = {Closed.UNKNOWN: UNKNOWN, Closed.USED: USED, Closed.EXPIRED: EXPIRED}

ROLES: Mapping[Role, Label] = {
    Role.PROMENEUR: Label("equipe.promeneur", "Promeneur du Net"),
    Role.GUICHET: Label("equipe.guichet", "Guichet"),
    Role.REDACTEUR: Label("equipe.redacteur", "Rédaction"),
    Role.COORDINATION: Label("equipe.coordination", "Coordination"),
}
WHAT: Mapping[Role, Label] = {
    Role.PROMENEUR: Label("equipe.promeneur.quoi", "Des familles peuvent demander à vous parler, sans dire leur nom."),
    Role.GUICHET: Label("equipe.guichet.quoi", "Des familles peuvent demander à parler au guichet."),
    Role.REDACTEUR: Label("equipe.redacteur.quoi", "Vous préparez les nouvelles pour les familles."),
    Role.COORDINATION: Label(
        "equipe.coordination.quoi", "Vous approuvez les nouvelles pour les familles. Vous suivez les échanges."
    ),
}

ALL = (
    INVITED, YOUR_ROLE, NOT_FOR_FAMILIES, KEPT, HOW_TO_LEAVE, CHANGES_ROLE, JOIN, NOT_ME,
    *CLOSED.values(), TELEGRAM_ONLY, *ROLES.values(), *WHAT.values(),
)  # fmt: skip
"""What somebody outside the team may read."""

WELCOME = "Bienvenue dans l'équipe, {nom}."
TEAM = "Équipe : {nom}"
PLACE = "Rôle : {role}. Votre place dure jusqu'au {jour}."
ENDS_SOON = "Elle se termine bientôt : pour la prolonger, parlez-en à la coordination."
GROUP = "Vous leur répondez dans le groupe Telegram de l'équipe. Si vous n'y êtes pas, demandez à y entrer."
MENU = "Pour revoir cet écran : /equipe. Pour le reste, je vous réponds comme à une famille."
WHAT_IS_KEPT = "Ce que je garde de vous"
ERASING = (
    "« Tout effacer » efface votre conversation, comme pour une famille. Vous restez dans l'équipe. "
    "Si vous bloquez ce robot, votre place s'efface aussi."
)
LEAVE = "Quitter l'équipe"
SURE = "Quitter l'équipe ? Pour revenir, il vous faudra une autre invitation."
LOG_STAYS = (
    "Votre rôle et votre adresse s'effacent tout de suite. Les lignes notées sous « {nom} » restent six mois au plus."
)
LEAVE_YES, STAY, BACK = "Oui, quitter", "Rester", "Retour"
LEFT = "C'est fait. Vous n'êtes plus dans l'équipe. Merci pour les familles."
ERASED_HOW = "Votre conversation reste comme celle d'une famille. Pour l'effacer : /effacer."
JOINED = "{nom} a rejoint l'équipe ({role})."
NOT_EXPECTED = "Vous ne l'attendiez pas ? Faites retirer sa place : passerelle staff revoke {nom}"
STAYS = "Vous restez dans l'équipe. Pour la quitter : /equipe."
