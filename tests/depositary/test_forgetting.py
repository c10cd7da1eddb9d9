"""Erasure at the host: the words are nowhere, the proofs stand, and a backup that is brought back forgets again."""

from __future__ import annotations

import io
import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.refusal import Refused
from detente.depositary.certifying import certify_copy
from detente.depositary.opening import DATABASE, open_data
from detente.depositary.proving import log_held_for
from detente.depositary.reading import Record
from detente.depositary.self_check import check_process
from detente.procedure.disclosure import Viewer
from detente.proofs.verification import verify_copy
from detente.store.appending import NotStored
from detente.tlog.proof import parse_proof
from detente.views.building import act_page
from tests.depositary.talks import NOW, Talks, everything, open_host

CANARY = "canary-7f3a-" * 40
SPEAKER = "Somebody who was named"


@pytest.fixture
def talks(tmp_path: Path) -> Talks:
    return Talks(open_data(tmp_path / "host", create=True)).convene().seat()


def state(talks: Talks, text: str = CANARY) -> str:
    hidden = {"text": text, "speaker": SPEAKER}
    return talks.do("A", "register_statement", hidden, claims=(("other", ""),)).leaf


def erase(
    talks: Talks,
    *leaves: str,
    by: str = "A",
    writer: str = "A",
    ground: str = "data_protection",
    **more: object,
) -> None:
    talks.do(by, "erase", {}, originals=leaves, writer=writer, ground=ground, **more)


def opened(talks: Talks, leaf: str) -> dict[str, object]:
    return dict(Record(talks.depositary, talks.origin, Viewer("B")).opened(leaf))


def copied(talks: Talks) -> bytes:
    out = io.BytesIO()
    certify_copy(talks.depositary, talks.origin, Viewer("A"), NOW, out)
    return out.getvalue()


def holds(folder: Path, words: str) -> bool:
    """Whether the words, or any base64url of them, are in a file there."""
    raw = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    spelt = [encode_base64url(b" " * pad + words.encode())[8:40].encode() for pad in range(3)]
    return words.encode()[:24] in raw or any(one in raw for one in spelt)


def test_the_words_are_nowhere_and_the_proof_stands(talks: Talks, tmp_path: Path) -> None:
    leaf = state(talks)
    index = talks.depositary.store.index_of_leaf(talks.origin, decode_base64url(leaf))
    assert index is not None
    assert opened(talks, leaf)["text"] == CANARY and holds(tmp_path / "host", CANARY)
    erase(talks, leaf)
    assert opened(talks, leaf) == {} and not holds(tmp_path / "host", CANARY)
    raw = copied(talks)
    verified = verify_copy(io.BytesIO(raw))
    assert verified.state.erasures[leaf][0].by == "A"
    assert not list(check_process(talks.depositary, talks.origin, NOW))
    receipt = talks.depositary.receipt(talks.origin, index)
    assert receipt.leaf == leaf and parse_proof(receipt.proof).index == index


def test_one_part_is_erased_and_the_others_are_read_on(talks: Talks) -> None:
    leaf = state(talks)
    erase(talks, leaf, parts=("speaker",))
    assert opened(talks, leaf) == {"text": CANARY}


def test_what_the_store_has_not_erased_yet_is_read_by_nobody(
    talks: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody reads after the act stands and before the store has done it, and what they were given stays in memory."""
    leaf, store, read = state(talks), talks.depositary.store, list[dict[str, object]]()
    erase_in_store = store.erase

    def read_meanwhile(origin: str, disclosures: Mapping[bytes, Sequence[str]]) -> None:
        read.append(opened(talks, leaf))
        erase_in_store(origin, disclosures)

    monkeypatch.setattr(store, "erase", read_meanwhile)
    erase(talks, leaf)
    assert read == [{}] and opened(talks, leaf) == {}


def test_what_the_store_cannot_erase_now_is_read_by_nobody(
    talks: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_origin: str, _disclosures: Mapping[bytes, Sequence[str]]) -> None:
        raise NotStored("disk full")

    monkeypatch.setattr(talks.depositary.store, "erase", full)
    whole, part = state(talks), state(talks)
    erase(talks, whole)
    erase(talks, part, parts=("speaker",))
    assert opened(talks, whole) == {} and opened(talks, part) == {"text": CANARY}
    kept = talks.depositary.store.disclosures(talks.origin, [decode_base64url(whole)])
    assert kept and not any(text.encode() in copied(talks) for texts in kept.values() for text in texts)
    index = talks.depositary.store.index_of_leaf(talks.origin, decode_base64url(whole))
    assert index is not None
    assert log_held_for(talks.depositary, talks.origin, Viewer("A"), index + 1).act(index).count(b"~") == 1


def test_what_was_held_up_is_erased_while_the_host_runs(
    talks: Talks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_origin: str, _disclosures: Mapping[bytes, Sequence[str]]) -> None:
        raise NotStored("disk full")

    leaf = state(talks)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(talks.depositary.store, "erase", full)
        erase(talks, leaf)
        talks.depositary.erase_held_up()
        assert holds(tmp_path / "host", CANARY)
    talks.depositary.erase_held_up()
    assert not holds(tmp_path / "host", CANARY)


def test_what_was_sent_again_does_not_bring_the_words_back(talks: Talks, tmp_path: Path) -> None:
    raw = talks.raw("A", "register_statement", {"text": CANARY}, claims=(("other", ""),))
    first = talks.depositary.receive_act(raw)
    erase(talks, first.leaf)
    assert talks.depositary.receive_act(raw).index == first.index
    assert opened(talks, first.leaf) == {} and not holds(tmp_path / "host", CANARY)


def test_a_backup_forgets_again_before_it_serves(talks: Talks, tmp_path: Path) -> None:
    """The disclosures of an older backup, under the log of today: as where a mirror filled up what was missing."""
    leaf = state(talks)
    kept = talks.depositary.store.disclosures(talks.origin, [decode_base64url(leaf)])
    erase(talks, leaf)
    talks.depositary.close()
    restored = tmp_path / "restored"
    shutil.copytree(tmp_path / "host", restored)
    put_back(restored / DATABASE, kept)
    assert holds(restored, CANARY)
    talks.depositary = open_data(restored)
    assert opened(talks, leaf) == {} and not holds(restored, CANARY)
    talks.depositary.close()


def put_back(database: Path, kept: dict[bytes, tuple[str, ...]]) -> None:
    connection = sqlite3.connect(database)
    with connection:
        for leaf, disclosures in kept.items():
            (row,) = connection.execute("SELECT log, idx FROM entry WHERE leaf = ?", (leaf,)).fetchall()
            connection.executemany(
                "INSERT INTO disclosure VALUES (?, ?, ?, '', ?)",
                [(*row, place, text) for place, text in enumerate(disclosures)],
            )
    connection.close()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (lambda leaf: {"originals": (encode_base64url(bytes(32)),), "writer": "A"}, "forgetting.unknown"),
        (lambda leaf: {"originals": (leaf,), "writer": "PA"}, "forgetting.not_theirs"),
        (lambda leaf: {"originals": (leaf,), "writer": "A", "parts": ("reason",)}, "forgetting.part"),
    ],
)
def test_the_door_asks_the_log_who_wrote_what(
    talks: Talks, fields: Callable[[str], dict[str, object]], code: str
) -> None:
    leaf = state(talks)
    before = everything(talks.depositary)
    with pytest.raises(Refused) as refused:
        talks.do("PA", "erase", {}, ground="data_protection", **fields(leaf))
    assert [r.code for r in refused.value.refusals] == [code]
    assert everything(talks.depositary) == before


def test_the_page_says_what_was_erased_by_whom_and_under_which_rule() -> None:
    talks = Talks(open_host()).convene().seat()
    leaf = state(talks)
    erase(talks, leaf, by="M", ground="court_order")
    record = Record(talks.depositary, talks.origin, Viewer("B"))
    index = record.index_of(leaf)
    assert index is not None
    page = act_page(record, index)
    assert page is not None and "canary" not in str(page)
    (said,) = ("".join(run.text for run in field.value) for field in page.fields if field.label == "Erased")
    assert "All that it hid, by" in said and "an order of a court" in said and "cannot be recalled" in said


def test_the_specification_names_every_fault_and_its_example_is_an_act() -> None:
    """docs/specs/erasure.md"""
    root = Path(__file__).parents[2]
    page = (root / "docs/specs/erasure.md").read_text()
    sources = [root / "src/detente" / path for path in ("acts/forgetting.py", "depositary/forgetting.py")]
    assert set(re.findall(r"forgetting\.[a-z_]+(?=`)", page)) == {
        code for source in sources for code in re.findall(r'"(forgetting\.[a-z_]+)"', source.read_text())
    }
    (example,) = re.findall(r"```erase\n(.*?)```", page, re.DOTALL)
    fields = json.loads(example)
    talks = Talks(open_host()).convene().seat()
    plain = talks.payload(talks.keys["PA"], "erase", **fields)
    assert {
        name: list(v) if isinstance(v, tuple) else v for name, v in plain.items() if name in fields
    } == fields
