"""The queue of main, by the scripts that decide and the workflows that call them, in whatever order things happen."""

import copy
import io
import json
import os
import random
import re
import sys
import unittest
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/lib"))
import github
import turns
import yaml
from actions_stand_in import Actions, definition_of
from cases import script
from github_stand_in import REPOSITORY

EXECUTE = turns.EXECUTES[turns.DEPLOY][1]


QUEUE = script("delivery/queue")


@dataclass
class Aws:
    """CloudFormation of one environment, as far as the order of things goes: what is deployed, and how often it was changed."""

    version: int = 0
    deployed: list = field(default_factory=list)  # commits, in order
    serving: str = ""
    executing: object = None  # the job, or what a cancelled one has left
    log: list = field(default_factory=list)
    left: bool = False  # something was cancelled while it was executed, and GitHub knows of no change that it made
    refused: int = 0  # plans that CloudFormation had deleted, and that the queue let through


CHAINS = (["prod"], ["dev", "prod"], ["dev", "staging", "prod"])


def deploy_of(chain):
    """deploy.yml with a job for each environment of a chain: those that it has, and others made of the one of `prod`."""
    definition = copy.deepcopy(definition_of("deploy.yml"))
    if set(chain) <= set(definition["jobs"]):
        return definition
    jobs = definition["jobs"]
    pattern = yaml.safe_dump(jobs.pop("prod"))
    for before, name in zip(chain, chain[1:]):
        jobs[name] = yaml.safe_load(pattern.replace("prod", "%name%").replace("dev", before).replace("%name%", name))
    jobs["next"]["needs"] += [name for name in chain if name not in jobs["next"]["needs"]]
    return definition


class World:
    """A repository with people in a hurry."""

    def __init__(self, seed=0, group_before_approval=False, fails=0.0, knows_queues=True, chain=("prod",)):
        self.random = random.Random(seed)
        self.fails = fails
        self.chain = list(chain)
        self.places = {name: Aws() for name in self.chain}
        self.plans = {}  # by run and environment: what it was made on
        variables = {"ENVIRONMENTS": json.dumps({name: {} for name in self.chain}), "INFRA_ENVIRONMENT": self.chain[-1]}
        self.hub = Actions(group_before_approval=group_before_approval, knows_queues=knows_queues, variables=variables, on_cancel=self.left)
        self.hub.definitions["deploy.yml"] = deploy_of(self.chain)
        self.hub.bodies = {
            ("deploy.yml", "find"): self.find,
            ("deploy.yml", "checks"): self.quick,
            ("deploy.yml", "rebuild"): self.quick,
            ("deploy.yml", "page"): self.quick,
            ("deploy.yml", "build"): self.quick,
            ("deploy.yml", "plan"): self.plan,
            ("deploy.yml", "deploy"): self.deploy,
            ("deploy.yml", "releases"): self.quick,
            **{(workflow, name): self.quick for workflow in ("deploy.yml", "rollback.yml") for name in ("ask", "record", "notify")},
            ("deploy.yml", "next"): self.next,
            ("rollback.yml", "build"): self.quick,
            ("rollback.yml", "releases"): self.quick,
            ("rollback.yml", "rollback"): self.rollback,
            ("rollback.yml", "next"): self.next,
            ("migration.yml", "build"): self.quick,
            ("migration.yml", "migrate"): self.migrate,
            ("migration.yml", "next"): self.next,
            ("queue.yml", "next"): self.next,
        }
        self.merges = 0
        self.merge(run=False)
        for place in self.places.values():
            place.serving = self.hub.main
        self.summaries = []

    @property
    def aws(self):
        """The last environment of the chain."""
        return self.places[self.chain[-1]]

    # What the scripts of a job do.

    def call(self, job, *arguments):
        """Runs scripts/delivery/queue in a job; its exit code and outputs."""
        outputs, said = {}, []
        variables = {"GITHUB_RUN_ID": str(job.run.id), "GITHUB_REF": "refs/heads/main", "GITHUB_REPOSITORY": REPOSITORY, "VARIABLES": json.dumps(self.hub.variables)}

        def attempt(method, path, body=None, repeatable=None):
            path, _, query = path.partition("?")
            if found := re.fullmatch(r"/actions/runs/(\d+)/jobs", path):
                return 200, self.hub.jobs_shown(int(found[1]), query)
            code, answer = self.hub.answer(method, f"/repos/{REPOSITORY}{path}", body)
            assert code == 200, (method, path, code)
            return code, answer

        with (
            mock.patch.dict(os.environ, variables),
            mock.patch.object(github, "attempt", attempt),
            mock.patch.object(github, "output", lambda **found: outputs.update(found)),
            mock.patch.object(github, "summary", said.append),
            redirect_stdout(io.StringIO()),
            redirect_stderr(io.StringIO()),
        ):
            try:
                code = QUEUE.main([*arguments])
            except SystemExit as ended:
                code = ended.code
        self.summaries += said
        return code, outputs

    def quick(self, job):
        yield
        return "success"

    def find(self, job):
        yield
        job.outputs["chain"] = json.dumps(self.chain)
        return "success"

    def plan(self, job):
        yield
        aws = self.places[job.call]
        missing = job.run.inputs.get("only-missing", "false")
        code, turn = self.call(job, "turn", "deploy.yml", "--plan", "--environment", job.call, "--only-missing", missing)
        job.outputs |= {name: turn.get(name, "") for name in ("go", "deployed")}
        if code:
            return "failure"
        if turn["contained"] == "true":
            job.step(turns.ALREADY, "success")
            return "success"
        if turn["go"] != "true":
            job.step(turns.AGAIN, "failure")
            return "failure"
        # What a cancelled run has left is waited for.
        while aws.executing == "left":
            yield
        if aws.executing:
            job.step(turns.AGAIN, "failure")
            return "failure"
        self.plans[job.run.id, job.call] = aws.version
        yield
        return "success"

    def deploy(self, job):
        yield
        aws = self.places[job.call]
        job.outputs |= {"deployed": "false", "changed": "false"}
        code, turn = self.call(job, "turn", "deploy.yml", "--environment", job.call)
        if code:
            return "failure"
        if turn["go"] != "true":
            if turn["contained"] == "true":
                job.step(turns.ALREADY, "success")
                return "success"
            job.step(turns.AGAIN, "failure")
            return "failure"
        yield
        if aws.executing == "left" or self.plans[job.run.id, job.call] != aws.version:
            aws.refused += not aws.left
            job.step(EXECUTE, "failure")
            job.step(turns.AGAIN, "failure")
            return "failure"
        yield from self.execute(job)
        sha = job.run.shown["head_sha"]
        job.outputs["changed"] = "true"
        if self.random.random() < self.fails:
            job.step(EXECUTE, "failure")
            return "failure"
        at = self.chain.index(job.call)
        assert at == 0 or sha in self.places[self.chain[at - 1]].deployed, f"{sha} in {job.call} was not in {self.chain[at - 1]} before"
        aws.deployed.append(sha)
        aws.serving = sha
        job.outputs["deployed"] = "true"
        job.step(EXECUTE, "success")
        job.step(turns.DEPLOYED, "success")
        return "success"

    def execute(self, job):
        aws = self.places[job.environment]
        assert aws.executing is None, f"{job.run.shown['workflow']} while {aws.executing} changes {job.environment}"
        aws.executing = job
        yield
        yield
        aws.executing = None
        # A migration executes no change set, so that CloudFormation deletes none.
        aws.version += job.run.shown["workflow"] != "migration.yml"
        aws.log.append(job.run.shown["workflow"])

    def by_hand(self, job, workflow):
        yield
        place = job.environment
        while True:
            code, turn = self.call(job, "turn", workflow, "--environment", place, "--within", "0")
            if turn.get("go") == "true":
                break
            rollbacks = [r for r in self.hub.world.values() if (r.shown["workflow"], r.environment) == ("rollback.yml", place)]
            if code == 6 and workflow == "migration.yml" and any(r.shown["status"] != "completed" for r in rollbacks):
                return "failure"
            assert code == 6, (code, turn)
            yield
        while self.places[place].executing == "left":
            yield
        yield from self.execute(job)
        job.step(turns.EXECUTES[workflow][1], "success")
        return "success"

    def rollback(self, job):
        ended = yield from self.by_hand(job, "rollback.yml")
        self.places[job.environment].serving = "before"
        return ended

    def migrate(self, job):
        return (yield from self.by_hand(job, "migration.yml"))

    def next(self, job):
        yield
        code, _ = self.call(job, "next")
        assert code == 0
        return "success"

    def left(self, job):
        """A job was cancelled: what it began goes on in AWS."""
        for place in self.places.values():
            if place.executing is job:
                place.executing, place.left = "left", True
                job.step(turns.EXECUTES[job.run.shown["workflow"]][1], "cancelled")

    # What people do.

    def merge(self, run=True):
        self.merges += 1
        sha = f"{self.merges:040x}"
        self.hub.commits[sha] = {"tree": {"sha": sha}, "parents": [{"sha": self.hub.main}] if self.hub.main else []}
        self.hub.main = sha
        if run:
            self.hub.start("deploy.yml", "push")
        return sha

    def by_person(self, workflow, environment=None):
        """Somebody starts a workflow for an environment."""
        return self.hub.start(workflow, "workflow_dispatch", environment or self.chain[-1])

    def waiting(self, workflow=None, environment=None):
        found = [job for job in self.hub.jobs() if job.status == "waiting" and workflow in (None, job.run.shown["workflow"])]
        return [job for job in found if environment in (None, job.environment)]

    def runnable(self):
        return [job for job in self.hub.jobs() if job.status in ("queued", "in_progress")]

    def open(self):
        return [run for run in self.hub.world.values() if run.shown["status"] != "completed"]

    def work(self):
        """Something goes on, whatever it is."""
        jobs = self.runnable()
        left = [place for place in self.places.values() if place.executing == "left"]
        if left and (not jobs or self.random.random() < 0.2):
            left[0].executing = None
            left[0].version += 1
        elif jobs:
            self.hub.step(self.random.choice(jobs))
        return bool(jobs)

    def settle(self, approve=True, until=lambda: False):
        """Everything goes on until nothing does; with `approve`, whatever waits for somebody is approved."""
        for _ in range(8000):
            if until():
                return
            if self.work():
                continue
            waiting = self.waiting()
            if approve and waiting:
                self.hub.approve(self.random.choice(waiting))
            elif any(place.executing == "left" for place in self.places.values()):
                self.work()
            else:
                return
        raise AssertionError("it never ends: " + str([(r.shown["workflow"], {n: j.status for n, j in r.jobs.items()}) for r in self.open()]))

    def approve(self, workflow="deploy.yml", environment=None):
        """The one job that waits is approved, and everything goes on that needs nobody."""
        [job] = self.waiting(workflow, environment)
        self.hub.approve(job)
        self.settle(approve=False)
        return job


class Queue(unittest.TestCase):
    def both(self):
        """Worlds in which a job enters its group before, and after it is approved."""
        for before in (False, True):
            with self.subTest(group_before_approval=before):
                yield World(group_before_approval=before)

    def deploys(self, world):
        return [run for run in world.hub.world.values() if run.shown["workflow"] == "deploy.yml"]

    def test_two_merges_in_a_row_are_both_deployed(self):
        for world in self.both():
            first = world.merge()
            world.settle(approve=False)
            second = world.merge()
            world.settle()
            self.assertEqual(world.aws.serving, second)
            self.assertTrue(set(world.aws.deployed) <= {first, second})
            self.assertEqual(world.open(), [])

    def test_what_was_planned_on_another_base_is_planned_again_and_asked_for_again(self):
        world = World()
        first, second = world.merge(), world.merge()
        world.settle(approve=False)
        [one, two] = sorted(world.waiting(), key=lambda job: job.run.id)
        world.hub.approve(one)
        world.settle(approve=False)
        self.assertEqual(world.aws.deployed, [first])
        # The one that waited is cancelled, and says by whom; another asks in its place.
        self.assertEqual(world.hub.cancelled, [two.run.id])
        [again] = world.waiting()
        self.assertNotIn(again.run.id, (one.run.id, two.run.id))
        self.assertEqual(world.plans[again.run.id, "prod"], world.aws.version)
        self.assertTrue(any("invalidated" in said for said in world.summaries))
        world.hub.approve(again)
        world.settle(approve=False)
        self.assertEqual(world.aws.deployed, [first, second])
        self.assertEqual(world.open(), [])

    def test_an_older_commit_does_not_come_after_a_newer_one(self):
        world = World()
        world.merge()
        second = world.merge()
        world.settle(approve=False)
        [one, two] = sorted(world.waiting(), key=lambda job: job.run.id)
        # Before the job Next of the second could cancel the first.
        world.hub.approve(two)
        while two.status != "completed":
            world.hub.step(two)
        world.hub.approve(one)
        world.settle(approve=False)
        self.assertEqual(world.aws.deployed, [second])
        self.assertTrue(any("is part of" in said or "invalidated" in said for said in world.summaries))

    def test_a_merge_cancels_no_rollback_that_waits(self):
        for world in self.both():
            world.merge()
            world.settle()
            run = world.by_person("rollback.yml")
            world.settle(approve=False)
            for _ in range(3):
                world.merge()
                world.settle(approve=False)
            self.assertEqual([job.run.id for job in world.waiting("rollback.yml")], [run.id])
            # It goes first: what is approved before it yields.
            for job in world.waiting("deploy.yml"):
                world.hub.approve(job)
            world.settle(approve=False)
            self.assertNotEqual(world.aws.log[-1:], ["rollback.yml"])
            self.assertEqual(len(world.aws.deployed), 1)
            [job] = world.waiting("rollback.yml")
            world.hub.approve(job)
            world.settle(approve=False)
            self.assertEqual((run.shown["conclusion"], world.aws.serving), ("success", "before"))
            # And what was merged meanwhile asks again, with a word about it.
            [asks] = world.waiting()
            self.assertEqual(asks.run.shown["head_sha"], world.hub.main)
            self.assertTrue(any("rolled `prod` back" in said for said in world.summaries))
            world.settle()
            self.assertEqual(world.aws.serving, world.hub.main)

    def test_what_was_taken_back_is_not_asked_for_by_itself(self):
        world = World()
        world.merge()
        world.settle()
        world.by_person("rollback.yml")
        world.settle()
        self.assertEqual((world.aws.serving, world.open()), ("before", []))

    def test_a_rollback_waits_for_the_deployment_that_is_under_way(self):
        world = World()
        sha = world.merge()
        world.settle(approve=False)
        [deploy] = world.waiting()
        world.hub.approve(deploy)
        while world.aws.executing is None:
            world.hub.step(deploy)
        run = world.by_person("rollback.yml")
        while not world.waiting("rollback.yml"):
            world.hub.step(world.random.choice([job for job in world.runnable() if job is not deploy]))
        world.hub.approve(world.waiting("rollback.yml")[0])
        for _ in range(20):
            world.hub.step(run.jobs["rollback"])
        self.assertEqual((world.aws.executing, run.jobs["rollback"].status), (deploy, "in_progress"))
        world.settle(approve=False)
        self.assertEqual((world.aws.deployed, world.aws.log), ([sha], ["deploy.yml", "rollback.yml"]))

    def test_a_cancelled_run_is_picked_up(self):
        for world in self.both():
            sha = world.merge()
            world.settle(approve=False)
            [deploy] = world.waiting()
            world.hub.approve(deploy)
            while world.aws.executing is None:
                world.work()
            world.hub.cancel(deploy.run.id)
            world.settle()
            self.assertEqual((world.aws.serving, world.aws.deployed, len(self.deploys(world))), (sha, [sha], 2))

    def test_a_no_is_a_no(self):
        world = World()
        world.merge()
        world.settle(approve=False)
        world.hub.reject(world.waiting()[0])
        world.settle()
        world.hub.start("queue.yml", "schedule")
        world.settle()
        self.assertEqual((world.aws.deployed, len(self.deploys(world))), ([], 1))
        self.assertTrue(any("a person must decide" in said for said in world.summaries))
        # What is merged then holds it, and is asked for.
        sha = world.merge()
        world.settle()
        self.assertEqual(world.aws.serving, sha)

    def test_a_run_that_is_killed_is_found_within_the_hour(self):
        world = World()
        sha = world.merge()
        run = self.deploys(world)[-1]
        # Its runner and everything behind it is gone, the job Next too.
        for job in run.jobs.values():
            world.hub.end(job, "cancelled")
        run.shown |= {"status": "completed", "conclusion": "cancelled"}
        world.hub.world.pop(run.id)
        world.hub.start("queue.yml", "schedule")
        world.settle()
        self.assertEqual(world.aws.serving, sha)

    def test_what_is_cut_short_again_and_again_is_not_started_for_ever(self):
        world = World()
        world.merge()
        for _ in range(20):
            for run in world.open():
                if run.shown["workflow"] == "deploy.yml" and "prod/plan" not in run.jobs:
                    world.hub.cancel(run.id)
            world.work()
        world.settle(approve=False)
        self.assertLessEqual(len(self.deploys(world)), turns.PATIENCE + 1)

    def test_ten_pull_requests_in_any_order_of_events_end_with_main_deployed(self):
        for seed in range(int(os.environ.get("QUEUE_SEEDS", "48"))):
            with self.subTest(seed=seed):
                self.any_order(seed)

    def any_order(self, seed):
        world = World(seed, group_before_approval=bool(seed % 2), knows_queues=bool(seed // 2 % 2), chain=CHAINS[seed % 3])
        merges = rollbacks = cancels = migrations = again = 0
        for _ in range(300 + 100 * len(world.chain)):
            dice = world.random.random()
            if dice < 0.03 and merges < 10:
                merges += 1
                world.merge()
            elif dice < 0.035 and rollbacks < 3:
                rollbacks += 1
                world.by_person("rollback.yml", world.random.choice(world.chain))
            elif dice < 0.04 and migrations < 2:
                migrations += 1
                world.by_person("migration.yml", world.random.choice(world.chain))
            elif dice < 0.05 and cancels < 4 and world.open():
                run = world.random.choice(world.open())
                if run.shown["workflow"] == "deploy.yml":
                    cancels += 1
                    world.hub.cancel(run.id)
            elif dice < 0.055 and again < 2:
                over = [run for run in world.hub.world.values() if run.shown["workflow"] == "deploy.yml" and run.shown["status"] == "completed"]
                if over:
                    again += 1
                    world.hub.rerun(world.random.choice(over))
            elif dice < 0.11 and world.waiting():
                world.hub.approve(world.random.choice(world.waiting()))
            elif dice < 0.115:
                world.hub.start("queue.yml", "schedule")
            else:
                world.work()
        while merges < 10:
            merges += 1
            world.merge()
        world.settle()
        # What was rolled back in an environment goes no further by itself: a person must decide, and says yes.
        if world.aws.deployed[-1:] != [world.hub.main]:
            self.assertTrue(any("a person must decide" in said for said in world.summaries))
            self.assertTrue(any(run.shown["workflow"] == "rollback.yml" and run.environment != world.chain[-1] for run in world.hub.world.values()))
            world.hub.start("deploy.yml", "workflow_dispatch")
            world.settle()
        # Main is deployed, unless somebody rolled exactly that back.
        self.assertEqual(world.aws.deployed[-1], world.hub.main)
        for place in world.places.values():
            self.assertIn(place.serving, (world.hub.main, "before"))
            # Never backwards: each holds what was deployed before it.
            self.assertEqual(place.deployed, sorted(place.deployed))
            self.assertEqual(place.refused, 0, "a plan that was deleted in its environment was let through")
        self.assertEqual(world.open(), [])
        # Who asked for a rollback got it, unless GitHub knows no queues and somebody asked for another before its turn.
        for run in world.hub.world.values():
            if run.shown["workflow"] == "rollback.yml" and run.jobs["rollback"].shown["conclusion"] != "success":
                self.assertFalse(world.hub.knows_queues)
                others = [other for other in world.hub.world.values() if other.id > run.id and other.environment == run.environment]
                self.assertTrue(any(other.shown["workflow"] == "rollback.yml" for other in others), run.shown)

    def test_failures_in_any_order_leave_nothing_that_nobody_knows_of(self):
        for seed in range(21):
            with self.subTest(seed=seed):
                world = World(seed, group_before_approval=bool(seed % 2), fails=0.4, chain=CHAINS[seed % 3])
                for _ in range(10):
                    world.merge()
                    for _ in range(world.random.randrange(40)):
                        world.work()
                        if world.waiting() and world.random.random() < 0.1:
                            world.hub.approve(world.random.choice(world.waiting()))
                world.settle()
                if world.aws.serving != world.hub.main:
                    self.assertTrue(any("a person must decide" in said for said in world.summaries))
                    self.assertEqual(self.deploys(world)[-1].shown["conclusion"], "failure")

    # A chain of environments.

    def test_each_environment_has_a_plan_and_an_approval_of_its_own(self):
        for chain in CHAINS[1:]:
            for before in (False, True):
                world = World(group_before_approval=before, chain=chain)
                sha = world.merge()
                for at, name in enumerate(chain):
                    world.settle(approve=False)
                    self.assertEqual([job.environment for job in world.waiting()], [name])
                    self.assertEqual([place for place, found in world.places.items() if found.deployed], chain[:at])
                    world.approve()
                self.assertEqual([found.deployed for found in world.places.values()], [[sha]] * len(chain))
                self.assertEqual((len(self.deploys(world)), world.open()), (1, []))

    def test_a_failure_stops_the_chain_and_a_rejection_does(self):
        for fails in (1.0, 0.0):
            world = World(chain=["dev", "prod"], fails=fails)
            world.merge()
            world.settle(approve=False)
            [job] = world.waiting()
            if fails:
                world.approve()
            else:
                world.hub.reject(job)
                world.settle()
            [run] = self.deploys(world)
            self.assertNotIn("prod/plan", run.jobs)
            self.assertEqual((run.shown["conclusion"], world.places["prod"].log, world.open()), ("failure", [], []))
            self.assertTrue(any("a person must decide" in said for said in world.summaries))

    def test_a_plan_is_made_stale_by_a_change_of_its_own_environment_only(self):
        world = World(chain=["dev", "prod"])
        first = world.merge()
        world.settle(approve=False)
        world.approve(environment="dev")
        # The first waits for `prod` while the second is deployed to `dev`.
        second = world.merge()
        world.settle(approve=False)
        world.approve(environment="dev")
        self.assertEqual(world.hub.cancelled, [])
        [one, two] = sorted(world.waiting(environment="prod"), key=lambda job: job.run.id)
        world.hub.approve(one)
        world.settle(approve=False)
        # Now the plan of the second for `prod` is worth nothing, and it is asked for again: for `prod` alone.
        self.assertEqual((world.hub.cancelled, world.places["prod"].deployed), ([two.run.id], [first]))
        [again] = world.waiting()
        self.assertEqual((again.environment, again.run.shown["head_sha"], again.run.jobs["dev/deploy"].shown["conclusion"]), ("prod", second, "skipped"))
        world.approve()
        self.assertEqual((world.places["dev"].deployed, world.places["prod"].deployed), ([first, second], [first, second]))
        self.assertEqual([place.refused for place in world.places.values()], [0, 0])

    def test_what_waits_in_the_first_environment_does_not_wait_for_the_last(self):
        world = World(chain=["dev", "prod"])
        world.merge()
        second = world.merge()
        world.settle(approve=False)
        [one, two] = sorted(world.waiting(), key=lambda job: job.run.id)
        world.hub.approve(one)
        world.settle(approve=False)
        # The first is waiting for `prod`, and nobody says anything about that; the second asks for `dev` again all the same.
        self.assertEqual(one.run.shown["status"], "in_progress")
        self.assertEqual(world.hub.cancelled, [two.run.id])
        self.assertEqual([job.run.shown["head_sha"] for job in world.waiting(environment="dev")], [second])

    def test_a_rollback_goes_first_in_its_environment_and_holds_no_other_up(self):
        world = World(chain=["dev", "prod"])
        world.merge()
        world.settle()
        rollback = world.by_person("rollback.yml", "prod")
        world.settle(approve=False)
        sha = world.merge()
        world.settle(approve=False)
        world.approve("deploy.yml", "dev")
        self.assertEqual((world.places["dev"].serving, world.waiting("deploy.yml")), (sha, []))
        world.approve("rollback.yml", "prod")
        self.assertEqual(rollback.shown["conclusion"], "success")
        # Then the same commit is asked for there, and not in the first environment again.
        [job] = world.waiting()
        self.assertEqual((job.environment, job.run.shown["head_sha"], job.run.inputs["only-missing"]), ("prod", sha, "true"))
        self.assertTrue(any("rolled `prod` back" in said for said in world.summaries))
        world.approve()
        self.assertEqual((world.places["prod"].serving, world.places["dev"].log), (sha, ["deploy.yml", "deploy.yml"]))

    def test_what_was_rolled_back_is_not_promoted(self):
        world = World(chain=["dev", "prod"])
        sha = world.merge()
        world.settle(approve=False)
        world.approve(environment="dev")
        world.by_person("rollback.yml", "dev")
        world.settle(approve=False)
        world.approve("rollback.yml")
        # Somebody approves `prod` all the same.
        world.approve("deploy.yml", "prod")
        self.assertEqual((world.places["prod"].deployed, world.waiting(), world.open()), ([], [], []))
        self.assertTrue(any("Not promoted to `prod`" in said for said in world.summaries))
        # A person decides that it is good, and it begins with the first environment.
        world.hub.start("deploy.yml", "workflow_dispatch")
        world.settle()
        self.assertEqual([place.deployed for place in world.places.values()], [[sha, sha], [sha]])

    def test_an_older_commit_is_not_even_planned_after_a_newer_one(self):
        world = World(chain=["dev", "prod"])
        world.merge()
        [run] = self.deploys(world)
        second = world.merge()
        # The second overtakes the first, which a slow runner holds up.
        slow = lambda: [job for job in world.runnable() if job.run is not run]  # noqa: E731
        while slow() or [job for job in world.waiting() if job.run is not run]:
            for job in slow():
                world.hub.step(job)
            for job in world.waiting():
                world.hub.approve(job)
        self.assertEqual([place.deployed for place in world.places.values()], [[second], [second]])
        world.settle(approve=False)
        self.assertEqual(run.jobs["dev/deploy"].shown["conclusion"], "skipped")
        self.assertEqual((run.shown["conclusion"], world.waiting()), ("success", []))
        self.assertTrue(any("is part of" in said for said in world.summaries))

    def test_a_run_that_is_run_again_hides_nothing_of_what_it_deployed(self):
        for chain in CHAINS:
            world = World(chain=chain)
            first = world.merge()
            world.settle()
            [old] = self.deploys(world)
            # Its jobs are those of the second attempt now, of which none has deployed anything.
            world.hub.rerun(old)
            world.hub.start("queue.yml", "schedule")
            world.settle(approve=False)
            self.assertEqual((world.hub.dispatched, len(self.deploys(world))), ([], 1))
            world.hub.cancel(old.id)
            world.settle(approve=False)
            self.assertEqual((world.hub.dispatched, world.waiting()), ([], []), "it is deployed, and nothing is asked for")
            second = world.merge()
            world.settle()
            world.hub.rerun(old)
            world.settle()
            self.assertEqual([place.deployed for place in world.places.values()], [[first, second]] * len(chain))

    def test_an_environment_that_is_new_in_the_chain_is_deployed_to(self):
        world = World(chain=["prod"])
        sha = world.merge()
        world.settle()
        world.chain = ["dev", "prod"]
        world.places["dev"] = Aws()
        world.hub.variables["ENVIRONMENTS"] = json.dumps({"dev": {}, "prod": {}})
        later = world.merge()
        world.settle()
        self.assertEqual((world.places["dev"].deployed, world.places["prod"].deployed), ([later], [sha, later]))


if __name__ == "__main__":
    unittest.main()
