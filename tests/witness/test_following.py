"""A witness that follows logs over HTTP: it cosigns what extends, begins again where it stopped, and keeps what
contradicts what it signed. The host here is a real one, and then one that lies."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
import pytest

from detente.acts.time import cosigner_verifiers, log_verifier
from detente.client.cosigner_key import CosignerKey, make_cosigner_key
from detente.client.remote_host import Address, RemoteHost
from detente.client.witnessing import AGAIN, CONTRADICTION, FollowedLog
from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refused, refuse
from detente.proofs.misconduct import check_evidence, read_evidence
from detente.tlog.checkpoint import Checkpoint, format_checkpoint, open_checkpoint
from detente.tlog.merkle import EMPTY_ROOT
from detente.tlog.signed_note import Note, NoteSigner, format_note, parse_note
from detente.witness.cosigning import Witness
from detente.witness.signed_checkpoints import SignedCheckpoints
from tests.depositary.forking import branch
from tests.depositary.talks import Talks, open_host
from tests.web.hosting import on_a_socket

NAME = "harbour.example"


@pytest.fixture
def key(tmp_path: Path) -> CosignerKey:
    return make_cosigner_key(tmp_path / "key", NAME)


@pytest.fixture
def talks(tmp_path: Path, key: CosignerKey) -> Iterator[Talks]:
    """Closed talks that name the cosigner, whose line alone makes a mark."""
    talks = Talks(open_host(tmp_path / "record.sqlite"), open_to="members")
    talks.convening |= {"cosigners": (key.vkey,), "quorum": 1}
    yield talks.convene().seat()
    talks.depositary.close()


@contextmanager
def following(
    talks: Talks, key: CosignerKey, folder: Path, address: str = "http://unused"
) -> Iterator[FollowedLog]:
    """A witness begun anew on what it kept."""
    signed = SignedCheckpoints(folder)
    try:
        yield FollowedLog(Address(address, talks.origin), key, Witness(key.cosigner, signed), folder)
    finally:
        signed.close()


def cosigned(talks: Talks) -> tuple[int, int]:
    """Size and time of what the host keeps of this cosigner; zeros for nothing."""
    head = talks.depositary.store.head(talks.origin)
    assert head is not None
    if not head.cosigned:
        return 0, 0
    process = talks.state.convened
    log = log_verifier(talks.origin, process.log_key)
    opened = open_checkpoint(head.cosigned, log, cosigner_verifiers(process))
    return opened.checkpoint.size, opened.cosigners[0].time


def code_of(log: FollowedLog, now: int) -> str:
    with pytest.raises(Refused) as caught:
        log.look(now)
    return caught.value.refusals[0].code


def test_it_cosigns_what_is_new_and_the_same_again_after_a_while(
    talks: Talks, key: CosignerKey, tmp_path: Path
) -> None:
    now, size = int(time.time()) - 2 * AGAIN, talks.size
    with on_a_socket(talks.depositary) as address, following(talks, key, tmp_path / "kept", address) as log:
        assert log.look(now) == size and cosigned(talks) == (size, now)
        assert talks.size == size + 1 and talks.state.clock.size == size  # the first mark
        assert log.look(now + 1) == size + 1 and cosigned(talks) == (size + 1, now + 1)
        assert log.look(now + AGAIN) is None and cosigned(talks) == (size + 1, now + 1)
        assert log.look(now + 1 + AGAIN) is None and cosigned(talks) == (size + 1, now + 1 + AGAIN)
        talks.say("A")
        assert log.look(now + 2 + AGAIN) == size + 2


def test_begun_again_it_goes_on_from_what_it_signed(talks: Talks, key: CosignerKey, tmp_path: Path) -> None:
    now = int(time.time())
    with on_a_socket(talks.depositary) as address:
        for turn in range(3):
            with following(talks, key, tmp_path / "kept", address) as log:
                size = talks.size
                assert log.look(now + turn) == size
                assert cosigned(talks) == (size, now + turn)
            talks.say("A")


def test_a_line_that_got_lost_on_its_way_is_posted_at_the_next_look(
    talks: Talks, key: CosignerKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kept, signed and not posted, as where the program ended or the line went down in between."""
    now, ask = int(time.time()), RemoteHost.ask

    def cut(self: RemoteHost, path: str, **how: str) -> bytes:
        if path == "log/cosignatures":
            raise refuse("host.unreachable", "The host cannot be reached.")
        return ask(self, path, **how)

    with on_a_socket(talks.depositary) as address:
        with following(talks, key, tmp_path / "kept", address) as log, monkeypatch.context() as down:
            down.setattr(RemoteHost, "ask", cut)
            assert code_of(log, now) == "host.unreachable"
            assert cosigned(talks) == (0, 0)
        talks.say("A")
        with following(talks, key, tmp_path / "kept", address) as log:
            assert log.look(now + 1) == talks.size - 1 and cosigned(talks) == (talks.size - 1, now + 1)


def test_whoever_asks_it_meanwhile_makes_no_contradiction(
    talks: Talks, key: CosignerKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host that grows between two looks asks the witness itself (`detente witness --listen`), while it follows too."""
    now, ask, signed = int(time.time()), RemoteHost.ask, SignedCheckpoints(tmp_path / "kept")
    witness, meanwhile = Witness(key.cosigner, signed), list[str]()

    def asked_by_the_host() -> None:
        talks.say("A")
        head, before = talks.depositary.store.head(talks.origin), witness.last_size(talks.origin)
        assert head is not None
        proof = talks.depositary.main(talks.origin).tree.consistency(before, head.size)
        witness.cosign(head.checkpoint, log_verifier(talks.origin, talks.log_key), proof, now, before)

    def hooked(self: RemoteHost, path: str, **how: str) -> bytes:
        answer = ask(self, path, **how)
        if meanwhile and path.startswith(meanwhile[0]):
            meanwhile.clear()
            asked_by_the_host()
        return answer

    monkeypatch.setattr(RemoteHost, "ask", hooked)
    with closing(signed), on_a_socket(talks.depositary) as address:
        log = FollowedLog(Address(address, talks.origin), key, witness, tmp_path)
        assert log.look(now) == talks.size - 1
        for path in ("log/checkpoint", "log/consistency"):
            talks.say("B")
            meanwhile.append(path)
            assert log.look(now + 1) is None and not meanwhile
            assert log.look(now + 2) == talks.size


# --- a host that lies: its answers are made here


class Lying:
    """A host that shows what it likes, signed with the log's true key."""

    def __init__(self, talks: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
        self.talks = talks
        key = talks.depositary.own_key(talks.log_key)
        self._signer = NoteSigner(talks.origin, key.public, key.sign)
        self.checkpoint = Checkpoint(talks.origin, 0, EMPTY_ROOT)
        self.origin = {n: talks.convening[n] for n in ("label", "log_key", "convenor_key", "nonce")}
        self.proof: list[str] = []
        self.posted: list[bytes] = []
        monkeypatch.setattr(RemoteHost, "ask", lambda _host, path, **how: self.answer(path, **how))

    def shows(self, size: int, root: bytes | None = None) -> None:
        true = decode_base64url(self.talks.seen(size)[1])
        self.checkpoint = Checkpoint(self.talks.origin, size, root or true)

    def answer(self, path: str, *, token: str, body: bytes = b"", media_type: str = "") -> bytes:
        if path == "log/origin":
            return msgspec.json.encode(self.origin)
        if path == "log/checkpoint":
            text = format_checkpoint(self.checkpoint)
            return format_note(Note(text, (self._signer.sign(text),)))
        if path.startswith("log/consistency"):
            return msgspec.json.encode({"consistency": self.proof})
        if path.startswith("log/tile"):
            raise refuse("host.answer", "It shows no tiles.")
        self.posted.append(body)
        return body


@pytest.fixture
def lying(talks: Talks, monkeypatch: pytest.MonkeyPatch) -> Lying:
    return Lying(talks, monkeypatch)


@pytest.mark.parametrize(
    ("size", "root", "words"),
    [
        (5, bytes(32), "two different records of 5 acts"),
        (4, None, "shows 4 acts; 5 were cosigned here before"),
        (6, bytes(32), "does not show that its 6 acts begin with the 5"),
        (6, None, "does not show that its 6 acts begin with the 5"),
    ],
    ids=["fork", "rollback", "another history", "no proof"],
)
def test_what_does_not_extend_is_never_signed_and_both_checkpoints_are_kept(
    lying: Lying, key: CosignerKey, tmp_path: Path, size: int, root: bytes | None, words: str
) -> None:
    folder = tmp_path / "kept"
    lying.shows(5)
    with following(lying.talks, key, folder) as log:
        assert log.look(1) == 5
    lying.shows(size, root)
    for _time in range(2):  # also where it is begun again
        with following(lying.talks, key, folder) as log, pytest.raises(Refused) as caught:
            log.look(2)
        (refusal,) = caught.value.refusals
        assert refusal.code == CONTRADICTION and words in refusal.sentence and str(folder) in refusal.instead
    assert len(lying.posted) == 1
    verifier = log_verifier(lying.talks.origin, lying.talks.log_key)
    kept = sorted((folder / f"contradiction-{lying.talks.id}").glob("*.note"))
    shown = [open_checkpoint(file.read_bytes(), verifier).checkpoint for file in kept]
    assert [file.name for file in kept] == ["kept-5.note", f"shown-{size}.note"]
    assert shown[1] == lying.checkpoint and shown[0].root == decode_base64url(lying.talks.seen(5)[1])


@pytest.mark.parametrize("more", [0, 1, 4])
def test_a_host_that_goes_two_ways_leaves_a_file_that_proves_it(
    talks: Talks, key: CosignerKey, tmp_path: Path, more: int
) -> None:
    """From the checkpoints, and from the host's own hash tiles, which a cosigner may read of closed talks."""
    now, folder = int(time.time()), tmp_path / "kept"
    other = branch(talks)
    talks.say("A", "The road is open.")
    with on_a_socket(talks.depositary) as address, following(talks, key, folder, address) as log:
        size = log.look(now)
    other.say("A", "The road is closed.")
    for _ in range(more):
        other.say("B")
    with on_a_socket(other.depositary) as address, following(talks, key, folder, address) as log:
        assert code_of(log, now + 1) == CONTRADICTION
    (file,) = (folder / f"contradiction-{talks.id}").glob("evidence-*")
    found = check_evidence(read_evidence(io.BytesIO(file.read_bytes())))
    assert found.evidence.origin == talks.origin and found.sizes[0] == size and found.sizes[1] == size + more


def test_a_log_key_that_the_process_id_does_not_fix_is_not_believed(
    lying: Lying, key: CosignerKey, tmp_path: Path
) -> None:
    lying.shows(5)
    lying.origin["log_key"] = lying.talks.keeper_key
    with following(lying.talks, key, tmp_path / "kept") as log:
        assert code_of(log, 1) == "witness.origin"
    assert lying.posted == []


def test_a_policy_that_names_another_key_than_the_process_id_fixes_is_not_believed(
    lying: Lying, key: CosignerKey, tmp_path: Path
) -> None:
    lying.shows(5)
    true, other = (
        log_verifier(lying.talks.origin, k).key for k in (lying.talks.log_key, lying.talks.keeper_key)
    )
    address, witness = Address("http://unused", lying.talks.origin), Witness(key.cosigner)
    assert code_of(FollowedLog(address, key, witness, tmp_path, other), 1) == "witness.origin"
    assert lying.posted == [] and witness.last_size(lying.talks.origin) == 0
    assert FollowedLog(address, key, witness, tmp_path, true).look(1) == 5


def test_what_is_posted_is_the_checkpoint_with_one_line_more(
    lying: Lying, key: CosignerKey, tmp_path: Path
) -> None:
    lying.shows(5)
    with following(lying.talks, key, tmp_path / "kept") as log:
        log.look(7)
    (posted,) = lying.posted
    assert [line.name for line in parse_note(posted).signatures] == [lying.talks.origin, NAME]
