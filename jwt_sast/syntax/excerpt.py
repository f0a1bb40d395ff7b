"""Source lines for code frames, in which no secret can show.

Everything between quotes is masked unless it is plainly no secret. That hides more than secrets: a report is copied
into tickets and chats, and nobody can take back what it has shown.
"""

from __future__ import annotations

import re
import tokenize
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate

from jwt_sast.syntax.disclosure import (
    Stretch,
    looks_secret,
    may_be_shown,
    may_be_shown_between_fields,
    told_in_comment,
)
from jwt_sast.syntax.literals import Literal, NotTokenizableError, literals
from jwt_sast.syntax.nesting import NEWLINE

MASK = "*"
"""Stands for one character, so that columns do not shift."""

Span = tuple[int, int, int, int]

_OPENING = re.compile(r"(?P<prefix>[A-Za-z]*)(?P<quote>'''|\"\"\"|'|\")")
_TEMPLATE_PREFIXES = frozenset({"f", "fr", "rf", "t", "tr", "rt"})
_QUOTED = re.compile(r"(?P<quote>'''|\"\"\"|'|\")(?P<content>.*?)(?P=quote)", re.DOTALL)
_BRACES = re.compile(r"(?P<quote>'''|\"\"\"|'|\").*?(?P=quote)|[{}'\"]", re.DOTALL)
_FIELD_START = re.compile(r"(?<!\{)(?:\{\{)*\{(?!\{)")
# For a text that has no tokens: comments and whatever looks quoted, closed or not.
_LOOKS_QUOTED = re.compile(
    r"""
      [#][^\n]*
    | (?P<prefix>\b[A-Za-z]{1,2})?
      (?: (?P<quote>'''|\""") .*? (?:(?P=quote)|\Z) | "(?:[^"\\\n]|\\.)*"? | '(?:[^'\\\n]|\\.)*'? )
    """,
    re.VERBOSE | re.DOTALL,
)


def masked_lines(text: str, wanted: Collection[int], secret_spans: Collection[Span]) -> dict[int, str]:
    """The lines of `text` with the numbers `wanted` (from 1), without their ends; numbers of no line are left out.

    A literal that a secret span touches is masked whatever it holds. Spans are line, column, end line, end column,
    counted from 1, the end column exclusive. A masked character is a MASK; a line keeps its length.
    """
    lines = NEWLINE.split(text)
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    secrets = [
        (starts[line - 1] + column - 1, starts[end_line - 1] + end_column - 1)
        for line, column, end_line, end_column in secret_spans
    ]
    try:
        hidden = list(_hidden(literals(lines), starts, secrets))
    except NotTokenizableError:
        hidden = secrets + _hidden_without_tokens("\n".join(lines))
    return {
        number: _masked(lines[number - 1], starts[number - 1], hidden)
        for number in sorted(wanted)
        if 1 <= number <= len(lines)
    }


def masked_text(text: str) -> str:
    """A text with whatever looks like a secret masked, wherever it is from."""
    return _masked(text, 0, looks_secret(text))


def masked_comment(text: str) -> str:
    """A text that somebody has written beside the code, such as a comment, with what may be a secret masked."""
    return _masked(text, 0, told_in_comment(text))


def _masked(line: str, start: int, hidden: Sequence[Stretch]) -> str:
    for begin, end in hidden:
        first, last = max(begin - start, 0), min(end - start, len(line))
        if first < last:
            line = line[:first] + MASK * (last - first) + line[last:]
    return line


def _hidden(found: Sequence[Literal], starts: Sequence[int], secrets: Sequence[Stretch]) -> Iterator[Stretch]:
    """What must not be shown, as offsets into the text whose lines begin at `starts`."""
    for literal in found:
        token = literal.token
        offset = starts[token.line - 1] + token.column
        is_secret = any(begin < offset + len(token.text) and offset < end for begin, end in secrets)
        for begin, end in _hidden_in(literal, is_secret):
            yield offset + begin, offset + end


def _hidden_without_tokens(text: str) -> list[Stretch]:
    hidden = looks_secret(text)
    for match in _LOOKS_QUOTED.finditer(text):
        hidden.append(match.span())
        if _is_template(match["prefix"] or "") and not _closes_its_fields(match[0]):
            # Quotes within quotes as Python 3.12 has them: from here on inside and outside cannot be told apart.
            hidden.append((match.start(), len(text)))
            break
    return hidden


def _is_template(prefix: str) -> bool:
    return prefix.lower() in _TEMPLATE_PREFIXES


def _closes_its_fields(template: str) -> bool:
    try:
        for _ in _fields(template):
            pass
    except NotTokenizableError:
        return False
    return True


def _hidden_in(literal: Literal, is_secret: bool) -> Iterator[Stretch]:
    """What must not be shown of one literal, as offsets into its own text."""
    token = literal.token
    if token.kind == tokenize.COMMENT:
        yield from told_in_comment(token.text)
        return
    if token.kind == tokenize.NUMBER:
        if is_secret or looks_secret(token.text):
            yield 0, len(token.text)
        return
    opening = _OPENING.match(token.text)
    assert opening is not None
    begin, end = opening.end(), len(token.text) - len(opening["quote"])
    content = token.text[begin:end]
    if not is_secret and _is_template(opening["prefix"]):
        yield from ((begin + first, begin + last) for first, last in _hidden_in_template(content))
    elif is_secret or looks_secret(content) or not (literal.is_name or may_be_shown(content)):
        yield begin, end


def _hidden_in_template(content: str) -> Iterator[Stretch]:
    """The text around the replacement fields, and the literals inside them."""
    end = 0
    for first, last in _fields(content):
        yield from _hidden_text(content, end, first)
        for match in _QUOTED.finditer(content, first, last):
            if not may_be_shown(match["content"]):
                yield match.span("content")
        end = last
    yield from _hidden_text(content, end, len(content))
    yield from looks_secret(content)


def _hidden_text(content: str, begin: int, end: int) -> Iterator[Stretch]:
    if not may_be_shown_between_fields(content[begin:end]):
        yield begin, end


def _fields(content: str) -> Iterator[Stretch]:
    """The replacement fields of a template, with their braces. Raises NotTokenizableError for an open one."""
    position = 0
    while (start := _FIELD_START.search(content, position)) is not None:
        position = start.end()
        depth = 1
        while depth:
            brace = _BRACES.search(content, position)
            if brace is None or brace[0] in ("'", '"'):
                raise NotTokenizableError
            position = brace.end()
            depth += {"{": 1, "}": -1}.get(brace[0], 0)
        yield start.end() - 1, position
