"""Outside French too: a school's place, a grandchild, a question on any child are not the family's; the rest is read."""

import pytest

from dialogs.told import told


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("her school is in the 5th", None),
        ("I work in the 8th", None),
        ("oğlumun okulu 5. bölgede", None),
        ("mi hijo va a la escuela en el distrito 5", None),
        ("школа сина в 5-му окрузі", None),
        ("школа в 5 округе", None),
        ("a escola dela é no bairro 5", None),
        ("școala e în arondismentul 5", None),
        ("مدرسة ابني في الدائرة 5", None),
        ("l'école dyal wldi f 5e", None),
        ("her school is in the 5th but we live in the 13th", "13"),
        ("okulu 5. bölgede ama biz 13. bölgede oturuyoruz", "13"),
        ("школа сина в 5-му окрузі, а ми живемо в 13-му окрузі", "13"),
        ("学校在5区，我们住13区", "13"),
        ("looking for a nursery school in the 11th", "11"),
    ],
)
def test_a_place_one_goes_to_is_no_home_in_any_language(text, home):
    """School and work stand somewhere; where the family lives or looks for something still counts."""
    assert told(text).facts.get("arrondissement") == home


@pytest.mark.parametrize(
    "text",
    [
        "poate un copil de 2 ani să meargă cu metroul?",
        "২ বছরের বাচ্চা কি একা থাকতে পারে?",
        "2 வயது குழந்தை தனியாக இருக்கலாமா?",
        "2 yaşındaki bir çocuk yüzebilir mi?",
        "Is it true that a lone parent with 3 kids goes first?",
        "до скількох років платять, до 18 років?",
    ],
)
def test_a_question_on_any_child_is_about_nobody_in_any_language(text):
    """« A child of 2 » asked about is no child of the writer."""
    found = told(text)

    assert (found.ages, found.count, found.facts) == ([], None, {})


@pytest.mark.parametrize(
    "text",
    [
        "Grandma of two here (4 and 9), I do the school runs",
        "torunum 7 yaşında, okuldan ben alıyorum",
        "бабушка я, внуку 5 лет",
        "cuido a mi nieta de 3 años los viernes",
        "my flatmate has a 5 month old baby",
    ],
)
def test_a_grandchild_looked_after_is_not_a_child_of_the_writer(text):
    """Who looks after a grandchild now and then has not taken it in."""
    found = told(text)

    assert found.ages == []
    assert "recueilli" not in found.of_child


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("tengo la custodia de mi nieto de 5 años", 60),
        ("виховую сама онука 7 років", 84),
        ("воспитываю внучку 6 лет", 72),
    ],
)
def test_a_grandchild_brought_up_is_taken_in_in_any_language(text, months):
    """With custody or alone with it, the grandchild is a child of the home."""
    found = told(text)

    assert [low for low, _ in found.ages] == [months]
    assert found.of_child["recueilli"] == "oui"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("antes vivía en el distrito 20 pero ahora estoy en Pantin", {"arrondissement": "hors_paris"}),
        ("раніше жили в 10-му окрузі, тепер знімаємо кімнату", {"logement": "locataire"}),
        ("eşim işten çıkarıldı", {"emploi_conjoint": "demandeur_emploi"}),
        ("soțul lucrează pe șantier", {"emploi_conjoint": "salarie"}),
        ("mi marido se ha quedado en paro", {"emploi_conjoint": "demandeur_emploi"}),
        ("divorciei-me há 6 anos", {"separation": "ancienne"}),
        ("развелась в октябре", {"separation": "recente"}),
        ("no hay sentencia sobre la pensión", {"titre_pension": "non"}),
        ("kanakhod RSA w kankhles 550 euro lkra", {"minima": "rsa", "loyer": 550}),
        ("j'ai 650 euros de chômage", {"revenus_mois": 650, "emploi": "demandeur_emploi"}),
        ("boşanalı 2 ay oldu", {"separation": "recente"}),
        ("I was widowed in March and my two boys don't sleep", {"deces": "conjoint"}),
    ],
)
def test_what_a_family_tells_in_its_language_is_read(text, said):
    """A partner's work, a separation with its month, a home left for another, what a judge did not decide."""
    assert told(text).facts.items() >= said.items()


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("iki kızım var, biri 6 biri 9 yaşında", [72, 108]),
        ("6 ve 9 yaşında iki oğlum var", [72, 108]),
        ("маю двох синів 6 і 9 років", [72, 108]),
        ("у меня двое: 6 и 9 лет", [72, 108]),
        ("I'm pregnant and we have a 3 year old", [36]),
    ],
)
def test_children_counted_and_aged_are_found_in_any_language(text, months):
    """« One is 6, one is 9 », and a child without a noun beside a pregnancy."""
    assert [low for low, _ in told(text).ages] == months


def test_a_teenager_who_left_school_is_no_child_of_hers():
    """« I stopped going to school » is said of the writer."""
    assert told("I'm 16, I stopped going to school in september").of_child == {}
