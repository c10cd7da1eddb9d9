"""A machine with no line: acts are signed against a copy, leave as one file, are delivered by somebody without a key, and
their receipts come back as another."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from detente.codec.refusal import Refusal
from detente.proofs.pouch import (
    Answer,
    AnsweredPouch,
    Pouch,
    leaf_of,
    read_answer,
    read_pouch,
    write_answer,
    write_pouch,
)
from tests.cli.acting import Terminal, convened, numbered
from tests.cli.speaking import Said, refused, run, say
from tests.cli.test_acting import every_receipt_proves_its_act, on_paper
from tests.room.serving import Server

NO_LINE = "http://127.0.0.1:1"


class Away:
    """A delegate whose machine has no line: the host's address in their key leads nowhere."""

    def __init__(self, terminal: Terminal, folder: Path) -> None:
        self.terminal, self.copy, self.folder = terminal, folder / "copy.detente", folder
        said = say("pouch", "copy", terminal.process[:8], self.copy, "--keys", terminal.folder)
        assert said.code == 0 and "every one checked here" in said.out, said.err
        (key,) = terminal.kept("*.key")
        self._host = terminal.address.partition("/processes")[0]
        key.write_text(key.read_text().replace(self._host, NO_LINE))

    def signs(self, *words: str) -> Said:
        said = self.terminal.act(*words, "--record", str(self.copy), "--yes")
        assert said.code == 0, said.err
        assert "Signed, and kept in" in said.out
        return said

    def says(self, text: str, *words: str) -> Said:
        return self.signs("register_statement", "claims=other alone", f"text={text}", *words)

    def packs(self, name: str = "pouch") -> Path:
        file = self.folder / name
        said = say("pouch", "pack", self.terminal.process[:8], file, "--keys", self.terminal.folder)
        assert said.code == 0, said.err
        return file

    def receives(self, answer: Path) -> Said:
        return say("pouch", "receive", answer, "--record", self.copy, "--keys", self.terminal.folder)

    def back(self) -> None:
        """On the line again."""
        (key,) = self.terminal.kept("*.key")
        key.write_text(key.read_text().replace(NO_LINE, self._host))


@pytest.fixture
def away(delegate: Terminal, tmp_path: Path) -> Away:
    return Away(delegate, tmp_path)


def delivered(server: Server, pouch: Path, name: str = "answer") -> Path:
    """By somebody who has nothing but the file."""
    answer = pouch.with_name(name)
    said = run("pouch", "deliver", pouch, server.address, answer)
    assert said.code == 0, said.err
    return answer


def test_acts_leave_as_one_file_and_their_receipts_come_back(away: Away, server: Server) -> None:
    assert "host.unreachable" in away.terminal.act().err
    assert "register_statement" in away.terminal.act("--record", str(away.copy)).out
    away.says("We go on.")
    assert "2 waiting" in away.says("Until the bridge is open.").out
    assert not away.terminal.kept("receipts/*")
    pouch = away.packs()
    assert len(away.terminal.kept("outbox/*.act")) == 2  # what is packed still waits
    answer = delivered(server, pouch)
    assert len(away.terminal.kept("outbox/*.act")) == 2
    said = away.receives(answer)
    assert said.code == 0 and said.out.count("Its receipt was checked") == 2, said
    assert not away.terminal.kept("outbox/*") and len(away.terminal.kept("receipts/*.tlog-proof")) == 2
    assert away.receives(answer).out == "Nothing new: all of it was taken in before.\n"
    away.back()
    every_receipt_proves_its_act(away.terminal)
    assert (
        "Until the bridge is open."
        in say("read", away.terminal.process[:8], "--keys", away.terminal.folder).out
    )


def test_one_goes_on_signing_on_the_same_copy_before_and_after_the_receipts(
    away: Away, server: Server
) -> None:
    """The chain of a key goes on from what waits, and from what has its receipt, though the copy has neither."""
    for round_, waiting in enumerate(("One.", "Two.", "Three.")):
        away.says(waiting)
        away.says(waiting)
        answer = delivered(server, away.packs(f"pouch-{round_}"), f"answer-{round_}")
        assert away.receives(answer).code == 0
    away.back()
    assert (
        numbered(away.terminal.act("register_statement", "claims=other alone", "text=Back.", "--yes")) == 10
    )
    assert not away.terminal.kept("outbox/*")


def test_back_on_the_line_what_waits_is_sent_without_a_pouch(away: Away, server: Server) -> None:
    away.says("We go on.")
    pouch = away.packs()
    away.back()
    assert "In the record: act 4." in away.terminal.act("--resend").out
    refused(say("pouch", "pack", away.terminal.process[:8], away.folder / "empty", "--keys", away.terminal.folder),
            "pouch.empty")  # fmt: skip
    assert not (away.folder / "empty").exists()
    assert "Nothing new" in away.receives(delivered(server, pouch)).out


def test_delivered_twice_it_is_in_the_record_once(away: Away, server: Server) -> None:
    away.says("We go on.")
    pouch = away.packs()
    first, second = (read_answer(delivered(server, pouch, name).open("rb")) for name in ("first", "second"))
    assert first == second
    assert away.receives(pouch.with_name("second")).code == 0
    assert [file.name for file in away.terminal.kept("receipts/*.act")] == ["main-000004.act"]


def test_what_is_written_in_a_chamber_is_sealed_in_the_pouch_too(
    delegate: Terminal, server: Server, tmp_path: Path
) -> None:
    on_paper(delegate)
    assert delegate.chambers("seal", "side-A", "--yes").code == 0
    away = Away(delegate, tmp_path)
    away.signs("note", "text=Hold the line.", "--log", "side-A")
    away.signs("note", "text=Until Friday.", "--log", "side-A")
    away.says("We go on.")
    pouch = away.packs()
    assert "Hold" not in opened(pouch) and "We go on." in opened(pouch)  # the bearer reads what the host does
    said = away.receives(delivered(server, pouch))
    assert "act 2 of side-A" in said.out and "act 3 of side-A" in said.out
    away.back()
    read = say("read", delegate.process[:8], "--log", "side-A", "--keys", delegate.folder).out
    assert "Hold the line." in read and "Until Friday." in read


def opened(pouch: Path) -> str:
    """What whoever carries a pouch can read in it."""
    with pouch.open("rb") as file:
        acts = read_pouch(file).acts
    parts = [part for act in acts for piece in act.split(b"~") for part in piece.split(b".") if part]
    return "\n".join(base64.urlsafe_b64decode(part + b"==").decode("utf-8", "replace") for part in parts)


def test_what_is_refused_on_arrival_is_set_aside_with_the_reasons(
    away: Away, server: Server, mediator: Terminal
) -> None:
    away.says("We go on.")
    away.says("Until Friday.")
    mediator.does("revoke_key", "key=A")
    pouch = away.packs()
    said = run("pouch", "deliver", pouch, server.address, pouch.with_name("answer"))
    assert said.code == 1 and "0 acts of 2" in said.out and "key.revoked" in said.err
    said = away.receives(pouch.with_name("answer"))
    assert said.code == 0 and "The key was revoked" in said.out and "Nobody signs a refusal" in said.out
    assert not away.terminal.kept("outbox/*.act") and not away.terminal.kept("receipts/*")
    assert len(away.terminal.kept("outbox/*.refused")) == 2
    assert "The key was revoked" in away.terminal.kept("outbox/*.reasons")[0].read_text()


def test_a_host_that_is_not_there_changes_nothing_and_leaves_no_answer(away: Away, server: Server) -> None:
    away.says("We go on.")
    pouch = away.packs()
    refused(say("pouch", "deliver", pouch, NO_LINE, pouch.with_name("answer")), "host.unreachable")
    assert not pouch.with_name("answer").exists()
    assert away.receives(delivered(server, pouch)).code == 0


def test_a_file_that_is_there_is_not_written_over_and_nothing_is_sent(away: Away, mediator: Terminal) -> None:
    away.says("We go on.")
    pouch = away.packs()
    (away.folder / "answer").write_text("mine")
    host = mediator.address
    refused(say("pouch", "deliver", pouch, host, away.folder / "answer"), "host.file")
    refused(
        say("pouch", "pack", away.terminal.process[:8], pouch, "--keys", away.terminal.folder), "host.file"
    )
    assert (away.folder / "answer").read_text() == "mine"
    assert (
        "Harbour, head" not in say("read", mediator.process[:8], "--last", "1", "--keys", mediator.folder).out
    )


def test_what_is_in_a_pouch_or_an_answer_can_be_looked_at(away: Away, server: Server) -> None:
    away.says("We go on.")
    pouch = away.packs()
    said = say("verify", pouch)
    assert (
        said.code == 0
        and "register statement, number 0 of key " in said.out
        and "in the main log" in said.out
    )
    assert "Everything checks" not in said.out and "Not shown  whether the signatures hold" in said.out
    said = say("verify", delivered(server, pouch))
    assert said.code == 0 and "as act 4 of its log" in said.out
    pouch.write_bytes(pouch.read_bytes().replace(b"acts 1", b"acts 2"))
    refused(say("verify", pouch), "pouch.line")


# --- who carries it


def test_a_pouch_in_which_a_byte_changed_is_not_delivered(away: Away, mediator: Terminal) -> None:
    away.says("We go on.")
    pouch = away.packs()
    raw, answer = pouch.read_bytes(), away.folder / "answer"
    for at in range(0, len(raw), 97):
        pouch.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
        said = say("pouch", "deliver", pouch, mediator.address, answer)
        assert said.code == 1 and "Instead: " in said.err and not answer.exists()
        assert said.err.startswith(("pouch.", "envelope."))
    pouch.write_bytes(raw[:-1])
    refused(say("pouch", "deliver", pouch, mediator.address, answer), "pouch.truncated")


def test_an_act_that_its_bearer_changed_is_refused_by_the_host_and_the_true_one_still_waits(
    away: Away, server: Server
) -> None:
    away.says("We go on.")
    pouch, forged = away.packs(), away.folder / "forged"
    with pouch.open("rb") as file:
        given = read_pouch(file)
    (act,) = given.acts
    head, payload, signature = act.partition(b"~")[0].split(b".")
    other = (b"B" if signature[:1] == b"A" else b"A") + signature[1:]
    written(
        forged, Pouch(given.process, (b".".join((head, payload, other)) + b"~" + act.partition(b"~")[2],))
    )
    said = run("pouch", "deliver", forged, server.address, away.folder / "answer")
    assert said.code == 1
    # A stranger's signature: the closed process does not tell its bearer that it is there.
    assert "log.unknown" in said.err
    refused(away.receives(away.folder / "answer"), "pouch.stranger")
    assert len(away.terminal.kept("outbox/*.act")) == 1
    assert away.receives(delivered(server, pouch, "second")).code == 0


def written(file: Path, what: Pouch | AnsweredPouch) -> Path:
    with file.open("wb") as out:
        write_pouch(out, what) if isinstance(what, Pouch) else write_answer(out, what)
    return file


def test_a_pouch_of_one_process_is_not_taken_as_anothers(away: Away, server: Server, tmp_path: Path) -> None:
    other = convened(server.address, tmp_path / "other")
    away.says("We go on.")
    with away.packs().open("rb") as file:
        acts = read_pouch(file).acts
    changed = written(away.folder / "changed", Pouch(f"detente/{other.process}", acts))
    refused(say("pouch", "deliver", changed, server.address, away.folder / "answer"), "pouch.process")
    refused(say("pouch", "receive", written(tmp_path / "answer", AnsweredPouch(f"detente/{other.process}", (
        Answer(leaf_of(acts[0]), refusals=(Refusal("x.y", "No."),)),))), "--record", away.copy, "--keys",
        away.terminal.folder), "keyring.absent")  # fmt: skip


@pytest.fixture
def receipts(away: Away, server: Server) -> AnsweredPouch:
    """Of two acts."""
    away.says("We go on.")
    away.says("Until Friday.")
    with delivered(server, away.packs()).open("rb") as file:
        return read_answer(file)


def test_a_receipt_that_its_bearer_made_up_is_refused_and_nothing_changes(
    away: Away, receipts: AnsweredPouch
) -> None:
    first, second = receipts.answers
    at = second.proof.index(b"\nindex ") + len(b"\nindex ")
    forgeries = {
        "another act's": Answer(second.leaf, first.proof),
        "another place": Answer(second.leaf, second.proof[:at] + b"3" + second.proof[at + 1 :]),
        "no receipt": Answer(second.leaf, b"c2sp.org/tlog-proof@v1\n"),
        "another signature": Answer(second.leaf, second.proof[:-9] + b"AAAAAAAA\n"),
    }
    for name, forged in forgeries.items():
        answer = written(away.folder / name, AnsweredPouch(receipts.process, (first, forged)))
        refused(away.receives(answer), "host.receipt")
        assert len(away.terminal.kept("outbox/*.act")) == 2 and not away.terminal.kept("receipts/*")


def test_a_refusal_that_its_bearer_made_up_does_not_keep_the_receipt_out(
    away: Away, receipts: AnsweredPouch
) -> None:
    """Nothing can tell a true refusal from a false one: what is set aside on a bearer's word waits for the receipt."""
    first, _second = receipts.answers
    false = Answer(first.leaf, refusals=(Refusal("act.stale", "It came too late."),))
    answer = written(away.folder / "false", AnsweredPouch(receipts.process, (false,)))
    assert (
        "It came too late." in away.receives(answer).out
        and "1 act still waiting" in away.receives(answer).out
    )
    said = away.receives(away.folder / "answer")
    assert said.out.count("Its receipt was checked") == 2
    assert not away.terminal.kept("outbox/*")
    assert away.receives(answer).code == 0 and not away.terminal.kept("outbox/*")  # a receipt is not unsaid


def test_what_a_bearer_wrote_does_not_steer_the_terminal(away: Away, receipts: AnsweredPouch) -> None:
    first, _second = receipts.answers
    false = Answer(first.leaf, refusals=(Refusal("act.stale", "\x1b[2JAll is well."),))
    answer = written(away.folder / "false", AnsweredPouch(receipts.process, (false,)))
    assert "\x1b" not in away.receives(answer).out


def test_a_copy_of_another_process_is_not_signed_on(away: Away, server: Server, tmp_path: Path) -> None:
    other = convened(server.address, tmp_path / "other")
    copy = tmp_path / "other.detente"
    assert say("pouch", "copy", other.process[:8], copy, "--keys", other.folder).code == 0
    said = away.terminal.act(
        "register_statement", "claims=other alone", "text=x", "--record", str(copy), "--yes"
    )
    refused(said, "copy.another_process")
    assert not away.terminal.kept("outbox/*")


def test_a_copy_of_another_history_than_the_receipts_is_not_signed_on(
    away: Away, receipts: AnsweredPouch, server: Server
) -> None:
    """An older copy is only older; one that lacks a receipted act where it should stand is a contradiction."""
    assert away.receives(away.folder / "answer").code == 0
    (kept,) = away.terminal.kept("receipts/main-000004.tlog-proof")
    assert away.terminal.act("--record", str(away.copy)).code == 0
    # As if act 2 had been receipted with other bytes.
    (act,) = away.terminal.kept("receipts/main-000005.act")
    kept.with_suffix(".act").write_bytes(act.read_bytes())
    kept.write_bytes(kept.read_bytes().replace(b"index 3", b"index 1"))
    refused(away.terminal.act("--record", str(away.copy)), "receipt.lost")


def test_an_older_copy_does_not_undo_what_was_seen(away: Away) -> None:
    """Otherwise a host could go back to before it, and nobody would notice."""
    away.back()
    away.terminal.does("register_statement", "claims=other alone", "text=Back.")
    assert away.terminal.act().code == 0
    (seen,) = away.terminal.kept("last-seen.note")
    newest = seen.read_bytes()
    assert away.terminal.act("--record", str(away.copy)).code == 0
    assert seen.read_bytes() == newest and b"\n4\n" in newest


def test_without_a_line_nothing_is_sent_again(away: Away) -> None:
    said = away.terminal.act("--resend", "--record", str(away.copy))
    assert said.code == 2 and "Without a line" in said.err
