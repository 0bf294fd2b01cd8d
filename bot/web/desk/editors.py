"""The editors' pages: /contenu and its parts, read only."""

from __future__ import annotations

import asyncio
from collections import Counter

from starlette.requests import Request
from starlette.responses import Response

from bot.web.desk.contents import card_lines, coverage_table, place_counts, place_map, tree_lines
from bot.web.site import Site
from dialogs.coverage import BANDS, Cell, Offer, matrix
from i18n.language import FRENCH


class Editors:
    """The handlers of these pages."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._matrix: tuple[str, dict[Cell, Offer]] = ("", {})

    async def cards(self, _: Request) -> Response:
        """Answer GET /contenu: every card by the day it is to be looked at again, and the map of places."""
        knowledge, on = self._site.shelf().content.knowledge, self._site.today()
        lines = card_lines(knowledge, on)
        return self._page("contenu.html", fiches=lines, etats=Counter(line.state for line in lines), **self._map(""))

    async def places(self, request: Request) -> Response:
        """Answer GET /contenu/carte?theme=loisirs: the arrondissements by number of places for one subject."""
        return self._page("carte.html", **self._map(request.query_params.get("theme", "")[:60]))

    async def trees(self, _: Request) -> Response:
        """Answer GET /contenu/arbres: every tree, its steps and its graph."""
        return self._page("arbres.html", arbres=tree_lines(self._site.shelf().content.dialogs))

    async def coverage(self, _: Request) -> Response:
        """Answer GET /contenu/couverture: the matrix, worked out once for a version of the content and a day."""
        content, on = self._site.shelf().content, self._site.today()
        key = f"{content.knowledge.version} {on}"
        if self._matrix[0] != key:
            self._matrix = key, await asyncio.to_thread(matrix, content.matcher(on))
        names = {topic.id: topic.name for topic in content.knowledge.topics}
        return self._page("couverture.html", lignes=coverage_table(self._matrix[1]), ages=tuple(BANDS), noms=names)

    def _map(self, topic: str) -> dict[str, object]:
        knowledge = self._site.shelf().content.knowledge
        chosen = knowledge.topic_by_id.get(topic)
        counts = place_counts(knowledge, chosen.id if chosen else "")
        return {"sujets": knowledge.topics, "sujet": chosen, "nombres": counts, "carte": place_map(counts)}

    def _page(self, template: str, **values: object) -> Response:
        tongue = self._site.tongue(FRENCH.id, self._site.clock())
        speaker = self._site.shelf().speaker(FRENCH.id, self._site.today())
        return self._site.page(f"contenu/{template}", tongue, jour=speaker.day, **values)  # type: ignore[arg-type]
