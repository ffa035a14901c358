"""Tests of scripts/delivery against a GitHub on this machine: what is believed, what is written over, what is left alone."""

import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import time
import unittest
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/lib"))
import github
import github_stand_in
import oci
import releases
import turns
from cases import Hub, script

HEAD, MERGE, MAIN, OTHER = "a" * 40, "b" * 40, "c" * 40, "d" * 40
MARKER = "<!-- infra:review:infra-app:prod -->"


class Delivery(Hub):
    def setUp(self):
        super().setUp()
        self.hub.commits = {
            MERGE: {"tree": {"sha": "tree-of-merge"}, "parents": [{"sha": MAIN}, {"sha": HEAD}]},
            MAIN: {"tree": {"sha": "tree-of-main"}, "parents": []},
            OTHER: {"tree": {"sha": "tree-of-somebody-else"}, "parents": [{"sha": MAIN}]},
        }
        self.hub.main = MAIN
        repository = {"full_name": github_stand_in.REPOSITORY}
        self.hub.pulls = {
            7: {"number": 7, "state": "open", "merge_commit_sha": MERGE, "head": {"sha": HEAD, "ref": "change", "repo": repository}},
            9: {"number": 9, "state": "open", "merge_commit_sha": "e" * 40, "head": {"sha": "f" * 40, "ref": "other", "repo": dict(repository)}},
        }
        self.event = event = self.folder / "event.json"
        event.write_text(json.dumps({"action": "opened", "pull_request": {"number": 7, "head": {"sha": HEAD}}}))
        os.environ |= {
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            "VARIABLES": json.dumps({"INFRA_ENVIRONMENT": "prod"}),
        }

    def started(self, by, commit, ref="refs/heads/main"):
        os.environ |= {"GITHUB_EVENT_NAME": by, "GITHUB_SHA": commit, "GITHUB_REF": ref}

    def refused(self, *arguments):
        said = io.StringIO()
        with redirect_stderr(said), self.assertRaises(SystemExit):
            github.subject(*arguments)
        return said.getvalue()

    def test_a_pull_request_is_about_its_merge_whatever_is_claimed(self):
        self.started("pull_request", MERGE)
        expected = github.Subject(7, MERGE, "tree-of-merge", False)
        self.assertEqual(github.subject(), expected)
        self.assertEqual(github.subject(99, OTHER), expected)

    def test_a_push_is_about_the_pull_request_that_it_came_with(self):
        self.started("push", MAIN)
        self.assertEqual(github.subject(), github.Subject(0, MAIN, "tree-of-main"))
        self.hub.pulls[7] |= {"merged_at": "2026-11-27T00:00:00Z", "merge_commit_sha": MAIN}
        self.hub.came_with[MAIN] = 7
        self.assertEqual(github.subject().prefix, "pr7")

    def test_by_hand_only_githubs_merge_of_the_pull_request_of_the_run_is_believed(self):
        self.started("workflow_dispatch", HEAD, "refs/heads/change")
        self.assertEqual(github.subject(7, MERGE), github.Subject(7, MERGE, "tree-of-merge"))
        self.assertIn("is bbbbbbbbbbbb, not dddddddddddd", self.refused(7, OTHER))
        self.assertIn("is not a commit", self.refused(7, "../pulls/7"))
        self.assertIn("is not a commit", self.refused(7, ""))
        self.started("workflow_dispatch", OTHER, "refs/heads/change")
        self.assertIn("is at aaaaaaaaaaaa, and this run at dddddddddddd", self.refused(7, MERGE))
        self.started("workflow_dispatch", HEAD, "refs/heads/change")
        self.hub.pulls[7]["head"]["repo"]["full_name"] = "somebody/notes"
        self.assertIn("comes from a fork", self.refused(7, MERGE))

    def test_a_branch_cannot_speak_for_the_pull_request_of_another(self):
        self.started("workflow_dispatch", HEAD, "refs/heads/change")
        self.assertIn("is at ffffffffffff, and this run at aaaaaaaaaaaa", self.refused(9, MERGE))
        self.assertIn("is at ffffffffffff", self.refused(9))
        # Nor for main, as which its change sets would be taken.
        self.assertIn("only a run of `main` can act for it", self.refused(0))
        self.assertIn("only a run of `main` can act for it", self.refused())
        # A second branch at the same commit is another branch.
        self.started("workflow_dispatch", HEAD, "refs/heads/copy")
        self.assertIn("is of `refs/heads/copy`", self.refused(7, MERGE))
        self.started("workflow_dispatch", HEAD, "refs/heads/change")
        self.hub.pulls[7]["state"] = "closed"
        self.assertIn("is closed", self.refused(7, MERGE))

    def test_a_merge_that_somebody_made_is_none_of_github(self):
        # It has the right parents and any tree.
        self.hub.commits[OTHER]["parents"] = [{"sha": MAIN}, {"sha": HEAD}]
        self.started("workflow_dispatch", HEAD, "refs/heads/change")
        self.assertIn("GitHub's merge of pull request 7", self.refused(7, OTHER))

    def test_a_merge_has_a_parent_on_main(self):
        self.hub.commits["9" * 40] = {"tree": {"sha": "x"}, "parents": []}
        self.hub.commits[MERGE]["parents"] = [{"sha": "9" * 40}, {"sha": HEAD}]
        for by, ref, claimed in (("workflow_dispatch", "refs/heads/change", (7, MERGE)), ("pull_request", "refs/pull/7/merge", ())):
            self.started(by, HEAD if claimed else MERGE, ref)
            self.assertIn("which is not on `main`", self.refused(*claimed))
        self.hub.commits[MERGE]["parents"] = [{"sha": HEAD}]
        self.assertIn("is not a merge of pull request 7", self.refused())

    def test_an_old_run_that_is_started_again_speaks_for_nothing(self):
        self.started("pull_request", MERGE, "refs/pull/7/merge")
        self.hub.pulls[7]["head"]["sha"] = OTHER
        self.assertIn("is at dddddddddddd, and this run at aaaaaaaaaaaa", self.refused())

    def test_a_place_in_the_merge_queue_is_beside_the_pull_request(self):
        ref = f"refs/heads/gh-readonly-queue/main/pr-7-{MAIN}"
        self.started("merge_group", MERGE, ref)
        self.event.write_text(json.dumps({"merge_group": {"head_sha": MERGE, "base_ref": "refs/heads/main"}}))
        self.assertEqual((github.subject().prefix, github.subject().tree), ("pr7q", "tree-of-merge"))
        self.started("merge_group", MERGE, "refs/heads/gh-readonly-queue/main/pr-7")
        self.assertIn("is not an entry of the merge queue", self.refused())
        self.started("merge_group", OTHER, ref)
        self.assertIn("the merge queue is at bbbbbbbbbbbb", self.refused())

    def test_no_other_event_speaks_for_anything(self):
        self.started("push", HEAD, "refs/heads/change")
        self.assertIn("only a run of `main` can act for it", self.refused(9))
        for kind in ("pull_request_target", "issue_comment", "workflow_run", "create"):
            self.started(kind, HEAD, "refs/heads/change")
            self.assertIn("cannot act for any pull request or branch", self.refused(9))
        # What was pushed away from main is not it.
        self.started("push", OTHER)
        self.assertIn("is not on `main`", self.refused())

    def test_the_queue_asks_github_and_starts_what_main_needs(self):
        self.started("push", MAIN)
        os.environ |= {"GITHUB_RUN_ID": str(self.hub.started("deploy.yml", MAIN, "push")["id"]), "GITHUB_OUTPUT": str(self.folder / "outputs")}
        queue = ROOT / "scripts/delivery/queue"
        done = subprocess.run([queue, "turn", "deploy.yml", "--plan", "--environment", "prod"], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (0, "go=true\ncontained=false\ndeployed=false\n"), done.stderr)
        done = subprocess.run([queue, "turn", "deploy.yml", "--plan", "--environment", "dev"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("`dev` is not an environment of the chain", done.stderr)
        rollback = self.hub.started("rollback.yml", MAIN, "workflow_dispatch")
        done = subprocess.run([queue, "turn", "deploy.yml", "--environment", "prod"], capture_output=True, text=True)
        self.assertEqual(done.stdout.splitlines(), ["go=false", "contained=false", "deployed=false", f"[run 2 of rollback]({rollback['html_url']}) goes first in `prod`"], done.stderr)
        self.assertIn("### Not now", (self.folder / "summary.md").read_text())
        # A migration is asked for by a person, who is told.
        done = subprocess.run([queue, "turn", "migration.yml", "--environment", "prod"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 6)
        self.assertIn("not now: [run 2 of rollback]", done.stderr)
        for run in self.hub.runs:
            run |= {"status": "completed", "conclusion": "cancelled"}
        done = subprocess.run([queue, "next"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([(one["workflow"], one["ref"]) for one in self.hub.dispatched], [("deploy.yml", "main")])
        # A branch is never deployed, whoever starts it.
        os.environ["GITHUB_REF"] = "refs/heads/change"
        done = subprocess.run([queue, "turn", "deploy.yml", "--environment", "prod"], capture_output=True, text=True)
        self.assertIn("only `main` is deployed", done.stderr)

    def test_a_fault_of_a_moment_is_asked_past(self):
        waited = []
        self.enter(mock.patch.object(github.time, "sleep", waited.append))
        self.hub.faults = [502, 0, 429]
        self.assertEqual(github.ask("GET", "/git/ref/heads/main")["object"]["sha"], MAIN)
        self.assertEqual(waited, list(github.PAUSES))
        # What lasts is told, and what is refused is not asked for twice.
        said = io.StringIO()
        self.hub.faults = [503] * 4
        with redirect_stderr(said), self.assertRaises(SystemExit):
            github.ask("GET", "/git/ref/heads/main")
        self.assertIn("GitHub responded with status 503", said.getvalue())
        self.hub.faults, waited[:] = [404], []
        with redirect_stderr(said), self.assertRaises(SystemExit):
            github.ask("GET", "/git/ref/heads/main")
        self.assertEqual((self.hub.faults, waited), ([], []))

    def test_what_may_not_be_done_twice_is_sent_once(self):
        self.enter(mock.patch.object(github.time, "sleep", lambda _: None))
        for fault, sent_again in ((502, False), (0, False), (429, True)):
            self.hub.faults, self.hub.comments = [fault], []
            with redirect_stderr(io.StringIO()):
                try:
                    github.ask("POST", "/issues/7/comments", {"body": "x"})
                except SystemExit:
                    pass
            self.assertEqual(len(self.hub.comments) == 1, sent_again, fault)
        self.hub.faults = [502, 0]
        self.assertEqual(github.attempt("POST", "/actions/workflows/deploy.yml/dispatches", {"ref": "main"}, repeatable=True)[0], 200)
        self.assertEqual(len(self.hub.dispatched), 1)

    def test_a_run_that_ended_meanwhile_keeps_nothing_from_being_started(self):
        os.environ |= {"GITHUB_RUN_ID": "1", "GITHUB_OUTPUT": str(self.folder / "outputs")}
        for status, code in ((409, 0), (403, 1)):
            waiting = self.hub.started("deploy.yml", MAIN, "push")
            waiting["status"] = "in_progress"
            waiting["jobs"] = [{"name": "prod / Plan", "status": "completed", "conclusion": "success", "started_at": "2026-01-01T00:00:00Z", "completed_at": "2026-01-01T00:01:00Z", "steps": []}]
            other = self.hub.started("rollback.yml", MAIN, "workflow_dispatch")
            steps = [{"name": "Roll back", "conclusion": "success"}]
            other |= {"status": "completed", "conclusion": "success"}
            other["jobs"] = [{"name": "Roll back", "status": "completed", "conclusion": "success", "completed_at": self.hub.now(), "steps": steps}]
            self.hub.refused = {f"/actions/runs/{waiting['id']}/cancel": status}
            self.hub.dispatched = []
            done = subprocess.run([ROOT / "scripts/delivery/queue", "next"], capture_output=True, text=True)
            self.assertEqual(done.returncode, code, done.stderr)
            self.assertEqual([one["workflow"] for one in self.hub.dispatched], ["deploy.yml"], done.stdout)
            waiting |= {"status": "completed", "conclusion": "cancelled"}

    def test_a_branch_that_refuses_leaves_the_others_planned(self):
        for pull in self.hub.pulls.values():
            pull["mergeable"] = True
        answer = github_stand_in.GitHub.answer
        for status, code in ((422, 0), (403, 1)):

            def answered(hub, method, path, body, status=status):
                if method == "POST" and body and body.get("ref") == "change":
                    return status, {"message": "no"}
                return answer(hub, method, path, body)

            self.hub.dispatched = []
            with mock.patch.object(github_stand_in.GitHub, "answer", answered):
                done = subprocess.run([ROOT / "scripts/delivery/replan"], capture_output=True, text=True)
            self.assertEqual(done.returncode, code, done.stderr)
            self.assertEqual([one["ref"] for one in self.hub.dispatched], ["other"])
            self.assertIn(f"- #7 cannot be planned again: GitHub responded with status {status}", done.stdout)

    def test_the_rule_for_main_is_held_to_what_is_committed(self):
        wanted = json.loads((ROOT / ".github/rulesets/main.json").read_text())["rules"]
        self.hub.rules = json.loads(json.dumps(wanted))
        rules = ROOT / "scripts/delivery/rules"
        ours = {"id": 3, **json.loads((ROOT / ".github/rulesets/tags.json").read_text())}
        self.hub.rulesets = [ours]
        done = subprocess.run([rules], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (0, "The rules match `.github/rulesets/main.json` and `.github/rulesets/tags.json`.\n"), done.stderr)
        checks = next(rule for rule in self.hub.rules if rule["type"] == "required_status_checks")["parameters"]["required_status_checks"]
        # Without a number, a check of any app would count.
        checks[1].pop("integration_id")
        self.hub.rules[2]["parameters"]["require_code_owner_review"] = False
        self.hub.rules.pop(1)
        done = subprocess.run([rules], capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        for part in ("the rule `non_fast_forward` is missing", "`plan passed` of app 15368", "`require_code_owner_review` is false"):
            self.assertIn(part, done.stdout)

    def test_who_may_bypass_the_rules_is_what_is_committed(self):
        committed = [json.loads((ROOT / f".github/rulesets/{name}.json").read_text()) for name in ("main", "tags")]
        main, tags = ({"id": number, **json.loads(json.dumps(one))} for number, one in enumerate(committed, 2))
        self.hub.rules = [{**rule, "ruleset_id": 2} for rule in main["rules"]]
        self.hub.rulesets = [main, tags]

        def rules():
            return subprocess.run([ROOT / "scripts/delivery/rules"], capture_output=True, text=True)

        self.assertEqual(rules().returncode, 0)
        for ruleset, who, said in (
            (main, {"actor_id": 5, "actor_type": "RepositoryRole", "bypass_mode": "always"}, "ruleset `main`: role `admin`, always may bypass it"),
            (main, {"actor_id": 99, "actor_type": "Integration", "bypass_mode": "pull_request"}, "ruleset `main`: Integration 99, pull_request may bypass it"),
            (tags, {"actor_id": None, "actor_type": "DeployKey", "bypass_mode": "always"}, "ruleset `no tag called main`: DeployKey, always may bypass it"),
        ):
            ruleset["bypass_actors"] = [who]
            done = rules()
            self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
            self.assertIn(said, done.stdout)
            ruleset["bypass_actors"] = []
        # GitHub shows them to administrators only: a note, which proves nothing.
        main.pop("bypass_actors")
        done = rules()
        self.assertEqual(done.returncode, 0)
        self.assertIn("note: ruleset `main`: bypass actors are shown to administrators only", done.stdout)

    def test_a_line_of_codeowners_without_an_owner_is_an_error(self):
        ours = {"id": 3, **json.loads((ROOT / ".github/rulesets/tags.json").read_text())}
        self.hub.rules, self.hub.rulesets = json.loads((ROOT / ".github/rulesets/main.json").read_text())["rules"], [ours]
        self.hub.owner_errors = [{"line": 3, "column": 22, "kind": "Unknown owner", "source": "/.github/ @your-org/delivery\n", "suggestion": "make sure @your-org/delivery exists", "message": "", "path": ".github/CODEOWNERS"}]
        done = subprocess.run([ROOT / "scripts/delivery/rules"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("- `.github/CODEOWNERS` line 3: Unknown owner: /.github/ @your-org/delivery: make sure", done.stdout)

    def test_no_tag_may_be_called_main(self):
        self.hub.rules = json.loads((ROOT / ".github/rulesets/main.json").read_text())["rules"]
        ours = {"id": 3, **json.loads((ROOT / ".github/rulesets/tags.json").read_text())}
        names = ours["conditions"]["ref_name"]
        for change, lacks in (
            ({}, False),
            ({"conditions": {"ref_name": {**names, "include": ["~ALL"]}}}, False),
            ({"conditions": {"ref_name": {**names, "include": ["refs/tags/v*"]}}}, True),
            ({"conditions": {"ref_name": {**names, "exclude": ["refs/tags/m*"]}}}, True),
            ({"enforcement": "disabled"}, True),
            ({"target": "branch"}, True),
            ({"rules": [{"type": "update"}]}, True),
        ):
            self.hub.rulesets = [{**ours, **change}]
            done = subprocess.run([ROOT / "scripts/delivery/rules"], capture_output=True, text=True)
            self.assertEqual("`refs/tags/main`: the rule `creation` is missing" in done.stdout, lacks, f"{change}: {done.stdout}{done.stderr}")
            self.assertEqual(done.returncode, int(lacks))
        self.hub.rulesets, self.hub.tags = [ours], {"main": OTHER}
        done = subprocess.run([ROOT / "scripts/delivery/rules"], capture_output=True, text=True)
        self.assertIn("there is a tag `main`", done.stdout)

    def test_a_run_of_a_tag_called_main_is_none_of_main(self):
        self.started("push", MAIN)
        executed = turns.EXECUTES[turns.DEPLOY][1]
        steps = [{"name": step, "conclusion": "success"} for step in (executed, turns.DEPLOYED)]
        for commit in (OTHER, "9" * 40):
            # Its workflow says of itself what it likes. GitHub names the tag as the branch, and may have forgotten the commit.
            run = self.hub.started("deploy.yml", commit, "push")
            run |= {"status": "completed", "conclusion": "success"}
            run["jobs"] = [{"name": "prod / Deploy", "status": "completed", "conclusion": "success", "completed_at": self.hub.now(), "steps": steps}]
            self.hub.started("rollback.yml", commit, "workflow_dispatch")
        own = self.hub.started("deploy.yml", MAIN, "push")["id"]
        queue = turns.Queue(own, ["prod"])
        self.assertIsNone(queue.last_deployed("prod"))
        self.assertTrue(queue.turn("deploy.yml", turns.PLAN, "prod").go, "a rollback of a tag holds nothing up")
        self.hub.runs[-1] |= {"status": "completed", "conclusion": "cancelled"}
        _, needed, why = turns.Queue(1, ["prod"]).look()
        self.assertTrue(needed, why)

    def test_who_approves_sees_the_sum_of_the_plan_file_and_what_it_binds(self):
        plan = script("delivery/plan")
        step = {"kind": "changeSet", "changeSet": "arn:aws:cloudformation:us-east-1:1:changeSet/pr0-1/2", "changes": "c" * 64, "stackId": "x", "fields": {}, "expires": ""}
        record = {"assembly": "a" * 64, "site": "5" * 64, "images": {"Service/Api": ["notes@sha256:" + "d" * 64]}, "stacks": [{"stack": "notes-service", "key": "k", "step": step}]}
        new, old = self.folder / "plan.json", self.folder / "old.json"
        new.write_text(json.dumps(record))
        told = plan.told(new, True)
        for part in (hashlib.sha256(new.read_bytes()).hexdigest(), "a" * 64, "5" * 64, "notes@sha256:" + "d" * 64, step["changeSet"], "c" * 64):
            self.assertIn(part, told)
        old.write_text(json.dumps({**record, "stacks": [{"stack": "notes-service", "key": "k", "step": {**step, "changeSet": "another"}}]}))
        self.assertEqual(plan.compared(new, old, "pr7"), "The same changes as were reviewed on #7.")
        old.write_text(json.dumps({**record, "stacks": [{"stack": "notes-service", "key": "k", "step": {**step, "changes": "e" * 64}}]}))
        self.assertIn("**This differs from what was reviewed on #7**; it differs in `notes-service`", plan.compared(new, old, "pr7"))
        self.assertIn("**Review this plan as a new one.**", plan.compared(new, None, "pr7"))

    def test_only_a_plan_that_nobody_executes_may_have_unpublished_assets(self):
        plan = script("delivery/plan")
        for delivery, executed, expected in (
            ({}, False, "--no-publish"),
            ({"assets": False}, False, "--no-publish"),
            ({"assets": True}, False, "--allow-unpublished"),
            ({"assets": True}, True, "--no-publish"),
        ):
            plan.project = lambda delivery=delivery: {"delivery": delivery}
            self.assertEqual(plan.planning(executed), ["plan", expected])

    def test_drift_is_brought_back_by_a_plan_and_by_nothing_else(self):
        tool = self.folder / "infra"
        tool.write_text(f"""#!/bin/sh
echo "$*" >>{self.folder}/called
case "$*" in *" deploy "*) exit 4 ;; *" releases "*) echo '[]' ;; esac
""")
        tool.chmod(0o755)
        os.environ |= {"ACTIONS_ID_TOKEN_REQUEST_URL": f"{self.hub.address}/id-token", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "id-token-request"}
        roles = {name: "arn:aws:iam::123456789012:role/x" for name in ("DEPLOY_ROLE", "EXECUTION_ROLE", "PLAN_ROLE")}
        os.environ |= {**roles, "INFRA_TOOL": str(tool), "INFRA_ENVIRONMENT": "prod", "GITHUB_OUTPUT": str(self.folder / "outputs")}
        for given, expected in (("true", True), ("false", False)):
            (self.folder / "called").unlink(missing_ok=True)
            subprocess.run([ROOT / "scripts/delivery/plan", "make", "--assembly", "a", "--prefix", "pr0", "--revert-drift", given], capture_output=True)
            done = subprocess.run([ROOT / "scripts/delivery/release", "--assembly", "a", "--plan", "p", "--signer", "s", "--revert-drift", given], capture_output=True, text=True)
            called = [line for line in (self.folder / "called").read_text().splitlines() if " releases " not in line]
            self.assertEqual([" --revert-drift" in line for line in called], [expected, expected], called)
            self.assertEqual(done.returncode, 4, done.stderr)
            # Nothing else than what was signed is executed.
            self.assertIn("--plan p --require-signer s", called[-1])
        self.assertIn("outcome=stale", (self.folder / "outputs").read_text())

    def released(self, releases, fails="", code=5):
        """A deployment after which the tool fails where `fails` says; what the tool was called with, and how it ended."""
        tool = self.folder / "infra"
        tool.write_text(f"""#!/bin/sh
echo "$*" >>{self.folder}/called
case "$*" in
*" releases "*) {releases if isinstance(releases, str) else f"echo '{json.dumps(releases)}'"} ;;
*" {fails or 'nothing'} "*) exit {code} ;;
esac
""")
        tool.chmod(0o755)
        (self.folder / "called").unlink(missing_ok=True)
        (self.folder / "p").write_text("{}")
        os.environ |= {"ACTIONS_ID_TOKEN_REQUEST_URL": f"{self.hub.address}/id-token", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "id-token-request"}
        roles = {name: f"arn:aws:iam::123456789012:role/{name}" for name in ("DEPLOY_ROLE", "EXECUTION_ROLE", "PLAN_ROLE")}
        os.environ |= {**roles, "INFRA_TOOL": str(tool), "INFRA_ENVIRONMENT": "prod", "GITHUB_OUTPUT": str(self.folder / "outputs"), "GITHUB_SHA": MAIN, "GITHUB_RUN_ID": "1"}
        command = [ROOT / "scripts/delivery/release", "--assembly", "a", "--plan", str(self.folder / "p"), "--signer", "s", "--site", "s"]
        done = subprocess.run([*command, "--address", self.hub.address, "--smoke-within", "0"], capture_output=True, text=True)
        return (self.folder / "called").read_text().splitlines(), done

    def test_what_goes_back_gives_the_execution_role_as_what_went_forth(self):
        for fails in ("deploy", "publish-site", ""):
            called, done = self.released([{"release": 41}], fails)
            self.assertEqual(done.returncode, 5, done.stderr)
            making = [line for line in called if " deploy " in line or " rollback --to " in line]
            self.assertEqual(len(making), 2, called)
            for line in making:
                self.assertIn("--role-arn arn:aws:iam::123456789012:role/EXECUTION_ROLE", line)

    def test_what_goes_back_goes_to_the_release_that_ran_before(self):
        # Whatever the run has recorded until then: a page alone, or nothing.
        for fails in ("deploy", "publish-site", ""):
            called, done = self.released([{"release": 41}], fails)
            self.assertEqual(done.returncode, 5, done.stderr)
            commands = [line.split()[4] for line in called]
            self.assertEqual(commands[:2], ["releases", "deploy"])
            [back] = [line for line in called if " rollback " in line]
            self.assertIn(" rollback --to 41 ", back)
            self.assertIn("outcome=rolled-back", (self.folder / "outputs").read_text())
            (self.folder / "outputs").unlink()
        self.assertIn("everything is as it was before, at release 41", (self.folder / "summary.md").read_text())

    def test_a_deployment_in_part_is_rolled_back_and_not_called_stale(self):
        for code, back in ((9, True), (4, False), (6, False)):
            (self.folder / "outputs").unlink(missing_ok=True)
            called, done = self.released([{"release": 41}], "deploy", code)
            self.assertEqual(done.returncode, 5 if back else code, done.stderr)
            self.assertEqual([" rollback --to 41 " in line for line in called].count(True), int(back), called)
            outputs = self.folder / "outputs"
            self.assertEqual("outcome=stale" in (outputs.read_text() if outputs.exists() else ""), not back)

    def test_before_the_first_release_there_is_nothing_to_go_back_to(self):
        for releases in ([], "echo 'error[INF7520]: no deployed stack keeps releases' >&2; exit 1"):
            (self.folder / "summary.md").unlink(missing_ok=True)
            called, done = self.released(releases)
            self.assertEqual(done.returncode, 7, done.stderr)
            self.assertFalse([line for line in called if " rollback " in line])
            self.assertIn("**there is no release to roll back to**", (self.folder / "summary.md").read_text())
            self.assertIn("outcome=decide", (self.folder / "outputs").read_text())

    def test_nothing_is_deployed_where_the_releases_cannot_be_read(self):
        called, done = self.released("echo denied >&2; exit 8")
        self.assertEqual((done.returncode, [line for line in called if " deploy " in line]), (8, []), done.stderr)
        called, done = self.released("exit 130")
        self.assertEqual((done.returncode, [line for line in called if " deploy " in line]), (130, []), done.stderr)
        self.assertIn("outcome=stale", (self.folder / "outputs").read_text())

    # Release 5 brought 2 back, and was taken back by 6, which brought 4 back: newest first.
    RELEASES = [
        {"release": number, "restores": restores, "time": "2026-11-27T00:00:00Z", "commit": MAIN, "images": {"Service/Api": "sha256:" + str(number) * 64}}
        for number, restores in ((6, 4), (5, 2), (4, None), (3, None), (2, None), (1, None))
    ]

    def test_previous_is_what_the_tool_takes_for_it(self):
        def number(which, first=0):
            found = releases.choose(self.RELEASES[first:], which)
            return found and found["release"]

        # 6 is 4, 5 is 2, and 1 has nothing before it.
        self.assertEqual([number("previous", first) for first in range(6)], [3, 1, 3, 2, 1, None])
        self.assertEqual((number("latest"), number("3"), number("9"), number("no")), (6, 3, None, None))
        self.assertIsNone(releases.choose([], "previous"))

    def test_a_rollback_says_by_number_what_it_brings_back(self):
        tool = self.folder / "infra"
        tool.write_text(f"#!/bin/sh\necho '{json.dumps(self.RELEASES)}'\n")
        tool.chmod(0o755)
        os.environ |= {"ACTIONS_ID_TOKEN_REQUEST_URL": f"{self.hub.address}/id-token", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "id-token-request"}
        os.environ |= {"PLAN_ROLE": "arn:aws:iam::123456789012:role/plan", "INFRA_TOOL": str(tool), "INFRA_ENVIRONMENT": "prod", "GITHUB_RUN_ID": "1"}
        done = subprocess.run([ROOT / "scripts/delivery/chosen", "previous", "--assembly", "a"], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (0, "release=3\nnewest=6\n"), done.stderr)
        summary = (self.folder / "summary.md").read_text()
        self.assertIn("| runs now | 6, which is 4 |", summary)
        self.assertIn("| **is brought back** | 3 |", summary)
        done = subprocess.run([ROOT / "scripts/delivery/chosen", "9", "--assembly", "a"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("one of 6, 5, 4, 3, 2, 1", done.stderr)

    def test_a_release_is_found_however_old_it_is(self):
        many = [{**self.RELEASES[2], "release": number, "restores": None} for number in range(120, 0, -1)]
        tool = self.folder / "infra"
        tool.write_text(f"""#!{sys.executable}
import json, sys
limit = int(sys.argv[sys.argv.index("--limit") + 1])
with open({str(self.folder / "limits")!r}, "a") as file:
    print(limit, file=file)
print(json.dumps(json.load(open({str(self.folder / "releases.json")!r}))[:limit]))
""")
        tool.chmod(0o755)
        os.environ |= {"INFRA_TOOL": str(tool), "INFRA_ENVIRONMENT": "prod"}

        def asked(which):
            (self.folder / "limits").unlink(missing_ok=True)
            with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                found, heard = releases.listed(None, "a", which)
            self.assertEqual(heard.code, 0)
            chosen = releases.choose(found, which)
            return chosen and chosen["release"], (self.folder / "limits").read_text().split()

        (self.folder / "releases.json").write_text(json.dumps(many))
        self.assertEqual(asked("119"), (119, ["50"]))
        self.assertEqual(asked("3"), (3, ["50", "118"]))
        self.assertEqual(asked("previous"), (119, ["50"]))
        self.assertEqual(asked("500"), (None, ["50"]))
        # Each of the newest brought the third one back: what served before that is the second.
        back = [{**one, "restores": 3} if one["release"] > 60 else one for one in many]
        (self.folder / "releases.json").write_text(json.dumps(back))
        self.assertEqual(asked("previous"), (2, ["50", "120"]))

    def test_the_chain_is_that_of_the_variables_of_the_repository(self):
        def told(*arguments, **variables):
            os.environ |= {"VARIABLES": json.dumps(variables), "GITHUB_ENV": str(self.folder / "env"), "GITHUB_OUTPUT": str(self.folder / "outputs")}
            return subprocess.run([ROOT / "scripts/delivery/chain", *arguments], capture_output=True, text=True)

        def of(name):
            return {"AWS_REGION": "eu-central-1", "IMAGE_REPOSITORY": f"{name}/notes", **{f"{role}_ROLE": f"arn:{name}:{role}" for role in ("PLAN", "DEPLOY", "EXECUTION")}}

        own = {"INFRA_ENVIRONMENT": "prod", "PUBLIC_ADDRESS": "https://notes.example.com", **of("prod")}
        self.assertEqual(told("show", **own).stdout, 'chain=["prod"]\n', "one environment needs no chain")
        both = json.dumps({"dev": of("dev"), "prod": {}})
        done = told("show", ENVIRONMENTS=both, **own)
        self.assertEqual(done.stdout, 'chain=["dev", "prod"]\n', done.stderr)
        self.assertIn("`dev` → `prod`", (self.folder / "summary.md").read_text())
        done = told("settings", "dev", ENVIRONMENTS=both, **own)
        self.assertEqual(done.returncode, 0, done.stderr)
        given = dict(line.split("=", 1) for line in (self.folder / "env").read_text().splitlines())
        # Nothing of the other environment: its address is not that of this one.
        self.assertEqual(given, {**of("dev"), "ASSETS_ROLE": "", "PUBLIC_ADDRESS": "", "SMOKE_SECONDS": "180", "INFRA_ENVIRONMENT": "dev"})
        told("settings", "prod", ENVIRONMENTS=both, **own)
        self.assertIn("address=https://notes.example.com\n", (self.folder / "outputs").read_text())
        # Without images, as generated projects are, there is no place for them.
        no_images = {"ENVIRONMENTS": json.dumps({"dev": {**of("dev"), "IMAGE_REPOSITORY": ""}, "prod": {}})}
        self.assertEqual(told("show", **own, **no_images).returncode, 0)
        for variables, code, message in (
            ({"ENVIRONMENTS": json.dumps({"dev": {**of("dev"), "DEPLOY_ROLE": ""}, "prod": {}})}, 8, "the environment `dev` has no DEPLOY_ROLE"),
            ({"PROPOSAL_REPOSITORY": "proposals/notes", **no_images}, 8, "the environment `dev` has no IMAGE_REPOSITORY"),
            ({"PROPOSAL_REPOSITORY": "proposals/notes", "IMAGE_REPOSITORY": ""}, 8, "the environment `prod` has no IMAGE_REPOSITORY"),
            ({"ENVIRONMENTS": json.dumps({"prod": {}, "dev": of("dev")})}, 1, "the chain is prod, dev, and deploy.yml goes through dev, prod"),
            ({"ENVIRONMENTS": json.dumps({"qa": of("qa"), "prod": {}})}, 1, "the chain is qa, prod, and deploy.yml goes through dev, prod"),
            ({"ENVIRONMENTS": json.dumps({"dev": {"REGION": "x"}, "prod": {}})}, 1, "`REGION` of `dev` in the variable ENVIRONMENTS is not a known setting"),
            ({"ENVIRONMENTS": json.dumps({"dev": {**of("dev"), "AWS_REGION": "x\nPATH=/tmp"}})}, 1, "AWS_REGION of the environment `dev` is not a single line of text"),
            ({"PLAN_ROLE": "x\nPATH=/tmp"}, 1, "PLAN_ROLE of the environment `prod` is not a single line of text"),
            ({"ENVIRONMENTS": "{"}, 1, "is not valid JSON"),
            ({"ENVIRONMENTS": "[]"}, 1, "is not a JSON object of objects"),
            ({"ENVIRONMENTS": json.dumps({"../x": {}})}, 1, "is not a valid environment name"),
            ({"INFRA_ENVIRONMENT": ""}, 1, "neither `ENVIRONMENTS` nor `INFRA_ENVIRONMENT` is set"),
        ):
            done = told("show", **{**own, **variables})
            self.assertEqual((done.returncode, message in done.stderr), (code, True), f"{variables}: {done.stderr}")

    def test_pull_requests_are_planned_for_one_environment_unless_all_are_asked_for(self):
        def told(**variables):
            os.environ["VARIABLES"] = json.dumps(variables)
            return subprocess.run([ROOT / "scripts/delivery/chain", "planned"], capture_output=True, text=True)

        chain = {"ENVIRONMENTS": json.dumps({"dev": {}, "qa": {}, "prod": {}})}
        for variables, expected in (
            ({"INFRA_ENVIRONMENT": "prod"}, ["prod"]),
            ({**chain, "INFRA_ENVIRONMENT": "qa"}, ["qa"]),
            ({"ENVIRONMENTS": json.dumps({"dev": {}})}, ["dev"]),
            ({**chain, "PLAN_ENVIRONMENTS": "all"}, ["dev", "qa", "prod"]),
            ({**chain, "INFRA_ENVIRONMENT": "prod", "PLAN_ENVIRONMENTS": "all"}, ["dev", "qa", "prod"]),
        ):
            done = told(**variables)
            self.assertEqual(done.stdout, f"environments={json.dumps(expected)}\n", f"{variables}: {done.stderr}")
        for variables, message in (
            (chain, "INFRA_ENVIRONMENT does not name the one that pull requests are planned for"),
            ({**chain, "PLAN_ENVIRONMENTS": "dev"}, "the variable PLAN_ENVIRONMENTS is `dev`"),
            ({**chain, "INFRA_ENVIRONMENT": "staging"}, "`staging`, the value of INFRA_ENVIRONMENT, is not an environment of the chain"),
        ):
            done = told(**variables)
            self.assertEqual((done.returncode, message in done.stderr), (1, True), done.stderr)

    def test_the_summary_says_which_release_is_where_and_what_cannot_be_read(self):
        (self.folder / "releases.json").write_text(json.dumps([{**self.RELEASES[0], "plan": "f" * 64}]))
        tool = self.folder / "infra"
        tool.write_text(f"""#!/bin/sh
case " $* " in
  *" --env dev "*) cat {self.folder / "releases.json"} ;;
  *" --env qa "*) echo "error[INF7520]: nothing keeps releases" >&2; exit 1 ;;
  *) echo "error[INF7101]: denied | here" >&2; exit 8 ;;
esac
""")
        tool.chmod(0o755)
        entry = {name: "x" for name in ("AWS_REGION", "PLAN_ROLE", "DEPLOY_ROLE", "EXECUTION_ROLE", "IMAGE_REPOSITORY")}
        os.environ |= {"ACTIONS_ID_TOKEN_REQUEST_URL": f"{self.hub.address}/id-token", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "id-token-request", "INFRA_TOOL": str(tool)}
        os.environ |= {"VARIABLES": json.dumps({"ENVIRONMENTS": json.dumps({"dev": entry, "qa": entry, "prod": entry})}), "GITHUB_RUN_ID": "1"}
        done = subprocess.run([ROOT / "scripts/delivery/chain", "releases", "--assembly", "built"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 1, "what cannot be read is not passed over")
        rows = [line for line in (self.folder / "summary.md").read_text().splitlines() if line.startswith("| `")]
        self.assertEqual(rows[0], f"| `dev` | 6 (is 4) | `{MAIN[:12]}` | `666666666666` | 2026-11-27T00:00:00Z | `ffffffffffff` |")
        self.assertEqual(rows[1], "| `qa` | none yet | | | | |")
        self.assertEqual(rows[2], "| `prod` | ⚠️ cannot be read: error[INF7101]: denied ¦ here | | | | |")

    def test_the_images_that_are_looked_for_are_those_of_the_release_that_was_shown(self):
        image, asked = script("delivery/image"), []
        self.enter(mock.patch.object(image.releases, "listed", lambda *_: (self.RELEASES, image.releases.Heard(0, "", ""))))
        self.enter(mock.patch.object(image.registry, "sign_in", lambda _: "releases"))
        self.enter(mock.patch.object(image.registry, "digest_of", lambda name: asked.append(name) or name))
        self.enter(mock.patch.object(image.registry, "refuse_expiring", lambda *_: None))

        def restorable(release, newest):
            said = io.StringIO()
            with redirect_stderr(said), redirect_stdout(said):
                try:
                    code = image.restorable(mock.Mock(release=release, newest=newest, assembly="a"))
                except SystemExit as ended:
                    code = ended.code
            return code, said.getvalue()

        self.assertEqual(restorable("3", "6")[0], 0)
        self.assertEqual(asked, ["releases@sha256:" + "3" * 64])
        # Somebody deployed after it was shown: what runs, and what is before it, is another.
        code, said = restorable("3", "5")
        self.assertEqual(code, 4)
        self.assertIn("the newest release is 6, and was 5 when release 3 was shown", said)
        self.assertEqual(len(asked), 1)

    def test_a_signal_reaches_the_program_behind_the_scripts(self):
        tool = self.folder / "infra"
        tool.write_text("""#!/usr/bin/env python3
import pathlib, signal, sys, time
def left(number, _):
    print("left: infra watch comes back to it", file=sys.stderr)
    sys.exit(130)
if "releases" in sys.argv:
    sys.exit(print("[]"))
signal.signal(signal.SIGINT, left)
pathlib.Path(__file__).with_name("began").touch()
time.sleep(60)
""")
        tool.chmod(0o755)
        os.environ |= {"ACTIONS_ID_TOKEN_REQUEST_URL": f"{self.hub.address}/id-token", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "id-token-request"}
        roles = {name: "arn:aws:iam::123456789012:role/x" for name in ("DEPLOY_ROLE", "EXECUTION_ROLE", "PLAN_ROLE")}
        os.environ |= {**roles, "INFRA_TOOL": str(tool), "INFRA_ENVIRONMENT": "prod", "GITHUB_OUTPUT": str(self.folder / "outputs"), "GITHUB_RUN_ID": "1", "GITHUB_RUN_ATTEMPT": "1"}
        os.environ |= {"REVERT_DRIFT": "false", "SUM": "x", "WHAT": "up", "TO": "", "RELEASE": "previous", "PUBLIC_ADDRESS": "", "SMOKE_SECONDS": "1", "REVIEWED": "pr7"}
        (self.folder / "built").mkdir()
        (self.folder / "built/infra").touch()
        # The steps as the runner starts them: the signal goes to the shell alone.
        for name, job, step in (("environment.yml", "deploy", "Deploy, publish, test, or go back"), ("environment.yml", "plan", "Plan, and show it")):
            (self.folder / "began").unlink(missing_ok=True)
            steps = yaml.safe_load((ROOT / ".github/workflows" / name).read_text())["jobs"][job]["steps"]
            [text] = [one["run"] for one in steps if one.get("name") == step]
            text = text.replace("exec scripts/", f"exec {ROOT}/scripts/")
            with self.subTest(step=step):
                process = subprocess.Popen(["bash", "-e", "-c", text], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                self.addCleanup(process.kill)
                until = time.monotonic() + 20
                while not (self.folder / "began").exists() and time.monotonic() < until:
                    time.sleep(0.02)
                process.send_signal(signal.SIGINT)
                self.assertEqual(process.wait(timeout=7), 130)
        self.assertIn("outcome=left", (self.folder / "outputs").read_text())
        self.assertIn("the operation continues in AWS", (self.folder / "summary.md").read_text())

    def test_the_comment_of_somebody_else_is_left_alone(self):
        self.hub.comments.append({"id": 1, "about": 7, "user": {"login": "mallory"}, "body": f"{MARKER}\nall is well", "html_url": ""})
        github.upsert_comment(7, f"{MARKER}\nfirst")
        github.upsert_comment(7, f"{MARKER}\nsecond")
        github.upsert_comment(7, "<!-- infra:review:infra-app:dev -->\nof another environment")
        self.assertEqual([c["body"].split("\n")[1] for c in self.hub.comments], ["all is well", "second", "of another environment"])

    def test_one_issue_is_written_over_and_closed(self):
        for text in ("first", "second", None, None):
            github.upsert_issue("<!-- infra:drift:prod -->", "Drift in prod", text)
        [issue] = self.hub.issues
        self.assertEqual((issue["state"], issue["body"].split("\n")[1]), ("closed", "second"))

    def test_text_of_programs_cannot_end_its_block(self):
        self.assertEqual(github.fenced("a\n```\n# b\x1b[31m"), "````text\na\n```\n# b\n````")

    def test_a_summary_has_no_commands_to_the_runner(self):
        said = "::add-mask::jwt-1\n::group::Web: deploying\n 1s done\n::endgroup::\n::error file=a.rs,line=3::it failed\nthe end"
        self.assertEqual(github.fenced(said), "```text\nWeb: deploying\n 1s done\nit failed\nthe end\n```")

    def test_a_role_is_given_to_one_command_and_to_nothing_else(self):
        os.environ |= {"ACTIONS_ID_TOKEN_REQUEST_URL": f"{self.hub.address}/id-token", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "id-token-request"}
        os.environ |= {"PLAN_ROLE": "arn:aws:iam::123456789012:role/plan", "GITHUB_RUN_ID": "12"}
        show = 'cat "$AWS_WEB_IDENTITY_TOKEN_FILE"; echo; stat -c %a "$AWS_WEB_IDENTITY_TOKEN_FILE"; env | grep -E "^(AWS_ROLE|ACTIONS_ID)"; echo "$AWS_WEB_IDENTITY_TOKEN_FILE"; exit 5'
        done = subprocess.run([ROOT / "scripts/delivery/with-role", "PLAN_ROLE", "--", "sh", "-c", show], capture_output=True, text=True)
        *said, place = done.stdout.splitlines()
        self.assertEqual(done.returncode, 5, done.stderr)
        self.assertEqual(sorted(said), sorted(["jwt-1", "600", "AWS_ROLE_ARN=arn:aws:iam::123456789012:role/plan", "AWS_ROLE_SESSION_NAME=run-12-1"]))
        self.assertIn("::add-mask::jwt-1", done.stderr)
        self.assertFalse(Path(place).exists())

    def test_without_a_token_the_way_out_is_said(self):
        os.environ["PLAN_ROLE"] = "arn"
        done = subprocess.run([ROOT / "scripts/delivery/with-role", "PLAN_ROLE", "--", "true"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 8)
        self.assertIn("id-token: write", done.stderr)
        done = subprocess.run([ROOT / "scripts/delivery/with-role", "DEPLOY_ROLE", "--", "true"], capture_output=True, text=True)
        self.assertIn("`DEPLOY_ROLE` is not set", done.stderr)

    def test_a_build_refuses_to_run_beside_credentials(self):
        for name in ("AWS_SECRET_ACCESS_KEY", "ACTIONS_ID_TOKEN_REQUEST_URL"):
            done = subprocess.run([ROOT / "scripts/delivery/build"], env={**os.environ, name: "x"}, capture_output=True, text=True)
            self.assertEqual(done.returncode, 2)
            self.assertIn(name, done.stderr)

    def test_an_image_whose_parts_are_others_than_it_says_is_refused(self):
        index = {"manifests": [{"digest": "sha256:" + "0" * 64}]}
        path = self.folder / "image.tar"
        with tarfile.open(path, "w") as archive:
            for name, data in (("index.json", json.dumps(index).encode()), ("blobs/sha256/" + "0" * 64, b"{}")):
                part = tarfile.TarInfo(name)
                part.size = len(data)
                archive.addfile(part, io.BytesIO(data))
        said = io.StringIO()
        with tarfile.open(path) as archive, redirect_stderr(said), self.assertRaises(SystemExit):
            oci.manifest(archive)
        self.assertIn("a part of the image is not sha256:000", said.getvalue())

    def artifact(self, *arguments):
        return subprocess.run([ROOT / "scripts/delivery/artifact", *arguments], capture_output=True, text=True)

    def test_what_a_job_handed_on_is_taken_and_nothing_else(self):
        built = self.folder / "built"
        (built / "assembly").mkdir(parents=True)
        (built / "infra").write_text("program")
        (built / "assembly/manifest.json").write_text("{}")
        found = self.artifact("sum", str(built)).stdout.strip().removeprefix("sum=")
        self.assertRegex(found, r"^[0-9a-f]{64}$")
        self.assertEqual(self.artifact("check", str(built), found).returncode, 0)
        self.assertTrue(os.access(built / "infra", os.X_OK), "artifacts lose that it is a program")
        before = (built / "infra").read_text()
        for change in (
            lambda: (built / "infra").write_text("another"),
            lambda: (built / "more").write_text(""),
            lambda: (built / "assembly/manifest.json").rename(built / "manifest.json"),
        ):
            change()
            done = self.artifact("check", str(built), found)
            self.assertEqual(done.returncode, 4)
            self.assertIn("differs from what the job that created it passed on", done.stderr)
        (built / "infra").write_text(before)
        self.assertEqual(self.artifact("check", str(built), "").returncode, 4)

    def test_a_job_with_a_token_builds_nothing(self):
        os.environ |= {"ACTIONS_ID_TOKEN_REQUEST_URL": "http://127.0.0.1:9", "PLAN_ROLE": "arn"}
        os.environ.pop("INFRA_TOOL", None)
        done = subprocess.run([ROOT / "scripts/delivery/operate", "--role", "PLAN_ROLE", "--", "releases"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("it must build nothing", done.stderr)

    def test_images_that_run_are_those_of_the_newest_deployments(self):
        os.environ["VARIABLES"] = json.dumps({"INFRA_ENVIRONMENT": "prod", "ENVIRONMENTS": json.dumps({"dev": {}, "prod": {}})})
        executed = turns.EXECUTES[turns.DEPLOY][1]

        def deployed():
            done = subprocess.run([ROOT / "scripts/delivery/deployed"], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            return [tuple(image.values()) for image in json.loads(done.stdout.removeprefix("images="))]

        def ended(workflow, *jobs, commit=MAIN):
            run = self.hub.started(workflow, commit, "push")
            run["jobs"] = [
                {"name": job, "status": "completed", "conclusion": "success", "completed_at": self.hub.now(), "steps": [{"name": step, "conclusion": "success"} for step in steps]}
                for job, *steps in jobs
            ]
            return str(run["id"])

        def keep(run, expired=False):
            self.hub.settings[f"/actions/runs/{run}/artifacts"] = {"artifacts": [{"expired": expired}]}

        self.assertEqual(deployed(), [("main", "", "", False)], "before the first deployment main itself is built twice")
        both = ended("deploy.yml", ("dev / Deploy", executed, turns.DEPLOYED), ("prod / Deploy", executed, turns.DEPLOYED))
        # It ended well too, because another had deployed what it is about: what it lists runs nowhere.
        ended("deploy.yml", ("prod / Deploy", "Wait for the turn in the queue"))
        keep(both)
        self.assertEqual(deployed(), [("dev, prod", both, MAIN, True)], "one image is looked at once")
        summary = self.folder / "summary.md"
        self.assertNotIn("rolled `prod` back", summary.read_text())
        # An environment is ahead of the other, and a list that is gone hides none that is there.
        self.hub.commits[MERGE]["parents"] = [{"sha": MAIN}]
        self.hub.main = MERGE
        ahead = ended("deploy.yml", ("dev / Deploy", executed, turns.DEPLOYED), commit=MERGE)
        keep(ahead)
        keep(both, expired=True)
        self.assertEqual(deployed(), [("dev", ahead, MERGE, True), ("prod", both, MAIN, False)])
        ended("rollback.yml", ("Roll back", "Roll back"))
        self.assertEqual(len(deployed()), 2)
        self.assertIn("rolled `prod` back", summary.read_text())

    def test_a_site_that_answers_wrongly_fails_and_says_how(self):
        said = io.StringIO()
        with redirect_stdout(said):
            done = subprocess.run([ROOT / "scripts/delivery/smoke", self.hub.address, "--within", "0"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("GET /: 401, and not 200", done.stdout)
        self.assertIn("| the page and what it loads | ❌", (self.folder / "summary.md").read_text())


if __name__ == "__main__":
    unittest.main()
