"""The long pages: privacy, legal notices, accessibility. They promise what the code does: change both."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.base import Label


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its paragraphs."""

    title: Label
    lines: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """One page: its address without the slash, its title, its sections."""

    path: str
    title: Label
    sections: tuple[Section, ...]

    @property
    def labels(self) -> tuple[Label, ...]:
        """Every sentence of the page."""
        return (self.title, *(label for each in self.sections for label in (each.title, *each.lines)))


def _section(place: str, title: str, *lines: str) -> Section:
    labels = tuple(Label(f"web.{place}.{number}", line) for number, line in enumerate(lines, start=1))
    return Section(Label(f"web.{place}.titre", title), labels)


SOFTWARE = _section(
    "mentions.logiciel",
    "Le logiciel",
    "Passerelle est un logiciel libre, sous licence GNU AGPL, version 3 ou suivante. Vous pouvez le "
    "copier, l'étudier et le modifier, aux conditions de cette licence.",
)

PRIVACY = Notice(
    "confidentialite",
    Label("web.confidentialite", "Confidentialité"),
    (
        _section(
            "confidentialite.bref",
            "En bref",
            "Pas de compte, pas de nom, pas de publicité, pas de traceur.",
            "Vous pouvez tout effacer à tout moment, d'un seul geste.",
        ),
        _section(
            "confidentialite.garde",
            "Ce que nous gardons",
            "Vos réponses (par exemple votre arrondissement ou le mois de naissance d'un enfant), les "
            "questions déjà posées, les sujets choisis et votre langue. C'est chiffré.",
            "Pas vos phrases. Ce que vous écrivez sur cette page sert à vous répondre et n'est pas "
            "enregistré. La dernière phrase et la dernière réponse affichée restent dans la mémoire du "
            "service, pour afficher la page, pendant 30 minutes au plus sans activité.",
            "Ce que vous dites d'un danger n'est pas enregistré et n'est pas compté. La partie sur les "
            "violences n'est pas enregistrée non plus : elle reste dans la mémoire du service, 30 minutes "
            "au plus sans activité.",
            "Le journal technique du service ne contient ni vos réponses, ni vos phrases, ni votre adresse.",
        ),
        _section(
            "confidentialite.duree",
            "Combien de temps",
            "Sur cette page web : vos réponses sont effacées après 30 minutes sans activité. Si le service"
            " a été arrêté entre-temps, elles s'effacent au plus tard 24 heures après votre dernière "
            "réponse.",
            "Sur Telegram : vos réponses sont effacées après 24 heures de silence. Un message que vous "
            "envoyez est gardé chiffré le temps d'y répondre, 24 heures au plus ; une réponse à envoyer, "
            "10 minutes au plus. Les numéros des messages (pas leur texte) sont gardés 48 heures, pour "
            "pouvoir les supprimer.",
        ),
        _section(
            "confidentialite.guichet",
            "Avec un accueil",
            "Quand une personne remplit votre situation à un accueil, rien n'est enregistré ici : tout disparaît quand "
            "elle passe à la famille suivante.",
            "Si vous demandez à retrouver vos réponses sur votre téléphone, elles sont gardées chiffrées 24 heures au "
            "plus. Le carré à scanner les ouvre une seule fois, puis elles sont effacées de là.",
        ),
        _section(
            "confidentialite.compte",
            "Ce que nous comptons",
            "Combien de conversations demandent chaque sujet, chaque mois, par arrondissement, par langue et par lien "
            "reçu. Ce sont des nombres : rien n'y dit qui a demandé, ni ce que la même personne a demandé d'autre.",
            "Un nombre n'est publié que s'il compte au moins 10 conversations. Un danger et les violences ne sont "
            "jamais comptés. Si vous effacez tout, ce qui n'était pas encore compté ne le sera pas.",
            "À la question « Est-ce que cela vous a aidé ? », votre réponse est seulement comptée avec les autres.",
        ),
        _section(
            "confidentialite.mots",
            "Les mots laissés à l'équipe",
            "Un mot que vous laissez à l'équipe est gardé 180 jours, chiffré, sans votre nom et à part de vos "
            "réponses, avec le jour et la langue. L'équipe le lit. Ce qui dit qui vous êtes est caché, et vous "
            "relisez avant l'envoi.",
            "Vous pouvez le retirer dans la conversation, jusqu'au lendemain. Tout effacer le retire aussi, en "
            "quelques minutes. Ensuite, nous ne savons plus quel mot est le vôtre.",
        ),
        _section(
            "confidentialite.effacer",
            "Comment effacer",
            "« Tout effacer », dans le menu : vos réponses sont effacées tout de suite.",
            "« Nouvelle personne », en bas de page : la même chose, et une conversation neuve commence.",
            "« Quitter vite », en haut de page : vos réponses sont effacées et une page de météo s'ouvre.",
            "Sur Telegram : écrivez /effacer. Les messages de moins de 48 heures sont aussi supprimés.",
        ),
        _section(
            "confidentialite.rappels",
            "Les rappels, sur Telegram",
            "Seulement si vous dites oui. Nous gardons alors, chiffrés : les mois de naissance ou la date prévue, "
            "l'arrondissement, la langue, le numéro de la conversation, et ce qui vous a déjà été écrit.",
            "Rien sur une maladie, un handicap, une séparation ou un deuil : pas de rappel là-dessus.",
            "Un bouton sous chaque message arrête les rappels et efface tout cela. « Quitter vite » les met en pause, "
            "/effacer les efface. Après un an, nous demandons s'ils servent encore. Sans nouveau oui, ils "
            "s'effacent d'eux-mêmes, environ quatorze mois au plus après le dernier.",
        ),
        _section(
            "confidentialite.nouvelles",
            "Les nouvelles, sur Telegram",
            "Seulement si vous dites oui, à part des rappels. Nous gardons alors, chiffrés : l'arrondissement, "
            "le trimestre de naissance des enfants, la langue, les sujets cochés, le numéro de la conversation, "
            "et le nombre de nouvelles du mois. Vous pouvez tout voir et tout changer : /mes_nouvelles.",
            "L'équipe choisit des arrondissements, un âge et un sujet, jamais des personnes. Elle ne voit que "
            "des nombres arrondis. Aucun choix n'est possible d'après la santé, un handicap, un deuil, des "
            "violences, une séparation.",
            "La liste des familles d'un envoi s'efface à mesure qu'il se fait, et au plus tard après 14 jours.",
            "Un bouton sous chaque message arrête les nouvelles et efface tout cela : seul ce « non » est gardé, "
            "un an, pour ne pas redemander. « Quitter vite » les met en pause, /effacer les efface. Après un an "
            "sans vous, nous redemandons une fois ; sans réponse en deux mois, tout est effacé.",
        ),
        _section(
            "confidentialite.relais",
            "Parler avec l'équipe, sur Telegram",
            "Seulement si vous dites oui. Les professionnels de l'équipe voient un nom d'emprunt, votre langue, ce que "
            "vous cochez de vos réponses, et tout ce que vous leur envoyez. Pas votre nom, ni votre numéro.",
            "Vos messages passent par Telegram. Nous ne les gardons pas : un message en route est un numéro, "
            "chiffré, jusqu'à son arrivée. Ce que vous écrivez d'un danger passe de la même façon, rien ne le "
            "distingue.",
            "Nous gardons, chiffré, ce qui relie votre conversation à celle de l'équipe, jusqu'à la fin. Ce lien est "
            "alors effacé tout de suite, et la conversation chez l'équipe 24 heures après. Avant la fin, /effacer et "
            "« Quitter vite » arrêtent tout ; elle est alors effacée chez l'équipe une heure après.",
            "Une demande à être recontacté est gardée 7 jours au plus. Vous pouvez la retirer.",
        ),
        _section(
            "confidentialite.appareil",
            "Ce que votre appareil peut garder",
            "L'adresse de cette page, dans l'historique du navigateur. Aucun site ne peut l'en retirer : "
            "effacez-la vous-même, ou utilisez une fenêtre de navigation privée.",
            "Un témoin (cookie) qui relie vos réponses entre elles, sans rien dire de vous. Le navigateur "
            "l'oublie quand vous le fermez. Il ne sert plus à rien après 30 minutes sans activité.",
            "La page ouverte, tant que vous ne la fermez pas. Sur un ordinateur partagé, fermez l'onglet.",
            "Les mots appris par le clavier du téléphone, et les appels, dans la liste des appels.",
        ),
        _section(
            "confidentialite.telegram",
            "Ce que Telegram garde",
            "Telegram garde la conversation sur ses serveurs et sur vos appareils, comme toute "
            "conversation. Un robot ne peut supprimer que les messages de moins de 48 heures : supprimez "
            "aussi la conversation vous-même.",
            "Cette page web ne passe pas par Telegram.",
        ),
        _section(
            "confidentialite.qui",
            "Qui voit vos réponses",
            "Vos réponses ne sont données à personne. Cette page ne charge rien d'un autre site.",
            "L'hébergeur du site peut tenir son propre journal des connexions.",
            "Sans nom ni compte, nous ne pouvons pas retrouver vos réponses à votre place. Pour une "
            "question ou une plainte sur vos données : cnil.fr.",
        ),
    ),
)

LEGAL = Notice(
    "mentions-legales",
    Label("web.mentions_legales", "Mentions légales"),
    (
        _section(
            "mentions.qui",
            "Qui vous répond",
            "Ce service n'est pas la Caf ni la Ville de Paris. Il ne parle pas en leur nom.",
            "C'est un programme qui répond, pas une personne. Il est tenu par l'organisme qui vous en a "
            "donné l'adresse.",
        ),
        _section(
            "mentions.decision",
            "Aucune décision",
            "Ce service ne décide de rien. Il indique ce qui semble correspondre à vos réponses ; "
            "l'organisme vérifie et décide. Un résultat d'ici n'ouvre et ne ferme aucun droit.",
            "Ce n'est pas un service de secours. En danger, appelez le {tel:tel-police}, ou écrivez au "
            "{tel:tel-sms114} par SMS.",
        ),
        _section(
            "mentions.sources",
            "D'où viennent les informations",
            "Chaque fiche cite ses sources et dit quel jour elle a été vérifiée, et comment. Une information "
            "vérifiée depuis trop longtemps est signalée : appelez avant de vous déplacer.",
        ),
        SOFTWARE,
    ),
)

ACCESSIBILITY = Notice(
    "accessibilite",
    Label("web.accessibilite", "Accessibilité"),
    (
        _section(
            "accessibilite.etat",
            "Où nous en sommes",
            "Ces pages veulent suivre les règles internationales d'accessibilité (WCAG 2.2, niveau AA). "
            "Elles sont contrôlées par un outil automatique (axe-core), qui n'y trouve pas d'erreur. Elles"
            " n'ont pas été auditées par un tiers : nous ne pouvons pas dire qu'elles sont conformes au "
            "RGAA.",
            "Elles marchent sans JavaScript, au clavier, agrandies deux fois et sur un petit écran.",
        ),
        _section(
            "accessibilite.limites",
            "Ce qui ne va pas encore",
            "Un texte qui n'est pas encore traduit s'affiche en français. Dans une réponse, un lecteur "
            "d'écran n'est pas prévenu de ce changement de langue.",
            "Les pages n'ont pas encore été essayées par des personnes qui utilisent un lecteur d'écran.",
            "Les horaires de certains lieux sont écrits en abrégé.",
            "Après 30 minutes sans activité, vos réponses sont effacées : c'est pour votre sécurité sur un "
            "appareil partagé.",
        ),
        _section(
            "accessibilite.aide",
            "Si une page vous bloque",
            "Choisissez « Parler à quelqu'un » : une personne peut vous aider par téléphone ou sur place.",
            "Si rien ne change, le Défenseur des droits peut vous aider gratuitement : defenseurdesdroits.fr.",
        ),
    ),
)

NOTICES = (PRIVACY, LEGAL, ACCESSIBILITY)
PUBLISHER = Label("web.mentions.editeur", "Éditeur : {texte}")
HOST = Label("web.mentions.hebergeur", "Hébergeur : {texte}")
NO_PUBLISHER = Label(
    "web.mentions.sans_editeur",
    "Personne n'est encore nommé ici comme éditeur ou hébergeur : cette installation sert à essayer le logiciel.",
)
SOURCE_LINK = Label("web.mentions.source", "Télécharger le code de cette version")
DATA_TITLE = Label("web.mentions.donnees.titre", "Les licences des données")
DATA_TEXT = Label(
    "web.mentions.donnees.1",
    "Voici, telles que notées dans les fiches, les licences des sources citées, et combien de fois elles le sont.",
)
UNKNOWN_LICENCE = Label("web.mentions.donnees.inconnue", "licence non notée")

ALL: tuple[Label, ...] = (
    *(label for notice in NOTICES for label in notice.labels),
    PUBLISHER,
    HOST,
    NO_PUBLISHER,
    SOURCE_LINK,
    DATA_TITLE,
    DATA_TEXT,
    UNKNOWN_LICENCE,
)
