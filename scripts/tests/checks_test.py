"""Runs that prove a commit of main, and those that anybody who may push can make."""

import os
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/lib"))
import checks
import github_stand_in
from cases import Hub

HEAD, MERGED, MAIN, OTHER = "a" * 40, "b" * 40, "c" * 40, "d" * 40


class Checks(Hub):
    def setUp(self):
        super().setUp()
        hub = self.hub
        hub.commits = {
            MERGED: {"tree": {"sha": "tree"}, "parents": [{"sha": MAIN}, {"sha": HEAD}]},
            HEAD: {"tree": {"sha": "tree"}, "parents": [{"sha": MAIN}]},
            MAIN: {"tree": {"sha": "older"}, "parents": []},
        }
        hub.main = MERGED
        hub.pulls = {7: self.pull(7, "change", HEAD, "main", state="closed", merged_at="2026-11-27T00:00:00Z", merge_commit_sha=MERGED)}
        hub.came_with = {MERGED: 7}
        os.environ["GITHUB_SHA"] = MERGED

    def pull(self, number, branch, head, base, **more):
        repository = {"full_name": github_stand_in.REPOSITORY}
        return {"number": number, "state": "open", "head": {"sha": head, "ref": branch, "repo": repository}, "base": {"ref": base}, **more}

    def both(self, *where, **how):
        return [self.hub.ended(workflow, *where, **how) for workflow in checks.REQUIRED]

    def run_script(self, *arguments):
        return subprocess.run([ROOT / "scripts/delivery/checks", "--every", "0.05", *arguments], capture_output=True, text=True)

    def accepted(self):
        return {workflow for workflow, one in checks.of_main(MERGED).items() if one.run}

    def test_runs_of_the_pull_request_that_was_merged_prove_it(self):
        self.both(HEAD, "pull_request", "change")
        done = self.run_script()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("ci.yml: [run 1]", done.stdout)

    def test_a_check_without_a_run_is_nothing(self):
        # Whatever check runs there are on the commit: they are not asked about.
        self.hub.ended("plan.yml", HEAD, "pull_request", "change")
        done = self.run_script()
        self.assertEqual(done.returncode, 1)
        self.assertIn("no run of ci.yml passed for bbbbbbbbbbbb", done.stderr)
        self.assertIn("workflows of any branch can post one", done.stderr)

    def test_a_project_demands_the_workflows_that_it_has(self):
        self.hub.ended("plan.yml", HEAD, "pull_request", "change")
        done = self.run_script("plan.yml")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("ci.yml", done.stdout)
        done = self.run_script("deploy.yml")
        self.assertEqual((done.returncode, "`deploy.yml` is not one of the workflows that can be required" in done.stderr), (2, True), done.stderr)

    def test_other_runs_on_the_same_commit_are_refused(self):
        for what, where, change in (
            ("another file that posts the check", (HEAD, "pull_request", "change"), {"path": ".github/workflows/evil.yml"}),
            ("a branch at the same commit, whose pull request has a base of somebody's own", (HEAD, "pull_request", "copy"), {}),
            ("a push of the branch", (HEAD, "push", "change"), {}),
            ("a run of a fork", (HEAD, "pull_request", "change"), {"head_repository": {"full_name": "somebody/notes"}}),
            ("a run that failed", (HEAD, "pull_request", "change"), {"conclusion": "failure"}),
            ("a run in which all was skipped", (HEAD, "pull_request", "change"), {"conclusion": "skipped"}),
            ("a commit before it", (MAIN, "pull_request", "change"), {}),
            ("an event of somebody's own on main's commit", (MERGED, "push", "change"), {}),
            ("a queue of another branch", (MERGED, "merge_group", "gh-readonly-queue/other/pr-7"), {}),
        ):
            self.hub.runs = []
            for run in self.both(*where):
                run |= change
            self.assertEqual(self.accepted(), set(), what)

    def test_where_the_base_is_not_certain_runs_of_main_itself_are_asked_for(self):
        self.both(HEAD, "pull_request", "change")
        self.assertEqual(self.accepted(), {"ci.yml", "plan.yml"})
        # The pull request was opened against a branch of somebody's own, whose `ci.yml` the run has read, and moved to main.
        self.hub.events = {7: [{"event": "labeled"}, {"event": "base_ref_changed"}]}
        self.assertEqual(self.accepted(), set())
        self.assertIn("the base of #7 was changed", "".join(checks.of_main(MERGED)["ci.yml"].notes))
        # Or GitHub moved it, since that branch was merged and deleted.
        self.hub.events = {7: [{"event": "automatic_base_change_succeeded"}]}
        self.assertEqual(self.accepted(), set())
        # A second pull request of the branch does the same.
        self.hub.events = {}
        self.hub.pulls[8] = self.pull(8, "change", HEAD, "mine", state="closed")
        self.assertEqual(self.accepted(), set())
        # What was started by hand on the head reads what was reviewed; what ran on main reads main.
        self.hub.ended("plan.yml", HEAD, "workflow_dispatch", "change")
        self.hub.ended("ci.yml", MERGED, "push")
        self.assertEqual(self.accepted(), {"ci.yml", "plan.yml"})

    def test_a_run_that_is_older_than_the_pull_request_was_for_another_one(self):
        runs = self.both(HEAD, "pull_request", "change")
        self.hub.pulls[7]["created_at"] = "2026-11-26T10:00:00Z"
        for run in runs:
            run["created_at"] = "2026-11-26T09:59:59Z"
        self.assertEqual(self.accepted(), set())
        self.assertIn("it ran before #7 was opened", "".join(checks.of_main(MERGED)["ci.yml"].notes))

    def test_a_branch_is_one_word_of_the_question_for_its_pull_requests(self):
        self.hub.pulls[7]["head"]["ref"] = "x+y&state=open"
        self.both(HEAD, "pull_request", "x+y&state=open")
        self.assertEqual(self.accepted(), {"ci.yml", "plan.yml"})
        self.hub.pulls[8] = self.pull(8, "x+y&state=open", HEAD, "mine", state="closed")
        self.assertEqual(self.accepted(), set())

    def test_the_tests_of_main_may_be_started_by_hand(self):
        self.hub.came_with = {}
        self.both(MERGED, "workflow_dispatch")
        self.assertEqual(self.accepted(), {"ci.yml", "plan.yml"})

    def test_a_head_that_was_not_up_to_date_proves_nothing(self):
        self.both(HEAD, "pull_request", "change")
        self.hub.commits[HEAD]["tree"]["sha"] = "another"
        self.assertEqual(self.accepted(), set())
        self.assertIn("has another tree", "".join(checks.of_main(MERGED)["plan.yml"].notes))

    def test_the_merge_queue_and_main_itself_prove_a_commit_without_a_pull_request(self):
        self.hub.came_with = {}
        self.both(MERGED, "merge_group", f"gh-readonly-queue/main/pr-7-{MAIN}")
        self.assertEqual(self.accepted(), {"ci.yml", "plan.yml"})
        self.hub.runs = []
        self.hub.ended("ci.yml", MERGED, "push")
        self.hub.ended("plan.yml", MERGED, "workflow_dispatch")
        self.assertEqual(self.accepted(), {"ci.yml", "plan.yml"})

    def test_the_run_of_main_is_waited_for(self):
        self.hub.events = {7: [{"event": "base_ref_changed"}]}
        self.hub.ended("plan.yml", MERGED, "workflow_dispatch")
        run = self.hub.started("ci.yml", MERGED, "push")
        command = [ROOT / "scripts/delivery/checks", "--every", "0.05"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.kill)
        self.assertIn("ci.yml: waiting for", process.stdout.readline())
        run |= {"status": "completed", "conclusion": "success"}
        said, wrong = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 0, wrong)
        # In time, or not at all.
        run |= {"status": "in_progress", "conclusion": None}
        self.assertEqual(self.run_script("--within", "0").returncode, 1)


if __name__ == "__main__":
    unittest.main()
