"""Fast linters and generators of the OpenAPI document; scripts/openapi-check runs them, and scripts/clients runs more."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

from tooling import ROOT, fail, program

SILENT = {**os.environ, "NO_COLOR": "1", "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}


def run(name: str, *command: str, cwd: Path | None = None, allowed: tuple[int, ...] = (0,)) -> str:
    """Returns the output of a linter, whose exit code must be allowed."""
    environment = {**SILENT, "PATH": f"{Path(program('openapi', 'python')).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode not in allowed:
        fail(f"{name} refuses the OpenAPI document", *(done.stdout + done.stderr).strip().split("\n")[-60:], code=1)
    return done.stdout + done.stderr


def operations(document: Path) -> list[str]:
    paths = json.loads(document.read_text())["paths"]
    return [operation["operationId"] for item in paths.values() for operation in item.values()]


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def missing(name: str, text: str, wanted: dict[str, str]) -> None:
    """Fails if the generated code lacks an operation: `wanted` has a piece of text for each."""
    lacking = [operation for operation, piece in wanted.items() if piece not in text]
    if lacking:
        fail(f"{name} left out {len(lacking)} of {len(wanted)} operations: {', '.join(lacking)}", code=1)
    print(f"{name}: {len(wanted)} of {len(wanted)} operations")


def lint(document: Path) -> None:
    command = [program("npm/openapi", "redocly"), "lint", "--format", "json", "--config", str(ROOT / "service/redocly.yaml"), str(document)]
    report = run("redocly", *command, allowed=(0, 1))
    problems = json.loads(report[report.index("{") : report.rindex("}") + 1])["problems"]
    if problems:
        found = (f"{problem['ruleId']} at {problem['location'][0]['pointer']}: {problem['message']}" for problem in problems)
        fail("redocly has findings", *found, code=1)
    print("redocly: 0 findings")
    # Its exit code says so: every severity fails.
    run("spectral", program("npm/openapi", "spectral"), "lint", "--fail-severity", "hint", "--ruleset", str(ROOT / "service/spectral.yaml"), str(document))
    print("spectral: 0 findings")
    lint_by_vacuum(document)


def lint_by_vacuum(document: Path) -> None:
    """Errors and warnings; that the same words stand in several places is no more than information."""
    # The package has the program next to its module, not marked as executable, and no command.
    found = next(Path(program("openapi", "python")).parent.parent.glob("lib/python*/site-packages/vacuum/lib/vacuum"))
    found.chmod(0o755)
    # Without `--stdout` it would make up a name for its report, and results of a document that it cannot read are none.
    report = json.loads(run("vacuum", str(found), "report", "--no-style", "--stdout", "--timeout", "60", "--ruleset", str(ROOT / "service/vacuum.yaml"), str(document)))
    results = report["resultSet"].get("results") or []
    read = report["statistics"]["operations"]
    if read != len(operations(document)):
        fail(f"vacuum has read {read} of {len(operations(document))} operations", code=1)
    wrong = [result for result in results if result["ruleSeverity"] in ("error", "warn")]
    if wrong:
        fail(f"vacuum has {len(wrong)} findings", *(f"{result['ruleId']} at {result['path']}: {result['message']}" for result in wrong[:60]), code=1)
    print("vacuum: 0 findings")


def generate_typescript(document: Path, folder: Path) -> Path:
    """The types that openapi-fetch takes."""
    target = folder / "schema.ts"
    said = run("openapi-typescript", program("npm/openapi", "openapi-typescript"), str(document), "--output", str(target))
    if "warn" in said.lower():
        fail("openapi-typescript warns", *said.strip().split("\n"), code=1)
    text = target.read_text()
    missing("openapi-typescript", text, {name: f'operations["{name}"]' for name in operations(document)})
    return target


def generate_python(document: Path, folder: Path) -> Path:
    target = folder / "python-client"
    command = [program("openapi", "openapi-python-client"), "generate", "--path", str(document), "--output-path", str(target), "--fail-on-warning"]
    said = run("openapi-python-client", *command, cwd=folder)
    if "warning" in said.lower():
        fail("openapi-python-client warns", *said.strip().split("\n"), code=1)
    made = "\n".join(path.stem for path in target.glob("notes_client/api/*/*.py")) + "\n"
    missing("openapi-python-client", made, {name: f"{snake(name)}\n" for name in operations(document)})
    return target
