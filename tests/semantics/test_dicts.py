"""Dicts: what they hold, and who else holds them."""

from __future__ import annotations

import pytest
from probing import check

PROGRAMS = {
    "a display": """
        d = {"a": 1, 2: None}
        probe(d)  #= {'a': 1, 2: None}
    """,
    "a key that is written twice": """
        d = {"a": 1, "a": 2, "b": p}
        probe(d)  #= {'a': 2, 'b': any}
    """,
    "a display around mappings": """
        base = {"a": 1}
        probe({**base, "b": 2})  #= {'a': 1, 'b': 2}
        probe({"a": 2, "b": 3, **base})  #= {'a': 1, 'b': 3}
        probe({"a": 1, **anything({"a": 2, "b": 3})})  #= {'a': 1 | any, ...}
    """,
    "a display around one of two mappings": """
        base = {"a": 1} if p else {"b": 2}
        probe({**base, "c": 3})  #= {'a'?: 1, 'b'?: 2, 'c': 3}
    """,
    "an item set on one path": """
        d = {}
        if p:
            d["a"] = 1
        probe(d)  #= {'a'?: 1}
        if p:
            d["a"] = 2
        else:
            d["a"] = 3
        probe(d)  #= {'a': 2 | 3}
    """,
    "an item under one of two keys": """
        k = "a" if p else "b"
        d = {"b": 1}
        d[k] = 2
        probe(d)  #= {'b': 1 | 2, 'a'~: 2}
        probe(d[k])  #= 2 | 1
    """,
    "an item under a key that is not known": """
        d = {"a": 1}
        d.pop("b", None)
        d[anything()] = 2
        probe(d)  #= {'a': 1 | 2, ...}
        probe(d["a"])  #= 1 | 2
    """,
    "reading what may not be there": """
        d = {"a": 1}
        if p:
            d["b"] = 2
        probe(d.get("a"))  #= 1
        probe(d.get("b"))  #= 2 | None
        probe(d.get("b", "none"))  #= 2 | 'none'
        probe(d.get("c"))  #= None
        probe(d.get("c", 3))  #= 3
    """,
    "reading under a key that is not known": """
        d = {"a": 1, "b": 2}
        if p:
            k = "a"
        else:
            k = anything("b")
        probe(d[k])  #= 1 | 2
        probe(d.get(anything(), 3))  #= 1 | 2 | 3
    """,
    "deleting": """
        d = {"a": 1, "b": 2, "c": 3}
        del d["a"]
        probe(d)  #= {'a'!, 'b': 2, 'c': 3}
        probe(d.pop("b"))  #= 2
        probe(d)  #= {'a'!, 'b'!, 'c': 3}
        d.pop("c" if p else "z", None)
        probe(d)  #= {'a'!, 'b'!, 'c'~: 3}
    """,
    "deleting a key that is not known": """
        d = {"a": 1, "b": 2}
        d.pop("b" if p else "a")
        probe(d)  #= {'a'~: 1, 'b'~: 2}
        d.popitem()
        probe(d)  #= {'a'~: 1, 'b'~: 2}
    """,
    "a deleted key that is set again comes last": """
        d = {"a": 1, "b": 2}
        del d["a"]
        d["a"] = 3
        probe(list(d))  #= ['b', 'a']
    """,
    "deleted on one path": """
        d = {"a": 1}
        if p:
            d.pop("a")
        probe(d)  #= {'a'?: 1}
    """,
    "update": """
        d = {"a": 1}
        d.update({"b": 2})
        probe(d)  #= {'a': 1, 'b': 2}
        d.update(c=3, a=4)
        probe(d)  #= {'a': 4, 'b': 2, 'c': 3}
        d.update([("e", 5)])
        probe(d)  #= {'a': 4, 'b': 2, 'c': 3, 'e': 5}
        d.update({"f": 6}, g=7)
        probe(d)  #= {'a': 4, 'b': 2, 'c': 3, 'e': 5, 'f': 6, 'g': 7}
    """,
    "update with what is not known": """
        d = {"a": 1}
        d.update(anything({"a": 2, "z": 3}))
        probe(d)  #= {'a': 1 | any, ...}
    """,
    "update with what is there on one path": """
        more = {}
        if p:
            more["a"] = 2
        d = {"a": 1}
        d.update(more)
        probe(d)  #= {'a': 1 | 2}
        e = {}
        e.update(**more)
        probe(e)  #= {'a'~: 2}
    """,
    "in place and aside": """
        d = {"a": 1}
        e = d
        d |= {"b": 2}
        probe(e)  #= {'a': 1, 'b': 2}
        probe(d | {"c": 3})  #= {'a': 1, 'b': 2, 'c': 3}
        probe(d)  #= {'a': 1, 'b': 2}
    """,
    "setdefault": """
        d = {"a": 1}
        probe(d.setdefault("a", 2))  #= 1
        probe(d.setdefault("b", 2))  #= 2
        if p:
            d["c"] = 3
        probe(d.setdefault("c", 4))  #= 3 | 4
        probe(d)  #= {'a': 1, 'b': 2, 'c': 3 | 4}
        d.setdefault(anything(), 5)
        probe(d)  #= {'a': 1 | 5, 'b': 2 | 5, 'c': 3 | 4 | 5, ...}
    """,
    "setdefault without a default": """
        d = {}
        probe(d.setdefault("a"))  #= None
        probe(d)  #= {'a': None}
    """,
    "a list that setdefault puts in": """
        d = {}
        d.setdefault("l", []).append(1)
        d.setdefault("l", []).append(2)
        probe(d)  #= {'l': [1, 2]}
    """,
    "clear": """
        d = {"a": 1}
        e = d
        d.clear()
        probe(e)  #= {}
    """,
    "copies": """
        d = {"a": 1, "in": {"b": 2}}
        one, two, three = d.copy(), dict(d), {**d}
        d["a"] = 3
        d["in"]["b"] = 4
        probe(one)  #= {'a': 1, 'in': {'b': 4}}
        probe(two)  #= {'a': 1, 'in': {'b': 4}}
        probe(three)  #= {'a': 1, 'in': {'b': 4}}
    """,
    "a deep copy": """
        import copy
        d = {"a": 1, "in": {"b": 2}, "l": [{"c": 3}]}
        one = copy.deepcopy(d)
        d["in"]["b"] = 4
        d["l"][0]["c"] = 5
        probe(one)  #= {'a': 1, 'in': {'b': 2}, 'l': [{'c': 3}]}
        probe(d)  #= {'a': 1, 'in': {'b': 4}, 'l': [{'c': 5}]}
    """,
    "a deep copy of what holds itself": """
        import copy
        d = {"a": 1}
        d["me"] = d
        e = copy.deepcopy(d)
        e["me"]["a"] = 2
        probe(e["a"])  #= 2
        probe(d["a"])  #= 1
    """,
    "two names for one mapping": """
        d = {"a": 1}
        e = d
        e["b"] = 2
        probe(d)  #= {'a': 1, 'b': 2}
    """,
    "one of two mappings is written": """
        d, e = {"a": 1}, {"b": 2}
        f = d if p else e
        f["c"] = 3
        probe(d)  #= {'a': 1, 'c'~: 3}
        probe(e)  #= {'b': 2, 'c'~: 3}
        probe(f)  #= {'a': 1, 'c'~: 3} | {'b': 2, 'c'~: 3}
    """,
    "one of two mappings is updated in place": """
        d, e = {"a": 1}, {"b": 2}
        f = d if p else e
        f |= {"c": 3}
        probe(d)  #= {'a': 1, 'c'~: 3}
        f.update(e=5)
        probe(e)  #= {'b': 2, 'c'~: 3, 'e'~: 5}
        del f["c"]
        probe(d)  #= {'a': 1, 'c'~: 3, 'e'~: 5}
    """,
    "a mapping inside a mapping": """
        inner = {"a": 1}
        d = {"in": inner}
        d["in"]["b"] = 2
        probe(inner)  #= {'a': 1, 'b': 2}
        inner["c"] = 3
        probe(d)  #= {'in': {'a': 1, 'b': 2, 'c': 3}}
    """,
    "views": """
        d = {"a": 1, "b": 2}
        probe(list(d))  #= ['a', 'b']
        probe(list(d.keys()))  #= ['a', 'b']
        probe(list(d.values()))  #= [1, 2]
        probe(list(d.items()))  #= [('a', 1), ('b', 2)]
        probe(dict(d.items()))  #= {'a': 1, 'b': 2}
    """,
    "views of what may be there": """
        d = {"a": 1}
        if p:
            d["b"] = 2
        probe(list(d))  #= ['a', 'b', ...]
        probe(list(d.values()))  #= [1, 2, ...]
        probe(dict(d.items()))  #= {'a': 1, 'b'?: 2}
    """,
    "dict and fromkeys": """
        probe(dict(a=1))  #= {'a': 1}
        probe(dict([("a", 1), ["b", 2]]))  #= {'a': 1, 'b': 2}
        probe(dict({"a": 1}, b=2))  #= {'a': 1, 'b': 2}
        probe(dict.fromkeys(["a", "b"], 0))  #= {'a': 0, 'b': 0}
        probe(dict.fromkeys(("a",)))  #= {'a': None}
        probe(dict(anything({})))  #= {...}
    """,
    "an ordered mapping and a view of one": """
        from collections import OrderedDict
        from types import MappingProxyType
        d = OrderedDict(a=1)
        view = MappingProxyType(d)
        d["b"] = 2
        probe(view["b"])  #= 2
        d.move_to_end("a")
        probe(dict(d))  #= {'a'~: 1 | any, 'b'~: 2 | any, ...}
    """,
    "a method called under another name": """
        d = {"a": 1}
        put = d.update
        put({"b": 2})
        probe(d)  #= {'a': 1, 'b': 2}
        d.__setitem__("c", 3)
        probe(d)  #= {'a': 1, 'b': 2, 'c': 3}
    """,
    "True is 1": """
        d = {1: "one"}
        d[True] = "true"
        probe(d)  #= {1: 'true'}
        probe(1 in d)  #= True
    """,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    check(PROGRAMS[name])
