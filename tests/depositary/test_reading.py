"""Reading a record for somebody: each sees what it may, at the moment asked for, and nothing later."""

from __future__ import annotations

import pytest

from detente.codec.refusal import Refused
from detente.depositary import logs
from detente.depositary import reading as reading_module
from detente.depositary.reading import Record
from detente.procedure.disclosure import Viewer
from detente.procedure.fold import fold_all
from detente.provisions.provision import Provision
from detente.state.records import State
from tests.depositary.talks import NOW, TEXT, WITNESSES, Talks, force, open_host


@pytest.fixture(scope="module")
def talks() -> Talks:
    talks = Talks(open_host(), cosigners=WITNESSES, quorum=2).convene().seat().open_text()
    talks.issue()
    talks.say("A", "for all")
    talks.say("A", "for A", aud=("A",))
    talks.say("B", "for M", aud=("M",))
    talks.do("A", "note", {"text": "caucus"}, chamber="side-A")
    talks.do("M", "note", {"text": "among mediators"}, chamber="mediators")
    talks.cosign(NOW + 5, NOW + 1)
    return talks


def record(talks: Talks, person: str | None = None, at: int | None = None) -> Record:
    return Record(talks.depositary, talks.origin, Viewer(person), at)


@pytest.mark.parametrize(
    ("person", "texts"),
    [
        ("A", ["for all", "for A", None]),
        ("PA", ["for all", "for A", None]),
        ("B", ["for all", None, "for M"]),
        ("PB", ["for all", None, None]),
        ("M", ["for all", None, "for M"]),
        (None, ["for all", None, None]),
        ("nobody", ["for all", None, None]),
    ],
)
def test_each_reads_what_the_audience_admits(
    talks: Talks, person: str | None, texts: list[str | None]
) -> None:
    found = record(talks, person).acts(talks.size - 3, talks.size)
    assert [act.opened.get("text") for act in found] == texts
    assert [act.sealed for act in found] == [text is None for text in texts]
    assert [act.act.author for act in found] == ["A", "A", "B"]
    for act, text in zip(found, texts, strict=True):
        assert dict(record(talks, person).opened(act.act.leaf)) == ({"text": text} if text else {})


def test_hidden_fields_come_back_as_their_types(talks: Talks) -> None:
    (issued,) = record(talks).find(5, kind="issue")
    assert issued.opened["text"] == TEXT and isinstance(issued.opened["text"][0], Provision)
    assert "remark" not in issued.opened


def test_the_chambers_of_each(talks: Talks) -> None:
    def of(person: str | None) -> dict[str, list[str | None]]:
        reader = record(talks, person)
        names = [found.chamber.name for found in reader.chambers()]
        return {name: [a.opened.get("text") for a in reader.chamber_acts(name)] for name in names}

    assert of("A") == of("PA") == {"side-A": ["caucus"], "mediators-A": []}
    assert of("M") == {"mediators": ["among mediators"], "mediators-A": [], "mediators-B": []}
    assert of("B") == {"side-B": [], "mediators-B": []}
    assert of(None) == of("nobody") == {}
    assert record(talks, "B").chamber_acts("side-A") == ()
    assert record(talks, None).chamber_acts("mediators") == ()


def test_a_record_as_of_an_earlier_act_shows_nothing_later(talks: Talks) -> None:
    at = talks.size - 2
    earlier = record(talks, "A", at)
    assert (earlier.as_of, earlier.size) == (at, talks.size)
    assert earlier.visible.state.size == at and earlier.state_at(talks.size).state.size == at
    assert len(earlier.acts(0, talks.size)) == at and earlier.act(at) is None
    assert earlier.act(at - 1) is not None
    assert all(act.index < at for act in earlier.find(100))
    late = record(talks, "A").act(at)
    assert late is not None
    assert earlier.index_of(late.act.leaf) is None and earlier.opened(late.act.leaf) == {}
    assert earlier.chambers() == ()


@pytest.mark.parametrize("at", [0, -1, 10_000])
def test_there_is_no_such_moment(talks: Talks, at: int) -> None:
    with pytest.raises(Refused) as refused:
        record(talks, "A", at)
    assert refused.value.refusals[0].code == "log.at"


def test_the_first_and_the_last_moment(talks: Talks) -> None:
    assert record(talks, None, 1).visible.state.size == 1
    assert record(talks, None, talks.size).visible.state == talks.state


def test_filters_find_the_newest_first(talks: Talks) -> None:
    reader = record(talks, "A")
    assert [a.act.author for a in reader.find(2, kind="register_statement")] == ["B", "A"]
    assert [a.kind.name for a in reader.find(3, author="A")] == ["register_statement"] * 2
    indices = [a.index for a in reader.find(100)]
    assert indices == list(range(talks.size))[::-1]
    assert [a.index for a in reader.find(2, before=5)] == [4, 3]
    assert reader.acts(-2, 2) == reader.acts(0, 2)


def test_a_members_only_record() -> None:
    talks = Talks(open_host(), open_to="members").convene().seat()
    for outsider in (None, "X", "K.x"):
        with pytest.raises(Refused) as refused:
            record(talks, outsider)
        assert refused.value.refusals[0].code == "log.not_yours"
    assert record(talks, "PB").size == talks.size
    talks.do("M", "leave", person="PB")
    for at in (None, 3):
        with pytest.raises(Refused) as refused:
            record(talks, "PB", at)
        assert refused.value.refusals[0].code == "log.not_yours"


def test_an_unknown_record() -> None:
    with pytest.raises(Refused) as refused:
        Record(open_host(), "detente/" + "a" * 26, Viewer("M"))
    assert refused.value.refusals[0].code == "log.unknown"


def test_the_log_says_how_far_each_cosigner_has_signed(talks: Talks) -> None:
    size = talks.size
    log = record(talks).log()
    assert (log.origin, log.size, log.quorum) == (talks.origin, size, 2)
    assert log.cosigners == (
        (WITNESSES[0], size, NOW + 5),
        (WITNESSES[1], size, NOW + 1),
        (WITNESSES[2], 0, 0),
    )
    assert log.root == talks.depositary.main(talks.origin).tree.root(size)


def test_the_state_at_every_size_is_that_of_a_fresh_fold(talks: Talks) -> None:
    reader, state = record(talks, "A"), State()
    for index in range(talks.size):
        act = reader.act(index)
        assert act is not None
        state = fold_all(state, [(act.act.key, act.act.leaf, act.act.clear)])
        assert reader.state_at(index + 1).state == state
    assert state == talks.state


def test_disclosures_that_open_nothing_show_nothing(talks: Talks) -> None:
    """The host lost or confused them: the reader sees no field, and `fsck` says so."""
    own = Talks(open_host()).convene().seat("A")
    one, two = own.raw_statement("A", "one"), own.raw_statement("A", "two")
    force(own.depositary, own.origin, one.split(b"~")[0] + b"~" + two.split(b"~")[1] + b"~", author="A")
    (act,) = record(own, "A").acts(own.size - 1, own.size)
    assert act.opened == {} and not act.sealed


def test_who_reads_while_others_act_folds_nothing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    talks = Talks(open_host()).convene().seat().open_text()
    talks.issue()
    reading, state = record(talks, "A"), talks.state
    for _ in range(3):
        talks.say("A")

    def folded(*_act: object) -> State:
        raise AssertionError("an act is folded again")

    monkeypatch.setattr(logs, "fold_stored", folded)
    assert reading.visible.state is state
    assert talks.depositary.main(talks.origin).state_at(state.size) is state
    assert talks.depositary.main(talks.origin).state().size == state.size + 3


def test_what_was_opened_for_one_reader_is_opened_for_no_other_and_can_be_forgotten() -> None:
    """Opened fields are held in memory, whoever asked; each reader is given their own part of them."""
    talks = Talks(open_host()).convene().seat().open_text()
    talks.say("A", "for A", aud=("A",))
    for person, text in (("A", "for A"), ("B", None), ("PA", "for A"), (None, None)):
        (act,) = record(talks, person).acts(talks.size - 1, talks.size)
        assert act.opened.get("text") == text
    assert reading_module._opened.cache_info().currsize > 0
    reading_module.forget()
    assert reading_module._opened.cache_info().currsize == 0
