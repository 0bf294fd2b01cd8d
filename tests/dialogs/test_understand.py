"""What is typed becomes one event: danger first, then the answer awaited, then facts, cards and subjects."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.events import Ambiguous, Answered, Asked, Confirmed, Did
from dialogs.session import Known, LinkOffer
from dialogs.subjects import topics_of
from knowledge.danger import Alarm
from tests.dialogs.typed import DIALOGS, typed
from tests.pace import slower

REFERENCE = (
    "je suis séparée depuis deux mois, seule avec deux enfants de 2 et 7 ans dans le 19e, "
    "mon ex ne paie pas la pension, je cherche du travail"
)


@pytest.mark.parametrize("pending", [None, "emploi", "age-enfants"])
def test_danger_comes_before_everything(pending):
    """A cry is heard in the middle of any question, even beside an answer to it."""
    event = typed("je travaille et mon mari me frappe", pending)

    assert isinstance(event, Alarm)
    assert event.case == "violence"


def test_danger_is_heard_at_the_end_of_a_very_long_text():
    """What lies beyond the part that is read for facts is still read for danger."""
    assert isinstance(typed("bla bla " * 12_000 + " mon mari me frappe"), Alarm)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("merci beaucoup", "merci"),
        ("Bonjour !", "bonjour"),
        ("😀", "non-texte"),
        ("   ", "non-texte"),
        ("...", "rien"),
        ("؟", "rien"),
    ],
)
def test_courtesy_is_answered_and_starts_nothing(text, kind):
    """A thank-you, a hello or an emoji is neither an answer nor a subject."""
    assert typed(text, "foyer") == Asked(small_talk=kind)


@pytest.mark.parametrize(
    ("pending", "text", "choice"),
    [
        ("foyer", "en couple", "couple"),
        ("foyer", "toute seule", "seul"),
        ("emploi", "chomage", "demandeur"),
        ("emploi", "je suis a mon conpte", "independant"),
        ("logement", "à l'hotel", "hotel"),
        ("logement", "in a hotel", "hotel"),
        ("logement", "locatair", "locataire"),
        ("separation", "depuis 3 mois", "recente"),
        ("separation", "on s'est quittés il y a 4 ans", "ancienne"),
        ("titre-pension", "oui", "oui"),
        ("titre-pension", "nan", "non"),
        ("titre-pension", "non merci", "non"),
        ("grossesse", "non", "non"),
    ],
)
def test_a_choice_may_be_typed(pending, text, choice):
    """A label, one of its words, a small misspelling, or the same said in a sentence presses the button."""
    assert typed(text, pending) == Answered(pending, choice)


@pytest.mark.parametrize("text", ["je ne sais pas", "jsp", "I don't know", "aucune idée"])
def test_not_knowing_is_an_answer(text):
    """Whoever does not know moves on, in every question."""
    assert typed(text, "logement") == Answered("logement", "ne-sais-pas")


@pytest.mark.parametrize("text", ["je préfère ne pas répondre", "Prefer not to say", "ça ne vous regarde pas"])
def test_refusing_is_an_answer(text):
    """Whoever prefers not to say moves on, in every question."""
    assert typed(text, "revenus") == Answered("revenus", "refuse")


@pytest.mark.parametrize("pending", ["arrondissement", "logement"])
@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("je préfère ne pas dire", "refuse"),
        ("no sé", "ne-sais-pas"),
        ("prefiro não dizer", "refuse"),
        ("nu știu", "ne-sais-pas"),
        ("söylemek istemiyorum", "refuse"),
        ("не знаю", "ne-sais-pas"),
        ("не хочу відповідати", "refuse"),
        ("不想说", "refuse"),
        ("জানি না", "ne-sais-pas"),
        ("சொல்ல விரும்பவில்லை", "refuse"),
        ("ma n3raf", "ne-sais-pas"),
    ],
)
def test_not_knowing_and_refusing_are_answers_in_every_language(pending, text, choice):
    """Whoever answers French questions in another language moves on as well."""
    assert typed(text, pending) == Answered(pending, choice)


@pytest.mark.parametrize("yes", ["evet", "sim", "да", "так", "是的", "হ্যাঁ", "ஆம்", "sí", "iyeh"])
@pytest.mark.parametrize("no", ["hayır", "não", "нет", "ні", "不是", "না", "இல்லை", "nu", "lla"])
def test_what_a_link_brought_is_confirmed_in_every_language(yes, no):
    """Whoever opened a French link says yes or no in their own words."""
    waiting = {"offer": LinkOffer("separation", None, {"arrondissement": "20"})}

    assert typed(yes, **waiting) == Confirmed(True)
    assert typed(no, **waiting) == Confirmed(False)


def test_who_found_it_is_not_asked_about_a_separation():
    """« Laisse tomber » is said to the assistant; « il m'a laissée tomber » tells of a separation."""
    assert typed("laisse tomber j'ai trouvé") == Asked(small_talk="merci")
    assert "separation" not in topics_of("laisse tomber, je regarderai demain")
    assert "separation" in topics_of("il m'a laissée tomber")
    assert "separation" in topics_of("mon mari nous a laissés tomber")


def test_a_value_answers_and_the_rest_is_kept():
    """« seule, avec deux enfants... » answers one question and saves two others."""
    event = typed("seule avec deux enfants de 2 et 7 ans dans le 20e", "foyer")

    assert (event.question, event.choice) == ("foyer", "seul")
    assert set(event.also) == {"enfants", "arrondissement"}
    assert event.also["arrondissement"] == "20"


def test_a_value_is_read_before_a_label_that_looks_like_it():
    """« moins de 3 ans » is not the button « Moins de 1 an »."""
    event = typed("moins de 3 ans", "age-enfants")

    assert event.choice is None
    assert event.facts["enfants"]["liste"] == [{"naissance": ["2023-12", "2026-11"]}]


def test_what_is_only_near_is_asked_back():
    """A doubtful word offers at most three buttons, a bare « 3 » the age it may be."""
    assert typed("oui", "grossesse") == Ambiguous("grossesse", ("debut", "milieu", "fin"))
    assert typed("3", "age-enfants") == Ambiguous("age-enfants", ("3-5",))
    assert typed("locatere", "logement") == Ambiguous("logement", ("locataire",))


@pytest.mark.parametrize(
    ("pending", "text"),
    [
        ("emploi", "je ne travaille pas"),
        ("logement", "c'est quoi locataire ?"),
        ("foyer", "ma voisine est seule"),
        ("arrondissement", "21"),
    ],
)
def test_what_does_not_answer_is_not_forced(pending, text):
    """The contrary of a label, a question about it, or someone else's case presses no button."""
    assert isinstance(typed(text, pending), Asked)


def test_several_values_still_possible_do_not_answer():
    """« mon ex » speaks of a separation without saying when, so the question stays."""
    event = typed("mon ex ne m'appelle pas", "separation")

    assert isinstance(event, Asked)
    assert event.facts == {"separation": ["en_cours", "recente", "ancienne"]}


def test_a_disability_is_said_of_none_or_of_the_only_child():
    """« non » closes the question for all children; « oui » is enough when there is one."""
    one = {"liste": [{"naissance": "2024-11"}], "complet": "oui"}

    assert typed("non", "handicap-enfant") == Answered("handicap-enfant", "termine")
    assert typed("oui", "handicap-enfant", facts={"enfants": Known(one, "dit", "2026-11-21")}) == Answered(
        "handicap-enfant", "enfant-0"
    )


def test_the_reference_sentence_opens_two_trees():
    """A separation and a search for work are both followed, the better told first."""
    event = typed(REFERENCE)

    assert event.trees == ("separation", "garde-insertion")
    assert set(event.facts) == {"separation", "foyer", "enfants", "arrondissement", "pension", "emploi"}


def test_two_subjects_keep_the_order_in_which_they_come(monkeypatch):
    """With equal evidence, and where the whole sentence says nothing more, the first said comes first."""
    monkeypatch.setattr("dialogs.topics.sense", lambda: None)

    assert typed("je me sépare et je cherche du travail").trees == ("separation", "garde-insertion")
    assert typed("je cherche du travail et je me sépare").trees == ("garde-insertion", "separation")


@pytest.mark.parametrize(
    "text",
    [
        "asf",
        "c'est quoi l'ASF ?",
        "allocation de soutien familial",
        "j'ai demandé l'asf en mars et la caf ne répond jamais",
    ],
)
def test_a_card_is_found_by_its_name_or_acronym(text):
    """An acronym opens its card, in capitals or not, alone or in a sentence."""
    assert typed(text).cards == ("asf",)


def test_an_acronym_that_is_a_word_needs_capitals():
    """« quel âge » does not open the AGE; « l'AGE » does."""
    assert typed("quel age pour la maternelle").cards == ()
    assert typed("comment avoir l'AGE").cards == ("age-france-travail",)


@pytest.mark.parametrize(
    ("text", "trees"), [("nounou", ("accueillir-enfant",)), ("séparassion", ("separation",)), ("xyzzy", ())]
)
def test_a_subject_is_found_by_its_words_exact_or_near(text, trees):
    """A topic word, even misspelled, leads to its tree; nonsense leads nowhere and says so."""
    assert typed(text) == Asked(trees=trees)


def test_an_action_may_be_typed():
    """« menu » and « quitter vite » do what their buttons do; a long sentence with « menu » does not."""
    assert typed("Menu") == Did("menu")
    assert typed("quitter vite", "foyer") == Did("quitter")
    assert typed("le menu de la cantine est cher") == Asked()


@pytest.mark.parametrize(
    "text", ["<b>19e</b>", "'; DROP TABLE session; --", "\x00\u202e91\u202c", "{{7*7}}", "\ud800", "﷽" * 50]
)
def test_strange_text_is_only_text(text):
    """Markup, SQL, control and direction characters raise nothing and start nothing harmful."""
    assert typed(text) is not None


def test_hidden_characters_do_not_hide_an_answer():
    """A zero-width or direction character inside « 19e » changes nothing."""
    assert typed("1\u200b9\u202ee", "arrondissement").facts == {"arrondissement": "19"}


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.sampled_from([None, *DIALOGS.questions]))
def test_any_text_gives_an_event(text, pending):
    """Whatever is typed to whatever question, one event comes out."""
    assert typed(text, pending) is not None


@pytest.mark.parametrize(
    "piece", ["mon ", "2 et ", "je vis a b c ", "enfants de 2 ans ", "1 ", "le petit ", "il ne me paie "]
)
def test_a_hundred_thousand_characters_take_a_bounded_time(piece):
    """A very long text takes no longer than a tenth of it, even one made to slow the reading down."""
    assert slower(lambda text: typed(text, "age-enfants"), lambda signs: (piece * signs)[:signs]) < 4
