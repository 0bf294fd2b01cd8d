"""Catalogs follow the content: a spelling fix keeps a translation, a changed fact does not."""

import shutil

import pytest

from bot.translations import accept_typos, extract, merge_all
from i18n.catalog import load_catalog, save_catalog
from i18n.merge import merge
from i18n.model import Message
from tests.conftest import ROOT

PLACE = "droit.asf.resume"


@pytest.fixture
def folder(tmp_path):
    """The real catalogs, to change at will."""
    shutil.copytree(ROOT / "i18n", tmp_path / "i18n", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path / "i18n"


def says(folder, french):
    """Change the French of one place in every catalog, as ``i18n merge`` does after an edit."""
    for lang in ("en", "fr@facile", "ar"):
        catalog = load_catalog(folder, lang)
        messages = [entry.message for entry in catalog.entries.values() if entry.message.context != PLACE]
        save_catalog(merge(catalog, [*messages, Message(PLACE, french)]).catalog)


def test_every_sentence_has_one_place(library):
    """Two sentences never share a place: a translation would go to the wrong one."""
    places = [place for place, _ in extract(library)]

    assert len(places) == len(set(places)) > 1000


def test_our_catalogs_are_up_to_date(library, folder):
    """Merging again changes nothing: whoever edits a sentence merges before committing."""
    before = {path: path.read_bytes() for path in folder.glob("*/messages.po")}
    list(merge_all(library, folder))

    assert {path: path.read_bytes() for path in folder.glob("*/messages.po")} == before


def test_a_spelling_fix_keeps_its_translation(folder):
    """One letter mended in French: the English stays."""
    english = load_catalog(folder, "en").entries[PLACE].strings
    says(folder, load_catalog(folder, "en").entries[PLACE].message.text.replace("mois", "moi"))
    fuzzy = load_catalog(folder, "en").entries[PLACE].fuzzy
    told = list(accept_typos(folder, PLACE))

    assert fuzzy
    assert all("gardée" in line for line in told)
    assert not load_catalog(folder, "en").entries[PLACE].fuzzy
    assert load_catalog(folder, "en").entries[PLACE].strings == english


def test_a_changed_number_is_no_spelling_fix(folder):
    """A fact that changed must be translated again."""
    says(folder, "Une aide chaque mois, dès 3 enfants.")
    told = list(accept_typos(folder, PLACE))

    assert all("gardée" not in line for line in told)
    assert load_catalog(folder, "en").entries[PLACE].fuzzy
