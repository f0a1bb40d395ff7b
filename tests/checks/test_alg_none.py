"""JWT101 on an allow-list, for a library that honours it; none that is modelled so far does."""

from __future__ import annotations

import libcst as cst

from jwt_sast.check import Draft, registered
from jwt_sast.config import Settings
from jwt_sast.libraries.host import LibraryHost
from jwt_sast.libraries.tables import tables_of
from jwt_sast.semantics.calls import Argument
from jwt_sast.semantics.interpreter import Interpreter
from jwt_sast.semantics.provenance import Place
from jwt_sast.semantics.values import Known, Sequence, Unknown
from jwt_sast.syntax.source import Source
from jwt_sast.tokens.events import Verification, Where


def reports(names: tuple[str, ...], *, honours_none: bool) -> list[Draft]:
    """What the check says of a verification with these algorithms."""
    source = Source.parse("app.py", "verify\n")
    place = Place(source, source.module.body[0])
    anything = Argument(Unknown("a parameter"), place)
    algorithms = Argument(Sequence(tuple(map(Known, names))), place)
    event = Verification(
        where=Where(place, "verify"), token=anything, key=anything, algorithms=algorithms, honours_none=honours_none
    )
    drafts: list[Draft] = []
    (check,) = [check for check in registered() if check.code == "JWT101"]
    module = Interpreter(LibraryHost("app.py", tables_of(()))).run(source)
    check(Settings(), drafts.append, module).visit_Verification(event)  # type: ignore[attr-defined]
    return drafts


def test_none_among_the_accepted_algorithms() -> None:
    (draft,) = reports(("HS256", "none"), honours_none=True)
    assert draft.message == "tokens without a signature are accepted: take `none` out of the list"
    assert isinstance(draft.place.node, cst.SimpleStatementLine)


def test_a_library_that_refuses_it_anyway() -> None:
    assert reports(("HS256", "none"), honours_none=False) == []


def test_a_list_without_none() -> None:
    assert reports(("HS256",), honours_none=True) == []
