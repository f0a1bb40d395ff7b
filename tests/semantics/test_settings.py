"""What is set outside: variables, ini files, command lines, and what becomes of their fallbacks."""

from __future__ import annotations

import pytest
from probing import check

PROGRAMS = {
    "a text made of a variable": """
        import os
        probe(os.getenv("PROBE_NOT_SET", "a,b").split(","))  #= $PROBE_NOT_SET else ['a', 'b']
        probe(os.getenv("PROBE_NOT_SET", "a,b").split(",")[0])  #= $PROBE_NOT_SET else 'a'
        probe(os.getenv("PROBE_NOT_SET", "a,b").split(",")[1:])  #= $PROBE_NOT_SET else ['b']
        probe(os.getenv("PROBE_NOT_SET", "a,b").replace(",", ""))  #= $PROBE_NOT_SET else 'ab'
        probe([x.upper() for x in os.getenv("PROBE_NOT_SET", "a,b").split(",")])  #= $PROBE_NOT_SET else ['A', 'B']
        probe(list(os.getenv("PROBE_NOT_SET", "a,b").split(",")))  #= $PROBE_NOT_SET else ['a', 'b']
        probe(f"{os.getenv('PROBE_NOT_SET', 'a')}")  #= $PROBE_NOT_SET else 'a'
        probe(f"{os.getenv('PROBE_NOT_SET', 'a')}b")  #= f'{$PROBE_NOT_SET else 'a'}b'
        probe(os.getenv("PROBE_NOT_SET", "a").startswith("a"))  #= $PROBE_NOT_SET else True
        probe(os.getenv("PROBE_NOT_SET").split(":")[0] if p and not p else 1)  #= any | 1
        probe(os.getenv("PROBE_NOT_SET", "ab")[0])  #= $PROBE_NOT_SET else any
    """,
    "a variable that is compared": """
        import os
        probe(os.getenv("PROBE_NOT_SET", "no") == "yes")  #= $PROBE_NOT_SET else False
        probe("yes" != os.getenv("PROBE_NOT_SET", "no").lower())  #= $PROBE_NOT_SET else True
        probe(os.getenv("PROBE_NOT_SET", "yes") in ("1", "yes"))  #= $PROBE_NOT_SET else True
        x = os.getenv("PROBE_NOT_SET", os.getenv("PROBE_NEITHER", "no"))
        probe(x == "yes")  #= $PROBE_NOT_SET else $PROBE_NEITHER else False
        probe(os.getenv("PROBE_NOT_SET") == "yes")  #= $PROBE_NOT_SET else False
        probe(os.getenv("PROBE_NOT_SET", "no") == anything("no"))  #= any
        probe("a" < os.getenv("PROBE_NOT_SET", "b") < "c")  #= any
        if os.getenv("PROBE_NOT_SET", "no") == "yes":
            tick()
        else:
            probe(2)  #= 2
    """,
    "a fallback that is refused": """
        import os
        x = os.getenv("PROBE_NOT_SET", "a" if p else "b" if q else "cc" if r else "ddd")
        if x == "a":
            return
        probe(x)  #= $PROBE_NOT_SET else 'b' | 'cc' | 'ddd'
        if x in ("b", "d"):
            probe(x)  #= $PROBE_NOT_SET else 'b'
            return
        probe(x)  #= $PROBE_NOT_SET else 'cc' | 'ddd'
        if len(x) > 3:
            return
        probe(x)  #= $PROBE_NOT_SET else 'cc' | 'ddd'
        if len(x) < 3:
            return
        probe(x)  #= $PROBE_NOT_SET else 'ddd'
    """,
    "a length narrows texts": """
        x = "a" if p else "bbb" if q else anything("cc")
        least = 2
        if len(x) >= least:
            probe(x)  #= 'bbb' | any
        else:
            probe(x)  #= 'a' | any
    """,
    "a fallback that a helper refuses": """
        import os
        def program(p, q, r):
            x = os.getenv("PROBE_NOT_SET", "a" if p else "b")
            refuse(x)
            probe(x)  #= $PROBE_NOT_SET else 'b'
            probe(os.getenv("PROBE_NOT_SET", "a"))  #= $PROBE_NOT_SET else 'a'
        def refuse(value):
            if value == "a":
                raise ValueError
    """,
    "a variable that has to be set": """
        import os
        def program(p, q, r):
            x = os.getenv("PATH", "a")
            if p:
                require("PATH")
                probe(x)  #= $PATH
                probe(os.getenv("PATH", "b"))  #= $PATH
            probe(x)  #= $PATH else 'a'
            if "PROBE_NOT_SET" not in os.environ:
                probe(os.getenv("PROBE_NOT_SET", "a"))  #= $PROBE_NOT_SET else 'a'
        def require(name):
            if name not in os.environ:
                raise ValueError
    """,
    "a variable that is put in where it is missing": """
        import os
        if "PROBE_PUT_IN_TOO" not in os.environ:
            os.environ["PROBE_PUT_IN_TOO"] = "a"
        probe(os.environ["PROBE_PUT_IN_TOO"])  #= $PROBE_PUT_IN_TOO else 'a'
        probe(os.getenv("PROBE_PUT_IN_TOO"))  #= $PROBE_PUT_IN_TOO else 'a'
    """,
    "membership tells what is not known, and leaves what is set outside": """
        import os
        x = os.getenv("PROBE_NOT_SET", "a" if p else "c")
        if x in ("a", "b"):
            probe(x)  #= $PROBE_NOT_SET else 'a'
        else:
            probe(x)  #= $PROBE_NOT_SET else 'c'
    """,
    "sets": """
        x = frozenset({"a", "b"})
        probe("a" in x)  #= True
        probe("c" in x)  #= False
        probe("c" in set(x))  #= False
    """,
    "a chain of mappings": """
        from collections import ChainMap
        first, second = {"a": 1}, {"a": 2, "b": 3}
        chain = ChainMap(first, second)
        probe(chain["a"])  #= 1
        probe(chain["b"])  #= 3
        probe(chain.get("c"))  #= any | None
        probe("c" in chain)  #= any
        second["c"] = 4
        probe(chain.get("c"))  #= any | None
        probe(ChainMap(anything({}), {"a": 1})["a"])  #= 1 | any
    """,
    "an ini file": '''
        import configparser
        parser = configparser.ConfigParser({"Of All": "x"})
        parser.read_string("""
        [One]
        Name = a
        other = %(name)s
        """)
        probe(parser["One"]["name"])  #= 'a'
        probe(parser.get("One", "NAME"))  #= 'a'
        probe(parser["One"]["other"])  #= any
        probe(parser["One"]["of all"])  #= 'x'
        probe(parser.get("One", "more", fallback="b"))  #= $One.more else 'b'
        probe(parser["One"].get("more"))  #= $One.more else None
        parser.read_dict({"One": {"name": "c"}, "Two": {"x": "y"}})
        probe(parser["One"]["name"])  #= 'c'
        probe(parser["Two"]["x"])  #= 'y'
        parser.read("not-there.ini")
        probe(parser["One"]["name"])  #= $One.name else 'c'
        parser["One"]["name"] = "d"
        probe(parser["One"]["name"])  #= 'd'
        parser.set("One", "name", "e")
        probe(parser["One"]["name"])  #= 'e'
        parser["One"] = {"new": "f"}
        probe(parser["One"]["new"])  #= 'f'
        probe(parser["One"].get("name"))  #= $One.name else None
        parser["Two"][anything("x")] = "g"
        probe(parser["Two"]["x"])  #= $Two.x
    ''',
    "an ini file whose sections are not seen": '''
        import configparser
        parser = configparser.ConfigParser()
        parser.read_string("""
        [One]
        name = a
        """)
        parser[anything("One")] = {"name": "b"}
        probe(parser["One"]["name"])
        probe(parser.get(anything("One"), "name"))
        probe(parser.get("One", anything("name"), fallback="c"))
        parser.read_dict({"Two": {"name": "d"}})
        probe(parser["Two"]["name"])
        parser["Two"] = anything({"name": "e"})
        probe(parser["Two"]["name"])
        parser.read_string(anything("[Two]\\nname = f"))
        probe(parser["Two"]["name"])
    ''',
    "a text that is no ini file": """
        import configparser
        parser = configparser.ConfigParser()
        try:
            parser.read_string("[One")
        except configparser.Error:
            probe(1)  #= 1
    """,
    "a command line": """
        import argparse
        parser = argparse.ArgumentParser()
        parser.add_argument("--first-one", "-f", default="a")
        parser.add_argument("-s", "--second", dest="renamed", default="b")
        parser.add_argument("--third")
        parser.add_argument("--flag", action="store_true", default=False)
        group = parser.add_argument_group("more")
        group.add_argument("--fourth", default="d")
        parser.set_defaults(third="c", fifth=5)
        args = parser.parse_args([])
        probe(args.first_one)  #= $first_one else 'a'
        probe(args.renamed)  #= $renamed else 'b'
        probe(args.third)  #= $third else 'c'
        probe(args.flag)  #= $flag else False
        probe(args.fourth)  #= $fourth else 'd'
        probe(args.fifth)  #= $fifth else 5
        known, rest = parser.parse_known_args(["x"])
        probe(known.first_one)  #= $first_one else 'a'
        probe(rest)  #= [...]
        probe(vars(args)["renamed"])  #= $renamed else 'b'
    """,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    check(PROGRAMS[name])
