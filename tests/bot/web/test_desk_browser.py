"""The desk in a real browser: typing finds, the keyboard does all, nothing is asked of elsewhere."""

import pytest

from tests.bot.web.browser import browsing, chromium, pytestmark, real_app, violations  # noqa: F401
from tests.bot.web.conftest import listening

SIZES = [(1400, 900), (320, 640)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dark", [False, True])
async def test_every_state_of_the_desk_follows_the_rules(real_app, size, dark):  # noqa: F811
    """Empty, with results, with a card and a situation, what is new: no fault of WCAG 2.2 AA, no sideways scroll."""
    async with listening(real_app) as address, browsing(address, *size) as page:
        await page.emulate_media(color_scheme="dark" if dark else "light")
        found = []
        for path in ("/guichet", "/guichet/nouveautes"):
            await page.goto(path)
            found += await violations(page)
        await page.goto("/guichet")
        await page.select_option("#q-foyer", "seul")
        await page.fill("#q", "asf")
        await page.press("#q", "Enter")
        await page.wait_for_selector("#fiche h2")
        found += await violations(page)
        wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert found == []
    assert wide <= 0
    assert page.elsewhere == [] and page.complaints == []


async def test_results_come_while_typing_and_the_keyboard_opens_one(real_app):  # noqa: F811
    """Three letters, Enter: the card is open and read from there; « / » goes back, « a » puts it in the basket."""
    async with listening(real_app) as address, browsing(address, 1400, 900) as page:
        await page.goto("/guichet")
        await page.keyboard.type("asf")
        await page.wait_for_selector("#resultats b:has-text('Allocation de soutien familial')")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("#fiche h2:has-text('Allocation de soutien familial')")
        await page.wait_for_selector("#fiche:focus")
        await page.keyboard.press("a")
        await page.wait_for_selector("#panier li")
        await page.keyboard.press("/")
        back = await page.evaluate("document.activeElement.id")
        address_bar = page.url

    assert back == "q"
    assert address_bar.endswith("/guichet")


async def test_arrows_walk_the_results_and_the_next_family_finds_nothing(real_app):  # noqa: F811
    """Down, down, Enter opens the second one; « n » empties everything, and going back in history shows nothing."""
    async with listening(real_app) as address, browsing(address, 1400, 900) as page:
        await page.goto("/guichet")
        async with page.expect_response(lambda response: "+19" in (response.request.post_data or "")):
            await page.keyboard.type("crèche 19")
        await page.wait_for_selector("#resultats:not([aria-busy]) li:nth-child(2) b")
        second = await page.inner_text("#resultats li:nth-child(2) b")
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("ArrowDown")
        on = await page.evaluate("document.activeElement.querySelector('b').textContent")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("#fiche:focus")
        await page.keyboard.press("n")
        await page.wait_for_selector("#q:placeholder-shown")
        empty = await page.locator("#resultats .trouve").count()

    assert on == second
    assert empty == 0


async def test_a_sheet_for_asf_takes_five_keys(real_app):  # noqa: F811
    """From the empty box: a, s, f, Enter, P. The sheet comes as PDF in a tab of its own, with its basket or its card."""
    async with listening(real_app) as address, browsing(address, 1400, 900) as page:
        await page.goto("/guichet")
        for key in "asf":
            await page.keyboard.press(key)
        await page.keyboard.press("Enter")
        await page.wait_for_selector("#fiche:focus h2:has-text('Allocation de soutien familial')")
        async with page.context.expect_event("response", lambda one: one.url.endswith("/feuille.pdf")) as waiting:
            await page.keyboard.press("p")
        answer = await waiting.value

    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"


@pytest.mark.parametrize("language", ["fr", "ar"])
async def test_the_sheet_as_a_page_follows_the_rules(real_app, language):  # noqa: F811
    """The same sheet for a screen, or for a printer without PDF: no fault, on a small screen too."""
    async with listening(real_app) as address, browsing(address, 320, 640) as page:
        await page.goto("/guichet")
        await page.select_option("#langue_fiche", language)
        await page.fill("#q", "asf")
        await page.press("#q", "Enter")
        await page.wait_for_selector("#fiche h2")
        async with page.expect_popup() as waiting:
            await page.click("button[formaction='/guichet/feuille']")
        sheet = await waiting.value
        await sheet.wait_for_load_state()
        found = await violations(sheet)
        wide = await sheet.evaluate("document.documentElement.scrollWidth - innerWidth")
        titles = await sheet.locator("h2").all_inner_texts()

    assert found == []
    assert wide <= 0
    assert titles[0].startswith("Allocation de soutien familial")
    assert len(titles) == (1 if language == "fr" else 2)


@pytest.mark.parametrize("size", SIZES)
async def test_the_editors_pages_follow_the_rules(real_app, size):  # noqa: F811
    """Wide tables scroll in their own frame, by keyboard too."""
    found, wide = [], []
    async with listening(real_app) as address, browsing(address, *size) as page:
        for path in ("/contenu", "/contenu/arbres", "/contenu/couverture", "/contenu/carte"):
            await page.goto(path)
            found += await violations(page)
            wide.append(await page.evaluate("document.documentElement.scrollWidth - innerWidth"))

    assert found == []
    assert max(wide) <= 0
