"""Turns the bytes of a source file into text, as Python does."""

from __future__ import annotations

import codecs
import io
import tokenize

from jwt_sast.syntax.errors import SourceError
from jwt_sast.syntax.nesting import line_at

_UTF16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def decode(data: bytes | str) -> str:
    """The text, without a byte order mark, its line ends as they are. Raises SourceError.

    The encoding is that of PEP 263: a byte order mark or a cookie in the first two lines, else UTF-8.
    """
    if isinstance(data, str):
        return data.removeprefix(_BOM)
    if data.startswith(_UTF16_BOMS):
        raise SourceError("encoded as UTF-16, which Python does not read")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError:
        # Bytes that are not UTF-8 in the first two lines end up here too; they have a line to tell.
        _decode(data, "utf-8")
        raise SourceError("the encoding declared is unknown, or not that of the byte order mark") from None
    return _decode(data, encoding).removeprefix(_BOM)


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(f"not valid {encoding}", line_at(data.decode("latin-1"), error.start)) from None
    except (LookupError, ValueError):
        # A codec that does not make text of bytes (`hex`, `rot13`), or that fails in a way of its own.
        raise SourceError("the encoding declared is not one for source files") from None
