"""What a sheet says around its cards. French here; catalogs translate by place (``feuille.*``)."""

from knowledge.base import Label

TITLE = Label("feuille.titre", "Vos aides et vos adresses")
MADE_ON = Label("feuille.faite_le", "Faite le {date}. Les montants et les horaires peuvent changer : appelez avant.")
MAP = Label("feuille.carte", "Où sont ces adresses")
DATES = Label("feuille.dates", "Vos dates à retenir")
SCAN = Label("feuille.qr", "Continuez sur votre téléphone : ouvrez l'appareil photo devant ce carré.")
SCAN_ONCE = Label("feuille.qr_une_fois", "Il ouvre vos réponses une seule fois, pendant 24 heures.")
SCAN_SUBJECT = Label("feuille.qr_sujet", "Il ouvre ce sujet. Il ne contient pas vos réponses.")
DECIDES = Label("feuille.decide", "Passerelle ne décide rien : c'est l'organisme qui répond.")
HELP = Label(
    "feuille.aide", "Une question ? Montrez cette feuille à l'accueil d'une mairie, de la Caf ou d'un centre social."
)
EMPTY = Label("feuille.vide", "Cette feuille est vide : ouvrez une fiche, ou mettez-en dans le panier.")
CLOSING = (DECIDES, HELP)
ALL = (TITLE, MADE_ON, MAP, DATES, SCAN, SCAN_ONCE, SCAN_SUBJECT, EMPTY, *CLOSING)
