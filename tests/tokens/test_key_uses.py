"""The literals that a signing or a verification uses as its key."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jwt_sast.findings import Confidence
from jwt_sast.semantics.calls import Argument
from jwt_sast.semantics.provenance import Origin, Place
from jwt_sast.semantics.values import Absent, Environment, Known, Sequence, Unknown, Value, one_of
from jwt_sast.syntax.source import Source
from jwt_sast.tokens.events import Signing, Verification, Where
from jwt_sast.tokens.key_uses import KeyUse, key_uses, required_bytes

Make = Callable[[Value], Argument]

UNKNOWN = Unknown("a call", 1)
PARAMETER = Unknown("a parameter", 2)
SHORT = Known("tr0ub4")
LONG = Known("0123456789abcdef" * 4)
PRIVATE = Known("-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----")
PUBLIC = Known("-----BEGIN PUBLIC KEY-----\nMII\n-----END PUBLIC KEY-----")
HS256, HS512, RS256 = Known("HS256"), Known("HS512"), Known("RS256")


@pytest.fixture
def signing(argument: Make) -> Callable[[Value, Value], Signing]:
    """Makes a signing of a key and an algorithm."""

    def make(key: Value, algorithm: Value) -> Signing:
        where = Where(argument(key).place, "jwt.encode")
        return Signing(where=where, claims=argument(UNKNOWN), key=argument(key), algorithm=argument(algorithm))

    return make


@pytest.fixture
def verification(argument: Make) -> Callable[[Value, Value], Verification]:
    """Makes a verification of a key and what is given for `algorithms`."""

    def make(key: Value, algorithms: Value) -> Verification:
        where = Where(argument(key).place, "jwt.decode")
        return Verification(where=where, token=argument(UNKNOWN), key=argument(key), algorithms=argument(algorithms))

    return make


Sign = Callable[[Value, Value], Signing]
Verify = Callable[[Value, Value], Verification]


def only(uses: list[KeyUse]) -> KeyUse:
    """The one use that there is."""
    (use,) = uses
    return use


class TestWhatIsAKey:
    @pytest.mark.parametrize("algorithm", [HS256, UNKNOWN, one_of((HS256, RS256))])
    def test_a_text_is_one_where_the_algorithm_may_be_hmac(self, signing: Sign, algorithm: Value) -> None:
        assert not only(list(key_uses(signing(SHORT, algorithm)))).private

    @pytest.mark.parametrize("algorithm", [RS256, Known("none"), one_of((RS256, Known("ES256")))])
    def test_and_none_otherwise(self, signing: Sign, algorithm: Value) -> None:
        assert list(key_uses(signing(SHORT, algorithm))) == []

    @pytest.mark.parametrize("algorithm", [HS256, RS256, UNKNOWN])
    def test_a_private_key_always(self, signing: Sign, algorithm: Value) -> None:
        assert only(list(key_uses(signing(PRIVATE, algorithm)))).private

    @pytest.mark.parametrize("key", [PUBLIC, Known(""), Known(None), Known(7), UNKNOWN, Environment("KEY"), Absent()])
    @pytest.mark.parametrize("algorithm", [HS256, RS256, UNKNOWN])
    def test_never(self, signing: Sign, key: Value, algorithm: Value) -> None:
        assert list(key_uses(signing(key, algorithm))) == []

    @pytest.mark.parametrize(
        ("algorithms", "is_one"),
        [
            (Sequence((HS256,)), True),
            (Sequence((RS256, HS256)), True),
            (Sequence((RS256,)), False),
            (Sequence((RS256,), open=True), True),
            (Sequence((one_of((RS256, HS256)),)), True),
            (Sequence((UNKNOWN,)), True),
            (HS256, True),
            (RS256, False),
            (Absent(), True),
        ],
    )
    def test_in_a_verification(self, verification: Verify, algorithms: Value, is_one: bool) -> None:
        assert bool(list(key_uses(verification(SHORT, algorithms)))) is is_one


class TestInTestCode:
    """C21: a literal that only a test has."""

    @pytest.mark.parametrize(
        ("path", "key", "count"),
        [
            ("tests/test_login.py", SHORT, 0),
            ("tests/test_login.py", LONG, 1),
            ("tests/test_login.py", PRIVATE, 1),
            ("app/login.py", SHORT, 1),
        ],
    )
    def test_one_that_is_too_short_is_made_up(self, path: str, key: Known, count: int) -> None:
        source = Source.parse(path, b"key\n")
        place = Place(source, source.module.body[0])
        given = Argument(key, place)
        algorithm = Argument(HS256, place)
        event = Signing(
            where=Where(place, "jwt.encode"), claims=Argument(UNKNOWN, place), key=given, algorithm=algorithm
        )
        assert len(list(key_uses(event))) == count


class TestHowSure:
    @pytest.mark.parametrize(
        ("key", "confidence"),
        [
            (SHORT, Confidence.HIGH),
            (Environment("KEY", SHORT), Confidence.HIGH),
            (one_of((SHORT, PARAMETER)), Confidence.MEDIUM),
            (Known("s3cr3t", tested=True), Confidence.LOW),
            (Environment("KEY", Known("s3cr3t", tested=True)), Confidence.LOW),
        ],
    )
    def test_confidence(self, signing: Sign, key: Value, confidence: Confidence) -> None:
        assert only(list(key_uses(signing(key, HS256)))).confidence is confidence

    def test_a_fallback_is_one(self, signing: Sign) -> None:
        assert only(list(key_uses(signing(Environment("KEY", SHORT), HS256)))).fallback
        assert not only(list(key_uses(signing(SHORT, HS256)))).fallback

    def test_each_of_several(self, signing: Sign) -> None:
        assert len(list(key_uses(signing(one_of((SHORT, LONG, PRIVATE, PUBLIC)), UNKNOWN)))) == 3


class TestPlace:
    def test_it_is_where_the_literal_was_written(self, signing: Sign, places: list[Place]) -> None:
        written = Origin(places[2])
        key = Known("s3cr3t", origin=Origin(places[4], parent=written))
        assert only(list(key_uses(signing(key, HS256)))).place == places[2]

    def test_or_the_argument_where_that_is_not_known(self, signing: Sign, places: list[Place]) -> None:
        assert only(list(key_uses(signing(SHORT, HS256)))).place == places[0]


class TestStrength:
    @pytest.mark.parametrize(
        ("algorithm", "needed"),
        [
            (HS256, 32),
            (HS512, 64),
            (one_of((HS256, HS512)), 64),
            (RS256, None),
            (one_of((HS256, RS256)), None),
            (Environment("ALGORITHM", HS256), 32),
            (Environment("ALGORITHM", RS256), None),
            (Environment("ALGORITHM"), None),
            (UNKNOWN, None),
            (Absent(), None),
            (Known(None), None),
            (Known(7), None),
        ],
    )
    def test_bytes_that_are_needed(self, signing: Sign, algorithm: Value, needed: int | None) -> None:
        assert required_bytes(signing(SHORT, algorithm)) == needed

    def test_an_empty_list_needs_none(self, verification: Verify) -> None:
        assert required_bytes(verification(SHORT, Sequence(()))) is None

    @pytest.mark.parametrize(
        ("key", "algorithm", "figures"),
        [
            (SHORT, HS256, ("6 bytes", "needs 32")),
            (Known("schlüssel"), HS256, ("10 bytes", "needs 32")),
            (Known("0" * 63), HS512, ("63 bytes", "needs 64")),
            (Known("0" * 32), one_of((HS256, HS512)), ("32 bytes", "needs 64")),
        ],
    )
    def test_a_weak_key(self, signing: Sign, key: Value, algorithm: Value, figures: tuple[str, ...]) -> None:
        weakness = only(list(key_uses(signing(key, algorithm)))).weakness
        assert all(figure in weakness for figure in figures)

    @pytest.mark.parametrize(
        ("key", "algorithm"),
        [(LONG, HS512), (Known("0" * 32), HS256), (SHORT, UNKNOWN), (PRIVATE, HS256), (PRIVATE, RS256)],
    )
    def test_one_that_is_not(self, signing: Sign, key: Value, algorithm: Value) -> None:
        assert only(list(key_uses(signing(key, algorithm)))).weakness == ""

    def test_the_literal_is_not_told(self, signing: Sign) -> None:
        assert "tr0ub4" not in only(list(key_uses(signing(SHORT, HS256)))).weakness
