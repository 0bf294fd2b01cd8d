"""Languages and small catalogs that the tests of this folder share."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from i18n.language import Language
from i18n.model import Catalog, Entry

# The same examples on each run, and no clock: a busy machine fails nothing.
settings.register_profile("deterministic", derandomize=True, deadline=None)
settings.load_profile("deterministic")


@pytest.fixture
def english() -> Language:
    return Language(id="en", name="English", direction="ltr", locale="en_GB", rank=2)


@pytest.fixture
def arabic() -> Language:
    return Language(id="ar", name="العربية", direction="rtl", locale="ar", rank=3)


@pytest.fixture
def catalog_of(english: Language) -> Callable[..., Catalog]:
    """Return a function that puts entries in an English catalog."""

    def build(*entries: Entry, language: Language = english) -> Catalog:
        by_context = {entry.message.context: entry for entry in entries}
        return Catalog(language, by_context, path="i18n/en/messages.po")

    return build


LANGUE = "id: en\nnom: English\ndirection: ltr\nlocale: en_GB\nrang: 2\n"

MESSAGES = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

# fabrique: relu
msgctxt "question.age-enfants"
msgid "Quel âge ont vos enfants ?"
msgstr "How old are your children?"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of languages with English alone, one message translated."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "langue.yaml").write_text(LANGUE, encoding="utf-8")
    (tmp_path / "en" / "messages.po").write_text(MESSAGES, encoding="utf-8")
    return tmp_path
