"""The observatory in a real browser: readable on a phone and on paper, without a script, by the rules of WCAG."""

from contextlib import asynccontextmanager

import pytest

from bot.conversation import Conversation
from bot.observatory.observatory import Observatory
from bot.settings import Settings
from bot.store import open_store
from bot.voice.table import Box
from bot.web.app import create_app
from tests.bot.observatory.test_publication import LINKS, month
from tests.bot.web.browser import browsing, chromium, pytestmark, sideways, violations  # noqa: F401
from tests.bot.web.conftest import listening

SIZES = [(1400, 900), (360, 740)]
PAGES = ["/observatoire", "/observatoire/suggestions"]


@asynccontextmanager
async def observatory(everything, folder, clock):
    """Serve October with thirty-four families, and words in two languages."""
    store = await open_store(folder / "donnees")
    table = Observatory(store, lambda: everything, clock).table
    await table.add({"2026-10": month(), "2026-11": month()})
    await table.close_months("2026-11", ("fr", "en", "ar"), LINKS)
    box = Box(store.database, store.vault)
    await box.add("Plus de places le samedi, s'il vous plaît.", "fr", clock())
    await box.add("أماكن أكثر يوم السبت", "ar", clock())
    talk = Conversation(lambda: everything, store, store.vault)
    async with listening(create_app(talk, lambda: everything, Settings(donnees=folder), clock, kept=store)) as address:
        yield address
    await store.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dark", [False, True])
async def test_its_pages_follow_the_rules(everything, tmp_path, clock, size, dark):
    """Numbers and words, on a phone and a desk, light and dark: no fault of WCAG 2.2 AA, no sideways scroll."""
    found, wide = [], []
    async with observatory(everything, tmp_path, clock) as address, browsing(address, *size) as page:
        await page.emulate_media(color_scheme="dark" if dark else "light")
        for path in PAGES:
            await page.goto(path)
            found += await violations(page)
            wide.append(await sideways(page))

    assert found == []
    assert max(wide) <= 0
    assert page.elsewhere == [] and page.complaints == []


async def test_without_a_script_everything_is_there(everything, tmp_path, clock):
    """The need in words, the table, the files: a browser that runs no script shows and fetches them."""
    async with (
        observatory(everything, tmp_path, clock) as address,
        browsing(address, 1000, 800, java_script_enabled=False) as page,
    ):
        await page.goto("/observatoire")
        needs = await page.locator(".besoins li").count()
        async with page.expect_download() as download:
            await page.get_by_text("Tous les nombres, pour un tableur (CSV)").click()
        file = await download.value

    assert needs == 1
    assert file.suggested_filename == "observatoire-2026-10.csv"


async def test_paper_has_the_numbers_and_no_buttons(everything, tmp_path, clock):
    """Printed for a meeting: the widest table fits on a page across, links and menus stay on the screen."""
    async with observatory(everything, tmp_path, clock) as address, browsing(address, 1060, 750) as page:
        await page.goto("/observatoire")
        await page.emulate_media(media="print")
        menus = await page.locator("nav:visible, .ecran:visible").count()
        cut = await page.evaluate(
            "Math.max(...[...document.querySelectorAll('table')].map(each => each.getBoundingClientRect().right))"
        )

    assert menus == 0
    assert cut <= 1060
