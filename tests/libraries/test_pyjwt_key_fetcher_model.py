"""What the model of pyjwt-key-fetcher says of calls that no fixture holds."""

from __future__ import annotations

import textwrap

import pytest
from shape_programs import verify

from jwt_sast.libraries.host import LibraryHost
from jwt_sast.libraries.tables import tables_of
from jwt_sast.semantics.interpreter import Interpreter
from jwt_sast.semantics.values import Produced, base
from jwt_sast.syntax.source import Source
from jwt_sast.tokens.events import Verification
from jwt_sast.tokens.reading import CLAIMS

PRELUDE = """\
import os
import jwt
from pyjwt_key_fetcher import AsyncKeyFetcher
fetcher = AsyncKeyFetcher(valid_issuers=["https://login.example.com"])
"""

PROGRAMS = {
    "a token that is verified with what is fetched": """
        async def f(t):
            entry = await fetcher.get_key(t)
            return jwt.decode(t, **entry)
        async def g(t):
            entry = await fetcher.get_key(t)
            return jwt.decode(t, entry["key"], algorithms=["RS256"])
        """,
    "options count as they do with any key": """
        async def f(t):
            entry = await fetcher.get_key(t)
            return jwt.decode(t, **entry, options={"verify_exp": False})["sub"]  # JWT302
        """,
    "an issuer that is believed": """
        def f(t):
            return fetcher.get_issuer(t) == "https://login.example.com"  # JWT102
        """,
    "an issuer that chooses the key": """
        async def f(t):
            issuer = fetcher.get_issuer(t)
            entry = await fetcher.get_key_by_iss_and_kid(issuer, fetcher.get_kid(t))
            return jwt.decode(t, **entry)
        """,
}


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_program(code: str) -> None:
    verify(code, PRELUDE)


@pytest.mark.parametrize(
    ("settings", "chosen"),
    [
        ("", True),
        ("None", True),
        ("[]", True),
        ("['https://login.example.com']", False),
        ("valid_issuers=ISSUERS", False),
    ],
)
def test_whether_the_token_chooses_its_key(settings: str, chosen: bool) -> None:
    code = f"""
        import jwt, pyjwt_key_fetcher
        from settings import ISSUERS
        async def f(t):
            return jwt.decode(t, **await pyjwt_key_fetcher.AsyncKeyFetcher({settings}).get_key(t))
    """
    host = LibraryHost("app/service.py", tables_of(()))
    source = Source.parse("app/service.py", textwrap.dedent(code).encode())
    Interpreter(host).run(source)
    (event,) = host.events
    assert isinstance(event, Verification)
    source_of_key = base(event.key.value)
    assert (isinstance(source_of_key, Produced) and source_of_key.what == CLAIMS) is chosen
