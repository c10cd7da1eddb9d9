"""Acting from a terminal: a key of one's own, the record verified here, what is signed shown before it is signed, and
receipts that prove it, over a host that is killed, that forgets, and that lies."""

from __future__ import annotations

import io
import json
import shutil
import stat
import subprocess
import time
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from detente.acts.authoring import Place, author_act
from detente.acts.kinds import BY_NAME
from detente.acts.time import log_verifier
from detente.cli.keys_folder import AtTheTable, held_keys
from detente.client.chamber_keys import opened_epochs
from detente.client.keyring import Keyring
from detente.client.outbox import kept_receipts, send
from detente.client.replica import read_replica
from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.refusal import Refused
from detente.depositary.opening import open_data
from detente.proofs.parts import parts_of
from detente.sealing.identity import make_identity
from detente.sealing.key_box import open_content
from detente.signing.envelope import parse_envelope
from detente.signing.reader_token import make_reader_token
from detente.tlog.merkle import leaf_hash
from detente.tlog.proof import check_proof, parse_proof
from tests.cli.acting import Terminal, convened, numbered, words_of
from tests.cli.speaking import PATIENCE, PROGRAM, refused, say
from tests.depositary.talks import NOW, force
from tests.room.serving import Server

TEXT = "Article 1. Purpose\n1(1) The road stays open.\n1(2) A commission meets each month."


def at_the_table(terminal: Terminal) -> AtTheTable:
    keyring = Keyring(terminal.folder)
    return AtTheTable(keyring, held_keys(keyring, terminal.process))


def test_from_an_invitation_to_an_assent(mediator: Terminal, delegate: Terminal, tmp_path: Path) -> None:
    people = {"A": delegate}
    for person, role, side in (("B", "delegate", "B"), ("PA", "principal", "A"), ("PB", "principal", "B")):
        mediator.does(
            "admit", f"person={person}", f"role={role}", f"side={side}", f"title=Office of {person}"
        )
        people[person] = Terminal(
            mediator.address.partition("/processes")[0], tmp_path / person, mediator.process
        )
        people[person].enters(mediator, person)
    early = people["PA"].does("grant_mandate", "holder=A", "capacities=assent", "terms=ad referendum")
    mediator.does("confirm_fingerprint", "key=PA")
    mediator.does("confirm_fingerprint", "key=PB")
    people["PA"].does("revoke_mandate", f"mandate=#{early}")
    for principal, holder in (("PA", "A"), ("PB", "B")):
        people[principal].does(
            "grant_mandate", f"holder={holder}", "capacities=assent", "terms=ad referendum"
        )
    mediator.does("table_rules", "decision=unanimity")
    for side in ("A", "B"):
        people[side].does("adopt_rules")
    mediator.does("open_instrument", "instrument=accord", "basis=contract", "title=Accord")
    mediator.does("issue", "instrument=accord", f"text={TEXT}")
    mediator.does("circulate", "instrument=accord", "to=A, B")
    people["B"].does("propose_alternative", "instrument=accord", "provision=1(2)", "text=It meets each week.")
    before = at_the_table(delegate).replica.record.size
    assent = ("assent", "instrument=accord", "terms=ad referendum")
    said = delegate.act(*assent, "--yes")
    assert "Article 1(2)" in refused(said, "ladder.bracket_open") and "Instead: " in said.err
    assert at_the_table(delegate).replica.record.size == before
    people["B"].does("withdraw_alternative", "instrument=accord", "provision=1(2)", "alternative=B's text")
    said = delegate.act(*assent, "--yes")
    assert (
        "assented to edition 1" in said.out and "Under                   The powers granted in #" in said.out
    )
    assert "Adopted?                No, and so it stays" in said.out
    said = people["B"].act(*assent, "--yes")
    assert "Adopted?                No, then Yes" in said.out
    shown = say("status", mediator.address, "--keys", delegate.folder, "--json").json()
    assert shown["instruments"][0]["adopted"] is True
    earlier = say(
        "status", mediator.address, "--keys", delegate.folder, "--json", "--at", str(numbered(said) - 1)
    )
    assert earlier.json()["instruments"][0]["adopted"] is False
    every_receipt_proves_its_act(delegate)


def every_receipt_proves_its_act(terminal: Terminal) -> None:
    """With the log's key alone, as anybody can check it."""
    state = at_the_table(terminal).replica.verified.state
    receipts = terminal.kept("receipts/*.tlog-proof")
    assert receipts
    for file in receipts:
        leaf = leaf_hash(parse_envelope(file.with_suffix(".act").read_bytes()).entry)
        log = log_verifier(state.convened.origin, state.convened.log_key)
        proved = check_proof(parse_proof(file.read_bytes()), leaf, log)
        assert file.name == f"main-{proved.index + 1:06}.tlog-proof"


# --- keys


def test_a_key_is_private_and_joining_again_goes_on(
    mediator: Terminal, server: Server, tmp_path: Path
) -> None:
    mediator.does("admit", "person=A", "role=delegate", "side=A", "title=Harbour, head")
    delegate, link = Terminal(server.address, tmp_path / "A", mediator.process), mediator.invites("A")
    words = words_of(delegate.join(link, "--no-wait"))
    assert words_of(delegate.join(link, "--no-wait")) == words
    (file,) = delegate.kept("*.key")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    refused(delegate.act(), "key.not_in_force")
    server.kill()
    server.start()
    with subprocess.Popen(
        [PROGRAM, "join", link, "--keys", delegate.folder], stdout=subprocess.PIPE, text=True
    ) as waiting:
        assert waiting.stdout is not None
        said = read_until(waiting.stdout, "Ctrl-C")
        assert words in said  # the host forgot what waited; it was handed in again
        mediator.enrols(words)
        assert "Enrolled: Harbour, head (A)" in waiting.stdout.read()
        assert waiting.wait(PATIENCE) == 0
    shown = say("keys", "--keys", delegate.folder).out
    assert words in shown and mediator.process in shown


def test_a_second_key_is_invited_and_enrolled_by_oneself(
    mediator: Terminal, delegate: Terminal, server: Server, tmp_path: Path
) -> None:
    elsewhere = Terminal(server.address, tmp_path / "elsewhere", mediator.process)
    link = delegate.invites("A")
    words = words_of(elsewhere.join(link, "--no-wait"))
    assert words not in mediator.act().out
    delegate.enrols(words)
    assert elsewhere.join(link).code == 0
    (lost,) = delegate.kept("*.key")
    elsewhere.does("revoke_key", f"key={lost.stem}", "since=#3")
    refused(delegate.act(), "key.not_in_force")
    assert elsewhere.does("register_statement", "claims=other alone", "text=We go on.") > 0


def test_after_its_revocation_a_new_key_is_made_for_a_new_link(
    mediator: Terminal, delegate: Terminal
) -> None:
    mediator.does("revoke_key", "key=A")
    delegate.enters(mediator, "A")
    assert len(delegate.kept("*.key")) == 2
    assert delegate.does("register_statement", "claims=other alone", "text=We go on.") > 0


def test_a_link_that_is_none_is_refused_and_no_key_is_kept(mediator: Terminal, tmp_path: Path) -> None:
    for link, code in (
        ("not a link", "host.address"), ("ftp://host/processes/" + "a" * 26, "host.address"),
        (f"{mediator.address}/join", "invitation.absent"), (f"{mediator.address}/join#A.x", "invitation.absent"),
    ):  # fmt: skip
        assert "Instead: " in refused(say("join", link, "--keys", tmp_path / "none"), code)
    assert not (tmp_path / "none").exists()
    refused(
        say("join", f"{mediator.address}/join#A.a.b.c", "--keys", tmp_path / "none"), "invitation.not_valid"
    )


def test_a_key_file_that_was_exchanged_is_not_used(mediator: Terminal, delegate: Terminal) -> None:
    (file,) = delegate.kept("*.key")
    (other,) = mediator.kept("*.key")
    shutil.copy(other, file)
    assert file.name in refused(delegate.act(), "keyring.file")


# --- what is not signed


def test_nothing_is_signed_unless_it_is_confirmed(mediator: Terminal) -> None:
    size = at_the_table(mediator).replica.record.size
    with answering(mediator, "admit", "person=A", "role=delegate", "side=A", "title=Head") as asked:
        said = asked.stdout
        assert (
            said is not None
            and "Secretariat of the mediators admitted A as delegate of side A" in read_until(said, "Sign?")
        )
        _out, err = asked.communicate("n\n", PATIENCE)
    assert asked.returncode == 130 and "Stopped." in err
    assert at_the_table(mediator).replica.record.size == size and not mediator.kept("outbox/*")


def answering(terminal: Terminal, *words: str) -> subprocess.Popen[str]:
    """`detente act`, which waits to be told whether to sign."""
    return running_at(terminal, "act", *words)


def running_at(terminal: Terminal, verb: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [PROGRAM, verb, terminal.process, *words, "--keys", terminal.folder], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def read_until(stream: Any, word: str) -> str:
    said = ""
    while word not in said:
        one = stream.read(1)
        assert one, said
        said += one
    return said


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["negotiate"], "act.unknown_kind"), (["convene"], "act.unknown_kind"),
        (["admit", "person"], "act.field_unreadable"), (["admit", "person=A", "person=B"], "act.field_unreadable"),
        (["admit", "person=A", "role=delegate", "side=A", "office=9"], "minutes.value"),
        (["admit", "person=A", "role=delegate", "colour=red", "title=x"], "act.field_unknown"),
        (["admit", "person=A"], "act.field_missing"),
        (["assent", "instrument=none", "terms=definitive"], "participation.role"),
        (["note", "text=x", "--log", "side-A"], "log.audience"),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_refused_in_words(mediator: Terminal, words: list[str], code: str) -> None:
    said = mediator.act(*words, "--yes")
    assert said.code == 1 and code in said.err and "Instead: " in said.err and "Sign?" not in said.out
    assert not mediator.kept("outbox/*")


def test_a_form_that_lacks_something_says_which_fields_there_are(mediator: Terminal) -> None:
    said = refused(mediator.act("admit", "person=A"), "act.field_missing")
    assert "role, one of " in said and "delegate" in said and "title" in said


def test_without_a_key_one_is_told_how_to_have_one(tmp_path: Path) -> None:
    for process in ("abc", f"http://localhost:1/processes/{'a' * 26}"):
        assert "detente join" in refused(say("act", process, "--keys", tmp_path), "keyring.absent")


def test_what_is_written_in_a_chamber_is_sealed_before_it_leaves_this_machine(delegate: Terminal) -> None:
    note = ("note", "text=Hold the line.", "--log", "side-A")
    assert "host could read" in refused(delegate.act(*note, "--yes"), "sealing.not_begun")
    assert "no key yet" in delegate.chambers().out
    assert (
        "make and print"
        in refused(delegate.chambers("seal", "side-A", "--yes"), "sealing.no_recovery").lower()
    )
    on_paper(delegate)
    assert delegate.chambers("seal", "side-A", "--yes").code == 0
    said = delegate.act(*note, "--yes")
    assert "Hold the line." in said.out and "so that the host cannot" in said.out
    assert "In the record: act 2 of side-A." in said.out
    raw = delegate.kept("receipts/side-A-000002.act")[0].read_bytes()
    sealed = {json.loads(decode_base64url(part))[1]: json.loads(decode_base64url(part))[2]
              for part in raw.decode().split("~")[1:-1]}  # fmt: skip
    assert set(sealed) == {"sealed", "epoch"}
    chamber = opened_epochs(at_the_table(delegate).replica.record, "side-A", [at_the_table(delegate).held])
    (inside,) = open_content(sealed["sealed"], chamber[sealed["epoch"]])
    assert json.loads(decode_base64url(inside))[1:] == ["text", "Hold the line."]
    read = say("read", delegate.process[:8], "--log", "side-A", "--keys", delegate.folder)
    assert "Hold the line." in read.out.splitlines()[1] and read.out.startswith("#1 ")
    assert "admitted" in say("read", delegate.process[:8], "--keys", delegate.folder).out
    elsewhere = say("read", delegate.process[:8], "--log", "side-B", "--keys", delegate.folder)
    assert "mediators-A" in refused(elsewhere, "log.audience")


def test_words_are_committed_to_and_revealed_to_the_letter(delegate: Terminal) -> None:
    """Trailing spaces, lines and quotation marks included; the host learns them when they are revealed."""
    words = ' "The fifth",  or \n the sixth. '
    on_paper(delegate)
    assert delegate.chambers("seal", "side-A", "--yes").code == 0
    delegate.does("note", f"text={words}", "--log", "side-A")
    position = ("position", delegate.process[:8])
    tail = ("side-A", "2", "--yes", "--keys", delegate.folder)
    refused(say(*position, "reveal", *tail), "position.unknown")
    refused(
        say(*position, "commit", "side-A", "1", "--yes", "--keys", delegate.folder), "position.nothing_sealed"
    )
    assert "stay sealed until they are revealed" in say(*position, "commit", *tail).out
    refused(say(*position, "commit", *tail), "position.committed")
    revealed = say(*position, "reveal", *tail)
    assert "revealed the words committed to" in revealed.out, revealed.err
    record = at_the_table(delegate).replica.record
    (act,) = record.find(1, kind="reveal_position")
    assert act.opened["text"].split() == words.split()


def test_an_exhibit_is_sealed_here_and_opened_by_those_who_may_read_it(
    mediator: Terminal, delegate: Terminal, server: Server, tmp_path: Path
) -> None:
    canary = b"a photograph that the host does not see " * 9000
    photograph = tmp_path / "Bridge, 3 May.jpg"
    photograph.write_bytes(canary)
    process = delegate.process[:8]
    said = say("present", process, photograph, "--title", "The bridge", "--yes", "--keys", delegate.folder)
    assert said.code == 0, said.err
    number = numbered(said)
    (sealed,) = Path(server.folder).rglob("files/*/*")
    databases = Path(server.folder).rglob("*.sqlite*")
    assert not any(canary[:40] in kept.read_bytes() for kept in (sealed, *databases))
    into = tmp_path / "opened"
    opened = say("exhibit", process, str(number), into, "--keys", mediator.folder)
    assert opened.code == 0, opened.err
    assert [file.name for file in into.iterdir()] == [photograph.name]
    assert (into / photograph.name).read_bytes() == canary
    refused(say("exhibit", process, str(number), into, "--keys", mediator.folder), "file.exists")
    refused(say("exhibit", process, "1", into, "--keys", mediator.folder), "evidence.unknown")
    for_own = say("present", process, photograph, "--readers", "A", "--yes", "--keys", delegate.folder)
    away = tmp_path / "away"
    refused(
        say("exhibit", process, str(numbered(for_own)), away, "--keys", mediator.folder),
        "sealing.not_for_you",
    )
    raw = bytearray(sealed.read_bytes())
    raw[-1] ^= 1
    sealed.write_bytes(raw)
    refused(say("exhibit", process, str(number), away, "--keys", mediator.folder), "file.digest")
    assert list(away.iterdir()) == []
    delegate.does("erase", f"originals=#{number}", "writer=A", "ground=consent")
    assert not sealed.exists()
    refused(say("exhibit", process, str(number), away, "--keys", delegate.folder), "file.unknown")


def on_paper(terminal: Terminal) -> str:
    """The recovery key that the program shows, written down, and its end typed back."""
    with running_at(terminal, "chambers", "paper", "--yes") as asked:
        assert asked.stdout is not None and asked.stdin is not None
        shown = read_until(asked.stdout, "last four letters:")
        paper = "".join(line.strip() for line in shown.splitlines() if line.startswith("    ")).replace(
            " ", ""
        )
        said, complaints = asked.communicate(f"{paper[-4:]}\n", PATIENCE)
    assert asked.returncode == 0, complaints
    assert "In the record" in said
    return paper


def test_who_comes_later_reads_what_was_sealed_once_a_member_has_shared_it(
    mediator: Terminal, delegate: Terminal, tmp_path: Path
) -> None:
    on_paper(delegate)
    assert delegate.chambers("seal", "side-A", "--yes").code == 0
    delegate.act("note", "text=Hold the line.", "--log", "side-A", "--yes")
    mediator.does("admit", "person=PA", "role=principal", "side=A", "title=Harbour board")
    board = Terminal(delegate.address.partition("/processes")[0], tmp_path / "PA", delegate.process)
    board.enters(mediator, "PA")
    assert "your keys open 0 of its 1 keys" in board.chambers().out
    refused(board.chambers("share", "side-A", "--yes"), "sealing.not_for_you")
    assert "Next: share side-A" in delegate.chambers().out
    assert delegate.chambers("share", "side-A", "--yes").code == 0
    assert "everybody who belongs to it has its key" in board.chambers().out
    assert "Hold the line." in say("read", board.process[:8], "--log", "side-A", "--keys", board.folder).out
    refused(delegate.chambers("share", "side-A", "--yes"), "sealing.nobody")


def test_with_all_keys_lost_the_paper_opens_what_was_sealed(
    mediator: Terminal, delegate: Terminal, tmp_path: Path
) -> None:
    paper = on_paper(delegate)
    assert delegate.chambers("seal", "side-A", "--yes").code == 0
    delegate.act("note", "text=Hold the line.", "--log", "side-A", "--yes")
    mediator.does("revoke_key", "key=A")
    anew = Terminal(delegate.address.partition("/processes")[0], tmp_path / "anew", delegate.process)
    anew.enters(mediator, "A")
    read = ("read", anew.process[:8], "--log", "side-A", "--keys", anew.folder)
    assert "Hold the line." not in say(*read).out
    for typed, code in ((paper[:-1] + ("Q" if paper[-1] != "Q" else "P"), "sealing.identity"),
                        (make_identity(), "sealing.nothing_to_recover")):  # fmt: skip
        assert code in recovering(anew, typed)[1]
    assert recovering(anew, paper.lower())[0] == 0
    assert "Hold the line." in say(*read).out
    assert "sealing.nothing_to_recover" in recovering(anew, paper)[1]


def recovering(terminal: Terminal, typed: str) -> tuple[int, str]:
    with running_at(terminal, "chambers", "recover", "--yes") as asked:
        _said, complaints = asked.communicate(f"{typed}\n", PATIENCE)
    return asked.returncode, complaints


# --- a host that goes away, forgets, or lies


def test_what_was_signed_while_the_host_went_away_is_sent_again(mediator: Terminal, server: Server) -> None:
    with answering(mediator, "admit", "person=A", "role=delegate", "side=A", "title=Head") as asked:
        assert asked.stdout is not None
        read_until(asked.stdout, "Sign?")
        server.kill()
        _out, err = asked.communicate("y\n", PATIENCE)
    assert asked.returncode == 1 and "host.unreachable" in err and "Signed, and kept in" in err
    assert len(mediator.kept("outbox/*.act")) == 1
    assert "host.unreachable" in mediator.act().err
    server.start()
    assert numbered(mediator.act("--resend")) == 2
    assert not mediator.kept("outbox/*") and "A" in at_the_table(mediator).replica.verified.state.people


def test_an_act_that_was_stored_gets_its_receipt_again(mediator: Terminal) -> None:
    number = mediator.does("admit", "person=A", "role=delegate", "side=A", "title=Head")
    proof, act = mediator.kept("receipts/*-000002.tlog-proof")[0], mediator.kept("receipts/*-000002.act")[0]
    proof.unlink()
    act.rename(act.parents[1] / "outbox" / "as-if-the-answer-was-lost.act")
    after = mediator.act("register_statement", "claims=other alone", "text=We go on.", "--yes")
    assert f"In the record: act {number}." in after.out and numbered(after) == number + 1
    assert proof.exists()


def test_a_refusal_on_the_way_sets_the_act_aside(mediator: Terminal, tmp_path: Path) -> None:
    table = at_the_table(mediator)
    mediator.does("admit", "person=A", "role=delegate", "side=A", "title=Head")
    (sent,) = mediator.kept("receipts/main-000002.act")
    changed = b"x" + sent.read_bytes()
    file = tmp_path / "changed.act"
    file.write_bytes(changed)
    with pytest.raises(Refused):
        send(table.host, table.folder, file, table.replica.verified.state.convened)
    (aside,) = tmp_path.glob("changed*.refused")
    assert not file.exists() and aside.read_bytes() == changed


def test_a_receipt_for_another_act_is_none(mediator: Terminal, tmp_path: Path) -> None:
    first = mediator.does("admit", "person=A", "role=delegate", "side=A", "title=Head")
    mediator.does("admit", "person=B", "role=delegate", "side=B", "title=Head")
    table = at_the_table(mediator)
    answers = [table.host.ask("acts", body=act.read_bytes(), media_type="application/sd-jwt")
               for act in mediator.kept("receipts/*.act")]  # fmt: skip

    class Liar:
        def ask(self, *_about: object, **_more: object) -> bytes:
            return answers[-1]

    file = tmp_path / "again.act"
    file.write_bytes(mediator.kept(f"receipts/main-{first:06}.act")[0].read_bytes())
    with pytest.raises(Refused) as refusing:
        send(Liar(), table.folder, file, table.replica.verified.state.convened)  # type: ignore[arg-type]
    assert refusing.value.refusals[0].code == "host.receipt" and file.exists()


@pytest.fixture
def forgetful(server: Server, mediator: Terminal, tmp_path: Path) -> Iterator[Terminal]:
    """The mediator, after the host went back to a backup from before the last act with a receipt."""
    mediator.does("admit", "person=A", "role=delegate", "side=A", "title=Head")
    server.stop()
    shutil.copytree(tmp_path / "record", tmp_path / "backup")
    server.start()
    mediator.does("admit", "person=B", "role=delegate", "side=B", "title=Head")
    at_the_table(mediator)
    server.stop()
    shutil.rmtree(tmp_path / "record")
    shutil.copytree(tmp_path / "backup", tmp_path / "record")
    server.start()
    yield mediator


def test_a_host_that_forgot_what_it_receipted_is_found_out(forgetful: Terminal) -> None:
    said = refused(forgetful.act("admit", "person=C", "role=observer", "title=C", "--yes"), "seen.behind")
    assert "2 acts; 3 were verified here" in said
    assert [file.name for file in forgetful.kept("contradiction/*")] == ["kept-3.note", "shown-2.note"]
    assert not forgetful.kept("outbox/*")


def test_that_host_signs_nothing_until_a_mirror_gave_it_back_what_it_lost(
    server: Server, mediator: Terminal, tmp_path: Path
) -> None:
    mirrored = tmp_path / "mirror.detente"
    mirror = ("mirror", mediator.process[:8], mirrored, "--once", "--keys", mediator.folder)
    mediator.does("admit", "person=A", "role=delegate", "side=A", "title=Head")
    server.stop()
    shutil.copytree(tmp_path / "record", tmp_path / "backup")
    server.start()
    mediator.does("admit", "person=B", "role=delegate", "side=B", "title=Head")
    assert "3 in the main record" in say(*mirror).out
    whole = mirrored.read_bytes()
    server.stop()
    shutil.rmtree(tmp_path / "record")
    shutil.copytree(tmp_path / "backup", tmp_path / "record")
    server.start()
    assert "2 acts; 3 were verified here" in refused(say(*mirror), "seen.behind")
    assert mirrored.read_bytes() == whole and sorted(tmp_path.glob("*.part")) == []
    # The mirror has told the host, which signs nothing for anybody now: also not for those who saw less.
    for file in mediator.kept("last-seen.note") + mediator.kept("receipts/*-000003.*"):
        file.unlink()
    said = mediator.act("admit", "person=C", "role=observer", "title=C", "--yes")
    assert said.code == 1 and "Signed, and kept in" in said.err
    assert "host.stopped: This host holds 2 acts here, and its key has signed another state of 3" in said.err
    assert len(mediator.kept("outbox/*.act")) == 1  # kept, and sent again once the host signs
    assert "acts 3 to 3 are back" in say("recover", mirrored, "--data", tmp_path / "record").out
    assert "nothing that this host lacks" in say("recover", mirrored, "--data", tmp_path / "record").out
    mediator.kept("outbox/*.act")[0].unlink()  # it stood where another act stands by now
    assert mediator.does("admit", "person=C", "role=observer", "title=C") == 4
    assert "4 in the main record" in say(*mirror).out


def proves(terminal: Terminal, name: str, said: str, words: str) -> None:
    """The evidence is where the refusal says, and anybody can check it."""
    (file,) = terminal.kept(f"contradiction/{name}")
    assert str(file) in said
    checked = say("verify", file)
    assert checked.code == 0 and words in checked.out and f"detente/{terminal.process}" in checked.out
    changed = file.with_name("changed")
    changed.write_bytes(file.read_bytes().replace(b"root", b"seen", 1).replace(b"leaf", b"root", 1))
    assert say("verify", changed).code == 1


def test_a_host_that_went_on_from_there_is_found_out_by_the_receipt_alone(
    forgetful: Terminal, server: Server, tmp_path: Path
) -> None:
    other = Terminal(server.address, tmp_path / "other", forgetful.process)  # has not seen what was forgotten
    folder = other.folder / other.process
    folder.mkdir(parents=True)
    shutil.copy(forgetful.kept("*.key")[0], folder)
    assert other.does("admit", "person=C", "role=observer", "title=C") == 3
    said = refused(forgetful.act(), "seen.foreign")
    proves(forgetful, "evidence-first-3.detente", said, "two different records of 3 acts")
    forgetful.kept("last-seen.note")[0].unlink()
    said = refused(forgetful.act(), "receipt.lost")
    proves(forgetful, "evidence-act-3.detente", said, "act 3 is one act, and that it is another")
    assert len(list(kept_receipts(forgetful.folder / forgetful.process))) == 3


def test_an_act_of_somebody_who_was_shown_another_record_is_kept_as_evidence(
    mediator: Terminal, server: Server, tmp_path: Path
) -> None:
    mediator.does("admit", "person=A", "role=delegate", "side=A", "title=Head")
    at_the_table(mediator)
    (held,) = held_keys(Keyring(mediator.folder), mediator.process)
    server.stop()
    depositary = open_data(tmp_path / "record")
    origin = f"detente/{mediator.process}"
    chain = depositary.main(origin).state().chains[held.signing.key_id]
    foreign = (2, encode_base64url(bytes(32)))
    place = Place(origin, chain, foreign)
    raw = author_act(held.signing, BY_NAME["adjourn"], place, NOW, {}, {"reason": "Night."})
    force(depositary, origin, raw, author="M")
    depositary.close()
    server.start()
    said = refused(mediator.act(), "act.seen_foreign")
    proves(mediator, "evidence-first-2.detente", said, "act 3, whose author had seen another record")


def test_a_copy_of_another_process_or_a_changed_one_is_refused(
    mediator: Terminal, server: Server, tmp_path: Path
) -> None:
    table, other = at_the_table(mediator), convened(server.address, tmp_path / "other")
    copy = io.BytesIO()
    token = make_reader_token(table.held.signing, table.held.process, int(time.time()))
    table.host.fetch("copy", copy, token=token)
    copy.seek(0)
    with pytest.raises(Refused) as refusing:
        read_replica(copy, f"detente/{other.process}", "M")
    assert refusing.value.refusals[0].code == "copy.another_process"
    changed = copy.getvalue().replace(b"for M", b"for A", 1)
    with pytest.raises(Refused):
        read_replica(io.BytesIO(changed), table.held.process, "M")


def test_a_text_that_is_opened_stands_in_the_languages_of_the_talks(server: Server, tmp_path: Path) -> None:
    spoken = ("--language", "en", "--language", "ur")
    said = say("convene", server.address, "Talks on a road", "--side", "A=Harbour", "--side", "B=Town", *spoken, "--keys",
               tmp_path / "M")  # fmt: skip
    assert said.code == 0 and "detente invite" in said.out
    (process,) = (path.name for path in (tmp_path / "M").iterdir())
    mediator = Terminal(server.address, tmp_path / "M", process)
    opened = mediator.act("open_instrument", "instrument=accord", "basis=contract", "title=Accord", "--yes")
    assert opened.code == 0, opened.err
    authentic = at_the_table(mediator).replica.verified.state.instruments["accord"].authentic_languages()
    assert list(authentic) == ["en", "ur"]


def test_what_a_terminal_convenes_is_signed_with_mldsa_too(mediator: Terminal) -> None:
    verified = at_the_table(mediator).replica.verified
    assert verified.state.convened.log_mldsa_key and verified.signed_with_mldsa


@pytest.mark.parametrize(
    "words", [("--side", "A=Harbour"), ("--side", "A=Harbour", "--side", "A=Town"), ("--side", "Harbour")]
)
def test_a_process_needs_two_sides_with_a_letter_each(
    server: Server, tmp_path: Path, words: tuple[str, ...]
) -> None:
    said = say("convene", server.address, "Talks on a road", *words, "--keys", tmp_path / "M")
    assert said.code == 1 and said.err.startswith(("convening.sides: ", "act.field_unreadable: "))


def test_a_language_that_is_none_is_refused_before_anything_is_made(server: Server, tmp_path: Path) -> None:
    words = ("--side", "A=x", "--side", "B=y", "--language", "english!!")
    said = refused(
        say("convene", server.address, "Talks", *words, "--keys", tmp_path / "M"), "act.field_unreadable"
    )
    assert "english!!" in said and "pt-BR" in said and not (tmp_path / "M").exists()


def test_convening_at_an_address_that_is_no_host_says_so(tmp_path: Path) -> None:
    said = say(
        "convene", "http://127.0.0.1:1", "Talks", "--side", "A=x", "--side", "B=y", "--keys", tmp_path / "M"
    )
    refused(said, "host.unreachable")
    assert not (tmp_path / "M").exists()


def test_one_act_is_proved_to_somebody_who_has_nothing_else(
    mediator: Terminal, delegate: Terminal, tmp_path: Path
) -> None:
    number = delegate.does("register_statement", "claims=other alone", "text=We go on.")
    mediator.does("register_statement", "claims=other alone", "text=So do we.")
    file = tmp_path / "act.proof"
    asked = ("prove", delegate.process[:8], str(number), file, "--keys", delegate.folder)
    assert say(*asked, "--show", "text", "--names").code == 0
    said = say("verify", file)
    assert said.code == 0, said.err
    assert f"act {number}, of kind register statement" in said.out and '"We go on."' in said.out
    assert "Harbour, head (A), admitted as delegate of side A" in said.out
    assert "So do we." not in file.read_text() and "what came after it" in said.out
    refused(say(*asked, "--show", "text"), "host.file")
    again = ("prove", delegate.process[:8], str(number), tmp_path / "again", "--keys", delegate.folder)
    refused(say(*again, "--sheet", file), "host.file")
    assert not (tmp_path / "again").exists(), "all that was asked for, or nothing"
    other = tmp_path / "other.proof"
    hidden = say(
        "prove", delegate.process[:8], str(number), other, "--show", "reason", "--keys", delegate.folder
    )
    assert "It has, for you: " in refused(hidden, "proved.field") and not other.exists()
    file.write_bytes(file.read_bytes().replace(b"act", b"acT", 1))
    assert say("verify", file).code == 1


def test_the_page_and_the_sheet_say_what_the_file_says(delegate: Terminal, tmp_path: Path) -> None:
    number = delegate.does("register_statement", "claims=other alone", "text=We go on.")
    file, page, sheet, checker = (
        tmp_path / name for name in ("act.proof", "act.html", "sheet.html", "checker.html")
    )
    asked = ("prove", delegate.process[:8], str(number), file, "--show", "text", "--keys", delegate.folder)
    said = say(*asked, "--html", page, "--sheet", sheet)
    assert said.code == 0, said.err
    printed = say("checker", checker).out
    assert sha256(page.read_bytes()).hexdigest() in said.out
    assert (
        sha256(checker.read_bytes()).hexdigest() in said.out
        and sha256(checker.read_bytes()).hexdigest() in printed
    )
    assert file.read_text() in unescape(page.read_text()) and "We go on." in sheet.read_text()
    scanned = tmp_path / "scanned.txt"
    scanned.write_text("\n".join(reversed(parts_of(file.read_bytes()))))
    assert '"We go on."' in say("verify", scanned).out
    scanned.write_text(parts_of(file.read_bytes())[0])
    refused(say("verify", scanned), "parts.missing")


def test_an_act_of_a_chamber_is_opened_here_and_proved(
    mediator: Terminal, delegate: Terminal, tmp_path: Path
) -> None:
    on_paper(delegate)
    assert delegate.chambers("seal", "side-A", "--yes").code == 0
    delegate.act("note", "text=Hold the line.", "--log", "side-A", "--yes")
    file = tmp_path / "note.proof"
    asked = (
        "prove",
        delegate.process[:8],
        "2",
        file,
        "--log",
        "side-A",
        "--show",
        "text",
        "--keys",
        delegate.folder,
    )
    said = say(*asked)
    assert said.code == 0, said.err
    shown = say("verify", file)
    assert "act 2 of the chamber side-A, of kind note" in shown.out and '"Hold the line."' in shown.out
    stranger = (
        "prove",
        mediator.process[:8],
        "2",
        tmp_path / "x",
        "--log",
        "side-A",
        "--keys",
        mediator.folder,
    )
    refused(say(*stranger), "log.audience")
