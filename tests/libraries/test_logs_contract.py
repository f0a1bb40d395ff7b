"""The contract of what writes logs, which backs the model `jwt_sast/libraries/logs.py`."""

from __future__ import annotations

import io
import logging

import pytest
import structlog
from flask import Flask, current_app
from loguru import logger

TOKEN = "a.b.c"


@pytest.mark.parametrize("level", ["debug", "info", "warning", "error", "exception", "critical", "fatal"])
def test_logging_fills_its_arguments_in(level: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    getattr(logging.getLogger("a").getChild("b"), level)("token %s", TOKEN)
    getattr(logging, level)("token %s", TOKEN)
    assert [record.getMessage() for record in caplog.records] == [f"token {TOKEN}"] * 2


def test_the_level_comes_first_in_log(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("a").log(logging.ERROR, "token %s", TOKEN)
    assert caplog.messages == [f"token {TOKEN}"]


def test_the_logger_of_flask_is_one(caplog: pytest.LogCaptureFixture) -> None:
    with Flask("app").app_context():
        current_app.logger.error("token %s", TOKEN)
    assert caplog.messages == [f"token {TOKEN}"]


@pytest.mark.parametrize("level", ["trace", "debug", "info", "success", "warning", "error", "critical"])
def test_loguru_fills_its_arguments_in(level: str) -> None:
    written = io.StringIO()
    handler = logger.add(written, level=0, format="{message}")
    try:
        getattr(logger, level)("token {}", TOKEN)
    finally:
        logger.remove(handler)
    assert written.getvalue() == f"token {TOKEN}\n"


@pytest.mark.parametrize("level", ["debug", "info", "warning", "error", "critical", "msg"])
def test_structlog_writes_keywords_and_what_is_bound(level: str) -> None:
    with structlog.testing.capture_logs() as written:
        getattr(structlog.get_logger().bind(bound=TOKEN), level)("made", token=TOKEN)
    assert [(entry["bound"], entry["token"]) for entry in written] == [(TOKEN, TOKEN)]


def test_an_exception_shows_what_it_is_given() -> None:
    for kind in (Exception, ValueError, RuntimeError, PermissionError, KeyError, TypeError):
        assert TOKEN in str(kind(f"bad token {TOKEN}"))
