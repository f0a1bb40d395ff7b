"""Loops: run item by item, or until nothing new comes of a turn."""

from __future__ import annotations

import pytest
from probing import check

PROGRAMS = {
    "over known items": """
        d = {}
        for k in ("a", "b"):
            d[k] = 1
        probe(d)  #= {'a': 1, 'b': 1}
        probe(k)  #= 'b'
    """,
    "over items that may be there": """
        d = {"a": 1}
        if p:
            d["b"] = 2
        e = {}
        for k, v in d.items():
            e[k] = v
        probe(e)  #= {'a': 1, 'b'?: 2}
        for k in d:
            e[k] = 3
        probe(e)  #= {'a': 3, 'b'?: 3 | 2}
    """,
    "over what is not known": """
        d = {"a": 1}
        x = 0
        for k in anything(["b"]):
            d[k] = 2
            x = 1
        probe(d)  #= {'a': 1 | 2, ...}
        probe(x)  #= 0 | 1
    """,
    "counting": """
        n = 0
        for _ in anything(range(9)):
            n += 1
        probe(n)  #= 0 | 1 | 2 | any
    """,
    "what an earlier turn leaves behind": """
        last = None
        for x in anything([1, 2, 3]):
            if last == 2:
                last = "found"
                break
            last = x
        probe(last)  #= None | any | 'found'
    """,
    "a branch that only a later turn takes": """
        n, y = 0, None
        for _ in anything(range(9)):
            if n == 5:
                y = "late"
            n += 1
        probe(y)  #= None | any
    """,
    "a mapping that changes from turn to turn": """
        d = {"n": 0, "k": 1}
        for _ in anything(range(9)):
            d["n"] += 1
        probe(d)  #= {'n': 0 | 1 | 2 | any, 'k': 1}
    """,
    "a mapping that is made anew in each turn": """
        for _ in anything(range(3)):
            d = {"a": 1}
            d["b"] = 2
            probe(d)  #= {'a': 1, 'b': 2}
    """,
    "a list that grows": """
        l = []
        for _ in anything(range(3)):
            l.append(1)
        probe(l)  #= [1, ...]
    """,
    "an attribute that changes from turn to turn": """
        class Counter:
            n = 0
        c = Counter()
        c.n, c.k = 1, 1
        for _ in anything(range(9)):
            c.n += 1
        probe(c.n)  #= 1 | 2 | 3 | any
        probe(c.k)  #= 1
    """,
    "two that change places": """
        a, b = 1, 2
        for _ in anything(range(9)):
            a, b = b, a
        probe(a)  #= 1 | 2 | any
    """,
    "a chain that takes several turns to run through": """
        a, b, c, d = 1, 0, 0, 0
        for _ in anything(range(9)):
            d = c
            c = b
            b = a
            a = a + 1
        probe(d)  #= 0 | any
    """,
    "break, continue and else": """
        for x in (1, 2, 3):
            if x == 2 and p:
                break
            if q:
                continue
            probe(x)  #= 1; 2; 3
        else:
            x = 4
        probe(x)  #= 4 | 2
    """,
    "else of a loop that is always left": """
        for x in (1, 2):
            break
        else:
            x = 3
        probe(x)  #= 1
    """,
    "continue before the write": """
        d = {}
        for x in (1, 2):
            if p:
                continue
            d["a"] = x
        probe(d)  #= {'a'~: 2 | 1}
    """,
    "while with a condition that ends it": """
        n = 0
        while n < 5:
            n += 1
        probe(n)  #= any
    """,
    "while True": """
        n = None
        while True:
            tick()
            if p:
                n = 1
                break
            if q:
                n = 2
                break
        probe(n)  #= 1 | 2
    """,
    "while that never ends": """
        probe(p)  #= any
        while True:
            tick()
        probe(1)  #= unreachable
    """,
    "while that is not entered": """
        x = 1
        while False:
            x = 2
        else:
            x = 3
        probe(x)  #= 3
    """,
    "while with a walrus": """
        l = ["a"]
        while l and (x := l.pop()):
            probe(x)  #= 'a' | any
        probe(l)  #= ['a', ...]
    """,
    "while narrows": """
        x = None if p else 1
        while x is None:
            x = 2
        probe(x)  #= 1 | 2
    """,
    "while over a condition that raises": """
        def fail():
            raise ValueError
        x = 1
        try:
            while fail():
                x = 2
            x = 3
        except ValueError:
            pass
        probe(x)  #= 1
    """,
    "a list that its own loop changes": """
        l = ["a"]
        for x in l:
            if len(l) < 3:
                l.append("b")
            probe(x)  #= 'a'; 'a' | 'b'
        probe(l)  #= ['a', 'b', ...]
    """,
    "loops in loops": """
        d = {}
        for a in ("a", "b"):
            for b in ("c", "d"):
                d[a + b] = 1
        probe(d)  #= {'ac': 1, 'ad': 1, 'bc': 1, 'bd': 1}
    """,
    "many items": """
        n = 0
        for x in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17):
            n = x
        probe(n)  #= 0 | any
    """,
    "a write through a loop's variable": """
        a, b = {}, {}
        for d in (a, b):
            d["x"] = 1
        probe(a)  #= {'x': 1}
        for d in [a, b] if p else [b]:
            d["y"] = 1
        probe(a)  #= {'x': 1, 'y'~: 1}
    """,
    "many things to write to": """
        ds = [{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}]
        for d in ds:
            d["x"] = 1
        probe(ds[0])  #= {...}
    """,
    "over enumerate and zip": """
        d = {}
        for i, k in enumerate(["a", "b"]):
            d[k] = i
        for k, v in zip(("c", "d"), (2, 3)):
            d[k] = v
        probe(d)  #= {'a': 0, 'b': 1, 'c': 2, 'd': 3}
    """,
    "over a set": """
        for x in {"a", "b"}:
            y = x
        probe(y in ("a", "b"))  #= any
    """,
    "over a text": """
        for c in "ab":
            x = c
        probe(x)  #= any
    """,
    "returning from inside": """
        def find():
            for x in (1, 2, 3):
                if x == 2:
                    return x
            return None
        probe(find())  #= 2
    """,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    check(PROGRAMS[name])
