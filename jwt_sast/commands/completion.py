"""What a shell offers after an option or a command: the tool's own words. Files are click's own matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
"""What click asks with the beginning of a word: what it can become."""


def one_of(words: Iterable[object]) -> Completer:
    """Offers those of `words` that go on from what is typed."""
    texts = [str(word) for word in words]

    def offered(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return [CompletionItem(text) for text in texts if text.startswith(incomplete)]

    return offered


def checks(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offers codes and names of checks, each with what it finds; in a list, for the item behind the last comma."""
    from jwt_sast.check import registered

    listed, comma, item = incomplete.rpartition(",")
    return [
        CompletionItem(listed + comma + word, help=check.title)
        for check in registered()
        for word in (check.code, check.name)
        if word.startswith(item)
    ]
