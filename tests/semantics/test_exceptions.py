"""Exceptions: where a handler may start, and what `finally` and `with` run after."""

from __future__ import annotations

import pytest
from probing import check

PROGRAMS = {
    "a handler starts anywhere in the body": """
        d = {}
        x = 0
        try:
            d["a"] = 1
            x = 1
            int("x" if p else "1")
            d["b"] = 2
            x = 2
        except ValueError:
            probe(d)  #= {'a'~: 1, 'b'~: 2}
            probe(x)  #= 0 | 1
        probe(d)  #= {'a'~: 1, 'b'~: 2}
        probe(x)  #= 2 | 0 | 1
    """,
    "else and finally": """
        x = 0
        try:
            x = int("x" if p else "1")
        except ValueError:
            x = "bad"
        else:
            probe(x)  #= any | 1
        finally:
            y = x
            probe(y)  #= any | 1 | 'bad' | 0; any | 1 | 'bad'
        probe(y)  #= any | 1 | 'bad'
    """,
    "a handler that leaves": """
        try:
            x = int("x" if p else "1")
        except ValueError:
            return
        probe(x)  #= any | 1
    """,
    "a fallback": """
        import os
        try:
            key = os.environ["PROBE_NOT_SET"]
        except KeyError:
            key = "a"
        probe(key)  #= $PROBE_NOT_SET | 'a'
    """,
    "a body that always raises": """
        try:
            raise KeyError
            x = 1
        except KeyError:
            x = 2
        probe(x)  #= 2
    """,
    "what a called function did before it raised": """
        def write(d):
            d["a"] = 1
            raise ValueError
        d = {}
        try:
            write(d)
        except ValueError:
            pass
        probe(d)  #= {'a'~: 1}
    """,
    "what a function called by a called function did before it raised": """
        def inner(d):
            d["a"] = 1
            raise ValueError
        def outer(d):
            inner(d)
        d = {}
        try:
            outer(d)
        except ValueError:
            pass
        probe(d)  #= {'a'~: 1}
    """,
    "a statement that raises after half of its work": """
        d = {"a": 1}
        try:
            x = d.pop("a") + d["zz"]
        except KeyError:
            pass
        probe(d)  #= {'a'~: 1}
    """,
    "finally after a return": """
        def f(d):
            try:
                return d
            finally:
                d["a"] = 1
        probe(f({}))  #= {'a': 1}
    """,
    "a return in finally": """
        def f():
            try:
                return 1
            finally:
                return 2
        probe(f())  #= 2
    """,
    "finally after break and continue": """
        d = {}
        for x in (1, 2):
            try:
                if p:
                    break
                continue
            finally:
                d["a"] = x
        probe(d)  #= {'a': 2 | 1}
    """,
    "finally after an exception": """
        d = {}
        try:
            try:
                raise ValueError
            finally:
                d["a"] = 1
        except ValueError:
            probe(d)  #= {'a'~: 1}
    """,
    "finally that leaves": """
        x = 1
        for _ in (1,):
            try:
                x = 2
                raise ValueError
            finally:
                break
        probe(x)  #= 1 | 2
    """,
    "nested handlers": """
        x = 0
        try:
            try:
                x = 1
                int("x" if p else "1")
            except KeyError:
                x = "never"
            x = 2
        except ValueError:
            x = "outer"
        probe(x)  #= 2 | 'outer'
    """,
    "a handler that raises again": """
        x = 0
        try:
            try:
                int("x")
            except ValueError as error:
                x = 1
                raise KeyError from error
        except KeyError:
            probe(x)  #= 0 | 1
    """,
    "suppress": """
        from contextlib import suppress
        d = {"b": 0}
        with suppress(KeyError):
            d["a"] = 1
            del d["z" if p else "b"]
            d["c"] = 2
        probe(d)  #= {'b'~: 0, 'a'~: 1, 'c'~: 2}
    """,
    "with": """
        class Manager:
            def __enter__(self):
                return self
            def __exit__(self, *args):
                return None
        d = {}
        with Manager() as m, Manager():
            d["a"] = 1
        probe(d)  #= {'a': 1}
        probe(m is None)  #= any
    """,
    "an exception group": """
        x = 0
        try:
            x = 1
            raise ExceptionGroup("g", [ValueError()])
        except* ValueError:
            probe(x)  #= 0 | 1
    """,
    "leaving the program": """
        import sys
        x = 1
        if p:
            sys.exit()
            x = 2
        probe(x)  #= 1
    """,
    "a helper that always raises": """
        def fail():
            raise ValueError
        x = None if p else 1
        if x is None:
            fail()
        probe(x)  #= 1
        y = 1 if p is not None else fail()
        probe(y)  #= 1
        z = p is not None or fail()
        probe(z)  #= any
    """,
    "a module's own handlers": """
        try:
            import missing_module_of_probes as module
        except ImportError:
            module = None
        probe(module)  #= missing_module_of_probes | None
    """,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    check(PROGRAMS[name])
