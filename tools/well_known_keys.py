"""Adds secrets to the list of those that everybody knows: `python -m tools.well_known_keys "SOURCE" < secrets`.

Reads one secret per line from standard input, hashes each, and keeps the hashes under the name of the source they come
from. The secrets themselves are neither kept nor printed: they have no place in this repository.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jwt_sast.tokens.well_known import LIST, digest

_SALT_BYTES = 16
"""As many as BLAKE2b takes."""


def main() -> int:
    """Runs the command; the exit status is 2 where there is nothing to add."""
    parser = argparse.ArgumentParser(prog="python -m tools.well_known_keys", description=__doc__)
    parser.add_argument("source", metavar="SOURCE", help="where the secrets are public, in the words of a reader")
    parser.add_argument("--list", type=Path, default=LIST, metavar="FILE", help="the list to add to (default: ours)")
    arguments = parser.parse_args()
    secrets = [line for line in sys.stdin.read().splitlines() if line.strip()]
    if not secrets or not arguments.source.strip():
        parser.error("a source and at least one secret on standard input are needed")
    added, total = add(arguments.list, arguments.source, secrets)
    print(f"{added} added, {len(secrets) - added} known already, {total} in all")
    return 0


def add(path: Path, source: str, secrets: Iterable[str]) -> tuple[int, int]:
    """Merges `secrets` into the list at `path`, which is made if need be: how many were new, and how many there are."""
    content = _content(path)
    salt = bytes.fromhex(content["salt"])
    before = {one for digests in content["sources"].values() for one in digests}
    new = {digest(secret, salt) for secret in secrets} - before
    if new:
        content["sources"][source] = sorted({*content["sources"].get(source, ()), *new})
        path.write_text(json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    return len(new), len(before | new)


def _content(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {"salt": os.urandom(_SALT_BYTES).hex(), "sources": {}}
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


if __name__ == "__main__":
    sys.exit(main())
