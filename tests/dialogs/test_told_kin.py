"""In the languages other than French an age goes to the child, or to the writer, it is said of; to nobody in doubt."""

from datetime import date

import pytest

from dialogs.told import told
from dialogs.volunteered import volunteered
from tests.dialogs.test_told import heard

TODAY = date(2026, 11, 22)


def years(number):
    return (12 * number, 12 * number + 11)


@pytest.mark.parametrize(
    "text",
    [
        "our 4 yr old won't sleep",
        "my boy, 4, won't sleep",
        "o meu menino, 4 anos, não dorme",
        "дочь четырёх лет не спит",
        "у мене 4-річна донька",
        "想给4岁的女儿找医生",
        "4 yaşındaki kızım uyumuyor",
        "আমার চার বছরের মেয়ে ঘুমায় না",
        "طفلتي ذات الأربع سنوات لا تنام",
        "mi hija cumplió 4 años",
    ],
)
def test_an_age_before_or_after_the_child_is_the_childs(text):
    """Whether the noun stands first or last, with its possessive or without."""
    assert told(text).ages == [years(4)]


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("son is 9, daughter 14, and no room for them", [years(9), years(14)]),
        ("tengo dos niñas, una de 3 años y otra de 20 meses", [years(3), (20, 20)]),
        ("старшей 14, младшему 6, ссорятся", [years(14), years(6)]),
        ("大的12岁,小的3岁", [years(12), years(3)]),
        ("kids are 4 and 8", [years(4), years(8)]),
        ("am trei copii: 2, 5 și 8 ani", [years(2), years(5), years(8)]),
    ],
)
def test_children_told_one_after_the_other_each_have_their_age(text, ages):
    """Nobody says the unit each time."""
    assert told(text).ages == ages


@pytest.mark.parametrize(
    "text",
    [
        "mi hija está enferma desde hace 3 años",
        "дочка болеет, ждали 3 года назад",
        "my daughter has been ill for 3 years",
        "a minha filha espera há 3 anos",
        "ابنتي مريضة منذ 3 سنوات",
        "fiica mea așteaptă de 3 luni",
    ],
)
def test_a_length_of_time_is_no_age(text):
    """« For », « since », « ago » stand beside it."""
    assert told(text).ages == []


@pytest.mark.parametrize(
    "text",
    [
        "how much screen time for a three year old?",
        "¿a qué edad empiezan el colegio, a los 3 años?",
        "можно ли оставить ребёнка 10 лет одного дома?",
        "з 6 років дитина має ходити до школи?",
        "atividades baratas para crianças de 7 e 10 anos",
        "هل يمكن لطفل عمره 12 سنة أن يبقى وحده في البيت؟",
        "my sister's boy is 4",
        "mi suegra tiene 70 años",
    ],
)
def test_an_age_asked_about_in_general_or_of_somebody_else_is_nobodys(text):
    """Neither a child nor the writer is made of it."""
    found = told(text)

    assert found.ages == [] and "age_parent" not in found.facts


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("мне сорок два года, ищу работу", 42),
        ("мені тридцять п'ять, я тут сама", 35),
        ("我今年二十八岁", 28),
        ("عمري خمسة وثلاثون سنة", 35),
        ("tengo treinta y cinco años", 35),
        ("ana 3endi 13 3am f collège", 13),
        ("22, student, looking for a room", 22),
    ],
)
def test_the_writers_own_age_is_read_in_words_and_in_digits(text, age):
    """Tens and ones in two words are one number, and no child has that age."""
    found = told(text)

    assert found.facts["age_parent"] == age
    assert found.ages == []


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("my baby is 6 weeks old", [(1, 1)]),
        ("we have a newborn, 3 weeks old", [(0, 0)]),
        ("儿子两岁零三个月", [(27, 27)]),
        ("моему сыну полтора года", [(18, 18)]),
        ("fetița are un an și jumătate", [(18, 18)]),
        ("our girl is two and a half", [(30, 32)]),
    ],
)
def test_weeks_months_and_halves_make_one_child(text, ages):
    """Six weeks are one month; two years and three months are one child's."""
    assert told(text).ages == ages


@pytest.mark.parametrize(
    "text",
    [
        "estoy embarazada de 5 meses y vivo en casa de una amiga",
        "беременна, пятый месяц, живу у подруги",
        "beş aylık hamileyim, ablamın yanında kalıyorum",
        "أنا حامل في الشهر الخامس وأسكن عند أختي",
        "sunt gravida in luna a cincea si stau la o prietena",
    ],
)
def test_whoever_puts_the_family_up_does_not_silence_it(text):
    """A friend's pregnancy is not the writer's; living at a friend's takes nothing from what the writer says."""
    facts = told(text).facts

    assert (facts["grossesse_mois"], facts["logement"]) == (5, "heberge")


def test_the_dead_spouse_is_the_other_parent_only_where_children_are_told_of():
    """A late husband may not be the father of children nobody mentioned."""
    alone, with_children = told("mi marido murió en enero"), told("mi marido murió en enero, tengo tres hijos")

    assert alone.facts == {"deces": "conjoint"}
    assert with_children.facts == {"deces": "conjoint", "autre_parent": "decede"}


def test_a_rent_is_not_the_number_of_rooms():
    """The last number that can be a rent is one."""
    assert told("pago 700 euros por un estudio").facts["loyer"] == 700


def test_the_arrondissement_of_the_other_parent_is_nobodys_home():
    """« My ex lives in the 12th »."""
    assert "arrondissement" not in heard("my ex lives in the 12th and only pays half of the child support")
    assert volunteered("my ex lives in the 12th", TODAY).get("arrondissement") is None


def test_hundreds_said_in_chinese_are_a_number():
    """« Six hundred five » is six hundred and fifty."""
    assert told("房租七百欧元").facts["loyer"] == 700
    assert told("房租六百五欧元").facts["loyer"] == 650


def test_a_grandchild_brought_up_is_a_child_of_the_family():
    """The sentence names somebody else, yet the child lives with the writer."""
    assert told("I am bringing up my grandson").of_child == {"recueilli": "oui"}


def test_a_fever_and_one_man_are_no_facts():
    """« With 39 » is a temperature; « one » in Bengali sounds as « alone »."""
    assert "age_parent" not in told("meu bebe de 5 semanas tá com 39 e não quer mamar").facts
    assert told("এক লোক ইনস্টাগ্রামে আমার মেয়ের কাছে ছবি চাইছে").facts == {}
    assert told("новорожденный 3 недели температура 39").ages == [(0, 0)]
