"""Keys of sealed files: the texts of keys that open, and the bytes and texts of keys that content is sealed to."""

from __future__ import annotations

from log_parts import Vector, Vectors, latin
from sealing_parts import MEMBER_A, RECOVERY, sealed_file, stanza

from detente.sealing.recipient import P

ORDER_8 = 325606250916557431795983626356110631294008115727848805560023387167927233504
FILE = sealed_file(b"", stanza(RECOVERY.public))


def another_sign(text: str, at: int) -> str:
    """One sign of a text replaced by another of the alphabet."""
    sign = "q" if text[at] in "pP" else "p"
    return text[:at] + (sign if text.islower() else sign.upper()) + text[at + 1 :]


def _identity(about: str, typed: str) -> Vector:
    expect = {"stage": "identity", "code": "sealing.identity"}
    return {"about": about, "raw": latin(FILE), "identity": typed, "expect": expect}


def public_vector(about: str, public: bytes, recipient: str | None = None) -> Vector:
    refused = {"stage": "recipient", "code": "sealing.recipient"}
    sound = {"stage": "accepted", "code": "", "recipient": recipient}
    return {"about": about, "public": public.hex(), "expect": sound if recipient else refused}


def _recipient(about: str, recipient: str) -> Vector:
    return {
        "about": about,
        "recipient": recipient,
        "expect": {"stage": "recipient", "code": "sealing.recipient"},
    }


def number(u: int) -> bytes:
    return u.to_bytes(32, "little")


def key_vectors() -> Vectors:
    identity, recipient = RECOVERY.identity, MEMBER_A.recipient
    return {
        "identity_letter_changed": _identity(
            "A letter of the recovery key is another.", another_sign(identity, 30)
        ),
        "identity_letters_exchanged": _identity(
            "Two neighbours are exchanged.", identity[:-2] + identity[-1] + identity[-2]
        ),
        "identity_letter_missing": _identity("A letter is missing.", identity[:40] + identity[41:]),
        "identity_without_its_beginning": _identity("Only what follows the 1.", identity[16:]),
        "identity_is_a_recipient": _identity("The public half.", recipient),
        "identity_empty": _identity("Nothing was typed.", " \n"),
        "recipient_short": public_vector("31 bytes.", MEMBER_A.public[:31]),
        "recipient_zero": public_vector("Order 2.", number(0)),
        "recipient_one": public_vector("Order 4.", number(1)),
        "recipient_minus_one": public_vector("Order 4, on the twist.", number(P - 1)),
        "recipient_order_8": public_vector("Order 8.", number(ORDER_8)),
        "recipient_second_spelling": public_vector("A second spelling of 9.", number(P + 9)),
        "recipient_highest_bit": public_vector(
            "The highest bit, which X25519 passes over, is set.",
            number(int.from_bytes(MEMBER_A.public, "little") + 2**255),
        ),
        "recipient_text_letter_changed": _recipient("A letter is another.", another_sign(recipient, 61)),
        "recipient_text_in_capitals": _recipient("In capital letters.", recipient.upper()),
        "recipient_text_short": _recipient("A letter is missing.", recipient[:-1]),
        "recipient_is_an_identity": _recipient("The key that opens.", RECOVERY.identity),
    }  # fmt: skip
