"""Shared by the Python scripts: finding the pinned tools, reading an assembly, printing tables."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(os.environ.get("INFRA_TOOLS_DIR") or ROOT / ".tools")


def fail(message: str, *notes: str, code: int = 2) -> NoReturn:
    """Ends the script with an error message and a way to fix it, as the other commands do."""
    print(f"error: {message}", file=sys.stderr)
    for note in notes:
        print(f"  = {note}", file=sys.stderr)
    sys.exit(code)


def install(*groups: str) -> None:
    """Makes sure that tool groups are there; prints only when something is really installed."""
    if subprocess.run([ROOT / "scripts/tools", "install", *groups], stdout=sys.stderr).returncode:
        sys.exit(2)


def program(group: str, name: str) -> str:
    """Where a program of an installed group is."""
    return str(TOOLS / group / ("node_modules/.bin" if group.startswith("npm") else "bin") / name)


def run_inside(group: str) -> None:
    """Starts this script again under the group's own Python, so that its packages can be imported."""
    if os.environ.get("INFRA_INSIDE") == group:
        return
    install(group)
    os.environ["INFRA_INSIDE"] = group
    python = program(group, "python")
    os.execv(python, [python, *sys.argv])


@dataclass(frozen=True)
class Template:
    """One template of an assembly, and where it is meant to be deployed."""

    name: str  # `Data`, or `Prod/Data` inside a stage
    stack: str  # its name in CloudFormation
    path: Path
    region: str

    def load(self) -> dict:
        return json.loads(self.path.read_text())


def templates(folder: Path, default_region: str = "us-east-1") -> list[Template]:
    """All templates of an assembly folder, in the order of their names."""
    if not folder.is_dir():
        fail(f"`{folder}` is not a folder", "help: cargo run -p infra-app -- synth")
    known: dict[Path, tuple[str, str]] = {}
    for manifest in folder.rglob("manifest.json"):
        for artifact_id, artifact in json.loads(manifest.read_text()).get("artifacts", {}).items():
            properties = artifact.get("properties", {})
            if artifact.get("type") == "aws:cloudformation:stack":
                region = artifact.get("environment", "").rpartition("/")[2]
                stack = properties.get("stackName", artifact_id)
                known[manifest.parent / properties["templateFile"]] = (stack, region)
    found = []
    for path in sorted(folder.rglob("*.template.json")):
        name = str(path.relative_to(folder)).removesuffix(".template.json")
        stack, region = known.get(path, (name, ""))
        found.append(Template(name, stack, path, default_region if region in ("", "unknown-region") else region))
    if not found:
        fail(f"no `*.template.json` in `{folder}`", "help: cargo run -p infra-app -- synth --out FOLDER")
    return found


def table(rows: list[list[str]], numeric_from: int = 1) -> str:
    """Aligned columns under a header row; columns from `numeric_from` on are set to the right."""
    widths = [max(len(str(row[i])) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for n, row in enumerate(rows):
        cells = [str(c).rjust(w) if i >= numeric_from else str(c).ljust(w) for i, (c, w) in enumerate(zip(row, widths))]
        lines.append("  ".join(cells).rstrip())
        if n == 0:
            lines.append("  ".join("-" * w for w in widths))
    return "\n".join(lines)
