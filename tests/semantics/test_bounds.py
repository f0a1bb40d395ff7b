"""Reaching a bound gives an answer that is still right, for bounded work: it is counted in calls that are seen."""

from __future__ import annotations

import pytest
from admission import written
from probing import HEAD, all_booleans, interpret, run, unsound

from jwt_sast.semantics import bounds


def _nested_loops(head: str, depth: int) -> str:
    lines = [f"{'    ' * (level + 1)}{head.format(level)}" for level in range(depth)]
    inside = "    " * (depth + 1)
    return "\n".join([*lines, f"{inside}anything()", f"{inside}n, m = m, n + 1", f"{inside}d['n'] = n"])


def _program(*lines: str) -> str:
    return HEAD + "def program():\n" + "\n".join(lines) + "\n"


def _sums(count: int) -> str:
    return "    x = " + " + ".join(["1"] * count)


SOUND = {
    "brackets": _program("    x = " + "[" * 150 + "]" * 150, "    probe(x)"),
    "operators": _program(_sums(1_000), "    probe(x)"),
    "tests": _program("    x = " + " and ".join(["anything(1)"] * 400), "    probe(x)"),
    "conditions": _program("    x = 1", "    if " + " and ".join(["x"] * 1_000) + ": x = 2", "    probe(x)"),
    "attributes": _program("    x = anything(type)" + ".__class__" * 1_000, "    probe(x)"),
    "calls": _program("    f = lambda: f", "    x = f" + "()" * 90, "    probe(x is f)"),
    "blocks": _program(
        *("    " * (level + 1) + "if True:" for level in range(60)), "    " * 61 + "x = 1", "    probe(x)"
    ),
    "branches": _program(
        "    x = anything(700)",
        "    if x == 0: y = 0",
        *(f"    elif x == {number}: y = {number}" for number in range(1, 1_000)),
        "    probe(y)",
    ),
    "unknown loops": _program(
        "    n, m, d = 0, 0, {}", _nested_loops("for i{} in anything((1, 2)):", 10), "    probe(d)"
    ),
    "known loops": _program("    n, m, d = 0, 0, {}", _nested_loops("for i{} in (1, 2, 3):", 8), "    probe(d)"),
    "text that grows": _program(
        "    x = 'a' * 60_000", "    x = x + x", "    y = x + x", "    probe(len(y))", "    probe(y)"
    ),
    "text that is padded": _program("    probe(f'{1:200000}')", "    probe('%200000d' % 1)", "    probe('a' * 10**6)"),
    "a number with many digits": _program(
        "    x = " + "9" * 4_000, "    probe(x * x)", "    probe(99999.0**64 if x == 1 else 1)"
    ),
    "a list that doubles": _program(
        "    l = [{}]", *["    l += l"] * 14, "    l[0]['a'] = 1", "    probe(l[0])", "    probe(len(l))"
    ),
    "a mapping that holds itself": _program(
        "    d = {}", "    d['a'] = d['b'] = d['c'] = d", "    probe(d['a']['b']['c'])"
    ),
    "many keys": _program(
        *["    d = {"], *(f"    'k{number}': {number}," for number in range(10_000)), "    }", "    probe(d['k77'])"
    ),
    "many keys, one by one": _program(
        "    d = {}", *(f"    d['k{n}'] = {n}" for n in range(5_000)), "    probe('k4999' in d)"
    ),
    "many bases": _program(
        "    class C0: x = 1",
        *(f"    class C{n}(C{n - 1}): pass" for n in range(1, 40)),
        "    probe(C39.x)",
        "    probe(C10().x)",
    ),
}


@pytest.mark.parametrize("name", SOUND)
def test_the_answer_is_still_right(name: str) -> None:
    assert run(SOUND[name], all_booleans(0)), "no probe was reached"
    assert unsound(SOUND[name], all_booleans(0)) == []


@pytest.mark.parametrize("name", ["unknown loops", "known loops", "tests"])
def test_the_work_is_bounded(name: str) -> None:
    _, host = interpret(SOUND[name])
    passes = bounds.MAX_LOOP_PASSES + bounds.MAX_WIDENINGS
    assert host.calls < 20 * passes**bounds.MAX_LOOP_DEPTH


def _answer(*lines: str) -> list[str]:
    _, host = interpret(_program(*lines))
    return [written(value) for values in host.seen.values() for value in values]


def test_a_text_is_folded_up_to_a_length() -> None:
    assert _answer(f"    probe(len('a' * {bounds.MAX_TEXT}))") == [str(bounds.MAX_TEXT)]
    assert _answer(f"    probe('a' * {bounds.MAX_TEXT + 1})") == ["any"]


def test_alternatives_are_kept_up_to_a_number() -> None:
    def choice(count: int) -> str:
        return "    x = " + " if anything() else ".join(map(str, range(count)))

    assert _answer(choice(bounds.MAX_ALTERNATIVES), "    probe(x)") == [
        " | ".join(map(str, range(bounds.MAX_ALTERNATIVES)))
    ]
    assert _answer(choice(bounds.MAX_ALTERNATIVES + 1), "    probe(x)") == ["any"]


def test_what_can_be_changed_is_kept_track_of_beyond_that() -> None:
    count = bounds.MAX_ALTERNATIVES + 1
    lines = [f"    d{number} = {{}}" for number in range(count)]
    chosen = " if anything() else ".join(f"d{number}" for number in range(count))
    assert _answer(*lines, f"    d = {chosen}", "    d['a'] = 1", "    probe(d0)") == ["{'a'~: 1}"]


def test_a_copy_for_an_event_ends_at_a_depth() -> None:
    deep = bounds.MAX_SNAPSHOT_DEPTH + 1
    assert _answer(f"    probe({'[' * deep + ']' * deep})") == ["[" * (deep - 1) + "any" + "]" * (deep - 1)]


def test_calls_are_followed_to_a_depth() -> None:
    def chain(length: int) -> str:
        functions = [f"def f{number}(): return f{number - 1}()" for number in range(1, length)]
        return "\n".join([HEAD, "def f0(): return 1", *functions, f"def program():\n    probe(f{length - 1}())\n"])

    for length, answer in ((bounds.MAX_CALL_DEPTH, "1"), (bounds.MAX_CALL_DEPTH + 1, "any")):
        _, host = interpret(chain(length))
        assert [written(value) for value in next(iter(host.seen.values()))] == [answer]


def test_recursion_is_not_followed() -> None:
    _, host = interpret(HEAD + "def program(n=3):\n    tick()\n    return program(n - 1) + program(n - 2)\n")
    assert host.calls == 1


def test_many_functions_that_call_one_another() -> None:
    count = 2_000
    functions = [f"def f{n}():\n    tick()\n    f{(n + 1) % count}()\n    f{(n + 7) % count}()" for n in range(count)]
    text = "\n".join([HEAD, *functions, "def program():\n    f0()\n    probe(1)\n"])
    _, host = interpret(text)
    statements = 3 * count
    assert count <= host.calls <= count + bounds.MAX_STEPS + bounds.MAX_STEPS_PER_STATEMENT * statements
    assert [written(value) for values in host.seen.values() for value in values] == ["1"]


def test_a_function_that_calls_many_is_cut_off() -> None:
    calls = "\n".join("    f()" for _ in range(2 * bounds.MAX_STEPS))
    _, host = interpret(f"{HEAD}def f():\n    tick()\ndef program():\n{calls}\n    probe(1)\n")
    assert host.calls <= bounds.MAX_STEPS + 2
