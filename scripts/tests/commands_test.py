"""Commands in comments: from whom, about which commit, and what they start."""

import json
import os
import re
import subprocess
import sys
import unittest
from pathlib import Path
from unittest import mock

import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/lib"))
import checks
import github_stand_in
from cases import Hub

HEAD, MERGE, MAIN, LATER = "a" * 40, "b" * 40, "c" * 40, "d" * 40
PUSHED, WRITTEN, AFTER = "2026-11-30T10:00:00Z", "2026-11-30T10:05:00Z", "2026-11-30T10:06:00Z"


class Commands(Hub):
    def setUp(self):
        super().setUp()
        os.environ.pop("MERGE_METHOD", None)
        hub = self.hub
        repository = {"full_name": github_stand_in.REPOSITORY}
        hub.pulls = {7: {"number": 7, "state": "open", "draft": False, "user": {"login": "ada"}, "mergeable": True, "merge_commit_sha": MERGE, "head": {"sha": HEAD, "ref": "change", "repo": repository}, "base": {"ref": "main"}}}
        hub.people = {"ada": "write", "grace": "admin", "eve": "read"}
        hub.pushes = [{"ref": "refs/heads/change", "before": MAIN, "after": HEAD, "timestamp": PUSHED, "activity_type": "push"}]
        hub.reviews = {7: [self.review("grace")]}
        for workflow in checks.REQUIRED:
            hub.ended(workflow, HEAD, "pull_request", "change")

    def review(self, who, state="APPROVED", commit=HEAD):
        return {"user": {"login": who}, "state": state, "commit_id": commit}

    def says(self, body, who="ada", kind="User", written=WRITTEN, issue=None):
        """Writes a comment; the answer, if there is one, and the reaction."""
        self.hub.comments, self.hub.reactions = [], []
        comment = {"id": 5, "body": body, "created_at": written, "user": {"login": who, "type": kind}, "author_association": "MEMBER"}
        event = self.folder / "event.json"
        event.write_text(json.dumps({"action": "created", "comment": comment, "issue": issue or {"number": 7, "pull_request": {}}}))
        os.environ["GITHUB_EVENT_PATH"] = str(event)
        done = subprocess.run([ROOT / "scripts/delivery/command"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return (self.hub.comments or [{"body": ""}])[0]["body"], [one["content"] for one in self.hub.reactions]

    def nothing_happened(self):
        return not self.hub.dispatched and not self.hub.merges

    def test_plan_starts_the_plan_of_that_pull_request(self):
        for text in ("infra plan", "atlantis plan\r\n", "infra  plan \nplease"):
            self.hub.dispatched = []
            said, reactions = self.says(text)
            self.assertEqual((said.split(".")[0], reactions), ("@ada: `aaaaaaaaaaaa` is being planned again; the comment with the plan is updated when that has finished", ["rocket"]))
            self.assertEqual(self.hub.dispatched, [{"workflow": "plan.yml", "ref": "change", "inputs": {"pull-request": "7", "commit": MERGE}}])
        self.assertEqual(self.hub.merges, [])

    def test_apply_merges_and_leaves_the_rest_to_main(self):
        said, reactions = self.says("infra apply")
        self.assertEqual(self.hub.merges, [{"number": 7, "sha": HEAD, "merge_method": "merge"}], said)
        # A merge with this token starts no workflow.
        self.assertEqual([(one["workflow"], one["ref"]) for one in self.hub.dispatched], [("ci.yml", "main"), ("tools.yml", "main"), ("deploy.yml", "main")])
        for part in ("merged as `999999999999`", "approved by @grace", "waits for the approval of the environment"):
            self.assertIn(part, said)
        self.assertEqual(reactions, ["rocket"])

    def test_whoever_may_not_write_is_not_answered(self):
        for who, kind in (("eve", "User"), ("nobody", "User"), ("some-app", "Bot")):
            for text in ("infra plan", "infra apply", "infra help"):
                said, reactions = self.says(text, who=who, kind=kind)
                self.assertEqual((said, reactions), ("", ["-1"] if kind == "User" else []), who)
        self.assertTrue(self.nothing_happened())

    def test_talk_about_infra_is_no_command(self):
        for text in ("infra plan looks good", "infra is down", "please infra plan", "infra", "", "infrastructure plan", "\ninfra plan", "> infra plan"):
            self.assertEqual(self.says(text), ("", []), text)
        self.assertEqual(self.says("infra plan", issue={"number": 7}), ("", []), "an issue is not a pull request")
        said, reactions = self.says("infra deploy`; rm -rf /`")
        self.assertEqual((said, reactions), ("", []), "more words are not a command")
        said, reactions = self.says("infra deploy")
        self.assertIn("unknown command `deploy`", said)
        self.assertEqual(reactions, ["confused"])
        self.assertIn("| `infra apply` | merges it", self.says("infra help")[0])
        self.assertTrue(self.nothing_happened())

    def test_a_push_after_the_comment_is_not_what_was_meant(self):
        self.hub.pulls[7]["head"]["sha"] = LATER
        self.hub.reviews = {7: [self.review("grace", commit=LATER)]}
        for workflow in checks.REQUIRED:
            self.hub.ended(workflow, LATER, "pull_request", "change")
        for pushed in (AFTER, WRITTEN):
            self.hub.pushes = [{"ref": "refs/heads/change", "before": HEAD, "after": LATER, "timestamp": pushed, "activity_type": "push"}, *self.hub.pushes[-1:]]
            for text in ("infra plan", "infra apply"):
                said, reactions = self.says(text)
                self.assertIn("`dddddddddddd` was pushed after the comment was written", said)
                self.assertEqual(reactions, ["-1"])
        # Forced back to a commit that was there before: it was pushed again, later.
        self.hub.pulls[7]["head"]["sha"] = HEAD
        self.hub.pushes = [{"ref": "refs/heads/change", "before": LATER, "after": HEAD, "timestamp": AFTER, "activity_type": "force_push"}, *self.hub.pushes]
        self.assertIn("was pushed after", self.says("infra apply")[0])
        # A push of another branch is not evidence.
        self.hub.pushes = [{"ref": "refs/heads/change-2", "before": MAIN, "after": HEAD, "timestamp": PUSHED, "activity_type": "push"}]
        self.assertIn("GitHub does not report when", self.says("infra apply")[0])
        self.assertTrue(self.nothing_happened())

    def test_what_is_pushed_in_that_moment_is_not_merged(self):
        moved = github_stand_in.GitHub.merge

        def merge(hub, number, body):
            hub.pulls[7]["head"]["sha"] = LATER
            return moved(hub, number, body)

        with mock.patch.object(github_stand_in.GitHub, "merge", merge):
            said, reactions = self.says("infra apply")
        self.assertIn("with status 409", said)
        self.assertEqual((reactions, self.hub.merges, self.hub.dispatched), (["-1"], [], []))

    def test_apply_needs_what_the_rules_need(self):
        def refused(because):
            said, reactions = self.says("infra apply")
            self.assertIn(because, said)
            self.assertEqual(reactions, ["-1"])
            self.assertTrue(self.nothing_happened(), because)

        pull, reviews = self.hub.pulls[7], self.hub.reviews
        for because, change in (
            ("is a draft", {"draft": True}),
            ("is closed", {"state": "closed"}),
            ("comes from a fork", {"head": {**pull["head"], "repo": {"full_name": "somebody/notes"}}}),
            ("its base is `other`", {"base": {"ref": "other"}}),
        ):
            self.hub.pulls[7] = {**pull, **change}
            refused(because)
        self.hub.pulls[7] = pull
        for because, found in (
            ("no other person with write permission has approved", []),
            ("no other person with write permission", [self.review("ada")]),
            ("no other person with write permission", [self.review("eve")]),
            ("no other person with write permission", [self.review("grace", commit=MAIN)]),
            ("no other person with write permission", [self.review("grace"), self.review("grace", "DISMISSED")]),
            ("@grace requested changes", [self.review("grace"), self.review("grace", "CHANGES_REQUESTED")]),
        ):
            self.hub.reviews = {7: found}
            refused(because)
        self.hub.reviews = reviews
        # A check that was posted through the API has no run.
        for run in self.hub.runs:
            run["path"] = ".github/workflows/evil.yml"
        refused("`ci.yml` has not passed for `aaaaaaaaaaaa`")

    def test_what_github_says_against_it_is_told(self):
        self.hub.refused = {"/pulls/7/merge": 405}
        said, reactions = self.says("infra apply")
        self.assertIn("GitHub refuses the merge with status 405", said)
        self.assertEqual((reactions, self.hub.dispatched), (["-1"], []))
        self.hub.refused = {"/actions/workflows/deploy.yml/dispatches": 403}
        self.assertIn("the workflow `queue` does it within the hour", self.says("infra apply")[0])

    def test_the_workflow_is_off_and_no_text_reaches_a_shell(self):
        workflow = yaml.safe_load((ROOT / ".github/workflows/commands.yml").read_text())
        self.assertEqual(workflow[True], {"issue_comment": {"types": ["created"]}})
        [job] = workflow["jobs"].values()
        self.assertTrue(job["if"].startswith("${{ vars.COMMENT_COMMANDS == 'on' && "), job["if"])
        self.assertNotIn("id-token", job["permissions"])
        [checkout, step] = job["steps"]
        self.assertEqual(checkout["with"], {"persist-credentials": False, "ref": "main"})
        self.assertEqual((step["run"], set(step["env"])), ("scripts/delivery/command", {"GITHUB_TOKEN", "MERGE_METHOD"}))
        self.assertFalse(re.search(r"github\.event\.comment", str(step)))


if __name__ == "__main__":
    unittest.main()
