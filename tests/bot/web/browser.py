"""One real browser for all tests of a module; each test gets a window of its own."""

import os
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from bot.conversation import Conversation
from bot.store import MemoryStore
from bot.web.app import create_app
from dialogs.model import DONE
from tests.bot.web.conftest import VAULT

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
playwright = pytest.importorskip("playwright.async_api", reason="playwright is not installed (pip install -e .[dev])")
axe = pytest.importorskip("axe_playwright_python.base", reason="axe-playwright-python is not installed")
pytestmark = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is missing (apt-get install chromium)"),
    pytest.mark.asyncio(loop_scope="module"),
]

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]  # fmt: skip
AXE = Path(axe.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
_RUNNING = []


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def chromium():
    """The browser that ``browsing`` opens windows of."""
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        _RUNNING.append(browser)
        yield browser
        _RUNNING.remove(browser)
        await browser.close()


@pytest.fixture
def real_app(everything, settings, clock):
    """The application, led by the real conversation; nothing of it is on a disk here."""
    talk = Conversation(lambda: everything, MemoryStore(), VAULT)
    return create_app(talk, lambda: everything, settings, clock)


@asynccontextmanager
async def browsing(address, width=320, height=640, locale="fr-FR", **more):
    """Open a browser window on a service; every request to elsewhere is noted and stopped."""
    size = {"width": width, "height": height}
    context = await _RUNNING[-1].new_context(base_url=address, viewport=size, locale=locale, **more)
    context.set_default_timeout(10_000)
    page = await context.new_page()
    page.elsewhere, page.complaints = [], []

    async def stop(route):
        page.elsewhere.append(route.request.url)
        await route.fulfill(body="<title>Météo</title>", content_type="text/html")

    await page.route(lambda url: not url.startswith(address), stop)
    page.on("console", lambda message: page.complaints.append(message.text))
    await page.goto("/")
    try:
        yield page
    finally:
        await context.close()


async def settled(page):
    """Wait until the answer to a press is there."""
    await page.wait_for_selector("main:not([aria-busy])")


async def press(page, payload):
    """Press the button that means something."""
    await page.locator(f"main button[value='{payload}'], footer button[value='{payload}']").first.click()
    await settled(page)


async def answer_all(page):
    """Press the first choice of every question, until there is none."""
    before = ""
    for _ in range(20):
        if not await page.locator("h2.question").count():
            break
        first, done = page.locator(".choix button").first, page.locator(f".choix button[value$='|{DONE}']")
        asked = (await first.get_attribute("value")).rpartition("|")[0]
        await (done if asked == before and await done.count() else first).click()
        before = asked
        await settled(page)


async def violations(page):
    """Return what axe-core finds, one line each."""
    await page.evaluate(AXE)
    found = await page.evaluate(f"axe.run(document, {RULES})")
    return [f"{each['id']}: {node['html'][:120]}" for each in found["violations"] for node in each["nodes"]]


async def too_small(page):
    """Return the buttons, fields and standing links under 44 px."""
    return await page.evaluate(
        """() => [...document.querySelectorAll('button, #texte, summary, a.bouton, a.seul, footer a')]
        .filter(each => each.checkVisibility())
        .map(each => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
        .filter(([_, box]) => box.width < 44 || box.height < 44)
        .map(([html, box]) => `${box.width}x${box.height} ${html}`)"""
    )


async def sideways(page):
    """Return by how many pixels the page is wider than its window."""
    return await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


async def faults(page):
    """Return everything that is wrong with a page: rules broken, targets too small, text cut."""
    wide = await sideways(page)
    return [*await violations(page), *await too_small(page), *([f"{wide} px too wide"] if wide > 0 else [])]


async def tab_to(page, words):
    """Press Tab until what has the focus says these words; fails after a whole turn of the page."""
    for _ in range(80):
        await page.keyboard.press("Tab")
        # At the end of the page the focus is on the body, which says everything.
        said = await page.evaluate(
            "(on => on === document.body ? '' : on.textContent + (on.name || ''))(document.activeElement)"
        )
        if words in said:
            return
    raise AssertionError(f"{words!r} is out of reach of the keyboard")
