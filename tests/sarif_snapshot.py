"""The SARIF report of a run over some of the fixtures, as it is kept in `tests/snapshots/`.

Where a change to the report is meant, `python tests/sarif_snapshot.py` writes it anew; look at the difference before
you commit it. A new check, or another wording in the documentation of one, makes no difference to it: the run selects
its checks by their codes, and only these are kept of the rules, without their help. Nor do another Python's words for a
syntax error.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from command_line import script
from tree_copy import ROOT

KEPT = Path(__file__).parent / "snapshots" / "fixtures.sarif.json"
PROGRAMS = (
    "JWT104-algorithm-from-token/bad_header_inline.py",
    "JWT104-algorithm-from-token/bad_key_by_id.py",
    "JWT201-audience-unverified/bad_literal_option.py",
    "JWT201-audience-unverified/bad_set_before_call.py",
    "JWT301-missing-exp/bad_literal_claims.py",
    "JWT301-missing-exp/bad_merged_claims.py",
    "JWT301-missing-exp/bad_only_with_lifetime.py",
    "JWT401-token-over-http/bad_joined_url.py",
    "JWT401-token-over-http/bad_session.py",
    "JWT505-private-key-in-source/bad_module_constant.py",
    "JWT505-private-key-in-source/bad_service_account.py",
    "JWT900-not-analysed/bad_syntax_error.py",
    "JWT900-not-analysed/bad_undecodable.py",
)
"""Some of one check of each family, and what cannot be analysed; named one by one, so that more may join them."""
CODES = sorted({path.partition("-")[0] for path in PROGRAMS})


def taken() -> str:
    """The report of today as it would be kept; the working folder has to be that of the repository."""
    paths = [f"fixtures/{path}" for path in PROGRAMS]
    document = json.loads(script("check", "--format", "sarif", "--select", ",".join(CODES), *paths).out)
    for run in document["runs"]:
        _reduce(run)
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _reduce(run: Any) -> None:
    driver = run["tool"]["driver"]
    driver["semanticVersion"] = "…"
    rules = driver["rules"]
    invocation = run["invocations"][0]
    named = [*run["results"], *(one["associatedRule"] for one in invocation["toolExecutionNotifications"])]
    for one in named:
        # Its place among all rules: told by the rule itself, which stays the same when others come in before it.
        index = "ruleIndex" if "ruleIndex" in one else "index"
        one[index] = rules[one[index]]["id"]
    for one in invocation["toolExecutionNotifications"]:
        ours, syntax, _ = one["message"]["text"].partition("syntax error: ")
        one["message"]["text"] = f"{ours}{syntax}…" if syntax else ours
    driver["rules"] = [
        {key: value for key, value in rule.items() if key not in ("help", "fullDescription")}
        for rule in rules
        if rule["id"] in CODES
    ]


if __name__ == "__main__":
    import os

    os.chdir(ROOT)
    KEPT.write_text(taken(), encoding="utf-8")
