"""Clocks, dates and lengths of time, in zones on either side of Greenwich."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from probing import check

IMPORTS = """\
import calendar
import datetime as dt
import time
from datetime import UTC, datetime, timedelta, timezone
hour = timedelta(hours=1)
"""

PROGRAMS = {
    "what the time is": """
        probe(datetime.now())  #= now+0 datetime naive local time
        probe(datetime.today())  #= now+0 datetime naive local time
        probe(dt.datetime.now(None))  #= now+0 datetime naive local time
        probe(datetime.utcnow())  #= now+0 datetime naive UTC
        probe(datetime.now(UTC))  #= now+0 datetime aware
        probe(datetime.now(tz=timezone.utc))  #= now+0 datetime aware
        probe(time.time())  #= now+0 seconds aware
        probe(time.time_ns())  #= now+0 nanoseconds aware
        probe(time.gmtime())  #= any
    """,
    "sums": """
        probe(datetime.now(UTC) + hour)  #= now+3600 datetime aware
        probe(hour + datetime.now(UTC))  #= now+3600 datetime aware
        probe(datetime.now(UTC) - hour * 2)  #= now-7200 datetime aware
        probe(int(time.time()) + 60)  #= now+60 seconds aware
        probe(time.time() - 5)  #= now-5 seconds aware
        probe(datetime.now(UTC) + (hour if p else 2 * hour))  #= now+3600 datetime aware | now+7200 datetime aware
        probe(datetime.now(UTC) + timedelta(hours=anything(1)))  #= now? datetime aware
        probe(time.time() + anything(1))  #= now? seconds aware
        probe(time.time() - anything(1))  #= any
        probe(datetime.now(UTC) - datetime.now(UTC))  #= 0 s
        probe((datetime.now(UTC) + hour - datetime.now(UTC)).total_seconds())  #= 3600 s
        probe(datetime.utcnow() - datetime(1970, 1, 1))  #= any
        probe(time.time() % 60)  #= any
    """,
    "scales": """
        probe(round(time.time() * 1000))  #= now+0 milliseconds aware
        probe(int(1000 * time.time()) + 5000)  #= now+5 milliseconds aware
        probe(time.time_ns() // 1_000_000)  #= now+0 milliseconds aware
        probe(time.time_ns() // 10**9 + 60)  #= now+60 seconds aware
        probe(time.time() * 1_000_000)  #= now+0 microseconds aware
        probe(time.time() * 7)  #= any
        probe(f"{int(time.time())}")  #= f'{now+0 seconds aware}'
        probe(str(int(time.time())))  #= f'{now+0 seconds aware}'
    """,
    "timestamps": """
        probe(datetime.now().timestamp())  #= now+0 seconds aware
        probe((datetime.now(UTC) + hour).timestamp())  #= now+3600 seconds aware
        probe(datetime.utcnow().timestamp() + 60)  #= now+60 seconds naive UTC
        probe(datetime.fromtimestamp(time.time()))  #= now+0 datetime naive local time
        probe(datetime.fromtimestamp(time.time() + 60, tz=UTC))  #= now+60 datetime aware
        probe(datetime.utcfromtimestamp(time.time()))  #= now+0 datetime naive UTC
        probe(datetime.fromtimestamp(datetime.utcnow().timestamp()))  #= now+0 datetime naive UTC
        probe(datetime.utcfromtimestamp(datetime.utcnow().timestamp()))  #= any
        probe(datetime.fromtimestamp(datetime.utcnow().timestamp(), UTC))  #= any
        skewed = calendar.timegm(datetime.now().timetuple())
        probe(datetime.utcfromtimestamp(skewed))  #= now+0 datetime naive local time
        probe(datetime.fromtimestamp(anything(0)))  #= any
    """,
    "tuples": """
        probe(time.mktime(datetime.now().timetuple()))  #= now+0 seconds aware
        probe(time.mktime(datetime.utcnow().timetuple()))  #= now+0 seconds naive UTC
        probe(time.mktime(datetime.now(UTC).timetuple()))  #= any
        probe(time.mktime(datetime.now(UTC).utctimetuple()))  #= now+0 seconds naive UTC
        probe(time.mktime(time.localtime()))  #= any
        probe(calendar.timegm(datetime.utcnow().timetuple()))  #= now+0 seconds aware
        probe(calendar.timegm(datetime.utcnow().utctimetuple()))  #= now+0 seconds aware
        probe(calendar.timegm(datetime.now().timetuple()))  #= now+0 seconds naive local time
        probe(calendar.timegm(datetime.now(UTC).utctimetuple()))  #= now+0 seconds aware
        probe(calendar.timegm(time.gmtime()) + 60)  #= any
    """,
    "labels": """
        probe(datetime.utcnow().replace(tzinfo=UTC))  #= now+0 datetime aware
        probe(datetime.now().replace(tzinfo=UTC))  #= now+0 datetime naive local time
        probe(datetime.now().replace(tzinfo=datetime.now().astimezone().tzinfo))  #= any
        probe(datetime.now(UTC).replace(tzinfo=None))  #= now+0 datetime naive UTC
        probe(datetime.now(UTC).replace(microsecond=0))  #= now? datetime aware
        probe(datetime.now().astimezone())  #= now+0 datetime aware
        probe(datetime.now().astimezone(UTC))  #= now+0 datetime aware
        probe(datetime.utcnow().astimezone(UTC))  #= now+0 datetime naive UTC
        probe(datetime.now(UTC).isoformat())  #= any
    """,
    "lengths": """
        probe(timedelta(1, 2, minutes=3))  #= 86582 s
        probe(timedelta(milliseconds=1500, weeks=1))  #= 604802 s
        probe(2 * hour)  #= 7200 s
        probe(hour / 2)  #= 1800 s
        probe(hour + hour - timedelta(minutes=5))  #= 6900 s
        probe(-hour)  #= -3600 s
        probe(hour // hour)  #= ? s
        probe(hour.total_seconds())  #= 3600 s
        probe(int(hour.total_seconds()))  #= 3600 s
        probe(time.time() + True)
        probe(+hour)
        probe(-anything(1))  #= any
        probe(datetime.now(UTC) - -hour)  #= now+3600 datetime aware
        probe(datetime.now(UTC) - datetime.now(UTC))
        probe(hour / hour)
        probe(hour.days)  #= any
        probe(timedelta(hours=1 if p else 2))  #= 3600 s | 7200 s
        probe(timedelta(**anything({"hours": 1})))  #= ? s
        probe(bool(hour))  #= any
        probe(1 if hour else 2)  #= 1
        probe(1 if timedelta(0) else 2)  #= 2
    """,
}


@pytest.fixture(params=["UTC0", "XXX+5", "YYY-5:30"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Local time is this far from UTC."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    lines = [line.strip() for line in PROGRAMS[name].strip().splitlines()]
    check(IMPORTS + "\n".join(lines))
