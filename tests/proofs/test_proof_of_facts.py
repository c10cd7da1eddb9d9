"""Facts proved present and absent by a statement of a quorum: nothing else is shown, and nothing false can be proved."""

from __future__ import annotations

import io
import re

import pytest
from msgspec.structs import replace

from detente.codec.refusal import Refused
from detente.procedure.facts import facts_of
from detente.proofs.fact_tree import FactTree, label_of
from detente.proofs.proof_of_facts import ProvedFacts, verify_proof_of_facts, write_proof_of_facts
from detente.proofs.state_statement import statement_on, tree_of
from detente.tlog.line import encode_base64
from detente.tlog.merkle import Edge, leaf_hash, root_of
from tests.depositary.talks import WITNESSES
from tests.proofs.stated import SECRET, bundle, signed, small, statement, written

HELD, LACKING = "steps/road/A/I", "steps/road/B/I"


def proof_of(*keys: str, by: bytes = b"") -> bytes:
    return written(lambda out: write_proof_of_facts(out, bundle(), by or statement(), keys))


def verified(raw: bytes) -> ProvedFacts:
    return verify_proof_of_facts(io.BytesIO(raw))


def code_of(raw: bytes) -> str:
    with pytest.raises(Refused) as refusing:
        verified(raw)
    assert refusing.value.refusals[0].sentence
    return refusing.value.refusals[0].code


def test_what_is_there_is_proved_and_so_is_what_is_not() -> None:
    proved = verified(proof_of(HELD, LACKING))
    assert [(fact.key, fact.value) for fact in proved.facts] == [(HELD, str(bundle().size)), (LACKING, None)]
    assert proved.anchored.signers == WITNESSES[:2] and proved.anchored.statement.size == bundle().size
    assert proved.anchored.process == bundle().state.process


def test_every_fact_can_be_proved_and_every_step_not_taken_be_proved_absent() -> None:
    facts = facts_of(bundle().state)
    asked = {f"steps/road/{side}/{step}" for side in "AB" for step in "AIRSBWNE"}
    asked |= {f"left/{person}" for person in ("A", "B", "M", "Z9")} | {f"irregular/{n}" for n in range(1, 15)}
    proved = verified(proof_of(*facts, *sorted(asked - facts.keys())))
    assert {fact.key: fact.value for fact in proved.facts if fact.value is not None} == facts
    assert {fact.key for fact in proved.facts if fact.value is None} == asked - facts.keys()


def test_a_proof_of_absence_names_no_other_fact_and_no_value() -> None:
    raw = proof_of(LACKING)
    text = raw.decode()
    after = text[text.index("\nfacts 1\n") :]
    for key, value in facts_of(bundle().state).items():
        assert key not in after
        assert len(value) < 8 or value not in after
    # The keys of the record are new each time, and so is where a label falls: at an end of the map it has one neighbour.
    found = re.fullmatch(
        r"\nfacts 1\nfact steps/road/B/I\nabsent ([12])\n((?:leaf \d+ \S{44} \S{44}\npath \d+\n(?:\S{44}\n)+)+)",
        after,
    )
    assert found and found[2].count("leaf ") == int(found[1])
    assert SECRET not in text and "~" in text and text.count("~") == 1


def test_a_guessed_value_cannot_be_tested_by_whoever_lacks_the_record() -> None:
    facts = facts_of(bundle().state)
    ours, other = tree_of(bundle()), FactTree(bundle().origin, facts, bytes(32))
    assert ours.salt(HELD) != other.salt(HELD) and ours.root != other.root
    assert [leaf.label for leaf in ours.shown(LACKING)] == [leaf.label for leaf in other.shown(LACKING)]
    assert all(a.commitment != b.commitment
               for a, b in zip(ours.shown(LACKING), other.shown(LACKING), strict=True))  # fmt: skip


def test_with_any_byte_changed_it_proves_nothing() -> None:
    raw = proof_of(HELD, LACKING)
    key = raw.index(f"fact {LACKING}\n".encode()) + len("fact ")
    for place in range(len(raw)):
        inside = key <= place < key + len(LACKING)
        if not inside and (raw[place : place + 1] == b"\n" or place % 3 == 0):
            code_of(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
    for cut in (raw[:-1], raw + b"x", raw + b"\n", b""):
        code_of(cut)


def test_another_key_in_the_place_of_the_one_asked_proves_at_most_its_own_absence() -> None:
    """Where its label falls is chance: into the same gap, and it is absent indeed; or elsewhere, and it is refused."""
    raw, facts = proof_of(LACKING), facts_of(bundle().state)
    asked = f"fact {LACKING}\n".encode()
    for other in (f"admitted/Z{number}" for number in range(200)):
        try:
            proved = verified(raw.replace(asked, f"fact {other}\n".encode()))
        except Refused as refused:
            assert refused.refusals[0].code == "facts.absent"
        else:
            assert [(fact.key, fact.value) for fact in proved.facts] == [(other, None)] and other not in facts
    for held in facts:
        assert code_of(raw.replace(asked, f"fact {held}\n".encode())) == "facts.absent"


def absence(key: str, indices: tuple[int, ...]) -> bytes:
    """A file that claims `key` is absent by the leaves at these places."""
    raw = proof_of(LACKING)
    head = raw[: raw.index(b"\nfact ")]
    tree = tree_of(bundle())
    said = f"\nfact {key}\nabsent {len(indices)}\n"
    for index in indices:
        leaf = tree.leaf(index)
        said += f"leaf {index} {encode_base64(leaf.label)} {encode_base64(leaf.commitment)}\npath {len(leaf.path)}\n"
        said += "".join(f"{encode_base64(node)}\n" for node in leaf.path)
    return head + said.encode()


def place_of(key: str) -> int:
    labels = sorted(label_of(bundle().origin, held) for held in facts_of(bundle().state))
    return labels.index(label_of(bundle().origin, key))


def test_what_is_there_cannot_be_proved_absent() -> None:
    last = len(facts_of(bundle().state)) - 1
    inner = sorted(facts_of(bundle().state), key=place_of)[last // 2]
    at = place_of(inner)
    for indices in (
        (at - 1, at + 1),
        (at, at + 1),
        (at - 1, at),
        (at + 1, at - 1),
        (at,),
        (0,),
        (last,),
        (at - 1,),
        (),
    ):
        assert code_of(absence(inner, indices)) == "facts.absent"


def test_both_ends_of_the_map_prove_absence_with_one_neighbour() -> None:
    tree, last = tree_of(bundle()), len(facts_of(bundle().state)) - 1
    ends: set[int] = set()
    for number in range(1, 300_000):  # where a label falls is chance: the gap at an end may be narrow
        key = f"admitted/Z{number}"
        leaves = tree.shown(key)
        if len(leaves) == 1 and leaves[0].index not in ends:
            ends.add(leaves[0].index)
            assert verified(proof_of(key)).facts[0].value is None
        if len(ends) == 2:
            break
    assert ends == {0, last}


def test_a_value_that_is_not_the_one_signed_is_refused() -> None:
    raw = proof_of(HELD)
    value = f"present {bundle().size}\n".encode()
    assert code_of(raw.replace(value, b"present 3\n")) == "proof.root"
    assert code_of(raw.replace(f"fact {HELD}".encode(), f"fact {LACKING}".encode())) == "proof.root"


def test_too_few_signers_prove_nothing() -> None:
    with pytest.raises(Refused) as refusing:
        proof_of(HELD, by=statement(WITNESSES[0]))
    assert refusing.value.refusals[0].code == "statement.quorum"
    assert verified(proof_of(HELD, by=statement(*WITNESSES))).anchored.signers == WITNESSES


def test_a_convening_act_that_the_convenor_did_not_sign_names_nobody() -> None:
    """Though the log and the quorum had signed that it stands there."""
    talks, process = small(), bundle().state.convened
    body, _, signature = bundle().registry[0][1][:-1].rpartition(b".")
    forged = body + b"." + (b"A" if signature[:1] != b"A" else b"B") + signature[1:]
    edge = Edge.empty().append(leaf_hash(forged))
    note = talks.depositary.checkpoint(talks.origin, process.log_key, edge)
    one = replace(bundle(), leaves=(leaf_hash(forged),), registry=((0, forged + b"~"),), note=note)
    said = signed(statement_on(one), *WITNESSES)
    raw = written(lambda out: write_proof_of_facts(out, one, said, ["phase"]))
    assert code_of(raw).startswith(("envelope.", "act.", "signature."))


def with_statement(raw: bytes, note: bytes) -> bytes:
    start, end = raw.index(b"statement "), raw.index(b"\nfacts ")
    return raw[:start] + b"statement %d\n" % note.count(10) + note[:-1] + raw[end:]


def test_another_statement_of_the_same_quorum_does_not_fit() -> None:
    raw, said = proof_of(HELD), statement_on(bundle())
    assert (
        code_of(with_statement(raw, signed(replace(said, facts_root=bytes(32)), *WITNESSES))) == "proof.root"
    )
    assert code_of(with_statement(raw, signed(replace(said, root=bytes(32)), *WITNESSES))) == "facts.root"
    assert code_of(with_statement(raw, signed(replace(said, size=3), *WITNESSES))) == "facts.root"
    assert (
        code_of(with_statement(raw, signed(replace(said, origin="detente/x"), *WITNESSES)))
        == "statement.origin"
    )
    assert code_of(with_statement(raw, signed(said, *WITNESSES, "stranger.example"))) == "statement.signature"
    assert code_of(with_statement(raw, signed(said, "stranger.example"))) == "note.unverified"


def test_the_root_is_that_of_rfc_6962_over_label_and_commitment() -> None:
    tree, facts = tree_of(bundle()), facts_of(bundle().state)
    leaves = {index: tree.leaf(index) for index in range(tree.size)}
    assert [leaf.label for leaf in leaves.values()] == sorted(label_of(bundle().origin, key) for key in facts)
    assert tree.root == root_of(leaf_hash(leaf.label + leaf.commitment) for leaf in leaves.values())


@pytest.mark.parametrize(("key", "code"), [("steps/road/C/I", "fact.side"), ("adopted/raod", "fact.text"),
                                           ("final/road", "fact.key"), ("irregular/99", "fact.act")])  # fmt: skip
def test_what_would_mislead_is_not_proved(key: str, code: str) -> None:
    with pytest.raises(Refused) as refusing:
        proof_of(key)
    assert refusing.value.refusals[0].code == code
