"""Queries OSV, which has the advisories of RustSec and of Debian, about every component of a list."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from typing import Any

from tooling import fail

# A question at once may have 1,000 parts: https://google.github.io/osv.dev/post-v1-querybatch/
MOST = 1000


def ask(path: str, body: Any = None) -> Any:
    address = os.environ.get("OSV_URL", "https://api.osv.dev")
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{address}{path}", data, {"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)
    except (urllib.error.URLError, OSError, ValueError) as error:
        fail(f"OSV cannot be queried about advisories: {error}", "note: an image whose advisories cannot be looked up is refused", "help: run the job again", code=1)


def question(part: dict[str, Any]) -> dict[str, Any]:
    named = {one["name"].removeprefix("osv:"): one["value"] for one in part.get("properties", [])}
    if "ecosystem" in named:
        return {"package": {"ecosystem": named["ecosystem"], "name": named["name"]}, "version": named["version"]}
    return {"package": {"purl": part["purl"]}}


def fixed(name: str, of: dict[str, Any]) -> bool:
    """Whether a version without it is there to be had. Debian lists much that it has decided to leave as it is."""
    for affected in ask(f"/v1/vulns/{name}").get("affected", []):
        package = affected.get("package", {})
        if (package.get("ecosystem"), package.get("name")) == (of["package"]["ecosystem"], of["package"]["name"]):
            if any("fixed" in event for one in affected.get("ranges", []) for event in one.get("events", [])):
                return True
    return False


def about(sbom: dict[str, Any]) -> dict[str, list[str]]:
    """Returns advisories by component, for all third-party components: all about a crate, and those with a fix about a library of Debian."""
    parts = [part for part in sbom["components"] if "purl" in part]
    found: dict[str, list[str]] = {}
    for start in range(0, len(parts), MOST):
        some = parts[start : start + MOST]
        questions = [question(part) for part in some]
        answers = ask("/v1/querybatch", {"queries": questions})["results"]
        if len(answers) != len(some):
            fail("OSV answered about other parts than it was asked for", code=1)
        for part, asked, answer in zip(some, questions, answers):
            names = sorted(one["id"] for one in answer.get("vulns", []))
            if "ecosystem" in asked["package"]:
                names = [name for name in names if fixed(name, asked)]
            if names:
                found[part["purl"]] = names
    return found
