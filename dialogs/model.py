"""Questions and trees as data: what editors write in questions.yaml and arbres/."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from knowledge.base import FactId, Model, Sentence, Slug, YesNo
from knowledge.condition import Condition
from knowledge.content import Knowledge

Parser = Literal["aucun", "arrondissement", "enfants", "grossesse", "nombre", "montant", "anciennete"]
ButtonText = Annotated[str, StringConstraints(min_length=1, max_length=60)]

UNKNOWN = "ne-sais-pas"
REFUSED = "refuse"
DONE = "termine"
"""Choice that ends a question answered by several presses (children, which child)."""
RESERVED = (UNKNOWN, REFUSED, DONE)


class Choice(Model):
    """One button of a question: a few words, one pictogram, and the facts it fills.

    ``fills`` maps fact ids to plain values; a value of a child fact goes to every child. ``age`` (« 0 ans a 2 ans »)
    is for the question about children: each press adds one child of that age band. ``language`` is what the rest is
    said in from then on (« tu » is a language of its own).
    """

    id: Slug
    text: ButtonText = Field(alias="texte")
    picto: str = Field("", max_length=8)
    fills: dict[FactId, Any] = Field(default_factory=dict, alias="remplit")
    words: tuple[str, ...] = Field((), alias="mots")
    language: str | None = Field(None, alias="langue", max_length=12)


class Question(Model):
    """One question, written once; trees and groups name it by its id.

    ``kind``: *choix* (one answer), *enfants* (ages of all children, several presses), *lesquels* (which of the
    children; ``fills`` of the single listed choice says what becomes true of them, ``else_fills`` of the others).
    """

    id: Slug
    kind: Literal["choix", "enfants", "lesquels"] = Field("choix", alias="genre")
    text: Sentence = Field(alias="texte")
    hint: Sentence | None = Field(None, alias="aide")
    choices: tuple[Choice, ...] = Field((), alias="choix")
    else_fills: dict[FactId, Any] = Field(default_factory=dict, alias="sinon_remplit")
    parser: Parser = Field("aucun", alias="parseur")
    fills: tuple[FactId, ...] = Field((), alias="remplit")
    told_to: dict[str, Sentence] = Field(default_factory=dict, alias="texte_pour")
    """Other words for the same question, by value of ``profil``."""
    only_in: str | None = Field(None, alias="seulement_en", max_length=12)
    """The only language in which it is asked: « tu » or « vous » makes no difference in the others."""
    why: Sentence = Field(alias="pourquoi")
    only_if: Condition | None = Field(None, alias="seulement_si")
    unless: Condition | None = Field(None, alias="sauf_si")
    """When it is not asked, though nothing answers it: of a widow, nothing about « l'autre parent »."""
    precise: YesNo = Field(False, alias="preciser")
    """Whether it is also asked when what is known spans several of its answers: « je suis enceinte » tells no month."""
    only_children: dict[FactId, str] = Field(default_factory=dict, alias="enfants_avec")
    """What a child must be known for a child fact of this question to be filled for them (all children when empty)."""
    name: ButtonText = Field(alias="nom")

    @property
    def speaks(self) -> bool:
        """Tell whether it asks how to speak: it fills no fact and is asked once and for all."""
        return any(choice.language for choice in self.choices)

    @model_validator(mode="after")
    def _choices_once(self) -> Question:
        ids = [choice.id for choice in self.choices]
        twice = sorted({each for each in ids if ids.count(each) > 1} | (set(ids) & set(RESERVED)))
        if twice:
            raise ValueError(f"choix écrit deux fois ou réservé : {', '.join(twice)}")
        if not self.fills and not self.speaks:
            raise ValueError("la question ne remplit aucun fait : ajoutez « remplit: »")
        return self

    def choice(self, choice_id: str) -> Choice | None:
        """Return the choice of that id, or None."""
        return next((choice for choice in self.choices if choice.id == choice_id), None)


class Group(Model):
    """Questions among which the engine picks the one that settles most cards; groups come in the author's order."""

    questions: tuple[Slug, ...] = Field(min_length=1)
    most: int | None = Field(None, alias="au_plus", ge=1)


def _list(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


class Pick(Model):
    """``choisir``: ask inside ordered groups while a question still settles cards worth ``stop_below`` or more."""

    groups: tuple[Group, ...] = Field(alias="groupes", min_length=1)
    stop_below: float = Field(0.5, alias="arret_sous", ge=0)


class Offer(Model):
    """``proposer``: match and show the cards of these topics (the tree's own when empty), these ids first.

    ``only``: these cards and no other, in this order, those that the answers exclude left out.
    """

    topics: Annotated[tuple[Slug, ...], BeforeValidator(_list)] = Field((), alias="themes")
    first: tuple[Slug, ...] = Field((), alias="en_tete")
    only: tuple[Slug, ...] = Field((), alias="seulement")


class Node(Model):
    """One step of a tree; exactly one kind."""

    id: Slug | None = None
    say: Sentence | None = Field(None, alias="dire")
    ask: Slug | None = Field(None, alias="demander")
    pick: Pick | None = Field(None, alias="choisir")
    test: Condition | None = Field(None, alias="si")
    then: Slug | None = Field(None, alias="alors")
    otherwise: Slug | None = Field(None, alias="sinon")
    call: Slug | None = Field(None, alias="appeler")
    offer: Offer | None = Field(None, alias="proposer")
    human: Slug | None = Field(None, alias="relais")
    end: Sentence | None = Field(None, alias="fin")

    @model_validator(mode="after")
    def _one_kind(self) -> Node:
        kinds = (self.say, self.ask, self.pick, self.test, self.call, self.offer, self.human, self.end)
        if sum(kind is not None for kind in kinds) != 1:
            raise ValueError("un noeud a un seul genre : dire, demander, choisir, si, appeler, proposer, relais ou fin")
        if bool(self.then or self.otherwise) != (self.test is not None):
            raise ValueError("« alors » et « sinon » vont avec « si »")
        return self

    @property
    def ends(self) -> bool:
        """Tell whether a conversation can stop here."""
        return bool(self.offer or self.human or self.end)


class Tree(Model):
    """One conversation: where to start, in what order, and how many questions at most."""

    id: Slug
    title: ButtonText = Field(alias="titre")
    picto: str = Field(max_length=8)
    topics: tuple[Slug, ...] = Field(alias="themes", min_length=1)
    rank: int = Field(50, alias="rang")
    guarded: YesNo = Field(False, alias="protege")
    callable_only: YesNo = Field(False, alias="sous_arbre")
    questions_max: int = Field(ge=0, le=12)
    words: tuple[str, ...] = Field((), alias="mots")
    """What people write who mean this tree, beside its title and, for a tree named after a topic, its words."""
    nodes: tuple[Node, ...] = Field(alias="noeuds", min_length=1)


class MenuGroup(Model):
    """One choice of the first screen: a few trees under one pictogram and a few words.

    With ``fills`` it is an entry: whoever takes it is known by these facts, and has a first screen of their own, with
    these trees and groups, after the questions of ``first``. ``alone``: no other question is asked of them.
    """

    id: Slug
    title: ButtonText = Field(alias="titre")
    picto: str = Field(max_length=8)
    told_to: dict[str, ButtonText] = Field(default_factory=dict, alias="titre_pour")
    """Another title in the entry of a value of ``profil``."""
    trees: tuple[Slug, ...] = Field((), alias="arbres")
    groups: tuple[Slug, ...] = Field((), alias="groupes")
    fills: dict[FactId, str] = Field(default_factory=dict, alias="remplit")
    first: tuple[Slug, ...] = Field((), alias="d_abord")
    alone: YesNo = Field(False, alias="rien_d_autre")
    say: Sentence | None = Field(None, alias="dire")
    people: tuple[Slug, ...] = Field((), alias="personnes")
    """Whom to turn to, rather than those of the topics."""

    @model_validator(mode="after")
    def _leads_somewhere(self) -> MenuGroup:
        if not (self.trees or self.groups):
            raise ValueError("ce choix n'ouvre rien : ajoutez « arbres: »")
        return self

    @property
    def opens(self) -> bool:
        """Tell whether it opens a screen of its own, rather than its only tree at once."""
        return bool(self.fills) or len(self.trees) > 1


class Dialogs(Model):
    """Every question and tree, by id, beside the knowledge base they speak of; ``menu`` is the first screen."""

    questions: dict[str, Question]
    trees: dict[str, Tree]
    menu: tuple[MenuGroup, ...] = ()
    knowledge: Knowledge
