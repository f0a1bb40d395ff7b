"""Settings read by `configparser`: text and dicts that stand in the source, and what a file may put over them.

A parser is an object that holds a mapping of sections, each a mapping of options in lower case. What a file holds is
not known; what the source says before a file is read is then a fallback.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from jwt_sast.semantics.calls import Call, Model
from jwt_sast.semantics.provenance import Origin
from jwt_sast.semantics.values import (
    Absent,
    Environment,
    Known,
    Object,
    Presence,
    Reference,
    Symbol,
    Unknown,
    Value,
)
from jwt_sast.semantics.values import (
    Mapping as MappingValue,
)

_PARSER = "configparser.ConfigParser"
_SECTION = "configparser.SectionProxy"
_DEFAULT = "DEFAULT"

_Options = dict[str, Value]
"""The options of a section by name; those of other sections lie under `section.option`."""


def _parser(call: Call) -> Value:
    """`ConfigParser(defaults)`."""
    parser = call.state.allocate(Object({}, of=Symbol(_PARSER), origin=call.origin()))
    defaults = call.state.content(call.value(0, "defaults"))
    if isinstance(defaults, MappingValue):
        _store(call, parser, {_DEFAULT: _options_of(defaults)})
    return parser


def _options_of(mapping: MappingValue) -> _Options:
    return {
        key.lower(): entry.value
        for key, entry in mapping.entries.items()
        if isinstance(key, str) and entry.presence is Presence.ALWAYS
    }


def _store(call: Call, parser: Value | None, sections: Mapping[str, _Options]) -> None:
    """Puts options into a parser, over those that are there."""
    content = None if parser is None else call.state.content(parser)
    if isinstance(content, Object) and isinstance(parser, Reference):
        flat = {f"{section}.{name}": value for section, options in sections.items() for name, value in options.items()}
        call.state.update(parser, replace(content, attributes={**content.attributes, **flat}))


def _read_dict(call: Call) -> Value:
    content = call.state.content(call.value(0, "dictionary"))
    if isinstance(content, MappingValue):
        sections: dict[str, _Options] = {}
        for name, entry in content.entries.items():
            options = call.state.content(entry.value)
            if isinstance(name, str) and isinstance(options, MappingValue):
                sections[name] = _options_of(options)
        _store(call, call.receiver, sections)
    return Known(None)


def _read_string(call: Call) -> Value:
    text = call.value(0, "string")
    if isinstance(text, Known) and isinstance(text.constant, str):
        _store(call, call.receiver, _parsed(text.constant, text.origin or call.origin()))
    return Known(None)


def _parsed(text: str, origin: Origin) -> dict[str, _Options]:
    """The sections of a text; values that are put together from others are not known."""
    import configparser  # only for the few files that hold such a text

    parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
    try:
        parser.read_string(text)
    except configparser.Error:
        return {}
    sections = {_DEFAULT: dict(parser.defaults()), **{name: dict(parser.items(name)) for name in parser.sections()}}
    return {
        section: {name: _literal(value, origin) for name, value in options.items()}
        for section, options in sections.items()
    }


def _literal(value: str | None, origin: Origin) -> Value:
    if value is None or "%" in value or "${" in value:
        return Unknown("an interpolated option", (origin.place.node, value), origin=origin)
    return Known(value, origin=origin)


def _read(call: Call) -> Value:
    """A file may replace everything that is there so far."""
    parser = call.instance
    if parser is not None and isinstance(call.receiver, Reference):
        replaced = {
            name: value if isinstance(value, Environment) else Environment(name, value, origin=value.origin)
            for name, value in parser.attributes.items()
        }
        call.state.update(call.receiver, replace(parser, attributes=replaced))
    return call.unknown()


def _set(call: Call) -> Value:
    """`parser.set(section, option, value)`."""
    _put(call, call.receiver, _text(call.value(0, "section")), _text(call.value(1, "option")), call.value(2, "value"))
    return Known(None)


def _put(call: Call, parser: Value | None, section: str | None, option: str | None, value: Value) -> None:
    """One option; which one it is may not be known, and then any may have been replaced."""
    if section is not None and option is not None:
        _store(call, parser, {section: {option.lower(): value}})
    else:
        _forget(call, parser)


def _forget(call: Call, parser: Value | None) -> None:
    content = None if parser is None else call.state.content(parser)
    if isinstance(content, Object) and isinstance(parser, Reference):
        call.state.update(parser, replace(content, attributes={}))


def _set_section(call: Call) -> Value:
    """`parser[section] = {…}`: nothing of what the section held before is left."""
    section, options = _text(call.first()), call.state.content(call.value(1))
    parser = call.instance
    if section is None or parser is None or not isinstance(options, MappingValue):
        _forget(call, call.receiver)
    elif isinstance(call.receiver, Reference):
        kept = {name: value for name, value in parser.attributes.items() if not name.startswith(f"{section}.")}
        call.state.update(call.receiver, replace(parser, attributes=kept))
        _store(call, call.receiver, {section: _options_of(options)})
    return Known(None)


def _set_in_section(call: Call) -> Value:
    """`parser[section][option] = value`."""
    if call.instance is not None:
        section = _text(call.instance.attributes["name"])
        _put(call, call.instance.attributes["parser"], section, _text(call.first()), call.value(1))
    return Known(None)


def _get(call: Call) -> Value:
    """`parser.get(section, option, fallback=…)`."""
    section, option = call.value(0, "section"), call.value(1, "option")
    return _option(call, call.instance, _text(section), _text(option), _fallback(call))


def _section_get(call: Call) -> Value:
    """`parser[section].get(option, fallback)`; None where it is not there and no fallback was given."""
    parser, section = _of_section(call)
    fallback = call.value(1, "fallback")
    otherwise = Known(None, origin=call.origin()) if isinstance(fallback, Absent) else fallback
    return _option(call, parser, section, _text(call.value(0, "option")), otherwise)


def _section_item(call: Call) -> Value:
    parser, section = _of_section(call)
    return _option(call, parser, section, _text(call.first()), Absent())


def _of_section(call: Call) -> tuple[Value | None, str | None]:
    """The parser that the section of a method call belongs to, and the section's name."""
    if call.instance is None:
        return None, None
    return call.state.content(call.instance.attributes["parser"]), _text(call.instance.attributes["name"])


def _item(call: Call) -> Value:
    """`parser[section]`."""
    if call.receiver is None:
        return call.unknown()
    attributes = {"parser": call.receiver, "name": call.first()}
    return call.state.allocate(Object(attributes, of=Symbol(_SECTION), origin=call.origin()))


def _fallback(call: Call) -> Value:
    argument = call.arguments.keywords.get("fallback")
    return Absent() if argument is None else argument.value


def _text(value: Value) -> str | None:
    return value.constant if isinstance(value, Known) and isinstance(value.constant, str) else None


def _option(call: Call, parser: Value | None, section: str | None, option: str | None, fallback: Value) -> Value:
    """An option as the source knows it; one that only a file can hold is set outside."""
    if isinstance(parser, Object) and section is not None and option is not None:
        for place in (section, _DEFAULT):
            found = parser.attributes.get(f"{place}.{option.lower()}")
            if found is not None:
                return found
    name = f"{section}.{option.lower()}" if section is not None and option is not None else ""
    return Environment(name, None if isinstance(fallback, Absent) else fallback, origin=call.origin())


_CLASSES = ("configparser.ConfigParser", "configparser.RawConfigParser", "configparser.SafeConfigParser")

FUNCTIONS: Mapping[str, Model] = {
    **dict.fromkeys(_CLASSES, _parser),
    f"{_PARSER}.read_dict": _read_dict,
    f"{_PARSER}.read_string": _read_string,
    f"{_PARSER}.read": _read,
    f"{_PARSER}.read_file": _read,
    f"{_PARSER}.get": _get,
    f"{_PARSER}.set": _set,
    f"{_PARSER}.__getitem__": _item,
    f"{_PARSER}.__setitem__": _set_section,
    f"{_SECTION}.get": _section_get,
    f"{_SECTION}.__getitem__": _section_item,
    f"{_SECTION}.__setitem__": _set_in_section,
}
