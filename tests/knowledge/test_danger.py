"""Words of danger are recognised in every language, however they are typed; harmless words are left alone."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.danger import CASES, Alarm, detect
from knowledge.danger_brackets import expand
from knowledge.danger_load import LANGUAGES, load_danger
from knowledge.danger_text import WINDOW, words
from knowledge.reader import ContentError, parse, read
from tests.pace import slower

ROOT = Path(__file__).parents[2]
URGENCES = ROOT / "knowledge" / "urgences"
NUMBERS = {path.stem: read(path) for path in (ROOT / "knowledge" / "numeros").glob("*.yaml")}
IN_SERVICE = {name for name, card in NUMBERS.items() if card["en_service"] == "oui"}
LEXICON = load_danger(URGENCES, IN_SERVICE)
DEV = read(ROOT / "tests" / "evaluation" / "danger-dev.yaml")["phrases"]
CRIES = [row for row in DEV if row["urgence"] != "null"]
CALM = [row for row in DEV if row["urgence"] == "null"]
BLIND = read(ROOT / "tests" / "evaluation" / "danger-aveugle.yaml")["phrases"]
TUNED = [row for row in BLIND if row["moitie"] == "dev"]  # the other half is only for measuring


def text_of(row):
    return row["texte"]


@pytest.mark.parametrize("row", [row for row in CRIES if row["niveau"] == ["sur"]], ids=text_of)
def test_every_sure_cry_of_the_dev_set_is_heard(row):
    """A sentence that leaves no doubt always brings the emergency card of its case."""
    alarm = detect(LEXICON, row["texte"])

    assert alarm
    assert alarm.level == "sur"
    assert alarm.case in (row["urgence"], row.get("ou"))


@pytest.mark.parametrize("row", [row for row in CRIES if row["niveau"] != ["sur"]], ids=text_of)
def test_every_other_cry_of_the_dev_set_gets_an_accepted_level(row):
    """A misspelled, denied or veiled cry gets at least the gentle line."""
    alarm = detect(LEXICON, row["texte"])

    assert (alarm.level if alarm else "null") in row["niveau"]
    assert alarm is None or alarm.case in (row["urgence"], row.get("ou"))


def test_harmless_sentences_rarely_alarm():
    """At most three harmless sentences in a hundred bring an alarm, in each language."""
    for language in LANGUAGES:
        calm = [row for row in CALM if row["langue"] == language]
        wrong = [row["texte"] for row in calm if level(row["texte"]) not in row["niveau"]]

        assert len(wrong) <= 0.03 * len(calm), wrong


def level(text):
    alarm = detect(LEXICON, text)
    return alarm.level if alarm else "null"


@pytest.mark.parametrize("row", [row for row in TUNED if row["urgence"] != "null"], ids=text_of)
def test_every_cry_written_blind_for_tuning_is_heard(row):
    """A cry written by someone who had not read the phrases brings at least the gentle line."""
    assert detect(LEXICON, row["texte"])


def test_no_harmless_sentence_written_blind_for_tuning_alarms():
    """Figures of speech, games and rights bring nothing, in each language."""
    calm = [row["texte"] for row in TUNED if row["urgence"] == "null"]

    assert [text for text in calm if level(text) != "null"] == []


def test_the_blind_set_is_cut_in_two_equal_halves():
    """As many cries and as many harmless sentences to measure with as to tune with, none in the dev set."""
    sizes = [sum(row["moitie"] == half for row in BLIND if (row["urgence"] != "null") == cry)
             for half in ("dev", "fin") for cry in (True, False)]  # fmt: skip

    assert sizes == [80, 49, 80, 51]
    assert not {row["texte"] for row in BLIND} & {row["texte"] for row in DEV}


@pytest.mark.parametrize("text", ["rajli kaydrebni", "rajli kidarbni", "rajly kaydarbnii", "jawzi yedrobni"])
def test_arabic_in_latin_letters_is_read_whatever_its_vowels(text):
    """Nobody agrees on the vowels of darija; the consonants are enough."""
    alarm = detect(LEXICON, text)

    assert alarm
    assert alarm.case == "violence"


@pytest.mark.parametrize("text", ["je suis victime d'inceste", "je suis victime de violences"])
def test_an_elision_before_a_choice_is_read(text):
    """« victime (de|d') inceste » is found in « victime d'inceste »."""
    assert level(text) == "sur"


@pytest.mark.parametrize(
    ("calm", "cry"),
    [
        ("il m'a frappée par sa gentillesse", "il m'a frappée par terre"),
        ("mon fils s'est fait battre 3-0 au foot", "mon fils s'est fait battre par son père"),
        ("j'étouffe sous les dettes", "mon fils s'étouffe"),
        ("ma fille dort dans la voiture pendant le trajet", "on dort dans la voiture avec les enfants"),
        ("we slept in a tent at the campsite", "we sleep in a tent with the kids"),
    ],
)
def test_a_harmless_turn_is_told_from_the_cry_it_resembles(calm, cry):
    """The same words with another end are another sentence."""
    assert level(calm) == "null"
    assert level(cry) in ("sur", "possible")


def test_harmless_sentences_never_bring_the_card():
    """No harmless sentence of the dev set is taken for a sure cry."""
    assert [row["texte"] for row in CALM if level(row["texte"]) == "sur"] == []


@pytest.mark.parametrize("row", [row for row in CRIES if row.get("enfant") == "oui"], ids=text_of)
def test_a_child_who_speaks_is_heard_as_a_child(row):
    """A child or a teenager gets the card that says « tu »."""
    alarm = detect(LEXICON, row["texte"])

    assert alarm
    assert alarm.child


def test_a_beaten_child_gets_the_childrens_line_first():
    """« papa me tape » gives 119 first."""
    assert detect(LEXICON, "papa me tape") == Alarm(
        case="enfant-danger",
        level="sur",
        language="fr",
        numbers=("tel-enfance-en-danger", "tel-police", "tel-sms114"),
        child=True,
    )


def test_a_beaten_adult_gets_the_line_for_women_then_the_police():
    """« il m'a frappée » gives 3919, 17, 114 by SMS, then France Victimes, which also listens to men."""
    alarm = detect(LEXICON, "il m'a frappée")

    assert alarm
    assert (alarm.case, alarm.level, alarm.child) == ("violence", "sur", False)
    assert alarm.numbers == ("tel-violences-femmes", "tel-police", "tel-sms114", "tel-victimes")


def test_two_dangers_give_the_gravest_card_and_the_first_number_of_the_other():
    """Wanting to die because of blows: the card of suicide, with the number for violence at the end."""
    alarm = detect(LEXICON, "mon mari me frappe, je veux mourir")

    assert alarm
    assert alarm.case == "suicide"
    assert alarm.numbers == ("tel-suicide", "tel-samu", "tel-europe", "tel-violences-femmes")


def test_someone_else_gets_the_same_numbers():
    """« ma voisine se fait battre » is as sure as « il me bat »."""
    assert detect(LEXICON, "ma voisine se fait battre") == detect(LEXICON, "il me bat")


@pytest.mark.parametrize(
    "text",
    [
        "il me frappe",
        "IL ME FRAPPE !!!",
        "il   me\nfrappe",
        "il me frappééééé",
        "il me fr\u200bappe",
        "\u202eil me frappe\u202c",
        "i\u0301l m\u0308e f\u0327rappe",
        "ｉｌ ｍｅ ｆｒａｐｐｅ",
        "il me fr\x00appe",
        "ilme frappe",
        "qu'il me frappe",
    ],
)
def test_disguises_do_not_hide_a_cry(text):
    """Capitals, control and hidden characters, direction overrides, marks and wide letters change nothing."""
    alarm = detect(LEXICON, text)

    assert alarm
    assert (alarm.case, alarm.level) == ("violence", "sur")


@pytest.mark.parametrize("text", ["زوجي يضربني", "زَوْجِي يَضْرِبُنِي", "زوجـــي يضـربنـي", "وزوجي يضربني"])
def test_arabic_is_read_with_or_without_vowels_tatweel_and_prefixes(text):
    """Short vowels, stretched letters and a glued « and » change nothing."""
    alarm = detect(LEXICON, text)

    assert alarm
    assert (alarm.case, alarm.level, alarm.language) == ("violence", "sur", "ar")


@pytest.mark.parametrize(
    "text",
    [
        "il ne me frappe pas",
        "il me frappe pas",
        "il ne m'a jamais frappée",
        "he never hit me",
        "he doesn't hit me",
        "زوجي لا يضربني",
        "لم يضربني",
    ],
)
def test_a_denied_danger_is_never_sure(text):
    """A negation leaves at most the gentle line."""
    assert level(text) in ("null", "possible")


def test_a_negation_that_is_part_of_the_cry_does_not_soften_it():
    """« je ne veux plus vivre » denies nothing."""
    assert level("je ne veux plus vivre") == "sur"
    assert level("mon bébé ne respire plus") == "sur"


def test_a_negation_of_another_clause_does_not_soften_the_cry():
    """« je n'en peux plus, il me frappe » stays sure."""
    assert level("je n'en peux plus, il me frappe") == "sur"
    assert level("j'en peux plus il me frappe") == "sur"


def test_a_harmless_turn_does_not_hide_a_cry_beside_it():
    """The nerves are one thing, the blows another."""
    assert level("il me tape sur les nerfs") == "null"
    assert level("il me tape sur les nerfs et hier il m'a frappée") == "sur"
    assert level("j'ai peur qu'il me tue") == "sur"


def test_a_subject_of_study_is_silent_but_a_story_is_not():
    """A film about violence brings nothing; being beaten while watching one does."""
    assert level("il y a un viol au début") == "possible"
    assert level("je lis un roman, il y a un viol au début") == "null"
    assert level("pendant le film il m'a frappée") == "sur"


def test_a_near_miss_of_a_short_phrase_is_only_possible():
    """One letter off in three words is not enough for the card."""
    assert level("je veux mouirr") == "possible"


def test_a_cry_at_the_end_of_a_long_text_is_heard():
    """What is pasted before or after does not drown the cry."""
    filler = "bonjour je cherche une place en crèche pour mon fils " * 2000

    assert level(filler + "mon mari me frappe") == "sur"
    assert level("mon mari me frappe " + filler) == "sur"


def test_a_whole_telegram_message_is_read():
    """In 4,096 characters nothing is left out."""
    half = "bonjour " * 254

    assert len(half + "mon mari me frappe " + half) <= 2 * WINDOW
    assert level(half + "mon mari me frappe " + half) == "sur"


@pytest.mark.parametrize(
    "text",
    [
        "comment faire un recours avant la rentrée. il menace de me tuer si je pars",
        "what happens to my RSA if I find work. I am homeless with my baby",
        "老公打我 我想给两岁的女儿找一个托儿所",
    ],
)
def test_a_harmless_turn_takes_no_word_of_another_sentence(text):
    """« Rentrer me tue », « homework », a toddler who hits: not where one half is asked and the other half is feared."""
    assert level(text) == "sur"


@pytest.mark.parametrize("unit", ["il me frappe ", "il ne pas ", "a", "\ufdfa", "\u202e", "e\u0301", "l'", "mon mari "])
def test_hostile_texts_take_a_bounded_time(unit):
    """A hundred thousand characters take no longer than ten thousand of them, in processor time."""
    assert slower(lambda text: detect(LEXICON, text), lambda signs: (unit * signs)[:signs]) < 4


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_without_failing(text):
    """Whatever is typed, the answer is None or an alarm whose card exists."""
    alarm = detect(LEXICON, text)

    assert alarm is None or LEXICON.card(alarm.case, alarm.language, alarm.child).numbers[0] in alarm.numbers


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(sorted(LEXICON.tongues[0].grammar.near.vocabulary)), max_size=40))
def test_any_mix_of_known_words_is_read_without_failing(tokens):
    """Words of danger in any order give None or a complete alarm."""
    alarm = detect(LEXICON, " ".join(tokens))

    assert alarm is None or (alarm.case in CASES and alarm.level in ("sur", "possible") and alarm.numbers)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_each_card_exists_in_each_language_with_the_same_numbers_in_service(case, language):
    """Nobody gets a poorer card for speaking another language."""
    texts, french = LEXICON.texts[language], LEXICON.texts["fr"]

    assert texts.cards[case].numbers == french.cards[case].numbers
    assert set(texts.cards[case].numbers) <= IN_SERVICE
    assert texts.cards[case].gentle
    assert texts.cards[case].discreet
    assert len(texts.cards[case].lines) == len(french.cards[case].lines)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", [case for case in CASES if case != "violence"])
def test_each_child_card_exists_in_each_language(case, language):
    """A child is spoken to as a child; violence told by a child is the case « enfant-danger »."""
    texts, french = LEXICON.texts[language], LEXICON.texts["fr"]

    assert texts.child_cards[case].numbers == french.child_cards[case].numbers
    assert set(texts.child_cards[case].numbers) <= IN_SERVICE
    assert len(texts.child_cards[case].lines) == len(french.child_cards[case].lines)


def test_an_unknown_language_gets_the_french_card():
    """A language without a file is answered in French rather than not at all."""
    assert LEXICON.card("rue", "it") == LEXICON.card("rue", "fr")


def test_brackets_stand_for_every_choice():
    """« (il|elle) me frapp(e|ait) » is four sentences."""
    assert sorted(expand("(il|elle) me frapp(e|ait)")) == [
        "elle me frappait",
        "elle me frappe",
        "il me frappait",
        "il me frappe",
    ]


@pytest.mark.parametrize(("text", "expected"), [
    ("J'ai peur", ("jai", "peur")),
    ("j ai peur", ("jai", "peur")),
    ("qu'il m'a tapé", ("il", "ma", "tape")),
    ("l'enfant", ("enfant",)),
    ("il n'a rien", ("il", "ne", "a", "rien")),
    ("I don't", ("i", "dont")),
])  # fmt: skip
def test_elisions_have_one_spelling(text, expected):
    """However an elision is typed, the words compared are the same."""
    assert words(text, {}).tokens == expected


def broken(tmp_path, change):
    """Return the problems of the files once ``change`` has been made to the French one."""
    for language in LANGUAGES:
        text = (URGENCES / f"{language}.yaml").read_text("utf-8")
        (tmp_path / f"{language}.yaml").write_text(change(text) if language == "fr" else text, "utf-8")
    with pytest.raises(ContentError) as caught:
        load_danger(tmp_path, IN_SERVICE)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<proche> nous <frapper>", "<proches> nous <frapper>", "la classe <proches> n'existe pas"),
        ("<proche> nous <frapper>", "(<proche> nous <frapper>", "n'est pas fermée"),
        ("<proche> nous <frapper>", "<proche>) nous <frapper>", "n'a pas été ouverte"),
        ("titre: Un toit pour cette nuit", "titre: Appelez le 115", "contient des chiffres"),
        (
            "numeros: [tel-samusocial, tel-samu, tel-violences-femmes]",
            "numeros: [tel-115]",
            "'tel-115' n'est pas",
        ),
        ("quitter_vite: Quitter vite", "quiter_vite: Quitter vite", "la clé 'quiter_vite' n'existe pas"),
        ("langue: fr", "langue: en", "'langue' doit valoir 'fr'"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_line(tmp_path, old, new, said):
    """An editor reads the file, the line and what is wrong."""
    line = next(
        number
        for number, text in enumerate((URGENCES / "fr.yaml").read_text("utf-8").splitlines(), 1)
        if old in text and not text.startswith("#")
    )

    problems = broken(tmp_path, lambda text: text.replace(old, new))

    assert any(f"urgences/fr.yaml:{line}: " in problem and said in problem for problem in problems), problems


def test_all_mistakes_of_all_files_come_at_once(tmp_path):
    """Two mistakes give two problems, not the first one only."""
    problems = broken(
        tmp_path,
        lambda text: text.replace("langue: fr", "langue: de").replace("continuer: C", "continuez: C"),
    )

    assert len(problems) == 3  # the language, the unknown key, the missing key


def test_the_evaluation_files_hold_what_they_promise():
    """Both sets have at least sixty cries and sixty harmless sentences, and share none."""
    held = parse((ROOT / "tests" / "evaluation" / "danger-held.yaml").read_text("utf-8"), "held")["phrases"]

    for rows in (DEV, held):
        assert len([row for row in rows if row["urgence"] != "null"]) >= 60
        assert len([row for row in rows if row["urgence"] == "null"]) >= 60
    assert not {row["texte"] for row in DEV} & {row["texte"] for row in held}
