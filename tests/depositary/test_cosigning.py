"""Cosignatures that reach two server processes of one database at the same time: a mark is made of both."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from detente.acts.time import cosigner_verifiers, log_verifier
from detente.depositary.cosigning import keep_cosigned
from detente.tlog.checkpoint import open_checkpoint
from detente.tlog.signed_note import add_signatures, parse_note
from tests.depositary.talks import NOW, WITNESSES, Talks, cosigner_named, open_host


def test_of_two_lines_that_come_at_once_none_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talks = Talks(open_host(tmp_path / "record.sqlite"), cosigners=WITNESSES, quorum=2).convene()
    one = talks.depositary
    head = one.store.head(talks.origin)
    assert head is not None
    text = parse_note(head.checkpoint).text
    first, second = (
        add_signatures(head.checkpoint, [cosigner_named(name).sign(text, NOW)]) for name in WITNESSES[:2]
    )
    keep, waiting = one.store.keep_cosigned, [second]
    with closing(one), closing(open_host(tmp_path / "record.sqlite")) as other:

        def overtaken(*kept: object) -> None:
            if waiting:
                keep_cosigned(other, talks.origin, waiting.pop())
            keep(*kept)  # type: ignore[arg-type]

        monkeypatch.setattr(one.store, "keep_cosigned", overtaken)
        answered = keep_cosigned(one, talks.origin, first)
        after = one.store.head(talks.origin)
        assert after is not None and after.cosigned == answered
        process = talks.state.convened
        opened = open_checkpoint(
            answered, log_verifier(talks.origin, process.log_key), cosigner_verifiers(process)
        )
        assert {line.name for line in opened.witnesses} == set(WITNESSES[:2])
