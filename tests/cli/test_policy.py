"""`detente verify --policy`, `detente witness --policy`: asking for more cosigners than have signed."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.acts.time import log_verifier
from detente.client.cosigner_key import make_cosigner_key
from detente.depositary.certifying import certify_copy
from detente.procedure.disclosure import Viewer
from detente.procedure.witnessing import policy_of
from detente.tlog.policy_file import format_policy
from detente.tlog.signed_note import format_vkey
from tests.cli.speaking import refused, say
from tests.depositary.talks import NOW, WITNESSES, Talks, cosigner_named, open_host
from tests.proofs.test_one_act import proof_inside

A, B, STRANGER = (format_vkey(cosigner_named(name).key) for name in (*WITNESSES[:2], "stranger.example"))


@pytest.fixture
def talks() -> Talks:
    """Talks that name three cosigners and ask for two; the first alone has signed what stands."""
    talks = Talks(open_host(), cosigners=WITNESSES, quorum=2).convene().seat()
    talks.cosign(NOW, names=WITNESSES[:1])
    return talks


@pytest.fixture
def copy(talks: Talks, tmp_path: Path) -> Path:
    file = tmp_path / "talks.detente"
    with file.open("wb") as out:
        certify_copy(talks.depositary, talks.origin, Viewer(None), NOW, out)
    return file


def written(folder: Path, *lines: str) -> Path:
    file = folder / "asked.policy"
    file.write_text("".join(f"{line}\n" for line in lines))
    return file


def test_enough_have_cosigned(copy: Path, tmp_path: Path) -> None:
    policy = written(tmp_path, f"witness a {A}", f"witness b {B}", "group g any a b", "quorum g")
    said = say("verify", copy, "--policy", policy)
    assert (said.code, said.err) == (0, "")
    assert (
        said.out.startswith("Everything checks: ")
        and f"Policy     {policy}: enough have cosigned" in said.out
    )


@pytest.mark.parametrize("quorum", ["group g all a b\nquorum g", "quorum b"])
def test_too_few_have_cosigned(copy: Path, tmp_path: Path, quorum: str) -> None:
    said = say("verify", copy, "--policy", written(tmp_path, f"witness a {A}", f"witness b {B}", quorum))
    assert "Too few have cosigned the checkpoint of 9 acts: " in refused(said, "policy.unmet")
    assert "missing: b." in said.err


def test_an_act_of_a_chamber_is_asked_for_in_the_main_log_too(talks: Talks, tmp_path: Path) -> None:
    """There its author's key was enrolled: whoever signs for the chamber alone says nothing of whose key it is."""
    talks.do("B", "note", {"text": "Ask the capital."}, chamber="side-B")
    policy = written(tmp_path, f"witness a {A}", f"witness b {B}", "group g all a b", "quorum g")
    file = tmp_path / "note.proof"
    file.write_bytes(proof_inside(talks, *WITNESSES[:2]))
    refused(say("verify", file, "--policy", policy), "policy.unmet")
    assert say("verify", file).out.partition("The key ")[2].count("Cosigned   by ") == 1
    talks.cosign(NOW, NOW, names=WITNESSES[:2])
    file.write_bytes(proof_inside(talks, *WITNESSES[:2]))
    said = say("verify", file, "--policy", policy)
    assert said.code == 0 and said.out.count("Cosigned   by ") == 4
    file.write_bytes(proof_inside(talks))
    refused(say("verify", file, "--policy", policy), "policy.unmet")


def test_without_a_policy_nothing_is_asked(copy: Path) -> None:
    said = say("verify", copy)
    assert said.code == 0 and "Policy" not in said.out


def test_whoever_the_record_does_not_name_can_be_asked_for_and_has_not_signed(
    copy: Path, tmp_path: Path
) -> None:
    refused(
        say("verify", copy, "--policy", written(tmp_path, f"witness s {STRANGER}", "quorum s")),
        "policy.unmet",
    )


def test_the_policy_of_the_process_itself(talks: Talks, copy: Path, tmp_path: Path) -> None:
    policy = written(tmp_path, format_policy(policy_of(talks.state)).rstrip("\n"))
    said = say("verify", copy, "--policy", policy)
    assert (
        "1 of 3 in “named+at+convening”, which asks for 2; missing: lighthouse.example, mill.example."
        in refused(said, "policy.unmet")
    )
    talks.cosign(NOW, names=WITNESSES[2:])
    with copy.open("wb") as out:
        certify_copy(talks.depositary, talks.origin, Viewer(None), NOW, out)
    assert say("verify", copy, "--policy", policy).code == 0


def test_a_policy_that_names_other_logs_believes_no_other(talks: Talks, copy: Path, tmp_path: Path) -> None:
    named = format_vkey(log_verifier(talks.origin, talks.log_key).key)
    other = format_vkey(log_verifier(talks.origin, talks.keeper_key).key)
    assert say("verify", copy, "--policy", written(tmp_path, f"log {named}", "quorum none")).code == 0
    refused(say("verify", copy, "--policy", written(tmp_path, f"log {other}", "quorum none")), "policy.log")


def test_a_policy_that_cannot_be_read_is_refused_by_its_line(copy: Path, tmp_path: Path) -> None:
    said = say("verify", copy, "--policy", written(tmp_path, "", "quorum nobody"))
    assert "Line 2: no line before it defines “nobody”." in refused(said, "policy.unknown")


# --- a receipt beside its act


@pytest.fixture
def receipt(talks: Talks, tmp_path: Path) -> Path:
    """As a terminal keeps the two."""
    (entry, *_) = list(talks.depositary.store.entries(talks.origin, 3, 4))
    (tmp_path / "main-000004.act").write_bytes(entry.entry + b"~")
    file = tmp_path / "main-000004.tlog-proof"
    file.write_bytes(talks.depositary.receipt(talks.origin, 3).proof)
    return file


@pytest.mark.parametrize("ending", [".act", ".sd-jwt"])
def test_a_receipt_is_checked_beside_its_act(
    talks: Talks, receipt: Path, tmp_path: Path, ending: str
) -> None:
    receipt.with_suffix(".act").rename(receipt.with_suffix(ending))
    log = f"log {format_vkey(log_verifier(talks.origin, talks.log_key).key)}"
    said = say("verify", receipt, "--policy", written(tmp_path, log, f"witness a {A}", "quorum a"))
    assert said.code == 0 and "as act 4 of 9" in said.out and talks.origin in said.out
    refused(
        say("verify", receipt, "--policy", written(tmp_path, log, f"witness b {B}", "quorum b")),
        "policy.unmet",
    )


def test_whose_a_receipt_is_only_a_policy_tells(receipt: Path, tmp_path: Path) -> None:
    refused(say("verify", receipt), "verify.policy")
    refused(say("verify", receipt, "--policy", written(tmp_path, "quorum none")), "policy.log")


def test_a_receipt_for_another_act_or_for_none(talks: Talks, receipt: Path, tmp_path: Path) -> None:
    policy = written(
        tmp_path, f"log {format_vkey(log_verifier(talks.origin, talks.log_key).key)}", "quorum none"
    )
    (other, *_) = list(talks.depositary.store.entries(talks.origin, 4, 5))
    receipt.with_suffix(".act").write_bytes(other.entry + b"~")
    refused(say("verify", receipt, "--policy", policy), "proof.root")
    receipt.with_suffix(".act").unlink()
    refused(say("verify", receipt, "--policy", policy), "receipt.act")


# --- a witness by policy


@pytest.fixture
def key(tmp_path: Path) -> str:
    return make_cosigner_key(tmp_path / "key", "harbour.example").vkey


def test_a_witness_refuses_a_policy_that_does_not_name_its_key(key: str, tmp_path: Path) -> None:
    policy = written(tmp_path, f"witness a {A}", "quorum a")
    assert "asked.policy: the policy does not name this witness’s key" in refused(
        say("witness", "--key", tmp_path / "key", "--policy", policy, "--once"), "witness.policy"
    )


def test_a_witness_follows_no_address_that_no_policy_names(key: str, talks: Talks, tmp_path: Path) -> None:
    log = format_vkey(log_verifier(talks.origin, talks.log_key).key)
    policy = written(tmp_path, f"log {log}", f"witness me {key}", "quorum me")
    elsewhere = f"http://127.0.0.1:1/processes/{'a' * 26}"
    words = ("witness", "--key", tmp_path / "key", "--policy", policy, "--once")
    assert f"No policy names the log detente/{'a' * 26}" in refused(say(*words, elsewhere), "witness.policy")
    policy = written(tmp_path, f"log {log} {elsewhere}", f"witness me {key}", "quorum me")
    assert "has the address of another log" in refused(say(*words), "witness.policy")


def test_two_policies_that_name_two_keys_for_one_log(key: str, talks: Talks, tmp_path: Path) -> None:
    files = []
    for name, public in (("one", talks.log_key), ("two", talks.keeper_key)):
        log = format_vkey(log_verifier(talks.origin, public).key)
        (tmp_path / name).mkdir()
        files += ["--policy", written(tmp_path / name, f"log {log}", f"witness me {key}", "quorum me")]
    said = say("witness", "--key", tmp_path / "key", *files, "--once")
    assert f"another policy names another key for {talks.origin}" in refused(said, "witness.policy")
