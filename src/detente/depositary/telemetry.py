"""What a host tells whoever runs it: a line for each act that is stored, and spans and counts through the interface of
OpenTelemetry (extra `telemetry`), for whatever collects them. Without the extra, only the lines.

| name | what it is |
|---|---|
| `detente.acts` | counter, by kind; of a chamber's act it is told only that there was one |
| `detente.refusals` | counter, by code: acts that were refused |
| `detente.step.duration` | histogram of seconds, by step: `admit`, `append`, `sign` |
| `detente.viewers` | how many live pages are connected |
| `http.server.request.duration` | histogram of seconds, by method, route and status |

Names of kinds, codes, routes, process ids and numbers, and no word of a record. An error is told by what kind of error it
is: its message may hold what somebody wrote.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from time import perf_counter
from typing import TYPE_CHECKING, Final

from detente import __version__
from detente.codec.refusal import Refused
from detente.depositary.logs import chamber_name, main_origin

if TYPE_CHECKING:
    from opentelemetry.metrics import MeterProvider
    from opentelemetry.trace import TracerProvider

_log = logging.getLogger("detente.acts")


class Instruments:
    """What is counted and timed, at the providers that the operator has set up."""

    def __init__(self, traces: TracerProvider, meters: MeterProvider) -> None:
        self.tracer = traces.get_tracer("detente", __version__)
        meter = meters.get_meter("detente", __version__)
        self.acts = meter.create_counter("detente.acts", "{act}", "Acts that were stored")
        self.refusals = meter.create_counter("detente.refusals", "{refusal}", "Why acts were refused")
        self.steps = meter.create_histogram("detente.step.duration", "s", "How long a step of an act took")
        self.viewers = meter.create_up_down_counter(
            "detente.viewers", "{page}", "Live pages that are connected"
        )
        self.requests = meter.create_histogram("http.server.request.duration", "s", "How long a request took")


_instruments: Instruments | None = None
_UNTOLD: Final = nullcontext()


def begin() -> None:
    """From here on, count and time where the extra is installed. For hosts that are served: elsewhere nobody collects."""
    global _instruments
    try:
        from opentelemetry import metrics, trace
    except ImportError:
        return
    _instruments = _instruments or Instruments(trace.get_tracer_provider(), metrics.get_meter_provider())


def kind_of_error(error: BaseException) -> str:
    """The code of a refusal, or the class of any other error.

    >>> kind_of_error(OSError("words"))
    'OSError'
    """
    return error.refusals[0].code if isinstance(error, Refused) else type(error).__qualname__


def step(name: str) -> AbstractContextManager[None]:
    """A step of an act, timed. What it raises goes on to its caller."""
    return _UNTOLD if _instruments is None else _timed(_instruments, name)


@contextmanager
def _timed(instruments: Instruments, name: str) -> Iterator[None]:
    started = perf_counter()
    with span(name):
        try:
            yield
        finally:
            instruments.steps.record(perf_counter() - started, {"step": name})


@contextmanager
def span(name: str) -> Iterator[dict[str, str | int]]:
    """A span; what is put into the dictionary meanwhile becomes its attributes."""
    about: dict[str, str | int] = {}
    if _instruments is None:
        yield about
        return
    # What OpenTelemetry would note of an exception by itself holds its message and its traceback.
    with _instruments.tracer.start_as_current_span(
        name, record_exception=False, set_status_on_exception=False
    ) as current:
        try:
            yield about
        except BaseException as error:
            about["error.type"] = kind_of_error(error)
            raise
        finally:
            current.set_attributes(about)


def stored(origin: str, index: int, kind: str) -> None:
    """An act stands in a log. In which chamber, as what and of what kind is not for whoever collects lines."""
    if _log.isEnabledFor(logging.INFO):
        process = main_origin(origin).removeprefix("detente/")
        if chamber_name(origin):
            _log.info("act of a chamber", extra={"told": {"event": "act", "process": process}})
        else:
            about = {"event": "act", "process": process, "kind": kind, "index": index}
            _log.info("act", extra={"told": about})
    if _instruments is not None:
        _instruments.acts.add(1, {"kind": "of a chamber" if chamber_name(origin) else kind})


def refused(refusals: Refused) -> None:
    """An act was refused."""
    if _instruments is not None:
        for refusal in refusals.refusals:
            _instruments.refusals.add(1, {"code": refusal.code})


def answered(seconds: float, method: str, route: str, status: int) -> None:
    """A request was answered."""
    if _instruments is not None:
        about: dict[str, str | int] = {
            "http.request.method": method, "http.route": route, "http.response.status_code": status,
        }  # fmt: skip
        _instruments.requests.record(seconds, about)


@contextmanager
def viewer() -> Iterator[None]:
    """A live page, while it is connected."""
    watching = _instruments
    if watching is not None:
        watching.viewers.add(1)
    try:
        yield
    finally:
        if watching is not None:
            watching.viewers.add(-1)
