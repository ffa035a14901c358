"""Rules of previews: for how long they stay, which ones go, and which assemblies are one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tooling import fail

LABEL = "preview"
# Types of which CloudFormation creates a snapshot by default:
# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
SNAPSHOTS = ("AWS::RDS::DBCluster", "AWS::RDS::DBInstance")
# Properties that prevent the removal of a resource or of its remains, with the value that permits it.
REMOVABLE = {"DeletionProtection": False, "DeletionProtectionEnabled": False, "DeleteAutomatedBackups": True, "ObjectLockEnabled": False, "EnableTerminationProtection": False}
NAME = re.compile(r"pr([1-9][0-9]{0,8})")
DAYS = 3
# Limits: CloudFormation's own 128 characters for the name of a stack, and 64 for names that CloudFront takes from it.
LONGEST_NAME = 12
# Name of the preview that main synthesizes to show how previews are named; it occurs nowhere else in the name of a stack.
PROBE = "x0x0x0x0x"


def name_of(number: int) -> str:
    """The name of the preview of a pull request. Names of resources begin with it, so it has a length that every one of them can hold."""
    name = f"pr{number}"
    if len(name) > LONGEST_NAME:
        fail(f"`{name}` is too long for the name of a preview", f"{len(name)} characters, at most {LONGEST_NAME}", "note: the names of its resources contain it, and some may have 64 characters", code=1)
    return name


def number_of(name: str) -> int | None:
    """The pull request that a preview is of; none for a name that no workflow gives."""
    found = NAME.fullmatch(name)
    return int(found[1]) if found else None


def last_day(today: date, days: str, setting: str) -> date:
    """The last day of a preview that is deployed today; `setting` is the name by which messages call the number of days."""
    if not re.fullmatch(r"[1-9][0-9]?", days or str(DAYS)):
        fail(f"{setting} is `{days}`", f"expected: a number of days from 1 to 99; empty: {DAYS}", code=1)
    return today + timedelta(days=int(days or DAYS))


@dataclass(frozen=True)
class Wanted:
    """Previews that a repository makes: of labelled pull requests, or of all."""

    every: bool

    def of(self, pull: dict[str, Any]) -> bool:
        return self.every or any(label["name"] == LABEL for label in pull.get("labels", []))


def reason_to_remove(preview: dict[str, Any], pull: dict[str, Any] | None, today: date, wanted: Wanted) -> str | None:
    """Returns the reason for removing a deployed preview, as the clause after "because"; none for one that stays.

    One that was deployed at a desk has a name of its own, and only its last day counts.
    """
    if number_of(preview["name"]) is not None:
        if pull is None:
            return "it is of no pull request"
        if pull["state"] != "open":
            return "the pull request is closed"
        if not wanted.of(pull):
            return f"the pull request has no label `{LABEL}` any more"
    try:
        expires = date.fromisoformat(preview["expires"])
    except ValueError:
        # A day that cannot be read must not keep a preview for ever.
        return f"its last day, `{preview['expires'][:40]}`, is not a date"
    return f"its last day was {expires}" if today > expires else None


@dataclass(frozen=True)
class Naming:
    """Names of previews as main gives them: the prefix of their stacks, and the mark of their app, each without the name of the preview."""

    prefix: str
    app: str

    @classmethod
    def of(cls, folder: Path, name: str = PROBE) -> "Naming":
        """Reads an assembly that main made of a preview of that name."""
        stacks = [one["properties"] for one in artifacts(folder) if one.get("type") == "aws:cloudformation:stack"]
        found = {(before, one.get("tags", {}).get("infra:app", "")) for one in stacks for before, middle, _ in [one["stackName"].partition(f"{name}-")] if middle}
        if not stacks or len(found) != 1 or not all(f"{name}-" in one["stackName"] for one in stacks):
            fail("main's own preview does not show how previews are named", f"found: {sorted(one['stackName'] for one in stacks)}", f"expected: stacks that are called PREFIX{name}-…, with one value of `infra:app`", code=1)
        [(prefix, mark)] = found
        if not prefix or not mark.endswith(f"/{name}"):
            fail(f"`infra:app` of main's own preview is `{mark}`", f"expected: APP/ENVIRONMENT/{name}, as `App::mark_preview` writes it", code=1)
        return cls(prefix, mark.removesuffix(f"/{name}"))


def accounts(values: Any) -> set[str]:
    """Accounts of all ARNs in some data."""
    return set(re.findall(r"arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12}):", json.dumps(values)))


def check_account(roles: list[str], others: dict[str, Any]) -> None:
    """Refuses previews in the account of an environment that requires approval: a preview is deployed without a review.

    IAM cannot keep a template from what it names by an ARN or an identifier, as a snapshot or a listener of another environment.
    """
    shared = sorted(accounts(roles) & accounts(others))
    if shared:
        fail(
            f"previews are deployed to the account {', '.join(shared)}, which another environment is in as well",
            "note: nothing was deployed. Templates of a pull request could reach the data of that environment without a review",
            "help: use a separate account for previews: docs/delivery.md, section previews",
            code=8,
        )


def check_assembly(folder: Path, naming: Naming, preview: str, expires: str) -> int:
    """Verifies that an assembly of a pull request is that of its own preview, and contains nothing that would be executed here. Returns the number of stacks.

    IAM keeps previews to their common prefix. That one does not deploy the stacks of another is decided here, from data alone.
    """
    prefix, app = f"{naming.prefix}{preview}-", f"{naming.app}/{preview}"
    faults: list[str] = []
    stacks = 0
    for path in folder.rglob("*"):
        if path.is_symlink():
            faults.append(f"`{path.relative_to(folder)}` is a link")
    for artifact in artifacts(folder):
        kind, properties = artifact.get("type"), artifact.get("properties", {})
        if kind != "aws:cloudformation:stack":
            continue
        stacks += 1
        name, tags = properties.get("stackName", ""), properties.get("tags", {})
        if not re.fullmatch(rf"{re.escape(prefix)}[A-Za-z0-9-]+", name):
            faults.append(f"stack `{name[:140]}` has another name than `{prefix}…`")
        for key, value in (("infra:app", app), ("infra:expires", expires)):
            if tags.get(key) != value:
                faults.append(f"stack `{name[:140]}` has `{key}` = `{str(tags.get(key))[:80]}`, expected `{value}`")
        if properties.get("terminationProtection"):
            faults.append(f"stack `{name[:140]}` is protected from termination, so that it could not be removed")
        if properties.get("assumeRoleArn") or properties.get("cloudFormationExecutionRoleArn"):
            faults.append(f"stack `{name[:140]}` specifies its own role")
    for path in documents(folder, faults):
        try:
            document = json.loads(path.read_text())
        except (OSError, UnicodeDecodeError, ValueError):
            faults.append(f"`{path.relative_to(folder)}` is not valid JSON and cannot be checked")
            continue
        if isinstance(document, dict):
            faults += template_faults(path.name, document) + asset_faults(path.name, document, naming.prefix, prefix)
    if not stacks:
        faults.append("it has no stack")
    if faults:
        fail("the assembly is not that of the preview of this pull request", *faults[:20], "note: nothing was deployed", "help: merge main into the branch; main's program defines the names of previews", code=1)
    return stacks


# Permitted types of artifacts in a manifest: templates, files to publish, and information.
KINDS = {"aws:cloudformation:stack": "templateFile", "cdk:asset-manifest": "file", "cdk:tree": "", "cdk:feature-flag-report": "", "none": ""}


def documents(folder: Path, faults: list[str]) -> list[Path]:
    """Everything that may be a template or a list of assets: files that manifests name, whatever their names, and all that end in `.json`."""
    found = set(folder.rglob("*.json"))
    for manifest in folder.rglob("manifest.json"):
        for name, artifact in json.loads(manifest.read_text()).get("artifacts", {}).items():
            kind = artifact.get("type")
            if kind not in KINDS:
                faults.append(f"artifact `{name[:140]}` has the type `{str(kind)[:60]}`, which is not permitted in a preview")
            elif KINDS[kind]:
                found.add(manifest.parent / str(artifact.get("properties", {}).get(KINDS[kind], "")))
    return sorted(found)


def template_faults(name: str, document: dict[str, Any]) -> list[str]:
    """Returns the parts of a template that would outlive the preview, or deploy something that this check cannot see."""
    faults = [f"`{name}` has the transform `{str(document['Transform'])[:60]}`, whose result cannot be checked"] if "Transform" in document else []
    faults += [f"`{name}` has `{key}`, whose result cannot be checked" for key in sorted(set(macros(document)))]
    resources = document.get("Resources")
    for resource, entry in (resources if isinstance(resources, dict) else {}).items():
        if not isinstance(entry, dict):
            continue
        kind, properties = entry.get("Type"), entry.get("Properties") or {}
        if kind in ("AWS::CloudFormation::Stack", "AWS::CloudFormation::StackSet"):
            faults.append(f"`{name}`: `{resource[:140]}` is a `{kind}`, whose template is not checked")
        for policy in ("DeletionPolicy", "UpdateReplacePolicy"):
            found = entry.get(policy, "Snapshot" if kind in SNAPSHOTS and policy == "DeletionPolicy" else "Delete")
            if found != "Delete":
                faults.append(f"`{name}`: the {policy} of `{resource[:140]}` is `{str(found)[:40]}`, so that it would stay and cost")
        for property_name, harmless in REMOVABLE.items():
            if isinstance(properties, dict) and properties.get(property_name, harmless) != harmless:
                faults.append(f"`{name}`: {property_name} of `{resource[:140]}` would prevent its removal")
    return faults


def asset_faults(name: str, document: dict[str, Any], common: str, own: str) -> list[str]:
    """Returns the assets that would be executed here, read from outside of the assembly, or written to another preview.

    Names of all previews begin with `common`, those of this one with `own`. Other buckets, as that of the bootstrap, are what IAM permits.
    """
    images, files = document.get("dockerImages"), document.get("files")
    faults = [f"`{name}` builds an image" for _ in (images if isinstance(images, dict) else {})]
    for asset in (files if isinstance(files, dict) else {}).values():
        source = asset.get("source", {}) if isinstance(asset, dict) else {}
        place = str(source.get("path", ""))
        if "executable" in source or not place or Path(place).is_absolute() or ".." in Path(place).parts:
            faults.append(f"`{name}` has a file that is not one of the assembly: {str(source)[:120]}")
        places = asset.get("destinations") if isinstance(asset, dict) else None
        for place in (places.values() if isinstance(places, dict) else []):
            bucket = str(place.get("bucketName", "")) if isinstance(place, dict) else ""
            if bucket.startswith(common) and not bucket.startswith(own):
                faults.append(f"`{name}` publishes a file to the bucket `{bucket[:80]}` of another preview")
            if isinstance(place, dict) and place.get("assumeRoleArn"):
                faults.append(f"`{name}` publishes a file with its own role")
    return faults


def macros(value: Any) -> Iterator[str]:
    """Names of functions that CloudFormation replaces by something else before it reads the template."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "Fn::Transform" or key.startswith("Fn::ForEach"):
                yield key.partition("::")[0] + "::" + key.split("::")[1]
            yield from macros(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from macros(inner)


def artifacts(folder: Path) -> Iterator[dict[str, Any]]:
    """Artifacts of an assembly and of those that are nested in it."""
    for path in sorted(folder.rglob("manifest.json")):
        yield from json.loads(path.read_text()).get("artifacts", {}).values()
