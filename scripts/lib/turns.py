"""The queue of main: which commit is deployed, what is asked for, and who may change production now.

All of it is read from GitHub's record of the runs of three workflows on main, which nobody can write but by running them. Nothing is
remembered elsewhere: whoever looks again, from whatever run, comes to the same answer. ADR 0039 says why no order of merges,
approvals, cancellations and rollbacks loses a commit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import github

DEPLOY = "deploy.yml"
# Whoever stands before another goes first: it waits for what is being executed, and everything behind it yields.
LANES = ("rollback.yml", "migration.yml", DEPLOY)
# The job of each workflow that changes production, and the step in which it does so.
EXECUTES = {
    "rollback.yml": ("Roll back", "Roll back"),
    "migration.yml": ("Migrate", "Run the migration task"),
    DEPLOY: ("Deploy", "Deploy, publish, test, or go back"),
}
PLAN, NEXT = "Plan", "Next"
# Steps by which a run says what came of it.
DEPLOYED, AGAIN = "It is deployed", "Leave it to the next plan"
MOST = 50  # runs that are looked at
PATIENCE = 5  # runs of one commit that may end before anybody could approve them; something ends them again and again


@dataclass(frozen=True)
class Run:
    """A run of one of the three workflows on main."""

    workflow: str
    data: dict[str, Any]

    @property
    def id(self) -> int:
        return int(self.data["id"])

    @property
    def sha(self) -> str:
        return str(self.data["head_sha"])

    @property
    def url(self) -> str:
        return f"[run {self.data['run_number']} of {self.workflow.removesuffix('.yml')}]({self.data['html_url']})"

    @cached_property
    def jobs(self) -> dict[str, dict[str, Any]]:
        answer = github.ask("GET", f"/actions/runs/{self.id}/jobs?filter=latest&per_page=100")
        return {job["name"]: job for job in answer["jobs"]}

    def job(self, name: str) -> dict[str, Any]:
        return self.jobs.get(name, {})

    def took(self, job: str, step: str) -> bool:
        """Says if a step was begun."""
        return any(one["name"] == step and one["conclusion"] not in (None, "skipped") for one in self.job(job).get("steps") or [])

    @property
    def is_open(self) -> bool:
        """Says if something may still come of it. Once its last job looks at the queue, nothing does."""
        return self.data["status"] != "completed" and self.job(NEXT).get("status") not in ("in_progress", "completed")

    @property
    def is_executing(self) -> bool:
        return self.job(EXECUTES[self.workflow][0]).get("status") == "in_progress"

    @property
    def executed(self) -> str | None:
        """The time at which it had changed production; CloudFormation has deleted the plans of others then."""
        job, step = EXECUTES[self.workflow]
        if self.workflow == "migration.yml" or self.took(job, AGAIN) or not self.took(job, step):
            return None
        return self.job(job).get("completed_at")

    @property
    def planned(self) -> str | None:
        """The time at which it began to make the plan that is waiting in it."""
        job = self.job(PLAN)
        return job.get("started_at") if job.get("conclusion") == "success" else None

    @property
    def came_to(self) -> str:
        """`deployed`, `failed` (a person has to look at it, or said no), or `again`: it ended without an answer."""
        if self.took(EXECUTES[DEPLOY][0], DEPLOYED):
            return "deployed"
        wrong = [job for job in self.jobs.values() if job.get("conclusion") in ("failure", "timed_out") and job["name"] != NEXT]
        if any(not any(step["name"] == AGAIN and step["conclusion"] not in (None, "skipped") for step in job.get("steps") or []) for job in wrong):
            return "failed"
        if self.job(EXECUTES[DEPLOY][0]).get("conclusion") == "success":
            return "deployed"  # by another run, which this commit was part of
        if not self.jobs and self.data["conclusion"] in ("failure", "startup_failure", "timed_out"):
            return "failed"
        return "again"

    @property
    def was_cut_short(self) -> bool:
        """Says if it was cancelled before there was a plan that anybody could approve."""
        return self.planned is None and not self.took(PLAN, AGAIN)


@dataclass
class Turn:
    """The answer to somebody who wants to plan or to execute."""

    go: bool
    contained: bool = False
    wait: bool = False
    notes: list[str] = field(default_factory=list)


@dataclass
class Queue:
    """The queue as GitHub has it now."""

    own: int
    older: dict[str, bool] = field(default_factory=dict)  # by commit: if it is part of main

    @cached_property
    def newest(self) -> set[str]:
        return {str(commit["sha"]) for commit in github.ask("GET", f"/commits?sha={self.head}&per_page=100")}

    def is_on_main(self, sha: str) -> bool:
        """Says if a commit is part of main. Most are among its newest, for which GitHub is asked once; main may have grown since."""
        if sha in self.newest:
            return True
        if sha not in self.older:
            self.older[sha] = github.is_on_main(sha)
        return self.older[sha]

    def runs(self, workflow: str) -> Iterator[Run]:
        """Runs on main, the newest first. For a run of a tag GitHub gives its name as the branch; so one of a tag `main` is told by its commit."""
        answer = github.ask("GET", f"/actions/workflows/{workflow}/runs?branch={github.MAIN}&per_page={MOST}")
        for data in sorted(answer["workflow_runs"], key=lambda one: -int(one["id"])):
            if data["head_branch"] == github.MAIN and data["event"] in ("push", "workflow_dispatch") and self.is_on_main(str(data["head_sha"])):
                yield Run(workflow, data)

    def others(self, workflow: str) -> Iterator[Run]:
        return (run for run in self.runs(workflow) if run.id != self.own)

    @cached_property
    def head(self) -> str:
        return github.head_of_main()

    def last_deployed(self) -> Run | None:
        """The newest run that deployed its own commit. Runs are made in the order of main, and `turn` keeps to it."""
        for run in self.runs(DEPLOY):
            if run.took(EXECUTES[DEPLOY][0], DEPLOYED):
                return run
        return None

    def taken_back(self, deployed: Run | None) -> Run | None:
        """The rollback that came after what was deployed last."""
        since = (deployed.executed if deployed else None) or ""
        for run in self.runs("rollback.yml"):
            if run.job("Roll back").get("conclusion") == "success" and (run.executed or "") > since:
                return run
        return None

    def turn(self, workflow: str, job: str) -> Turn:
        """Says if a job may go on. It is known to GitHub as running, and looks then: of two that look, one sees the other."""
        before = LANES[: LANES.index(workflow)]
        for lane in before:
            for run in self.others(lane):
                if run.is_open:
                    return Turn(False, notes=[f"{run.url} goes first"])
        if workflow != DEPLOY:
            for lane in LANES[LANES.index(workflow) + 1 :]:
                for run in self.others(lane):
                    if run.data["status"] != "completed" and run.is_executing:
                        return Turn(False, wait=True, notes=[f"{run.url} is changing production; this waits for it"])
            return Turn(True)
        return self.turn_to_plan() if job == PLAN else self.turn_to_deploy()

    def turn_to_plan(self) -> Turn:
        for run in self.others(DEPLOY):
            if run.data["status"] != "completed" and run.is_executing:
                return Turn(False, notes=[f"{run.url} is changing production; it has main planned when it ends"])
        back = self.taken_back(self.last_deployed())
        said = [f"⚠️ {back.url} took production back. This brings back what it took back: approve it only if main corrects the cause."] if back else []
        return Turn(True, notes=said)

    def turn_to_deploy(self) -> Turn:
        own = next((run for run in self.runs(DEPLOY) if run.id == self.own), None)
        if own is None:
            return Turn(False, notes=["GitHub does not know this run as one of main"])
        last = self.last_deployed()
        if last and last.id != own.id:
            relation = github.ask("GET", f"/compare/{last.sha}...{own.sha}")["status"]
            if relation == "behind":
                return Turn(False, contained=True, notes=[f"{own.sha[:12]} is part of {last.sha[:12]}, which {last.url} deployed: there is nothing left to do"])
        by = self.made_stale(own)
        if by:
            return Turn(False, notes=[f"{by.url} has changed production since this was planned"])
        return Turn(True)

    def made_stale(self, waiting: Run) -> Run | None:
        """The run that changed production after the plan of another began to be made: CloudFormation has deleted that plan."""
        planned = waiting.planned
        if planned is None:
            return None
        for workflow in (DEPLOY, "rollback.yml"):
            for run in self.runs(workflow):
                # What ended before that needs no look at its jobs.
                if run.id != waiting.id and run.data["updated_at"] >= planned and (run.executed or "") > planned:
                    return run
        return None

    def look(self) -> tuple[list[Run], bool, str]:
        """Runs whose plans are worth nothing any more, if main's newest commit has to be asked for, and why or why not."""
        stale = []
        for run in self.others(DEPLOY):
            if run.data["status"] != "completed" and run.is_open and not run.is_executing and self.made_stale(run):
                stale.append(run)
        gone = {run.id for run in stale}
        for lane in LANES[:-1]:
            for run in self.others(lane):
                if run.is_open:
                    return stale, False, f"{run.url} goes first, and looks at the queue when it ends"
        newest: Run | None = None
        cut_short = 0
        for run in self.runs(DEPLOY):
            if run.id in gone:
                continue
            waits = run.id != self.own and run.is_open
            if waits and run.is_executing:
                return stale, False, f"{run.url} is changing production, and looks at the queue when it ends"
            if run.sha != self.head:
                continue
            if waits:
                return stale, False, f"{run.url} asks for `{self.head[:12]}`"
            if run.came_to == "deployed":
                return stale, False, f"`{self.head[:12]}` is deployed, by {run.url}"
            newest = newest or run
            cut_short += run.came_to == "again" and run.was_cut_short
        if cut_short >= PATIENCE:
            return stale, False, f"`{self.head[:12]}` is not deployed, and {cut_short} runs of it ended before there was a plan: a person decides. Run `deploy` again"
        if newest and newest.came_to == "failed":
            return stale, False, f"`{self.head[:12]}` was tried, and {newest.url} failed or was rejected: a person decides. Run `deploy` again, or merge what corrects it"
        return stale, True, f"`{self.head[:12]}` is merged and not deployed"

