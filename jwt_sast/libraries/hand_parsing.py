"""Tokens that are taken apart with the standard library. Contract: tests/libraries/test_hand_parsing_contract.py."""

from __future__ import annotations

from jwt_sast.libraries.dotted import compare_signature, decode_section
from jwt_sast.libraries.library import Library

_DECODERS = ("b64decode", "urlsafe_b64decode", "standard_b64decode")

LIBRARY = Library(
    name="hand parsing",
    distribution="",
    # Not json and hmac: what they are used for besides is no business of ours.
    packages=("base64",),
    # Too many functions encode something for their callers to be looked for.
    carrier=True,
    alarms=(rb"b64decode",),
    marks=((b"b64decode", b"split", b"loads", b'"."'), (b"b64decode", b"split", b"loads", b"'.'")),
    functions={
        **{f"base64.{name}": decode_section for name in _DECODERS},
        "hmac.compare_digest": compare_signature,
    },
)
