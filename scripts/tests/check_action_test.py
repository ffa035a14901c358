"""Tests of the action and of the hook that run `infra check` in other projects: their shell runs with a stand-in for the program, which records its arguments."""

import os
import re
import subprocess
import tempfile
import textwrap
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ACTION = ROOT / ".github/actions/check/action.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"


def step(name: str) -> str:
    """Returns the shell of a step of the action."""
    text = ACTION.read_text()
    found = re.search(rf"- name: {name}\n.*?run: \|\n(.*?)(?=\n    - name:|\Z)", text, re.DOTALL)
    return textwrap.dedent(found.group(1))


class Action(unittest.TestCase):
    def run_step(self, name: str, programs: list[str], **variables: str) -> list[str]:
        """Runs a step; returns the arguments that the program got, one in a line."""
        with tempfile.TemporaryDirectory() as folder:
            said = Path(folder, "said")
            for program in programs:
                path = Path(folder, program)
                path.write_text(f'#!/bin/sh\nprintf "%s\\n" "${{0##*/}}" "$@" >>"{said}"\n')
                path.chmod(0o755)
            environment = {"PATH": f"{folder}:/usr/bin:/bin", **variables}
            subprocess.run(["bash", "-eo", "pipefail", "-c", step(name)], env=environment, check=True)
            return said.read_text().splitlines() if said.exists() else []

    def test_passes_paths_and_options_as_words(self):
        said = self.run_step("Check templates", ["infra"], PATHS="a b\n-c\n", OPTIONS="--region\neu-west-1\n")
        self.assertEqual(said, ["infra", "check", "--format", "github", "--region", "eu-west-1", "--", "a b", "-c"])

    def test_needs_no_options(self):
        said = self.run_step("Check templates", ["infra"], PATHS=".", OPTIONS="")
        self.assertEqual(said, ["infra", "check", "--format", "github", "--", "."])

    def test_installs_the_program_where_it_is_missing(self):
        self.assertEqual(self.run_step("Install infra", ["infra", "cargo"], TOOL="infra-cli\n--locked\n"), [])
        said = self.run_step("Install infra", ["cargo"], TOOL="infra-cli\n--locked\n")
        self.assertEqual(said, ["cargo", "install", "infra-cli", "--locked"])

    def test_takes_no_input_into_its_shell(self):
        for name in ("Install infra", "Check templates"):
            self.assertNotIn("${{", step(name))


class Hook(unittest.TestCase):
    def test_selects_templates_by_their_ending(self):
        text = HOOKS.read_text()
        files = re.search(r"^  files: (.*)$", text, re.MULTILINE).group(1)
        matches = [name for name in ("a.template", "b/c.template.json", "d.template.yml", "e.yaml", "template.json") if re.search(files, name)]
        self.assertEqual(matches, ["a.template", "b/c.template.json", "d.template.yml"])
        self.assertIn("  entry: infra check\n", text)


if __name__ == "__main__":
    unittest.main()
