"""Finds JSON Web Token misuse in Python code."""

from jwt_sast._version import __version__

__all__ = ["__version__"]
