"""The JSON schema of the table `[tool.jwt-sast]`, for editors and for whoever validates configuration files."""

from __future__ import annotations

from typing import Any

from jwt_sast.config import words
from jwt_sast.config.settings import SETTINGS, Setting

DRAFT = "http://json-schema.org/draft-07/schema#"
"""What the schemas of other tools for their tables in `pyproject.toml` are written in, and what editors read."""


def schema() -> dict[str, Any]:
    """A schema that takes exactly the tables that are no error, with the checks of all installed packages."""
    return {
        "$schema": DRAFT,
        "title": "Settings of jwt-sast",
        "description": "The table [tool.jwt-sast] of pyproject.toml.",
        "type": "object",
        "properties": {setting.name: _property(setting) for setting in SETTINGS.values()},
        "additionalProperties": False,
        "definitions": {
            "code": {"enum": list(words.codes_and_prefixes())},
            "check": {"enum": list(words.checks())},
            "library": {"enum": list(words.libraries())},
        },
    }


def _property(setting: Setting) -> dict[str, Any]:
    default = setting.kind.plain(setting.default)
    return {"description": setting.help, "default": default, **setting.kind.schema()}
