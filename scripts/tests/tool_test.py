"""The tool that main has built is taken for pull requests, and nothing that only looks like it."""

import os
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/lib"))
import github_stand_in
import inputs
from cases import Hub

MAIN, OLDER, BRANCH = "a" * 40, "b" * 40, "d" * 40
# What `gh` would say: a program is signed if a file beside it says by whom, and for which commit.
GH = r"""#!/usr/bin/env bash
set -euo pipefail
case "$1 $2" in
  "run download") run=$3; while [ "$1" != --dir ]; do shift; done; cp "$STORE/$run/"* "$2" ;;
  "attestation verify")
    printf '%s\n' "$*" >>"$STORE/verified"
    grep -qxF -- "$(sha256sum <"$3" | cut -c1-64) ${9} ${13}" "$5" || { echo "no attestation" >&2; exit 1; }
    cat "$STORE/answer"
    ;;
  *) exit 64 ;;
esac
"""


class Tool(Hub):
    def setUp(self):
        super().setUp()
        hub = self.hub
        listed = subprocess.run(["git", "ls-tree", "-r", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        entries = [line.replace("\t", " ", 1).split(" ", 3) for line in listed.splitlines()]
        hub.trees = {"same": [{"mode": mode, "type": kind, "sha": sha, "path": path} for mode, kind, sha, path in entries]}
        hub.trees["other"] = [{**one, "sha": "0" * 40} if one["path"] == "Cargo.lock" else one for one in hub.trees["same"]]
        hub.commits = {MAIN: {"tree": {"sha": "same"}, "parents": [{"sha": OLDER}]}, OLDER: {"tree": {"sha": "other"}, "parents": []}, BRANCH: {"tree": {"sha": "same"}, "parents": [{"sha": MAIN}]}}
        hub.main = MAIN
        self.name = f"infra-{inputs.here(inputs.TOOL)[:32]}"
        self.identity = f"https://github.com/{github_stand_in.REPOSITORY}/.github/workflows/tools.yml@refs/heads/main"
        (self.folder / "answer").write_text('[{"verificationResult": {}}]')
        (self.folder / "gh").write_text(GH)
        (self.folder / "gh").chmod(0o755)
        os.environ |= {"STORE": str(self.folder), "PATH": f"{self.folder}{os.pathsep}{os.environ['PATH']}"}

    def artifact(self, run, commit, content="program of main", identity=None, signed_for=None, signed=None, expired=False):
        """An artifact of a run, with a program that somebody signed for a commit."""
        import hashlib

        place = self.folder / str(run)
        place.mkdir()
        (place / "infra").write_text(content)
        digest = hashlib.sha256((signed or content).encode()).hexdigest()
        (place / "infra.sigstore.json").write_text(f"{digest} {identity or self.identity} {signed_for or commit}\n")
        self.hub.artifacts.append({"id": run, "name": self.name, "expired": expired, "workflow_run": {"id": run, "head_sha": commit, "head_branch": "main"}})

    def fetched(self):
        """The program that was taken, if there is one."""
        out, outputs = self.folder / "out/infra", self.folder / "outputs"
        for path in (out, outputs):
            path.unlink(missing_ok=True)
        os.environ["GITHUB_OUTPUT"] = str(outputs)
        done = subprocess.run([ROOT / "scripts/delivery/tool", "fetch", "--out", str(out)], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        said = outputs.read_text().splitlines()
        if not out.exists():
            self.assertEqual(said, ["found=false"])
            return None
        import hashlib

        self.assertEqual(said, ["found=true", f"sum={hashlib.sha256(out.read_bytes()).hexdigest()}"])
        self.assertTrue(os.access(out, os.X_OK))
        return out.read_text()

    def test_what_main_signed_is_taken(self):
        self.assertIsNone(self.fetched(), "there is none yet")
        self.artifact(1, MAIN)
        self.assertEqual(self.fetched(), "program of main")
        # In the order in which the stand-in reads them.
        self.assertIn(f"--cert-identity {self.identity} --source-ref refs/heads/main --source-digest {MAIN} --format json", (self.folder / "verified").read_text())

    def test_what_only_looks_like_it_is_not(self):
        for number, how in enumerate(
            (
                {"commit": BRANCH},  # a run of a branch may name its artifact as it likes
                {"commit": OLDER},  # an older tool under the name of this one
                {"commit": MAIN, "signed_for": OLDER},
                {"commit": MAIN, "identity": self.identity.replace("tools.yml", "plan.yml")},
                {"commit": MAIN, "identity": self.identity.replace("refs/heads/main", "refs/heads/change")},
                {"commit": MAIN, "content": "another program", "signed": "program of main"},
                {"commit": MAIN, "expired": True},
            ),
            1,
        ):
            self.hub.artifacts = []
            self.artifact(number, **how)
            self.assertIsNone(self.fetched(), how)
        # One behind it that is good is taken.
        self.artifact(0, MAIN)
        self.assertEqual(self.fetched(), "program of main")
        # gh that verified nothing, and ends with 0.
        (self.folder / "answer").write_text("[]")
        self.assertIsNone(self.fetched())

    def test_main_builds_it_once_for_each_state_of_its_sources(self):
        def wanted():
            done = subprocess.run([ROOT / "scripts/delivery/tool", "wanted"], capture_output=True, text=True)
            return done.stdout.splitlines()

        self.assertEqual(wanted(), ["build=true", f"name={self.name}"])
        self.artifact(1, BRANCH)
        self.assertEqual(wanted()[0], "build=true", "what a branch uploads keeps main from nothing")
        self.artifact(2, MAIN)
        self.assertEqual(wanted()[0], "build=false")


if __name__ == "__main__":
    unittest.main()
