"""What must be refused with a code of its own: each row has a vector, or several, of that one fault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

VECTORS = Path(__file__).parents[2] / "vectors"

TABLE: dict[str, tuple[str, ...]] = {
    "unknown algorithm": ("act/alg_unknown", "act/alg_eddsa", "act/alg_missing"),
    "alg none": ("act/alg_none",),
    "HS256": ("act/alg_hs256",),
    "unknown crit": ("act/crit_unknown", "act/crit_b64"),
    "duplicate JSON key": ("act/payload_duplicate_key", "act/header_duplicate_key"),
    "payload not in canonical form": ("act/payload_unsorted", "act/payload_spaces", "act/payload_escaped"),
    "a default spelled out": ("door/default_spelled_out",),
    "base64url with another tail": ("act/base64_tail", "act/base64_tail_of_signature"),
    "base64url with a newline": ("act/base64_with_newline", "act/newline_at_end_of_entry"),
    "disclosure unreferenced": ("act/disclosure_unreferenced", "copy/disclosure_of_another_act"),
    "disclosure duplicate": ("act/disclosure_duplicate",),
    "disclosure overriding": ("act/disclosure_overrides_clear_field", "act/disclosure_overrides_envelope"),
    "disclosed claim named _sd": ("act/disclosure_named_sd",),
    "disclosed claim named ...": ("act/disclosure_named_dots",),
    "missing trailing ~": ("act/missing_tilde", "act/missing_tilde_after_disclosure"),
    "too few digests": ("door/digest_missing",),
    "proc of another process": ("door/proc_of_another_process", "door/proc_of_a_chamber"),
    "(author, seq) used twice": ("door/seq_used_twice",),
    "prev that does not chain": ("door/prev_empty", "door/prev_of_another_key", "door/seq_skipped"),
    "seen with a foreign root": (
        "door/seen_with_a_foreign_root",
        "door/seen_with_the_root_of_another_size",
        "door/seen_of_nothing_with_a_root",
    ),
    "seen beyond the log": ("door/seen_beyond_the_log",),
    "on not current for a guarded kind": (
        "door/on_absent",
        "door/on_an_earlier_edition",
        "door/on_another_subject",
    ),
    "key unknown": ("door/key_unknown",),
    "key revoked at that index": ("door/key_revoked", "door/key_revoked_in_a_chamber"),
    "small-order key": ("act/key_identity", "act/key_order_8", "note/vkey_identity"),
    "small-order key at enrolment": ("door/enrol_identity", "door/enrol_order_8"),
    "non-canonical key": ("act/key_identity_second_spelling", "note/vkey_identity_second_spelling"),
    "non-canonical key at enrolment": ("door/enrol_identity_second_spelling",),
    "mixed-order key at enrolment": ("door/enrol_mixed_order",),
    "possession missing": ("door/possession_missing",),
    "possession of another key": (
        "door/possession_of_another_key",
        "door/possession_for_another_person",
        "door/possession_in_another_process",
    ),
    "S not below L": ("act/s_not_below_order",),
    "entry over 65,535 bytes": ("act/entry_over_65535_bytes",),
    "note with a bad signature from a known key": (
        "note/signature_flipped",
        "note/signature_of_another_text",
        "note/signature_flipped_beside_a_good_one",
        "checkpoint/cosignature_of_another_checkpoint",
    ),
    "note with an unknown signature only": (
        "note/unknown_signature_only",
        "note/known_name_with_another_key",
    ),
    "malformed note": (
        "note/no_signatures",
        "note/missing_newline",
        "note/carriage_returns",
        "note/not_utf8",
    ),
    "size with a leading zero": ("checkpoint/size_leading_zero", "copy/count_leading_zero"),
    "checkpoint of a wrong origin": ("checkpoint/origin_of_another_log", "checkpoint/origin_of_a_chamber"),
    "checkpoint with extension lines": ("checkpoint/extension_line", "checkpoint/empty_extension_line"),
    "checkpoint without a newline": ("checkpoint/missing_newline",),
    "index >= size": ("proof/index_is_the_size", "proof/index_above_the_size"),
    "index with a leading zero": ("proof/index_leading_zero",),
    "path of the wrong length": (
        "proof/path_short",
        "proof/path_long",
        "proof/path_empty",
        "proof/path_of_64",
    ),
    "a flipped hash": ("proof/hash_flipped", "consistency/hash_flipped"),
    "another checkpoint": (
        "proof/checkpoint_of_a_fork",
        "proof/checkpoint_of_a_smaller_tree",
        "proof/checkpoint_of_another_log",
    ),
    "two roots for one size": ("consistency/same_size_other_root",),
    "tile paths": ("tile/path_width_full", "tile/path_index_group_without_x", "tile/path_parent"),
    "a changed copy": ("copy/changed_after_certifying", "copy/certified_by_a_stranger", "copy/act_changed"),
}
"""Row -> the files of vectors/ that stand for it."""


@pytest.mark.parametrize("row", TABLE)
def test_each_row_has_vectors_that_are_refused_with_one_code(row: str) -> None:
    for name in TABLE[row]:
        expected = json.loads((VECTORS / f"{name}.json").read_text("ascii"))["expect"]
        assert expected["stage"] != "accepted" and isinstance(expected["code"], str) and expected["code"], (
            name
        )


def test_a_code_of_its_own_for_each_kind_of_fault() -> None:
    """Rows may share a code where one check finds both; these must not."""
    apart = (
        "act/alg_none", "act/crit_unknown", "act/payload_duplicate_key", "act/payload_spaces", "act/base64_tail",
        "act/disclosure_unreferenced", "act/disclosure_duplicate", "act/disclosure_overrides_clear_field",
        "act/disclosure_named_sd", "act/missing_tilde", "door/proc_of_another_process", "door/seq_used_twice",
        "door/prev_empty", "door/seen_beyond_the_log", "door/on_absent", "door/key_unknown", "door/key_revoked",
        "act/key_identity", "act/key_identity_second_spelling", "door/possession_missing", "act/s_not_below_order",
        "act/entry_over_65535_bytes", "note/signature_flipped", "note/unknown_signature_only",
        "checkpoint/size_leading_zero", "checkpoint/origin_of_another_log", "checkpoint/extension_line",
        "proof/index_is_the_size", "proof/path_short", "proof/hash_flipped", "tile/path_width_full",
    )  # fmt: skip
    codes = [json.loads((VECTORS / f"{name}.json").read_text("ascii"))["expect"]["code"] for name in apart]
    assert len(set(codes)) == len(codes)
