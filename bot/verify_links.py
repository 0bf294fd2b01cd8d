"""Opens the web addresses of the content, politely, and tells which ones are dead. Never fails without a network.

One request at a time per site, a pause between two, a time limit for each and for all; what was learned is kept
with its day, so that running again goes on where it stopped. Only a clear answer counts as dead: « gone », « not
found », or a site whose name no longer exists. A refusal, a failure of the day or a slow site says nothing.
"""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

CACHE_FILE = "liens.json"
_KEPT = timedelta(days=7)
_TIMEOUT_S, _PAUSE_S, _TOTAL_S = 10.0, 1.0, 300.0
_AT_ONCE = 6
_GONE = {404: "page introuvable (404)", 410: "page supprimée (410)"}
_NO_SUCH_SITE = "le nom du site n'existe pas"
_AGENT = {"User-Agent": "Passerelle, verification de liens", "Accept": "*/*"}

Fetch = Callable[[str], str]
"""Opens an address: « ok », or why it is dead, or « ? » when nothing can be said."""


class Checked(NamedTuple):
    """What is known of addresses: ``dead`` with what came back, how many answered, how many said nothing."""

    dead: dict[str, str]
    answered: int
    unknown: int


class Pace(NamedTuple):
    """How patient to be, in seconds: between two requests to one site, and for all of them."""

    pause: float = _PAUSE_S
    total: float = _TOTAL_S


def fetch(url: str, timeout: float = _TIMEOUT_S) -> str:
    """Return « ok » for an address that answers, why it is dead, or « ? »."""
    if urlsplit(url).scheme not in ("http", "https"):
        return "?"
    try:
        with urlopen(Request(url, headers=_AGENT), timeout=timeout):  # noqa: S310 - http and https only, see above
            return "ok"
    except HTTPError as error:
        return _GONE.get(error.code, "?")
    except URLError as error:
        return _NO_SUCH_SITE if _is_unknown_host(error.reason) else "?"
    except (OSError, HTTPException, ValueError):
        return "?"


def _is_unknown_host(reason: object) -> bool:
    return isinstance(reason, socket.gaierror) and reason.errno == socket.EAI_NONAME


def check_links(
    urls: Iterable[str], today: date, cache: Path, fetch_one: Fetch = fetch, pace: Pace | None = None
) -> Checked:
    """Return which addresses are dead; at most five minutes, the rest is for the next time.

    Without a network nothing is dead: site names that do not exist count only when some other site answered.

    Args:
        urls: addresses, in any order.
        today: the day what is learned is kept under; what is older than a week is asked again.
        cache: the file where it is kept; a damaged one is forgotten.
        fetch_one: opens one address.
        pace: how patient to be.
    """
    wanted = sorted(set(urls))
    kept = _read(cache)
    fresh = {url: kept[url] for url in wanted if url in kept and today - kept[url][0] < _KEPT}
    asked = _ask([url for url in wanted if url not in fresh], fetch_one, pace or Pace())
    online = any(state not in ("?", _NO_SUCH_SITE) for state in asked.values())
    learned = {url: (today, state) for url, state in asked.items() if state != "?" and (online or state == "ok")}
    known = {**fresh, **learned}
    _write(cache, {**{url: kept[url] for url in kept if url in wanted}, **known})
    dead = {url: state for url, (_, state) in known.items() if state != "ok"}
    return Checked(dead, len(known) - len(dead), len(wanted) - len(known))


def _ask(urls: list[str], fetch_one: Fetch, pace: Pace) -> dict[str, str]:
    by_site: dict[str, list[str]] = {}
    for url in urls:
        by_site.setdefault(urlsplit(url).netloc, []).append(url)
    end = time.monotonic() + pace.total

    def site(listed: list[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for number, url in enumerate(listed):
            if number:
                time.sleep(pace.pause)
            if time.monotonic() >= end:
                break
            found[url] = fetch_one(url)
        return found

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        parts = list(pool.map(site, by_site.values()))
    return {url: state for part in parts for url, state in part.items()}


def _read(cache: Path) -> dict[str, tuple[date, str]]:
    try:
        found = json.loads(cache.read_text(encoding="utf-8"))
        return {str(url): (date.fromisoformat(day), str(state)) for url, (day, state) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write(cache: Path, known: Mapping[str, tuple[date, str]]) -> None:
    text = json.dumps({url: [day.isoformat(), state] for url, (day, state) in sorted(known.items())}, indent=0)
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        cache.write_text(text, encoding="utf-8")
    except OSError:
        return  # a folder that refuses only makes the next time slower
