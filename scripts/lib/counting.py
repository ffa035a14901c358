"""A proxy that counts: which operation was called how often, and how long the endpoint took for it."""

from __future__ import annotations

import contextlib
import http.client
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

from local_server import serve


@dataclass
class Calls:
    """The requests since the last `reset`."""

    operations: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, operation: str, seconds: float) -> None:
        with self.lock:
            self.operations[operation] += 1
            self.seconds += seconds

    def reset(self) -> None:
        with self.lock:
            self.operations.clear()
            self.seconds = 0.0

    def total(self) -> int:
        return sum(self.operations.values())


def operation(method: str, path: str, headers: http.client.HTTPMessage, body: bytes) -> str:
    """`cloudformation:CreateChangeSet`; services with paths instead of names of operations by method."""
    scope = re.search(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/", headers.get("authorization", ""))
    service = scope.group(1) if scope else "?"
    if target := headers.get("x-amz-target"):
        return f"{service}:{target.rpartition('.')[2]}"
    if action := parse_qs(body.decode("latin-1")).get("Action"):
        return f"{service}:{action[0]}"
    return f"{service}:{method} {urlsplit(path).path}"


@contextlib.contextmanager
def counting(upstream: str) -> Iterator[tuple[str, Calls]]:
    """A proxy in front of `upstream`: its address, and its counters."""
    calls, host = Calls(), urlsplit(upstream).netloc

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def forward(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            begun = time.monotonic()
            connection = http.client.HTTPConnection(host, timeout=300)
            connection.request(self.command, self.path, body, dict(self.headers.items()))
            answer = connection.getresponse()
            content = answer.read()
            connection.close()
            calls.add(operation(self.command, self.path, self.headers, body), time.monotonic() - begun)
            self.send_response_only(answer.status, answer.reason)
            for name, value in answer.getheaders():
                if name.lower() not in ("transfer-encoding", "content-length", "connection"):
                    self.send_header(name, value)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = forward

        def log_message(self, *_: object) -> None:
            pass

    with serve(Handler) as address:
        yield address, calls
