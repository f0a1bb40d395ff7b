"""Values as TOML writes them, which the standard library can only read."""

from __future__ import annotations

import json
import re

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml(value: object) -> str:
    """`value`, made of texts, numbers, booleans, lists and dicts with texts as keys, on one line."""
    match value:
        case dict():
            pairs = ", ".join(f"{_key(key)} = {toml(item)}" for key, item in value.items())
            return f"{{ {pairs} }}" if pairs else "{}"
        case list():
            return f"[{', '.join(map(toml, value))}]"
        case _:
            # JSON writes texts, numbers and booleans as TOML does, but for one character that TOML wants escaped.
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else toml(key)
