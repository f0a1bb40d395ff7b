"""The kinds of record classes: which base or decorator makes a class one.

Contract: tests/libraries/test_records_contract.py.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping


class Kind(enum.Enum):
    """Who writes the `__init__` of a class whose fields stand in its body."""

    DATACLASS = "dataclasses"
    ATTRS = "attrs"
    MODEL = "a pydantic model"
    SETTINGS = "a pydantic model that is filled from the environment"
    NAMED_TUPLE = "a named tuple"
    TYPED_DICT = "a dict with known keys"

    @property
    def validates(self) -> bool:
        """Whether what is given goes through validators, and is copied."""
        return self in (Kind.MODEL, Kind.SETTINGS)


BASES: Mapping[str, Kind] = {
    "pydantic.BaseModel": Kind.MODEL,
    "pydantic.main.BaseModel": Kind.MODEL,
    "pydantic.v1.BaseModel": Kind.MODEL,
    "pydantic.v1.main.BaseModel": Kind.MODEL,
    "pydantic.BaseSettings": Kind.SETTINGS,
    "pydantic.env_settings.BaseSettings": Kind.SETTINGS,
    "pydantic.v1.BaseSettings": Kind.SETTINGS,
    "pydantic_settings.BaseSettings": Kind.SETTINGS,
    "pydantic_settings.main.BaseSettings": Kind.SETTINGS,
    "typing.NamedTuple": Kind.NAMED_TUPLE,
    "typing_extensions.NamedTuple": Kind.NAMED_TUPLE,
    "typing.TypedDict": Kind.TYPED_DICT,
    "typing_extensions.TypedDict": Kind.TYPED_DICT,
}

DECORATORS: Mapping[str, Kind] = {
    "dataclasses.dataclass": Kind.DATACLASS,
    "pydantic.dataclasses.dataclass": Kind.DATACLASS,
    "pydantic.v1.dataclasses.dataclass": Kind.DATACLASS,
    **{f"attr.{name}": Kind.ATTRS for name in ("s", "attrs", "attributes", "dataclass", "define", "mutable", "frozen")},
    **{f"attrs.{name}": Kind.ATTRS for name in ("define", "mutable", "frozen")},
}

BARE_ATTRS = frozenset({"attr.s", "attr.attrs", "attr.attributes"})
"""Decorators of attrs that take annotations for fields only where they are told to (`auto_attribs=True`)."""

PLAIN_BASES = frozenset(
    {"builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol", "typing_extensions.Generic"}
)
"""Bases that bring no field."""
