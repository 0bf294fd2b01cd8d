"""Says labels in one language: translation, then amounts, dates, ages and numbers put in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal

from bot import wording
from i18n.format import age, day, items, money, number, percent
from i18n.language import Language
from i18n.lookup import Catalogs
from i18n.phone import phone
from i18n.placeholders import fill, placeholders
from knowledge.base import Label
from knowledge.content import Knowledge
from knowledge.imported import ImportedPlaces
from knowledge.model import Helpline
from knowledge.parameter import Parameter

_PER = {
    "EUR/mois": wording.PER_MONTH,
    "EUR/an": wording.PER_YEAR,
    "EUR/jour": wording.PER_DAY,
    "EUR/heure": wording.PER_HOUR,
}


class Speaker:
    """One language on one day, at a moment if it is known; every sentence of a screen goes through :meth:`say`."""

    def __init__(
        self, catalogs: Catalogs, knowledge: Knowledge, language: str, on: date, at: datetime | None = None
    ) -> None:
        self.catalogs, self.knowledge, self.on, self.at = catalogs, knowledge, on, at
        self.language: Language = catalogs.language(language)
        self.untranslated = 0
        self.imported = ImportedPlaces(None)
        """Places imported from public data: none, unless the library has some."""
        self._special: dict[str, Callable[[str], str]] = {
            "ages": self.ages,
            "euros": lambda value: self.euros(float(value)),
            "euros_max": lambda value: self.euros(float(value)),
        }

    def say(self, label: Label) -> str:
        """Return a label as a sentence of this language, French where there is no sure translation."""
        found = self.catalogs.translate(self.language.id, label.context, label.text)
        if found.state != "ok":
            self.untranslated += 1
        return self._filled(found.text, dict(label.values), self.catalogs.language(found.lang))

    def fill(self, text: str) -> str:
        """Return a text that is already in this language, its placeholders filled."""
        return self._filled(text, {}, self.language)

    def unfilled(self, labels: Iterable[Label]) -> tuple[str, ...]:
        """Return labels in this language, placeholders left as they are."""
        return tuple(self.catalogs.translate(self.language.id, label.context, label.text).text for label in labels)

    def _filled(self, text: str, given: dict[str, str | int], language: Language) -> str:
        return fill(text, {name: self._value(name, given) for name in placeholders(text)}, language)

    def pair(self, name: str, value: str) -> str:
        """Return « name : value » as this language writes it."""
        return self.say(wording.PAIR._replace(values=(("nom", name), ("valeur", value))))

    def all(self, labels: Iterable[Label]) -> tuple[str, ...]:
        """Return several labels as sentences."""
        return tuple(self.say(label) for label in labels)

    def _value(self, name: str, given: dict[str, str | int]) -> str:
        if name in given:
            return self._special.get(name, str)(str(given[name]))
        if name.startswith("tel:"):
            helpline = self.knowledge.by_id.get(name.removeprefix("tel:"))
            return phone(helpline.number) if isinstance(helpline, Helpline) else ""
        return self.parameter(name)

    def euros(self, amount: float) -> str:
        """Return an amount in euros."""
        return money(Decimal(str(amount)), self.language)

    def parameter(self, name: str) -> str:
        """Return a dated parameter's value of the day with its unit of money or age, without its period."""
        parameter = self.knowledge.parameters.values.get(name)
        dated = parameter.on(self.on) if parameter else None
        if parameter is None or dated is None:
            return ""
        value = Decimal(str(dated.value))
        if parameter.unit.startswith("EUR"):
            return money(value, self.language)
        if parameter.unit == "ans":
            return age(int(value * 12), self.language)
        if parameter.unit == "mois":
            return age(int(value), self.language)
        return percent(value, self.language) if parameter.unit == "pourcent" else number(value, self.language)

    def amount(self, parameter: Parameter) -> str:
        """Return how much, per what, and since when: « 200,77 € par mois, depuis le 1er avril 2026 »."""
        dated = parameter.on(self.on)
        if dated is None:
            return ""
        value = self.parameter(parameter.id)
        per = _PER.get(parameter.unit)
        text = self.say(per._replace(values=(("montant", value),))) if per else value
        return self.say(wording.SINCE._replace(values=(("montant", text), ("date", self.day(dated.since)))))

    def day(self, value: date) -> str:
        """Return a date in words."""
        return day(value, self.language)

    def ages(self, spans: str) -> str:
        """Return « 24-35|84-95 » (months) as ages: a whole year as its age, a wider span as from-to."""
        return items([self._age(part) for part in spans.split("|") if part], self.language)

    def _age(self, span: str) -> str:
        low, high = (int(end) for end in span.split("-"))
        if low == 0 and high:
            return self._under(high + 1)
        years = low % 12 == 0 and (high + 1) % 12 == 0
        if low == high or (years and high - low == 11) or (not years and high - low < 12):
            return age(low, self.language)
        ends = (
            (str(low // 12), age(high + 1 - 12, self.language))
            if years
            else (age(low, self.language), age(high, self.language))
        )
        return self.say(wording.AGE_SPAN._replace(values=(("de", ends[0]), ("a", ends[1]))))

    def _under(self, months: int) -> str:
        return self.say(wording.AGE_UNDER._replace(values=(("age", age(months, self.language)),)))
