"""What updates say, once reduced to what an answer needs."""

import pytest
from telegram import Update

from bot.telegram.incoming import Arrival, read

USER = {"id": 77, "is_bot": False, "first_name": "Aïcha", "last_name": "D.", "language_code": "ar"}
CHAT = {"id": 77, "type": "private", "first_name": "Aïcha"}


def arrival(**content):
    """Return what an update says."""
    return read(Update.de_json({"update_id": 5, **content}, None), lambda chat: f"person of {chat}")


def message(**content):
    """Return what a private message says."""
    return arrival(message={"message_id": 9, "date": 1, "chat": CHAT, "from": USER, **content})


def test_no_name_is_kept():
    """What goes to the store holds the words and the chat, no name."""
    kept = message(text="bonjour").dump()

    assert "Aïcha".encode() not in kept
    assert Arrival.load(kept) == message(text="bonjour")


def test_bytes_of_another_version_are_left_alone():
    """An update kept in a form no longer known is dropped, not a crash."""
    assert Arrival.load(b'{"kind": "turn"}') is None
    assert Arrival.load(b"\x00") is None


@pytest.mark.parametrize(
    "kind",
    ["voice", "audio", "video", "video_note", "sticker", "document", "location", "contact", "poll", "dice"],
)
def test_what_is_not_text_has_a_name(kind):
    """Each kind of message that is not text is told by its name."""
    bodies = {
        "location": {"latitude": 48.8, "longitude": 2.3},
        "contact": {"phone_number": "1", "first_name": "B"},
        "dice": {"emoji": "🎲", "value": 3},
        "poll": {
            "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
            "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
            "allows_revoting": False, "members_only": False,
        },
    }  # fmt: skip
    media = {
        "file_id": "f", "file_unique_id": "u", "duration": 1, "width": 1, "height": 1, "length": 1,
        "type": "regular", "is_animated": False, "is_video": False,
    }  # fmt: skip
    said = message(**{kind: bodies.get(kind, media)})

    assert (said.other, said.text) == (kind, None)


def test_a_pin_is_no_turn():
    """Service messages ask for nothing."""
    pinned = {"message_id": 1, "date": 1, "chat": CHAT, "text": "x"}

    assert message(pinned_message=pinned) is None


def test_an_unknown_command_is_a_text():
    """« /bonjour » is something written, as is a slash in a sentence."""
    assert message(text="/bonjour").text == "/bonjour"
    assert message(text="oui/aide").text == "oui/aide"


def test_a_press_without_its_message_belongs_to_the_presser():
    """A press whose message is gone is answered in the private chat of who pressed."""
    said = arrival(callback_query={"id": "q", "from": USER, "chat_instance": "1", "data": "menu"})

    assert (said.chat, said.payload, said.press, said.message) == (77, "menu", "q", None)


@pytest.mark.parametrize("content", [{"edited_message": "message"}, {"channel_post": "message"}])
def test_edits_and_channel_posts_are_ignored(content):
    """An edit or a post of a channel asks for nothing."""
    body = {"message_id": 9, "date": 1, "chat": CHAT, "from": USER, "text": "x"}

    assert arrival(**dict.fromkeys(content, body)) is None


@pytest.mark.parametrize(
    ("kind", "status", "expected"),
    [
        ("private", "kicked", "left"),
        ("private", "member", None),
        ("group", "member", "group"),
        ("group", "left", None),
    ],
)
def test_memberships(kind, status, expected):
    """Blocking in private is leaving; being put in a group is being spoken to there."""
    bot = {"id": 1, "is_bot": True, "first_name": "P"}
    more = {"until_date": 0} if status == "kicked" else {}
    said = arrival(
        my_chat_member={
            "chat": {"id": -5, "type": kind, "title": "G"},
            "from": USER,
            "date": 1,
            "old_chat_member": {"status": "left", "user": bot},
            "new_chat_member": {"status": status, "user": bot, **more},
        }
    )

    assert (said and said.kind) == expected
