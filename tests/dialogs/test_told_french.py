"""What French families say of themselves is told apart, clause by clause, from what they say of others."""

from datetime import date

import pytest

from dialogs.heard import heard_facts
from dialogs.volunteered import volunteered

TODAY = date(2026, 11, 22)


def facts(text):
    """Return what a text states."""
    return heard_facts(volunteered(text, TODAY), text, TODAY)


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("RSA, deux enfants, pas de voiture", "minima", "rsa"),
        ("famille monoparentale, deux ados", "foyer", "seul"),
        ("je l'élève seule depuis sa naissance", "foyer", "seul"),
        ("Avec mon conjoint et nos quatre enfants nous vivons dans 31 m2", "foyer", "couple"),
        ("locataires du privé à 950 euros", "loyer", 950),
        ("il rentre 1450 par mois à la maison", "revenus_mois", 1450),
        ("Nous vivons à Paris depuis 2021", "anciennete_paris", 60),
        ("deux ans qu'on est à Paris avec nos enfants", "anciennete_paris", 24),
        ("le juge a fixé 150 euros de pension et il ne paie rien", "titre_pension", "oui"),
        ("pas passée devant le juge, aucune pension décidée", "titre_pension", "non"),
        ("veuve avec deux enfants de 8 et 12 ans", "autre_parent", "decede"),
        ("je sui ébergé ché ma cousine", "logement", "heberge"),
        ("une amie m'héberge depuis Noël", "logement", "heberge"),
        ("18 an a la ru dp 2 semaine", "logement", "rue"),
    ],
)
def test_a_situation_is_read_in_a_few_words(text, fact, value):
    """A word alone, a sound, a figure: the form matters less than who it is said of."""
    assert facts(text).get(fact) == value


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("ma fille est en plein divorce, comment l'aider", "separation"),
        ("mon frère cherche du travail depuis deux ans", "emploi"),
        ("mon filleul a 20 ans et cherche une coloc dans le 13e", "arrondissement"),
        ("le père de ma copine est au chômage", "emploi_conjoint"),
        ("c'est pour une amie enceinte de 5 mois", "grossesse_mois"),
        ("ma voisine a 3 enfants et elle est enceinte de 6 mois", "grossesse_mois"),
        ("je vous écris pour ma voisine, 80 ans, seule, veuve", "deces"),
        ("mon ex est au chômage et vit à l'hôtel", "logement"),
        ("une mère de 3 enfants est morte dans mon immeuble", "enfants"),
    ],
)
def test_what_is_said_of_somebody_else_is_not_noted(text, fact):
    """The subject of the clause decides; in « il » and « elle » the person named before."""
    assert fact not in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "mon bureau est dans le 8e",
        "j'ai un entretien dans le 17e à 9h mardi",
        "je voudrais déménager dans le 14e",
        "mon ex habite le 15e maintenant",
        "rendez-vous le 3 décembre à la mairie du 19e",
    ],
)
def test_a_place_of_work_or_of_the_past_is_no_home(text):
    """Where one works, where the ex lives, where one has an appointment."""
    assert "arrondissement" not in facts(text)


def test_a_denial_takes_a_fact_back():
    """« Mon mari n'est pas au chômage » says what is not."""
    assert "emploi_conjoint" not in facts("mon mari n'est pas au chômage")
    assert "logement" not in facts("je ne vis pas à l'hôtel")


def test_a_rule_may_ask_for_another_word_of_the_text():
    """« Il n'en donne que 80 » is a part of a pension only where one is spoken of."""
    assert facts("le jugement dit 200 par enfant, il n'en donne que 80")["pension"] == "partielle"
    assert "pension" not in facts("des gâteaux, il n'en donne que 80")


def test_two_arrondissements_searched_are_no_home():
    """« Dans le 10e et le 11e » leaves the home to ask."""
    assert "arrondissement" not in facts("ma puce de 20 mois est sur liste d'attente dans le 10e et le 11e")
