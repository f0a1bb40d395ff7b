"""What the contract tests share: hand-made tokens, keys, older releases of PyJWT, and local HTTP origins.

A contract test runs the real library to prove what the model of it in `jwt_sast/libraries/` claims. Tokens are made
here from RFC 7515 alone, so that no library is judged by itself. Everything is offered as a fixture of a plain type.
"""

from __future__ import annotations

import datetime
import hashlib
import ipaddress
import os
import pickle
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import hand_made_tokens
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

# Instead of a version: the release that this environment has.
INSTALLED = "installed"

# Answers calls that arrive on standard input as (dotted name, args, kwargs), each with (value, name of the exception).
# Pickled, since keys are bytes and claims are datetimes; both ends are ours.
_WORKER = """
import importlib, inspect, pickle, sys

def resolve(path):
    module, _, attribute = path.rpartition(".")
    return getattr(importlib.import_module(module), attribute)

def parameters(path):
    return list(inspect.signature(resolve(path)).parameters)

def on_instance(path, settings, method, *args, **kwargs):
    return getattr(resolve(path)(**settings), method)(*args, **kwargs)

while True:
    try:
        path, args, kwargs = pickle.load(sys.stdin.buffer)
    except EOFError:
        break
    try:
        answer = resolve(path)(*args, **kwargs), None
    except Exception as error:
        answer = None, type(error).__name__
    pickle.dump(answer, sys.stdout.buffer)
    sys.stdout.buffer.flush()
"""


@pytest.fixture(scope="session")
def mint() -> Callable[..., str]:
    """The function `mint(claims, key, alg="HS256")` that makes a token without any library."""
    return hand_made_tokens.mint


@pytest.fixture(scope="session")
def secret() -> str:
    """The HMAC key of the tests, long enough for HS512."""
    return hashlib.sha256(b"contract tests").hexdigest()


@pytest.fixture(scope="session")
def valid(secret: str) -> str:
    """A token that every verification accepts: right key, no `exp`, nothing else to compare."""
    return hand_made_tokens.mint({"sub": "alice"}, secret)


@pytest.fixture(scope="session")
def expired(secret: str) -> str:
    """A token with the right key that expired in 1970."""
    return hand_made_tokens.mint({"sub": "alice", "exp": 1}, secret)


@pytest.fixture(scope="session")
def forged() -> str:
    """A token that an attacker signed with a key of his own, and expired besides."""
    return hand_made_tokens.mint({"sub": "mallory", "exp": 1}, "key of the attacker")


@pytest.fixture(scope="session")
def rsa_key() -> rsa.RSAPrivateKey:
    """An RSA key pair of the recommended size."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="session")
def private_pem(rsa_key: rsa.RSAPrivateKey) -> str:
    """The private half as PEM text."""
    plain = serialization.NoEncryption()
    pkcs8 = serialization.PrivateFormat.PKCS8
    return rsa_key.private_bytes(serialization.Encoding.PEM, pkcs8, plain).decode()


@pytest.fixture(scope="session")
def public_pem(rsa_key: rsa.RSAPrivateKey) -> str:
    """The public half as PEM text."""
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    return rsa_key.public_key().public_bytes(serialization.Encoding.PEM, spki).decode()


@pytest.fixture(scope="session")
def public_der(rsa_key: rsa.RSAPrivateKey) -> bytes:
    """The public half as DER bytes."""
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    return rsa_key.public_key().public_bytes(serialization.Encoding.DER, spki)


@pytest.fixture
def nine_hours_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Local time is UTC+9 while the test runs, so that a naive local time and a naive UTC time differ."""
    # The POSIX spelling needs no time zone database.
    monkeypatch.setenv("TZ", "JST-9")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def _install(version: str, target: Path) -> None:
    """Puts one release of PyJWT, without dependencies, into `target`; fails the test with pip's words if it cannot."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:"]
    done = subprocess.run([*command, "--target", str(target), f"PyJWT=={version}"], capture_output=True, text=True)
    if done.returncode:
        pytest.fail(f"pip could not install PyJWT {version}:\n{done.stderr}")


@contextmanager
def _running(environment: dict[str, str]) -> Iterator[Callable[..., Any]]:
    """A process of its own in which the function that this yields calls a function by its dotted name.

    What the callee raises arrives as a RuntimeError whose text is the name of the exception's class.
    """
    command = [sys.executable, "-W", "ignore", "-P", "-c", _WORKER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        requests, answers = process.stdin, process.stdout
        assert requests is not None
        assert answers is not None

        def call(path: str, *args: Any, **kwargs: Any) -> Any:
            pickle.dump((path, args, kwargs), requests)
            requests.flush()
            value, error = pickle.load(answers)
            if error is not None:
                raise RuntimeError(error)
            return value

        yield call


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Callable[..., Any]]]:
    """From a PyJWT version, or "installed", to the function that calls into that release in a process of its own.

    That process runs nine hours east of UTC. Each version is installed once, when the first test asks for it.
    """
    with ExitStack() as stack:

        @cache
        def running(version: str) -> Callable[..., Any]:
            environment = {**os.environ, "TZ": "JST-9"}
            if version != INSTALLED:
                target = tmp_path_factory.mktemp("pyjwt")
                _install(version, target)
                environment["PYTHONPATH"] = str(target)
            return stack.enter_context(_running(environment))

        yield running


@pytest.fixture
def pyjwt(request: pytest.FixtureRequest, release: Callable[[str], Callable[..., Any]]) -> Callable[..., Any]:
    """The release of PyJWT that the test's parameter names, as a function that calls it."""
    return release(request.param)


@pytest.fixture
def received() -> list[BaseHTTPRequestHandler]:
    """The requests that the origins of this test have received, in order: `.path` and `.headers` of each."""
    return []


@contextmanager
def _serving(received: list[BaseHTTPRequestHandler], tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """A local server that notes each request in `received` and answers 200; yields its URL without a final slash."""

    class Handler(SimpleHTTPRequestHandler):
        # What SimpleHTTPRequestHandler asks for on GET; None says that nothing is left to send.
        def send_head(self) -> None:
            received.append(self)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: the tests read `received`."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield f"{'http' if tls is None else 'https'}://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps this machine's settings away from the clients: proxies, .netrc, certificate bundles."""
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")
    # requests prefers a .netrc entry to an Authorization header, and REQUESTS_CA_BUNDLE to Session.verify.
    monkeypatch.setenv("NETRC", os.devnull)
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def http_origin(direct: None, received: list[BaseHTTPRequestHandler]) -> Iterator[str]:
    """The URL of a local server that speaks plain HTTP."""
    with _serving(received) as url:
        yield url


@pytest.fixture(scope="session")
def self_signed(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A server's TLS context with a certificate for 127.0.0.1 that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime.datetime(2020, 1, 1))
        .not_valid_after(datetime.datetime(2100, 1, 1))
        .add_extension(address, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, pkcs8, plain = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    chain = tmp_path_factory.mktemp("tls") / "chain.pem"
    chain.write_bytes(key.private_bytes(pem, pkcs8, plain) + certificate.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    return context


@pytest.fixture
def https_origin(direct: None, received: list[BaseHTTPRequestHandler], self_signed: ssl.SSLContext) -> Iterator[str]:
    """The URL of a local server whose certificate nobody vouches for."""
    with _serving(received, self_signed) as url:
        yield url
