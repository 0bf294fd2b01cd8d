"""The encoder reads whole sentences: what it may change of what the lexicons hear, and that nothing breaks without it."""

import json
import shutil
import sys
from array import array
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.crypto import new_code
from bot.deposit import leave
from bot.encoder import load
from bot.encoder.load import DESCRIPTION, FILES, FOLDER, encoder_problems, load_encoder
from bot.encoder.text import MOST_PIECES, normalized, passages
from bot.staff.invitations import Invitation, Invitations
from bot.staff.model import Role
from knowledge.danger import detect
from knowledge.danger_load import load_danger
from knowledge.encoder import Impression
from knowledge.reader import ContentError
from knowledge.trained import hash_of
from tests.bot.talk import Person
from tests.evaluation import sets

ROOT = Path(__file__).parents[2]
LEXICON = load_danger(ROOT / "knowledge" / "urgences")
MOST_PASSAGES = 16
needs_libraries = pytest.mark.skipif(
    load_encoder() is None, reason="the extra « sens » (onnxruntime, sentencepiece, numpy) is not installed"
)


@dataclass(frozen=True)
class Always:
    """An encoder that makes the same of every text."""

    cry: int
    case: str = "violence"
    doubt: int = -20_000
    alarm: int = 1_000
    calm: int = 0
    silence: int = -6_000
    topics: dict = field(default_factory=dict)
    others: tuple = ()

    def begin(self, text):
        """It needs no time."""

    def read(self, text):
        return Impression(self.cry, self.case, self.topics, self.others)

    def reread(self, text):
        return self.read(text)


@dataclass(frozen=True)
class Hearing(Always):
    """An encoder that makes a cry of a short passage with a word, and ``cry`` of all else."""

    cry: int = -7_000
    word: str = ""

    def __init__(self, word, cry=-7_000):
        object.__setattr__(self, "word", word)
        object.__setattr__(self, "cry", cry)

    def read(self, text):
        short = len(text.split()) <= 10
        return Impression(5_000 if short and self.word in text else self.cry, self.case, {})


class Letters:
    """Pieces of one sign each: as many numbers as signs that are no space."""

    def encode(self, text):
        return [ord(sign) for sign in text if not sign.isspace()]


def hearing(cry, **more):
    """The lexicons with an encoder that makes ``cry`` of every text, and an ear that says neither yes nor no."""
    none = array("b", [0])
    ear = replace(LEXICON.ear, weights=none, bias=0.0)
    return replace(LEXICON, ear=ear, encoder=Always(cry, **more))


def ear_of_everything():
    """An ear to which every text is a cry."""
    return replace(LEXICON.ear, weights=array("b", [0]), bias=9_000.0)


def test_a_cry_that_no_phrase_holds_brings_the_gentle_line():
    """From its score on, never the card: one line, the number of the case, and the conversation goes on."""
    text = "je voudrais une place en crèche"

    assert detect(hearing(999), text) is None
    alarm = detect(hearing(1_000, case="rue"), text)
    assert alarm and (alarm.level, alarm.case) == ("possible", "rue")
    assert alarm.numbers == LEXICON.card("rue", "fr").numbers


def test_a_cry_that_may_be_of_two_kinds_brings_a_number_for_each():
    """The likeliest danger asks the question and comes first; the first number of the other one follows, once."""
    alarm = detect(hearing(1_000, case="rue", others=("violence", "cyber")), "je voudrais une place en crèche")
    street, home, screen = (LEXICON.card(case, "fr").numbers for case in ("rue", "violence", "cyber"))

    assert alarm and alarm.case == "rue"
    assert alarm.also == (home[0], screen[0])
    assert alarm.numbers == (*street, screen[0])  # the street's card names that of the home already


@needs_libraries
async def test_the_other_number_is_shown_below_the_gentle_line(library):
    """With its name and what to dial: the line asks about one danger only."""
    said = replace(
        library, danger=replace(hearing(1_000, case="rue", others=("violence",)), texts=library.danger.texts)
    )
    person = Person(said)
    await person.opens()
    reply = await person.types("je voudrais une place en crèche")
    note, *others = next(screen for screen in reply.screens if screen.urgent).blocks

    assert "115" in note.text
    assert [(block.title, block.link) for block in others] == [("3919, Violences Femmes Info", "tel:3919")]


def test_an_emergency_card_becomes_the_gentle_line_before_nothing_is_said():
    """Where neither the text nor the words around what was heard are a cry; the numbers stay the same."""
    text = "mon mari me frappe depuis trois ans devant les enfants"
    sure = detect(replace(LEXICON, ear=None), text)

    assert detect(hearing(0), text) == detect(hearing(-1_000), text) == sure
    assert detect(hearing(-1_001), text) == detect(hearing(-6_000), text) == replace(sure, level="possible")
    assert detect(hearing(-6_001), text) is None


def test_a_gentle_line_is_taken_back_only_where_nothing_sounds_like_a_cry():
    """« Suicide » in what is plainly about traffic brings nothing; in doubt the line stays."""
    text = "the traffic on the périphérique is suicide at this hour"

    assert detect(hearing(-1), text) is None
    assert detect(hearing(0), text)


@pytest.mark.parametrize(
    "text",
    ["Y96WKTW4D9ZJRQAVK", "y3wn aftk djkp 9mwn f", " Y9MH-MXN0-DKKY-MGAW-Y\n", "Z000000000000000A", "06 27 39 79 61"],
)
def test_no_network_hears_words_in_codes_and_numbers(text):
    """Of a hundred random codes two sounded like a cry to the encoder; a colleague who joins is no victim."""
    assert detect(hearing(9_000), text) is None
    assert detect(replace(LEXICON, ear=ear_of_everything()), text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Y96WKTW4D9ZJRQAVKA",  # a sign too many
        "yamanpereymefrape",  # glued, of as many letters as a code
        "y a 3 ans kmm",
        "YEPA ME FR5 PA",
        "Z96WKTW4D9ZJRQAVK, help",
        "17 svp",
    ],
)
def test_what_only_resembles_a_code_is_listened_to(text):
    """SMS language writes words with digits: only the exact form of a code goes unheard."""
    assert detect(hearing(9_000), text)


async def test_every_code_that_is_handed_out_is_known_for_one(store, vault):
    """Of an invitation and of a situation left for one opening; each holds a digit, which no glued word need do."""
    now = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    invitations = Invitations(store.database, vault, lambda: now)
    invitation = await invitations.invite(Invitation(Role.PROMENEUR, "Mésange", now + timedelta(days=1)), "opérateur")
    deposit = await leave(store, vault.person, {}, None, now)

    assert not any(detect(hearing(9_000), code) for code in (invitation, deposit))


def test_a_code_without_a_digit_is_drawn_again(monkeypatch):
    """One in four hundred would be letters alone, as a word is."""
    drawn = iter("ABCDEFGHJKMNPQRS" + "ABCDEFGHJKMNPQR7")
    monkeypatch.setattr("bot.crypto.secrets.choice", lambda _: next(drawn))

    assert new_code() == "ABCDEFGHJKMNPQR7"


@needs_libraries
@pytest.mark.parametrize(
    "text", ["je n'en peux plus, ma fille est née en mai 2024", "jen peu plus 2 cet vie, je cherche une creche 19e"]
)
def test_a_phrase_that_fills_its_clause_keeps_the_line(library, text):
    """With the real encoder: what is asked after the comma does not unsay it."""
    alarm = detect(library.danger, text)

    assert alarm and (alarm.case, alarm.level) == ("suicide", "possible")


@pytest.mark.parametrize("text", ["numéro suicide ado", "viol", "frappe moi"])
def test_of_one_to_three_words_nothing_is_taken_back(text):
    """Typed to look for help, they hold nothing that would explain them away."""
    heard = detect(replace(LEXICON, ear=None), text)

    assert detect(hearing(-9_000), text) == heard


@pytest.mark.parametrize(
    "text",
    ["mon mari me frappe depuis trois ans devant les enfants", "je n'en peux plus, ma fille est née en mai 2024"],
)
def test_what_was_heard_in_words_not_as_written_is_taken_back_only_far_from_a_cry(monkeypatch, text):
    """Where no passage can be weighed by itself, the card and the gentle line alike are the line until the silence."""
    monkeypatch.setattr("knowledge.danger.around", lambda text, dangers: [])
    alone = detect(replace(LEXICON, ear=None), text)

    assert detect(hearing(-6_000), text) == replace(alone, level="possible")
    assert detect(hearing(-6_001), text) is None


def test_a_request_drowns_no_fear_told_beside_it():
    """What a phrase hears is weighed with the words around it: where they are a cry it is said, however harmless the rest
    is, and on the card as long as the whole is not far from one."""
    text = "mon mari me frappe je cherche une crèche dans le 19e pour ma fille de deux ans"
    sure = detect(replace(LEXICON, ear=None), text)
    lexicon = hearing(0)

    assert detect(replace(lexicon, encoder=Hearing("frappe", -6_000)), text) == sure
    assert detect(replace(lexicon, encoder=Hearing("frappe", -7_000)), text) == replace(sure, level="possible")
    assert detect(replace(lexicon, encoder=Hearing("crèche dans")), text) is None


@pytest.mark.parametrize("polite", [2, 10, 20, 60])
@pytest.mark.parametrize(("cry", "level"), [("Mon mari me frappe.", "sur"), ("Je veux disparaitre.", "possible")])
def test_the_last_sentence_of_a_long_letter_counts_like_the_first(polite, cry, level):
    """However many questions come before, the clause that holds the fear is the one that is weighed."""
    letter = (
        "Je voudrais connaître les pièces pour la cantine de ma fille, qui entre au CP. " * polite + cry + " Merci."
    )
    encoder = Hearing("rappe" if level == "sur" else "disparaitre", -1_000)
    alarm = detect(replace(hearing(0), encoder=encoder), letter)

    assert alarm and alarm.level == level


@needs_libraries
@pytest.mark.parametrize("cry", ["Mon mari me frappe", "je veux disparaitre", "il m'a violée", "my husband hits me"])
@pytest.mark.parametrize("polite", [1, 5, 20])
def test_a_sentence_of_its_own_is_heard_at_either_end_of_a_letter(library, cry, polite):
    """With the real encoder: it is weighed as if the rest were not there."""
    rest = "Bonjour, mon fils a 4 ans et nous cherchons une place en centre de loisirs dans le 19e. " * polite

    assert detect(library.danger, f"{rest}{cry}. Merci.")
    assert detect(library.danger, f"{cry}. {rest}")


@needs_libraries
@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("mon ado me fait du chantage affectif pour avoir un scooter lol", None),
        ("plutôt crever que de refaire la queue à la préfecture", None),
        ("Mi hija interpreta a una bruja que envenena a la princesa en la obra del cole", None),
    ],
)
def test_harmless_words_lose_the_line_or_the_card(library, text, level):
    """With the real encoder: what the phrases alone would alarm for, the gentle line or the card."""
    alone, alarm = detect(replace(library.danger, ear=None), text), detect(library.danger, text)

    assert alone and alone.level != level
    assert (alarm.level if alarm else None) == level


PLAIN_CRIES = {
    "mon mari me frappe": "je cherche une crèche dans le 19e pour ma fille de deux ans",
    "il m'a violée": "quels papiers faut-il pour la carte Navigo des enfants",
    "je veux mourir": "merci pour tout, bonne journée à vous et à toute l'équipe",
    "mon bébé ne respire plus": "à quelle heure ouvre la PMI de la rue de Belleville",
    "on dort dehors ce soir avec les enfants": "la cantine est-elle gratuite dans le 18e",
    "my husband beats me": "how do I enrol my son in the canteen, he starts in September",
    "quiero morirme": "busco una guardería en el distrito 19 para mi hija de dos años",
    "زوجي يضربني": "أبحث عن حضانة لابنتي في الدائرة التاسعة عشرة",
    "муж меня бьёт": "где записать сына в детский сад в девятнадцатом округе",
    "老公打我": "我想给两岁的女儿找一个托儿所，在十九区",
}


@needs_libraries
@pytest.mark.parametrize(("cry", "request_"), PLAIN_CRIES.items())
@pytest.mark.parametrize("between", [" ", ", ", ". "])
def test_no_request_silences_a_plain_cry(library, cry, request_, between):
    """With the real encoder: before or after, with a mark or none."""
    assert detect(library.danger, cry + between + request_)
    assert detect(library.danger, request_ + between + cry)


@needs_libraries
@pytest.mark.parametrize(
    "text",
    [
        "mon mari me frappe, je cherche une crèche dans le 19e pour ma fille de 2 ans",
        "mon mari me frappe je cherche une crèche dans le 19e pour ma fille de 2 ans et un logement",
        "je cherche une crèche, et puis il me frappe, c'est quoi les horaires de la mairie du 19e ?",
    ],
)
def test_a_blow_told_beside_requests_brings_the_card(library, text):
    """With the real encoder: the first words of a long request do not make the rest harmless."""
    alarm = detect(library.danger, text)

    assert alarm and (alarm.case, alarm.level) == ("violence", "sur")


def test_the_ear_and_the_encoder_decide_together():
    """What one is a little short of, the other may add: half of the ear's score counts."""
    ear = replace(hearing(0).ear, bias=1.0)
    text = "je voudrais une place en crèche"

    assert detect(replace(hearing(500), ear=ear), text)
    assert detect(replace(hearing(499), ear=ear), text) is None


def test_what_a_child_says_of_violence_is_a_child_in_danger():
    """The encoder names violence; a child's voice makes it a child in danger, with the number for children."""
    alarm = detect(hearing(2_000), "j'ai 9 ans et je veux un vélo")

    assert alarm and (alarm.case, alarm.child) == ("enfant-danger", True)


def test_a_text_is_read_whole_where_it_is_short():
    """One passage between its begin and its end; nothing of an empty one."""
    assert list(passages(Letters(), "abc")) == [[0, 97, 98, 99, 2]]
    assert list(passages(Letters(), " \n")) == []


@pytest.mark.parametrize("signs", [127, 500, 4_096, 100_000])
def test_a_long_text_is_read_in_a_bounded_number_of_passages(signs):
    """Its first and last words are always among what is read."""
    read = list(passages(Letters(), "a" + ("bc" * signs)[: signs - 2] + "z"))

    assert 1 < len(read) <= MOST_PASSAGES
    assert max(map(len, read)) <= MOST_PIECES
    assert read[0][1] == ord("a")
    assert read[-1][-2] == ord("z")


def test_signs_that_are_not_seen_change_nothing():
    """A direction mark or a joiner inside a word hides no cry; full-width letters are letters."""
    assert normalized("Il me\u202e fr\u200bappe\x00") == "il me frappe "
    assert normalized("ＳＯＳ") == "sos"


def test_a_letter_drawn_out_is_three():
    """« Heeeelp » is help; a key held down is no word, and its length changes nothing. Numbers stay what they are."""
    assert normalized("Heeeelp, j'ai 100000 raisons... noooooon") == "heeelp, j'ai 100000 raisons... nooon"
    assert normalized("a" * 1_000) == "aaa"


@needs_libraries
def test_a_key_held_down_is_no_cry(library):
    """It brings a kind question, not the number of a doctor."""
    assert [signs for signs in (3, 50, 300, 1_001, 5_000) if detect(library.danger, "a" * signs)] == []


def test_without_the_libraries_everything_goes_on(monkeypatch):
    """The extra is not installed: no encoder, and the lexicons and the ear hear as before."""
    monkeypatch.setattr(load, "import_module", _missing)

    assert load_encoder() is None
    assert detect(LEXICON, "mon mari me frappe")


def _missing(name):
    raise ImportError(name)


def test_no_model_is_no_encoder(tmp_path):
    """A folder without the description has none, and nothing to say of it."""
    assert load_encoder(tmp_path) is None
    assert encoder_problems(tmp_path) == []


@needs_libraries
def test_a_broken_model_is_refused_with_what_to_do(tmp_path):
    """Half a file serves nobody: the version is refused with the file's name and what to do."""
    for name in (*FILES, DESCRIPTION):
        shutil.copy(FOLDER / name, tmp_path)
    (tmp_path / FILES[0]).write_bytes((FOLDER / FILES[0]).read_bytes()[:1000])

    with pytest.raises(ContentError, match=r"(?s)phrases\.onnx.*make encoder"):
        load_encoder(tmp_path)


def test_files_that_do_not_belong_together_are_named(tmp_path):
    """Whoever replaces one file without the others is told which."""
    folder = tmp_path / "bot" / "encoder"
    folder.mkdir(parents=True)
    for name in (*FILES, DESCRIPTION):
        shutil.copy(FOLDER / name, folder)
    assert encoder_problems(tmp_path) == []
    (folder / FILES[3]).write_bytes(b"other pieces")

    (problem,) = encoder_problems(tmp_path)

    assert str(problem.where) == f"bot/encoder/{FILES[3]}"
    assert not problem.warning


def test_the_encoder_was_trained_on_the_sentences_that_are_kept():
    """Whoever changes a sentence trains again (« make encoder »)."""
    trained = json.loads((FOLDER / DESCRIPTION).read_text(encoding="utf-8"))["phrases"]
    listed = [*(ROOT / "knowledge/urgences/oreille").glob("*.tsv"), *(ROOT / "dialogs/sujets/phrases").glob("*.tsv")]

    assert {path: hash_of(ROOT / path) for path in trained} == trained
    assert {path.relative_to(ROOT).as_posix() for path in listed} <= trained.keys()


def test_what_measures_the_encoder_is_not_learned():
    """No blind sentence is among the subjects' sentences either, but what anyone types."""
    learned = {
        line.split("\t")[3].casefold()
        for path in (ROOT / "dialogs" / "sujets" / "phrases").glob("*.tsv")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    measured = [row for half in ("fin", *sets.BLIND_BEFORE) for row in sets.alarms(half)]
    blind = {row["texte"].casefold() for row in [*measured, *sets.sentences(sets.THIRD)]}

    assert [text for text in learned & blind if len(text) > 25] == []


@needs_libraries
@pytest.mark.parametrize(
    ("text", "case", "language"),
    [
        ("je cache les passeports des enfants chez ma voisine pour le jour où je partirai", "violence", "fr"),
        ("my little boy swallowed something from under the sink and he's gone floppy", "sante", "en"),
        ("mañana nos echan y no sé dónde vamos a dormir con los niños", "rue", "es"),
    ],
)
def test_it_hears_what_is_only_hinted_at(library, text, case, language):
    """In words that no list could hold, and names the danger for the right number."""
    alarm = detect(library.danger, text)

    assert alarm
    assert (alarm.case, alarm.language) == (case, language)


@needs_libraries
@given(st.text(max_size=300) | st.text("\u202e\u200b\x00\x1b<>&;'\" .!?\n死aéﷺ", max_size=300))
def test_any_text_is_read_alike_twice(text):
    """Control and direction signs, markup, ligatures, any script: no failure, and the same impression again."""
    encoder = load_encoder()

    assert encoder is not None
    assert encoder.read(text) == encoder.read(text)


@needs_libraries
@pytest.mark.parametrize("text", ["", "aidez-moi", "Je cherche une crèche. " * 90 + "Mon mari me frappe."])
def test_what_is_begun_early_is_read_as_when_it_is_asked_for(text):
    """On another thread, by both halves, for a desk too; a text of no words as well."""
    ahead, asked = load_encoder(), load_encoder()
    ahead.begin(text)

    assert ahead.read(text) == asked.read(text)
    assert ahead.reread(text) == asked.reread(text)
    assert ahead.answers(text) == asked.answers(text)


@needs_libraries
def test_the_text_in_hand_is_not_read_again_for_many_clauses(monkeypatch):
    """However many clauses are weighed beside it, what is asked for again and again is kept."""
    encoder, read = load_encoder(), []
    run = type(encoder)._run
    monkeypatch.setattr(type(encoder), "_run", lambda self, ids: read.append(ids) or run(self, ids))
    for number in range(40):
        encoder.reread("ma fille a deux ans")
        encoder.reread(f"clause {number}")

    assert len(read) == 41


@needs_libraries
def test_a_reading_that_fails_says_so_to_who_asks_and_not_for_ever(monkeypatch):
    """Begun early, it does not hang; asked again once all is well, it is read."""
    encoder = load_encoder()
    monkeypatch.setattr(type(encoder), "_run", lambda self, ids: 1 / 0)
    encoder.begin("aidez-moi")

    with pytest.raises(ZeroDivisionError):
        encoder.read("aidez-moi")
    with pytest.raises(ZeroDivisionError):
        encoder.reread("ma fille a deux ans")
    monkeypatch.undo()
    assert encoder.reread("ma fille a deux ans") == load_encoder().reread("ma fille a deux ans")


@needs_libraries
def test_a_busy_thread_soon_gives_its_turn():
    """The encoder goes on with its next layers within a fraction of what they take, whatever is worked out meanwhile."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.005)
    try:
        load_encoder()

        assert sys.getswitchinterval() <= 0.0005
    finally:
        sys.setswitchinterval(before)


@needs_libraries
def test_texts_begun_at_once_by_many_are_each_read(library):
    """More than are remembered, from eight threads: nobody waits for ever, each gets what the text is."""
    encoder, texts = load_encoder(), [f"ma fille a {years} ans et cherche une place" for years in range(40)]

    def read(text):
        encoder.begin(text)
        return encoder.reread(text)

    with ThreadPoolExecutor(8) as many:
        found = list(many.map(read, texts * 3))

    alone = load_encoder()
    assert found == [alone.reread(text) for text in texts] * 3


@needs_libraries
@pytest.mark.parametrize("unit", ["a", "<b>il</b> ", "\u202e\x00x ", "死", "SELECT * FROM t; ", "ﷺ"])
def test_a_hostile_text_is_read_in_bounded_pieces(unit):
    """A hundred thousand signs are cut to four thousand, and these to sixteen passages."""
    encoder = load_encoder()
    read = list(passages(encoder.pieces, (unit * 100_000)[:100_000]))

    assert len(read) <= MOST_PASSAGES
    assert max(map(len, read)) <= MOST_PIECES
