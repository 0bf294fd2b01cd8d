"""Checks the translations: placeholders, numbers, lengths; one line a language for what is only late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.prove_screens import ChannelLimits
from i18n.catalog import load_catalog, load_languages
from i18n.check import Limit, check_catalog
from i18n.errors import CatalogError
from i18n.errors import Problem as CatalogProblem
from knowledge.reader import Problem, Where


def catalog_problems(root: Path, questions: tuple[str, ...], limits: ChannelLimits) -> Iterator[Problem]:
    """Yield the problems of all languages below ``root``/i18n.

    Warnings of a kind are counted rather than listed: thousands of sentences may wait for a translator.

    Args:
        root: the folder that holds ``i18n/``.
        questions: ids of questions, whose choices are buttons.
        limits: the narrowest channel's.
    """
    try:
        languages = load_languages(root / "i18n")
    except CatalogError as error:
        yield from (_problem(each, root) for each in error.problems)
        return
    measures = {"": Limit(characters=limits.message)}
    measures |= {f"question.{name}.choix.": Limit(characters=limits.button) for name in questions}
    for language in languages:
        try:
            catalog = load_catalog(root / "i18n", language.id)
        except CatalogError as error:
            yield from (_problem(each, root) for each in error.problems)
            continue
        found = check_catalog(catalog, measures)
        yield from (_problem(each, root) for each in found if each.level == "erreur")
        late = Counter((each.what.partition(" : ")[2], each.hint) for each in found if each.level != "erreur")
        for (what, hint), count in late.items():
            where = Where(_shown(catalog.path, root))
            yield Problem(where, f"{count} texte(s) : {what}", hint, warning=True)


def _problem(found: CatalogProblem, root: Path) -> Problem:
    where = Where(_shown(found.path, root), found.line)
    return Problem(where, found.what, found.hint, found.level != "erreur")


def _shown(path: str, root: Path) -> str:
    return Path(path).relative_to(root).as_posix() if Path(path).is_relative_to(root) else path
