"""Runs the programs of the transport family in a network that listens: a token of the bad ones can be read on its way.

- JWT401: it passes in the clear, on its way to a host that is not this one.
- JWT402: it stands in the line that a server or proxy writes into its log.
- JWT403: it is handed to whoever poses as the host, with a certificate that nobody vouches for.
- JWT407: the request for the keys can be answered by anybody on its way.
- JWT409: oauthlib itself tells whether it would send it in the clear.
"""

from __future__ import annotations

import os
import ssl
import urllib.error
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

import certifi
import httpx
import pytest
import requests
import urllib3
from fixture_keys import environment, load
from fixture_network import Network, Seen
from fixture_programs import bad, good
from jwt.exceptions import PyJWKSetError
from oauthlib.oauth2 import InsecureTransportError

TOKEN = "some-token"
CERTIFICATE_REFUSED = (
    requests.exceptions.SSLError,
    httpx.ConnectError,
    ssl.SSLError,
    urllib.error.URLError,
    urllib3.exceptions.SSLError,
)


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    network = Network(tmp_path_factory.mktemp("network"))
    with network.serving():
        yield network


@pytest.fixture(autouse=True)
def calls(network: Network) -> Iterator[None]:
    """Sets what programs read, for calls over `network`, which has seen nothing yet."""
    network.seen.clear()
    with patch.dict(os.environ, environment(), clear=True):
        yield


def fetched(path: Path, network: Network, variables: Mapping[str, str]) -> list[Seen]:
    """The requests with a bearer token that the program at `path` makes where `variables` are set."""
    with patch.dict(os.environ, variables):
        assert load(path).fetch(TOKEN) is not None
    return bearing_token(network)


def bearing_token(network: Network) -> list[Seen]:
    """The requests that carried a bearer token."""
    return [request for request in network.seen if (request.authorization or "").startswith("Bearer ")]


class TestTokenOverHttp:
    FOLDER = "JWT401-token-over-http"

    @bad(FOLDER)
    def test_the_token_passes_in_the_clear(self, path: Path, network: Network) -> None:
        assert [request for request in fetched(path, network, network.trusted()) if not request.private]

    @good(FOLDER)
    def test_the_token_passes_sealed_or_locally(self, path: Path, network: Network) -> None:
        with_token = fetched(path, network, network.trusted())
        assert with_token
        assert all(request.private for request in with_token)


class TestTokenInUrl:
    FOLDER = "JWT402-token-in-url"

    @staticmethod
    def in_log(path: Path, network: Network) -> bool:
        """Whether the token that the program has, or one that it signs, is in what it asks for."""
        with patch.dict(os.environ, network.trusted()):
            assert load(path).fetch(TOKEN) is not None
        assert network.seen
        return any(TOKEN in request.target or "eyJ" in request.target for request in network.seen)

    @bad(FOLDER)
    def test_the_token_stands_in_the_request_line(self, path: Path, network: Network) -> None:
        assert self.in_log(path, network)

    @good(FOLDER)
    def test_the_token_does_not(self, path: Path, network: Network) -> None:
        assert not self.in_log(path, network)


class TestKeysOverHttp:
    FOLDER = "JWT407-keys-over-http"

    @staticmethod
    def for_keys(path: Path, network: Network) -> list[Seen]:
        """The requests for keys that the program makes."""
        # The server's answer holds no keys, which one of the clients minds.
        with patch.dict(os.environ, network.trusted()), suppress(PyJWKSetError):
            load(path).fetch()
        return [request for request in network.seen if "jwks" in request.target or "openid" in request.target]

    @bad(FOLDER)
    def test_anybody_on_the_way_can_answer(self, path: Path, network: Network) -> None:
        assert not any(request.private for request in self.for_keys(path, network))

    @good(FOLDER)
    def test_only_the_provider_can(self, path: Path, network: Network) -> None:
        asked = self.for_keys(path, network)
        assert asked
        assert all(request.private for request in asked)


class TestHttpsNotEnforced:
    FOLDER = "JWT409-https-not-enforced"

    @bad(FOLDER)
    def test_the_client_would_send_it_in_the_clear(self, path: Path) -> None:
        assert load(path).begin().startswith("http://")

    @good(FOLDER)
    def test_the_client_refuses(self, path: Path) -> None:
        with pytest.raises(InsecureTransportError):
            load(path).begin()


class TestTlsUnverified:
    FOLDER = "JWT403-tls-unverified"

    @bad(FOLDER)
    @pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
    def test_a_man_in_the_middle_gets_the_token(self, path: Path, network: Network) -> None:
        assert fetched(path, network, {"CA_BUNDLE": certifi.where()})

    @good(FOLDER)
    @pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
    def test_a_man_in_the_middle_is_refused(self, path: Path, network: Network) -> None:
        with pytest.raises(CERTIFICATE_REFUSED):
            fetched(path, network, {"CA_BUNDLE": certifi.where()})
        assert not bearing_token(network)

    @good(FOLDER)
    @pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
    def test_the_true_host_gets_the_token(self, path: Path, network: Network) -> None:
        assert fetched(path, network, network.trusted())
