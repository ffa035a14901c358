"""Releases as `infra releases --json` lists them, and the selection of one of them."""

from __future__ import annotations

import json
from typing import Any

from delivery import Heard, with_role

MOST = 50  # releases that are looked at first; the others only where the wanted one is not among these


LIMIT = 65_535  # the most that `releases --limit` takes


def listed(role: str | None, assembly: str, which: str) -> tuple[list[dict[str, Any]], Heard]:
    """The newest releases, the last one first, back to the one that is meant; none where they cannot be read."""
    found, heard = newest(role, assembly, MOST)
    if heard.code == 0 and len(found) == MOST and choose(found, which) is None:
        # Numbers of releases have no gaps, so this many hold it.
        first = int(which) if which.isdecimal() else 1
        if 1 <= first < found[-1]["release"]:
            return newest(role, assembly, min(found[0]["release"] - first + 1, LIMIT))
    return found, heard


def newest(role: str | None, assembly: str, most: int) -> tuple[list[dict[str, Any]], Heard]:
    """Returns the given number of releases, the last one first."""
    heard = with_role(role, "releases", "--json", "--limit", str(most), "--assembly", assembly, data=True)
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
    shown = ", ".join(str(one["release"]) for one in releases[:MOST])
    return f"{shown}, and older ones" if len(releases) >= MOST else shown or "none"
