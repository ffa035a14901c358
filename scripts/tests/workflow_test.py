"""Holds the workflows to what we promise about them: no rights but those named, actions pinned, one test command."""

import re
import unittest
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
RIGHTS = {"contents": "read"}


class Workflows(unittest.TestCase):
    def each(self):
        for path in sorted((ROOT / ".github/workflows").glob("*.yml")):
            with self.subTest(path.name):
                yield path, yaml.safe_load(path.read_text())

    def test_nothing_is_granted_by_default(self):
        for _, workflow in self.each():
            self.assertEqual(workflow.get("permissions"), {})

    def test_actions_are_pinned_by_commit_and_say_their_version(self):
        for path, _ in self.each():
            for use in re.findall(r"uses: *(.*)", path.read_text()):
                self.assertRegex(use, r"^[\w./-]+@[0-9a-f]{40} # v\d")

    def test_jobs_end_by_themselves(self):
        for _, workflow in self.each():
            for name, job in workflow["jobs"].items():
                self.assertIn("timeout-minutes", job, name)

    def test_ci_runs_the_test_command_and_reads_only(self):
        workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text())
        [job] = workflow["jobs"].values()
        self.assertEqual(job["permissions"], RIGHTS)
        self.assertEqual([step["run"] for step in job["steps"] if "run" in step], ["./scripts/test"])


if __name__ == "__main__":
    unittest.main()
