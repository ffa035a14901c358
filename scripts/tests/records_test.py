"""Audit records, and messages to a chat: what they say, and that a chat which is down fails nothing."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import unittest
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/lib"))
import github_stand_in
from local_server import serve

MAIN, DIGEST = "c" * 40, "sha256:" + "d" * 64


class Chat:
    """A chat that answers as the test says, and keeps what it was sent."""

    def __init__(self):
        chat = self
        self.answers, self.sent = [], []

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_POST(self):
                chat.sent.append((self.path, json.loads(self.rfile.read(int(self.headers["content-length"])))))
                self.send_response(chat.answers.pop(0) if chat.answers else 200)
                self.send_header("content-length", "0")
                self.end_headers()

        self.server = serve(Handler)
        self.address = f"{self.server.__enter__()}/secret-part"

    def close(self):
        self.server.__exit__(None, None, None)


class Records(unittest.TestCase):
    def setUp(self):
        patch = mock.patch.dict(os.environ, clear=False)
        patch.start()
        self.addCleanup(patch.stop)
        for name in [name for name in os.environ if name.startswith(("GITHUB_", "CHAT_"))]:
            del os.environ[name]
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        os.environ |= {"GITHUB_REPOSITORY": github_stand_in.REPOSITORY, "GITHUB_SHA": MAIN, "GITHUB_RUN_ID": "1001", "GITHUB_ACTOR": "ada", "NO_PROXY": "127.0.0.1"}

    def sent(self, event, *more, chat=None, kind="json"):
        os.environ |= {"CHAT_FORMAT": kind, "CHAT_WEBHOOK": chat.address if chat else ""}
        done = subprocess.run([ROOT / "scripts/delivery/notify", event, "--environment", "prod", *more], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def test_messages_have_the_form_of_the_chat(self):
        chat = Chat()
        self.addCleanup(chat.close)
        self.sent("deployed", "--detail", "release 41 <b> & more", chat=chat)
        self.sent("asked", chat=chat, kind="slack")
        self.sent("rolled-back", "--detail", "<!channel>", chat=chat, kind="slack")
        self.sent("decide", chat=chat, kind="teams")
        (path, plain), (_, slack), (_, escaped), (_, teams) = chat.sent
        self.assertEqual(path, "/secret-part")
        run = f"https://github.com/{github_stand_in.REPOSITORY}/actions/runs/1001"
        self.assertEqual({name: plain[name] for name in ("event", "environment", "commit", "by", "url", "detail")}, {"event": "deployed", "environment": "prod", "commit": MAIN, "by": "ada", "url": run, "detail": "release 41 <b> & more"})
        self.assertIn("prod waits for an approval", slack["text"])
        self.assertIn(f"<{run}|open the run>", slack["text"])
        self.assertIn("&lt;!channel&gt;", escaped["text"])
        self.assertNotIn("<!channel>", escaped["text"])
        [card] = teams["attachments"]
        self.assertEqual((teams["type"], card["contentType"], card["content"]["type"]), ("message", "application/vnd.microsoft.card.adaptive", "AdaptiveCard"))
        self.assertIn("requires manual intervention", card["content"]["body"][0]["text"])
        self.assertEqual(card["content"]["actions"][0]["url"], run)

    def test_a_chat_that_is_down_fails_nothing_and_its_address_stays_secret(self):
        chat = Chat()
        self.addCleanup(chat.close)
        chat.answers = [503, 200]
        self.sent("deployed", chat=chat)
        self.assertEqual(len(chat.sent), 2, "sent again")
        chat.answers = [404]
        done = self.sent("deployed", chat=chat)
        self.assertIn("::warning title=no message was sent::the chat responded with status 404", done.stderr)
        self.assertEqual(len(chat.sent), 3, "what is refused is not sent again")
        self.assertNotIn("secret-part", done.stdout + done.stderr)
        for address, kind, said in (
            ("http://chat.example.com/x", "json", "begins with https://"),
            ("", "json", "CHAT_WEBHOOK is not set"),
            ("https://chat.example.com/x", "irc", "has to be one of slack, teams, json"),
        ):
            os.environ |= {"CHAT_FORMAT": kind, "CHAT_WEBHOOK": address}
            done = subprocess.run([ROOT / "scripts/delivery/notify", "deployed", "--environment", "prod"], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0)
            self.assertIn(said, done.stderr)
        self.assertIn("CHAT_FORMAT is not set", self.sent("deployed", kind="").stdout)

    def recorded(self, hub, *arguments, **given):
        out = self.folder / "record.json"
        (self.folder / "summary.md").unlink(missing_ok=True)
        os.environ |= {"GITHUB_API_URL": hub.address, "GITHUB_TOKEN": github_stand_in.TOKEN, "GITHUB_RUN_ATTEMPT": "2", "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md")}
        os.environ |= {"GITHUB_OUTPUT": str(self.folder / "outputs"), "GITHUB_WORKFLOW_REF": "o/n/.github/workflows/deploy.yml@refs/heads/main", **given}
        done = subprocess.run([ROOT / "scripts/delivery/record", "--environment", "prod", "--out", str(out), *arguments], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(f"sum={hashlib.sha256(out.read_bytes()).hexdigest()}", (self.folder / "outputs").read_text())
        return json.loads(out.read_text()), (self.folder / "summary.md").read_text()

    def test_the_record_says_who_and_what(self):
        serving = github_stand_in.serving()
        hub = serving.__enter__()
        self.addCleanup(serving.__exit__, None, None, None)
        run = hub.started("deploy.yml", MAIN, "workflow_dispatch")
        run |= {"triggering_actor": {"login": "grace"}, "run_started_at": "2026-11-30T10:00:00Z"}
        run["approvals"] = [
            {"state": "approved", "user": {"login": "grace"}, "environments": [{"name": "production"}], "comment": "read | it"},
            {"state": "approved", "user": {"login": "eve"}, "environments": [{"name": "staging"}], "comment": ""},
        ]
        run["jobs"] = [
            {"name": "prod / Plan", "started_at": "2026-11-30T10:01:00Z", "completed_at": "2026-11-30T10:05:00Z"},
            {"name": "prod / Deploy", "started_at": "2026-11-30T11:00:00Z", "completed_at": None},
            {"name": "dev / Plan", "started_at": "2026-11-30T09:00:00Z", "completed_at": None},
            {"name": "prod / Next", "started_at": None, "completed_at": None},
        ]
        given = {"DIGEST": DIGEST, "TREE": "tree", "PLAN_SUM": "e" * 64, "PLAN_ATTESTATION": "https://github.com/o/n/attestations/7", "RELEASE": "41", "OUTCOME": "deployed", "RESULT": "success"}
        record, summary = self.recorded(hub, "--jobs", "prod / ", **given)
        self.assertEqual(
            record,
            {
                "schema": 1,
                "environment": "prod",
                "result": "deployed",
                "release": 41,
                "repository": github_stand_in.REPOSITORY,
                "workflow": "o/n/.github/workflows/deploy.yml@refs/heads/main",
                "run": {"url": f"https://github.com/{github_stand_in.REPOSITORY}/actions/runs/1001", "id": 1001, "attempt": 2, "event": "workflow_dispatch"},
                "started": {"by": "ada", "again_by": "grace", "at": "2026-11-30T10:00:00Z"},
                "approvals": [{"state": "approved", "by": "grace", "environments": ["production"], "comment": "read | it"}],
                "commit": MAIN,
                "tree": "tree",
                "image": DIGEST,
                "plan": {"sha256": "e" * 64, "attestation": "https://github.com/o/n/attestations/7"},
                "jobs": {"Plan": {"started": "2026-11-30T10:01:00Z", "ended": "2026-11-30T10:05:00Z"}, "Deploy": {"started": "2026-11-30T11:00:00Z", "ended": None}},
            },
        )
        for part in ("| result | deployed, release 41 |", "| review | @grace approved `production`: read ¦ it |", f"| image | `{DIGEST}` |", "[attestation](https://github.com/o/n/attestations/7)"):
            self.assertIn(part, summary)

    def test_what_did_not_deploy_is_recorded_as_that(self):
        serving = github_stand_in.serving()
        hub = serving.__enter__()
        self.addCleanup(serving.__exit__, None, None, None)
        run = hub.started("deploy.yml", MAIN, "push")
        nothing = {"DIGEST": "", "TREE": "", "PLAN_SUM": "", "PLAN_ATTESTATION": "", "RELEASE": ""}
        for outcome, job, approvals, result in (
            ("rolled-back", "failure", [], "rolled back"),
            ("decide", "failure", [], "requires manual intervention"),
            ("stale", "failure", [], "nothing changed: another plan was needed"),
            ("left", "cancelled", [], "cancelled: AWS went on"),
            ("", "failure", [{"state": "rejected", "user": {"login": "grace"}, "environments": [{"name": "production"}]}], "rejected"),
            ("", "failure", [], "failed"),
            ("", "cancelled", [], "cancelled"),
            ("", "success", [], "nothing to do"),
        ):
            run["approvals"] = approvals
            record, _ = self.recorded(hub, **nothing, OUTCOME=outcome, RESULT=job)
            self.assertEqual((record["result"], record["release"], record["image"]), (result, None, None))


if __name__ == "__main__":
    unittest.main()
