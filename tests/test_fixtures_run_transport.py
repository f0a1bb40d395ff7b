"""Runs the programs of the transport family in a network that listens: a token of the bad ones can be read on its way.

- JWT401: it passes in the clear, on its way to a host that is not this one.
- JWT403: it is handed to whoever poses as the host, with a certificate that nobody vouches for.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator, Mapping
from pathlib import Path
from unittest.mock import patch

import certifi
import httpx
import pytest
import requests
from fixture_keys import environment, load
from fixture_network import Network, Seen
from fixture_programs import bad, good

TOKEN = "some-token"
CERTIFICATE_REFUSED = (requests.exceptions.SSLError, httpx.ConnectError, ssl.SSLError)


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    network = Network(tmp_path_factory.mktemp("network"))
    with network.serving():
        yield network


@pytest.fixture(autouse=True)
def calls(network: Network) -> Iterator[None]:
    """Sends every HTTP client to `network`, which has seen nothing yet."""
    network.seen.clear()
    with patch.dict(os.environ, environment() | network.reached(), clear=True):
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
