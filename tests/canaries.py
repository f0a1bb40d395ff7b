"""Programs with a canary, a text that is found nowhere else, in place of whatever literal may be a secret.

What a report may show of a literal is a rule of its own. Here it stands apart from the code that follows it. These are
left as they are:

- words that everybody knows: algorithms, registered claims, headers and the like (`syntax.disclosure.VOCABULARY`);
- what its place makes a name: the key of a dict, a subscript, the first argument of `get`, `getenv`, `pop` and
  `setdefault`;
- the first argument of any call where it is written as an environment variable (`JWT_SECRET`) or an option
  (`--secret`): who asks for a secret by its text does not ask;
- URLs without a query and without credentials;
- strings that are statements, docstrings for instance, and what has no word in it.

Everything else is replaced, word by word: keys, passwords, tokens, what is compared, default values, the texts around
the fields of f-strings; and each mark is followed by a commented-out key. A canary is as long as what it stands for, or
six characters. A token stays one that decodes, with canaries for the texts in its claims and for its signature; a PEM
block keeps its first and last line and the beginning of the others.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from typing import Any

import libcst as cst
from libcst.metadata import MetadataWrapper, ParentNodeProvider

from jwt_sast.syntax.disclosure import VOCABULARY

CANARY = re.compile(r"zQ[0-9A-F]{4}")
_TOKEN = re.compile(r"(eyJ[\w-]+)\.(eyJ[\w-]+)\.[\w-]*")
_URL = re.compile(r"(?:https?|wss?)://[\w.:/~-]*\Z", re.ASCII)
_SETTING = re.compile(r"(?:--[a-z][a-z-]*|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\Z")
_ASKS = frozenset({"get", "getenv", "pop", "setdefault"})
_QUOTED = re.compile(rb"(?P<quote>[\"'])(?P<inside>[\w+=./ -]+)(?P=quote)", re.ASCII)
_MARK = re.compile(r"#\s*(?:JWT\d{3}\s*)+\Z")
_WORD = re.compile(r"(?<!\\)[\w+=-]+", re.ASCII)


class Planter:
    """Plants canaries; each one is used once. `needles` are further texts that no output may hold."""

    def __init__(self) -> None:
        self.count = 0
        self.needles: set[str] = set()

    def program(self, data: bytes) -> bytes:
        """The program with canaries; one that is no Python has them between whatever looks like quotes."""
        try:
            wrapper = MetadataWrapper(cst.parse_module(data))
        except Exception:  # what the parser raises for bytes of every kind
            return _QUOTED.sub(self._quoted, data)
        return wrapper.visit(_Replacing(self, wrapper.resolve(ParentNodeProvider))).bytes

    def word(self, length: int) -> str:
        """A canary of that length."""
        self.count += 1
        return f"zQ{self.count:04X}".ljust(length, "w")

    def text(self, text: str) -> str:
        """What stands for the inside of a literal, written as in the source."""
        if match := _TOKEN.search(text):
            return text[: match.start()] + self._token(match) + text[match.end() :]
        if "-----BEGIN" in text:
            return "\n".join(line if line.startswith("-----") else self._line(line) for line in text.split("\n"))
        return _WORD.sub(lambda match: self.word(len(match[0])), text)

    def _quoted(self, match: re.Match[bytes]) -> bytes:
        return match["quote"] + self.word(len(match["inside"])).encode() + match["quote"]

    def _line(self, line: str) -> str:
        # At the end of the line, and only there: the first bytes say what kind of key it is.
        return line if len(line) < 16 else line[:-6] + self.word(6)

    def _token(self, match: re.Match[str]) -> str:
        claims = json.loads(_decoded(match[2]))
        planted = _encoded(json.dumps(self._planted(claims)).encode())
        self.needles |= {match[1], planted}
        return f"{match[1]}.{planted}.{self.word(43)}"

    def _planted(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._planted(inner) for key, inner in value.items()}
        return self.word(len(value)) if isinstance(value, str) else value


class _Replacing(cst.CSTTransformer):
    """Replaces the literals of one program; `parents` are the parents of its nodes."""

    def __init__(self, planter: Planter, parents: Any) -> None:
        self.planter = planter
        self.parents = parents

    def leave_Comment(self, original_node: cst.Comment, updated_node: cst.Comment) -> cst.Comment:
        if not _MARK.match(original_node.value):
            return updated_node
        return updated_node.with_changes(value=f'{original_node.value} key = "{self.planter.word(20)}"')

    def leave_SimpleString(self, original_node: cst.SimpleString, updated_node: cst.SimpleString) -> cst.SimpleString:
        inside = original_node.raw_value
        if not inside.strip() or self._may_be_shown(original_node, inside):
            return updated_node
        start = len(original_node.prefix) + len(original_node.quote)
        text = original_node.value
        return updated_node.with_changes(
            value=text[:start] + self.planter.text(inside) + text[len(text) - len(original_node.quote) :]
        )

    def leave_ConcatenatedString(
        self, original_node: cst.ConcatenatedString, updated_node: cst.ConcatenatedString
    ) -> cst.ConcatenatedString:
        """A token that is written in several pieces; pieces of anything else have their canaries by now."""
        whole = original_node.evaluated_value
        if not isinstance(whole, str) or not _TOKEN.fullmatch(whole):
            return updated_node
        return _filled(original_node, self.planter.text(whole))

    def leave_FormattedStringText(
        self, original_node: cst.FormattedStringText, updated_node: cst.FormattedStringText
    ) -> cst.FormattedStringText:
        inside = original_node.value
        if inside in VOCABULARY or _URL.match(inside) or not re.search(r"\w", inside) or "{" in inside or "}" in inside:
            return updated_node
        return updated_node.with_changes(value=self.planter.text(inside))

    def _may_be_shown(self, node: cst.SimpleString, inside: str) -> bool:
        if inside in VOCABULARY or _URL.match(inside):
            return True
        parent = self.parents[node]
        match parent:
            case cst.Expr() | cst.Index():
                return True
            case cst.DictElement(key=key):
                return key is node
            case cst.Arg(keyword=None):
                call = self.parents[parent]
                first = isinstance(call, cst.Call) and call.args[0] is parent
                return first and (_SETTING.match(inside) is not None or _function(call) in _ASKS)
        return False


def _filled(pieces: cst.ConcatenatedString, text: str) -> cst.ConcatenatedString:
    """`pieces` with `text` in place of theirs, of which the last piece takes what is left."""
    assert isinstance(pieces.left, cst.SimpleString)
    length = len(pieces.left.raw_value)
    rest = text[length:]
    right = pieces.right
    filled = _filled(right, rest) if isinstance(right, cst.ConcatenatedString) else cst.SimpleString(f'"{rest}"')
    return pieces.with_changes(left=cst.SimpleString(f'"{text[:length]}"'), right=filled)


def _function(call: cst.Call) -> str:
    func = call.func.attr if isinstance(call.func, cst.Attribute) else call.func
    return func.value if isinstance(func, cst.Name) else ""


def _decoded(segment: str) -> bytes:
    return base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def shown(planter: Planter, output: str) -> Iterator[str]:
    """The canaries that an output holds, and the other texts that it must not hold."""
    yield from CANARY.findall(output)
    yield from (needle for needle in sorted(planter.needles) if needle in output)
