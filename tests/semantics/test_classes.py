"""Classes and their instances."""

from __future__ import annotations

import pytest
from probing import check

PROGRAMS = {
    "an instance": """
        class Box:
            kind = "box"
            def __init__(self, x, d=None):
                self.x = x
                self.d = d or {}
            def put(self, k):
                self.d[k] = self.x
                return self
            @property
            def both(self):
                return [self.x, self.kind]
        b = Box(1)
        probe(b.x)  #= 1
        probe(b.kind)  #= 'box'
        probe(b.put("a").d)  #= {'a': 1}
        probe(b.both)  #= [1, 'box']
        c = b
        c.x = 2
        probe(b.x)  #= 2
        b.kind = "other"
        probe(b.kind)  #= 'other'
        probe(Box.kind)  #= 'box'
        probe(b is None)  #= any
    """,
    "static and class methods": """
        import functools
        class Box:
            kind = "box"
            def __init__(self, x):
                self.x = x
            @staticmethod
            def double(x):
                return x * 2
            @classmethod
            def make(cls, x):
                b = cls(x)
                b.kind = cls.kind
                return b
            @functools.cached_property
            def twice(self):
                return self.x + self.x
        probe(Box.double(1))  #= 2
        probe(Box(1).double(2))  #= 4
        probe(Box.make(3).x)  #= 3
        probe(Box(1).make(4).kind)  #= 'box'
        probe(Box(2).twice)  #= 4
    """,
    "inheritance": """
        class Base:
            kind = "base"
            level = 1
            def __init__(self):
                self.x = 1
            def name(self):
                return self.kind
        class Child(Base):
            kind = "child"
        probe(Child().name())  #= 'child'
        probe(Child().level)  #= 1
        probe(Child().x)  #= 1
        probe(Child.kind)  #= 'child'
    """,
    "super": """
        class Base:
            def __init__(self, x):
                self.x = x
        class Child(Base):
            def __init__(self):
                super().__init__(2)
                self.y = 1
        c = Child()
        probe(c.y)  #= 1
    """,
    "attributes on one path": """
        class Box:
            x = 0
        b = Box()
        if p:
            b.x = 1
        probe(b.x)  #= 1 | 0
    """,
    "one of two instances": """
        class Box:
            def __init__(self, x):
                self.x = x
        a, b = Box(1), Box(2)
        c = a if p else b
        c.x = 3
        probe(a.x)  #= 3 | 1
        probe(c.x)  #= 3 | 1 | 2
        c.y = 4
    """,
    "a class's attribute is written": """
        class Config:
            key = ""
        def load():
            Config.key = "loaded"
        load()
        probe(Config.key)  #= '' | 'loaded'
        probe(Config().key)  #= '' | 'loaded'
    """,
    "setattr and getattr": """
        class Box:
            x = 1
        b = Box()
        setattr(b, "y", 2)
        probe(getattr(b, "y"))  #= 2
        probe(getattr(b, "x", 3))  #= 1 | 3
        probe(getattr(b, "z", 3))  #= any | 3
        setattr(b, anything("x"), 5)
        probe(b.x)  #= 1 | 5
        probe(getattr(b, anything("y")))  #= any
        probe(vars(b)["y"])  #= 2 | 5
    """,
    "copies": """
        import copy
        class Box:
            def __init__(self):
                self.d = {}
        b = Box()
        c, e = copy.copy(b), copy.deepcopy(b)
        b.d["a"] = 1
        b.n = 1
        probe(c.d)  #= {'a': 1}
        probe(e.d)  #= {}
        probe(getattr(c, "n", 0))  #= any | 0
    """,
    "called": """
        class Adder:
            def __call__(self, x):
                return x + 1
        probe(Adder()(1))  #= 2
    """,
    "a class without __init__": """
        from dataclasses import dataclass
        @dataclass
        class Point:
            x: int
            y: int = 2
        probe(Point(x=1).x)  #= 1
        probe(Point(x=1).y)  #= 2
        d = {}
        probe(Point(d, 1).y)  #= 1
        Point(d).x["a"] = 1
        probe(d)  #= {'a': 1}
        @dataclass
        class Solid(Point):
            z: int = 3
        probe(Solid(1, 2, 4).z)  #= 4
        probe(Solid(1, z=5).y)  #= 2
    """,
    "methods as values": """
        class Box:
            def __init__(self, x):
                self.x = x
            def get(self):
                return self.x
        get = Box(1).get
        probe(get())  #= 1
        unbound = Box.get
        probe(unbound(Box(2)))  #= 2
    """,
    "a class body runs": """
        class Box:
            items = []
            items.append(1)
            n = len(items)
            def helper():
                return 1
            m = helper()
        probe(Box.n)  #= 1
        probe(Box.m)  #= 1
        probe(Box.items)  #= [1]
    """,
    "a class inside a function": """
        x = 1
        class Box:
            def get(self):
                return x
        probe(Box().get())  #= 1
        x = 2
        probe(Box().get())  #= 2
    """,
    "an attribute that narrows": """
        class Box:
            x = None
        b = Box()
        if b.x is None:
            b.x = {"a": 1}
        probe(b.x)  #= {'a': 1}
        b.x["b"] = 2
        probe(b.x)  #= {'a': 1, 'b': 2}
    """,
    "a chain of attributes": """
        class Node:
            def __init__(self, child=None):
                self.child = child
                self.d = {}
        n = Node(Node())
        n.child.d["a"] = 1
        probe(n.child.d)  #= {'a': 1}
        m = n.child
        m.d["b"] = 2
        probe(n.child.d)  #= {'a': 1, 'b': 2}
    """,
    "attributes of what is not known": """
        x = anything(type("Made", (), {})())
        if p and x:
            x.y = {}
            probe(x.y)  #= any
        probe(p)  #= any
    """,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    check(PROGRAMS[name])
