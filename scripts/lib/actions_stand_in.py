"""GitHub Actions as the queue meets it: runs and jobs of the real workflows, concurrency groups, approvals, cancellations. Time is a number.

A concurrency group holds one job and one that is pending; a newer one cancels that, unless the group has `queue: max`, which GitHub knows since
May 2026 and its Enterprise Server does not. GitHub does not say if a job enters its group before or after somebody approves its environment. So a
world has one of each. A job that calls a workflow of the repository is the jobs of that, by its name; conditions are those of the workflows.
Jobs are bodies of the test, stepped one at a time in any order.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from github_stand_in import GitHub
from tooling import ROOT

Body = Callable[["Job"], Iterator[None]]
CALLS = "./.github/workflows/"


@lru_cache
def definition_of(workflow: str) -> dict[str, Any]:
    """A workflow as it is here."""
    return yaml.safe_load((ROOT / ".github/workflows" / workflow).read_text())


def evaluate(expression: str, lookup: Callable[[str], Any]) -> Any:
    """Evaluates an expression of GitHub, as far as our workflows use them; `lookup` resolves `needs.…`, `inputs.…` and so on."""
    text = re.sub(r"^\s*\$\{\{|\}\}\s*$", "", str(expression))
    parts = re.split(r"('[^']*')", text)
    for at in range(0, len(parts), 2):
        part = parts[at].replace("&&", " and ").replace("||", " or ")
        part = re.sub(r"!(?!=)", " not ", part)
        parts[at] = re.sub(r"\b(needs|inputs|vars|jobs|github|steps)(\.[\w-]+)+", lambda found: f"lookup({found[0]!r})", part)
    given = {
        "lookup": lookup,
        "contains": lambda where, what: what in where,
        "fromJSON": lambda value: json.loads(value or "null"),
        "true": True,
        "false": False,
        "always": lambda: True,
        "cancelled": lambda: lookup("cancelled"),
        "__builtins__": {},
    }
    return eval("".join(parts).strip(), given)  # noqa: S307 - our own workflows


def filled(text: str, lookup: Callable[[str], Any]) -> str:
    """A text with the values of its expressions."""
    return re.sub(r"\$\{\{.*?\}\}", lambda found: str(evaluate(found[0], lookup) or ""), text)


def needs_of(definition: dict[str, Any]) -> list[str]:
    needs = definition.get("needs", [])
    return [needs] if isinstance(needs, str) else list(needs)


@dataclass(eq=False)
class Job:
    """A job of a run. `call` is the job of the run that called its workflow."""

    run: "Run"
    name: str
    call: str
    definition: dict[str, Any]
    shown: dict[str, Any]
    body: Iterator[None] | None = None
    approved: bool = False
    outputs: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> str:
        """The environment of the chain that it is for."""
        return self.run.environment or self.call

    @property
    def group(self) -> str | None:
        group = (self.definition.get("concurrency") or {}).get("group")
        return filled(group, lambda name: self.environment if name in ("inputs.environment", "vars.INFRA_ENVIRONMENT") else "") if group else None

    @property
    def status(self) -> str:
        return self.shown["status"]

    def step(self, name: str, conclusion: str) -> None:
        """A step that ended."""
        self.shown["steps"].append({"name": name, "conclusion": conclusion})


@dataclass(eq=False)
class Run:
    """A run of a workflow. `environment` is that of a run for one; `inputs` are those that it was started with."""

    shown: dict[str, Any]
    definition: dict[str, Any]
    environment: str = ""
    inputs: dict[str, Any] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    ended: dict[str, str] = field(default_factory=dict)  # results of calls
    cancelled: bool = False

    @property
    def id(self) -> int:
        return self.shown["id"]


@dataclass
class Actions(GitHub):
    """GitHub, with runs that take place."""

    group_before_approval: bool = False
    knows_queues: bool = True
    variables: dict[str, str] = field(default_factory=dict)  # of the repository
    bodies: dict[tuple[str, str], Body] = field(default_factory=dict)
    definitions: dict[str, dict[str, Any]] = field(default_factory=dict)  # workflows that are others than those here
    clock: int = 0
    world: dict[int, Run] = field(default_factory=dict)
    on_cancel: Callable[[Job], None] = lambda job: None

    def now(self) -> str:
        self.clock += 1
        return f"{self.clock:012d}"

    def start(self, workflow: str, event: str, environment: str = "", inputs: dict[str, Any] | None = None) -> Run:
        """A run on main as it is now."""
        run = Run(self.started(workflow, self.main, event, environment), self.definitions.get(workflow) or definition_of(workflow), environment, inputs or {})
        run.shown["status"] = "in_progress"
        self.world[run.id] = run
        self.advance()
        return run

    def rerun(self, run: Run) -> None:
        """Re-runs all jobs of a run: those of the previous attempt are hidden, unless all attempts are requested."""
        assert run.shown["status"] == "completed"
        run.shown |= {"status": "in_progress", "conclusion": None, "run_attempt": run.shown["run_attempt"] + 1}
        run.jobs, run.ended, run.cancelled = {}, {}, False
        self.advance()

    def jobs_shown(self, number: int, query: str) -> dict[str, Any]:
        run = self.run(number)
        jobs = [job for job in run["jobs"] if "filter=all" in query or job["run_attempt"] == run["run_attempt"]]
        return {"total_count": len(jobs), "jobs": jobs}

    def dispatch(self, workflow: str, body: Any) -> None:
        super().dispatch(workflow, body)
        known = definition_of(workflow)[True]["workflow_dispatch"].get("inputs", {})
        assert set(body.get("inputs", {})) <= set(known), f"GitHub refuses inputs that {workflow} does not have"
        if workflow != "plan.yml":
            self.start(workflow, "workflow_dispatch", inputs=body["inputs"])

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

    # Automatic steps.

    def advance(self) -> None:
        """Makes the jobs that may begin, and ends calls and runs that have none left."""
        for run in list(self.world.values()):
            while run.shown["status"] != "completed" and self.advance_run(run):
                pass

    def advance_run(self, run: Run) -> bool:
        moved = False
        for name, definition in run.definition["jobs"].items():
            if definition.get("uses", "").startswith(CALLS):
                moved = self.advance_call(run, name, definition) or moved
            elif name not in run.jobs and all(self.result(run, one) for one in needs_of(definition)):
                self.make(run, name, "", definition, self.permitted(run, definition, ""))
                moved = True
        if all(self.result(run, name) for name in run.definition["jobs"]):
            conclusions = {job.shown["conclusion"] for job in run.jobs.values()}
            conclusion = "cancelled" if run.cancelled else "failure" if "failure" in conclusions else "cancelled" if "cancelled" in conclusions else "success"
            run.shown |= {"status": "completed", "conclusion": conclusion, "updated_at": self.now()}
        return moved

    def advance_call(self, run: Run, call: str, definition: dict[str, Any]) -> bool:
        """The jobs of a workflow that a job calls."""
        if call in run.ended or not all(self.result(run, one) for one in needs_of(definition)):
            return False
        called = definition_of(definition["uses"].removeprefix(CALLS))["jobs"]
        own = [name for name in called if f"{call}/{name}" in run.jobs]
        if not own and not self.permitted(run, definition, ""):
            run.ended[call] = "cancelled" if run.cancelled else "skipped"
            return True
        moved = False
        for name, inner in called.items():
            if name not in own and all(self.result(run, f"{call}/{one}") for one in needs_of(inner)):
                self.make(run, name, call, inner, self.permitted(run, inner, call))
                moved = True
        results = [self.result(run, f"{call}/{name}") for name in called]
        if all(results):
            run.ended[call] = next((one for one in ("failure", "cancelled") if one in results), "success")
            moved = True
        return moved

    def result(self, run: Run, name: str) -> str | None:
        """The result of a job or of a call that is over."""
        if name in run.ended:
            return run.ended[name]
        job = run.jobs.get(name)
        return job.shown["conclusion"] if job and job.status == "completed" else None

    def permitted(self, run: Run, definition: dict[str, Any], call: str) -> bool:
        """Returns true if the condition of a job holds; without one, if all jobs that it needs succeeded."""

        def lookup(name: str) -> Any:
            kind, _, rest = name.partition(".")
            if name == "cancelled":
                return run.cancelled
            if name == "github.ref":
                return "refs/heads/main"
            if kind == "vars":
                return self.variables.get(rest, "")
            if kind == "inputs":
                return call if rest == "environment" else run.inputs.get(rest, "")
            job, _, what = rest.partition(".")
            place = f"{call}/{job}" if call else job
            if what == "result":
                return self.result(run, place)
            return self.output(run, place, what.removeprefix("outputs."))

        condition = str(definition.get("if", ""))
        always = "always()" in condition or "cancelled()" in condition
        if not always and (run.cancelled or any(self.result(run, f"{call}/{one}" if call else one) != "success" for one in needs_of(definition))):
            return False
        return bool(evaluate(condition, lookup)) if condition else True

    def output(self, run: Run, place: str, name: str) -> str:
        """Returns an output of a job, or of a called workflow, which maps it to its jobs."""
        if place in run.jobs:
            return run.jobs[place].outputs.get(name, "")
        definition = run.definition["jobs"].get(place, {})
        if not definition.get("uses", "").startswith(CALLS):
            return ""
        value = definition_of(definition["uses"].removeprefix(CALLS))[True]["workflow_call"]["outputs"][name]["value"]

        def lookup(found: str) -> str:
            _, job, _, what = found.split(".")
            return self.output(run, f"{place}/{job}", what)

        return str(evaluate(value, lookup) or "")

    def make(self, run: Run, name: str, call: str, definition: dict[str, Any], permitted: bool) -> None:
        shown = {"name": f"{call} / {definition['name']}" if call else definition["name"], "run_attempt": run.shown["run_attempt"], "id": self.clock}
        shown |= {"status": "queued", "conclusion": None, "started_at": None, "completed_at": None, "steps": []}
        job = run.jobs[f"{call}/{name}" if call else name] = Job(run, name, call, definition, shown)
        run.shown["jobs"].append(shown)
        if not permitted:
            shown |= {"status": "completed", "conclusion": "cancelled" if run.cancelled else "skipped"}
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
