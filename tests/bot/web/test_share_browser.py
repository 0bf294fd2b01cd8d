"""The page of links in a real browser: accessibility rules, small screens, dark colours, the paper as a page."""
# ruff: noqa: F811 - fixtures are named by their tests

import pytest

from tests.bot.web.browser import browsing, chromium, pytestmark, real_app, sideways, violations  # noqa: F401
from tests.bot.web.conftest import listening

SIZES = [(1400, 900), (320, 640)]


async def made(page):
    """Fill the form and ask for the link; no script is needed for any of it."""
    await page.goto("/liens")
    await page.select_option("[name=sujet]", "separation")
    await page.select_option("[name=arrondissement]", "19")
    await page.select_option("[name=langue]", "ar")
    await page.click("button:has-text('Faire le lien')")
    await page.wait_for_selector(".aloud")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dark", [False, True])
async def test_the_page_follows_the_rules(real_app, size, dark):
    """Empty, then with a link and an Arabic preview: no fault of WCAG 2.2 AA, no sideways scroll, nothing asked elsewhere."""
    async with listening(real_app) as address, browsing(address, *size) as page:
        await page.emulate_media(color_scheme="dark" if dark else "light")
        await page.goto("/liens")
        found = await violations(page)
        await made(page)
        found += await violations(page)
        wide = await sideways(page)

    assert found == []
    assert wide <= 0
    assert page.elsewhere == [] and page.complaints == []


@pytest.mark.parametrize("button", ["Affiche en page web", "Cartes en page web"])
@pytest.mark.parametrize("size", SIZES)
async def test_the_paper_as_a_page_follows_the_rules(real_app, button, size):
    """The poster and the cards for a printer without PDF, in French and Arabic."""
    async with listening(real_app) as address, browsing(address, *size) as page:
        await made(page)
        await page.check("[name=papier][value=ar]")
        async with page.expect_popup() as waiting:
            await page.click(f"button:has-text('{button}')")
        sheet = await waiting.value
        await sheet.wait_for_load_state()
        found = await violations(sheet)
        wide = await sideways(sheet)
        directions = await sheet.evaluate("[...document.querySelectorAll('[dir=rtl]')].length")

    assert found == []
    assert wide <= 0
    assert directions > 0


async def test_without_script_everything_is_there(real_app):
    """A browser that runs no script makes the link and the poster."""
    async with listening(real_app) as address, browsing(address, 1400, 900, java_script_enabled=False) as page:
        await made(page)
        code = await page.inner_text(".aloud")
        skipped = await page.inner_text("main")

    assert code.startswith("1DPN")
    assert "Le lien évite : Arrondissement." in skipped
