"""Counts how deep a text nests, without parsing it.

LibCST's parser recurses in native code. Where its stack runs out the process dies, and no exception says so. Python's
own parser is no sufficient guard: it makes one flat node of ten thousand `and`s, and from 3.12 on it lets longer
chains of operators through. So the nesting is counted here, over tokens, before LibCST sees the text.

The figures below were measured with LibCST 1.9.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_BRACKETS = 200
"""Brackets within brackets. Python itself refuses more; LibCST takes up to 8 KiB of stack for each."""

MAX_NESTING = 2_500
"""Links of an expression that lie within one another: brackets, operators, calls, attributes, adjoining strings.

LibCST refuses 3,000 adjoining strings; the longest such chain in the standard library has 2,205. The costliest link
takes 8 KiB, so that this many take a third of the stack that `room.py` makes.
"""

MAX_PATTERN_BRACKETS = 8
"""Brackets within brackets in the pattern of a `case`: LibCST takes 0.1 s for 8, 1 s for 10 and 18 s for 12."""

MAX_ELIFS = 2_500
"""`elif` branches of one `if`: in the tree each lies inside the one before it."""

MAX_TOKENS = 500_000
"""Brackets, operators, strings and line ends of a file: a tree of this many takes up to two gigabytes."""


NEWLINE = re.compile(r"\r\n?|\n")
"""What ends a line of Python; a form feed does not."""


class TooDeepError(Exception):
    """A limit is passed: which one (`reason`), and at which line, counted from 1."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def check_nesting(text: str) -> int:
    """How deep the links of `text` nest, see MAX_NESTING; it need not be valid Python. Raises TooDeepError if it passes
    a limit of this module.
    """
    return _Count(text).run()


def line_at(text: str, position: int) -> int:
    """The line, counted from 1, that the character at `position` of `text` stands on."""
    return 1 + len(NEWLINE.findall(text, 0, position))


_CODE = re.compile(
    r"""
      [()\[\]{},:;]
    | [-+*/%@&|^~<>.]++
    | \r\n?+ | \n
    | '''|'|\"""|"
    | \b(?:and|await|else|for|if|lambda|not|or|yield)\b
    | [#][^\r\n]*+
    | \\(?:\r\n?|\n)
    """,
    re.VERBOSE,
)
_LINE_START = re.compile(r"([ \t\f]*+)(?:(case|elif)\b|(?=[^\s#]))")
_TEMPLATE_PREFIX = re.compile(r"(?<!\w)(?:[ft]r?|r[ft])\Z", re.IGNORECASE)

# The rest of a plain string after its opening quote, and the next thing of interest in the literal text of a template.
_STRING = {
    "'": re.compile(r"[^\\\r\n']*+(?:\\(?:\r\n|.)[^\\\r\n']*+)*+'", re.DOTALL),
    '"': re.compile(r'[^\\\r\n"]*+(?:\\(?:\r\n|.)[^\\\r\n"]*+)*+"', re.DOTALL),
    "'''": re.compile(r"(?:[^\\']++|\\.|'(?!''))*+'''", re.DOTALL),
    '"""': re.compile(r'(?:[^\\"]++|\\.|"(?!""))*+"""', re.DOTALL),
}
_TEMPLATE = {
    "'": re.compile(r"\\(?![{}])(?:\r\n|.)|\{\{|[{}']|[\r\n]", re.DOTALL),
    '"': re.compile(r'\\(?![{}])(?:\r\n|.)|\{\{|[{}"]|[\r\n]', re.DOTALL),
    "'''": re.compile(r"\\(?![{}]).|\{\{|[{}]|'''", re.DOTALL),
    '"""': re.compile(r'\\(?![{}]).|\{\{|[{}]|"""', re.DOTALL),
}

_BRACKET = "bracket"
_FIELD = "field"
_LAMBDA = "lambda"
_TEXT = "text"
_SPEC = "format specification"


@dataclass(slots=True)
class _Level:
    """Something that has been opened: what it is, the links in it so far, and for templates the quote that ends it."""

    kind: str
    quote: str = ""
    links: int = 0


class _Count:
    """One pass over a text. `_depth` is the number of open levels and of the links in them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self._levels = [_Level("file")]
        self._depth = 0
        self._brackets = 0
        self._tokens = 0
        self._in_pattern = False
        self._elifs: list[tuple[int, int]] = []
        """Per indentation on which an `if` is open that has some: how many `elif`s so far."""

    def run(self) -> int:
        """Goes through the text; how deep it nests."""
        deepest = 0
        self._start_line()
        while self._step():
            self._tokens += 1
            if self._depth > deepest:
                deepest = self._depth
                if deepest > MAX_NESTING:
                    raise self._too_deep(f"nested or chained more than {MAX_NESTING} deep")
        if self._tokens > MAX_TOKENS:
            raise self._too_deep(f"more than {MAX_TOKENS} brackets, operators and lines in one file")
        return deepest

    def _step(self) -> bool:
        """Goes on to the next token; False at the end."""
        level = self._levels[-1]
        in_template = level.kind is _TEXT or level.kind is _SPEC
        pattern = _TEMPLATE[level.quote] if in_template else _CODE
        match = pattern.search(self._text, self._position)
        if match is None:
            return False
        self._position = match.end()
        token = match[0]
        if in_template:
            self._template_token(level, token)
        else:
            self._code_token(token)
        return True

    def _code_token(self, token: str) -> None:
        first = token[0]
        if first in ",;":
            self._end_element()
        elif first in "([{":
            self._open(_BRACKET)
        elif first in ")]}":
            self._close()
        elif first in "'\"":
            self._string(token)
        elif first in "\r\n":
            if len(self._levels) == 1:
                self._end_element()
                self._start_line()
        elif first == ":":
            self._colon()
        elif first not in "#\\":
            self._word_or_operator(token)

    def _word_or_operator(self, token: str) -> None:
        if token == "lambda":
            self._link(1)
            self._push(_Level(_LAMBDA))
        elif token[0].isalpha():
            self._link(1)
            self._in_pattern = self._in_pattern and token != "if"
        else:
            self._link(len(token))

    def _colon(self) -> None:
        level = self._levels[-1]
        if level.kind is _LAMBDA:
            self._pop()
        elif level.kind is _FIELD:
            self._push(_Level(_SPEC, level.quote))
        elif len(self._levels) == 1:
            self._in_pattern = False

    def _string(self, quote: str) -> None:
        self._link(1)
        start = self._position - len(quote)
        if _TEMPLATE_PREFIX.search(self._text, max(0, start - 3), start):
            self._push(_Level(_TEXT, quote))
            return
        match = _STRING[quote].match(self._text, self._position)
        if match is not None:
            self._position = match.end()

    def _template_token(self, level: _Level, token: str) -> None:
        if token == "{":
            self._open(_FIELD, level.quote)
        elif token == "}" and level.kind is _SPEC:
            self._pop()
            self._close()
        elif token == level.quote or token in "\r\n":
            # A quote or a line end inside a format specification is an error in the text; the template ends there too.
            while self._pop().kind is not _TEXT:
                pass

    def _start_line(self) -> None:
        match = _LINE_START.match(self._text, self._position)
        if match is None:
            return
        indent, word = len(match[1]), match[2]
        self._in_pattern = word == "case"
        while self._elifs and self._elifs[-1][0] >= indent + (word == "elif"):
            self._elifs.pop()
        if word == "elif":
            count = self._elifs.pop()[1] + 1 if self._elifs and self._elifs[-1][0] == indent else 1
            self._elifs.append((indent, count))
            if count > MAX_ELIFS:
                raise self._too_deep(f"more than {MAX_ELIFS} elif branches in a row")

    def _open(self, kind: str, quote: str = "") -> None:
        self._push(_Level(kind, quote))
        self._brackets += 1
        if self._brackets > MAX_BRACKETS:
            raise self._too_deep(f"more than {MAX_BRACKETS} brackets within one another")
        if self._in_pattern and self._brackets > MAX_PATTERN_BRACKETS:
            raise self._too_deep(f"more than {MAX_PATTERN_BRACKETS} brackets within one another in a case pattern")

    def _close(self) -> None:
        while self._levels[-1].kind is _LAMBDA:
            self._pop()
        if len(self._levels) > 1 and self._pop().kind is _BRACKET:
            # What was closed may be a call or a subscript that the next one is chained to. LibCST's time grows with the
            # square of such a chain, so a link of it counts twice.
            self._link(2)

    def _link(self, count: int) -> None:
        self._levels[-1].links += count
        self._depth += count

    def _end_element(self) -> None:
        level = self._levels[-1]
        self._depth -= level.links
        level.links = 0

    def _push(self, level: _Level) -> None:
        self._levels.append(level)
        self._depth += 1

    def _pop(self) -> _Level:
        level = self._levels.pop()
        self._depth -= 1 + level.links
        self._brackets -= level.kind is _BRACKET or level.kind is _FIELD
        return level

    def _too_deep(self, reason: str) -> TooDeepError:
        return TooDeepError(reason, line_at(self._text, self._position))
