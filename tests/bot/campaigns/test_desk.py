"""Two people make a campaign; nobody else sees that there is such a thing, whatever they send."""

import asyncio

import pytest

from bot.campaigns import payloads
from bot.campaigns.campaign import State
from bot.staff.model import Role
from tests.bot.campaigns.conftest import WORDS, Phones

WRITER, SECOND, THIRD, FAMILY = 10, 11, 12, 5


async def draft(town, by=WRITER, text=WORDS):
    """Write a campaign with a title and a French text; return its number."""
    await town.send(by, payload="k|n")
    await town.send(by, text="Atelier écrans")
    number = int(next(each for each in town.payloads if each.startswith("k|d|")).split("|")[2])
    await town.send(by, payload=f"k|e|{number}|fr")
    await town.send(by, text=text)
    return number


async def state(tables, number):
    return (await tables.campaigns.get(number)).state


async def yes(town, number, by=SECOND):
    """Look at the preview, and press the yes below it; return what is said."""
    await town.send(by, payload=f"k|p|{number}")
    found = [each for each in town.payloads if each.startswith(f"k|ok|{number}|")]
    return await town.send(by, payload=found[0]) if found else ""


async def test_from_the_first_word_to_the_phones(town, tables, clock):
    """Written, shown, approved by somebody else, planned, sent; the family reads what the preview showed."""
    await tables.families([FAMILY])
    number = await draft(town)
    await town.send(WRITER, payload=f"k|o|{number}")
    await town.send(WRITER, text="ecrans")
    shown = await town.send(WRITER, payload=f"k|p|{number}")
    preview = town.reply.screens[0]
    await town.send(WRITER, payload=f"k|d|{number}")
    await yes(town, number)
    await town.send(WRITER, payload=f"k|h|{number}|now")
    phones, stop = Phones(clock), asyncio.Event()
    job = asyncio.create_task(town.feature.run(phones.push, stop))
    while await state(tables, number) is not State.DONE:
        await asyncio.sleep(0.001)
    stop.set()
    await job
    to_family = [screen for chat, screen in phones.got if chat == FAMILY]
    told = [screen.blocks[0].text for chat, screen in phones.got if chat == SECOND]

    assert to_family == [preview]
    assert told == ["Une campagne attend votre accord."]
    assert "Un atelier sur les écrans, samedi" in shown and "demandé des nouvelles" in shown
    assert [button.payload for row in preview.rows for button in row] == ["t|ecrans", "k|fin", "k|moi"]


async def test_the_author_never_approves(town, tables):
    """Not with a forged press, nor once promoted; somebody else of the coordination does."""
    number = await draft(town)
    await town.send(WRITER, payload=f"k|d|{number}")
    digest = (await tables.campaigns.get(number)).letter.digest
    await town.send(WRITER, payload=f"k|ok|{number}|{digest}")
    as_writer = await state(tables, number)
    await town.join(WRITER, Role.COORDINATION, "Mésange")
    refused = await town.send(WRITER, payload=f"k|ok|{number}|{digest}")
    promoted = await state(tables, number)
    await yes(town, number)

    assert (as_writer, promoted) == (State.ASKED, State.ASKED)
    assert "de qui n'a rien écrit ici" in refused
    assert await state(tables, number) is State.APPROVED


async def test_who_changed_one_word_is_an_author_too(town, tables):
    """The second person edits the draft: a third one is needed."""
    await town.join(THIRD, Role.COORDINATION, "Fauvette")
    number = await draft(town)
    await town.send(SECOND, payload=f"k|a|{number}|19")
    await town.send(WRITER, payload=f"k|d|{number}")
    by_second = await yes(town, number)
    await yes(town, number, THIRD)

    assert by_second == ""
    assert (await tables.campaigns.get(number)).body.approver == town.talk.person("telegram", THIRD)


async def test_a_yes_is_for_what_was_read(town, tables):
    """A yes pressed on an old preview does not approve the text written since."""
    number = await draft(town)
    await town.send(WRITER, payload=f"k|d|{number}")
    await town.send(SECOND, payload=f"k|p|{number}")
    old = next(each for each in town.payloads if each.startswith("k|ok|"))
    await town.send(WRITER, payload=f"k|b|{number}")
    await town.send(WRITER, payload=f"k|e|{number}|fr")
    await town.send(WRITER, text="Autre chose")
    await town.send(WRITER, payload=f"k|d|{number}")
    said = await town.send(SECOND, payload=old)

    assert "a changé entre-temps" in said
    assert await state(tables, number) is State.ASKED


async def test_taking_it_back_voids_the_yes(town, tables):
    """An approved campaign that becomes a draft again needs a new yes before it can be planned."""
    number = await draft(town)
    await town.send(WRITER, payload=f"k|d|{number}")
    await yes(town, number)
    await town.send(WRITER, payload=f"k|b|{number}")
    await town.send(WRITER, payload=f"k|h|{number}|now")

    campaign = await tables.campaigns.get(number)
    assert (campaign.state, campaign.body.approver) == (State.DRAFT, "")


async def test_a_role_taken_away_is_gone_at_the_next_press(town, tables):
    """Revoked between the screen and the press: nothing happens, and nothing of campaigns is shown."""
    number = await draft(town)
    await town.send(WRITER, payload=f"k|d|{number}")
    await town.send(SECOND, payload=f"k|p|{number}")
    press = next(each for each in town.payloads if each.startswith("k|ok|"))
    await town.staff.leave(town.talk.person("telegram", SECOND), town.clock.now())
    said = await town.send(SECOND, payload=press)

    assert "ampagne" not in said
    assert await state(tables, number) is State.ASKED


@pytest.mark.parametrize("role", [None, Role.PROMENEUR, Role.GUICHET])
async def test_nobody_else_reaches_anything(town, tables, role):
    """Every press and command of the team, forged by a family or another role, leads back to the conversation."""
    if role:
        await town.join(FAMILY, role, "Merle")
    number = await draft(town)
    await town.send(WRITER, payload=f"k|d|{number}")
    digest = (await tables.campaigns.get(number)).letter.digest
    forged = [each.replace("|1", f"|{number}") for each in town.feature.staff_payloads]
    forged += [payloads.DESK, f"k|ok|{number}|{digest}", "k|", "k|c|", "k|c|0", "k|c|1|2|3", "k|zz|1", f"k|c|{9**9}"]
    said = [await town.send(FAMILY, payload=each) for each in forged]
    said += [await town.send(FAMILY, text=each) for each in ("/campagne", "/campagnes", "/campagne@passerelle_bot")]

    assert not [text for text in said if "ampagne" in text]
    assert await state(tables, number) is State.ASKED
    assert len(await tables.campaigns.all()) == 1


async def test_malformed_presses_of_the_team_change_nothing(town, tables):
    """Unknown verbs, languages, arrondissements, ages, moments, numbers: a screen, and the campaign as it was."""
    number = await draft(town)
    before = await tables.campaigns.get(number)
    for value in ("e|{}|xx", "a|{}|21", "a|{}|0", "g|{}|0-99", "s|{}|deuil", "h|{}|now", "h|{}|2026", "ok|{}|x", "zz|{}",
                  "re|{}", "st|{}|oui", "pa|{}", "c|999999"):  # fmt: skip
        await town.send(WRITER, payload="k|" + value.format(number))

    assert await tables.campaigns.get(number) == before


async def test_sensitive_or_alarming_words_are_refused_with_what_to_do(town, tables):
    """The text is not kept; the next one is read instead."""
    number = await draft(town)
    await town.send(WRITER, payload=f"k|e|{number}|en")
    said = await town.send(WRITER, text="URGENT!! Your disability allowance")
    after = await town.send(WRITER, text="A workshop on Saturday")

    assert "alarme" in said
    assert "C'est noté." in after
    assert (await tables.campaigns.get(number)).letter.texts == {"fr": WORDS, "en": "A workshop on Saturday"}


async def test_words_that_may_mean_danger_are_no_title(town, tables):
    """« je veux disparaitre » is answered by the conversation, with a number to call; the draft keeps the title it has."""
    await town.send(WRITER, payload="k|n")
    said = await town.send(WRITER, text="je veux disparaitre")
    await town.send(WRITER, text="Atelier")
    titles = [campaign.letter.title for campaign in await tables.campaigns.all()]

    assert "3114" in said
    assert titles == [""]


async def test_a_cry_ends_the_waiting_for_words(town, tables):
    """After sure words of danger, what a member of the team writes next is not taken for a title."""
    await town.send(WRITER, payload="k|n")
    await town.send(WRITER, text="mon mari me frappe")
    await town.settled()
    await town.send(WRITER, text="il est parti")

    assert [campaign.letter.title for campaign in await tables.campaigns.all()] == [""]


async def test_the_number_is_hidden_under_ten_and_in_tens_above(town, tables):
    """Nine families: « moins de 10 »; with a tenth, « au moins 10 », the next day only."""
    await tables.families(range(100, 109))
    number = await draft(town)
    nine = await town.send(WRITER, payload=f"k|p|{number}")
    await tables.families([109])
    same_day = await town.send(WRITER, payload=f"k|p|{number}")
    town.clock.start = town.clock.start.replace(day=25)
    next_day = await town.send(WRITER, payload=f"k|p|{number}")

    assert "moins de 10 familles" in nine and "moins de 10 familles" in same_day
    assert "au moins 10 familles" in next_day


async def test_what_they_do_is_in_the_log_without_a_word_of_it(town, tables):
    """Who did what to which campaign, under their names in the team."""
    number = await draft(town)
    await town.send(WRITER, payload=f"k|d|{number}")
    await yes(town, number)
    lines = [(line.who, line.action, line.detail) for line in await town.staff.journal()]

    assert lines == [
        ("Mésange", "a commencé une campagne", f"campagne {number}"),
        ("Mésange", "a demandé l'accord pour une campagne", f"campagne {number}"),
        ("Pinson", "a approuvé une campagne", f"campagne {number}"),
    ]


async def test_an_incomplete_campaign_is_not_given_to_approve(town, tables):
    """Without French words, what is missing is told."""
    await town.send(WRITER, payload="k|n")
    await town.send(WRITER, text="Sans texte")
    number = (await tables.campaigns.all())[0].id
    said = await town.send(WRITER, payload=f"k|d|{number}")

    assert "le texte en français manque" in said
    assert await state(tables, number) is State.DRAFT


async def test_what_is_written_to_the_conversation_is_not_taken_for_a_text(town, tables):
    """Any other press ends the wait: a question to the assistant stays one."""
    number = await draft(town)
    await town.send(WRITER, payload=f"k|e|{number}|ar")
    await town.send(WRITER, payload="a|menu")
    await town.send(WRITER, text="crèche dans le 19e")

    assert set((await tables.campaigns.get(number)).letter.texts) == {"fr"}
