"""The host checks itself: the database against its log, then the log against its own rules.

The second part is the check that anybody can make of a certified copy, over everything the host holds.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from hashlib import file_digest

from msgspec.structs import replace

from detente.acts.time import log_verifier
from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refusal, Refused, refuse
from detente.depositary.certifying import copy_for_check
from detente.depositary.host import Depositary
from detente.interchange.incidents.batch_file import can_read_batches, check_rows
from detente.proofs.verification import VerifiedCopy, verify_copy
from detente.state.records import State
from detente.store.fsck import check_store
from detente.tlog.signed_note import NoteVerifier

IN_MEMORY = 64_000_000


def check_process(
    depositary: Depositary, origin: str, now: int, progress: Callable[[int], None] = lambda _done: None
) -> Iterator[Refusal]:
    """Everything wrong with one process and its chambers, as refusals; nothing where all is well.

    now: Unix seconds, for the heading of the copy that is checked and thrown away.
    """
    found, holders = False, _holders(depositary, origin)
    for log in depositary.store.origins():
        if log == origin or log.startswith(f"{origin}/"):
            for finding in check_store(depositary.store, log, _verifier(depositary, origin, log), holders):
                found = True
                yield Refusal(finding.code, f"{log}: {finding.sentence}")
    if found:
        return  # what does not hold together in the database would only be reported twice
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
        try:
            copy_for_check(depositary, origin, now, file)  # type: ignore[arg-type]
            file.seek(0)
            copy = verify_copy(file, progress)  # type: ignore[arg-type]
            yield from _irregularities(copy)
            yield from _batches(depositary, origin, copy.state)
        except Refused as refused:
            yield from refused.refusals


def _batches(depositary: Depositary, origin: str, state: State) -> Iterator[Refusal]:
    """Batches whose file is not what their act says. A file that is not here is no fault: it may have been erased, or
    this is a copy of the record alone."""
    if depositary.files is None or not can_read_batches():
        return
    for batch in state.batches.values():
        held = depositary.files.find(origin.partition("/")[2], decode_base64url(batch.file))
        if held is None:
            continue
        try:
            with held.path.open("rb") as file:
                if file_digest(file, "sha256").digest() != held.digest:
                    raise refuse("file.digest", "The file of the batch is no longer the one that was sent.",
                                 instead="Put it back from a backup.")  # fmt: skip
            check_rows(held.path, batch.rows)
        except Refused as refused:
            for fault in refused.refusals:
                yield replace(fault, sentence=f"Act {batch.index + 1}: {fault.sentence}")


def _verifier(depositary: Depositary, origin: str, log: str) -> NoteVerifier | None:
    """None where the record is too damaged to name the log's key: the rest of the check says where."""
    try:
        process = depositary.main(origin).state().process
    except Refused:
        return None
    return log_verifier(log, process.log_key) if process else None


def _holders(depositary: Depositary, origin: str) -> dict[str, str] | None:
    """Whose each key is, as the record folded anew says: the acts themselves, and no column of the database. None where
    they cannot be folded."""
    try:
        keys = depositary.main(origin).state().keys
    except Refused:
        return None
    return {key_id: key.person for key_id, key in keys.items()}


def _irregularities(copy: VerifiedCopy) -> Iterator[Refusal]:
    main = copy.heading.process
    chambers = ((f"{main}/{chamber.name}", chamber.irregular) for chamber in copy.chambers)
    for log, irregulars in ((main, copy.state.irregular), *chambers):
        for irregular in irregulars:
            yield Refusal(
                "log.irregular",
                f"Act {irregular.index + 1} of {log} stands there although the rules refuse it "
                f"({', '.join(irregular.codes)}); it has no effect.",
            )
