"""What a class body says of its fields: `Field(…)`, `field(…)`, `attr.ib(…)`, `Annotated[…]`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import libcst as cst

from jwt_sast.semantics import containers
from jwt_sast.semantics.calls import Call, Model
from jwt_sast.semantics.environment import Frame
from jwt_sast.semantics.names import dotted
from jwt_sast.semantics.records import FIELD, Field, is_missing
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import (
    Absent,
    Class,
    Known,
    Partial,
    Produced,
    Sequence,
    Symbol,
    Value,
    one_of,
)
from jwt_sast.semantics.values import (
    Mapping as MappingValue,
)

ANNOTATED = "annotated"
"""What `Annotated[T, …]` is: `detail` holds the values between the brackets."""

ANNOTATIONS = frozenset({"typing.Annotated", "typing_extensions.Annotated"})

_FACTORY = "attr.Factory"


def annotated(frame: Frame, state: State, node: cst.AnnAssign, value: Value | None) -> Value | None:
    """The value of an annotated name in a class body: `Annotated[T, Field(…)]` is as good as `= Field(…)`."""
    annotation = node.annotation.annotation
    if not isinstance(annotation, cst.Subscript) or dotted(annotation.value).rpartition(".")[2] != "Annotated":
        return value
    made = frame.evaluate(state, annotation)
    for one in made.detail[1:] if isinstance(made, Produced) and made.what == ANNOTATED else ():
        if isinstance(one, Produced) and one.what == FIELD:
            spec: Field = one.detail
            return one if value is None else replace(one, detail=replace(spec, default=value, factory=None))
    return value


def _given(call: Call, name: str, position: int | None = None) -> Value | None:
    value = call.value(position, name) if position is not None else call.value(len(call.arguments.positional), name)
    return None if is_missing(value) else value


def _text(call: Call, name: str) -> str | None:
    value = _given(call, name)
    return value.constant if isinstance(value, Known) and isinstance(value.constant, str) else None


def _made(call: Call, field: Field) -> Value:
    if call.arguments.more_keywords or call.arguments.more_positional:
        # Among what is not seen there may be an alias, under which another value comes in.
        seen = () if field.default is None else (field.default,)
        field = replace(field, default=one_of((*seen, call.unknown())))
    return Produced(FIELD, field, call.place.node, origin=call.origin())


def _standard(call: Call) -> Value:
    """`dataclasses.field`."""
    field = Field(
        default=_given(call, "default"),
        factory=_given(call, "default_factory"),
        init=_given(call, "init") != Known(False),
        keyword_only=_given(call, "kw_only") == Known(True),
    )
    return _made(call, field)


def _attrs(call: Call) -> Value:
    """`attr.ib`, `attrs.field`: a default may be a `Factory`."""
    default, factory = _given(call, "default", 0), _given(call, "factory")
    if isinstance(default, Produced) and default.what == _FACTORY:
        factory, default = default.detail, None
    alias = _text(call, "alias")
    field = Field(
        default=default,
        factory=factory,
        arguments=() if alias is None else (alias,),
        init=_given(call, "init") != Known(False),
        keyword_only=_given(call, "kw_only") == Known(True),
        converted=not isinstance(call.value(len(call.arguments), "converter"), Absent),
    )
    return _made(call, field)


def _factory(call: Call) -> Value:
    """`attr.Factory`: one that takes the half-made instance is not followed."""
    if not isinstance(call.value(1, "takes_self"), Absent):
        return call.unknown()
    return Produced(_FACTORY, call.value(0, "factory"), call.place.node, origin=call.origin())


def _pydantic(call: Call) -> Value:
    """`pydantic.Field`."""
    aliases = [_text(call, name) for name in ("alias", "validation_alias")]
    field = Field(
        default=_given(call, "default", 0),
        factory=_given(call, "default_factory"),
        arguments=tuple(name for name in aliases if name is not None),
        alias=_text(call, "serialization_alias") or aliases[0],
        excluded=_given(call, "exclude") == Known(True),
    )
    return _made(call, field)


def _decorator(call: Call) -> Value:
    """A class decorator: of a class it gives the class; otherwise it is still the decorator, with its options."""
    if call.arguments.positional:
        return call.first()
    return Partial(Symbol(call.function, origin=call.origin()), (), dict(call.arguments.keywords), origin=call.origin())


def _named_tuple(call: Call) -> Value:
    """`namedtuple("X", "a b")`, `NamedTuple("X", [("a", str)])`: the class that it stands for."""
    title, names = call.first(), _names(call)
    if not isinstance(title, Known) or names is None or len(call.arguments) != 2:
        return call.unfollowed()
    annotation = cst.Annotation(cst.Name("Any"))
    lines = [cst.SimpleStatementLine([cst.AnnAssign(cst.Name(name), annotation)]) for name in names]
    node = cst.ClassDef(cst.Name(str(title.constant)), cst.IndentedBlock(lines))
    return Class(node, call.frame.scope, {}, [Symbol("typing.NamedTuple")], origin=call.origin())


def _names(call: Call) -> list[str] | None:
    """The field names of a functional named tuple, None where one of them cannot be read."""
    given = call.state.content(call.value(1, "field_names"))
    if isinstance(given, Known) and isinstance(given.constant, str):
        names: list[object] = list(given.constant.replace(",", " ").split())
    elif isinstance(given, Sequence) and not given.open:
        firsts = [call.state.content(item) for item in given.items]
        firsts = [one.items[0] if isinstance(one, Sequence) and one.items else one for one in firsts]
        names = [one.constant if isinstance(one, Known) else None for one in firsts]
    else:
        return None
    good = [name for name in names if isinstance(name, str) and name.isidentifier()]
    return good if len(good) == len(names) else None


def _config(call: Call) -> Value:
    """`ConfigDict(…)`: a dict."""
    return call.state.allocate(containers.updated(call, MappingValue({}, origin=call.origin())))


def _secret(call: Call) -> Value:
    """`SecretStr("x")`: the text inside, which `get_secret_value()` gives."""
    return call.value(0, "secret_value")


FUNCTIONS: Mapping[str, Model] = {
    "dataclasses.field": _standard,
    "dataclasses.dataclass": _decorator,
    "pydantic.dataclasses.dataclass": _decorator,
    "pydantic.v1.dataclasses.dataclass": _decorator,
    **dict.fromkeys(("attr.ib", "attr.attrib", "attr.attr", "attr.field", "attrs.field"), _attrs),
    **dict.fromkeys(("attr.Factory", "attrs.Factory"), _factory),
    **{f"attr.{name}": _decorator for name in ("s", "attrs", "attributes", "dataclass", "define", "mutable", "frozen")},
    **{f"attrs.{name}": _decorator for name in ("define", "mutable", "frozen")},
    **dict.fromkeys(("pydantic.Field", "pydantic.fields.Field", "pydantic.v1.Field"), _pydantic),
    "pydantic.ConfigDict": _config,
    "pydantic_settings.SettingsConfigDict": _config,
    **{f"pydantic{part}.{name}": _secret for part in ("", ".v1", ".types") for name in ("SecretStr", "SecretBytes")},
    "collections.namedtuple": _named_tuple,
    "typing.NamedTuple": _named_tuple,
    "typing_extensions.NamedTuple": _named_tuple,
}
