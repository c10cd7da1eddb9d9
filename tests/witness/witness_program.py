"""A witness as a program of its own, for tests that kill it: `python -m tests.witness.witness_program FOLDER [MOMENT]`.

MOMENT: `before` or `after` keeping the first checkpoint of more than 5 leaves it kills itself, as by the loss of power.
Its port is written to standard output.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from detente.tlog.checkpoint import parse_checkpoint
from detente.tlog.signed_note import parse_note
from detente.web.serving import bind, serve
from detente.witness.answering import Answering
from detente.witness.cosigning import Witness
from detente.witness.listening import make_witness_app
from detente.witness.signed_checkpoints import SignedCheckpoints
from tests.tlog.demonstration import LOG_VERIFIER, ORIGIN, WITNESS_A


class Dying(SignedCheckpoints):
    moment = ""

    def keep(self, origin: str, note: bytes) -> None:
        large = parse_checkpoint(parse_note(note).text).size > 5
        if large and self.moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        super().keep(origin, note)
        if large and self.moment == "after":
            os.kill(os.getpid(), signal.SIGKILL)


def main(folder: Path, moment: str = "") -> None:
    kept = Dying(folder)
    kept.moment = moment
    answering = Answering(Witness(WITNESS_A, kept), {ORIGIN: LOG_VERIFIER})
    bound = bind("127.0.0.1", 0)
    serve(make_witness_app(answering), bound, lambda: print(bound.getsockname()[1], flush=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
