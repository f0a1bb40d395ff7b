"""Settings that do more than settings should. In a module of their own because worker processes import them, too."""

from __future__ import annotations

import os
from pathlib import Path

from jwt_sast.config import Settings
from jwt_sast.findings import Finding


class Deadly(Settings):
    """Settings under which a finding in `killer*.py` ends the process, as a native parser would."""

    def wants(self, finding: Finding) -> bool:
        """Does not always answer."""
        if finding.location.path.startswith("killer"):
            os._exit(66)
        return True


class Broken(Settings):
    """Settings that cannot judge a finding."""

    def wants(self, finding: Finding) -> bool:
        """Never answers."""
        raise ValueError(f"s3cret {finding.message}")


class Recording(Settings):
    """Settings that leave the number of the process that used them."""

    def wants(self, finding: Finding) -> bool:
        """Says yes and makes a file named after the process."""
        Path(f"pid-{os.getpid()}").touch()
        return True
