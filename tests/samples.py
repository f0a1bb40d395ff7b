"""Programs that the tests of the doors share."""

BAD = """\
import jwt


def read(token):
    return jwt.decode(token, options={"verify_signature": False})
"""
"""One finding, JWT102, on line 5."""

GOOD = """\
import jwt


def read(token, key):
    return jwt.decode(token, key, algorithms=["RS256"])
"""
"""Passes the gate; nothing to find."""

HARMLESS = 'NAME = "nothing to do with it"\n'
"""Does not pass the gate."""

UNFINISHED = "import jwt\n\njwt.decode(\n"
"""Passes the gate; a syntax error on line 3."""
