"""A host that starts from a verified snapshot: a long record is served at once, by the word of the cosigners who signed
what its first acts come to, and folded whole meanwhile.

For a database without the local snapshots of its host, as after a move or a new version. The acts are the host's own;
only what they come to is others' word, and for as long as the fold takes.
"""

from __future__ import annotations

from detente.codec.refusal import refuse
from detente.depositary.host import Depositary
from detente.proofs.verified_snapshot import VerifiedSnapshot


class Vouched:
    """One process, and the snapshot from which it starts."""

    def __init__(self, depositary: Depositary, snapshot: VerifiedSnapshot) -> None:
        """Raises `Refused`: `log.unknown` where this host does not hold the process, `host.snapshot` where it holds other
        acts than those that were signed for."""
        said = snapshot.anchored.statement
        self._main, self._snapshot = depositary.main(said.origin), snapshot
        head = depositary.store.head(said.origin)
        if head is None or head.size < said.size or self._main.tree.root(said.size) != said.root:
            raise refuse("host.snapshot", f"This host does not hold the {said.size} acts of {said.origin} that "
                         f"{', '.join(snapshot.anchored.signers)} signed for.", "RFC 6962 sec. 2.1",
                         "Bring back what is missing (“detente recover”), or show both to the parties: the log was "
                         "forked.")  # fmt: skip
        self._main.start_from(snapshot.state)

    def fold(self) -> None:
        """Fold these acts, and go on from that. Raises `Refused` with code `host.snapshot_fold` where they come to
        something else; what is served from then on is this host's own fold."""
        found = self._main.fold_again(self._snapshot.size)
        if found != self._snapshot.state:
            raise refuse("host.snapshot_fold", f"The first {self._snapshot.size} acts of {self._main.origin} do not come "
                         f"to what {', '.join(self._snapshot.anchored.signers)} signed. This host now goes on from its "
                         "own fold; what it admitted meanwhile and the rules refuse stands as irregular.",
                         instead="Keep the snapshot, and show it to the parties and the other cosigners.")  # fmt: skip
