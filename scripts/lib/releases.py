"""Releases as `infra releases --json` lists them, and which of them somebody means."""

from __future__ import annotations

import json
from typing import Any

from delivery import Heard, with_role

MOST = 50  # releases that are looked at, as many as the tool looks at for `previous`


def listed(role: str | None, assembly: str) -> tuple[list[dict[str, Any]], Heard]:
    """The newest releases, the last one first; none where they cannot be read."""
    heard = with_role(role, "releases", "--json", "--limit", str(MOST), "--assembly", assembly, data=True)
    return json.loads(heard.out) if heard.code == 0 else [], heard


def choose(releases: list[dict[str, Any]], which: str) -> dict[str, Any] | None:
    """The release that is meant: a number, `latest`, or `previous` by the rule of the tool (infra-lib/deploy/src/release/mod.rs).

    One that brought another back is that other one. So `previous` is the newest that brought nothing back, below the one that the newest is.
    """
    if not releases:
        return None
    if which == "latest":
        return releases[0]
    if which == "previous":
        origin = releases[0]["restores"] or releases[0]["release"]
        return next((one for one in releases if one["release"] < origin and one["restores"] is None), None)
    return next((one for one in releases if str(one["release"]) == which), None)


def names(releases: list[dict[str, Any]]) -> str:
    return ", ".join(str(one["release"]) for one in releases) or "none"
