"""Real git repositories for the tests that need one."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_NOBODY = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
_AUTHOR = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")


def git(*args: str, folder: Path | str = ".") -> str:
    """What git prints in `folder`, whatever the user's own configuration says."""
    command = ["git", *_AUTHOR, "-C", str(folder), *args]
    # What git tells a hook is left out, in case these tests run in one.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(command, env=environment | _NOBODY, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def committed(message: str = "more", folder: Path | str = ".") -> str:
    """Commits everything in the repository at `folder`; gives the commit's name."""
    git("add", "--all", folder=folder)
    git("commit", "--quiet", "--allow-empty", "--message", message, folder=folder)
    return git("rev-parse", "HEAD", folder=folder)


def repository(folder: Path | str = ".") -> None:
    """Makes `folder` a repository without commits."""
    git("init", "--quiet", "--initial-branch", "main", folder=folder)
