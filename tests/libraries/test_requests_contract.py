"""The contract of requests, which backs the model `jwt_sast/libraries/requests.py`."""

from __future__ import annotations

import inspect
import ssl
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
import requests
from urllib3.exceptions import InsecureRequestWarning

# Untyped, because some calls below are mistakes that the library's own annotations refuse.
api: Any = requests

BEARER = {"Authorization": "Bearer token"}


def add_bearer(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """An `auth` callable."""
    request.headers.update(BEARER)
    return request


class TestParameters:
    """Which parameter stands where."""

    @pytest.mark.parametrize(
        ("name", "order"),
        [
            ("get", "url params kwargs"),
            ("options", "url kwargs"),
            ("head", "url kwargs"),
            ("post", "url data json kwargs"),
            ("put", "url data kwargs"),
            ("patch", "url data kwargs"),
            ("delete", "url kwargs"),
        ],
    )
    def test_order_of_a_verb(self, name: str, order: str) -> None:
        assert list(inspect.signature(getattr(requests, name)).parameters) == order.split()
        # Releases differ in whether Session.get takes the query in second place; where it does, it is the query.
        of_session = list(inspect.signature(getattr(requests.Session(), name)).parameters)
        assert of_session in ([order.split(), ["url", "kwargs"]] if name == "get" else [order.split()])

    @pytest.mark.parametrize(
        ("function", "order"),
        [
            (requests.request, "method url kwargs"),
            (
                requests.Session().request,
                "method url params data headers cookies files auth timeout allow_redirects proxies hooks stream verify"
                " cert json",
            ),
            (requests.Request, "method url headers files data params auth cookies hooks json"),
            (requests.Session().send, "request kwargs"),
            (requests.Session, ""),
        ],
        ids=["request", "Session.request", "Request", "Session.send", "Session"],
    )
    def test_order(self, function: Callable[..., Any], order: str) -> None:
        assert list(inspect.signature(function).parameters) == order.split()

    def test_the_second_argument_of_get_is_the_query(
        self, http_origin: str, received: list[BaseHTTPRequestHandler]
    ) -> None:
        requests.get(http_origin, {"token": "t"})
        assert received[0].path == "/?token=t"

    def test_a_session_has_no_base_url(self) -> None:
        assert not hasattr(requests.Session(), "base_url")
        with pytest.raises(requests.exceptions.MissingSchema):
            requests.Session().get("/users")

    @pytest.mark.parametrize(("name", "default"), [("verify", True), ("auth", None), ("trust_env", True)])
    def test_session_defaults(self, name: str, default: object) -> None:
        assert getattr(requests.Session(), name) is default


class TestWhereATokenRides:
    """What arrives at a plain HTTP origin, unencrypted."""

    @pytest.mark.parametrize(
        "send",
        [
            lambda url: requests.get(url, headers=BEARER),
            lambda url: requests.request("GET", url, headers=BEARER),
            lambda url: requests.get(url, auth=add_bearer),
            lambda url: requests.Session().get(url, headers=BEARER),
            lambda url: requests.Session().request("GET", url, None, None, BEARER),
            lambda url: requests.Session().send(requests.Request("GET", url, BEARER).prepare()),
        ],
        ids=["headers", "request", "auth callable", "session", "Session.request in fifth place", "Session.send"],
    )
    def test_the_header_of_a_call(
        self, http_origin: str, received: list[BaseHTTPRequestHandler], send: Callable[[str], object]
    ) -> None:
        send(http_origin)
        assert [request.headers["Authorization"] for request in received] == ["Bearer token"]

    @pytest.mark.parametrize(
        "configure",
        [
            lambda session: session.headers.update(BEARER),
            lambda session: session.headers.__setitem__("Authorization", "Bearer token"),
            lambda session: setattr(session, "headers", BEARER),
            lambda session: setattr(session, "auth", add_bearer),
        ],
        ids=["update", "item", "assignment", "auth"],
    )
    def test_the_header_of_a_session(
        self,
        http_origin: str,
        received: list[BaseHTTPRequestHandler],
        configure: Callable[[requests.Session], object],
    ) -> None:
        with requests.Session() as session:
            configure(session)
            session.get(http_origin)
            session.request("GET", http_origin)
        assert [request.headers["Authorization"] for request in received] == ["Bearer token"] * 2

    def test_a_cookie(self, http_origin: str, received: list[BaseHTTPRequestHandler]) -> None:
        requests.get(http_origin, cookies={"token": "t"})
        assert received[0].headers["Cookie"] == "token=t"

    def test_a_tuple_for_auth_is_basic_and_replaces_the_header(
        self, http_origin: str, received: list[BaseHTTPRequestHandler]
    ) -> None:
        requests.get(http_origin, headers=BEARER, auth=("user", "password"))
        assert received[0].headers["Authorization"].startswith("Basic ")

    def test_a_header_of_none_takes_the_sessions_header_away(
        self, http_origin: str, received: list[BaseHTTPRequestHandler]
    ) -> None:
        with requests.Session() as session:
            session.headers.update(BEARER)
            api.Session.get(session, http_origin, headers={"Authorization": None})
        assert "Authorization" not in received[0].headers


class TestTls:
    """When a certificate is checked that nobody vouches for."""

    @pytest.mark.parametrize("arguments", [{}, {"verify": True}, {"verify": None}], ids=str)
    def test_it_is_refused(
        self, https_origin: str, received: list[BaseHTTPRequestHandler], arguments: dict[str, Any]
    ) -> None:
        with pytest.raises(requests.exceptions.SSLError):
            api.get(https_origin, headers=BEARER, **arguments)
        assert not received

    @pytest.mark.parametrize("value", [False, 0, ""], ids=repr)
    def test_verify_false_on_a_call(
        self, https_origin: str, received: list[BaseHTTPRequestHandler], value: object
    ) -> None:
        with pytest.warns(InsecureRequestWarning):
            api.get(https_origin, headers=BEARER, verify=value)
        assert received[0].headers["Authorization"] == "Bearer token"

    def test_verify_false_on_a_session(self, https_origin: str, received: list[BaseHTTPRequestHandler]) -> None:
        with requests.Session() as session:
            session.verify = False
            with pytest.warns(InsecureRequestWarning):
                session.get(https_origin, headers=BEARER)
        assert received[0].headers["Authorization"] == "Bearer token"

    def test_verify_true_on_a_call_outweighs_the_session(self, https_origin: str) -> None:
        with requests.Session() as session:
            session.verify = False
            with pytest.raises(requests.exceptions.SSLError):
                session.get(https_origin, verify=True)

    def test_verify_false_on_send(self, https_origin: str, received: list[BaseHTTPRequestHandler]) -> None:
        prepared = requests.Request("GET", https_origin, BEARER).prepare()
        with requests.Session() as session, pytest.warns(InsecureRequestWarning):
            session.send(prepared, verify=False)
        assert received[0].headers["Authorization"] == "Bearer token"

    def test_the_environments_bundle_outweighs_the_session(
        self, https_origin: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", api.certs.where())
        with requests.Session() as session:
            session.verify = False
            with pytest.raises(requests.exceptions.SSLError):
                session.get(https_origin)

    def test_a_bundle_that_vouches_is_a_check(
        self, https_origin: str, received: list[BaseHTTPRequestHandler], tmp_path: Path
    ) -> None:
        port = int(https_origin.rpartition(":")[2])
        bundle = tmp_path / "bundle.pem"
        bundle.write_text(ssl.get_server_certificate(("127.0.0.1", port)))
        requests.get(https_origin, headers=BEARER, verify=str(bundle))
        assert received[0].headers["Authorization"] == "Bearer token"
