"""Which logs a witness follows by policy (C2SP tlog-policy): those of the `log` lines of policies that name its own key.

A policy in which its key does not stand would gain nothing by its cosignatures: such a one is refused, not passed over,
since whoever gave it may mean another witness.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from detente.client.remote_host import Address, address_of
from detente.codec.refusal import Refusal, Refused, refuse
from detente.tlog.policy import KnownLog, Policy
from detente.tlog.policy_file import LARGEST, parse_policy
from detente.tlog.signed_note import VerifierKey


def read_policies(files: Iterable[Path], own: VerifierKey) -> dict[str, KnownLog]:
    """The logs that the policies name, by origin. Raises `Refused`: `witness.policy`, `policy.*`, each with its file."""
    logs: dict[str, KnownLog] = {}
    for file in files:
        policy = _read(file)
        if own not in (witness.key for witness in policy.witnesses):
            raise refuse("witness.policy", f"{file}: the policy does not name this witness’s key.", "C2SP tlog-policy",
                         "Ask for the policy of a process whose convening act names it.")  # fmt: skip
        for log in policy.logs:
            if logs.setdefault(log.key.name, log).key != log.key:
                raise refuse("witness.policy", f"{file}: another policy names another key for {log.key.name}.",
                             "C2SP tlog-policy", "Ask which of the two is right: the process id tells.")  # fmt: skip
    return logs


def _read(file: Path) -> Policy:
    with file.open("rb") as written:
        try:
            return parse_policy(written.read(LARGEST + 1))
        except Refused as refused:
            raise Refused(
                *(Refusal(r.code, f"{file}: {r.sentence}", r.clause, r.instead) for r in refused.refusals)
            ) from refused


def addresses_in(logs: dict[str, KnownLog], given: tuple[Address, ...]) -> tuple[Address, ...]:
    """Where the logs are: as given, else as their lines say; a log for which neither is told can only ask by itself.

    Raises `Refused`: `witness.policy` where an address is that of no log of the policies, or `host.address`.
    """
    for address in given:
        if address.process not in logs:
            raise refuse("witness.policy", f"No policy names the log {address.process}.", "C2SP tlog-policy",
                         "Give the policy of that process too, or leave its address out.")  # fmt: skip
    told = {address.process for address in given}
    return (*given, *(_address(log) for origin, log in logs.items() if log.url and origin not in told))


def _address(log: KnownLog) -> Address:
    address = address_of(log.url)
    if address.process != log.key.name:
        raise refuse("witness.policy", f"The line of {log.key.name} has the address of another log.",
                     "C2SP tlog-policy", "Write there the address of the process that it names.")  # fmt: skip
    return address
