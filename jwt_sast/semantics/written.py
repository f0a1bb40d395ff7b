"""The values of literals as they are written. Most can be read off, without the parser that evaluating one takes."""

from __future__ import annotations

import libcst as cst


def string_value(node: cst.SimpleString) -> str | bytes:
    """The value of a string literal."""
    text = node.value
    quote = text[0]
    if quote in "'\"" and "\\" not in text:
        width = 3 if text.startswith(quote * 3) and len(text) >= 6 else 1
        return text[width:-width].replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text[width:-width]
    return node.evaluated_value


def number_value(node: cst.Integer | cst.Float | cst.Imaginary) -> int | float | complex:
    """The value of a number. Raises ValueError where it has more digits than the running interpreter converts."""
    match node:
        case cst.Integer(value=text):
            return int(text, 0)
        case cst.Float(value=text):
            return float(text)
        case _:
            return complex(node.value)
