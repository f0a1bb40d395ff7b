"""Finds the tokens among the literals of a file, without interpreting it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import libcst as cst

from jwt_sast.semantics.provenance import Place
from jwt_sast.syntax.source import Source
from jwt_sast.syntax.visitor import traverse
from jwt_sast.tokens.events import TokenLiteral, Where
from jwt_sast.tokens.written_tokens import tokens_in

_EXAMPLE = re.compile(r"(?i)(?:^|_)(?:examples?|samples?|schema_extra|description|summary)$")
"""What documentation of an API is written under: `example=`, `"examples": …`, `json_schema_extra`, `EXAMPLE = …`."""


def token_literals(source: Source) -> list[TokenLiteral]:
    """The literals that are a signed token, or hold one, in their order. Those in docstrings and in examples of an
    API's documentation are left out.
    """
    finder = _Finder(source)
    traverse(source.module, [finder])
    return finder.found


class _Finder:
    def __init__(self, source: Source) -> None:
        self.found: list[TokenLiteral] = []
        self._source = source

    def visit_Expr(self, node: cst.Expr) -> bool:
        """A text that stands for itself is a docstring, or does nothing."""
        return not isinstance(node.value, cst.SimpleString | cst.ConcatenatedString)

    def visit_Arg(self, node: cst.Arg) -> bool:
        return node.keyword is None or not _EXAMPLE.search(node.keyword.value)

    def visit_DictElement(self, node: cst.DictElement) -> bool:
        key = node.key.evaluated_value if isinstance(node.key, cst.SimpleString) else ""
        return not isinstance(key, str) or not _EXAMPLE.search(key)

    def visit_Call(self, node: cst.Call) -> bool:
        name = node.func.attr if isinstance(node.func, cst.Attribute) else node.func
        return not isinstance(name, cst.Name) or not name.value.endswith("Example")

    def visit_Assign(self, node: cst.Assign) -> bool:
        return not _names_example(target.target for target in node.targets)

    def visit_AnnAssign(self, node: cst.AnnAssign) -> bool:
        return not _names_example((node.target,))

    def visit_ConcatenatedString(self, node: cst.ConcatenatedString) -> bool:
        text = node.evaluated_value
        self._look(node, text)
        # With a replacement field in it, its parts are looked at one by one.
        return text is None

    def visit_SimpleString(self, node: cst.SimpleString) -> None:
        if "eyJ" in node.value:
            self._look(node, node.evaluated_value)

    def visit_FormattedStringText(self, node: cst.FormattedStringText) -> None:
        self._look(node, node.value)

    def _look(self, node: cst.CSTNode, text: str | bytes | None) -> None:
        if text is None:
            return
        place = Place(self._source, node)
        for token in tokens_in(text if isinstance(text, str) else text.decode("latin-1")):
            self.found.append(TokenLiteral(where=Where(place, ""), token=token))


def _names_example(targets: Iterable[cst.BaseExpression]) -> bool:
    names = (target.attr if isinstance(target, cst.Attribute) else target for target in targets)
    return any(isinstance(name, cst.Name) and _EXAMPLE.search(name.value) is not None for name in names)
