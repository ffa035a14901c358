"""The chain of environments that main goes through, and the settings of each, from the variables of the repository.

`ENVIRONMENTS` is a JSON object with an entry for each environment, in the order of the chain. Without it the chain is the one environment that
`INFRA_ENVIRONMENT` names, with the variables of the repository. An entry has the same variables; the one of `INFRA_ENVIRONMENT` may leave
some to the repository, and no other may: a setting of one environment is never that of another.
"""

from __future__ import annotations

import json
import re
from typing import Any

import github
from tooling import fail

HELP = "help: docs/delivery.md describes the variable ENVIRONMENTS"
REQUIRED = ("AWS_REGION", "PLAN_ROLE", "DEPLOY_ROLE", "EXECUTION_ROLE")
# Required if images are proposed: the repository that they are released to.
RELEASES, PROPOSALS = "IMAGE_REPOSITORY", "PROPOSAL_REPOSITORY"
# Optional settings with their defaults.
DEFAULTS = {"ASSETS_ROLE": "", "IMAGE_REPOSITORY": "", "PUBLIC_ADDRESS": "", "SMOKE_SECONDS": "180"}
NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")


def variables() -> dict[str, Any]:
    """The variables of the repository, as `toJSON(vars)` gives them."""
    return json.loads(github.variable("VARIABLES", "the workflow gives `VARIABLES: ${{ toJSON(vars) }}`"))


def entries(found: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The entries of `ENVIRONMENTS`, in their order; one without own settings if the variable is not set."""
    text = found.get("ENVIRONMENTS") or ""
    if not text:
        own = found.get("INFRA_ENVIRONMENT") or ""
        if not own:
            fail("neither `ENVIRONMENTS` nor `INFRA_ENVIRONMENT` is set", HELP, code=1)
        return {own: {}}
    try:
        parsed = json.loads(text)
    except ValueError as error:
        fail(f"the variable ENVIRONMENTS is not valid JSON: {error}", HELP, code=1)
    if not isinstance(parsed, dict) or not parsed or not all(isinstance(one, dict) for one in parsed.values()):
        fail("the variable ENVIRONMENTS is not a JSON object of objects", 'expected: {"dev": {"AWS_REGION": "…", …}, "prod": {…}}', HELP, code=1)
    for name, entry in parsed.items():
        if not NAME.fullmatch(name):
            fail(f"`{name[:60]}` in the variable ENVIRONMENTS is not a valid environment name", f"expected: {NAME.pattern}", HELP, code=1)
        for key, value in entry.items():
            if key not in REQUIRED and key not in DEFAULTS:
                fail(f"`{key[:60]}` of `{name}` in the variable ENVIRONMENTS is not a known setting", f"expected: {', '.join((*REQUIRED, *DEFAULTS))}", HELP, code=1)
            if not isinstance(value, str):
                fail(f"`{key}` of `{name}` in the variable ENVIRONMENTS is not a string", HELP, code=1)
    return parsed


def chain() -> list[str]:
    """The environments, in their order."""
    return list(entries(variables()))


def planned() -> list[str]:
    """The environments that pull requests are planned for: the one of `INFRA_ENVIRONMENT`, which a chain of one need not name; all where `PLAN_ENVIRONMENTS` is `all`."""
    found = variables()
    known = list(entries(found))
    wanted = found.get("PLAN_ENVIRONMENTS") or ""
    if wanted not in ("", "all"):
        fail(f"the variable PLAN_ENVIRONMENTS is `{wanted[:60]}`", "expected: `all`, or no such variable", code=1)
    own = found.get("INFRA_ENVIRONMENT") or ""
    if not own and not wanted and len(known) > 1:
        fail(f"the chain is {', '.join(known)}, and INFRA_ENVIRONMENT does not name the one that pull requests are planned for", "expected: the variable INFRA_ENVIRONMENT with one of them, or PLAN_ENVIRONMENTS with `all`", HELP, code=1)
    own = own or known[0]
    if own not in known:
        fail(f"`{own[:60]}`, the value of INFRA_ENVIRONMENT, is not an environment of the chain", f"expected: {', '.join(known)}", HELP, code=1)
    return known if wanted else [own]


def settings(environment: str) -> dict[str, str]:
    """Returns the settings of one environment of the chain. A missing setting ends the script."""
    found = variables()
    known = entries(found)
    if environment not in known:
        fail(f"`{environment[:60]}` is not an environment of the chain", f"expected: {', '.join(known)}", HELP, code=1)
    entry = dict(known[environment])
    if environment == found.get("INFRA_ENVIRONMENT"):
        entry = {name: found[name] for name in (*REQUIRED, *DEFAULTS) if found.get(name)} | entry
    required = (*REQUIRED, RELEASES) if found.get(PROPOSALS) else REQUIRED
    missing = [name for name in required if not entry.get(name)]
    if missing:
        fail(f"the environment `{environment}` has no {', '.join(missing)}", "note: only the environment that INFRA_ENVIRONMENT names may leave settings to the variables of the repository", HELP, code=8)
    for name, value in entry.items():
        # Each becomes a line of the runner's file with variables, and only that.
        if "\n" in value or "\r" in value:
            fail(f"{name} of the environment `{environment}` is not a single line of text", HELP, code=1)
    return {**DEFAULTS, **{name: value for name, value in entry.items() if value}}
