"""The sheet to take home, as paper: what it says, in which letters, read aloud or looked at."""

import io
import re
import shutil
import subprocess
from datetime import date

import pytest
from pypdf import PdfReader

from bot.content import load_library
from bot.sheet import pdf as typesetting
from bot.sheet.map import map_svg
from bot.sheet.pdf import lacking_font, pdf
from bot.sheet.sheet import Section, Sheet, SheetCard, sheet
from bot.web.desk.asked import asked_from
from bot.web.desk.take_home import coming_dates, shown_cards
from dialogs.effects import ShowCard
from knowledge.facts import parse_facts

ON = date(2026, 11, 22)
FAMILY = {"arrondissement": "19", "foyer": "seul", "pension": "impayee", "enfants": [{"age": "3 ans"}]}
SENTENCES = {
    "ar": ("Noto(Sans|Naskh)Arabic", "خذوا معكم بطاقة الهوية"),
    "zh": ("WenQuanYi|NotoSansCJK", "请带上您的身份证"),
    "ta": ("NotoSansTamil", "உங்கள் அடையாள அட்டையை கொண்டு வாருங்கள்"),
    "bn": ("NotoSansBengali", "আপনার পরিচয়পত্র সঙ্গে আনুন"),
}


def has_font(language):
    """Tell whether this machine can set a language."""
    if not shutil.which("fc-list"):
        return False
    found = subprocess.run(["fc-list", f":lang={language}", "family"], capture_output=True, text=True, check=True)
    return bool(found.stdout.strip())


@pytest.fixture(scope="module")
def library():
    """All content, as the service loads it."""
    return load_library()


@pytest.fixture(scope="module")
def asf(library):
    """The support allowance, for a lone parent of the 19th, with two addresses."""
    matcher = library.content.matcher(ON)
    facts = parse_facts(FAMILY, library.content.knowledge.vocabulary, ON)
    why = matcher.explain("asf", matcher.state(facts))
    return ShowCard("asf", why, ("rif-mairie-19",), "19")


def made(library, language, *shown, **more):
    """Return the sheet of some cards in a language."""
    return sheet(shown, library.speaker("fr", ON), library.speaker(language, ON), **more)


def read(body):
    """Return a PDF's pages as text."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)


def test_a_sheet_says_why_what_to_bring_and_where(library, asf):
    """The reasons of this family, the papers to tick, the address with its arrondissement on the map."""
    found = made(library, "fr", asf)
    titles = [section.title[0] for section in found.cards[0].sections]
    ticked = [section for section in found.cards[0].sections if section.icon == "pieces"]

    assert {"Pourquoi moi", "Combien", "Comment faire", "À apporter"} <= set(titles)
    assert ticked[0].lines
    assert "75019" in str(found.cards[0].sections)
    assert found.map_svg == map_svg({19})


def test_every_line_stands_in_both_languages(library, asf):
    """No line of the card lacks its translation, none is out of step."""
    found = made(library, "en", asf)
    pairs = [pair for section in found.cards[0].sections for pair in (*section.lines, section.title) if any(pair)]

    assert found.is_double
    assert all(all(pair) for pair in pairs)
    assert ("À apporter", "What to bring") in pairs


def test_the_addresses_stand_under_their_title(library, asf):
    """« Où, près de chez vous » is a title with its pictogram, which stays with the first address."""
    where = next(section for section in made(library, "ar", asf).cards[0].sections if section.icon == "lieu")

    assert where.title[0] == "Où, près de chez vous"
    assert where.title[1]
    assert where.lines == ()


def test_no_arrondissement_covers_the_number_of_another():
    """On the map, numbers are drawn above all contours."""
    drawn = map_svg({19})

    assert drawn.rindex("<polygon") < drawn.index("<text")


def test_a_french_sheet_is_in_one_column(library, asf):
    """Nothing is said twice to who reads French."""
    found = made(library, "fr", asf)

    assert not found.is_double
    assert not any(pair[1] for section in found.cards[0].sections for pair in section.lines)


def test_the_pdf_is_a4_tagged_titled_and_says_its_languages(library, asf):
    """A screen reader reads it in order, each language in its own voice (PDF/UA-1)."""
    reader = PdfReader(io.BytesIO(pdf(made(library, "ar", asf))))
    box = reader.pages[0].mediabox
    root = reader.trailer["/Root"]

    assert (round(box.width), round(box.height)) == (595, 842)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert reader.metadata.title == "Vos aides et vos adresses"
    assert "pdfuaid" in root["/Metadata"].get_data().decode()


def test_the_pdf_holds_the_amount_of_the_day(library, asf):
    """200,77 € per child since April 2026 (Caf)."""
    text = re.sub(r"\s+", " ", read(pdf(made(library, "fr", asf))))

    assert "200,77 €" in text
    assert "Allocation de soutien familial" in text


def test_a_way_on_is_printed_as_a_square_to_scan(library, asf):
    """The address is there, and the sheet says what it opens."""
    plain = made(library, "fr", asf, way_on="https://passerelle.example.fr/l/1ABC")
    once = made(library, "fr", asf, way_on="https://passerelle.example.fr/l/1ABC", once=True)

    assert "Il ne contient pas vos réponses." in str(plain.way_on_text)
    assert "une seule fois" in str(once.way_on_text)
    assert len(pdf(plain)) > len(pdf(made(library, "fr", asf)))


@pytest.mark.parametrize("language", SENTENCES)
def test_letters_of_other_scripts_are_set_in_their_own_font(language):
    """Arabic now; Chinese, Tamil and Bengali for the languages to come."""
    if not has_font(language):
        pytest.skip(f"no font for {language}: apt-get install fonts-noto-core fonts-wqy-zenhei")
    font, sentence = SENTENCES[language]
    direction = "rtl" if language == "ar" else "ltr"
    card = SheetCard(("Carte", sentence), (Section("pieces", ("Titre", sentence), (("Ligne", sentence),)),))
    page = Sheet(
        language, language, direction, ("Titre", sentence), ("Le", sentence), (card,), (), "", ("", ""), "", ()
    )
    reader = PdfReader(io.BytesIO(pdf(page)))
    fonts = {each["/BaseFont"] for each in reader.pages[0]["/Resources"]["/Font"].values()}

    assert any(re.search(font, name) for name in fonts), fonts


def test_a_text_that_looks_like_markup_is_printed_as_it_is():
    """What editors write is data for the sheet: signs of typst or of HTML do nothing."""
    odd = "#panic() *gras* <b>_x_</b> $x$ \\ @cite `"
    card = SheetCard((odd, ""), (Section("", ("", ""), ((odd, ""),)),))
    page = Sheet("fr", "fr", "ltr", ("Titre", ""), ("Le", ""), (card,), (), "", ("", ""), "", ())

    assert "#panic() *gras*" in read(pdf(page))


DESK = {"arrondissement": "19", "q-foyer": "seul", "q-pension": "impayee", "e0-ans": "2", "tous_enfants": "on"}


def test_the_dates_that_come_are_on_the_sheet(library):
    """A child of two: its check-up and its first school year have a month; French and Arabic, at most four."""
    asked = asked_from({**DESK, "panier": "asf"})
    shown = shown_cards(library, asked, ON)
    found = made(library, "ar", *shown, dates=coming_dates(library, asked, shown, ON))
    dates = found.cards[-1]

    assert dates.name[0] == "Vos dates à retenir"
    assert 1 <= len(dates.sections) <= 4
    assert {section.icon for section in dates.sections} == {"delai"}
    assert all(
        section.title[1] and re.search("20(26|27)|Maintenant", section.lines[0][0]) for section in dates.sections
    )


@pytest.mark.parametrize("fields", [{"panier": "asf"}, {**DESK, "panier": "asf,tel-violences-femmes"}])
def test_no_dates_without_a_family_or_beside_violence(library, fields):
    """Nothing is known, or the paper speaks of violence: no reminder of dates."""
    asked = asked_from(fields)
    shown = shown_cards(library, asked, ON)

    assert shown
    assert coming_dates(library, asked, shown, ON) == ()


def test_an_address_is_printed_once(library):
    """Two cards that lead to the same place give it once: paper is dear."""
    shown = shown_cards(library, asked_from({**DESK, "panier": "asf,aripa-intermediation"}), ON)
    places = [name for each in shown for name in each.places]

    assert places
    assert len(places) == len(set(places))


def test_a_missing_font_is_told_with_what_to_install(monkeypatch):
    """A machine without Arabic letters: the package to install, nothing for French."""
    monkeypatch.setattr(typesetting, "_families", lambda: frozenset({"DejaVu Sans"}))

    assert lacking_font("ar") == "fonts-noto-core"
    assert lacking_font("zh") == "fonts-wqy-zenhei"
    assert lacking_font("fr") == lacking_font("en") == ""
