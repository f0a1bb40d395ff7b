"""Comments, and which lines belong to one statement: what the standard tokenizer tells of a text."""

from __future__ import annotations

import io
import tokenize
from dataclasses import dataclass, field

_LINE_ENDS = frozenset((tokenize.NL, tokenize.NEWLINE))
_BETWEEN = frozenset((tokenize.ENDMARKER, tokenize.DEDENT))
_BLANK = frozenset((tokenize.COMMENT, tokenize.NL, tokenize.INDENT))


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment. Lines and columns count from 1."""

    line: int
    column: int
    text: str
    about: int
    """The line that it speaks of: its own or, where it has that to itself, the line below the block of comments."""


@dataclass(slots=True)
class Lines:
    """The lines of one file. All is empty for what the tokenizer does not take, but for `physical`."""

    physical: list[str]
    comments: list[Comment] = field(default_factory=list)
    starts: dict[int, int] = field(default_factory=dict)
    """The first line of the statement, or of the head of a compound one, that each line belongs to."""
    joined: dict[int, str] = field(default_factory=dict)
    """Each line with those that are one with it: by a backslash or within a string. Brackets join nothing."""

    def line(self, number: int) -> str:
        """The text of the line and of those that are one with it; empty outside of the file."""
        if number in self.joined:
            return self.joined[number]
        return self.physical[number - 1] if 0 < number <= len(self.physical) else ""

    def are_one(self, line: int, other: int) -> bool:
        """Whether two lines are the same one, or joined to one."""
        return line == other or (line in self.joined and self.joined[line] is self.joined.get(other))


def lines_of(text: str) -> Lines:
    """The lines of a decoded source text, whatever its line ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = Lines(io.StringIO(text).readlines())
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return lines
    _join(lines, tokens)
    _note_statements(lines, tokens)
    comments = [token for token in tokens if token.type == tokenize.COMMENT]
    alone = {token.start[0] for token in comments if lines.physical[token.start[0] - 1].lstrip().startswith("#")}
    about = 0
    # From below, so that a long block of comments is walked through once.
    for token in reversed(comments):
        number, column = token.start
        if number not in alone:
            about = number
        elif number + 1 not in alone:
            about = number + 1
        lines.comments.append(Comment(number, column + 1, token.string, about))
    lines.comments.reverse()
    return lines


def _join(lines: Lines, tokens: list[tokenize.TokenInfo]) -> None:
    first = last = 0
    for token in tokens:
        if token.type in _BETWEEN:
            continue
        first, last = first or token.start[0], max(last, token.end[0])
        if token.type in _LINE_ENDS:
            text = "".join(lines.physical[first - 1 : last])
            lines.joined.update(dict.fromkeys(range(first, last + 1), text))
            first = last = 0


def _note_statements(lines: Lines, tokens: list[tokenize.TokenInfo]) -> None:
    first = 0
    for token in tokens:
        if not first and (token.type in _BLANK or token.type in _BETWEEN):
            continue
        first = first or token.start[0]
        if token.type == tokenize.NEWLINE:
            lines.starts.update(dict.fromkeys(range(first, token.end[0] + 1), first))
            first = 0
