"""What could tell who wrote a word is hidden before it is kept; what says a need stays readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.voice.personal import cleaned
from bot.voice.words import MARKS


def hide(text):
    """Return a text as it would be kept, each thing hidden as its kind."""
    return cleaned(text, lambda kind: kind)[0]


@pytest.mark.parametrize(
    "written, kept",
    [
        ("Appelez-moi au 06 12 34 56 78.", "Appelez-moi au [telephone]."),
        ("Mon numéro : 0612345678", "Mon numéro : [telephone]"),
        ("call me at +33 6 12 34 56 78", "call me at [telephone]"),
        ("رقمي ٠٦١٢٣٤٥٦٧٨", "رقمي [telephone]"),
        ("fatou.d+75@mail.example.fr merci", "[courriel] merci"),
        ("fatou arobase mail.fr", "[courriel]"),
        ("au 12 bis rue de la Goutte d'Or, au fond", "au [adresse], au fond"),
        ("I live at 12 Baker Street", "I live at [adresse]"),
        ("أسكن في 12 شارع ريفولي", "أسكن في [adresse]"),
        ("FR76 3000 6000 0112 3456 7890 189 merci", "[numero] merci"),
        ("ma sécu 2 85 05 78 006 084 36", "ma sécu [numero]"),
        ("dossier Caf 1234567 A", "dossier Caf [numero]"),
        ("né le 12/03/2019", "né le [date]"),
        ("né le 3 mars 2019", "né le [date]"),
        ("voir www.moi.fr/photo et @fatou75", "voir [lien] et [lien]"),
        ("Je m'appelle Fatou Diallo et je cherche", "Je m'appelle [nom] et je cherche"),
        ("je m'appelle fatou et je cherche", "je m'appelle [nom] et je cherche"),
        ("Mon fils s'appelle Mehdi.", "Mon fils s'appelle [nom]."),
        ("le prénom de ma fille est Awa", "le prénom de ma fille est [nom]"),
        ("Madame de Villiers m'a aidée", "Madame [nom] m'a aidée"),
        ("Je suis Maria, je suis seule", "Je suis [nom], je suis seule"),
        ("My name is John Smith and I work", "My name is [nom] and I work"),
        ("I'm Aisha", "I'm [nom]"),
        ("اسمي فاطمة و أبحث عن حضانة", "اسمي [nom] و أبحث عن حضانة"),
    ],
)
def test_what_tells_who_wrote_is_hidden(written, kept):
    """In each language offered, as people write it."""
    assert hide(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "Pas assez de places le samedi dans le 19e, 75019 Paris.",
        "La crèche ferme à 18 h, et il faut 1 200 euros par mois.",
        "Le 3919 et le 115 répondent, merci.",
        "Mon fils de 3 ans attend depuis 2024.",
        "Le nom de l'aide est trop long.",
        "Opening hours are too short for people who work until 7 pm.",
        "لا توجد أماكن كافية يوم السبت",
    ],
)
def test_a_need_stays_as_it_was_written(written):
    """Arrondissements, ages, amounts, hours and numbers that everybody may call say nothing of who wrote."""
    assert hide(written) == written


def test_what_was_hidden_is_named_once_each():
    """The person is told what was taken out."""
    assert cleaned("06 12 34 56 78 ou 01 42 34 56 78, a@b.fr", str)[1] == ("telephone", "courriel")


def test_every_kind_has_words():
    """Whatever is hidden can be said to be."""
    kinds = cleaned("06 12 34 56 78 a@b.fr 3 rue X, 1234567 né le 1/2/2019 www.x.fr je m'appelle Awa", str)[1]

    assert set(kinds) == set(MARKS)


around = st.text(st.characters(categories=("Ll", "Po", "Zs"), exclude_characters="@.+-_'’%/"), max_size=30)


@given(around, st.integers(1, 9), st.lists(st.integers(0, 99), min_size=4, max_size=4), st.sampled_from(" .-"), around)
def test_no_french_phone_number_is_kept(before, first, pairs, between, after):
    """However it is grouped and whatever stands around it."""
    number = between.join([f"0{first}", *(f"{pair:02}" for pair in pairs)])
    kept = hide(f"{before} {number} {after}")

    assert number not in kept
    assert "".join(char for char in number if char.isdigit()) not in "".join(char for char in kept if char.isdigit())


@given(around, st.from_regex(r"[a-z]{1,12}(\.[a-z]{1,8})?@[a-z]{2,10}\.(fr|com|org)", fullmatch=True), around)
def test_no_address_of_mail_is_kept(before, address, after):
    """Whatever stands around it."""
    assert address not in hide(f"{before} {address} {after}")


@given(st.text(max_size=300))
def test_any_text_can_be_cleaned_and_nothing_is_lost_around(text):
    """Nothing fails, and what is not hidden stays in its order."""
    kept, kinds = cleaned(text, lambda kind: "¤")

    assert kept == text.strip() or kinds
    assert all(part in text for part in kept.split("[¤]"))
