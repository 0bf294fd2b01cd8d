"""Blocks as Telegram's HTML, and where long texts are cut."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.screen import Block, Screen
from bot.telegram.text import messages
from tests.fake_botapi.markup import parse, units

EMOJI = "👩‍👧"  # 5 UTF-16 units: two emoji of 2 and the joiner


def shown(*blocks, **more):
    """Return the messages of a screen as people see them."""
    return [parse(html)[0] for html in messages(Screen(blocks, **more))]


@pytest.mark.parametrize(
    ("block", "html"),
    [
        (Block("texte", "a < b & c"), "a &lt; b &amp; c"),
        (Block("titre", "Titre"), "<b>Titre</b>"),
        (Block("question", "Quel âge ?"), "<b>Quel âge\u00a0?</b>"),
        (
            Block("texte", "Dites « oui » : c'est tout ; merci !"),
            "Dites «\u00a0oui\u00a0»\u00a0: c'est tout\u00a0; merci\u00a0!",
        ),
        (Block("fiche", "ASF", lines=("Une aide",)), "<b>ASF</b>\nUne aide"),
        (Block("note", "à savoir"), "<i>à savoir</i>"),
        (Block("alerte", "17"), "<b>⚠️ 17</b>"),
        (Block("liste", "", lines=("un", "deux")), "• un\n• deux"),
        (Block("fiche", "pourquoi", title="ASF"), "<b>ASF</b>\npourquoi"),
        (Block("champ", "", title="Où", lines=("ici", "là")), "<b>Où</b>\nici\nlà"),
        (
            Block("champ", "caf.fr", title="Site", link="https://caf.fr/"),
            '<b>Site</b>\n<a href="https://caf.fr/">caf.fr</a>',
        ),
        (
            Block("fiche", "oui", title="ASF", link="https://caf.fr/"),
            '<b><a href="https://caf.fr/">ASF</a></b>\noui',
        ),
        (Block("texte", "site", link="http://caf.fr/"), "site"),
        (
            Block("texte", "site", link='https://caf.fr/"><b>'),
            '<a href="https://caf.fr/&quot;&gt;&lt;b&gt;">site</a>',
        ),
    ],
)
def test_each_style_has_its_tags(block, html):
    """Each style of block has its own look; what is not https is no link, and nothing is left unescaped."""
    assert messages(Screen((block,))) == [html]


@pytest.mark.parametrize(
    ("text", "link", "expected"),
    [
        ("01 42 34 56 70", "tel:+33142345670", "01 42 34 56 70"),
        ("Appelez-les", "tel:+33142345670", "Appelez-les\n+33142345670"),
        ("Le 3919 écoute", "tel:3919", "Le 3919 écoute"),
    ],
)
def test_a_number_is_plain_text_and_shown_once(text, link, expected):
    """Telegram drops tel: links, so the number stands in the text, once."""
    assert shown(Block("texte", text, link=link)) == [expected]


def test_a_screen_without_words_is_still_a_message():
    """Buttons alone need a text: Telegram refuses an empty one."""
    assert messages(Screen(())) == ["…"]
    assert messages(Screen((Block("texte", " "),))) == ["…"]


def test_progress_stands_above_the_question():
    """The number of the question stands right above it, after what comes before."""
    blocks = (Block("texte", "C'est noté."), Block("question", "Quel âge"), Block("note", "En années."))

    assert shown(*blocks, progress=(2, 6)) == ["C'est noté.\n\n2/6\nQuel âge\n\nEn années."]


def test_a_title_is_not_repeated_from_the_block_above():
    """Three ways to apply have one title."""
    ways = [Block("champ", "", "Comment faire", (way,)) for way in ("En ligne", "Par téléphone")]

    assert shown(*ways, Block("champ", "", "Délais", ("2 mois",))) == [
        "Comment faire\nEn ligne\n\nPar téléphone\n\nDélais\n2 mois"
    ]


def test_a_number_to_call_stands_out_and_is_not_said_twice():
    """In danger, the eye finds the number: it is bold, and once where the name holds it."""
    police = Block("champ", "", "Police secours", ("17", "Jour et nuit"), link="tel:17")
    women = Block("champ", "", "3919, Violences Femmes Info", ("3919",), link="tel:3919")

    assert messages(Screen((police, women))) == [
        "<b>Police secours</b>\n<b>17</b>\nJour et nuit\n\n<b>3919, Violences Femmes Info</b>"
    ]


def test_the_limit_counts_what_is_seen_not_the_tags():
    """4096 units fit in one message, tags not counted; one more makes a second message."""
    exact = "&" * 4096

    assert len(messages(Screen((Block("titre", exact),)))) == 1
    assert shown(Block("titre", exact + "x")) == ["&" * 4096, "x"]


def test_the_empty_line_between_blocks_counts():
    """Two blocks of 2047 units and the two line ends between them make 4096; one unit more is too much."""
    exact, over = Block("texte", "a" * 2047), Block("texte", "b" * 2048)

    assert len(shown(exact, exact)) == 1
    assert len(shown(exact, over)) == 2


def test_an_emoji_counts_as_telegram_counts_it():
    """Emoji count two units or more, and none is cut in half."""
    pages = shown(Block("texte", "👍" * 2049))

    assert [len(page) for page in pages] == [2048, 1]
    assert units(EMOJI) == 5


def test_a_long_paragraph_is_cut_at_a_space():
    """Words stay whole."""
    first, second = shown(Block("texte", "mot " * 1024 + "fin"))

    assert first == ("mot " * 1024).strip()
    assert second == "fin"


@settings(max_examples=60)
@given(st.lists(st.text(max_size=3000), max_size=6))
def test_nothing_is_lost_and_everything_fits(texts):
    """Whatever the texts, every message is accepted, and together they hold every word in order."""
    pages = shown(*(Block("titre", text) for text in texts))

    assert all(1 <= units(page) <= 4096 for page in pages)
    seen = "".join("".join(pages).split())
    assert seen == ("".join("".join(texts).split()) or "…")
