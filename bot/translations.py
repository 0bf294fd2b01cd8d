"""Keeps the catalogs up to date with the content: extract, merge by place, count. The commands are in cli_content."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot import wording
from bot.campaigns import words as campaign_words
from bot.content import Library
from bot.emergency import emergency_labels
from bot.inline import words as inline_words
from bot.outreach import words as outreach_words
from bot.relay import templates as relay_templates
from bot.relay import words as relay_words
from bot.reminders import words as reminder_words
from bot.sheet import words as sheet_words
from bot.staff import words as staff_words
from bot.voice import words as voice_words
from bot.web import wording as web_wording
from dialogs.messages import dialog_labels
from i18n.catalog import load_catalog, load_languages, save_catalog
from i18n.edit import accept_typo
from i18n.errors import CatalogError
from i18n.merge import merge
from i18n.model import Message
from i18n.register import says_vous
from knowledge.base import Label
from knowledge.messages import knowledge_labels


def labels(library: Library) -> Iterator[Label]:
    """Yield every sentence that a person may read, each place once."""
    seen: set[str] = set()
    dialogs = library.content.dialogs
    for label in (
        *wording.ALL,
        *web_wording.ALL,
        *sheet_words.ALL,
        *outreach_words.ALL,
        *campaign_words.ALL,
        *reminder_words.ALL,
        *relay_words.ALL,
        *relay_templates.labels(),
        *inline_words.ALL,
        *staff_words.ALL,
        *voice_words.ALL,
        *dialog_labels(dialogs),
        *knowledge_labels(dialogs.knowledge),
    ):
        if label.context not in seen:
            seen.add(label.context)
            yield Label(label.context, label.text)


def extract(library: Library) -> Iterator[tuple[str, str]]:
    """Yield (place, French sentence) for translators."""
    yield from ((label.context, label.text) for label in labels(library))


def merge_all(library: Library, folder: Path) -> Iterator[str]:
    """Bring every catalog up to date on disk; yield one line a language on what changed."""
    messages = [Message(label.context, label.text) for label in labels(library)]
    emergencies = [Message(label.context, label.text) for label in emergency_labels(library.danger, "fr")]
    for language in load_languages(folder):
        wanted = messages
        if language.register_of:
            wanted = [message for message in (*messages, *emergencies) if says_vous(message.text)]
        merged = merge(load_catalog(folder, language.id), wanted)
        save_catalog(merged.catalog)
        report = merged.report
        yield (
            f"{language.id} : {len(report.new)} à traduire, {len(report.fuzzy)} à relire, "
            f"{len(report.kept)} gardés, {len(report.removed)} retirés"
        )


def stats(library: Library) -> Iterator[str]:
    """Yield one line a language: how many sentences are translated and how they were made."""
    for language in library.catalogs.languages:
        origin = library.catalogs.origin(language.id)
        yield (
            f"{language.id} ({language.name}) : {origin.total - origin.waiting} sur {origin.total} "
            f"(validées {origin.validated}, relues {origin.reread}, machine {origin.machine})"
        )


def accept_typos(folder: Path, place: str) -> Iterator[str]:
    """Keep the translations of a French sentence whose spelling was mended; yield one line a language.

    The catalogs must be up to date (``passerelle i18n merge``). A language that refuses says why: a number or a
    placeholder that changed is no spelling fix.
    """
    for language in load_languages(folder):
        try:
            catalog = load_catalog(folder, language.id)
            if language.register_of and place not in catalog.entries:
                continue  # said the same way there
            changed = save_catalog(accept_typo(catalog, place))
        except CatalogError as error:
            yield f"{language.id} : {error}"
        else:
            yield f"{language.id} : {'traduction gardée' if changed else 'rien à faire'}"
