"""Runs of the required workflows that prove a commit of main, read from GitHub's record of runs.

The name of a check proves little: a workflow of any branch can post a check run `ci passed` as GitHub Actions. A run cannot be posted. It has the
path of its workflow, its event, its branch and its commit from GitHub, so what counts here is a run of the required file that read the reviewed
version of that file. ADR 0044 lists the ways to make other runs of the same path, and why each is not accepted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import github

# GitHub changes the base itself when the branch that was the base is merged and deleted.
REBASED = ("base_ref_changed", "automatic_base_change_succeeded", "automatic_base_change_failed")
REQUIRED = ("ci.yml", "plan.yml")
QUEUE_BRANCHES = f"gh-readonly-queue/{github.MAIN}/"


@dataclass
class Verdict:
    """State of one required workflow for a commit: the run that proves it, one that may prove it when it ends, and reasons against others."""

    run: dict[str, Any] | None = None
    pending: dict[str, Any] | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Proposal:
    """A pull request as it was merged, or as it would be."""

    number: int
    branch: str
    head: str
    opened: str
    # Reasons why a run of the event `pull_request` does not prove which base it was merged with.
    ambiguous: tuple[str, ...]

    @staticmethod
    def of(number: int) -> Proposal | str:
        """Reads a pull request; returns a reason where its runs prove nothing."""
        pull = github.ask("GET", f"/pulls/{number}")
        repository = github.variable("GITHUB_REPOSITORY")
        if (pull["head"]["repo"] or {}).get("full_name") != repository:
            return f"#{number} comes from a fork"
        if pull["base"]["ref"] != github.MAIN:
            return f"#{number} is merged into `{pull['base']['ref']}`, and not into `{github.MAIN}`"
        branch, doubts = pull["head"]["ref"], []
        # A run of `pull_request` reads its workflow from the merge with the base, and the base of a branch can be anybody's.
        if any(event["event"] in REBASED for event in github.pages(f"/issues/{number}/events")):
            doubts.append(f"the base of #{number} was changed")
        owner = repository.partition("/")[0]
        for other in github.pages(f"/pulls?state=all&head={quote(f'{owner}:{branch}', safe='')}"):
            if other["number"] != number and other["head"]["ref"] == branch:
                doubts.append(f"#{other['number']} is of the same branch")
        return Proposal(number, branch, pull["head"]["sha"], pull["created_at"], tuple(doubts))


def runs(workflow: str, commit: str) -> Iterator[dict[str, Any]]:
    """Yields runs of a workflow of this repository on a commit, the newest first."""
    answer = github.ask("GET", f"/actions/workflows/{workflow}/runs?head_sha={commit}&per_page=100")
    for run in sorted(answer["workflow_runs"], key=lambda one: -int(one["id"])):
        # The filter of the request is a convenience; only the response counts.
        path = str(run.get("path", "")).partition("@")[0]
        repository = (run.get("head_repository") or {}).get("full_name")
        if path == f".github/workflows/{workflow}" and run["head_sha"] == commit and repository == github.variable("GITHUB_REPOSITORY"):
            yield run


def refused(run: dict[str, Any], proposal: Proposal | None) -> str | None:
    """Returns the reason why a run proves nothing about a commit or its tree, if there is one. `proposal`: the run is on its head."""
    kind, branch = run["event"], run.get("head_branch") or ""
    if proposal is None:
        if kind == "merge_group" and branch.startswith(QUEUE_BRANCHES):
            return None
        # Also one of a tag called main: it reads the same commit. A run of `ci` that somebody starts cancels the one of the push.
        if kind in ("push", "workflow_dispatch") and branch == github.MAIN:
            return None
        return f"it is a `{kind}` of `{branch}`"
    # Started by hand, a run reads the workflow as it is in the head, which is what was reviewed.
    if kind == "workflow_dispatch":
        return None
    if kind != "pull_request":
        return f"it is a `{kind}` of `{branch}`"
    if branch != proposal.branch:
        return f"it is of the branch `{branch}`, and #{proposal.number} of `{proposal.branch}`"
    if run["created_at"] < proposal.opened:
        return f"it ran before #{proposal.number} was opened, so for another one"
    return "; ".join(proposal.ambiguous) or None


def verdict(workflow: str, commit: str | None, proposal: Proposal | None) -> Verdict:
    """Finds a run that proves a commit of main, or the head of a pull request that has the same tree."""
    found = Verdict()
    places: list[tuple[str, Proposal | None]] = [(commit, None)] if commit else []
    if proposal:
        places.append((proposal.head, proposal))
    for sha, on in places:
        for run in runs(workflow, sha):
            name = f"{workflow}: [run {run['run_number']}]({run['html_url']})"
            reason = refused(run, on)
            if reason:
                found.notes.append(f"{name} does not count: {reason}")
            elif run["status"] != "completed":
                found.pending = found.pending or run
            elif run["conclusion"] == "success":
                found.run = run
                return found
            else:
                found.notes.append(f"{name} ended with `{run['conclusion']}`")
    return found


def of_main(commit: str, required: Sequence[str] = REQUIRED) -> dict[str, Verdict]:
    """Returns verdicts of the required workflows about a commit of main. Runs of a pull request count where its head has the same tree."""
    number = github.merged(commit)
    proposal: Proposal | None = None
    notes: list[str] = []
    if number:
        read = Proposal.of(number)
        if isinstance(read, str):
            notes.append(read)
        elif github.tree_of(read.head) != github.tree_of(commit):
            notes.append(f"the head of #{number} has another tree than `{commit[:12]}`: it was not up to date when it was merged")
        else:
            proposal = read
    verdicts = {workflow: verdict(workflow, commit, proposal) for workflow in required}
    for one in verdicts.values():
        one.notes += notes
    return verdicts


def of_head(number: int) -> dict[str, Verdict]:
    """Returns verdicts of all required workflows about the newest commit of a pull request."""
    read = Proposal.of(number)
    if isinstance(read, str):
        return {workflow: Verdict(notes=[read]) for workflow in REQUIRED}
    return {workflow: verdict(workflow, None, read) for workflow in REQUIRED}
