"""Going on from a verified snapshot with what the host has received since: a long record is known in seconds, and only
its later acts travel.

They are fetched without a word, as entries of the log, and written as a file of later acts: so what is checked here is
what anybody can check who is given that file.
"""

from __future__ import annotations

from typing import BinaryIO

from detente.client.host_tiles import entries_of_host, nodes_of_host
from detente.client.remote_host import RemoteHost
from detente.codec.refusal import refuse
from detente.proofs.later_acts import write_later_acts
from detente.proofs.verified_snapshot import VerifiedSnapshot
from detente.tlog.checkpoint import unverified_checkpoint


def fetch_later_acts(host: RemoteHost, token: str, snapshot: VerifiedSnapshot, out: BinaryIO) -> None:
    """Write to `out` what the host has beyond the snapshot. token: a reader's.

    Raises `Refused`: `snapshot.process` where it is of another process; `seen.behind` where the host shows fewer acts
    than it has; or as `RemoteHost.ask`.
    """
    origin = snapshot.anchored.process.origin
    if origin != host.process:
        raise refuse("snapshot.process", f"The snapshot is of {origin}.",
                     instead="Give one of this process, or name the process that it is of.")  # fmt: skip
    note = host.ask("log/checkpoint", token=token)
    size = unverified_checkpoint(note).size
    if size < snapshot.size:
        raise refuse("seen.behind", f"The host shows {size} acts; {', '.join(snapshot.anchored.signers)} signed for "
                     f"{snapshot.size}.",
                     "C2SP tlog-checkpoint", "It may run from an old backup: keep the snapshot, and tell the host.",
                     )  # fmt: skip
    acts = [entry + b"~" for entry in entries_of_host(host, snapshot.size, size, token)]
    read = nodes_of_host(host, size, token)
    write_later_acts(out, origin, snapshot.size, acts, note, read)
