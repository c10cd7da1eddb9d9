"""Bringing back from parties' copies what a host's backup did not hold.

Acts come back as they were: signed by their authors, under a checkpoint that the log's own key signed once. Nothing is
signed anew, so that nothing can fork. Copies of several people complete one another: each brings the chambers that its
owner belongs to, and the hidden fields that its owner may read.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from detente.codec.refusal import refuse
from detente.depositary.fork_guard import go_on_where_held
from detente.depositary.host import Depositary
from detente.depositary.logs import main_origin
from detente.store.port import Append, Entry, Head
from detente.tlog.merkle import Edge

_CLAUSE = "VCLT art. 77(1)(a)"


class HeldLog(Struct, frozen=True):
    """One log of a verified copy. entries: with the disclosures that its owner may read; note: its signed checkpoint."""

    origin: str
    entries: tuple[Entry, ...]
    note: bytes


class Recovered(Struct, frozen=True):
    """One log that grew: acts in it before and now."""

    origin: str
    before: int
    now: int


def recover(depositary: Depositary, held: Sequence[HeldLog]) -> tuple[Recovered, ...]:
    """Take in what the logs of verified copies of one process hold beyond this host's. All of it, or nothing.

    Raises `Refused`: `recovery.unknown` where this host does not hold the process, `recovery.fork` where one copy does
    not extend another or this host's own log, or as the store does.
    """
    longest: dict[str, HeldLog] = {}
    for log in sorted(held, key=lambda log: len(log.entries)):
        _check_extends(longest.get(log.origin), log)
        longest[log.origin] = log
    # The main log first: a chamber's act cites a size that it has by then.
    origins = sorted(longest, key=lambda origin: (origin.count("/"), origin))
    found = [_append(depositary, longest[origin], [one for one in held if one.origin == origin])
             for origin in origins]  # fmt: skip
    appends = [append for append in found if append.entries]
    if appends:
        depositary.store.append(appends)
        depositary.erase_again()  # a copy from before an erasure brings the words with it
    for main in {main_origin(origin) for origin in origins}:
        go_on_where_held(depositary, main)
    return tuple(Recovered(one.head.origin, one.expected_size, one.head.size) for one in appends)


def _check_extends(shorter: HeldLog | None, longer: HeldLog) -> None:
    if shorter is None:
        return
    if any(a.leaf != b.leaf for a, b in zip(shorter.entries, longer.entries, strict=False)):
        raise refuse("recovery.fork", f"Two of the copies hold different acts of {longer.origin}.", _CLAUSE,
                     "Nothing was brought back. Keep both copies, and show them to the parties: the log was forked.",
                     )  # fmt: skip


def _append(depositary: Depositary, log: HeldLog, copies: Sequence[HeldLog]) -> Append:
    """What the host lacks of one log; no entries where it lacks nothing."""
    head = depositary.store.head(log.origin)
    if head is None:
        raise refuse("recovery.unknown", f"This host does not hold {log.origin}, nor its key.", _CLAUSE,
                     "Restore a backup from after the talks were convened, and then bring back what it lacks.",
                     )  # fmt: skip
    size = min(head.size, len(log.entries))
    edge = Edge.empty().extend(entry.leaf for entry in log.entries[:size])
    if size and edge.root() != depositary.log(log.origin).tree.root(size):
        raise refuse("recovery.fork", f"This host holds other acts of {log.origin} than the copy.", _CLAUSE,
                     "Nothing was brought back. A host that signed acts after an old backup was restored has forked "
                     "the record: show both to the parties, who decide how to go on.")  # fmt: skip
    missing = tuple(_with_all(index, log, copies) for index in range(head.size, len(log.entries)))
    after = edge.extend(entry.leaf for entry in missing)
    return Append(head.size, missing, Head(log.origin, after.size, after.hashes, log.note))


def _with_all(index: int, log: HeldLog, copies: Sequence[HeldLog]) -> Entry:
    """An act with every disclosure that any of the copies has of it."""
    entry = log.entries[index]
    shown = (one.entries[index].disclosures for one in copies if index < len(one.entries))
    return Entry(entry.entry, entry.leaf, entry.submission, entry.kind, entry.author, entry.at,
                 tuple(dict.fromkeys(text for texts in shown for text in texts)))  # fmt: skip
