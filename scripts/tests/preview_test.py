"""Tests of previews: which assemblies are deployed, which previews go, and what is said about them."""

import importlib.machinery
import importlib.util
import io
import json
import os
import sys
import tempfile
import unittest
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/lib"))
import github_stand_in  # noqa: E402
import previews  # noqa: E402
from delivery import Heard  # noqa: E402

HEAD, MERGE, MAIN = "a" * 40, "b" * 40, "c" * 40
TODAY = date(2026, 12, 1)
LABELLED = {"state": "open", "labels": [{"name": "preview"}]}


def script(name):
    """A script as a module."""
    loader = importlib.machinery.SourceFileLoader(f"delivery_{name}", str(ROOT / "scripts/delivery" / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


class Expiry(unittest.TestCase):
    def reason(self, expires="2026-12-03", pull=LABELLED, every=False, today=TODAY, name="pr7"):
        return previews.reason_to_remove({"name": name, "expires": expires}, pull, today, previews.Wanted(every))

    def test_the_last_day_is_a_whole_one(self):
        self.assertIsNone(self.reason(today=date(2026, 12, 3)))
        self.assertEqual(self.reason(today=date(2026, 12, 4)), "its last day was 2026-12-03")

    def test_a_day_that_is_none_does_not_keep_a_preview(self):
        self.assertIn("is not a date", self.reason(expires="never"))

    def test_what_is_closed_or_unlabelled_goes(self):
        self.assertIn("closed", self.reason(pull={**LABELLED, "state": "closed"}))
        self.assertIn("no label", self.reason(pull={**LABELLED, "labels": [{"name": "bug"}]}))
        self.assertIsNone(self.reason(pull={**LABELLED, "labels": []}, every=True))
        self.assertIn("no pull request", self.reason(pull=None))

    def test_one_of_no_pull_request_stays_until_its_last_day(self):
        for name in ("try", "main", "pr07"):
            self.assertIsNone(self.reason(name=name, pull=None, today=date(2026, 12, 3)), name)
            self.assertEqual(self.reason(name=name, pull=None, today=date(2026, 12, 4)), "its last day was 2026-12-03", name)
            self.assertIn("is not a date", self.reason(name=name, pull=None, expires=""), name)

    def test_days_are_counted_from_today_across_a_year(self):
        self.assertEqual(previews.last_day(date(2026, 12, 30), "", "DAYS"), date(2027, 1, 2))
        self.assertEqual(previews.last_day(date(2028, 2, 28), "1", "DAYS"), date(2028, 2, 29))
        for wrong in ("0", "-1", "100", "two"):
            with redirect_stderr(io.StringIO()) as said, self.assertRaises(SystemExit):
                previews.last_day(TODAY, wrong, "the variable PREVIEW_DAYS")
            self.assertIn(f"the variable PREVIEW_DAYS is `{wrong}`", said.getvalue())

    def test_names_are_those_of_pull_requests(self):
        self.assertEqual((previews.name_of(7), previews.number_of("pr7")), ("pr7", 7))
        for other in ("main", "pr", "pr07", "prod", "pr7-x"):
            self.assertIsNone(previews.number_of(other))
        with redirect_stderr(io.StringIO()) as said, self.assertRaises(SystemExit):
            previews.name_of(12345678901)
        self.assertIn("13 characters, at most 12", said.getvalue())


class Assembly(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="preview-"))
        self.addCleanup(lambda: __import__("shutil").rmtree(self.folder))
        self.stack()

    def stack(self, name="notes-preview-pr7-data", app="notes/preview/pr7", expires="2026-12-03", folder="", **properties):
        tags = {"infra:app": app, "infra:expires": expires}
        (self.folder / "Data.template.json").write_text("{}")
        artifact = {"type": "aws:cloudformation:stack", "properties": {"stackName": name, "templateFile": "Data.template.json", "tags": tags, **properties}}
        (self.folder / folder).mkdir(exist_ok=True)
        (self.folder / folder / "manifest.json").write_text(json.dumps({"artifacts": {"Data": artifact}}))

    def check(self):
        return previews.check_assembly(self.folder, previews.Naming("notes-preview-", "notes/preview"), "pr7", "2026-12-03")

    def refused(self):
        with redirect_stderr(io.StringIO()) as said, self.assertRaises(SystemExit) as ended:
            self.check()
        self.assertEqual(ended.exception.code, 1)
        return said.getvalue()

    def test_the_preview_of_this_pull_request_is_taken(self):
        self.assertEqual(self.check(), 1)

    def test_stacks_of_others_are_refused(self):
        for name in ("notes-preview-pr70-data", "notes-preview-pr8-data", "notes-prod-data", "notes-preview-foundation", "notes-preview-pr7-", "notes-preview-pr7-a\nb"):
            self.stack(name=name)
            self.assertIn("has another name than `notes-preview-pr7-…`", self.refused(), name)

    def test_nobody_extends_a_preview_or_hides_it(self):
        self.stack(expires="2099-01-01")
        self.assertIn("`infra:expires` = `2099-01-01`, expected `2026-12-03`", self.refused())
        self.stack(app="notes/prod")
        self.assertIn("`infra:app` = `notes/prod`, expected `notes/preview/pr7`", self.refused())

    def test_what_would_stay_is_refused(self):
        self.stack(terminationProtection=True)
        self.assertIn("is protected from termination", self.refused())
        self.stack()
        for resource, said in (
            ({"Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain"}, "the DeletionPolicy of `One` is `Retain`"),
            ({"Type": "AWS::S3::Bucket", "UpdateReplacePolicy": "Retain"}, "the UpdateReplacePolicy of `One` is `Retain`"),
            ({"Type": "AWS::RDS::DBInstance"}, "the DeletionPolicy of `One` is `Snapshot`"),
        ):
            (self.folder / "Data.template.json").write_text(json.dumps({"Resources": {"One": resource}}))
            self.assertIn(said, self.refused())
        (self.folder / "Data.template.json").write_text(json.dumps({"Resources": {"One": {"Type": "AWS::RDS::DBInstance", "DeletionPolicy": "Delete"}}}))
        self.assertEqual(self.check(), 1)

    def test_a_stack_in_a_nested_assembly_is_seen(self):
        self.stack(folder="stage", name="notes-prod-data")
        self.assertIn("notes-prod-data", self.refused())

    def test_what_would_be_executed_or_read_here_is_refused(self):
        assets = self.folder / "Data.assets.json"
        for content, said in (
            ({"dockerImages": {"one": {"source": {"directory": "."}}}}, "builds an image"),
            ({"files": {"one": {"source": {"executable": ["sh"]}}}}, "is not one of the assembly"),
            ({"files": {"one": {"source": {"path": "../../home/token"}}}}, "is not one of the assembly"),
            ({"files": {"one": {"source": {"path": "/etc/passwd"}}}}, "is not one of the assembly"),
        ):
            assets.write_text(json.dumps(content))
            self.assertIn(said, self.refused())
        assets.write_text(json.dumps({"files": {"one": {"source": {"path": "Data.template.json"}}}}))
        self.assertEqual(self.check(), 1)
        (self.folder / "asset").symlink_to("/etc")
        self.assertIn("`asset` is a link", self.refused())

    def test_files_for_another_preview_or_with_a_role_are_refused(self):
        def published(**place):
            source = {"path": "Data.template.json"}
            (self.folder / "Data.assets.json").write_text(json.dumps({"files": {"one": {"source": source, "destinations": {"here": {"objectKey": "x", **place}}}}}))

        for bucket in ("notes-preview-pr8-site", "notes-preview-pr70-site", "notes-preview-foundation", "notes-preview-pr7"):
            published(bucketName=bucket)
            self.assertIn(f"publishes a file to the bucket `{bucket}` of another preview", self.refused())
        published(bucketName="cdk-assets-${AWS::AccountId}", assumeRoleArn="arn:aws:iam::123456789012:role/other")
        self.assertIn("publishes a file with its own role", self.refused())
        for bucket in ("notes-preview-pr7-site", "cdk-assets-${AWS::AccountId}"):
            published(bucketName=bucket)
            self.assertEqual(self.check(), 1)

    def test_files_are_checked_by_the_manifest_and_not_by_their_names(self):
        manifest = self.folder / "manifest.json"
        document = json.loads(manifest.read_text())
        document["artifacts"]["Evil"] = {"type": "cdk:asset-manifest", "properties": {"file": "x"}}
        document["artifacts"]["Data"]["properties"]["templateFile"] = "y"
        manifest.write_text(json.dumps(document))
        (self.folder / "x").write_text(json.dumps({"files": {"one": {"source": {"executable": ["sh", "-c", "env"]}}}}))
        (self.folder / "y").write_text(json.dumps({"Resources": {"One": {"Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain"}}}))
        said = self.refused()
        self.assertIn("`x` has a file that is not one of the assembly", said)
        self.assertIn("`y`: the DeletionPolicy of `One` is `Retain`", said)
        (self.folder / "y").write_text("Resources: {}")
        self.assertIn("`y` is not valid JSON", self.refused())
        document["artifacts"]["Other"] = {"type": "cdk:cloud-assembly", "properties": {"directoryName": "z"}}
        manifest.write_text(json.dumps(document))
        self.assertIn("has the type `cdk:cloud-assembly`", self.refused())

    def test_what_cannot_be_seen_in_a_template_is_refused(self):
        for template, said in (
            ({"Transform": "AWS::LanguageExtensions", "Resources": {}}, "has the transform"),
            ({"Resources": {"Fn::ForEach::Many": []}}, "has `Fn::ForEach`"),
            ({"Resources": {"One": {"Type": "AWS::S3::Bucket", "Properties": {"Fn::Transform": {"Name": "AWS::Include"}}}}}, "has `Fn::Transform`"),
            ({"Resources": {"One": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "https://example.com"}}}}, "whose template is not checked"),
            ({"Resources": {"One": {"Type": "AWS::RDS::DBCluster", "DeletionPolicy": "Delete", "Properties": {"DeletionProtection": True}}}}, "DeletionProtection of `One`"),
        ):
            (self.folder / "Data.template.json").write_text(json.dumps(template))
            self.assertIn(said, self.refused())

    def test_a_role_of_its_own_and_an_empty_assembly_are_refused(self):
        self.stack(assumeRoleArn="arn:aws:iam::123456789012:role/other")
        self.assertIn("specifies its own role", self.refused())
        (self.folder / "manifest.json").write_text("{}")
        self.assertIn("it has no stack", self.refused())


class Script(unittest.TestCase):
    def enter(self, context):
        """As `enterContext`, which Python 3.10 does not have."""
        value = context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        return value

    @classmethod
    def setUpClass(cls):
        # One server for all: to stop one takes half a second.
        serving = github_stand_in.serving()
        cls.hub = serving.__enter__()
        cls.addClassCleanup(serving.__exit__, None, None, None)

    def setUp(self):
        self.enter(mock.patch.dict(os.environ, clear=False))
        for name in [name for name in os.environ if name.startswith(("GITHUB_", "ACTIONS_", "PREVIEW"))]:
            del os.environ[name]
        self.hub.__init__(self.hub.address)
        self.folder = Path(self.enter(tempfile.TemporaryDirectory()))
        repository = {"full_name": github_stand_in.REPOSITORY}
        self.pull = {"number": 7, "merge_commit_sha": MERGE, "head": {"sha": HEAD, "ref": "change", "repo": repository}, **LABELLED}
        self.hub.pulls = {7: self.pull}
        self.hub.main = MAIN
        self.hub.commits = {MERGE: {"tree": {"sha": "tree"}, "parents": [{"sha": MAIN}, {"sha": HEAD}]}, MAIN: {"tree": {"sha": "other"}, "parents": []}}
        event = self.folder / "event.json"
        event.write_text(json.dumps({"action": "labeled", "pull_request": {"number": 7, "head": {"sha": HEAD}}}))
        os.environ |= {
            "AWS_REGION": "us-east-1",
            "GITHUB_API_URL": self.hub.address,
            "GITHUB_EVENT_NAME": "pull_request",
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_OUTPUT": str(self.folder / "outputs"),
            "GITHUB_REPOSITORY": github_stand_in.REPOSITORY,
            "GITHUB_SHA": MERGE,
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            "GITHUB_TOKEN": github_stand_in.TOKEN,
            "INFRA_ENVIRONMENT": "preview",
            "PREVIEW_EXECUTION_ROLE": "arn:aws:iam::123456789012:role/execution",
            "PREVIEW_ROLE": "arn:aws:iam::123456789012:role/preview",
            "VARIABLES": json.dumps({"PREVIEW_ROLE": "arn:aws:iam::123456789012:role/preview", "DEPLOY_ROLE": "arn:aws:iam::210987654321:role/deploy"}),
            "NO_PROXY": "127.0.0.1",
        }
        self.module = script("preview")
        self.module.today = lambda: TODAY
        self.heard = {}
        self.called = []
        self.module.with_role = self.tool

    def tool(self, role, *arguments, data=False):
        """The command line, which answers what the test says."""
        self.called.append((role, *arguments))
        answer = self.heard.get(arguments[0], Heard(0, "", ""))
        if "--outputs-file" in arguments:
            Path(arguments[arguments.index("--outputs-file") + 1]).write_text(json.dumps({"notes-preview-pr7-edge": {"SiteUrl12": "https://d1.cloudfront.net"}}))
        return answer

    def run_script(self, *arguments, module=None):
        with redirect_stderr(io.StringIO()) as talk, redirect_stdout(io.StringIO()), mock.patch.object(sys, "argv", ["script", *arguments]):
            try:
                code = (module or self.module).main()
            except SystemExit as ended:
                code = ended.code
        return code, talk.getvalue()

    def main(self):
        return self.assembly(previews.PROBE, "2026-12-31")

    def assembly(self, name="pr7", expires="2026-12-03", prefix="notes-preview-"):
        folder = self.folder / ("assembly" if name == "pr7" else name)
        folder.mkdir()
        tags = {"infra:app": f"cloud-native-notes/preview/{name}", "infra:expires": expires}
        artifacts = {}
        for part, kind in (("data", "AWS::RDS::DBInstance"), ("edge", "AWS::CloudFront::Distribution")):
            (folder / f"{part}.json").write_text(json.dumps({"Resources": {"One": {"Type": kind, "DeletionPolicy": "Delete"}}}))
            artifacts[part] = {"type": "aws:cloudformation:stack", "properties": {"stackName": f"{prefix}{name}-{part}", "templateFile": f"{part}.json", "tags": tags}}
        (folder / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))
        return str(folder)

    def deploy(self, *more, smoke=lambda where, within: 0, **heard):
        document = {"currency": "USD", "total": {"hourly": 0.1, "monthly": 73.0}, "notCounted": [{"meter": "requests"}], "unknownTypes": []}
        self.heard = {"cost": Heard(0, json.dumps(document), ""), "previews": Heard(0, "[]", ""), **heard}
        self.module.smoke = smoke
        self.arguments = ("deploy", "--assembly", self.assembly(), "--of-main", self.main(), "--site", "site", "--expires", "2026-12-03")
        return self.run_script(*self.arguments, *more)

    def test_one_comment_says_address_cost_and_end(self):
        code, talk = self.deploy()
        self.assertEqual(code, 0, talk)
        [comment] = self.hub.comments
        for part in ("Preview `pr7`: deployed", "https://d1.cloudfront.net", "about 0.100 USD an hour", "not counted: `requests`", "or after 2026-12-03 (UTC)"):
            self.assertIn(part, comment["body"])
        [record] = self.hub.deployments
        self.assertEqual((record["environment"], record["ref"], record["transient_environment"]), ("preview/pr-7", HEAD, True))
        self.assertEqual([one["state"] for one in record["statuses"]], ["in_progress", "success"])
        self.assertEqual(record["statuses"][-1]["environment_url"], "https://d1.cloudfront.net")

    def test_what_is_written_is_found_again_by_app_and_environment(self):
        self.deploy()
        self.assertTrue(self.hub.comments[0]["body"].startswith("<!-- infra:preview:infra-app:preview -->\n"))
        self.module.project = lambda: {"name": "a shop --> x"}
        os.environ["INFRA_ENVIRONMENT"] = "review"
        self.assertEqual(self.module.marker("previews"), "<!-- infra:previews:a-shop-----x:review -->")

    def test_without_a_smoke_test_nothing_is_asked(self):
        asked = []
        self.deploy("--smoke-within", "9", smoke=lambda where, within: asked.append((where, within)) or 1)
        self.assertEqual(asked, [("https://d1.cloudfront.net", 9.0)])
        self.assertIn("its smoke test failed", self.hub.comments[0]["body"])
        code, talk = self.run_script(*self.arguments)
        self.assertEqual((code, len(asked)), (0, 1), talk)

    def test_main_says_how_previews_are_named(self):
        naming = previews.Naming.of(Path(self.main()))
        self.assertEqual((naming.prefix, naming.app), ("notes-preview-", "cloud-native-notes/preview"))
        manifest = self.folder / previews.PROBE / "manifest.json"
        for old, new, said in ((f"notes-preview-{previews.PROBE}-data", "data", "does not show how previews are named"), (f"preview/{previews.PROBE}", "preview/other", f"APP/ENVIRONMENT/{previews.PROBE}")):
            text = manifest.read_text()
            manifest.write_text(text.replace(old, new))
            with redirect_stderr(io.StringIO()) as talk, self.assertRaises(SystemExit):
                previews.Naming.of(manifest.parent)
            self.assertIn(said, talk.getvalue())
            manifest.write_text(text)

    def test_projects_may_be_called_as_they_like(self):
        for prefix in ("domain-shop-preview-", "main-preview-", "pr7-preview-"):
            folder = self.assembly(previews.PROBE, prefix=prefix)
            self.assertEqual(previews.Naming.of(Path(folder)).prefix, prefix)
            __import__("shutil").rmtree(folder)

    def test_workflows_make_the_preview_that_is_read(self):
        for path in (".github/workflows/preview-trusted.yml", "infra-lib/delivery/src/templates/github/preview-trusted.yml"):
            self.assertIn(f"--set preview.name={previews.PROBE}", (ROOT / path).read_text())
        self.assertLessEqual(len(previews.PROBE), previews.LONGEST_NAME)
        self.assertRegex(previews.PROBE, "^[a-z][a-z0-9]+$")
        self.assertIsNone(previews.number_of(previews.PROBE))

    def test_settings_are_called_as_the_project_has_them(self):
        for table, said in (({}, "the variable PREVIEWS to `all`"), ({"delivery": {}}, "`pull_requests` of `[delivery.preview]` in infra.toml to `all`")):
            self.module.project = lambda table=table: {"name": "shop", **table}
            self.hub.pulls[7] = {**self.pull, "labels": []}
            code, talk = self.run_script("find")
            self.assertEqual((code, said in talk), (1, True), talk)
        self.hub.pulls[7] = self.pull
        os.environ["PREVIEW_DAYS"] = "0"
        self.assertIn("`days` of `[delivery.preview]` in infra.toml is `0`", self.run_script("find")[1])

    def test_the_preview_of_another_pull_request_is_not_deployed(self):
        stranger = self.assembly("pr8")
        code, talk = self.run_script("deploy", "--assembly", stranger, "--of-main", self.main(), "--expires", "2026-12-03")
        self.assertEqual((code, self.called, self.hub.deployments), (1, [], []))
        self.assertIn("has another name than `notes-preview-pr7-…`", talk)

    def test_an_account_of_another_environment_gets_no_preview(self):
        roles = {"ENVIRONMENTS": json.dumps({"prod": {"DEPLOY_ROLE": "arn:aws:iam::123456789012:role/deploy"}})}
        for shared in (roles, {"EXECUTION_ROLE": "arn:aws:iam::123456789012:role/execution"}):
            os.environ["VARIABLES"] = json.dumps(shared)
            code, talk = self.run_script("deploy", "--assembly", "nowhere", "--of-main", "nowhere", "--expires", "2026-12-03")
            self.assertEqual((code, self.called, self.hub.deployments), (8, [], []))
            self.assertIn("the account 123456789012, which another environment is in", talk)

    def test_a_last_day_of_its_own_is_refused(self):
        code, talk = self.run_script("deploy", "--assembly", "nowhere", "--of-main", "nowhere", "--expires", "9999-12-31")
        self.assertEqual((code, self.called), (1, []))
        self.assertIn("expected: 2026-12-04 at the latest", talk)

    def test_an_address_that_is_none_is_not_shown(self):
        outputs = self.folder / "outputs.json"
        for value in ("http://169.254.169.254/", "https://x.example/](https://evil.example) [", "javascript:alert(1)"):
            outputs.write_text(json.dumps({"edge": {"SiteUrl1": value}}))
            self.assertIsNone(self.module.address(outputs, "pr7"), value)

    def test_only_a_new_distribution_is_deployed_in_express_mode(self):
        self.deploy()
        deploys = [call for call in self.called if call[1] == "deploy"]
        self.assertEqual([("--express" in call, "notes-preview-pr7-edge" in call, "notes-preview-pr7-data" in call) for call in deploys], [(False, False, True), (True, True, False)])
        there = [{"name": "pr7", "expires": "2026-12-03", "stacks": [{"name": "notes-preview-pr7-edge", "region": "us-east-1", "status": "CREATE_COMPLETE"}]}]
        self.heard["previews"] = Heard(0, json.dumps(there), "")
        self.assertEqual(self.module.rounds(str(self.folder / "assembly")), [[]])

    def test_a_deployment_that_fails_is_told_and_recorded(self):
        code, _ = self.deploy(deploy=Heard(5, "", "error: no capacity"))
        self.assertEqual(code, 5)
        [comment] = self.hub.comments
        self.assertIn("no capacity", comment["body"])
        self.assertIn("until they are removed", comment["body"])
        self.assertEqual([one["state"] for one in self.hub.deployments[0]["statuses"]], ["in_progress", "failure"])

    def test_what_is_closed_since_or_not_labelled_is_not_deployed(self):
        for change in ({"state": "closed"}, {"labels": []}):
            self.hub.pulls[7] = {**self.pull, **change}
            code, _ = self.run_script("deploy", "--assembly", "nowhere", "--of-main", "nowhere", "--expires", "2026-12-03")
            self.assertEqual((code, self.called, self.hub.comments), (1, [], []))

    def test_a_run_that_no_pull_request_started_makes_no_preview(self):
        os.environ |= {"GITHUB_EVENT_NAME": "schedule", "GITHUB_REF": "refs/heads/main", "GITHUB_SHA": MAIN}
        code, talk = self.run_script("deploy", "--assembly", "nowhere", "--of-main", "nowhere", "--expires", "2026-12-03")
        self.assertEqual((code, self.called), (1, []))
        self.assertIn("only a pull request has a preview", talk)

    def test_a_closed_pull_request_takes_its_preview_along(self):
        self.hub.deployments = [{"id": 1, "environment": "preview/pr-7", "statuses": []}, {"id": 2, "environment": "preview/pr-70", "statuses": []}]
        self.hub.pulls[7] = {**self.pull, "state": "closed"}
        code, _ = self.run_script("remove", "--assembly", "main")
        self.assertEqual(code, 0)
        self.assertEqual(self.called, [("PREVIEW_ROLE", "destroy", "--preview", "pr7", "--yes", "--assembly", "main", "--progress", "lines")])
        self.assertIn("the pull request is closed", self.hub.comments[0]["body"])
        self.assertEqual([[one["state"] for one in deployment["statuses"]] for deployment in self.hub.deployments], [["inactive"], []])

    def test_one_that_had_no_preview_gets_no_comment(self):
        self.hub.pulls[7] = {**self.pull, "state": "closed"}
        self.heard = {"destroy": Heard(0, "", "nothing to destroy: no stack is deployed\n")}
        code, _ = self.run_script("remove", "--assembly", "main")
        self.assertEqual((code, self.hub.comments), (0, []))

    def test_an_open_pull_request_keeps_its_preview(self):
        code, _ = self.run_script("remove", "--assembly", "main")
        self.assertEqual((code, self.called), (1, []))

    def listed(self, *names, expires="2026-12-03"):
        return Heard(0, json.dumps([{"name": name, "expires": expires, "stacks": [{}]} for name in names]), "")

    def test_what_is_over_goes_and_what_fails_becomes_an_issue(self):
        self.module.today = lambda: date(2026, 12, 4)
        self.heard = {"previews": self.listed("pr7"), "destroy": Heard(5, "", "DELETE_FAILED")}
        code, _ = self.run_script("sweep", "--assembly", "main")
        self.assertEqual(code, 1)
        [issue] = self.hub.issues
        self.assertEqual((issue["title"], issue["state"]), ("Previews that could not be removed", "open"))
        self.assertIn("DELETE_FAILED", issue["body"])
        self.assertIn("not removed", self.hub.comments[0]["body"])
        self.heard["destroy"] = Heard(0, "", "")
        code, _ = self.run_script("sweep", "--assembly", "main")
        self.assertEqual((code, self.hub.issues[0]["state"]), (0, "closed"))
        self.assertIn("its last day was 2026-12-03", self.hub.comments[0]["body"])

    def test_one_whose_time_is_not_over_stays(self):
        self.module.today = lambda: date(2026, 12, 3)
        self.heard = {"previews": self.listed("pr7")}
        self.run_script("sweep", "--assembly", "main")
        self.assertEqual([call[1] for call in self.called], ["previews"])

    def test_one_that_was_made_at_a_desk_goes_after_its_last_day(self):
        self.heard = {"previews": self.listed("try")}
        self.assertEqual(self.run_script("sweep", "--assembly", "main")[0], 0)
        self.assertEqual([call[1] for call in self.called], ["previews"])
        self.module.today = lambda: date(2026, 12, 4)
        self.run_script("sweep", "--assembly", "main")
        self.assertIn((self.module.ROLE, "destroy", "--preview", "try"), [call[:4] for call in self.called])

    def test_a_region_that_is_not_set_is_named(self):
        os.environ["AWS_REGION"] = ""
        code, talk = self.run_script("sweep", "--assembly", "main")
        self.assertEqual((code, self.called), (2, []))
        self.assertIn("`AWS_REGION` is not set", talk)
        self.assertIn("PREVIEW_REGION", talk)
        self.assertEqual(self.run_script("find")[0], 0)

    def test_nothing_is_removed_on_a_guess(self):
        self.module.today = lambda: date(2026, 12, 4)
        self.heard = {"previews": self.listed("pr7", "pr8")}
        self.hub.faults = [403] * 4
        code, _ = self.run_script("sweep", "--assembly", "main")
        self.assertNotEqual(code, 0)
        self.assertEqual([call[1] for call in self.called], ["previews"])

    def test_an_image_is_waited_for_until_its_plan_fails(self):
        module, found = script("proposed"), [None, None, "sha256:" + "1" * 64]
        module.registry.sign_in = lambda name: "registry/proposals"
        module.registry.digest_of = lambda reference: found.pop(0)
        code, _ = self.run_script("tree", "--every", "0", module=module)
        self.assertEqual((code, found), (0, []))
        self.assertIn("digest=sha256:1", (self.folder / "outputs").read_text())
        module.registry.digest_of = lambda reference: None
        self.hub.runs = [{"workflow": "plan.yml", "id": 1, "head_sha": HEAD, "conclusion": "failure"}]
        code, talk = self.run_script("tree", "--every", "0", module=module)
        self.assertEqual(code, 1)
        self.assertIn("ended with `failure`", talk)


if __name__ == "__main__":
    unittest.main()
