"""What the models of Django's JWT packages say of settings, wherever in a project these stand, and of token classes."""

from __future__ import annotations

from pathlib import Path

import pytest
from shape_programs import confidences
from shape_programs import verify as verify_program
from web_projects import Files, findings, verify

MANAGE = """
    import os
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "%s")
"""
HEAD = """
    import os
    from datetime import timedelta
    from pathlib import Path
    INSTALLED_APPS = ["rest_framework", "rest_framework_simplejwt", "graphql_jwt.refresh_token"]
    SECRET_KEY = os.environ["SECRET_KEY"]
    GRAPHQL_JWT = {"JWT_VERIFY_EXPIRATION": True}
"""

ONE_MODULE = {
    "keys": """
        SIMPLE_JWT = {"SIGNING_KEY": "django-insecure-0123456789abcdefghijklmnopq"}  # JWT501
    """,
    "a short key": """
        SIMPLE_JWT = {"ALGORITHM": "HS512", "SIGNING_KEY": os.urandom(16)}  # JWT503
    """,
    "another key of Django than the one of tokens": """
        SECRET_KEY = "django-insecure-0123456789abcdefghijklmnopq"
        SIMPLE_JWT = {"SIGNING_KEY": os.environ["JWT_KEY"]}
        GRAPHQL_JWT["JWT_SECRET_KEY"] = os.environ["JWT_KEY"]
    """,
    "a key pair": """
        SECRET_KEY = "django-insecure-0123456789abcdefghijklmnopq"
        GRAPHQL_JWT["JWT_SECRET_KEY"] = os.environ["JWT_KEY"]
        SIMPLE_JWT = {
            "ALGORITHM": "RS256",
            "SIGNING_KEY": Path("key.pem").read_text(),
            "VERIFYING_KEY": Path("public.pem").read_text(),
        }
    """,
    "lifetimes": """
        MONTHS = timedelta(days=200)
        SIMPLE_JWT = {
            "ACCESS_TOKEN_LIFETIME": timedelta(days=31),  # JWT303
            "REFRESH_TOKEN_LIFETIME": MONTHS,  # JWT303
            "SLIDING_TOKEN_LIFETIME": timedelta(days=30),
            "SLIDING_TOKEN_REFRESH_LIFETIME": timedelta(days=180),
            "LEEWAY": timedelta(days=400),
        }
    """,
    "what is no lifetime": """
        SIMPLE_JWT = {"ACCESS_TOKEN_LIFETIME": None, "REFRESH_TOKEN_LIFETIME": 31536000}
        GRAPHQL_JWT["JWT_EXPIRATION_DELTA"] = None
    """,
    "a lifetime from outside": """
        SIMPLE_JWT = {"ACCESS_TOKEN_LIFETIME": timedelta(minutes=int(os.environ["MINUTES"]))}
    """,
    "keys that are fetched": """
        SIMPLE_JWT = {"ALGORITHM": "RS256", "JWK_URL": "http://login.example.com/jwks.json"}  # JWT407
    """,
    "options that are not seen": """
        SIMPLE_JWT = load(Path("jwt.json"))
        GRAPHQL_JWT = load(Path("graphql.json"))
        REST_AUTH = load(Path("auth.json"))
        JWT_AUTH = load(Path("jwt.json"))
    """,
    "options that are put together": """
        COMMON = {"USE_JWT": True, "JWT_AUTH_COOKIE": "auth"}
        REST_AUTH = {**COMMON, "JWT_AUTH_SECURE": False, "JWT_AUTH_HTTPONLY": False}  # JWT404 JWT405
    """,
    "cookies that are not used": """
        REST_AUTH = {"JWT_AUTH_COOKIE": "auth"}
        JWT_AUTH = {"JWT_AUTH_COOKIE": None, "JWT_AUTH_COOKIE_SECURE": False}
    """,
    "cookies whose names are not seen": """
        REST_AUTH = {"USE_JWT": os.environ["JWT"] == "1", "JWT_AUTH_COOKIE": "auth"}
    """,
    "the refresh token's cookie alone": """
        REST_AUTH = {
            "USE_JWT": True,
            "JWT_AUTH_REFRESH_COOKIE": "renew",  # JWT404
        }
    """,
    "cookies that are safe unless they are not": """
        DEBUG = os.environ.get("DEBUG") == "1"
        REST_AUTH = {"USE_JWT": True, "JWT_AUTH_COOKIE": "auth", "JWT_AUTH_SECURE": not DEBUG}
    """,
    "requests of other sites": """
        REST_AUTH = {
            "USE_JWT": True,
            "JWT_AUTH_COOKIE": "auth",
            "JWT_AUTH_SECURE": True,
            "JWT_AUTH_SAMESITE": "None",  # JWT406
        }
    """,
    "requests of other sites that are refused": """
        REST_AUTH = {
            "USE_JWT": True,
            "JWT_AUTH_COOKIE": "auth",
            "JWT_AUTH_SECURE": True,
            "JWT_AUTH_SAMESITE": "None",
            "JWT_AUTH_COOKIE_ENFORCE_CSRF_ON_UNAUTHENTICATED": True,
        }
    """,
    "checks that are switched off": """
        JWT_AUTH = {
            "JWT_VERIFY": False,  # JWT102
            "JWT_VERIFY_EXPIRATION": False,  # JWT302
        }
    """,
    "defaults that are written out": """
        JWT_AUTH = {
            "JWT_DECODE_HANDLER": "rest_framework_jwt.utils.jwt_decode_handler",
            "JWT_SECRET_KEY": SECRET_KEY,
            "JWT_GET_USER_SECRET_KEY": None,
            "JWT_PUBLIC_KEY": None,
            "JWT_PRIVATE_KEY": None,
            "JWT_VERIFY": True,
            "JWT_VERIFY_EXPIRATION": True,
            "JWT_EXPIRATION_DELTA": timedelta(seconds=300),
            "JWT_AUTH_COOKIE": None,
        }
    """,
    "a handler of the project's own": """
        JWT_AUTH = {"JWT_DECODE_HANDLER": "shop.tokens.decode", "JWT_VERIFY_EXPIRATION": False}
    """,
    "keys of users": """
        SECRET_KEY = "django-insecure-0123456789abcdefghijklmnopq"
        INSTALLED_APPS = []
        JWT_AUTH = {"JWT_GET_USER_SECRET_KEY": "shop.tokens.key_of"}
        GRAPHQL_JWT["JWT_SECRET_KEY"] = os.environ["JWT_KEY"]
    """,
    "how long refresh lasts where there is none": """
        JWT_AUTH = {"JWT_ALLOW_REFRESH": False, "JWT_REFRESH_EXPIRATION_DELTA": timedelta(days=400)}
    """,
}


@pytest.mark.parametrize("code", ONE_MODULE.values(), ids=ONE_MODULE)
def test_a_settings_module(code: str) -> None:
    verify_program(code, "".join(line.removeprefix("    ") for line in HEAD.splitlines(keepends=True)))


SECRET = 'SECRET_KEY = "django-insecure-0123456789abcdefghijklmnopq"'
BASE = """
    import os
    SECRET_KEY = os.environ["SECRET_KEY"]
    INSTALLED_APPS = ["rest_framework_simplejwt"]
    SIMPLE_JWT = {"SIGNING_KEY": "not a secret any more, and long enough"}%s
"""
LAYERED = {"manage.py": MANAGE % "site_.settings.production", "site_/__init__.py": "", "site_/settings/__init__.py": ""}

PROJECTS: dict[str, Files] = {
    "Django's key, with the package installed": {
        "site_/settings.py": f"""
            {SECRET}  # JWT501
            INSTALLED_APPS = ["rest_framework_simplejwt"]
        """
    },
    "Django's key, with the package as what authenticates": {
        "site_/settings.py": f"""
            {SECRET}  # JWT501
            INSTALLED_APPS = []
            REST_FRAMEWORK = {{
                "DEFAULT_AUTHENTICATION_CLASSES": ("rest_framework_simplejwt.authentication.JWTAuthentication",),
            }}
        """
    },
    "Django's key, with apps that are put together": {
        "site_/settings.py": f"""
            {SECRET}  # JWT501
            OTHERS = ["rest_framework", "ninja_jwt"]
            INSTALLED_APPS = ["django.contrib.auth"] + OTHERS
        """
    },
    "Django's key without any of it": {
        "site_/settings.py": f"""
            {SECRET}
            INSTALLED_APPS = ["rest_framework"]
            LOGGERS = ["rest_framework_simplejwt"]
        """
    },
    "Django's key, with a package that uses the other one": {
        "site_/settings.py": f"""
            {SECRET}  # JWT501
            INSTALLED_APPS = ["dj_rest_auth"]
            REST_AUTH = {{"USE_JWT": True}}
        """
    },
    "Django's key, used by the project's own code as well": {
        "site_/__init__.py": "",
        "site_/settings.py": f"""
            {SECRET}  # JWT501
            INSTALLED_APPS = ["rest_framework_simplejwt"]
        """,
        "site_/tokens.py": """
            import jwt
            from django.conf import settings

            def read(token):
                return jwt.decode(token, settings.SECRET_KEY, algorithms=["HS256"])
        """,
    },
    "Django's key that another module replaces": {
        **LAYERED,
        "site_/settings/base.py": f"""
            {SECRET}
            INSTALLED_APPS = ["rest_framework_simplejwt"]
        """,
        "site_/settings/production.py": """
            import os
            from .base import *
            SECRET_KEY = os.environ["SECRET_KEY"]
        """,
    },
    "Django's key of one of several modules": {
        "site_/__init__.py": "",
        "site_/settings/__init__.py": "",
        "site_/settings/base.py": 'INSTALLED_APPS = ["rest_framework_simplejwt"]\n',
        "site_/settings/development.py": f"""
            from .base import *
            {SECRET}  # JWT502
        """,
        "site_/settings/production.py": """
            import os
            from .base import *
            SECRET_KEY = os.environ["SECRET_KEY"]
        """,
    },
    "local settings that are not here": {
        "site_/__init__.py": "",
        "site_/settings.py": f"""
            {SECRET}  # JWT502
            INSTALLED_APPS = ["rest_framework_simplejwt", "graphql_jwt"]
            try:
                from .local import *
            except ImportError:
                pass
        """,
    },
    "a key that stays": {
        **LAYERED,
        "site_/settings/base.py": BASE % "  # JWT501",
        "site_/settings/production.py": "from .base import *\nDEBUG = False\n",
    },
    "a key that an item replaces": {
        **LAYERED,
        "site_/settings/base.py": BASE % "",
        "site_/settings/production.py": """
            import os
            from .base import *
            SIMPLE_JWT["SIGNING_KEY"] = os.environ["JWT_KEY"]
        """,
    },
    "a key that an update replaces": {
        **LAYERED,
        "site_/settings/base.py": BASE % "",
        "site_/settings/production.py": """
            import os
            from .base import *
            SIMPLE_JWT.update(SIGNING_KEY=os.environ["JWT_KEY"])
        """,
    },
    "a key that a copy replaces": {
        **LAYERED,
        "site_/settings/base.py": BASE % "",
        "site_/settings/production.py": """
            import os
            from .base import *
            SIMPLE_JWT = {**SIMPLE_JWT, "SIGNING_KEY": os.environ["JWT_KEY"]}
        """,
    },
    "options in a module of their own": {
        "site_/__init__.py": "",
        "site_/tokens.py": """
            from datetime import timedelta
            SIMPLE_JWT = {"ACCESS_TOKEN_LIFETIME": timedelta(days=90)}  # JWT303
        """,
        "site_/settings.py": """
            import os
            from .tokens import *
            SECRET_KEY = os.environ["SECRET_KEY"]
            INSTALLED_APPS = ["rest_framework_simplejwt"]
        """,
    },
    "what only bears the names": {
        "app.py": """
            SIMPLE_JWT = True
            JWT_AUTH = {}
            REST_AUTH = None
            SECRET_KEY = "not a secret any more, and long enough"
        """
    },
    "the cookie of graphql_jwt": {
        "site_/settings.py": """
            import os
            SECRET_KEY = os.environ["SECRET_KEY"]
            INSTALLED_APPS = []
            GRAPHQL_JWT = {"JWT_VERIFY_EXPIRATION": True}
        """,
        "site_/urls.py": """
            from graphql_jwt.decorators import jwt_cookie
            from .views import view
            urlpatterns = [jwt_cookie(view)]  # JWT404
        """,
    },
    "the cookie of graphql_jwt, made safe": {
        "site_/settings.py": """
            import os
            SECRET_KEY = os.environ["SECRET_KEY"]
            INSTALLED_APPS = []
            GRAPHQL_JWT = {"JWT_VERIFY_EXPIRATION": True, "JWT_COOKIE_SECURE": True}
        """,
        "site_/urls.py": """
            from graphql_jwt.decorators import jwt_cookie
            from .views import view
            urlpatterns = [jwt_cookie(view)]
        """,
    },
    "the cookie of graphql_jwt in an app whose settings are elsewhere": {
        "urls.py": """
            from graphql_jwt.decorators import jwt_cookie
            from .views import view
            urlpatterns = [jwt_cookie(view)]
        """,
    },
    "the cookie of the old package": {
        "requirements.txt": "djangorestframework-jwt==1.11.0\n",
        "site_/settings.py": """
            import os
            SECRET_KEY = os.environ["SECRET_KEY"]
            INSTALLED_APPS = []
            JWT_AUTH = {"JWT_AUTH_COOKIE": "auth"}  # JWT404
        """,
    },
    "the cookie of the new one": {
        "requirements.txt": "drf-jwt==1.19.2\n",
        "site_/settings.py": """
            import os
            SECRET_KEY = os.environ["SECRET_KEY"]
            INSTALLED_APPS = []
            JWT_AUTH = {"JWT_AUTH_COOKIE": "auth"}
        """,
    },
    "options of an extension fall back to its defaults": {
        "auth/__init__.py": "",
        "auth/options.py": """
            from django.conf import settings
            from rest_framework.settings import APISettings
            DEFAULTS = {"KEY": "not a secret any more, and long enough", "VIEW": "auth.view"}  # JWT502
            class Options(APISettings):
                pass
            options = Options(getattr(settings, "AUTH", None), DEFAULTS, ("VIEW",))
        """,
        "auth/tokens.py": """
            import jwt
            from .options import options

            def read(token):
                return jwt.decode(token, options.KEY, algorithms=["HS256"])
        """,
    },
}


@pytest.mark.parametrize("files", PROJECTS.values(), ids=PROJECTS)
def test_a_project(files: Files, tmp_path: Path) -> None:
    verify(files, tmp_path)


def test_a_literal_beside_an_environment_is_doubtful(tmp_path: Path) -> None:
    found = findings(PROJECTS["Django's key of one of several modules"], tmp_path)
    assert [str(one.confidence) for one in found] == ["low"]


TOKENS = """\
import os
from datetime import timedelta
from PACKAGE.backends import TokenBackend
from PACKAGE.tokens import AccessToken, RefreshToken, SlidingToken, Token, UntypedToken
"""

PROGRAMS = {
    "lifetimes of classes": """
        class Long(AccessToken):
            lifetime = timedelta(days=31)  # JWT303
        class Longer(RefreshToken):
            lifetime = timedelta(days=181)  # JWT303
        class Renewing(Token):
            token_type = "refresh"
            lifetime = timedelta(days=180)
        class Endless(Token):
            lifetime = None
        class Short(Long):
            lifetime = timedelta(minutes=5)
        class Other:
            lifetime = timedelta(days=3650)
    """,
    "lifetimes that are set": """
        def f(user, lifetime):
            token = RefreshToken.for_user(user)
            token.set_exp(lifetime=timedelta(days=181))  # JWT303
            token.set_exp("exp", None, timedelta(days=180))
            token.set_exp("refresh_exp", lifetime=timedelta(days=3650))
            token.access_token.set_exp(lifetime=timedelta(days=31))  # JWT303
            token.set_exp(lifetime=lifetime)
            new = AccessToken()
            new.set_exp(lifetime=timedelta(days=365))  # JWT303
    """,
    "unverified tokens": """
        def f(text):
            return find(AccessToken(text, verify=False)["user_id"])  # JWT102
        def g(text):
            return find(UntypedToken(text, False).payload["user_id"])  # JWT102
        def h(text):
            return find(AccessToken(text)["user_id"])
        def i(text):
            return find(AccessToken(text, verify=True)["user_id"])
        def peek(text):
            kind = UntypedToken(text, verify=False)["token_type"]
            AccessToken(text)
            return find(kind)
    """,
    "backends": """
        def f(text, claims):
            backend = TokenBackend("HS256", "not a secret any more, and long enough")  # JWT501
            backend.encode({"user_id": 1})  # JWT301
            backend.encode(claims)
            return find(backend.decode(text))
        def g(text):
            backend = TokenBackend("HS256", os.environ["KEY"])
            return find(backend.decode(text, verify=False))  # JWT102
    """,
    "a key pair": """
        def f(private, public):
            TokenBackend("RS256", private, public, jwk_url="http://login.example.com/keys")  # JWT407
    """,
}


@pytest.mark.parametrize("package", ["rest_framework_simplejwt", "ninja_jwt"])
@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_a_program(code: str, package: str) -> None:
    verify_program(code, TOKENS.replace("PACKAGE", package))


def test_a_class_of_another_module(tmp_path: Path) -> None:
    files = {
        "shop/__init__.py": "",
        "shop/base.py": """
            from rest_framework_simplejwt.tokens import RefreshToken
            class Base(RefreshToken):
                pass
        """,
        "shop/tokens.py": """
            from datetime import timedelta
            from rest_framework_simplejwt.exceptions import TokenError
            from .base import Base
            class Eternal(Base):
                lifetime = timedelta(days=365 * 200)  # JWT303
        """,
    }
    verify(files, tmp_path)


def test_an_option_of_which_only_one_path_is_known_to_lack_it() -> None:
    head = "import os\nINSTALLED_APPS = []\nSECRET_KEY = os.environ['K']\n"
    code = """
        GRAPHQL_JWT = {"JWT_ALGORITHM": "HS256"}
        if os.environ.get("STRICT"):
            GRAPHQL_JWT["JWT_VERIFY_EXPIRATION"] = True
    """
    assert confidences(code, "JWT302", head) == ["medium"]
