"""Functions: arguments, defaults, closures, partial applications."""

from __future__ import annotations

import pytest
from probing import check

PROGRAMS = {
    "arguments": """
        def f(a, /, b, c=3, *rest, d, e=5, **others):
            return [a, b, c, rest, d, e, others]
        probe(f(1, 2, d=4))  #= [1, 2, 3, (), 4, 5, {'b'!, 'c'!, 'd'!, 'e'!}]
        probe(f(1, b=2, d=4, z=6))  #= [1, 2, 3, (), 4, 5, {'b'!, 'c'!, 'd'!, 'e'!, 'z': 6}]
        probe(f(1, 2, 3, 4, 5, d=6))  #= [1, 2, 3, (4, 5), 6, 5, {'b'!, 'c'!, 'd'!, 'e'!}]
        probe(f(*[1, 2], **{"d": 4}))  #= [1, 2, 3, (), 4, 5, {'b'!, 'c'!, 'd'!, 'e'!}]
        probe(f(1, **{"b": 2, "d": 4}))  #= [1, 2, 3, (), 4, 5, {'b'!, 'c'!, 'd'!, 'e'!}]
    """,
    "stars that are not known": """
        def f(a, b=2, *, c=3):
            return [a, b, c]
        probe(f(*anything((1,))))  #= [any, any, 3]
        probe(f(1, **anything({})))  #= [1, any, any]
        probe(f(*anything((1,)), 5))  #= [any, any, 3]
    """,
    "keywords that are there on one path": """
        def f(a=1):
            return a
        k = {}
        if p:
            k["a"] = 2
        probe(f(**k))  #= 2 | 1
    """,
    "a default is made once": """
        def f(x, seen=[]):
            seen.append(x)
            return seen
        f(1)
        probe(f(2))  #= [1, 2]
    """,
    "a mapping that is passed is changed": """
        def add(d, k="a"):
            d[k] = 1
        d = {}
        add(d)
        add(d, "b")
        probe(d)  #= {'a': 1, 'b': 1}
    """,
    "changed on one path": """
        def add(d, yes):
            if yes:
                d["a"] = 1
        d = {}
        add(d, p)
        probe(d)  #= {'a'?: 1}
    """,
    "several returns": """
        def f(x):
            if x:
                return 1
            return None
        probe(f(p))  #= 1 | None
        probe(f(1))  #= 1
        probe(f(0))  #= None
    """,
    "no return": """
        def f():
            pass
        probe(f())  #= None
        def g():
            return
        probe(g())  #= None
    """,
    "one of two functions": """
        def f(d):
            d["a"] = 1
            return 1
        def g(d):
            d["b"] = 1
            return 2
        d = {}
        h = f if p else g
        probe(h(d))  #= 1 | 2
        probe(d)  #= {'a'~: 1, 'b'~: 1}
    """,
    "lambdas": """
        add = lambda a, b=2: a + b
        probe(add(1))  #= 3
        probe((lambda: 1)())  #= 1
        probe((lambda *a, **k: [a, k])(1, b=2))  #= [(1), {'b': 2}]
    """,
    "closures": """
        def outer(x):
            def inner(y):
                return [x, y]
            return inner
        probe(outer(1)(2))  #= [1, 2]
    """,
    "a closure sees what is bound later": """
        x = 1
        def inner():
            return x
        probe(inner())  #= 1
        x = 2
        probe(inner())  #= 2
        def outer():
            y = 1
            def get():
                return y
            y = 2
            return get
        probe(outer()())  #= 2
    """,
    "nonlocal": """
        x = 1
        def inner():
            nonlocal x
            x = 2
            return x
        def through():
            inner()
        probe(inner())  #= 2
        probe(x)  #= 2
        x = 3
        through()
        probe(x)  #= 3 | 2
    """,
    "nonlocal on one path": """
        x = 1
        def inner(yes):
            nonlocal x
            if yes:
                x = 2
        inner(p)
        probe(x)  #= 2 | 1
    """,
    "nonlocal two levels out": """
        x = 1
        def outer():
            def inner():
                nonlocal x
                x = 2
            inner()
        outer()
        probe(x)  #= 1 | 2
    """,
    "partial": """
        from functools import partial
        def f(a, b, c=3):
            return [a, b, c]
        g = partial(f, 1, c=4)
        probe(g(2))  #= [1, 2, 4]
        probe(partial(g, 5)(c=6))  #= [1, 5, 6]
        probe(partial(dict, a=1)(b=2))  #= {'a': 1, 'b': 2}
        h = partial(*anything((f,)))
        probe(h is None)  #= any
    """,
    "decorators": """
        import functools
        def traced(f):
            @functools.wraps(f)
            def wrapper(*a, **k):
                return f(*a, **k)
            return wrapper
        @traced
        def f(x):
            return x
        probe(f(1) == 1)  #= True
    """,
    "recursion": """
        def f(n):
            return 1 if n == 0 else f(n - 1)
        probe(f(3) == 1)  #= any
    """,
    "recursion that adds": """
        def f(d, n):
            d["m"] = 1
            if n:
                f(d, n - 1)
        d = {}
        f(d, 3)
        probe(d)  #= {'m'~: any, ...}
    """,
    "a generator": """
        def g(d):
            d["a"] = 1
            yield d
            yield from [1, 2]
        for x in g({}):
            probe(x)  #= {'a': 1, ...} | 1 | 2
    """,
    "a coroutine": """
        import asyncio
        async def f(x):
            return x
        async def main():
            return await f(1)
        probe(asyncio.run(main()))  #= 1
    """,
    "a call of what is not known": """
        d = {"a": 1}
        f = anything((lambda d: d.update(b=2)))
        f(d)
        probe(d)  #= {'a': 1, ...}
    """,
    "what was deleted may come back": """
        d = {"a": 1, "b": {}}
        del d["a"]
        f = anything((lambda d: d.update(a=2)))
        f(d)
        probe(d)  #= {'b': {...}, ...}
    """,
    "methods taken off": """
        d = {}
        put = d.setdefault
        put("a", 1)
        probe(d)  #= {'a': 1}
        split = "a,b".split
        probe(split(","))  #= ['a', 'b']
    """,
    "functions in containers": """
        table = {"a": lambda: 1, "b": lambda: 2}
        probe(table["a"]())  #= 1
        probe(table["a" if p else "b"]())  #= 1 | 2
    """,
    "an argument's attribute": """
        def f(o):
            return o.real
        probe(f(1) == 1)  #= any
    """,
    "recursion that changes what it is given": """
        class Box:
            def __init__(self):
                self.n = 0
        def f(d, b, n):
            if n == 0:
                d["n"] = 0
                d["l"].append(n)
                d["in"].pop("a")
                b.n = 1
                return
            f(d, b, n - 1)
        d, b = {"n": 3, "l": [], "in": {"a": 1}}, Box()
        f(d, b, 3)
        probe(d)  #= {'n'~: any, 'l'~: [...] | any, 'in'~: {'a'~: any, ...} | any, ...}
        probe(b.n)  #= any
    """,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    check(PROGRAMS[name])
