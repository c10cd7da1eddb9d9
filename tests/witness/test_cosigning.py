"""A cosigner signs what extends all that it has signed, and nothing else; what it refuses leaves no trace."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from detente.codec.refusal import Refused
from detente.tlog.checkpoint import open_checkpoint
from detente.tlog.merkle import leaf_hash, prove_consistency
from detente.tlog.signed_note import (
    Note,
    NoteSignature,
    NoteSigner,
    NoteVerifier,
    add_signatures,
    format_note,
)
from detente.witness.cosigning import Witness
from tests.tlog.demonstration import (
    LEAVES,
    LOG,
    LOG_VERIFIER,
    ORIGIN,
    TIME,
    VERIFIER_A,
    WITNESS_A,
    checkpoint_text,
    read_from,
    seed_of,
    signed_checkpoint,
)

LEAVES_13 = tuple(leaf_hash(f"entry {number}".encode()) for number in range(13))
FORK = (*LEAVES_13[:4], leaf_hash(b"another"), *LEAVES_13[5:])


def proof(old: int, leaves: Sequence[bytes]) -> tuple[bytes, ...]:
    """That `leaves` extend their first `old`; nothing where nothing has been signed."""
    return prove_consistency(old, len(leaves), read_from(leaves)) if old else ()


def cosign(witness: Witness, leaves: Sequence[bytes], at: int = TIME) -> NoteSignature:
    """What an honest log asks for."""
    asked = proof(witness.last_size(ORIGIN), leaves)
    return witness.cosign(signed_checkpoint(leaves=leaves), LOG_VERIFIER, asked, at)


@pytest.fixture
def witness() -> Witness:
    """A cosigner that has signed a log of five."""
    witness = Witness(WITNESS_A)
    cosign(witness, LEAVES)
    return witness


def refused(witness: Witness, note: bytes, asked: tuple[bytes, ...], log: NoteVerifier = LOG_VERIFIER) -> str:
    """The code of the refusal, after which the cosigner stands where it stood and goes on."""
    before = witness.last_size(ORIGIN)
    with pytest.raises(Refused) as caught:
        witness.cosign(note, log, asked, TIME)
    assert witness.last_size(ORIGIN) == before
    assert cosign(witness, LEAVES_13)  # the true log's next checkpoint is still taken
    return caught.value.refusals[0].code


def test_the_first_checkpoint_is_signed_and_its_line_verifies() -> None:
    witness = Witness(WITNESS_A)
    assert witness.last_size(ORIGIN) == 0
    line = cosign(witness, LEAVES, TIME + 7)
    note = add_signatures(signed_checkpoint(), [line])
    (cosigned,) = open_checkpoint(note, LOG_VERIFIER, [VERIFIER_A]).cosigners
    assert (cosigned.name, cosigned.time) == ("witness-a.example", TIME + 7)
    assert witness.last_size(ORIGIN) == 5


@pytest.mark.parametrize("size", [5, 6, 8, 13])
def test_whatever_extends_the_last_one_is_signed(witness: Witness, size: int) -> None:
    leaves = LEAVES_13[:size]
    note = add_signatures(signed_checkpoint(leaves=leaves), [cosign(witness, leaves)])
    opened = open_checkpoint(note, LOG_VERIFIER, [VERIFIER_A])
    assert opened.checkpoint.size == witness.last_size(ORIGIN) == size and len(opened.cosigners) == 1


def test_step_by_step_the_whole_log_is_signed(witness: Witness) -> None:
    for size in range(5, 14):
        cosign(witness, LEAVES_13[:size])
        assert witness.last_size(ORIGIN) == size


@pytest.mark.parametrize("size", [0, 1, 4])
def test_a_smaller_checkpoint_is_refused(witness: Witness, size: int) -> None:
    assert refused(witness, signed_checkpoint(leaves=LEAVES[:size]), ()) == "witness.smaller"


def test_another_tree_of_the_same_size_is_refused(witness: Witness) -> None:
    code = refused(witness, signed_checkpoint(leaves=FORK[:5]), ())
    assert code.startswith("proof.")


@pytest.mark.parametrize("size", [6, 8, 13])
def test_a_larger_tree_that_forgets_what_was_signed_is_refused(witness: Witness, size: int) -> None:
    note = signed_checkpoint(leaves=FORK[:size])
    for asked in (proof(5, FORK[:size]), proof(5, LEAVES_13[:size]), ()):
        own = Witness(WITNESS_A)
        cosign(own, LEAVES)
        assert refused(own, note, asked).startswith("proof.")


def test_a_forged_proof_is_refused(witness: Witness) -> None:
    note, sound = signed_checkpoint(leaves=LEAVES_13), proof(5, LEAVES_13)
    forgeries = [
        (),
        sound[:-1],
        (*sound, bytes(32)),
        sound[::-1],
        (bytes(32), *sound[1:]),
        (*sound[:-1], b"short"),
    ]
    for forged in forgeries:
        own = Witness(WITNESS_A)
        cosign(own, LEAVES)
        assert refused(own, note, forged).startswith("proof."), forged


def test_a_proof_where_nothing_was_signed_is_refused() -> None:
    witness = Witness(WITNESS_A)
    assert refused(witness, signed_checkpoint(), (bytes(32),)).startswith("proof.")


def test_a_checkpoint_under_another_key_is_refused(witness: Witness) -> None:
    stranger = NoteSigner.from_seed(ORIGIN, seed_of("stranger"))
    text = checkpoint_text(LEAVES_13)
    note = format_note(Note(text, (stranger.sign(text),)))
    assert refused(witness, note, proof(5, LEAVES_13)) == "note.unverified"


def test_a_checkpoint_that_was_changed_is_refused(witness: Witness) -> None:
    note = signed_checkpoint(leaves=LEAVES_13).replace(b"\n13\n", b"\n12\n")
    assert refused(witness, note, proof(5, LEAVES_13[:12])) == "note.signature"


def test_a_checkpoint_of_another_log_is_refused(witness: Witness) -> None:
    text = checkpoint_text(LEAVES_13, origin="detente/another")
    note = format_note(Note(text, (LOG.sign(text),)))
    assert refused(witness, note, proof(5, LEAVES_13)) == "checkpoint.origin"
    assert witness.last_size("detente/another") == 0


def test_each_log_is_followed_by_itself(witness: Witness) -> None:
    other = NoteSigner.from_seed("detente/another", seed_of("detente/another"))
    text = checkpoint_text(FORK[:3], origin="detente/another")
    witness.cosign(format_note(Note(text, (other.sign(text),))), NoteVerifier(other.key), (), TIME)
    assert (witness.last_size("detente/another"), witness.last_size(ORIGIN)) == (3, 5)


def test_of_two_branches_asked_for_at_once_only_one_is_signed() -> None:
    for _ in range(20):
        witness = Witness(WITNESS_A)

        def ask(leaves: tuple[bytes, ...], witness: Witness = witness) -> bool:
            try:
                witness.cosign(signed_checkpoint(leaves=leaves), LOG_VERIFIER, (), TIME)
            except Refused:
                return False
            return True

        with ThreadPoolExecutor(4) as pool:
            signed = list(pool.map(ask, [LEAVES_13, FORK, LEAVES_13, FORK]))
        assert signed in ([True, False, True, False], [False, True, False, True])
