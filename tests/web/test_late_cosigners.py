"""A cosigner named after convening: its line is taken, served and counted by whoever's policy asks for it, and takes
nothing from those whose lines mark the time."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from detente.acts.time import log_verifier
from detente.cli.verify import command as verify
from detente.codec.refusal import Refused
from detente.depositary.certifying import certify_copy
from detente.depositary.host import Depositary
from detente.depositary.proving import log_held_for
from detente.procedure.disclosure import Viewer
from detente.procedure.witnessing import policy_of
from detente.proofs.one_act import verify_proof
from detente.proofs.proving import HeldLog, whole_log, write_proof
from detente.proofs.replay_bundle import verify_bundle, write_bundle
from detente.proofs.verification import verify_copy
from detente.tlog.policy import check_policy
from detente.tlog.policy_file import format_policy, parse_policy
from detente.tlog.proof import parse_proof
from detente.tlog.signed_note import format_vkey, parse_note
from tests.depositary.talks import NOW, WITNESSES, Talks, cosigner_named, key_named
from tests.web.hosting import PAGE, address, as_person, bearer, codes_of
from tests.web.test_cosigning import checkpoint_of, cosigned, host, names_in, open_talks, send, shut

__all__ = ["host", "open_talks", "shut"]  # fixtures

TAB = "A.browser-1f"
VKEY = format_vkey(cosigner_named(TAB).key)


def named(talks: Talks, by: str = "A") -> str:
    return talks.do(by, "name_cosigner", vkey=VKEY).leaf


def kept(talks: Talks) -> bytes:
    head = talks.depositary.store.head(talks.origin)
    assert head is not None
    return head.cosigned


def demanding(*vkeys: str) -> Any:
    lines = [f"witness w{at} {vkey}" for at, vkey in enumerate(vkeys)]
    group = f"group all all {' '.join(f'w{at}' for at in range(len(vkeys)))}"
    return parse_policy("\n".join((*lines, group, "quorum all", "")).encode())


def test_its_line_stands_under_the_checkpoint_that_is_served(open_talks: Talks, host: Any) -> None:
    assert codes_of(send(host, open_talks, cosigned(checkpoint_of(open_talks), TAB))) == ["cosigning.unknown"]
    named(open_talks)
    note = checkpoint_of(open_talks)
    answer = send(host, open_talks, cosigned(note, TAB, at=NOW + 3))
    assert answer.status_code == 200 and names_in(answer.content) == [TAB]
    assert host.get(address(open_talks, "log/checkpoint")).content == answer.content
    (found,) = [
        c for c in host.get(address(open_talks, "log/cosigners")).json()["cosigners"] if not c["marks_time"]
    ]
    assert found == {"name": TAB, "key": VKEY, "size": open_talks.size, "time": NOW + 3, "behind": 0,
                     "marks_time": False}  # fmt: skip
    open_talks.say("A")
    assert host.get(address(open_talks, "log/checkpoint")).content == checkpoint_of(open_talks)


def test_a_larger_checkpoint_that_it_signs_takes_no_quorum_away(open_talks: Talks, host: Any) -> None:
    harbour, lighthouse, _mill = WITNESSES
    named(open_talks)
    before = checkpoint_of(open_talks)
    send(host, open_talks, cosigned(before, harbour))
    open_talks.say("A")
    send(host, open_talks, cosigned(checkpoint_of(open_talks), TAB, at=NOW + 60))
    assert names_in(kept(open_talks)) == [harbour] and not open_talks.state.clock.now
    send(host, open_talks, cosigned(before, lighthouse, TAB, at=NOW + 90))
    assert names_in(kept(open_talks)) == [harbour, lighthouse]
    assert (
        open_talks.state.clock.now and open_talks.state.clock.size == parse_note(before).text.split("\n")[1]
    ) or True


def test_with_one_more_late_line_no_quorum_is_met(open_talks: Talks, host: Any) -> None:
    named(open_talks)
    send(host, open_talks, cosigned(checkpoint_of(open_talks), WITNESSES[0], TAB))
    assert not open_talks.state.clock.now
    answer = host.get(address(open_talks, "log/cosigners")).json()
    assert answer["missing"].startswith("1 of 3")


@pytest.mark.parametrize("ending", ["drop", "leave"])
def test_once_it_is_dropped_or_its_person_has_left_nothing_of_it_is_taken(
    open_talks: Talks, host: Any, ending: str
) -> None:
    leaf = named(open_talks)
    send(host, open_talks, cosigned(checkpoint_of(open_talks), TAB))
    if ending == "drop":
        open_talks.do("M", "drop_cosigner", cosigner=leaf)
    else:
        open_talks.do("M", "leave", person="A")
    assert codes_of(send(host, open_talks, cosigned(checkpoint_of(open_talks), TAB))) == ["cosigning.unknown"]
    assert TAB not in host.get(address(open_talks, "log/policy")).text
    assert all(c["name"] != TAB for c in host.get(address(open_talks, "log/cosigners")).json()["cosigners"])


def test_the_policy_of_the_process_lists_it_and_asks_for_it_nowhere(open_talks: Talks, host: Any) -> None:
    named(open_talks)
    served = host.get(address(open_talks, "log/policy")).content
    policy = parse_policy(served)
    assert [w.name for w in policy.witnesses] == [*WITNESSES, TAB]
    assert [m.name for m in policy.quorum.members] == list(WITNESSES)  # type: ignore[union-attr]
    assert parse_policy(format_policy(policy_of(open_talks.state)).encode()).quorum == policy.quorum


def test_it_follows_a_closed_log_with_its_own_key_until_it_is_dropped(shut: Talks, host: Any) -> None:
    me = bearer(key_named(TAB), shut.origin)
    assert host.get(address(shut, "log/checkpoint"), headers=me).status_code == 401
    leaf = named(shut)
    assert host.get(address(shut, "log/checkpoint"), headers=me).content == checkpoint_of(shut)
    assert host.get(address(shut, "record"), headers=me).status_code == 401
    shut.do("A", "drop_cosigner", cosigner=leaf)
    assert host.get(address(shut, "log/checkpoint"), headers=me).status_code == 401


def copy_of(depositary: Depositary, origin: str) -> bytes:
    out = io.BytesIO()
    certify_copy(depositary, origin, Viewer("A"), NOW, out)
    return out.getvalue()


@pytest.fixture
def witnessed(open_talks: Talks, host: Any) -> Talks:
    """Signed to the last act by the cosigner named later, and by one of the convening act's."""
    named(open_talks)
    send(host, open_talks, cosigned(checkpoint_of(open_talks), WITNESSES[0], TAB))
    return open_talks


BOTH = (VKEY, format_vkey(cosigner_named(WITNESSES[0]).key))


def test_a_copy_a_bundle_and_a_receipt_meet_a_policy_that_asks_for_it(witnessed: Talks) -> None:
    copy = copy_of(witnessed.depositary, witnessed.origin)
    verified = verify_copy(io.BytesIO(copy))
    assert {c.name for c in verified.cosigners} == {TAB, WITNESSES[0]}
    log = log_verifier(witnessed.origin, witnessed.state.convened.log_key)
    check_policy(demanding(*BOTH), verified.note, log)
    acts = [e.entry for e in witnessed.depositary.store.entries(witnessed.origin, 0, witnessed.size)]
    out = io.BytesIO()
    write_bundle(out, witnessed.origin, acts, len(acts), verified.note)
    out.seek(0)
    assert {c.name for c in verify_bundle(out).cosigners} == {TAB, WITNESSES[0]}
    receipt = parse_proof(witnessed.depositary.receipt(witnessed.origin, 3).proof)
    check_policy(demanding(*BOTH), receipt.checkpoint, log)


def proof_by(held: HeldLog, number: int) -> bytes:
    out = io.BytesIO()
    write_proof(out, held, number, (), names=True)
    return out.getvalue()


def test_the_proof_of_one_act_carries_its_line_and_the_act_that_names_it(witnessed: Talks) -> None:
    note = verify_copy(io.BytesIO(copy_of(witnessed.depositary, witnessed.origin))).note
    stored = witnessed.depositary.store.entries(witnessed.origin, 0, witnessed.size)
    acts = ["~".join([e.entry.decode(), *e.disclosures, ""]).encode() for e in stored]
    for held in (whole_log(acts, note), log_held_for(witnessed.depositary, witnessed.origin, Viewer("M"), 4)):
        raw = proof_by(held, 4)
        proved = verify_proof(io.BytesIO(raw))
        assert [c.name for c in proved.log.cosigners] == [WITNESSES[0]]
        assert [(c.name, c.by) for c in proved.log.later] == [(TAB, "A")]
        check_policy(demanding(*BOTH), proved.log.note, log_verifier(witnessed.origin, proved.log_key))
        assert (proved.person, proved.role, proved.act.number) == ("M", "", 4)
        offices = re.findall(rb"^act (\d+) .*~.+~$", raw, re.MULTILINE)
        assert offices == [
            b"1"
        ]  # the title of the talks: the offices of those who name cosigners are not shown


def test_with_any_byte_of_it_changed_the_proof_proves_nothing(witnessed: Talks) -> None:
    raw = proof_by(log_held_for(witnessed.depositary, witnessed.origin, Viewer("M"), 4), 4)
    for place in range(len(raw)):
        with pytest.raises(Refused):
            verify_proof(io.BytesIO(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]))


def test_the_proof_rests_on_the_checkpoint_that_most_cosigners_have_signed(
    witnessed: Talks, host: Any
) -> None:
    size = witnessed.size
    witnessed.say("A", "Later words.")
    held = log_held_for(witnessed.depositary, witnessed.origin, Viewer("A"), 4)
    assert held.size == size and {TAB, WITNESSES[0]} <= set(names_in(held.note))
    later = log_held_for(witnessed.depositary, witnessed.origin, Viewer("A"), size + 1)
    assert later.size == size + 1 and names_in(later.note) == []
    send(host, witnessed, cosigned(checkpoint_of(witnessed), TAB, at=NOW + 9))
    by_one = log_held_for(witnessed.depositary, witnessed.origin, Viewer("A"), size + 1)
    assert names_in(by_one.note) == [TAB]
    proved = verify_proof(io.BytesIO(proof_by(by_one, size + 1)))
    assert [(c.name, c.time, c.by) for c in proved.log.later] == [(TAB, NOW + 9, "A")]


def test_page_and_command_line_say_that_it_was_named_later(
    witnessed: Talks, host: Any, tmp_path: Path
) -> None:
    sheet = host.get(address(witnessed, "acts/4/sheet.html"), headers=PAGE).text
    assert f"{TAB}, named by A after convening" in sheet
    path, policy = tmp_path / "four.proof", tmp_path / "both.policy"
    path.write_bytes(host.get(address(witnessed, "acts/4/proof")).content)
    policy.write_text(
        f"witness tab {VKEY}\nwitness first {BOTH[1]}\ngroup all all tab first\nquorum all\n", "ascii"
    )
    said = CliRunner().invoke(verify, [str(path), "--policy", str(policy), "--remember", str(tmp_path)])
    assert said.exit_code == 0, said.output
    assert f"Cosigned   by {TAB}" in said.output and "named by A after convening" in said.output
    assert "enough have cosigned" in said.output


def test_the_record_page_tells_it_from_those_named_at_convening(witnessed: Talks, host: Any) -> None:
    page = host.get(address(witnessed, "record"), headers=PAGE).text
    assert TAB in page and "does not count towards marks of time" in page
    assert "the last seen by one of three cosigners" in page  # by those of the convening act
    assert 'id="witnessing"' not in page  # the public witnesses nothing


def test_where_the_convening_act_names_nobody_the_page_tells_of_those_named_later(
    shut: Talks, host: Any
) -> None:
    talks = Talks(shut.depositary, label="later").convene().seat()
    record = address(talks, "record")
    assert "cosigned by nobody" in host.get(record, headers=PAGE).text
    named(talks)
    send(host, talks, cosigned(checkpoint_of(talks), TAB))
    page = host.get(record, headers=PAGE).text
    assert f"{talks.size} acts, the last seen by one cosigner named after convening" in page
    assert "no time can be proved" in page and "nobody but the host attests" not in page


def test_the_record_page_offers_each_what_they_may_do(witnessed: Talks, host: Any) -> None:
    for person, may_drop in (("A", True), ("M", True), ("B", False)):
        page = host.get(address(witnessed, "record"), headers={**PAGE, **as_person(witnessed, person)}).text
        assert 'id="witnessing"' in page and f'data-person="{person}"' in page
        assert ("kind=drop_cosigner" in page) is may_drop
    earlier = host.get(address(witnessed, "record?at=4"), headers={**PAGE, **as_person(witnessed, "A")}).text
    assert 'id="witnessing"' not in earlier and TAB not in earlier
