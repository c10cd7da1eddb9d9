"""What a host does, under the filter of system calls that the unit asks systemd for: the kernel's own, set for the test.

The lists of the filter are this machine's systemd's. What is not in them is refused as the unit says, and a library that
can go on without goes on.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import subprocess
import sys
from ctypes.util import find_library

import pytest

from tests.operations.recipes import ROOT, unit

ALLOW, REFUSE = 0x7FFF0000, 0x00050000
"""SCMP_ACT_ALLOW, and SCMP_ACT_ERRNO to which the error is added (seccomp.h)."""
pytestmark = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None or find_library("seccomp") is None,
    reason="the lists of system calls are systemd's, and libseccomp sets them",
)


def allowed() -> set[str]:
    """The system calls that the unit leaves: each line adds to those before it, or with ~ takes away."""
    found: set[str] = set()
    for line in unit().all("SystemCallFilter"):
        named = {call for name in line.lstrip("~").split() for call in _calls(name)}
        found = found - named if line.startswith("~") else found | named
    return found


def _calls(name: str) -> set[str]:
    if not name.startswith("@"):
        return {name}
    said = subprocess.run(
        ["systemd-analyze", "syscall-filter", name], capture_output=True, text=True, check=True
    )
    inside = [line.strip() for line in said.stdout.splitlines()[1:]]
    return {call for one in inside if one and not one.startswith("#") for call in _calls(one)}


def under_the_filter(program: str) -> str:
    """What the program prints."""
    seccomp, calls = ctypes.CDLL(find_library("seccomp")), [call.encode() for call in allowed()]
    seccomp.seccomp_init.restype = ctypes.c_void_p
    assert unit().one("SystemCallErrorNumber") == "EPERM"

    def begin() -> None:
        made = ctypes.c_void_p(seccomp.seccomp_init(ctypes.c_uint32(REFUSE | errno.EPERM)))
        for call in calls:
            number = seccomp.seccomp_syscall_resolve_name(call)
            if number >= 0:  # one that this machine does not have
                seccomp.seccomp_rule_add(made, ctypes.c_uint32(ALLOW), number, 0)
        assert seccomp.seccomp_load(made) == 0

    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=300, cwd=ROOT, preexec_fn=begin,
        env=os.environ | {"PYTHONPATH": f"{ROOT}/src"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-3000:]
    return ran.stdout


def test_the_filter_is_set() -> None:
    assert "True" in under_the_filter(
        "import os\ntry:\n os.sched_setaffinity(0, {0})\nexcept PermissionError:\n print(True)"
    )


READS_A_FILE = """
from detente.interchange.documents.from_text import document_of
from detente.interchange.limits import within_limits
from detente.interchange.documents.reading import read_document
from detente.interchange.documents.word.writing import write_word
from detente.provisions.plain_text import parse_text

sent = write_word(document_of(parse_text("1(1) The road stays open.")))
print(within_limits(read_document, sent, "draft.docx").blocks[0].text)
"""


OTHER_LIBRARIES = """
import tempfile
from pathlib import Path
from detente.analysis.packages import Domain, Issue, Preferences, Problem, nash
from detente.interchange.documents.signature_pdf.sheet import Sheet
from detente.interchange.documents.signature_pdf.typesetting import write_pdf
from detente.interchange.incidents.importing import import_incidents
from detente.provisions.plain_text import parse_text

text = parse_text("1(1) The road stays open.")
print(write_pdf(Sheet("Understanding", text, (("en", "authentic"),)))[:5].decode())
with tempfile.TemporaryDirectory() as folder:
    source = Path(folder) / "source.csv"
    source.write_text("id,date_from,place\\n1,2010-01-01,Ford\\n")
    print(import_incidents(source, Path(folder) / "out.parquet", print).kept)
domain = Domain((Issue("art_1", ("open", "shut")),))
print(nash(Problem.of(domain, Preferences("A", ((9, 0),)), Preferences("B", ((1, 0),)))).outcomes[0].package)
"""


def test_what_is_typeset_imported_and_solved_is_too() -> None:
    assert under_the_filter(OTHER_LIBRARIES) == "%PDF-\n1\n(0,)\n"


def test_a_file_is_read_within_limits() -> None:
    assert under_the_filter(READS_A_FILE) == "The road stays open.\n"
