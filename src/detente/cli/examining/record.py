"""The database: whether it answers, in which form, whether it can be written to, and what stands in it of keys, cosigners
and time stamps."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from detente.cli.examining.finding import Finding, ago, fail, ok, warn
from detente.codec.refusal import Refused
from detente.depositary.custody import Custody, secret_name
from detente.depositary.logs import chamber_name, convening_of
from detente.depositary.stamping import EARLY
from detente.store.looking import SqliteToLookAt
from detente.store.sql import SqlStore

_LATE: Final = 86_400
"""Seconds after which a cosigner that lags is told of."""


def examine(database: str | None, record: Path | None, host_key: Path, now: float) -> Iterator[Finding]:
    """record: the SQLite file; database: the address of any other."""
    if record is not None and not record.exists():
        yield fail(
            "database",
            f"There is no record in {record.parent}.",
            "Name the host's folder with --data, or start the host once.",
        )
        return
    try:
        store = SqliteToLookAt(record) if record is not None else _postgresql(database or "")
        store.check_schema()
        yield _writable(store, record)
        yield from _inside(store, host_key, now)
    except Refused as refused:
        for refusal in refused.refusals:
            level = warn if refusal.code == "store.earlier_version" else fail
            yield level("database", refusal.sentence, refusal.instead)
    except Exception as error:  # whatever its driver raises
        said = next(iter(str(error).splitlines()), type(error).__name__)
        yield fail("database", f"It does not answer: {said}.",
                   "See that it runs, that its address is right, and that this user may read it.")  # fmt: skip


def _postgresql(address: str) -> SqlStore:
    from detente.store.postgresql import PostgresqlToLookAt

    return PostgresqlToLookAt(address)


def _writable(store: SqlStore, record: Path | None) -> Finding:
    if record is not None:
        beside = os.access(record.parent, os.W_OK)
        if not (os.access(record, os.W_OK) and beside):
            return fail(
                "database",
                f"{record} cannot be written to by this user.",
                "Run as the host's user, or give it the file and its folder.",
            )
        return ok("database", f"{record} has this version's tables and can be written to.")
    with store.lend() as connection:
        (standby,) = connection.execute("SELECT pg_is_in_recovery()").fetchone()
        found = {
            name: connection.execute(f"SELECT current_setting('{name}')").fetchone()[0]
            for name in ("fsync", "full_page_writes")
        }
        (allowed,) = connection.execute("SELECT has_table_privilege('entry', 'INSERT')").fetchone()
        (version,) = connection.execute("SELECT current_setting('server_version')").fetchone()
    off = [name for name, value in found.items() if value != "on"]
    if standby:
        return fail(
            "database",
            "PostgreSQL is a standby: nothing can be written to it.",
            "Name the primary, or promote this one.",
        )
    if off:
        return fail(
            "database",
            f"PostgreSQL runs with {' and '.join(off)} off: what is receipted can be lost.",
            "Turn them on, and restart it.",
        )
    if not allowed:
        return fail(
            "database", "This user may not write to the tables.", "Grant it, or name the user who made them."
        )
    return ok("database", f"PostgreSQL {version} has this version's tables and can be written to.")


def _inside(store: SqlStore, host_key: Path, now: float) -> Iterator[Finding]:
    origins = store.origins()
    mains = tuple(origin for origin in origins if not chamber_name(origin))
    if not mains:
        yield ok("processes", "None is kept here yet.")
        return
    yield ok("processes", f"Kept here: {len(mains)}, with {len(origins) - len(mains)} chambers.")
    yield from _keys(store, mains, host_key)
    stopped = store.stopped()
    if stopped:
        yield fail("signing", f"Nothing is signed for {', '.join(stopped)}: the host may run from an old backup.",
                   "Bring back what is missing with “detente recover”.")  # fmt: skip
    yield from _cosigners(store, mains, now)
    yield from _stamps(store, mains, now)


def _keys(store: SqlStore, mains: tuple[str, ...], host_key: Path) -> Iterator[Finding]:
    try:
        custody = Custody(host_key.read_bytes())
    except (OSError, ValueError):
        return  # the look at the host key says so
    shut = []
    for origin in mains:
        convening = convening_of(store, origin)
        if convening is None:
            continue  # of a version that is not known here: the fold says so
        wanted = filter(None, (convening.log_key, convening.keeper_key, convening.log_mldsa_key))
        if not all(_opens(store, custody, public) for public in wanted):
            shut.append(origin)
    if shut:
        yield fail("keys", f"The host key opens no keys of {len(shut)} of {len(mains)} processes, such as {shut[0]}.",
                   "Start with the host key that this database was made with.")  # fmt: skip
    else:
        yield ok("keys", "The host key opens the keys of every process.")


def _opens(store: SqlStore, custody: Custody, public: str) -> bool:
    wrapped = store.secret(secret_name(public))
    try:
        return wrapped is not None and bool(custody.unwrap(secret_name(public), wrapped))
    except Refused:
        return False


def _cosigners(store: SqlStore, mains: tuple[str, ...], now: float) -> Iterator[Finding]:
    """How far each cosigner that has ever signed is, over all processes that it signs."""
    behind: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for origin in mains:
        head = store.head(origin)
        for line in store.cosignatures(origin):
            behind[line.cosigner].append(((head.size if head else 0) - line.size, line.time))
    for cosigner, lines in sorted(behind.items()):
        late, last = sum(acts > 0 for acts, _time in lines), max(time for _acts, time in lines)
        said = f"{cosigner} signed last {ago(max(0, now - last))} ago; processes: {len(lines)}"
        if last > now + 60:
            yield warn(
                "cosigners",
                f"{cosigner} signed {ago(last - now)} ahead of this machine's clock.",
                "Set the clock that is wrong: see “clock”.",
            )
        elif late and now - last > _LATE:
            yield warn(
                "cosigners",
                f"{said}, and is behind in {late}.",
                "Ask those who run it: without it no time is proved.",
            )
        else:
            yield ok("cosigners", f"{said}{f', and is behind in {late}' if late else ''}.")
    if not behind:
        yield warn("cosigners", "None has signed anything here.",
                   "No time is proved, and a fork goes unseen: have parties run “detente witness”.")  # fmt: skip


def _stamps(store: SqlStore, mains: tuple[str, ...], now: float) -> Iterator[Finding]:
    newest = [stamp for stamp in map(store.newest_stamp, mains) if stamp is not None]
    if not newest:
        yield ok("time stamps", "None is kept.")
        return
    ending = sum(stamp.ends < now + EARLY for stamp in newest)
    last = ago(max(0, now - max(stamp.made for stamp in newest)))
    said = f"Stamped: {len(newest)} of {len(mains)} processes, last {last} ago."
    if ending:
        yield warn("time stamps", f"{said} The certificates of {ending} end within {EARLY // 86_400} days.",
                   "Serve with --time-stamp-authority: they are renewed by themselves.")  # fmt: skip
    else:
        yield ok("time stamps", said)
