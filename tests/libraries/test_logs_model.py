"""What is a token or a key among the things that a program writes into logs."""

from __future__ import annotations

import pytest
from shape_programs import confidences, verify

PRELUDE = """\
import json, os, time, logging, jwt
from loguru import logger as loguru_logger
import structlog
KEY = os.environ["KEY"]
DECODER = json.JSONDecoder()
log = logging.getLogger(__name__)
def signed():
    return jwt.encode({"sub": "a", "exp": int(time.time()) + 60}, KEY, algorithm="HS256")
def read(token):
    return jwt.decode(token, KEY, algorithms=["HS256"])
"""

PROGRAMS = {
    "the ways to write": """
        def f(self):
            token = signed()
            print("token", token)  # JWT408
            logging.info("token %s", token)  # JWT408
            log.debug("token %s" % token)  # JWT408
            log.getChild("x").error("token {}".format(token))  # JWT408
            log.log(10, "token " + token)  # JWT408
            loguru_logger.info("token {}", token)  # JWT408
            structlog.get_logger().bind(user=1).info("issued", token=token)  # JWT408
            self.logger.warning("token %s", token)  # JWT408
            self.send("token %s", token)
    """,
    "a logger of another module": """
        from app.log import logger
        def f():
            token = signed()
            logger.info(token)  # JWT408
    """,
    "what it is held by": """
        def f():
            token = signed()
            log.info("made %s", {"user": 1, "token": token})  # JWT408
            log.info("made %s", [token])  # JWT408
            log.info("made", extra={"token": token})  # JWT408
            log.info("made %s", {"token": token}.keys())
    """,
    "it turns out to be a token later": """
        def f(request):
            value = request.headers["x"]
            log.info("value %s", value)  # JWT408
            return jwt.decode(value, KEY, algorithms=["HS256"])
    """,
    "it was not a token after all": """
        def f(request):
            value = request.headers["x"]
            log.info("value %s", value)
            return jwt.decode(request.headers["y"], KEY, algorithms=["HS256"])
    """,
    "derived from a token": """
        import hashlib
        def f(request):
            token = signed()
            log.info("token %s", token[:8])
            log.info("token %s", len(token))
            log.info("token %s", hashlib.sha256(token.encode()).hexdigest())
            log.info("token %s", token is None)
            log.info("token %s", token.split(".")[0])
            log.info("claims %s", read(token))
    """,
    "the key": """
        def f():
            log.info("key %s", KEY)  # JWT408
            log.info("key %s", os.environ["OTHER"])
    """,
    "a public key": """
        PUBLIC = os.environ["PUBLIC"]
        def f(token):
            log.info("key %s", PUBLIC)
            return jwt.decode(token, PUBLIC, algorithms=["RS256"])
    """,
    "by name": """
        def f(access_token, answer, self):
            log.info("token %s", access_token)  # JWT408
            log.info(f"token {answer['id_token']}")  # JWT408
            log.info("token " + answer.get("refresh_token"))  # JWT408
            log.info("token %s" % self.jwt)  # JWT408
            return read(answer)
    """,
    "by a name that says something else": """
        def f(access_token, token, jwt_header, token_type, answer):
            log.info("token %s", bool(access_token))
            log.info("access_token %s", len(access_token))
            log.info("token %s", answer["token_type"])
            log.info("name %s", jwt_header)
            log.info(f"{access_token[:6]}...")
            log.info("token %s", mask(access_token))
            log.info("access_token")
            log.info("token %s", token)
            return read(answer)
    """,
    "a constant that is called like a token": """
        ACCESS_TOKEN = "access"
        def f(answer):
            log.info("kind %s", ACCESS_TOKEN)
            return read(answer)
    """,
    "a URL with a token in it": """
        def f(token, answer):
            url = f"https://a.example.com/?a=1&token={answer}"
            log.info("going to %s", url)  # JWT408
            log.info(f"going to {url}")  # JWT408
            log.info(f"next_page={answer}&kind={answer}")
            return read(token)
    """,
    "what it came in": """
        def f(response, request):
            answer = response.json()
            log.info("answer %s", answer)  # JWT408
            log.info("all of it: %s", answer["tokens"])  # JWT408
            log.info("it has %s", answer.keys())
            log.info("until %s", answer["tokens"]["expires"])
            log.info("in a header: %s", request.headers)  # JWT408
            log.info("%s %s", request, request.path)
            log.warning("no answer: %s", answer)
            jwt.decode(answer["tokens"]["id"], KEY, algorithms=["HS256"])
            jwt.decode(request.headers["X-Token"], KEY, algorithms=["HS256"])
    """,
    "what it is held by, and what that is made of": """
        def f():
            held = {"token": jwt.encode({"exp": int(time.time()) + 60}, KEY, algorithm="HS256")}
            log.info(f"held: {held}")  # JWT408
            log.info(f"there are {len(held)}: {held.keys()}")
            log.info("there are: %s" % held.keys())
            log.info("there are: %s", ", ".join(sorted(held)))
    """,
    "what others came in": """
        def f(one, two):
            answer, other = DECODER.decode(one), DECODER.decode(two)
            log.info("answer %s", answer)  # JWT408
            log.info("other %s", other)
            jwt.decode(answer["id_token"], KEY, algorithms=["HS256"])
    """,
    "the text of an exception": """
        def f(token):
            if not isinstance(token, str):
                raise TypeError(f"no token: {token}")
            try:
                return jwt.decode(token, KEY, algorithms=["HS256"])
            except jwt.InvalidTokenError:
                raise ValueError(f"bad token {token}")  # JWT408
    """,
}


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_program(code: str) -> None:
    verify(code, PRELUDE)


@pytest.mark.parametrize(("value", "confidence"), [("signed()", "high"), ("access_token", "low"), ("KEY", "high")])
def test_how_sure_it_is(value: str, confidence: str) -> None:
    code = f"def f(access_token):\n    token = {value}\n    log.info(token)\n"
    assert confidences(code, "JWT408", PRELUDE) == [confidence]


def test_how_sure_it_is_of_what_it_came_in() -> None:
    code = "def f(answer):\n    log.info(answer)\n    jwt.decode(answer['id'], KEY, algorithms=['HS256'])\n"
    assert confidences(code, "JWT408", PRELUDE) == ["medium"]


def test_a_function_that_only_a_name_leads_to_is_looked_at() -> None:
    verify("def f(access_token):\n    log.info('%s', access_token)  # JWT408\n", PRELUDE)


def test_without_a_library_nothing_is_looked_at() -> None:
    verify("def f(access_token):\n    print(access_token)\n", "import logging\n")
