"""Signed notes and verifier keys (C2SP signed-note).

A note is a text that ends in a newline, an empty line, and one line for each signature: an em dash, a space,
the key's name, a space, base64(4-byte key id || signature). All of it is UTF-8 without control characters.

    >>> signer = NoteSigner.from_seed("log.example", bytes(32))
    >>> raw = format_note(Note("Text.\\n", (signer.sign("Text.\\n"),)))
    >>> print(raw.decode(), end="")
    Text.
    <BLANKLINE>
    — log.example 2F9odAlruQfTXLOY4sII1OXdQ53a6rGFn8T8fFslt1Qbdi69I1nzi8oSsGyCT4YUi2ZjzuXzwlRQ5hqowPDWcYZ0pwQ=

A verifier key is `name+key id in hex+base64(algorithm || public key)`. The key id is the first 4 bytes of
SHA-256(name || newline || algorithm || public key).

    >>> vkey = format_vkey(signer.key)
    >>> vkey
    'log.example+d85f6874+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop'
    >>> open_note(raw, [NoteVerifier(parse_vkey(vkey))]).verified
    (VerifiedSignature(name='log.example', key_id=b'\\xd8_ht', time=None),)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple, Protocol

import msgspec

from detente.codec.refusal import Refused, refuse
from detente.keys.ed25519 import signature_holds
from detente.keys.generate import SigningKey
from detente.keys.public import check_public_key
from detente.tlog.line import decode_base64, encode_base64, is_line

ED25519 = 0x01
LARGEST_SIGNATURE_COUNT = 100  # the specification asks for some limit, of 16 or more

_PUBLIC_KEY_LENGTHS = {ED25519: 32, 0x04: 32, 0x06: 1312}
_CLAUSE = "C2SP signed-note"
_COPY_KEY = "Copy the whole line of the key again: its name, its id and its public part."
_SEND_WHOLE = "Send the note as it was signed, whole: its text, an empty line, each signature once."
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_SPACE_OR_PLUS = re.compile(r"[\s+]")


class VerifierKey(msgspec.Struct, frozen=True):
    """A key as others know it. Raises `Refused` with code `vkey.name`, `vkey.algorithm` or `vkey.length`.

    algorithm: 0x01 Ed25519, 0x04 Ed25519 cosignature, 0x06 ML-DSA-44 cosignature.
    public_key: 32 bytes, for ML-DSA-44 1,312.
    """

    name: str
    algorithm: int
    public_key: bytes

    def __post_init__(self) -> None:
        if not is_key_name(self.name):
            raise refuse(
                "vkey.name",
                "A key's name is not empty and has no space and no plus sign.",
                _CLAUSE,
                _COPY_KEY,
            )
        if self.algorithm not in _PUBLIC_KEY_LENGTHS:
            raise refuse(
                "vkey.algorithm", f"Algorithm {self.algorithm} is not known here.", _CLAUSE, _COPY_KEY
            )
        if len(self.public_key) != _PUBLIC_KEY_LENGTHS[self.algorithm]:
            raise refuse("vkey.length", "The public key's length is not its algorithm's.", _CLAUSE, _COPY_KEY)

    @property
    def key_id(self) -> bytes:
        typed_key = bytes([self.algorithm]) + self.public_key
        return sha256(self.name.encode() + b"\n" + typed_key).digest()[:4]


def is_key_name(name: str) -> bool:
    return name != "" and is_line(name) and not _SPACE_OR_PLUS.search(name)


def format_vkey(key: VerifierKey) -> str:
    return f"{key.name}+{key.key_id.hex()}+{encode_base64(bytes([key.algorithm]) + key.public_key)}"


def parse_vkey(text: str) -> VerifierKey:
    """Raises `Refused` with code `vkey.malformed`, or one of those of `VerifierKey`."""
    name, _, rest = text.partition("+")
    typed_key = decode_base64(rest.partition("+")[2])
    if typed_key:
        key = VerifierKey(name, typed_key[0], typed_key[1:])
        if format_vkey(key) == text:
            return key
    raise refuse("vkey.malformed", "The text is not a verifier key.", _CLAUSE, "Copy the whole line again.")


class NoteSignature(msgspec.Struct, frozen=True):
    """One signature line. key_id: 4 bytes; signature: at least 1 byte, its form set by the algorithm."""

    name: str
    key_id: bytes
    signature: bytes


class Note(msgspec.Struct, frozen=True):
    """A note nobody has verified yet. text: ends in a newline; signatures: 1 to 100."""

    text: str
    signatures: tuple[NoteSignature, ...]


def format_note(note: Note) -> bytes:
    """Raises `Refused` with code `note.malformed` where the parts would not make a note."""
    # Checked part by part: a depositary formats one for every act, and parsing it again would double the cost.
    if not (
        note.text.endswith("\n")
        and is_line(note.text.replace("\n", ""))
        and 1 <= len(note.signatures) <= LARGEST_SIGNATURE_COUNT
        and all(map(_is_signature, note.signatures))
    ):
        raise _malformed("The text or a signature's name cannot stand in a note.")
    return f"{note.text}\n{''.join(map(format_signature, note.signatures))}".encode()


def _is_signature(line: NoteSignature) -> bool:
    return is_key_name(line.name) and len(line.key_id) == 4 and len(line.signature) > 0


def format_signature(line: NoteSignature) -> str:
    """One line, with its end."""
    return f"— {line.name} {encode_base64(line.key_id + line.signature)}\n"


def parse_note(raw: bytes) -> Note:
    """Raises `Refused` with code `note.malformed`. The text starts unverified: see `open_note`."""
    try:
        decoded = raw.decode()
    except UnicodeDecodeError as error:
        raise _malformed("The note is not UTF-8.") from error
    if _CONTROL.search(decoded):
        raise _malformed("The note has a control character.")
    text, found, block = decoded.rpartition("\n\n")
    if not found or not block.endswith("\n"):
        raise _malformed("The note has no block of signatures after an empty line.")
    lines = block[:-1].split("\n")
    if len(lines) > LARGEST_SIGNATURE_COUNT:
        raise _malformed("The note has more than 100 signatures.")
    return Note(text + "\n", tuple(_parse_signature(line) for line in lines))


def _parse_signature(line: str) -> NoteSignature:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    raw = decode_base64(encoded)
    if dash != "—" or not is_key_name(name) or raw is None or len(raw) < 5:
        raise _malformed("A signature line does not have the form “— name base64”.")
    return NoteSignature(name, raw[:4], raw[4:])


def add_signatures(raw: bytes, signatures: Sequence[NoteSignature]) -> bytes:
    """The note with more signature lines; a line by the same name and key id gives way to the new one."""
    note = parse_note(raw)
    replaced = {(s.name, s.key_id) for s in signatures}
    kept = (s for s in note.signatures if (s.name, s.key_id) not in replaced)
    return format_note(Note(note.text, (*kept, *signatures)))


def only_signed_by(raw: bytes, keys: Iterable[VerifierKey]) -> bytes:
    """The note with the lines that name one of these keys, and no other. One at least must."""
    note, known = parse_note(raw), {(key.name, key.key_id) for key in keys}
    return format_note(Note(note.text, tuple(s for s in note.signatures if (s.name, s.key_id) in known)))


class Verifier(Protocol):
    """A key that can check signatures on a note's text."""

    @property
    def key(self) -> VerifierKey: ...

    def verify(self, text: str, signature: bytes) -> int | None:
        """The time that the signature states (Unix seconds), or None where its algorithm states none.

        Raises `Refused` with code `note.signature`.
        """
        ...


class VerifiedSignature(NamedTuple):
    """A signature that verified. time: Unix seconds for a cosignature, None for a plain signature."""

    name: str
    key_id: bytes
    time: int | None


class OpenedNote(msgspec.Struct, frozen=True):
    """A note with at least one verified signature.

    unverified: the signatures by keys that the reader does not know; they say nothing.
    """

    text: str
    verified: tuple[VerifiedSignature, ...]
    unverified: tuple[NoteSignature, ...]


def open_note(raw: bytes, verifiers: Sequence[Verifier]) -> OpenedNote:
    """Check every signature by a known key; ignore the others. The caller asks who is among `verified`.

    Raises `Refused` with code `note.malformed`, `note.signature` (a known key's signature does not verify),
    `note.repeated` (two signatures by one known key), `note.unverified` (none by a known key) or
    `note.ambiguous_key` (two verifiers with one name and key id).
    """
    note = parse_note(raw)
    known = {(v.key.name, v.key.key_id): v for v in verifiers}
    if len(known) != len(verifiers):
        raise refuse(
            "note.ambiguous_key",
            "Two verifiers have the same name and key id.",
            _CLAUSE,
            "Name each key once.",
        )
    verified, unverified = [], []
    for line in note.signatures:
        verifier = known.get((line.name, line.key_id))
        if verifier is None:
            unverified.append(line)
        else:
            time = verifier.verify(note.text, line.signature)
            verified.append(VerifiedSignature(line.name, line.key_id, time))
    if len({(v.name, v.key_id) for v in verified}) != len(verified):
        raise refuse("note.repeated", "One key has signed the note twice.", _CLAUSE, _SEND_WHOLE)
    if not verified:
        raise refuse(
            "note.unverified",
            "No signature on the note is by a known key.",
            _CLAUSE,
            "Send it with a signature by a key that this record names.",
        )
    return OpenedNote(note.text, tuple(verified), tuple(unverified))


class NoteVerifier(msgspec.Struct, frozen=True):
    """Verifies plain Ed25519 signatures.

    Raises `Refused` with code `vkey.algorithm` for a key of another algorithm, or as `check_public_key` does.
    """

    key: VerifierKey

    def __post_init__(self) -> None:
        if self.key.algorithm != ED25519:
            raise refuse(
                "vkey.algorithm", "The key does not sign notes with plain Ed25519.", _CLAUSE, _COPY_KEY
            )
        check_public_key(self.key.public_key)

    def verify(self, text: str, signature: bytes) -> None:
        if not signature_holds(self.key.public_key, text.encode(), signature):
            raise bad_signature(self.key.name)


class NoteSigner(msgspec.Struct, frozen=True):
    """Signs notes with plain Ed25519. sign_bytes: message to 64 bytes; public_key: 32 bytes."""

    name: str
    public_key: bytes
    sign_bytes: Callable[[bytes], bytes]

    @classmethod
    def from_seed(cls, name: str, seed: bytes) -> NoteSigner:
        """`seed`: 32 bytes (RFC 8032 sec. 5.1.5)."""
        signing_key = SigningKey.from_seed(seed)
        return cls(name, signing_key.public, signing_key.sign)

    @property
    def key(self) -> VerifierKey:
        return VerifierKey(self.name, ED25519, self.public_key)

    def sign(self, text: str) -> NoteSignature:
        key = self.key
        return NoteSignature(key.name, key.key_id, self.sign_bytes(text.encode()))


def bad_signature(name: str) -> Refused:
    return refuse(
        "note.signature",
        f"The signature by the known key “{name}” does not verify.",
        _CLAUSE,
        "Fetch the note again; if it stays so, keep it as evidence.",
    )


def _malformed(sentence: str) -> Refused:
    return refuse("note.malformed", sentence, _CLAUSE, _SEND_WHOLE)
