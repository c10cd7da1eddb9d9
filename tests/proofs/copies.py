"""Certified copies to break: a small record with chambers, hidden fields and cosignatures, and a second keeper's
hand that certifies whatever it is given, so that each check is tested and not only the digest.
"""

from __future__ import annotations

import functools
import hashlib
import io
from collections.abc import Callable, Sequence

from detente.codec.base64url import encode_base64url
from detente.depositary.certifying import certify_copy, copy_for_check
from detente.depositary.keeper import keeper_key
from detente.keys.generate import SigningKey
from detente.procedure.disclosure import Viewer
from detente.proofs.certified_copy import statement_of
from detente.proofs.verification import VerifiedCopy, verify_copy
from tests.depositary.talks import NOW, WITNESSES, Talks, open_host


def small_talks() -> Talks:
    """Nine acts in three logs, cosigned."""
    talks = Talks(open_host(), cosigners=WITNESSES[:2], quorum=1).convene(title="Talks")
    talks.seat("A")
    talks.do("A", "note", {"text": "We could live with 25 km."}, chamber="side-A")
    talks.say("A", "They went home.", aud=("A", "M"))
    talks.do("A", "note", {"text": "But not with 30."}, chamber="side-A")
    talks.do("M", "adjourn", {"reason": "Night."})
    talks.do("A", "note", {"text": "Ask about the bridge."}, chamber="mediators-A")
    talks.cosign(NOW, NOW + 1)
    return talks


def copy_for(talks: Talks, person: str | None) -> bytes:
    out = io.BytesIO()
    certify_copy(talks.depositary, talks.origin, Viewer(person), NOW, out)
    return out.getvalue()


def whole_copy(talks: Talks) -> bytes:
    """All that the host holds."""
    out = io.BytesIO()
    copy_for_check(talks.depositary, talks.origin, NOW, out)
    return out.getvalue()


def verified(raw: bytes) -> VerifiedCopy:
    return verify_copy(io.BytesIO(raw))


@functools.cache
def small() -> tuple[Talks, bytes]:
    talks = small_talks()
    return talks, copy_for(talks, "A")


def certify(body: bytes, key: SigningKey) -> bytes:
    """`body` with a digest and a certificate that hold."""
    digest = encode_base64url(hashlib.sha256(body).digest())
    signature = encode_base64url(key.sign(statement_of(digest)))
    return body + f"digest {digest}\ncertified {key.key_id} {signature}\n".encode()


def recertified(talks: Talks, raw: bytes, change: Callable[[list[bytes]], Sequence[bytes] | None]) -> bytes:
    """The copy with its lines changed, certified again by the record's own keeper."""
    lines = raw.splitlines(keepends=True)[:-2]
    changed = change(lines)
    return certify(b"".join(lines if changed is None else changed), keeper_key(talks.depositary, talks.state))


def positions(raw: bytes, word: bytes) -> list[int]:
    """The numbers, from 0, of the lines that begin with `word`."""
    return [i for i, line in enumerate(raw.splitlines()) if line.startswith(word + b" ")]
