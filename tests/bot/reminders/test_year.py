"""A year of a thousand families in simulated time: nothing lost, doubled, late, or at night.

What is due is worked out here by another way: the files are read as plain text, days are counted by dateutil, which
milestones may be written about is a list written by hand, and the bounds are those that families are promised.
"""

import asyncio
import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays
import pytest
import yaml
from dateutil.relativedelta import relativedelta

from tests.bot.reminders.conftest import family
from tests.conftest import ROOT

PARIS = ZoneInfo("Europe/Paris")
FIRST, DAYS, FAMILIES = date(2026, 11, 23), 350, 1000
NEVER = {
    # what follows a separation, a loss, a decision on a handicap
    "separation-caf", "separation-fixer-pension", "separation-rsa-12-mois", "separation-soutien-familial",
    "deces-capital", "deces-conge-conjoint", "deces-enfant-allocation", "deces-enfant-conge", "deces-reversion",
    "deces-soutien-familial", "deces-veuvage", "mdph-recours", "mdph-renouvellement",
    # a handicap, a school left, neither school nor work, living alone
    "aah-avant-20-ans", "mdph-ecole-printemps", "formation-16-18-ans", "retour-formation-25-ans",
    "contrat-engagement-18-ans", "asf-20-ans",
    # said only to who is sure, by an answer that reminders do not keep
    "cmg-12-ans", "conge-parental-3-ans", "prepare-1-an", "rsa-majore-3-ans", "jumeaux-6-mois",
    # for children born since March 2012 who turn 18: from 2030 on
    "majoration-18-ans",
}  # fmt: skip
AT_LEAST = {"complement-familial-3-ans": 3, "complement-familial-21-ans": 3, "allocations-20-ans": 2}
WAITS_FOR_SCHOOL = {
    "bourse-college-rentree", "bourse-lycee-rentree", "entree-sixieme", "inscription-maternelle",
    "orientation-troisieme", "parcoursup-reponses", "parcoursup-voeux", "resultat-lycee", "resultat-sixieme",
    "tarifs-rentree", "toute-petite-section-inscription", "vaccins-cinquieme",
}  # fmt: skip
BREAKS = [
    (date(2026, 12, 19), date(2027, 1, 4)), (date(2027, 2, 6), date(2027, 2, 22)),
    (date(2027, 4, 3), date(2027, 4, 19)), (date(2027, 5, 6), date(2027, 5, 9)),
    (date(2027, 7, 3), date(2027, 9, 1)),
]  # fmt: skip
UNITS = {"jour": "days", "semaine": "weeks", "mois": "months", "an": "years"}
FREE = holidays.country_holidays("FR", years=range(2026, 2029))


def length(text):
    """Return « 6 semaines » as a length of time."""
    number, unit = str(text).split()
    return relativedelta(**{UNITS[unit if unit == "mois" else unit.rstrip("s")]: int(number)})


def milestones():
    """Return the files as they are written, those that may be written about."""
    files = sorted((ROOT / "knowledge" / "jalons").glob("*.yaml"))
    found = [yaml.load(path.read_text(), Loader=yaml.BaseLoader) for path in files]
    return [each for each in found if each["id"] not in NEVER]


def anchors(each, born):
    """Yield the days on which a milestone of a child born on the first of a month is anchored."""
    kind = each["ancre"]
    if kind in ("naissance", "anniversaire"):
        yield born + (length(each["age"]) if "age" in each else relativedelta())
    elif kind in ("rentree_scolaire", "date_fixe"):
        month, day = map(int, each.get("jour", "09-01").split("-"))
        ages = each["ages"]
        low, high = (length(ages[end]).years for end in ("de", "a"))
        last_of_month = born + relativedelta(day=31)
        for age in range(low, high + 1):
            late = age == high and f"{last_of_month:%m-%d}" < ages.get("nes_depuis", "01-01")
            if not late:
                yield date(born.year + age, month, day)


def windows(each, born):
    """Yield from when to when a milestone is open."""
    window = each["fenetre"]
    for anchor in anchors(each, born):
        moment = anchor + length(each.get("decalage", "0 jour"))
        closes = moment + length(window["a"])
        closes += relativedelta(day=31) if window.get("fin_de_mois") == "oui" else relativedelta()
        yield moment + length(window.get("de", "0 jour")), closes


def expected(files, births):
    """Return (milestone, opening, closing) of all that opens for a family in the time looked at."""
    found = set()
    born = [date(int(each[:4]), int(each[5:]), 1) for each in births]
    for each in files:
        if len(births) < AT_LEAST.get(each["id"], 0):
            continue
        for child in born:
            if each["id"] == "conge-naissance-mars-2027" and not date(2026, 1, 1) <= child <= date(2026, 6, 1):
                continue
            for opens, closes in windows(each, child):
                if FIRST <= opens < FIRST + timedelta(days=DAYS - 40):
                    found.add((each["id"], opens, closes))
    return found


def allowed(day):
    return day.weekday() < 6 and day not in FREE


def first_allowed(day):
    return next(later for shift in range(9) if allowed(later := day + timedelta(days=shift)))


def school_day(name, opens, closes):
    """Return the day a milestone may first be told: school matters wait for the end of holidays, if time is left."""
    back = next((back for start, back in BREAKS if start <= opens < back), opens)
    return back if name in WAITS_FOR_SCHOOL and (closes - back).days >= 3 else opens


def families(chance):
    """Yield the birth months of families of one to six children, most of one to three, from 0 to 24 years."""
    for _ in range(FAMILIES):
        count = chance.choices((1, 2, 3, 4, 6), (40, 35, 15, 7, 3))[0]
        months = chance.sample(range(2002 * 12, 2026 * 12 + 11), count)
        yield [f"{each // 12}-{each % 12 + 1:02d}" for each in sorted(months)]


@pytest.mark.timeout(600)
async def test_a_year_of_a_thousand_families(reminders, clocks, sender, table, store):
    """Each date of each family is told once, in its time, by day; never more than two messages in 31 days."""
    chance = random.Random(20261123)
    files = milestones()
    ids = {each["nom"]: each["id"] for each in files}
    homes = dict(enumerate(families(chance)))
    for number, births in homes.items():
        record = family(*births, agreed=FIRST - timedelta(days=1), address=str(number).encode())
        await table.save(f"p{number}", record, FIRST)
    # Night and day, Sundays too; one round in the morning, so that nothing waits for chance.
    stop = asyncio.Event()
    for day in range(DAYS):
        morning = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(days=day)
        for hours in (1, 7.5, 8.5, chance.uniform(9, 16), 18.5, 22):
            clocks.until(morning + timedelta(hours=hours))
            await reminders.job.round(sender, stop)

    told = defaultdict(list)
    messages = defaultdict(list)
    for moment, address, screen in sender.sent:
        local = moment.astimezone(PARIS)
        assert 9 <= local.hour < 19 and allowed(local.date()), local
        names = [ids[block.title] for block in screen.blocks if block.style == "champ"]
        assert len(names) == len(set(names)) or len(homes[int(address)]) > 1
        messages[int(address)].append((local.date(), names))
        for name in names:
            told[int(address), name].append(local.date())
    problems = []
    count = 0
    for number, births in homes.items():
        days = [day for day, _ in messages[number]]
        assert all(later - day >= timedelta(days=16) for day, later in pairwise(days)), days
        wanted = defaultdict(list)
        for name, opens, closes in sorted(expected(files, births), key=lambda each: each[1]):
            wanted[name].append((opens, closes))
        for name in {name for home, name in told if home == number} | set(wanted):
            seen = sorted(told[number, name])
            count += len(seen)
            problems += check(number, name, wanted[name], seen, messages[number])
    assert not problems, (len(problems), problems[:8])
    assert count > 5 * FAMILIES  # the families of this year do have dates


def check(number, name, wanted, seen, messages):
    """Yield what is wrong with the days on which one milestone was told to one family."""
    end = FIRST + timedelta(days=DAYS - 40)
    left = list(seen)
    for opens, closes in wanted:
        if not left:
            yield number, name, "lost", opens
            continue
        day = left.pop(0)
        first = school_day(name, opens, closes)
        # A message of many dates leaves some to the next one, 16 days later.
        busy = [one for one, names in messages if len(names) >= 5 and timedelta() < day - one <= timedelta(days=19)]
        after_school = first > opens or any(start <= day - timedelta(days=19) < back for start, back in BREAKS)
        grace = 19 if busy or (name in WAITS_FOR_SCHOOL and after_school) else 0
        if day > closes or day > first_allowed(first) + timedelta(days=grace):
            yield number, name, "late", opens, day
        if day < opens - timedelta(days=19):
            yield number, name, "early", opens, day
    yield from ((number, name, "doubled", day) for day in left if day < end - timedelta(days=19))
