"""The words by which a language says ages: of whom, in what unit, what is no age (« ages » of dialogs/dits/)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pydantic import Field

from dialogs.phrase_patterns import alternatives, compile_patterns
from knowledge.base import Model, YesNo


class AgesText(Model):
    """The shape of « ages »: lists of words, in the notation of ``phrase_patterns``."""

    years: tuple[str, ...] = Field(alias="annees", min_length=1)
    months: tuple[str, ...] = Field(alias="mois", min_length=1)
    weeks: tuple[str, ...] = Field((), alias="semaines")
    joins: tuple[str, ...] = Field(("vv",), alias="et")
    halves: tuple[str, ...] = Field((), alias="demi")
    own: tuple[str, ...] = Field(alias="enfants", min_length=1)
    vague: tuple[str, ...] = Field((), alias="enfants_vagues")
    adults: tuple[str, ...] = Field((), alias="adultes")
    kept: tuple[str, ...] = Field((), alias="proches")
    brings_up: tuple[str, ...] = Field((), alias="eleve")
    me: tuple[str, ...] = Field((), alias="moi")
    me_after: tuple[str, ...] = Field((), alias="moi_apres")
    mine: tuple[str, ...] = Field((), alias="miens")
    any_one: tuple[str, ...] = Field(("1",), alias="indefinis")
    turned: tuple[str, ...] = Field((), alias="feter")
    links: tuple[str, ...] = Field((), alias="liens")
    needs_link: YesNo = Field(False, alias="lien_exige")
    farthest: int = Field(4, alias="loin")
    noun_after: tuple[str, ...] = Field((), alias="nom_apres")
    not_before: tuple[str, ...] = Field((), alias="pas_avant")
    not_after: tuple[str, ...] = Field((), alias="pas_apres")
    joined: dict[str, str] = Field(default_factory=dict, alias="reecrits")


@dataclass(frozen=True, slots=True, eq=False)
class KinWords:
    """The compiled words of one language.

    ``ages``: numbers with their unit; ``bare``: numbers that end a clause; ``turned``: a number after « turned ».
    ``person``: whoever may be of an age; ``after``: a child right after its age; ``brings_up``: what makes a grandchild
    or a nephew (« kept ») a child of the writer.
    ``mine``, ``me``, ``not_before``: what stands just before a number; ``any_one``: before whoever is asked about in
    general; ``links``: what may stand between a person and a
    number; ``farthest``: how many words at most stand between a person and an age.
    """

    ages: re.Pattern[str]
    bare: re.Pattern[str]
    turned: re.Pattern[str] | None
    person: re.Pattern[str]
    brings_up: re.Pattern[str] | None
    after: re.Pattern[str] | None
    links: re.Pattern[str]
    farthest: int
    mine: re.Pattern[str] | None
    any_one: re.Pattern[str] | None
    me: re.Pattern[str] | None
    me_after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    joined: tuple[tuple[re.Pattern[str], str], ...]

    def rewritten(self, words: str) -> str:
        """Return words with ages said in one word written as a number and its unit: « двухлетний » as « 2 лет »."""
        text = f"{words} "
        for pattern, meant in self.joined:
            text = pattern.sub(meant, text)
        return text.rstrip(" ")


def kin_words(text: AgesText, spaced: Callable[[str], str]) -> KinWords:
    """Return the words of a language, ready to be looked for.

    Args:
        text: as written.
        spaced: how a text of the language is folded, so that patterns are alike.
    """

    def any_of(words: Iterable[str]) -> str:
        return alternatives(sorted((spaced(each).strip() for each in words), key=len, reverse=True), {})

    def just_before(words: tuple[str, ...]) -> re.Pattern[str] | None:
        return re.compile(rf"(?<!\S){any_of(words)} $") if words else None

    def just_after(words: tuple[str, ...]) -> re.Pattern[str] | None:
        return compile_patterns(map(spaced, words), {}) if words else None

    joins = any_of(text.joins)
    half = rf"(?P<half%s>{any_of(text.halves)} )?" if text.halves else "(?P<half%s>-)?"
    numbers = rf"(?<!\S)(?P<list>(?:\d{{1,2}} (?:{joins} ){{0,2}}){{0,8}}?)(?P<last>\d{{1,2}}) "
    unit = rf"(?:(?P<years>{any_of(text.years)})|(?P<months>{any_of(text.months)})"
    unit += rf"|(?P<weeks>{any_of(text.weeks or ('vvv',))})) "
    halves = half % "1" + "(?P<half2>-)?"
    links = f"(?:{any_of(text.links)} )" if text.links else ""
    follow = f"(?:{any_of(text.noun_after)} ){{0,2}}(?:{any_of((*text.kept, *text.own, *text.vague))}) "
    return KinWords(
        ages=re.compile(numbers + half % "1" + unit + half % "2"),
        bare=re.compile(numbers + halves + rf"(?=$|vv (?!\d)|[().:/+&-] (?!\d)|{joins} (?!\d))"),
        turned=re.compile(rf"(?<!\S)(?:{any_of(text.turned)} )" + numbers.replace(r"(?<!\S)", "", 1) + halves)
        if text.turned
        else None,
        person=re.compile(
            rf"(?<!\S)(?:(?P<adult>{any_of(text.adults or ('vvv',))})|(?P<kept>{any_of(text.kept or ('vvv',))})"
            rf"|(?P<own>{any_of(text.own)})|(?P<vague>{any_of(text.vague or ('vvv',))}))(?= )"
        ),
        brings_up=just_after(text.brings_up),
        after=re.compile(follow) if text.noun_after else None,
        links=re.compile(rf"^ (?:{links}){{{int(text.needs_link)},4}}$" if links else "^ $"),
        farthest=text.farthest,
        mine=just_before(text.mine),
        any_one=just_before(text.any_one),
        me=just_before(text.me),
        me_after=just_after(text.me_after),
        not_before=just_before(text.not_before),
        not_after=just_after(text.not_after),
        joined=tuple(
            (compile_patterns((spaced(said),), {}), f"{spaced(meant).strip()} ") for said, meant in text.joined.items()
        ),
    )
