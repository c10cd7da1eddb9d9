"""Faults of spelling. One a vector: all else in it is sound, its signature included."""

from __future__ import annotations

from act_parts import (
    AUTHOR,
    Vector,
    act,
    header,
    hidden_field,
    jws,
    payload,
    signed_text,
    text,
    vector,
    with_other_tail,
)


def _split(raw: bytes, offset: int, inserted: bytes) -> bytes:
    return raw[:offset] + inserted + raw[offset:]


def spelling_faults() -> dict[str, Vector]:
    def fault(about: str, code: str, raw: bytes) -> Vector:
        return vector(about, raw, "envelope", code)

    head, body = text(header()), text(payload())
    entry, sealed = jws(), hidden_field(1, "text", "words")
    key_binding = b"eyJhbGciOiJFZDI1NTE5In0.e30." + text(bytes(64))
    not_canonical = "base64.not_canonical"
    return {
        "base64_tail": fault(
            "The payload's text ends in bits that are not zero.",
            not_canonical,
            act(signed_text(head, with_other_tail(body))),
        ),
        "base64_tail_of_signature": fault(
            "The signature's text ends in bits that are not zero.",
            not_canonical,
            act(with_other_tail(entry)),
        ),
        "base64_with_newline": fault(
            "A line end stands inside the payload's text.",
            not_canonical,
            act(signed_text(head, _split(body, 64, b"\n"))),
        ),
        "base64_with_padding": fault(
            "The payload's text is padded.",
            not_canonical,
            act(signed_text(head, body + b"=" * (-len(body) % 4))),
        ),
        "newline_at_end_of_entry": fault(
            "A line end stands before the first “~”.", not_canonical, act(entry + b"\n")
        ),
        "parts_two": fault("There is no signature part.", "envelope.parts", act(entry.rpartition(b".")[0])),
        "parts_four": fault("There are four parts.", "envelope.parts", act(entry + b".AAAA")),
        "signature_short": fault(
            "The signature has 63 bytes.",
            "envelope.signature_length",
            act(jws(sign=lambda message: AUTHOR.sign(message)[:63])),
        ),
        "missing_tilde": fault("The act does not end in “~”.", "envelope.no_tilde", entry),
        "missing_tilde_after_disclosure": fault(
            "The last disclosure is not followed by “~”.",
            "envelope.no_tilde",
            act(jws(body=payload(sealed)), sealed)[:-1],
        ),
        "key_binding": fault(
            "A key-binding JWT follows the last “~”.", "envelope.no_tilde", act(entry) + key_binding
        ),
        "newline_after_tilde": fault(
            "A line end follows the last “~”.", "envelope.no_tilde", act(entry) + b"\n"
        ),
        "empty_disclosure": fault(
            "Nothing stands between two “~”.", "envelope.empty_disclosure", act(entry) + b"~"
        ),
        "not_ascii": fault(
            "A byte beyond ASCII stands in a disclosure.", "envelope.not_ascii", act(entry) + b"\xe9~"
        ),
        "entry_over_65535_bytes": fault(
            "The entry is larger than a tile can hold.",
            "envelope.entry_size",
            act(jws(body=payload(provision="art_3" + "0" * 49_000))),
        ),
    }
