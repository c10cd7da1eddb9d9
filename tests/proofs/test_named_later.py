"""Statements and what rests on them, where a cosigner named after convening has signed too: its lines hold, the file
shows who named it, and they count for whoever's policy asks for them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from msgspec.structs import replace

from detente.acts.time import log_verifier
from detente.cli.verifying.verified_snapshot import check_stated
from detente.codec.refusal import Refused
from detente.depositary.cosigning import keep_cosignatures
from detente.depositary.late_lines import with_late_lines
from detente.proofs.later_acts import go_on, write_later_acts
from detente.proofs.proof_of_facts import verify_proof_of_facts, write_proof_of_facts
from detente.proofs.replay_bundle import VerifiedBundle, write_bundle
from detente.proofs.state_statement import statement_on
from detente.proofs.verified_snapshot import open_snapshot, write_snapshot
from detente.tlog.merkle import nodes_over
from detente.tlog.policy import check_policy
from detente.tlog.policy_file import parse_policy
from detente.tlog.signed_note import format_vkey, only_signed_by, parse_note
from tests.depositary.talks import NOW, WITNESSES, Talks, cosigner_named, open_host
from tests.proofs.stated import folded, signed, written

MACHINE = "machine-of-B"
KEY = cosigner_named(MACHINE).key
POLICY = parse_policy(f"witness late {format_vkey(KEY)}\nquorum late\n".encode())


def note_of(talks: Talks) -> bytes:
    head = talks.depositary.store.head(talks.origin)
    assert head is not None
    return with_late_lines(talks.depositary.store, talks.state, head.cosigned or head.checkpoint)


def watched() -> Talks:
    """A record in which B has named a machine, which has cosigned it to its end."""
    talks = Talks(open_host(), cosigners=WITNESSES, quorum=2).convene().seat().open_text()
    talks.do("B", "name_cosigner", vkey=format_vkey(KEY))
    return cosigned(talks)


def cosigned(talks: Talks) -> Talks:
    talks.cosign(NOW + 1, NOW + 2)
    line = cosigner_named(MACHINE).sign(parse_note(note_of(talks)).text, NOW + 3)
    keep_cosignatures(talks.depositary, talks.origin, (line,))
    return talks


def acts_of(talks: Talks) -> list[bytes]:
    return [entry.entry for entry in talks.depositary.store.entries(talks.origin, 0, talks.size)]


def bundle_of(talks: Talks) -> VerifiedBundle:
    acts = acts_of(talks)
    return folded(written(lambda out: write_bundle(out, talks.origin, acts, len(acts), note_of(talks))))


@pytest.fixture(scope="module")
def bundle() -> VerifiedBundle:
    return bundle_of(watched())


def statement(bundle: VerifiedBundle, *names: str) -> bytes:
    return signed(statement_on(bundle), *(names or (*WITNESSES[:2], MACHINE)))


def facts(bundle: VerifiedBundle, by: bytes) -> bytes:
    return written(lambda out: write_proof_of_facts(out, bundle, by, ["admitted/A"]))


def anchored(raw: bytes) -> Any:
    return verify_proof_of_facts(io.BytesIO(raw)).anchored


def test_a_proof_of_facts_carries_its_lines_and_who_named_it(bundle: VerifiedBundle) -> None:
    found = anchored(facts(bundle, statement(bundle)))
    assert [(c.name, c.by) for c in found.later] == [(MACHINE, "B")]
    assert [c.name for c in found.cosigners] == list(WITNESSES[:2]) and found.signers == WITNESSES[:2]
    check_policy(POLICY, found.note, log_verifier(bundle.origin, found.process.log_key))
    check_stated(POLICY, found.keys)


def test_a_policy_tells_a_record_that_it_has_only_cosigned(bundle: VerifiedBundle) -> None:
    found = anchored(facts(bundle, statement(bundle, *WITNESSES[:2])))
    check_policy(POLICY, found.note, log_verifier(bundle.origin, found.process.log_key))
    with pytest.raises(Refused) as refusing:
        check_stated(POLICY, found.keys)
    assert refusing.value.refusals[0].code == "policy.unmet"


def test_its_line_makes_no_quorum(bundle: VerifiedBundle) -> None:
    with pytest.raises(Refused) as refusing:
        facts(bundle, statement(bundle, WITNESSES[0], MACHINE))
    assert refusing.value.refusals[0].code == "statement.quorum"


def test_where_it_has_not_cosigned_the_record_its_statement_is_left_out(bundle: VerifiedBundle) -> None:
    process = bundle.state.convened
    keys = (
        log_verifier(process.origin, process.log_key).key,
        *(cosigner_named(name).key for name in WITNESSES),
    )
    found = anchored(facts(replace(bundle, note=only_signed_by(bundle.note, keys)), statement(bundle)))
    assert found.later == () and KEY not in found.keys


def test_with_any_byte_changed_it_proves_nothing(bundle: VerifiedBundle) -> None:
    raw = facts(bundle, statement(bundle))
    for place in range(0, len(raw), 3):
        with pytest.raises(Refused):
            anchored(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])


def test_without_the_act_that_names_it_its_line_is_a_strangers(bundle: VerifiedBundle) -> None:
    raw = facts(bundle, statement(bundle))
    start, end = raw.index(b"\nact ", raw.index(b"\npath ")), raw.index(b"\ncheckpoint ")
    with pytest.raises(Refused) as refusing:
        anchored(raw[:start] + raw[end:])
    assert refusing.value.refusals[0].code == "facts.signature"


def test_a_snapshot_goes_on_with_a_checkpoint_that_it_has_signed() -> None:
    talks = watched()
    before = bundle_of(talks)
    raw = written(lambda out: write_snapshot(out, before, statement(before)))
    snapshot = open_snapshot(io.BytesIO(raw))
    check_stated(POLICY, snapshot.anchored.keys)
    talks.say("A", "Later words.")
    cosigned(talks)
    acts, read = acts_of(talks)[before.size :], nodes_over(bundle_of(talks).leaves)
    later = written(lambda out: write_later_acts(out, talks.origin, before.size, acts, note_of(talks), read))
    found = go_on(io.BytesIO(later), snapshot)
    assert MACHINE in {c.name for c in found.cosigners}
    check_policy(POLICY, found.note, log_verifier(talks.origin, talks.state.convened.log_key))
