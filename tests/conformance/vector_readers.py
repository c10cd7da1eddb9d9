"""Reading one vector of each folder: the stages in their order, and what was found.

A reader returns what stands in the vector's `expect`: the stage that refused and its code, or `accepted` and
what was read.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.refusal import Refused
from detente.proofs.anchor import Anchored
from detente.proofs.later_acts import go_on
from detente.proofs.misconduct import LogIdentity, check_evidence, read_evidence
from detente.proofs.one_act import verify_proof
from detente.proofs.parts import MARK, proof_in
from detente.proofs.pouch import leaf_of, read_answer, read_pouch
from detente.proofs.proof_of_facts import verify_proof_of_facts
from detente.proofs.replay_bundle import VerifiedBundle, verify_bundle
from detente.proofs.state_statement import StateStatement
from detente.proofs.time_stamp import read_roots, verify_stamps
from detente.proofs.unchained import read_unchained
from detente.proofs.verification import verify_copy
from detente.proofs.verified_snapshot import VerifiedSnapshot, open_signed_state
from detente.sealing.identity import read_identity
from detente.sealing.recipient import public_behind, recipient_of
from detente.sealing.seal import unseal
from detente.signing.compact import parse_compact
from detente.signing.disclosure import open_disclosures
from detente.signing.envelope import parse_envelope
from detente.signing.reader_token import READ_TYPE, check_reader_token
from detente.signing.verifier import verify, verify_statement
from detente.tlog.checkpoint import open_checkpoint
from detente.tlog.cosignature import CosignatureVerifier
from detente.tlog.line import encode_base64
from detente.tlog.merkle import Edge, check_consistency
from detente.tlog.policy import missing, satisfied
from detente.tlog.policy_file import parse_policy
from detente.tlog.proof import check_proof, parse_proof
from detente.tlog.signed_note import ED25519, NoteVerifier, Verifier, format_vkey, open_note, parse_vkey
from detente.tlog.tile import parse_entry_bundle, parse_tile, parse_tile_path

Vector = dict[str, Any]
Stages = Callable[[Vector, Callable[[str], None]], Vector]


def outcome(stages: Stages, vector: Vector) -> Vector:
    """Run the stages; each announces itself before it begins, and the first refusal ends it."""
    reached = [""]
    try:
        found = stages(vector, reached.append)
    except Refused as refused:
        codes = [refusal.code for refusal in refused.refusals]
        return {"stage": reached[-1], "code": codes[0] if len(codes) == 1 else codes}
    return {"stage": "accepted", "code": "", **found}


def verifier_of(vkey: str) -> Verifier:
    key = parse_vkey(vkey)
    return NoteVerifier(key) if key.algorithm == ED25519 else CosignatureVerifier(key)


def act(vector: Vector, enter: Callable[[str], None]) -> Vector:
    enter("envelope")
    envelope = parse_envelope(vector["raw"].encode("latin-1"))
    enter("verifier")
    verified = verify(envelope, decode_base64url(vector["public"]))
    enter("disclosure")
    payload = json.loads(verified.payload)
    return {"opened": open_disclosures(payload["_sd"], verified.disclosures, payload.keys())}


def note(vector: Vector, enter: Callable[[str], None]) -> Vector:
    enter("vkey")
    verifiers = [verifier_of(vkey) for vkey in vector["keys"]]
    enter("note")
    opened = open_note(vector["raw"].encode("latin-1"), verifiers)
    return {"verified": [line.name for line in opened.verified]}


def _open_checkpoint(raw: bytes, vector: Vector, enter: Callable[[str], None]) -> Any:
    enter("vkey")
    log = NoteVerifier(parse_vkey(vector["log"]))
    cosigners = [CosignatureVerifier(parse_vkey(vkey)) for vkey in vector["cosigners"]]
    enter("note")
    open_note(raw, [log, *cosigners])
    enter("checkpoint")
    return open_checkpoint(raw, log, cosigners)


def checkpoint(vector: Vector, enter: Callable[[str], None]) -> Vector:
    opened = _open_checkpoint(vector["raw"].encode("latin-1"), vector, enter)
    found = opened.checkpoint
    return {
        "origin": found.origin, "size": found.size, "root": encode_base64(found.root),
        "cosigned": [list(cosigned) for cosigned in opened.cosigners],
    }  # fmt: skip


def policy(vector: Vector, enter: Callable[[str], None]) -> Vector:
    enter("policy")
    found = parse_policy(vector["raw"].encode("latin-1"))
    signed = [parse_vkey(vkey) for vkey in vector["signed"]]
    return {
        "logs": [log.key.name for log in found.logs],
        "witnesses": [witness.name for witness in found.witnesses],
        "satisfied": satisfied(found, signed), "missing": missing(found, signed),
    }  # fmt: skip


def proof(vector: Vector, enter: Callable[[str], None]) -> Vector:
    enter("proof")
    parsed = parse_proof(vector["raw"].encode("latin-1"))
    _open_checkpoint(parsed.checkpoint, vector, enter)
    enter("proof")
    log, *cosigners = (verifier_of(vkey) for vkey in (vector["log"], *vector["cosigners"]))
    checked = check_proof(parsed, bytes.fromhex(vector["leaf"]), log, cosigners)
    cosigned = [list(line) for line in checked.cosigners]
    return {"index": checked.index, "size": checked.size, "cosigned": cosigned}


def consistency(vector: Vector, enter: Callable[[str], None]) -> Vector:
    enter("consistency")
    (old, old_root), (new, new_root) = vector["old"], vector["new"]
    path = [bytes.fromhex(node) for node in vector["proof"]]
    check_consistency(old, new, path, bytes.fromhex(old_root), bytes.fromhex(new_root))
    return {}


def tile(vector: Vector, enter: Callable[[str], None]) -> Vector:
    enter("tile")
    if "path" in vector:
        name = parse_tile_path(vector["path"])
        return {"level": name.level, "index": name.index, "width": name.width}
    parse = parse_tile if "hashes" in vector else parse_entry_bundle
    raw = vector["hashes"] if "hashes" in vector else vector["bundle"]
    return {"items": [item.hex() for item in parse(bytes.fromhex(raw))]}


def token(vector: Vector, enter: Callable[[str], None]) -> Vector:
    public = decode_base64url(vector["public"])
    enter("envelope")
    statement = parse_compact(vector["raw"].encode(), READ_TYPE)
    enter("verifier")
    verify_statement(statement, public)
    enter("token")
    check_reader_token(vector["raw"], public, vector["process"], vector["now"])
    return {}


def copy(vector: Vector, enter: Callable[[str], None]) -> Vector:
    enter("copy")
    verified = verify_copy(io.BytesIO(vector["raw"].encode("latin-1")))
    return {
        "size": verified.size,
        "chambers": {chamber.name: chamber.size for chamber in verified.chambers},
        "cosigned": [list(line) for line in verified.cosigners],
        "irregular": [[found.index, list(found.codes)] for found in verified.state.irregular],
    }


def proved(vector: Vector, enter: Callable[[str], None]) -> Vector:
    raw = vector["raw"]
    if raw.lstrip().startswith(MARK):
        enter("parts")
        raw = proof_in(raw).decode("latin-1")
    enter("proved")
    found = verify_proof(io.BytesIO(raw.encode("latin-1")))
    return {
        "process": found.process, "chamber": found.chamber, "number": found.act.number, "kind": found.act.kind,
        "person": found.person, "role": found.role, "side": found.side, "office": found.office,
        "title": found.title, "enrolled": found.enrolled, "opened": dict(found.act.opened),
        "size": found.log.size, "main_size": found.main.size, "cosigned": [list(line) for line in found.log.cosigners],
        "cosigned_later": [list(line) for line in found.log.later],
    }  # fmt: skip


def pouch(vector: Vector, enter: Callable[[str], None]) -> Vector:
    if "answer" not in vector:
        enter("pouch")
        given = read_pouch(io.BytesIO(vector["raw"].encode("latin-1")))
        return {"process": given.process, "leaves": [encode_base64url(leaf_of(act)) for act in given.acts]}
    enter("answer")
    answered = read_answer(io.BytesIO(vector["answer"].encode("latin-1")))
    answers = [
        [encode_base64url(one.leaf), [refusal.code for refusal in one.refusals]] for one in answered.answers
    ]
    return {"process": answered.process, "answers": answers}


def facts(vector: Vector, enter: Callable[[str], None]) -> Vector:
    enter("facts")
    found = verify_proof_of_facts(io.BytesIO(vector["raw"].encode("latin-1")))
    return {"facts": [[fact.key, fact.value] for fact in found.facts], **_told(found.anchored)}


def _told(anchored: Anchored) -> Vector:
    return {
        "process": anchored.process.origin, "size": anchored.statement.size, "signers": list(anchored.signers),
        "keys": list(map(format_vkey, anchored.keys)), "cosigned": [list(line) for line in anchored.cosigners],
        "cosigned_later": [list(line) for line in anchored.later],
    }  # fmt: skip


def snapshot(vector: Vector, enter: Callable[[str], None]) -> Vector:
    enter("snapshot")
    found = open_signed_state(io.BytesIO(vector["raw"].encode("latin-1")))
    return {"state": found.raw.decode("latin-1"), **_told(found.anchored)}


def snapshot_of(held: VerifiedBundle) -> VerifiedSnapshot:
    """What a verified snapshot of this record holds; who signed it, later acts do not ask."""
    said = StateStatement(held.origin, held.size, held.root, 1, bytes(32), bytes(32))
    anchored = Anchored(
        held.state.convened, LogIdentity("", "", "", ""), held.note, said, (), (), held.cosigners, ()
    )
    return VerifiedSnapshot(anchored, held.state, Edge.empty().extend(held.leaves))


def later(vector: Vector, enter: Callable[[str], None]) -> Vector:
    enter("bundle")
    before = verify_bundle(io.BytesIO(vector["bundle_before"].encode("latin-1")))
    enter("later")
    found = go_on(io.BytesIO(vector["raw"].encode("latin-1")), snapshot_of(before))
    return {
        "process": before.origin, "size": found.size, "cosigned": [list(line) for line in found.cosigners],
        "irregular": [[act.index, list(act.codes)] for act in found.state.irregular], "unchecked": found.unchecked,
    }  # fmt: skip


def stamps(vector: Vector, enter: Callable[[str], None]) -> Vector:
    enter("stamps")
    roots = read_roots(vector["certificate"].encode())
    found = verify_stamps(io.BytesIO(vector["raw"].encode("latin-1")), roots, vector["now"])
    told = [[one.size, [[by.at, by.authority, by.ends] for by in one.stamps]] for one in found.checkpoints]
    return {"process": found.origin, "checkpoints": told}


def bundle(vector: Vector, enter: Callable[[str], None]) -> Vector:
    enter("bundle")
    found = verify_bundle(io.BytesIO(vector["raw"].encode("latin-1")))
    return {
        "process": found.origin, "size": found.size, "cosigned": [list(line) for line in found.cosigners],
        "irregular": [[act.index, list(act.codes)] for act in found.state.irregular], "unchecked": found.unchecked,
    }  # fmt: skip


def evidence(vector: Vector, enter: Callable[[str], None]) -> Vector:
    if "unchained" in vector:
        enter("unchained")
        two = read_unchained(io.BytesIO(vector["unchained"].encode("latin-1")))
        return {"sizes": [two.first.size, two.second.size], "proved": two.proved}
    enter("evidence")
    found = check_evidence(read_evidence(io.BytesIO(vector["raw"].encode("latin-1"))))
    return {"log": found.evidence.origin, "proved": found.sentence}


def sealing(vector: Vector, enter: Callable[[str], None]) -> Vector:
    if "raw" not in vector:
        enter("recipient")
        text = vector.get("recipient") or recipient_of(bytes.fromhex(vector["public"]))
        return {"recipient": recipient_of(public_behind(text))}
    enter("identity")
    identity = read_identity(vector["identity"])
    enter("file")
    return {"plaintext": unseal(vector["raw"].encode("latin-1"), identity).decode("latin-1")}


READERS: dict[str, Stages] = {
    "act": act, "note": note, "checkpoint": checkpoint, "policy": policy, "proof": proof, "consistency": consistency,
    "tile": tile, "token": token, "copy": copy, "proved": proved, "pouch": pouch, "evidence": evidence,
    "facts": facts, "bundle": bundle, "later": later, "stamps": stamps, "snapshot": snapshot,
    "sealing": sealing,
}  # fmt: skip
