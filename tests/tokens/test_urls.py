"""Where a request goes."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jwt_sast.semantics.values import Absent, Environment, Known, OneOf, Text, Unknown, Value
from jwt_sast.tokens.urls import addresses, is_local, plain_host

HOLE = Unknown("a parameter", 1)
OTHER_HOLE = Unknown("a parameter", 2)

HOSTS = {
    "http://api.example.com": "api.example.com",
    "http://api.example.com/me": "api.example.com",
    "http://api.example.com:8080/me": "api.example.com",
    "http://api.example.com?at=https://x": "api.example.com",
    "http://api.example.com#https://x": "api.example.com",
    "http://user:secret@api.example.com/": "api.example.com",
    "http://user@localhost@api.example.com/": "api.example.com",
    "http://api.example.com/@localhost": "api.example.com",
    "http://[2001:db8::1]/": "2001:db8::1",
    "http://[::1]:8080/": "::1",
    "http://user@[::1]/": "::1",
    "HTTP://API.example.com/": "API.example.com",
    " http://api.example.com/": "api.example.com",
    "ws://api.example.com/live": "api.example.com",
    "ftp://files.example.com": "files.example.com",
    "http://\0:\0@api.example.com/": "api.example.com",
    "http://api.example.com:\0/": "api.example.com",
    "http://api.example.com/\0": "api.example.com",
}

UNKNOWN_HOSTS = ["http://", "http://\0", "http://\0/me", "http://api.\0/", "http://\0.example.com:80/", "http:///me"]

OTHERS = [
    "",
    "\0",
    "\0/me",
    "https://api.example.com",
    "HTTPS://api.example.com",
    "wss://api.example.com",
    "ftps://files.example.com",
    "api.example.com",
    "/me",
    "//api.example.com/me",
    "file:///etc/hosts",
    "mailto:http://x@example.com",
    "see http://api.example.com",
]

LOCAL = [
    "localhost",
    "LOCALHOST",
    "localhost.",
    "127.0.0.1",
    "127.8.4.2",
    "0.0.0.0",
    "::1",
    "::",
    "0:0:0:0:0:0:0:1",
    "host.docker.internal",
    "printer.local",
    "Printer.Local",
    "api.localhost",
    "orders.test",
    "orders.shop.svc",
    "orders",
    "orders_v2",
]

REMOTE = [
    "api.example.com",
    "api.example.com.",
    "example.org",
    "localhost.example.com",
    "127.0.0.1.example.com",
    "notlocal.com",
    "local.com",
    "128.0.0.1",
    "8.8.8.8",
    "10.0.0.5",
    "192.168.1.10",
    "2001:db8::1",
    "fe80::1",
    "1.2.3.4.5",
]


class TestPlainHost:
    @pytest.mark.parametrize(("address", "host"), HOSTS.items())
    def test_the_host(self, address: str, host: str) -> None:
        assert plain_host(address) == host

    @pytest.mark.parametrize("address", UNKNOWN_HOSTS)
    def test_a_host_that_is_not_known(self, address: str) -> None:
        assert plain_host(address) == ""

    @pytest.mark.parametrize("address", OTHERS)
    def test_no_address_in_the_clear(self, address: str) -> None:
        assert plain_host(address) is None

    @settings(deadline=None)
    @given(
        scheme=st.sampled_from(["http", "ws", "ftp", "Http", "WS"]),
        user=st.sampled_from(["", "alice@", "alice:s%40t@", "a@b@"]),
        host=st.from_regex(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z][a-z0-9]*){0,3}", fullmatch=True),
        port=st.sampled_from(["", ":80", ":"]),
        rest=st.sampled_from(["", "/", "/a/b", "?q=a@b", "#@x", "/@localhost:1"]),
    )
    def test_what_stands_around_the_host_changes_nothing(
        self, scheme: str, user: str, host: str, port: str, rest: str
    ) -> None:
        assert plain_host(f"{scheme}://{user}{host}{port}{rest}") == host


class TestIsLocal:
    @pytest.mark.parametrize("host", LOCAL)
    def test_local(self, host: str) -> None:
        assert is_local(host)

    @pytest.mark.parametrize("host", REMOTE)
    def test_not_local(self, host: str) -> None:
        assert not is_local(host)

    @settings(deadline=None)
    @given(st.ip_addresses(v=4, network="127.0.0.0/8"))
    def test_every_loopback_address(self, address: ipaddress.IPv4Address) -> None:
        assert is_local(str(address))

    @settings(deadline=None)
    @given(st.ip_addresses().filter(lambda address: address.is_global))
    def test_no_address_of_the_internet(self, address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
        assert not is_local(str(address))

    @settings(deadline=None)
    @given(st.sampled_from([*LOCAL, *REMOTE]))
    def test_case_and_a_final_dot_make_no_difference(self, host: str) -> None:
        assert is_local(host) == is_local(host.upper()) == is_local(f"{host.rstrip('.')}.")

    @pytest.mark.parametrize("host", ["api.intra.example.com", "API.intra.example.com", "api.intra.example.com."])
    @pytest.mark.parametrize("configured", ["api.intra.example.com", "Api.Intra.Example.Com", "api.intra.example.com."])
    def test_configured_hosts(self, host: str, configured: str) -> None:
        assert is_local(host, [configured])
        assert not is_local(f"www.{host}", [configured])


class TestAddresses:
    @pytest.mark.parametrize(
        ("url", "texts"),
        {
            Known("http://a/me"): ["http://a/me"],
            Text(("http://", HOLE, "/me")): ["http://\0/me"],
            Text(("http://a/", HOLE, "/", OTHER_HOLE)): ["http://a/\0/\0"],
            Text((HOLE, "/me")): ["\0/me"],
            Text((HOLE, "/me/", OTHER_HOLE)): ["\0/me/\0"],
            Text((Environment("BASE", Known("http://a")), "/me")): ["http://a/me"],
            Text((Environment("BASE"), "/me")): ["\0/me"],
            Text((OneOf((Known("http://a"), Known("https://b"))), "/me")): ["http://a/me", "https://b/me"],
            Text((Text(("http://", HOLE)), "/me")): ["http://\0/me"],
            Environment("URL", Known("http://a")): ["http://a"],
            Environment("URL", Environment("OLD_URL", Known("http://a"))): ["http://a"],
            Environment("URL"): [],
            OneOf((Known("http://a"), HOLE, Known("https://b"))): ["http://a", "https://b"],
            OneOf((Environment("URL", Known("http://a")), Text(("http://b/", HOLE)))): ["http://a", "http://b/\0"],
            HOLE: [],
            Absent(): [],
            Known(None): [],
            Known(b"http://a"): [],
        }.items(),
    )
    def test_the_texts_that_a_url_can_be(self, url: Value, texts: list[str]) -> None:
        assert list(addresses(url)) == texts
