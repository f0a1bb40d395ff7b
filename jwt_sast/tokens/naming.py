"""What names say: of a variable, an attribute, a key, a cookie or a query parameter.

A name proves nothing. Where nothing else shows what a value is, findings that rest on one say so by their confidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jwt_sast.semantics.provenance import Place
from jwt_sast.semantics.values import Part, Symbol, Unknown, Value

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

_BEFORE = frozenset({"access", "refresh", "id", "bearer", "raw", "jwt", "encoded", "oauth", "jws"})
"""Words that make the word "token" behind them one that lets its bearer in."""

_OTHERWISE = frozenset(
    {
        "has", "is", "no", "use", "uses", "with", "without", "need", "needs", "missing", "count", "num", "max", "allow",
        "csrf", "xsrf", "masked", "hashed", "hash", "encrypted", "redacted", "obfuscated", "short", "partial", "fake",
        "dummy", "public", "decoded", "parsed", "payload", "sanitized", "safe", "truncated", "fingerprint", "header",
        "cookie", "name", "prefix", "param", "field", "url", "endpoint", "scope", "path", "expired", "message", "error",
    }
)  # fmt: skip
"""Words in the name of what is not the token itself."""

CSRF = frozenset({"csrf", "xsrf", "csrftoken", "xsrftoken"})
"""Words in the name of a cookie that scripts have to read: the page sends it back by hand (double submit)."""


def words(name: str) -> list[str]:
    """The words of a name, however they are joined: `accessToken`, `ACCESS_TOKEN`, `access-token`."""
    return [word.lower() for word in _WORDS.findall(name)]


def says_token(name: str) -> bool:
    """Whether a name says that what it names is a token as it is sent: `access_token`, `id_token`, `jwt`, `raw_jwt`.

    Not what is only about one (`token_type`, `access_token_expires`, `has_jwt`), and not "token" alone.
    """
    said = words(name)
    if not said or not _OTHERWISE.isdisjoint(said):
        return False
    return said[-1] in ("jwt", "jws") or (said[-1] == "token" and len(said) > 1 and said[-2] in _BEFORE)


def labels_token(label: str) -> bool:
    """The same of the name of a cookie, or of what it is given by: `JWT_COOKIE_NAME` is as good as `jwt`."""
    return says_token("_".join(word for word in words(label) if word not in ("cookie", "name", "key")))


def is_called_token(name: str) -> bool:
    """Whether a name's last word is "token", or it says so by `says_token`: with a second sign, that is enough."""
    said = words(name)
    return says_token(name) or (said[-1:] == ["token"] and _OTHERWISE.isdisjoint(said))


def names(value: Value, place: Place | None = None) -> Iterator[str]:
    """What a value is called: by the key or attribute that it was taken from, or by the parameter that it came in by,
    and in the expression at `place` that gives it.
    """
    match value:
        case Part(key=str() as key, kind="item" | "attribute"):
            yield key
        case Symbol(name=qualified):
            yield qualified.rpartition(".")[2]
        case Unknown(reason="a parameter", site=site):
            parameter = getattr(getattr(site, "name", None), "value", None)
            if isinstance(parameter, str):
                yield parameter
    if place is not None:
        yield from _written(place.node)


def _written(node: object) -> Iterator[str]:
    """The last name in an expression that is a name, an attribute, an item by a constant key, or the getting of one."""
    # LibCST is there once anything is analysed, and not before: the gate needs all models and must not load it.
    import libcst as cst

    match node:
        case cst.Name(value=name) | cst.Attribute(attr=cst.Name(value=name)):
            yield name
        case cst.Subscript(slice=[cst.SubscriptElement(slice=cst.Index(value=cst.SimpleString() as key))]):
            yield str(key.evaluated_value)
        case cst.Call(
            func=cst.Attribute(attr=cst.Name(value="get")), args=[cst.Arg(value=cst.SimpleString() as key), *_]
        ):
            yield str(key.evaluated_value)
        case cst.Await(expression=inner):
            yield from _written(inner)
