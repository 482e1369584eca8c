"""The shop's log: one form for whoever writes into it, and each line names the request it belongs to.

JSON in production, words elsewhere. What may hold somebody's data stays out: values of statements,
details that PostgreSQL adds to an error, addresses with their secrets.
"""

import json
import logging
import logging.config
import re
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

from storefront.config import Settings
from storefront.platform import acting, journal

DETAIL = re.compile(r"^(DETAIL|CONTEXT|HINT|LINE \d+): .*(\n\s*\^)?$", re.MULTILINE)
"""PostgreSQL repeats the row that was refused, and with it what somebody typed."""
QUIET = ("gunicorn.access", "procrastinate.periodic", "PIL", "fontTools")
_encode = json.JSONEncoder(default=repr).encode  # Made once: the library would make one for each line.
_stamp = structlog.processors.TimeStamper(fmt="iso", utc=True, key="at")


def begin(settings: Settings) -> None:
    """From now on, everything this process says goes to its standard error in the shop's own form."""
    logging.config.dictConfig(arrangement(settings))
    begin_journal(settings)


def begin_journal(settings: Settings) -> None:
    """From now on, each request is a line."""
    if settings.log_level in ("DEBUG", "INFO"):
        journal.begin(_rendering(settings)[-1:])  # It holds neither an error nor what somebody said.


def arrangement(settings: Settings) -> dict[str, Any]:
    """Which logs go where, as `logging.config.dictConfig` wants to hear it."""
    everything = {"level": settings.log_level, "handlers": ["error"]}
    quiet = {name: {"level": "WARNING"} for name in QUIET}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": formatter, "settings": settings}},
        "handlers": {"error": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": everything,
        "loggers": {"gunicorn.error": everything | {"propagate": False}, **quiet},
    }


def formatter(settings: Settings) -> logging.Formatter:
    """The form of each line, whoever wrote it."""
    return structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_rendering(settings)],
        foreign_pre_chain=[structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name, _stamp, _whose],
    )


def _rendering(settings: Settings) -> list[Processor]:
    """From what is to be said to the line that says it."""
    if settings.production:
        return [structlog.processors.format_exc_info, _discreet, structlog.processors.JSONRenderer(_json)]
    told = structlog.dev.ConsoleRenderer(colors=False, timestamp_key="at", exception_formatter=_nothing_more)
    return [structlog.processors.format_exc_info, _discreet, told]


def _json(said: EventDict, **_how: Any) -> str:
    return _encode(said)


def _nothing_more(stream: Any, _what: Any) -> None:
    """The exception was formatted before."""
    stream.write("")


def _whose(_logger: Any, _method: str, said: EventDict) -> EventDict:
    """Name the request or the job in which something was said."""
    said.update(journal.whose(acting.now()))
    return said


def _discreet(_logger: Any, _method: str, said: EventDict) -> EventDict:
    for name in ("event", "exception"):
        if isinstance(said.get(name), str):
            said[name] = DETAIL.sub(r"\1: (not logged)", said[name])
    return said
