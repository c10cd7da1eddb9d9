"""The demonstration keys of a record, as files that the verbs of a terminal act with: DATA/keys/PERSON.

Only of people whose key in the record is the one that anybody can derive from its label. A person of a real record has no
file here, and the keeper, whose key is the host's own, never.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from detente.client.keyring import HeldKey, Keyring
from detente.codec.base64url import encode_base64url
from detente.depositary.host import Depositary
from detente.depositary.reading import Record
from detente.interchange.minutes.demonstration import demonstration_seed_beside, signing_key
from detente.procedure.disclosure import Viewer

KEYS: Final = "keys"


def label_of(depositary: Depositary, origin: str) -> str:
    """What the convening act calls the talks."""
    convenor = depositary.main(origin).state().convened.convenor
    (convened,) = Record(depositary, origin, Viewer(convenor)).acts(0, 1)
    label: str = convened.act.clear.label
    return label


def keep_demonstration_keys(depositary: Depositary, address: str, folder: Path) -> None:
    """address: of the pages; what an earlier start left of other addresses is written anew."""
    for origin in depositary.processes():
        state, label = depositary.main(origin).state(), label_of(depositary, origin)
        for person in state.people:
            key = signing_key(state, label, person)
            if key.key_id not in state.keys or state.keys[key.key_id].person != person:
                continue
            held = HeldKey(
                address.rstrip("/"), origin, person, encode_base64url(key.seed),
                encode_base64url(demonstration_seed_beside(key)), 0,
            )  # fmt: skip
            keyring = Keyring(folder / person)
            keyring.file_of(held).unlink(missing_ok=True)
            keyring.keep(held)
