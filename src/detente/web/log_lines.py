"""The host's own log: lines on standard error, for a person (`words`) or for a program that collects them (`json`).

No line holds content, at any level. What the program itself says holds none. The messages of libraries and of exceptions
may quote whatever was being worked on: of them only the logger, the class of the error and its places in the code are
told.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import Any, Final

from detente.web.telling import REQUEST

FORMS: Final = ("words", "json")
_OURS: Final = "detente"
_CODE: Final = Path(__file__).parents[1]
_DEEPEST: Final = 12
"""Places in the code that a line tells, the innermost first."""
_log = logging.getLogger("detente.host")


def keep_log(form: str) -> None:
    """From here on, everything that is logged in this program goes to standard error in this form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else _Words())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger(_OURS).setLevel(logging.INFO if form == "json" else logging.WARNING)
    sys.excepthook = _ended
    threading.excepthook = lambda ended: _ended(ended.exc_type, ended.exc_value, ended.exc_traceback)


def _ended(kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None) -> None:
    _log.error("a part of the program has ended", exc_info=(kind, error or kind(), traceback))


def told_of(record: logging.LogRecord) -> dict[str, Any]:
    """What a line may tell of a record."""
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    line: dict[str, Any] = {"at": at, "level": record.levelname.lower()}
    told = getattr(record, "told", None)
    if told is not None:
        line |= told
    elif REQUEST.get():
        line["request"] = REQUEST.get()  # an error while it was being answered
    if record.name.partition(".")[0] == _OURS:
        line.setdefault("event", record.getMessage())
    else:
        line |= {"event": "library", "logger": record.name, "line": f"{record.module}:{record.lineno}"}
    if record.exc_info and record.exc_info[1] is not None:
        line |= _error(record.exc_info[1])
    return line


def _error(error: BaseException) -> dict[str, Any]:
    """The class of an error and of those that led to it, and where in the code it was raised."""
    classes, one = [], error
    while True:
        classes.append(f"{type(one).__module__}.{type(one).__qualname__}")
        cause = one.__cause__ or one.__context__
        if cause is None or len(classes) == _DEEPEST:
            break
        one = cause
    frames = [
        (frame.f_code.co_filename, number, frame.f_code.co_name)
        for frame, number in walk_tb(error.__traceback__)
    ]
    where = [f"{_place(file)}:{number} {name}" for file, number, name in reversed(frames)]
    return {"error": classes[0], "after": classes[1:], "where": where[:_DEEPEST]}


def _place(file: str) -> str:
    """A file of the program below its own folder; of any other, its last two names."""
    path = Path(file)
    return str(path.relative_to(_CODE)) if path.is_relative_to(_CODE) else "/".join(path.parts[-2:])


class JsonLines(logging.Formatter):
    """One object a line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(told_of(record), ensure_ascii=True)


class _Words(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = told_of(record)
        opening = f"{line.pop('at')} {line.pop('level')}: {line.pop('event')}"
        where = line.pop("where", [])
        rest = "".join(f" {name}={_spelt(value)}" for name, value in line.items() if value)
        return "\n".join([opening + rest, *(f"    {place}" for place in where)])


def _spelt(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
