"""Making the proof of one act from the logs that its holder has (proofs/one_act.py says what it proves)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import BinaryIO, Final

import msgspec
from msgspec import Struct

from detente.acts.convening import Convene
from detente.acts.cosigners import NameCosigner
from detente.acts.keys import Enrol
from detente.acts.kinds import read_act
from detente.acts.participation import Admit
from detente.acts.time import log_verifier, mldsa_verifiers
from detente.codec.base64url import decode_base64url
from detente.codec.refusal import refuse
from detente.keys.thumbprint import thumbprint
from detente.proofs.one_act import FIRST_LINE
from detente.proofs.path_lines import write_path
from detente.signing.disclosure import read_disclosure
from detente.signing.envelope import Envelope, parse_envelope
from detente.tlog.checkpoint import unverified_checkpoint
from detente.tlog.merkle import leaf_hash, nodes_over, prove_inclusion
from detente.tlog.signed_note import VerifierKey, only_signed_by, parse_note, parse_vkey

NAMES: Final = frozenset({"title"})
"""The hidden field of the acts that a key rests on which names the author's office, and the talks."""
REGISTRY_KINDS: Final = ("admit", "enrol", "name_cosigner")
"""What a key, and a cosigner named after convening, rest on, beside the convening act."""


class HeldLog(Struct, frozen=True):
    """A log as its holder has it. note: its signed checkpoint; act: one act with the disclosures that the holder may
    read, by its index; path: its inclusion proof in the tree of the note's size; registry: the indices, in order, of the
    acts of `REGISTRY_KINDS` in that tree."""

    note: bytes
    act: Callable[[int], bytes]
    path: Callable[[int], Sequence[bytes]]
    registry: Sequence[int] = ()

    @property
    def size(self) -> int:
        return unverified_checkpoint(self.note).size

    @property
    def origin(self) -> str:
        return unverified_checkpoint(self.note).origin

    def envelope(self, index: int) -> Envelope:
        return parse_envelope(self.act(index), check_canonical=False)


class _Kind(Struct):
    act: str


def whole_log(acts: Sequence[bytes], note: bytes) -> HeldLog:
    """A log of which all is in memory. note: the checkpoint of exactly these acts."""
    envelopes = [parse_envelope(act, check_canonical=False) for act in acts]
    leaves = [leaf_hash(envelope.entry) for envelope in envelopes]
    kinds = [msgspec.json.decode(envelope.payload, type=_Kind).act for envelope in envelopes]
    registry = [index for index, kind in enumerate(kinds) if kind in REGISTRY_KINDS]
    return HeldLog(
        note, acts.__getitem__, lambda i: prove_inclusion(i, len(leaves), nodes_over(leaves)), registry
    )


def fields_to_show(log: HeldLog, number: int) -> tuple[str, ...]:
    """The hidden fields of an act that its holder can show. Raises `Refused`: `proved.number`."""
    _check_number(log, number)
    return tuple(read_disclosure(text).name for text in log.envelope(number - 1).disclosures)


def write_proof(
    out: BinaryIO,
    main: HeldLog,
    number: int,
    shown: Collection[str],
    *,
    names: bool = False,
    chamber: HeldLog | None = None,
) -> None:
    """Prove one act of the main log, or of a chamber. number: from 1; shown: the hidden fields to disclose; names: also
    the office of its author and the title of the talks.

    Raises `Refused`: `proved.number`, or `proved.field` where a field to be shown is not there to show.
    """
    log = chamber or main
    have = fields_to_show(log, number)
    lacking = sorted(set(shown) - set(have))
    if lacking:
        raise refuse("proved.field", f"You cannot show {', '.join(lacking)} of this act.",
                     instead=f"It has, for you: {', '.join(sorted(have)) or 'nothing hidden'}.")  # fmt: skip
    name = f" {chamber.origin.removeprefix(main.origin + '/')}" if chamber else ""
    out.write(f"{FIRST_LINE}\nprocess {main.origin}\nproves {number}{name}\n".encode())
    registry = Registry(main)
    proved, last = log.envelope(number - 1), main.size if chamber else number - 1
    own = registry.rests_on(proved.kid, last)
    if chamber:
        for index in sorted(own):
            write_act(out, main, index, NAMES if names else ())
        _write_note(out, main, registry.first)
        write_act(out, log, number - 1, shown)
        _write_note(out, log, registry.first)
        return
    later, beside = registry.later_cosigners()
    for index in sorted({number - 1} | own | beside):
        write_act(out, main, index, shown if index == number - 1 else NAMES if names and index in own else ())
    _write_note(out, main, registry.first, later)


def _check_number(log: HeldLog, number: int) -> None:
    if not 1 <= number <= log.size:
        raise refuse("proved.number", f"The record holds acts 1 to {log.size}; there is no act {number}.",
                     instead="Choose an act of the record.")  # fmt: skip


def write_act(out: BinaryIO, log: HeldLog, index: int, shown: Collection[str]) -> None:
    envelope, path = log.envelope(index), log.path(index)
    kept = [text for text in envelope.disclosures if read_disclosure(text).name in shown]
    act = "~".join([envelope.entry.decode(), *kept, ""])
    out.write(f"act {index + 1} {act}\n".encode())
    write_path(out, path)


def _write_note(out: BinaryIO, log: HeldLog, first: Convene, later: Iterable[VerifierKey] = ()) -> None:
    """The checkpoint with the lines that a reader of the file can check, and no other. later: keys of cosigners whom an
    act of the file names."""
    own = [log_verifier(log.origin, first.log_key).key]
    own += [verifier.key for verifier in mldsa_verifiers(log.origin, first.log_mldsa_key or "")]
    note = only_signed_by(log.note, (*own, *map(parse_vkey, first.cosigners), *later))
    out.write(f"checkpoint {note.count(10)}\n".encode() + note)


class Registry:
    """The acts of a main log that keys and cosigners rest on."""

    def __init__(self, main: HeldLog) -> None:
        self.envelopes = {index: main.envelope(index) for index in (0, *main.registry)}
        self._clears = {index: read_act(envelope.payload) for index, envelope in self.envelopes.items()}
        first = self._clears[0]
        assert isinstance(first, Convene)
        self.first = first
        self._signed = {(line.name, line.key_id) for line in parse_note(main.note).signatures}

    def rests_on(self, key: str, before: int) -> set[int]:
        """Indices of the convening act, the enrolment of each key on the way from this one to the convenor's, and the
        admission of each of their holders. before: how many acts of the main log count."""
        enrolments = {index: clear for index, clear in self._clears.items() if isinstance(clear, Enrol)}
        admissions = {
            index: clear.person for index, clear in self._clears.items() if isinstance(clear, Admit)
        }
        found, waiting = {0}, [(key, before)]
        while waiting:
            key, end = waiting.pop()
            enrolment = min((i for i, c in enrolments.items() if i < end and _key_id(c) == key), default=None)
            if enrolment is None:
                continue  # the convening act brings it
            person = enrolments[enrolment].person
            admitted = (i for i, who in admissions.items() if i < enrolment and who == person)
            for new in {enrolment, *sorted(admitted)[-1:]} - found:
                found.add(new)
                waiting.append((self.envelopes[new].kid, new))
        return found

    def later_cosigners(self) -> tuple[tuple[VerifierKey, ...], set[int]]:
        """The keys of those named after convening who have signed the checkpoint; and the indices of the acts that name
        them and that those rest on."""
        named = {i: parse_vkey(c.vkey) for i, c in self._clears.items() if isinstance(c, NameCosigner)}
        signed = {i: key for i, key in named.items() if (key.name, key.key_id) in self._signed}
        rest = (self.rests_on(self.envelopes[index].kid, index) for index in signed)
        return tuple(signed.values()), set(signed).union(*rest)


def _key_id(clear: Enrol) -> str:
    return thumbprint(decode_base64url(clear.public))
