"""Instants: UTC to the second, and the order of texts is the order of time."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.codec.instant import Instant, instant_from_unix, unix_from_instant
from detente.codec.refusal import Refused

SECONDS = st.integers(0, 253_402_300_799)  # to the end of the year 9999


@given(SECONDS)
def test_seconds_come_back(seconds: int) -> None:
    assert unix_from_instant(instant_from_unix(seconds)) == seconds


@given(SECONDS, SECONDS)
def test_texts_order_as_time_does(earlier: int, later: int) -> None:
    assert (earlier < later) == (instant_from_unix(earlier) < instant_from_unix(later))


@given(SECONDS)
def test_every_instant_has_the_typed_form(seconds: int) -> None:
    instant = instant_from_unix(seconds)
    assert msgspec.convert(instant, Instant) == instant


@pytest.mark.parametrize("text", ["2025-02-30T00:00:00Z", "2025-10-28", "2025-10-28T02:30:00+02:00", ""])
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(Refused) as caught:
        unix_from_instant(text)
    assert caught.value.refusals[0].code == "instant.malformed"


@pytest.mark.parametrize("text", ["2025-10-28T02:30:00.5Z", "2025-10-28t02:30:00z"])
def test_other_spellings_do_not_pass_the_type(text: Any) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(text, Instant)
