"""A host that receives acts as fast as it can and prints each receipt, until it is killed.

`python -m tests.depositary.burst FOLDER` opens the data folder and goes on with the process in it, or convenes
one; four people send acts at once, through one door, to the main log and to their side's chamber. A line is
written in one piece after the receipt is there, as an answer over HTTP would be.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from itertools import count
from pathlib import Path

from detente.depositary.custody import use_name
from detente.depositary.group_commit import GroupCommit
from detente.depositary.host import Depositary
from detente.depositary.opening import open_data
from tests.depositary.talks import SEATS, Talks

PEOPLE = tuple(person for person, _role, _side in SEATS)


def resumed(depositary: Depositary) -> Talks:
    """The talks that stand in this host already, or new ones."""
    if not depositary.processes():
        return Talks(depositary).convene().seat()
    talks = Talks.__new__(Talks)
    (origin,) = depositary.processes()
    state = depositary.main(origin).state()
    assert depositary.store.secret(use_name(state.convened.log_key)) == origin.encode()
    fresh = Talks(depositary)
    talks.__dict__ = {**fresh.__dict__, "origin": origin, "log_key": state.convened.log_key}
    return talks


def send(talks: Talks, door: GroupCommit, person: str, side: str) -> None:
    for number in count():
        chamber = f"side-{side}" if number % 3 == 2 else ""
        if chamber:
            raw = talks.raw(person, "note", {"text": f"{person} {number}"}, chamber)
        else:
            raw = talks.raw_statement(person, f"{person} {number}")
        receipt = door.receive_act(raw)
        line = {"log": receipt.origin, "index": receipt.index, "leaf": receipt.leaf, "act": raw.decode()}
        line["proof"] = receipt.proof.decode()
        os.write(1, json.dumps(line).encode() + b"\n")


def main() -> None:
    depositary = open_data(Path(sys.argv[1]), create=True)
    talks = resumed(depositary)
    door = GroupCommit(depositary)
    for person, _role, side in SEATS:
        threading.Thread(target=send, args=(talks, door, person, side), daemon=True).start()
    threading.Event().wait()


if __name__ == "__main__":
    main()
