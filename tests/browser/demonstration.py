"""The demonstration as a user starts it: `detente demo` in a process of its own, and its pages over HTTP."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from detente.views.addresses import PUBLIC

PEOPLE = (PUBLIC, "M", "A", "B", "PA", "PB")
PAGES = ("", "text", "verifiable", "sessions", "undertakings", "statements", "powers", "timeline", "record")
VARIANTS = (
    "text?show=marked&since=1", "text?show=side", "text?edition=1", "timeline?by=A", "timeline?kind=minute",
    "timeline?words=session", "timeline?words=nothing-like-it",
)  # fmt: skip
IN_LANGUAGES = ("text?languages=ur", "text?languages=en,ps")
"""Of the talks that asked first: the text of the others is in English alone."""


class Process:
    """One process of the demonstration. path: of its overview; size: acts in its main log."""

    def __init__(self, path: str, client: httpx.Client) -> None:
        self.path = path
        self.timeline = client.get(f"{path}timeline").text
        found = re.search(r'id="at"[^>]*max="(\d+)"', self.timeline)
        assert found, "the timeline has no slider"
        self.size = int(found[1])

    def moment(self, landmark: str) -> int:
        """The act of a landmark of the timeline: “Question put”."""
        found = re.search(rf">{landmark}, #(\d+)<", self.timeline)
        assert found, f"the timeline has no moment “{landmark}”"
        return int(found[1])

    def page(self, page: str = "", who: str = "", at: int = 0) -> str:
        asked = [part for part in (f"at={at}" if at else "", f"as={who}" if who else "") if part]
        joint = "&" if "?" in page else "?"
        return f"{self.path}{page}{joint + '&'.join(asked) if asked else ''}"


class Site:
    """The running demonstration. reported, first: its two processes."""

    def __init__(self, address: str) -> None:
        self.address = address
        # A connection for each request, as they come from many people.
        self.client = httpx.Client(
            base_url=address, timeout=30, limits=httpx.Limits(max_keepalive_connections=0)
        )
        self.reported = Process(self._named("the talks as reported"), self.client)
        self.first = Process(self._named("asking the principal first"), self.client)

    def _named(self, subtitle: str) -> str:
        listed = re.findall(r'<h2><a href="(/processes/\w+/)[^"]*">(.*?)</a>', self.client.get("/").text)
        return next(path for path, title in listed if subtitle in title)

    def html(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return answer.text


@contextmanager
def demonstration(folder: Path) -> Iterator[Site]:
    """Start `detente demo`, read the address it prints, and stop that process at the end."""
    command = [
        str(Path(sys.executable).with_name("detente")),
        "demo",
        "--port",
        "0",
        "--no-browser",
        "--data",
    ]
    with (folder / "stderr").open("w+") as complaints:
        started = subprocess.Popen(
            [*command, str(folder / "record")], stdout=subprocess.PIPE, stderr=complaints, text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        try:
            address = _address(started)
            assert address, (folder / "stderr").read_text()
            yield Site(address)
        finally:
            started.terminate()
            started.wait(20)


def _address(started: subprocess.Popen[str]) -> str:
    assert started.stdout is not None
    for line in started.stdout:
        found = re.search(r"open at (http://localhost:\d+)/", line)
        if found:
            return found[1]
    return ""
