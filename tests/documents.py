"""What the tests of README.md and its like take out of a document, and how they run the commands in it."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
from pathlib import Path

PLACEHOLDER = "https://git.example/jwt-sast"
"""Stands in the documents for the address of this repository, which is not known yet."""

COMMIT = "COMMIT"
"""Stands in them for the commit to use."""


def blocks(language: str, text: str) -> list[str]:
    """The contents of all fenced blocks in that language, without the indentation of a list item around them."""
    fenced = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", content, flags=re.MULTILINE) for indent, content in fenced]


def table(heading: str, text: str) -> list[tuple[str, ...]]:
    """The rows of the table in `text` whose header line begins with `heading`, below the header."""
    lines = text.partition(f"\n| {heading} |")[2].splitlines()[2:]
    rows = itertools.takewhile(lambda line: line.startswith("|"), lines)
    return [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in rows]


def anchors(text: str) -> set[str]:
    """What a link within the document may lead to: its headings, as GitHub makes addresses of them."""
    headings = (line.lstrip("# ").lower() for line in text.splitlines() if line.startswith("#"))
    return {re.sub(r"[^\w -]", "", heading).replace(" ", "-") for heading in headings}


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command in `folder` with the programs of this environment, as in a pipe: no terminal, no colours."""
    here = os.environ | {"PATH": os.pathsep.join((os.path.dirname(sys.executable), os.environ["PATH"]))}
    environment = {name: value for name, value in here.items() if name not in ("COLUMNS", "FORCE_COLOR", "NO_COLOR")}
    return subprocess.run(
        ["bash", "-euc", command],
        cwd=folder,
        env=environment | {"PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def addressed(text: str, repository: Path, commit: str) -> str:
    """`text` with what stands for our address and commit filled in."""
    return text.replace(PLACEHOLDER, repository.as_uri()).replace(COMMIT, commit)
