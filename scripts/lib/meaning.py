"""Templates by what they mean: two ways to write a text, a permission or a default are the same.

Used where our constructs and those of aws-cdk-lib agree in what they create but not in how they write it.
"""

from __future__ import annotations

import json
import re

# A version of a function is named by a digest, which each library makes its own way.
DIGEST = re.compile(r"(CurrentVersion|Deployment)([0-9A-F]{8})[0-9a-fA-F]+\b")
POLICIES = ("AWS::IAM::Policy", "AWS::IAM::RolePolicy")


def text(value: object) -> str | None:
    """Returns a text, or the parts of one, in the notation of `Fn::Sub`."""
    if isinstance(value, str):
        return value.replace("${", "${!")
    if isinstance(value, dict) and len(value) == 1:
        (function, argument), = value.items()
        if function == "Ref":
            return "${" + argument + "}"
        if function == "Fn::GetAtt":
            return "${" + ".".join(argument) + "}"
        if function == "Fn::Sub" and isinstance(argument, str):
            return argument
        if function == "Fn::Join" and isinstance(argument[1], list):
            parts = [text(part) for part in argument[1]]
            if None not in parts:
                return argument[0].join(parts)
    return None


def plain(value: object) -> object:
    """Returns a value with every text in one notation, and JSON within texts as JSON."""
    found = text(value)
    if found is not None:
        if found.startswith("{\""):
            try:
                return plain(json.loads(found))
            except json.JSONDecodeError:
                pass
        return DIGEST.sub(r"\1\2", found)
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    return value


def listed(value: object) -> list:
    return value if isinstance(value, list) else [value]


def permissions(document: dict) -> set[str]:
    """Returns each permission of a policy document, one for each action and resource. Some documents are JSON within text."""
    if text(document) is not None:
        document = plain(document)
    found = set()
    for statement in listed(document["Statement"]):
        statement = plain(statement)
        rest = {key: entry for key, entry in statement.items() if key not in ("Sid", "Action", "Resource")}
        for action in listed(statement.get("Action", "")):
            for resource in listed(statement.get("Resource", "")):
                found.add(json.dumps({**rest, "Action": action, "Resource": resource}, sort_keys=True))
    return found


def meaning(resources: dict[str, dict]) -> dict[str, object]:
    """Returns what a template creates: resources by logical ID, and the permissions of each role."""
    found: dict[str, object] = {}
    policies = {name for name, entry in resources.items() if entry["Type"] in POLICIES}
    for name, entry in resources.items():
        properties = dict(entry.get("Properties", {}))
        if name in policies:
            for role in listed(properties.get("Roles", properties.get("RoleName"))):
                found.setdefault(f"permissions of {text(role)[2:-1]}", set()).update(permissions(properties["PolicyDocument"]))
            continue
        for policy in properties.pop("Policies", []) if entry["Type"] == "AWS::IAM::Role" else []:
            found.setdefault(f"permissions of {name}", set()).update(permissions(policy["PolicyDocument"]))
        for key in ("PolicyDocument", "AssumeRolePolicyDocument"):
            if key in properties:
                properties[key] = sorted(permissions(properties[key]))
        # Without a policy CloudFormation deletes, except for databases and volumes.
        kept = {key: entry[key] for key in ("DeletionPolicy", "UpdateReplacePolicy") if entry.get(key, "Delete") != "Delete"}
        # References order resources, and a role before its users; that a policy precedes them is a matter of where it is written.
        after = sorted(DIGEST.sub(r"\1\2", other) for other in listed(entry.get("DependsOn", [])) if other not in policies and resources[other]["Type"] != "AWS::IAM::Role")
        found[DIGEST.sub(r"\1\2", name)] = {"Type": entry["Type"], **kept, **({"DependsOn": after} if after else {}), **plain(properties)}
    return found
