"""google-auth 2.63 (`google.auth.jwt`, `google.oauth2.id_token`).

Contract: tests/libraries/test_google_auth_contract.py.
"""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries.key_objects import key_object
from jwt_sast.libraries.library import Context, Library, Model, aliases, header, sign, verify, where
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import Absent, Known, Mapping, Presence, Sequence, Value, each
from jwt_sast.tokens import jwk
from jwt_sast.tokens.events import Verification
from jwt_sast.tokens.switches import ON, switch

_ENCODE = Parameters.of("signer payload header key_id", required=2)
_DECODE = Parameters.of("token certs verify audience clock_skew_in_seconds")
_ID_TOKEN = Parameters.of("id_token request audience clock_skew_in_seconds")
_ANY_ID_TOKEN = Parameters.of("id_token request audience certs_url clock_skew_in_seconds")

_ACCEPTED = Sequence((Known("RS256"), Known("ES256"), Known("ES384")))
"""The algorithms of certificates; there is no way to ask for others."""


def _encode(call: Call, context: Context) -> Value:
    bound = call.bind(_ENCODE)
    head = bound["header"]
    named = isinstance(head.value, Mapping) and head.value.presence("alg") is not Presence.NEVER
    algorithm = head.value.get("alg") if named and isinstance(head.value, Mapping) else Known("RS256")
    return sign(call, context, bound["payload"], bound["signer"], replace(head, value=algorithm))


def _decode(call: Call, context: Context) -> Value:
    """`verify=False` switches everything off, the times as well."""
    bound = call.bind(_DECODE)
    event = _verification(call, bound["token"], bound["certs"], bound["audience"])
    return verify(call, context, event, switch(bound["verify"]))


def _verification(call: Call, token: Argument, key: Argument, audience: Argument) -> Verification:
    """The times are required; an audience is asked for where one is given."""
    return Verification(
        where=where(call),
        token=token,
        key=key,
        algorithms=Argument(_ACCEPTED, call.place),
        pinned=True,
        checks={"exp": ON, "iat": ON},
        required=frozenset({"exp", "iat"}),
        audience=audience,
        issuer=Argument(Absent(), call.place),
    )


def _id_token(parameters: Parameters, issuer: str = "") -> Model:
    """A token of Google's, verified with the certificates that Google publishes; `issuer` is who has to be its own."""

    def model(call: Call, context: Context) -> Value:
        bound = call.bind(parameters)
        published = Argument(call.unknown("certificates"), call.place)
        event = _verification(call, bound["id_token"], published, bound["audience"])
        if "certs_url" in bound.given:
            # Where there is a key set at that address, PyJWT verifies, which requires no times.
            event.required = frozenset()
        if issuer:
            event.issuer = Argument(Known(issuer), call.place)
        return verify(call, context, event)

    return model


def _header(call: Call, context: Context) -> Value:
    return header(call, call.bind(Parameters.of("token"))["token"])


def _signer(call: Call, context: Context) -> Value:
    key = call.bind(Parameters.of("key key_id"))["key"]
    return key_object(call, "google.auth.crypt.Signer", jwk.of_pem(key.value))


def _signer_of_account(call: Call, context: Context) -> Value:
    return key_object(call, "google.auth.crypt.Signer", _private_key(call).value)


def _private_key(call: Call) -> Argument:
    """The private key in the information of a service account."""
    info = call.bind(Parameters.of("info"))["info"]

    def one(value: Value) -> Value:
        return value.get("private_key") if isinstance(value, Mapping) else call.unknown()

    return replace(info, value=each(info.value, one))


def _credentials_of_account(call: Call, context: Context) -> Value:
    """Credentials sign a token whenever one is needed; it lives for an hour."""
    unseen = Argument(call.unknown(), call.place)
    sign(call, context, unseen, _private_key(call), Argument(Known("RS256"), call.place))
    return call.unknown()


_ACCOUNT = "from_service_account_info"
_CREDENTIALS = ("jwt.Credentials", "jwt.OnDemandCredentials")

_FUNCTIONS: dict[str, Model] = {
    "google.auth.jwt.encode": _encode,
    "google.auth.jwt.decode": _decode,
    "google.auth.jwt.decode_header": _header,
    "google.oauth2.id_token.verify_token": _id_token(_ANY_ID_TOKEN),
    "google.oauth2.id_token.verify_oauth2_token": _id_token(_ID_TOKEN, "https://accounts.google.com"),
    "google.oauth2.id_token.verify_firebase_token": _id_token(_ID_TOKEN, "https://securetoken.google.com"),
    **{f"google.auth.crypt.{name}.from_string": _signer for name in ("RSASigner", "EsSigner", "ES256Signer")},
    **{f"google.auth.crypt.{name}.{_ACCOUNT}": _signer_of_account for name in ("RSASigner", "EsSigner", "ES256Signer")},
    **{f"google.auth.{name}.{_ACCOUNT}": _credentials_of_account for name in _CREDENTIALS},
    f"google.oauth2.service_account.Credentials.{_ACCOUNT}": _credentials_of_account,
    f"google.oauth2.service_account.IDTokenCredentials.{_ACCOUNT}": _credentials_of_account,
}

LIBRARY = Library(
    name="google-auth",
    distribution="google-auth",
    versions="2.63",
    packages=("google",),
    marks=((b"google", b"jwt"), (b"google", b"id_token"), (b"google", _ACCOUNT.encode())),
    functions=aliases(
        _FUNCTIONS,
        ("google.auth.crypt.RSASigner", "google.auth.crypt.rsa.RSASigner"),
        ("google.auth.crypt.EsSigner", "google.auth.crypt.es.EsSigner"),
        ("google.auth.crypt.ES256Signer", "google.auth.crypt.es256.ES256Signer"),
    ),
    releases=("2.63.0",),
    exports={"google.auth": ("jwt", "crypt"), "google.oauth2": ("id_token", "service_account")},
)
