"""JSON as texts (`json`): some libraries take claims, headers and keys as JSON, or give the payload of a token as such.

A payload that is read from its text is still the claims, and so is one that was cut out of a token by hand. Contract:
tests/libraries/test_json_texts_contract.py.
"""

from __future__ import annotations

from jwt_sast.libraries.dotted import dump, load_section
from jwt_sast.libraries.json_values import read_json, write_json
from jwt_sast.libraries.library import Context, Library
from jwt_sast.semantics.calls import Call
from jwt_sast.semantics.values import Value


def _dumps(call: Call, context: Context) -> Value | None:
    return dump(call, context) or write_json(call, call.value(0, "obj"))


def _loads(call: Call, context: Context) -> Value | None:
    return load_section(call, context) or read_json(call, call.value(0, "s"))


LIBRARY = Library(
    name="json",
    distribution="",
    packages=(),
    marks=(),
    functions={"json.dumps": _dumps, "json.loads": _loads},
)
