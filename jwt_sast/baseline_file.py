"""The file `jwt-sast-baseline.json`: sorted, without line numbers, paths relative to the folder that it is in.

It holds names of functions and digests, and no text of the source.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jwt_sast.baseline import Baseline
from jwt_sast.config import ConfigError, nearest
from jwt_sast.findings import KnownDefect
from jwt_sast.paths import shown
from jwt_sast.syntax.excerpt import masked_text

NAME = "jwt-sast-baseline.json"
VERSION = 1

_TEXTS = ("path", "code", "scope", "anchor", "reason")
_KEYS = ("path", "code", "scope", "anchor", "count", "reason")
_ANCHOR = re.compile(r"[0-9a-f]{16}")


def find(folder: Path) -> str | None:
    """The nearest file called NAME in `folder` or above it, as a path from the working directory."""
    found = (above / NAME for above in (folder, *folder.parents))
    path = next((one for one in found if one.is_file()), None)
    return None if path is None else os.path.relpath(path)


def read(file: str) -> Baseline:
    """The baseline in the file at that path. Raises ConfigError for what is none."""
    try:
        document = json.loads(Path(file).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{file}: the baseline cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        # The text of the others quotes the file.
        place = f": line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else ""
        raise ConfigError(f"{file}: the baseline is not JSON{place}") from None
    try:
        known = _entries(document)
    except ValueError as problem:
        raise ConfigError(f"{file}: not a baseline that can be used: {problem}") from None
    folder, here = os.path.dirname(os.path.abspath(file)), os.getcwd()
    return Baseline(file, [_with_path(one, shown(os.path.join(folder, one.path), here)) for one in known])


def text(file: str, known: Iterable[KnownDefect]) -> str:
    """What the baseline at the path `file` says where `known` is what it knows."""
    folder, here = os.path.dirname(os.path.abspath(file)), os.getcwd()
    entries = sorted(_with_path(one, shown(os.path.join(here, one.path), folder)) for one in known)
    document = {"version": VERSION, "tool": "jwt-sast", "findings": [_written(one) for one in entries]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _with_path(one: KnownDefect, path: str) -> KnownDefect:
    return KnownDefect(path, one.code, one.scope, one.anchor, one.count, one.reason)


def _written(one: KnownDefect) -> dict[str, Any]:
    entry = {key: getattr(one, key) for key in _KEYS}
    return entry if one.reason else {key: value for key, value in entry.items() if key != "reason"}


def _entries(document: object) -> list[KnownDefect]:
    if not isinstance(document, dict) or not isinstance(document.get("findings"), list):
        raise ValueError('it is no object with a list of "findings"')
    if document.get("version") != VERSION:
        raise ValueError(f'its "version" is not {VERSION}: it is from another release of jwt-sast')
    known: dict[tuple[str, ...], KnownDefect] = {}
    for number, item in enumerate(document["findings"], start=1):
        try:
            entry = _entry(item)
            if known.setdefault((entry.path, entry.code, entry.scope, entry.anchor), entry) is not entry:
                raise ValueError("the same as an earlier one; make one of them, with the right count")
        except ValueError as problem:
            raise ValueError(f"entry {number}: {problem}") from None
    return list(known.values())


def _entry(item: object) -> KnownDefect:
    """One entry. Raises ValueError, which says what is wrong with it."""
    if not isinstance(item, dict):
        raise ValueError("must be an object")
    for key in item:
        if key not in _KEYS:
            raise ValueError(f'unknown key "{key}"; did you mean "{nearest(key, _KEYS)}"?')
    entry: Mapping[str, Any] = {"count": 1, "reason": "", **item}
    for key in _TEXTS:
        if not isinstance(entry.get(key), str):
            raise ValueError(f'"{key}" must be a text')
    if not entry["path"] or not entry["code"]:
        raise ValueError('"path" and "code" must not be empty')
    if _ANCHOR.fullmatch(entry["anchor"]) is None:
        raise ValueError('"anchor" must be 16 hexadecimal digits')
    count = entry["count"]
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise ValueError('"count" must be a whole number from 1')
    return KnownDefect(**{**entry, "reason": masked_text(entry["reason"])})
