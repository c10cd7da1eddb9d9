"""Reading a record for somebody: state, acts and hidden fields, each through `procedure.disclosure`.

Nothing here returns content that the viewer may not read; pages are made from these types only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from detente.acts.act import Act, Clear, Kind
from detente.acts.cosigners import verifiers_of_all
from detente.acts.forgetting import is_forgotten
from detente.acts.kinds import Unknown, kind_of
from detente.acts.time import cosigner_verifiers, log_verifier
from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refused, refuse
from detente.depositary.admission import typed_hidden
from detente.depositary.forgetting import not_erased
from detente.depositary.host import Depositary
from detente.depositary.logs import decode_stored
from detente.procedure.disclosure import (
    Viewer,
    VisibleAct,
    VisibleChamber,
    VisibleLog,
    VisibleState,
    may_open,
    may_read_log,
    readable_chambers,
    visible_act,
    visible_chamber,
)  # fmt: skip
from detente.procedure.fold import place
from detente.signing.disclosure import open_disclosures
from detente.state.records import Chamber, Erasure, State, in_order
from detente.store.port import Entry, Store
from detente.tlog.checkpoint import open_checkpoint, unverified_checkpoint


class Stored(Struct, frozen=True):
    """One stored act, decoded: the same for every viewer."""

    key: str
    leaf: str
    clear: Clear | Unknown


@lru_cache(maxsize=20_000)
def _decoded(entry: bytes, leaf: bytes) -> Stored:
    return Stored(*decode_stored(entry, leaf))


@lru_cache(maxsize=4_000)
def _opened(entry: bytes, leaf: bytes, disclosures: tuple[str, ...]) -> Mapping[str, Any]:
    """As `opened_fields`, of a stored act. What the store has erased is not asked for; `forget` drops it from memory."""
    clear = _decoded(entry, leaf).clear
    assert not isinstance(clear, Unknown)
    return MappingProxyType(opened_fields(kind_of(clear), clear, disclosures))


@lru_cache(maxsize=20_000)
def _entry(store: Store, origin: str, index: int) -> Entry:
    """One entry of a log, which never changes once it stands. Raises `IndexError` where it does not stand yet."""
    for entry in store.entries(origin, index, index + 1):
        return entry
    raise IndexError(index)


@lru_cache(maxsize=20_000)
def _index(store: Store, origin: str, leaf: str) -> int:
    """Where an act stands in a log. Raises `KeyError` where it does not stand yet."""
    found = store.index_of_leaf(origin, decode_base64url(leaf))
    if found is None:
        raise KeyError(leaf)
    return found


def forget() -> None:
    """Drop every hidden field that is held in memory: some disclosures have been erased from the store."""
    _opened.cache_clear()
    _entry.cache_clear()


_ERASED: dict[tuple[Store, str], object] = {}


def _forget_erased(store: Store, origin: str, state: State) -> None:
    """Drop from memory what has been erased since, by this process or another one."""
    if _ERASED.get((store, origin), State().erasures) is not state.erasures:
        forget()
    _ERASED[store, origin] = state.erasures


def opened_fields(kind: Kind, clear: Clear, disclosures: tuple[str, ...]) -> dict[str, Any]:
    """The hidden fields that the disclosures open, typed, by name; absent ones left out.

    Disclosures that do not open this act's digests open nothing: `fsck` reports them.
    """
    try:
        hidden = typed_hidden(kind, open_disclosures(clear.sd, disclosures, ()))
    except Refused:
        return {}
    fields = ((name, getattr(hidden, name)) for name in kind.hidden_fields)
    return {name: value for name, value in fields if value is not None}


def acts_inside(store: Store, origin: str, state: State, viewer: Viewer) -> int:
    """Acts in the chambers of a process that somebody belongs to, all together."""
    heads = (store.head(f"{origin}/{name}") for name in readable_chambers(state, viewer))
    return sum(head.size for head in heads if head is not None)


class Record:
    """A record as one viewer may see it, as of one moment (implements `procedure.disclosure.VisibleRecord`).

    at: how many acts to show; None for all. Raises `Refused` with code `log.unknown`, `log.not_yours` or
    `log.at`.
    """

    def __init__(self, depositary: Depositary, origin: str, viewer: Viewer, at: int | None = None) -> None:
        self._depositary = depositary
        self._store: Store = depositary.store
        self._log = depositary.main(origin)
        self.origin = origin
        self.viewer = viewer
        head = self._store.head(origin)
        assert head is not None
        self.size = head.size
        self.as_of = self.size if at is None else at
        if not 1 <= self.as_of <= self.size:
            raise refuse("log.at", f"The record holds acts 1 to {self.size}; there is no act {at}.",
                         instead="Choose an act of the record.")  # fmt: skip
        self._now = self._log.state_at(self.size)
        _forget_erased(self._store, origin, self._now)
        # Who may read is asked of the present: somebody who has left does not keep the earlier pages.
        if not may_read_log(self._now, viewer):
            raise refuse("log.not_yours", "This record is open to its participants only.",
                         instead="Ask the convenor to be admitted, or sign in with an enrolled key.")  # fmt: skip

    @property
    def visible(self) -> VisibleState:
        return self.state_at(self.as_of)

    def state_at(self, size: int) -> VisibleState:
        wanted = min(size, self.as_of)
        # The log may have grown since: what it was then would have to be folded again.
        state = self._now if wanted == self.size else self._log.state_at(wanted)
        return VisibleState(state, self.viewer)

    def states_at(self, sizes: Sequence[int]) -> tuple[VisibleState, ...]:
        """Several at once, none beyond what is shown, the fewest acts first."""
        return tuple(VisibleState(state, self.viewer) for state in self._log.states_at(sizes))

    def act(self, index: int) -> VisibleAct | None:
        found = self.acts(index, index + 1)
        return found[0] if found else None

    def acts(self, start: int, stop: int) -> tuple[VisibleAct, ...]:
        start, stop = max(start, 0), min(stop, self.as_of)
        one = stop - start == 1  # what a page names again and again: people, texts, the act before
        entries = (
            iter((_entry(self._store, self.origin, start),))
            if one
            else self._store.entries(self.origin, start, stop)
        )
        found = (
            self._visible(index, entry, self._now.erasures, "") for index, entry in enumerate(entries, start)
        )
        return tuple(act for act in found if act is not None)

    def find(
        self, limit: int, *, before: int | None = None, author: str | None = None, kind: str | None = None
    ) -> tuple[VisibleAct, ...]:
        stop = self.as_of if before is None else min(before, self.as_of)
        indices = self._store.find(self.origin, stop, limit, author=author, kind=kind)
        return tuple(act for index in indices if (act := self.act(index)) is not None)

    def opened(self, leaf: str) -> Mapping[str, Any]:
        index = self.index_of(leaf)
        act = self.act(index) if index is not None else None
        return act.opened if act is not None else {}

    def index_of(self, leaf: str) -> int | None:
        try:
            index = _index(self._store, self.origin, leaf)
        except KeyError:
            return None
        return index if index < self.as_of else None

    def chambers(self) -> tuple[VisibleChamber, ...]:
        if self.as_of < self.size:
            return ()
        names = readable_chambers(self._now, self.viewer)
        found = (
            visible_chamber(self._now, self._depositary.chamber(f"{self.origin}/{n}").chamber(), self.viewer)
            for n in names
        )
        return tuple(chamber for chamber in found if chamber is not None)

    @property
    def inside(self) -> int:
        """Acts in the chambers that the viewer belongs to, all together."""
        return acts_inside(self._store, self.origin, self._now, self.viewer)

    def own_chamber(self, name: str) -> Chamber:
        """A chamber of the viewer's, with the main log as it stands. Raises `Refused` with code `log.audience`."""
        own = {visible.chamber.name: visible.chamber for visible in self.chambers()}
        if name not in own:
            raise refuse("log.audience", f"You do not belong to a chamber “{name}”.",
                         instead=f"Yours are: {', '.join(own)}." if own else "You belong to none.")  # fmt: skip
        return replace(own[name], main=self.visible.state)

    def chamber_acts(self, chamber: str) -> tuple[VisibleAct, ...]:
        if not may_read_log(self._now, self.viewer, chamber):
            return ()
        origin = f"{self.origin}/{chamber}"
        head = self._store.head(origin)
        if head is None:
            return ()
        erasures = self._depositary.erasures(origin)
        found = (
            self._visible(index, entry, erasures, chamber)
            for index, entry in enumerate(self._store.entries(origin, 0, head.size))
        )
        return tuple(act for act in found if act is not None)

    def _visible(
        self, index: int, entry: Entry, erasures: Mapping[str, Sequence[Erasure]], chamber: str
    ) -> VisibleAct | None:
        """erasures: of the act's log."""
        stored = _decoded(entry.entry, entry.leaf)
        if isinstance(stored.clear, Unknown):
            return None
        kind = kind_of(stored.clear)
        # A key belongs to one person for as long as the record runs, so the present registry names the author.
        act: Act[Any] = place(self._now, stored.key, stored.leaf, stored.clear)
        left = not_erased(entry.disclosures, erasures.get(stored.leaf, ()))
        opened = _opened(entry.entry, entry.leaf, left)
        return visible_act(self._now, self.viewer, index, act, kind, opened, chamber)

    def batch_files(self) -> dict[str, Path]:
        """Files of incidents that the host keeps and the viewer may read, by the leaf of the act that reports them."""
        files, state, found = self._depositary.files, self.visible.state, dict[str, Path]()
        for leaf, batch in state.batches.items():
            act = self.act(batch.index)
            if files is None or act is None or is_forgotten(state, leaf):
                continue
            held = files.find(self.origin.partition("/")[2], decode_base64url(batch.file))
            if held is not None and may_open(self._now, self.viewer, act.act.clear.aud, act.act.author):
                found[leaf] = held.path
        return found

    def wire(self, index: int, chamber: str = "") -> str:
        """The bytes of an entry as signed, without disclosures, as text; "" where the reader may not have them."""
        if not may_read_log(self._now, self.viewer, chamber) or (not chamber and index >= self.as_of):
            return ""
        origin = f"{self.origin}/{chamber}" if chamber else self.origin
        found = list(self._store.bare_entries(origin, index, index + 1))
        return found[0][0].decode() if found else ""

    def log(self) -> VisibleLog:
        """The log's own head, and how far each cosigner of the record has signed."""
        return visible_log(self._store, self._now, self.origin)


def visible_log(store: Store, state: State, origin: str) -> VisibleLog:
    head = store.head(origin)
    assert head is not None
    process = state.convened
    checkpoint = unverified_checkpoint(head.checkpoint)
    # A copy that was read in keeps the cosigned note as the checkpoint itself.
    opened = open_checkpoint(
        head.cosigned or head.checkpoint, log_verifier(origin, process.log_key), verifiers_of_all(state)
    )
    signed = {c.name: (opened.checkpoint.size, c.time) for c in opened.cosigners}
    for kept in store.cosignatures(origin):
        signed[kept.cosigner] = max((kept.size, kept.time), signed.get(kept.cosigner, (0, 0)))
    cosigners = tuple((v.key.name, *signed.get(v.key.name, (0, 0))) for v in cosigner_verifiers(process))
    late = tuple((c.leaf, *signed.get(c.name, (0, 0))) for c in in_order(state.cosigners.values()))
    newest = store.newest_stamp(origin)
    stamp = (newest.authority, newest.size, newest.made) if newest is not None else None
    return VisibleLog(
        origin,
        head.size,
        checkpoint.root,
        head.checkpoint,
        head.cosigned,
        cosigners,
        process.quorum,
        stamp,
        late,
    )
