"""A policy as a file (C2SP tlog-policy).

    log <vkey> [<url>]
    witness <name> <vkey> [<url>]
    group <name> <k>|any|all <name>...
    quorum <name>|none

Lines end in a newline; items are parted by spaces and tabs; empty lines and those that begin with # say nothing. A name
is defined on a line before the one that uses it, and is a member once. Names are octets, compared as they stand.

    >>> parse_policy(b"# We ask for nobody.\\nquorum none\\n")
    Policy(logs=(), witnesses=(), quorum=None)
    >>> format_policy(Policy((), (), None))
    'quorum none\\n'
"""

from __future__ import annotations

import re
from typing import Final

from detente.codec.refusal import Refused, refuse
from detente.tlog.cosignature import CosignatureVerifier
from detente.tlog.policy import CLAUSE, NONE, Group, KnownLog, KnownWitness, Policy
from detente.tlog.signed_note import NoteVerifier, VerifierKey, format_vkey, parse_vkey

LARGEST: Final = 262_144
"""Bytes of a policy that is read."""
MOST: Final = 100
"""Logs, witnesses and groups, each: no note has more signatures."""

_NOT_ALLOWED: Final = re.compile(rb"[^\t\n\x20-\x7e\x80-\xff]")
_ITEM: Final = re.compile(rb"[^ \t]+")
_NUMBER: Final = re.compile(rb"[1-9][0-9]{0,2}")


def format_policy(policy: Policy) -> str:
    """The lines of a policy, a group before the one that it is a member of."""
    lines = [f"log {format_vkey(log.key)} {log.url}".rstrip() for log in policy.logs]
    lines += [f"witness {w.name} {format_vkey(w.key)} {w.url}".rstrip() for w in policy.witnesses]
    if isinstance(policy.quorum, Group):
        lines += _group_lines(policy.quorum)
    return "\n".join([*lines, f"quorum {policy.quorum.name if policy.quorum else NONE}", ""])


def _group_lines(group: Group) -> list[str]:
    inner = [line for member in group.members if isinstance(member, Group) for line in _group_lines(member)]
    return [
        *inner,
        f"group {group.name} {group.threshold} {' '.join(member.name for member in group.members)}",
    ]


def parse_policy(raw: bytes) -> Policy:
    """Raises `Refused`, naming the line: `policy.size`, `policy.octet`, `policy.end`, `policy.line`, `policy.key`,
    `policy.duplicate`, `policy.name`, `policy.unknown`, `policy.member`, `policy.threshold` or `policy.quorum`.
    """
    if len(raw) > LARGEST:
        raise _refuse("size", f"The policy is longer than {LARGEST} bytes.")
    lines = raw.split(b"\n")
    reading = _Reading()
    for number, line in enumerate(lines, 1):
        if _NOT_ALLOWED.search(line):
            raise _at(number, "octet", "a control character, such as a carriage return, stands in it.")
        # Whatever ends in the middle of a line may have been cut short, and then asks for less than its author did.
        if number == len(lines) and line:
            raise _at(number, "end", "the file ends in the middle of this line.")
        items = _ITEM.findall(line)
        if items and not items[0].startswith(b"#"):
            reading.read(number, items)
    return reading.policy()


class _Reading:
    def __init__(self) -> None:
        self._logs: list[KnownLog] = []
        self._witnesses: list[KnownWitness] = []
        self._defined: dict[bytes, KnownWitness | Group] = {}
        self._groups = 0
        self._members: set[bytes] = set()
        self._quorum: list[KnownWitness | Group | None] = []

    def policy(self) -> Policy:
        if not self._quorum:
            raise _refuse("quorum", "The policy has no line that says whose cosignatures are asked for.",
                          "End it with “quorum NAME”, or “quorum none” to ask for none.")  # fmt: skip
        return Policy(tuple(self._logs), tuple(self._witnesses), self._quorum[0])

    def read(self, number: int, items: list[bytes]) -> None:
        word, *rest = items
        if word == b"log" and 1 <= len(rest) <= 2:
            self._log(number, *rest)
        elif word == b"witness" and 2 <= len(rest) <= 3:
            self._witness(number, *rest)
        elif word == b"group" and len(rest) >= 3:
            self._group(number, rest[0], rest[1], rest[2:])
        elif word == b"quorum" and len(rest) == 1:
            self._decide(number, rest[0])
        else:
            raise _at(number, "line", "it is no line of a policy, or has too few or too many items.")

    def _log(self, number: int, vkey: bytes, url: bytes = b"") -> None:
        try:
            verifier = NoteVerifier(parse_vkey(vkey.decode("utf-8", "surrogateescape")))
        except Refused as refused:
            raise _at(number, "key", "the log’s key is none that can be used here.") from refused
        self._check_new(number, verifier.key, [log.key for log in self._logs])
        self._logs.append(KnownLog(verifier.key, _text(url)))

    def _witness(self, number: int, name: bytes, vkey: bytes, url: bytes = b"") -> None:
        try:
            verifier = CosignatureVerifier(parse_vkey(vkey.decode("utf-8", "surrogateescape")))
        except Refused as refused:
            raise _at(number, "key", "the witness’s key is none that can be used here.") from refused
        self._check_new(number, verifier.key, [witness.key for witness in self._witnesses])
        witness = KnownWitness(_text(name), verifier.key, _text(url))
        self._define(number, name, witness)
        self._witnesses.append(witness)

    def _group(self, number: int, name: bytes, asked: bytes, members: list[bytes]) -> None:
        found = tuple(self._found(number, member) for member in members)
        for member in members:
            if member in self._members:
                raise _at(number, "member", f"“{_text(member)}” is a member already.")
            self._members.add(member)
        threshold = {b"any": 1, b"all": len(found)}.get(asked)
        if threshold is None:
            threshold = int(asked) if _NUMBER.fullmatch(asked) else 0
        if not 1 <= threshold <= len(found):
            raise _at(number, "threshold", "it asks for no number from 1 to that of its members.")
        self._groups += 1
        if self._groups > MOST:
            raise _at(number, "size", f"there are more than {MOST} groups.")
        self._define(number, name, Group(_text(name), threshold, found))

    def _decide(self, number: int, name: bytes) -> None:
        if self._quorum:
            raise _at(number, "quorum", "there is a quorum line already.")
        self._quorum.append(None if name == NONE.encode() else self._found(number, name))

    def _found(self, number: int, name: bytes) -> KnownWitness | Group:
        if name not in self._defined:
            raise _at(number, "unknown", f"no line before it defines “{_text(name)}”.")
        return self._defined[name]

    def _define(self, number: int, name: bytes, part: KnownWitness | Group) -> None:
        if name in self._defined or name == NONE.encode():
            raise _at(number, "name", f"“{_text(name)}” is defined already.")
        self._defined[name] = part

    def _check_new(self, number: int, key: VerifierKey, known: list[VerifierKey]) -> None:
        if any(key.public_key == other.public_key for other in known):
            raise _at(number, "duplicate", "its public key stands on a line before.")
        if len(known) == MOST:
            raise _at(number, "size", f"there are more than {MOST} logs or witnesses.")


def _text(octets: bytes) -> str:
    """For people to read: octets that are no UTF-8 are shown as replaced."""
    return octets.decode("utf-8", "replace")


def _at(number: int, code: str, sentence: str) -> Refused:
    return _refuse(code, f"Line {number}: {sentence}")


def _refuse(code: str, sentence: str, instead: str = "") -> Refused:
    return refuse(f"policy.{code}", sentence, CLAUSE, instead)
