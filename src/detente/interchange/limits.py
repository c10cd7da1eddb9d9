"""Work on a file that a stranger made, in a process of its own that may use so much time and memory and no more.

A file small enough to be taken can still be made so that reading or comparing it takes hours, and Python cannot stop a
thread. The process that does the work has limits that the kernel holds it to (setrlimit(2)), and yields to everything
else on the machine, so that a host answers others meanwhile; where a sandbox forbids even that, it is held to the same
limits. What goes in and comes out are bytes of declared types.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, TypeVar, get_type_hints

import msgspec

from detente.codec.refusal import Refusal, Refused, refuse
from detente.interchange.documents.comparing import compare_documents
from detente.interchange.documents.proposals import proposals
from detente.interchange.documents.reading import read_document
from detente.interchange.documents.structure import structured
from detente.interchange.incidents.feed_file import import_feed
from detente.interchange.press.article import read_article
from detente.interchange.press.attribution import first_proposals

SECONDS: Final = 60
"""Of one processor; the clock on the wall may show twice as much where the machine is busy."""
MEMORY: Final = 1 << 30
"""Bytes of address space, the program itself included."""
WRITTEN: Final = 4096
"""Bytes of any file that it writes: Python tries a folder for temporary files by writing to it."""
Given = TypeVar("Given")
_OUT_OF_MEMORY: Final = 3
_ONE_THREAD: Final = {"RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
"""Each thread of a library keeps address space for itself: a machine with many processors would be out of it at once."""
_STOPPED: Final = (-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGSEGV, -signal.SIGABRT, _OUT_OF_MEMORY)
"""How a process ends that has met a limit: libraries that find no memory end it by SIGSEGV or SIGABRT."""
_TASKS: Final[dict[str, Callable[..., Any]]] = {
    task.__name__: task
    for task in (
        read_document,
        structured,
        compare_documents,
        proposals,
        read_article,
        first_proposals,
        import_feed,
    )
}


class _Asked(msgspec.Struct, frozen=True):
    """seconds, memory, written: the limits. arguments: each as its type is encoded."""

    task: str
    seconds: int
    memory: int
    written: int
    arguments: tuple[msgspec.Raw, ...]


class _Answer(msgspec.Struct, frozen=True):
    """The value as its type is encoded, or none and why."""

    value: tuple[msgspec.Raw, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def within_limits(
    task: Callable[..., Given],
    *arguments: object,
    seconds: int = SECONDS,
    memory: int = MEMORY,
    written: int = WRITTEN,
) -> Given:
    """What `task` gives for the arguments. Raises `Refused` as `task` does, or with code `document.limits`."""
    encode = msgspec.msgpack.encode
    asked = _Asked(task.__name__, seconds, memory, written, tuple(msgspec.Raw(encode(a)) for a in arguments))
    try:
        ran = subprocess.run(
            [sys.executable, "-P", "-m", __name__],
            input=encode(asked),
            env=os.environ | _ONE_THREAD,
            capture_output=True,
            timeout=2 * seconds,
        )
    except subprocess.TimeoutExpired as expired:
        raise _beyond(seconds, memory) from expired
    if ran.returncode in _STOPPED:
        raise _beyond(seconds, memory)
    if ran.returncode:
        raise RuntimeError(
            f"{task.__name__} ended with {ran.returncode}: {ran.stderr.decode(errors='replace')[-2000:]}"
        )
    answer = msgspec.msgpack.decode(ran.stdout, type=_Answer)
    if not answer.value:
        raise Refused(*answer.refusals)
    value: Given = msgspec.msgpack.decode(answer.value[0], type=get_type_hints(task)["return"])
    return value


def _beyond(seconds: int, memory: int) -> Refused:
    said = f"To read this takes more than {seconds} seconds, or {memory >> 20} MB of memory."
    return refuse(
        "document.limits", said, "", "Send it in parts, or save it anew in a simpler form and send that."
    )


def _answer(asked: _Asked) -> _Answer:
    task = _TASKS[asked.task]
    types = list(get_type_hints(task).values())
    arguments = [
        msgspec.msgpack.decode(raw, type=of) for raw, of in zip(asked.arguments, types, strict=False)
    ]
    try:
        return _Answer((msgspec.Raw(msgspec.msgpack.encode(task(*arguments))),))
    except Refused as refused:
        return _Answer(refusals=refused.refusals)
    except UnicodeEncodeError:
        fault = Refusal(
            "document.encoding", "The file holds signs that are no letters of Unicode.", "", "Save it anew."
        )
        return _Answer(refusals=(fault,))


def main() -> None:
    """The work itself: asked on the standard input, answered on the standard output."""
    asked = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=_Asked)
    for limit, most in (
        (resource.RLIMIT_CPU, asked.seconds),
        (resource.RLIMIT_AS, asked.memory),
        (resource.RLIMIT_FSIZE, asked.written),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    with suppress(PermissionError):
        os.nice(5)
    try:
        answer = msgspec.msgpack.encode(_answer(asked))
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main()
