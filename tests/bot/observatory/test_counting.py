"""What is counted of a conversation, once each, and what never is."""

import pytest

from bot.links import Link, encode_link
from bot.observatory.observatory import Observatory
from bot.observatory.visit import Key
from tests.bot.observatory.conftest import refuse_all

NOVEMBER = "2026-11"


def link(library, target, district="", campaign=""):
    """Return the code of a link."""
    return encode_link(Link(library.content.knowledge.codes[target], district or None, campaign=campaign))


async def separation(service, district="19", campaign=""):
    """A family that opens a link on separation and gets results."""
    someone = service.family()
    await someone.opens(link(service.library, "separation", district, campaign))
    await someone._send(payload="o|1")
    await refuse_all(someone)
    return someone


def sums(counts, *kinds):
    """Return the numbers of November of these kinds that are beside no arrondissement, language or link."""
    found = counts.get(NOVEMBER, {})
    return {f"{key.kind} {key.subject}": count for key, count in found.items() if key.kind in kinds and not key.axis}


def about(counts, *kinds):
    """Return the numbers of November of these kinds, as « kind subject axis value »."""
    found = counts.get(NOVEMBER, {})
    return {" ".join(filter(None, key)): count for key, count in found.items() if key.kind in kinds}


async def test_a_subject_is_counted_by_arrondissement_language_and_link(service):
    """One family of the 19th that followed a link of the school: one in each table."""
    await separation(service, campaign="ECO19")
    counts = await service.counts()

    assert about(counts, "demande") == {
        "demande separation arrondissement 19": 1,
        "demande separation langue fr": 1,
        "demande separation campagne EC019": 1,  # O is read as 0 in every code
    }


async def test_a_card_opened_again_and_again_counts_once(service):
    """Pressing ten times is one family, not ten: the floor would protect nobody otherwise."""
    someone = await separation(service)
    for _ in range(10):
        await someone._send(payload="f|asf")
        await someone._send(payload="a|continuer")
    counts = await service.counts()

    assert sums(counts, "ouvert", "fiche-ouverte") == {"ouvert separation": 1, "fiche-ouverte asf": 1}
    assert set(about(counts, "ouvert").values()) == {1}
    assert counts[NOVEMBER][Key("fiche-montree", "asf", "", "")] == 1


async def test_who_comes_back_the_same_day_is_not_counted_again(service):
    """The visit of the morning is written down; the evening is the same conversation, another day is another."""
    someone = await separation(service)
    await service.pass_(hours=2)
    someone.now = service.now
    await someone._send(payload="t|separation")
    same_day = await service.counts()
    await service.pass_(hours=25)
    someone.now = service.now
    await someone._send(payload="t|separation")
    next_day = await service.counts()

    assert about(same_day, "demande")["demande separation arrondissement 19"] == 1
    assert sum(about(next_day, "demande").values()) == 6


async def test_nothing_of_danger_or_violence_is_counted(service):
    """Words of danger, the protected subject, its cards: the numbers are those of somebody who said none of it."""
    someone = service.family()
    await someone.opens()
    await someone.types("mon mari me frappe")
    await someone._send(payload="t|violences")
    await refuse_all(someone)
    await someone._send(payload="v|non")
    await someone._send(payload="a|menu")
    await someone._send(payload="urgence")

    assert await service.counts() == {}


async def test_cards_about_violence_are_not_counted_outside_their_subject(service):
    """Somebody who names a card of violence in an ordinary conversation leaves no number."""
    someone = service.family()
    await someone.opens()
    await someone._send(payload="f|tel-violences-femmes")
    hidden = {key.subject for month in (await service.counts()).values() for key in month}

    assert "tel-violences-femmes" not in hidden


async def test_what_is_erased_before_it_is_counted_never_is(service):
    """« Tout effacer » and « Quitter vite » take the visit away too."""
    for leaves in ("a|effacer", "a|quitter"):
        someone = await separation(service)
        await someone._send(payload=leaves)

    assert await service.counts() == {}


async def test_who_works_with_families_is_not_a_family(service, library):
    """The entry of professionals is not counted, whatever they look at."""
    worker = next(group for group in library.content.dialogs.menu if group.alone)
    someone = service.family()
    await someone.opens()
    await someone._send(payload=f"t|{worker.id}")
    await someone._send(payload="t|separation")
    await refuse_all(someone)
    await someone._send(payload="f|asf")

    assert await service.counts() == {}


async def test_a_sentence_that_is_not_understood_is_counted_by_language_alone(service):
    """The words go nowhere, and neither does what the conversation was about."""
    someone = await separation(service)
    await someone.types("xyzzy plugh frobozz")
    await someone.types("qwertz asdf")
    counts = await service.counts()

    assert about(counts, "incompris") == {"incompris langue fr": 1}
    assert "xyzzy" not in str(counts)


@pytest.mark.parametrize("district, expected", [("19", {}), ("", {})])
async def test_a_place_near_home_is_an_answer(service, district, expected):
    """The 19th has a place of the 20th beside it; where home is not known, nothing can be said to be far."""
    someone = await separation(service, district) if district else service.family()
    if not district:
        await someone._send(payload="t|separation")
        await refuse_all(someone)
    counts = await service.counts()

    assert sums(counts, "montre") == {"montre separation": 1}
    assert about(counts, "sans-reponse") == expected


async def test_results_without_a_place_near_are_a_need(service, monkeypatch):
    """Every place of the first results lies farther than the arrondissements around."""
    monkeypatch.setattr("bot.observatory.notice.NEIGHBOURS", {19: ()})
    someone = await separation(service)
    asked = about(await service.counts(), "sans-reponse")

    assert "20e" in someone.text
    assert asked == {
        "sans-reponse separation arrondissement 19": 1,
        "sans-reponse separation langue fr": 1,
        "sans-reponse separation campagne aucune": 1,
    }


async def test_how_far_a_visit_went_is_drawn_for_each_of_its_values(service):
    """What was asked is counted always, and so are sums; beside a value a step counts only when it is drawn."""
    draws = iter((True, False, True))
    service.observatory._drawn = lambda: next(draws)
    await separation(service)
    counts = await service.counts()

    assert len(about(counts, "demande")) == 3
    assert about(counts, "montre") == {
        "montre separation": 1,
        "montre separation arrondissement 19": 1,
        "montre separation campagne aucune": 1,
    }


async def test_a_step_in_five_is_left_out(service):
    """Of two thousand draws about four hundred are no: enough that « at least » never means « exactly »."""
    drawn = Observatory(service.store, lambda: service.library, lambda: service.now)._drawn
    left_out = sum(not drawn() for _ in range(2000))

    assert 300 < left_out < 500


async def test_a_month_is_that_of_paris(service):
    """At half past eleven at night of 30 November in London, it is December in Paris."""
    await service.pass_(days=9, hours=12, minutes=30)
    await separation(service)

    assert list(await service.counts()) == ["2026-12"]
