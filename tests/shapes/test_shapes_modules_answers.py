"""Functions that only hand claims on, and callers in other files that do what these have left out, or do not."""

from __future__ import annotations

from pathlib import Path

import projects
import pytest
from projects import Files

AUTHLIB = """
    import os
    from authlib.jose import JsonWebToken
    company_tokens = JsonWebToken(["HS256"])
    def claims_of(t):
        return company_tokens.decode(t, os.environ["KEY"]){mark}
"""
PYJWT = """
    import os, jwt
    def claims_of(t):
        return jwt.decode(t, os.environ["KEY"], ["HS256"], {{"verify_exp": False}}){mark}
"""
JOSERFC = """
    import os
    from joserfc import jwt
    from joserfc.jwk import OctKey
    KEY = OctKey.import_key(os.environ["KEY"])
    def token_of(t):
        try:
            return jwt.decode(t, KEY){mark}
        except ValueError:
            return None
"""
VALIDATED = """
    from shop.security import claims_of
    def user(t):
        claims = claims_of(t)
        claims.validate()
        return claims["sub"]
"""
COMPARED = """
    import time
    from shop.security import claims_of
    def user(t):
        claims = claims_of(t)
        if claims["exp"] < time.time():
            raise PermissionError
        return claims["sub"]
"""
BELIEVED = """
    from shop.security import claims_of
    def order(t):
        claims = claims_of(t)
        if claims["role"] != "admin":
            raise PermissionError
        return claims["sub"]
"""
VALIDATED_BY_A_METHOD = """
    from joserfc.jwt import JWTClaimsRegistry
    from shop.security import token_of
    class View:
        def _validate(self, claims):
            JWTClaimsRegistry(exp={"essential": True}).validate(claims)
        def user(self, t):
            if not (token := token_of(t)):
                return None
            self._validate(token.claims)
            return token.claims["sub"]
"""
MARK = "  # JWT302"

PROJECTS: dict[str, Files] = {
    "a caller that validates": {
        "shop/security.py": AUTHLIB.format(mark=""),
        "shop/users.py": VALIDATED,
    },
    "a caller that compares by hand": {
        "shop/security.py": PYJWT.format(mark=""),
        "shop/users.py": COMPARED,
    },
    "a caller that validates in a method of its own": {
        "shop/security.py": JOSERFC.format(mark=""),
        "shop/users.py": VALIDATED_BY_A_METHOD,
    },
    "two callers, one of which does not": {
        "shop/security.py": AUTHLIB.format(mark=MARK),
        "shop/users.py": VALIDATED,
        "shop/orders.py": BELIEVED,
    },
    "two callers, one of which does not compare": {
        "shop/security.py": PYJWT.format(mark=MARK),
        "shop/users.py": COMPARED,
        "shop/orders.py": BELIEVED,
    },
    "a caller for whom there is nothing to do": {
        "shop/security.py": """
            import os, jwt
            class Reader:
                def options(self):
                    return {"verify_exp": False}
                def claims_of(self, t):
                    return jwt.decode(t, os.environ["KEY"], algorithms=["HS256"], options=self.options())  # JWT302
        """,
        "shop/users.py": """
            from shop.security import Reader
            class Strict(Reader):
                def options(self):
                    return {"verify_exp": True}
                def user(self, t):
                    return self.claims_of(t)["sub"]
        """,
    },
    "nobody calls": {
        "shop/security.py": AUTHLIB.format(mark=MARK),
        "shop/users.py": "",
    },
    "a function that uses the claims itself": {
        "shop/security.py": """
            import os
            from authlib.jose import JsonWebToken
            company_tokens = JsonWebToken(["HS256"])
            def claims_of(t, users):
                claims = company_tokens.decode(t, os.environ["KEY"])  # JWT302
                users.see(claims["sub"])
                return claims
        """,
        "shop/users.py": """
            from shop.security import claims_of
            def user(t, users):
                claims = claims_of(t, users)
                claims.validate()
                return claims["sub"]
        """,
    },
}


@pytest.mark.parametrize("files", PROJECTS.values(), ids=PROJECTS)
def test_shape(files: Files, tmp_path: Path) -> None:
    projects.verify(projects.packaged(files), tmp_path)
