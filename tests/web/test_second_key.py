"""A demonstration's log signs with ML-DSA-44 too, and the record page says what that line is for."""

from __future__ import annotations

from detente.depositary.signing_again import own_key, sign_again
from detente.tlog.signed_note import parse_note
from detente.views.building import record_page
from detente.views.building.record import SECOND_KEY
from tests.web.case import played


def test_a_played_process_names_the_key_and_its_log_signs_with_it() -> None:
    case = next(played())
    sign_again(case.depositary, case.origin)
    key, head = own_key(case.depositary, case.origin), case.store.head(case.origin)
    assert key is not None and head is not None
    lines = parse_note(head.signed_again or head.cosigned).signatures
    assert (key.name, key.key_id) in {(line.name, line.key_id) for line in lines}
    record = case.record("M")
    assert record_page(record, record.log()).second_key == SECOND_KEY
