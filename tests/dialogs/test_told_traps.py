"""What looks like a fact of the family and is none: a place one goes to, a question on anybody, somebody else's life."""

from datetime import date

import pytest

from dialogs.heard import heard_facts
from dialogs.volunteered import volunteered
from knowledge.ages import age_span

TODAY = date(2026, 11, 22)


def facts(text):
    """Return what a text states, without the way a person writes (`profil`)."""
    return {name: said for name, said in heard_facts(volunteered(text, TODAY), text, TODAY).items() if name != "profil"}


@pytest.mark.parametrize(
    "text",
    [
        "le collège est dans le 6e et il y va en métro",
        "notre fille fait du judo au stade du 13e",
        "je suis en terminale au lycée dans le 15e",
        "il est à l'école de la rue Riquet, 19e, et il pleure",
        "la pédiatre de mon fils est partie dans le 17e",
        "on vit à quatre dans 18 m²",
    ],
)
def test_a_place_one_goes_to_is_no_home(text):
    """School, sport and doctor stand in an arrondissement without anybody living there."""
    assert "arrondissement" not in facts(text)


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("le collège est dans le 6e mais nous habitons le 13e", "13"),
        ("je cherche une école dans le 11e pour ma fille", "11"),
        ("je dors chez ma mère dans le 18e avec mon fils", "18"),
        ("pour le collège on dépend du 20e", "20"),
        ("on est à l'hôtel dans le 93 mais l'école est à Paris 19", "hors_paris"),
        ("je suis livreur, on est à Vitry avec le bébé", "hors_paris"),
    ],
)
def test_where_a_family_lives_or_searches_is_still_read(text, home):
    """What says that one lives or looks for something there counts more than the school beside it."""
    assert facts(text)["arrondissement"] == home


@pytest.mark.parametrize(
    "text",
    [
        "est-ce qu'un papa seul avec 3 enfants passe avant les autres",
        "combien touche une maman solo avec deux enfants",
        "à partir de quel âge un enfant autiste peut aller en ime",
        "à 5 mois de grossesse la sécu rembourse quoi",
        "pour une famille avec 2100 euros par mois combien coûte la cantine",
        "une amie, maman de triplés de 3 mois, vous connaît",
    ],
)
def test_a_question_on_anybody_says_nothing_of_the_writer(text):
    """Asked without « je » or « mon », with or without a question mark."""
    assert facts(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "je suis la mamie de Lina, 5 ans, je cherche une ludothèque pour mercredi",
        "je suis le grand-père de Tom, 9 ans, et je l'emmène au foot",
        "ma petite-fille a 6 ans et vit chez sa mère dans le 14e",
        "la mère de mes petits-enfants est en prison",
    ],
)
def test_a_grandparent_who_writes_has_no_child_of_her_own_there(text):
    """A grandchild counts only when the grandparent brings it up."""
    assert facts(text) == {}


def test_a_grandchild_brought_up_is_a_child_taken_in():
    """The grandfather who brings up his grandson has the rights of one who took him in."""
    told = facts("je suis le grand-père de Tom, 9 ans, que j'élève depuis deux ans")["enfants"]["liste"]

    assert [child["recueilli"] for child in told] == ["oui"]


@pytest.mark.parametrize(
    "text",
    [
        "mon père est en prison, j'ai 15 ans",
        "ma mère est en prison et moi j'ai 15 ans",
        "mon daron est mort, j'ai 15 ans",
    ],
)
def test_a_teenagers_parent_is_not_the_other_parent_of_her_children(text):
    """« Mon père » is the writer's own father; she has no children and no spouse."""
    assert facts(text) == {"age_parent": 15}


@pytest.mark.parametrize(
    "text",
    [
        "ma tante m'héberge depuis que j'ai 15 ans",
        "je fume depuis que j'ai 14 ans",
        "je travaille depuis que j'ai 16 ans",
    ],
)
def test_an_age_of_another_time_is_not_the_age_of_today(text):
    """Since when something is so is no age."""
    assert "age_parent" not in facts(text)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("j'ai été placée à 13 ans, maintenant j'en ai 20", 20),
        ("ma mère m'a eue à 17 ans, j'en ai 18 et je suis enceinte", 18),
    ],
)
def test_the_age_of_now_is_told_beside_that_of_another_time(text, age):
    """« J'en ai 20 » after « à 13 ans » is the writer's age."""
    assert facts(text)["age_parent"] == age


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("il a 9 ans mais écrit comme un enfant de 6 ans", [108]),
        ("la petite a fait ses 4 ans dimanche", [48]),
        ("ça fait 4 ans que la petite attend", []),
        ("depuis qu'il a 10 ans mon fils ne dort plus", []),
        ("j'élève deux petits-enfants de 3 et 8 ans", [36, 96]),
    ],
)
def test_an_age_compared_with_is_no_second_child(text, months):
    """« Comme un enfant de 6 ans » is no child of six, « elle a fait ses 4 ans » is one of four."""
    listed = facts(text).get("enfants", {"liste": []})["liste"]

    assert [int(age_span(child["naissance"], TODAY).low) for child in listed] == months


def test_whoever_writes_of_a_woman_to_help_is_not_that_woman():
    """« Aidez-la » says that somebody else sleeps outside."""
    assert facts("femme enceinte de 7 mois dort dehors gare du Nord, aidez la svp") == {}


@pytest.mark.parametrize(
    "text", ["je suis aidante de mon père, 82 ans", "je suis venue avec ma mère, 71 ans, et mon fils"]
)
def test_the_age_of_the_parent_one_helps_is_not_ones_own(text):
    """A number after « mon père » is his age, also in a sentence that begins with « je suis »."""
    assert "age_parent" not in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "on est cinq sœurs, je suis la 2e",
        "c'est ma troisième demande",
        "j'anime un atelier pour les petits dans le 20e",
    ],
)
def test_a_rank_or_a_workshop_is_no_home(text):
    """« La 2e » of five sisters is no arrondissement, and where one works with children neither."""
    assert "arrondissement" not in facts(text)


@pytest.mark.parametrize(
    "text",
    ["auxiliaire de vie de 41 ans, deux enfants", "41 ans, caissière, deux enfants", "Bonjour, cuisinier, 41 ans"],
)
def test_a_trade_beside_an_age_is_the_writers(text):
    """Who begins with a trade and an age speaks of herself."""
    assert facts(text)["age_parent"] == 41


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("séparation il y a 4 ans, deux filles", {"separation": "ancienne"}),
        ("divorce depuis 2 mois, un fils de 6 ans", {"separation": "recente"}),
        ("je suis hébergée chez mon frère à Sarcelles", {"logement": "heberge", "arrondissement": "hors_paris"}),
    ],
)
def test_a_separation_and_a_home_are_read_without_a_verb(text, said):
    """« Séparation il y a 4 ans » says when, « hébergée chez mon frère à Sarcelles » says where."""
    assert facts(text).items() >= said.items()


def test_all_of_two_parents_are_no_children():
    """« On travaille tous les deux » counts the parents; « mon grand de 20 ans, ma fille de 15 » are two children."""
    assert len(facts("on travaille tous les deux, la petite a 8 mois")["enfants"]["liste"]) == 1
    assert len(facts("mon grand de 20 ans est parti, j'ai ma fille de 15 à la maison")["enfants"]["liste"]) == 2


def test_what_is_said_of_the_eldest_is_the_eldests():
    """After « 12 et 16 ans », « le grand » is the one of 16, and no third child."""
    told = facts("mes fils ont 12 et 16 ans, le grand ne met plus les pieds au lycée")["enfants"]["liste"]

    assert [child.get("decroche") for child in told] == [None, "oui"]


def test_an_owner_of_her_flat_is_the_one_who_writes():
    """« Propriétaire » without an article is no landlord, and her children are hers."""
    told = facts("propriétaire de mon studio, 41 ans, une fille de 7 ans")

    assert len(told["enfants"]["liste"]) == 1


def test_a_child_adopted_long_ago_is_of_the_age_it_has_now():
    """« Adoptée à 3 ans, en a maintenant 8 » is eight."""
    told = facts("notre fils adopté à 3 ans en a maintenant 8 et pose des questions")["enfants"]["liste"]

    assert told == [{"naissance": ["2017-12", "2018-11"]}]
