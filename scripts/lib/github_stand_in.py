"""A GitHub on this machine, as far as the delivery workflows talk to one: commits, pull requests, comments, issues, tokens for AWS."""

from __future__ import annotations

import base64
import json
import re
import threading
from contextlib import contextmanager
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from emulator import free_port
from github import ROBOT
from tooling import ROOT

# The one place that says it as text is the workflow that calls `trusted.yml`: `uses` knows no variables.
TRUSTED = re.search(r"uses: *((\S+/\S+)/\.github/workflows/trusted\.yml@main)", (ROOT / ".github/workflows/plan.yml").read_text())
CALLED, REPOSITORY = TRUSTED.groups() if TRUSTED else ("", "")
TOKEN = "token-of-the-test"


@dataclass
class GitHub:
    """What is there, and what was asked for."""

    address: str = ""
    commits: dict[str, dict[str, Any]] = field(default_factory=dict)  # by hash
    pulls: dict[int, dict[str, Any]] = field(default_factory=dict)
    came_with: dict[str, int] = field(default_factory=dict)  # pull requests by the commit of main
    comments: list[dict[str, Any]] = field(default_factory=list)
    issues: list[dict[str, Any]] = field(default_factory=list)
    dispatched: list[dict[str, Any]] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)  # of the repository, by path
    tokens: int = 0

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        for pattern, verb, act in (
            (r"/git/commits/(\w+)", "GET", lambda sha: self.commits[sha]),
            (r"/contents/Cargo\.lock", "GET", lambda: {"encoding": "base64", "content": base64.b64encode((ROOT / "Cargo.lock").read_bytes()).decode()}),
            (r"/commits/(\w+)/pulls", "GET", lambda sha: [self.pulls[self.came_with[sha]]] if sha in self.came_with else []),
            (r"/pulls/(\d+)", "GET", lambda number: self.pulls[int(number)]),
            (r"/pulls", "GET", lambda: [pull for pull in self.pulls.values() if pull["state"] == "open"]),
            (r"/issues/(\d+)/comments", "GET", lambda number: [c for c in self.comments if c["about"] == int(number)]),
            (r"/issues/(\d+)/comments", "POST", lambda number: self.comment(int(number), body)),
            (r"/issues/comments/(\d+)", "PATCH", lambda number: self.change(self.comments, int(number), body)),
            (r"/issues", "GET", lambda: [issue for issue in self.issues if issue["state"] == "open"]),
            (r"/issues", "POST", lambda: self.add(self.issues, {**body, "state": "open"})),
            (r"/issues/(\d+)", "PATCH", lambda number: self.change(self.issues, int(number), body)),
            (r"/actions/workflows/plan.yml/dispatches", "POST", lambda: self.dispatched.append(body)),
        ):
            if method == "GET" and path.removeprefix(f"/repos/{REPOSITORY}") in self.settings:
                return 200, self.settings[path.removeprefix(f"/repos/{REPOSITORY}")]
            found = re.fullmatch(rf"/repos/{REPOSITORY}{pattern}", path)
            if found and method == verb:
                try:
                    return 200, act(*found.groups())  # type: ignore[operator]
                except KeyError:
                    break
        return 404, {"message": "Not Found"}

    def comment(self, about: int, body: Any) -> Any:
        return self.add(self.comments, {"about": about, "user": {"login": ROBOT}, "edits": 0, **body})

    def add(self, where: list, what: dict) -> dict:
        number = len(where) + 1
        where.append({"id": number, "number": number, "html_url": f"{self.address}/{number}", **what})
        return where[-1]

    def change(self, where: list, number: int, body: dict) -> dict:
        where[number - 1].update(body, edits=where[number - 1].get("edits", 0) + 1)
        return where[number - 1]


@contextmanager
def serving() -> Iterator[GitHub]:
    github = GitHub(f"http://127.0.0.1:{free_port()}")
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def handle_any(self) -> None:
            path, _, query = self.path.partition("?")
            size = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(size)) if size else None
            with lock:
                # The name of a scheme may have any case.
                if path == "/id-token" and (self.headers.get("authorization") or "").lower() == "bearer id-token-request":
                    github.tokens += 1
                    code, answer = 200, {"value": f"jwt-{github.tokens}"}
                elif self.headers.get("authorization") != f"Bearer {TOKEN}":
                    code, answer = 401, {"message": "Bad credentials"}
                elif re.search(r"(^|&)page=", query) and not re.search(r"(^|&)page=1(&|$)", query):
                    code, answer = 200, []
                else:
                    code, answer = github.answer(self.command, path, body)
                data = json.dumps(answer).encode()
            self.send_response(code)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = handle_any

    server = ThreadingHTTPServer(("127.0.0.1", int(github.address.rpartition(":")[2])), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield github
    finally:
        server.shutdown()
        server.server_close()
