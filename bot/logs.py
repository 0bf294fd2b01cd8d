"""Configures the log of the process, once: lines on standard error, in JSON unless someone reads them in a terminal.

Nothing personal gets in. Our own events are names and numbers. What libraries log is reduced to who, how serious and
where, since their words may quote a message or an address; an exception is its class and its place in the code.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import MutableMapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Literal, TextIO, cast

import structlog

from bot.place import place_of

Level = Literal["debug", "info", "warning", "error"]
_QUIET = ("telegram", "httpx", "httpcore", "aiohttp", "uvicorn", "asyncio", "apscheduler", "sqlite3", "PIL")
_Entry = MutableMapping[str, Any]


def configure(level: Level = "info", stream: TextIO | None = None) -> None:
    """Send every log of the process, ours and those of libraries, to a stream (default: standard error).

    Args:
        level: the least serious events that are written.
        stream: lines are JSON unless it is a terminal.
    """
    stream = stream or sys.stderr
    lines = structlog.processors.JSONRenderer(ensure_ascii=False)
    shown = structlog.dev.ConsoleRenderer() if stream.isatty() else lines
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _no_traceback,
            shown,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.WriteLoggerFactory(cast(TextIO, _Sturdy(stream))),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers[:] = [_Bridge()]
    root.setLevel(logging.WARNING)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger(name).level))
    logging.captureWarnings(True)


def catch_unhandled() -> None:
    """Have exceptions that nobody handles logged as their class and place, in any thread; for a running service."""
    sys.excepthook = _unhandled
    threading.excepthook = lambda failed: _say_unhandled(failed.exc_value, failed.thread)
    sys.unraisablehook = lambda failed: _say_unhandled(failed.exc_value, None)


class _Sturdy:
    """A stream whose failures go no further: a full disk or a closed pipe must not end a conversation."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        """Write a text, or lose it."""
        with suppress(OSError, ValueError):
            self._stream.write(text)

    def flush(self) -> None:
        """Send what was written, or lose it."""
        with suppress(OSError, ValueError):
            self._stream.flush()


class _Bridge(logging.Handler):
    """Turns a record of a library into an event without its words."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write who spoke, how seriously, from where, and the class and place of an exception."""
        error = record.exc_info[1] if record.exc_info else None
        more = {"kind": type(error).__name__, "at": place_of(error)} if error else {}
        where = f"{record.module}:{record.lineno}"
        structlog.get_logger().log(record.levelno, "library", logger=record.name, where=where, **more)


def _no_traceback(_: object, __: str, entry: _Entry) -> _Entry:
    """Reduce an exception passed to a log to its class and place."""
    info = entry.pop("exc_info", None)
    error = info if isinstance(info, BaseException) else sys.exc_info()[1] if info else None
    entry.pop("stack_info", None)
    if error is not None:
        entry["kind"], entry["where"] = type(error).__name__, place_of(error)
    return entry


def _unhandled(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    _say_unhandled(error, None)


def _say_unhandled(error: BaseException | None, thread: threading.Thread | None) -> None:
    if error is None or isinstance(error, SystemExit):
        return
    where = {"thread": thread.name} if thread else {}
    structlog.get_logger().critical("unhandled", kind=type(error).__name__, where=place_of(error), **where)
