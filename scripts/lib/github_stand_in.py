"""A GitHub on this machine, as far as the delivery workflows talk to one: commits, pull requests, comments, issues, tokens for AWS."""

from __future__ import annotations

import base64
import json
import re
import threading
from contextlib import contextmanager
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs

from emulator import free_port
from github import ROBOT
from local_server import serve
from tooling import ROOT

# The one place that says it as text is the workflow that calls `trusted.yml`: `uses` knows no variables.
TRUSTED = re.search(r"uses: *((\S+/\S+)/\.github/workflows/trusted\.yml@main)", (ROOT / ".github/workflows/plan.yml").read_text())
CALLED, REPOSITORY = TRUSTED.groups() if TRUSTED else ("", "")
OPENED = "2026-01-01T00:00:00Z"  # of every pull request that says nothing else
TOKEN = "token-of-the-test"


class Refused(Exception):
    """A status and an answer against what was asked for."""


@dataclass
class GitHub:
    """What is there, and what was asked for."""

    address: str = ""
    commits: dict[str, dict[str, Any]] = field(default_factory=dict)  # by hash
    trees: dict[str, list[dict[str, str]]] = field(default_factory=dict)  # files, by hash
    pulls: dict[int, dict[str, Any]] = field(default_factory=dict)
    came_with: dict[str, int] = field(default_factory=dict)  # pull requests by the commit of main
    comments: list[dict[str, Any]] = field(default_factory=list)
    issues: list[dict[str, Any]] = field(default_factory=list)
    dispatched: list[dict[str, Any]] = field(default_factory=list)
    runs: list[dict[str, Any]] = field(default_factory=list)  # of workflows, with their jobs
    cancelled: list[int] = field(default_factory=list)
    rules: list[dict[str, Any]] = field(default_factory=list)  # of the main branch
    rulesets: list[dict[str, Any]] = field(default_factory=list)
    artifacts: list[dict[str, Any]] = field(default_factory=list)  # of all runs
    owner_errors: list[dict[str, Any]] = field(default_factory=list)  # of CODEOWNERS
    tags: dict[str, str] = field(default_factory=dict)
    main: str = ""
    settings: dict[str, Any] = field(default_factory=dict)  # of the repository, by path
    deployments: list[dict[str, Any]] = field(default_factory=list)  # each with its statuses
    tokens: int = 0
    faults: list[int] = field(default_factory=list)  # statuses of the next answers; 0 for none at all
    refused: dict[str, int] = field(default_factory=dict)  # statuses by path, for what changes something
    events: dict[int, list[dict[str, Any]]] = field(default_factory=dict)  # of pull requests
    reviews: dict[int, list[dict[str, Any]]] = field(default_factory=dict)  # of pull requests
    people: dict[str, str] = field(default_factory=dict)  # their permission
    pushes: list[dict[str, Any]] = field(default_factory=list)
    reactions: list[dict[str, Any]] = field(default_factory=list)
    merges: list[dict[str, Any]] = field(default_factory=list)
    query: str = ""  # of the request that is answered

    def asked(self, name: str) -> str | None:
        """A parameter of the request, as a server reads it: what is not quoted is cut there, or means something else."""
        return (parse_qs(self.query).get(name) or [None])[-1]

    def is_listed(self, pull: dict[str, Any]) -> bool:
        """Says if a list of pull requests has this one: by default the open ones, of all branches."""
        head = f"{REPOSITORY.partition('/')[0]}:{pull['head']['ref']}"
        return (self.asked("state") or "open") in ("all", pull["state"]) and self.asked("head") in (None, head)

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        if method != "GET" and (status := self.refused.get(path.removeprefix(f"/repos/{REPOSITORY}"))):
            return status, {"message": "no"}
        for pattern, verb, act in (
            (r"/git/commits/(\w+)", "GET", lambda sha: self.commits[sha]),
            (r"/git/trees/([\w-]+)", "GET", lambda sha: {"sha": sha, "truncated": False, "tree": self.trees[sha]}),
            (r"/contents/Cargo\.lock", "GET", lambda: {"encoding": "base64", "content": base64.b64encode((ROOT / "Cargo.lock").read_bytes()).decode()}),
            (r"/commits/(\w+)/pulls", "GET", lambda sha: [self.pulls[self.came_with[sha]]] if sha in self.came_with else []),
            (r"/pulls/(\d+)", "GET", lambda number: {"created_at": OPENED, **self.pulls[int(number)]}),
            (r"/pulls/(\d+)/reviews", "GET", lambda number: self.reviews.get(int(number), [])),
            (r"/pulls/(\d+)/merge", "PUT", lambda number: self.merge(int(number), body)),
            (r"/collaborators/([\w-]+)/permission", "GET", lambda name: {"permission": self.people[name]}),
            (r"/activity", "GET", lambda: [one for one in self.pushes if one["ref"] == self.asked("ref")]),
            (r"/issues/comments/(\d+)/reactions", "POST", lambda number: self.add(self.reactions, {"about": int(number), **body})),
            (r"/pulls", "GET", lambda: [pull for pull in self.pulls.values() if self.is_listed(pull)]),
            (r"/issues/(\d+)/events", "GET", lambda number: self.events.get(int(number), [])),
            (r"/issues/(\d+)/comments", "GET", lambda number: [c for c in self.comments if c["about"] == int(number)]),
            (r"/issues/(\d+)/comments", "POST", lambda number: self.comment(int(number), body)),
            (r"/issues/comments/(\d+)", "PATCH", lambda number: self.change(self.comments, int(number), body)),
            (r"/issues", "GET", lambda: [issue for issue in self.issues if issue["state"] == "open"]),
            (r"/issues", "POST", lambda: self.add(self.issues, {**body, "state": "open"})),
            (r"/issues/(\d+)", "PATCH", lambda number: self.change(self.issues, int(number), body)),
            (r"/deployments", "GET", lambda: self.deployments),
            (r"/deployments", "POST", lambda: self.add(self.deployments, {**body, "statuses": []})),
            (r"/deployments/(\d+)/statuses", "POST", lambda number: self.add(self.deployments[int(number) - 1]["statuses"], body)),
            (r"/git/ref/heads/main", "GET", lambda: {"object": {"sha": self.main}}),
            (r"/git/ref/pull/(\d+)/merge", "GET", lambda number: {"object": {"sha": self.pulls[int(number)]["merge_commit_sha"]}}),
            (r"/commits", "GET", lambda: [{"sha": sha} for sha in self.newest()]),
            (r"/rulesets", "GET", lambda: [{name: one[name] for name in ("id", "target", "enforcement")} for one in self.rulesets]),
            (r"/actions/artifacts", "GET", lambda: {"artifacts": [one for one in self.artifacts if f"name={one['name']}&" in f"{self.query}&"]}),
            (r"/codeowners/errors", "GET", lambda: {"errors": self.owner_errors}),
            (r"/rulesets/(\d+)", "GET", lambda number: next(one for one in self.rulesets if one["id"] == int(number))),
            (r"/git/ref/tags/(\w+)", "GET", lambda name: {"object": {"sha": self.tags[name]}}),
            (r"/compare/(\w+)\.\.\.(\w+)", "GET", lambda base, head: {"status": self.compared(base, head)}),
            (r"/rules/branches/main", "GET", lambda: self.rules),
            (r"/actions/workflows/([\w.]+)/runs", "GET", lambda name: {"workflow_runs": [run for run in reversed(self.runs) if run["workflow"] == name]}),
            (r"/actions/runs/(\d+)", "GET", lambda number: self.run(int(number))),
            (r"/actions/runs/(\d+)/jobs", "GET", lambda number: {"total_count": len(self.run(int(number))["jobs"]), "jobs": self.run(int(number))["jobs"]}),
            (r"/actions/runs/(\d+)/approvals", "GET", lambda number: self.run(int(number)).get("approvals", [])),
            (r"/actions/runs/(\d+)/cancel", "POST", lambda number: self.cancel(int(number))),
            (r"/actions/workflows/([\w.]+)/dispatches", "POST", lambda name: self.dispatch(name, body)),
        ):
            if method == "GET" and path.removeprefix(f"/repos/{REPOSITORY}") in self.settings:
                return 200, self.settings[path.removeprefix(f"/repos/{REPOSITORY}")]
            found = re.fullmatch(rf"/repos/{REPOSITORY}{pattern}", path)
            if found and method == verb:
                try:
                    return 201 if path.endswith("/deployments") and verb == "POST" else 200, act(*found.groups())  # type: ignore[operator]
                except KeyError:
                    break
                except Refused as refused:
                    return refused.args
        return 404, {"message": "Not Found"}

    def compared(self, base: str, head: str) -> str:
        """The relation of two commits, as GitHub says it."""
        self.commits[head]
        if base == head:
            return "identical"
        return "behind" if head in self.before(base) else "ahead" if base in self.before(head) else "diverged"

    def newest(self, most: int = 3) -> list[str]:
        """The newest commits of main."""
        found = [self.main]
        while len(found) < most and (parents := self.commits.get(found[-1], {}).get("parents")):
            found.append(parents[0]["sha"])
        return found

    def before(self, commit: str) -> set[str]:
        """Commits that one is made of."""
        found, todo = set(), [commit]
        while todo:
            for parent in self.commits.get(todo.pop(), {}).get("parents", []):
                if parent["sha"] not in found:
                    found.add(parent["sha"])
                    todo.append(parent["sha"])
        return found

    def run(self, number: int) -> dict[str, Any]:
        for run in self.runs:
            if run["id"] == number:
                return run
        raise KeyError(number)

    def started(self, workflow: str, sha: str, event: str, environment: str = "", branch: str = "main", repository: str = REPOSITORY) -> dict[str, Any]:
        """A run of a workflow; `rollback` and `migration` have the environment in their name."""
        number = len(self.runs) + 1
        run = {"workflow": workflow, "id": 1000 + number, "run_number": number, "head_sha": sha, "head_branch": branch, "event": event, "run_attempt": 1}
        run |= {"actor": {"login": "ada"}, "triggering_actor": {"login": "ada"}, "run_started_at": self.now(), "created_at": self.now()}
        run |= {"path": f".github/workflows/{workflow}", "head_repository": {"full_name": repository}}
        run["display_title"] = f"{workflow.removesuffix('.yml')} of {environment}" if environment else ""
        run |= {"status": "queued", "conclusion": None, "html_url": f"{self.address}/runs/{1000 + number}", "updated_at": self.now(), "jobs": []}
        self.runs.append(run)
        return run

    def ended(self, workflow: str, sha: str, event: str, branch: str = "main", conclusion: str = "success", repository: str = REPOSITORY) -> dict[str, Any]:
        """A run of a workflow that has ended."""
        run = self.started(workflow, sha, event, branch=branch, repository=repository)
        run |= {"status": "completed", "conclusion": conclusion}
        return run

    def now(self) -> str:
        return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def merge(self, number: int, body: Any) -> dict[str, Any]:
        """Merges a pull request, within the rules for main as far as they are about its newest commit."""
        if self.pulls[number]["head"]["sha"] != body["sha"]:
            raise Refused(409, {"message": "Head branch was modified. Review and try the merge again."})
        self.merges.append({"number": number, **body})
        return {"sha": "9" * 40, "merged": True}

    def cancel(self, number: int) -> None:
        self.run(number)
        self.cancelled.append(number)

    def dispatch(self, workflow: str, body: Any) -> None:
        self.dispatched.append({"workflow": workflow, **body})

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
                elif github.faults:
                    code, answer = github.faults.pop(0), {"message": "of a moment"}
                elif re.search(r"(^|&)page=(?!1(&|$))", query):
                    # All that there is fits on the first page. Some lists are within an object.
                    kind = re.search(r"/(runs|jobs)$", path)
                    code, answer = 200, {{"runs": "workflow_runs"}.get(kind[1], kind[1]): [], "total_count": 0} if kind else []
                else:
                    github.query = query
                    code, answer = github.answer(self.command, path, body)
                data = json.dumps(answer).encode()
            if code == 0:
                self.close_connection = True
                return
            self.send_response(code)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = do_PUT = handle_any

    with serve(Handler, int(github.address.rpartition(":")[2])):
        yield github
