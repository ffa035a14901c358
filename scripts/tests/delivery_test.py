"""Tests of scripts/delivery against a GitHub on this machine: what is believed, what is written over, what is left alone."""

import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import unittest
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/lib"))
import github
import github_stand_in
import oci

HEAD, MERGE, MAIN, OTHER = "a" * 40, "b" * 40, "c" * 40, "d" * 40
MARKER = "<!-- infra:review:infra-app:prod -->"


class Delivery(unittest.TestCase):
    def enter(self, context):
        """As `enterContext`, which Python 3.10 does not have."""
        value = context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        return value

    def setUp(self):
        self.enter(mock.patch.dict(os.environ, clear=False))
        for name in [name for name in os.environ if name.startswith(("GITHUB_", "ACTIONS_"))]:
            del os.environ[name]
        self.hub = self.enter(github_stand_in.serving())
        self.folder = Path(self.enter(tempfile.TemporaryDirectory()))
        self.hub.commits = {
            MERGE: {"tree": {"sha": "tree-of-merge"}, "parents": [{"sha": MAIN}, {"sha": HEAD}]},
            MAIN: {"tree": {"sha": "tree-of-main"}, "parents": []},
            OTHER: {"tree": {"sha": "tree-of-somebody-else"}, "parents": [{"sha": MAIN}]},
        }
        self.hub.pulls = {7: {"number": 7, "state": "open", "head": {"sha": HEAD, "ref": "change", "repo": {"full_name": github_stand_in.REPOSITORY}}}}
        event = self.folder / "event.json"
        event.write_text(json.dumps({"pull_request": {"number": 7}}))
        os.environ |= {
            "GITHUB_API_URL": self.hub.address,
            "GITHUB_REPOSITORY": github_stand_in.REPOSITORY,
            "GITHUB_TOKEN": github_stand_in.TOKEN,
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            "NO_PROXY": "127.0.0.1",
        }

    def started(self, by, commit):
        os.environ |= {"GITHUB_EVENT_NAME": by, "GITHUB_SHA": commit}

    def refused(self, *arguments):
        said = io.StringIO()
        with redirect_stderr(said), self.assertRaises(SystemExit):
            github.subject(*arguments)
        return said.getvalue()

    def test_a_pull_request_is_about_its_merge_whatever_is_claimed(self):
        self.started("pull_request", MERGE)
        expected = github.Subject(7, MERGE, "tree-of-merge")
        self.assertEqual(github.subject(), expected)
        self.assertEqual(github.subject(99, OTHER), expected)

    def test_a_push_is_about_the_pull_request_that_it_came_with(self):
        self.started("push", MAIN)
        self.assertEqual(github.subject(), github.Subject(0, MAIN, "tree-of-main"))
        self.hub.pulls[7] |= {"merged_at": "2026-11-27T00:00:00Z", "merge_commit_sha": MAIN}
        self.hub.came_with[MAIN] = 7
        self.assertEqual(github.subject().prefix, "pr7")

    def test_by_hand_only_a_merge_of_the_commit_of_the_run_is_believed(self):
        self.started("workflow_dispatch", HEAD)
        self.assertEqual(github.subject(7, MERGE), github.Subject(7, MERGE, "tree-of-merge"))
        self.assertIn("is no merge of pull request 7", self.refused(7, OTHER))
        self.assertIn("is no commit", self.refused(7, "../pulls/7"))
        self.started("workflow_dispatch", OTHER)
        self.assertIn("is at aaaaaaaaaaaa, and this run at dddddddddddd", self.refused(7, MERGE))
        self.started("workflow_dispatch", HEAD)
        self.hub.pulls[7]["head"]["repo"]["full_name"] = "somebody/notes"
        self.assertIn("comes from a fork", self.refused(7, MERGE))

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
            self.assertIn("is not what the job that made it handed on", done.stderr)
        (built / "infra").write_text(before)
        self.assertEqual(self.artifact("check", str(built), "").returncode, 4)

    def test_a_job_with_a_token_builds_nothing(self):
        os.environ |= {"ACTIONS_ID_TOKEN_REQUEST_URL": "http://127.0.0.1:9", "PLAN_ROLE": "arn"}
        os.environ.pop("INFRA_TOOL", None)
        done = subprocess.run([ROOT / "scripts/delivery/operate", "--role", "PLAN_ROLE", "--", "releases"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("it must build nothing", done.stderr)

    def test_the_list_of_what_runs_is_that_of_the_newest_deployment(self):
        def deployed():
            return subprocess.run([ROOT / "scripts/delivery/audit", "deployed"], capture_output=True, text=True)

        runs, artifacts = "/actions/workflows/deploy.yml/runs", "/actions/runs/41/artifacts"
        self.hub.settings = {runs: {"workflow_runs": []}, artifacts: {"artifacts": [{"expired": False}]}}
        done = deployed()
        self.assertEqual(done.stdout, "run=\n", done.stderr)
        self.hub.settings[runs] = {"workflow_runs": [{"id": 41}]}
        self.assertEqual(deployed().stdout, "run=41\n")
        self.hub.settings[artifacts] = {"artifacts": [{"expired": True}]}
        done = deployed()
        self.assertEqual(done.returncode, 1)
        self.assertIn("has no list of what it runs any more", done.stderr)

    def test_a_site_that_answers_wrongly_fails_and_says_how(self):
        said = io.StringIO()
        with redirect_stdout(said):
            done = subprocess.run([ROOT / "scripts/delivery/smoke", self.hub.address, "--within", "0"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("GET /: 401, and not 200", done.stdout)
        self.assertIn("| the page and what it loads | ❌", (self.folder / "summary.md").read_text())


if __name__ == "__main__":
    unittest.main()
