"""Record classes: their fields, and what each is where no argument gives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import libcst as cst

from jwt_sast.semantics.inheritance import order
from jwt_sast.semantics.names import dotted
from jwt_sast.semantics.record_kinds import BARE_ATTRS, BASES, DECORATORS, PLAIN_BASES, Kind
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import (
    Absent,
    Class,
    Known,
    Mapping,
    Partial,
    Produced,
    Symbol,
    Unknown,
    Value,
    alternatives,
    base,
)

FIELD = "field"
"""What `Field(…)`, `field(…)` and `attr.ib(…)` give: `detail` is a Field without a name."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `default` and `factory` are None where it has none; `node` is the statement that declares it."""

    name: str = ""
    default: Value | None = None
    factory: Value | None = None
    arguments: tuple[str, ...] = ()
    """The keywords by which an argument gives it."""
    alias: str | None = None
    """Its key in a dump by alias."""
    init: bool = True
    keyword_only: bool = False
    stored: bool = True
    """Whether it is an attribute; one that is not goes to `__post_init__` only."""
    converted: bool = False
    """Whether what is given goes through a function that is not followed."""
    excluded: bool = False
    """Whether no dump holds it."""
    node: cst.CSTNode | None = None
    annotation: cst.BaseExpression | None = None

    @property
    def required(self) -> bool:
        """Whether an argument has to give it."""
        return self.default is None and self.factory is None


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a record class. Where `open`, its instances may have fields that are not listed."""

    kind: Kind
    fields: tuple[Field, ...]
    open: bool
    by_alias: bool = False
    """Whether aliases are the keys of a dump unless it says otherwise."""


def record(state: State, of: Class) -> Record | None:
    """What is known of `of` as a record; None where nothing shows that it is one."""
    state.world.link(state, of)
    classes = order(of)
    kinds = [kind(one) for one in classes]
    found = next((one for one in kinds if one is not None), None)
    if found is None:
        return None
    if Kind.SETTINGS in kinds:
        found = Kind.SETTINGS
    fields: dict[str, Field] = {}
    for one, own in zip(reversed(classes), reversed(kinds), strict=True):
        # A decorator reads the body of its own class only, a model also those of classes that are no models.
        if own is not None or found.validates:
            fields |= {field.name: field for field in _own_fields(one, found)}
    unseen = any(not _is_seen(base) for one in classes for base in one.bases)
    config = _config(state, of)
    extra = unseen or (found.validates and _allows_extras(of, config))
    by_alias = isinstance(config, Mapping) and not isinstance(config.get("serialize_by_alias"), Absent)
    return Record(found, tuple(fields.values()), extra, by_alias)


def kind(of: Class) -> Kind | None:
    """The kind of record that the own decorators and direct bases of `of` make of it."""
    for name, _ in _decorators(of):
        if name in DECORATORS:
            return DECORATORS[name]
    for one in of.bases:
        for option in alternatives(one):
            found = BASES.get(option.name) if isinstance(option, Symbol) else None
            if found is not None:
                return found
            if isinstance(option, Class) and (inherited := kind(option)) not in (None, Kind.DATACLASS, Kind.ATTRS):
                return inherited
    return None


def writes_init(of: Class) -> bool:
    """Whether a decorator gives `of` an `__init__` of its own, whatever its bases have."""
    return any(name in DECORATORS and options.get("init") != Known(False) for name, options in _decorators(of))


def _decorators(of: Class) -> Iterator[tuple[str, dict[str, Value]]]:
    """The qualified names of the decorators with the keywords that they were given."""
    for decorator in of.decorators:
        match decorator:
            case Symbol(name=name):
                yield name, {}
            case Partial(function=Symbol(name=name), keywords=keywords):
                yield name, {key: argument.value for key, argument in keywords.items()}


def _is_seen(value: Value) -> bool:
    """Whether it is known which fields a base brings."""
    for option in alternatives(value):
        bottom = base(option)
        if isinstance(bottom, Symbol) and (bottom.name in BASES or bottom.name in PLAIN_BASES):
            continue
        if not isinstance(option, Class):
            return False
    return True


def _config(state: State, of: Class) -> Value | None:
    config = of.member("model_config")
    return None if config is None else state.content(config)


def _allows_extras(of: Class, config: Value | None) -> bool:
    """Whether a pydantic model may keep arguments that are no fields."""
    settings = [options for one in order(of) for options in (one.keywords.get("extra"),) if options is not None]
    old = of.member("Config")
    if isinstance(old, Class) and (extra := old.member("extra")) is not None:
        settings.append(extra)
    if isinstance(config, Mapping):
        settings.append(config.get("extra"))
    elif config is not None:
        return True
    return not all(_refuses_extras(value) for value in settings)


def _refuses_extras(value: Value) -> bool:
    match value:
        case Known(constant="ignore" | "forbid") | Absent():
            return True
        case Symbol(name=name):
            return name.endswith((".ignore", ".forbid"))
        case _:
            return False


def _own_fields(of: Class, kind: Kind) -> Iterator[Field]:
    """The fields that the body of `of` declares."""
    decorators = list(_decorators(of))
    options = {key: value for _, given in decorators for key, value in given.items()}
    annotated = not any(name in BARE_ATTRS for name, _ in decorators) or options.get("auto_attribs") == Known(True)
    keyword_only = options.get("kw_only") == Known(True)
    for statement in _statements(of.node.body):
        match statement:
            case cst.AnnAssign(target=cst.Name(value=name), annotation=cst.Annotation(annotation=annotation)):
                if _last(annotation) == "KW_ONLY":
                    keyword_only = True
                elif annotated and not _is_apart(name, annotation, kind):
                    own = _field(of, name, kind, statement)
                    stored = _last(annotation) != "InitVar"
                    only = own.keyword_only or keyword_only
                    yield replace(own, keyword_only=only, annotation=annotation, stored=stored)
            case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))]):
                if kind is Kind.ATTRS and isinstance(spec := of.members.get(name), Produced) and spec.what == FIELD:
                    own = _field(of, name, kind, statement)
                    yield replace(own, keyword_only=own.keyword_only or keyword_only)


def annotated(of: Class) -> Iterator[str]:
    """The annotated names of a class body."""
    for statement in _statements(of.node.body):
        if isinstance(statement, cst.AnnAssign) and isinstance(statement.target, cst.Name):
            yield statement.target.value


def _statements(body: cst.BaseSuite) -> Iterator[cst.CSTNode]:
    for line in body.body:
        if isinstance(line, cst.SimpleStatementLine):
            yield from line.body
        elif isinstance(line, cst.BaseSmallStatement):
            yield line


def _is_apart(name: str, annotation: cst.BaseExpression, kind: Kind) -> bool:
    """Whether an annotated name is no field: a class variable, a private attribute of a model."""
    if kind.validates and (name.startswith("_") or name == "model_config"):
        return True
    return _last(annotation) == "ClassVar"


def _last(annotation: cst.BaseExpression) -> str:
    while isinstance(annotation, cst.Subscript):
        annotation = annotation.value
    return dotted(annotation).rpartition(".")[2]


def _field(of: Class, name: str, kind: Kind, statement: cst.CSTNode) -> Field:
    found = of.members.get(name)
    own = name.lstrip("_") if kind is Kind.ATTRS else name
    if isinstance(found, Produced) and found.what == FIELD:
        spec: Field = found.detail
        # An alias of attrs stands in place of the name, one of pydantic may be used beside it.
        arguments = spec.arguments if kind is Kind.ATTRS and spec.arguments else (own, *spec.arguments)
        return replace(spec, name=name, arguments=arguments, node=statement)
    return Field(name, None if found is None or is_missing(found) else found, arguments=(own,), node=statement)


def is_missing(value: Value) -> bool:
    """Whether a default says that there is none: `...`, `attr.NOTHING`, `dataclasses.MISSING`."""
    if isinstance(value, Unknown):
        return isinstance(value.site, cst.Ellipsis)
    return isinstance(value, Absent) or (isinstance(value, Symbol) and value.name.endswith((".NOTHING", ".MISSING")))


def member(of: Class, name: str) -> Value | None:
    """A member of a class as its attribute: in place of what declares a field stands the field's default, if any."""
    found = of.member(name)
    if isinstance(found, Produced) and found.what == FIELD:
        default: Value | None = found.detail.default
        return default
    return found
