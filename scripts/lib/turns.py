"""The queue of main: the commit that each environment has, the runs that wait for approval, and the run that may change an environment now.

All of it is read from GitHub's record of the runs of three workflows on main, which nobody can write but by running them. Nothing is
remembered elsewhere: whoever looks again, from whatever run, gets the same answer. ADR 0039 says why no order of merges, approvals,
cancellations and rollbacks loses a commit, and ADR 0042 why that holds for a chain of environments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import github
from tooling import ROOT

DEPLOY = "deploy.yml"
# In order of priority: a run waits for an operation that is being executed, and runs of lower priority yield to it.
LANES = ("rollback.yml", "migration.yml", DEPLOY)
# The job of each workflow that changes an environment, and the step in which it does so. In deploy.yml there is one for each environment.
EXECUTES = {
    "rollback.yml": ("Roll back", "Roll back"),
    "migration.yml": ("Migrate", "Run the migration task"),
    DEPLOY: ("Deploy", "Deploy, publish, test, or go back"),
}
PLAN, NEXT, SHOWN = "Plan", "Next", "Releases"
# Jobs that follow the deployment or report it: their failure does not mean that the deployment failed.
BESIDE = (NEXT, SHOWN, "Record", "Send")
# Names of steps that show the outcome of a job.
DEPLOYED, ALREADY, AGAIN = "It is deployed", "It is deployed already", "Leave it to the next plan"
MOST = 50  # maximum number of runs that are searched for open ones
FURTHEST = 20  # pages of them that are looked at for the last deployment
PATIENCE = 5  # runs of one commit that may end before they could be approved; more than that points to a persistent failure


def job_of(environment: str, job: str) -> str:
    """The name that GitHub gives to a job of environment.yml, which deploy.yml calls by the name of the environment."""
    return f"{environment} / {job}"


def began(job: dict[str, Any], step: str) -> bool:
    """Returns true if a step of a job was started."""
    return any(one["name"] == step and one["conclusion"] not in (None, "skipped") for one in job.get("steps") or [])


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
    def attempt(self) -> int:
        return int(self.data.get("run_attempt") or 1)

    @property
    def url(self) -> str:
        return f"[run {self.data['run_number']} of {self.workflow.removesuffix('.yml')}]({self.data['html_url']})"

    @cached_property
    def attempts(self) -> dict[str, list[dict[str, Any]]]:
        """The jobs of all attempts, the oldest first. `filter=latest` would hide what an earlier attempt deployed."""
        jobs: list[dict[str, Any]] = []
        page = 1
        while page == 1 or len(jobs) < answer["total_count"] and answer["jobs"]:
            answer = github.ask("GET", f"/actions/runs/{self.id}/jobs?filter=all&per_page=100&page={page}")
            jobs += answer["jobs"]
            page += 1
        found: dict[str, list[dict[str, Any]]] = {}
        for job in sorted(jobs, key=lambda one: (one.get("run_attempt") or 1, int(one.get("id") or 0))):
            found.setdefault(str(job["name"]), []).append(job)
        return found

    def job(self, name: str) -> dict[str, Any]:
        """The latest attempt of a job."""
        return self.attempts.get(name, [{}])[-1]

    def took(self, job: str, step: str) -> bool:
        """Returns true if a step was started in any attempt."""
        return any(began(one, step) for one in self.attempts.get(job, []))

    def concerns(self, environment: str) -> bool:
        """Returns true if the run may change an environment. `rollback` and `migration` have it in their name; a run without a name may change all."""
        if self.workflow == DEPLOY:
            return True
        found = re.fullmatch(r"\w+ of (\S+)", str(self.data.get("display_title") or ""))
        return not found or found[1] == environment

    def executing_job(self, environment: str) -> str:
        name = EXECUTES[self.workflow][0]
        return job_of(environment, name) if self.workflow == DEPLOY else name

    @property
    def is_open(self) -> bool:
        """Returns true if the run may still change something. Once the last job of this attempt reads the queue, it cannot."""
        looked = any((one.get("run_attempt") or 1) == self.attempt and one.get("status") in ("in_progress", "completed") for one in self.attempts.get(NEXT, []))
        return self.data["status"] != "completed" and not looked

    def is_executing(self, environment: str) -> bool:
        return self.data["status"] != "completed" and self.concerns(environment) and self.job(self.executing_job(environment)).get("status") == "in_progress"

    def executed(self, environment: str) -> str | None:
        """The last time at which it had changed an environment; CloudFormation has deleted the plans of others then."""
        if self.workflow == "migration.yml" or not self.concerns(environment):
            return None
        attempts = self.attempts.get(self.executing_job(environment), [])
        times = [one.get("completed_at") for one in attempts if began(one, EXECUTES[self.workflow][1]) and not began(one, AGAIN)]
        return max((str(time) for time in times if time), default=None)

    def deployed(self, environment: str) -> bool:
        """Returns true if the run deployed its commit to an environment."""
        return self.took(job_of(environment, EXECUTES[DEPLOY][0]), DEPLOYED)

    def planned(self, environment: str) -> str | None:
        """The time at which it began to make the plan that is waiting in it, or was executed by it."""
        job = self.job(job_of(environment, PLAN))
        return job.get("started_at") if job.get("conclusion") == "success" and not began(job, ALREADY) else None

    def waits(self, environment: str) -> bool:
        """Returns true if its plan for an environment is still to be executed."""
        return self.planned(environment) is not None and self.job(self.executing_job(environment)).get("status") not in ("in_progress", "completed")

    def came_to(self, chain: list[str]) -> str:
        """Returns `deployed`, `failed` (it needs attention, or was rejected), or `again`: it ended without a result."""
        last = chain[-1]
        if self.deployed(last) or any(self.took(job_of(last, job), ALREADY) for job in (PLAN, EXECUTES[DEPLOY][0])):
            return "deployed"
        latest = [self.job(name) for name in self.attempts if name.rpartition(" / ")[2] not in BESIDE]
        if any(one.get("conclusion") in ("failure", "timed_out") and not began(one, AGAIN) for one in latest):
            return "failed"
        if not self.attempts and self.data["conclusion"] in ("failure", "startup_failure", "timed_out"):
            return "failed"
        return "again"

    def was_cut_short(self, chain: list[str]) -> bool:
        """Returns true if the run was cancelled before there was a plan to approve."""
        return all(self.planned(environment) is None for environment in chain) and not any(began(one, AGAIN) for jobs in self.attempts.values() for one in jobs)


@dataclass
class Turn:
    """The decision for a run that is about to plan or to execute."""

    go: bool
    contained: bool = False  # the environment has this commit, or a newer one
    deployed: bool = False  # the environment has just this commit, so that the next one may follow
    held: bool = False  # requires manual intervention
    wait: bool = False
    notes: list[str] = field(default_factory=list)


@dataclass
class Queue:
    """The queue as GitHub has it now."""

    own: int
    chain: list[str]
    older: dict[str, bool] = field(default_factory=dict)  # by commit: if it is part of main

    @cached_property
    def newest(self) -> set[str]:
        return {str(commit["sha"]) for commit in github.ask("GET", f"/commits?sha={self.head}&per_page=100")}

    def is_on_main(self, sha: str) -> bool:
        """Returns true if a commit is part of main. Most are among its newest commits, which are requested once; main may have grown since."""
        if sha in self.newest:
            return True
        if sha not in self.older:
            self.older[sha] = github.is_on_main(sha)
        return self.older[sha]

    @cached_property
    def known(self) -> dict[str, list[Run]]:
        return {}

    @cached_property
    def more(self) -> dict[str, bool]:
        """Whether GitHub may have more runs than the page that was read, for each workflow."""
        return {}

    def runs(self, workflow: str) -> list[Run]:
        """Runs on main, the newest first. For a run of a tag GitHub gives its name as the branch; a run of a tag `main` is recognised by its commit."""
        # A project of a user may have no migration.
        if not (ROOT / ".github/workflows" / workflow).is_file():
            return []
        if workflow not in self.known:
            self.known[workflow], self.more[workflow] = self.page(workflow, 1)
        return self.known[workflow]

    def page(self, workflow: str, number: int) -> tuple[list[Run], bool]:
        """Runs on main of one page of GitHub's list, and if there may be more."""
        answer = github.ask("GET", f"/actions/workflows/{workflow}/runs?branch={github.MAIN}&per_page={MOST}&page={number}")["workflow_runs"]
        found = [
            Run(workflow, data)
            for data in sorted(answer, key=lambda one: -int(one["id"]))
            if data["head_branch"] == github.MAIN and data["event"] in ("push", "workflow_dispatch") and self.is_on_main(str(data["head_sha"]))
        ]
        return found, len(answer) == MOST

    def history(self, workflow: str) -> Iterator[Run]:
        """Runs on main, the newest first, further back than what is open can be: many may have been started by hand since."""
        yield from self.runs(workflow)
        number, more = 1, self.more.get(workflow, False)
        while more and number < FURTHEST:
            number += 1
            found, more = self.page(workflow, number)
            yield from found

    def others(self, workflow: str) -> Iterator[Run]:
        return (run for run in self.runs(workflow) if run.id != self.own)

    @cached_property
    def head(self) -> str:
        return github.head_of_main()

    def last_deployed(self, environment: str) -> Run | None:
        """The newest run that deployed its own commit to an environment. Runs are made in the order of main, and `turn` keeps to it."""
        return next((run for run in self.history(DEPLOY) if run.deployed(environment)), None)

    def rolled_back(self, environment: str) -> Run | None:
        """The rollback of an environment after its last deployment."""
        deployed = self.last_deployed(environment)
        since = (deployed.executed(environment) if deployed else None) or ""
        for run in self.runs("rollback.yml"):
            if run.concerns(environment) and run.job("Roll back").get("conclusion") == "success" and (run.executed(environment) or "") > since:
                return run
        return None

    def turn(self, workflow: str, job: str, environment: str, only_missing: bool = False) -> Turn:
        """Decides whether a job may proceed. GitHub already shows it as running when it reads the queue: of two jobs that read at once, at least one sees the other."""
        before = LANES[: LANES.index(workflow)]
        for lane in before:
            for run in self.others(lane):
                if run.is_open and run.concerns(environment):
                    return Turn(False, notes=[f"{run.url} goes first in `{environment}`"])
        if workflow != DEPLOY:
            for lane in LANES[LANES.index(workflow) + 1 :]:
                for run in self.others(lane):
                    if run.is_executing(environment):
                        return Turn(False, wait=True, notes=[f"{run.url} is changing `{environment}`; this waits for it"])
            return Turn(True)
        own = next((run for run in self.runs(DEPLOY) if run.id == self.own), None)
        if own is None:
            return Turn(False, notes=["GitHub does not list this run as a run of main"])
        known = self.contained(own, environment) or self.held(own, environment)
        if known:
            return known
        return self.turn_to_plan(own, environment, only_missing) if job == PLAN else self.turn_to_deploy(own, environment)

    def contained(self, own: Run, environment: str) -> Turn | None:
        """Ends a run whose commit is already part of the deployed one: an older commit is not planned after a newer one."""
        last = self.last_deployed(environment)
        if last and last.id != own.id and last.sha != own.sha and github.ask("GET", f"/compare/{last.sha}...{own.sha}")["status"] == "behind":
            text = f"{own.sha[:12]} is part of {last.sha[:12]}, which {last.url} deployed to `{environment}`: there is nothing left to do"
            return Turn(False, contained=True, notes=[text])
        return None

    def held(self, own: Run, environment: str) -> Turn | None:
        """Refuses a run whose commit was rolled back in the previous environment: it is not promoted."""
        at = self.chain.index(environment)
        if at == 0:
            return None
        before = self.chain[at - 1]
        last, back = self.last_deployed(before), self.rolled_back(before)
        if last and back and last.sha == own.sha:
            return Turn(False, held=True, notes=[f"{back.url} rolled `{before}` back from {own.sha[:12]}, so `{environment}` does not get it: a person must decide"])
        return None

    def turn_to_plan(self, own: Run, environment: str, only_missing: bool) -> Turn:
        for run in self.others(DEPLOY):
            if run.is_executing(environment):
                return Turn(False, notes=[f"{run.url} is changing `{environment}`; it has main planned when it ends"])
        last, back = self.last_deployed(environment), self.rolled_back(environment)
        if only_missing and last and last.sha == own.sha and not back:
            return Turn(False, contained=True, deployed=True, notes=[f"`{environment}` has {own.sha[:12]}, which {last.url} deployed"])
        notes = []
        if back:
            notes.append(f"⚠️ {back.url} rolled `{environment}` back. This deploys again what it rolled back: approve it only if main corrects the cause.")
        at = self.chain.index(environment)
        earlier = self.rolled_back(self.chain[at - 1]) if at else None
        if earlier:
            notes.append(f"⚠️ {earlier.url} rolled `{self.chain[at - 1]}` back after this commit was deployed there, from a newer one.")
        return Turn(True, notes=notes)

    def turn_to_deploy(self, own: Run, environment: str) -> Turn:
        by = self.made_stale(own, environment)
        if by:
            return Turn(False, notes=[f"{by.url} has changed `{environment}` since this was planned"])
        return Turn(True)

    def made_stale(self, waiting: Run, environment: str) -> Run | None:
        """The run that changed an environment after the plan of another began to be made: CloudFormation has deleted that plan."""
        planned = waiting.planned(environment)
        if planned is None:
            return None
        for workflow in (DEPLOY, "rollback.yml"):
            for run in self.runs(workflow):
                # Jobs of runs that ended before that need not be read.
                if run.id != waiting.id and run.data["updated_at"] >= planned and (run.executed(environment) or "") > planned:
                    return run
        return None

    def look(self) -> tuple[list[tuple[Run, str]], bool, str]:
        """Returns the runs whose plans for an environment are no longer valid, whether a deployment of main's newest commit has to be started, and the reason."""
        stale = []
        for run in self.others(DEPLOY):
            if not run.is_open or any(run.is_executing(environment) for environment in self.chain):
                continue
            for environment in self.chain:
                if run.waits(environment) and self.made_stale(run, environment):
                    stale.append((run, environment))
                    break
        gone = {run.id for run, _ in stale}
        head = f"`{self.head[:12]}`"
        missing = [environment for environment in self.chain if not self.has_head(environment)]
        for lane in LANES[:-1]:
            for run in self.others(lane):
                if run.is_open and any(run.concerns(environment) for environment in missing):
                    return stale, False, f"{run.url} goes first, and looks at the queue when it ends"
        newest: Run | None = None
        cut_short = 0
        for run in self.runs(DEPLOY):
            if run.id in gone:
                continue
            # The current run itself still continues if this is evaluated between two environments.
            waits = run.is_open
            changes = next((environment for environment in missing if run.is_executing(environment)), None)
            if waits and changes:
                return stale, False, f"{run.url} is changing `{changes}`, and looks at the queue when it ends"
            if run.sha != self.head:
                continue
            if waits:
                return stale, False, f"{run.url} waits for the approval of {head}"
            if run.came_to(self.chain) == "deployed":
                return stale, False, f"{head} is deployed, by {run.url}"
            newest = newest or run
            cut_short += run.came_to(self.chain) == "again" and run.was_cut_short(self.chain)
        for environment in self.chain[:-1]:
            last, back = self.last_deployed(environment), self.rolled_back(environment)
            if last and back and last.sha == self.head:
                return stale, False, f"{back.url} rolled `{environment}` back from {head}: a person must decide. Run `deploy` again, or merge a correction"
        if cut_short >= PATIENCE:
            return stale, False, f"{head} is not deployed, and {cut_short} runs of it ended before there was a plan: a person must decide. Run `deploy` again"
        if newest and newest.came_to(self.chain) == "failed":
            return stale, False, f"{head} was tried, and {newest.url} failed or was rejected: a person must decide. Run `deploy` again, or merge a correction"
        where = "" if len(self.chain) == 1 else " to " + ", ".join(f"`{environment}`" for environment in missing)
        return stale, True, f"{head} is merged and not deployed{where}"

    def has_head(self, environment: str) -> bool:
        """Returns true if an environment has main's newest commit."""
        last = self.last_deployed(environment)
        return last is not None and last.sha == self.head and self.rolled_back(environment) is None

    def standing(self) -> list[tuple[str, Run | None, Run | None]]:
        """For each environment of the chain the run that deployed last, and the rollback since."""
        return [(environment, self.last_deployed(environment), self.rolled_back(environment)) for environment in self.chain]
