"""Forgetting: what an act of erasure asks of the log before it stands, and of the store after.

The rules know who may erase whose words (`acts.forgetting`); only the log knows who wrote which act, and what it hides.
What the erasures of a log name is removed from the store when the act is sequenced, and again whenever a database is
opened: a backup may hold it still. Doing it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from detente.acts.forgetting import Erase, is_forgotten
from detente.acts.kinds import BY_NAME
from detente.acts.sealing import KeyBox
from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refusal, Refused, refuse
from detente.signing.disclosure import read_disclosure
from detente.state.records import Erasure, State
from detente.store.files import SealedFiles
from detente.store.port import Entry, Store


def check_originals(store: Store, origin: str, arriving: Sequence[Entry], clear: Erase) -> None:
    """That each act to be erased stands in this log, was written by whom the act names, and hides what it names.

    arriving: acts of the same transaction. Raises `Refused`: `forgetting.unknown`, `forgetting.not_theirs`,
    `forgetting.part` or `forgetting.keys`.
    """
    found = [
        entry for leaf in clear.originals if (entry := _entry(store, origin, arriving, leaf)) is not None
    ]
    if len(found) < len(clear.originals):
        raise refuse(
            "forgetting.unknown", "This log holds no such act.", instead="Name acts of the same log."
        )
    faults = [fault for entry in found for fault in _faults(entry, clear)]
    if faults:
        raise Refused(*dict.fromkeys(faults))


def _entry(store: Store, origin: str, arriving: Sequence[Entry], leaf: str) -> Entry | None:
    raw = decode_base64url(leaf)
    index = store.index_of_leaf(origin, raw)
    kept = store.entries(origin, index, index + 1) if index is not None else iter(arriving)
    return next((entry for entry in kept if entry.leaf == raw), None)


def _faults(entry: Entry, clear: Erase) -> Iterable[Refusal]:
    hidden = BY_NAME[entry.kind].hidden
    if entry.author != clear.writer:
        yield Refusal("forgetting.not_theirs", f"{clear.writer} did not write one of these acts.",
                      instead="Name acts of one author, and the author.")  # fmt: skip
    if set(clear.parts) - set(hidden.__struct_fields__):
        yield Refusal("forgetting.part", f"An act of kind “{entry.kind}” hides no such part.",
                      instead=f"It can hide: {', '.join(hidden.__struct_fields__)}.")  # fmt: skip
    if issubclass(hidden, KeyBox):
        yield Refusal("forgetting.keys", "What others wrote could no longer be opened without this box of keys.",
                      instead="Erase what is sealed instead.")  # fmt: skip


def erase_content(store: Store, origin: str, erasures: Mapping[str, Sequence[Erasure]]) -> None:
    """Remove from the store what the erasures of a log name, as far as it is there.

    Raises `NotStored` or `UncertainCommit` where the database cannot do it now: it is done when it is opened again.
    """
    leaves = {decode_base64url(leaf): done for leaf, done in erasures.items()}
    kept = store.disclosures(origin, list(leaves))
    named = {leaf: [text for text in kept[leaf] if _names(leaves[leaf], text)] for leaf in kept}
    if any(named.values()):
        store.erase(origin, named)


def erase_files(files: SealedFiles, state: State) -> None:
    """Remove the files of acts that are erased whole, unless another act commits to them too."""
    committed = files_by_act(state)
    gone = {leaf for leaf in committed if is_forgotten(state, leaf)}
    kept = {digest for leaf, digests in committed.items() if leaf not in gone for digest in digests}
    process = state.convened.origin.partition("/")[2]
    for leaf in gone:
        for digest in committed[leaf] - kept:
            files.remove(process, digest)


def files_by_act(state: State) -> dict[str, frozenset[bytes]]:
    """The digests of the files that each exhibit, and each batch of incidents, commits to, by its leaf."""
    exhibits = {e.leaf: tuple(digest for digest, _size in e.files) for e in state.exhibits.values()}
    batches = {batch.leaf: (batch.file,) for batch in state.batches.values()}
    return {leaf: frozenset(map(decode_base64url, names)) for leaf, names in (exhibits | batches).items()}


def not_erased(disclosures: Sequence[str], erasures: Sequence[Erasure]) -> tuple[str, ...]:
    """Those of an act that its log has not erased. The store follows a moment after the act of erasure, or when it can:
    whoever reads meanwhile asks here."""
    return tuple(text for text in disclosures if not _names(erasures, text))


def _names(erasures: Sequence[Erasure], disclosure: str) -> bool:
    if not erasures:
        return False
    name = read_disclosure(disclosure).name
    return any(not done.parts or name in done.parts for done in erasures)
