"""Where a fact comes from, and when and how somebody last checked it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from knowledge.base import Model, Sentence, Slug


class Source(Model):
    """A public text that a card rests on: an address (``url``) or a named data set (``reference``)."""

    id: Slug
    title: Sentence = Field(alias="titre")
    url: str | None = Field(None, pattern=r"^https?://\S+$")
    reference: Sentence | None = None
    published: str | None = Field(None, alias="publie_le", max_length=40)
    read_on: date = Field(alias="consulte_le")
    licence: Sentence | None = None
    note: Sentence | None = None

    @model_validator(mode="after")
    def _findable(self) -> Source:
        if not (self.url or self.reference):
            raise ValueError("une source a une adresse « url: » ou une « reference: »")
        return self


class Freshness(Model):
    """The day someone checked a card and how (not the day the file was saved), and until when that counts."""

    checked_on: date = Field(alias="verifie_le")
    method: Literal["appel", "site", "courriel", "visite", "import", "dossier"] = Field(alias="methode")
    review_by: date = Field(alias="revoir_avant")
    confidence: Literal["haute", "moyenne", "basse"] = Field(alias="confiance")
    note: Sentence | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Freshness:
        if self.review_by <= self.checked_on:
            raise ValueError("« revoir_avant » vient après « verifie_le »")
        return self

    def overdue(self, on: date) -> bool:
        """Tell whether the card should have been checked again before ``on``."""
        return on >= self.review_by
