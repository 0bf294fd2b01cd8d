"""The language of a message is recognised; nothing is switched, and what cannot be told stays untold."""

from datetime import date

import pytest

from dialogs.events import Answered
from dialogs.languages import invitation, spoken
from dialogs.session import Session
from dialogs.understand import understand_safe

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("je cherche une place en crèche pour mon fils", "fr"),
        ("jcherche taf ms g pas de garde pr mn bb", "fr"),
        ("I need a nursery for my son", "en"),
        ("necesito una guardería para mi hijo", "es"),
        ("preciso de uma creche para o meu filho", "pt"),
        ("caut o creșă pentru copilul meu", "ro"),
        ("oğlum için kreş arıyorum", "tr"),
        ("bghit n7ott weldi f lcrich", "ar-latn"),
        ("أبحث عن حضانة لابني", "ar"),
        ("ищу ясли для сына", "ru"),
        ("шукаю ясла для сина", "uk"),
        ("我想给儿子找托儿所", "zh"),
        ("ছেলের জন্য ক্রেশ খুঁজছি", "bn"),
        ("மகனுக்கு காப்பகம் வேண்டும்", "ta"),
    ],
)
def test_each_language_is_recognised(text, language):
    """One plain sentence is enough, whatever the script or the spelling."""
    heard = spoken(text)

    assert (heard.language, heard.clear) == (language, True)


@pytest.mark.parametrize("text", ["", "75019", "👍", "asf", "xyzzy plugh"])
def test_what_tells_nothing_is_left_untold(text):
    """A number, an emoji, an acronym or nonsense has no language, so the conversation keeps its own."""
    assert spoken(text).clear is False


def test_a_mixed_sentence_names_its_languages():
    """A Brazilian mother in France writes both; the words of both are then read."""
    assert {"fr", "pt"} <= spoken("bonjour minha filha tem 6 anos, elle est autiste").mixed


def test_the_setting_of_the_telephone_settles_a_tie():
    """« para a escola » is Portuguese or Spanish: the person's own setting decides."""
    text = "para que no me paga"

    assert spoken(text, "pt").language == "pt"
    assert spoken(text, "es").language == "es"


@pytest.mark.parametrize("language", ["es", "pt", "ro", "tr", "ru", "uk", "zh", "bn", "ta", "ar", "ar-latn"])
def test_every_language_read_has_its_invitation_and_its_way_out(language):
    """Whether it becomes offered or not, there is something to say in it."""
    said = invitation(language)

    assert all((said.to_go_on, said.button, said.otherwise, said.numbers, said.person))


def test_an_unknown_language_gets_the_way_out_in_two():
    """Polish or Italian readers get French and English, with the same two buttons."""
    said = invitation("pl")

    assert said.to_go_on == ""
    assert "French" in said.otherwise
    assert said.numbers and said.person


@pytest.mark.parametrize(
    ("language", "pending", "said", "choice"),
    [
        ("en", "foyer", "alone", "seul"),
        ("en", "foyer", "i dont know", "ne-sais-pas"),
        ("en", "emploi", "rather not say", "refuse"),
        ("en", "logement", "we rent", "locataire"),
        ("ar", "foyer", "وحدي", "seul"),
        ("ar", "emploi", "لا اعرف", "ne-sais-pas"),
        ("ar", "emploi", "لا أريد الإجابة", "refuse"),
    ],
)
def test_a_few_words_of_one_s_own_language_answer(library, language, pending, said, choice):
    """Nobody has to find the exact words of a button, nor to spell them without a mistake."""
    session = Session(language=language, pending=pending)
    event = understand_safe(said, library.content.dialogs, session, library.lexicon(language), TODAY)

    assert isinstance(event, Answered)
    assert event.choice == choice


@pytest.mark.parametrize("said", ["5 أشهر", "الشهر 5", "الشهر ٥"])
def test_a_month_of_pregnancy_is_read_in_arabic(library, said):
    """The question says in Arabic that « the month 5 » may be written: it is then understood."""
    session = Session(language="ar", pending="grossesse")
    event = understand_safe(said, library.content.dialogs, session, library.lexicon("ar"), TODAY)

    assert isinstance(event, Answered)
    assert event.facts == {"grossesse_mois": 5}


@pytest.mark.parametrize("said", ["2 و7 سنوات", "2 و 7 سنوات", "٢ و ٧ سنوات"])
def test_the_ages_of_children_are_read_in_arabic(library, said):
    """The question says in Arabic that « 2 and 7 years » may be written: two children are then noted."""
    session = Session(language="ar", pending="age-enfants")
    event = understand_safe(said, library.content.dialogs, session, library.lexicon("ar"), TODAY)

    assert isinstance(event, Answered)
    assert [child["naissance"] for child in event.facts["enfants"]["liste"]] == [
        ["2023-12", "2024-11"],
        ["2018-12", "2019-11"],
    ]
