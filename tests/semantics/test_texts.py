"""Texts: constants, and those with holes."""

from __future__ import annotations

import pytest
from probing import check

PROGRAMS = {
    "formatted": r"""
        x = 5
        probe(f"{x:>4}|{x!r:>3}|{'a'!r}|{x}")  #= "   5|  5|'a'|5"
        probe(f"a{p}b{{}}")  #= f'a{any}b{}'
        probe(f"{x:{x}}")  #= f'{any}'
        probe(f"{x=}")  #= f'{any}'
        probe(f"{x}" "y" f"{1}")  #= '5y1'
        probe(f"\n{x}\x41")  #= '\n5A'
        probe(rf"\n{x}")  #= '\\n5'
        probe(f"{p}")  #= f'{any}'
    """,
    "percent": """
        x = 5
        probe("%s-%s" % (x, "b"))  #= '5-b'
        probe("%04d|%r|%%" % (x, "a"))  #= "0005|'a'|%"
        probe("%s" % x)  #= '5'
        probe("%s" % None)  #= 'None'
        probe("%(a)s-%(b)03d" % {"a": 1, "b": 2})  #= '1-002'
        probe("%s/%s" % (p, "b"))  #= f'{any}/b'
        probe("a %s" % anything())  #= f'a {any}'
        probe("%*d" % (3, 4))  #= any
        probe("%.2f" % 1.5)  #= '1.50'
    """,
    "format": """
        probe("{}-{}".format(1, "b"))  #= '1-b'
        probe("{0}{1}{0}".format("a", "b"))  #= 'aba'
        probe("{a}{{}}{b!r:>5}".format(a=1, b="c"))  #= "1{}  'c'"
        probe("{:>{}}".format(1, 3))  #= any
        probe("{}/x".format(p))  #= f'{any}/x'
        probe("{0[0]}".format([1]))  #= f'{any}'
        probe("{a.b}".format(a=anything()) if p and not p else "")  #= f'{any}' | ''
    """,
    "joining": """
        a = "http://"
        probe(a + "h" + "/x")  #= 'http://h/x'
        probe(a + (anything("h")) + "/x")  #= f'http://{any}/x'
        probe((anything("h")) + "/x")  #= f'{any}/x'
        probe(b"a" + b"b")  #= b'ab'
        probe("ab" * 2)  #= 'abab'
        probe("ab" * p)  #= f'{any}'
        probe("a" "b")  #= 'ab'
        probe(b"a" b"b")  #= b'ab'
        probe(",".join(["a", "b"]))  #= 'a,b'
        probe("-".join(["a", anything("b")]))  #= f'a-{any}'
        probe("".join(sorted({"a", "b"})))  #= any
        probe("".join(c for c in "ab"))  #= any
    """,
    "methods of a constant": r"""
        a = " aB,c "
        probe(a.strip())  #= 'aB,c'
        probe(a.strip().lower())  #= 'ab,c'
        probe(a.strip().split(","))  #= ['aB', 'c']
        probe(a.strip().partition(","))  #= ('aB', ',', 'c')
        probe(a.replace("B", "x"))  #= ' ax,c '
        probe(a.encode())  #= b' aB,c '
        probe(a.encode("utf-16"))  #= b'\xff\xfe \x00a\x00B\x00,\x00c\x00 \x00'
        probe(a.strip().startswith("a"))  #= True
        probe(a.find(anything("a")))  #= any
        probe("é".encode("latin-1"))  #= b'\xe9'
        probe("é".encode(encoding="latin-1"))  #= b'\xe9'
        probe(b"\xe9".decode("latin-1"))  #= 'é'
        probe(b"ab".decode(encoding="ascii"))  #= 'ab'
        probe(b"\xe9".decode(encoding="latin-1"))  #= 'é'
        probe(b"ab".hex())  #= '6162'
        probe(a.strip(p or " "))  #= any
        probe("a,b".split(",")[0])  #= 'a'
        probe("a,b".rsplit(",", 1))  #= ['a', 'b']
    """,
    "methods of a text with holes": """
        t = f" Bearer {anything()} "
        probe(t.strip())  #= f'Bearer {any}'
        probe(t.lower())  #= f' bearer {any} '
        probe(t.upper())  #= f' BEARER {any} '
        probe(t.encode())  #= f' Bearer {any} '
        probe(t.replace("Bearer", "x"))  #= any
        probe(t.split(" ")[1])  #= any
        probe(f"Bearer {anything()}".strip())  #= f'Bearer {any}'
        probe(f"{anything()} ".strip())  #= f'{any}'
    """,
    "indexing": """
        a = "abc"
        probe(a[0])  #= any
        probe(a[1:])  #= 'bc'
        probe(a[::2])  #= 'ac'
        probe(a[p:])  #= any
        probe(b"abc"[:2])  #= b'ab'
    """,
    "converted": r"""
        probe(str(1))  #= '1'
        probe(str())  #= ''
        probe(str(b"ab", "ascii"))  #= 'ab'
        probe(str(b"\xe9", "latin-1"))  #= any
        probe(str([1]))  #= f'{[1]}'
        probe(str({"a": 1}))  #= f'{{'a': 1}}'
        probe(str(anything()))  #= any
        probe(bytes("ab", "utf-8"))  #= b'ab'
        probe(bytes("é", "latin-1"))  #= any
        probe(bytes("é", "utf-8"))  #= b'\xc3\xa9'
        probe(bytes(2))  #= any
        probe(bytes(b"ab"))  #= b'ab'
        probe(bytes.fromhex("6162"))  #= b'ab'
        probe(bytes.fromhex(anything("00")))  #= any
        probe(bytearray(b"a") == b"a")  #= True
    """,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    check(PROGRAMS[name])
