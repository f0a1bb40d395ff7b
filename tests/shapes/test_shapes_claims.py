"""SHAPES A: how claims come to be, as far as one function and its module's constants decide."""

from __future__ import annotations

import pytest
from shape_programs import confidences, findings, verify

SHAPES = {
    "A1 a display in the call": """
        def f(u):
            return jwt.encode({"sub": u}, KEY)  # JWT301
    """,
    "A2 a variable": """
        def f(u):
            p = {"sub": u}
            return jwt.encode(p, KEY)  # JWT301
    """,
    "A3 set later": """
        def f(u):
            p = {"sub": u}
            p["exp"] = soon
            return jwt.encode(p, KEY)
    """,
    "A4 set on one path": """
        def f(u, ttl):
            p = {"sub": u}
            if ttl:
                p["exp"] = now + 60
            return jwt.encode(p, KEY)  # JWT301
    """,
    "A5 set on both paths": """
        def f(u, ttl, a, b):
            p = {"sub": u}
            if ttl:
                p["exp"] = a
            else:
                p["exp"] = b
            return jwt.encode(p, KEY)
    """,
    "A6 update with a mapping": """
        def f(u, e):
            p = {"sub": u}
            p.update({"exp": e})
            return jwt.encode(p, KEY)
    """,
    "A6 update with a keyword": """
        def f(u, e):
            p = {"sub": u}
            p.update(exp=e)
            return jwt.encode(p, KEY)
    """,
    "A6 merge in place": """
        def f(u, e):
            p = {"sub": u}
            p |= {"exp": e}
            return jwt.encode(p, KEY)
    """,
    "A6 setdefault": """
        def f(u, e):
            p = {"sub": u}
            p.setdefault("exp", e)
            return jwt.encode(p, KEY)
    """,
    "A6 update without exp": """
        def f(u):
            p = {"sub": u}
            p.update(aud="x")
            return jwt.encode(p, KEY)  # JWT301
    """,
    "A7 spread": """
        def f(u, e):
            base = {"sub": u}
            jwt.encode({**base, "exp": e}, KEY)
            jwt.encode(dict(base, exp=e), KEY)
            jwt.encode(base | {"exp": e}, KEY)
            jwt.encode({**base}, KEY)  # JWT301
            jwt.encode(dict(base, aud="x"), KEY)  # JWT301
            jwt.encode(base | {"aud": "x"}, KEY)  # JWT301
    """,
    "A7 spread of something unknown": """
        def f(e, extra):
            jwt.encode({"exp": e, **extra}, KEY)
            jwt.encode({"sub": 1, **extra}, KEY)
    """,
    "A8 copies": """
        def f(u, e):
            data = {"sub": u}
            with_exp = {"sub": u, "exp": e}
            jwt.encode(data.copy(), KEY)  # JWT301
            jwt.encode(dict(data), KEY)  # JWT301
            jwt.encode(copy.deepcopy(data), KEY)  # JWT301
            jwt.encode({**data}, KEY)  # JWT301
            jwt.encode(with_exp.copy(), KEY)
            jwt.encode(copy.copy(with_exp), KEY)
    """,
    "A8 a copy is not its original": """
        def f(u, e):
            data = {"sub": u}
            other = data.copy()
            other["exp"] = e
            jwt.encode(other, KEY)
            return jwt.encode(data, KEY)  # JWT301
    """,
    "A9 a constant as the key": """
        EXP = "exp"
        def f(u, e):
            p = {"sub": u}
            p[EXP] = e
            return jwt.encode(p, KEY)
    """,
    "A10 taken out again": """
        def f(e):
            p = {"exp": e}
            p.pop("exp")
            jwt.encode(p, KEY)  # JWT301
            q = {"exp": e}
            del q["exp"]
            jwt.encode(q, KEY)  # JWT301
    """,
    "A10 taken out of a parameter": """
        def f(p):
            del p["exp"]
            return jwt.encode(p, KEY)  # JWT301
    """,
    "A11 the FastAPI recipe": """
        def create_access_token(data: dict, expires_delta: timedelta | None = None):
            to_encode = data.copy()
            expire = datetime.now(timezone.utc) + (expires_delta or timedelta(minutes=15))
            to_encode.update({"exp": expire})
            return jwt.encode(to_encode, KEY, algorithm="HS256")
        create_access_token({"sub": "u"})
        create_access_token({"sub": "u"}, timedelta(minutes=1))
    """,
    "A11 the FastAPI recipe with if and else": """
        def create_access_token(data: dict, expires_delta: timedelta | None = None):
            to_encode = data.copy()
            if expires_delta:
                expire = datetime.utcnow() + expires_delta
            else:
                expire = datetime.utcnow() + timedelta(minutes=15)
            to_encode.update({"exp": expire})
            return jwt.encode(to_encode, KEY, algorithm="HS256")
    """,
    "A18 unknown keys": """
        def f(d, text, route):
            jwt.encode({k: v for k, v in d.items()}, KEY)
            jwt.encode(json.loads(text), KEY)
            jwt.encode(route, KEY)
    """,
    "A18 a filter over known keys": """
        def f(u, e):
            p = {"sub": u, "aud": None}
            jwt.encode({k: v for k, v in p.items() if v is not None}, KEY)  # JWT301
            q = {"sub": u, "exp": e}
            jwt.encode({k: v for k, v in q.items() if v is not None}, KEY)
    """,
    "A19 a loop adds keys": """
        def f(e, cfg):
            p = {"exp": e}
            for k in ("iss", "aud"):
                p[k] = cfg[k]
            jwt.encode(p, KEY)
            q = {}
            for k in ("iss", "aud"):
                q[k] = cfg[k]
            jwt.encode(q, KEY)  # JWT301
    """,
    "A20 naive local time": """
        def f(d):
            p = {"exp": datetime.now() + timedelta(minutes=5)}
            return jwt.encode(p, KEY)  # JWT305
    """,
    "A20 right times": """
        def f(d):
            jwt.encode({"exp": datetime.utcnow() + d}, KEY)
            jwt.encode({"exp": datetime.now(timezone.utc) + d}, KEY)
            jwt.encode({"exp": int(time.time()) + 3600}, KEY)
            jwt.encode({"exp": (datetime.now() + d).timestamp()}, KEY)
    """,
    "A20 skewed, milliseconds, long": """
        def f():
            jwt.encode({"exp": datetime.utcnow().timestamp() + 60}, KEY)  # JWT305
            jwt.encode({"exp": int(time.time() * 1000) + 3600000}, KEY)  # JWT306
            jwt.encode({"exp": datetime.now(timezone.utc) + timedelta(days=365 * 10)}, KEY)  # JWT303
            jwt.encode({"exp": now + 10**9}, KEY)  # JWT303
    """,
    "A21 opaque objects": """
        def f(user):
            jwt.encode(user.__dict__, KEY)
            jwt.encode(model_to_dict(user), KEY)
    """,
    "A22 a request's body": """
        async def f(request):
            jwt.encode(request.json, KEY)  # JWT204
            jwt.encode(await request.json(), KEY)  # JWT204
    """,
    "A23 partial": """
        import functools
        def f(u):
            return functools.partial(jwt.encode, key=KEY, algorithm="HS256")({"sub": u})  # JWT301
    """,
    "A24 other names for the function": """
        encode = jwt.encode
        class Service:
            def __init__(self):
                self._jwt = jwt
            def a(self, u):
                return self._jwt.encode({"sub": u}, KEY)  # JWT301
        def f(p):
            encode({"sub": p}, KEY)  # JWT301
            getattr(jwt, "encode")({"sub": p}, KEY)  # JWT301
    """,
    "A28 taken out on one path": """
        def f(e, forever, payload):
            to_encode = {"exp": e}
            if forever:
                to_encode.pop("exp", None)
            jwt.encode(to_encode, KEY)  # JWT301
            if forever:
                del payload["exp"]
            jwt.encode(payload, KEY)  # JWT301
    """,
    "keyword arguments that have names of their own": """
        def f(user, exp=None, **claims):
            payload = {**claims, "user": user}
            if exp:
                payload["exp"] = exp
            return jwt.encode(payload, KEY)  # JWT301
    """,
    "set where it was missing": """
        def f(p):
            q = {"sub": p}
            if "exp" not in q:
                q["exp"] = soon
            jwt.encode(q, KEY)
            r = {"sub": p}
            if r.get("exp") is None:
                r["exp"] = soon
            jwt.encode(r, KEY)
    """,
    "a path that ends is no path": """
        def f(u, ttl):
            p = {"sub": u}
            if ttl:
                p["exp"] = soon
            else:
                raise ValueError
            return jwt.encode(p, KEY)
    """,
    "an empty loop proves nothing": """
        def f(u, rules):
            p = {"sub": u}
            for rule in rules:
                p["exp"] = rule(now)
            return jwt.encode(p, KEY)
    """,
    "handed to code that is not seen": """
        def f(u, hook):
            p = {"sub": u}
            hook(p)
            return jwt.encode(p, KEY)
    """,
    "match": """
        def f(kind, u):
            p = {"sub": u}
            match kind:
                case "short":
                    p["exp"] = soon
                case _:
                    p["exp"] = now + 60
            jwt.encode(p, KEY)
            q = {"sub": u}
            match kind:
                case "short":
                    q["exp"] = soon
            return jwt.encode(q, KEY)  # JWT301
    """,
    "try, with and while": """
        def f(u, lock):
            p = {"sub": u}
            try:
                with lock:
                    p["exp"] = soon
            finally:
                lock.release()
            jwt.encode(p, KEY)
            q = {"sub": u}
            while True:
                q["exp"] = soon
                return jwt.encode(q, KEY)
    """,
}


@pytest.mark.parametrize("code", SHAPES.values(), ids=SHAPES)
def test_shape(code: str) -> None:
    verify(code)


@pytest.mark.parametrize("name", ["A4 set on one path", "A28 taken out on one path"])
def test_one_path_is_of_medium_confidence(name: str) -> None:
    assert set(confidences(SHAPES[name], "JWT301")) == {"medium"}


def test_all_paths_are_of_high_confidence() -> None:
    assert confidences(SHAPES["A2 a variable"], "JWT301") == ["high"]


def test_the_trace_shows_the_path_without_exp() -> None:
    (finding,) = findings(SHAPES["A4 set on one path"])
    (step,) = [step for step in finding.trace if "without" in step.message]
    assert step.location.line == 10
    assert (step.location.column, step.location.end_column) == (8, 11)


def test_the_figure_is_in_the_message() -> None:
    (finding,) = findings('jwt.encode({"exp": now + 86400 * 365}, KEY)')
    assert "365 days" in finding.message
