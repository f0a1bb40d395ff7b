"""What random programs are made of: see random_programs.py for what the `$` places stand for."""

from __future__ import annotations

NAMES = {
    "d": ("d1", "d2", "d3"),
    "l": ("l1", "l2"),
    "s": ("s1", "s2", "s3"),
    "o": ("o1", "o2"),
    "f": ("p", "q", "r", "not p", "not q"),
    "k": ("'a'", "'b'", "'c'", "'a'", "'b'", "'c'", "$s"),
    "v": ("1", "2", "None", "'a'", "'b'", "True", "''", "0", "$s", "$s", "$d"),
}

MODULE = """\
import copy, functools
from contextlib import suppress
class Box:
    kind = 'box'
    def __init__(self, x, d=None):
        self.x = x
        self.d = {'a': x} if d is None else d
    def put(self, k, v):
        self.d[k] = v
        return self
    @property
    def both(self):
        return [self.x, self.kind]
"""

HELPER = """\
d2 = {} if d2 is None else d2
l1 = [1] if l1 is None else l1
d3, l2, s2, s3, p, q, r, o1 = d1, l1, s1, 'b', s1, d1, l1, Box(s1)
o2 = o1
"""

START = """\
d1, d2, d3 = {}, {'a': 1}, {'b': 2}
l1, l2 = [], ['a']
s1, s2, s3 = None, 1, 'a'
o1, o2 = Box(1), Box('a')
"""

PROBED = ("d1", "d2", "d3", "l1", "l2", "s1", "s2", "s3", "o1.x", "o1.d", "o2.d", "o1.kind")

DICTS = """\
{}
{$k: $v}
{**$d, $k: $v}
{$k: $v, **$d}
dict($d)
dict($d, a=$v)
$d.copy()
$d | $d
copy.deepcopy($d)
$d
$d
($d if $f else $d)
($d or $d)
($d and $d)
dict(a=$v)
dict([($k, $v)])
{x: y for x, y in $d.items()}
{x: y for x, y in $d.items() if y}
{x: $v for x in $d}
{x: $v for x in ('a', 'b') if $f}
dict.fromkeys(('a', $k), $v)
dict($d.items())
o1.d
o2.d
Box($v, $d).d
dict(**$d)
dict($d, **$d)
(lambda x: x)($d)
functools.partial(dict, a=$v)()
({} if $f else {$k: $v})
(x := $d)
""".splitlines()

LISTS = """\
[]
[$v]
[$v, $v]
[*$l, $v]
$l
$l + $l
$l[:]
$l[1:]
list($l)
list($d)
list($d.values())
list($d.keys())
list(set($l))
list(range(2))
sorted($d)
o1.both
[x for x in $l]
[x for x in $l if x]
[x for x in ('a', 'b') if $f]
[x for x, y in $d.items()]
[x for x in $d if x in $l]
($l if $f else $l)
'a,b'.split(',')
'a,b'.split($s)
""".splitlines()

SCALARS = """\
$v
$s
$d.get($k)
$d.get($k, $v)
$d[$k]
$d.pop($k, $v)
$d.pop($k)
$d.pop($k, $v) or $v
$d.setdefault($k, $v)
($d or {}).get($k, $v)
$l[0]
$l[-1]
$l.pop()
next(iter($l), $v)
len($l)
len($d)
($v if $c else $v)
not $s
($s or $v)
($s and $v)
$k in $d
$k in $l
$s in ('a', 'b')
$s is $v
$s == $v
$s != $v
$s < $s
$d is $d
f'{$s}-{$s}'
'%s-%s' % ($s, $s)
'{}'.format($s)
','.join($l)
str($s)
$s + $s
$s + $v
$s * 2
bool($s)
max($s, 1)
isinstance($s, str)
o1.x
o2.x
o1.kind
o2.kind
getattr(o1, 'x', $v)
(s3 := $v)
(lambda: $s)()
sum(1 for x in $l)
any($l)
anything()
""".splitlines()

CONDITIONS = """\
$f
$f
$f
p and q
p or q
p == q
p is q
p is True
p and $s
$s or q
$s
not $s
bool($s)
$s is None
$s is not None
$s == $v
$s != $v
$s == $s
$s is $s
$s == 1 == $s
$s in ('a', 'b')
$s not in ('a', None)
$s in $l
$s in $d
$k in $d
$k not in $d
$k in $d and $d[$k]
$k in $d or $k in $d
p or $k in $d
$d
not $d
$l
not $l
len($l) > 1
1 < len($d)
$d == $d
$d is $d
$d.get($k)
not $d.get($k)
$d.get($k) is None
$d.get($k) == $v
$d.get($k, $v)
$d.get($k, $v) == $v
$d.get($k) and $d.pop($k)
$d.pop($k, None)
not ($s and $d)
($s := $d.get($k)) is None
(s2 := $s)
all((p, $s))
isinstance(s1, str)
o1.x
o1.x is None
o1.x == $v
o1.d
""".splitlines()

DICT_WRITES = """\
$d[$k] = $v
$d[$k] = $v
$d[$k] = $v
$d[$k] += 1
$d[$k], $s = $v, $v
$d['n'] = $d
$d['n'][$k] = $v
$d['l'] = $l
$d.update($d)
$d.update({$k: $v})
$d.update(a=$v)
$d.update([($k, $v)])
$d.update(**$d)
$d |= $d
del $d[$k]
del $d[$k], $d[$k]
$d.pop($k, None)
$d.pop($k)
$d.popitem()
$d.clear()
$d.setdefault($k, $v)
$d.setdefault('l', []).append($v)
$d.setdefault('n', {})[$k] = $v
$d.get('n', $d)[$k] = $v
$d.__setitem__($k, $v)
o1.d[$k] = $v
($d if $f else $d)[$k] = $v
($d.update if $f else $d.update)({$k: $v})
""".splitlines()

LIST_WRITES = """\
$l.append($v)
$l.append($v)
$l.extend($l)
$l.extend($d)
$l.insert(0, $v)
$l.pop()
$l.remove($v)
$l.clear()
$l.reverse()
$l.sort()
$l += [$v]
$l += $d
$l *= 2
$l[0] = $v
$l[-1] = $v
$l[:] = $l
del $l[0]
del $l[:]
($l if $f else $l).append($v)
""".splitlines()

ASSIGNMENTS = """\
$d = $D
$d = $D
$s = $S
$s = $S
$s = $S
$l = $L
$s = $s = $S
$s += $v
$s, $s = $v, $v
[$s, $s] = $l
$s, *$l = $l
*$l, $s = $l
($s, $s), $s = ($v, $v), $v
for $s in $l: pass
""".splitlines()

OBJECT_WRITES = """\
$o.x = $v
$o.x += 1
$o.kind = $v
$o.d = $d
Box.kind = $v
$o = $o
$o = Box($v)
$o = Box($v, $d)
$o = $o.put($k, $v)
$o = copy.copy($o)
$o = copy.deepcopy($o)
$o.put($k, $v)
setattr($o, 'x', $v)
($o if $f else $o).x = $v
del $o.x
$d = $o.d
""".splitlines()

CALLS = """\
$h($d, $s)
$h($d, $s, $l, $d)
$h($d, $f, d2=$d)
$h(s1=$s, d1=$d)
$h(*($d, $s))
$h(**dict(d1=$d, s1=$s))
(help1 if $f else help2)($d, $s)
$s = $h($d, $s)
$d = $h($d, $s) or {}
$d = $h($d, $s, $l, $d) or {}
$d['n'] = $h($d, $s)
inner()
$s = inner()
""".splitlines()

LOOPS = """\
for $s in ('a', 'b'):
for $s in {'a', 'b'}:
for $s in range(3):
for $s in (1, 2) if $f else ():
for $s in $l:
for $s in list($l):
for $s in reversed(list($l)):
for $s in (x for x in $l):
for $s, $s in enumerate(list($l)):
for $s, $s in zip(list($l), list($l)):
for $s in $d:
for $s in list($d):
for $s in $d.copy().values():
for $s, $s in list($d.items()):
for $d in ($d, $d):
while $c:
while $s:
while len($l) < 2:
""".splitlines()

PATTERNS = """\
1
True
None
'a' | None
'a' as s2
str()
int() | str()
{'a': $s}
{'a': 1, **d3}
[s1, *l1]
[s2]
'b' if $f
s3 if $c
""".splitlines()

SIMPLE = {
    "w": DICT_WRITES,
    "x": LIST_WRITES,
    "a": ASSIGNMENTS,
    "b": OBJECT_WRITES,
}
