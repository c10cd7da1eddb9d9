"""What every kind of act owes: a role, a log, a phrase, a sentence of what it commits to; and reading payloads."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from detente.acts.act import Clear, Kind, Log, sentence
from detente.acts.kinds import BY_NAME, KINDS, Unknown, read_act
from detente.codec.canonical_json import encode_canonical
from detente.codec.refusal import Refused
from detente.state.records import Role
from tests.simulator import ENVELOPE, Simulator, with_text

ON_THE_WIRE = {*ENVELOPE, "_sd", "act"}

every_kind = pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])


def test_no_two_kinds_share_a_name_or_a_type() -> None:
    assert len(BY_NAME) == len(KINDS) == len({kind.clear for kind in KINDS})


def test_the_page_of_kinds_has_every_kind_with_its_fields() -> None:
    page = (Path(__file__).parents[2] / "docs/specs/kinds.md").read_text("utf-8")
    (block,) = re.findall(r"^```kinds\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    lines = [" ".join((kind.name, *kind.clear_fields, "|", *_hidden(kind))) for kind in KINDS]
    assert block.splitlines() == lines


def _hidden(kind: Kind) -> list[str]:
    added = kind.hidden.added
    first = [name for name in kind.hidden_fields if name not in added]
    return [*first, *(["+", *added] if added else [])]


@every_kind
def test_what_was_added_to_a_kind_comes_last_and_an_act_from_before_has_fewer_digests(kind: Kind) -> None:
    added = kind.hidden.added
    assert kind.hidden_fields[len(kind.hidden_fields) - len(added) :] == added
    assert (kind.digests[0], kind.digests[-1]) == (
        len(kind.hidden_fields) - len(added),
        len(kind.hidden_fields),
    )


@every_kind
def test_a_kind_says_whose_act_it_is_where_and_what_it_commits_to(kind: Kind) -> None:
    assert kind.by and kind.by <= set(get_args(Role))
    assert kind.where and kind.where <= set(Log)
    assert kind.phrase.startswith("{author} ")
    assert kind.commits[0].isupper() and kind.commits.endswith(".")


@every_kind
def test_a_phrase_holds_only_the_author_and_clear_fields(kind: Kind) -> None:
    held = [name for _text, name, _spec, _conversion in string.Formatter().parse(kind.phrase) if name]
    assert set(held) <= {"author", *kind.clear_fields}
    assert len(held) == len(set(held))


@every_kind
def test_no_field_takes_an_envelope_name_and_none_is_both_clear_and_hidden(kind: Kind) -> None:
    assert not set(kind.clear_fields) & ON_THE_WIRE
    assert not set(kind.hidden_fields) & (ON_THE_WIRE | set(kind.clear_fields))
    assert "remark" in kind.hidden_fields


@every_kind
def test_a_variant_is_a_clear_field(kind: Kind) -> None:
    assert not kind.variant or kind.variant in kind.clear_fields


def test_no_two_phrases_are_the_same() -> None:
    assert len({kind.phrase for kind in KINDS}) == len(KINDS)


def payload(**fields: Any) -> bytes:
    plain = msgspec.to_builtins(Simulator().act("M", "adjourn"))["clear"]
    return encode_canonical({**plain, **fields})


def test_a_payload_reads_as_its_kind() -> None:
    found = read_act(payload())
    assert isinstance(found, BY_NAME["adjourn"].clear)
    assert found.seq == 1


@pytest.mark.parametrize(
    ("fields", "kind", "v"), [({"act": "reconvene"}, "reconvene", 1), ({"v": 2}, "adjourn", 2)]
)
def test_an_unknown_kind_or_version_is_no_fault_of_the_act(fields: dict[str, Any], kind: str, v: int) -> None:
    assert read_act(payload(**fields)) == Unknown(kind, v)


@pytest.mark.parametrize(
    "raw",
    [
        payload(surplus=1),
        payload(seq="1"),
        payload(proc="elsewhere/abc"),
        payload(act=7),
        payload(v="1"),
        b'{"act":"adjourn","v":1}',
        b"[]",
    ],
)
def test_fields_that_are_not_the_kind_s_are_refused(raw: bytes) -> None:
    with pytest.raises(Refused) as caught:
        read_act(raw)
    assert caught.value.refusals[0].code == "act.malformed"


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff", payload()[:-1]])
def test_bytes_that_are_not_json_are_refused(raw: bytes) -> None:
    with pytest.raises(Refused) as caught:
        read_act(raw)
    assert caught.value.refusals[0].code == "json.malformed"


@pytest.mark.parametrize("raw", [payload() + b" ", payload().replace(b",", b", ", 1), payload(on=None)])
def test_a_second_spelling_of_the_same_payload_is_refused(raw: bytes) -> None:
    with pytest.raises(Refused) as caught:
        read_act(raw)
    assert caught.value.refusals[0].code == "json.not_canonical"


def test_a_default_spelled_out_is_refused() -> None:
    """Otherwise one act would have two leaves."""
    clear = with_text().act("A", "reserve_provision", instrument="text", provision="art_5")
    plain = msgspec.to_builtins(clear)["clear"]
    assert read_act(encode_canonical(plain))
    with pytest.raises(Refused) as caught:
        read_act(encode_canonical({**plain, "lift": False}))
    assert caught.value.refusals[0].code == "json.not_canonical"


def test_a_sentence_holds_what_the_reader_may_know() -> None:
    simulator = with_text()
    act = simulator.act("A", "assent", instrument="text", terms="ad_referendum")
    found = sentence(BY_NAME["assent"], act, {"remark": "illustrative"})
    assert found.key == "assent.ad_referendum"
    assert found.arguments == {
        "instrument": "text", "terms": "ad_referendum", "remark": "illustrative", "author": "A",
        "on": ("text", simulator.edition().leaf),
    }  # fmt: skip


def test_the_hidden_fields_of_an_act_are_no_part_of_what_rules_read() -> None:
    for kind in KINDS:
        assert issubclass(kind.clear, Clear)
        assert not any("text" in name or "title" in name or "reason" in name for name in kind.clear_fields)
