"""Each thing that a malicious host can try, played against people who run the real programs.

A scene gets talks in which A, B and a cosigner have seen everything so far. It lets the host do its deed, shows people
what the host shows them, and returns what each of them found out.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused
from detente.depositary.cosigning import Cosigning
from detente.depositary.fork_guard import check_held
from detente.keys.possession import prove_possession
from detente.proofs.verification import verify_copy
from detente.tlog.signed_note import add_signatures, parse_note
from tests.depositary.forking import branch, note_of
from tests.depositary.talks import NOW, Talks, force, key_named, open_host
from tests.malicious.people import CosignerOfTheTown, Finding, Reader
from tests.proofs.copies import copy_for, recertified

A, B, COSIGNER = "A, whose act it is", "B, another party", "the cosigner"


class Table(Struct, frozen=True):
    """Talks under way, and those who follow them."""

    talks: Talks
    a: Reader
    b: Reader
    cosigner: CosignerOfTheTown

    def begin(self) -> None:
        """From here on everybody counts the checkpoints that they are shown."""
        for one in (self.a, self.b, self.cosigner):
            one.starts_counting()


class Scene(Struct, frozen=True):
    """deed: what the host does, in words; play: what each of those who look finds."""

    deed: str
    play: Callable[[Table], dict[str, Finding]]


def table(folder: Path) -> Table:
    cosigner = CosignerOfTheTown(folder)
    talks = Talks(open_host(folder / "record.sqlite"))
    talks.convening |= {"cosigners": (cosigner.key.vkey,), "quorum": 1}
    talks.convene().seat().open_text()
    talks.issue()
    found = Table(talks, Reader(folder, "A"), Reader(folder, "B"), cosigner)
    for one in (cosigner, found.a, found.b):
        seen = one.sees(talks)
        assert seen.code == "", seen
    return found


# --- the deeds


def _drops(at: Table) -> dict[str, Finding]:
    without = branch(at.talks)
    at.a.acts(at.talks, "We agree to nothing yet.")
    without.say("B", "They agree.")
    at.begin()
    return {A: at.a.sees(without), B: at.b.sees(without)}


def _drops_what_others_saw(at: Table) -> dict[str, Finding]:
    without = branch(at.talks)
    at.a.acts(at.talks, "We agree to nothing yet.")
    assert at.b.sees(at.talks).code == "" and at.cosigner.sees(at.talks).code == ""
    without.say("B", "They agree.")
    without.say("B", "We thank them.")
    at.begin()
    return {A: at.a.sees(without), B: at.b.sees(without), COSIGNER: at.cosigner.sees(without)}


def _forks(at: Table) -> dict[str, Finding]:
    """A is served one history and B another; the cosigner is shown both, since neither is believed without its line."""
    other = branch(at.talks)
    at.a.acts(at.talks, "The road is open.")
    at.b.acts(other, "The road is closed.")
    at.begin()
    found = {A: at.a.sees(at.talks), B: at.b.sees(other)}
    assert at.cosigner.sees(at.talks).code == ""
    return {**found, COSIGNER: at.cosigner.sees(other)}


def _forks_and_joins(at: Table) -> dict[str, Finding]:
    """B signs over the history that B was shown, and the host puts that act where A sees it."""
    other = branch(at.talks)
    at.a.acts(at.talks, "The road is open.")
    other.say("A", "The road is closed.")
    act = at.talks.raw_statement("B", "We accept what A said.", seen=other.seen())
    force(at.talks.depositary, at.talks.origin, act, author="B")
    at.begin()
    return {A: at.a.sees(at.talks)}


def _forks_a_fold(at: Table) -> dict[str, Finding]:
    """As before, but through the host's own door: which does not take it, because no honest program would."""
    other = branch(at.talks)
    other.say("A", "The road is closed.")
    try:
        at.talks.say("B", "We accept what A said.", seen=other.seen())
    except Refused as refused:
        return {"the host's own program": Finding(refused.refusals[0].code, False, 0)}
    return {}


def _reorders(at: Table) -> dict[str, Finding]:
    other = branch(at.talks)
    at.a.acts(at.talks, "First.")
    at.talks.say("B", "Second.")
    assert at.b.sees(at.talks).code == ""
    other.say("B", "Second.")
    other.say("A", "First.")
    at.begin()
    return {A: at.a.sees(other), B: at.b.sees(other)}


def _back_dates(at: Table) -> dict[str, Finding]:
    """An act is put before ones that were signed: as if A had known of it."""
    other = branch(at.talks, at.talks.size - 3)
    other.say("B", "We warned them before.")
    while other.size < at.talks.size:
        other.say("M")
    at.begin()
    return {A: at.a.sees(other), B: at.b.sees(other), COSIGNER: at.cosigner.sees(other)}


def _back_dates_a_mark(at: Table) -> dict[str, Finding]:
    """The keeper marks a time that no cosigner has stated: with a line of its own making."""
    note = note_of(at.talks)
    forged = at.cosigner.key.cosigner.sign(parse_note(note).text, NOW)
    changed = type(forged)(
        forged.name, forged.key_id, (NOW - 9_000_000).to_bytes(8, "big") + forged.signature[8:]
    )

    try:
        Cosigning(at.talks.depositary).receive(at.talks.origin, add_signatures(note, [changed]), NOW)
    except Refused as refused:
        return {"anybody who reads the mark": Finding(refused.refusals[0].code, False, 1)}
    return {}


def _replays(at: Table) -> dict[str, Finding]:
    act = at.talks.raw_statement("A", "Yes.")
    at.talks.depositary.receive_act(act)
    force(at.talks.depositary, at.talks.origin, act, author="A")
    at.begin()
    return {A: at.a.sees(at.talks), B: at.b.sees(at.talks)}


def _writes_in_anothers_name(at: Table) -> dict[str, Finding]:
    force(
        at.talks.depositary, at.talks.origin, _forged(at.talks.raw_statement("A", "We give in.")), author="A"
    )
    at.begin()
    return {A: at.a.sees(at.talks), B: at.b.sees(at.talks)}


def _forged(raw: bytes) -> bytes:
    """An act as its author would sign it, signed by a key that the host has."""
    entry, _, disclosures = raw.partition(b"~")
    signed, _, _signature = entry.rpartition(b".")
    own = encode_base64url(key_named("the host's").sign(signed)).encode()
    return signed + b"." + own + b"~" + disclosures


def _changes_words(at: Table) -> dict[str, Finding]:
    at.talks.say("A", "Twenty-five kilometres.")
    other = copy_for(_saying(at, "Thirty kilometres."), "B")
    words = next(line for line in reversed(other.splitlines()) if line.startswith(b"act ")).rpartition(b"~")[
        0
    ]
    disclosure = words.rpartition(b"~")[2]

    def change(lines: list[bytes]) -> None:
        place = max(place for place, line in enumerate(lines) if line.startswith(b"act "))
        head = lines[place].split(b"~")[0]
        lines[place] = head + b"~" + disclosure + b"~\n"

    at.begin()
    return {B: at.b.sees(at.talks, recertified(at.talks, copy_for(at.talks, "B"), change))}


def _saying(at: Table, words: str) -> Talks:
    other = branch(at.talks, at.talks.size - 1)
    other.say("A", words)
    return other


def _swaps_a_key(at: Table) -> dict[str, Finding]:
    """A key of the host's own is enrolled for B, by an act that the mediator never signed."""
    own = key_named("the host's")
    proof = prove_possession(own, at.talks.origin, "B")
    act = at.talks.raw("M", "enrol", person="B", public=encode_base64url(own.public), possession=proof)
    force(at.talks.depositary, at.talks.origin, _forged(act), author="M")
    at.begin()
    return {A: at.a.sees(at.talks), B: at.b.sees(at.talks)}


def _swaps_the_logs_key(at: Table) -> dict[str, Finding]:
    other = Talks(open_host(), label="talks")
    other.convening |= {"cosigners": (at.cosigner.key.vkey,), "quorum": 1}
    other.convene().seat()
    raw = copy_for(other, "A").replace(other.origin.encode(), at.talks.origin.encode())
    at.begin()
    return {A: at.a.sees(at.talks, raw)}


def _restores(at: Table) -> dict[str, Finding]:
    backup = branch(at.talks)
    at.a.acts(at.talks, "After the backup.")
    assert at.cosigner.sees(at.talks).code == ""
    at.begin()
    found = {A: at.a.sees(backup), COSIGNER: at.cosigner.sees(backup)}
    try:
        check_held(backup.depositary, note_of(at.talks))
    except Refused as refused:
        found["the host itself, shown what A holds"] = Finding(refused.refusals[0].code, False, 1)
    return found


def _restores_and_goes_on(at: Table) -> dict[str, Finding]:
    backup = branch(at.talks)
    at.a.acts(at.talks, "After the backup.")
    assert at.cosigner.sees(at.talks).code == ""
    backup.say("B", "Instead of it.")
    backup.say("B", "And on.")
    at.begin()
    return {A: at.a.sees(backup), B: at.b.sees(backup), COSIGNER: at.cosigner.sees(backup)}


def _certifies_less(at: Table) -> dict[str, Finding]:
    """A copy, certified by the keeper, that leaves the last act out and keeps the checkpoint."""
    at.talks.say("A", "This is left out.")

    def change(lines: list[bytes]) -> list[bytes]:
        last = max(place for place, line in enumerate(lines) if line.startswith(b"act "))
        size = next(place for place, line in enumerate(lines) if line.startswith(b"log "))
        lines[size] = f"log {at.talks.origin} {at.talks.size - 1}\n".encode()
        return lines[:last] + lines[last + 1 :]

    raw = recertified(at.talks, copy_for(at.talks, None), change)
    at.begin()
    try:
        verify_copy(io.BytesIO(raw))
    except Refused as refused:
        return {"anybody who verifies it": Finding(refused.refusals[0].code, False, 1)}
    return {}


SCENES = (
    Scene("drops an act that it gave a receipt for", _drops),
    Scene("drops an act that others have seen too", _drops_what_others_saw),
    Scene("serves each party another history", _forks),
    Scene("joins two histories: an act signed over one stands in the other", _forks_and_joins),
    Scene("takes such an act in through its own door", _forks_a_fold),
    Scene("changes the order of two acts", _reorders),
    Scene("puts an act before ones that were signed", _back_dates),
    Scene("marks a time that no cosigner stated", _back_dates_a_mark),
    Scene("records an act twice", _replays),
    Scene("writes an act in somebody's name", _writes_in_anothers_name),
    Scene("changes somebody's words", _changes_words),
    Scene("swaps a participant's key for its own", _swaps_a_key),
    Scene("swaps the log's key", _swaps_the_logs_key),
    Scene("runs from an old backup", _restores),
    Scene("runs from an old backup and signs on", _restores_and_goes_on),
    Scene("certifies a copy that leaves an act out", _certifies_less),
)
