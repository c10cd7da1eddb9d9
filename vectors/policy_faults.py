"""Policies (C2SP tlog-policy): sound ones with what they ask of whom, and faults of which each is the only one."""

from __future__ import annotations

from log_parts import KEY_A, KEY_B, LOG_KEY, ORIGIN, STRANGER_KEY, WITNESS_A, Vector, Vectors, latin, seed_of

from detente.tlog.cosignature import ED25519_COSIGNATURE, MLDSA44_COSIGNATURE, Cosigner
from detente.tlog.signed_note import VerifierKey, format_vkey

KEY_C, KEY_M = (
    format_vkey(Cosigner.from_seed(name, algorithm, seed_of(name)).key)
    for name, algorithm in (
        ("witness-c.example", ED25519_COSIGNATURE),
        ("witness-m.example", MLDSA44_COSIGNATURE),
    )
)
A, B, C = f"witness a {KEY_A}\n", f"witness b {KEY_B}\n", f"witness c {KEY_C}\n"
AB = f"{A}{B}"
ALL = ("a", "b", "c")


def _vector(about: str, text: str | bytes, signed: tuple[str, ...], expect: dict[str, object]) -> Vector:
    raw = text if isinstance(text, bytes) else text.encode()
    return {"about": about, "raw": latin(raw), "signed": list(signed), "expect": expect}


def sound_policies() -> Vectors:
    def sound(
        about: str,
        text: str | bytes,
        missing: str,
        *signed: str,
        logs: tuple[str, ...] = (),
        names: tuple[str, ...] = (),
    ) -> Vector:
        found = {"logs": list(logs), "witnesses": list(names), "satisfied": not missing, "missing": missing}
        return _vector(about, text, signed, {"stage": "accepted", "code": "", **found})

    two_of_three = f"log {LOG_KEY} https://host.example/\n{AB}{C}group three 2 a b c\nquorum three\n"
    nested = f"{AB}{C}group sides all a b\ngroup both all sides c\nquorum both\n"
    return {
        "sound_none": sound("Nobody’s cosignature is asked for.", "quorum none\n", ""),
        "sound_one": sound(
            "One witness is enough, and has signed.", f"{A}quorum a\n", "", KEY_A, names=("a",)
        ),
        "sound_one_missing": sound(
            "The one witness has not signed; another has.",
            f"{AB}quorum a\n",
            "0 of 1; missing: a",
            KEY_B,
            names=("a", "b"),
        ),
        "sound_two_of_three": sound(
            "Two of three, and two have signed.", two_of_three, "", KEY_A, KEY_C, logs=(ORIGIN,), names=ALL
        ),
        "sound_two_of_three_missing": sound(
            "Two of three, and one has signed.",
            two_of_three,
            "1 of 3 in “three”, which asks for 2; missing: a, c",
            KEY_B,
            logs=(ORIGIN,),
            names=ALL,
        ),
        "sound_any": sound(
            "Any of two.", f"{AB}group either any a b\nquorum either\n", "", KEY_B, names=("a", "b")
        ),
        "sound_both_sides_and_a_neutral": sound(
            "Both parties and one neutral; the neutral is missing.",
            nested,
            "1 of 2 in “both”, which asks for 2; missing: c",
            KEY_A,
            KEY_B,
            names=ALL,
        ),
        "sound_a_side_missing": sound(
            "Both parties and one neutral; a party is missing.",
            nested,
            "1 of 2 in “both”, which asks for 2; missing: sides (1 of 2, which asks for 2; missing: b)",
            KEY_A,
            KEY_C,
            names=ALL,
        ),
        "sound_stranger_signed": sound(
            "A key that the policy does not name counts for nothing.",
            f"{A}quorum a\n",
            "0 of 1; missing: a",
            KEY_B,
            names=("a",),
        ),
        "sound_ml_dsa": sound(
            "An ML-DSA-44 witness.", f"witness m {KEY_M}\nquorum m\n", "", KEY_M, names=("m",)
        ),
        "sound_spaces_and_comments": sound(
            "Tabs, spaces around, empty lines and comments.",
            f" \t# who we are\n\n \twitness\ta  {KEY_A}\t\n#quorum none\nquorum a \n",
            "",
            KEY_A,
            names=("a",),
        ),
        "sound_names_are_octets": sound(
            "A name of octets that are no UTF-8, and another that would be shown as the same.",
            b"witness \xff " + KEY_A.encode() + b"\nwitness \xfe " + KEY_B.encode() + b"\nquorum \xfe\n",
            "",
            KEY_B,
            names=("\ufffd", "\ufffd"),
        ),
        "sound_kelvin_is_not_k": sound(
            "The Kelvin sign is not the letter K.",
            f"witness K {KEY_A}\nwitness \u212a {KEY_B}\nquorum K\n",
            "0 of 1; missing: K",
            KEY_B,
            names=("K", "\u212a"),
        ),
    }


def line_faults() -> Vectors:
    def fault(about: str, code: str, text: str | bytes) -> Vector:
        return _vector(about, text, (), {"stage": "policy", "code": f"policy.{code}"})

    renamed = format_vkey(VerifierKey("d.example", ED25519_COSIGNATURE, WITNESS_A.public_key))
    groups = "".join(f"group g{at} any {f'g{at - 1}' if at else 'a'}\n" for at in range(101))
    return {
        "empty": fault("There is nothing in it.", "quorum", ""),
        "quorum_missing": fault("No line says the quorum.", "quorum", A),
        "quorum_twice": fault("Two lines say the quorum.", "quorum", f"{A}quorum a\nquorum none\n"),
        "quorum_unknown": fault("The quorum is defined nowhere.", "unknown", f"{A}quorum b\n"),
        "quorum_before_its_witness": fault(
            "The quorum is defined after its line.", "unknown", f"quorum a\n{A}"
        ),
        "quorum_of_two_names": fault("The quorum has two names.", "line", f"{AB}quorum a b\n"),
        "quorum_in_other_letters": fault(
            "None is written with a capital letter.", "unknown", "quorum None\n"
        ),
        "cut_short": fault("The last line has no end.", "end", f"{A}quorum a"),
        "carriage_returns": fault(
            "The lines end in carriage return and newline.", "octet", "quorum none\r\n"
        ),
        "control_character": fault("A form feed stands in a comment.", "octet", "#\f\nquorum none\n"),
        "delete_character": fault("A delete stands in a comment.", "octet", "#\x7f\nquorum none\n"),
        "no_break_space": fault("A no-break space parts the items.", "line", "quorum\u00a0none\n"),
        "word_unknown": fault("A line begins with another word.", "line", "threshold 1\nquorum none\n"),
        "word_in_capitals": fault("A line begins with a word in capitals.", "line", "QUORUM none\n"),
        "comment_after_items": fault(
            "A comment stands after the items of a line.", "line", "quorum none # really\n"
        ),
        "too_many_groups": fault("There are 101 groups.", "size", f"{A}{groups}quorum g0\n"),
        "witness_without_a_key": fault("A witness has no key.", "line", "witness a\nquorum none\n"),
        "witness_with_four_items": fault("A witness has too many.", "line", f"{A[:-1]} url more\nquorum a\n"),
        "witness_key_malformed": fault(
            "A witness’s key id is another’s.", "key", A.replace("+598b", "+598c") + "quorum a\n"
        ),
        "witness_key_plain": fault(
            "A witness’s key signs no cosignatures.", "key", f"witness s {STRANGER_KEY}\nquorum s\n"
        ),
        "witness_key_twice": fault(
            "One public key stands under two key names.", "duplicate", f"{A}witness d {renamed}\nquorum a\n"
        ),
        "witness_name_twice": fault(
            "Two witnesses have one name.", "name", f"{A}witness a {KEY_B}\nquorum a\n"
        ),
        "witness_called_none": fault(
            "A witness is called none.", "name", f"witness none {KEY_A}\nquorum none\n"
        ),
        "log_key_of_a_cosigner": fault("A log’s key is a cosigner’s.", "key", f"log {KEY_A}\nquorum none\n"),
        "log_twice": fault(
            "A log stands twice.", "duplicate", f"log {LOG_KEY}\nlog {LOG_KEY} here\nquorum none\n"
        ),
        "log_without_a_key": fault("A log has no key.", "line", "log\nquorum none\n"),
        "group_of_nobody": fault("A group has no members.", "line", f"{A}group g all\nquorum a\n"),
        "group_member_unknown": fault(
            "A member is defined nowhere.", "unknown", f"{A}group g all a b\nquorum g\n"
        ),
        "group_of_itself": fault(
            "A group is a member of itself.", "unknown", f"{A}group g any a g\nquorum g\n"
        ),
        "group_member_none": fault("None is a member.", "unknown", f"{A}group g any a none\nquorum g\n"),
        "group_member_twice": fault(
            "A member stands twice in a group.", "member", f"{A}group g 2 a a\nquorum g\n"
        ),
        "member_of_two_groups": fault(
            "A witness is a member of two groups.",
            "member",
            f"{AB}group g any a b\ngroup h any a g\nquorum h\n",
        ),
        "group_name_of_a_witness": fault(
            "A group has a witness’s name.", "name", f"{AB}group a any b\nquorum a\n"
        ),
        "threshold_zero": fault(
            "A group asks for none of its members.", "threshold", f"{A}group g 0 a\nquorum g\n"
        ),
        "threshold_too_large": fault(
            "A group asks for more than its members.", "threshold", f"{AB}group g 3 a b\nquorum g\n"
        ),
        "threshold_leading_zero": fault(
            "The number has a leading zero.", "threshold", f"{AB}group g 01 a b\nquorum g\n"
        ),
        "threshold_word": fault(
            "Neither a number nor all nor any.", "threshold", f"{AB}group g most a b\nquorum g\n"
        ),
        "threshold_inherited_word": fault(
            "A word that some languages find in every table.",
            "threshold",
            f"{AB}group g constructor a b\nquorum g\n",
        ),
    }


def policy_vectors() -> Vectors:
    return sound_policies() | line_faults()
