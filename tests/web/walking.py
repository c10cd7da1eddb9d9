"""Every address of the application, for one process and one reader: what a curious visitor would try.

`ASKED` names each route of the application as the application names it, and what is asked of it. A route that is added
there is missing here, and the test says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from starlette.applications import Starlette
from starlette.routing import Mount, Route

from detente.procedure.chambers import chamber_names
from detente.state.records import State
from tests.web.canaries import MARK


@dataclass(frozen=True)
class Ask:
    """One request. path: after the process's address, or from the root where it begins with a slash."""

    path: str
    method: str = "GET"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """A process as its visitors find it. opened: the acts whose pages are opened one by one, and the names of what each
    can hide; raws: acts as they were submitted, with all their disclosures; checkpoint: the latest of the main log;
    feeds: secret parts of addresses; thorough: whether every address is asked for."""

    state: State
    size: int
    inside: Mapping[str, int]
    opened: Mapping[int, tuple[str, ...]]
    raws: tuple[bytes, ...] = ()
    checkpoint: bytes = b""
    feeds: tuple[str, ...] = ()
    thorough: bool = False

    @property
    def chambers(self) -> tuple[str, ...]:
        return (*chamber_names(self.state.convened.sides), "side-Z")

    @property
    def moments(self) -> tuple[int, ...]:
        """Earlier moments, the first and the last among them."""
        return (1, self.size // 2) if self.thorough else (self.size // 2,)


FORMS: Final = (
    "issue",
    "propose_alternative",
    "minute",
    "assent",
    "sign",
    "correct",
    "propose_correction",
    "rectify",
)
"""Kinds whose forms are filled in from the record."""
Asks = Callable[[Place], Iterator[Ask]]
ACT: Final = {"content-type": "application/sd-jwt"}
FORM: Final = {"content-type": "application/x-www-form-urlencoded"}


def _plain(*paths: str) -> Asks:
    return lambda _place: (Ask(path) for path in paths)


def _at(path: str, *queries: str) -> Asks:
    """A page as it is, with these queries, and as of earlier moments."""

    def asks(place: Place) -> Iterator[Ask]:
        yield from (Ask(path), *(Ask(f"{path}?{query}") for query in queries))
        yield from (Ask(f"{path}?at={moment}") for moment in place.moments)

    return asks


def _overview(place: Place) -> Iterator[Ask]:
    yield from _at("", "instrument=nothing")(place)
    yield from (Ask(f"?instrument={name}") for name in place.state.instrument_order)


def _text(place: Place) -> Iterator[Ask]:
    yield from _at("text")(place)
    if not place.thorough:
        return
    for name, instrument in list(place.state.instruments.items())[:2]:
        languages = ",".join(tag for tag, _status in instrument.languages)
        for show in ("clean", "marked", "side"):
            yield Ask(f"text?instrument={name}&show={show}&languages={languages}")
            yield Ask(f"text?instrument={name}&edition=1&show={show}")
        yield Ask(f"text?instrument={name}&since=1")
        yield Ask(f"text?instrument={name}&against={name}")


def _text_file(ending: str) -> Asks:
    """One kind of file, and each way to write the text; also what is not there."""

    def asks(place: Place) -> Iterator[Ask]:
        yield from (Ask(f"text.{ending}"), Ask(f"text.{ending}?edition=99"))
        for name in list(place.state.instruments)[: 2 if place.thorough else 1]:
            for query in ("", "&brackets=yes", "&edition=2&since=1", "&side=A"):
                yield Ask(f"text.{ending}?instrument={name}{query}")

    return asks


def _verifiable(place: Place) -> Iterator[Ask]:
    yield from _at("verifiable", "instrument=nothing&provision=art_1")(place)
    for name, instrument in list(place.state.instruments.items())[: 3 if place.thorough else 1]:
        yield Ask(f"verifiable?instrument={name}")
        for eid in (instrument.edition.provisions if instrument.edition and place.thorough else ())[:3]:
            yield Ask(f"verifiable?instrument={name}&provision={eid}")


def _sessions(place: Place) -> Iterator[Ask]:
    yield from _at("sessions", "before=3")(place)
    yield from (Ask(f"sessions?session={number}") for number in range(1, 4))


def _timeline(place: Place) -> Iterator[Ask]:
    yield from _at("timeline", f"words={MARK}", "before=25")(place)
    if place.thorough:
        yield from (Ask(f"timeline?by={person}&words=words") for person in place.state.people)


def _acts(place: Place) -> Iterator[Ask]:
    for number in place.opened:
        yield Ask(f"acts/{number}")
    yield Ask(f"acts/{place.size + 5}")
    yield from (Ask(f"acts/{number}?log={chamber}") for chamber, number in _inside(place))


def _receipts(place: Place) -> Iterator[Ask]:
    yield from (Ask(f"acts/{number}/receipt") for number in (*place.opened, place.size + 5))


def _prove(place: Place) -> Iterator[Ask]:
    yield from (Ask(f"acts/{number}/prove") for number in (*place.opened, 0, place.size + 5))
    yield from (Ask(f"acts/{number}/prove?log={chamber}") for chamber, number in _inside(place))


def _inside(place: Place) -> Iterator[tuple[str, int]]:
    """Every act of each chamber, and one that is not there."""
    for chamber in place.chambers:
        yield from ((chamber, number) for number in range(1, place.inside.get(chamber, 0) + 2))


def _proofs(place: Place) -> Iterator[Ask]:
    """Some acts proved with each of their fields shown, also those that the reader may not show, and what is no act."""
    for number in list(place.opened)[::3]:
        yield Ask(f"acts/{number}/proof")
        yield from (Ask(f"acts/{number}/proof?show={name}&names=yes") for name in place.opened[number])
    yield from (Ask(f"acts/{at}/proof?show=remark") for at in (0, place.size + 5, "x"))
    for chamber, number in _inside(place):
        yield Ask(f"acts/{number}/proof?names=yes&log={chamber}")
        yield from (Ask(f"acts/{number}/proof?show={name}&log={chamber}") for name in ("text", "sealed"))


def _files_of_proof(ending: str) -> Asks:
    """The same proof in another file, of one act."""

    def asks(place: Place) -> Iterator[Ask]:
        for number in list(place.opened)[-1:]:
            yield from (
                Ask(f"acts/{number}/{ending}?names=yes&show={name}") for name in place.opened[number][:3]
            )

    return asks


def _submitted(place: Place) -> Iterator[Ask]:
    """What was submitted once, again as it was and spoilt in several ways."""
    for raw in place.raws:
        entry, _, disclosures = raw.partition(b"~")
        for spoilt in (
            raw,
            entry + b"~",
            raw[:-2],
            b"e" + raw,
            entry[:-4] + b"AAAA~" + disclosures,
            disclosures,
        ):
            yield Ask("acts", "POST", spoilt, ACT)
    yield from (Ask("acts", "POST", body, ACT) for body in (b"", b"{", b"\xff" * 40))
    yield Ask("acts", "POST", b"{}", {"content-type": "text/html"})


def _forms(place: Place) -> Iterator[Ask]:
    subject = next(iter(place.state.instrument_order), "nothing")
    if place.thorough:
        for kind in FORMS:
            yield Ask(f"sign?kind={kind}&instrument={subject}")
    for chamber in place.chambers:
        yield Ask(f"sign?kind=note&log={chamber}")
        yield Ask("sign", "POST", f"kind=note&log={chamber}&text=words".encode(), FORM)
    given = f"kind=issue&instrument={subject}"
    yield Ask("sign", "POST", given.encode(), FORM)
    yield Ask("sign", "POST", b"kind=rectify&original=1&text=words", FORM)


def _place(place: Place) -> Iterator[Ask]:
    keys = (*place.state.keys, "A" * 43)
    yield from (
        Ask(f"place?key={key}&log={chamber}&from=1") for key in keys[:3] for chamber in ("", *place.chambers)
    )


def _in_chambers(*paths: str) -> Asks:
    return lambda place: (Ask(path.format(chamber)) for chamber in place.chambers for path in paths)


def _tiles(place: Place) -> Iterator[Ask]:
    width = place.size % 256
    yield from (Ask(f"log/tile/{path}.p/{width}") for path in ("0/000", "entries/000"))
    yield from (Ask(f"log/tile/{path}") for path in ("0/000", "entries/000", "entries/x", "../../status"))


def _chamber_tiles(place: Place) -> Iterator[Ask]:
    for chamber in place.chambers:
        width = max(place.inside.get(chamber, 0), 1)
        yield from (Ask(f"log/{chamber}/tile/{path}.p/{width}") for path in ("0/000", "entries/000"))


def _feeds(name: str) -> Asks:
    return lambda place: (Ask(f"feeds/{secret}/{name}") for secret in (*place.feeds, "x" * 43))


def _digests(place: Place) -> tuple[str, ...]:
    """The names of the files that acts commit to, and what is no file's name."""
    held = [digest for exhibit in place.state.exhibits.values() for digest, _size in exhibit.files]
    held += [batch.file for batch in place.state.batches.values()]
    return (*held, "A" * 43, "AAAA", "0" * 64)


def _files(place: Place) -> Iterator[Ask]:
    yield from (Ask(f"files/{digest}") for digest in _digests(place))


def _files_put(place: Place) -> Iterator[Ask]:
    """Other bytes under the name of each file."""
    yield from (Ask(f"files/{digest}", "PUT", body) for digest in _digests(place) for body in (b"", b"words"))


def _kept_checkpoint(place: Place) -> Iterator[Ask]:
    """The log's own, as it is and with another line: a forged one that its key had signed would stop the host."""
    yield from _bodies("log/checkpoint", "POST")(place)
    yield from (
        Ask("log/checkpoint", "POST", note) for note in (place.checkpoint, place.checkpoint + b"words")
    )


def _bodies(path: str, *methods: str) -> Asks:
    """Bodies that mean nothing there."""
    bodies = (b"", b"{}", b"words", b"\xff\xfe", b"x" * 20_000)
    return lambda _place: (Ask(path, method, body) for method in methods for body in bodies)


P: Final = "/processes/{process}/"
ASKED: Final[Mapping[tuple[str, str], Asks]] = {
    ("GET", "/"): _plain("/", "/?as=M"),
    ("GET", P): _overview,
    ("GET", f"{P}text"): _text,
    ("GET", f"{P}text.docx"): _text_file("docx"),
    ("GET", f"{P}text.xml"): _text_file("xml"),
    ("GET", f"{P}text.txt"): _text_file("txt"),
    ("GET", f"{P}text/changed"): _plain("text/changed", "text/changed?instrument=nothing"),
    ("POST", f"{P}text/changed"): _bodies("text/changed", "POST"),
    ("GET", f"{P}text/compare"): _plain("text/compare", "text/compare?instrument=nothing&edition=2"),
    ("POST", f"{P}text/compare"): _bodies("text/compare", "POST"),
    ("GET", f"{P}verifiable"): _verifiable,
    ("GET", f"{P}sessions"): _sessions,
    ("GET", f"{P}statements"): _at("statements", "before=9"),
    ("GET", f"{P}statements/read"): _plain("statements/read"),
    ("POST", f"{P}statements/read"): _bodies("statements/read", "POST"),
    ("GET", f"{P}undertakings"): _at("undertakings"),
    ("GET", f"{P}powers"): _at("powers"),
    ("GET", f"{P}keeping"): _at("keeping", "until=2026-04&row=1", "register=1&until=x&row=99"),
    ("GET", f"{P}matrix.csv"): _at("matrix.csv", "register=9"),
    ("GET", f"{P}matrix.xlsx"): _at("matrix.xlsx", "register=9"),
    ("GET", f"{P}tables.zip"): _plain("tables.zip"),
    ("GET", f"{P}observance"): _at("observance", f"names_A={MARK}&kinds=attack&month=2026-05", "commitment=3&month=x"),
    ("GET", f"{P}observance/pairs"): _at("observance/pairs"),
    ("GET", f"{P}observance/feed"): _plain("observance/feed"),
    ("POST", f"{P}observance/feed"): _bodies("observance/feed", "POST"),
    ("GET", f"{P}observance/{{file}}"): _plain("observance/map.svg", "observance/months.csv", "observance/x"),
    ("GET", f"{P}timeline"): _timeline,
    ("GET", f"{P}acts/{{number}}"): _acts,
    ("GET", f"{P}record"): _at("record"),
    ("GET", f"{P}room"): _at("room"),
    ("GET", f"{P}sign"): lambda place: (ask for ask in _forms(place) if ask.method == "GET"),
    ("POST", f"{P}sign"): lambda place: (ask for ask in _forms(place) if ask.method == "POST"),
    ("POST", f"{P}sign/file"): _bodies("sign/file?kind=issue", "POST"),
    ("GET", f"{P}outbox"): _plain("outbox"),
    ("GET", f"{P}place"): _place,
    ("GET", f"{P}chambers"): _plain("chambers"),
    ("GET", f"{P}present"): _plain("present"),
    ("GET", f"{P}preferences"): _plain("preferences", "preferences?instrument=road&side=B", "preferences?side=Z"),
    ("GET", f"{P}chambers/{{chamber}}/keys"): _in_chambers("chambers/{}/keys"),
    ("GET", "/check"): _plain("/check", "/check?as=M"),
    ("GET", "/check/detente-check.html"): _plain("/check/detente-check.html"),
    ("GET", f"{P}acts/{{number}}/prove"): _prove,
    ("GET", f"{P}text/signature.pdf"): _plain("text/signature.pdf", "text/signature.pdf?edition=x"),
    ("GET", f"{P}acts/{{number}}/proof"): _proofs,
    ("GET", f"{P}acts/{{number}}/proof.html"): _files_of_proof("proof.html"),
    ("GET", f"{P}acts/{{number}}/sheet.html"): _files_of_proof("sheet.html"),
    ("GET", f"{P}files/{{digest}}"): _files,
    ("PUT", f"{P}files/{{digest}}"): _files_put,
    ("GET", "/convene"): _plain("/convene"),
    ("GET", f"{P}join"): _plain("join"),
    ("GET", f"{P}session"): _plain("session"),
    ("POST", f"{P}session"): _bodies("session", "POST"),
    ("DELETE", f"{P}session"): _bodies("session", "DELETE"),
    ("POST", f"{P}session/end"): _plain(),  # would end the sessions that this walk is taken in
    ("POST", f"{P}second-factor"): _bodies("second-factor", "POST"),
    ("POST", f"{P}second-factor/end"): _bodies("second-factor/end", "POST"),
    ("GET", f"{P}waiting-keys"): _plain("waiting-keys"),
    ("POST", f"{P}waiting-keys"): _bodies("waiting-keys", "POST"),
    ("GET", f"{P}keys"): _at("keys"),
    ("GET", f"{P}entry"): _plain("entry"),
    ("GET", f"{P}follow"): _plain("follow"),
    ("POST", f"{P}follow"): _bodies("follow", "POST"),
    ("POST", f"{P}follow/{{digest}}/revoke"): _bodies(f"follow/{'0' * 64}/revoke", "POST"),
    ("GET", f"{P}follow/{{digest}}/revoke"): _plain(f"follow/{'0' * 64}/revoke"),
    ("GET", f"{P}feeds/{{secret}}/acts.atom"): _feeds("acts.atom"),
    ("GET", f"{P}feeds/{{secret}}/calendar.ics"): _feeds("calendar.ics"),
    ("POST", f"{P}passkeys"): _bodies("passkeys", "POST"),
    ("GET", f"{P}passkeys/{{credential}}"): _plain(f"passkeys/{'A' * 43}"),
    ("POST", "/language/{tag}"): lambda _place: (Ask(f"/language/{tag}", "POST") for tag in ("en", "xx")),
    ("GET", f"{P}events"): lambda _place: iter(()),  # a stream does not end: `test_canaries` listens to it
    ("POST", "/processes"): _plain(),  # makes the keys of a process that is not there yet
    ("POST", f"{P}acts"): _submitted,
    ("GET", f"{P}acts/{{number}}/receipt"): _receipts,
    ("GET", f"{P}status"): _at("status"),
    ("GET", f"{P}copy"): _plain("copy"),
    ("GET", f"{P}log/tile/{{path:path}}"): _tiles,
    ("GET", f"{P}log/{{chamber}}/checkpoint"): _in_chambers("log/{}/checkpoint"),
    ("GET", f"{P}log/{{chamber}}/consistency"): _in_chambers("log/{}/consistency?from=1&to=1"),
    ("GET", f"{P}log/{{chamber}}/tile/{{path:path}}"): _chamber_tiles,
    ("GET", f"{P}log/origin"): _plain("log/origin"),
    ("GET", f"{P}log/policy"): _plain("log/policy"),
    ("GET", f"{P}log/cosigners"): _plain("log/cosigners"),
    ("GET", f"{P}log/stamps"): _plain("log/stamps"),
    ("GET", f"{P}log/checkpoint"): _plain("log/checkpoint"),
    ("POST", f"{P}log/checkpoint"): _kept_checkpoint,
    ("GET", f"{P}log/consistency"): _plain("log/consistency?from=1&to=2", "log/consistency?from=9&to=1"),
    ("POST", f"{P}log/cosignatures"): _bodies("log/cosignatures", "POST"),
    ("GET", "/health"): _plain("/health"),
    ("GET", "/ready"): _plain("/ready"),
    ("GET", "/openapi.json"): _plain("/openapi.json"),
    ("GET", "/static-{version}"): _plain("/static-x/room.css", "/static-x/../app.py"),
    ("GET", "/static"): _plain("/static/room.css", "/static/%2e%2e/app.py"),
}  # fmt: skip
SHORT: Final = ("/processes/{process}/", "", "text", "sessions", "undertakings", "observance", "statements", "powers",
                "timeline", "acts/{number}", "copy", "status", "keeping", "acts", "feeds/{secret}/acts.atom")  # fmt: skip
"""Addresses that show acts, below the process's."""
PAGES: Final = ("", "text", "verifiable", "sessions", "undertakings", "observance", "statements", "powers", "timeline",
                "record", "acts/3", "acts/7")  # fmt: skip
"""What a page asks for again, in part, when it hears that the record has grown."""


def routes_of(app: Starlette) -> set[tuple[str, str]]:
    """(method, path) of everything that the application answers. HEAD is GET without its body."""
    found: set[tuple[str, str]] = set()
    for route in app.routes:
        if isinstance(route, Route):
            found |= {(method, route.path) for method in (route.methods or ()) if method != "HEAD"}
        else:
            assert isinstance(route, Mount)
            found.add(("GET", route.path))
    return found


def everything(place: Place) -> Iterator[Ask]:
    """All of it; of a place that is not walked thoroughly, what shows its acts."""
    for (method, path), asks in sorted(
        ASKED.items(), key=lambda one: one[0][0] == "DELETE"
    ):  # it ends a session
        if method == "DELETE":
            yield from (Ask(page, headers={"detente-at-least": "0"}) for page in PAGES)
        if place.thorough or path.removeprefix(P) in SHORT:
            yield from asks(place)
