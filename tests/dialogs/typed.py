"""Small questions, trees and a lexicon to type against, and how an evaluation file is counted."""

from collections import Counter
from datetime import date
from pathlib import Path

from dialogs.lexicon import Lexicon
from dialogs.model import Choice, Dialogs, Question, Tree
from dialogs.session import Session
from dialogs.understand import understand
from dialogs.volunteered import volunteered
from knowledge.content import Knowledge
from knowledge.danger_load import load_danger
from knowledge.facts import parse_facts
from knowledge.reader import read
from knowledge.vocabulary import Vocabulary

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 21)
VOCABULARY = Vocabulary.model_validate(read(ROOT / "knowledge" / "faits.yaml"))
DANGER = load_danger(ROOT / "knowledge" / "urgences")


def _question(name, choices=(), parser="aucun", kind="choix", **rest):
    listed = [Choice(id=id_, texte=text, remplit=fills, mots=words) for id_, text, fills, words in choices]
    fact = rest.pop("fact", name)
    return Question(
        id=name,
        genre=kind,
        nom=name,
        texte=f"{name} ?",
        choix=listed,
        parseur=parser,
        remplit=[fact],
        pourquoi="Pour aider.",
        **rest,
    )


_QUESTIONS = (
    _question(
        "arrondissement",
        [("hors-paris", "Hors de Paris", {"arrondissement": "hors_paris"}, ["banlieue"])],
        "arrondissement",
    ),
    _question(
        "age-enfants",
        [
            ("moins-1", "Moins de 1 an", {"age": [0, 11]}, []),
            ("1-2", "1 ou 2 ans", {"age": [12, 35]}, []),
            ("3-5", "3 à 5 ans", {"age": [36, 71]}, []),
        ],
        "enfants",
        "enfants",
        fact="enfants",
    ),
    _question(
        "foyer",
        [
            ("seul", "Seul ou seule", {"foyer": "seul"}, ["seule"]),
            ("couple", "En couple", {"foyer": "couple"}, []),
        ],
    ),
    _question(
        "emploi",
        [
            ("salarie", "Je suis en emploi", {"emploi": "salarie"}, ["je travaille"]),
            ("demandeur", "Je cherche un emploi", {"emploi": "demandeur_emploi"}, ["chômage"]),
            ("independant", "Je suis à mon compte", {"emploi": "independant"}, []),
        ],
    ),
    _question(
        "logement",
        [
            ("locataire", "En location", {"logement": "locataire"}, ["locataire"]),
            ("heberge", "Chez quelqu'un", {"logement": "heberge"}, ["hébergée"]),
            ("hotel", "À l'hôtel", {"logement": "hotel"}, ["hôtel"]),
        ],
    ),
    _question(
        "titre-pension",
        [("oui", "Oui", {"titre_pension": "oui"}, []), ("non", "Non", {"titre_pension": "non"}, [])],
        fact="titre_pension",
    ),
    _question(
        "separation",
        [
            ("en-cours", "Elle est en cours", {"separation": "en_cours"}, []),
            ("recente", "Depuis moins de 18 mois", {"separation": "recente"}, []),
            ("ancienne", "Depuis plus longtemps", {"separation": "ancienne"}, []),
        ],
    ),
    _question(
        "grossesse",
        [
            ("non", "Non", {"grossesse_mois": 0}, []),
            ("debut", "Oui, mois 1 à 3", {"grossesse_mois": [1, 4]}, []),
            ("milieu", "Oui, mois 4 à 6", {"grossesse_mois": [4, 7]}, []),
            ("fin", "Oui, mois 7 à 9", {"grossesse_mois": [7, 10]}, []),
        ],
        "grossesse",
        fact="grossesse_mois",
    ),
    _question(
        "revenus",
        [("m-1000", "Moins de 1 000 €", {"revenus_mois": [0, 1000]}, [])],
        "montant",
        fact="revenus_mois",
    ),
    _question(
        "handicap-enfant",
        [("enfant", "Cet enfant", {"handicap": "oui"}, [])],
        kind="lesquels",
        fact="handicap",
    ),
)


def _tree(name, title):
    return Tree(id=name, titre=title, picto="", themes=[name], questions_max=4, noeuds=[{"fin": "Fin."}])


_TREES = (
    _tree("separation", "Je me sépare"),
    _tree("accueillir-enfant", "Faire garder"),
    _tree("garde-insertion", "Chercher un travail"),
)

DIALOGS = Dialogs(
    questions={question.id: question for question in _QUESTIONS},
    trees={tree.id: tree for tree in _TREES},
    knowledge=Knowledge(vocabulary=VOCABULARY, topics=()),
)

LEXICON = Lexicon(
    language="fr",
    choices={("logement", "hotel"): ("In a hotel",)},
    trees={
        "separation": ("Je me sépare", "séparation", "divorce", "séparée", "mon ex", "pension alimentaire"),
        "accueillir-enfant": ("crèche", "nounou", "assistante maternelle", "faire garder mon enfant"),
        "garde-insertion": ("cherche du travail", "chômage", "entretien d'embauche"),
    },
    cards={
        "asf": ("Allocation de soutien familial", "ASF"),
        "age-france-travail": ("Aide à la garde d'enfants", "AGE"),
        "creche": ("Crèche",),
    },
)


def typed(text, pending=None, **session):
    """Return the event of a text typed today while a question is pending."""
    return understand(text, DIALOGS, Session(pending=pending, **session), LEXICON, DANGER, TODAY)


def counted(facts):
    """Return what is measured of plain facts: each fact, each child, a complete list of children."""
    items = Counter()
    for name, value in facts.items():
        if name == "enfants":
            items.update(("enfant", str(child["naissance"])) for child in value["liste"])
            items[("complet", value["complet"])] += value["complet"] == "oui"
        else:
            items[(name, str(value))] += 1
    return +items


def measured(name):
    """Return (precision, recall, sentences with something false) of one evaluation file."""
    block = read(ROOT / "tests" / "evaluation" / f"facts-{name}.yaml")
    on = date.fromisoformat(block["le"])
    right = said = expected = 0
    false = []
    for row in block["phrases"]:
        wanted = counted(parse_facts(row["faits"], VOCABULARY, on))
        found = counted(parse_facts(volunteered(row["texte"], on), VOCABULARY, on))
        right += (wanted & found).total()
        said += found.total()
        expected += wanted.total()
        if found - wanted:
            false.append((row["texte"], dict(found - wanted)))
    return right / said, right / expected, false
