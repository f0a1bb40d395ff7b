"""Writes what is made from the checks and settings: `python -m tools.pages`, or with `--check` tells what would change.

That is a page for each check (`docs/checks/`), the coverage page, the tables in README.md, the copy of the example
programs that is installed along with the checks, and the JSON schema of the settings.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from jwt_sast import documentation
from jwt_sast.analyzer import Analyzer
from jwt_sast.check import Check, registered
from jwt_sast.config import SETTINGS, Settings
from jwt_sast.config.schema import schema
from jwt_sast.config.toml import toml
from jwt_sast.syntax.excerpt import masked_lines
from tools import coverage

ROOT = Path(__file__).parent.parent
CHECKS = ROOT / "docs" / "checks"
SCHEMA = ROOT / "jwt_sast" / "config" / "schema.json"
_ABOUT_LITERALS = ("JWT501", "JWT502", "JWT504", "JWT505")
"""The checks that report a key or a token that is written into the source."""
_NOTICE = "<!-- Made by `python -m tools.pages` from the class of the check. -->\n"
_CHECKS_TABLE, _SETTINGS_TABLE = (
    re.compile(rf"(?<=\n)\| {heading} \|.*?\n\|---.*?\n(?:\|.*\n)*") for heading in (r"Code \| Name", "Setting")
)


def main() -> int:
    """Runs the command; the exit status is 2 where a check names a requirement that there is not, and with `--check` 1
    where something is out of date.
    """
    parser = argparse.ArgumentParser(prog="python -m tools.pages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, and name what is out of date")
    only_checking = parser.parse_args().check
    if wrong := coverage.mistakes(_own()):
        parser.error(f"no such requirement, or one that needs either a check or a reason: {', '.join(wrong)}")
    stale = False
    # The examples first: the pages are made of them.
    for files in (_examples, _pages):
        for path, text in files():
            if path.exists() and path.read_text(encoding="utf-8") == text:
                continue
            stale = True
            print(path.relative_to(ROOT).as_posix())
            if not only_checking:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    return int(only_checking and stale)


def _own() -> list[type[Check]]:
    """The checks of this repository; other packages may be installed that bring some."""
    return [check for check in registered() if check.__module__.startswith("jwt_sast.checks.")]


def _examples() -> Iterator[tuple[Path, str]]:
    paths = [path for check in _own() for path in documentation.example_paths(check)]
    programs = {path: _without_secrets((ROOT / path).read_text(encoding="utf-8")) for path in paths}
    yield documentation.EXAMPLES, json.dumps(programs, indent=1, sort_keys=True) + "\n"


def _without_secrets(program: str) -> str:
    """A program with asterisks for the keys and tokens in it: its text goes into reports, which hold none."""
    report = Analyzer(Settings()).analyze("example.py", program)
    places = [one.location for one in report.findings if one.code in _ABOUT_LITERALS]
    spans = [(place.line, place.column, place.end_line, place.end_column) for place in places]
    touched = {line for first, _, last, _ in spans for line in range(first, last + 1)}
    masked = masked_lines(program, touched, spans)
    return "".join(f"{masked.get(number, line)}\n" for number, line in enumerate(program.splitlines(), start=1))


def _pages() -> Iterator[tuple[Path, str]]:
    checks = _own()
    for check in checks:
        yield CHECKS / f"{check.code}.md", _NOTICE + documentation.markdown(check)
    yield ROOT / "docs" / "coverage.md", coverage.page(checks)
    yield SCHEMA, json.dumps(schema(), indent=2) + "\n"
    readme = ROOT / "README.md"
    text = _CHECKS_TABLE.sub(lambda _: _checks_table(checks), readme.read_text(encoding="utf-8"), count=1)
    yield readme, _SETTINGS_TABLE.sub(lambda _: _settings_table(), text, count=1)


def _checks_table(checks: list[type[Check]]) -> str:
    head = "| Code | Name | What it finds | Severity |\n|---|---|---|---|\n"
    return head + "".join(
        f"| [{check.code}](docs/checks/{check.code}.md) | {check.name} | {check.title} | {check.severity} |\n"
        for check in checks
    )


def _settings_table() -> str:
    head = "| Setting | Default | What it does |\n|---|---|---|\n"
    return head + "".join(
        f"| `{name}` | `{toml(one.kind.plain(one.default))}` | {one.help} |\n" for name, one in SETTINGS.items()
    )


if __name__ == "__main__":
    sys.exit(main())
