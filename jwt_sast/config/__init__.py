"""The settings of a run: the table `[tool.jwt-sast]`, overridden by a door's own options.

Light to import: the flake8 plugin reads its settings before it knows whether a file needs any work.
"""

from __future__ import annotations

from jwt_sast.config.files import Configuration, configuration, find, load
from jwt_sast.config.kinds import DAY, duration
from jwt_sast.config.settings import SETTINGS, Layer, Setting, Settings
from jwt_sast.config.words import ConfigError, code_of, nearest

__all__ = [
    "DAY",
    "SETTINGS",
    "ConfigError",
    "Configuration",
    "Layer",
    "Setting",
    "Settings",
    "code_of",
    "configuration",
    "duration",
    "find",
    "load",
    "nearest",
]
