"""Flask-AppBuilder 5 (`flask_appbuilder`), whose API is let in by flask-jwt-extended and its settings.

Contract: tests/apart/flask_appbuilder/test_flask_appbuilder_contract.py.
"""

from __future__ import annotations

from jwt_sast.libraries.jwt_extended import set_up
from jwt_sast.libraries.library import Library

LIBRARY = Library(
    name="Flask-AppBuilder",
    distribution="flask-appbuilder",
    versions="5",
    packages=("flask_appbuilder",),
    marks=((b"flask_appbuilder", b"AppBuilder"),),
    functions={"flask_appbuilder.AppBuilder": set_up, "flask_appbuilder.base.AppBuilder": set_up},
)
