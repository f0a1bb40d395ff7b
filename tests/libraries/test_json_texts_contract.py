"""What the model of `json` claims, and what it shares with the interpreter's own view of JSON."""

from __future__ import annotations

import json

from shape_programs import verify

from jwt_sast.libraries.json_values import JSON_TEXT
from jwt_sast.semantics.record_functions import JSON

JOSE = "import json, os, time\nfrom jose import jws\nKEY = os.environ['KEY']\n"


def test_a_dict_survives_as_text() -> None:
    claims = {"sub": "alice", "exp": 1}
    assert json.loads(json.dumps(claims)) == claims
    assert json.loads(json.dumps(claims).encode()) == claims


def test_texts_of_records_are_texts_of_the_same_kind() -> None:
    assert JSON_TEXT == JSON


def test_a_payload_that_is_read_from_its_text_is_the_claims() -> None:
    code = """
        def f(t):
            return json.loads(jws.get_unverified_claims(t))["sub"]  # JWT102
        def g(t):
            claims = json.loads(jws.get_unverified_claims(t))
            jws.verify(t, os.environ[claims["iss"]], ["HS256"])
            return claims
    """
    verify(code, JOSE)


def test_what_is_written_and_read_again_is_the_same() -> None:
    code = """
        import jwt
        def f(user, lifetime):
            kept = json.dumps({"sub": user})
            return jwt.encode(json.loads(kept), KEY)  # JWT301
        def g(user):
            claims = {"sub": user}
            kept = json.dumps(claims)
            claims["exp"] = int(time.time()) + 60
            return jwt.encode(claims, KEY)
    """
    verify(code, JOSE)
