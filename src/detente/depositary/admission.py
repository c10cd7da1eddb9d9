"""Admitting an act: what the door asks of its bytes and hidden fields before the procedure examines it.

Hidden fields play no part in `examine`: they are checked here, at the door, because a text that does not
match its signed digest would be found out by every reader, and its author should hear of it at once.
"""

from __future__ import annotations

from typing import Any

import msgspec

from detente.acts import bracketing, editions
from detente.acts.act import Clear, Hidden, Kind
from detente.acts.bracketing import AlternativeText, ProposeAlternative
from detente.acts.bridging import ProposeBridge
from detente.acts.editions import Issue, IssueText
from detente.acts.evidence import Present
from detente.acts.incidents import IncidentWords, ReportIncidents, check_calendar
from detente.acts.kinds import Unknown, read_act
from detente.acts.sealing import KeyBox
from detente.codec.base64url import decode_base64url
from detente.codec.canonical_json import LARGEST_INTEGER
from detente.codec.refusal import Refusal, Refused, refuse
from detente.interchange.incidents.batch_file import can_read_batches, check_rows
from detente.signing.disclosure import open_disclosures
from detente.signing.envelope import Envelope
from detente.state.records import Chamber, State
from detente.store.files import SealedFiles


def read_known(envelope: Envelope) -> Clear:
    """The typed payload. Raises `Refused` with code `act.unknown_kind`, or as `read_act` does."""
    clear = read_act(envelope.payload)
    if isinstance(clear, Unknown):
        raise refuse("act.unknown_kind", f"This host does not know acts of kind “{clear.kind}”, version {clear.v}.",
                     instead="Use a kind of the reference, version 1.")  # fmt: skip
    if not all(0 <= number <= LARGEST_INTEGER for number in (clear.iat, clear.seq, clear.seen[0])):
        raise refuse(
            "act.malformed",
            "A number in the act is negative or beyond 53 bits.",
            "RFC 8785 sec. 3",
            "Write it as a whole number from 0 to 2^53 - 1.",
        )
    return clear


def check_hidden(kind: Kind, clear: Clear, envelope: Envelope) -> Hidden:
    """The hidden fields: the disclosures open digests of this act, with values of the kind's types; texts match their
    digests."""
    if len(clear.sd) not in kind.digests:
        raise refuse(
            "disclosure.count",
            f"An act of kind “{kind.name}” has {len(kind.hidden_fields)} digests in `_sd`, decoys included.",
            "RFC 9901 sec. 4.2.5",
            "Fill up with decoys for the hidden fields that are absent.",
        )
    opened = open_disclosures(clear.sd, envelope.disclosures, kind.clear.__struct_encode_fields__)
    hidden: Hidden = typed_hidden(kind, opened)
    found = kind.content(clear, hidden)
    if isinstance(hidden, IncidentWords):
        found = (*found, *check_calendar(hidden))
    if found:
        raise Refused(*found)
    return hidden


def check_one_text(state: State, clear: Clear, hidden: Hidden) -> None:
    """An edition is one text in every authentic language that it claims, and what is proposed for one is in its
    languages, and worded. Raises `Refused`: `edition.not_one_text`, `edition.foreign_language`,
    `bracket.foreign_language`, `bracket.wordless`."""
    instrument = state.instruments.get(getattr(clear, "instrument", ""))
    found: tuple[Refusal, ...] = ()
    if instrument is None:
        return
    if isinstance(clear, Issue) and isinstance(hidden, IssueText):
        found = editions.check_one_text(instrument, clear, hidden)
    elif isinstance(clear, ProposeAlternative | ProposeBridge) and isinstance(hidden, AlternativeText):
        found = bracketing.check_worded(clear, hidden) + bracketing.check_languages(instrument, hidden)
    if found:
        raise Refused(*found)


def check_sealed(chamber: Chamber, hidden: Hidden) -> None:
    """A chamber that has a key takes content sealed to it, and in no other form: the host would read that.

    Raises `Refused`: `sealing.required` or `sealing.epoch_over`.
    """
    if not chamber.epochs or isinstance(hidden, KeyBox):
        return
    given = msgspec.to_builtins(hidden)
    if given.keys() - {"sealed", "epoch"}:
        raise refuse("sealing.required", "What is written in this chamber is sealed, and this arrived unsealed.",
                     instead="Seal it to the chamber’s key; nothing of it was kept.")  # fmt: skip
    if given and given.get("epoch") != chamber.epochs[-1].leaf:
        raise refuse("sealing.epoch_over", "The content is sealed to a key that this chamber no longer uses.",
                     instead="Seal it to the chamber’s present key.")  # fmt: skip


def files_of(clear: Clear) -> tuple[tuple[str, int], ...]:
    """(SHA-256, bytes) of each file beside the log that an act commits to."""
    if isinstance(clear, Present):
        return clear.files
    return ((clear.file, clear.size),) if isinstance(clear, ReportIncidents) else ()


def check_files(files: SealedFiles | None, origin: str, clear: Clear) -> None:
    """An act commits to files that are here, whole; a batch to as many incidents as its file holds, where the host can
    read that. Raises `Refused`: `evidence.file_missing`, `incidents.file`, `incidents.rows_differ`."""
    process = origin.partition("/")[2]
    for digest, size in files_of(clear):
        held = files.find(process, decode_base64url(digest)) if files is not None else None
        if held is None or held.size != size:
            raise refuse("evidence.file_missing", "A file that the act commits to is not here, or is of another size.",
                         instead="Send the file first; then the act.")  # fmt: skip
        if isinstance(clear, ReportIncidents) and can_read_batches():
            check_rows(held.path, clear.rows)


def typed_hidden(kind: Kind, opened: dict[str, Any]) -> Any:
    """The hidden fields as the kind's type. Raises `Refused` with code `disclosure.malformed_field`."""
    try:
        return msgspec.convert(opened, kind.hidden)
    except msgspec.ValidationError as error:
        raise refuse("disclosure.malformed_field", f"A hidden field is not of its type: {error}.",
                     instead="See the reference of kinds for the hidden fields and their types.") from error  # fmt: skip


def unknown_log(origin: str) -> Refused:
    # True of a process that is not here and of one that is closed: nobody outside it is told which.
    return refuse("log.unknown", f"This host has nothing at “{origin}” that you may see.",
                  instead="Check the process id, or ask the convenor for it. If you are at its table, sign in with "
                          "your key.")  # fmt: skip
