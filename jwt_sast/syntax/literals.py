"""The literals and comments of a text, with what their neighbours say of them."""

from __future__ import annotations

import keyword
import re
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# From Python 3.12 on (3.14 for the second) a template is a run of tokens; before, it is one string.
_TEMPLATE_STARTS = ("FSTRING_START", "TSTRING_START")
_TEMPLATE_ENDS = ("FSTRING_END", "TSTRING_END")
_LAYOUT = (tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
_KEYED_READS = ("get", "getenv", "pop", "setdefault")
_NAME = re.compile(r"""[bBuUrR]{0,2}(?P<quote>['"])[A-Za-z_][\w.-]{0,63}(?P=quote)""", re.ASCII)


class NotTokenizableError(Exception):
    """The text does not split into tokens: no one can say where its literals begin and end."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the text. `line` is counted from 1, `column` from 0, in code points."""

    kind: int
    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Literal:
    """A string, number or comment.

    `is_name` says that its place makes it the name of something: a key of a dictionary, a subscript, what is asked of
    a mapping or of the environment.
    """

    token: Token
    is_name: bool


def literals(lines: Sequence[str]) -> list[Literal]:
    """All literals and comments of a text whose lines, without their ends, are given. Raises NotTokenizableError."""
    found: list[Literal] = []
    code: list[Token] = []
    waiting: list[tuple[int, str]] = []
    """Strings as indices into `code`, each with the bracket it stands in; they are judged once the next is known."""
    brackets = [""]
    for token in _tokens(lines):
        if token.kind == tokenize.COMMENT:
            found.append(Literal(token, False))
            continue
        if token.kind == tokenize.NUMBER:
            found.append(Literal(token, False))
        elif token.kind == tokenize.STRING:
            waiting.append((len(code), brackets[-1]))
        elif token.text in ("(", "[", "{"):
            brackets.append(token.text)
        elif token.text in (")", "]", "}") and len(brackets) > 1:
            brackets.pop()
        code.append(token)
    found.extend(Literal(code[index], _is_name(code, index, bracket)) for index, bracket in waiting)
    return found


def _tokens(lines: Sequence[str]) -> Iterator[Token]:
    """The tokens that are not layout, each template as one string."""
    feed = (line + "\n" for line in lines)
    depth = 0
    start = (1, 0)
    try:
        for kind, text, begin, end, _ in tokenize.generate_tokens(lambda: next(feed, "")):
            name = tokenize.tok_name[kind]
            if name in _TEMPLATE_STARTS:
                start = start if depth else begin
                depth += 1
            elif name in _TEMPLATE_ENDS:
                depth -= 1
                if not depth:
                    yield Token(tokenize.STRING, _between(lines, start, end), *start)
            elif kind == tokenize.ERRORTOKEN:
                raise NotTokenizableError
            elif not depth and kind not in _LAYOUT:
                yield Token(kind, text, *begin)
    except (tokenize.TokenError, SyntaxError):
        raise NotTokenizableError from None


def _between(lines: Sequence[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    inside = list(lines[start[0] - 1 : end[0]])
    inside[-1] = inside[-1][: end[1]]
    inside[0] = inside[0][start[1] :]
    return "\n".join(inside)


def _is_name(code: Sequence[Token], index: int, bracket: str) -> bool:
    # A text ends with a token of its own, so that there always is a next one.
    before, after = code[index - 1].text if index else "", code[index + 1].text
    if after == ":":
        return bracket == "{"
    owner = code[index - 2] if index > 1 else None
    if owner is None:
        return False
    if before == "[" and after == "]":
        return owner.text in (")", "]") or (owner.kind == tokenize.NAME and not keyword.iskeyword(owner.text))
    asks = before == "(" and after in (",", ")") and owner.text in _KEYED_READS
    return asks and _NAME.fullmatch(code[index].text) is not None
