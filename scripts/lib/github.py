"""GitHub as the delivery workflows need it: the REST API, what a run is about, its outputs and its summary."""

from __future__ import annotations

import base64
import json
import os
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tooling import fail

ROBOT = "github-actions[bot]"
MARKER = re.compile(r"<!-- infra:[\w.:-]+ -->")


def variable(name: str, help: str = "docs/delivery.md says which variables a repository needs") -> str:
    """A variable that has to be there."""
    value = os.environ.get(name, "")
    if not value:
        fail(f"`{name}` is not set", f"help: {help}")
    return value


def event() -> dict[str, Any]:
    """What started the run."""
    return json.loads(Path(variable("GITHUB_EVENT_PATH")).read_text())


def ask(method: str, path: str, body: Any = None) -> Any:
    """An answer of the REST API about this repository; `path` begins below it."""
    url = f"{os.environ.get('GITHUB_API_URL', 'https://api.github.com')}/repos/{variable('GITHUB_REPOSITORY')}{path}"
    headers = {
        "accept": "application/vnd.github+json",
        "authorization": f"Bearer {variable('GITHUB_TOKEN')}",
        "x-github-api-version": "2022-11-28",
    }
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=30) as answer:
            text = answer.read()
    except urllib.error.HTTPError as error:
        said = error.read().decode(errors="replace")[:300]
        fail(f"GitHub answers {error.code} to {method} {path}", said, "help: the job needs the permission that this asks for, in its workflow", code=1)
    except OSError as error:
        fail(f"GitHub cannot be reached: {error}", code=1)
    return json.loads(text) if text else None


def file(path: str, commit: str) -> str:
    """A file as it is in a commit."""
    found = ask("GET", f"/contents/{path}?ref={commit}")
    if found.get("encoding") != "base64":
        # Above a megabyte there is no content beside the name: https://docs.github.com/en/rest/repos/contents
        found = ask("GET", f"/git/blobs/{found['sha']}")
    return base64.b64decode(found["content"]).decode()


def pages(path: str) -> Iterator[Any]:
    """All items of a list."""
    separator = "&" if "?" in path else "?"
    number = 1
    while items := ask("GET", f"{path}{separator}per_page=100&page={number}"):
        yield from items
        if len(items) < 100:
            return
        number += 1


@dataclass(frozen=True)
class Subject:
    """What a run is about: a pull request, or the main branch itself (number 0)."""

    number: int
    commit: str
    tree: str

    @property
    def prefix(self) -> str:
        """What the names of its change sets begin with. The role of plans can make no others than `pr…`."""
        return f"pr{self.number}"


def subject(number: int | None = None, commit: str = "") -> Subject:
    """The subject of this run. `number` and `commit` are what somebody claims who started it by hand.

    The tree names the image, and what has that name is deployed. So it never comes from a job that ran code of a pull request, but
    from GitHub, and only for a commit that this run belongs to.
    """
    kind, own = variable("GITHUB_EVENT_NAME"), variable("GITHUB_SHA")
    if kind == "pull_request":
        number, commit = int(event()["pull_request"]["number"]), own
    elif commit:
        merge_of(number or 0, own, commit)
    else:
        commit = own
        if number is None:
            number = merged(own)
    tree = ask("GET", f"/git/commits/{commit}")["tree"]["sha"]
    return Subject(number or 0, commit, tree)


def merged(commit: str) -> int:
    """The pull request that a commit of main came with; 0 for none."""
    for found in ask("GET", f"/commits/{commit}/pulls"):
        if found.get("merged_at") and found.get("merge_commit_sha") == commit:
            return int(found["number"])
    return 0


def merge_of(number: int, head: str, commit: str) -> None:
    """Holds a commit to be a merge of the head of a pull request, on which this run was started."""
    pull = ask("GET", f"/pulls/{number}")
    if (pull["head"]["repo"] or {}).get("full_name") != variable("GITHUB_REPOSITORY"):
        fail(f"pull request {number} comes from a fork", "help: what a fork proposes is planned once its branch is in this repository", code=1)
    if pull["head"]["sha"] != head:
        fail(f"pull request {number} is at {pull['head']['sha'][:12]}, and this run at {head[:12]}", "help: the run of its newest commit plans it", code=1)
    if not re.fullmatch(r"[0-9a-f]{40}", commit):
        fail(f"`{commit[:60]}` is no commit", "expected: 40 hexadecimal digits", code=1)
    if head not in [parent["sha"] for parent in ask("GET", f"/git/commits/{commit}")["parents"]]:
        fail(f"{commit[:12]} is no merge of pull request {number}", code=1)


def output(**values: Any) -> None:
    """Outputs of the step; printed too."""
    place = os.environ.get("GITHUB_OUTPUT")
    for name, value in values.items():
        line = f"{name.replace('_', '-')}={value}"
        if "\n" in line:
            fail(f"the output `{name}` has more than one line")
        print(line)
        if place:
            with open(place, "a", encoding="utf-8") as file:
                file.write(line + "\n")


def summary(text: str) -> None:
    """Adds to what the page of the run shows."""
    place = os.environ.get("GITHUB_STEP_SUMMARY")
    if place:
        with open(place, "a", encoding="utf-8") as file:
            file.write(text.rstrip() + "\n\n")
    else:
        print(text)


def run_url() -> str:
    server = os.environ.get("GITHUB_SERVER_URL", "https://github.com")
    return f"{server}/{os.environ.get('GITHUB_REPOSITORY', '')}/actions/runs/{os.environ.get('GITHUB_RUN_ID', '')}"


def fenced(text: str, most: int = 20_000) -> str:
    """Text of programs in a block that nothing in it ends; the end of it, which has the cause."""
    text = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", text)
    # Commands to the runner are for its log: of a group or an error the words stay.
    text = re.sub(r"^::(add-mask|endgroup)\b.*\n?", "", text, flags=re.M)
    text = re.sub(r"^::(group|error|warning|notice)\b[^:\n]*::", "", text, flags=re.M).strip()
    text = text if len(text) <= most else "…\n" + text[-most:]
    longest = max((len(ticks) for ticks in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def upsert_comment(number: int, text: str) -> str:
    """The one comment of its marker on a pull request: written over, or made. Its address."""
    marker = text.split("\n", 1)[0]
    if not MARKER.fullmatch(marker):
        fail("a comment begins with a marker, by which it is found again", f"this one with: {marker[:80]}")
    for comment in pages(f"/issues/{number}/comments"):
        # What somebody else wrote is left alone, marker or not: its author could change it after us.
        if comment["user"]["login"] == ROBOT and comment["body"].startswith(marker):
            return ask("PATCH", f"/issues/comments/{comment['id']}", {"body": text})["html_url"]
    return ask("POST", f"/issues/{number}/comments", {"body": text})["html_url"]


def upsert_issue(marker: str, title: str, text: str | None) -> str | None:
    """The one open issue of a marker: written over, made, or closed where there is nothing to say. Its address."""
    body = f"{marker}\n{text}"
    for issue in pages("/issues?state=open&creator=app/github-actions"):
        if (issue.get("body") or "").startswith(marker):
            change = {"body": body, "title": title} if text else {"state": "closed", "state_reason": "completed"}
            return ask("PATCH", f"/issues/{issue['number']}", change)["html_url"]
    return ask("POST", "/issues", {"title": title, "body": body})["html_url"] if text else None


def mask(value: str) -> None:
    """Has the log of the run hide a value. The runner reads both streams; standard output is for data."""
    print(f"::add-mask::{value}", file=sys.stderr, flush=True)

