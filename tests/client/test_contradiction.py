"""A copy in which somebody had seen another record: the evidence is kept, whatever else stands in the copy."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from detente.client.contradiction import keep_foreign_view
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused
from detente.depositary.certifying import certify_copy
from detente.procedure.disclosure import Viewer
from detente.proofs.misconduct import check_evidence, read_evidence
from detente.proofs.verification import verify_copy
from tests.depositary.talks import NOW, Talks, force, open_host


@pytest.fixture(scope="module")
def copy() -> bytes:
    talks = Talks(open_host()).convene().seat("A")
    act = talks.raw_statement("A", seen=(2, encode_base64url(bytes(32))))
    force(talks.depositary, talks.origin, act, author="A")
    out = io.BytesIO()
    certify_copy(talks.depositary, talks.origin, Viewer("A"), NOW, out)
    return out.getvalue()


def said_of(copy: bytes, folder: Path) -> Refused:
    with pytest.raises(Refused) as refused:
        verify_copy(io.BytesIO(copy))
    return keep_foreign_view(folder, io.BytesIO(copy), refused.value)


def test_the_evidence_is_kept(copy: bytes, tmp_path: Path) -> None:
    assert said_of(copy, tmp_path).refusals[0].code == "act.seen_foreign"
    (file,) = tmp_path.rglob("evidence-*.detente")
    with file.open("rb") as evidence:
        assert check_evidence(read_evidence(evidence)).evidence.number == 2


@pytest.mark.parametrize("lines", [b"999999999999999", b"many", b"0", b"1"])
def test_without_a_checkpoint_the_refusal_stands_and_nothing_is_waited_for(
    copy: bytes, tmp_path: Path, lines: bytes
) -> None:
    head, _, rest = copy.partition(b"\ncheckpoint ")
    cut = b"%s\ncheckpoint %s\n%s" % (head, lines, rest.partition(b"\n")[2])
    assert said_of(cut, tmp_path).refusals[0].code == "act.seen_foreign"
    assert not list(tmp_path.rglob("evidence-*"))
