"""The files of the languages: reads and writes ``i18n/<lang>/``, the only module here that does.

A language is a folder with ``langue.yaml`` and ``messages.po``; a folder without
``langue.yaml`` is no language. Looking up is in ``lookup``, the .po text in ``pofile``.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from babel import Locale, UnknownLocaleError

from i18n.errors import CatalogError, Problem
from i18n.language import FRENCH, Direction, Language
from i18n.lookup import Catalogs, Origin, Row, Table, compile_table
from i18n.model import Catalog
from i18n.plain import PlainWord
from i18n.pofile import parse, render
from i18n.reading import Field, read_mapping, read_mappings

_LANGUAGE_FILE = "langue.yaml"
_MESSAGES_FILE = "messages.po"
_WORDS_FILE = "mots-simples.yaml"
_CACHE_VERSION = "3"  # part of the cache key: change it with Table, or with what is checked of a language


def load_languages(folder: Path) -> tuple[Language, ...]:
    """Return the languages of a folder in menu order, French left out: it has no catalog.

    Raises CatalogError with the problems of all ``langue.yaml`` files.
    """
    found: list[Language] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob(f"*/{_LANGUAGE_FILE}")):
        try:
            found.append(_language(path))
        except CatalogError as error:
            problems += error.problems
    if problems:
        raise CatalogError(problems)
    return tuple(sorted(found, key=lambda language: (language.rank, language.id)))


def load_catalog(folder: Path, lang: str) -> Catalog:
    """Return one language's catalog, to check, merge or edit; empty when it has no .po yet.

    Raises CatalogError when a file is broken or the language does not exist.
    """
    path = folder / lang / _LANGUAGE_FILE
    if not path.is_file():
        hint = "Créez ce fichier : id, nom, direction, locale, rang."
        raise CatalogError([Problem(str(path), 0, f"La langue « {lang} » n'a pas de fichier.", hint)])
    messages = folder / lang / _MESSAGES_FILE
    return parse(_bytes(messages), _language(path), str(messages))


def load_catalogs(folder: Path, cache: Path | None = None) -> Catalogs:
    """Return every language of the folder, ready to translate.

    With ``cache``, a folder of the caller's, compiled tables are kept there by
    hash of their .po, one file a language. Raises CatalogError with the
    problems of all languages: the caller then keeps the catalogs it has.
    """
    problems: list[Problem] = []
    catalogs = Catalogs(_tables(folder, cache, problems))
    if problems:
        raise CatalogError(problems)
    return catalogs


def save_catalog(catalog: Catalog) -> bool:
    """Write a catalog to its path, all or nothing; return whether the file changed."""
    path = Path(catalog.path)
    data = render(catalog)
    if path.is_file() and path.read_bytes() == data:
        return False
    _replace(path, data)
    return True


def load_plain_words(folder: Path, lang: str = "fr@facile") -> tuple[PlainWord, ...]:
    """Return the administrative words of ``mots-simples.yaml``, each with its plain equivalent.

    Raises CatalogError when the file is missing or broken.
    """
    path = folder / lang / _WORDS_FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise CatalogError([Problem(str(path), 0, "Ce fichier n'existe pas.", "Créez-le.")]) from error
    rows = read_mappings(text, str(path), ("mot", "simple"), ("formes",))
    return tuple(
        PlainWord(row["mot"].text, row["simple"].text, row["formes"].texts if "formes" in row else ()) for row in rows
    )


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _language(path: Path, *, checked: bool = False) -> Language:
    """Return the language of a file; ``checked``: this very file was right once, its locale is not looked up again."""
    keys = ("id", "nom", "direction", "locale", "rang")
    fields = read_mapping(path.read_text(encoding="utf-8"), str(path), keys, ("registre_de",))
    lang, locale, rank = fields["id"].text, fields["locale"].text, fields["rang"].text
    if lang != path.parent.name or lang == FRENCH.id:
        raise _wrong(path, fields["id"], f"L'id « {lang} » n'est pas celui du dossier.", path.parent.name)
    if not rank.isdecimal():
        raise _wrong(path, fields["rang"], f"Le rang « {rank} » n'est pas un nombre.", "1, 2, 3...")
    direction: Direction = "rtl" if fields["direction"].text == "rtl" else "ltr"
    if not checked and fields["direction"].text != (right := _direction(path, fields["locale"], locale)):
        what = f"La direction « {fields['direction'].text} » n'est pas celle de {locale}."
        raise _wrong(path, fields["direction"], what, f"direction: {right}")
    register_of = fields["registre_de"].text if "registre_de" in fields else ""
    if register_of not in ("", FRENCH.id):
        raise _wrong(path, fields["registre_de"], f"« {register_of} » n'est pas la langue des phrases.", FRENCH.id)
    return Language(lang, fields["nom"].text, direction, locale, int(rank), register_of)


def _direction(path: Path, field: Field, locale: str) -> Direction:
    try:
        return "rtl" if Locale.parse(locale).text_direction == "rtl" else "ltr"
    except (UnknownLocaleError, ValueError) as error:
        raise _wrong(path, field, f"La locale « {locale} » est inconnue.", "Par exemple : en_GB.") from error


def _wrong(path: Path, field: Field, what: str, hint: str) -> CatalogError:
    return CatalogError([Problem(str(path), field.line, what, hint)])


def _tables(folder: Path, cache: Path | None, problems: list[Problem]) -> Iterator[tuple[Language, Table]]:
    """Yield one language at a time: all of them at once, not yet packed, would be memory that is not given back."""
    for path in sorted(folder.glob(f"*/{_LANGUAGE_FILE}")):
        try:
            yield _table(path, cache)
        except CatalogError as error:
            problems += error.problems


def _table(path: Path, cache: Path | None) -> tuple[Language, Table]:
    messages = path.parent / _MESSAGES_FILE
    data = _bytes(messages)
    if cache is None:
        language = _language(path)
        return language, compile_table(parse(data, language, str(messages)))
    digest = sha256(b"\0".join([_CACHE_VERSION.encode(), path.read_bytes(), data])).hexdigest()[:32]
    kept = cache / f"langue.{path.parent.name}.{digest}.json"
    if table := _cached(kept):
        return _language(path, checked=True), table  # Babel's data of a language is 2 MB: not before it is used
    language = _language(path)
    table = compile_table(parse(data, language, str(messages)))
    cache.mkdir(parents=True, exist_ok=True)
    for old in cache.glob(f"langue.{language.id}.*.json"):
        old.unlink(missing_ok=True)
    text = json.dumps([asdict(table.origin), table.simple, table.rows], ensure_ascii=False).encode()
    _replace(kept, sha256(text).hexdigest().encode() + b"\n" + text)
    return language, table


def _cached(path: Path) -> Table | None:
    try:
        digest, _, text = path.read_bytes().partition(b"\n")
        if sha256(text).hexdigest().encode() != digest:
            return None  # damaged: compiled again from the .po
        origin, simple, rows = json.loads(text)
        return Table(
            Origin(**origin),
            {context: (french, string) for context, (french, string) in simple.items()},
            {
                context: Row(french, plural, tuple(strings), *rest)
                for context, (french, plural, strings, *rest) in rows.items()
            },
        )
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def _replace(path: Path, data: bytes) -> None:
    """Write beside, then swap: a reader sees the old file or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(prefix=f".{path.name}.", dir=path.parent, delete=False) as file:
        beside = Path(file.name)
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            beside.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
