"""The variables by which OAuth libraries are told to work without TLS: oauthlib, requests-oauthlib, Authlib.

Contract: tests/libraries/test_oauth_switches_contract.py.
"""

from __future__ import annotations

import re

from jwt_sast.libraries.library import Context, Library, where
from jwt_sast.semantics.calls import Argument, Call
from jwt_sast.semantics.truth import truth
from jwt_sast.semantics.values import Known, Mapping, Value
from jwt_sast.tokens.events import PlainHttpAllowed

_VARIABLES = ("OAUTHLIB_INSECURE_TRANSPORT", "AUTHLIB_INSECURE_TRANSPORT")


def _set(call: Call, context: Context) -> None:
    """`os.environ["NAME"] = "1"`, `setdefault`, `os.putenv`: any text that is not empty switches it on."""
    arguments = call.arguments.positional
    if len(arguments) > 1:
        _report(call, context, arguments[0].value, arguments[1])


def _update(call: Call, context: Context) -> None:
    for argument in call.arguments.positional:
        content = call.resolved(argument).value
        for name, entry in content.entries.items() if isinstance(content, Mapping) else ():
            _report(call, context, Known(name), Argument(entry.value, argument.place))
    for name, argument in call.arguments.keywords.items():
        _report(call, context, Known(name), argument)


def _report(call: Call, context: Context, name: Value, value: Argument) -> None:
    name = call.state.opened(name)
    switched = call.resolved(value).value
    if isinstance(name, Known) and name.constant in _VARIABLES and truth(switched) is True:
        context.emit(PlainHttpAllowed(where=where(call), variable=str(name.constant), at=call.place))


LIBRARY = Library(
    name="switches of OAuth libraries",
    distribution="",
    packages=(),
    carrier=True,
    marks=tuple((name.encode(),) for name in _VARIABLES),
    functions={
        "os.environ.__setitem__": _set,
        "os.environ.setdefault": _set,
        "os.environ.update": _update,
        "os.putenv": _set,
    },
    names=re.compile(rb"\b(environ|putenv)\b"),
)
