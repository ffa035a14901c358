"""The queue of main, by the scripts that decide and the workflows that call them, in whatever order things happen."""

import importlib.machinery
import importlib.util
import io
import os
import random
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
from actions_stand_in import Actions
from github_stand_in import REPOSITORY

EXECUTE = turns.EXECUTES[turns.DEPLOY][1]


def script(name):
    loader = importlib.machinery.SourceFileLoader(f"delivery_{name}", str(ROOT / "scripts/delivery" / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


QUEUE = script("queue")


@dataclass
class Aws:
    """CloudFormation, as far as the order of things goes: what is deployed, and how often it was changed."""

    version: int = 0
    deployed: list = field(default_factory=list)  # commits, in order
    serving: str = ""
    executing: object = None  # the job, or what a cancelled one has left
    log: list = field(default_factory=list)


class World:
    """A repository with people in a hurry."""

    def __init__(self, seed=0, group_before_approval=False, fails=0.0, knows_queues=True):
        self.random = random.Random(seed)
        self.fails = fails
        self.aws = Aws()
        self.plans = {}  # by run: what it was made on
        self.hub = Actions(group_before_approval=group_before_approval, knows_queues=knows_queues, on_cancel=self.left)
        self.hub.bodies = {
            ("deploy.yml", "find"): self.quick,
            ("deploy.yml", "checks"): self.quick,
            ("deploy.yml", "rebuild"): self.quick,
            ("deploy.yml", "page"): self.quick,
            ("deploy.yml", "build"): self.quick,
            ("deploy.yml", "plan"): self.plan,
            ("deploy.yml", "deploy"): self.deploy,
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
        self.aws.serving = self.hub.main
        self.summaries = []

    # What the scripts of a job do.

    def call(self, job, *arguments):
        """Runs scripts/delivery/queue in a job; its exit code and outputs."""
        outputs, said = {}, []
        variables = {"GITHUB_RUN_ID": str(job.run.id), "GITHUB_REF": "refs/heads/main", "GITHUB_REPOSITORY": REPOSITORY}

        def attempt(method, path, body=None, repeatable=None):
            code, answer = self.hub.answer(method, f"/repos/{REPOSITORY}{path.partition('?')[0]}", body)
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

    def plan(self, job):
        yield
        _, turn = self.call(job, "turn", "deploy.yml", "--plan")
        if turn["go"] != "true":
            job.step(turns.AGAIN, "failure")
            return "failure"
        # What a cancelled run has left is waited for.
        while self.aws.executing == "left":
            yield
        if self.aws.executing:
            job.step(turns.AGAIN, "failure")
            return "failure"
        self.plans[job.run.id] = self.aws.version
        yield
        return "success"

    def deploy(self, job):
        yield
        _, turn = self.call(job, "turn", "deploy.yml")
        if turn["go"] != "true":
            if turn["contained"] == "true":
                return "success"
            job.step(turns.AGAIN, "failure")
            return "failure"
        yield
        if self.aws.executing == "left" or self.plans[job.run.id] != self.aws.version:
            job.step(EXECUTE, "failure")
            job.step(turns.AGAIN, "failure")
            return "failure"
        yield from self.execute(job)
        sha = job.run.shown["head_sha"]
        if self.random.random() < self.fails:
            job.step(EXECUTE, "failure")
            return "failure"
        self.aws.deployed.append(sha)
        self.aws.serving = sha
        job.step(EXECUTE, "success")
        job.step(turns.DEPLOYED, "success")
        return "success"

    def execute(self, job):
        assert self.aws.executing is None, f"{job.run.shown['workflow']} while {self.aws.executing} changes production"
        self.aws.executing = job
        yield
        yield
        self.aws.executing = None
        self.aws.version += 1
        self.aws.log.append(job.run.shown["workflow"])

    def by_hand(self, job, workflow):
        yield
        while True:
            code, turn = self.call(job, "turn", workflow, "--within", "0")
            if turn.get("go") == "true":
                break
            if code == 6 and workflow == "migration.yml" and any(r.shown["workflow"] == "rollback.yml" and r.shown["status"] != "completed" for r in self.hub.world.values()):
                return "failure"
            assert code == 6, (code, turn)
            yield
        while self.aws.executing == "left":
            yield
        yield from self.execute(job)
        job.step(turns.EXECUTES[workflow][1], "success")
        return "success"

    def rollback(self, job):
        ended = yield from self.by_hand(job, "rollback.yml")
        self.aws.serving = "before"
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
        if self.aws.executing is job:
            self.aws.executing = "left"
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

    def waiting(self, workflow=None):
        return [job for job in self.hub.jobs() if job.status == "waiting" and workflow in (None, job.run.shown["workflow"])]

    def runnable(self):
        return [job for job in self.hub.jobs() if job.status in ("queued", "in_progress")]

    def open(self):
        return [run for run in self.hub.world.values() if run.shown["status"] != "completed"]

    def work(self):
        """Something goes on, whatever it is."""
        jobs = self.runnable()
        if self.aws.executing == "left" and (not jobs or self.random.random() < 0.2):
            self.aws.executing = None
            self.aws.version += 1
        elif jobs:
            self.hub.step(self.random.choice(jobs))
        return bool(jobs)

    def settle(self, approve=True):
        """Everything goes on until nothing does; with `approve`, whatever waits for somebody is approved."""
        for _ in range(5000):
            if self.work():
                continue
            waiting = self.waiting()
            if approve and waiting:
                self.hub.approve(self.random.choice(waiting))
            elif self.aws.executing == "left":
                self.work()
            else:
                return
        raise AssertionError("it never ends: " + str([(r.shown["workflow"], {n: j.status for n, j in r.jobs.items()}) for r in self.open()]))


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
        self.assertEqual(world.plans[again.run.id], world.aws.version)
        self.assertTrue(any("made worthless" in said for said in world.summaries))
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
        self.assertTrue(any("is part of" in said or "made worthless" in said for said in world.summaries))

    def test_a_merge_cancels_no_rollback_that_waits(self):
        for world in self.both():
            world.merge()
            world.settle()
            run = world.hub.start("rollback.yml", "workflow_dispatch")
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
            self.assertTrue(any("took production back" in said for said in world.summaries))
            world.settle()
            self.assertEqual(world.aws.serving, world.hub.main)

    def test_what_was_taken_back_is_not_asked_for_by_itself(self):
        world = World()
        world.merge()
        world.settle()
        world.hub.start("rollback.yml", "workflow_dispatch")
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
        run = world.hub.start("rollback.yml", "workflow_dispatch")
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
        self.assertTrue(any("a person decides" in said for said in world.summaries))
        # What is merged then holds it, and is asked for.
        sha = world.merge()
        world.settle()
        self.assertEqual(world.aws.serving, sha)

    def test_a_run_that_is_killed_is_found_within_the_hour(self):
        world = World()
        sha = world.merge()
        run = self.deploys(world)[-1]
        # Its runner and everything behind it is gone, the job Next too.
        for name in run.definition["jobs"]:
            if name in run.jobs:
                world.hub.end(run.jobs[name], "cancelled")
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
                if run.shown["workflow"] == "deploy.yml" and "plan" not in run.jobs:
                    world.hub.cancel(run.id)
            world.work()
        world.settle(approve=False)
        self.assertLessEqual(len(self.deploys(world)), turns.PATIENCE + 1)

    def test_ten_pull_requests_in_any_order_of_events_end_with_main_deployed(self):
        for seed in range(int(os.environ.get("QUEUE_SEEDS", "40"))):
            with self.subTest(seed=seed):
                self.any_order(seed)

    def any_order(self, seed):
        world = World(seed, group_before_approval=bool(seed % 2), knows_queues=bool(seed // 2 % 2))
        merges = rollbacks = cancels = migrations = 0
        for _ in range(400):
            dice = world.random.random()
            if dice < 0.03 and merges < 10:
                merges += 1
                world.merge()
            elif dice < 0.035 and rollbacks < 3:
                rollbacks += 1
                world.hub.start("rollback.yml", "workflow_dispatch")
            elif dice < 0.04 and migrations < 2:
                migrations += 1
                world.hub.start("migration.yml", "workflow_dispatch")
            elif dice < 0.05 and cancels < 4 and world.open():
                run = world.random.choice(world.open())
                if run.shown["workflow"] == "deploy.yml":
                    cancels += 1
                    world.hub.cancel(run.id)
            elif dice < 0.10 and world.waiting():
                world.hub.approve(world.random.choice(world.waiting()))
            elif dice < 0.105:
                world.hub.start("queue.yml", "schedule")
            else:
                world.work()
        while merges < 10:
            merges += 1
            world.merge()
        world.settle()
        # Main is deployed, unless somebody took exactly that back.
        self.assertEqual(world.aws.deployed[-1], world.hub.main)
        self.assertIn(world.aws.serving, (world.hub.main, "before"))
        # Never backwards: each holds what was deployed before it.
        self.assertEqual(world.aws.deployed, sorted(world.aws.deployed))
        self.assertEqual(world.open(), [])
        # Who asked for a rollback got it, unless GitHub knows no queues and somebody asked for another before its turn.
        for run in world.hub.world.values():
            if run.shown["workflow"] == "rollback.yml" and run.jobs["rollback"].shown["conclusion"] != "success":
                self.assertFalse(world.hub.knows_queues)
                self.assertTrue(any(other.id > run.id and other.shown["workflow"] == "rollback.yml" for other in world.hub.world.values()), run.shown)

    def test_failures_in_any_order_leave_nothing_that_nobody_knows_of(self):
        for seed in range(20):
            with self.subTest(seed=seed):
                world = World(seed, group_before_approval=bool(seed % 2), fails=0.4)
                for _ in range(10):
                    world.merge()
                    for _ in range(world.random.randrange(40)):
                        world.work()
                        if world.waiting() and world.random.random() < 0.1:
                            world.hub.approve(world.random.choice(world.waiting()))
                world.settle()
                if world.aws.serving != world.hub.main:
                    self.assertTrue(any("a person decides" in said for said in world.summaries))
                    self.assertEqual(self.deploys(world)[-1].shown["conclusion"], "failure")


if __name__ == "__main__":
    unittest.main()
