"""What of a literal may be shown to whoever reads a report: only what is plainly no secret."""

from __future__ import annotations

import re

# JWA algorithms of RFC 7518 and RFC 8037, and the hashes beneath them.
_ALGORITHMS = """
    none None HS256 HS384 HS512 RS256 RS384 RS512 ES256 ES256K ES384 ES512 ES521 PS256 PS384 PS512 EdDSA Ed25519 Ed448
    RSA1_5 RSA-OAEP RSA-OAEP-256 dir A128KW A192KW A256KW A128GCMKW A192GCMKW A256GCMKW ECDH-ES ECDH-ES+A128KW
    ECDH-ES+A192KW ECDH-ES+A256KW PBES2-HS256+A128KW PBES2-HS384+A192KW PBES2-HS512+A256KW A128CBC-HS256 A192CBC-HS384
    A256CBC-HS512 A128GCM A192GCM A256GCM sha1 sha256 sha384 sha512
"""
# Claims and header parameters of RFC 7515, RFC 7516, RFC 7517 and RFC 7519, and those that most issuers add.
_CLAIMS = """
    iss sub aud exp nbf iat jti alg enc kid typ cty zip crit jku jwk x5u x5c x5t x5t#S256 kty use key_ops oct RSA EC OKP
    sig scope scopes azp nonce auth_time amr acr email name role roles token_type type JWT jwt at+jwt JOSE
"""
_OPTIONS = """
    verify verify_signature verify_exp verify_nbf verify_iat verify_aud verify_iss verify_sub verify_jti verify_at_hash
    require require_exp require_iat require_nbf require_aud require_iss leeway algorithm algorithms audience issuer
    access refresh access_token refresh_token id_token token essential value values
"""
_HTTP = """
    Authorization authorization Bearer bearer Token Cookie Set-Cookie Content-Type Accept Origin Referer
    WWW-Authenticate application/json GET POST PUT PATCH DELETE HEAD OPTIONS lax Lax strict Strict
"""
_PYTHON = "utf-8 utf8 UTF-8 ascii latin-1 __main__ ignore replace r rb w wb"

VOCABULARY = frozenset(f"{_ALGORITHMS} {_CLAIMS} {_OPTIONS} {_HTTP} {_PYTHON}".split()) | {
    "Bearer ",
    "bearer ",
    "Token ",
    "JWT ",
    "Authorization: Bearer ",
}
"""Words that say what a line does and that everybody knows. A frame in which these are masked explains nothing; where
one of them is used as a key after all, the literal's span is handed over as secret."""

_SECRET = re.compile(
    r"""
      \beyJ[\w-]*+ (?: \.[\w-]*+ )*+
    | -----BEGIN [^\r\n]*+
    | \b(?:0x)?[0-9a-fA-F]{32,}+
    | (?<![\w+/=-]) (?=[\w+/=-]*[0-9]) (?=[\w+/=-]*[A-Z]) (?=[\w+/=-]*[a-z]) [A-Za-z0-9+/=_-]{24,}+
    """,
    re.VERBOSE,
)
# `# password: hunter2`, `# SECRET_KEY = hunter2`; and whatever is quoted: commented-out code has its literals still.
_TOLD_IN_COMMENT = re.compile(
    r"""
      (?:secret|passw\w*|pwd|key|token|credential)\w*\s*[:=]\s*+ (?P<told>\S++)
    | "(?P<double>[^"]*+)"?
    | (?<!\w)'(?P<single>[^']*+)'?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_URL = re.compile(r"(?:https?|wss?)://[\w.:/~-]*", re.ASCII)
_BETWEEN_FIELDS = re.compile(r"\W*|[?&][A-Za-z_]{1,20}=", re.ASCII)

Stretch = tuple[int, int]
"""Start and end of a part of a text."""


def looks_secret(text: str) -> list[Stretch]:
    """The parts of a text that look like a token, a PEM block, or a long key in hex or base64, wherever they stand."""
    return [match.span() for match in _SECRET.finditer(text)]


def told_in_comment(comment: str) -> list[Stretch]:
    """The parts of a comment that must not be shown."""
    told = [match.span(match.lastgroup or 0) for match in _TOLD_IN_COMMENT.finditer(comment)]
    return told + looks_secret(comment)


def may_be_shown(content: str) -> bool:
    """Whether a literal of this content can be shown wherever it stands: a known word, or a URL without credentials.

    A URL with a query is masked whole, since queries carry tokens; so is one with something long and random in it.
    """
    if content in VOCABULARY:
        return True
    return _URL.fullmatch(content) is not None and not looks_secret(content)


def may_be_shown_between_fields(content: str) -> bool:
    """The same for the text between two replacement fields of an f-string: also punctuation and `?name=`."""
    return may_be_shown(content) or _BETWEEN_FIELDS.fullmatch(content) is not None
