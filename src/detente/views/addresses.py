"""Every address that pages link to, in one place.

| address | page |
|---|---|
| `/` | the processes |
| `/processes/<id>/` | overview; `<id>` is the 26 characters of the record's origin |
| `/processes/<id>/text` | text; `edition`, `since`, `show`, `languages`, `instrument`, `against` |
| `/processes/<id>/text/signature.pdf` | an edition typeset for signature; `edition`, `instrument` |
| `/processes/<id>/text.<ending>` | a download: `docx`, `xml`, `txt`; `since`, `brackets` or `side` |
| `/processes/<id>/text/changed`, `/text/compare` | a changed file as proposals; two texts compared |
| `/processes/<id>/verifiable` | whether provisions can be verified, and their order; `instrument`, `provision` |
| `/processes/<id>/sessions` | the latest sessions, or one (`session`), or what stands before an act (`before`) |
| `/processes/<id>/undertakings` | evidence and undertakings; of a long record the chains up to one (`before`) |
| `/processes/<id>/keeping` | findings, matrix, breach; `register`, `until`, `row`; `/matrix.csv`, `/matrix.xlsx` beside |
| `/processes/<id>/powers`, `/timeline`, `/record` | the page of that name |
| `/processes/<id>/observance` | incidents beside commitments; `commitment`, `kinds`, `names_A`, `month` |
| `/processes/<id>/observance/pairs` | reports that may be of one incident, side by side |
| `/processes/<id>/observance/feed` | reporting a feed of incidents from a file |
| `/processes/<id>/observance/<file>` | `months.svg`, `places.svg`, `map.svg`, `months.csv`, `candidates.csv` |
| `/processes/<id>/preferences` | what the open choices are worth; `instrument`, `side` |
| `/processes/<id>/chambers` | the sealed chambers of whoever looks |
| `/processes/<id>/room`, `/sign`, `/keys` | acting: what one can do, the page before signing, one's keys |
| `/processes/<id>/acts/<N>` | one act; N from 1; `log` names a chamber |
| `/processes/<id>/acts/<N>/prove` | proving it to somebody; `/proof`, `/proof.html`, `/sheet.html` are downloads |
| `/check` | checking a proof; `/check/detente-check.html` is that page in one file |
| `/processes/<id>/follow` | one's own feeds |
| `/processes/<id>/copy`, `/log/checkpoint`, `/log/tile/...` | downloads |

`at=N` (acts shown) and `as=PERSON` (as whom one looks, in a demonstration) stay on every link.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlencode

from msgspec import Struct
from msgspec.structs import replace

PROCESSES: Final = "/"
CHECK: Final = "/check"
CHECKER: Final = "/check/detente-check.html"
PUBLIC: Final = "public"
"""What `as` says when a demonstration is looked at as anybody outside the talks."""


class Place(Struct, frozen=True):
    """One page of one process. path: below the process; query: its own parameters; at: acts shown, or None for
    all; looking_as: a person's id, `PUBLIC`, or "" outside a demonstration.

    >>> place = Place("abc", "text", (("edition", "3"), ("languages", "en,ur")), at=15)
    >>> place.address
    '/processes/abc/text?edition=3&languages=en,ur&at=15'
    >>> place.page("powers").now.address, place.page().address
    ('/processes/abc/powers', '/processes/abc/?at=15')
    """

    process: str
    path: str = ""
    query: tuple[tuple[str, str], ...] = ()
    at: int | None = None
    looking_as: str = ""

    @property
    def address(self) -> str:
        pairs = [(name, value) for name, value in self.query if value]
        asked = urlencode(pairs + list(self.carried), safe=",")
        return f"{self.without_query}{'?' + asked if asked else ''}"

    @property
    def without_query(self) -> str:
        return f"/processes/{self.process}/{quote(self.path)}"

    @property
    def carried(self) -> tuple[tuple[str, str], ...]:
        """The parameters that every link passes on."""
        found = [("at", str(self.at))] if self.at is not None else []
        return (*found, *((("as", self.looking_as),) if self.looking_as else ()))

    def page(self, path: str = "", **query: str) -> Place:
        """Another page of the same process, at the same act and for the same person."""
        return replace(self, path=path, query=tuple(query.items()))

    def asking(self, **query: str) -> Place:
        """This page with some of its own parameters changed; an empty value takes one away."""
        kept = {name: value for name, value in self.query if name not in query}
        return replace(self, query=tuple({**kept, **query}.items()))

    def act(self, number: int, log: str = "") -> Place:
        """The page of an act by the number that people see, from 1. log: a chamber's name."""
        return self.page(f"acts/{number}", log=log)

    def as_of(self, acts: int) -> Place:
        return replace(self, at=acts)

    @property
    def now(self) -> Place:
        return replace(self, at=None)

    def seen_by(self, person: str) -> Place:
        return replace(self, looking_as=person)


def process_id(origin: str) -> str:
    """The part of a log's origin that stands in addresses: its 26 characters.

    >>> process_id("detente/k5w2vq3n7hz4c6m2a7d5x3b2qe/side-A")
    'k5w2vq3n7hz4c6m2a7d5x3b2qe'
    """
    return origin.split("/")[1]


def proof_file(process: str, number: int, chamber: str = "") -> str:
    """What the files of a proof are called, without their endings.

    >>> proof_file("k5w2vq3n7hz4c6m2a7d5x3b2qe", 3, "side-A")
    'act-3-of-side-A-of-k5w2vq3n'
    """
    return "-of-".join([f"act-{number}", *([chamber] if chamber else []), process[:8]])


def edition_file(process: str, number: int) -> str:
    """What the files of an edition are called, without their endings.

    >>> edition_file("k5w2vq3n7hz4c6m2a7d5x3b2qe", 3)
    'edition-3-of-k5w2vq3n'
    """
    return f"edition-{number}-of-{process[:8]}"
