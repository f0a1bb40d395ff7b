"""What is called by way of something else: decorators, generators, context managers, threads, tables of functions."""

from __future__ import annotations

import pytest
from probing import check

PROGRAMS = {
    "a generator is read in turns": """
        def g(d):
            d["a"] = 1
            yield d
            d["b"] = 2
            yield d
        d = {}
        for x in g(d):
            x["c"] = 3
            probe(x)
        probe(d)
    """,
    "what a generator yields is changed afterwards": """
        def g():
            d = {"a": 1}
            yield d
            d["b"] = 2
        probe(list(g()))
        for x in g():
            probe(x)
        for x in list(g()):
            probe(x)
    """,
    "a generator that is not run to its end": """
        def g(d):
            yield 1
            d["a"] = 1
            yield 2
            raise ValueError
        d = {}
        probe(next(g(d)))  #= 1 | 2
        probe(d)
        probe(next(g(d), None))  #= 1 | 2 | None
        e = g(d)
        next(e)
        next(e)
        probe(d)
    """,
    "generators that hand one another on": """
        def g():
            yield 1
        def h(n):
            yield from g()
            yield from [2, 3][:n]
        for x in h(1):
            probe(x)
        probe([x + 1 for x in h(2)])
        probe(sorted(h(1)))
        probe(tuple(h(0)))
    """,
    "a generator in a loop, with an early end": """
        def g(n):
            for i in range(n):
                if i == 2:
                    return
                yield {"i": i}
        found = [x for x in g(4)]
        found[0]["j"] = 1
        probe(found[0])
        probe(found[1])
        for x in g(0):
            probe(x)
    """,
    "a generator that binds an outer name": """
        n = 1
        def g():
            nonlocal n
            n = 2
            yield n
        it = g()
        probe(n)
        probe(next(it))
        probe(n)
    """,
    "context managers": """
        from contextlib import contextmanager
        class Box:
            def __enter__(self):
                self.open = True
                return self
            def __exit__(self, *error):
                self.open = False
        @contextmanager
        def opened(d):
            d["a"] = 1
            yield d
            d["b"] = 2
        with Box() as box:
            probe(box.open)
        d = {}
        with opened(d) as e:
            probe(e["a"])
        probe(d)
    """,
    "decorators that wrap": """
        import functools
        def added(function):
            @functools.wraps(function)
            def wrapper(*args, **kwargs):
                return [function(*args, **kwargs), 1]
            return wrapper
        def times(n):
            def decorate(function):
                def wrapper(x):
                    return function(x + n)
                return wrapper
            return decorate
        @added
        def f(x, y=2):
            return [x, y]
        @times(2)
        @times(3)
        def g(x):
            return x
        probe(f(1))  #= [[1, 2], 1]
        probe(f(1, y=3))  #= [[1, 3], 1]
        probe(g(1))  #= 6
    """,
    "decorators of methods": """
        def added(function):
            def wrapper(self, *args):
                return [self.n, function(self, *args)]
            return wrapper
        class Box:
            n = 1
            @added
            def f(self, x):
                return [self.n, x]
            @property
            @added
            def g(self):
                return self.n
            @staticmethod
            def h(x):
                return x
            s = staticmethod(lambda x: x)
        probe(Box().f(2))  #= [1, [1, 2]]
        probe(Box().g)  #= [1, 1]
        probe(Box().h(3))  #= 3
        probe(Box().s(3))  #= 3
        probe(Box.s(4))  #= 4
        probe(type(Box()).s(4))  #= 4
        probe(Box().__class__.n)  #= 1
    """,
    "decorators that register, and a class as one": """
        table = {}
        def register(name):
            def decorate(function):
                table[name] = function
                return function
            return decorate
        class Counted:
            def __init__(self, function):
                self.function = function
                self.n = 0
            def __call__(self, x):
                self.n += 1
                return self.function(x)
        @register("a")
        def f(x):
            return x
        @Counted
        def g(x):
            return x
        probe(table["a"](1))  #= 1
        probe(g(2))  #= 2
        probe(g.n)
    """,
    "a decorator that gives something else": """
        def gone(function):
            return None
        def one(function):
            return 1
        @gone
        def f():
            return 1
        @one
        def g():
            return 1
        @(lambda function: {"a": 1})
        def h():
            return 1
        probe(f is None)
        probe(g == 1)
        probe(h == {"a": 1})
    """,
    "a decorator that adds to the class": """
        def extended(cls):
            cls.n = 1
            return cls
        @extended
        class Box:
            pass
        probe(Box.n)
        probe(Box().n)
    """,
    "threads and maps": """
        import threading
        from concurrent.futures import ThreadPoolExecutor
        def add(d, x):
            d["x"] = x
            return x
        d = {}
        t = threading.Thread(target=add, args=(d, 1))
        t.start()
        t.join()
        probe(d)
        e = {}
        threading.Thread(target=add, kwargs={"d": e, "x": 1})
        probe(e)
        with ThreadPoolExecutor() as pool:
            probe(pool.submit(add, d, 2).result())  #= 2
            probe(list(pool.map(add, [d], [3])))
        probe(d)
        probe(list(map(lambda x: x + 1, [1, 2])))  #= [2, 3]
        probe(list(map(lambda x, y: x + y, [1, 2], anything([3, 4]))))
        for x in map(str, anything([1, 2])):
            probe(x)
    """,
    "tasks": """
        import asyncio
        async def f(x):
            return x
        async def main():
            a = await asyncio.create_task(f(1))
            b, c = await asyncio.gather(f(2), f(3))
            d = await asyncio.to_thread(lambda x, y=0: [x, y], 4, y=5)
            e = await asyncio.get_running_loop().run_in_executor(None, max, 1, 2)
            return [a, b, c, d, e]
        probe(asyncio.run(main()))  #= [1, 2, 3, [4, 5], any]
    """,
    "a function of which it is not known whether it is called": """
        d = {}
        def add(e, x):
            e["a"] = x
            return x
        keep = anything((lambda function, *args: None))
        call = anything((lambda function, *args: function(*args)))
        keep(add, d, 1)
        probe(d)
        call(add, d, 2)
        probe(d)
    """,
    "callables in tables": """
        def f(x):
            return [x]
        table = {"a": f, "b": lambda x: x}
        probe(table["a"](1))  #= [1]
        probe(table.get("b")(1))  #= 1
        probe(table["a" if p else "b"](1))  #= [1] | 1
        for name, function in table.items():
            probe(function(2))
    """,
    "callables that someone else may call, or with arguments that do not fit": """
        import functools
        d = {}
        def add(e, x, *, more=0):
            e["a"] = x
            return more
        def fail(e, x):
            e["b"] = x
            raise ValueError
        call = anything((lambda *given, **named: next(one for one in given if callable(one))(
            *[one for one in given if one is not None and not callable(one)], **named)))
        call(None, add, d, 1)
        probe(d)
        call(functools.partial(add, d), p)
        probe(d)
        call(functools.partial(add, more=2), d, 3)
        probe(d)
        call(d.update, {"c": 1})
        probe(d)
        e = {}
        keep = anything((lambda function, *args, **named: None))
        keep(add, e, 1, 2, 3)
        keep(add, e, 1, x=2)
        keep(add, e, 1, other=2)
        keep(add, e)
        keep(add, "e", 1)
        keep(add, *anything([]))
        probe(e)
        try:
            call(fail, e, 4)
        except ValueError:
            probe(e)
        try:
            keep(fail, e, 5)
            probe(e)
        finally:
            probe(e)
    """,
    "runners that are given less than they need": """
        import asyncio, threading
        threading.Thread().start()
        try:
            asyncio.to_thread()
        except TypeError:
            probe(p)
        probe(list(map(max, [1, 2], [3, 4])))
        for x in map(max, *anything([[1], [2]])):
            probe(x)
    """,
    "a bound method as an attribute of another class": """
        class A:
            n = 1
            def get(self):
                return self.n
        a = A()
        class B:
            n = 2
            get = a.get
            other = A.get
        probe(B().get())  #= 1
        probe(B().other())  #= 2
    """,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    check(PROGRAMS[name])
