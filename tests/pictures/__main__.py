"""``python -m tests.pictures``: draw the pictures of the documentation again, into docs/images."""

import asyncio
import os
from pathlib import Path

from playwright.async_api import async_playwright

from bot.content import load_library
from tests.pictures.inline import draw_inline
from tests.pictures.telegram import draw, page, phone
from tests.pictures.web import draw_pages

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "images"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")

OPENED = ("/start",)
ASKED = ("t|famille-change", "t|separation", "c|separation|recente", "2 et 7 ans")
SHOWN = ("c|arrondissement|19", "c|foyer|seul", "c|pension|impayee", "c|emploi|demandeur")
SCENES = (
    ("ouverture", OPENED, False),
    ("question", ASKED, False),
    ("resultat", SHOWN, True),
    ("fiche", ("f|asf",), False),
)
"""For each picture: its name, what is done before it is drawn, and whether the phone is dark."""

SHARED = (("partage", "creche 19", "fr", 0),)
"""In inline mode: a name, what is typed, the language of the phone, and which result is shared."""

LANGUAGES = ("fr", "ar")


async def main():
    """Draw every scene in every language; the chat as one sees it when the answer begins."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    library = load_library()
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for language in LANGUAGES:
            async with phone(library, language) as held:
                for name, steps, dark in SCENES:
                    seen = len(held.bubbles)
                    await held.do(*steps)
                    new = held.bubbles[max(0, seen - 1) if name == "question" else seen :]
                    path = FOLDER / f"telegram-{name}-{language}.png"
                    cut = await draw(browser, page(new, language, dark=dark), path)
                    print(
                        f"{path.name}: {path.stat().st_size // 1000} kB" + "".join(f"\n    cut: {each}" for each in cut)
                    )
        drawn = [*await draw_inline(browser, library, FOLDER, SHARED), *await draw_pages(browser, library, FOLDER)]
        for path in drawn:
            print(f"{path.name}: {path.stat().st_size // 1000} kB")
        await browser.close()


asyncio.run(main())
