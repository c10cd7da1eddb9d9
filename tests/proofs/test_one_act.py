"""The proof of one act: it shows what its holder chose and nothing else, and breaks with any byte."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused
from detente.proofs.one_act import FIRST_LINE, ProvedAct, verify_proof
from detente.proofs.proving import whole_log, write_proof
from detente.signing.disclosure import read_disclosure
from detente.signing.envelope import parse_envelope
from detente.signing.signer import sign_act
from detente.tlog.merkle import Edge, leaf_hash
from detente.tlog.signed_note import add_signatures, parse_note
from tests.depositary.talks import NOW, WITNESSES, Talks, cosigner_named, key_named, open_host

SECRET = "The road stays open, they say."


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Talks:
    folder = tmp_path_factory.mktemp("proved")
    talks = (
        Talks(open_host(folder / "record.sqlite"), cosigners=WITNESSES, quorum=2).convene().seat().open_text()
    )
    talks.issue()
    talks.say("B", SECRET)
    talks.say("A", "Later words.")
    talks.cosign(NOW + 1, NOW + 2)
    return talks


def log_of(talks: Talks) -> tuple[list[bytes], bytes]:
    """Every act with every disclosure, and the cosigned checkpoint."""
    store = talks.depositary.store
    head = store.head(talks.origin)
    assert head is not None
    acts = [
        "~".join([entry.entry.decode(), *entry.disclosures, ""]).encode()
        for entry in store.entries(talks.origin, 0, head.size)
    ]
    return acts, head.cosigned or head.checkpoint


def proof_of(talks: Talks, number: int, shown: Sequence[str] = (), *, names: bool = False) -> bytes:
    out = io.BytesIO()
    write_proof(out, whole_log(*log_of(talks)), number, shown, names=names)
    return out.getvalue()


def verified(raw: bytes) -> ProvedAct:
    return verify_proof(io.BytesIO(raw))


def statement(talks: Talks) -> int:
    return talks.size - 1


def disclosed(raw: bytes) -> set[str]:
    acts = re.findall(rb"^act \d+ (.*)$", raw, re.MULTILINE)
    return {read_disclosure(text).name for act in acts for text in parse_envelope(act).disclosures}


def test_it_shows_what_was_chosen_of_the_act_and_nothing_else(talks: Talks) -> None:
    raw = proof_of(talks, statement(talks), ["text"])
    proved = verified(raw)
    assert (proved.process, proved.act.number) == (talks.origin, statement(talks))
    assert (proved.person, proved.act.kind) == ("B", "register_statement")
    assert proved.act.opened == {"text": SECRET} and disclosed(raw) == {"text"}
    assert (proved.side, proved.office, proved.title) == ("B", "", "")
    assert proved.log.size == talks.size and len(proved.log.cosigners) == 2
    assert b"Later words." not in raw and raw.startswith(FIRST_LINE.encode())


def test_with_nothing_chosen_no_hidden_field_is_in_it(talks: Talks) -> None:
    raw = proof_of(talks, statement(talks))
    assert verified(raw).act.opened == {} and disclosed(raw) == set()


def test_the_author_can_be_named_by_office(talks: Talks) -> None:
    raw = proof_of(talks, statement(talks), names=True)
    assert verified(raw).office == "Office of B" and disclosed(raw) == {"title"}


def test_every_act_of_the_record_can_be_proved(talks: Talks) -> None:
    for number in range(1, talks.size + 1):
        proved = verified(proof_of(talks, number))
        assert proved.act.number == number
        registry = talks.depositary.main(talks.origin).state().keys
        assert proved.person == registry[proved.act.key].person


def test_with_any_byte_changed_it_proves_nothing(talks: Talks) -> None:
    raw = proof_of(talks, statement(talks), ["text"])
    for place in range(len(raw)):
        changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        with pytest.raises(Refused) as refusing:
            verified(changed)
        assert refusing.value.refusals[0].sentence
    for cut in (raw[:-1], raw + b"x", raw + b"\n", b""):
        with pytest.raises(Refused):
            verified(cut)


def test_another_act_cannot_stand_in_its_place(talks: Talks) -> None:
    other = proof_of(talks, statement(talks) + 1)
    head, _, rest = other.partition(b"\nproves ")
    claimed = head + b"\nproves " + str(statement(talks)).encode() + b"\n" + rest.partition(b"\n")[2]
    with pytest.raises(Refused):
        verified(claimed)


def without(raw: bytes, number: int) -> bytes:
    """The proof without one of its acts and its path."""
    return re.sub(rb"act %d .*\npath (\d+)\n(?:[A-Za-z0-9+/=]{44}\n)*" % number, b"", raw)


def test_it_says_who_enrolled_the_key_or_proves_nothing(talks: Talks) -> None:
    raw = proof_of(talks, statement(talks))
    enrolled = verified(raw).enrolled
    for number, code in ((enrolled, "proved.key"), (1, "proved.process")):
        with pytest.raises(Refused) as refusing:
            verified(without(raw, number))
        assert refusing.value.refusals[0].code == code


def test_a_host_alone_cannot_convene_in_the_convenors_name(talks: Talks) -> None:
    """The process id does not fix the keeper's key: with one of its own, a host could write a whole record."""
    forged, own = Talks(open_host()), key_named("a keeper of the host's own")
    forged.log_key, forged.origin = talks.log_key, talks.origin
    convening = {**talks.convening, "keeper_key": encode_base64url(own.public)}
    raw = forged.raw(own, "convene", {"title": "Talks that M never convened"}, **convening)
    edge = Edge.empty().append(leaf_hash(raw.split(b"~")[0]))
    note = talks.depositary.checkpoint(talks.origin, talks.log_key, edge)
    out = io.BytesIO()
    write_proof(out, whole_log([raw], note), 1, ["title"])
    with pytest.raises(Refused) as refusing:
        verified(out.getvalue())
    assert refusing.value.refusals[0].code == "proved.process"


def test_the_log_of_another_process_signs_nothing_here(talks: Talks, tmp_path: Path) -> None:
    other = Talks(open_host(tmp_path / "record.sqlite"), label="other").convene().seat()
    note = log_of(other)[1]
    raw = proof_of(talks, statement(talks))
    swapped = raw[: raw.index(b"checkpoint ")] + b"checkpoint %d\n" % note.count(10) + note
    with pytest.raises(Refused) as refusing:
        verified(swapped)
    assert refusing.value.refusals[0].code.startswith(("checkpoint.", "note."))


@pytest.mark.parametrize(("number", "shown", "code"), [(0, (), "proved.number"), (10**6, (), "proved.number"),
                                                       (5, ("nothing",), "proved.field")])  # fmt: skip
def test_what_cannot_be_shown_is_refused(talks: Talks, number: int, shown: Sequence[str], code: str) -> None:
    with pytest.raises(Refused) as refusing:
        proof_of(talks, number, shown)
    assert refusing.value.refusals[0].code == code and refusing.value.refusals[0].instead


def proof_inside(talks: Talks, *cosigners: str) -> bytes:
    """Of the one act in the chamber of side B, whose checkpoint these have cosigned."""
    head = talks.depositary.store.head(f"{talks.origin}/side-B")
    assert head is not None
    (entry,) = talks.depositary.store.entries(f"{talks.origin}/side-B", 0, 1)
    text = parse_note(head.checkpoint).text
    note = add_signatures(head.checkpoint, [cosigner_named(name).sign(text, NOW) for name in cosigners])
    inside = whole_log(["~".join([entry.entry.decode(), *entry.disclosures, ""]).encode()], note)
    out = io.BytesIO()
    write_proof(out, whole_log(*log_of(talks)), 1, ["text"], chamber=inside)
    return out.getvalue()


def test_an_act_of_a_chamber_stands_under_the_chambers_checkpoint(talks: Talks) -> None:
    talks.do("B", "note", {"text": "Ask the capital."}, chamber="side-B")
    raw = proof_inside(talks)
    proved = verified(raw)
    assert (proved.chamber, proved.person, proved.side) == ("side-B", "B", "B")
    assert proved.act.opened == {"text": "Ask the capital."}
    assert (proved.log.size, proved.main.size) == (1, talks.size) and len(proved.main.cosigners) == 2
    for place in range(0, len(raw), 7):
        with pytest.raises(Refused):
            verified(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])


def test_an_act_that_another_reader_could_not_type_is_still_read(talks: Talks) -> None:
    """A proof weighs nothing of the kind of an act: here the claims, which no rule of the kind would admit."""
    raw = sign_act(
        talks.keys["B"],
        {"v": 1, "proc": talks.origin, "act": "register_statement", "iat": NOW, "seq": 9, "prev": "", "aud": ["all"],
         "seen": [0, ""], "claims": "none"},
        {"text": SECRET}, ("text",),
    )  # fmt: skip
    held = [*log_of(talks)[0], raw]
    edge = Edge.empty().extend(tuple(leaf_hash(act.split(b"~")[0]) for act in held))
    log_key = talks.depositary.main(talks.origin).state().convened.log_key
    note = talks.depositary.checkpoint(talks.origin, log_key, edge)
    out = io.BytesIO()
    write_proof(out, whole_log(held, note), len(held), ["text"])
    assert verified(out.getvalue()).act.clear["claims"] == "none"
