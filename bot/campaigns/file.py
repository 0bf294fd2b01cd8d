"""A campaign written in a YAML file, read strictly: every problem with its line, all at once."""

from __future__ import annotations

from pathlib import Path

from bot.campaigns.audience import Audience
from bot.campaigns.campaign import Letter
from bot.campaigns.check import LONGEST_TITLE, audience_problems, opened_by, opens_problems, text_problems
from bot.content import Library
from knowledge.reader import Block, ContentError, Items, Problem, Value, Where, read

MODEL = """\
titre: Atelier écrans du 19e         # pour l'équipe, les familles ne le voient pas
textes:                              # le français d'abord ; une langue sans texte le reçoit en français
  fr: |
    Un atelier sur les écrans, samedi

    Samedi 5 décembre à 10 h, au centre social. Gratuit, sans inscription.
public:                              # sans rien : toutes les familles qui ont dit oui aux nouvelles
  arrondissements: [19]
  age: 0-2                           # 0-2, 3-5, 6-10, 11-14, 15-17 ou 18-25 ; un seul
  theme: ecrans                      # un seul, jamais un sujet sensible
ouvre: ecrans                        # une fiche, un thème, un code de lien ou une adresse https://
"""
"""What a file looks like; nothing in it may name or describe a person."""

_KEYS = ("titre", "textes", "public", "ouvre")
_PUBLIC = ("arrondissements", "age", "theme")


def letter_of(path: Path, library: Library) -> Letter:
    """Return the campaign of a file.

    Raises:
        ContentError: with every problem, each with its line.
    """
    return _Reading(read(path), library).letter()


class _Reading:
    """Reads one file; problems are gathered, then raised together."""

    def __init__(self, block: Block, library: Library) -> None:
        self._block, self._library = block, library
        self._found: list[Problem] = []

    def letter(self) -> Letter:
        self._known(self._block, _KEYS)
        title = self._text(self._block, "titre")
        if not title or len(title) > LONGEST_TITLE:
            self._wrong(self._block, "titre", f"le titre a {len(title)} signes", f"de 1 à {LONGEST_TITLE}")
        letter = Letter(title, self._texts(), self._audience(), self._opens())
        if self._found:
            raise ContentError(self._found)
        return letter

    def _texts(self) -> dict[str, str]:
        block = self._inner("textes")
        texts = {language: self._text(block, language) for language in block}
        if "fr" not in texts:
            self._wrong(self._block, "textes", "le texte en français manque", "écrivez « fr: | » puis le message")
        for language, text in texts.items():
            self._each(block, language, text_problems(text, language, self._library))
        return texts

    def _audience(self) -> Audience:
        block = self._inner("public")
        self._known(block, _PUBLIC)
        listed = block.get("arrondissements", Items())
        districts = tuple(str(each) for each in (listed if isinstance(listed, Items) else [listed]))
        audience = Audience(districts, self._text(block, "age"), self._text(block, "theme"))
        self._each(block, "arrondissements", audience_problems(audience.districts, "", ""))
        self._each(block, "age", audience_problems((), audience.band, ""))
        self._each(block, "theme", audience_problems((), "", audience.theme))
        return audience

    def _opens(self) -> str:
        opens = opened_by(self._text(self._block, "ouvre"), self._library)
        self._each(self._block, "ouvre", opens_problems(opens, self._library))
        return opens

    def _inner(self, key: str) -> Block:
        value = self._block.get(key)
        if isinstance(value, Block):
            return value
        if value is not None:
            self._wrong(self._block, key, f"« {key} » ne se lit pas", "écrivez ses lignes dessous, en retrait")
        empty = Block()
        empty.where, empty.lines = self._block.where, {}
        return empty

    def _text(self, block: Block, key: str) -> str:
        value: Value = block.get(key, "")
        if isinstance(value, str):
            return value.strip()
        self._wrong(block, key, f"« {key} » doit être un texte", "écrivez-le après « : » ou après « | »")
        return ""

    def _known(self, block: Block, keys: tuple[str, ...]) -> None:
        for key in block:
            if key not in keys:
                self._wrong(block, key, f"« {key} » est inconnu ici", f"clés : {', '.join(keys)}")

    def _each(self, block: Block, key: str, problems: list[str]) -> None:
        for each in problems:
            what, _, hint = each.partition("\n    -> ")
            self._wrong(block, key, what, hint)

    def _wrong(self, block: Block, key: str, what: str, hint: str) -> None:
        line = block.lines.get(key, block.where.line)
        self._found.append(Problem(Where(block.where.path, line), what, hint))
