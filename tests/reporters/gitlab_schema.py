"""What GitLab demands of a SAST report, as a JSON schema of our own.

The facts are those of `sast-report-format.json`, versions 15.0.6 and 15.2.1, in GitLab's repository
`security-report-schemas`, also found under `lib/gitlab/ci/parsers/security/validators/schemas/` in GitLab itself:
which keys have to be there, which types, patterns, lengths and words they take. Theirs lets any other key pass; this
one does not, so that a misspelt key is seen.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

VERSION = "15.2.1"


def _object(required: Schema, optional: Schema | None = None) -> Schema:
    properties = {**required, **(optional or {})}
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(required),
        "additionalProperties": False,
    }


def _list(items: Schema, **limits: int) -> Schema:
    return {"type": "array", "items": items, **limits}


TEXT: Schema = {"type": "string"}
NAME: Schema = {"type": "string", "minLength": 1}
LINE: Schema = {"type": "integer", "minimum": 1}
WEB: Schema = {"type": "string", "pattern": "^https?://.+"}
LINK: Schema = {"type": "string", "pattern": "^(https?|ftp)://.+"}
TIME: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$"}

TOOL = _object({"id": NAME, "name": NAME, "version": NAME, "vendor": _object({"name": NAME})}, {"url": WEB})
IDENTIFIER = _object({"type": NAME, "name": NAME, "value": NAME}, {"url": LINK})
MESSAGE = _object({"level": {"enum": ["info", "warn", "fatal"]}, "value": NAME})
FILE_LOCATION: Schema = {
    **_object(
        {"type": {"const": "file-location"}, "file_name": NAME, "line_start": LINE},
        {"line_end": LINE, "column_start": LINE, "column_end": LINE},
    ),
    "dependentRequired": {"column_start": ["column_end"], "column_end": ["column_start"]},
}
NODE = _object(
    {"file_location": FILE_LOCATION, "node_type": {"enum": ["source", "sink", "propagation"]}},
    {"type": {"const": "code-flow-node"}},
)
DETAIL: Schema = {
    "oneOf": [
        _object({"name": NAME, "type": {"const": "text"}, "value": TEXT}, {"description": TEXT}),
        _object(
            {
                "name": NAME,
                "type": {"const": "code-flows"},
                "items": _list(_list(NODE, minItems=1), minItems=1, maxItems=10),
            },
            {"description": TEXT},
        ),
    ]
}
"""Of the thirteen kinds of details those two that we write."""
PLACE: Schema = {"file": TEXT, "start_line": {"type": "number"}, "end_line": {"type": "number"}}
TRACKED = _object({"signatures": _list(_object({"algorithm": TEXT, "value": TEXT}), minItems=1)}, PLACE)
VULNERABILITY = _object(
    {
        "id": NAME,
        "identifiers": _list(IDENTIFIER, minItems=1),
        "location": _object({}, {**PLACE, "class": TEXT, "method": TEXT}),
    },
    {
        "name": {"type": "string", "maxLength": 255},
        "description": {"type": "string", "maxLength": 1_048_576},
        "severity": {"enum": ["Info", "Unknown", "Low", "Medium", "High", "Critical"]},
        "solution": {"type": "string", "maxLength": 7_000},
        "links": _list(_object({"url": LINK}, {"name": TEXT})),
        "details": {"type": "object", "additionalProperties": DETAIL},
        "tracking": _object({"type": {"const": "source"}, "items": _list(TRACKED)}),
    },
)
SCAN = _object(
    {
        "analyzer": TOOL,
        "scanner": TOOL,
        "type": {"const": "sast"},
        "status": {"enum": ["success", "failure"]},
        "start_time": TIME,
        "end_time": TIME,
    },
    {"messages": _list(MESSAGE), "primary_identifiers": _list(IDENTIFIER)},
)
SAST_REPORT: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_object(
        {"version": {"const": VERSION}, "scan": SCAN, "vulnerabilities": _list(VULNERABILITY)},
        {"schema": WEB},
    ),
}
