"""Arithmetic, comparison and conversion."""

from __future__ import annotations

import pytest
from probing import check

PROGRAMS = {
    "arithmetic": """
        probe(1 + 2 * 3)  #= 7
        probe(7 // 2)  #= 3
        probe(7 / 2)  #= 3.5
        probe(7 % 4)  #= 3
        probe(2 ** 10)  #= 1024
        probe(1.5 + 1)  #= 2.5
        probe(True + 1)  #= 2
        probe(-5)  #= -5
        probe(-True)  #= -1
        probe(+True)  #= any
        probe(+5)  #= any
        probe(~5)  #= any
        probe(1 << 3)  #= any
        probe(10 ** 1000 > 0)  #= any
        probe(p + 1)  #= any
        probe((1 if p else 2) + 1)  #= 2 | 3
        probe(2 ** -1)  #= any
        probe("a" "b" if p else 1)  #= 'ab' | 1
    """,
    "at the edges": """
        x = 1 / 0 if p and not p else 1
        probe(x)  #= any | 1
        probe(99999.0 ** 60)  #= 9.994001769657849e+299
        probe(0x10 + 0b1 + 0o7 + 1_000)  #= 1024
        probe(1e3)  #= 1000.0
        probe(2j)  #= 2j
    """,
    "comparing": """
        probe(1 < 2)  #= True
        probe(1 <= 1)  #= True
        probe(2 > 3)  #= False
        probe(2 >= 3)  #= False
        probe(1 < 2 < 3)  #= True
        probe(1 < 3 < 2)  #= False
        probe(1 == 1.0)  #= True
        probe(1 == True)  #= True
        probe("a" != "b")  #= True
        probe("a" == p)  #= any
        probe(p < 1)  #= any
        probe("a" < "b")  #= any
        probe(None is None)  #= True
        probe({} is None)  #= False
        probe([] == None)  #= False
        probe("x" is not None)  #= True
        probe(True is True)  #= True
        probe("b" in "abc")  #= True
        probe("b" not in "abc")  #= False
        probe({"a": 1} == {"a": 1})  #= any
    """,
    "converted": """
        probe(int("7"))  #= 7
        probe(int(7.9))  #= 7
        probe(int("x") if p and not p else 0)  #= any | 0
        probe(int("ff", 16))  #= any
        probe(float(1))  #= 1.0
        probe(round(2.7))  #= 3
        probe(round(2.567, 2))  #= any
        probe(int(True))  #= 1
        probe(int(1 if p else 2.5))  #= 1 | 2
        probe(int(p))  #= any
        import math
        probe(math.floor(2.7))  #= 2
        probe(math.ceil(2.1))  #= 3
        probe(abs(-1))  #= any
        probe(max(1, 2))  #= any
        probe(bool(1))  #= any
    """,
    "augmented": """
        n = 1
        n += 2
        probe(n)  #= 3
        n -= 1
        n *= 6
        n //= 2
        n %= 4
        probe(n)  #= 2
        n /= 4
        probe(n)  #= 0.5
        n = 2
        n **= 3
        probe(n)  #= 8
        n <<= 1
        probe(n)  #= any
        t = "a"
        t += "b"
        probe(t)  #= 'ab'
        m = 1 if p else 2
        m += 1
        probe(m)  #= 2 | 3
    """,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    check(PROGRAMS[name])
