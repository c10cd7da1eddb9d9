"""The titles of texts, where only the skeleton of a record is on this machine: the host gives each as the proof of the
act that opened the text, with the title shown, and nothing of it is believed that does not hold."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import Final

from detente.client.remote_host import RemoteHost
from detente.codec.refusal import Refused
from detente.procedure.facts import facts_of
from detente.proofs.one_act import verify_proof
from detente.state.records import State

_TITLE: Final = "title"


def titles_of(state: State, host: RemoteHost, token: str) -> dict[str, str]:
    """By the id of each text; what the host does not give, or not soundly, is left out. token: a reader's."""
    facts, found = facts_of(state), {}
    for text in state.instrument_order:
        number = int(facts[f"text/{text}"].split()[0])
        with suppress(Refused):
            proof = host.ask(f"acts/{number}/proof?show={_TITLE}", token=token)
            act = verify_proof(io.BytesIO(proof)).act
            title = act.opened.get(_TITLE)
            stated = (act.log, act.number, act.kind, act.clear.get("instrument"))
            if stated == (state.convened.origin, number, "open_instrument", text) and isinstance(title, str):
                found[text] = title
    return found
