"""What inline mode says around cards. French here; catalogs translate by place (``ailleurs.*``)."""

from knowledge.base import Label

OPEN = Label("ailleurs.ouvrir", "En savoir plus, en privé")
DOOR = Label("ailleurs.porte", "Ouvrir l'assistant en privé")
DOOR_NOTHING = Label("ailleurs.porte_rien", "Rien de sûr. Demander en privé")
DOOR_NUMBERS = Label("ailleurs.porte_numeros", "Voir les numéros en privé")
DISCREET = Label("ailleurs.discret", "Lien discret")
DISCREET_HOW = Label("ailleurs.discret_comment", "Le message ne dira pas le sujet.")
ZONES = {
    "paris": Label("ailleurs.zone.paris", "Tout Paris"),
    "paris-centre": Label("ailleurs.zone.paris-centre", "Paris Centre"),
    "ile-de-france": Label("ailleurs.zone.ile-de-france", "Toute l'Île-de-France"),
    "france": Label("ailleurs.zone.france", "Toute la France"),
    "a-distance": Label("ailleurs.zone.a-distance", "À distance"),
}

ALL = (OPEN, DOOR, DOOR_NOTHING, DOOR_NUMBERS, DISCREET, DISCREET_HOW, *ZONES.values())
