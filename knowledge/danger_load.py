"""Reads ``knowledge/urgences/*.yaml`` into a DangerLexicon; the only part of danger that opens files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from pathlib import Path

from knowledge.danger_alarm import DangerLexicon
from knowledge.danger_cards import emergency_texts
from knowledge.danger_ear_load import load_ear
from knowledge.danger_hear import Meaning, Tongue
from knowledge.danger_kept import Compiled, Shelf, as_json, from_json, key_of
from knowledge.danger_match import compile_grammar
from knowledge.danger_near import STEM
from knowledge.danger_nuance import NUANCES
from knowledge.danger_phrases import Groups, classes, negations, phrases, see_through, single_words, spellings
from knowledge.danger_source import Source
from knowledge.reader import ContentError, Problem, read

Sequences = list[tuple[str, ...]]  # the word sequences of a class
# Languages heard together: their phrases share words, and people mix them within one sentence.
_TOGETHER = ("fr", "en", "ar")
ALONE = ("ar-latn", "es", "pt", "ro", "tr", "ru", "uk", "zh", "bn", "ta")
LANGUAGES = (*_TOGETHER, *ALONE)
_KEYS = (
    *("langue", "transparents", "negations", "classes", "motifs", "sauf"),
    *("cartes", "possible", "continuer", "quitter_vite"),
)
_OPTIONAL = ("ecritures", "ordinaires", "contextes", "nuances", "voix_enfant")
_ARABIC = ("ar", "ar-latn")
_LOOSE, _LOOSE_SIGNS = 8, 14  # words that « ... » may cover; signs, where each sign is a word


def load_danger(folder: Path, in_service: Collection[str] | None = None, shelf: Shelf | None = None) -> DangerLexicon:
    """Return the compiled lexicon of ``folder`` (``knowledge/urgences``).

    Args:
        folder: holds one file per language of ``LANGUAGES``.
        in_service: ids of the helplines one may give; None skips that check.
        shelf: where what was compiled is found again while its files have not changed; None compiles all.

    Raises:
        ContentError: all problems of all files, each with its line and what to do.
    """
    problems: list[Problem] = []
    groups = (_TOGETHER, *((language,) for language in ALONE))
    loaded = [_loaded(folder, group, in_service, shelf, problems) for group in groups]
    if problems:
        raise ContentError(problems)
    found = [each for each in loaded if each]
    texts = {language: said for _, texts in found for language, said in texts.items()}
    return DangerLexicon(tuple(tongue for tongue, _ in found), texts, load_ear(folder))


def _loaded(
    folder: Path,
    languages: tuple[str, ...],
    in_service: Collection[str] | None,
    shelf: Shelf | None,
    problems: list[Problem],
) -> Compiled | None:
    """Return what the files of languages heard together say; from the shelf, unless some check has to be done."""
    files = [folder / f"{language}.yaml" for language in languages]
    key = key_of(files) if shelf and in_service is None else None
    if shelf and key and (found := from_json(shelf.kept(key))):
        return found
    before = len(problems)
    sources = _sources(files, problems)
    if not sources:
        return None
    made = _tongue(sources), {source.language: emergency_texts(source, in_service) for source in sources}
    # A file may change while it is read: what was made of it is then no longer that key's.
    if shelf and key and len(problems) == before and key_of(files) == key:
        shelf.keep(key, as_json(*made))
    return made


def _sources(files: Iterable[Path], problems: list[Problem]) -> list[Source]:
    sources: list[Source] = []
    for path in files:
        try:
            root = read(path, f"knowledge/urgences/{path.name}")
        except ContentError as error:
            problems.extend(error.problems)
        else:
            sources.append(_checked(Source(root, path.stem, problems)))
    return sources


def _checked(source: Source) -> Source:
    source.check_keys(source.root, _KEYS, _OPTIONAL)
    source.check_keys(source.block(source.root, "negations"), ("dedans", "avant", "apres"))
    if source.root.get("langue") != source.language:
        source.problem(source.root, "langue", f"'langue' doit valoir '{source.language}', comme le fichier")
    return source


def _tongue(sources: list[Source]) -> Tongue:
    # SMS spellings of one language hold for all of its group: people mix languages in one message.
    spelt = {key: value for source in sources for key, value in spellings(source).items()}
    meanings: dict[Meaning, int] = {}
    groups: Groups = {}
    numbered = [
        (found, meanings.setdefault(meaning, len(meanings)))
        for source in sources
        for found, meaning in phrases(source, spelt, groups)
    ]
    covered: dict[str, Sequences] = {
        name: found for source in sources for name, found in classes(source, spelt).items()
    } | {name: sorted(found) for found, name in groups.items()}
    listed = tuple(meanings)
    shared = any(source.language in _TOGETHER for source in sources)
    seen = dict(chain.from_iterable(see_through(source) for source in sources))
    heard = [(found, number) for found, number in numbered if listed[number].kind not in NUANCES]
    grammar = compile_grammar(
        heard,
        _used(heard, covered),
        seen,
        chain.from_iterable(single_words(source, source.root, "ordinaires") for source in sources),
        _latin_words((found for found, number in heard if listed[number].language in _ARABIC), covered),
        by_sound=shared,
        loose_max=_LOOSE_SIGNS if sources[0].language == "zh" else _LOOSE,
    )
    toning = [(found, number) for found, number in numbered if listed[number].kind in NUANCES]
    return Tongue(
        grammar=grammar,
        toning=compile_grammar(toning, _used(toning, covered), seen, (), by_sound=False, loose_max=grammar.loose_max),
        meanings=listed,
        spellings=spelt,
        denied_before=frozenset(chain.from_iterable(negations(source, "avant") for source in sources)),
        denied_after=frozenset(chain.from_iterable(negations(source, "apres") for source in sources)),
        alone=not shared,
    )


def _used(phrases: list[tuple[tuple[str, ...], int]], covered: Mapping[str, Sequences]) -> dict[str, Sequences]:
    """Return the classes that ``phrases`` name."""
    symbols = set(chain.from_iterable(found for found, _ in phrases))
    return {name: found for name, found in covered.items() if name in symbols}


def _latin_words(phrases: Iterable[tuple[str, ...]], covered: Mapping[str, Sequences]) -> set[str]:
    """Return the words in Latin letters of ``phrases`` and of the classes they name."""
    symbols = set(chain.from_iterable(phrases))
    tokens = symbols.union(*(sequence for symbol in symbols for sequence in covered.get(symbol, ())))
    return {token for token in tokens if token.isascii() and token[0] not in "<*." and not token.endswith(STEM)}
