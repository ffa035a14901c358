"""A preview from its label to its end: deployed to the emulator, told, closed, destroyed, nothing left.

`check` is of the reference app, for scripts/workflows-check; the rest is also for the project that scripts/new-workflow-check makes.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

PREFIX = "notes-preview-"


def stacks(aws: Any, prefix: str) -> list[str]:
    """Names of the stacks of previews that are there."""
    names = [stack["StackName"] for stack in aws.client().describe_stacks()["Stacks"] if stack["StackStatus"] != "DELETE_COMPLETE"]
    return sorted(name for name in names if name.startswith(prefix))


def left(aws: Any, prefix: str) -> list[str]:
    """Whatever previews have left in the emulator."""
    buckets = [bucket["Name"] for bucket in aws.client("s3").list_buckets()["Buckets"]]
    groups = [group["logGroupName"] for group in aws.client("logs").describe_log_groups()["logGroups"]]
    databases = [one["DBInstanceIdentifier"] for one in aws.client("rds").describe_db_instances()["DBInstances"]]
    snapshots = [one["DBSnapshotIdentifier"] for one in aws.client("rds").describe_db_snapshots()["DBSnapshots"]]
    secrets = [one["Name"] for one in aws.client("secretsmanager").list_secrets()["SecretList"]]
    return stacks(aws, prefix) + [name for name in buckets + groups + databases + snapshots + secrets if "preview" in name]


def fill(aws: Any, prefix: str, stack: str) -> None:
    """Puts an object with two versions into the bucket of a stack, which CloudFormation does not delete then."""
    bucket = next(name for name in left(aws, prefix) if name.startswith(f"{stack}-"))
    for version in range(2):
        aws.client("s3").put_object(Bucket=bucket, Key="index.html", Body=str(version).encode())


def expect_removed(aws: Any, prefix: str, github: Any, number: int, expect: Callable[..., None]) -> None:
    """Demands that nothing is left of a preview, in AWS and on GitHub."""
    expect("nothing is left", left(aws, prefix) == [], str(left(aws, prefix)))
    [comment] = [one for one in github.comments if one["about"] == number]
    record = github.deployments[-1]
    expect("the comment says so, and GitHub", f"Preview `pr{number}`: removed" in comment["body"] and record["statuses"][-1]["state"] == "inactive", comment["body"] + str(record))
    expect("there is no issue about it", not [issue for issue in github.issues if "Previews" in issue["title"] and issue["state"] == "open"])


def check(world: Any, expect: Callable[..., None], base: str, change: Callable[[Path], None]) -> None:
    """Label, deployment, closing. `base` is the newest commit of main, with a proposed image of its tree."""
    proposed = world.folder / "registry/proposals"
    head = world.commit("Worth a look", base, change)
    merge = world.merge(base, head)
    shutil.copy(proposed / world.github.commits[base]["tree"]["sha"], proposed / world.github.commits[merge]["tree"]["sha"])
    tokens, comments = world.github.tokens, len(world.github.comments)

    print("a pull request without the label has no preview, nor has a fork with it", flush=True)
    labels = {"labels": [{"name": "preview"}]}
    for fork, labelled in ((False, {"labels": []}), (True, labels)):
        event = world.pull(12, base, head, merge, fork=fork, action="synchronize")
        event["pull_request"].update(labelled)
        code, log = world.run("preview.yml", "pull_request", merge, event)
        expect("nothing is done, and no token given", code == 0 and world.github.tokens == tokens and "Run Main" not in log, log[-3000:])

    print("with the label it is deployed under its own name", flush=True)
    event = world.pull(12, base, head, merge, action="labeled")
    event["pull_request"].update(labels)
    event["label"] = {"name": "preview"}
    code, log = world.run("preview.yml", "pull_request", merge, event)
    expect("it ends well", code == 0, log[-6000:])
    there = stacks(world.aws, PREFIX)
    expect("its stacks are there, each with its name", f"{PREFIX}pr12-service" in there and all(name.startswith(f"{PREFIX}pr12-") for name in there), str(there))
    [comment] = world.github.comments[comments:]
    for part in ("Preview `pr12`: deployed", world.site.address, " USD an hour", "not counted: ", "or after 20"):
        expect(f"the comment has `{part}`", comment["about"] == 12 and part in comment["body"], comment["body"])
    [record] = world.github.deployments
    expect("GitHub has its address", (record["environment"], record["statuses"][-1]["state"], record["statuses"][-1]["environment_url"]) == ("preview/pr-12", "success", world.site.address), str(record))
    image = (proposed / world.github.commits[merge]["tree"]["sha"]).read_text()
    template = world.aws.client().get_template(StackName=f"{PREFIX}pr12-service")["TemplateBody"]
    expect("it runs the proposed image, by digest", f"proposals@{image}" in str(template), str(template)[:2000])

    print("closed, it is destroyed", flush=True)
    fill(world.aws, PREFIX, f"{PREFIX}pr12-edge")
    event = world.pull(12, base, head, merge, action="closed")
    event["pull_request"].update(labels)
    code, log = world.run("previews.yml", "pull_request", merge, event)
    expect("it ends well", code == 0, log[-6000:])
    expect_removed(world.aws, PREFIX, world.github, 12, expect)
