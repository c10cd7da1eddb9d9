"""Every kind prints and reads back as the same act, and no two phrases fit one line."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import NODEFAULT

from detente.acts.act import Kind
from detente.acts.kinds import KINDS
from detente.codec.refusal import Refused
from detente.interchange.minutes.fields import read_fields_of
from detente.interchange.minutes.forms import Around
from detente.interchange.minutes.parsing import parse_minutes
from detente.interchange.minutes.phrases import SHORTER, matches, read_phrase, slots_of, write_phrase
from detente.interchange.minutes.printing import join_remark, print_minutes, usual_audience
from detente.interchange.minutes.schema import CHANGES, fields_of
from detente.interchange.minutes.statements import Scripted
from detente.interchange.minutes.times import EPOCH
from tests.interchange.generated import acts, typed_again
from tests.interchange.record import ledger

ZONE = ZoneInfo("Europe/Berlin")  # with hours that the clocks repeat
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@every_kind
@settings(max_examples=15, deadline=None, suppress_health_check=SLOW)
@given(data=st.data())
def test_what_is_printed_reads_back_as_the_same_act(kind: Kind, data: st.DataObject) -> None:
    shown = data.draw(acts(kind))
    script = print_minutes([shown], ledger(), ZONE)
    (scripted,) = parse_minutes(script, ZONE).statements
    assert isinstance(scripted, Scripted)
    values, faults = read_fields_of(
        fields_of(kind.name), scripted.given, Around(ledger(), scripted.day, ZONE)
    )
    assert not faults
    values["remark"] = join_remark(scripted.illustrative, values.get("remark"))
    hidden = {name: values.pop(name) for name in kind.hidden_fields if name in values}
    clear, opened = typed_again(kind, values, hidden)
    payload = shown.act.clear
    assert clear == {name: getattr(payload, name) for name in clear}
    assert opened == msgspec.convert(shown.opened, kind.hidden)
    assert (scripted.kind, scripted.author, scripted.time) == (kind.name, shown.act.author, payload.iat)
    assert (scripted.chamber, scripted.readers or usual_audience(shown.chamber)) == (
        shown.chamber,
        payload.aud,
    )


@every_kind
@settings(max_examples=15, deadline=None, suppress_health_check=SLOW)
@given(data=st.data())
def test_a_line_fits_its_own_phrase_and_no_other(kind: Kind, data: st.DataObject) -> None:
    shown = data.draw(acts(kind))
    values = {name: getattr(shown.act.clear, name) for name in kind.clear_fields}
    around = Around(ledger(), EPOCH, ZONE, values)
    for phrase in (kind.phrase, *SHORTER.get(kind.name, ())):
        line = write_phrase(kind.name, phrase, shown.act.author, values, around)
        assert [found.kind for found in matches(line)] == [kind.name], line


@every_kind
def test_a_phrase_holds_only_clear_fields_that_have_to_be_given(kind: Kind) -> None:
    fields = fields_of(kind.name)
    for slot in slots_of(kind.phrase):
        assert slot == "author" or fields[slot].default is NODEFAULT, slot
    assert kind.phrase.startswith("{author} ")


@every_kind
def test_no_field_is_named_like_a_word_of_the_language(kind: Kind) -> None:
    assert not set(fields_of(kind.name)) & {"readers", "call_it", CHANGES.name, "author", "time"}
    assert not set(kind.clear_fields) & set(kind.hidden_fields)


def test_a_line_that_fits_nothing_is_told_what_is_possible() -> None:
    with pytest.raises(Refused) as caught:
        read_phrase("M issues a text of understanding")
    (refusal,) = caught.value.refusals
    assert refusal.code == "minutes.phrase"
    assert "<author> issues edition <number> of <instrument>" in refusal.instead


def test_the_shorter_sentences_belong_to_kinds() -> None:
    assert set(SHORTER) <= {kind.name for kind in KINDS}
    for kind, phrases in SHORTER.items():
        assert all(set(slots_of(phrase)) - {"author"} <= set(fields_of(kind)) for phrase in phrases)
