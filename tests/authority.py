"""A real time stamp authority for tests: `openssl ts` behind a server on this machine, with certificates made for it."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

OFFICE = "Stamp Office"
_CONFIG = """
[tsa]
default_tsa = office
[office]
serial = {folder}/serial
signer_cert = {folder}/office.pem
signer_key = {folder}/office.key
default_policy = 1.2.3.4.1
digests = {digests}
signer_digest = sha256
ess_cert_id_alg = sha256
"""


class OpensslAuthority:
    """One authority in a folder. days: how long its certificate is good from now; distort: what it does to a request
    before it stamps; said: what it answers instead, if anything."""

    def __init__(self, folder: Path, *, days: int = 3650, digests: str = "sha256") -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self.distort: Callable[[bytes], bytes] = lambda request: request
        self.said: bytes | None = None
        self.status = 200
        self.asked = 0
        self._root_name = root = f"Root of {folder.name}"
        self._root_key = ec.generate_private_key(ec.SECP256R1())
        self._root = _certificate(root, self._root_key, root, self._root_key, 36_500)
        self.renew(days)
        (folder / "ts.cnf").write_text(_CONFIG.format(folder=folder, digests=digests))
        (folder / "serial").write_text("01\n")
        self.certificate = folder / "root.pem"
        self.certificate.write_bytes(self.pem)

    @property
    def pem(self) -> bytes:
        """The certificate of whoever vouches for it."""
        return self._root.public_bytes(Encoding.PEM)

    def renew(self, days: int) -> None:
        """Take a new certificate from the same root."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = _certificate(OFFICE, key, self._root_name, self._root_key, days)
        (self._folder / "office.pem").write_bytes(made.public_bytes(Encoding.PEM))
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (self._folder / "office.key").write_bytes(secret)

    def ask(self, request: bytes) -> bytes:
        """The answer to a request (implements `detente.depositary.time_stamp_authority.Ask`)."""
        self.asked += 1
        if self.said is not None:
            return self.said
        query, reply = self._folder / "query.tsq", self._folder / "reply.tsr"
        query.write_bytes(self.distort(request))
        given = ["-config", self._folder / "ts.cnf", "-queryfile", query, "-out", reply]
        subprocess.run(["openssl", "ts", "-reply", *given], check=True, capture_output=True)
        return reply.read_bytes()


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    days: int,
) -> x509.Certificate:
    now = datetime.now(UTC)
    start, end = now - timedelta(days=400), now + timedelta(days=days)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
    )
    if name == issuer:
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    else:
        stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(stamping, critical=True)
    return builder.sign(issuer_key, hashes.SHA256())


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


@contextmanager
def served(authority: OpensslAuthority) -> Iterator[str]:
    """The address at which an authority answers."""

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = self.rfile.read(int(self.headers["content-length"]))
            assert self.headers["content-type"] == "application/timestamp-query"
            answer = authority.ask(request)
            self.send_response(authority.status)
            self.send_header("content-type", "application/timestamp-reply")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_about: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/stamp"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def other_imprint(request: bytes) -> bytes:
    """The same request, of other bytes: the hash stands before the nonce."""
    at = request.index(b"\x04\x20") + 2
    return request[:at] + bytes([request[at] ^ 1]) + request[at + 1 :]


def other_nonce(request: bytes) -> bytes:
    """The same request with another nonce, which stands before the wish for a certificate (3 bytes)."""
    return request[:-4] + bytes([request[-4] ^ 1]) + request[-3:]
