"""Pictures of the web pages, taken in a real browser from the real service: the chat, the desk, the sheet, the map."""

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import typst

from bot.conversation import Conversation
from bot.crypto import Vault
from bot.keys import Key, KeyRing
from bot.settings import Settings
from bot.sheet.pdf import TEMPLATE, typst_data
from bot.sheet.sheet import sheet
from bot.store import MemoryStore
from bot.web.app import create_app
from bot.web.desk.asked import asked_from
from bot.web.desk.take_home import coming_dates, shown_cards
from bot.web.server import serve

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PHONE, DESK = {"width": 390, "height": 760}, {"width": 1280, "height": 760}
SENTENCE = "je suis séparée, seule avec deux enfants de 2 et 7 ans dans le 19e, mon ex ne paie pas la pension"
FAMILY = {
    "arrondissement": "19", "q-foyer": "seul", "q-separation": "recente", "q-pension": "impayee",
    "e0-ans": "2", "e1-ans": "7", "tous_enfants": "on",
}  # fmt: skip


@asynccontextmanager
async def service(library, folder):
    """Serve the web pages on loopback at a fixed moment; gives the address."""
    talk = Conversation(lambda: library, MemoryStore(), Vault(KeyRing((Key(bytes(range(32))),))))
    app = create_app(talk, lambda: library, Settings(donnees=folder), lambda: NOW)
    ready, stop = asyncio.get_running_loop().create_future(), asyncio.Event()
    task = asyncio.create_task(serve(app, "127.0.0.1", 0, stop, ready.set_result))
    try:
        yield await ready
    finally:
        stop.set()
        await task


async def draw_pages(browser, library, folder):
    """Take every picture of the web pages; return their paths."""
    async with service(library, folder) as address:
        return [
            await _chat(browser, address, "fr-FR", folder / "web-question-fr.png"),
            await _result(browser, address, folder / "web-resultat-fr.png"),
            await _chat(browser, address, "ar", folder / "web-question-ar.png"),
            await _desk(browser, address, folder / "guichet.png"),
            await _map(browser, address, folder / "carte.png"),
            *_sheet(library, "ar", folder / "feuille-ar.png"),
        ]


async def _chat(browser, address, locale, path):
    page = await browser.new_page(viewport=PHONE, locale=locale, device_scale_factor=1)
    await page.goto(address)
    if locale.startswith("fr"):
        await page.fill("#texte", SENTENCE)
        await page.press("#texte", "Enter")
        await page.wait_for_selector("main:not([aria-busy]) h2.question")
    await page.screenshot(path=path)
    await page.close()
    return path


async def _result(browser, address, path):
    """What fits, once every question has its first answer; in the dark, as phones are at night."""
    page = await browser.new_page(viewport=PHONE, locale="fr-FR", color_scheme="dark")
    await page.goto(address)
    await page.fill("#texte", SENTENCE)
    await page.press("#texte", "Enter")
    await page.wait_for_selector("main:not([aria-busy]) h2.question")
    while await page.locator("h2.question").count():
        await page.locator(".choix button").first.click()
        await page.wait_for_selector("main:not([aria-busy])")
    await page.screenshot(path=path)
    await page.close()
    return path


async def _desk(browser, address, path):
    page = await browser.new_page(viewport=DESK)
    await page.goto(f"{address}/guichet")
    for name, value in FAMILY.items():
        if name.startswith("e"):
            if name == "e1-ans":
                await page.click("[name=un_enfant]")
            await page.fill(f"[name={name}]", value)
        elif name == "tous_enfants":
            await page.check(f"[name={name}]")
        else:
            await page.select_option(f"[name='{name}']", value)
    await page.fill("#q", "pension")
    await page.press("#q", "Enter")
    await page.wait_for_selector("#fiche:focus h2")
    await page.screenshot(path=path)
    await page.close()
    return path


async def _map(browser, address, path):
    page = await browser.new_page(viewport={"width": 900, "height": 620})
    await page.goto(f"{address}/contenu/carte")
    await page.screenshot(path=path)
    await page.close()
    return path


def _sheet(library, language, path):
    """Draw the first page of a sheet as it is printed."""
    on = NOW.date()
    asked = asked_from({**FAMILY, "panier": "asf,aripa-intermediation,mediation-familiale"})
    shown = shown_cards(library, asked, on)
    dates = coming_dates(library, asked, shown, on)
    link = "https://passerelle.example.fr/l/1"
    made = sheet(shown, library.speaker("fr", on), library.speaker(language, on), link, dates=dates)
    data = json.dumps(typst_data(made))
    pages = typst.compile(TEMPLATE.read_bytes(), sys_inputs={"feuille": data}, format="png", ppi=72)
    path.write_bytes(pages[0] if isinstance(pages, list) else pages)
    return [path]
