"""How the settings describe a program's own functions that sign or verify; see `tokens/wrappers.py`."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from jwt_sast.config.kinds import Json, Kind, ListOf, Switch, Table, Text
from jwt_sast.config.words import nearest
from jwt_sast.tokens.wrappers import ACCEPTS, CHECKS, Parameter, ParameterList, Wrapper

W = TypeVar("W", bound=Wrapper)

_IDENTIFIER = r"[^\W\d]\w*"


def misfit(parameter: Parameter, names: Sequence[str]) -> str:
    """What is wrong with a parameter of a function that has those of the `names`; "" where it is one of them."""
    if isinstance(parameter, int):
        return "" if parameter < len(names) else f"has no parameter at position {parameter}: it has {len(names)}"
    hint = f"; did you mean {nearest(parameter, names)}?" if names else ""
    return "" if parameter in names else f"has no parameter {parameter}{hint}"


class Name(Kind[str]):
    """The whole name of a function or method, as who imports it writes it."""

    metavar = "package.module.function"
    pattern = rf"^{_IDENTIFIER}(\.{_IDENTIFIER})+$"

    def read(self, value: object, folder: str) -> str:
        """The name."""
        if not isinstance(value, str) or not re.search(self.pattern, value):
            raise ValueError(f"{value}: is not the whole name of a function, such as {self.metavar}")
        return value

    def schema(self) -> Json:
        """A string."""
        return {"type": "string", "pattern": self.pattern}


class Choice(Kind[str]):
    """One of a few words."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self.metavar = f"[{'|'.join(words)}]"

    def read(self, value: object, folder: str) -> str:
        """The word."""
        if value not in self.words:
            raise ValueError(f"unknown word {value}; did you mean {nearest(str(value), self.words)}?")
        return str(value)

    def schema(self) -> Json:
        """The words."""
        return {"enum": list(self.words)}


class Role(Kind[Parameter]):
    """A parameter, by its name or its position."""

    metavar = "PARAMETER"
    pattern = rf"^{_IDENTIFIER}$"

    def read(self, value: object, folder: str) -> Parameter:
        """The parameter."""
        if isinstance(value, str) and re.search(self.pattern, value):
            return value
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        raise ValueError("must be the name of a parameter or its position, from 0")

    def schema(self) -> Json:
        """A string or a number."""
        return {"anyOf": [{"type": "string", "pattern": self.pattern}, {"type": "integer", "minimum": 0}]}


class Condition(Kind[Parameter | bool]):
    """Always, never, or where a parameter says so."""

    metavar = "true|false|PARAMETER"

    def read(self, value: object, folder: str) -> Parameter | bool:
        """The answer, or the parameter."""
        try:
            return value if isinstance(value, bool) else Role().read(value, folder)
        except ValueError:
            raise ValueError("must be true, false, or the name or position of a parameter") from None

    def schema(self) -> Json:
        """A boolean, or what tells a parameter."""
        return {"anyOf": [Switch().schema(), *Role().schema()["anyOf"]]}


class Parameters(Kind[ParameterList]):
    """The parameters of a function as its `def` has them between the brackets; `self` and `cls` are left out."""

    metavar = "PARAMETERS"

    def read(self, value: object, folder: str) -> ParameterList:
        """Their names, and the defaults that are literals."""
        args = _arguments(value)
        if args is None:
            raise ValueError("""must be a list of parameters as a def has them, such as "payload, key, alg='HS256'\"""")
        plain = [*args.posonlyargs, *args.args]
        names = [one.arg for one in plain]
        with_default = [*plain[len(plain) - len(args.defaults) :], *args.kwonlyargs]
        literals = [
            (one.arg, default.value)
            for one, default in zip(with_default, [*args.defaults, *args.kw_defaults], strict=True)
            if isinstance(default, ast.Constant) and default.value is not ...
        ]
        own = names[1:] if names[:1] in (["self"], ["cls"]) else names
        return ParameterList((*own, *(one.arg for one in args.kwonlyargs)), len(own), tuple(literals), str(value))

    def schema(self) -> Json:
        """A string: its grammar is Python's, which is more than a schema can tell."""
        return {"type": "string"}

    def plain(self, value: ParameterList) -> str:
        """As they were written."""
        return value.text


class Function(Kind[W]):
    """What a table says of one function: which parameter fills which role, and what the function does besides."""

    metavar = "{…}"
    _OTHERS: ClassVar[Mapping[str, Kind[Any]]] = {
        "parameters": Parameters(),
        "adds": ListOf(Text("CLAIM")),
        "checks": Table(Choice(CHECKS), Condition()),
    }

    def __init__(self, of: type[W]) -> None:
        self.of = of
        accepts = ListOf(Choice(ACCEPTS[of]))
        keys = [name for name in of.__dataclass_fields__ if name != "name"]
        self.keys: Mapping[str, Kind[Any]] = {
            key: accepts if key == "accepts" else self._OTHERS.get(key, Role()) for key in keys
        }

    def read(self, value: object, folder: str) -> W:
        """The function, without its name."""
        if not isinstance(value, Mapping):
            raise ValueError("must be a table")
        made: dict[str, Any] = {}
        for key, item in value.items():
            if key not in self.keys:
                raise ValueError(f"unknown key {key}; did you mean {nearest(key, self.keys)}?")
            try:
                made[key] = self.keys[key].read(item, folder)
            except ValueError as problem:
                raise ValueError(f"{key}: {problem}") from None
        function = self.of(**made)
        if function.parameters is not None:
            problems = (misfit(one, function.parameters.names) for one in function.used())
            if wrong := next(filter(None, problems), ""):
                raise ValueError(wrong)
        return function

    def schema(self) -> Json:
        """An object."""
        properties = {key: kind.schema() for key, kind in self.keys.items()}
        return {"type": "object", "properties": properties, "additionalProperties": False}

    def plain(self, value: W) -> Json:
        """A dict of what is said."""
        said = {key: getattr(value, key) for key in self.keys}
        return {key: self.keys[key].plain(one) for key, one in said.items() if one not in (None, ())}


class Functions(Table[str, W]):
    """Functions by their names. There is no room for one in an option."""

    option = False

    def __init__(self, of: type[W]) -> None:
        super().__init__(Name(), Function(of))

    def _pair(self, key: object, item: object, folder: str) -> tuple[str, W]:
        whole = str(key)
        while isinstance(item, Mapping) and not re.search(Name.pattern, str(key)):
            names = list(item)
            if len(names) != 1 or not isinstance(item[names[0]], Mapping):
                break
            whole, item = f"{whole}.{names[0]}", item[names[0]]
        if whole != key:
            raise ValueError(f'{key}: is not the whole name of a function; write its dots in quotes: "{whole}"')
        return super()._pair(key, item, folder)


def _arguments(value: object) -> ast.arguments | None:
    """Parameters in Python's own grammar; None where they are nothing of the kind, or more than that."""
    try:
        body = ast.parse(f"def f({value}): ...").body if isinstance(value, str) else []
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    match body:
        case [ast.FunctionDef(args=args, returns=None, body=[ast.Expr(value=ast.Constant(value=constant))])]:
            return args if constant is ... else None
    return None
