"""What a stranger sends stands in no line of the server's own log as they wrote it, and names no file of the host."""

from __future__ import annotations

import socket
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from detente.codec.base64url import encode_base64url
from detente.store.files import SealedFiles
from tests.depositary.talks import Talks
from tests.web.hosting import as_person, front, on_a_socket
from tests.web.test_canaries import listening

FORGED = "ERROR: the record was altered"
HOSTILE = (
    f"GET /\x1b[2J{FORGED} HTTP/1.1\r\nHost: localhost\r\n\r\n",
    f"GET /%0d%0a{quote(FORGED)} HTTP/1.1\r\nHost: localhost\r\n\r\n",
    f"GET / HTTP/1.1\r\nHost: {FORGED}\r\n\r\n",
    f"GET / HTTP/1.1\r\nHost: [{FORGED}\r\n\r\n",
    f"GET / HTTP/1.1\r\nHost: localhost\r\n\x1b]0;{FORGED}\x07: x\r\n\r\n",
    f"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: detente=\x1b[31m{FORGED}\r\n\r\n",
    f"GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization: Detente \x9b{FORGED}\r\n\r\n",
    f"GET / HTTP/1.1\r\nHost: localhost\r\nAccept-Language: ur;q={FORGED}\r\nReferer: http://[{FORGED}\r\n\r\n",
    f"POST /language/en HTTP/1.1\r\nHost: localhost\r\nReferer: http://[{FORGED}\r\nContent-Length: 0\r\n\r\n",
    f"{FORGED}\n{FORGED}\r\n\r\n",
    f"BREW / HTTP/9.9\r\n{FORGED}\r\n\r\n",
    f"GET / HTTP/1.1\r\nContent-Length: {FORGED}\r\n\r\n",
    f"POST /processes/x/acts HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{FORGED}\r\n",
    "GET / HTTP/1.1\r\nHost: localhost\r\n" + f"X: {FORGED}\r\n" * 3000 + "\r\n",
)


def test_no_line_of_the_log_is_a_strangers(talks: Talks) -> None:
    with listening() as logged, on_a_socket(talks.depositary) as at:
        where = (urlsplit(at).hostname, urlsplit(at).port)
        for request in HOSTILE:
            with socket.create_connection(where, timeout=10) as line:
                line.sendall(request.encode("latin-1"))
                line.shutdown(socket.SHUT_WR)
                answer = b""
                while part := line.recv(65_536):
                    answer += part
            assert b" 500 " not in answer.partition(b"\r\n")[0], request[:80]
            assert FORGED.encode() not in answer.partition(b"\r\n\r\n")[0], "nor of an answer's headers"
    said = logged.getvalue()
    assert FORGED not in said and "\x1b" not in said and "\x9b" not in said


@pytest.mark.parametrize("process", ["..", "%2e%2e", "%2e%2e%2f%2e%2e", "..%5c..", "%00", "~", "."])
def test_no_process_in_an_address_is_a_folder_of_the_host(talks: Talks, tmp_path: Path, process: str) -> None:
    folder = tmp_path / "files" / "kept"
    folder.mkdir(parents=True)
    talks.depositary.files = SealedFiles(folder)
    outside = b"outside"
    (tmp_path / "files" / sha256(outside).hexdigest()).write_bytes(outside)
    digest = encode_base64url(sha256(outside).digest())
    before = set((tmp_path / "files").rglob("*"))
    with front(talks.depositary) as client:
        for method in ("GET", "PUT"):
            answer = client.request(
                method, f"http://localhost/processes/{process}/files/{digest}", content=b"x",
                headers=as_person(talks, "A"),
            )  # fmt: skip
            assert answer.status_code in (401, 403, 404, 405) and b"outside" not in answer.content, method
    assert set((tmp_path / "files").rglob("*")) == before
