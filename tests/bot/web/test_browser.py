"""The pages in a real browser: accessibility rules, small screens, the keyboard, leaving fast."""

import os
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.bot.web.conftest import listening, reply

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
playwright = pytest.importorskip("playwright.async_api", reason="playwright is not installed (pip install -e .[dev])")
axe = pytest.importorskip("axe_playwright_python.base", reason="axe-playwright-python is not installed")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is missing (apt-get install chromium)")

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = Path(axe.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
STEPS = [
    "menu",
    "question",
    "results",
    "card",
    "danger",
    "numbers",
    "privacy",
    "legal",
    "accessibility",
    "trouble",
]


@asynccontextmanager
async def browsing(address, width=320, height=640, **more):
    """Open a browser window on a service; every request to elsewhere is noted and stopped."""
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        size = {"width": width, "height": height}
        context = await browser.new_context(base_url=address, viewport=size, locale="fr-FR", **more)
        page = await context.new_page()
        page.elsewhere, page.complaints = [], []

        async def stop(route):
            page.elsewhere.append(route.request.url)
            await route.fulfill(body="<title>Météo</title>", content_type="text/html")

        await page.route(lambda url: not url.startswith(address), stop)
        page.on("console", lambda message: page.complaints.append(message.text))
        await page.goto("/")
        yield page
        await browser.close()


async def settled(page):
    """Wait until the answer to a press is there."""
    await page.wait_for_selector("main:not([aria-busy])")


async def answer_all(page):
    """Press the first choice of every question, until there is none."""
    for _ in range(20):
        if not await page.locator("h2.question").count():
            break
        done = page.locator(".choix button", has_text="C'est tout")
        noted = "oté" in await page.inner_text("main")
        await (done if noted and await done.count() else page.locator(".choix button").first).click()
        await settled(page)


async def walk(page, step, separation):
    """Go from the first page to a step; ``separation``: where its questions begin."""
    if step in ("question", "results", "card"):
        await page.goto(separation)
    if step in ("results", "card"):
        await answer_all(page)
    if step == "card":
        await page.locator("article button").first.click()
        await settled(page)
    if step == "danger":
        await page.fill("#texte", "mon mari me frappe")
        await page.click(".envoyer")
        await settled(page)
    if step == "numbers":
        await page.click("button[value='urgence']")
        await settled(page)
    paths = {
        "privacy": "/confidentialite",
        "legal": "/mentions-legales",
        "accessibility": "/accessibilite",
        "trouble": "/nulle-part",
    }
    if step in paths:
        await page.goto(paths[step])


async def violations(page):
    """Return what axe-core finds, one line each."""
    await page.evaluate(AXE)
    found = await page.evaluate(f"axe.run(document, {RULES})")
    return [f"{each['id']}: {node['html'][:120]}" for each in found["violations"] for node in each["nodes"]]


async def too_small(page):
    """Return the buttons, fields and standing links under 44 px."""
    return await page.evaluate(
        """() => [...document.querySelectorAll('button, #texte, a.bouton, a.seul, footer a')]
        .map(each => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
        .filter(([_, box]) => box.width < 44 || box.height < 44)
        .map(([html, box]) => `${box.width}x${box.height} ${html}`)"""
    )


async def sideways(page):
    """Return by how many pixels the page is wider than its window."""
    return await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_no_page_breaks_a_rule_of_accessibility(real_app, scheme, separation):
    """axe-core finds nothing at 320 px; targets are large; nothing is cut; nothing asks elsewhere."""
    async with listening(real_app) as address:
        for step in STEPS:
            async with browsing(address, color_scheme=scheme) as page:
                await walk(page, step, separation)

                assert await violations(page) == [], step
                assert await too_small(page) == [], step
                assert await sideways(page) <= 0, step
                assert page.elsewhere == [], step
                assert [each for each in page.complaints if "404" not in each] == [], step


async def test_a_right_to_left_page_breaks_no_rule(app, talk):
    """The same in Arabic."""
    talk.replies = [reply("مرحبا", language="ar")]
    async with listening(app) as address, browsing(address) as page:
        found = await violations(page)
        wide = await sideways(page)
        left = await page.evaluate("document.querySelector('.quitter').getBoundingClientRect().left")

    assert found == []
    assert wide <= 0
    assert left < 160


async def test_text_twice_as_large_still_fits(real_app, separation):
    """Letters at 200 % on a phone: nothing is cut, nothing scrolls sideways."""
    async with listening(real_app) as address, browsing(address, width=360, bypass_csp=True) as page:
        for step in ("question", "danger", "privacy"):
            await page.goto("/")
            await walk(page, step, separation)
            await page.add_style_tag(content="html { font-size: 200% }")

            assert await sideways(page) <= 0, step


async def test_after_an_answer_the_reader_stands_on_the_new_part(real_app, separation):
    """The heading of the answer has the focus, and the next Tab is the first choice."""
    async with listening(real_app) as address, browsing(address) as page:
        await page.goto(separation)
        await page.locator(".choix button").first.click()
        await page.wait_for_selector("#suite:focus", state="attached")
        await page.keyboard.press("Tab")
        first = await page.evaluate("document.activeElement.value")
        seen = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")

    assert first.startswith("c|")
    assert seen == "solid"


async def test_the_keyboard_alone_is_enough(real_app):
    """Skip link, then leaving fast, then the answers; Enter in the field sends the text."""
    async with listening(real_app) as address, browsing(address) as page:
        order = []
        for _ in range(3):
            await page.keyboard.press("Tab")
            order.append(await page.evaluate("document.activeElement.className"))
        await page.focus("#texte")
        await page.keyboard.type("je me sépare")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("h2.question")
        said = await page.inner_text(".dit")

    assert order == ["saut", "quitter", "choix-un"]
    assert "je me sépare" in said


async def test_leaving_fast_really_leaves(real_app, separation):
    """The browser follows to the neutral page; going back shows a page that knows nothing."""
    async with listening(real_app) as address, browsing(address) as page:
        await page.goto(separation)
        await page.click(".quitter")
        await page.wait_for_url("https://meteofrance.com/**")
        cookies = await page.context.cookies(address)
        await page.go_back()
        text = await page.inner_text("main")

    assert cookies == []
    assert "Où en est la séparation" not in text


async def test_reload_and_back_never_repeat_an_answer(real_app, separation):
    """The browser never asks « send again? », and the question stays."""
    async with listening(real_app) as address, browsing(address) as page:
        await page.goto(separation)
        asked = await page.inner_text("h2.question")
        await page.reload()
        again = await page.inner_text("h2.question")
        await page.goto("/confidentialite")
        await page.go_back()
        back = await page.inner_text("h2.question")

    assert asked == again == back


async def test_escape_twice_leaves_and_history_says_nothing(real_app, separation):
    """The page before is replaced by the neutral one, cookies and answers are gone, the title never told anything."""
    async with listening(real_app) as address, browsing(address) as page:
        await page.goto(separation)
        await walk(page, "results", separation)
        titles = [await page.title()]
        entries = await page.evaluate("history.length")
        await page.keyboard.press("Escape")
        await page.keyboard.press("Escape")
        await page.wait_for_url("https://meteofrance.com/**")
        cookies = await page.context.cookies(address)
        after = await page.evaluate("history.length")

    assert cookies == []
    assert after == entries
    assert titles == ["Passerelle"]


async def test_answers_add_nothing_to_the_history_and_ask_no_reload(real_app, separation):
    """One address, one entry for the whole conversation; the status tells a screen reader what came."""
    async with listening(real_app) as address, browsing(address) as page:
        await page.goto(separation)
        before = await page.evaluate("history.length")
        await page.evaluate("window.same = true")
        await answer_all(page)
        told = await page.locator("p.vh[role=status]").last.inner_text()

        assert await page.evaluate("history.length") == before
        assert await page.evaluate("window.same")
        assert page.url.split("#")[0] == address + "/"
    assert told


async def test_a_whole_conversation_weighs_less_than_100_kilobytes(real_app, separation):
    """From the link to the results on a bad line, style and script included."""
    sizes = []
    async with listening(real_app) as address, browsing(address) as page:
        page.on("response", lambda answer: sizes.append(answer))
        await page.goto(separation)
        await answer_all(page)
        told = [await answer.request.sizes() for answer in sizes]
    weight = sum(each["responseBodySize"] + each["responseHeadersSize"] for each in told)

    assert 5_000 < weight < 100_000


async def test_a_lost_connection_is_told_and_what_was_typed_stays(real_app):
    """The answer did not leave: the field keeps the words, and they can be sent again."""
    async with listening(real_app) as address, browsing(address) as page:
        await page.context.set_offline(True)
        await page.fill("#texte", "je me sépare")
        await page.press("#texte", "Enter")
        told = await page.inner_text(".panne")
        kept = await page.input_value("#texte")
        await page.context.set_offline(False)
        await page.press("#texte", "Enter")
        await page.wait_for_selector("h2.question")

    assert told.startswith("Pas de réponse")
    assert kept == "je me sépare"


@pytest.mark.parametrize("step", ["question", "results", "card", "danger"])
async def test_without_javascript_the_same_pages_work(real_app, step, separation):
    """Scripts refused by the browser: every step is there all the same."""
    async with listening(real_app) as address, browsing(address, java_script_enabled=False) as page:
        await walk(page, step, separation)
        await page.wait_for_selector({"question": "h2.question", "danger": ".urgent h2"}.get(step, "h3"))
        buttons = await page.locator("button", has_text="Écouter").count()

    assert buttons == 0


async def test_a_card_has_a_link_to_share_without_answers(real_app, separation):
    """« Copier le lien » is there for a card, and what it opens carries no facts."""
    async with (
        listening(real_app) as address,
        browsing(address, permissions=["clipboard-write", "clipboard-read"]) as page,
    ):
        await walk(page, "card", separation)
        await page.click("text=Copier le lien")
        await page.wait_for_selector("button:has-text('Lien copié')")
        link = await page.evaluate("navigator.clipboard.readText()")

    assert link.startswith(address + "/l/1")
    assert len(link) < len(address) + 14
