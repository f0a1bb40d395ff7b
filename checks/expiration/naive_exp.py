"""JWT305."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Severity
from jwt_sast.semantics.values import Form, Instant, Zone
from jwt_sast.tokens import claims
from jwt_sast.tokens.events import Signing


class NaiveExp(Check):
    """The expiry is a time without a zone that is read in another zone than it was made in.

    Libraries take a naive datetime for UTC. `datetime.now()` is local time: in Tokyo such a token lives nine hours too
    long, in New York it is born expired. `datetime.utcnow().timestamp()` errs the other way.

    **Instead** use an aware time, `datetime.now(timezone.utc) + …`, or seconds, `int(time.time()) + …`.

    **Silent** for `datetime.utcnow() + …`, which libraries read rightly, and for `.timestamp()` of a naive local
    time, and in test code.

    References: CWE-613; the library's handling of datetimes.
    """

    code = "JWT305"
    name = "naive-exp"
    title = "Expiry in the wrong time zone"
    severity = Severity.MEDIUM
    cwe = (613,)
    examples = ("bad_local_now.py", "good_aware_now.py")

    def visit_Signing(self, event: Signing) -> None:
        """An expiry that is off by the difference to UTC."""
        for instant in () if event.in_test else claims.instants(event.claims.value, "exp"):
            if _is_skewed(instant, event.naive):
                self.report(
                    event.claims.place,
                    f"`exp` is {instant.zone.value} and read as another zone's: use `datetime.now(timezone.utc)`",
                    cause=instant.origin,
                    trace=[(event.place, "signed here")],
                )


def _is_skewed(instant: Instant, naive: Zone) -> bool:
    if instant.zone is Zone.AWARE:
        return False
    return instant.form is not Form.DATETIME or instant.zone is not naive
