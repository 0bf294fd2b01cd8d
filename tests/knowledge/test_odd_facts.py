"""Whatever another program or an old session says of a family, it is read, refused in French, or left out."""

import math

import pytest

from knowledge.facts import FactError, parse_facts, prepare
from tests.conftest import TODAY


@pytest.mark.parametrize(
    "told",
    [
        {"revenus_mois": [0, math.inf]},
        {"revenus_mois": [math.nan, 5]},
        {"revenus_mois": [-1, 5]},
        {"revenus_mois": 10**400},
        {"enfants": [{"naissance": []}]},
        {"enfants": [{"naissance": [1, 2]}]},
        {"enfants": [{"age_mois": "²"}]},
        {"enfants": [{"age_mois": "9" * 5000}]},
    ],
    ids=str,
)
def test_a_value_that_no_family_has_is_refused_by_name(knowledge, told):
    """The refusal names the fact; nothing breaks."""
    with pytest.raises(FactError) as refused:
        parse_facts(told, knowledge.vocabulary, TODAY)

    assert any(name in str(refused.value) for name in ("revenus_mois", "naissance", "age_mois"))


@pytest.mark.parametrize(
    "kept",
    [
        {"revenus_mois": "abc"},
        {"revenus_mois": [1]},
        {"revenus_mois": ["a", None]},
        {"foyer": [{}]},
        {"enfants": "deux"},
        {"enfants": {"liste": [{"naissance": 2024}], "complet": "non"}},
        {"enfants": {"liste": [{"naissance": []}], "complet": "non"}},
    ],
    ids=str,
)
def test_a_value_of_an_old_session_that_fits_no_more_is_left_out(knowledge, kept):
    """What cannot be read is unknown; what stands beside it is still read."""
    ready = prepare({**kept, "logement": "locataire"}, knowledge.vocabulary, TODAY)

    assert ready.pop("enfants", ([{}], False)) in (([{}], False), ([], False))
    assert ready == {"logement": {"locataire"}}
