"""Clocks, dates and lengths of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from jwt_sast.semantics.bounds import MAX_ALTERNATIVES
from jwt_sast.semantics.calls import Call, Model
from jwt_sast.semantics.provenance import Origin
from jwt_sast.semantics.stdlib.constants import UTC
from jwt_sast.semantics.values import (
    Absent,
    Duration,
    Form,
    Instant,
    Known,
    Value,
    Zone,
    alternatives,
    one_of,
)

SECONDS = {
    "days": 86400.0,
    "seconds": 1.0,
    "microseconds": 1e-6,
    "milliseconds": 1e-3,
    "minutes": 60.0,
    "hours": 3600.0,
    "weeks": 604800.0,
}
"""The parameters of `timedelta` in their order, and how many seconds one of each is."""


def _clock(form: Form, zone: Zone) -> Model:
    def model(call: Call) -> Value:
        return Instant(form, zone, origin=call.origin())

    return model


def _now(call: Call) -> Value:
    """`datetime.now(tz)`: without a zone it is local and says nothing of it."""
    zone = call.value(0, "tz")
    given = not isinstance(zone, Absent) and not (isinstance(zone, Known) and zone.constant is None)
    return Instant(Form.DATETIME, Zone.AWARE if given else Zone.LOCAL_NAIVE, origin=call.origin())


def _timedelta(call: Call) -> Value:
    """`timedelta(days, seconds, …)`: unknown as soon as one part is."""
    parts = [argument.value for argument in call.arguments]
    names = [*list(SECONDS)[: len(call.arguments.positional)], *call.arguments.keywords]
    totals: list[float | None] = [0.0]
    for name, part in zip(names, parts, strict=False):
        seconds = [_seconds(name, option) for option in alternatives(part)]
        sums = (None if one is None or total is None else total + one for total in totals for one in seconds)
        totals = list(dict.fromkeys(sums))[: MAX_ALTERNATIVES + 1]
    if call.arguments.more_keywords or call.arguments.more_positional:
        totals = [None]
    return one_of([Duration(total, origin=call.origin()) for total in totals])


def _seconds(name: str, value: Value) -> float | None:
    number = value.constant if isinstance(value, Known) else None
    return number * SECONDS[name] if isinstance(number, int | float) and name in SECONDS else None


def _timegm(call: Call) -> Value:
    """`calendar.timegm(tuple)` reads the tuple as UTC, so a tuple of local time stays skewed."""
    value = call.first()
    if not isinstance(value, Instant):
        return call.unknown()
    zone = Zone.LOCAL_NAIVE if value.zone is Zone.LOCAL_NAIVE else Zone.AWARE
    return replace(value, form=Form.SECONDS, zone=zone, origin=call.origin())


def _mktime(call: Call) -> Value:
    """`time.mktime(tuple)` reads the tuple as local time."""
    value = call.first()
    return timestamp(value, call.origin()) if isinstance(value, Instant) else call.unknown()


def _from_timestamp(zone: Zone) -> Model:
    def model(call: Call) -> Value:
        """A number that is skewed because it was read as local time or as UTC is right again only the same way back."""
        value = call.first()
        given = not isinstance(call.value(1, "tz"), Absent)
        if not isinstance(value, Instant) or (value.zone is not Zone.AWARE and (given or zone is value.zone)):
            return call.unknown()
        if value.zone is not Zone.AWARE:
            return replace(value, form=Form.DATETIME, origin=call.origin())
        return replace(value, form=Form.DATETIME, zone=Zone.AWARE if given else zone, origin=call.origin())

    return model


def timestamp(value: Instant, origin: Origin) -> Instant:
    """`value.timestamp()`, which reads a naive datetime as local time: naive UTC comes out skewed."""
    zone = Zone.UTC_NAIVE if value.zone is Zone.UTC_NAIVE else Zone.AWARE
    return replace(value, form=Form.SECONDS, zone=zone, origin=origin)


def method(value: Instant | Duration, name: str, call: Call) -> Value:
    """A method of a datetime or a timedelta."""
    if isinstance(value, Duration):
        return replace(value, origin=call.origin()) if name == "total_seconds" else call.unknown()
    match name:
        case "timestamp":
            return timestamp(value, call.origin())
        case "timetuple":
            # The clock of the zone that the datetime is aware of, which may be any.
            return call.unknown() if value.zone is Zone.AWARE else value
        case "utctimetuple":
            return replace(value, zone=Zone.UTC_NAIVE) if value.zone is Zone.AWARE else value
        case "astimezone":
            # A naive datetime is taken for local time here too.
            zone = Zone.UTC_NAIVE if value.zone is Zone.UTC_NAIVE else Zone.AWARE
            return replace(value, zone=zone, origin=call.origin())
        case "replace":
            if "tzinfo" in call.arguments.keywords:
                return _labelled(value, call)
            return replace(value, offset=None, origin=call.origin())
        case _:
            return call.unknown()


def _labelled(value: Instant, call: Call) -> Value:
    """`.replace(tzinfo=…)` relabels without converting: a label of UTC is right for naive UTC only."""
    zone = call.arguments.keywords["tzinfo"].value
    if isinstance(zone, Known) and zone.constant is None:
        utc_or_local = Zone.UTC_NAIVE if value.zone is Zone.AWARE else value.zone
        return replace(value, zone=utc_or_local, origin=call.origin())
    if zone != UTC:
        return call.unknown()
    right = value.zone is not Zone.LOCAL_NAIVE
    return replace(value, zone=Zone.AWARE if right else Zone.LOCAL_NAIVE, origin=call.origin())


FUNCTIONS: Mapping[str, Model] = {
    "time.time": _clock(Form.SECONDS, Zone.AWARE),
    "time.time_ns": _clock(Form.NANOSECONDS, Zone.AWARE),
    "time.mktime": _mktime,
    "calendar.timegm": _timegm,
    "datetime.datetime.now": _now,
    "datetime.datetime.today": _clock(Form.DATETIME, Zone.LOCAL_NAIVE),
    "datetime.datetime.utcnow": _clock(Form.DATETIME, Zone.UTC_NAIVE),
    "datetime.datetime.fromtimestamp": _from_timestamp(Zone.LOCAL_NAIVE),
    "datetime.datetime.utcfromtimestamp": _from_timestamp(Zone.UTC_NAIVE),
    "datetime.timedelta": _timedelta,
    "django.utils.timezone.now": _clock(Form.DATETIME, Zone.AWARE),
    "arrow.utcnow": _clock(Form.DATETIME, Zone.AWARE),
    "pendulum.now": _clock(Form.DATETIME, Zone.AWARE),
    "pendulum.duration": _timedelta,
}
