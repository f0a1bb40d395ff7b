"""The algorithms as the libraries have them."""

from __future__ import annotations

import jwt.algorithms
import pytest
from jose.constants import ALGORITHMS

from jwt_sast.tokens.algorithms import HMAC_BYTES, NONE, is_asymmetric, is_hmac

PYJWT = sorted(jwt.algorithms.get_default_algorithms())


@pytest.mark.parametrize("name", PYJWT)
def test_every_algorithm_is_of_one_kind(name: str) -> None:
    assert [is_hmac(name), is_asymmetric(name), name == NONE].count(True) == 1


@pytest.mark.parametrize("name", PYJWT)
def test_the_kind_is_that_of_the_library(name: str) -> None:
    assert is_hmac(name) == isinstance(jwt.algorithms.get_default_algorithms()[name], jwt.algorithms.HMACAlgorithm)


def test_python_jose_has_the_same_kinds() -> None:
    assert {name for name in ALGORITHMS.SUPPORTED if is_hmac(name)} == ALGORITHMS.HMAC
    assert {name for name in ALGORITHMS.SUPPORTED if is_asymmetric(name)} >= ALGORITHMS.RSA_DS | ALGORITHMS.EC_DS


@pytest.mark.parametrize("name", HMAC_BYTES)
def test_a_key_is_as_long_as_the_hash(name: str) -> None:
    algorithm = jwt.algorithms.get_default_algorithms()[name]
    assert isinstance(algorithm, jwt.algorithms.HMACAlgorithm)
    needed = HMAC_BYTES[name]
    assert algorithm.check_key_length(bytes(needed)) is None
    assert algorithm.check_key_length(bytes(needed - 1)) is not None


@pytest.mark.parametrize("name", ["", "hs256", "HS1", "None", "dir", "A256KW"])
def test_other_names_are_of_no_kind(name: str) -> None:
    assert not is_hmac(name)
    assert not is_asymmetric(name)
    assert name != NONE
