"""JWT106 on passwords that are hashed before they encrypt, for libraries that can do so; none that is modelled does."""

from __future__ import annotations

import pytest

from jwt_sast.check import Draft, registered
from jwt_sast.config import Settings
from jwt_sast.libraries.host import LibraryHost
from jwt_sast.libraries.tables import tables_of
from jwt_sast.semantics.calls import Argument
from jwt_sast.semantics.interpreter import Interpreter
from jwt_sast.semantics.provenance import Place
from jwt_sast.semantics.values import Known, Unknown, Value
from jwt_sast.syntax.source import Source
from jwt_sast.tokens.events import Encryption, Where


def reports(iterations: Value | None) -> list[Draft]:
    """What the check says of an encryption with a password that is hashed so often."""
    source = Source.parse("app.py", "encrypt\n")
    place = Place(source, source.module.body[0])
    event = Encryption(
        where=Where(place, "encrypt"),
        key=Argument(Unknown("a parameter"), place),
        algorithm=Argument(Known("PBES2-HS256+A128KW"), place),
        iterations=None if iterations is None else Argument(iterations, place),
    )
    drafts: list[Draft] = []
    (check,) = [check for check in registered() if check.code == "JWT106"]
    module = Interpreter(LibraryHost("app.py", tables_of(()))).run(source)
    check(Settings(), drafts.append, module).visit_Encryption(event)  # type: ignore[attr-defined]
    return drafts


def test_too_few() -> None:
    (draft,) = reports(Known(100))
    assert draft.message == "a password is hashed 100 times before it encrypts: make that 1000 or more"


@pytest.mark.parametrize("iterations", [Known(1000), Unknown("a setting"), None])
def test_enough_or_not_known(iterations: Value | None) -> None:
    assert reports(iterations) == []
