"""How many families an audience reaches, counted once a day: a yes or a no of today never shows in the number."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from bot.campaigns.audience import Audience, Reach, reach_of
from bot.campaigns.consent import month_of
from bot.campaigns.news_table import NewsTable
from bot.reminders.hours import PARIS


class Counting:
    """The numbers of the day, for each age and theme; gone at midnight in Paris and when the service stops."""

    def __init__(self, news: NewsTable) -> None:
        self._news = news
        self._day: date | None = None
        self._found: dict[tuple[str, str], Reach] = {}

    async def number(self, audience: Audience, now: datetime) -> int:
        """Return how many families are reached, in tens; 0 under the floor."""
        day = now.astimezone(PARIS).date()
        if day != self._day:
            self._day, self._found = day, {}
        key = (audience.band, audience.theme)
        if key not in self._found:
            self._found[key] = await self._counted(audience, now, month_of(day))
        return self._found[key].of(audience.districts)

    async def _counted(self, audience: Audience, now: datetime, month: int) -> Reach:
        counts: Counter[str] = Counter()
        async for page in self._news.pages(now):
            counts.update(consent.district for _, consent in page if audience.but_for_districts(consent, month))
        return reach_of(counts)
