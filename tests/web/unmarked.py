"""Words on the pages that no catalogue knows: every message is put in brackets, and what stands outside them is English.

python -m tests.web.unmarked [PART]     what stands unmarked on the pages of the case, where the page's name holds PART
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from gettext import NullTranslations
from html.parser import HTMLParser
from typing import Final

from detente.acts.kinds import KINDS
from detente.web.languages import languages
from detente.wording import language
from tests.web.case import Case, played
from tests.web.hosting import PAGE, bearer, front

TAG: Final = "xx"
PAGES: Final = (
    "", "text", "text?show=marked&since=1", "text?show=side", "text?languages=ur", "sessions", "undertakings",
    "verifiable", "statements", "powers",
    "timeline", "timeline?by=A", "timeline?kind=minute", "timeline?words=nothing-like-it", "record", "room", "keys",
    "chambers", "present", "follow", "outbox", "text?at=20", "?at=9", "?at=40", "acts/4000",
)  # fmt: skip
PEOPLE: Final = ("M", "A", "PB", "")
_SPOKEN_OF: Final = frozenset({"aria-label", "title", "placeholder", "alt", "data-text", "data-words"})
_NOT_OURS: Final = frozenset({"bdi", "pre", "script", "style", "code", "textarea"})
_VOID: Final = frozenset(
    {"meta", "link", "input", "br", "hr", "img", "use", "path", "circle", "line", "rect"}
)
_NAMES: Final = re.compile(
    r"\b[0-9a-f]{4}( [0-9a-f]{4})+\b|[\w.-]+\.example|detente(/\w+)*|[\w-]*\d[\w+/=-]*|https?://\S+|"
    r"localhost\S*|tlog-\w+|Ed25519|X25519|ML-DSA-44|SHA-256|UTC|JSON|BCP 47|C2SP|VCLT|RFC \d+|iCalendar|Atom|English|"
    r"\b[A-Z]\b|(?<=\()[a-z]{2,3}(?=\))"
)
_ZONE: Final = re.compile(r"[A-Z]\w+/\w+")
"""What has no translation: names of formats and people's own addresses, ids, digests, letters of sides, tags."""


class Marking(NullTranslations):
    """Every message in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, context: str, message: str) -> str:
        return f"⟦{message}⟧"


class _Sentences(dict[str, str]):
    """Whatever the rules say is taken as known."""

    def get(self, sentence: str, default: object = None) -> str:  # type: ignore[override]
        return f"⟦{sentence}⟧"

    def __bool__(self) -> bool:
        return True


def mark_everything() -> None:
    marked = language.Language(TAG, "⟦⟧", "ltr", Marking())
    marked.sentences = _Sentences()
    languages()[TAG] = marked


class _Words(HTMLParser):
    """The page's own words, one text or attribute at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        """What stands outside the brackets, and the whole text that it stands in."""
        self._open: list[tuple[str, bool]] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        theirs = tag in _NOT_OURS or (tag != "html" and ("lang" in named or named.get("dir") == "auto"))
        inside = bool(self._open) and self._open[-1][1]
        if tag not in _VOID:
            self._open.append((tag, theirs or inside))
        if not inside:
            self.found += [
                (_outside(value, 0)[0], value) for name, value in attrs if name in _SPOKEN_OF and value
            ]

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        # A message may go on behind a link that stands in it.
        outside, self._depth = _outside(data, self._depth)
        if not (self._open and self._open[-1][1]):
            self.found.append((outside, data))


def _outside(text: str, depth: int) -> tuple[str, int]:
    """What of a text stands outside brackets, of which `depth` were open before it; and how many are open after it."""
    kept = []
    for sign in text:
        depth += (sign == "⟦") - (sign == "⟧")
        kept.append(sign if depth == 0 and sign != "⟧" else " ")
    return "".join(kept), depth


def unmarked(html: str, theirs: tuple[str, ...] = ()) -> Iterator[str]:
    """What stands outside brackets. theirs: what the record says in its own words, the longest first."""
    words = _Words()
    words.feed(html)
    for outside, said in words.found:
        left = _ZONE.sub(" ", outside)
        for own in theirs:
            # A short text of the record, a language's tag say, may stand by chance within the letters of an id.
            if own in left:
                left = re.sub(rf"(?<!\w){re.escape(own)}(?!\w)", " ", left)
        left = " ".join(_NAMES.sub(" ", left).split())
        if re.search(r"[A-Za-z]{2}", left):
            yield f"{left}   ← {' '.join(said.split())[:160]}"


def of_record(case: Case) -> tuple[str, ...]:
    """Every text that the case's own acts hold."""
    found: set[str] = set()

    def gather(value: object) -> None:
        if isinstance(value, str):
            found.update({value, *value.split("\n"), *value.split(", "), value.partition(" (")[0]})
        elif isinstance(value, dict):
            for part in value.values():
                gather(part)
        elif isinstance(value, list | tuple):
            for part in value:
                gather(part)

    for person in (*case.people, None):
        record = case.record(person)
        for index in range(record.size):
            act = record.act(index)
            if act is not None:
                gather(dict(act.opened))
    return tuple(sorted((text for text in found if len(text) > 1), key=len, reverse=True))


def on_the_pages(part: str = "") -> Iterator[tuple[str, str]]:
    """(page, what stands unmarked on it)."""
    mark_everything()
    case = list(played())[-1]
    theirs = of_record(case)
    forms = tuple(f"sign?kind={kind.name}" for kind in KINDS)
    acts = tuple(f"acts/{number}" for number in range(1, case.record("M").size + 1))
    with front(case.depositary) as client:
        client.cookies.set("language", TAG)
        for page in ("/", "/convene", "/nothing"):
            if part in page:
                yield from ((page, left) for left in unmarked(client.get(page, headers=PAGE).text, theirs))
        for person in PEOPLE:
            headers = PAGE | (bearer(case.key(person), case.origin) if person else {})
            for page in (*PAGES, *acts, *(forms if person in ("M", "A") else ())):
                if part in page:
                    html = client.get(f"/processes/{case.id}/{page}", headers=headers).text
                    yield from ((page, left) for left in unmarked(html, theirs))


if __name__ == "__main__":
    counted = Counter(left for _page, left in on_the_pages(*sys.argv[1:2]))
    for left, count in counted.most_common():
        print(count, left)
