"""Files and answers that come from elsewhere: feeds of places, files for `detente packages`, what a host answers, what an
authenticator signs. Whatever their bytes, each is read or refused in words."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec

from detente.analysis.packages import genius
from detente.analysis.packages.elicited import read_document
from detente.analysis.packages.problem_file import read_problem
from detente.client.remote_host import _refused, address_of
from detente.client.replica import read_replica
from detente.codec.refusal import Refused
from detente.interchange.base_map import read_base_map
from detente.interchange.documents.pdf import read_pdf
from detente.interchange.documents.structure import structured
from detente.interchange.gazetteer import read_gazetteer
from detente.interchange.incidents.mapping import read_mapping
from detente.proofs.time_stamp import read_roots
from detente.proofs.verified_snapshot import open_snapshot
from detente.provisions.provision import check_provisions
from detente.sealing.identity import identity_of
from detente.sealing.streaming import unseal_stream
from detente.signing.assertion import Assertion, check_assertion, read_passkey
from detente.web.languages import _wanted


def assertions(data: bytes) -> None:
    """A passkey's key up to a zero byte, and what a browser hands on as JSON after that."""
    public, _, said = data.partition(b"\0")
    with suppress(msgspec.MsgspecError, UnicodeDecodeError):
        assertion = msgspec.json.decode(said, type=Assertion)
        check_assertion(assertion, _passkey(), "localhost", "challenge")
    read_passkey(public)


@cache
def _passkey() -> Any:
    from tests.web.authenticator import Passkey

    return read_passkey(Passkey().spki)


def preferences(data: bytes) -> None:
    read_document(data.decode("utf-8", "replace"))


def package_problems(data: bytes) -> None:
    read_problem(data)


def package_domains(data: bytes) -> None:
    """A domain's file, and those of two parties, with zero bytes between."""
    domain, *profiles = data.split(b"\0")
    genius.read(domain, *(genius.Profile(f"P{n}", file) for n, file in enumerate(profiles[:2])))


def column_mappings(data: bytes) -> None:
    read_mapping(data.decode("utf-8", "replace"))


def gazetteers(data: bytes) -> None:
    """A list of places up to a zero byte, and other names of them after that."""
    places, _, aliases = data.partition(b"\0")
    _as_files(lambda listed, names: read_gazetteer([listed], [names]), places, aliases)


def base_maps(data: bytes) -> None:
    _as_files(read_base_map, data)


def _as_files(read: Callable[..., Any], *contents: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}" for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        read(*paths)


def pdf_documents(data: bytes) -> None:
    document = read_pdf(data)
    assert check_provisions(structured(document.accepted()).provisions) == ()


def snapshots(data: bytes) -> None:
    open_snapshot(BytesIO(data))


def replicas(data: bytes) -> None:
    """A copy as its owner opens it, and a sealed file that is opened part by part."""
    with suppress(Refused):
        unseal_stream(BytesIO(data), BytesIO(), (identity_of(bytes([1]) * 32),), b"detente sealed file v1")
    read_replica(BytesIO(data), "detente/x", None)


def certificates(data: bytes) -> None:
    read_roots(data)


def hosts(data: bytes) -> None:
    """What a host answers in place of what was asked, and what a link names."""
    refused = _refused(data)
    assert refused.refusals
    json.dumps(msgspec.to_builtins(refused.refusals))
    address_of(data.decode("utf-8", "replace"))


def languages_wanted(data: bytes) -> None:
    assert _wanted(data.decode("latin-1")).tag


FILES = (
    assertions, preferences, package_problems, package_domains, column_mappings, gazetteers, base_maps, pdf_documents,
    snapshots, replicas, certificates, hosts, languages_wanted,
)  # fmt: skip
SLOW_FILES = frozenset(
    {
        "gazetteers",
        "base_maps",
        "pdf_documents",
        "snapshots",
        "replicas",
        "package_problems",
        "package_domains",
    }
)
