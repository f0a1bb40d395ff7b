"""A local server that publishes keys as an identity provider does (OpenID Connect Discovery 1.0, RFC 7517 §5)."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@contextmanager
def publishing(*keys: dict[str, Any]) -> Iterator[str]:
    """The issuer, whose configuration leads to these keys at `/keys`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = {"keys": keys} if self.path == "/keys" else {"issuer": issuer, "jwks_uri": f"{issuer}/keys"}
            data = json.dumps(content).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: standard error belongs to the tests."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        issuer = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield issuer
        server.shutdown()
        thread.join()
