"""What all tests share: the real content, read once, and a day to evaluate on."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from dialogs.content import Content
from dialogs.load import load_dialogs
from knowledge.content import Knowledge
from knowledge.load import load_knowledge

# The same examples on each run, and no clock: a busy machine fails nothing.
settings.register_profile("deterministic", derandomize=True, deadline=None)
settings.load_profile("deterministic")

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 11, tzinfo=UTC)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge(ROOT / "knowledge")


@pytest.fixture(scope="session")
def content(knowledge: Knowledge) -> Content:
    return Content(load_dialogs(knowledge, ROOT / "dialogs"))


@pytest.fixture(scope="session")
def library():
    from bot.content import load_library

    return load_library(ROOT)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-scenarios", action="store_true", help="rewrite the transcripts of tests/scenarios")
