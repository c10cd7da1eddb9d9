"""A verifier in Go, written from docs/specs and vectors alone, judges the vectors as their files say.

What it says of each: the stage that refuses, the code, and what was read. Needs Debian's `golang-go` and
`golang-golang-x-crypto-dev`; nothing is fetched.

Not judged by it, because that needs the whole procedure and every kind of act: `door/`, the answers of `records/`; in
copies and replay bundles which acts are irregular (`NOT_READ`) and the codes `disclosure.malformed_field` and, but for
the members that bring keys, `act.malformed`. No vector of the folders here has one of these codes: all that they have
stand in the source.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from detente.depositary.host import latest_note
from detente.depositary.signing_again import sign_again
from detente.proofs.proving import whole_log, write_proof
from detente.tlog.signed_note import format_vkey
from tests.conformance.test_go_sumdb import OFFLINE
from tests.conformance.vector_readers import proved
from tests.depositary.talks import WITNESSES, Talks, open_host
from tests.tlog.demonstration import LOG, LOG_MLDSA, WITNESS_A, signed_checkpoint

pytestmark = pytest.mark.skipif(shutil.which("go") is None, reason="Go is not installed (Debian: golang-go)")

ROOT = Path(__file__).parents[2]
VECTORS = ROOT / "vectors"
SOURCE = Path(__file__).parent / "go" / "verifier"
FOLDERS = (
    "act", "note", "checkpoint", "policy", "proof", "consistency", "tile", "token", "copy", "proved", "pouch",
    "evidence", "facts", "bundle", "later", "stamps", "snapshot", "sealing",
)  # fmt: skip
FILES = {
    f"{folder}/{path.name}": path for folder in FOLDERS for path in sorted((VECTORS / folder).glob("*.json"))
}
COPIES = {path.name: path for path in sorted((VECTORS / "records").glob("*.copy"))}

NOT_READ = {"copy": {"irregular"}, "bundle": {"irregular"}, "later": {"irregular"}}
"""Folder -> what the files say was read, and Go does not: which acts are irregular is for the procedure to say."""

IN_PARTS = {
    "copy.number", "copy.truncated", "proved.version", "proved.line", "proved.number", "proved.hash",
    "proved.truncated", "proved.end", "proved.order", "proved.process", "proved.key", "proved.signature",
    "pouch.version", "pouch.line", "pouch.number", "pouch.truncated", "pouch.digest", "pouch.end", "pouch.leaf",
    "pouch.refusal", "pouch.process", "pouch.twice", "evidence.version", "evidence.line", "evidence.number",
    "evidence.hash", "evidence.truncated", "evidence.end", "evidence.signature", "unchained.version",
    "unchained.line", "unchained.number", "facts.version", "facts.line", "facts.number", "facts.hash",
    "facts.truncated", "facts.end", "facts.disclosed", "facts.process", "facts.order", "facts.key", "facts.signature",
    "facts.root", "facts.absent", "unchained.truncated", "unchained.end", "unchained.signature", "unchained.order",
    "unchained.same", "later.version", "later.line", "later.number", "later.hash", "later.truncated", "later.end",
    "later.disclosed", "later.process", "later.order", "later.after", "later.root", "later.signature",
    "bundle.version", "bundle.line", "bundle.number", "bundle.truncated", "bundle.end", "bundle.disclosed",
    "bundle.root", "bundle.empty", "bundle.process", "bundle.signature", "stamps.version", "stamps.line",
    "stamps.number", "stamps.truncated", "stamps.end", "stamps.process", "stamps.order", "stamps.stamp",
    "snapshot.version", "snapshot.line", "snapshot.number", "snapshot.hash", "snapshot.truncated", "snapshot.edge",
    "snapshot.state",
}  # fmt: skip
"""Codes that the Go source puts together: a container's kind, and the fault of its lines."""

Judge = Callable[..., dict[str, dict[str, Any]]]
Found = dict[str, Any]


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """Run the Go verifier on files and folders: verdict by file."""
    place = tmp_path_factory.mktemp("go")
    environment = {"GOCACHE": str(place / "cache")} if "HOME" not in os.environ else {}
    program = place / "verifier"
    built = subprocess.run(
        ["go", "build", "-o", str(program), "."],
        cwd=SOURCE,
        env={**os.environ, **environment, **OFFLINE},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, f"{built.stderr}\n(Debian: golang-golang-x-crypto-dev)"

    def run(*paths: Path) -> dict[str, dict[str, Any]]:
        result = subprocess.run([str(program), *map(str, paths)], capture_output=True, text=True, check=False)
        assert (result.returncode, result.stderr) == (0, "")
        return {(line := json.loads(text)).pop("file"): line for text in result.stdout.splitlines()}

    return run


@pytest.fixture(scope="module")
def verdicts(judge: Judge) -> dict[str, dict[str, Any]]:
    return judge(*(VECTORS / folder for folder in FOLDERS))


def verdict_on(judge: Judge, folder: Path, kind: str, vector: Mapping[str, object]) -> dict[str, Any]:
    """Of a vector made here."""
    path = folder / kind / "made.json"
    path.parent.mkdir()
    path.write_text(json.dumps(vector), "ascii")
    return judge(path)[f"{kind}/made.json"]


@pytest.mark.parametrize("file", FILES)
def test_go_finds_what_the_file_says(verdicts: dict[str, dict[str, Any]], file: str) -> None:
    vector = json.loads(FILES[file].read_text("ascii"))
    left_out = {"stage", "code"} | NOT_READ.get(file.partition("/")[0], set())
    assert verdicts[file] == {
        "stage": vector["expect"]["stage"],
        "code": vector["expect"]["code"],
        "read": {name: value for name, value in vector["expect"].items() if name not in left_out},
    }, vector["about"]


def test_go_is_asked_about_every_file(verdicts: dict[str, dict[str, Any]]) -> None:
    assert verdicts.keys() == FILES.keys()
    folders = {path.name for path in VECTORS.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == {*FOLDERS, "door", "records", "preferences", "schemas"}


def test_no_file_has_a_code_that_go_does_not_know() -> None:
    codes = {json.loads(path.read_text("ascii"))["expect"]["code"] for path in FILES.values()} - {""}
    sources = "".join(path.read_text("utf-8") for path in SOURCE.glob("*.go"))
    assert {code for code in codes if f'"{code}"' not in sources} == IN_PARTS


def test_go_accepts_every_frozen_record(judge: Judge) -> None:
    """Form, signatures, disclosures, roots and certificate; their answers are the procedure's."""
    found = judge(VECTORS / "records")
    assert found.keys() == {f"records/{name}" for name in COPIES}
    for name in COPIES:
        answers = json.loads(
            (VECTORS / "records" / name.replace(".copy", ".answers.json")).read_text("utf-8")
        )
        verdict = found[f"records/{name}"]
        assert (verdict["stage"], verdict["read"]["size"]) == ("accepted", answers["size"])
        assert verdict["read"]["chambers"].keys() == answers["chambers"].keys()


@pytest.mark.parametrize("name", COPIES)
def test_go_refuses_a_copy_with_a_byte_changed(judge: Judge, tmp_path: Path, name: str) -> None:
    raw = bytearray(COPIES[name].read_bytes())
    raw[len(raw) // 2] ^= 1
    assert verdict_on(judge, tmp_path, "copy", {"raw": raw.decode("latin-1")})["stage"] == "copy"


def mldsa_vector(**changes: str) -> Found:
    """The log's second line, by a key that signs with randomness: so there is no file of it."""
    vector = {
        "raw": signed_checkpoint(WITNESS_A, LOG_MLDSA).decode().encode().decode("latin-1"),
        "log": format_vkey(LOG.key),
        "cosigners": [format_vkey(WITNESS_A.key), format_vkey(LOG_MLDSA.key)],
    }
    return vector | changes


def test_go_verifies_ml_dsa_44(judge: Judge, tmp_path: Path) -> None:
    found = verdict_on(judge, tmp_path, "checkpoint", mldsa_vector())
    assert found["stage"] == "accepted"
    assert [name for name, _time in found["read"]["cosigned"]] == [WITNESS_A.name, LOG_MLDSA.name]


@pytest.mark.parametrize("from_the_end", [20, 120, 1000, 3150], ids=["hint", "z", "z again", "challenge"])
def test_go_refuses_an_ml_dsa_44_signature_with_a_letter_changed(
    judge: Judge, tmp_path: Path, from_the_end: int
) -> None:
    raw = str(mldsa_vector()["raw"])
    at = len(raw) - from_the_end
    changed = raw[:at] + ("B" if raw[at] != "B" else "C") + raw[at + 1 :]
    found = verdict_on(judge, tmp_path, "checkpoint", mldsa_vector(raw=changed))
    assert (found["stage"], found["code"]) == ("note", "note.signature")


# --- the proof of one act, of which its page has an example; and the kinds that it needs to know


def block(page: str, name: str) -> str:
    text = (ROOT / "docs" / "specs" / f"{page}.md").read_text("utf-8")
    (found,) = re.findall(rf"^```{name}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return str(found)


def verdict_on_proof(judge: Judge, folder: Path, proof: bytes) -> Found:
    return verdict_on(judge, folder, "proved", {"raw": proof.decode("latin-1")})


def test_go_reads_the_proof_of_an_act_as_its_page_says(judge: Judge, tmp_path: Path) -> None:
    found = verdict_on_proof(judge, tmp_path, block("proof-of-an-act", "proof").encode())
    assert found == {"stage": "accepted", "code": "", "read": json.loads(block("proof-of-an-act", "json"))}


def test_go_knows_the_facts_of_the_page() -> None:
    page = (ROOT / "docs" / "specs" / "state-statement.md").read_text("utf-8")
    table = page[page.index("| key | value |") : page.index("Everything hidden stays out")]
    forms = re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)
    assert "`\n" + "".join(f"{form}\n" for form in forms) + "`" in (SOURCE / "facts.go").read_text("utf-8")


def test_go_reads_the_proof_of_facts_as_its_page_says(judge: Judge, tmp_path: Path) -> None:
    raw = block("state-statement", "proof")
    found = verdict_on(judge, tmp_path, "facts", {"raw": raw.encode().decode("latin-1")})
    said = json.loads(block("state-statement", "json"))
    assert found["stage"] == "accepted" and dict(found["read"]["facts"]) == said["facts"]
    assert {name: found["read"][name] for name in ("process", "size", "signers")} == {
        name: said[name] for name in ("process", "size", "signers")
    }


def test_go_knows_the_kinds_of_the_page() -> None:
    assert f"`\n{block('kinds', 'kinds')}`" in (SOURCE / "kinds.go").read_text("utf-8")


@pytest.fixture(scope="module")
def signed_twice() -> bytes:
    """The proof of an act of a chamber, whose two notes the log has signed with ML-DSA-44 too."""
    talks = Talks(open_host(), cosigners=WITNESSES, quorum=2, mldsa=True).convene().seat()
    talks.do("A", "note", {"text": "Words."}, chamber="side-A")
    logs = []
    for origin in (talks.origin, f"{talks.origin}/side-A"):
        sign_again(talks.depositary, origin)
        head = talks.depositary.store.head(origin)
        assert head is not None
        entries = talks.depositary.store.entries(origin, 0, head.size)
        acts = ["~".join([entry.entry.decode(), *entry.disclosures, ""]).encode() for entry in entries]
        logs.append(whole_log(acts, latest_note(head)))
    out = io.BytesIO()
    write_proof(out, logs[0], 1, (), chamber=logs[1])
    return out.getvalue()


def test_go_knows_the_second_line_of_a_log(judge: Judge, tmp_path: Path, signed_twice: bytes) -> None:
    said = proved({"raw": signed_twice.decode("latin-1")}, lambda _stage: None)
    assert (said["chamber"], said["cosigned"]) == ("side-A", [])
    assert verdict_on_proof(judge, tmp_path, signed_twice) == {"stage": "accepted", "code": "", "read": said}


@pytest.mark.parametrize("which", [1, 3], ids=["of the main log", "of the chamber"])
def test_go_refuses_a_second_line_with_a_letter_changed(
    judge: Judge, tmp_path: Path, signed_twice: bytes, which: int
) -> None:
    at = [line.start() for line in re.finditer("^— ".encode(), signed_twice, re.MULTILINE)][which] + 500
    letter = b"B" if signed_twice[at : at + 1] != b"B" else b"C"
    found = verdict_on_proof(judge, tmp_path, signed_twice[:at] + letter + signed_twice[at + 1 :])
    assert (found["stage"], found["code"]) == ("proved", "note.signature")
