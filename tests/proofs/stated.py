"""A small record that three cosigners follow, its replay bundle, and statements on what it comes to."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable

from detente.proofs.replay_bundle import VerifiedBundle, verify_bundle, write_bundle
from detente.proofs.state_statement import StateStatement, merge_statements, sign_statement, statement_on
from detente.tlog.cosignature import Cosigner
from detente.tlog.signed_note import NoteSigner
from tests.depositary.talks import NOW, WITNESSES, Talks, cosigner_named, key_named, open_host

SECRET = "We could live with 25 km."


@functools.cache
def small() -> Talks:
    """A text that A has initialled and B has not; two of three cosigners are asked for."""
    talks = Talks(open_host(), cosigners=WITNESSES, quorum=2).convene().seat().open_text()
    talks.issue()
    talks.do("A", "note", {"text": SECRET}, chamber="side-A")
    talks.say("B", SECRET)
    talks.do("M", "confirm_fingerprint", key=key_named("PA").key_id)
    talks.do("PA", "grant_mandate", holder="A", capacities=("initial",), instruments=(), terms="definitive")
    talks.do("A", "initial", instrument="road", languages=("en",))
    talks.cosign(NOW + 1, NOW + 2)
    return talks


def bundle_of(talks: Talks) -> bytes:
    """From acts with every disclosure that the host holds."""
    head = talks.depositary.store.head(talks.origin)
    assert head is not None
    acts = [
        "~".join([entry.entry.decode(), *entry.disclosures, ""]).encode()
        for entry in talks.depositary.store.entries(talks.origin, 0, head.size)
    ]
    out = io.BytesIO()
    write_bundle(out, talks.origin, acts, len(acts), head.cosigned or head.checkpoint)
    return out.getvalue()


@functools.cache
def bundle() -> VerifiedBundle:
    return folded(bundle_of(small()))


def folded(raw: bytes) -> VerifiedBundle:
    return verify_bundle(io.BytesIO(raw))


def signer(name: str) -> NoteSigner:
    """A cosigner's key, as it signs statements."""
    key: Cosigner = cosigner_named(name)
    return NoteSigner(name, key.public_key, key.sign_bytes)


def signed(said: StateStatement, *names: str) -> bytes:
    return merge_statements([sign_statement(said, signer(name)) for name in names])


def statement(*names: str) -> bytes:
    """On the small record, by those cosigners; by the first two where none is named."""
    return signed(statement_on(bundle()), *(names or WITNESSES[:2]))


def written(write: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    write(out)
    return out.getvalue()
