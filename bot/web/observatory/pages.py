"""The pages of the observatory: a month in tables, needs without an answer in sentences, suggestions. Read only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.observatory import needs, report
from bot.observatory.month import in_words
from bot.observatory.publication import Line
from bot.observatory.table import published
from bot.spreadsheet import csv_text
from bot.store.protocol import SUGGESTION_LIFE
from bot.store.sqlite import SqliteStore
from bot.voice.table import Box
from bot.web.desk.desk import POLICY
from bot.web.site import STATIC, Site
from i18n.language import FRENCH

_STYLE = sha256((STATIC / "observatoire.css").read_bytes()).hexdigest()[:8]
_NOTHING: Mapping[str, tuple[Line, ...]] = {}


class ObservatoryPages:
    """The handlers of these addresses. Whatever they show was published once, and is the same everywhere."""

    def __init__(self, site: Site, kept: SqliteStore | None) -> None:
        self._site, self._kept = site, kept

    async def numbers(self, request: Request) -> Response:
        """Answer GET /observatoire?mois=2026-11: the newest published month, or the one asked for."""
        months = await self._published()
        month, lines = _chosen(months, request)
        knowledge = self._site.shelf().content.knowledge
        return self._page(
            "observatoire.html",
            mois=month,
            titre=in_words(month) if month else "",
            publies=[(each, in_words(each)) for each in months],
            besoins=needs.needs(lines, knowledge),
            tableaux=report.tables(lines, knowledge),
            masque=report.HIDDEN,
        )

    async def csv(self, request: Request) -> Response:
        """Answer GET /observatoire.csv: every published number of a month."""
        month, lines = _chosen(await self._published(), request)
        rows = report.records(month, lines, self._site.shelf().content.knowledge)
        return _file(report.COLUMNS, rows, f"observatoire-{month or 'vide'}.csv")

    async def needs_csv(self, request: Request) -> Response:
        """Answer GET /observatoire/besoins.csv: the needs without an answer of a month."""
        month, lines = _chosen(await self._published(), request)
        found = needs.needs(lines, self._site.shelf().content.knowledge)
        return _file(needs.COLUMNS, needs.records(month, found), f"besoins-{month or 'vide'}.csv")

    async def suggestions(self, _: Request) -> Response:
        """Answer GET /observatoire/suggestions: the words that families left, the newest day first."""
        kept = self._kept
        found = await Box(kept.database, kept.vault).all(self._site.clock()) if kept else ()
        return self._page("suggestions.html", mots=found, jours=SUGGESTION_LIFE.days)

    async def _published(self) -> Mapping[str, tuple[Line, ...]]:
        return await self._kept.database.read(published) if self._kept else _NOTHING

    def _page(self, template: str, **values: object) -> Response:
        tongue = self._site.tongue(FRENCH.id, self._site.clock())
        speaker = self._site.shelf().speaker(FRENCH.id, self._site.today())
        shown: dict[str, object] = {"jour": speaker.day, "STYLE_OBSERVATOIRE": _STYLE, **values}
        response = self._site.page(f"observatoire/{template}", tongue, **shown)  # type: ignore[arg-type]
        response.headers["content-security-policy"] = POLICY
        return response


def _chosen(months: Mapping[str, tuple[Line, ...]], request: Request) -> tuple[str, tuple[Line, ...]]:
    """Return the month asked for with its lines, the newest one for none; empty when nothing is published.

    Raises:
        HTTPException: 404 for a month that is not published.
    """
    month = request.query_params.get("mois", "")[:10] or next(iter(months), "")
    if month and month not in months:
        raise HTTPException(404)
    return month, months.get(month, ())


def _file(columns: Sequence[str], rows: Iterable[Mapping[str, object]], name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(csv_text(columns, rows), media_type="text/csv; charset=utf-8", headers=headers)
