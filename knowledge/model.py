"""The cards: what one may claim (Right), what is offered (Service), where (Place), whom to call (Helpline)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from knowledge.base import Model, Sentence, Slug, YesNo
from knowledge.condition import Condition
from knowledge.opening_closures import Closures
from knowledge.source import Freshness, Source

Kind = Literal["droit", "service", "numero", "lieu"]
Case = Literal["violence", "enfant-danger", "suicide", "rue", "sante", "cyber"]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
Name = Annotated[str, StringConstraints(min_length=2, max_length=90)]
Short = Annotated[str, StringConstraints(min_length=2, max_length=200)]
Phone = Annotated[str, StringConstraints(pattern=r"^(\+33 ?)?[0-9][0-9 ]{1,16}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]


def _zone(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _list(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


NamedZone = Literal["paris", "paris-centre", "ile-de-france", "france", "a-distance"]
Zone = Annotated[NamedZone | tuple[Annotated[int, Field(ge=1, le=20)], ...], BeforeValidator(_zone)]
Yes = Literal["oui", "non", "parfois", "inconnu"]
Cost = Literal["gratuit", "payant", "selon_revenus", "inconnu"]


class Example(Model):
    """A family and the verdict this card must give it; tested at every change."""

    facts: dict[str, Any] = Field(alias="faits")
    verdict: Literal["oui", "probable", "inconnu", "non"]
    on: str | None = Field(None, alias="le", pattern=r"^\d{4}-\d{2}-\d{2}$")


class Entry(Model):
    """What every entry has: an id that links use, a name, sources, and when it was checked."""

    id: Slug
    name: Name = Field(alias="nom")
    sources: tuple[Source, ...] = Field(min_length=1)
    freshness: Freshness = Field(alias="fraicheur")
    former_ids: tuple[Slug, ...] = Field((), alias="anciens_ids")


class Card(Entry):
    """An entry that can be matched against a family's facts."""

    acronym: Annotated[str, StringConstraints(max_length=20)] | None = Field(None, alias="sigle")
    topics: tuple[Slug, ...] = Field(alias="themes", min_length=1)
    weight: int = Field(2, alias="poids", ge=1, le=5)
    summary: Short = Field(alias="resume")
    audience: Sentence = Field(alias="pour_qui")
    words: tuple[Short, ...] = Field((), alias="mots")
    zone: Zone = "france"
    conditions: Condition | None = None
    examples: tuple[Example, ...] = Field((), alias="exemples")
    warnings: tuple[Sentence, ...] = Field((), alias="attention")


class AmountLine(Model):
    """One line on how much: a sentence, and the dated parameter it speaks of."""

    text: Sentence = Field(alias="texte")
    parameter: Slug | None = Field(None, alias="parametre")


class Step(Model):
    """One way to claim a right."""

    channel: Literal["automatique", "en_ligne", "telephone", "sur_place", "courrier", "professionnel"] = Field(
        alias="canal"
    )
    text: Sentence = Field(alias="texte")
    link: Url | None = Field(None, alias="lien")
    phone: Phone | None = Field(None, alias="telephone")
    form: Short | None = Field(None, alias="formulaire")


class Right(Card):
    """What a family may claim."""

    kind: Literal["droit"] = "droit"
    body: Name = Field(alias="organisme")
    amounts: tuple[AmountLine, ...] = Field((), alias="montant")
    documents: tuple[Sentence, ...] = Field((), alias="pieces")
    steps: tuple[Step, ...] = Field(alias="demarches", min_length=1)
    deadlines: tuple[Sentence, ...] = Field((), alias="delais")
    overlap: tuple[Sentence, ...] = Field((), alias="cumul")
    helped_by: tuple[Slug, ...] = Field((), alias="services_aide")
    openfisca: Annotated[tuple[str, ...], BeforeValidator(_list)] = ()


class Locator(Model):
    """The official page that lists the addresses."""

    text: Sentence = Field(alias="texte")
    link: Url | None = Field(None, alias="lien")


class Service(Card):
    """What is offered, wherever that is; places carry its id."""

    kind: Literal["service"] = "service"
    type: Slug | None = None
    body: Name | None = Field(None, alias="organisme")
    cost: Cost = Field("inconnu", alias="cout")
    appointment: Yes = Field("inconnu", alias="rendez_vous")
    languages: tuple[Language, ...] = Field((), alias="langues")
    access: Sentence | None = Field(None, alias="accessibilite")
    how: tuple[Sentence, ...] = Field((), alias="comment")
    documents: tuple[Sentence, ...] = Field((), alias="pieces")
    locator: Locator | None = Field(None, alias="localisateur")
    phone: Phone | None = Field(None, alias="telephone")


class Helpline(Card):
    """A number to call, write or text; obsolete ones stay with ``in_service`` non so that old links explain."""

    kind: Literal["numero"] = "numero"
    body: Name | None = Field(None, alias="organisme")
    number: Phone = Field(alias="numero")
    in_service: YesNo = Field(True, alias="en_service")
    replaced_by: Slug | None = Field(None, alias="remplace_par")
    period: Sentence | None = Field(None, alias="periode")
    hours: str | None = Field(None, alias="horaires", max_length=200)
    hours_text: Sentence | None = Field(None, alias="horaires_texte")
    cost: Sentence | None = Field(None, alias="cout")
    languages: tuple[Language, ...] = Field((), alias="langues")
    chat: Url | None = None
    sms: Phone | None = None
    discreet: YesNo = Field(False, alias="discret")
    level: Literal["vital", "ecoute", "info"] = Field(alias="niveau")
    cases: tuple[Case, ...] = Field((), alias="urgences")


class Place(Entry):
    """Where a service is found; it takes its topics and conditions from the service."""

    kind: Literal["lieu"] = "lieu"
    service: Slug
    address: Short = Field(alias="adresse")
    postcode: Annotated[str, StringConstraints(pattern=r"^\d{5}$")] = Field(alias="code_postal")
    district: int = Field(alias="arrondissement", ge=1, le=20)
    latitude: float | None = Field(None, alias="lat", ge=48.7, le=49.0)
    longitude: float | None = Field(None, alias="lon", ge=2.1, le=2.6)
    phone: Phone | None = Field(None, alias="telephone")
    email: Annotated[str, StringConstraints(pattern=r"^\S+@\S+\.\S+$")] | None = Field(None, alias="courriel")
    website: Url | None = Field(None, alias="site")
    hours: str | None = Field(None, alias="horaires", max_length=200)
    holiday_hours: str | None = Field(None, alias="horaires_vacances", max_length=200)
    closures: Closures = Field((), alias="fermetures")
    access: Sentence | None = Field(None, alias="acces")
    appointment: Yes = Field("inconnu", alias="rendez_vous")
    languages: tuple[Language, ...] = Field((), alias="langues")
    audience: Sentence | None = Field(None, alias="publics")
    young_only: YesNo = Field(False, alias="jeunes_seulement")
    """Whether it receives young people only, though its service is for everybody: others are not sent there."""

    @property
    def whereabouts(self) -> str:
        """Return the place in one line: name, address, postcode; a name that ends with the address says it once."""
        named = self.name if self.name.endswith(self.address) else f"{self.name}, {self.address}"
        return f"{named}, {self.postcode} Paris"


class Topic(Model):
    """A subject families come with; its ids are those of the product, its words those that people type."""

    id: Slug
    name: Annotated[str, StringConstraints(max_length=40)] = Field(alias="nom")
    picto: Annotated[str, StringConstraints(min_length=1, max_length=8)]
    phrase: Short
    words: tuple[Short, ...] = Field(alias="mots", min_length=1)
    foreign_words: dict[Language, tuple[Short, ...]] = Field(default_factory=dict, alias="autres_langues")
    axis: int | None = Field(None, alias="axe")
    objective: int | None = Field(None, alias="objectif")
    always: tuple[Slug, ...] = Field(alias="toujours", min_length=1)
