"""Nothing personal in the logs, whatever goes wrong."""

import logging

import structlog

from tests.bot.telegram.conftest import asks
from tests.fake_botapi import TOKEN


async def test_nothing_personal_is_logged(api, running, conversation, caplog):
    """Texts, names, chat numbers and the token are in no log, of ours or of a library, at any level."""
    caplog.set_level(logging.DEBUG)
    mine = []

    def keep(logger, name, entry):
        mine.append(dict(entry))
        raise structlog.DropEvent

    def script(incoming):
        if incoming.text == "panne secrète":
            return RuntimeError(f"fault about {incoming.text}")
        return asks("Question secrète ?", "Réponse secrète")

    conversation.script = script
    parent = api.person(number=987654321)
    api.refuse("sendMessage", 400, 'Bad Request: can\'t parse entities: unsupported start tag "secrète"')
    api.refuse("sendMessage", 500, "secrète")
    api.cut("sendMessage", "before")
    api.refuse("getUpdates", 409, "Conflict: secrète")
    structlog.configure(processors=[keep])
    try:
        async with running():
            parent.writes("mot secrète")
            parent.writes("panne secrète")
            parent.writes("mot secrète")
            await parent.sees(3)
            parent.presses("Réponse secrète")
            await api.until(lambda: len(api.of("editMessageText")) == 1)
            parent.chat.blocked = True
            calls = len(api.of("sendMessage"))
            parent.writes("après secrète")
            await api.until(lambda: len(api.of("sendMessage")) > calls)
    finally:
        structlog.reset_defaults()

    everything = f"{mine} {[(r.getMessage(), r.exc_text) for r in caplog.records]}"
    assert {"telegram.turn_failed", "telegram.call_refused", "telegram.second_reader"} <= {e["event"] for e in mine}
    for secret in ("secrète", "987654321", "Prénom", "famille9", TOKEN, TOKEN.split(":")[1]):
        assert secret not in everything


async def test_a_refusal_is_logged_by_its_method_and_kind(api, running):
    """An operator learns which call was refused and why, not what it said."""
    parent = api.person()
    api.refuse("sendMessage", 400, "Bad Request: message is too long: bonjour")
    with structlog.testing.capture_logs() as logs:
        async with running():
            parent.writes("un")
            parent.writes("deux")
            await parent.sees(1)

    refused = [entry for entry in logs if entry["event"] == "telegram.call_refused"]
    assert refused == [
        {
            "event": "telegram.call_refused",
            "log_level": "warning",
            "method": "sendMessage",
            "kind": "BadRequest: message is too long",
        }
    ]
