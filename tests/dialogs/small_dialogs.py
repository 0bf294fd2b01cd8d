"""A few questions and one tree on disk, beside the small knowledge base, with nothing wrong in them."""

from pathlib import Path

from dialogs.check import check_dialogs
from dialogs.load import load_dialogs
from dialogs.model import Dialogs
from knowledge.load import load_knowledge
from tests.knowledge.small_base import ON, Base

QUESTIONS = """\
questions:
  - id: foyer
    nom: Foyer
    texte: Vivez-vous seul ou en couple ?
    remplit: [foyer]
    pourquoi: Pour savoir.
    choix:
      - {id: seul, texte: Seul, remplit: {foyer: seul}, mots: [seule]}
      - {id: couple, texte: En couple, remplit: {foyer: couple}}
  - id: revenus
    nom: Revenus
    texte: Combien par mois ?
    parseur: montant
    remplit: [revenus_mois]
    pourquoi: Pour savoir.
    seulement_si: {fait: foyer, egal: seul}
    choix:
      - {id: peu, texte: Peu, remplit: {revenus_mois: [0, 1201]}}
      - {id: plus, texte: Plus, remplit: {revenus_mois: [1201, null]}}
  - id: ages
    genre: enfants
    nom: Âges
    texte: Quel âge ont vos enfants ?
    parseur: enfants
    remplit: [enfants]
    pourquoi: Pour savoir.
    choix:
      - {id: petit, texte: Petit, remplit: {age: [0, 119]}}
      - {id: grand, texte: Grand, remplit: {age: [120, 299]}}
      - {id: aucun, texte: Pas d'enfant, remplit: {enfants: aucun}}
"""
TREE = """\
id: separation
titre: Séparation
picto: "💔"
themes: [separation]
questions_max: 3
noeuds:
  - dire: Quelques questions.
  - demander: foyer
  - si: {fait: foyer, egal: couple}
    alors: fin
  - choisir:
      groupes:
        - {questions: [revenus, ages]}
      arret_sous: 0.1
  - id: fin
    proposer: {en_tete: [ecoute]}
"""


class Talks(Base):
    """A knowledge base and its dialogs under one temporary root."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.add("../dialogs/questions.yaml", QUESTIONS)
        self.add("../dialogs/arbres/separation.yaml", TREE)

    def change_question(self, old: str, new: str) -> "Talks":
        """Replace a piece of questions.yaml."""
        self.change("../dialogs/questions.yaml", old, new)
        return self

    def change_tree(self, old: str, new: str) -> "Talks":
        """Replace a piece of the tree."""
        self.change("../dialogs/arbres/separation.yaml", old, new)
        return self

    def found(self) -> list[str]:
        """Return what a check of the dialogs finds, one « file:line: what » each."""
        problems = check_dialogs(load_knowledge(self.folder), self.root, ON)
        return [f"{problem.where}: {problem.what}" for problem in problems]

    def dialogs(self) -> Dialogs:
        """Return the dialogs as the engine takes them."""
        return load_dialogs(load_knowledge(self.folder), self.root / "dialogs")
