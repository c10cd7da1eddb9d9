"""State statements: one text for all who fold the same acts, signed so that it is no checkpoint's cosignature."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from detente.acts.time import cosigner_verifiers
from detente.codec.refusal import Refused
from detente.proofs.state_statement import (
    FIRST_LINE,
    format_statement,
    merge_statements,
    open_statement,
    parse_statement,
    statement_on,
)
from detente.tlog.checkpoint import parse_checkpoint
from detente.tlog.cosignature import signed_message
from detente.tlog.signed_note import open_note, parse_note
from tests.depositary.talks import NOW, WITNESSES, cosigner_named
from tests.proofs.stated import bundle, bundle_of, folded, signed, small, statement


def code_of(raised: pytest.ExceptionInfo[Refused]) -> str:
    return raised.value.refusals[0].code


def test_everybody_who_folds_the_same_acts_says_the_same() -> None:
    again = folded(bundle_of(small()))
    assert statement_on(again) == statement_on(bundle())
    assert parse_statement(format_statement(statement_on(again))) == statement_on(again)
    one, other = statement(WITNESSES[0]), statement(WITNESSES[1])
    opened = open_statement(merge_statements([one, other]), bundle().state.convened)
    assert opened.signers == WITNESSES[:2] and opened.statement.size == bundle().size


def test_it_is_never_taken_for_a_cosignature_nor_a_cosignature_for_it() -> None:
    process, note = bundle().state.convened, statement()
    with pytest.raises(Refused) as refusing:
        open_note(note, cosigner_verifiers(process))  # another key id: nobody's line
    assert code_of(refusing) == "note.unverified"
    with pytest.raises(Refused):
        parse_checkpoint(parse_note(note).text)
    cosigned = cosigner_named(WITNESSES[0])
    message = signed_message(cosigned.key, parse_note(bundle().note).text, NOW)
    assert not message.decode().startswith(FIRST_LINE.split(" ")[0])
    with pytest.raises(Refused) as refusing:
        open_statement(bundle().note, process)
    assert code_of(refusing) == "note.unverified"


def test_statements_that_differ_are_not_merged_and_it_says_how() -> None:
    said = statement_on(bundle())
    for other, words in (
        (replace(said, size=3), "3 of"),
        (replace(said, root=bytes(32)), "forked"),
        (replace(said, facts_root=bytes(32)), "two different states"),
        (replace(said, state=bytes(32)), "two different states"),
    ):
        with pytest.raises(Refused) as refusing:
            merge_statements([statement(), signed(other, WITNESSES[2])])
        assert code_of(refusing) == "statement.differs" and words in refusing.value.refusals[0].sentence


def test_a_quorum_counts_names_and_nobody_can_sign_where_none_is_named() -> None:
    process = bundle().state.convened
    for few in (replace(process, quorum=3), replace(process, quorum=0), replace(process, cosigners=())):
        with pytest.raises(Refused) as refusing:
            open_statement(statement(), few)
        assert code_of(refusing) == "statement.quorum"


@pytest.mark.parametrize("change", [
    lambda text: text.replace("v1", "v2"), lambda text: text + "more\n", lambda text: text[:-1],
    lambda text: text.replace("\n13\n", "\n013\n"), lambda text: text.replace("=\n", "\n", 1),
    lambda text: "\n".join(text.split("\n")[:6]) + "\n",
])  # fmt: skip
def test_a_text_that_is_not_one_is_refused(change: object) -> None:
    text = format_statement(replace(statement_on(bundle()), size=13))
    with pytest.raises(Refused) as refusing:
        parse_statement(change(text))  # type: ignore[operator]
    assert code_of(refusing) in ("statement.version", "statement.lines")
