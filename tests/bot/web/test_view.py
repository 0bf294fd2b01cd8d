"""How blocks and buttons become a page."""

import pytest

from bot.screen import Block, Button, Reply, Screen
from bot.web.numbers import short_numbers, spans, vital
from bot.web.tongue import wanted
from bot.web.view import button_text, view

SHORT = {"3919": "tel:3919", "114": "sms:114", "17": "tel:17"}


def page(*blocks, rows=(), **more):
    """Return the single sheet of a reply of one screen."""
    found = view(Reply((Screen(blocks, rows, **more),), "fr"), SHORT)
    return found, found.sheets[0]


@pytest.mark.parametrize(
    ("line", "links"),
    [
        ("Appeler : 01 53 06 38 94", {"01 53 06 38 94": "tel:+33153063894"}),
        ("Appeler : 0 800 05 41 41 (gratuit)", {"0 800 05 41 41": "tel:+33800054141"}),
        ("Appeler : 3919", {"3919": "tel:3919"}),
        ("Appelez le \u206817\u2069.", {"17": "tel:17"}),
        ("Écrivez au 114", {"114": "sms:114"}),
        ("17 place du Louvre, 75001 Paris", {}),
        ("Il y a 17 places libres", {}),
        ("Par enfant : 200,77 € par mois, depuis le 1er avril 2026", {}),
        ("Vérifié en 2015", {}),
        ("", {}),
    ],
)
def test_phone_numbers_can_be_dialled_and_nothing_else(line, links):
    """One tap calls; an address, an amount or a year is no number."""
    found = spans(line, SHORT)

    assert {span.text: span.href for span in found if span.href} == links
    assert "".join(span.text for span in found) == line


def test_a_line_about_danger_dials_every_number_it_holds():
    """« Le 3919 écoute... En urgence : 17 » is tapped where the eye falls; opening hours beside a number are not."""
    note = Block(
        "note", "Vous sentez-vous en danger ? Le 3919 écoute jour et nuit. Écrivez au \u2068114\u2069 ou appelez le 17."
    )
    champ = Block("champ", "", "Aide aux victimes", ("01 53 06 38 94", "Ouvert jusqu'à 17 h"), link="tel:0153063894")
    _, sheet = page(note, champ, urgent=True)
    said, called = (piece.parts[0].lines for piece in sheet.pieces)

    assert [span.href for span in said[0] if span.href] == ["tel:3919", "sms:114", "tel:17"]
    assert "".join(span.text for span in said[0]) == note.text
    assert [span.href for span in called[1]] == [""]


def test_every_known_number_is_dialled_as_it_should(knowledge):
    """114 is written to, the others are called; the numbers of services too."""
    short = short_numbers(knowledge)

    assert short["3919"] == "tel:3919"
    assert short["114"] == "sms:114"
    assert short["3975"] == "tel:3975"
    assert short["116 006"] == "tel:116006"


def test_pages_of_trouble_show_police_messages_and_violence(knowledge):
    """17, 114 and 3919, in this order."""
    assert [each.href for each in vital(knowledge)] == ["tel:17", "sms:114", "tel:3919"]


def test_the_first_heading_is_where_the_browser_goes():
    """The question has the place when it comes first, the page's own heading has it otherwise."""
    headed, question = page(Block("question", "Où ?"))
    bare, second = page(Block("texte", "Bonjour."), Block("question", "Où ?"))

    assert headed.headed
    assert question.pieces[0].anchor == "suite"
    assert not bare.headed
    assert second.pieces[1].anchor == "titre-2"
    assert second.heading == "titre-2"


def test_an_emergency_title_is_a_heading_and_its_numbers_are_links():
    """The title of danger leads; each number is one large link."""
    champ = Block("champ", "", "Violences Femmes Info", ("3919",), link="tel:3919")
    _, sheet = page(Block("alerte", "Votre sécurité d'abord"), champ, urgent=True)

    assert [piece.kind for piece in sheet.pieces] == ["danger", "champ"]
    assert sheet.pieces[1].parts[0].lines[0][0].href == "tel:3919"


def test_the_button_of_a_card_goes_into_the_card():
    """A result carries its own button, and the row does not repeat it."""
    open_, menu = Button("📄 Pension", "f|asf", "asf"), Button("➕ Voir plus", "p|3")
    _, sheet = page(Block("fiche", "Pension", lines=("Une aide.",), card="asf"), rows=((open_,), (menu,)))

    assert sheet.pieces[0].press.payload == "f|asf"
    assert [[press.payload for press in row] for row in sheet.rows] == [["p|3"]]


def test_small_buttons_are_kept_apart_and_leaving_is_on_top():
    """Back, why and menu come after the answers; « Quitter vite » has its own place."""
    rows = (
        (Button("Oui", "c|q|oui"), Button("Retour", "a|retour", quiet=True)),
        (Button("Quitter vite", "a|quitter", quiet=True),),
    )
    _, sheet = page(Block("question", "Oui ?"), rows=rows)

    assert [press.payload for row in sheet.rows for press in row] == ["c|q|oui"]
    assert [press.payload for press in sheet.quiet] == ["a|retour"]


@pytest.mark.parametrize(
    ("text", "picto", "words"),
    [
        ("✅ Oui", "✅", "Oui"),
        ("🧑‍💼 Parler à quelqu'un", "🧑‍💼", "Parler à quelqu'un"),
        ("1 an", "", "1 an"),
        ("19", "", "19"),
        ("✅", "", "✅"),
    ],
)
def test_pictograms_are_not_read_aloud(text, picto, words):
    """The picture is apart from the words; a button of one sign keeps it."""
    _, sheet = page(Block("question", "?"), rows=((Button(text, "c|q|x"),),))

    assert (sheet.rows[0][0].picto, sheet.rows[0][0].text) == (picto, words)


def test_fields_of_one_title_are_one_section():
    """The steps and the places of a card stand under one heading, each with its own site."""
    first = Block("champ", "", "Comment faire", ("En ligne",), link="https://www.caf.fr/x")
    second = Block("champ", "", "Comment faire", ("Par courrier",))
    _, sheet = page(first, second, Block("champ", "", "Délais", ("Un mois",)))

    assert [piece.text for piece in sheet.pieces] == ["Comment faire", "Délais"]
    assert [part.site for part in sheet.pieces[0].parts] == ["caf.fr", ""]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "//x", "ftp://x/y", ""])
def test_only_web_addresses_and_numbers_become_links(link):
    """Whatever a file holds, a page links to nothing that runs."""
    _, sheet = page(Block("champ", "", "Où", ("Ici",), link=link))

    assert sheet.pieces[0].parts[0].href == ""


def test_the_words_of_a_button_are_known_again():
    """What was pressed is said above the answer; small buttons are not."""
    rows = ((Button("✅ Oui", "c|q|oui"), Button("Retour", "a|retour", quiet=True)),)
    reply = Reply((Screen((), rows),), "fr")

    assert button_text(reply, "c|q|oui") == "Oui"
    assert button_text(reply, "a|retour") == button_text(reply, "x") == button_text(None, "x") == ""


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "fr"),
        ("en-GB,en;q=0.9", "en"),
        ("de,ar;q=0.5,en;q=0.4", "ar"),
        ("en;q=0.1,fr;q=0.8", "fr"),
        ("en;q=0,de", "fr"),
        ("en;q=x", "fr"),
        ("*", "fr"),
        (",;;,q=,=" * 500, "fr"),
    ],
)
def test_a_first_page_is_in_the_language_the_browser_likes_best(header, language):
    """Among those offered; French when none is."""
    assert wanted(header, ("fr", "fr@facile", "en", "ar")) == language


def test_words_beside_a_number_are_not_dialled():
    """« Fermé, ouvre à 9 h. » under a helpline is read, the number above it is called."""
    block = Block("champ", "", "France Victimes", ("116 006", "Fermé, ouvre à 9 h."), link="tel:116006")
    (part,) = view(Reply((Screen((block,)),), "fr"), {}).sheets[0].pieces[0].parts

    assert [[span.href for span in line] for line in part.lines] == [["tel:116006"], [""]]


def test_numbers_to_dial_are_worked_out_once_for_each_content(knowledge):
    """A page asks for them each time: the second time costs nothing, another content has its own."""
    other = knowledge.model_copy(update={"helplines": ()})
    first = short_numbers(knowledge)

    assert short_numbers(knowledge) is first
    assert "3114" in first and "3114" not in short_numbers(other)
