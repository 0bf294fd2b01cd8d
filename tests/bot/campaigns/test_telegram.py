"""An editor, somebody of the coordination and a family, each with a phone, over HTTP."""

import asyncio
from datetime import UTC, datetime

from bot.campaigns.feature import Campaigns
from bot.campaigns.pace import Clock
from bot.conversation import Conversation
from bot.settings import Settings
from bot.staff.model import Member, Role
from bot.staff.staff import Staff
from bot.telegram import make_channel, run
from tests.bot.campaigns.conftest import WORDS
from tests.fake_botapi import TOKEN, FakeBotApi, ManualClock

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""Nine in Paris, when sending may begin after a Saturday evening."""


async def pressing(person, label):
    """Press a button once it is there, by its words."""
    await person.api.until(
        lambda: any(label in each for bubble in person.bubbles for each in bubble.labels),
        lambda: f"« {label} », not {[bubble.labels for bubble in person.bubbles]}",
    )
    bubble = next(b for b in reversed(person.bubbles) if any(label in each for each in b.labels))
    payload = next(payload for row in bubble.rows for text, payload in row if label in text)
    count = len(person.api.calls)
    person.presses_payload(payload, bubble)
    await person.api.until(lambda: any(call.method != "answerCallbackQuery" and call.params.get("chat_id") == person.id
                                       for call in person.api.calls[count:]))  # fmt: skip


async def writing(person, text):
    """Write, and wait for the answer."""
    seen = len(person.bubbles)
    person.writes(text)
    await person.sees(seen + 1)


async def test_a_campaign_from_the_phones_of_all_three(library, store):
    """The family says yes on its phone, the team writes and approves on theirs, and on Monday at nine it arrives."""
    clock = ManualClock()
    staff = Staff(store.database, store.vault, clock.now)
    feature = Campaigns(store, staff, lambda: library, Clock(clock.now, lambda: clock.seconds, clock.sleep))
    talk = Conversation(lambda: library, store, store.vault, (feature,))
    for chat, role, name in ((10, Role.REDACTEUR, "Mésange"), (11, Role.COORDINATION, "Pinson")):
        person = store.vault.person("telegram", chat)
        await staff.add(Member(person, role, str(chat).encode(), name), clock.now())
    async with FakeBotApi() as api:
        channel = make_channel(talk, Settings(telegram_token=TOKEN, telegram_api=api.url), clock.timing)
        stop = asyncio.Event()
        running = asyncio.create_task(run(channel, Settings(telegram_token=TOKEN, telegram_api=api.url), stop))
        await api.until(lambda: channel.ready)
        family, editor, second = api.person(1), api.person(10), api.person(11)
        await writing(family, "/mes_nouvelles")
        await pressing(family, "Recevoir des nouvelles")
        await pressing(family, "Oui, je veux bien")
        before = len(family.bubbles)
        await pressing(family, "Écrans")
        await pressing(family, "Logement")
        in_place = len(family.bubbles) == before
        await writing(editor, "/campagne")
        await pressing(editor, "Nouvelle campagne")
        await writing(editor, "Atelier écrans")
        await pressing(editor, "Textes")
        await pressing(editor, "français")
        await writing(editor, WORDS)
        await pressing(editor, "Thème")
        await pressing(editor, "Écrans")
        await pressing(editor, "La campagne")
        await pressing(editor, "Demander l'accord")
        await writing(second, "/campagne")
        await pressing(second, "Atelier écrans")
        await pressing(second, "Aperçu, puis accord")
        preview = (await second.sees_text("Un atelier sur les écrans")).text
        await pressing(second, "Donner l'accord")
        await pressing(second, "Choisir le moment")
        await pressing(second, "Dès que possible")
        before = len(family.bubbles)
        sending = asyncio.create_task(feature.run(channel.push, stop))
        await family.sees(before + 1)
        arrived, at = family.bubbles[-1], clock.now()
        await pressing(family, "Arrêter les nouvelles")
        goodbye = await family.sees_text("C'est arrêté.")
        stop.set()
        await asyncio.gather(running, sending)

    assert in_place
    assert arrived.text == preview
    assert arrived.text.splitlines()[0] == "Un atelier sur les écrans, samedi"
    assert 0 <= (at - MONDAY).total_seconds() < 180
    assert "Ce que je gardais pour cela est effacé." in goodbye.text
