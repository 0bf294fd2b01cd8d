"""The pages in a real browser: accessibility rules, small screens, the keyboard, leaving fast."""

import pytest

from tests.bot.web.browser import (
    answer_all,
    browsing,
    chromium,  # noqa: F401
    faults,
    press,
    pytestmark,  # noqa: F401
    real_app,  # noqa: F401
    settled,
    sideways,
    tab_to,
    violations,
)
from tests.bot.web.conftest import listening, reply


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
    if step == "privacy":
        await page.goto("/confidentialite")


LANGUAGES = {"fr": ("fr-FR", "light"), "ar": ("ar", "dark")}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_page_breaks_a_rule_of_accessibility(real_app, everything, separation, language):  # noqa: F811
    """Every page and state at 320 px, in French and Arabic, light and dark: axe-core finds nothing, nothing is small."""
    locale, scheme = LANGUAGES[language]
    wrong = {}
    async with listening(real_app) as address, browsing(address, locale=locale, color_scheme=scheme) as page:

        async def look(state):
            wrong[state] = await faults(page)

        await look("menu")
        await press(page, "a|langue")
        await look("languages")
        await page.goto(separation)
        await look("question")
        await press(page, "a|pourquoi")
        await look("why")
        await page.locator(".choix button").first.click()
        await settled(page)
        await press(page, "a|changer")
        await look("change")
        await press(page, "a|continuer")
        await answer_all(page)
        await look("results")
        await page.locator("article button").first.click()
        await settled(page)
        await look("card")
        await press(page, "urgence")
        await look("numbers")
        await page.fill("#texte", "زوجي يضربني" if language == "ar" else "mon mari me frappe")
        await page.click(".envoyer")
        await page.wait_for_selector(".urgent")
        await settled(page)
        await look("danger")
        told = await page.evaluate("document.documentElement.lang")
        for path in ("/confidentialite", "/mentions-legales", "/accessibilite", "/nulle-part", "/l/Z0123456789ABCDEF"):
            await page.goto(path)
            await look(path)

    assert {state: found for state, found in wrong.items() if found} == {}
    assert told == language
    assert page.elsewhere == []
    assert [each for each in page.complaints if "404" not in each] == []


async def test_a_separation_by_keyboard_alone_without_scripts(real_app):  # noqa: F811
    """A sentence, a reason, the answers, the results, a card, and out: Tab and Enter only, 320 px wide, no JavaScript."""
    async with listening(real_app) as address, browsing(address, java_script_enabled=False) as page:

        async def enter(words):
            await tab_to(page, words)
            async with page.expect_navigation():
                await page.keyboard.press("Enter")
            assert await sideways(page) <= 0

        await tab_to(page, "texte")
        await page.keyboard.type("je suis séparée, seule avec 2 enfants de 2 et 7 ans dans le 19e, il ne paie pas")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("h2.question")
        await enter("Pourquoi ?")
        why = await page.inner_text("main")
        await enter("Depuis moins de 18 mois")
        progress = await page.inner_text(".progres")
        while await page.locator("h2.question").count():
            await enter("Je ne sais pas")
        results = await page.inner_text("main")
        await enter("Voir la fiche")
        card = await page.inner_text("main")
        await tab_to(page, "Quitter vite")
        async with page.expect_request("https://meteofrance.com/**"):
            await page.keyboard.press("Enter")
        cookies = await page.context.cookies(address)

    assert "Les démarches changent selon le moment" in why
    assert progress.startswith("Question 2, au plus 6")
    assert "Allocation de soutien familial" in results
    assert "Pourquoi moi" in card and "Comment faire" in card
    assert cookies == []


async def test_the_language_is_chosen_at_the_top_of_the_first_page(real_app):  # noqa: F811
    """Each language under its own name, first thing after leaving fast; Arabic turns the page, plain French stays French."""
    async with listening(real_app) as address, browsing(address) as page:
        await tab_to(page, "العربية")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("html[dir=rtl]")
        folded = await page.locator(".langues details:not([open])").count()
        await page.click(".langues summary")
        await page.click(".langues button:has-text('Français facile')")
        await page.wait_for_selector("html[dir=ltr]")
        on = await page.locator(".langues .choisi").text_content()

    assert folded == 1
    assert on.strip() == "Français facile"


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


async def test_text_twice_as_large_still_fits(real_app, separation):  # noqa: F811
    """Letters at 200 % on a phone: nothing is cut, nothing scrolls sideways."""
    async with listening(real_app) as address, browsing(address, width=360, bypass_csp=True) as page:
        for step in ("question", "danger", "privacy"):
            await page.goto("/")
            await walk(page, step, separation)
            await page.add_style_tag(content="html { font-size: 200% }")

            assert await sideways(page) <= 0, step


async def test_after_an_answer_the_reader_stands_on_the_new_part(real_app, separation):  # noqa: F811
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


async def test_the_keyboard_alone_is_enough(real_app):  # noqa: F811
    """Skip link, then leaving fast, then the answers; Enter in the field sends the text."""
    async with listening(real_app) as address, browsing(address) as page:
        order = []
        for words in ("Aller", "Quitter vite", "Bébé"):
            await tab_to(page, words)
            order.append(await page.evaluate("document.activeElement.className.split('-')[0]"))
        await page.focus("#texte")
        await page.keyboard.type("je me sépare")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("h2.question")
        said = await page.inner_text(".dit")

    assert order == ["saut", "quitter", "choix"]
    assert "je me sépare" in said


async def test_leaving_fast_really_leaves(real_app, separation):  # noqa: F811
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


async def test_reload_and_back_never_repeat_an_answer(real_app, separation):  # noqa: F811
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


async def test_escape_twice_leaves_and_history_says_nothing(real_app, separation):  # noqa: F811
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


async def test_answers_add_nothing_to_the_history_and_ask_no_reload(real_app, separation):  # noqa: F811
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


async def test_a_whole_conversation_weighs_less_than_100_kilobytes(real_app, separation):  # noqa: F811
    """From the link to the results on a bad line, style and script included."""
    sizes = []
    async with listening(real_app) as address, browsing(address) as page:
        page.on("response", lambda answer: sizes.append(answer))
        await page.goto(separation)
        await answer_all(page)
        told = [await answer.request.sizes() for answer in sizes]
    weight = sum(each["responseBodySize"] + each["responseHeadersSize"] for each in told)

    assert 5_000 < weight < 100_000


async def test_a_lost_connection_is_told_and_what_was_typed_stays(real_app):  # noqa: F811
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
async def test_without_javascript_the_same_pages_work(real_app, step, separation):  # noqa: F811
    """Scripts refused by the browser: every step is there all the same."""
    async with listening(real_app) as address, browsing(address, java_script_enabled=False) as page:
        await walk(page, step, separation)
        await page.wait_for_selector({"question": "h2.question", "danger": ".urgent h2"}.get(step, "h3"))
        buttons = await page.locator("button", has_text="Écouter").count()

    assert buttons == 0


async def test_a_card_has_a_link_to_share_without_answers(real_app, separation):  # noqa: F811
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
