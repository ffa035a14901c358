"""The doctor of the delivery accepts what the golden templates deploy, and names each thing that is missing or was changed."""

import copy
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/lib"))
import github_stand_in

ACCOUNT = "111122223333"
# As many questions as a doctor asks would start a Python each; a shell is there at once.
AWS = """#!/bin/sh
file="$TEST_IAM/$(printf '%s' "$*" | sed -e 's/^iam //' -e 's/ --output json$//' | tr '/: ' '___')"
[ -f "$file" ] || { echo "An error occurred (NoSuchEntity) when calling" >&2; exit 254; }
cat "$file"
"""


class Account:
    """An account to which the stack was deployed, as IAM tells of it."""

    def __init__(self):
        template = json.loads((ROOT / "infra-app/tests/golden/prod/Foundation.template.json").read_text())
        self.resources = template["Resources"]
        provider = f"arn:aws:iam::{ACCOUNT}:oidc-provider/token.actions.githubusercontent.com"
        self.answers = {
            "list-open-id-connect-providers": {"OpenIDConnectProviderList": [{"Arn": provider}]},
            f"get-open-id-connect-provider --open-id-connect-provider-arn {provider}": {"ClientIDList": ["sts.amazonaws.com"]},
        }
        self.variables = {}
        for name in self.resources:
            kind, properties = self.resources[name]["Type"], self.resources[name]["Properties"]
            if kind == "AWS::IAM::ManagedPolicy":
                arn = self.arn(name)
                self.answers[f"get-policy --policy-arn {arn}"] = {"Policy": {"DefaultVersionId": "v1"}}
                self.answers[f"get-policy-version --policy-arn {arn} --version-id v1"] = {"PolicyVersion": {"Document": self.live(properties["PolicyDocument"])}}
            if kind == "AWS::IAM::Role" and name.startswith("Delivery"):
                variable = {"Plan": "PLAN_ROLE", "Publ": "PUBLISH_ROLE", "Depl": "DEPLOY_ROLE", "Exec": "EXECUTION_ROLE"}[name[8:12]]
                self.variables[variable] = self.arn(name)
                role = {"RoleName": name, "Path": properties["Path"], "AssumeRolePolicyDocument": self.live(properties["AssumeRolePolicyDocument"])}
                if "PermissionsBoundary" in properties:
                    role["PermissionsBoundary"] = {"PermissionsBoundaryArn": self.live(properties["PermissionsBoundary"])}
                self.answers[f"get-role --role-name {name}"] = {"Role": role}
                self.answers[f"list-attached-role-policies --role-name {name}"] = {"AttachedPolicies": []}
                self.answers[f"get-role-policy --role-name {name} --policy-name Default"] = {"PolicyDocument": self.live(properties["Policies"][0]["PolicyDocument"])}

    def arn(self, name):
        properties = self.resources[name]["Properties"]
        kind = "policy" if "PolicyDocument" in properties else "role"
        return f"arn:aws:iam::{ACCOUNT}:{kind}{properties.get('Path', '/')}{properties.get('ManagedPolicyName', name)}"

    def live(self, value):
        """What CloudFormation makes of a value."""
        if isinstance(value, list):
            return [self.live(one) for one in value]
        if not isinstance(value, dict):
            return value
        if set(value) == {"Ref"} or set(value) == {"Fn::GetAtt"}:
            name = value.get("Ref") or value["Fn::GetAtt"][0]
            known = self.resources.get(name, {}).get("Type", "").startswith("AWS::IAM::")
            return self.arn(name) if known else f"of {name}"
        return {key: self.live(one) for key, one in value.items()}

    def role(self, variable):
        return self.answers[f"get-role --role-name {self.variables[variable].rpartition('/')[2]}"]["Role"]


class Doctor(unittest.TestCase):
    def setUp(self):
        self.account = Account()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "aws").write_text(AWS)
        (self.folder / "aws").chmod(0o755)
        context = github_stand_in.serving()
        self.hub = context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        production = {
            "name": "production",
            "protection_rules": [{"type": "required_reviewers", "prevent_self_review": True, "reviewers": [{}]}],
            "deployment_branch_policy": {"protected_branches": False, "custom_branch_policies": True},
        }
        self.hub.settings = {
            "/environments": {"environments": [{"name": "plan"}, {"name": "publish"}, production]},
            "/environments/production/deployment-branch-policies": {"branch_policies": [{"name": "main"}]},
            "/rules/branches/main": [
                {"type": "pull_request"},
                {"type": "required_status_checks", "parameters": {"strict_required_status_checks_policy": True, "required_status_checks": [{"context": "plan"}]}},
            ],
        }
        self.production = production

    def run_doctor(self, **changes):
        answers = self.folder / "iam"
        shutil.rmtree(answers, ignore_errors=True)
        answers.mkdir()
        for asked, answer in self.account.answers.items():
            (answers / re.sub("[/: ]", "_", asked)).write_text(json.dumps(answer))
        variables = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "ACTIONS_", "AWS_"))},
            **self.account.variables,
            "PATH": f"{self.folder}{os.pathsep}{os.environ['PATH']}",
            "TEST_IAM": str(answers),
            "GITHUB_API_URL": self.hub.address,
            "GITHUB_REPOSITORY": github_stand_in.REPOSITORY,
            "GITHUB_TOKEN": github_stand_in.TOKEN,
            "NO_PROXY": "127.0.0.1",
            **{name: "x" for name in ("AWS_REGION", "INFRA_ENVIRONMENT", "IMAGE_REPOSITORY", "PROPOSAL_REPOSITORY")},
            **changes,
        }
        # This Python, for that of the machine may be a shim that puts programs of its own first.
        return subprocess.run([sys.executable, ROOT / "scripts/delivery/doctor"], env=variables, capture_output=True, text=True)

    def finds(self, subject, said, **changes):
        done = self.run_doctor(**changes)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        failed = [line for line in done.stdout.splitlines() if line.startswith("FAIL")]
        self.assertEqual(len(failed), 1, done.stdout)
        self.assertIn(subject, failed[0])
        self.assertIn(said, failed[0])

    def test_what_the_app_deploys_is_as_it_should_be(self):
        done = self.run_doctor()
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotIn("skip", done.stdout)
        for subject in ("variables", "identity provider", "trust of DEPLOY_ROLE", "boundary of the app's roles", "boundary of the execution role", "environment `production`", "rule for `main`"):
            self.assertIn(f"ok    {subject}", done.stdout)

    def test_without_a_token_the_half_of_github_is_said_to_be_left_out(self):
        done = self.run_doctor(GITHUB_TOKEN="")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("skip  environments and branch on GitHub", done.stdout)

    def test_a_trust_in_the_environment_alone_is_found(self):
        [statement] = self.account.role("DEPLOY_ROLE")["AssumeRolePolicyDocument"]["Statement"]
        whole = copy.deepcopy(statement["Condition"]["StringEquals"])
        issuer = "token.actions.githubusercontent.com"
        for claim, said in (("ref", "does not demand the branch"), ("job_workflow_ref", "it trusts the workflows []")):
            statement["Condition"]["StringEquals"] = {key: value for key, value in whole.items() if key != f"{issuer}:{claim}"}
            self.finds("trust of DEPLOY_ROLE", said)
        statement["Condition"] = {"StringEquals": whole, "StringLike": {f"{issuer}:actor": "*"}}
        self.finds("trust of DEPLOY_ROLE", "or others besides")

    def test_a_pull_request_that_reaches_a_role_is_found(self):
        first = self.account.role("PLAN_ROLE")["AssumeRolePolicyDocument"]["Statement"][0]["Condition"]["StringEquals"]
        del first["token.actions.githubusercontent.com:job_workflow_ref"]
        self.finds("trust of PLAN_ROLE", "any workflow that a pull request brings")

    def test_a_boundary_that_is_gone_or_wide_is_found(self):
        role = self.account.role("EXECUTION_ROLE")
        arn = role["PermissionsBoundary"]["PermissionsBoundaryArn"]
        policy = self.account.answers.pop(f"get-policy --policy-arn {arn}")
        self.finds("boundary of the execution role", "is not there")
        self.account.answers[f"get-policy --policy-arn {arn}"] = policy
        document = self.account.answers[f"get-policy-version --policy-arn {arn} --version-id v1"]["PolicyVersion"]["Document"]
        document["Statement"].append({"Effect": "Allow", "Action": "iam:*", "Resource": "*"})
        self.finds("boundary of the execution role", "permits iam:*")
        document["Statement"].pop()
        del role["PermissionsBoundary"]
        self.finds("boundary of the execution role", "there is none")

    def test_an_administrator_is_found(self):
        name = self.account.variables["EXECUTION_ROLE"].rpartition("/")[2]
        self.account.answers[f"list-attached-role-policies --role-name {name}"]["AttachedPolicies"].append({"PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"})
        self.finds("policies of EXECUTION_ROLE", "AdministratorAccess")

    def test_a_missing_role_provider_or_variable_is_found(self):
        self.finds("variables", "PROPOSAL_REPOSITORY", PROPOSAL_REPOSITORY="")
        self.finds("PLAN_ROLE", "is not there", PLAN_ROLE=f"arn:aws:iam::{ACCOUNT}:role/delivery/gone")
        self.account.answers["list-open-id-connect-providers"]["OpenIDConnectProviderList"].clear()
        self.finds("identity provider", "the account has none")

    def test_an_environment_that_is_open_is_found(self):
        reviewers = self.production["protection_rules"][0]
        reviewers["prevent_self_review"] = False
        self.finds("environment `production`", "may approve it")
        self.production["protection_rules"] = []
        self.finds("environment `production`", "nobody has to approve")
        self.production["protection_rules"] = [{**reviewers, "prevent_self_review": True}]
        self.production["deployment_branch_policy"] = None
        self.finds("environment `production`", "open to every branch")
        self.hub.settings["/environments"]["environments"].remove(self.production)
        self.finds("environment `production`", "open to every branch")

    def test_a_branch_without_its_rule_is_found(self):
        self.hub.settings["/rules/branches/main"][1]["parameters"]["strict_required_status_checks_policy"] = False
        self.finds("rule for `main`", "need not be up to date")
        self.hub.settings["/rules/branches/main"] = []
        self.finds("rule for `main`", "without a pull request; no check is required")


if __name__ == "__main__":
    unittest.main()
