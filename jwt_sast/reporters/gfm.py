"""Text that is to be read as GitHub's or GitLab's Markdown."""

from __future__ import annotations

_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>#|~&"})


def plain(text: str) -> str:
    """`text` so that every character of it is shown as it stands."""
    return text.translate(_SPECIAL)


def prose(text: str, *, in_table: bool = False) -> str:
    """A message, whose code stands in backticks; `in_table` where it is to be a cell."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return plain(text)
    # A bar ends a cell even in code.
    bar = r"\|" if in_table else "|"
    return "`".join(part.replace("|", bar) if number % 2 else plain(part) for number, part in enumerate(parts))
