"""Functions of the standard library, and the built-in ones."""

from __future__ import annotations

import pytest
from probing import check

PROGRAMS = {
    "the process environment": """
        import os
        probe(os.environ.get("PROBE_NOT_SET"))  #= $PROBE_NOT_SET else None
        probe(os.environ.get("PROBE_NOT_SET", "a"))  #= $PROBE_NOT_SET else 'a'
        probe(os.getenv("PROBE_NOT_SET"))  #= $PROBE_NOT_SET else None
        probe(os.getenv("PROBE_NOT_SET", default="b"))  #= $PROBE_NOT_SET else 'b'
        probe(os.getenv(key="PROBE_NOT_SET"))  #= $PROBE_NOT_SET else None
        probe(os.getenv("PROBE_NOT_SET", "  Ab ").strip().lower())  #= $PROBE_NOT_SET else 'ab'
        probe(os.getenv("PROBE_NOT_SET", "a") or "b")  #= $PROBE_NOT_SET else 'a' | 'b'
        probe(os.getenv("PROBE_NOT_SET") or "b")  #= $PROBE_NOT_SET | 'b'
        probe(os.environ.pop("PROBE_NOT_SET", "a"))  #= $PROBE_NOT_SET else 'a'
        probe(os.environ["PATH"])  #= $PATH
        probe(os.getenv(anything("PROBE_NOT_SET")))  #= $ else None
        probe(os.environ.setdefault("PROBE_PUT_IN", "c"))  #= $PROBE_PUT_IN else 'c'
        probe(os.getenv("PROBE_PUT_IN"))  #= $PROBE_PUT_IN else 'c'
        probe(os.environ["PROBE_PUT_IN"])  #= $PROBE_PUT_IN else 'c'
        probe("PROBE_NOT_SET" in os.environ)  #= any
    """,
    "encodings": """
        import base64
        import binascii
        probe(base64.b64encode(b"ab"))  #= b'YWI='
        probe(base64.b64decode("YWI="))  #= b'ab'
        probe(base64.urlsafe_b64decode(b"YWI="))  #= b'ab'
        probe(base64.urlsafe_b64encode("ab".encode()))  #= b'YWI='
        probe(base64.standard_b64decode("YWI="))  #= b'ab'
        probe(binascii.hexlify(b"ab"))  #= b'6162'
        probe(binascii.unhexlify("6162"))  #= b'ab'
        probe(base64.b64decode("YWI=" if p else "YQ=="))  #= b'ab' | b'a'
    """,
    "addresses": """
        from urllib.parse import urljoin
        probe(urljoin("http://h/a", "/b"))  #= 'http://h/b'
        probe(urljoin("http://h/a/", "b"))  #= 'http://h/a/b'
        probe(urljoin("http://h", "https://i/x"))  #= 'https://i/x'
        probe(urljoin("http://h", anything("/x")))  #= f'http://h/{any}'
        probe(urljoin(anything("http://h"), "/x"))  #= any
        probe(urljoin("http://[", "/x") if p and not p else 1)  #= any | 1
    """,
    "paths": """
        import os.path
        probe(os.path.join("a", "b"))  #= 'a/b'
        probe(os.path.join("a", anything("b")))  #= any
        probe(os.path.join("a", "/b"))  #= '/b'
    """,
    "copies": """
        import copy
        d = {"a": {}}
        e, f = copy.copy(d), copy.deepcopy(d)
        d["a"]["b"] = 1
        probe(e)  #= {'a': {'b': 1}}
        probe(f)  #= {'a': {}}
        probe(copy.copy(1))  #= 1
    """,
    "what is handed through": r"""
        import asyncio
        import inspect
        import textwrap
        from typing import cast, TYPE_CHECKING
        probe(cast(str, "a"))  #= 'a'
        probe(inspect.cleandoc("a"))  #= 'a'
        probe(textwrap.dedent("  a\n  b"))  #= 'a\nb'
        probe(asyncio.run(asyncio.sleep(0)))  #= any
        if TYPE_CHECKING:
            x = 1
        else:
            x = 2
        probe(x)  #= 1 | 2
    """,
    "constants": """
        import string
        probe(string.digits)  #= '0123456789'
        probe(string.ascii_lowercase[:3])  #= 'abc'
    """,
    "what is drawn": """
        import os
        import random
        import secrets
        import uuid
        probe(secrets.token_hex(4))  #= any
        probe(secrets.token_urlsafe(anything()))  #= any
        probe(os.urandom(2))  #= any
        probe(random.choice("ab"))  #= any
        probe(random.choice(["a", "b"]))  #= 'a' | 'b'
        probe(uuid.uuid4().hex)  #= any
        probe(random.Random(1).random() < 1)  #= any
        probe(random.Random(anything(1)).randint(1, 2) > 0)  #= any
    """,
    "digests": """
        import hashlib
        probe(hashlib.sha256(b"a").hexdigest())  #= any
        probe(hashlib.md5(anything() or b"a").hexdigest())  #= any
    """,
    "what only looks": """
        import json, logging
        d = {"a": 1}
        print(d, end="") if p and not p else None
        logging.debug("x %s", d)
        probe(json.dumps(d))  #= any
        probe(isinstance(d, dict))  #= any
        probe(d)  #= {'a': 1}
        probe(repr(d))  #= any
    """,
    "a view": """
        probe(sorted({"b": 1, "a": 2}))  #= ['a', 'b']
        probe(sum([1, 2]))  #= any
        probe(min(2, 1))  #= any
        a, b = {"x": 1}, {"x": 2}
        max(a, b, key=len)["y"] = 1
        probe(a)  #= {'x': 1, ...}
        next(iter([a]))["z"] = 1
        probe(a)  #= {'x': 1, 'z': 1, ...}
    """,
    "leaving": """
        import os, sys
        if p:
            sys.exit(1)
        if q:
            exit()
        probe(p)  #= any
        probe(q)  #= any
    """,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    check(PROGRAMS[name])
