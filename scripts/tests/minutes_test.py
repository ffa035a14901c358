"""Tests of scripts/minutes: what is built for which change, by the workflows as they are, and the table of docs/delivery.md."""

import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/lib"))
from cases import script

minutes = script("minutes")


class Minutes(unittest.TestCase):
    def jobs(self, what, made=frozenset(), chain=("dev",)):
        event, workflows = minutes.EVENTS[what]
        return minutes.together(minutes.Change("", event, frozenset(made), list(chain), lambda builds: 60.0), workflows)

    def builds(self, what, *made, chain=("dev",)):
        return dict(minutes.cost(self.jobs(what, made, chain))[1])

    def test_what_is_built_is_what_a_change_touches(self):
        self.assertEqual(self.builds(minutes.PUSH), {"app": 1})
        self.assertEqual(self.builds(minutes.PUSH, "image"), {"app": 1, "image": 1})
        self.assertEqual(self.builds(minutes.PUSH, "tool"), {"app": 1, "tool": 1})
        self.assertEqual(self.builds(minutes.AGAIN), {"app": 1})
        self.assertEqual(self.builds(minutes.MERGE), {"app": 1, "page": 1})
        # In the run that deploys, and in tools.yml beside it.
        self.assertEqual(self.builds(minutes.MERGE, "image", "tool"), {"app": 1, "image": 1, "page": 1, "tool": 2})

    def test_an_environment_more_builds_nothing_more(self):
        one, both = (self.builds(minutes.FURTHER, "image", "tool", chain=chain) for chain in (["dev"], ["dev", "prod"]))
        self.assertEqual(one, both)

    def test_jobs_are_those_that_take_place_in_their_order(self):
        jobs = self.jobs(minutes.PUSH)
        self.assertEqual(list(jobs), ["image", "synth", "trusted / tools", "trusted / publish", "trusted / plan", "required"])
        self.assertEqual(minutes.until(jobs, "trusted / plan"), 4 * 60, "image, synth, publish, plan")
        merge = self.jobs(minutes.MERGE)
        self.assertLessEqual({"checks", "dev / plan", "dev / rebuild", "dev / deploy", "next", "tools.yml: build"}, set(merge))
        # Nobody is told without a chat, and nothing is signed that was not built.
        self.assertFalse({"dev / ask / send", "tools.yml: sign", "prod / plan"} & set(merge))

    def test_the_table_of_the_page_is_that_of_the_command(self):
        page = (ROOT / "docs/delivery.md").read_text()
        for arguments in ([], ["--at", "629387e"]):
            if arguments and subprocess.run(["git", "cat-file", "-e", f"{arguments[1]}^{{commit}}"], cwd=ROOT, capture_output=True).returncode:
                self.skipTest("the history of this checkout is not whole")
            done = subprocess.run([ROOT / "scripts/minutes", *arguments], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertTrue(done.stdout in page, f"put what `scripts/minutes {' '.join(arguments)}` prints into docs/delivery.md:\n{done.stdout}")


if __name__ == "__main__":
    unittest.main()
