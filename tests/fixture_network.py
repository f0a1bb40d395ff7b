"""A network that programs under `fixtures/` are run in: every host is answered by one server, which notes what it sees.

The server is set as the proxy, so a program may call any host by its real URL. It answers plain requests itself, and
poses as the host at the other end of a TLS connection with a certificate that its owner has signed himself: to a client
that trusts that certificate it is the true host, to every other it is a man in the middle.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

HOSTS = "*.example.com"


class Seen(NamedTuple):
    """A request as it arrived: the scheme and host that the client meant, and its Authorization header or none."""

    scheme: str
    host: str
    authorization: str | None

    @property
    def local(self) -> bool:
        """Whether the request never leaves the machine or its cluster."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return "." not in self.host


class Network:
    """The server with its certificate; `seen` holds the requests in the order of their arrival."""

    def __init__(self, folder: Path) -> None:
        self.certificate = folder / "certificate.pem"
        self.certificate.write_bytes(_self_signed())
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(self.certificate)
        self.seen: list[Seen] = []

    @contextmanager
    def serving(self) -> Iterator[dict[str, str]]:
        """Answers requests; gives the variables by which HTTP clients are sent here."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"network": self}))
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        proxy = f"http://127.0.0.1:{server.server_port}"
        try:
            yield {name: proxy for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")}
        finally:
            server.shutdown()
            thread.join()
            server.server_close()

    def trusted(self) -> dict[str, str]:
        """The variables by which HTTP clients trust the certificate."""
        return {name: str(self.certificate) for name in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "CA_BUNDLE")}


class _Handler(BaseHTTPRequestHandler):
    """Answers `{}` to everything, one request to a connection."""

    network: Network
    tunnel: str | None = None

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        host = self.tunnel or urlsplit(self.path).hostname or ""
        scheme = "https" if self.tunnel else "http"
        self.network.seen.append(Seen(scheme, host, self.headers.get("Authorization")))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_POST = do_GET

    def do_CONNECT(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            with self.network.tls.wrap_socket(self.connection, server_side=True) as connection:
                self.tunnel = self.path.partition(":")[0]
                with connection.makefile("rb") as self.rfile, connection.makefile("wb") as self.wfile:
                    self.handle_one_request()
        except OSError:
            # The client has refused the certificate and hung up.
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: standard error belongs to the tests."""


def _self_signed() -> bytes:
    """A certificate for HOSTS that answers for itself, behind its private key, in PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "fixtures")])
    now = dt.datetime.now(dt.timezone.utc)
    builder = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
    )
    for extension, critical in _extensions(key.public_key()):
        builder = builder.add_extension(extension, critical)
    certificate = builder.sign(key, hashes.SHA256())
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + certificate.public_bytes(Encoding.PEM)


def _extensions(key: ec.EllipticCurvePublicKey) -> list[tuple[x509.ExtensionType, bool]]:
    """What a strict client wants to see in a certificate that has signed itself, and whether each is critical."""
    usages = dict.fromkeys(
        ["content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "crl_sign"]
        + ["encipher_only", "decipher_only"],
        False,
    )
    return [
        (x509.SubjectAlternativeName([x509.DNSName(HOSTS)]), False),
        (x509.BasicConstraints(ca=True, path_length=None), True),
        (x509.KeyUsage(digital_signature=True, key_cert_sign=True, **usages), True),
        (x509.SubjectKeyIdentifier.from_public_key(key), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(key), False),
    ]
