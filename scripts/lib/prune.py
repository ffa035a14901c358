"""Removes the resource types that an emulator lacks from an assembly, and everything that depends on them."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tooling import templates

LACKS = Path(__file__).with_name("emulator-lacks.txt")


def lines() -> list[str]:
    return [line for line in LACKS.read_text().split("\n") if line and not line.startswith("#")]


def lacking_types() -> list[str]:
    return [line for line in lines() if " " not in line]


def lacking_attributes() -> dict[tuple[str, str], str]:
    """Type and attribute, with the replacement value."""
    found = {}
    for line in lines():
        if " " in line:
            name, _, value = line.partition(" = ")
            kind, _, attribute = name.partition(" ")
            found[kind, attribute] = value
    return found


@dataclass
class Pruned:
    """The removed entries."""

    dropped: dict[str, set[str]] = field(default_factory=dict)  # logical IDs by stack
    outputs: set[tuple[str, str]] = field(default_factory=set)  # stack and name
    kept: int = 0


def references(value: Any) -> Iterator[str]:
    """Logical IDs that a value is made of."""
    if isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name == "Ref" and isinstance(inner, str):
                yield inner
            elif name == "Fn::GetAtt":
                yield inner[0] if isinstance(inner, list) else inner.partition(".")[0]
            elif name == "Fn::Sub":
                text = inner[0] if isinstance(inner, list) else inner
                yield from (found.partition(".")[0] for found in re.findall(r"\$\{([^!}][^}]*)\}", text))
            yield from references(inner)


def stack_outputs(value: Any) -> Iterator[tuple[str, str]]:
    """Outputs of other stacks that a value is made of."""
    if isinstance(value, list):
        for item in value:
            yield from stack_outputs(item)
    elif isinstance(value, dict):
        read = value.get("Fn::GetStackOutput")
        if isinstance(read, dict):
            yield read["StackName"], read["OutputName"]
        for inner in value.values():
            yield from stack_outputs(inner)


def prune(source: Path, target: Path, *, migrations: bool = False) -> Pruned:
    """Writes the assembly in `source` to `target`, without what the emulator lacks.

    That is also an end of tasks, since it starts none without a container engine: without `migrations` no deployment waits for any.
    """
    if target.exists():
        shutil.rmtree(target)
    shutil.copytree(source, target)
    lacks = set(lacking_types())
    result = Pruned()
    stacks = {template.stack: (template.path, template.load()) for template in templates(target)}
    for _, template in stacks.values():
        types = {name: resource["Type"] for name, resource in template["Resources"].items()}
        stand_in(template, types, lacking_attributes())
        for resource in template["Resources"].values() if not migrations else ():
            resource.get("Metadata", {}).pop("infra:migration", None)
    while any([shrink(name, template, lacks, result) for name, (_, template) in stacks.items()]):
        pass
    for path, template in stacks.values():
        path.write_text(json.dumps(template, separators=(",", ":")))
        result.kept += len(template["Resources"])
    return result


def stand_in(value: Any, types: dict[str, str], attributes: dict[tuple[str, str], str]) -> None:
    """Puts values where a template reads attributes that are not there."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(entries):
        read = inner.get("Fn::GetAtt") if isinstance(inner, dict) and len(inner) == 1 else None
        known = attributes.get((types.get(read[0], ""), ".".join(read[1:]))) if isinstance(read, list) else None
        if known is not None:
            value[key] = known
        else:
            stand_in(inner, types, attributes)


def shrink(stack: str, template: dict, lacks: set[str], result: Pruned) -> bool:
    """Removes unsupported entries from one template; returns true if there were any."""
    resources, outputs = template["Resources"], template.get("Outputs", {})
    gone = result.dropped.setdefault(stack, set())
    before = len(gone), len(result.outputs)
    filled = template.get("Metadata", {}).get("infra:resolved-parameters", {})
    for name, source in list(filled.items()):
        if (source["StackName"], source["OutputName"]) in result.outputs:
            gone.add(name)
            del filled[name], template["Parameters"][name]
    for name, resource in list(resources.items()):
        # A missing `DependsOn` does not remove the resource itself.
        after = resource.get("DependsOn", [])
        after = [after] if isinstance(after, str) else after
        rest = [other for other in after if other not in gone]
        if rest:
            resource["DependsOn"] = rest
        else:
            resource.pop("DependsOn", None)
        body = {key: value for key, value in resource.items() if key not in ("DependsOn", "Metadata")}
        if resource["Type"] in lacks or gone & set(references(body)) or result.outputs & set(stack_outputs(body)):
            gone.add(name)
            del resources[name]
    for name, output in list(outputs.items()):
        if gone & set(references(output)) or result.outputs & set(stack_outputs(output)):
            result.outputs.add((stack, name))
            del outputs[name]
    return before != (len(gone), len(result.outputs))
