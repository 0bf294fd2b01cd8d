"""Troubles that a test asks for: refusals, 429, faults of the server, cut connections."""

from dataclasses import dataclass
from typing import Any

from tests.fake_botapi.schema import ApiError


@dataclass(slots=True)
class Fault:
    """What happens to the next ``times`` calls of a method, for one chat or all.

    ``cut``: the connection breaks, "before" the call is done or "after".
    """

    method: str
    code: int = 0
    description: str = ""
    retry_after: int | None = None
    chat: int | None = None
    times: int = 1
    cut: str = ""

    def hits(self, method: str, params: dict[str, Any]) -> bool:
        """Return whether this call is concerned."""
        return self.times > 0 and method == self.method and self.chat in (None, params.get("chat_id"))

    def error(self) -> ApiError:
        """Return the refusal to answer with."""
        if self.retry_after is not None:
            said = f"Too Many Requests: retry after {self.retry_after}"
            return ApiError(429, said, {"retry_after": self.retry_after})
        return ApiError(self.code, self.description)
