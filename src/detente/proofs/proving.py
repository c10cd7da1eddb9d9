"""Making the proof of one act from the logs that its holder has (proofs/one_act.py says what it proves)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import BinaryIO, Final

import msgspec
from msgspec import Struct

from detente.acts.convening import Convene
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
from detente.tlog.checkpoint import parse_checkpoint
from detente.tlog.merkle import leaf_hash, nodes_over, prove_inclusion
from detente.tlog.signed_note import only_signed_by, parse_note, parse_vkey

NAMES: Final = frozenset({"title"})
"""The hidden field of the acts that a key rests on which names the author's office, and the talks."""


class HeldLog(Struct, frozen=True):
    """A log as its holder has it. note: its signed checkpoint; act: one act with the disclosures that the holder may
    read, by its index; path: its inclusion proof in the tree of the note's size; registry: the indices of the acts that
    admit people and enrol keys, in order."""

    note: bytes
    act: Callable[[int], bytes]
    path: Callable[[int], Sequence[bytes]]
    registry: Sequence[int] = ()

    @property
    def size(self) -> int:
        return parse_checkpoint(parse_note(self.note).text).size

    @property
    def origin(self) -> str:
        return parse_checkpoint(parse_note(self.note).text).origin

    def envelope(self, index: int) -> Envelope:
        return parse_envelope(self.act(index), check_canonical=False)


class _Kind(Struct):
    act: str


def whole_log(acts: Sequence[bytes], note: bytes) -> HeldLog:
    """A log of which all is in memory. note: the checkpoint of exactly these acts."""
    envelopes = [parse_envelope(act, check_canonical=False) for act in acts]
    leaves = [leaf_hash(envelope.entry) for envelope in envelopes]
    kinds = [msgspec.json.decode(envelope.payload, type=_Kind).act for envelope in envelopes]
    registry = [index for index, kind in enumerate(kinds) if kind in ("admit", "enrol")]
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
    proved = log.envelope(number - 1)
    for index in _rests_on(main, proved, main.size if chamber else number - 1):
        if chamber or index != number - 1:
            _write_act(out, main, index, NAMES if names else ())
    first = read_act(main.envelope(0).payload)
    assert isinstance(first, Convene)
    if chamber:
        _write_note(out, main, first)
    _write_act(out, log, number - 1, shown)
    _write_note(out, log, first)


def _check_number(log: HeldLog, number: int) -> None:
    if not 1 <= number <= log.size:
        raise refuse("proved.number", f"The record holds acts 1 to {log.size}; there is no act {number}.",
                     instead="Choose an act of the record.")  # fmt: skip


def _write_act(out: BinaryIO, log: HeldLog, index: int, shown: Collection[str]) -> None:
    envelope, path = log.envelope(index), log.path(index)
    kept = [text for text in envelope.disclosures if read_disclosure(text).name in shown]
    act = "~".join([envelope.entry.decode(), *kept, ""])
    out.write(f"act {index + 1} {act}\n".encode())
    write_path(out, path)


def _write_note(out: BinaryIO, log: HeldLog, first: Convene) -> None:
    """The checkpoint with the lines that the convening act lets a reader check; no other act that names a cosigner is
    shown."""
    own = [log_verifier(log.origin, first.log_key).key]
    own += [verifier.key for verifier in mldsa_verifiers(log.origin, first.log_mldsa_key or "")]
    note = only_signed_by(log.note, (*own, *map(parse_vkey, first.cosigners)))
    out.write(f"checkpoint {note.count(10)}\n".encode() + note)


def _rests_on(main: HeldLog, proved: Envelope, before: int) -> list[int]:
    """Indices, in order: the convening act, the enrolment of each key on the way to the convenor's, and the admission of
    each of their holders. before: how many acts of the main log count."""
    envelopes = {index: main.envelope(index) for index in main.registry if index < before}
    clears = {index: read_act(envelope.payload) for index, envelope in envelopes.items()}
    enrolments = {index: clear for index, clear in clears.items() if isinstance(clear, Enrol)}
    admissions = {index: clear.person for index, clear in clears.items() if isinstance(clear, Admit)}
    found, waiting = {0}, [(proved.kid, before)]
    while waiting:
        key, end = waiting.pop()
        enrolment = min((i for i, c in enrolments.items() if i < end and _key_id(c) == key), default=None)
        if enrolment is None:
            continue  # the convening act brings it
        person = enrolments[enrolment].person
        admitted = (i for i, who in admissions.items() if i < enrolment and who == person)
        for new in {enrolment, *sorted(admitted)[-1:]} - found:
            found.add(new)
            waiting.append((envelopes[new].kid, new))
    return sorted(found)


def _key_id(clear: Enrol) -> str:
    return thumbprint(decode_base64url(clear.public))
