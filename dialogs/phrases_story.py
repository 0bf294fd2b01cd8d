"""The words by which a French text tells whose an age is (« recits » of dialogs/phrases/fr.yaml).

Each list has its own name, so that a list left out or misspelt is told with its line. What the words mean is for
``told_*.py``, which name the lists in their expressions (:class:`StoryPattern`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Protocol, TypeAlias

from pydantic import Field

from dialogs.phrase_patterns import alternatives
from knowledge.base import Model
from knowledge.reader import ContentError, Problem, Where

Words: TypeAlias = Annotated[tuple[str, ...], Field(min_length=1)]


class StoryWords(Model):
    """The lists; fr.yaml says beside each what it is for. All are required."""

    entre_enfant_et_age: Words
    lie_un_age: Words
    pas_un_age_avant: Words
    evenement_passe: Words
    environ: Words
    pas_un_age_apres: Words
    parle_d_une_grossesse: Words
    plusieurs_enfants: Words
    premiere_personne: Words
    question_sur_tous: Words
    un_adulte: Words
    prend_en_charge: Words
    vit_avec: Words
    chez_soi: Words
    enfant_absent: Words
    annonce_un_enfant: Words
    suite_d_annonce: Words
    enfant_d_ailleurs: Words
    complement: Words
    debut_de_propos: Words
    fin_de_propos: Words
    pas_un_prenom: Words
    suit_son_propre_age: Words
    metier: Words
    precede_son_propre_age: Words
    classe_apres_age: Words
    enfant_apres_age: Words
    pas_maintenant: Words
    sans_sujet: Words
    parle_d_un_enfant: Words
    ecrit_un_jeune: Words
    vit_ainsi: Words
    a_fini: Words
    suite_d_enfants: Words
    rompt_la_suite: Words
    compte_ses_enfants: Words
    a_seul: Words
    fratrie: Words
    eleve_un_proche: Words
    pour_quelqu_un: Words
    a_un_age: Words
    autour_du_pronom: Words
    dit_de_soi: Words
    classes: Words
    pas_le_sujet: Words
    fait_quelque_chose: Words
    lieu_ou_l_on_va: Words
    vit_quelque_part: Words
    cherche_quelque_chose: Words
    ouvre_une_question: Words
    a_un_autre_age_enfant: Words
    a_un_autre_age: Words
    grand_parent: Words
    l_aine: Words
    le_dernier: Words


def story_families(stories: Sequence[StoryWords]) -> dict[str, str]:
    """Return the expression of each list by its name.

    Raises:
        ContentError: no file has the lists.
    """
    if not stories:
        raise ContentError([Problem(Where("dialogs/phrases/fr.yaml"), "il manque « recits: »", "ajoutez ces listes")])
    lists: dict[str, tuple[str, ...]] = {name: getattr(stories[0], name) for name in StoryWords.model_fields}
    return {name: alternatives(sorted(said, key=len, reverse=True), {}) for name, said in lists.items()}


_NAMED = re.compile(r"(?<!\?P)<(\w+)>")


class WithFamilies(Protocol):
    """What holds expressions by name, told apart by identity."""

    def __hash__(self) -> int:
        """Return a number that goes with identity."""

    @property
    def families(self) -> Mapping[str, str]:
        """Return the expression of each list by its name."""


@dataclass(frozen=True, slots=True)
class StoryPattern:
    """A regular expression in which ``<name>`` stands for the words of a list."""

    text: str

    def of(self, known: WithFamilies) -> re.Pattern[str]:
        """Return the expression with the words of each list in it; the second time it is there already."""
        return _compiled(self.text, known)


@lru_cache(maxsize=256)
def _compiled(text: str, known: WithFamilies) -> re.Pattern[str]:
    return re.compile(_NAMED.sub(lambda name: known.families[name[1]], text))
