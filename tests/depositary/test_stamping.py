"""Time stamps by a real authority (`openssl ts`): which are kept, when one is asked for, what a file of them proves."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from detente.codec.refusal import Refused
from detente.depositary.host import latest_note
from detente.depositary.stamping import AGAIN, DAY, EARLY, Authority, Stamping, stamp_latest, take_stamps
from detente.depositary.time_stamp_authority import LARGEST_ANSWER, authority_at
from detente.proofs.time_stamp import Stamp as Checked
from detente.proofs.time_stamp import StampedLog, check_stamps, read_roots, verify_stamps
from detente.store.port import Stamp
from detente.tlog.signed_note import parse_note
from tests.authority import OFFICE, OpensslAuthority, other_imprint, other_nonce, served
from tests.depositary.talks import Talks, everything, open_host

YEAR = 365 * DAY


@pytest.fixture
def talks(tmp_path: Path) -> Iterator[Talks]:
    talks = Talks(open_host(tmp_path / "record.sqlite"), mldsa=True).convene().seat("A", "B")
    yield talks
    talks.depositary.close()


@pytest.fixture
def office(tmp_path: Path) -> OpensslAuthority:
    return OpensslAuthority(tmp_path / "office")


def trusting(office: OpensslAuthority, *others: OpensslAuthority) -> Authority:
    """The office as the host asks it, without a line between."""
    return Authority(office.ask, read_roots(b"".join(one.pem for one in (office, *others))))


def stamp(talks: Talks, office: OpensslAuthority) -> Stamp:
    return stamp_latest(talks.depositary, talks.origin, trusting(office))


def stamps(talks: Talks) -> tuple[Stamp, ...]:
    return talks.depositary.store.stamps(talks.origin)


def taken(talks: Talks) -> bytes:
    out = io.BytesIO()
    take_stamps(talks.depositary, talks.origin, out)
    return out.getvalue()


def verified(raw: bytes, *offices: OpensslAuthority, now: int | None = None) -> StampedLog:
    roots = read_roots(b"".join(one.pem for one in offices))
    return verify_stamps(io.BytesIO(raw), roots, int(time.time()) if now is None else now)


def refusal_of(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.refusals[0].code


# --- what is kept


def test_a_checkpoint_is_stamped_as_it_stands_with_the_logs_two_signatures(
    talks: Talks, office: OpensslAuthority
) -> None:
    before = int(time.time())
    made = stamp(talks, office)
    assert stamps(talks) == (made,) and talks.depositary.store.newest_stamp(talks.origin) == made
    head = talks.depositary.store.head(talks.origin)
    assert head is not None and made.note == latest_note(head)
    assert [line.name for line in parse_note(made.note).signatures] == [talks.origin] * 2
    assert (made.size, made.place, made.authority) == (talks.size, 0, OFFICE)
    assert before <= made.made <= time.time() and abs(made.ends - made.made - 3650 * DAY) < DAY


def test_what_has_been_stamped_is_not_stamped_twice(talks: Talks, office: OpensslAuthority) -> None:
    assert stamp(talks, office) == stamp(talks, office)
    assert office.asked == 1


def test_over_a_line(talks: Talks, office: OpensslAuthority) -> None:
    with served(office) as url:
        authority = Authority(authority_at(url), read_roots(office.pem))
        assert stamp_latest(talks.depositary, talks.origin, authority) == stamps(talks)[0]


def _fault(name: str, office: OpensslAuthority, folder: Path) -> OpensslAuthority:
    """An authority at which one thing is wrong, seen from a host that trusts `office`'s root."""
    if name == "ended":
        office.renew(-1)
    elif name == "other root":
        return OpensslAuthority(folder / "other")
    elif name == "refused":
        office = OpensslAuthority(folder / "sha512", digests="sha512")
    elif name == "garbage":
        office.said = b"garbage"
    elif name == "empty":
        office.said = b""
    elif name == "page":
        office.said = b"<html>Please sign in.</html>"
    else:
        office.distort = {"imprint": other_imprint, "nonce": other_nonce}[name]
    return office


FAULTS = {
    "imprint": "stamp.imprint", "nonce": "stamp.nonce", "ended": "stamp.authority", "other root": "stamp.authority",
    "refused": "stamp.refused", "garbage": "stamp.answer", "empty": "stamp.answer", "page": "stamp.answer",
}  # fmt: skip


@pytest.mark.parametrize(("fault", "expected"), FAULTS.items())
def test_what_an_authority_answers_wrongly_is_not_kept(
    talks: Talks, office: OpensslAuthority, tmp_path: Path, fault: str, expected: str
) -> None:
    faulty = _fault(fault, office, tmp_path)
    asking = Authority(faulty.ask, read_roots(office.pem))
    before = everything(talks.depositary)
    assert refusal_of(lambda: stamp_latest(talks.depositary, talks.origin, asking)) == expected
    assert stamps(talks) == () and [log[2] for log in everything(talks.depositary)] == [
        log[2] for log in before
    ]


def test_an_address_that_is_none_is_refused() -> None:
    for url in ("file:///etc/passwd", "ftp://office.example", "office.example", "http://"):
        assert refusal_of(lambda url=url: authority_at(url)) == "stamp.address"  # type: ignore[misc]


def test_an_authority_that_does_not_answer_or_answers_without_end(office: OpensslAuthority) -> None:
    with served(office) as url:
        ask = authority_at(url)
        office.said = b"x" * (LARGEST_ANSWER + 1)
        assert refusal_of(lambda: ask(b"request")) == "stamp.unreachable"
        office.said, office.status = b"Busy.", 503
        assert refusal_of(lambda: ask(b"request")) == "stamp.unreachable"
        office.status = 302
        assert refusal_of(lambda: ask(b"request")) == "stamp.unreachable"
    assert refusal_of(lambda: ask(b"request")) == "stamp.unreachable"  # it is gone


# --- when


def test_a_log_that_grows_is_stamped_once_a_day(talks: Talks, office: OpensslAuthority) -> None:
    stamping = Stamping(talks.depositary, trusting(office))
    now = int(time.time()) + 5
    stamping.look(now)
    assert [stamp.size for stamp in stamps(talks)] == [talks.size]
    stamping.look(now + 2 * DAY)  # nothing new
    size = talks.size
    talks.say("A")
    stamping.look(now + DAY - 60)
    assert office.asked == 1
    stamping.look(now + DAY)
    assert [stamp.size for stamp in stamps(talks)] == [size, size + 1]


def test_an_authority_that_fails_is_left_alone_for_a_while_and_disturbs_nothing(
    talks: Talks, office: OpensslAuthority
) -> None:
    office.said = b"garbage"
    stamping, now = Stamping(talks.depositary, trusting(office)), int(time.time())
    assert refusal_of(lambda: stamping.look(now)) == "stamp.answer"
    talks.say("A")
    stamping.look(now + AGAIN - 1)
    assert office.asked == 1
    office.said = None
    stamping.look(now + AGAIN)
    assert [stamp.size for stamp in stamps(talks)] == [talks.size]


def test_after_a_failure_a_clock_that_is_set_back_is_not_waited_for(
    talks: Talks, office: OpensslAuthority
) -> None:
    office.said = b"garbage"
    stamping, now = Stamping(talks.depositary, trusting(office)), int(time.time())
    assert refusal_of(lambda: stamping.look(now + 365 * DAY)) == "stamp.answer"
    office.said = None
    stamping.look(now)
    assert [stamp.size for stamp in stamps(talks)] == [talks.size]


def test_one_process_that_cannot_be_stamped_does_not_hold_up_the_others(
    talks: Talks, office: OpensslAuthority
) -> None:
    other = Talks(talks.depositary, label="other").convene()
    answers = iter([b"garbage"])
    asking = Authority(lambda request: next(answers, None) or office.ask(request), read_roots(office.pem))
    assert refusal_of(lambda: Stamping(talks.depositary, asking).look(int(time.time()))) == "stamp.answer"
    assert stamps(talks) == () and len(talks.depositary.store.stamps(other.origin)) == 1


def test_stamped_again_before_the_certificate_ends(talks: Talks, office: OpensslAuthority) -> None:
    office.renew(90)
    first = stamp(talks, office)
    stamping = Stamping(talks.depositary, trusting(office))
    stamping.look(first.ends - EARLY - DAY)
    assert stamps(talks) == (first,)
    stamping.look(first.ends - EARLY)  # under the same certificate nothing is gained
    assert stamps(talks) == (first,)
    office.renew(3650)
    stamping.look(first.ends - EARLY + 60)  # looked through today already
    assert stamps(talks) == (first,)
    stamping.look(first.ends - EARLY + DAY)
    _first, second = stamps(talks)
    assert (second.size, second.place, second.note) == (
        first.size,
        1,
        first.note,
    ) and second.ends > first.ends
    (checkpoint,) = verified(taken(talks), office, now=first.ends + YEAR).checkpoints
    assert [stamp.at for stamp in checkpoint.stamps] == [first.made, second.made]
    assert talks.depositary.store.newest_stamp(talks.origin) == first


# --- the file


def test_a_file_of_stamps_says_by_when_how_many_acts_existed(talks: Talks, office: OpensslAuthority) -> None:
    first = stamp(talks, office)
    talks.say("A")
    second = stamp(talks, office)
    log = verified(taken(talks), office)
    assert log.origin == talks.origin
    assert [(c.size, [s.at for s in c.stamps]) for c in log.checkpoints] == [
        (first.size, [first.made]), (second.size, [second.made])]  # fmt: skip
    assert {s.authority for c in log.checkpoints for s in c.stamps} == {OFFICE}


def test_without_a_stamp_there_is_no_file(talks: Talks) -> None:
    assert refusal_of(lambda: taken(talks)) == "stamp.none"


def test_once_the_certificate_has_ended_a_stamp_alone_proves_nothing(
    talks: Talks, office: OpensslAuthority
) -> None:
    made = stamp(talks, office)
    assert verified(taken(talks), office, now=made.ends)
    assert refusal_of(lambda: verified(taken(talks), office, now=made.ends + 1)) == "stamp.ended"


def test_a_later_stamp_over_a_stamp_keeps_it_good(
    talks: Talks, office: OpensslAuthority, tmp_path: Path
) -> None:
    old = OpensslAuthority(tmp_path / "old", days=1)
    first = stamp(talks, old)
    again = trusting(office).stamp(talks.origin, first.size, first.note, (first,))
    roots = read_roots(office.pem + old.pem)
    assert len(check_stamps(first.note, [first.answer, again.answer], roots, again.ends)) == 2
    assert refusal_of(lambda: check_stamps(first.note, [again.answer], roots, again.made)) == "stamp.imprint"
    assert refusal_of(lambda: check_stamps(first.note, [first.answer], roots, again.ends)) == "stamp.ended"


@pytest.mark.parametrize(
    ("stamped", "expected"),
    [
        ([(10, 20), (20, 40), (40, 60)], ""),
        ([(10, 20), (21, 60)], "stamp.ended"),
        ([(10, 30), (20, 40), (41, 60)], "stamp.ended"),
        ([(10, 30), (20, 49)], "stamp.ended"),
        ([(20, 60), (19, 60)], "stamp.order"),
    ],
)
def test_each_stamp_is_made_before_the_one_before_it_has_ended(
    stamped: list[tuple[int, int]], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """stamped: (when, when its certificate ends) of each; it is 50 now."""
    found = iter([Checked(at, OFFICE, ends) for at, ends in stamped])
    monkeypatch.setattr("detente.proofs.time_stamp.check_stamp", lambda *_about: next(found))

    def check() -> object:
        return check_stamps(b"note", [b"answer"] * len(stamped), (), 50)

    if expected:
        assert refusal_of(check) == expected
    else:
        assert check()


def test_another_authority_is_not_the_one_that_is_trusted(
    talks: Talks, office: OpensslAuthority, tmp_path: Path
) -> None:
    stamp(talks, office)
    assert (
        refusal_of(lambda: verified(taken(talks), OpensslAuthority(tmp_path / "other"))) == "stamp.authority"
    )
    assert refusal_of(lambda: read_roots(b"no certificate")) == "stamp.certificate"


def test_any_changed_line_is_refused(talks: Talks, office: OpensslAuthority) -> None:
    stamp(talks, office)
    raw = taken(talks)
    lines = raw.splitlines(keepends=True)
    for at, line in enumerate(lines):
        changed = bytearray(line)
        changed[len(line) // 2] ^= 1
        with pytest.raises(Refused):
            verified(b"".join([*lines[:at], bytes(changed), *lines[at + 1 :]]), office)
        with pytest.raises(Refused):
            verified(b"".join([*lines[:at], *lines[at + 1 :]]), office)
    assert refusal_of(lambda: verified(raw + b"\n", office)) == "stamps.end"
    other = Talks(talks.depositary, label="other").convene()
    assert (
        refusal_of(lambda: verified(raw.replace(talks.id.encode(), other.id.encode(), 1), office))
        == "stamps.process"
    )
