"""Records written out as dicts: `model_dump()`, `asdict(…)`, `_asdict()`, `vars(…)`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jwt_sast.semantics import copies, lookup, records
from jwt_sast.semantics.bounds import MAX_SNAPSHOT_DEPTH
from jwt_sast.semantics.calls import Call
from jwt_sast.semantics.environment import Frame
from jwt_sast.semantics.inheritance import order
from jwt_sast.semantics.omissions import Omissions, lists
from jwt_sast.semantics.provenance import Origin, Place
from jwt_sast.semantics.record_kinds import Kind
from jwt_sast.semantics.records import Field, Record
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import (
    Absent,
    Class,
    Constant,
    Entry,
    Form,
    Function,
    Instant,
    Known,
    Mapping,
    Object,
    Presence,
    Reference,
    Sequence,
    Unknown,
    Value,
    alternatives,
    each,
    one_of,
)


def dump(frame: Frame, state: State, instance: Value, omitted: Omissions, place: Place) -> Value | None:
    """The dict of a record's fields; None where `instance` is no record that is known.

    An instance that a subclass may have made gives two answers: the fields that are seen, and whatever else.
    """
    content = state.content(instance)
    if not isinstance(content, Object) or not isinstance(content.of, Class):
        return None
    record = records.record(state, content.of)
    if record is None:
        return None
    mapping = _Dump(frame, state, content, record, omitted, place).mapping(instance)
    if not content.open and not record.open:
        return state.allocate(mapping)
    loose = state.allocate(_loosened(mapping))
    known = not record.open and not _has_subclass(content.of)
    return one_of((state.allocate(mapping), loose)) if known else loose


def items(call: Call) -> Value | None:
    """`dict(model)`; None where the first argument is no pydantic model."""
    content = call.state.content(call.first())
    of = content.of if isinstance(content, Object) else None
    record = records.record(call.state, of) if isinstance(of, Class) else None
    if record is None or not record.kind.validates:
        return None
    return dump(call.frame, call.state, call.first(), Omissions(iterated=True), call.place)


def _loosened(mapping: Mapping) -> Mapping:
    return replace(
        mapping, entries={k: e for k, e in mapping.entries.items() if e.presence is not Presence.NEVER}, open=True
    )


def _has_subclass(of: Class) -> bool:
    """Whether a class of the same module derives from `of`."""
    return any(isinstance(one, Class) and one != of and of in order(one) for one in of.scope.names.values())


@dataclass(slots=True)
class _Dump:
    """One record that is being written out."""

    frame: Frame
    state: State
    content: Object
    record: Record
    omitted: Omissions
    place: Place
    depth: int = 0

    def mapping(self, instance: Value) -> Mapping:
        """The fields with their values and whether they are there."""
        assert isinstance(self.content.of, Class), "a record has a class"
        origin = Origin(self.place)
        members = [member for one in order(self.content.of) for member in one.members.values()]
        decorators = {name for one in members if isinstance(one, Function) for name in one.decorators}
        if self.record.kind.validates and "model_serializer" in decorators:
            return Mapping({}, open=True, origin=origin)
        serialized = (
            not self.omitted.iterated
            and bool(decorators & {"field_serializer", "serializer"})
            and self.record.kind.validates
        )
        entries: dict[Constant, Entry] = {}
        for field in (one for one in self.record.fields if one.stored):
            value = self._value(field)
            presence = self._presence(field, value)
            written = Unknown("serialized", (self.place.node, field.name)) if serialized else self._written(value)
            for key, there in self._keys(field, presence):
                entries[key] = Entry(Absent(), there, origin) if there is Presence.NEVER else Entry(written, there)
        if self.record.kind.validates and "computed_field" in decorators and not self.omitted.iterated:
            for name in self._computed():
                value = lookup.attribute(self.frame, self.state, instance, name, self.place)
                entries[name] = Entry(value, self._named(name, Presence.ALWAYS))
        return Mapping(entries, origin=origin)

    def _value(self, field: Field) -> Value:
        found = self.content.attributes.get(field.name)
        return Unknown("a field", (self.place.node, field.name)) if found is None else found

    def _computed(self) -> list[str]:
        assert isinstance(self.content.of, Class), "a record has a class"
        members = {name: member for one in reversed(order(self.content.of)) for name, member in one.members.items()}
        return [n for n, m in members.items() if isinstance(m, Function) and "computed_field" in m.decorators]

    def _keys(self, field: Field, presence: Presence) -> list[tuple[str, Presence]]:
        by_alias = True if self.record.by_alias and self.omitted.by_alias is False else self.omitted.by_alias
        if field.alias is None or by_alias is False:
            return [(field.name, presence)]
        if by_alias is True:
            return [(field.alias, presence)]
        unsure = presence if presence is Presence.NEVER else Presence.UNKNOWN
        return [(field.name, unsure), (field.alias, unsure)]

    def _presence(self, field: Field, value: Value) -> Presence:
        if field.excluded and not self.omitted.iterated:
            return Presence.NEVER
        presence = self._named(field.name, Presence.ALWAYS)
        for switch, left_out in (
            (self.omitted.empty, self._is_empty(value)),
            (self.omitted.unset, _is_unset(field, value)),
            (self.omitted.defaults, _is_default(field, value)),
        ):
            if switch is not False and left_out is not Presence.NEVER:
                found = {Presence.ALWAYS: Presence.NEVER}.get(left_out, left_out)
                found = found if switch is True else Presence.UNKNOWN
                presence = found if presence is Presence.ALWAYS else _least(presence, found)
        return presence

    def _named(self, name: str, presence: Presence) -> Presence:
        """Whether a field is there after `exclude={…}` and `include={…}`."""
        for names, keeps in ((self.omitted.named, False), (self.omitted.others, True)):
            if names is None:
                continue
            listed = lists(names, name)
            if listed is None:
                presence = _least(presence, Presence.UNKNOWN)
            elif listed is not keeps:
                presence = Presence.NEVER
        return presence

    def _is_empty(self, value: Value) -> Presence:
        """Whether a value is None: always, never, on some path, or that cannot be said."""
        answers = {_none(self.state.content(option)) for option in alternatives(value)}
        if len(answers) == 1:
            return {True: Presence.ALWAYS, False: Presence.NEVER, None: Presence.UNKNOWN}[answers.pop()]
        return Presence.UNKNOWN if self.content.open or True not in answers else Presence.SOMETIMES

    def _written(self, value: Value) -> Value:
        """A value as it stands in the dict: records in it are dicts too, containers are copies."""
        return each(value, self._one)

    def _one(self, value: Value) -> Value:
        content = self.state.content(value)
        origin = Origin(self.place)
        if isinstance(content, Instant) and content.form is Form.DATETIME and self.omitted.texts is not False:
            return Unknown("a time as a text", self.place.node)
        if not isinstance(value, Reference) or self.record.kind is Kind.NAMED_TUPLE:
            return value
        if self.depth >= MAX_SNAPSHOT_DEPTH:
            return Unknown("nested too deep", self.place.node)
        inner = replace(self, depth=self.depth + 1)
        match content:
            case Object(of=Class() as of) if (record := records.record(self.state, of)) is not None:
                nested = replace(self.omitted, named=None, others=None)
                made = _Dump(self.frame, self.state, content, record, nested, self.place, self.depth + 1)
                mapping = made.mapping(value)
                return self.state.allocate(_loosened(mapping) if content.open else mapping)
            case Mapping(entries=entries):
                copied = {key: replace(entry, value=inner._written(entry.value)) for key, entry in entries.items()}
                return self.state.allocate(replace(content, entries=copied, origin=origin))
            case Sequence(items=items):
                return self.state.allocate(
                    replace(content, items=tuple(inner._written(item) for item in items), origin=origin)
                )
            case _:
                return value


def _least(one: Presence, other: Presence) -> Presence:
    """The presence of what has to pass two sieves."""
    for presence in (Presence.NEVER, Presence.SOMETIMES, Presence.UNKNOWN):
        if presence in (one, other):
            return presence
    return Presence.ALWAYS


def _none(value: Value) -> bool | None:
    """Whether a value is None."""
    if isinstance(value, Known):
        return value.constant is None
    return False if isinstance(value, Instant | Mapping | Sequence | Object) else None


def _is_unset(field: Field, value: Value) -> Presence:
    """Whether no argument has given the field: so it is while it holds the very value that its class declares."""
    if field.required:
        return Presence.NEVER
    return Presence.ALWAYS if value is field.default else Presence.UNKNOWN


def _is_default(field: Field, value: Value) -> Presence:
    """Whether a field equals its default."""
    if field.required:
        return Presence.NEVER
    same = isinstance(value, Known) and isinstance(field.default, Known) and value == field.default
    return Presence.ALWAYS if same or value is field.default else Presence.UNKNOWN


def loaded(state: State, mapping: Value, origin: Origin) -> Value:
    """What `json.loads` makes of a dict that has been written as JSON: times have become texts or numbers."""

    def one(content: Mapping) -> Mapping:
        entries = {key: replace(entry, value=each(entry.value, _plain)) for key, entry in content.entries.items()}
        return replace(content, entries=entries, origin=origin)

    def each_mapping(option: Value) -> Value:
        content = state.content(option)
        return state.allocate(one(content)) if isinstance(content, Mapping) else option

    return each(copies.copy(state, mapping, origin, deep=True), each_mapping)


def _plain(value: Value) -> Value:
    is_time = isinstance(value, Instant) and value.form is Form.DATETIME
    return Unknown("a time as a text", value) if is_time else value
