"""Django REST framework's `APISettings(user_settings, defaults, import_strings)`, which its extensions have their
options by. Contract: tests/libraries/test_simplejwt_contract.py.

An option is set outside, in the settings of whoever uses the extension, and falls back to its default.
"""

from __future__ import annotations

from jwt_sast.libraries.library import Context, Library, instance
from jwt_sast.semantics.calls import Call
from jwt_sast.semantics.values import Environment, Known, Mapping, Sequence, Value


def _settings(call: Call, context: Context) -> Value:
    defaults = call.state.content(call.state.opened(call.value(1, "defaults")))
    imported = call.state.content(call.state.opened(call.value(2, "import_strings")))
    strings = imported.items if isinstance(imported, Sequence) else ()
    entries = defaults.entries if isinstance(defaults, Mapping) else {}
    return instance(
        call,
        {
            name: Environment(name, entry.value, origin=entry.value.origin)
            for name, entry in entries.items()
            if isinstance(name, str) and Known(name) not in strings
        },
    )


LIBRARY = Library(
    name="rest-framework-settings",
    distribution="",
    packages=(),
    marks=(),
    functions={"rest_framework.settings.APISettings": _settings},
)
