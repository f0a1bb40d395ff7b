"""The contract of OAuth libraries' switches, which backs the model `jwt_sast/libraries/oauth_switches.py`."""

from __future__ import annotations

import pytest
from authlib.common.security import is_secure_transport
from oauthlib.oauth2 import InsecureTransportError, WebApplicationClient

PLAIN = "http://login.example.com/authorize"


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for library in ("OAUTHLIB", "AUTHLIB"):
        monkeypatch.delenv(f"{library}_INSECURE_TRANSPORT", raising=False)


@pytest.mark.parametrize("value", [None, ""])
def test_plain_http_is_refused(value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if value is not None:
        monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", value)
    with pytest.raises(InsecureTransportError):
        WebApplicationClient("shop").prepare_request_uri(PLAIN)


@pytest.mark.parametrize("value", ["1", "true", "0", "false"])
def test_any_text_lets_it_pass(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", value)
    assert WebApplicationClient("shop").prepare_request_uri(PLAIN).startswith(PLAIN)


@pytest.mark.parametrize(("value", "allowed"), [(None, False), ("", False), ("1", True), ("true", True), ("0", True)])
def test_what_authlib_lets_pass(value: str | None, allowed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if value is not None:
        monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", value)
    assert is_secure_transport(PLAIN) is allowed
