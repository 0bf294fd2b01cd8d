"""Catalog files: what is written is read back; what is broken is named by line."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n import catalog as files
from i18n.catalog import load_catalog, load_catalogs, load_languages, load_plain_words, save_catalog
from i18n.errors import CatalogError, Problem
from i18n.language import Language
from i18n.merge import merge
from i18n.model import MADE, Catalog, Entry, Message
from i18n.pofile import parse, render

ARABIC = Language(id="ar", name="العربية", direction="rtl", locale="ar", rank=3)
ENGLISH = Language(id="en", name="English", direction="ltr", locale="en_GB", rank=2)

signs = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(["\n", "\t", '"', "\\", "#", "|", "~"])
texts = st.text(signs, min_size=1, max_size=40)
notes = st.lists(st.sampled_from(["vu avec la Caf", "mot du métier", "à, revoir"]), unique=True).map(tuple)


@st.composite
def entries(draw: st.DrawFn, context: str, forms: int) -> Entry:
    """Any entry of a language with this many plural forms, as merges and translators leave it."""
    plural = draw(texts | st.just(""))
    count = forms if plural else 1
    strings = draw(st.just(()) | st.tuples(*[texts] * count))
    previous = draw(st.none() | st.builds(Message, st.just(context), texts, texts if plural else st.just("")))
    return Entry(
        Message(context, draw(texts), plural),
        strings,
        draw(st.sampled_from([None, *MADE])),
        fuzzy=previous is not None or draw(st.booleans()),
        previous=previous,
        notes=draw(notes),
    )


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    """Any catalog, of a language with two plural forms or with six."""
    language, forms = draw(st.sampled_from([(ENGLISH, 2), (ARABIC, 6)]))
    places = draw(st.lists(texts, unique=True, max_size=4))
    return Catalog(language, {place: draw(entries(place, forms)) for place in places}, path="messages.po")


@given(catalogs())
def test_what_is_written_is_read_back(catalog: Catalog) -> None:
    """Quotes, new lines, plural forms, notes, doubts and previous sentences survive the file."""
    assert parse(render(catalog), catalog.language, catalog.path) == catalog


@given(catalogs())
def test_withdrawn_texts_survive_the_file(catalog: Catalog) -> None:
    """What a merge made obsolete is still there, with its notes, after a save and a load."""
    withdrawn = merge(catalog, []).catalog

    assert parse(render(withdrawn), catalog.language, catalog.path) == withdrawn


def test_a_catalog_file_reads_well_and_never_churns() -> None:
    """The file is sorted by place, one line a text, with no dates and no line numbers."""
    catalog = Catalog(
        ENGLISH,
        {
            "question.age": Entry(Message("question.age", "50 % des enfants ?"), ("50% of children?",), "valide"),
            "droit.asf.resume": Entry(
                Message("droit.asf.resume", "Une aide chaque mois."),
                ("An allowance.",),
                "machine",
                fuzzy=True,
                previous=Message("droit.asf.resume", "Une aide."),
            ),
        },
        obsolete=(Entry(Message("droit.vieux.nom", "Vieille aide"), ("Old allowance",), "relu"),),
    )

    assert (
        render(catalog).decode()
        == """\
# English
msgid ""
msgstr ""
"Language: en_GB\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

# fabrique: machine
#, fuzzy
#| msgid "Une aide."
msgctxt "droit.asf.resume"
msgid "Une aide chaque mois."
msgstr "An allowance."

# fabrique: valide
msgctxt "question.age"
msgid "50 % des enfants ?"
msgstr "50% of children?"

# fabrique: relu
#~ msgctxt "droit.vieux.nom"
#~ msgid "Vieille aide"
#~ msgstr "Old allowance"
"""
    )


def test_wrapped_lines_of_other_tools_are_read() -> None:
    """Translators' editors fold long texts: the folded previous sentence is found again."""
    data = b"""\
#, fuzzy
#| msgctxt "droit.asf.resume"
#| msgid ""
#| "Une aide "
#| "chaque mois."
msgctxt "droit.asf.resume"
msgid ""
"Une aide "
"tous les mois."
msgstr "An allowance."
"""
    entry = parse(data, ENGLISH, "messages.po").entries["droit.asf.resume"]

    assert entry.message.text == "Une aide tous les mois."
    assert entry.previous == Message("droit.asf.resume", "Une aide chaque mois.")


GOOD = 'msgctxt "a"\nmsgid "Bonjour"\nmsgstr "Hello"\n\n'


@pytest.mark.parametrize(
    ("broken", "line", "what"),
    [
        ('msgctxt "b"\nmsgid "Salut\nmsgstr "Hi"\n', 6, "n'est pas une ligne de catalogue"),
        ('msgctxt "b"\nmsgid Salut\nmsgstr "Hi"\n', 6, "n'est pas une ligne de catalogue"),
        ('msgctxt "b"\nmsgtxt "Salut"\n', 6, "n'est pas une ligne de catalogue"),
        ('msgctxt "b"\nmsgid "Salut"\n\nmsgctxt "c"\nmsgid "Oui"\nmsgstr "Yes"\n', 8, "msgctxt après msgid"),
        ('msgctxt "a"\nmsgid "Autre"\nmsgstr "Other"\n', 6, "« a » est écrit deux fois"),
        ('msgctxt "a"\nmsgid "Bonjour"\nmsgstr "Hi"\n', 6, "« a » est écrit deux fois"),
        ('msgid "Salut"\nmsgstr "Hi"\n', 5, "n'a pas de place"),
        ('msgctxt "b"\nmsgid ""\nmsgstr "Hi"\n', 6, "Le texte français de « b » est vide"),
        (
            'msgctxt "b"\nmsgid "x"\nmsgid_plural "y"\nmsgstr[0] "1"\nmsgstr[1] "2"\nmsgstr[2] "3"\n',
            6,
            "plus de formes de pluriel",
        ),
        ('msgctxt "b"\nmsgstr "Hi"\n', 6, "msgstr après msgctxt"),
        ('msgctxt "b"\nmsgid "Salut"\n', 7, "fin après msgid"),
        ('msgctxt "b"\nmsgid "x"\nmsgid_plural "y"\nmsgstr[1] "z"\n', 8, "msgstr\\[1\\] après msgid_plural"),
        ('msgctxt "b"\nmsgid "x"\nmsgid "y"\nmsgstr "z"\n', 7, "msgid après msgid"),
    ],
)
def test_a_broken_catalog_names_its_line(broken: str, line: int, what: str) -> None:
    """A translator is told which line to look at, in a sentence."""
    with pytest.raises(CatalogError, match=what) as caught:
        parse((GOOD + broken).encode(), ENGLISH, "i18n/en/messages.po")

    assert [(problem.path, problem.line) for problem in caught.value.problems] == [("i18n/en/messages.po", line)]


def test_a_byte_order_mark_is_no_mistake() -> None:
    """A file saved by a Windows editor, with its mark and its line ends, is read."""
    data = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()

    assert parse(data, ENGLISH, "messages.po").entries["a"].strings == ("Hello",)


def test_a_file_in_another_encoding_names_its_line() -> None:
    """A file saved in Latin-1 is refused where its first accent is."""
    with pytest.raises(CatalogError, match="UTF-8") as caught:
        parse('msgctxt "a"\nmsgid "Été"\n'.encode("latin-1"), ENGLISH, "messages.po")

    assert caught.value.problems[0].line == 2


def test_another_numbering_of_plurals_is_refused() -> None:
    """Six Arabic forms in another order would say the wrong number of children."""
    data = b'msgid ""\nmsgstr "Plural-Forms: nplurals=6; plural=(n%100>=11 ? 4 : 5);"\n'

    with pytest.raises(CatalogError, match="règle des pluriels"):
        parse(data, ARABIC, "messages.po")


def test_a_problem_reads_like_a_compiler_s() -> None:
    """Place and line first, then what to do on a line of its own."""
    problem = Problem("i18n/en/messages.po", 12, "« a » est écrit deux fois.", "Gardez-en une.")

    assert str(problem) == "i18n/en/messages.po:12: « a » est écrit deux fois.\n    -> Gardez-en une."


def test_a_broken_catalog_leaves_the_last_good_ones(folder: Path) -> None:
    """While a translator's file is broken, families keep the texts loaded before."""
    good = load_catalogs(folder)
    (folder / "en" / "messages.po").write_text('msgctxt "x\n', encoding="utf-8")

    with pytest.raises(CatalogError):
        load_catalogs(folder)
    said = good.translate("en", "question.age-enfants", "Quel âge ont vos enfants ?")
    assert said.text == "How old are your children?"


def test_all_broken_languages_are_listed_at_once(folder: Path) -> None:
    """One load tells of every broken file."""
    (folder / "ar").mkdir()
    (folder / "ar" / "langue.yaml").write_text("id: ar\nnom: x\ndirection: rtl\nlocale: ar\nrang: 3\n")
    for lang in ("ar", "en"):
        (folder / lang / "messages.po").write_text("oops\n")

    with pytest.raises(CatalogError) as caught:
        load_catalogs(folder)
    assert [Path(problem.path).parent.name for problem in caught.value.problems] == ["ar", "en"]


def test_a_language_without_translations_is_empty_not_broken(folder: Path) -> None:
    """A new language starts with langue.yaml alone."""
    (folder / "en" / "messages.po").unlink()

    assert load_catalog(folder, "en").entries == {}
    assert load_catalogs(folder).translate("en", "a", "Bonjour").text == "Bonjour"


@pytest.mark.parametrize(
    ("wrong", "line", "what"),
    [
        ("id: fr\nnom: x\ndirection: ltr\nlocale: en_GB\nrang: 2\n", 1, "n'est pas celui du dossier"),
        ("id: de\nnom: x\ndirection: ltr\nlocale: en_GB\nrang: 2\n", 1, "n'est pas celui du dossier"),
        ("id: en\nnom: [[x]]\ndirection: ltr\nlocale: en_GB\nrang: 2\n", 2, "n'a pas de texte"),
        ("id: en\nnom: x\ndirection: rtl\nlocale: en_GB\nrang: 2\n", 3, "direction"),
        ("id: en\nnom: x\ndirection: ltr\nlocale: zz_ZZ\nrang: 2\n", 4, "locale"),
        ("id: en\nnom: x\ndirection: ltr\nlocale: en_GB\nrang: deux\n", 5, "rang"),
        ("id: en\nnom: x\nnom: y\ndirection: ltr\nlocale: en_GB\nrang: 2\n", 3, "écrit deux fois"),
        ("id: en\nnom: x\ndirection: ltr\nlocale: en_GB\nrang: 2\npays: y\n", 6, "Clé inconnue"),
        ("id: en\nnom: x\ndirection: ltr\nrang: 2\n", 1, "Il manque « locale »"),
        ("id: en\nnom: {}\ndirection: ltr\nlocale: en_GB\nrang: 2\n", 2, "n'a pas de texte"),
        ("id: [en\n", 2, "mal formé"),
        ("- en\n", 1, "clé: valeur"),
    ],
)
def test_a_wrong_language_file_names_its_line(folder: Path, wrong: str, line: int, what: str) -> None:
    """langue.yaml is read strictly, every value as text."""
    path = folder / "en" / "langue.yaml"
    path.write_text(wrong, encoding="utf-8")

    with pytest.raises(CatalogError, match=what) as caught:
        load_languages(folder)
    assert [(problem.path, problem.line) for problem in caught.value.problems] == [(str(path), line)]


def test_an_unknown_language_is_named(folder: Path) -> None:
    """Asking for a folder that is not there names it."""
    with pytest.raises(CatalogError, match="« ar »"):
        load_catalog(folder, "ar")


def test_saving_twice_writes_once(folder: Path) -> None:
    """A catalog that did not change leaves its file alone."""
    catalog = load_catalog(folder, "en")

    assert save_catalog(catalog) is True
    assert save_catalog(catalog) is False
    assert load_catalog(folder, "en") == catalog


def test_a_crash_while_saving_leaves_the_old_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk in the middle of a save costs nothing."""
    path = folder / "en" / "messages.po"
    before, catalog = path.read_bytes(), load_catalog(folder, "en")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        save_catalog(merge(catalog, [Message("menu.titre", "Bonjour")]).catalog)

    assert path.read_bytes() == before
    assert sorted(found.name for found in path.parent.iterdir()) == ["langue.yaml", "messages.po"]


def test_saving_keeps_who_may_read_the_file(folder: Path) -> None:
    """A catalog that the group may write stays so."""
    path = folder / "en" / "messages.po"
    path.chmod(0o664)
    save_catalog(load_catalog(folder, "en"))

    assert path.stat().st_mode & 0o777 == 0o664


def test_a_compiled_catalog_is_not_read_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A start with unchanged files does not parse them, and says the same."""
    cache = tmp_path / "cache"
    load_catalogs(folder, cache)
    monkeypatch.setattr(files, "parse", None)
    again = load_catalogs(folder, cache)

    said = again.translate("en", "question.age-enfants", "Quel âge ont vos enfants ?")
    assert said.text == "How old are your children?"
    assert again.origin("en").reread == 1


def test_the_cache_follows_the_file(folder: Path, tmp_path: Path) -> None:
    """A changed translation is seen at once, and old compiled files do not pile up."""
    cache, path = tmp_path / "cache", folder / "en" / "messages.po"
    load_catalogs(folder, cache)
    path.write_text(path.read_text(encoding="utf-8").replace("How old are", "What age are"), encoding="utf-8")
    said = load_catalogs(folder, cache).translate("en", "question.age-enfants", "Quel âge ont vos enfants ?")

    assert said.text == "What age are your children?"
    assert len(list(cache.iterdir())) == 1


def test_one_letter_changed_in_the_cache_is_seen(folder: Path, tmp_path: Path) -> None:
    """What looks like a translation but is not as it was written is never shown."""
    cache = tmp_path / "cache"
    load_catalogs(folder, cache)
    (kept,) = cache.iterdir()
    kept.write_bytes(kept.read_bytes().replace(b"How old are", b"How odd are"))
    said = load_catalogs(folder, cache).translate("en", "question.age-enfants", "Quel âge ont vos enfants ?")

    assert said.text == "How old are your children?"
    assert b"How old are" in kept.read_bytes()


def test_a_language_that_changed_is_checked_though_its_catalog_was_compiled(folder: Path, tmp_path: Path) -> None:
    """A locale is looked up when its file changes, and then refused with its line as at the first start."""
    cache, path = tmp_path / "cache", folder / "en" / "langue.yaml"
    load_catalogs(folder, cache)
    path.write_text(path.read_text(encoding="utf-8").replace("direction: ltr", "direction: rtl"), encoding="utf-8")

    with pytest.raises(CatalogError, match="La direction « rtl » n'est pas celle de en_GB"):
        load_catalogs(folder, cache)


def test_a_damaged_cache_is_made_again(folder: Path, tmp_path: Path) -> None:
    """A compiled file cut short by a crash is no obstacle."""
    cache = tmp_path / "cache"
    load_catalogs(folder, cache)
    (kept,) = cache.iterdir()
    kept.write_bytes(kept.read_bytes()[:20])
    said = load_catalogs(folder, cache).translate("en", "question.age-enfants", "Quel âge ont vos enfants ?")

    assert said.state == "ok"


def test_a_missing_word_list_is_named(folder: Path) -> None:
    """The plain French gate says which file it lacks."""
    with pytest.raises(CatalogError, match=r"mots-simples\.yaml"):
        load_plain_words(folder)


def test_the_languages_of_the_product_load() -> None:
    """The languages kept in the repository are readable, English and plain French among them."""
    product = Path(__file__).parents[2] / "i18n"
    languages = load_catalogs(product).languages

    assert [language.id for language in languages][:4] == ["fr", "fr@facile", "fr@tu", "en"]
