"""Which files are tests, by the conventions of pytest and unittest. A hint, not a proof."""

from __future__ import annotations

import re

_TEST = re.compile(r"(?:^|/)(?:tests?|testing)/|(?:^|/)(?:conftest|test_[^/]*|[^/]*_tests?|tests?)\.py$")


def is_test(path: str) -> bool:
    """Whether a file holds tests, judged by its path alone."""
    return _TEST.search(path.replace("\\", "/")) is not None
