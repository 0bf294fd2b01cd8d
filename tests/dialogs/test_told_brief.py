"""What parents type in passing, in few words: ages without « ans »."""

from datetime import date

import pytest

from dialogs.heard import heard_facts
from dialogs.volunteered import volunteered

TODAY = date(2026, 11, 22)
SIX_AND_NINE = [["2019-12", "2020-11"], ["2016-12", "2017-11"]]


def facts(text):
    """Return what a text states."""
    return heard_facts(volunteered(text, TODAY), text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "two kids, 6 and 9",
        "I have two kids 6 and 9",
        "I have two kids, 6 and 9, we live in the 18th",
        "j'ai deux enfants, 6 et 9",
    ],
)
def test_as_many_bare_ages_as_children_name_them_all(text):
    """Two children and two ages: nobody is asked again how old the children are."""
    assert facts(text)["enfants"] == {"liste": [{"naissance": each} for each in SIX_AND_NINE], "complet": "oui"}


@pytest.mark.parametrize(
    "text",
    [
        "my sister has two kids, 6 and 9",
        "I look after two kids, 6 and 9",
        "can two kids, 6 and 9, share a room?",
        "I had two kids, 6 and 9",
        "I have three kids, 6 and 9",
        "I have two kids, 20 and 30 euros left",
        "I have two kids 2/3 in school",
        "I have two kids, 6 and 9, and a baby",
        "j'ai deux enfants, 6 et 9, et un bébé",
    ],
)
def test_bare_numbers_that_may_leave_a_child_out_do_not_close_the_list(text):
    """Others' children, a question, another count, a sum or a child more: the ages stay to be asked."""
    assert facts(text).get("enfants", {"complet": "non"})["complet"] == "non"
