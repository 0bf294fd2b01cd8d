"""The dates that come for a family: true to the day, cautious where only a month is known, never about a loss."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.ages import month_text
from knowledge.calendar import Calendar, upcoming
from knowledge.calendar_days import add, month_days
from knowledge.facts import parse_facts
from knowledge.load import load_knowledge
from knowledge.milestone import EVENTS, Offset
from knowledge.reader import read
from tests.knowledge.small_base import FRESH, SOURCE, Base

KNOWLEDGE = load_knowledge(Path(__file__).resolve().parents[2] / "knowledge")
CASES = read(Path(__file__).with_name("jalons.yaml"), "jalons.yaml")["cas"]
TODAY = date(2026, 11, 22)
SENSITIVE = (
    r"handicap|mdph|d[ée]c[èe]s|mort|deuil|s[ée]par|grossesse|enceinte|rsa|pension|violence|naissance|b[ée]b[ée]"
)

MILESTONE = f"""\
id: fete
nom: Une date
titre_discret: Une date à noter
texte: "C'est le moment de demander."
ancre: anniversaire
age: 16 ans
fenetre: {{a: 3 mois}}
fiches: [aide]
{SOURCE}
{FRESH}
exemples:
  - {{faits: {{enfants: [{{naissance: 2010-12}}]}}, le: 2026-11-21, ouvre: 2026-12-01, ferme: 2027-03-01}}
  - {{faits: {{}}, le: 2026-11-21, rien: oui}}
"""


def found_in(case):
    facts = parse_facts(case["faits"], KNOWLEDGE.vocabulary, date.fromisoformat(case["le"]))
    dates = {name: date.fromisoformat(day) for name, day in case.get("dates", {}).items()}
    return Calendar(KNOWLEDGE, date.fromisoformat(case["le"])).upcoming(facts, dates=dates)


def wanted(line):
    child = line.get("enfant")
    days = [date.fromisoformat(line[key]) if key in line else None for key in ("ouvre", "ferme")]
    return (line["id"], None if child is None else int(child), *days)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["nom"])
def test_dates_are_those_worked_out_by_hand(case):
    """Each family of jalons.yaml is told of the dates written there, and of none that it must not read."""
    found = [(each.milestone.id, each.child, each.opens, each.until) for each in found_in(case)]
    names = [name for name, *_ in found]
    expected = [wanted(line) for line in case.get("attend", ())]

    assert [line for line in expected if line not in found] == []
    assert set(case.get("sans", ())).isdisjoint(names)
    assert all(names.count(name) == 1 for name in case.get("seulement_une_fois", ()))
    assert not ("rien" in case and found)
    assert not ("exactement" in case and sorted(found, key=str) != sorted(expected, key=str))
    for name, children in case.get("pas_pour", {}).items():
        assert {int(child) for child in children}.isdisjoint(
            child for found_name, child, *_ in found if found_name == name
        )


def test_from_pregnancy_to_25_years_there_are_at_least_forty():
    """Every moment of a family's life has its milestones, and each anchor is in use."""
    anchors = {each.anchor for each in KNOWLEDGE.milestones}

    assert len(KNOWLEDGE.milestones) >= 40
    assert anchors == {
        "debut_grossesse", "terme", "naissance", "anniversaire", "rentree_scolaire", "date_fixe",
        "separation", "deces", "decision_handicap",
    }  # fmt: skip


def test_locked_screens_show_nothing_sensitive():
    """The title a locked screen may show names no illness, loss, separation, pregnancy or allowance."""
    telling = [each.id for each in KNOWLEDGE.milestones if re.search(SENSITIVE, each.discreet, re.IGNORECASE)]

    assert telling == []


# --- properties ---------------------------------------------------------------------------------------------------

days = st.dates(date(2024, 1, 1), date(2032, 12, 31))
months = st.integers(1998 * 12, 2033 * 12)


@given(days, st.lists(months, max_size=4), st.one_of(st.none(), st.integers(0, 9)))
@settings(max_examples=60, deadline=None)
def test_milestones_come_in_order_and_stay_the_same(day, births, pregnancy):
    """Soonest first, twice the same, never past the horizon, and a further horizon only adds."""
    raw = {"enfants": [{"naissance": month_text(birth)} for birth in births]}
    facts = parse_facts(raw | ({} if pregnancy is None else {"grossesse_mois": pregnancy}), KNOWLEDGE.vocabulary, day)
    calendar = Calendar(KNOWLEDGE, day)
    found = calendar.upcoming(facts)
    opened = [max(each.opens, day) for each in found if each.opens]

    assert found == calendar.upcoming(facts) == upcoming(KNOWLEDGE, facts, day)
    assert opened == sorted(opened)
    assert all(
        each.opens <= each.until and each.opens <= day + relativedelta(months=12) for each in found if each.opens
    )
    assert {(each.milestone.id, each.child) for each in found} <= {
        (each.milestone.id, each.child) for each in calendar.upcoming(facts, 24)
    }


@given(days, st.dates(date(2000, 1, 1), date(2032, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_a_known_month_never_misses_the_true_day(day, born):
    """Whatever the day of birth in its month, what is open for it is told, opens no later and ends no later."""
    facts = parse_facts({"enfants": [{"naissance": born.isoformat()[:7]}]}, KNOWLEDGE.vocabulary, day)
    told = {each.milestone.id: each for each in Calendar(KNOWLEDGE, day).upcoming(facts)}
    for milestone in KNOWLEDGE.milestones:
        if milestone.anchor not in ("naissance", "anniversaire") or milestone.conditions or milestone.window.month_end:
            continue
        moment = moved(moved(born, Offset(milestone.age or 0, 0)), milestone.offset)
        opens, until = moved(moment, milestone.window.opens), moved(moment, milestone.window.closes)
        if opens <= day + relativedelta(months=12) and until >= day:
            assert milestone.id in told
            assert told[milestone.id].opens <= opens
            assert told[milestone.id].until <= until
        if milestone.id in told and milestone.offset >= Offset(0, 0) and milestone.window.opens >= Offset(0, 0):
            assert told[milestone.id].opens >= born.replace(day=1) + relativedelta(months=milestone.age or 0)


def moved(day, offset):
    return day + relativedelta(months=offset.months) + timedelta(days=offset.days)


@given(st.dates(date(1996, 1, 1), date(2040, 12, 31)), st.integers(-400, 400), st.integers(-400, 400))
def test_months_are_added_as_the_calendar_counts(day, count, rest):
    """Months are added inside the month (January 31 and one month: the last of February), then days."""
    assert add(day, Offset(count, rest)) == day + relativedelta(months=count) + timedelta(days=rest)


def test_a_month_runs_to_its_last_day():
    """February has 29 days in 2028 and 28 in 2100."""
    assert month_days(2028 * 12 + 1).last == date(2028, 2, 29)
    assert month_days(2100 * 12 + 1) == (date(2100, 2, 1), date(2100, 2, 28))


@pytest.mark.parametrize(
    "raw",
    [
        {"grossesse_mois": 900},
        {"profil": "jeune", "age_parent": 5000},
        {"profil": "jeune", "age_parent": [0, None]},
        {"enfants": [{"naissance": "0001-01"}, {"naissance": "9999-12"}, {}]},
        {"enfants": [{"naissance": ["0000-05", "9999-12"]}]},
    ],
)
def test_odd_facts_give_no_date(raw):
    """Numbers nobody can mean give no date, and no failure."""
    facts = parse_facts(raw, KNOWLEDGE.vocabulary, TODAY)

    assert all(each.milestone.anchor in EVENTS for each in upcoming(KNOWLEDGE, facts, TODAY))


# --- files that are wrong -------------------------------------------------------------------------------------------


@pytest.fixture
def base(tmp_path):
    return Base(tmp_path).add("jalons/fete.yaml", MILESTONE)


def test_a_right_milestone_has_no_problem(base):
    """The milestone the following tests break is right to begin with."""
    assert base.found() == []


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("fiches: [aide]", "fiches: [aid]", 8, "la fiche 'aid' n'existe pas"),
        ("fiches: [aide]", "fiches: [rif-19]", 8, "'rif-19' n'est pas une fiche à montrer"),
        ("age: 16 ans\n", "", 5, "l'ancre « anniversaire » a besoin de « age: »"),
        ("ancre: anniversaire", "ancre: naissance", 6, "l'ancre « naissance » ne prend pas la clé « age »"),
        ("fenetre: {a: 3 mois}", "fenetre: {de: 2 mois, a: 1 mois}", 7, "la fenêtre se ferme avant de s'ouvrir"),
        ("fenetre: {a: 3 mois}", "fenetre: {a: 20 ans}", 1, "le moment tombe hors du temps dont on parle"),
        ("fenetre: {a: 3 mois}", "fenetre: {a: trois mois}", 7, "durée « trois mois » illisible"),
        ("age: 16 ans", "age: seize", 6, "âge « seize » illisible"),
        ("ouvre: 2026-12-01", "ouvre: 2026-12-02", 12, "l'exemple attend « 2026-12-02 → 2027-03-01 »"),
        ("rien: oui", "sans_date: oui", 13, "l'exemple attend « sans_date »"),
        ("fiches: [aide]", "fiche: [aide]", 8, "clé 'fiche' inconnue"),
        ("ancre: anniversaire", "ancre: anniversaires", 5, "'ancre' ne peut pas valoir 'anniversaires'"),
        ("de demander.", "de payer 12 euros.", 4, "un montant est écrit en chiffres"),
        ("age: 16 ans", "age: 16 ans\nconditions: {fait: foyers, egal: seul}", 7, "fait 'foyers' inconnu"),
        (
            "age: 16 ans",
            "age: 16 ans\nconditions: {enfant: {existe: oui, tout: [{fait: age, plus_de: 3 ans}]}}",
            7,
            "un jalon ne compare pas d'âge dans ses conditions",
        ),
    ],
)
def test_a_wrong_milestone_is_told_with_its_line(base, old, new, line, what):
    """An editor reads which line of a milestone is wrong, and what is wrong there."""
    base.change("jalons/fete.yaml", old, new)

    assert any(f.startswith(f"knowledge/jalons/fete.yaml:{line}: {what}") for f in base.found()), base.found()


def test_an_id_is_taken_once_by_cards_and_milestones_together(base):
    """A milestone may not take the id of a card."""
    base.add("jalons/aide.yaml", MILESTONE.replace("id: fete", "id: aide"))

    assert "knowledge/jalons/aide.yaml:1: l'id 'aide' est déjà pris" in base.found()


def test_a_milestone_without_a_source_is_refused(base):
    """No source, no milestone."""
    base.remove_lines("jalons/fete.yaml", r"^sources:")

    assert "knowledge/jalons/fete.yaml:1: il manque « sources: »" in base.found()


def test_a_milestone_shows_when_it_stays_silent(base):
    """The examples of a milestone say a day or a family for which it is not spoken of."""
    base.remove_lines("jalons/fete.yaml", "rien: oui")

    assert "knowledge/jalons/fete.yaml:11: aucun exemple ne dit « rien: oui »" in base.found()
