"""Between the bytes of a .po file and our catalog, through Babel; opens no file.

Two comments of ours, kept on the ``#`` lines that translation tools leave alone:
``fabrique: machine`` (or relu, valide) says how a string was made; ``a revoir``
marks an obsolete string that was fuzzy with no previous sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import BytesIO

from babel.messages.catalog import Catalog as BabelCatalog
from babel.messages.catalog import Message as BabelMessage
from babel.messages.pofile import PoFileError, PoFileParser, unescape, write_po

from i18n.errors import CatalogError, Problem
from i18n.language import Language, plural_count
from i18n.model import MADE, Catalog, Entry, Made, Message
from i18n.polint import ENTRY_HINT, lint

_MADE = re.compile(r"fabrique\s*:\s*(\w+)")
_DOUBT = "a revoir"
_PREVIOUS = re.compile(r'(msgctxt|msgid_plural|msgid)\s+((?:"(?:[^"\\]|\\.)*"\s*)+)')
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_ONE_LINE = 1_000_000  # wide enough for Babel never to wrap: wrapped comments lose repeated words
_FORMAT_FLAGS = {"python-format", "python-brace-format"}  # Babel takes "50 % des" for a Python format


class _Sheet(BabelCatalog):
    """A Babel catalog with a header of ours: no dates, no versions, nothing to churn."""

    def __init__(self, language: Language) -> None:
        super().__init__(locale=language.locale, fuzzy=False, header_comment=f"# {language.name}")
        self.read: list[BabelMessage] = []
        self.header = ""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale_identifier)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit\n"),
        ]

    def __setitem__(self, id: object, message: BabelMessage) -> None:
        # Babel merges messages of the same id in silence; we list them to refuse the second.
        if id or message.context:
            self.read.append(message)
        else:
            self.header = str(message.string)


def parse(data: bytes, language: Language, path: str) -> Catalog:
    """Return the catalog written in ``data``; ``path`` only serves messages.

    Raises CatalogError, with every problem found and its line.
    """
    text = _decode(data, path)
    _refuse(lint(text, path))
    sheet = _Sheet(language)
    try:
        PoFileParser(sheet, abort_invalid=True).parse(text.split("\n"))
    except PoFileError as error:
        what = "Cette entrée a plus de formes de pluriel que la langue, ou un lieu « #: » illisible."
        raise CatalogError([Problem(path, error.lineno + 1, what, ENTRY_HINT)]) from error
    _refuse([*_other_plurals(sheet, path), *_misplaced(sheet.read, path)])
    entries = [_entry(message) for message in sheet.read]
    obsolete = [_entry(message) for message in sheet.obsolete.values()]
    return Catalog(
        language=language,
        entries={entry.message.context: entry for entry in entries},
        obsolete=tuple(sorted(obsolete, key=lambda entry: entry.message)),
        path=path,
    )


def render(catalog: Catalog) -> bytes:
    """Return the bytes of the .po file: sorted by context, same catalog, same bytes."""
    sheet = _Sheet(catalog.language)
    count = plural_count(catalog.language.locale)
    for entry in sorted(catalog.entries.values(), key=lambda entry: entry.message):
        message = _babel(entry, count)
        BabelCatalog.__setitem__(sheet, message.id, message)
    for entry in sorted(catalog.obsolete, key=lambda entry: entry.message):
        sheet.obsolete[(entry.message.text, entry.message.context)] = _babel(entry, count, obsolete=True)
    out = BytesIO()
    write_po(out, sheet, width=_ONE_LINE, include_previous=True)
    return out.getvalue().rstrip(b"\n") + b"\n"


def _decode(data: bytes, path: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "Enregistrez le fichier en UTF-8."
        raise CatalogError([Problem(path, line, "Ce fichier n'est pas en UTF-8.", hint)]) from error


def _refuse(problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        raise CatalogError(found)


def _other_plurals(sheet: _Sheet, path: str) -> Iterator[Problem]:
    # Tools do not all number the six Arabic forms alike: another rule would swap them in silence.
    found = re.search(r"Plural-Forms:\s*(.*)", sheet.header)
    if found and "".join(found[1].split()).rstrip(";") != "".join(sheet.plural_forms.split()).rstrip(";"):
        what = "La règle des pluriels n'est pas celle de la langue."
        yield Problem(path, 1, what, f"Remettez : Plural-Forms: {sheet.plural_forms}")


def _misplaced(messages: Iterable[BabelMessage], path: str) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for message in messages:
        line, context = message.lineno or 0, message.context or ""
        if not context:
            yield Problem(path, line, "Ce texte n'a pas de place (msgctxt).", "Lancez passerelle i18n merge.")
        elif not message.id:
            what = f"Le texte français de « {context} » est vide."
            yield Problem(path, line, what, "Retirez cette entrée.")
        elif context in seen:
            what = f"« {context} » est écrit deux fois."
            yield Problem(path, line, what, f"La première fois à la ligne {seen[context]} ; gardez-en une.")
        seen.setdefault(context, line)


def _entry(message: BabelMessage) -> Entry:
    comments = message.user_comments
    strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return Entry(
        message=_message(message.context or "", message.id),
        strings=strings if any(strings) else (),
        made=_made(comments),
        fuzzy=message.fuzzy or _DOUBT in comments,
        previous=_previous(comments, message.context or ""),
        notes=tuple(c for c in comments if c and c[0] != "|" and c != _DOUBT and not _MADE.fullmatch(c)),
        line=message.lineno or 0,
    )


def _message(context: str, text: str | list[str] | tuple[str, ...]) -> Message:
    return Message(context, text) if isinstance(text, str) else Message(context, text[0], text[1])


def _made(comments: Iterable[str]) -> Made | None:
    words = [found[1] for comment in comments if (found := _MADE.fullmatch(comment))]
    return next((made for made in MADE if made in words), None)


def _previous(comments: Iterable[str], context: str) -> Message | None:
    joined = " ".join(comment[1:].strip() for comment in comments if comment.startswith("|"))
    parts = {key: "".join(map(unescape, _QUOTED.findall(texts))) for key, texts in _PREVIOUS.findall(joined)}
    return Message(context, parts["msgid"], parts.get("msgid_plural", "")) if parts.get("msgid") else None


def _babel(entry: Entry, count: int, *, obsolete: bool = False) -> BabelMessage:
    one = not entry.message.plural
    strings = (*entry.strings, *("",) * count)[: 1 if one else count]
    comments = [*entry.notes, *([f"fabrique: {entry.made}"] if entry.made else [])]
    message = BabelMessage(
        id=entry.message.text if one else (entry.message.text, entry.message.plural),
        string=strings[0] if one else strings,
        flags=("fuzzy",) if entry.fuzzy else (),
        user_comments=[*comments, *([_DOUBT] if obsolete and entry.fuzzy else [])],
        previous_id=_previous_id(entry.previous),
        context=entry.message.context,
    )
    message.flags -= _FORMAT_FLAGS
    return message


def _previous_id(previous: Message | None) -> tuple[str, ...]:
    return tuple(text for text in (previous.text, previous.plural) if text) if previous else ()
