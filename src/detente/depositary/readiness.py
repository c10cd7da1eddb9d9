"""Whether a host can do its work now: asked often, so it costs a few short queries, whatever the host
keeps; one that lists the processes too, for as long as something is wrong."""

from __future__ import annotations

from typing import Final

from detente.codec.refusal import Refusal, Refused
from detente.depositary.host import Depositary
from detente.depositary.logs import convening_of

SILENT: Final = Refusal("ready.database", "The database does not answer.", instead="Ask again in a moment.")
_SIGNS_NOTHING: Final = Refusal(
    "ready.signing", "The host signs nothing: it may run from an old backup.",
    instead="Bring back what is missing with “detente recover”.",
)  # fmt: skip
_OTHER_KEY: Final = Refusal(
    "ready.keys", "The host key does not open the keys of the logs.",
    instead="Start with the host key that this database was made with.",
)  # fmt: skip


class Readiness:
    """What stands against a host, again and again."""

    def __init__(self, depositary: Depositary) -> None:
        self._depositary = depositary
        self._opens = False

    def faults(self) -> tuple[Refusal, ...]:
        """All of it, in words that name nothing the host keeps."""
        store = self._depositary.store
        try:
            store.check_schema()
            stopped = {*store.stopped(), *(origin for origin, _witness in self._depositary.ahead)}
            mains = self._depositary.processes() if stopped or not self._opens else ()
            # A key that was opened once stays open.
            self._opens = self._opens or (bool(mains) and self._opens_key_of(mains[0]))
        except Refused as refused:
            return refused.refusals
        except Exception:  # whatever a driver raises, whose words may hold an address
            return (SILENT,)
        faults = []
        if mains and stopped.issuperset(mains):
            faults.append(_SIGNS_NOTHING)
        if mains and not self._opens:
            faults.append(_OTHER_KEY)
        return tuple(faults)

    def _opens_key_of(self, origin: str) -> bool:
        convening = convening_of(self._depositary.store, origin)
        try:
            if convening is not None:
                self._depositary.own_key(convening.log_key)
        except Refused:
            return False
        return True
