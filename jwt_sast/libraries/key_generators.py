"""What draws key pairs: cryptography (44 and later) and PyCryptodome.

Contract: tests/libraries/test_key_generators_contract.py. No running proof: PyCryptodome (`Crypto`, `Cryptodome`).
"""

from __future__ import annotations

from jwt_sast.libraries.library import Context, Library, Model
from jwt_sast.semantics.calls import Call, Parameters
from jwt_sast.semantics.values import Known, Produced, Value
from jwt_sast.tokens.keys import GENERATED, Generated

_CRYPTOGRAPHY = "cryptography.hazmat.primitives.asymmetric"


def _rsa(parameters: Parameters) -> Model:
    def model(call: Call, context: Context) -> Value:
        size = call.bind(parameters)["key_size"]
        number = size.value.constant if isinstance(size.value, Known) else None
        made = Generated(number if isinstance(number, int) else None, size.place)
        return Produced(GENERATED, made, call.place.node, origin=call.origin())

    return model


def _other(call: Call, context: Context) -> Value:
    """Of other kinds there are no small ones that the libraries would sign with."""
    return Produced(GENERATED, Generated(None, call.place), call.place.node, origin=call.origin())


LIBRARY = Library(
    name="key generators",
    distribution="cryptography",
    packages=(),
    marks=(),
    functions={
        f"{_CRYPTOGRAPHY}.rsa.generate_private_key": _rsa(Parameters.of("public_exponent key_size backend")),
        f"{_CRYPTOGRAPHY}.ec.generate_private_key": _other,
        f"{_CRYPTOGRAPHY}.ed25519.Ed25519PrivateKey.generate": _other,
        f"{_CRYPTOGRAPHY}.ed448.Ed448PrivateKey.generate": _other,
        "Crypto.PublicKey.RSA.generate": _rsa(Parameters.of("key_size randfunc e")),
        "Cryptodome.PublicKey.RSA.generate": _rsa(Parameters.of("key_size randfunc e")),
    },
)
