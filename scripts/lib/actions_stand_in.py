"""GitHub Actions as the queue meets it: runs and jobs of the real workflows, concurrency groups, approvals, cancellations. Time is a number.

A concurrency group holds one job and one that is pending; a newer one cancels that, unless the group has `queue: max`, which GitHub knows since
May 2026 and its Enterprise Server does not. GitHub does not say if a job enters its group before or after somebody approves its environment. So a
world has one of each. Jobs are bodies of the test, stepped one at a time in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from github_stand_in import GitHub
from tooling import ROOT

Body = Callable[["Job"], Iterator[None]]


@lru_cache
def definition_of(workflow: str) -> dict[str, Any]:
    """A workflow as it is here."""
    return yaml.safe_load((ROOT / ".github/workflows" / workflow).read_text())


@dataclass(eq=False)
class Job:
    """A job of a run."""

    run: "Run"
    name: str
    definition: dict[str, Any]
    shown: dict[str, Any]
    body: Iterator[None] | None = None
    approved: bool = False

    @property
    def group(self) -> str | None:
        return (self.definition.get("concurrency") or {}).get("group")

    @property
    def status(self) -> str:
        return self.shown["status"]

    def step(self, name: str, conclusion: str) -> None:
        """A step that ended."""
        self.shown["steps"].append({"name": name, "conclusion": conclusion})


@dataclass(eq=False)
class Run:
    """A run of a workflow."""

    shown: dict[str, Any]
    definition: dict[str, Any]
    jobs: dict[str, Job] = field(default_factory=dict)
    cancelled: bool = False

    @property
    def id(self) -> int:
        return self.shown["id"]


@dataclass
class Actions(GitHub):
    """GitHub, with runs that take place."""

    group_before_approval: bool = False
    knows_queues: bool = True
    bodies: dict[tuple[str, str], Body] = field(default_factory=dict)
    clock: int = 0
    world: dict[int, Run] = field(default_factory=dict)
    on_cancel: Callable[[Job], None] = lambda job: None

    def now(self) -> str:
        self.clock += 1
        return f"{self.clock:012d}"

    def start(self, workflow: str, event: str) -> Run:
        """A run on main as it is now."""
        run = Run(self.started(workflow, self.main, event), definition_of(workflow))
        run.shown["status"] = "in_progress"
        self.world[run.id] = run
        self.advance()
        return run

    def dispatch(self, workflow: str, body: Any) -> None:
        super().dispatch(workflow, body)
        if workflow != "plan.yml":
            self.start(workflow, "workflow_dispatch")

    def cancel(self, number: int) -> None:
        super().cancel(number)
        run = self.world[number]
        if run.shown["status"] == "completed":
            return
        run.cancelled = True
        for job in list(run.jobs.values()):
            # A job that runs always runs in a cancelled run too.
            if job.status != "completed" and "always()" not in str(job.definition.get("if", "")):
                self.end(job, "cancelled")
        self.advance()

    def approve(self, job: Job) -> None:
        job.approved = True
        if self.group_before_approval:
            job.shown["status"] = "queued"
        else:
            self.enter(job)

    def reject(self, job: Job) -> None:
        self.end(job, "failure")
        self.advance()

    # What happens by itself.

    def advance(self) -> None:
        """Makes the jobs that may begin, and ends runs that have none left."""
        for run in self.world.values():
            for name, definition in run.definition["jobs"].items():
                needs = definition.get("needs", [])
                needs = [needs] if isinstance(needs, str) else needs
                if name in run.jobs or any(run.jobs.get(one) is None or run.jobs[one].status != "completed" for one in needs):
                    continue
                self.make(run, name, definition, [run.jobs[one].shown["conclusion"] for one in needs])
            if len(run.jobs) == len(run.definition["jobs"]) and all(job.status == "completed" for job in run.jobs.values()) and run.shown["status"] != "completed":
                conclusions = {job.shown["conclusion"] for job in run.jobs.values()}
                conclusion = "cancelled" if run.cancelled else "failure" if "failure" in conclusions else "cancelled" if "cancelled" in conclusions else "success"
                run.shown |= {"status": "completed", "conclusion": conclusion, "updated_at": self.now()}

    def make(self, run: Run, name: str, definition: dict[str, Any], before: list[str]) -> None:
        always = "always()" in str(definition.get("if", ""))
        shown = {"name": definition["name"], "status": "queued", "conclusion": None, "started_at": None, "completed_at": None, "steps": []}
        job = run.jobs[name] = Job(run, name, definition, shown)
        run.shown["jobs"].append(shown)
        if not always and (run.cancelled or any(one != "success" for one in before)):
            shown |= {"status": "completed", "conclusion": "cancelled" if run.cancelled else "skipped"}
            self.advance()
            return
        if "environment" in definition and not self.group_before_approval:
            shown["status"] = "waiting"
        else:
            self.enter(job)

    def holder(self, group: str) -> Job | None:
        for job in self.jobs():
            if job.group == group and job.status in ("queued", "in_progress", "waiting") and (self.group_before_approval or job.status != "waiting"):
                return job
        return None

    def enter(self, job: Job) -> None:
        """Enters its group: holds it, or waits as the one that is pending."""
        group = job.group
        job.shown["status"] = "entering"
        if group and self.holder(group):
            for other in list(self.jobs()):
                if other.group == group and other.status == "pending" and not (self.knows_queues and job.definition["concurrency"].get("queue") == "max"):
                    self.end(other, "cancelled")
            job.shown["status"] = "pending"
            # The holder may have left meanwhile.
            self.leave(group)
            return
        waits = "environment" in job.definition and not job.approved
        job.shown["status"] = "waiting" if waits else "queued"

    def leave(self, group: str | None) -> None:
        if group is None or self.holder(group):
            return
        for job in self.jobs():
            if job.group == group and job.status == "pending":
                waits = "environment" in job.definition and not job.approved
                job.shown["status"] = "waiting" if waits else "queued"
                return

    def jobs(self) -> Iterator[Job]:
        for run in list(self.world.values()):
            yield from list(run.jobs.values())

    def end(self, job: Job, conclusion: str) -> None:
        was = job.status
        if job.body:
            job.body.close()
        job.shown |= {"status": "completed", "conclusion": conclusion, "completed_at": self.now()}
        job.run.shown["updated_at"] = self.now()
        if was == "in_progress" and conclusion == "cancelled":
            self.on_cancel(job)
        self.leave(job.group)

    def step(self, job: Job) -> None:
        """Has a job go on, as far as its body goes at once."""
        if job.body is None:
            job.shown |= {"status": "in_progress", "started_at": self.now()}
            job.body = iter(self.bodies[job.run.shown["workflow"], job.name](job))
            return
        try:
            next(job.body)
        except StopIteration as ended:
            self.end(job, ended.value or "success")
        self.advance()
