"""What posters and cards say to families, and ``/lien`` to workers. French here; catalogs translate by place."""

from knowledge.base import Label

NEUTRAL = Label("affiche.neutre", "Une question, un souci dans la famille ? Trouvez vers qui vous tourner.")
WHAT = Label("affiche.quoi", "Répondez à quelques questions. Vous verrez les aides et les lieux près de chez vous.")
SCAN = Label("affiche.qr", "Ouvrez l'appareil photo de votre téléphone devant ce carré.")
TYPE = Label("affiche.code", "Ou allez à cette adresse, et écrivez ce code :")
FREE = Label("affiche.gratuit", "Gratuit. Sans compte. Sans donner votre nom.")

WORKERS_ONLY = Label(
    "lien.pour_pros", "« /lien » sert aux professionnels qui accompagnent une famille. Est-ce votre cas ?"
)
LINK_SUBJECT = Label("lien.sujet", "Il ouvre : {sujet}")
LINK_ANY = Label("lien.tout", "Il ouvre le premier écran. Choisissez un sujet, puis écrivez encore /lien.")

ALL = (NEUTRAL, WHAT, SCAN, TYPE, FREE, WORKERS_ONLY, LINK_SUBJECT, LINK_ANY)
