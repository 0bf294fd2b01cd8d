"""A small knowledge base on disk with nothing wrong in it, and a way to break one line of it."""

import re
from datetime import date
from pathlib import Path

from knowledge.check import check_knowledge
from knowledge.reader import Problem

ON = date(2026, 11, 21)
FRESH = "fraicheur: {verifie_le: 2026-11-21, methode: site, revoir_avant: 2027-05-21, confiance: haute}"
SOURCE = 'sources: [{id: loi, titre: Une loi, url: "https://www.legifrance.gouv.fr/loi", consulte_le: 2026-11-21, licence: publique}]'

FILES = {
    "faits.yaml": """\
faits:
  - {id: foyer, type: choix, valeurs: [seul, couple], sensibilite: 1, nom: seul ou en couple, pourquoi: Pour savoir.}
  - {id: deux_revenus, type: oui_non, sensibilite: 1, nom: deux revenus, pourquoi: Pour savoir.}
  - {id: revenus_mois, type: montant, unite: EUR/mois, sensibilite: 1, nom: revenus, pourquoi: Pour savoir.}
  - {id: arrondissement, type: arrondissement, sensibilite: 0, nom: arrondissement, pourquoi: Pour savoir.}
  - {id: enfants, type: enfants, sensibilite: 1, nom: enfants, pourquoi: Pour savoir.}
  - {id: naissance, portee: enfant, type: mois, sensibilite: 0, nom: naissance, pourquoi: Pour savoir.}
  - {id: handicap, portee: enfant, type: oui_non, sensibilite: 2, nom: handicap, pourquoi: Pour savoir.}
""",
    "themes.yaml": """\
themes:
  - {id: separation, nom: Séparation, picto: "💔", phrase: Vous vous séparez., mots: [divorce], toujours: [ecoute]}
""",
    "parametres/aides.yaml": f"""\
parametres:
  - id: plafond
    nom: Plafond
    unite: EUR/mois
    valeurs: [{{depuis: 2026-01-01, valeur: "1200", source: loi}}]
    revoir_avant: 2027-04-01
{SOURCE}
""",
    "droits/aide.yaml": f"""\
id: aide
nom: Aide
themes: [separation]
resume: Une aide pour les parents seuls.
pour_qui: Un parent seul.
organisme: Caf
conditions:
  tout:
    - {{fait: foyer, egal: seul, dit: Vous vivez seul., sinon: Cette aide est pour un parent seul., source: loi}}
    - {{fait: revenus_mois, au_plus: {{parametre: plafond}}, dit: Revenus bas., sinon: Revenus trop hauts., source: loi}}
    - enfant:
        existe: oui
        tout: [{{fait: age, moins_de: 20 ans}}]
        dit: Vous avez un enfant.
        sinon: Il faut un enfant.
        source: loi
demarches:
  - {{canal: telephone, texte: "Appelez le {{tel:ecoute}}.", telephone: "3230"}}
montant: [{{texte: Au plus., parametre: plafond}}]
services_aide: [rif]
{SOURCE}
{FRESH}
exemples:
  - {{faits: {{foyer: seul, revenus_mois: 900, enfants: [{{age: 2 ans}}]}}, verdict: oui}}
  - {{faits: {{foyer: couple}}, verdict: non}}
  - {{faits: {{}}, verdict: inconnu}}
""",
    "services/rif.yaml": f"""\
id: rif
nom: Relais Information Familles
themes: [separation]
resume: Un accueil pour toutes les questions.
pour_qui: Toutes les familles.
zone: paris
{SOURCE}
{FRESH}
""",
    "lieux/rif-19.yaml": f"""\
id: rif-19
nom: Relais de la mairie du 19e
service: rif
adresse: 5 place Armand-Carrel
code_postal: 75019
arrondissement: 19
lat: 48.883
lon: 2.382
telephone: 01 44 52 29 19
horaires: "Mo-Fr 09:00-17:00"
{SOURCE}
{FRESH}
""",
    "numeros/ecoute.yaml": f"""\
id: ecoute
nom: Écoute
themes: [separation]
resume: Une écoute pour tous.
pour_qui: Tout le monde.
numero: "3919"
horaires: "24/7"
niveau: ecoute
{SOURCE}
{FRESH}
""",
    "codes.yaml": 'aide: "A1B"\necoute: "A2B"\nrif: "A3B"\nrif-19: "A4B"\nseparation: "A5B"\n',
}


class Base:
    """A content folder under a temporary root."""

    def __init__(self, root: Path) -> None:
        self.root, self.folder = root, root / "knowledge"
        for name, text in FILES.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> "Base":
        """Replace the first ``old`` of a file; it must be there."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return self

    def add(self, name: str, text: str) -> "Base":
        """Write one more file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return self

    def remove_lines(self, name: str, pattern: str) -> "Base":
        """Take out the lines that match a pattern."""
        path = self.folder / name
        kept = [line for line in path.read_text(encoding="utf-8").splitlines(True) if not re.search(pattern, line)]
        path.write_text("".join(kept), encoding="utf-8")
        return self

    def problems(self) -> list[Problem]:
        """Return what a check finds on the day of the tests."""
        return check_knowledge(self.folder, on=ON)

    def found(self) -> list[str]:
        """Return what a check finds, one « file:line: what » each."""
        return [f"{problem.where}: {problem.what}" for problem in self.problems()]
