"""What makes of a sure cry a gentle line: a laugh, a story, an old matter that is settled, a doubt. Never silence."""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.danger import detect
from knowledge.danger_load import load_danger
from knowledge.danger_match import Match
from knowledge.danger_nuance import nuances
from knowledge.reader import ContentError

FOLDER = Path(__file__).parents[2] / "knowledge" / "urgences"
LEXICON = replace(load_danger(FOLDER), ear=None)


def level(text: str) -> str | None:
    """Return the level of what the phrases alone hear."""
    alarm = detect(LEXICON, text)
    return alarm.level if alarm else None


@pytest.mark.parametrize(
    ("joke", "cry"),
    [
        ("ma mère va m'égorger ptdr", "ma mère va m'égorger"),
        ("me va a matar mi marido jajaja", "me va a matar mi marido"),
        ("老板天天加班，我要死了哈哈", "我要死了"),
        ("patron beni öldürecek haha", "kocam beni öldürecek"),
    ],
)
def test_a_laugh_makes_the_card_a_gentle_line_and_never_silence(joke, cry):
    """Whoever laughs is asked; whoever does not gets the card."""
    assert level(joke) == "possible"
    assert level(cry) == "sur"


@pytest.mark.parametrize(
    "text",
    [
        "mdr mon mari m'a frappée",
        "lol he slapped me",
        "haha mi marido me pegó",
        "哈哈他又扇我了",
        "ахах муж меня ударил",
        "mdr il a publié mes photos nues",
    ],
)
def test_no_laugh_undoes_blows_or_stolen_pictures(text):
    """Many laugh when they tell what was done to them."""
    assert level(text) == "sur"


@pytest.mark.parametrize(
    "text",
    [
        "haha i want to die but like for real",
        "mdr j'ai envie de mourir, en vrai",
        "exposé sur l'enfance maltraitée : madame c'est ma vie, on me bat",
        "ахах хочу умереть, помогите",
    ],
)
def test_whoever_says_that_it_is_true_gets_the_card(text):
    """« C'est ma vie » outweighs the laugh and the essay before it."""
    assert level(text) == "sur"


def test_a_laugh_far_from_the_cry_changes_nothing():
    """A joke about the canteen does not soften what is told forty words later."""
    between = "la cantine de mon fils coûte deux fois le prix de celle de sa cousine qui habite en face " * 3

    assert level("mdr je vais me tuer") == "possible"
    assert level(f"mdr {between} je vais me tuer") == "sur"


def test_a_laugh_that_is_denied_softens_nothing():
    """« je plaisante pas » is no laugh."""
    assert level("je plaisante, je vais me tuer") == "possible"
    assert level("je plaisante pas, je vais me tuer") == "sur"


@pytest.mark.parametrize(
    "text",
    [
        "Je suis formatrice, je cherche un film sur le mariage forcé",
        "Dans le film la fille se fait kidnapper",
        "Working on a novel: heroine escapes a violent husband",
        "vi um documentário sobre mutilação genital",
        "这部剧里女主自杀那集孩子能看吗",
        "Fiica mea face lucrare la drept despre căsătoria forțată",
    ],
)
def test_what_a_film_a_book_or_an_essay_tells_brings_no_card(text):
    """A story or a subject of study is asked about gently."""
    assert level(text) == "possible"


@pytest.mark.parametrize(
    "text",
    [
        "il m'a frappée pendant le film",
        "mon mari me frappe, j'ai vu votre numéro à la télé",
        "we were watching a movie and he hit me",
        "mon fils est tombé par la fenêtre en jouant à cache-cache",
        "il me frappe puis il joue la victime",
        "写论文写到想自杀",
        "babam ödevi yapmadım diye beni dövdü",
        "il y a un film où je suis nue qui tourne sur snap",
        "elle a pris de l'héroïne, elle ne respire plus",
    ],
)
def test_a_cry_told_beside_a_film_a_game_or_homework_keeps_its_card(text):
    """Only a phrase that says the danger is in the story counts, not the word alone."""
    assert level(text) == "sur"


@pytest.mark.parametrize(
    ("settled", "back"),
    [
        (
            "J'ai dormi à la rue en arrivant en France, il y a vingt ans. Aujourd'hui je suis propriétaire",
            "j'ai dormi à la rue il y a vingt ans. Lundi ça recommence, à 61 ans",
        ),
        (
            "ma mère a fait un AVC en 2019, bien remise",
            "ma mère a fait un AVC en 2019, bien remise, et ce matin elle ne répond plus",
        ),
        (
            "My father hit us as kids, he is long dead and I made my peace",
            "My husband hit me last year and again last night, I moved on once already",
        ),
    ],
)
def test_an_old_matter_that_is_settled_is_told_from_one_that_is_back(settled, back):
    """A time long gone counts with what says that it is over, and not where something says that it is back."""
    assert level(settled) == "possible"
    assert level(back) == "sur"


def test_wanting_to_die_is_of_today_whatever_the_past():
    """A trial that is over takes nothing from « je veux mourir »."""
    assert level("mon agresseur est en prison, condamné en 2019, je veux mourir") == "sur"


@pytest.mark.parametrize(
    ("doubt", "cry"),
    [
        ("Je fais une overdose de révisions", "il a fait une overdose de médicaments"),
        ("mon frère s'est pendu à la barre de traction", "mon frère s'est pendu dans la cave"),
        ("on est à la rue de la Gaîté", "on est à la rue du jour au lendemain"),
        ("quiero desaparecer a la playa", "quiero desaparecer"),
        ("dünkü randevuyu kaçırdım, kızıma annem baktı", "eski eşim kızımı kaçırdı"),
        ("我不想自杀，就是想问心理医生怎么报销", "我想自杀"),
        ("আমার স্বামী কখনো গায়ে হাত তোলেন নাই, শুধু আমাদের মতের মিল হয় না", "আমার স্বামী গায়ে হাত তোলে"),
        ("вся команда хоккея, сын в синяках", "сын весь в синяках от отца"),
    ],
)
def test_an_object_or_a_place_that_gives_another_sense_brings_no_card(doubt, cry):
    """The words that turn the sense stand in the phrase itself."""
    assert level(doubt) != "sur"
    assert level(cry) == "sur"


def test_a_doubt_about_one_danger_leaves_the_other_sure():
    """Chocolate explains the overdose, not the blows."""
    assert level("overdose de chocolat à Pâques") == "possible"
    assert level("overdose de chocolat à Pâques, et mon mari me frappe") == "sur"


def test_what_one_tongue_tones_down_no_other_makes_sure():
    """« overdose » is a word of Portuguese and of the Maghreb too; the French object counts for all."""
    others = replace(LEXICON, tongues=LEXICON.tongues[1:])

    assert level("overdose de chocolat à Pâques") == "possible"
    assert detect(others, "overdose de chocolat à Pâques").level == "sur"


def test_the_same_words_said_again_far_from_the_laugh_stay_sure():
    """Each place where a danger is told counts by itself."""
    between = "et je voudrais savoir aussi pour la cantine le prix et les papiers et les jours où c'est ouvert " * 3

    assert level("je vais me tuer mdr") == "possible"
    assert level(f"je vais me tuer mdr {between} je vais me tuer") == "sur"


def test_words_of_a_nuance_hide_no_misspelling():
    """« affaire », said of a trial, is still read as « affaires » thrown out."""
    assert level("on nou a sorti de lapart ce matin les affaire son sur le trotoir jai mon bebe ds les bra il pleu")


def test_a_guessed_or_denied_nuance_counts_for_nothing():
    """« ce n'est pas un film » is no film, and a misspelled laugh may be a cry."""
    danger = Match(payload=0, start=3, end=5, size=2, cost=0, negated=False)
    laugh = Match(payload=1, start=6, end=7, size=1, cost=0, negated=False)

    assert nuances([(laugh, "rire")], 8).soften(danger, "suicide")
    assert not nuances([(replace(laugh, cost=1), "rire")], 8).soften(danger, "suicide")
    assert not nuances([(replace(laugh, negated=True), "rire")], 8).soften(danger, "suicide")


def test_a_nuance_that_does_not_exist_is_told_with_its_line(tmp_path):
    """An editor who writes « rires » for « rire » reads which keys there are."""
    for path in FOLDER.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text.replace("\n  rire:", "\n  rires:", 1), encoding="utf-8")

    with pytest.raises(ContentError, match="la clé 'rires' n'existe pas ici"):
        load_danger(tmp_path)
