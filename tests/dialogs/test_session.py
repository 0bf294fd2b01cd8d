"""Sessions survive their versions: stored samples open for ever, anything else restarts politely."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.session import VERSION, Known, LinkOffer, Session, UnreadableSession, dump, load
from tests.conftest import ROOT

SAMPLES = sorted((ROOT / "tests/dialogs/samples").glob("session-v*.json"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_stored_session_of_any_version_still_opens(path):
    """What was stored by an older version is read by this one."""
    session = load(json.loads(path.read_text(encoding="utf-8")))

    assert session.language == "en"
    assert session.plain["separation"] == "recente"
    assert session.trail == ("separation", "age-enfants")


def test_this_version_has_its_sample():
    """A new version comes with a sample of its own."""
    assert f"session-v{VERSION}" in [path.stem for path in SAMPLES]


def test_a_session_goes_through_json_unchanged():
    """Nothing is lost between two messages."""
    session = Session(
        language="fr@facile",
        facts={
            "separation": Known("recente", "dit", "2026-11-21", "separation"),
            "loyer": Known([401, 701], "lien", "2026-11-21"),
        },
        refused=("minima",),
        trail=("separation",),
        stack=("separation", "garde-insertion"),
        pending="age-enfants",
        changing="pension",
        offer=LinkOffer("separation", None, {"arrondissement": "19"}),
    )

    assert load(json.loads(json.dumps(dump(session)))) == session


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)


@given(json_values)
def test_anything_else_restarts_in_the_same_language(data):
    """A damaged session is refused in one way only, and keeps the language when it holds one."""
    with pytest.raises(UnreadableSession) as caught:
        load(data)

    language = data.get("language") if isinstance(data, dict) else None
    assert caught.value.language == (language if isinstance(language, str) else "fr")


@given(st.sampled_from(sorted(dump(Session()))), json_values)
def test_a_session_with_one_damaged_part_never_breaks_a_conversation(key, damage):
    """It opens, or it is refused; nothing else."""
    try:
        load(dump(Session()) | {key: damage})
    except UnreadableSession as error:
        assert error.language
