"""News come to a family only after an explicit yes, say what is kept, and end with one tap."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.campaigns.audience import SENSITIVE, THEMES
from bot.campaigns.consent import Consent, births_of
from bot.campaigns.news_table import NewsTable
from bot.feature import Feature
from bot.screen import Button
from tests.bot.campaigns.conftest import Town

FAMILY = 5


@pytest.fixture
def news(store, vault):
    return NewsTable(store.database, vault)


class Reminders(Feature):
    """Offers reminders under everything."""

    async def after(self, turn, effects, reply):
        *before, last = reply.screens
        row = (Button("M'écrire au bon moment", "r|demande"),)
        return replace(reply, screens=(*before, replace(last, rows=(*last.rows, row))))


async def kept(news, town, chat=FAMILY):
    return await news.get(town.talk.person("telegram", chat), town.clock.now())


async def test_news_are_offered_once_under_results(town):
    """One row under the first results, above the ways out; not again in the conversation, whether it is answered or not."""
    await town.reach_results(FAMILY)
    first = "k|offre" in town.payloads
    last_row = town.reply.screens[-1].rows[-1]
    await town.reach_results(FAMILY)

    assert first and all(button.quiet and button.payload != "k|offre" for button in last_row)
    assert "k|offre" not in town.payloads


async def test_a_no_is_not_asked_again_for_a_year(town, news):
    """« Non merci » keeps the no and nothing else; the offer comes back a year later at the soonest."""
    await town.reach_results(FAMILY)
    said = await town.send(FAMILY, payload="k|non")
    found = await kept(news, town)
    town.clock.start += timedelta(days=300)
    await town.reach_results(FAMILY)
    before = "k|offre" in town.payloads
    town.clock.start += timedelta(days=70)
    await town.reach_results(FAMILY)

    assert "pas de nouvelles" in said
    assert (found.state, found.consent) == ("non", None)
    assert (before, "k|offre" in town.payloads) == (False, True)


async def test_it_is_not_offered_beside_reminders_nor_after_hard_subjects(town, library, store, clock):
    """The offer of reminders comes alone; after a loss, a separation or for a professional nothing is proposed."""
    other = Town(library, store, clock, (Reminders(),))
    await other.reach_results(FAMILY)
    beside = "k|offre" in other.payloads
    await town.reach_results(6, tree="deuil")
    mourning = "k|offre" in town.payloads
    await town.reach_results(7, address=False)

    assert not beside and not mourning
    assert "k|offre" not in town.payloads


async def test_a_guarded_subject_offers_nothing_and_writes_nothing(town, news):
    """In the part on violence a press on an old offer leads nowhere, and no row says that somebody was there."""
    await town.send(FAMILY, payload="t|violences")
    before = list(town.payloads)
    said = await town.send(FAMILY, payload="k|oui")

    assert not any(each.startswith("k|") for each in before)
    assert "nouvelles" not in said
    assert await kept(news, town) is None


async def test_the_question_says_what_how_often_and_how_to_stop(town):
    """All of it is on the screen where the yes is given."""
    await town.reach_results(FAMILY)
    said = await town.send(FAMILY, payload="k|offre")

    assert "Au plus 2 messages par mois, entre 9 h et 19 h." in said
    assert "le trimestre de naissance de vos enfants" in said
    assert "Un bouton sous chaque message arrête tout." in said
    assert [each for each in town.payloads if each.startswith("k|")] == ["k|oui", "k|non"]


async def test_a_yes_keeps_the_quarter_the_place_and_the_language_only(town, news):
    """A child said to be 2 on 24 November 2026 was born from December 2023 to November 2024: whole quarters around."""
    await town.reach_results(FAMILY)
    said = await town.send(FAMILY, payload="k|oui")
    found = await kept(news, town)

    births = ((2023 * 12 + 9, 2024 * 12 + 11),)
    assert found.consent == Consent(b"5", "fr", "19", births)
    assert "naissance : entre octobre 2023 et décembre 2024" in said
    assert "arrondissement : 19" in said


async def test_themes_are_ticked_and_no_sensitive_one_is_there(town, news):
    """What is offered to tick is the closed list; a forged sensitive theme ticks nothing."""
    await town.reach_results(FAMILY)
    await town.send(FAMILY, payload="k|oui")
    offered = [each.removeprefix("k|t|") for each in town.payloads if each.startswith("k|t|")]
    await town.send(FAMILY, payload="k|t|ecrans")
    await town.send(FAMILY, payload="k|t|violences")
    await town.send(FAMILY, payload="k|t|logement")
    await town.send(FAMILY, payload="k|t|ecrans")

    assert offered == list(THEMES) and not SENSITIVE & set(offered)
    assert (await kept(news, town)).consent.themes == ("logement",)


async def test_what_is_kept_can_be_seen_taken_back_and_brought_up_to_date(town, news):
    """/mes_nouvelles shows it all; births and place can be taken out, then brought back from the answers."""
    await town.reach_results(FAMILY)
    await town.send(FAMILY, payload="k|oui")
    await town.send(FAMILY, payload="k|sans-age")
    await town.send(FAMILY, payload="k|sans-lieu")
    bare = (await kept(news, town)).consent
    await town.send(FAMILY, payload="k|maj")
    full = (await kept(news, town)).consent

    assert (bare.births, bare.district) == ((), "")
    assert full.district == "19" and len(full.births) == 1


async def test_one_tap_ends_it_and_leaves_only_the_no(town, news):
    """« Arrêter » under any old message works at once, even twice, even in a guarded subject."""
    await town.reach_results(FAMILY)
    await town.send(FAMILY, payload="k|oui")
    await town.send(FAMILY, payload="t|violences")
    said = await town.send(FAMILY, payload="k|fin")
    again = await town.send(FAMILY, payload="k|fin")
    found = await kept(news, town)

    assert "C'est arrêté." in said and "C'est arrêté." in again
    assert (found.state, found.consent) == ("non", None)


async def test_leaving_fast_pauses_and_erasing_deletes(town, news):
    """After « Quitter vite » nothing comes, and who holds the phone reads no word of it; /effacer leaves nothing."""
    never_asked = await town.send(6, payload="a|quitter")
    await town.reach_results(FAMILY)
    await town.send(FAMILY, payload="k|oui")
    left = await town.send(FAMILY, payload="a|quitter")
    paused = await kept(news, town)
    seen = await town.send(FAMILY, payload="k|moi")
    await town.send(FAMILY, payload="k|reprendre")
    resumed = await kept(news, town)
    await town.send(FAMILY, payload="a|effacer")
    await town.send(FAMILY, payload="a|effacer")

    assert left == never_asked and "/mes" not in left
    assert "Je ne garde plus rien de vos réponses." in left
    assert (paused.state, resumed.state) == ("pause", "oui")
    assert "En pause" in seen
    assert await kept(news, town) is None


async def test_a_yes_lives_as_long_as_the_family_comes(town, news):
    """Results seen ten months later begin a new year; a question that waits for its yes is not answered by that."""
    await town.reach_results(FAMILY)
    await town.send(FAMILY, payload="k|oui")
    first = (await kept(news, town)).end
    town.clock.start += timedelta(days=300)
    await town.reach_results(FAMILY)
    second = (await kept(news, town)).end

    assert second - first == 300 * 24 * 3600


async def test_a_parent_who_lost_a_child_is_left_alone(town, news):
    """The death of a child, told in the part on grief, pauses the news and drops the ages; it is said once."""
    await town.reach_results(FAMILY)
    await town.send(FAMILY, payload="k|oui")
    await town.send(FAMILY, payload="t|deuil")
    said = await town.send(FAMILY, payload="c|deces|enfant")
    found = await kept(news, town)
    next_said = await town.send(FAMILY, payload="a|continuer")
    await town.send(FAMILY, payload="k|maj")
    told_again = await kept(news, town)
    await town.send(FAMILY, payload="k|reprendre")
    await town.send(FAMILY, payload="a|continuer")

    assert "Vos nouvelles sont en pause." in said and "en pause" not in next_said
    assert (found.state, found.consent.births, found.consent.district) == ("pause", (), "19")
    assert told_again.consent.births == ()
    assert (await kept(news, town)).state == "oui"


async def test_a_question_after_a_year_needs_an_explicit_yes(town, news):
    """Asked again, a family that only looks is not written to until it presses « Oui, continuer »."""
    await town.reach_results(FAMILY)
    await town.send(FAMILY, payload="k|oui")
    town.clock.start += timedelta(days=370)
    asked = await news.silent(town.clock.now(), 10)
    await town.reach_results(FAMILY)
    waiting = await kept(news, town)
    await town.send(FAMILY, payload="k|encore")

    assert len(asked) == 1 and await news.silent(town.clock.now(), 10) == []
    assert waiting.state == "encore"
    assert (await kept(news, town)).state == "oui"


async def test_what_is_kept_is_told_under_confidentiality(town):
    """/confidentialite names the news, how they end, and the no that stays."""
    said = await town.send(FAMILY, payload="confidentialite")

    assert "Si vous avez demandé des nouvelles, je garde" in said
    assert "je garde seulement ce non, un an" in said


async def test_nothing_of_a_yes_can_be_read_on_the_disk(town, store, tmp_path):
    """Neither the chat, nor the arrondissement's words, nor a theme lies in the file."""
    await town.reach_results(987654321)
    await town.send(987654321, payload="k|oui")
    await town.send(987654321, payload="k|t|loisirs-vacances")
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert b"987654321" not in files and b"loisirs-vacances" not in files


def test_births_become_whole_quarters():
    """February 2024 is known as January to March; a child without a birth tells nothing."""
    facts = {"enfants": {"liste": [{"naissance": "2024-02"}, {}], "complet": "oui"}}

    assert births_of(facts) == ((2024 * 12, 2024 * 12 + 2),)


def test_every_theme_of_the_product_is_either_offered_or_sensitive(library):
    """A new theme must be put on one side by somebody who thought of it."""
    known = set(library.content.knowledge.topic_by_id)
    guarded = {topic for tree in library.content.dialogs.trees.values() if tree.guarded for topic in tree.topics}

    assert set(THEMES) | SENSITIVE == known
    assert not set(THEMES) & (SENSITIVE | guarded)
