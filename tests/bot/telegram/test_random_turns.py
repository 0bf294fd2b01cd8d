"""Five thousand things that people do at random, with duplicates, 429, faults and cuts; ``make soak`` does more."""

import pytest

from tests.soak.run import soak

SEED = 2026


@pytest.mark.timeout(300)  # a quarter of a minute each on a machine that does nothing else
@pytest.mark.parametrize(("webhook", "turns"), [(False, 3_500), (True, 1_500)], ids=["polling", "webhook"])
async def test_whatever_people_do_nothing_breaks(library, tmp_path, webhook, turns):
    """Each update is answered once and in order, no session is lost, no pace is exceeded, nothing is said twice."""
    summary = await soak(library, tmp_path, turns, seed=SEED, webhook=webhook, every=8)

    assert summary.broken == [], f"seed {SEED}"
    assert summary.turns >= turns
    assert all(summary.troubles[kind] > 10 for kind in ("429", "5xx", "before", "after"))
    assert summary.wiped > 5
