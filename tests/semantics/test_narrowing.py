"""What a test says of what it looked at, on either side."""

from __future__ import annotations

import pytest
from probing import check

PROGRAMS = {
    "is None": """
        x = None if p else 1
        if x is None:
            probe(x)  #= None
        else:
            probe(x)  #= 1
        if x is not None:
            probe(x)  #= 1
        probe(x)  #= 1 | None
    """,
    "equality": """
        x = "a" if p else "b" if q else None
        if x == "a":
            probe(x)  #= 'a'
        elif x != "b":
            probe(x)  #= None
        else:
            probe(x)  #= 'b'
    """,
    "truth": """
        x = "" if p else "a" if q else None
        if x:
            probe(x)  #= 'a'
        else:
            probe(x)  #= '' | None
        if not x:
            probe(x)  #= '' | None
    """,
    "an attribute of one of several": """
        class A:
            def __init__(self, d):
                self.d = d
        class Keeper:
            def __init__(self, one):
                self.one = one
        x = A(None) if p else A("a") if q else A(1)
        if x.d:
            probe(x.d)  #= 'a' | 1
        else:
            probe(x.d)  #= None
        probe(x.d if x.d else 2)  #= 'a' | 1 | 2
        k = Keeper(A(None) if p else A("a"))
        probe(k.one.d if k.one.d else 2)  #= 'a' | 2
        if x.d is not None:
            probe(x.d)  #= 'a' | 1
    """,
    "early exit": """
        x = None if p else 1
        if x is None:
            return
        probe(x)  #= 1
    """,
    "early raise": """
        x = None if p else 1
        if not x:
            raise ValueError
        probe(x)  #= 1
    """,
    "assert": """
        x = None if p else 1
        assert x
        probe(x)  #= 1
    """,
    "and": """
        x, y = None if p else 1, None if q else 2
        if x and y:
            probe(x)  #= 1
            probe(y)  #= 2
        else:
            probe(x)  #= None | 1
        if x is not None and (y is None or y > 1):
            probe(x)  #= 1
    """,
    "or": """
        x, y = None if p else 1, None if q else 2
        if x is None or y is None:
            probe(x)  #= None | 1
        else:
            probe(x)  #= 1
            probe(y)  #= 2
    """,
    "the value of and and or": """
        x = None if p else 1
        probe(x or 2)  #= 1 | 2
        probe(x and 2)  #= None | 2
        probe(x or None)  #= 1 | None
        probe(0 or 2)  #= 2
        probe(1 and "a")  #= 'a'
        probe({} or 1)  #= 1
        probe(not x)  #= any
        probe(not 1)  #= False
        probe((p or q) and 1)  #= any | 1
    """,
    "a conditional expression": """
        x = None if p else 1
        probe(x if x else 2)  #= 1 | 2
        probe(1 if True else 2)  #= 1
        probe("a" if x is None else x)  #= 'a' | 1
    """,
    "a walrus": """
        d = {}
        if p:
            d["a"] = 1
        if (x := d.get("a")) is not None:
            probe(x)  #= 1
        else:
            probe(x)  #= None
        if x := d.get("a"):
            probe(x)  #= 1
        while (y := 3) and p:
            tick()
            break
        probe(y)  #= 3
    """,
    "membership in a display": """
        x = "a" if p else "b" if q else "c"
        if x in ("a", "b"):
            probe(x)  #= 'a' | 'b'
        else:
            probe(x)  #= 'c'
        if x not in ["a"]:
            probe(x)  #= 'b' | 'c'
    """,
    "membership of what is not known": """
        x = anything("a" if p else None if q else "c")
        if x in ("a", "b"):
            probe(x)  #= 'a' | 'b'
        if x == "a":
            probe(x)  #= 'a' | any
        if x is None:
            probe(x)  #= None
        else:
            probe(x)  #= 'a' | any | 'b'
    """,
    "membership in a list": """
        allowed = ["a", "b"]
        x = "a" if p else "c"
        if x in allowed:
            probe(x)  #= 'a'
        else:
            probe(x)  #= 'c'
    """,
    "a key in a mapping": """
        d = {}
        if p:
            d["a"] = 1
        if "a" in d:
            probe(d)  #= {'a': 1}
        else:
            probe(d)  #= {'a'!}
        if "a" not in d:
            d["a"] = 2
        probe(d)  #= {'a': 2 | 1}
    """,
    "a key in what is open": """
        d = dict(anything({"a": 1} if p else {}))
        if "a" in d:
            probe(d)  #= {'a': any, ...}
        else:
            probe(d)  #= {'a'!, ...}
            d["a"] = 2
        probe(d)  #= {'a': any | 2, ...}
    """,
    "a key in one of two mappings": """
        d, e = {}, {}
        if p:
            d["a"] = 1
        if q:
            e["a"] = 2
        f = d if r else e
        if "a" in f:
            probe(d)  #= {'a'?: 1}
        else:
            probe(d)  #= {'a'?: 1}
    """,
    "one of the keys of a mapping": """
        d = {"a": 1, "b": 2}
        if p:
            d["c"] = 3
        x = "a" if q else "c" if r else "z"
        if x in d:
            probe(x)  #= 'a' | 'c'
        else:
            probe(x)  #= 'c' | 'z'
        y = anything("b")
        if y in d:
            probe(y)  #= 'a' | 'b' | 'c'
    """,
    "an item": """
        d = {}
        if p:
            d["a"] = 1
        if d.get("a"):
            probe(d)  #= {'a': 1}
        else:
            probe(d)  #= {'a'!}
        if d.get("a") is None:
            probe(d)  #= {'a'!}
        if d.get("a", 5):
            probe(d)  #= {'a'?: 1}
        if d.get("a", 5) == 5:
            probe(d)  #= {'a'?: 1}
        if d.get("a", anything()):
            probe(d)  #= {'a'?: 1}
    """,
    "an item that is falsy": """
        d = {"a": 0 if p else 1}
        if q:
            d["b"] = None
        if not d["a"]:
            probe(d)  #= {'a': 0, 'b'?: None}
        if d.get("b") is None:
            probe(d)  #= {'a': 0 | 1, 'b'?: None}
        if d["a"] == 1:
            probe(d)  #= {'a': 0 | 1, 'b'?: None}
    """,
    "an item that is taken out while it is tested": """
        d = {"a": 1}
        if d.get("a") and d.pop("a"):
            probe(d)  #= {'a'!}
        e = {"a": 1}
        if e and e.pop("a"):
            probe(e)  #= {'a'!}
        x = 1
        if x and (x := 0) == 0:
            probe(x)  #= 0
    """,
    "an item of what is open": """
        d = dict(anything({"a": 1}))
        if d.get("a"):
            probe(d)  #= {'a': any, ...}
        if not d.get("a"):
            d["a"] = 2
        probe(d)  #= {'a': 2 | any, ...}
    """,
    "an attribute": """
        class Box:
            x = None
        b = Box()
        b.x = None if p else 1
        if b.x is None:
            probe(b.x)  #= None
            b.x = 2
        probe(b.x)  #= 2 | 1
    """,
    "bool and not": """
        x = None if p else 1
        if bool(x):
            probe(x)  #= 1
        if not (x is None):
            probe(x)  #= 1
        if not (x and q):
            probe(x)  #= None | 1
    """,
    "numbers and truth values": """
        x = True if p else 0 if q else 1
        if x == 1:
            probe(x)  #= True | 0 | 1
        if x is True:
            probe(x)  #= True
        if x in (1, 2):
            probe(x)  #= True | 0 | 1
    """,
    "a variable of the process environment": """
        import os
        x = os.environ.get("PROBE_NOT_SET")
        if not x:
            x = "a"
        probe(x)  #= 'a' | $PROBE_NOT_SET
        y = os.getenv("PROBE_NOT_SET", "b")
        if y == "b" and p:
            probe(y)  #= $PROBE_NOT_SET else 'b' | $PROBE_NOT_SET
        z = os.getenv("PATH", "b")
        if z == "b":
            raise ValueError
        probe(z)  #= $PATH
    """,
    "dead branches": """
        if False:
            x = 1
        else:
            x = 2
        probe(x)  #= 2
        if 1 == 2:
            x = 3
        elif "a" in {"a": 1}:
            x = 4
        probe(x)  #= 4
        if None:
            probe(x)  #= unreachable
        x = 1
        if x == 2:
            probe(x)  #= unreachable
    """,
    "what is imported may be anything": """
        from os import name as DEBUG
        if DEBUG:
            x = 1
        else:
            x = 2
        probe(x)  #= 1 | 2
        if DEBUG is None:
            x = 3
        probe(x)  #= 3 | 1 | 2
    """,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    check(PROGRAMS[name])
