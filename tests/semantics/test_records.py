"""Record classes of the standard library, and `super()`."""

from __future__ import annotations

import pytest
from probing import check

PROGRAMS = {
    "defaults and factories": """
        from dataclasses import dataclass, field
        @dataclass
        class Point:
            x: int
            y: int = 2
            tags: list = field(default_factory=list)
            made: dict = field(default_factory=lambda: {"a": 1}, init=False)
            z: int = field(default=3, kw_only=True)
        a, b = Point(1), Point(x=1, y=5, z=6)
        a.tags.append(1)
        probe([a.x, a.y, a.z])  #= [1, 2, 3]
        probe([b.x, b.y, b.z])  #= [1, 5, 6]
        probe(a.tags)  #= [1]
        probe(b.tags)  #= []
        probe(b.made)  #= {'a': 1}
        probe(Point.y)  #= 2
        probe(Point.z)  #= 3
    """,
    "an argument on one path": """
        from dataclasses import dataclass
        @dataclass
        class Point:
            x: int
            y: int = 2
        more = {"x": 1}
        if p:
            more["y"] = 3
        probe(Point(**more).y)  #= 3 | 2
        probe(Point(*[1, 2]).y)  #= 2
        probe(Point(**anything({"x": 1})).y)  #= 2 | any
        probe(Point(*anything((1, 2))).y)  #= 2 | any
    """,
    "fields of bases": """
        from dataclasses import dataclass
        @dataclass
        class Base:
            a: int
            b: int = 2
        class Plain(Base):
            c: int = 3
        @dataclass(kw_only=True)
        class Child(Plain):
            b: int = 4
            d: int
        one = Child(1, d=5)
        probe([one.a, one.b, one.c, one.d])  #= [1, 4, 3, 5]
        probe(Plain(1, 7).b)  #= 7
    """,
    "what is no field": """
        from dataclasses import dataclass, InitVar, KW_ONLY
        from typing import ClassVar
        @dataclass
        class Point:
            kind: ClassVar[str] = "point"
            x: int
            more: InitVar[int] = 5
            z: int = 4
            _: KW_ONLY
            y: int = 1
        def program():
            probe([Point(2).x, Point(2, y=3).y])  #= [2, 3]
            probe(Point(2).kind)  #= 'point'
            probe(Point(2, 7, 8).z)  #= 8
    """,
    "after __init__": """
        from dataclasses import dataclass, field
        @dataclass
        class Point:
            x: int
            y: int = field(init=False)
            def __post_init__(self):
                self.y = self.x
                if self.y == 3:
                    raise ValueError
        probe(Point(1).y)  #= 1
        try:
            Point(3)
            probe(p)  #= unreachable
        except ValueError:
            probe(2)  #= 2
    """,
    "an __init__ of its own": """
        from dataclasses import dataclass
        class Plain:
            def __init__(self, a):
                self.a = a
        @dataclass
        class Child(Plain):
            b: int = 1
        @dataclass
        class Other:
            b: int = 1
            def __init__(self):
                self.b = 2
        @dataclass(init=False)
        class Third(Plain):
            b: int = 1
        probe(Child(5).b)  #= 5
        probe(Other().b)  #= 2
        probe([Third(3).a, Third(3).b])  #= [3, 1]
    """,
    "as dicts": """
        from dataclasses import asdict, dataclass, field, replace
        @dataclass
        class Inner:
            x: int = 1
        @dataclass
        class Outer:
            inner: Inner
            d: dict = field(default_factory=dict)
            many: tuple = ()
        o = Outer(Inner(), many=(Inner(2),))
        made = asdict(o)
        o.d["a"] = 1
        probe(made)  #= {'inner': {'x': 1}, 'd': {}, 'many': ({'x': 2})}
        o.extra = 5
        probe("extra" in asdict(o))  #= False
        probe(asdict(o)["d"])  #= {'a': 1}
        probe(asdict(replace(o, d={}))["d"])  #= {}
        probe(vars(Inner(3)))  #= {'x': 3}
        probe(Inner(3).__dict__)  #= {'x': 3}
        probe(asdict(Inner(3), dict_factory=lambda pairs: {"y": 1}))  #= {...}
    """,
    "a field on one path": """
        from dataclasses import asdict, dataclass
        @dataclass
        class Point:
            x: int = None
        point = Point()
        if p:
            point.x = 1
        probe(asdict(point))  #= {'x': 1 | None}
    """,
    "escaped": """
        from dataclasses import asdict, dataclass
        @dataclass
        class Point:
            d: dict
            x: int = None
        def program(p):
            point = Point({})
            anything(lambda one: (setattr(one, "x", 1), one.d.update(a=1)))(point)
            probe(asdict(point))  #= {'d': {...}, 'x': any}
    """,
    "named tuples": """
        from collections import namedtuple
        from typing import NamedTuple
        class Point(NamedTuple):
            x: int
            y: int = 2
            def sum(self):
                return self.x + self.y
        Pair = namedtuple("Pair", "a b")
        Trio = namedtuple("Trio", ["a", "b", "c"])
        Typed = NamedTuple("Typed", [("a", int), ("b", str)])
        probe(Point(1).sum())  #= 3
        probe(Point(1)._asdict())  #= {'x': 1, 'y': 2}
        probe(Point(1)._replace(y=5).y)  #= 5
        probe(Pair(1, 2)._asdict())  #= {'a': 1, 'b': 2}
        probe(Pair(b=1, a=2).a)  #= 2
        probe(Trio(1, 2, 3).c)  #= 3
        probe(Typed(1, "x").b)  #= 'x'
        a, b = Pair(1, 2)
        probe(a)  #= any
        probe(Pair(1, 2)[0])  #= any
    """,
    "typed dicts": """
        from typing import TypedDict
        class Point(TypedDict, total=False):
            x: int
            y: int
        probe(Point(x=1))  #= {'x': 1}
        probe({**Point(x=1), "y": 2})  #= {'x': 1, 'y': 2}
        probe(Point({"x": 2}))  #= {'x': 2}
    """,
    "super": """
        class Base:
            kind = "base"
            def __init__(self, x):
                self.x = x
            def name(self):
                return "base"
            @classmethod
            def make(cls, x):
                return cls(x)
            @property
            def both(self):
                return [self.x, self.kind]
        class Child(Base):
            kind = "child"
            def __init__(self, x, y=2):
                super().__init__(x)
                self.y = y
            def name(self):
                return super().name() + "child"
            @classmethod
            def make(cls, x):
                made = super().make(x)
                made.y = 5
                return made
            @property
            def both(self):
                return super().both + [self.y]
        class Old(Child):
            def name(self):
                return super(Old, self).name() + "old"
        probe([Child(1).x, Child(1).y])  #= [1, 2]
        probe(Old(1).name())  #= 'basechildold'
        probe(Old.make(3).y)  #= 5
        probe(Child(1).both)  #= [1, 'child', 2]
    """,
    "super and several bases": """
        class Top:
            def names(self):
                return ["top"]
        class Left(Top):
            def names(self):
                return ["left"] + super().names()
        class Right(Top):
            def names(self):
                return ["right"] + super().names()
        class Bottom(Left, Right):
            def names(self):
                return ["bottom"] + super().names()
        probe(Bottom().names())  #= ['bottom', 'left', 'right', 'top']
        probe(Left().names())  #= ['left', 'top']
    """,
    "super of a record, of nothing, of something unseen": """
        from dataclasses import dataclass
        class Unseen(type(anything(object()))):
            def __init__(self):
                super().__init__()
                self.x = 1
        class Bare:
            def __init__(self):
                super().__init__()
                self.x = 2
        @dataclass
        class Base:
            a: int
            b: int = 2
        class Child(Base):
            def __init__(self, a):
                super().__init__(a=a)
                self.c = 3
        probe([Bare().x, Child(1).a, Child(1).b, Child(1).c])  #= [2, 1, 2, 3]
        probe(Unseen().x)  #= 1
    """,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    check(PROGRAMS[name])
