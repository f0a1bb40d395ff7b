"""Runs code under the settings of a Django project, in a process of its own: Django takes settings once per process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_SITE = """
import importlib.util, json, os, sys, warnings
warnings.simplefilter("ignore")
spec = importlib.util.spec_from_file_location("site_settings", sys.argv[1])
sys.modules["site_settings"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sys.modules["site_settings"])
os.environ.update({"DJANGO_SETTINGS_MODULE": "site_settings"})
import django, jwt, time
from types import SimpleNamespace
django.setup()
alice = SimpleNamespace(
    id=1, pk=1, username="alice", password="", is_active=True, USERNAME_FIELD="username", get_username=lambda: "alice"
)

def refused(function, *arguments, **options):
    try:
        function(*arguments, **options)
    except Exception as error:
        return type(error).__name__
    return ""

def left(token):
    claims = jwt.decode(token, options={"verify_signature": False})
    return claims["exp"] - time.time() if "exp" in claims else None

def cookies(response):
    found = {}
    for name, morsel in response.cookies.items():
        found[name] = {key: morsel[key] for key in ("secure", "httponly", "samesite")}
    return found
"""

COMMON = """
SECRET_KEY = "for-this-test-alone-and-for-no-deployment-0123456789"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "rest_framework"]
"""
"""Settings that every project needs, with a key that is long enough."""


def run(settings: Path, code: str, variables: Mapping[str, str] | None = None) -> Any:
    """What `code` leaves in `answer`, which is handed over as JSON, under the settings module at the path `settings`.

    `variables` are added to the environment. `alice` is a user, `refused(function, …)` the name of what a call raises
    or "", `left(token)` the seconds until it expires, `cookies(response)` the attributes of cookies by name.
    """
    program = f"{_SITE}\n{textwrap.dedent(code)}\nprint(json.dumps(answer))"
    done = subprocess.run(
        [sys.executable, "-c", program, str(settings)],
        env={**os.environ, **(variables or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def run_with(folder: Path, settings: str, code: str) -> Any:
    """The same with the text of the settings, which is put behind `COMMON`."""
    module = folder / "site_settings.py"
    module.write_text(COMMON + textwrap.dedent(settings))
    return run(module, code)
