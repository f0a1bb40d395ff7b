"""A network that programs under `fixtures/` are run in: every host is answered by one server, which notes what it sees.

Every name leads to the server, so a program may call any host by its real URL. It answers plain requests as they are,
and poses as the host at the other end of a TLS connection with a certificate that its owner has signed himself: to a
client that trusts that certificate it is the true host, to every other it is a man in the middle.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch
from urllib.parse import urlsplit

import aiohttp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

HOSTS = "*.example.com"

_HANDSHAKE = b"\x16"
"""The first byte of a TLS connection (RFC 8446 §5.1): a record of the handshake."""


class Seen(NamedTuple):
    """A request as it arrived: the scheme and host that the client meant, its Authorization header or none, and what
    was asked for, path and query.
    """

    scheme: str
    host: str
    authorization: str | None
    target: str

    @property
    def private(self) -> bool:
        """Whether nobody on the way could read it: it was encrypted, or never left the machine or its cluster."""
        if self.scheme == "https":
            return True
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
        self._server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"network": self}))

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Answers requests in a thread of its own, whatever host they are for."""
        thread = threading.Thread(target=self._server.serve_forever)
        thread.start()
        try:
            # aiohttp asks name servers itself where it can.
            with (
                patch.object(socket, "getaddrinfo", self._resolve),
                patch.object(aiohttp.connector, "DefaultResolver", aiohttp.ThreadedResolver),
            ):
                yield
        finally:
            self._server.shutdown()
            thread.join()
            self._server.server_close()

    def _resolve(self, *_: object, **__: object) -> list[tuple[Any, ...]]:
        """Answers for `socket.getaddrinfo`: whatever host and port are asked for, they are the server's."""
        return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", self._server.server_address)]

    def trusted(self) -> dict[str, str]:
        """The variables by which HTTP clients trust the certificate."""
        return dict.fromkeys(["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "CA_BUNDLE"], str(self.certificate))


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing of a client that refuses the certificate and hangs up."""


class _Handler(BaseHTTPRequestHandler):
    """Answers `{}` to everything, one request to a connection; web sockets get it as their one message."""

    network: Network
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        self.scheme = "http"
        if self.request.recv(1, socket.MSG_PEEK) == _HANDSHAKE:
            self.scheme = "https"
            self.request = self.network.tls.wrap_socket(self.request, server_side=True)
        super().setup()

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        host = urlsplit(f"//{self.headers['Host']}").hostname or ""
        self.network.seen.append(Seen(self.scheme, host, self.headers.get("Authorization"), self.path))
        if "Sec-WebSocket-Key" in self.headers:
            self._open_socket(self.headers["Sec-WebSocket-Key"])
            return
        self.send_response(200)
        self.send_header("Connection", "close")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def do_POST(self) -> None:
        self.do_GET()

    def do_DELETE(self) -> None:
        self.do_GET()

    def _open_socket(self, key: str) -> None:
        """Opens a web socket (RFC 6455 §4.2.2), sends its message and says goodbye."""
        accepted = hashlib.sha1(f"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode()).digest()
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", base64.b64encode(accepted).decode())
        self.end_headers()
        self.wfile.write(b"\x81\x02{}" + b"\x88\x00")
        # The client says goodbye, too, in a masked frame without content, and waits for the server to hang up.
        self.rfile.read(6)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: standard error belongs to the tests."""


def _self_signed() -> bytes:
    """A certificate for HOSTS that answers for itself, behind its private key, in PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "fixtures")])
    now = dt.datetime.now(dt.UTC)
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
    unused = ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "crl_sign")
    usages = dict.fromkeys((*unused, "encipher_only", "decipher_only"), False)
    return [
        (x509.SubjectAlternativeName([x509.DNSName(HOSTS)]), False),
        (x509.BasicConstraints(ca=True, path_length=None), True),
        (x509.KeyUsage(digital_signature=True, key_cert_sign=True, **usages), True),
        (x509.SubjectKeyIdentifier.from_public_key(key), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(key), False),
    ]
