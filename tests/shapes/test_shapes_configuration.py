"""SHAPES C5, C17, C19 and D16: settings from the environment, the project's own getters, and merged dicts."""

from __future__ import annotations

import pytest
from shape_programs import verify

PRELUDE = """\
import collections, json, os, jwt
def p():
    import time
    return {"sub": "u", "exp": int(time.time()) + 60}
"""

ENVIRONMENT = {
    "C5 every spelling": """
        from os import environ, getenv
        def f():
            jwt.encode(p(), os.getenv("S", default="dev"))  # JWT502
            jwt.encode(p(), getenv("S", "dev"))  # JWT502
            jwt.encode(p(), environ.get("S", "dev"))  # JWT502
            jwt.encode(p(), environ.get("S") or "dev")  # JWT502
            jwt.encode(p(), "dev" if "S" not in os.environ else os.environ["S"])  # JWT502
            jwt.encode(p(), ({"S": "dev"} | os.environ)["S"])  # JWT502
            jwt.encode(p(), os.environ.copy().get("S", "dev"))  # JWT502
            jwt.encode(p(), dict(os.environ).get("S", "dev"))  # JWT502
            jwt.encode(p(), {**os.environ}["S"])
            jwt.encode(p(), os.environ.copy()["S"])
    """,
    "C5 the source wins over the environment": """
        jwt.encode(p(), (os.environ | {"S": "dev"})["S"])  # JWT501
    """,
    "C5 a default put into the environment": """
        os.environ.setdefault("S", "dev")  # JWT502
        if "T" not in os.environ:
            os.environ["T"] = "dev"  # JWT502
        if not os.environ.get("U"):
            os.environ["U"] = "dev"  # JWT502
        if os.getenv("V") is None:
            os.environ["V"] = "dev"  # JWT502
        jwt.encode(p(), os.environ["S"])
        jwt.encode(p(), os.environ["T"])
        jwt.encode(p(), os.environ["U"])
        jwt.encode(p(), os.environ["V"])
    """,
    "C5 a text made of the variable": """
        def f():
            jwt.encode(p(), os.getenv("S", "dev").strip())  # JWT502
            jwt.encode(p(), os.getenv("S", "dev").encode())  # JWT502
            jwt.encode(p(), str(os.getenv("S", "dev")))  # JWT502
            jwt.encode(p(), f'{os.getenv("S", "dev")}')  # JWT502
            jwt.encode(p(), os.getenv("S", "dev").replace("x", "y").removeprefix("z"))  # JWT502
            jwt.encode(p(), os.getenv("S", "a,b").split(",")[0])  # JWT502
            jwt.encode(p(), os.getenv("S", "a,b").split(",")[-1].strip())  # JWT502
            jwt.encode(p(), os.environ["S"].split(",")[0])
            jwt.encode(p(), os.getenv("S").split(",")[0])
    """,
    "D16 a list of algorithms": """
        ALGS = os.environ.get("ALGS", "HS256,RS256").split(",")
        def f(t, key):
            jwt.decode(t, key, algorithms=ALGS)  # JWT105
            jwt.decode(t, key, algorithms=list(os.environ.get("A", "HS256,RS256").split(",")))  # JWT105
            jwt.decode(t, key, algorithms=[a.strip() for a in os.environ.get("A", "HS256, RS256").split(",")])  # JWT105
            jwt.decode(t, key, algorithms=[a for a in os.environ.get("A", "HS256,RS256").split(",") if a])  # JWT105
            jwt.decode(t, key, algorithms=os.environ.get("A", "HS256").split(","))
            jwt.decode(t, key, algorithms=[a for a in os.environ.get("A", "HS256,RS256").split(",") if a != "HS256"])
            jwt.decode(t, key, algorithms=os.environ["ALGS"].split(","))
            jwt.decode(t, key, algorithms=[os.environ.get("A", "HS256")])
    """,
}

GETTERS = {
    "C17 a function": """
        def get_env_value(name, default=None):
            return os.environ.get(name, default)
        SECRET = get_env_value("S", "dev")  # JWT502
        jwt.encode(p(), SECRET)
        jwt.encode(p(), get_env_value("T", default="dev"))  # JWT502
        jwt.encode(p(), get_env_value("U"))
    """,
    "C17 None means not there": """
        def env(name, default=None):
            value = os.environ.get(name)
            if value is None:
                return default
            return value
        jwt.encode(p(), env("S", "dev"))  # JWT502
        jwt.encode(p(), env("S", os.environ["T"]))
    """,
    "C17 an exception means not there": """
        def env(name, default=None):
            try:
                return os.environ[name]
            except KeyError:
                if default is None:
                    raise RuntimeError(name)
                return default
        jwt.encode(p(), env("S", "dev"))  # JWT502
        jwt.encode(p(), env("S"))
    """,
    "C17 a conversion as a parameter": """
        def env(name, default=None, cast=None):
            value = os.environ.get(name, default)
            return cast(value) if cast else value
        jwt.encode(p(), env("S", "dev"))  # JWT502
        jwt.encode(p(), env("S", "dev", cast=str))  # JWT502
    """,
    "C17 a type as a parameter": """
        def get_env_value(name, default, value_type=str, special_none=False):
            value = os.getenv(name)
            if value is None:
                return default
            if special_none and value == "None":
                return None
            if value_type is bool:
                return value.strip().lower() in ("true", "1", "yes")
            if value_type is list:
                try:
                    parsed = json.loads(value)
                    return parsed if isinstance(parsed, list) else default
                except (json.JSONDecodeError, ValueError):
                    return default
            try:
                return value_type(value)
            except (ValueError, TypeError):
                return default
        jwt.encode(p(), get_env_value("S", "dev"))  # JWT502
        ENABLED = get_env_value("E", True, bool)
    """,
    "C17 several names for one setting": """
        def get_env(name, default=None, is_bool=False):
            for key in ["APP_" + name, "OLD_" + name, name]:
                value = os.environ.get(key)
                if value is not None:
                    if is_bool:
                        return value == "1"
                    else:
                        return value
            return default
        jwt.encode(p(), get_env("S", "dev"))  # JWT502
    """,
    "C17 methods": """
        class Env:
            @staticmethod
            def get(name, default=None):
                return os.getenv(name, default)
            @classmethod
            def read(cls, name, default=None):
                return cls.get(name, default)
        class Reader:
            def __init__(self, environ=os.environ, prefix="APP_"):
                self._environ = environ
                self.prefix = prefix
            def get(self, name, default=None):
                return self._environ.get(self.prefix + name, default)
        jwt.encode(p(), Env.get("S", "dev"))  # JWT502
        jwt.encode(p(), Env.read("T", "dev"))  # JWT502
        jwt.encode(p(), Reader().get("S", "dev"))  # JWT502
    """,
    "C17 a table of defaults": """
        DEFAULTS = {"S": "dev", "T": 3}  # JWT502
        def setting(name):
            return os.environ.get(name, DEFAULTS[name])
        jwt.encode(p(), setting("S"))
    """,
}

MERGED = {
    "C19 a file over the defaults": """
        cfg = {"jwt_secret": "literal"}  # JWT502
        with open("c.json") as f:
            cfg.update(json.load(f))
        jwt.encode(p(), cfg["jwt_secret"])
    """,
    "C19 the environment over the defaults": """
        DEFAULTS = {"jwt_secret": "literal"}  # JWT502
        cfg = {**DEFAULTS, **os.environ}
        jwt.encode(p(), cfg["jwt_secret"])
        other = {"jwt_secret": "literal"}  # JWT502
        other.update(os.environ)
        jwt.encode(p(), other["jwt_secret"])
    """,
    "C19 a union": """
        DEFAULTS = {"jwt_secret": "literal"}  # JWT502
        def f(path):
            import yaml
            with open(path) as file:
                cfg = DEFAULTS | yaml.safe_load(file)
            jwt.encode(p(), cfg["jwt_secret"])
    """,
    "C19 a chain": """
        DEFAULTS = {"jwt_secret": "literal"}  # JWT502
        cfg = collections.ChainMap({}, os.environ, DEFAULTS)
        jwt.encode(p(), cfg["jwt_secret"])
        jwt.encode(p(), cfg.get("jwt_secret"))
        jwt.encode(p(), cfg["not_there"])
    """,
    "C19 a chain that the source begins": """
        from collections import ChainMap
        cfg = ChainMap({"jwt_secret": "literal"}, os.environ)  # JWT501
        jwt.encode(p(), cfg["jwt_secret"])
    """,
    "C19 key by key": """
        DEFAULTS = {"jwt_secret": "literal", "b": "x"}  # JWT502
        cfg = {k: os.environ.get(k, v) for k, v in DEFAULTS.items()}
        jwt.encode(p(), cfg["jwt_secret"])
        other = {"jwt_secret": "literal"}  # JWT502
        for k in other:
            if k.upper() in os.environ:
                other[k] = os.environ[k.upper()]
        jwt.encode(p(), other["jwt_secret"])
    """,
    "C19 no merge": """
        cfg = {"jwt_secret": "literal"}  # JWT501
        jwt.encode(p(), cfg["jwt_secret"])
    """,
    "C19 the default at the reading": """
        cfg = json.load(open("c.json"))
        jwt.encode(p(), cfg.get("jwt_secret", "literal"))  # JWT502
        jwt.encode(p(), cfg["jwt"].get("secret", "literal"))  # JWT502
        jwt.encode(p(), cfg.get("jwt_secret"))
        jwt.encode(p(), cfg.get("jwt_secret", ""))
    """,
}

SHAPES = {**ENVIRONMENT, **GETTERS, **MERGED}


@pytest.mark.parametrize("code", SHAPES.values(), ids=SHAPES)
def test_shape(code: str) -> None:
    verify(code, PRELUDE)
