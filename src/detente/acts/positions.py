"""Positions: commit to words now, and reveal them later, or never.

Whoever commits writes the words in a chamber of theirs, where they are sealed like everything there: colleagues and the
recovery key on paper can open them (`acts/sealing.py`). The main log gets the digest of the disclosure that opens them
(docs/specs/act.md), which nobody can guess from: its salt has 128 bits. Rules: a digest is committed to once, so that
nobody passes off another's as theirs; whoever committed, or somebody of the same side, reveals the words with their
salt, and every reader checks that these are what was committed to. Words that were never revealed prove nothing, and
words that are lost cannot be revealed. A position moves nobody on any ladder.
"""

from __future__ import annotations

from msgspec.structs import replace

from detente.acts.act import TABLE, Act, Clear, Hidden, Kind, refusals
from detente.acts.sealing import group_of
from detente.codec.identifier import Digest, Leaf
from detente.codec.refusal import Refusal, Refused
from detente.signing.disclosure import digest_of, make_disclosure
from detente.state.public_record import Position
from detente.state.records import State

DISCLOSED = "text"
"""The hidden field whose disclosure is committed to: the words of a note, a question or an instruction have this name."""


class CommitPosition(Clear, frozen=True, kw_only=True, tag="commit_position"):
    """digest: SHA-256 of the disclosure of the words."""

    digest: Digest


class RevealPosition(Clear, frozen=True, kw_only=True, tag="reveal_position"):
    """position: leaf of the act that committed to the words. digest: the one in that act."""

    position: Leaf
    digest: Digest


class RevealedWords(Hidden, frozen=True, kw_only=True):
    """text, salt: what the disclosure holds."""

    text: str | None = None
    salt: str | None = None


def examine_commit(state: State, act: Act[CommitPosition]) -> tuple[Refusal, ...]:
    known = (position.digest for position in state.positions.values())
    return refusals(
        Refusal(
            "position.committed",
            "The record holds this commitment already.",
            instead="Write the words anew in a chamber of yours, and commit to those.",
        )
        if act.clear.digest in known
        else None
    )


def evolve_commit(state: State, act: Act[CommitPosition]) -> State:
    group = group_of(state, act.author)
    position = Position(act.leaf, state.size, act.author, group, act.clear.digest)
    return replace(state, positions=state.positions.set(act.leaf, position))


def examine_reveal(state: State, act: Act[RevealPosition]) -> tuple[Refusal, ...]:
    position = state.positions.get(act.clear.position)
    if position is None:
        return (
            Refusal(
                "position.unknown",
                "The record holds no such commitment.",
                instead="Name the act by which the words were committed to.",
            ),
        )
    return refusals(
        Refusal(
            "position.digest",
            "These are not the words that were committed to.",
            instead="Reveal the words as they stand in the chamber, with their salt.",
        )
        if act.clear.digest != position.digest
        else None,
        Refusal(
            "position.not_yours",
            "Somebody else committed to these words.",
            instead="Whoever did so, or somebody of the same side, can reveal them.",
        )
        if act.author != position.by and group_of(state, act.author) != position.group
        else None,
        Refusal(
            "position.revealed",
            f"Act {position.revealed + 1} has revealed these words already.",
            instead="Point to that act; or commit to other words.",
        )
        if position.revealed is not None
        else None,
    )


def evolve_reveal(state: State, act: Act[RevealPosition]) -> State:
    position = replace(state.positions[act.clear.position], revealed=state.size)
    return replace(state, positions=state.positions.set(position.leaf, position))


def check_words(clear: RevealPosition, hidden: RevealedWords) -> tuple[Refusal, ...]:
    """Whether the words are those that were committed to. The door asks, and every reader."""
    if hidden.text is None:  # they were erased, or are not for this reader
        return ()
    return refusals(
        Refusal(
            "position.words",
            "The words and their salt do not give the digest that was committed to.",
            instead="Reveal the words as they stand in the chamber, to the letter.",
        )
        if _digest(hidden) != clear.digest
        else None
    )


def _digest(hidden: RevealedWords) -> str | None:
    """The digest of the disclosure with these words; None where the salt is no good."""
    try:
        return digest_of(make_disclosure(DISCLOSED, hidden.text or "", hidden.salt or ""))
    except Refused:
        return None


KINDS = (
    Kind(CommitPosition, Hidden, TABLE, examine_commit, evolve_commit,
         "{author} commits to the position {digest}",
         "That these words stood today can be shown once you reveal them. If all keys and papers that open them are "
         "lost, they cannot be revealed."),
    Kind(RevealPosition, RevealedWords, TABLE, examine_reveal, evolve_reveal,
         "{author} reveals the position {position}",
         "Everybody who may read this act reads the words, and can check since when they have stood.",
         content=check_words),
)  # fmt: skip
