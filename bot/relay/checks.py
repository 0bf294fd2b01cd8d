"""Every problem of the relay's files, for ``passerelle check`` and ``passerelle relay check``."""

from __future__ import annotations

from pathlib import Path

from bot.content import ROOT
from bot.relay import roster, templates
from i18n.catalog import load_languages
from i18n.errors import CatalogError
from knowledge.load import Reading, TopicFile
from knowledge.reader import Problem


def relay_problems(data: Path, root: Path = ROOT) -> list[Problem]:
    """Return what is wrong with the roster of a data folder and with the prepared texts, by file and line."""
    found = Reading(root / "knowledge").one("themes.yaml", TopicFile)
    topics = [topic.id for topic in found.topics] if found else []
    try:
        languages = [language.id for language in load_languages(root / "i18n")]
    except CatalogError:
        languages = []  # said elsewhere
    return [*roster.problems(data, topics, ["fr", *languages]), *templates.problems()]
