"""Write vectors/act/*.json again: `python vectors/make_act_vectors.py [folder]`.

Each file has `about` (one sentence), `raw` (the bytes of the act, as Latin-1 text), `public` (the key that
the reader holds, base64url) and `expect`: the `stage` that must refuse (`envelope`, `verifier`,
`disclosure`) with its `code`; or, for a sound act, the stage `accepted` and what its disclosures `opened`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from act_parts import AUTHOR, PAYLOAD, Vector, act, fixed_salts, jws, payload_with_arrays, vector
from act_reading_faults import disclosure_faults, verifier_faults
from act_spelling_faults import spelling_faults
from act_statement_faults import header_faults, payload_faults

from detente.signing.signer import sign_act

_HIDDEN = {"remark": 'Überarbeitet "nach" der Sitzung\n', "text": "The Parties shall meet."}
_NAMES = ("remark", "text", "texts")
"""The hidden fields of `propose_alternative` when these vectors were first written: they stay as they are."""


def sound_acts() -> dict[str, Vector]:
    salts = fixed_salts()
    sent = sign_act(AUTHOR, PAYLOAD, _HIDDEN, _NAMES, lambda: next(salts))
    entry, _, words, _ = sent.split(b"~")
    bare = sign_act(AUTHOR, PAYLOAD, {}, ())
    return {
        "sound": vector("Two hidden fields and a decoy.", sent, "accepted", "", opened=_HIDDEN),
        "sound_partly_opened": vector(
            "One of two hidden fields is opened.",
            entry + b"~" + words + b"~",
            "accepted",
            "",
            opened={"text": _HIDDEN["text"]},
        ),
        "sound_nothing_opened": vector("Nothing is opened.", entry + b"~", "accepted", "", opened={}),
        "sound_as_deep_as_admitted": vector(
            "Arrays and objects stand 64 deep.",
            act(jws(body=payload_with_arrays(63))),
            "accepted",
            "",
            opened={},
        ),
        "sound_nothing_hidden": vector("A kind without hidden fields.", bare, "accepted", "", opened={}),
    }


def all_vectors() -> dict[str, Vector]:
    return (
        sound_acts()
        | header_faults()
        | payload_faults()
        | spelling_faults()
        | verifier_faults()
        | disclosure_faults()
    )


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in all_vectors().items():
        (folder / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "act")
