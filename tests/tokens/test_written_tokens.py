"""Which texts are tokens that somebody could use, and where in a file they count."""

from __future__ import annotations

import json
import secrets
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from jwt_sast.analyzer import Analyzer
from jwt_sast.config import Settings
from jwt_sast.findings import Finding
from jwt_sast.tokens.written_tokens import WrittenToken, may_hold_token, tokens_in

KEY = secrets.token_bytes(64)


def signed(claims: dict[str, Any], key: Any = KEY, algorithm: str = "HS256", **headers: Any) -> str:
    return jwt.encode(claims, key, algorithm=algorithm, headers=headers)


def findings(program: str, path: str = "app.py") -> list[Finding]:
    report = Analyzer(Settings()).analyze(path, program)
    assert report.errors == []
    return [finding for finding in report.findings if finding.code == "JWT504"]


class TestReading:
    def test_what_it_says(self) -> None:
        token = signed({"sub": "alice", "exp": 4_102_444_800}, algorithm="HS512", kid="7")
        assert list(tokens_in(f"Bearer {token}")) == [WrittenToken("HS512", ("exp", "sub"), 4_102_444_800)]

    @pytest.mark.parametrize(
        ("key", "algorithm"),
        [
            (rsa.generate_private_key(65537, 2048), "RS256"),
            (ec.generate_private_key(ec.SECP256R1()), "ES256"),
            (ed25519.Ed25519PrivateKey.generate(), "EdDSA"),
        ],
        ids=["RS256", "ES256", "EdDSA"],
    )
    def test_whatever_it_is_signed_with(self, key: Any, algorithm: str) -> None:
        (token,) = tokens_in(signed({"sub": "alice"}, key, algorithm))
        assert (token.algorithm, token.expires) == (algorithm, None)

    def test_several(self) -> None:
        tokens = [signed({"sub": name}) for name in ("alice", "bob")]
        assert len(list(tokens_in("\n".join(tokens)))) == 2

    @pytest.mark.parametrize(
        "claims",
        [
            {"iss": "joe", "exp": 1300819380, "http://example.com/is_root": True},
            {"sub": "1234567890", "name": "John Doe", "iat": 1516239022},
            {"some": "payload"},
            {"sub": "alice", "iss": "https://login.example.com/realm"},
            {"sub": "alice", "iss": "idp.example"},
            {"iss": "supabase", "ref": "abcdefgh", "role": "anon", "exp": 4_102_444_800},
        ],
        ids=str,
    )
    def test_samples(self, claims: dict[str, Any]) -> None:
        assert list(tokens_in(signed(claims))) == []

    @pytest.mark.parametrize(
        "claims",
        [
            {"iss": ["joe"]},
            {"iss": "https://example.com.evil.dev"},
            {"iss": "joe@accounts.dev"},
            {"iss": "supabase", "role": "service_role"},
            {"sub": ["1234567890"]},
            {"iss": "http://[::1"},
        ],
        ids=str,
    )
    def test_what_only_resembles_one(self, claims: dict[str, Any]) -> None:
        encoded = jwt.api_jws.encode(json.dumps(claims).encode(), KEY, algorithm="HS256")
        assert len(list(tokens_in(encoded))) == 1

    def test_what_is_not_signed(self) -> None:
        header, payload, signature = signed({"sub": "alice"}).split(".")
        unsigned = jwt.encode({"sub": "alice"}, "", algorithm="none")
        broken = f"{header[:-2]}.{payload}.{signature}"
        for text in (unsigned, f"{header}.{payload}.", f"{header}.{payload}.{'x' * 60}", broken, f"{header}.{payload}"):
            assert list(tokens_in(text)) == []

    def test_no_claims(self) -> None:
        assert list(tokens_in(jwt.api_jws.encode(b'["eyJ", "no claims"]', KEY, algorithm="HS256"))) == []


class TestPlaces:
    TOKEN = signed({"sub": "alice", "exp": 4_102_444_800})

    @pytest.mark.parametrize(
        "program",
        [
            "T = '{}'",
            "T = b'{}'",
            "def f():\n    return 'Bearer {}'",
            "f(token='{}', extra={{'a': '{}'}})",
            "class C:\n    t: str = '{}'",
            "x = y = ['{}']",
            "h = f'{{scheme}} {}'",
            "d = {{1: '{}', **more}}",
        ],
    )
    def test_where_it_counts(self, program: str) -> None:
        text = program.replace("{}", self.TOKEN).replace("{{", "{").replace("}}", "}")
        assert len(findings(text)) == text.count(self.TOKEN)

    @pytest.mark.parametrize(
        "program",
        [
            "'''{}'''",
            "def f():\n    '''A docstring: {}'''",
            "f(example='{}')",
            "f(responses={{200: {{'example': {{'token': '{}'}}}}}})",
            "EXAMPLE = '{}'",
            "TOKEN_EXAMPLE: str = '{}'",
            "class C:\n    json_schema_extra = {{'a': '{}'}}",
            "f(OpenApiExample('a token', value='{}'))",
            "# {}",
        ],
    )
    def test_where_it_documents(self, program: str) -> None:
        assert findings(program.replace("{}", self.TOKEN).replace("{{", "{").replace("}}", "}")) == []

    def test_in_a_test_it_is_of_low_confidence(self) -> None:
        (finding,) = findings(f"T = '{self.TOKEN}'", "tests/test_app.py")
        assert str(finding.confidence) == "low"

    def test_beside_a_library(self) -> None:
        program = f"import jwt\nT = '{self.TOKEN}'\njwt.encode({{'sub': 'u'}}, 's3cr3t')\n"
        codes = [finding.code for finding in Analyzer(Settings()).analyze("app.py", program).findings]
        assert {"JWT301", "JWT501", "JWT504"} <= set(codes)


class TestMessage:
    def test_says_what_it_is_and_not_the_token(self) -> None:
        token = signed({"sub": "alice", "exp": 4_102_444_800, "a": 1, "b": 2, "c": 3, "d": 4})
        (finding,) = findings(f"T = '{token}'")
        assert finding.message == (
            "a token is in the source (HS256, until 2100-01-01; a, b, c, d, exp, sub): revoke it"
        )

    def test_as_many_claims_as_fit(self) -> None:
        names = ["department", "organisation", "roles", "sub"]
        (finding,) = findings(f"T = '{signed(dict.fromkeys(names, 'x'))}'")
        assert (
            finding.message == "a token is in the source (HS256, never expires; department, organisation, …): revoke it"
        )
        (finding,) = findings(f"T = '{signed({'https://login.bookshop.dev': 'x'})}'")
        assert finding.message == "a token is in the source (HS256, never expires; …): revoke it"

    def test_expired(self) -> None:
        (finding,) = findings(f"T = '{signed({'exp': 1_500_000_000})}'")
        assert finding.message.endswith("(HS256, expired 2017-07-14; exp): take it out")
        assert str(finding.confidence) == "medium"

    @pytest.mark.parametrize("exp", [1_795_000_000 * 10**9, 10**30, "soon", True])
    def test_no_date(self, exp: object) -> None:
        encoded = jwt.api_jws.encode(json.dumps({"exp": exp}).encode(), KEY, algorithm="HS256")
        (finding,) = findings(f"T = '{encoded}'")
        assert "never expires" in finding.message

    def test_odd_names_are_not_repeated(self) -> None:
        (finding,) = findings(f"T = '{signed({'hunter2 is my password': 1})}'")
        assert finding.message.endswith("(HS256, never expires; …): revoke it")


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (b"import os\n", False),
        (b"eyJ", False),
        (b"x = 'eyJ short'", False),
        (b"x = 'eyJhbGciOiJIUzI1NiJ9.e30.x'", True),
    ],
)
def test_what_the_gate_lets_pass(data: bytes, answer: bool) -> None:
    assert may_hold_token(data) is answer
    assert Analyzer(Settings()).matters(data) is answer
