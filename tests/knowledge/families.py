"""Random conditions and families for property tests, over a small vocabulary with every kind of fact."""

from datetime import date

from hypothesis import strategies as st

from knowledge.ages import birth_of
from knowledge.condition import Condition
from knowledge.criteria import Setting
from knowledge.parameter import Parameters
from knowledge.vocabulary import Vocabulary

ON = date(2026, 11, 21)
WHY = {"sensibilite": 0, "nom": "x", "pourquoi": "x"}
VOCABULARY = Vocabulary.model_validate(
    {
        "faits": [
            {"id": "foyer", "type": "choix", "valeurs": ["seul", "couple"], **WHY},
            {"id": "separation", "type": "choix", "valeurs": ["aucune", "en_cours", "recente"], **WHY},
            {"id": "titre", "type": "oui_non", **WHY},
            {"id": "anciennete", "type": "entier", "unite": "mois", **WHY},
            {"id": "revenus", "type": "montant", "unite": "EUR/mois", **WHY},
            {"id": "arrondissement", "type": "arrondissement", **WHY},
            {"id": "enfants", "type": "enfants", **WHY},
            {"id": "naissance", "portee": "enfant", "type": "mois", **WHY},
            {"id": "handicap", "portee": "enfant", "type": "oui_non", **WHY},
        ]
    }
)
SETTING = Setting(VOCABULARY, Parameters({}, {}), ON)
CHOICES = {
    "foyer": ["seul", "couple"],
    "separation": ["aucune", "en_cours", "recente"],
    "titre": ["oui", "non"],
}


def condition(data: dict) -> Condition:
    """Return a condition from what an editor would write."""
    return Condition.model_validate(data)


choice_clauses = st.sampled_from(sorted(CHOICES)).flatmap(
    lambda name: st.lists(st.sampled_from(CHOICES[name]), min_size=1, unique=True).map(
        lambda values: {"fait": name, "parmi": values}
    )
)
number_clauses = st.builds(
    lambda name, operator, bound: {"fait": name, operator: str(bound)},
    st.sampled_from(["anciennete", "revenus"]),
    st.sampled_from(["moins_de", "au_plus", "a_partir_de", "plus_de", "egal"]),
    st.integers(0, 40),
)
child_clauses = st.one_of(
    st.builds(
        lambda op, months: {"fait": "age", op: f"{months} mois"},
        st.sampled_from(["moins_de", "a_partir_de"]),
        st.integers(1, 60),
    ),
    st.builds(lambda value: {"fait": "handicap", "egal": value}, st.sampled_from(["oui", "non"])),
)
child_groups = st.builds(
    lambda count, clauses: {"enfant": {"nombre_min": count, "tout": clauses}},
    st.integers(1, 3),
    st.lists(child_clauses, min_size=1, max_size=2),
)
leaves = st.one_of(choice_clauses, number_clauses, child_groups)
checks = st.just({"a_verifier": "oui", "dit": "À vérifier."})
conditions = st.recursive(
    st.one_of(leaves, checks, leaves.map(lambda leaf: {"non": leaf})),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"tout": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"au_moins_un": parts}),
    ),
    max_leaves=6,
)

children = st.fixed_dictionaries(
    {"naissance": st.integers(0, 60).map(lambda months: birth_of(months, months, ON))},
    optional={"handicap": st.sampled_from(["oui", "non"])},
)
whole_families = st.fixed_dictionaries(
    {
        "foyer": st.sampled_from(CHOICES["foyer"]),
        "separation": st.sampled_from(CHOICES["separation"]),
        "titre": st.sampled_from(CHOICES["titre"]),
        "anciennete": st.integers(0, 45),
        "revenus": st.integers(0, 45),
        "enfants": st.lists(
            st.fixed_dictionaries(
                {
                    "naissance": st.integers(0, 60).map(lambda months: birth_of(months, months, ON)),
                    "handicap": st.sampled_from(["oui", "non"]),
                }
            ),
            max_size=3,
        ).map(lambda listed: {"liste": listed, "complet": "oui"}),
    }
)


@st.composite
def partly_known(draw, whole):
    """Return a family of which less is known: facts left out, widened to bands, or a list of children left open."""
    less = {}
    for name, value in whole.items():
        how = draw(st.sampled_from(["known", "unknown", "wider"]))
        if how == "unknown":
            continue
        less[name] = _wider(draw, name, value) if how == "wider" else value
    return less


def _wider(draw, name, value):
    if name in CHOICES:
        return sorted({value, draw(st.sampled_from(CHOICES[name]))})
    if name == "enfants":
        kept = [child for child in value["liste"] if draw(st.booleans())]
        bare = [
            {key: each for key, each in child.items() if key == "naissance" or draw(st.booleans())} for child in kept
        ]
        return {"liste": bare, "complet": "non"}
    return [
        max(0, value - draw(st.integers(0, 5))),
        draw(st.one_of(st.none(), st.integers(value + 1, value + 6))),
    ]
