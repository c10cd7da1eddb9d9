"""The acts that a proof shows beside what it proves: those that admit people, enrol their keys and name cosigners. So
whoever has nothing but the file sees whose key signed an act, and whom the record let cosign
(docs/specs/proof-of-an-act.md).

Each is a line `act`, its number, a space and the act, and a `path`; they end with the line `checkpoint`. Of a cosigner
named after convening the proof shows the act that names it, and what the key of that act rests on. Whether such an act
was regular, and whether the cosigner was dropped since, is the record's business.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from detente.proofs.path_lines import PathReader
from detente.proofs.stated import NAMES_COSIGNER, RESTS_ON, Holder, Stated, convened, enrolled, read_stated
from detente.signing.envelope import parse_envelope
from detente.signing.verifier import verify
from detente.tlog.cosignature import ED25519_COSIGNATURE, CosignatureVerifier
from detente.tlog.merkle import leaf_hash
from detente.tlog.signed_note import parse_vkey

MOST_ACTS: Final = 500
"""Of one log: everybody's enrolment back to the convenor, where each enrolled the next; and of as many cosigners as a
note has lines the naming, the enrolment and the admission."""


class Placed(Struct, frozen=True):
    """An act of a proof, and the way from its leaf to the root."""

    act: Stated
    leaf: bytes
    path: tuple[bytes, ...]


class LaterCosigner(Struct, frozen=True):
    """A cosigner named after convening, and by whom."""

    verifier: CosignatureVerifier
    by: str


class ActsReader(PathReader):
    """Adds the codes `<kind>.order`, `.process` and `.key`."""

    def acts_of(
        self, process: str, log: str, keys: dict[str, Holder], proved: int | None, before: int = -1
    ) -> tuple[Placed, ...]:
        """The acts of one log, each checked as far as it can be without the checkpoint; `keys` gains those that they
        bring. proved: number of the one that is proved, None where they only stand beside what is; before: number of the
        last act above them."""
        found: list[Placed] = []
        for number, raw, path in self._acts():
            if len(found) == MOST_ACTS or number <= (found[-1].act.number if found else before):
                raise self.fault("order", "the acts of a proof stand in their order, each once.")
            envelope = parse_envelope(raw)
            act = read_stated(number, envelope)
            if not keys:
                keys.update(convened(act, process))
            if act.log != log:
                raise self.fault("process", "the act is of another record.")
            if number != proved and (act.kind not in (*RESTS_ON, NAMES_COSIGNER) or log != process):
                raise self.fault("order", "it is no act that a key or a cosigner rests on.")
            if act.key not in keys:
                raise self.fault("key", "the proof does not show who enrolled the key that signed this act.")
            verify(envelope, keys[act.key].public)
            if act.kind == "enrol":
                keys.update({**enrolled(act, process), **keys})  # a key is of whom it was enrolled for first
            found.append(Placed(act, leaf_hash(envelope.entry), path))
        if proved is not None and all(placed.act.number != proved for placed in found):
            raise self.fault("order", "the act that the proof is about is not there.")
        return tuple(found)

    def _acts(self) -> Iterator[tuple[int, bytes, tuple[bytes, ...]]]:
        """(number, act, path) of each. The checkpoint's own line is read with them; `checkpoint` gives its note."""
        while (line := self.word("act", "checkpoint")).word == "act":
            number, _, act = line.rest.partition(b" ")
            counted = self.number(self.plain(number))
            yield counted, act, self.path()
        self._lines = self.number(self.plain(line.rest))

    def checkpoint(self) -> bytes:
        """The note that follows `acts_of`."""
        return self.note_of(self._lines)


def first_cosigners(vkeys: Sequence[str], process: str) -> tuple[CosignatureVerifier, ...]:
    """Those that the convening act names; one under the name of a log of the process is none. Raises `Refused`: `vkey.*`,
    `key.*`."""
    found = (CosignatureVerifier(parse_vkey(vkey)) for vkey in vkeys)
    return tuple(verifier for verifier in found if not is_log_of(process, verifier.key.name))


def is_log_of(process: str, name: str) -> bool:
    """Whether the main log or a chamber's goes by a name: a line under it would be read as the log's own."""
    return name == process or name.startswith(f"{process}/")


def later_cosigners(
    acts: Sequence[Placed], keys: Mapping[str, Holder], first: Sequence[CosignatureVerifier], process: str
) -> tuple[LaterCosigner, ...]:
    """Those that acts of the main log name, each key under the first act that does; one of another algorithm than the
    record admits, or under the name of a log of the process, is no cosigner. first: those of the convening act. Raises
    `Refused`: `vkey.*`, `key.*`."""
    named = [placed.act for placed in acts if placed.act.kind == NAMES_COSIGNER]
    known = {verifier.key.public_key for verifier in first}
    found = []
    for act in named:
        key = parse_vkey(act.clear["vkey"])
        if key.algorithm != ED25519_COSIGNATURE or is_log_of(process, key.name):
            continue
        if key.public_key not in known:
            known.add(key.public_key)
            found.append(LaterCosigner(CosignatureVerifier(key), keys[act.key].person))
    return tuple(found)
