"""Lists, tuples and sets."""

from __future__ import annotations

import pytest
from probing import check

PROGRAMS = {
    "a display": """
        l = [1, *[2, 3], p]
        probe(l)  #= [1, 2, 3, any]
        probe((1, "a"))  #= (1, 'a')
        probe({1, 1})  #= {1, 1}
        probe([*anything(()), 1])  #= [1, ...]
    """,
    "append and extend": """
        l = [1]
        m = l
        l.append(2)
        l.extend([3, 4])
        l += (5,)
        probe(m)  #= [1, 2, 3, 4, 5]
    """,
    "on one path": """
        l = [1]
        if p:
            l.append(2)
        probe(l)  #= [1, 2, ...]
        probe(bool(l))  #= any
    """,
    "one of two lists": """
        l, m = [1], [2]
        n = l if p else m
        n.append(3)
        probe(l)  #= [1, 3, ...]
        n += [4]
        probe(m)  #= [2, 3, 4, ...]
        n[0] = 5
        probe(l)  #= [1, 3, 4, 5, ...]
    """,
    "items": """
        l = [1, 2, 3]
        probe(l[0])  #= 1
        probe(l[-1])  #= 3
        probe(l[p])  #= 1 | 2 | 3
        probe(l[1:])  #= [2, 3]
        probe(l[::-1])  #= [3, 2, 1]
        probe((1, 2)[:1])  #= (1)
        probe(l[5:])  #= []
    """,
    "an item of a list that is not known": """
        l = [{"a": 1}, {"a": 2}]
        l[1 if p else 0]["a"] = 3
        probe(l)  #= [{'a': 1 | 3}, {'a': 2 | 3}]
    """,
    "taking out": """
        l = [1, 2]
        m = l
        probe(l.pop())  #= 1 | 2 | any
        probe(m)  #= [1, 2, ...]
        l.clear()
        probe(m)  #= []
    """,
    "taking out what can be changed": """
        d = {"a": 1}
        l = [d]
        l.pop()["b"] = 2
        probe(d)  #= {'a': 1, 'b'~: 2}
    """,
    "putting in what can be changed": """
        d = {"a": 1}
        l = []
        l.insert(0, d)
        l[0]["b"] = 2
        probe(d)  #= {'a': 1, 'b'~: 2}
    """,
    "item and slice assignment": """
        l = [1, 2]
        l[0] = 3
        probe(l)  #= [1, 2, 3, ...]
        m = [1, 2]
        m[:] = []
        probe(m)  #= [1, 2, ...]
        n = [1, 2]
        del n[0]
        probe(n)  #= [1, 2, ...]
        o = [1, 2]
        del o[:]
        probe(o)  #= [1, 2, ...]
    """,
    "joining": """
        probe([1] + [2])  #= [1, 2]
        probe((1,) + (2,))  #= (1, 2)
        probe([1] + list(anything(())))  #= [1, ...]
        probe([1] * 2)  #= any
        l = [1]
        m = l
        l *= 2
        probe(m)  #= [1, ...]
    """,
    "copying": """
        l = [1, [2]]
        m, n, o = l.copy(), list(l), l[:]
        l.append(3)
        l[1].append(4)
        probe(m)  #= [1, [2, 4]]
        probe(n)  #= [1, [2, 4]]
        probe(o)  #= [1, [2, 4]]
    """,
    "tuples are not changed in place": """
        t = (1,)
        u = t
        t += (2,)
        probe(u)  #= (1)
        probe(t)  #= (1, 2)
    """,
    "sets": """
        s = {"a"}
        t = s
        s.add("b")
        probe(t)  #= {'a', 'b'}
        s |= {"c"}
        probe(t)  #= {'a', 'b', 'c'}
        s -= {"a"}
        probe(t)  #= {'a', 'b', 'c', ...}
        probe({"a"} | {"b"})  #= {'a', 'b'}
        probe(set(["a", "a"]))  #= {'a', 'a'}
        probe(len({"a"}))  #= 1
        probe(len(set(["a", "a"])))  #= any
        probe(list({"a", "b"}))  #= ['a', 'b', ...]
        probe(list({"a"}))  #= ['a']
        probe({"a", "b"} - {"a"})  #= any
    """,
    "converted": """
        probe(list((1, 2)))  #= [1, 2]
        probe(tuple([1, 2]))  #= (1, 2)
        probe(frozenset(["a"]))  #= {'a'}
        probe(list())  #= []
        probe(sorted(["b", "a"]))  #= ['a', 'b']
        probe(sorted([2, 1]))  #= [2, 1, ...]
        probe(sorted(["b", "a"], reverse=True))  #= ['b', 'a', ...]
        probe(list("ab"))  #= any
        probe(list(range(2)))  #= any
        probe(list(reversed([1, 2])))  #= [2, 1]
        probe(list(enumerate(["a"])))  #= [(0, 'a')]
        probe(list(enumerate(["a"], 1)))  #= any
        probe(list(zip([1, 2], ["a", "b"])))  #= [(1, 'a'), (2, 'b')]
        probe(list(zip([1], anything([2]))))  #= any
    """,
    "length": """
        probe(len([1, 2]))  #= 2
        probe(len("abc"))  #= 3
        probe(len(b"ab"))  #= 2
        l = [1]
        if p:
            l.append(2)
        probe(len(l))  #= any
    """,
    "membership": """
        l = ["a", 1]
        probe("a" in l)  #= True
        probe(True in l)  #= True
        probe("z" in l)  #= False
        probe("z" not in l)  #= True
        probe(p in l)  #= any
    """,
    "a display handed on by a star": """
        def f(*rest, **others):
            probe(rest)  #= (1, 2); (1)
            probe(others)  #= {'k': 3}; {'k': 4}
        l = [1]
        f(*l, 2, k=3)
        f(*l, **{"k": 4})
    """,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    check(PROGRAMS[name])
