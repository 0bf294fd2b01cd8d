"""The same service as the observatory's."""

from tests.bot.observatory.conftest import service

__all__ = ["service"]
