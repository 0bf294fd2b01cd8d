"""What people type, send and press without being asked to."""

from knowledge.reader import read
from tests.test_scenarios import FILES

TYPED = [step for path in FILES for step in read(path)["dit"] if not step.startswith("[")] + [
    "2 et 7 ans", "19e", "75016", "dix-neuvième", "1200", "enceinte de 5 mois", "oui", "non", "je ne sais pas", "merci",
    "bonjour", "menu", "retour", "?", "...", "👶👶", "<b>&amp;</b>", "نحن في خطر", "I live in the 12th, my son is 3",
    "mon ex ne paie plus la pension", "on dort dehors", "ludothèque 12e", "mdph", "a" * 4096, "0", "-1", "99999999999",
    "mon mari me frappe", "je veux mourir", "il me crie dessus tout le temps", "ma fille a fugué", "quitter vite",
]  # fmt: skip
COMMANDS = [
    "/start", "/start XXXX", "/recommencer", "/langue", "/mes_reponses", "/aide", "/urgence", "/confidentialite",
    "/help", "/privacy", "/inconnue", "/effacer",
]  # fmt: skip
STRANGE = [
    "c|pension|impayee", "c|age-enfants|nope", "f|asf", "f|nulle-part", "p|5", "p|9999", "t|violences", "t|nope", "m|emploi",
    "l|en", "l|fr", "l|xx", "o|1", "o|0", "a|retour", "a|continuer", "a|changer", "???", "", "urgence", "confidentialite",
]  # fmt: skip
FILE = {"file_id": "f", "file_unique_id": "u", "duration": 1, "width": 1, "height": 1}
MEDIA = [
    {"voice": FILE},
    {"photo": [FILE]},
    {"photo": [FILE], "caption": "mon fils a 3 ans"},
    {"location": {"latitude": 48.8, "longitude": 2.3}},
    {"contact": {"phone_number": "1", "first_name": "B"}},
    {"dice": {"emoji": "🎲", "value": 3}},
]
