"""What is known of a cookie's attributes (RFC 6265 §4.1.2, and SameSite as browsers have it)."""

from __future__ import annotations

from jwt_sast.findings import Confidence
from jwt_sast.semantics.provenance import Origin
from jwt_sast.semantics.truth import truth
from jwt_sast.semantics.values import Environment, Known, Value, alternatives
from jwt_sast.tokens.events import TokenCookie
from jwt_sast.tokens.keys import possible
from jwt_sast.tokens.switches import Setting, Switch, settings_of


def lacks(event: TokenCookie, flag: Switch) -> Confidence | None:
    """How sure it is that the cookie lacks an attribute; None where that is not known.

    What is on in one case and off in another is decided as the program runs, for instance by the scheme of the request:
    that is not known either.
    """
    if flag.is_off:
        sure = Confidence.HIGH
    elif flag.argument is None or Setting.ON in settings_of(flag.argument.value):
        return None
    elif flag.may_be_off or _falls_back_to_off(flag.argument.value):
        sure = Confidence.MEDIUM
    else:
        return None
    return Confidence.LOW if event.named else sure


def origin_of(flag: Switch) -> Origin | None:
    """Where that comes from which leaves the attribute out: of a setting with a default, the default."""
    if flag.argument is None:
        return None
    value = flag.argument.value
    defaults = [one.fallback for one in alternatives(value) if isinstance(one, Environment) and one.fallback]
    off = (one for given in (*defaults, value) for one in possible(given) if truth(one) is False)
    found = next((one.origin for one in off if one.origin is not None), value.origin)
    if found is None or value.origin is None or value.origin.root.place in (step.place for step in found):
        return found
    return value.origin.after(found)


def _falls_back_to_off(value: Value) -> bool:
    """Whether an attribute is off until the one who runs the program sets a variable."""
    variables = [one for one in alternatives(value) if isinstance(one, Environment) and one.fallback is not None]
    return bool(variables) and all(
        truth(one) is False for variable in variables for one in possible(variable) if not isinstance(one, Environment)
    )


def is_cross_site(same_site: Value) -> bool:
    """Whether the cookie provably goes along with requests from other sites: `SameSite=None`, written out."""
    options = [one for one in possible(same_site) if not isinstance(one, Environment)]
    return bool(options) and all(
        isinstance(one, Known) and isinstance(one.constant, str) and one.constant.strip().lower() == "none"
        for one in options
    )
