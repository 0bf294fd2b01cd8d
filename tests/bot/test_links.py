"""Link codes: short, read aloud without doubt, typing errors noticed, nothing sensitive inside."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.links import (
    ALPHABET,
    LANGUAGES,
    MAX_LENGTH,
    Link,
    LinkError,
    decode_link,
    encode_link,
    normal,
    parse_link,
)

ON = date(2026, 11, 21)
births = st.builds(lambda year, quarter: f"{year}-{quarter * 3 + 1:02d}", st.integers(2000, 2026), st.integers(0, 3))
links = st.builds(
    Link,
    target=st.text(ALPHABET, min_size=3, max_size=3).filter(lambda code: code != "000"),
    district=st.one_of(st.none(), st.just("hors_paris"), st.integers(1, 20).map(str)),
    births=st.lists(births, max_size=6).map(tuple),
    language=st.one_of(st.none(), st.sampled_from(LANGUAGES)),
    campaign=st.one_of(st.just(""), st.text(ALPHABET, min_size=1, max_size=8)),
)


@given(links)
def test_a_code_gives_back_what_it_was_made_of(link):
    """Whatever a link may hold comes back, in a code that Telegram accepts."""
    code = encode_link(link)

    assert parse_link(code) == link
    assert len(code) <= MAX_LENGTH and set(code) <= set(ALPHABET)


def test_a_theme_an_arrondissement_and_an_age_make_a_short_code():
    """At most 20 characters for what a Promeneur du Net shares most."""
    code = encode_link(Link("A1B", "19", ("2024-10",)))

    assert len(code) <= 20


@given(links)
def test_a_code_is_read_as_people_write_it(link):
    """Small letters, spaces, hyphens, O for zero and I or L for one change nothing."""
    code = encode_link(link)
    spoken = "-".join(code[i : i + 4] for i in range(0, len(code), 4)).lower().replace("0", "o").replace("1", "l")

    assert parse_link(f" {spoken} ") == link


@given(links, st.data())
def test_one_wrong_character_is_noticed(link, data):
    """A typing error never opens another subject or gives another family's facts."""
    code = encode_link(link)
    place = data.draw(st.integers(0, len(code) - 1))
    wrong = data.draw(st.sampled_from([char for char in ALPHABET if char != code[place]]))

    with pytest.raises(LinkError):
        parse_link(code[:place] + wrong + code[place + 1 :])


@given(links, st.data())
def test_two_characters_swapped_are_noticed(link, data):
    """Swapping neighbours is noticed too."""
    code = encode_link(link)
    place = data.draw(st.integers(0, len(code) - 4))
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    if swapped != code:
        with pytest.raises(LinkError):
            parse_link(swapped)


@given(st.text(max_size=200))
def test_any_text_is_a_link_or_a_kind_refusal(text):
    """A forged code never breaks anything."""
    try:
        parse_link(text)
    except LinkError as error:
        assert str(error)


def test_an_old_version_keeps_opening():
    """This code was printed on a poster; it must open for ever."""
    assert parse_link("1A1BDKA4BFD") == Link("A1B", "19", ("2024-10",))


def test_a_link_opens_its_theme_with_harmless_facts_only(knowledge):
    """The birth quarter becomes three possible months; other children stay possible."""
    code = encode_link(Link(knowledge.codes["separation"], "19", ("2024-11",), campaign="RIF19"))
    opening = decode_link(code, knowledge, ON)

    assert opening.tree == "separation"
    assert opening.facts == {
        "arrondissement": "19",
        "enfants": {"liste": [{"naissance": ["2024-10", "2024-12"]}], "complet": "non"},
    }


def test_a_campaign_name_is_written_in_the_alphabet():
    """Confusing letters are folded, anything else is refused with the reason."""
    assert normal("rif-19 o") == "R1F190"
    with pytest.raises(LinkError, match="campagne"):
        encode_link(Link(campaign="été"))
