"""Runs a script with an older release of a library, which is installed beside the environment for that."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def ask(requirement: str, script: str, data: Any, folder: Path) -> Any:
    """What `script` prints as JSON when it is given `data` as JSON, and only the library's release is as required.

    `folder` is an empty one for the release. Raises CalledProcessError where pip or the script fails.
    """
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check"]
    subprocess.run([*pip, "--target", str(folder), requirement], check=True)
    answer = subprocess.run(
        [sys.executable, "-W", "ignore", "-P", "-c", script],
        input=json.dumps(data),
        env={**os.environ, "PYTHONPATH": str(folder)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(answer.stdout)
