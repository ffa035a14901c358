"""compose.yaml: what it says is what Compose reads, and what the service is told is what it knows."""

import re
import subprocess
import sys
import unittest
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/lib"))
import tooling  # noqa: E402


class Compose(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]

    def test_it_is_what_compose_reads(self):
        tooling.install("workflows")
        check = [tooling.program("workflows", "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", ROOT / "compose.yaml"]
        done = subprocess.run(check, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_everybody_waits_for_what_is_needed(self):
        waits = {
            name: {other: how["condition"] for other, how in service.get("depends_on", {}).items()} for name, service in self.services.items()
        }
        done = "service_completed_successfully"
        self.assertEqual(
            waits,
            {
                "postgres": {},
                "migrate": {"postgres": "service_healthy"},
                "seed": {"migrate": done},
                "page": {},
                "service": {"seed": done, "page": done},
            },
        )

    def test_the_service_is_told_what_it_knows_and_runs_as_in_production(self):
        known = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "service/README.md").read_text(), re.MULTILINE))
        for name in ("migrate", "seed", "service"):
            service = self.services[name]
            self.assertLessEqual(set(service["environment"]), known, name)
            self.assertEqual((service["user"], service["read_only"], service["cap_drop"]), ("65532:65532", True, ["ALL"]))

    def test_nothing_but_this_machine_reaches_it(self):
        ports = [port for service in self.services.values() for port in service.get("ports", [])]
        self.assertEqual(ports, ["127.0.0.1:${PORT:-8080}:8080"])


if __name__ == "__main__":
    unittest.main()
