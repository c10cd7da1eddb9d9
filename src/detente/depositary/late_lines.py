"""Lines of cosigners named after convening, beside the note that marks are made of.

The cosigned note that the store keeps of a log carries the lines that count for time, so that no browser which signs a
larger checkpoint takes their place before a quorum has met. What the others signed is kept cosigner by cosigner, and
put under a checkpoint when somebody asks for it (C2SP signed-note).
"""

from __future__ import annotations

from detente.acts.cosigners import standing_cosigners
from detente.state.records import State
from detente.store.port import Store
from detente.tlog.signed_note import add_signatures, parse_note


def with_late_lines(store: Store, state: State, note: bytes) -> bytes:
    """A main log's checkpoint, with the lines of those named later whose latest is this very one. state: of the log."""
    late = {cosigner.name for cosigner in standing_cosigners(state)}
    if not late:
        return note
    text = parse_note(note).text
    kept = [parse_note(c.note) for c in store.cosignatures(state.convened.origin) if c.cosigner in late]
    lines = [line for one in kept if one.text == text for line in one.signatures if line.name in late]
    return add_signatures(note, lines) if lines else note
