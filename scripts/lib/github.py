"""GitHub for the delivery workflows: the REST API, the subject of a run, its outputs and its summary."""

from __future__ import annotations

import base64
import http.client
import json
import os
import re
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tooling import fail

ROBOT = "github-actions[bot]"
MAIN = "main"
PAUSES = (1.0, 3.0, 8.0)  # seconds before each retry
LONGEST = 60.0  # seconds that GitHub may ask to wait; the next run comes sooner than that ends
MARKER = re.compile(r"<!-- infra:[\w.:-]+ -->")


def variable(name: str, help: str = "docs/delivery.md lists the variables that a repository needs") -> str:
    """A variable that has to be there."""
    value = os.environ.get(name, "")
    if not value:
        fail(f"`{name}` is not set", f"help: {help}")
    return value


def event() -> dict[str, Any]:
    """Returns the event that started the run."""
    return json.loads(Path(variable("GITHUB_EVENT_PATH")).read_text())


def ask(method: str, path: str, body: Any = None) -> Any:
    """Returns a response of the REST API about this repository; `path` is relative to it. An error response ends the script."""
    status, answer = attempt(method, path, body)
    if status >= 400:
        fail(f"GitHub responded with status {status} to {method} {path}", answer, "help: grant the job the permission for this request in its workflow", code=1)
    return answer


def attempt(method: str, path: str, body: Any = None, repeatable: bool | None = None) -> tuple[int, Any]:
    """Returns the status, and the response or GitHub's error message.

    What GitHub did not take (429, and 403 with a time to wait) is sent again. After a fault of the network or of GitHub (5xx) nobody knows if it was
    taken: then only what may be done twice is. `repeatable`: by default everything but POST.
    """
    repeatable = method != "POST" if repeatable is None else repeatable
    for pause in (*PAUSES, None):
        status, answer, wait = once(method, path, body)
        refused = status == 429 or (status == 403 and wait is not None)
        if pause is None or not (refused or (repeatable and (status is None or status >= 500))):
            break
        time.sleep(min(max(pause, wait or 0.0), LONGEST))
    if status is None:
        fail(f"GitHub cannot be reached: {answer}", code=1)
    return status, answer


def once(method: str, path: str, body: Any) -> tuple[int | None, Any, float | None]:
    """As `attempt`, without a second time: no status where there was no answer; and the seconds that GitHub asks to wait."""
    url = f"{os.environ.get('GITHUB_API_URL', 'https://api.github.com')}/repos/{variable('GITHUB_REPOSITORY')}{path}"
    headers = {
        "accept": "application/vnd.github+json",
        "authorization": f"Bearer {variable('GITHUB_TOKEN')}",
        "x-github-api-version": "2022-11-28",
    }
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=30) as answer:
            status, text = answer.status, answer.read()
    except urllib.error.HTTPError as error:
        wait = error.headers.get("retry-after", "")
        return error.code, error.read().decode(errors="replace")[:300], float(wait) if wait.isdigit() else None
    except (OSError, http.client.HTTPException) as error:
        return None, str(error) or type(error).__name__, None
    return status, json.loads(text) if text else None, None


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
    """The subject of a run: a pull request, a place of it in the merge queue, or the main branch itself (number 0)."""

    number: int
    commit: str
    tree: str
    queued: bool = False

    @property
    def prefix(self) -> str:
        """Returns the prefix of the names of its change sets. The plan role can create only those that begin with `pr`."""
        return f"pr{self.number}q" if self.queued else f"pr{self.number}"


def subject(number: int | None = None, commit: str = "") -> Subject:
    """Returns the subject of this run. `number` and `commit` are claims of the person who started it by hand.

    The tree names the image, the number names the change sets and the comment. So neither comes from a job that ran code of a pull
    request: a run speaks for the pull request whose newest commit it runs on, and for the merge of it that GitHub made.
    """
    kind, own = variable("GITHUB_EVENT_NAME"), variable("GITHUB_SHA")
    queued = False
    if kind == "pull_request":
        number, commit = of_pull_request(own), own
    elif kind == "merge_group":
        number, commit, queued = of_merge_group(own), own, True
    elif kind == "workflow_dispatch" and number:
        by_hand(number, own, commit)
    elif kind in ("push", "schedule", "workflow_dispatch"):
        of_main(own, commit)
        number, commit = merged(own) if number is None else 0, own
    else:
        fail(f"a run of the event `{kind}` cannot act for any pull request or branch", "expected: pull_request, merge_group, push, schedule or workflow_dispatch", code=1)
    return Subject(number, commit, tree_of(commit), queued)


def tree_of(commit: str) -> str:
    """Returns the tree of a commit, as GitHub has it."""
    return str(ask("GET", f"/git/commits/{commit}")["tree"]["sha"])


def merged(commit: str) -> int:
    """The pull request that a commit of main came with; 0 for none."""
    for found in ask("GET", f"/commits/{commit}/pulls"):
        if found.get("merged_at") and found.get("merge_commit_sha") == commit:
            return int(found["number"])
    return 0


def merge_of(number: int) -> str | None:
    """Returns the merge of a pull request with main as it is now; none where there are conflicts. GitHub makes it when it is asked for it."""
    for _ in range(10):
        pull = ask("GET", f"/pulls/{number}")
        if pull.get("mergeable") is not None:
            return pull["merge_commit_sha"] if pull["mergeable"] else None
        time.sleep(2)
    return None


def start_plan(number: int, branch: str, commit: str) -> tuple[int, Any]:
    """Starts `plan` for a pull request; returns the status and the answer of GitHub.

    On the branch of the pull request, never on main: its code runs there, and what runs on main may write what main reads. Done twice, the second
    run takes the place of the first.
    """
    inputs = {"pull-request": str(number), "commit": commit}
    return attempt("POST", "/actions/workflows/plan.yml/dispatches", {"ref": branch, "inputs": inputs}, repeatable=True)


def head_of_main() -> str:
    """The newest commit of the main branch."""
    return str(ask("GET", f"/git/ref/heads/{MAIN}")["object"]["sha"])


def is_on_main(commit: str) -> bool:
    """Returns true if a commit is part of the main branch. A commit that GitHub no longer has is not."""
    # By the commit of the branch: a tag of the same name would be taken for it.
    path = f"/compare/{head_of_main()}...{commit}"
    status, answer = attempt("GET", path)
    if status not in (200, 404):
        fail(f"GitHub responded with status {status} to GET {path}", str(answer), code=1)
    return status == 200 and answer["status"] in ("behind", "identical")


def of_main(own: str, commit: str) -> None:
    """Holds the run to be one of the main branch."""
    reference = variable("GITHUB_REF")
    if reference != f"refs/heads/{MAIN}":
        fail(f"this run is of `{reference}`, and only a run of `{MAIN}` can act for it", "help: name the pull request that the branch belongs to", code=1)
    if commit not in ("", own):
        fail(f"a run of `{MAIN}` is about {own[:12]}, and not about {commit[:12]}", code=1)
    if not is_on_main(own):
        fail(f"{own[:12]} is not on `{MAIN}` any more", code=1)


def of_pull_request(own: str) -> int:
    """Returns the pull request of the event. A run that was started again after its branch moved no longer acts for it."""
    told = event()
    number, head = int(told["pull_request"]["number"]), told["pull_request"]["head"]["sha"]
    pull = ask("GET", f"/pulls/{number}")
    check_head(pull, number, head)
    if told.get("action") != "closed":
        check_merge(number, own, head)
    return number


def of_merge_group(own: str) -> int:
    """The pull request that this place in the merge queue was made for. Only the queue makes such events."""
    group, reference = event()["merge_group"], variable("GITHUB_REF")
    found = re.fullmatch(rf"refs/heads/gh-readonly-queue/{MAIN}/pr-(\d+)-[0-9a-f]{{40}}", reference)
    if not found or group["base_ref"] != f"refs/heads/{MAIN}":
        fail(f"`{reference}` is not an entry of the merge queue of `{MAIN}`", code=1)
    if group["head_sha"] != own:
        fail(f"the merge queue is at {group['head_sha'][:12]}, and this run at {own[:12]}", code=1)
    return int(found[1])


def by_hand(number: int, own: str, commit: str) -> None:
    """Holds the run to be on the newest commit of an open pull request, and `commit` to be the merge of it that GitHub made."""
    pull = ask("GET", f"/pulls/{number}")
    if pull["state"] != "open":
        fail(f"pull request {number} is {pull['state']}", "help: only open ones are planned", code=1)
    check_head(pull, number, own)
    reference = variable("GITHUB_REF")
    if reference != f"refs/heads/{pull['head']['ref']}":
        fail(f"this run is of `{reference}`, and pull request {number} of `{pull['head']['ref']}`", code=1)
    if not re.fullmatch(r"[0-9a-f]{40}", commit):
        fail(f"`{commit[:60]}` is not a commit", "expected: the merge of the pull request, 40 hexadecimal digits", code=1)
    made = ask("GET", f"/git/ref/pull/{number}/merge")["object"]["sha"]
    if made != commit:
        fail(f"GitHub's merge of pull request {number} is {made[:12]}, not {commit[:12]}", "help: main has moved since, or this commit is not GitHub's merge; run `plan` again", code=1)
    check_merge(number, commit, own)


def check_head(pull: dict[str, Any], number: int, head: str) -> None:
    """Verifies that a run is of the newest commit of a pull request whose branch is in this repository."""
    if (pull["head"]["repo"] or {}).get("full_name") != variable("GITHUB_REPOSITORY"):
        fail(f"pull request {number} comes from a fork", "help: push its branch to this repository to have it planned", code=1)
    if pull["head"]["sha"] != head:
        fail(f"pull request {number} is at {pull['head']['sha'][:12]}, and this run at {head[:12]}", "help: the run of its newest commit plans it", code=1)


def check_merge(number: int, commit: str, head: str) -> None:
    """Holds a commit to be a merge of the head of a pull request with a commit of main."""
    parents = [parent["sha"] for parent in ask("GET", f"/git/commits/{commit}")["parents"]]
    others = [parent for parent in parents if parent != head]
    if len(parents) != 2 or len(others) != 1:
        fail(f"{commit[:12]} is not a merge of pull request {number}", code=1)
    if not is_on_main(others[0]):
        fail(f"{commit[:12]} merges pull request {number} with {others[0][:12]}, which is not on `{MAIN}`", code=1)


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
    """Appends to the summary on the page of the run."""
    place = os.environ.get("GITHUB_STEP_SUMMARY")
    if place:
        with open(place, "a", encoding="utf-8") as file:
            file.write(text.rstrip() + "\n\n")
    else:
        print(text)


def approvals() -> list[str]:
    """Approvals of this run: by whom, of which environment, with which words."""
    found = []
    for one in ask("GET", f"/actions/runs/{variable('GITHUB_RUN_ID')}/approvals"):
        if one["state"] == "approved":
            where = ", ".join(environment["name"] for environment in one["environments"])
            found.append(f"@{one['user']['login']} approved `{where}`" + (f": {' '.join(one['comment'].split())}" if one.get("comment") else ""))
    return found


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
        fail("a comment must begin with a marker that identifies it", f"found: {marker[:80]}")
    for comment in pages(f"/issues/{number}/comments"):
        # Comments of others are ignored, with or without marker: their author could change them later.
        if comment["user"]["login"] == ROBOT and comment["body"].startswith(marker):
            return ask("PATCH", f"/issues/comments/{comment['id']}", {"body": text})["html_url"]
    return ask("POST", f"/issues/{number}/comments", {"body": text})["html_url"]


def upsert_issue(marker: str, title: str, text: str | None) -> str | None:
    """Updates or creates the one open issue of a marker, or closes it if there is no text. Returns its address."""
    body = f"{marker}\n{text}"
    for issue in pages("/issues?state=open&creator=app/github-actions"):
        if (issue.get("body") or "").startswith(marker):
            change = {"body": body, "title": title} if text else {"state": "closed", "state_reason": "completed"}
            return ask("PATCH", f"/issues/{issue['number']}", change)["html_url"]
    return ask("POST", "/issues", {"title": title, "body": body})["html_url"] if text else None


def mask(value: str) -> None:
    """Has the log of the run hide a value. The runner reads both streams; standard output is for data."""
    print(f"::add-mask::{value}", file=sys.stderr, flush=True)

