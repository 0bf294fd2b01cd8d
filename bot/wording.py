"""What screens say around content: buttons, headings, notices. French here; catalogs translate by place."""

from __future__ import annotations

from knowledge.base import Label


def _label(place: str, text: str) -> Label:
    return Label(f"ecran.{place}", text)


BACK = _label("retour", "Retour")
CHANGE = _label("changer", "Changer")
WHY = _label("pourquoi", "Pourquoi ?")
MENU = _label("menu", "Menu")
LANGUAGE = _label("langue", "Langue")
HUMAN = _label("humain", "Quelqu'un")
LEAVE = _label("quitter", "Quitter vite")
ERASE = _label("effacer", "Tout effacer")
CONTINUE = _label("continuer", "Continuer")
URGENT = _label("urgence", "Urgence")
MORE = _label("plus", "Voir plus")
YES = _label("oui", "Oui")
NO = _label("non", "Non")
BACK_TO_RESULTS = _label("revenir", "Revenir")

PAIR = _label("paire", "{nom} : {valeur}")
NOTED = _label("note", "J'ai noté :")
GUESS = _label("vouliez_vous", "Vouliez-vous dire :")
NONE_OF_THESE = _label("aucun", "Aucun de ceux-là")
PROGRESS = _label("progression", "Question {n}, au plus {total}")
LINK_SAYS = _label("lien_dit", "Votre lien contient ces réponses. Est-ce bien vous ?")
CHOOSE_CHANGE = _label("changer_laquelle", "Que voulez-vous changer ?")
CHOOSE_LANGUAGE = _label("choisir_langue", "Dans quelle langue ?")
RESULTS = _label("resultats", "Voici ce qui peut vous aider.")
RESULTS_NEXT = _label("resultats_suite", "La suite :")
TO_CHECK = _label("a_verifier", "À vérifier : il manque une réponse")
TO_CHECK_ONE = _label("reste_a_verifier", "À vérifier : {texte}")
MISSING = _label("manque", "Il manque : {texte}")
FITS = _label("verdict_oui", "D'après vos réponses, vous remplissez les conditions vérifiées ici. L'organisme décide.")
PROBABLE = _label("verdict_probable", "Cela semble correspondre. L'organisme doit encore vérifier un point.")
UNSURE = _label("verdict_inconnu", "Il manque une réponse pour le dire.")
EXCLUDED = _label("verdict_non", "D'après vos réponses, cela ne correspond pas.")
RESULTS_WORKER = _label("resultats_pro", "Les fiches à proposer à cette famille :")
TO_ASK = _label("a_demander", "À demander à la famille")
ASK_FAMILY = _label("a_demander_liste", "À demander : {texte}")
TURN_TO_WORKER = _label("vers_qui_pro", "Vers qui orienter :")
HANDOVER = _label("code_famille", "Code à donner à la famille")
HANDOVER_HOW = _label(
    "code_famille_comment",
    "La famille écrit ce code ici, ou l'ouvre dans un lien. Il contient le sujet et l'arrondissement, rien d'autre.",
)
NEXT_FAMILY = _label("autre_famille", "Autre famille")
TURN_TO = _label("vers_qui", "Quelqu'un peut vous aider :")
WHAT_COMES = _label("ensuite", "Ce qui vient ensuite :")
ALL_DATES = _label("dates", "Dates à venir")
NO_DATES = _label("dates.aucune", "Je n'ai pas de date à vous donner. L'âge des enfants m'aide à en trouver.")
DATES_ARE_ROUGH = _label(
    "dates.environ", "Les 12 prochains mois. Ces dates sont approximatives : je ne connais que des mois."
)
DATE_NOW = _label("date.maintenant", "Maintenant")
DATE_NOW_UNTIL = _label("date.jusque", "Maintenant, jusque vers {mois}")
DATE_FROM = _label("date.vers", "Vers {mois}")
DATE_AFTER = {
    "separation": _label("date.apres.separation", "Dans les mois qui suivent la séparation"),
    "deces": _label("date.apres.deces", "Dans les mois qui suivent"),
    "decision_handicap": _label("date.apres.decision", "Dans les mois qui suivent une décision de la MDPH"),
}
DATE_VAGUE = _label("date.selon_age", "Selon le mois de naissance")
DATE_CHILD = _label("date.enfant", "enfant de {ages}")
OPEN_TO_ALL = _label("pour_tous", "Ouvert à toutes les familles.")

FOR_WHOM = _label("pour_qui", "Pour qui")
BODY = _label("organisme", "Organisme")
HOW_MUCH = _label("combien", "Combien")
SINCE = _label("depuis", "{montant}, depuis le {date}")
PER_MONTH = _label("par_mois", "{montant} par mois")
PER_YEAR = _label("par_an", "{montant} par an")
PER_DAY = _label("par_jour", "{montant} par jour")
PER_HOUR = _label("par_heure", "{montant} de l'heure")
WHY_ME = _label("pourquoi_moi", "Pourquoi moi")
WHAT_IS_LEFT = _label("a_verifier_champ", "Ce qui reste à vérifier")
HOW = _label("comment", "Comment faire")
DOCUMENTS = _label("pieces", "À apporter")
DEADLINES = _label("delais", "Délais")
OVERLAP = _label("cumul", "Avec d'autres aides")
WARNINGS = _label("attention", "Attention")
HELP_AT = _label("aide_sur_place", "Pour vous aider à demander : {texte}")
WHERE = _label("ou", "Où, près de chez vous")
WHERE_ANY = _label("ou_trouver", "Où")
HELPERS = _label("qui_aide", "Qui peut vous aider à demander")
PRACTICAL = _label("pratique", "En pratique")
SOURCES = _label("sources", "Sources")
CALL = _label("appeler", "Appeler : {numero}")
TEXT_MESSAGE = _label("sms", "Par SMS : {numero}")
FORM = _label("formulaire", "Formulaire : {texte}")
HOURS = _label("horaires", "Horaires : {texte}")
HOURS_UNKNOWN = _label("horaires_inconnus", "Horaires à confirmer.")
UNSURE_HOURS = {
    "horaires": HOURS_UNKNOWN,
    "vacances": _label("horaires_vacances_inconnus", "Horaires à confirmer pour cette période de l'année."),
    "ferie": _label("horaires_ferie", "Jour férié : horaires à confirmer."),
    "fermeture": _label("peut_etre_ferme", "Peut-être fermé en ce moment : à confirmer."),
}
HOLIDAY_HOURS = _label("horaires_vacances", "Pendant les vacances scolaires : {texte}")
OPEN = _label("ouvert", "Ouvert maintenant.")
OPEN_UNTIL = _label("ouvert_jusqua", "Ouvert jusqu'à {heure}.")
OPEN_TONIGHT = _label("ouvert_nuit", "Ouvert jusqu'à {heure}, cette nuit.")
OPEN_UNTIL_MIDNIGHT = _label("ouvert_minuit", "Ouvert jusqu'à minuit.")
OPEN_UNTIL_DAY = _label("ouvert_jour", "Ouvert jusqu'à {jour} à {heure}.")
CLOSED = _label("ferme", "Fermé en ce moment.")
OPENS_AT = _label("ouvre_a", "Fermé, ouvre à {heure}.")
OPENS_TOMORROW = _label("ouvre_demain", "Fermé, ouvre demain à {heure}.")
OPENS_DAY = _label("ouvre_jour", "Fermé, ouvre {jour} à {heure}.")
OPENS_DATE = _label("ouvre_date", "Fermé, ouvre le {date} à {heure}.")
CLOSED_ON = _label("ferme_le", "Fermé le {date}.")
CLOSED_BETWEEN = _label("ferme_du_au", "Fermé du {du} au {au}.")
CLOSED_FROM = _label("ferme_depuis", "Fermé à partir du {date}, jusqu'à nouvel ordre.")
ALWAYS_OPEN = _label("24_sur_24", "24 heures sur 24, 7 jours sur 7")
COST = {
    "gratuit": _label("cout.gratuit", "Gratuit."),
    "payant": _label("cout.payant", "Payant."),
    "selon_revenus": _label("cout.selon_revenus", "Le prix dépend de vos revenus."),
}
APPOINTMENT = {
    "oui": _label("rendez_vous.oui", "Sur rendez-vous."),
    "non": _label("rendez_vous.non", "Sans rendez-vous."),
    "parfois": _label("rendez_vous.parfois", "Parfois sur rendez-vous : appelez avant."),
}
CHECKED = _label("verifie_le", "Vérifié le {date}, {methode}.")
OVERDUE = _label("non_confirme", "Information non confirmée depuis le {date} : appelez avant.")
CONFIDENCE = {
    "moyenne": _label("confiance.moyenne", "Information assez sûre : demandez confirmation."),
    "basse": _label("confiance.basse", "Information peu sûre : demandez confirmation avant de compter dessus."),
}
METHOD = {
    "appel": _label("methode.appel", "par téléphone"),
    "site": _label("methode.site", "sur le site officiel"),
    "courriel": _label("methode.courriel", "par courriel"),
    "visite": _label("methode.visite", "sur place"),
    "import": _label("methode.import", "dans des données publiques importées"),
    "dossier": _label("methode.dossier", "dans des sources publiques"),
}
AGE_UNDER = _label("age_moins", "moins de {age}")
AGE_SPAN = _label("age_entre", "{de} à {a}")
OUT_OF_SERVICE = _label("hors_service", "Ce numéro n'est plus en service.")
ONLY_SOMETIMES = _label("periode", "Ce numéro n'est ouvert que certains jours : {texte}")
WHERE_IMPORTED = _label("lieux_importes", "D'autres adresses, non vérifiées")
NOT_CHECKED = _label("non_verifie", "Importé, non vérifié : appelez avant d'y aller.")
IMPORTED_RECORD = _label("importe_fiche", "D'après : {source}, fiche du {date}. {licence}.")
IMPORTED_ON = _label("importe_le", "D'après : {source}, importé le {date}. {licence}.")
MACHINE_MADE = _label(
    "machine", "Cette langue a été traduite par une machine. Personne n'a encore tout relu. En cas de doute, demandez."
)
FRENCH_ONLY = _label("en_francais", "Cette page n'est pas encore traduite : elle est en français.")
CANNOT_SAVE = _label(
    "pas_de_place", "Je ne peux pas garder votre réponse en ce moment. Réessayez dans quelques minutes."
)
LEFT = _label("parti", "Au revoir.")
WIPED = _label(
    "traces",
    "Je ne garde plus rien. Sur cet appareil, effacez aussi la conversation : "
    "les messages de plus de 48 heures restent.",
)
WIPED_FAST = _label(
    "traces_vite",
    "Je ne garde plus rien de vos réponses. Sur cet appareil, effacez aussi la conversation : "
    "les messages de plus de 48 heures restent.",
)
"""The same whether reminders or news are paused or there are none: somebody else may read it."""
_NO_PAPERS = "N'envoyez pas vos papiers ici : montrez-les seulement à la personne qui vous reçoit."
MEDIA = {
    "voix": _label(
        "media.voix", "Je ne peux pas écouter les messages vocaux. Écrivez quelques mots, ou touchez un bouton."
    ),
    "photo": _label("media.photo", f"Je ne peux pas voir les images. {_NO_PAPERS}"),
    "document": _label("media.document", f"Je ne peux pas ouvrir les fichiers. {_NO_PAPERS}"),
    "dessin": _label("media.dessin", "Merci. Je ne comprends que les mots : écrivez-moi, ou touchez un bouton."),
    "position": _label(
        "media.position",
        "Je ne garde pas votre position. Écrivez plutôt votre arrondissement, par exemple « 19e ».",
    ),
    "contact": _label("media.contact", "Je ne garde pas ce contact. Je n'ai besoin d'aucun nom ni numéro."),
}
KEPT = _label("garde", "Je garde vos réponses, chiffrées. Je les oublie après 24 heures de silence.")
NOT_KEPT = _label(
    "pas_garde",
    "Vos phrases servent seulement à vous répondre. Ce que vous dites d'un danger n'est jamais noté. "
    "Je ne demande ni nom, ni compte.",
)
COUNTED = _label(
    "compte",
    "Je compte ce qui est demandé, sans noter par qui, et jamais un danger. "
    "Un mot laissé à l'équipe est gardé 180 jours, chiffré, sans votre nom.",
)
RELAY_KEPT = _label(
    "relais_garde",
    "Si vous parlez avec l'équipe : vos messages passent, je ne les garde pas. Je garde, chiffré, ce qui relie cette "
    "conversation à la vôtre, jusqu'à sa fin. 24 heures après, elle est effacée chez l'équipe.",
)
TELEGRAM_KEEPS = _label(
    "telegram_garde",
    "Telegram garde notre conversation. Je note les numéros des messages 48 heures, pour pouvoir les supprimer. "
    "Après, supprimez vous-même la conversation. Pour voir vos réponses : /mes_reponses. "
    "Pour tout effacer : /effacer.",
)
EMERGENCY_TITLE = _label("numeros_urgence", "Les numéros d'urgence")
NOT_ALONE = _label("numeros_urgence_texte", "Ces appels sont gratuits. Choisissez celui qui vous parle.")

ALL: tuple[Label, ...] = tuple(
    label
    for value in dict(vars()).values()
    for label in ([value] if isinstance(value, Label) else value.values() if isinstance(value, dict) else [])
    if isinstance(label, Label)
)
