"""What a line looks like in print."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from detente.interchange.minutes.printing import join_remark, print_act, split_remark
from detente.interchange.minutes.times import write_time
from tests.interchange.player import Stood
from tests.interchange.record import ledger, stage

ISTANBUL = ZoneInfo("Europe/Istanbul")


def printed(kind: str) -> tuple[str, ...]:
    shown: Stood = next(stood for stood in stage().stood if stood.kind.name == kind)
    return print_act(shown, ledger(), date(2025, 10, 27), ISTANBUL)


def test_acts_of_chambers_and_what_they_name_read_like_minutes() -> None:
    assert printed("refer") == ("in side-A: 10:18 A refers understanding, edition 1",)
    assert printed("instruct") == (
        "in side-A: 10:19 PA instructs the delegation", "    referral: #1 of side-A", "    text: Ask for a date.",
    )  # fmt: skip
    assert printed("confirm_fingerprint") == ("09:02 M confirms the fingerprint of PA",)
    assert printed("propose_alternative") == ("10:15 A brackets 1(2) of understanding", "    text: At once.")


def test_an_edition_is_printed_with_its_text_in_every_language() -> None:
    lines = printed("issue")
    assert lines[0] == "10:00 M issues edition 1 of understanding"
    assert lines[lines.index("    text:") + 1 :][:3] == (
        "        Article 1. Peace", "        1(1) There shall be peace.", "          ur: امن",
    )  # fmt: skip


def test_a_sealed_field_is_left_out() -> None:
    shown = next(stood for stood in stage().stood if stood.kind.name == "instruct")
    lines = print_act(shown._replace(opened={}), ledger(), date(2025, 10, 27), ISTANBUL)
    assert lines == ("in side-A: 10:19 PA instructs the delegation", "    referral: #1 of side-A")


def test_an_hour_that_the_clocks_repeat_is_written_in_utc() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert write_time("2025-10-26T00:30:00Z", date(2025, 10, 26), berlin) == "02:30"
    assert write_time("2025-10-26T01:30:00Z", date(2025, 10, 26), berlin) == "2025-10-26T01:30:00Z"


def test_a_remark_beside_the_dagger_stays() -> None:
    for remark in (None, "", "x", "illustrative time", "illustrative time. x", "illustrative time. "):
        assert join_remark(*split_remark(remark)) == remark or remark == "illustrative time. "
