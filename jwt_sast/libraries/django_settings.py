"""The settings of Django: `django.conf.settings`, whose values are the names of a module of the project.

Django 5.2. Contract: tests/libraries/test_web_settings_contract.py.
"""

from __future__ import annotations

from jwt_sast.libraries.django_options import SETTINGS
from jwt_sast.libraries.library import Library
from jwt_sast.semantics.settings import Setting
from jwt_sast.semantics.values import Symbol, Value

_HOLDER = "django.conf.settings."


def _named(value: Value) -> Setting | None:
    """`settings.SECRET_KEY`; only names in upper case are settings."""
    if not isinstance(value, Symbol) or not value.name.startswith(_HOLDER):
        return None
    name = value.name.removeprefix(_HOLDER)
    return Setting(SETTINGS, name, origin=value.origin) if name.isidentifier() and name.isupper() else None


LIBRARY = Library(name="django-settings", distribution="", packages=(), marks=(), functions={}, setting=_named)
