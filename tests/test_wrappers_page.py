"""docs/wrappers.md tells the truth: its example is found what it says, its tables name everything that can be said."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from documents import blocks, table
from shape_programs import marked
from tree_copy import ROOT

from jwt_sast.analyzer import Analyzer
from jwt_sast.config import load
from jwt_sast.findings import Persona
from jwt_sast.tokens.wrappers import ACCEPTS, CHECKS, Signer, Verifier, Wrapper

PAGE = (ROOT / "docs" / "wrappers.md").read_text(encoding="utf-8")
DEFINITIONS = """
def issue(payload, key, alg="HS256", ttl=None): ...

class Reader:
    def read(self, token, key, algorithms=None, *, check_exp=True): ...
"""


def found(folder: Path) -> list[tuple[str, int]]:
    """What is found in the page's program by the page's settings, where the project lies in `folder`."""
    (settings,) = blocks("toml", PAGE)
    (program,) = blocks("python", PAGE)
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")
    report = Analyzer(load(folder)).analyze(str(folder / "app.py"), program)
    assert report.errors == []
    return [(one.code, one.location.line) for one in report.findings if one.persona is Persona.REGULAR]


def test_the_example_has_these_findings_where_the_functions_are_in_the_project(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "tokens.py").write_text(DEFINITIONS, encoding="utf-8")
    (program,) = blocks("python", PAGE)
    assert found(tmp_path) == marked(program)


def test_without_them_what_only_the_definition_tells_is_not_known(tmp_path: Path) -> None:
    """`payload` is told by its name and given by position: the claims, and whether they have an expiry, are unknown."""
    assert [code for code, _ in found(tmp_path)] == ["JWT303", "JWT302"]


def test_the_tables_name_everything_that_can_be_said() -> None:
    rows = [
        row
        for heading in ("Key | For | What the parameter is", "Key | For | What it says")
        for row in table(heading, PAGE)
    ]
    words: dict[str, tuple[type[Wrapper], ...]] = {
        "signers": (Signer,),
        "verifiers": (Verifier,),
        "both": (Signer, Verifier),
    }
    told = {(kind, key.strip("` ")) for keys, of, _ in rows for key in keys.split(",") for kind in words[of]}
    assert told == {(kind, one.name) for kind in (Signer, Verifier) for one in fields(kind) if one.name != "name"}
    said = {row[0].strip("`"): row[2] for row in rows}
    assert all(f"`{check}`" in said["checks"] for check in CHECKS)
    assert all(f"`{word}`" in said["accepts"] for kind in ACCEPTS for word in ACCEPTS[kind])
