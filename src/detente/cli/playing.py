"""Playing minutes into a host: every act is signed with a demonstration key and goes through the one door.

`Playing` is the stage on which `interchange.minutes.playing` performs. The demonstration's cosigners are real
ones: they check that the log only grows before they sign; only the times that they state are the script's.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping

import click

from detente.acts.authoring import Place, author_act
from detente.acts.convening import process_origin
from detente.acts.kinds import BY_NAME
from detente.acts.time import log_verifier
from detente.cli.packages import is_missing
from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.refusal import refuse
from detente.depositary.cosigning import keep_cosignatures
from detente.depositary.host import Depositary
from detente.depositary.keeper import keeper_key
from detente.interchange.cases import read_case
from detente.interchange.minutes.completion import Completed, Host
from detente.interchange.minutes.demonstration import signing_key
from detente.interchange.minutes.parsing import parse_minutes
from detente.interchange.minutes.playing import Played, cosigners_of, header_of, play
from detente.interchange.minutes.scene import Worth
from detente.interchange.minutes.statements import Header, Scripted
from detente.keys.generate import SigningKey
from detente.procedure.chambers import chamber_names
from detente.state.records import Chamber, State
from detente.tlog.checkpoint import unverified_checkpoint
from detente.tlog.merkle import EMPTY_ROOT
from detente.tlog.signed_note import format_vkey
from detente.witness.cosigning import Witness


class Playing:
    """One script on its way into a host. `origin` is "" until the talks are convened.

    Raises `Refused` where the minutes cannot be read, an act is refused that should stand, or an expectation
    does not hold.
    """

    def __init__(self, depositary: Depositary, text: str) -> None:
        self._depositary = depositary
        self._script = parse_minutes(text)
        self._header = header_of(self._script)
        self._witnesses = [Witness(cosigner) for cosigner in cosigners_of(self._header)]
        self.origin = ""

    def __len__(self) -> int:
        """How many acts of the script there are to play; its expectations are asked on the way."""
        return sum(isinstance(statement, Scripted) for statement in self._script.statements)

    def steps(self) -> Iterator[Played]:
        """Play it, line by line; at the end the cosigners sign the record as it then stands."""
        last = 0
        for played in play(self._script, self):
            last = played.scripted.time
            yield played
        if self._witnesses and self.origin:
            self.cosigned(last)

    # --- the stage

    @property
    def state(self) -> State:
        return self._depositary.main(self.origin).state() if self.origin else State()

    def chambers(self) -> Mapping[str, Chamber]:
        if not self.origin:
            return {}
        names = chamber_names(self.state.convened.sides)
        return {name: self._depositary.chamber(f"{self.origin}/{name}").chamber() for name in names}

    def host(self, header: Header) -> Host:
        made = self._depositary.prepare()
        cosigners = tuple(format_vkey(w.cosigner.key) for w in self._witnesses)
        return Host(made.log_key, made.keeper_key, cosigners, made.log_mldsa_key)

    def cosigned(self, time: int) -> str:
        head = self._depositary.store.head(self.origin)
        assert head is not None
        log = log_verifier(self.origin, self.state.convened.log_key)
        tree = self._depositary.main(self.origin).tree
        lines = []
        for witness in self._witnesses:
            signed = witness.last_size(self.origin)
            proof = tree.consistency(signed, head.size) if signed else ()
            lines.append(witness.cosign(head.checkpoint, log, proof, time))
        return keep_cosignatures(self._depositary, self.origin, tuple(lines)).decode()

    def preferences(self, worth: Worth) -> str:
        return preferences_document(worth)

    def perform(self, act: Completed) -> str:
        state, key = self.state, self._key(act.author)
        origin, chains = self.origin or _convened_by(act), state.chains
        if act.chamber:
            origin = f"{self.origin}/{act.chamber}"
            chains = self.chambers()[act.chamber].chains
        place = Place(origin, chains.get(key.key_id), self._seen())
        raw = author_act(key, BY_NAME[act.kind], place, act.iat, act.clear, act.hidden, act.audience)
        self._keep(act)
        receipt = self._depositary.receive_act(raw)
        if not self.origin:
            self.origin = receipt.origin
        return receipt.leaf

    def _keep(self, act: Completed) -> None:
        """Put the sealed files of an exhibit where whoever presents it would have sent them."""
        files, process = self._depositary.files, self.origin.partition("/")[2]
        if files is None:
            return  # the door says that it was not given them
        for digest, content in act.files.items():
            with files.arriving(process, decode_base64url(digest), ()) as file:
                file.write(content)
                file.keep()

    def _seen(self) -> tuple[int, str]:
        head = self._depositary.store.head(self.origin) if self.origin else None
        if head is None:
            return 0, encode_base64url(EMPTY_ROOT)
        checkpoint = unverified_checkpoint(head.checkpoint)
        return checkpoint.size, encode_base64url(checkpoint.root)

    def _key(self, person: str) -> SigningKey:
        """The keeper's key is the host's own; everybody else signs with a demonstration key."""
        state = self.state
        if state.process is not None and person == state.process.keeper:
            return keeper_key(self._depositary, state)
        return signing_key(state, self._header.label, person)


def preferences_document(worth: Worth) -> str:
    """As the page writes it, answered in points. Raises `Refused`: `packages.extra`, or as `document_text`."""
    if is_missing():
        raise refuse("packages.extra", "What weighs preferences is not installed.",
                     instead="Install detente with the extra “packages”.")  # fmt: skip
    from detente.analysis.packages import Document, StatedIssue, document_text

    issues = tuple(
        StatedIssue(provision=provision, options=options, given=given, points=(0,) * len(options))
        for provision, options, given in worth.choices
    )
    return document_text(Document(v=1, method="points", issues=issues, reservation=worth.reservation))


def _convened_by(act: Completed) -> str:
    """The origin that a convening act makes; any other act without a process is refused at the door."""
    if act.kind != "convene":
        raise refuse("phase.before", "The first act of a record is the convening of the talks.",
                     instead="Let a mediator convene the process first.")  # fmt: skip
    stated = act.clear
    return process_origin(stated["label"], stated["log_key"], stated["convenor_key"], stated["nonce"])


def play_with_progress(depositary: Depositary, case: str) -> tuple[str, ...]:
    """Play a case (a shipped one by name, or a file), showing its progress; the origins of its processes."""
    origins = []
    for title, text in _read(case):
        playing = Playing(depositary, text)
        with click.progressbar(
            playing.steps(), length=len(playing), label=title, file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as shown:
            counted = Counter(map(_went_where, shown))
        if not sys.stderr.isatty():
            click.echo(f"{title}: {_counted_words(counted)}", err=True)
        origins.append(playing.origin)
    return tuple(origins)


def _went_where(played: Played) -> str:
    """To the main log, which every page counts; to a chamber; or nowhere, where the script expects a refusal."""
    if not played.leaf:
        return "refused"
    return "chamber" if played.scripted.chamber else "main"


def _counted_words(counted: Counter[str]) -> str:
    """
    >>> _counted_words(Counter(main=87, chamber=6, refused=1))
    '87 acts played, and 6 in chambers; 1 refused, as expected'
    """
    main, chamber, refused = counted["main"], counted["chamber"], counted["refused"]
    said = "1 act played" if main == 1 else f"{main} acts played"
    said += f", and {chamber} in chambers" if chamber else ""
    return said + (f"; {refused} refused, as expected" if refused else "")


def _read(case: str) -> tuple[tuple[str, str], ...]:
    try:
        return read_case(case)
    except UnicodeDecodeError as error:
        raise refuse("minutes.encoding", f"“{case}” is not text in UTF-8: byte {error.start + 1} is none of it.",
                     instead="Save it as plain text in UTF-8.") from error  # fmt: skip
