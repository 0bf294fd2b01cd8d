"""What is offered to whoever types the bot's name in a chat, and what goes into that chat."""

import random
import string
from copy import copy
from datetime import date

import pytest

from bot.discreet import is_hidden, is_unspoken
from bot.inline import words
from bot.inline.answer import MOST, PAGE, Query, answer
from bot.inline.offers import LINE, TITLE, Offers
from bot.links import Link, encode_link, parse_link
from bot.outreach.words import NEUTRAL
from knowledge.danger import detect

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module", autouse=True)
def searched(library):
    """The search is built, as it is seconds after a start."""
    return library.index


@pytest.fixture
def offered(library):
    """Return what a query is offered."""
    return lambda text, language="fr", offset="": answer(library, Query(text, offset, language), DAY)


def said(card):
    """Return every word that a card puts into a chat."""
    return "\n".join(part for block in card.blocks for part in (block.title, block.text, *block.lines) if part)


def named(found, name):
    """Return the offer of that id."""
    return next(offer for offer in found.offers if offer.id == name)


def test_a_worker_finds_the_nursery_and_the_arrondissement(library, offered):
    """« creche 19 » offers the nursery demand: its name, a line on it, where in the 19th, and a link that holds both."""
    offer = named(offered("creche 19"), "creche-inscription")
    link = parse_link(offer.code)

    assert offer.title == "Demander une place en crèche municipale"
    assert offer.lines[0].startswith("19e : Relais Information Familles")
    assert offer.lines[1].startswith("La demande se fait dès le 6e mois")
    assert (link.target, link.district) == (library.content.knowledge.codes["creche-inscription"], "19")
    assert (link.births, link.language, link.campaign) == ((), None, "")


def test_the_card_in_the_chat_says_what_where_whom_to_call_and_since_when(offered):
    """A card is short: what it is, for whom, where near, the number, the source and the day of checking."""
    card = said(named(offered("ludo 12"), "ludotheque").card)

    assert card.split("\n") == [
        "Ludothèque",
        "Des jeux à essayer sur place ou à emprunter, en famille.",
        "Pour qui",
        "Les enfants, les parents et les grands-parents, à tout âge.",
        "Où",
        "La Ludoscope, ludothèque en plein air (Ludomouv'), Angle de l'allée Vivaldi et de la rue Brahms, 75012 Paris",
        "Sources",
        "mairie12.paris.fr, La Ludoscope déménage (22 avril 2025)",
        "Vérifié le 21 novembre 2026, dans des sources publiques. Information assez sûre : demandez confirmation.",
    ]


def test_a_place_says_how_sure_it_is_once(offered):
    """The card of a place whose address is to be confirmed says so below its source, and nowhere else."""
    card = said(named(offered("pmi 18"), "pmi-18-goutte-d-or").card)

    assert card.count("demandez confirmation") == 1
    assert card.count("Vérifié le 1 juillet 2025") + card.count("Vérifié le 1er juillet 2025") == 1


def test_places_of_the_arrondissement_come_alone(library, offered):
    """Where the 19th has its own desk, the one of the 20th is not in the card."""
    card = said(named(offered("rif 19"), "rif").card)

    assert "75019 Paris" in card
    assert "75020 Paris" not in card


def test_without_an_arrondissement_no_place_is_chosen_for_anybody(library, offered):
    """Fourteen centres and no arrondissement: the official list is given, and the link carries none."""
    offer = named(offered("pmi"), "pmi")

    assert "La liste des centres est sur paris.fr" in said(offer.card)
    assert "75018" not in said(offer.card)
    assert parse_link(offer.code).district is None


def test_a_quarter_of_several_arrondissements_puts_none_in_the_link(offered):
    """Paris Centre is four of them: places near are shown, the family will say where it lives."""
    offer = named(offered("bibliotheque paris centre"), "bibliotheque")

    assert parse_link(offer.code).district is None
    assert "7500" in said(offer.card)


def test_nothing_in_a_card_is_about_now(offered):
    """A card stays in a chat for months: it never says what is open at the moment it was made."""
    cards = [
        said(offer.card)
        for text in ("pmi 18", "3230", "mairie 19", "bibliotheque 12")
        for offer in offered(text).offers
    ]

    assert cards
    assert not [card for card in cards if "en ce moment" in card or "Ouvert " in card or "Fermé" in card]


@pytest.mark.parametrize(
    ("language", "title", "who"),
    [
        ("fr", "Protection maternelle et infantile (PMI)", "Pour qui"),
        ("fr-CA", "Protection maternelle et infantile (PMI)", "Pour qui"),
        ("en", "Mother and child health centre (PMI)", "Who it is for"),
        ("en-GB", "Mother and child health centre (PMI)", "Who it is for"),
        ("ar", None, "لمن"),
        ("pl", "Protection maternelle et infantile (PMI)", "Pour qui"),
        (None, "Protection maternelle et infantile (PMI)", "Pour qui"),
        ("../../x", "Protection maternelle et infantile (PMI)", "Pour qui"),
    ],
)
def test_everybody_is_offered_cards_in_the_language_of_their_phone(library, offered, language, title, who):
    """French, English and Arabic phones get their language; a Polish one, or one that says nothing, gets French."""
    offer = named(offered("pmi 18", language), "pmi")

    assert who in said(offer.card)
    assert title is None or offer.title == title


def test_names_in_latin_letters_are_set_apart_in_arabic(offered):
    """A French name inside an Arabic line stands in isolates, closed again where the line is cut."""
    offers = offered("حضانة 19", "ar").offers
    lines = [line for offer in offers for line in offer.lines]

    assert any("\N{FIRST STRONG ISOLATE}" in line for line in lines)
    assert all(line.count("\N{FIRST STRONG ISOLATE}") == line.count("\N{POP DIRECTIONAL ISOLATE}") for line in lines)


def test_an_empty_query_offers_a_few_first_subjects(library, offered):
    """Somebody who typed nothing yet sees eight subjects, none of them guarded, and the way into the bot."""
    found = offered("   ")
    topics = library.content.knowledge.topic_by_id

    assert len(found.offers) == 8
    assert all(offer.id in topics and not is_hidden(offer.id, library) for offer in found.offers)
    assert (found.door, found.start) == (words.DOOR.text, encode_link(Link()))
    assert found.next_offset == ""


def test_nothing_found_gives_a_person_to_ask_and_the_way_in(offered):
    """Letters that mean nothing are answered by the desk of the town hall, and the bot in private."""
    found = offered("xkqzj")

    assert found.offers[0].id == "rif"
    assert (found.door, found.start) == (words.DOOR_NOTHING.text, encode_link(Link()))


def test_an_arrondissement_alone_gives_its_people_to_ask(offered):
    """« 19 » is no subject: the desk of the 19th comes first, and the bot opens with the arrondissement."""
    found = offered("19")

    assert found.offers[0].lines[0].startswith("19e : ")
    assert (found.door, parse_link(found.start).district) == (words.DOOR.text, "19")


def test_what_was_found_needs_no_way_in(offered):
    """Cards that were asked for stand alone."""
    found = offered("pmi 18")

    assert (found.door, found.start) == ("", "")


def test_a_list_goes_on_where_it_stopped_until_nothing_is_left(offered):
    """Pages follow each other without a gap or a repeat, fifty results at most, and the last says so."""
    seen, offset = [], ""
    for _ in range(10):
        page = offered("aide", offset=offset)
        seen += [offer.id for offer in page.offers]
        offset = page.next_offset
        if not offset:
            break

    assert not offset
    assert PAGE < len(seen) <= MOST
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("offset", ["x", "-1", "9999999", "1e3", "²", "٣", "0" * 64, " "])
def test_a_forged_offset_is_harmless(offered, offset):
    """An offset that is not ours begins again, or finds nothing more."""
    found = offered("aide", offset=offset)

    assert len(found.offers) in (0, PAGE)


def test_words_of_danger_get_numbers_first_and_a_way_in(offered):
    """« mon mari me frappe »: the numbers in the list at once, nothing else, the numbers again in private; kept nowhere."""
    found = offered("mon mari me frappe")

    assert [offer.id for offer in found.offers] == ["urgence"]
    assert found.offers[0].title == "☎️ 3919 · 17 · 114 · 116 006"
    assert found.offers[0].lines[0] == "Danger maintenant : appelez le 17."
    assert (found.door, found.start, found.seconds) == (words.DOOR_NUMBERS.text, "urgence", 0)


def test_a_card_of_numbers_does_not_tell_what_was_typed(offered):
    """Whoever reads the chat sees the same list after a beating and after a wish to die, and a code without a subject."""
    beaten, dying = (offered(text).offers[0] for text in ("mon mari me frappe", "je veux mourir"))

    assert beaten.card == dying.card
    assert beaten.code == dying.code == encode_link(Link())
    assert beaten.title != dying.title


def test_a_cry_in_another_language_is_answered_in_it(offered):
    """Words of danger in Arabic on a French phone: the lines under the numbers are Arabic."""
    found = offered("زوجي يضربني")

    assert found.offers[0].id == "urgence"
    assert any("\u0600" <= letter <= "\u06ff" for letter in "".join(found.offers[0].lines))


def test_words_that_may_mean_danger_keep_what_they_surely_ask_for(library, offered):
    """« viol » gets the numbers first, then discreet links only."""
    found = offered("viol")

    assert found.offers[0].id == "urgence"
    assert found.offers[1:]
    assert all(offer.title == words.DISCREET.text for offer in found.offers[1:])


def test_violence_goes_into_a_chat_under_a_neutral_sentence_only(library, offered):
    """The list tells the worker what the link opens; the chat reads one neutral sentence, and the code holds no fact."""
    found = offered("violences 19")
    hidden = [offer for offer in found.offers if offer.title == words.DISCREET.text]

    assert {"violences", "tel-violences-femmes"} <= {offer.id for offer in hidden}
    assert (found.door, found.start, found.seconds) == (words.DOOR_NUMBERS.text, "urgence", 0)
    for offer in hidden:
        assert said(offer.card) == NEUTRAL.text
        assert parse_link(offer.code).district is None
        assert offer.lines[1] == words.DISCREET_HOW.text


def test_no_card_of_violence_or_danger_can_be_shared_with_its_name(library):
    """Every card and place of the content: what may not be named is not in its message, whatever the language."""
    knowledge = library.content.knowledge
    for language in ("fr", "en", "ar"):
        offers = Offers(library, library.speaker(language, DAY), 19, 19)
        neutral = library.speaker(language, DAY).say(NEUTRAL)
        for entry in (*knowledge.cards, *knowledge.topics, *knowledge.places):
            opened = getattr(entry, "service", entry.id)
            if is_unspoken(opened, library):
                assert said(offers.of(entry.id).card) == neutral, entry.id


def test_what_can_be_shared_by_name_does_not_speak_of_violence(library):
    """The message of every card that is shared by name holds no sure word of violence."""
    offers = Offers(library, library.speaker("fr", DAY), None, None)
    shared = [offers.of(card.id).card for card in library.content.knowledge.cards if not is_unspoken(card.id, library)]
    alarms = [alarm for card in shared if (alarm := detect(library.danger, said(card))) and alarm.level == "sur"]

    assert len(shared) > 150
    assert not [alarm for alarm in alarms if alarm.case in ("violence", "enfant-danger")]


def test_lawyers_and_mediators_keep_their_name(library):
    """Cards that help with violence among other things, and say nothing of it, are shared whole."""
    assert not is_unspoken("aide-juridictionnelle", library)
    assert not is_unspoken("point-acces-droit", library)
    assert is_unspoken("ordonnance-protection", library)
    assert is_unspoken("cidff", library)
    assert is_unspoken("tel-sos-homophobie", library)


def test_nobody_is_offered_a_guarded_subject_without_asking(library, offered):
    """What is only a guess, and the first subjects, never name violence nor a number for danger."""
    guesses = [offer for text in ("", "19", "xkqzj", "zzz 12") for offer in offered(text).offers]

    assert guesses
    assert not [offer.id for offer in guesses if offer.title == words.DISCREET.text or is_unspoken(offer.id, library)]


def test_every_entry_fits_in_a_list_and_opens(library):
    """Any card, place or topic: title and lines of a phone's size, a code that can be read, in three languages."""
    knowledge = library.content.knowledge
    for language in ("fr", "en", "ar"):
        offers = Offers(library, library.speaker(language, DAY), 11, 11)
        for entry in (*knowledge.cards, *knowledge.topics, *knowledge.places):
            offer = offers.of(entry.id)
            assert 0 < len(offer.title) <= TITLE + 1, entry.id
            assert offer.lines and all(0 < len(line) <= LINE + 2 for line in offer.lines), entry.id
            assert parse_link(offer.code).target in knowledge.codes.values()
            assert offer.card.blocks and not offer.card.rows


def test_before_the_search_is_built_the_first_subjects_are_offered(library):
    """Nobody waits for the search: subjects now, not to be given again, and danger is heard all the same."""
    young = copy(library)
    vars(young).pop("index")
    found = answer(young, Query("creche 19"), DAY)
    cry = answer(young, Query("mon mari me frappe"), DAY)

    assert "index" not in vars(young)
    assert len(found.offers) == 8
    assert (found.door, found.seconds) == (words.DOOR.text, 0)
    assert cry.offers[0].id == "urgence"


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "'; DROP TABLE entries --",
        "NEAR(a b)",
        "*",
        "\x00\x01",
        "🤰" * 128,
        "é" * 256,
        "ا" * 256,
        "a " * 128,
        "\u202e",
    ],
)
def test_odd_input_is_harmless(offered, text):
    """Quotes, signs of the search's own language, pictograms, control signs: something is offered, nothing breaks."""
    assert offered(text).offers


def test_random_input_is_harmless(offered):
    """Two hundred queries of any signs are each offered something, in every language."""
    draw = random.Random(7)
    signs = string.printable + "éèàç’«»–…" + "اأإبتثجحخ" + "中文" + "🙂"
    for number in range(200):
        text = "".join(draw.choices(signs, k=draw.randint(0, 256)))
        assert offered(text, ("fr", "en", "ar", "zz")[number % 4]).offers, text
