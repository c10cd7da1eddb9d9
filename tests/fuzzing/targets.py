"""What is fuzzed: every parser of bytes or text that somebody else wrote, one small target each.

A target takes any bytes. Whatever they are, the parser answers or raises `Refused`; what it accepts has one spelling,
so that writing it again gives the same bytes. Anything else that comes out of a target is a find.
"""

from __future__ import annotations

import asyncio
import io
import json
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from detente.acts.kinds import Unknown, read_act
from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.canonical_json import decode_canonical, encode_canonical
from detente.codec.identifier import (
    Digest,
    KeyId,
    LanguageTag,
    Leaf,
    Origin,
    PersonId,
    ProvisionId,
    Side,
    SubjectId,
)
from detente.codec.instant import instant_from_unix, unix_from_instant
from detente.codec.refusal import Refused
from detente.interchange.incidents.dates import DateOrder
from detente.interchange.incidents.incident import COLUMNS
from detente.interchange.incidents.normalising import Normaliser
from detente.interchange.incidents.source import Source
from detente.interchange.minutes.parsing import parse_minutes
from detente.interchange.press.article import read_article
from detente.interchange.press.attribution import proposals
from detente.keys.possession import check_possession
from detente.keys.public import read_public_key
from detente.proofs.one_act import verify_proof
from detente.proofs.verification import verify_copy
from detente.provisions.bracket import bracketed, factor, find_brackets
from detente.provisions.eid import order_key, parse_eid
from detente.provisions.plain_text import format_text, parse_text
from detente.provisions.recognition import recognised
from detente.sealing.bech32 import decode_bech32, encode_bech32
from detente.sealing.identity import Identity, identity_of, read_identity
from detente.sealing.key_box import open_content, open_key_box
from detente.sealing.recipient import public_behind, read_recipient, recipient_of
from detente.sealing.seal import unseal
from detente.signing.compact import parse_compact
from detente.signing.disclosure import make_disclosure, open_disclosures, read_disclosure
from detente.signing.envelope import parse_envelope
from detente.signing.invitation import inviter_named, open_invitation
from detente.signing.reader_token import READ_TYPE, check_reader_token, key_named
from detente.signing.verifier import verify
from detente.state.predicates import named
from detente.tlog.checkpoint import format_checkpoint, open_checkpoint, parse_checkpoint
from detente.tlog.cosignature import ED25519_COSIGNATURE, CosignatureVerifier, Cosigner
from detente.tlog.line import decode_base64, encode_base64
from detente.tlog.proof import format_proof, parse_proof
from detente.tlog.signed_note import (
    NoteSigner,
    NoteVerifier,
    format_note,
    format_vkey,
    open_note,
    parse_note,
    parse_vkey,
)  # fmt: skip
from detente.tlog.tile import (
    entry_bundle_path,
    format_entry_bundle,
    format_tile,
    parse_entry_bundle,
    parse_tile,
    parse_tile_path,
    tile_path,
)  # fmt: skip
from detente.web.forms import fields_given
from tests.depositary.talks import NOW, Talks, open_host
from tests.depositary.talks import key_named as demonstration_key
from tests.fuzzing.containers import CONTAINERS, SLOW_CONTAINERS
from tests.fuzzing.documents import DOCUMENTS
from tests.fuzzing.files import FILES, SLOW_FILES

Target = Callable[[bytes], None]


def text_of(data: bytes) -> str:
    """What arrives as text has been decoded: there is nothing in it that UTF-8 could not write."""
    return data.decode("utf-8", "replace")


def same(again: object, first: object) -> None:
    """What was accepted is written as it was read."""
    assert again == first, f"{again!r} is another spelling of {first!r}"


# --- codec


def canonical_json(data: bytes) -> None:
    same(encode_canonical(decode_canonical(data)), data)


def base64url(data: bytes) -> None:
    same(encode_base64url(decode_base64url(data)).encode(), data)


def identifiers(data: bytes) -> None:
    text = text_of(data)
    for kind in (Digest, KeyId, LanguageTag, Leaf, Origin, PersonId, ProvisionId, Side, SubjectId):
        try:
            found = msgspec.convert(text, kind)
        except msgspec.ValidationError:
            continue
        assert found.isascii() and found.isprintable() and " " not in found
        if kind is ProvisionId:
            assert parse_eid(found) and order_key(found)


def instants(data: bytes) -> None:
    text = text_of(data)
    same(instant_from_unix(unix_from_instant(text)), text)


# --- keys


def public_keys(data: bytes) -> None:
    text = text_of(data)
    public = read_public_key(text)
    same(encode_base64url(public), text)
    check_possession(public, "detente/x", "A", text)


# --- signing


@cache
def _key() -> Any:
    return demonstration_key("fuzzing")


def envelope(data: bytes) -> None:
    found = parse_envelope(data)
    same(b"~".join((found.entry, *(d.encode() for d in found.disclosures), b"")), data)
    read_act(found.payload)
    verify(found, _key().public)


def disclosures(data: bytes) -> None:
    text = text_of(data)
    parts = tuple(text.split("~"))
    sd = decode_canonical(parts[0].encode())
    assert (
        not isinstance(sd, list)
        or open_disclosures([str(one) for one in sd], parts[1:], ("act",)) is not None
    )


def disclosure(data: bytes) -> None:
    text = text_of(data)
    found = read_disclosure(text)
    same(make_disclosure(found.name, found.value, found.salt), text)


def reader_token(data: bytes) -> None:
    text = text_of(data)
    key_named(text)
    parse_compact(text.encode(), READ_TYPE)
    check_reader_token(text, _key().public, "detente/x", NOW)


def invitation(data: bytes) -> None:
    text = text_of(data)
    inviter_named(text)
    open_invitation(text, _key().public, "detente/x", NOW)


def act_reading(data: bytes) -> None:
    found = read_act(data)
    if not isinstance(found, Unknown):
        same(encode_canonical(msgspec.to_builtins(found)), data)


# --- the log


@cache
def _verifiers() -> tuple[NoteVerifier, CosignatureVerifier]:
    log = NoteSigner.from_seed("log.example", bytes(32))
    cosigner = Cosigner.from_seed("cosigner.example", ED25519_COSIGNATURE, bytes(32))
    return NoteVerifier(log.key), CosignatureVerifier(cosigner.key)


def signed_note(data: bytes) -> None:
    same(format_note(parse_note(data)), data)
    open_note(data, _verifiers())


def vkey(data: bytes) -> None:
    text = text_of(data)
    same(format_vkey(parse_vkey(text)), text)


def checkpoint(data: bytes) -> None:
    text = text_of(data)
    same(format_checkpoint(parse_checkpoint(text)), text)


def cosigned_checkpoint(data: bytes) -> None:
    log, cosigner = _verifiers()
    open_checkpoint(data, log, [cosigner])


def base64_line(data: bytes) -> None:
    text = text_of(data)
    found = decode_base64(text)
    if found is not None:
        same(encode_base64(found), text)


def tlog_proof(data: bytes) -> None:
    same(format_proof(parse_proof(data)), data)


def tiles(data: bytes) -> None:
    same(format_tile(parse_tile(data)), data)


def tile_paths(data: bytes) -> None:
    text = text_of(data)
    name = parse_tile_path(text)
    again = entry_bundle_path(name.index, name.width) if name.level is None else (
        tile_path(name.level, name.index, name.width)
    )  # fmt: skip
    same(again, text)


def entry_bundles(data: bytes) -> None:
    same(format_entry_bundle(parse_entry_bundle(data)), data)


# --- sealing


@cache
def _identity() -> Identity:
    return identity_of(bytes([1]) * 32)


def sealed_files(data: bytes) -> None:
    unseal(data, _identity())


def key_boxes(data: bytes) -> None:
    open_key_box(text_of(data), _identity())


def sealed_content(data: bytes) -> None:
    open_content(text_of(data), _identity())


def identities(data: bytes) -> None:
    read_identity(text_of(data))


def recipients(data: bytes) -> None:
    text = text_of(data)
    found = decode_bech32("age", text)
    if found is not None:
        same(encode_bech32("age", found), text)
    try:
        same(encode_base64url(read_recipient(text)), text)
    except Refused:
        same(recipient_of(public_behind(text)), text)


# --- proofs


class _AtOnce(Executor):
    """Checks signatures where it is asked to: a thread for each input would be most of the work."""

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(work(*given, **named))
        except BaseException as error:  # as any executor: it is raised where the result is asked for
            done.set_exception(error)
        return done


def certified_copy(data: bytes) -> None:
    verify_copy(io.BytesIO(data), checkers=_AtOnce())


def proof_of_an_act(data: bytes) -> None:
    verify_proof(io.BytesIO(data))


# --- words


def plain_text(data: bytes) -> None:
    provisions = parse_text(text_of(data))
    same(parse_text(format_text(provisions)), provisions)


def pasted_text(data: bytes) -> None:
    """Recognition never refuses: what it does not understand it leaves for the reader of plain text to say."""
    recognised(text_of(data))


def brackets(data: bytes) -> None:
    first, *rest = text_of(data).split("\0")
    found = find_brackets(first)
    same("".join(run.text for run in found.runs), first)
    if rest:
        factor([first, *rest])
        bracketed([("A", first), ("B", rest[0])])


def minutes(data: bytes) -> None:
    parse_minutes(text_of(data))


# --- incidents


def incident_tables(data: bytes) -> None:
    _incidents(data)


def incident_features(data: bytes) -> None:
    _incidents(data)


def _incidents(data: bytes) -> None:
    """Each row is read or kept out with its reason, and what is read has a value for each column."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        file.seek(0)
        source = Source(Path(file.name))
        normaliser = Normaliser(source.feed.name, DateOrder("", source.dates))
        for found in source.rows(file.file):
            if found.row is None:
                assert any(note.kept_out for note in found.notes)
                continue
            values, notes = normaliser.row(source.feed.draw(found.row), found.line)
            assert (values is None) == any(note.kept_out for note in notes)
            if values is not None:
                assert len(values) == len(COLUMNS) and values[2] <= values[3]
                "".join(map(str, values)).encode()


# --- the web


def forms(data: bytes) -> None:
    fields_given(data)


@cache
def _application() -> tuple[Any, str]:
    from detente.web.app import make_app

    talks = Talks(open_host()).convene().seat().open_text()
    talks.issue()
    return make_app(talks.depositary), talks.id


METHODS: Final = ("GET", "POST", "DELETE", "HEAD", "PUT")


def requests(data: bytes) -> None:
    """A request: its method by the first byte, then lines: path and query, language, cookie, token; then its body."""
    app, process = _application()
    head, _, body = data[1:].partition(b"\n\n")
    path, language, cookie, token, *_rest = [*head.split(b"\n"), b"", b"", b"", b""]
    at, _, query = path.partition(b"?")
    raw = f"/processes/{process}/".encode() + at
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http", "root_path": "",
        "method": METHODS[(data[:1] or b"\0")[0] % len(METHODS)], "path": raw.decode("utf-8", "replace"),
        "raw_path": raw, "query_string": query, "client": ("127.0.0.1", 1), "server": ("localhost", 80),
        "headers": [
            (b"host", b"localhost"), (b"accept-language", language), (b"cookie", cookie), (b"authorization", token),
            (b"accept", b"text/html"),
        ],
    }  # fmt: skip
    status = asyncio.run(_answered(app, scope, body))
    assert status < 500, status


async def _answered(app: Any, scope: dict[str, Any], body: bytes) -> int:
    status = 0
    sent = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> Any:
        return next(sent, {"type": "http.disconnect"})

    async def send(message: Any) -> None:
        nonlocal status
        status = message.get("status", status)

    await app(scope, receive, send)
    return status


def articles(data: bytes) -> None:
    """A file that somebody saved. Whatever it is, each claim that is proposed of it can be written."""
    for proposal in proposals(read_article(data), {"the other side": "B", "the mediators": "M"}):
        for predicate, argument in proposal.claims:
            named(predicate, argument)


TARGETS: Final[Mapping[str, Target]] = {
    target.__name__: target
    for target in (
        canonical_json, base64url, identifiers, instants, public_keys, envelope, disclosure, disclosures, reader_token,
        invitation, act_reading, signed_note, vkey, checkpoint, cosigned_checkpoint, base64_line, tlog_proof, tiles,
        tile_paths, entry_bundles, sealed_files, key_boxes, sealed_content, identities, recipients, certified_copy,
        proof_of_an_act, plain_text, pasted_text, brackets, minutes, forms, requests, articles,
        incident_tables, incident_features, *CONTAINERS, *DOCUMENTS, *FILES,
    )
}  # fmt: skip
SLOW: Final = (
    frozenset({"requests", "sealed_files", "certified_copy"})
    | SLOW_CONTAINERS
    | SLOW_FILES
    | {of.__name__ for of in DOCUMENTS}
)
"""Targets of which one run takes longer than a millisecond."""


def run(name: str, data: bytes) -> None:
    """One input to one target. Anything that is raised is a find."""
    try:
        TARGETS[name](data)
    except Refused as refused:
        assert refused.refusals
        for refusal in refused.refusals:
            assert refusal.code and refusal.sentence.endswith("."), refusal
            json.dumps(msgspec.to_builtins(refusal)).encode()
