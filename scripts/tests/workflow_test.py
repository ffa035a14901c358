"""Holds the workflows to what docs/delivery.md promises about them: who holds credentials, and what code they are near."""

import json
import os
import re
import subprocess
import sys
import tomllib
import unittest
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/lib"))
import checks  # noqa: E402
import turns  # noqa: E402
from actions_stand_in import evaluate  # noqa: E402
from cases import script  # noqa: E402
from github_stand_in import CALLED as OURS, REPOSITORY  # noqa: E402

# The other workflow that pull requests call as main has it: for previews.
PREVIEWS = OURS.replace("/trusted.yml@", "/preview-trusted.yml@")
FOLDER = ROOT / ".github/workflows"
# The key `on` is a boolean for readers of YAML 1.1.
ON = True
# Started by a pull request of anybody, or by what such a run has left, with the rights of the main branch.
DANGEROUS = {"pull_request_target", "workflow_run", "issue_comment"}


def workflows():
    return {path.name: yaml.safe_load(path.read_text()) for path in sorted(FOLDER.glob("*.yml"))}


def jobs():
    for name, workflow in workflows().items():
        for job_name, job in workflow["jobs"].items():
            yield f"{name}: {job_name}", name, job


def environment_of(job):
    environment = job.get("environment")
    return environment.get("name") if isinstance(environment, dict) else environment


# The environment of GitHub that deploys, by that of the chain. No variable says so: whoever may change variables must not choose who approves.
DEPLOYING = ("${{ inputs.deploy-environment }}", "${{ (inputs.environment || vars.INFRA_ENVIRONMENT) == 'dev' && 'development' || 'production' }}")
CALLED, COMPARED = "./.github/workflows/environment.yml", "./.github/workflows/compare.yml"


def deploys(job):
    """Says if a job is in the environment of GitHub that deploys."""
    return environment_of(job) in DEPLOYING


def has_token(job):
    return job.get("permissions", {}).get("id-token") == "write"


class Workflows(unittest.TestCase):
    def test_nothing_is_granted_by_default(self):
        for name, workflow in workflows().items():
            self.assertEqual(workflow.get("permissions"), {}, name)
        for where, _, job in jobs():
            self.assertIn("permissions", job, where)

    def test_actions_are_few_and_pinned_by_commit_with_their_version(self):
        owners = set()
        for path in sorted(FOLDER.glob("*.yml")):
            for use in re.findall(r"uses: *(.*)", path.read_text()):
                if use in (OURS, CALLED, COMPARED, PREVIEWS, "./.github/workflows/notify.yml"):
                    continue
                self.assertRegex(use, r"^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", path.name)
                owners.add(use.split("/")[0])
        self.assertLessEqual(owners, {"actions", "github"}, "actions of GitHub itself only")

    def test_jobs_end_by_themselves(self):
        for where, _, job in jobs():
            if "uses" not in job:
                self.assertIn("timeout-minutes", job, where)

    def test_no_event_gives_the_rights_of_main_to_others(self):
        for name, workflow in workflows().items():
            dangerous = DANGEROUS & set(workflow[ON])
            # Commands in comments are off by default, and run scripts of main: commands_test.py.
            self.assertEqual(dangerous, {"issue_comment"} if name == "commands.yml" else set(), name)

    def test_there_is_no_secret_to_steal(self):
        # One may be there, the address of a chat: one job uses it, and callers pass it on to that.
        used = []
        for where, name, job in jobs():
            whole = yaml.safe_dump({key: value for key, value in job.items() if key != "secrets"})
            if "secrets." in whole:
                used.append(where)
                self.assertEqual(re.findall(r"secrets\.\w+", whole), ["secrets.CHAT_WEBHOOK"])
                self.assertEqual(job["permissions"], {"contents": "read"}, "it has no token")
            if "secrets" in job:
                self.assertEqual(job["secrets"], {"CHAT_WEBHOOK": "${{ secrets.CHAT_WEBHOOK }}"}, where)
                self.assertIn(job["uses"], ("./.github/workflows/notify.yml", CALLED, COMPARED), where)
        self.assertEqual(used, ["notify.yml: send"])

    def test_no_job_keeps_the_token_of_its_checkout(self):
        for where, _, job in jobs():
            for step in job.get("steps", []):
                if step.get("uses", "").startswith("actions/checkout@"):
                    self.assertIs(step["with"]["persist-credentials"], False, where)

    def test_a_job_with_a_token_is_one_that_a_role_trusts(self):
        # DeliveryRoles: the environments of trusted.yml, jobs of the main branch, and production.
        for where, name, job in jobs():
            if not has_token(job):
                self.assertNotIn("environment", job, where)
            elif name == "trusted.yml":
                self.assertIn(job.get("environment"), ("plan", "publish"), where)
            elif name == "preview-trusted.yml":
                self.assertEqual(job.get("environment"), "preview", where)
            elif "uses" not in job:
                self.assertTrue(environment_of(job) is None or deploys(job), where)
                by = {"workflow_call"} if name in ("environment.yml", "compare.yml") else {"push", "schedule", "workflow_dispatch"}
                self.assertLessEqual(set(workflows()[name][ON]), by, where)
            elif job["uses"] == CALLED:
                self.assertEqual(set(workflows()[name][ON]), {"push", "workflow_dispatch"}, where)

    def test_the_roles_trust_the_workflow_that_pull_requests_call(self):
        template = (ROOT / "infra-app/tests/golden/prod/Foundation.template.json").read_text()
        deploying = {name for _, name, job in jobs() if deploys(job)}
        trusted = {f"{REPOSITORY}/.github/workflows/{name}@refs/heads/main" for name in deploying | {"trusted.yml"}}
        self.assertEqual(set(re.findall(rf'"({REPOSITORY}/.github/workflows/[^"]*)"', template)), trusted)
        self.assertIn('"token.actions.githubusercontent.com:ref": "refs/heads/main"', template)

    def test_every_place_names_the_same_repository(self):
        for path in sorted((ROOT / "infra-app/config").glob("*.yaml")):
            self.assertEqual(yaml.safe_load(path.read_text())["delivery"]["repository"], REPOSITORY, path.name)
        policies = yaml.safe_load((ROOT / ".github/zizmor.yml").read_text())["rules"]["unpinned-uses"]["config"]["policies"]
        self.assertEqual(set(policies), {f"{REPOSITORY}/*", "*"})

    def test_code_of_a_pull_request_never_meets_credentials(self):
        for where, name, job in jobs():
            if "pull_request" not in workflows()[name][ON] or not has_token(job):
                continue
            # What pull requests start may hand the token to one file only, as main has it.
            self.assertIn(job.get("uses"), (OURS, PREVIEWS), where)

    def test_what_is_trusted_runs_the_code_of_main_only(self):
        for workflow in (workflows()["trusted.yml"], workflows()["preview-trusted.yml"]):
            self.assertEqual(list(workflow[ON]), ["workflow_call"])
        for name, job in [*workflows()["trusted.yml"]["jobs"].items(), *workflows()["preview-trusted.yml"]["jobs"].items()]:
            checkouts = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
            # Rules of the organisation are of another repository, at a commit, and no code.
            rules = [step["with"] for step in checkouts if "repository" in step["with"]]
            self.assertLessEqual({(one["repository"], one["ref"], one["path"]) for one in rules}, {("${{ vars.POLICY_REPOSITORY }}", "${{ vars.POLICY_REVISION }}", "policy")}, name)
            self.assertEqual([step["with"].get("ref") for step in checkouts if step["with"] not in rules], ["main"], name)
            for step in job["steps"]:
                # Artifacts are data: nothing from `proposed` is started.
                self.assertNotRegex(step.get("run", ""), r"(^|[;&|]\s*)(\./)?proposed", name)

    def test_no_job_with_credentials_reads_a_cache(self):
        for where, name, job in jobs():
            if has_token(job) or name in ("trusted.yml", "preview-trusted.yml", "deploy.yml", "environment.yml"):
                # What `main` keeps for pull requests is written there, and read by no job of it.
                uses = [step.get("uses", "") for step in job.get("steps", [])]
                self.assertFalse([use for use in uses if "cache" in use and not use.startswith("actions/cache/save@")], where)

    def test_an_image_is_built_by_main_before_it_is_a_release(self):
        deploy = workflows()["environment.yml"]["jobs"]
        rebuild = deploy["rebuild"]
        self.assertEqual((rebuild["permissions"], rebuild.get("environment")), ({"actions": "read", "contents": "read"}, None))
        self.assertEqual(rebuild["outputs"], {"digest": "${{ steps.rebuild.outputs.digest }}", "last": "${{ steps.changed.outputs.last }}"})
        [build] = [step for step in rebuild["steps"] if step.get("id") == "rebuild"]
        self.assertEqual(build["env"], {"DIGEST": "${{ inputs.digest }}"}, "it builds without the token")
        self.assertNotRegex(str(rebuild["steps"]), r"download-artifact|cache@|restore")
        # It costs no time before the approval, and nothing is approved without it.
        self.assertNotIn("needs", deploy["plan"])
        self.assertNotIn("needs", rebuild)
        self.assertIn("rebuild", deploy["deploy"]["needs"])
        self.assertNotRegex(deploy["deploy"]["if"], r"always|cancelled|failure", "a job whose needs failed is skipped")
        [promote] = [step for step in deploy["deploy"]["steps"] if "image promote" in step.get("run", "")]
        self.assertEqual(promote["env"]["REBUILT"], "${{ needs.rebuild.outputs.digest || inputs.rebuilt }}")
        self.assertIn('--rebuilt "$REBUILT" --last "$LAST"', promote["run"])
        self.assertEqual(promote["env"]["LAST"], "${{ needs.rebuild.outputs.last }}")

    def test_every_job_that_signs_for_others_is_of_main(self):
        signing = {name: job for name, job in workflows()["environment.yml"]["jobs"].items() if job.get("permissions", {}).get("attestations") == "write"}
        self.assertEqual(set(signing), {"plan", "record"})
        for name, job in signing.items():
            self.assertIn("github.ref == 'refs/heads/main'", job["if"], name)

    def test_what_npm_brings_runs_nothing_when_it_is_installed(self):
        locks = subprocess.run(["git", "ls-files", "*package-lock.json"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
        self.assertTrue(locks)
        for lock in locks:
            settings = (ROOT / lock).with_name(".npmrc")
            self.assertIn("ignore-scripts=true", settings.read_text().splitlines() if settings.exists() else [], lock)
        listed = subprocess.run(["git", "ls-files", "scripts", ".github", "compose.yaml", "bench"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
        for name in listed:
            if name.startswith("scripts/tests/") or not (ROOT / name).is_file():
                continue
            for line in (ROOT / name).read_text(errors="replace").splitlines():
                if re.search(r'\bnpm (ci|install) |"npm", "(ci|install)"', line) and not line.lstrip().startswith("#"):
                    self.assertIn("--ignore-scripts", line, f"{name}: {line.strip()}")

    def test_the_page_is_built_by_itself(self):
        found = [where for where, _, job in jobs() for step in job.get("steps", []) if "--site site" in step.get("run", "") and "delivery/build" in step["run"]]
        self.assertEqual(found, ["deploy.yml: page", "preview.yml: page"])
        for name, needs in (("deploy.yml", None), ("preview.yml", "find")):
            page = workflows()[name]["jobs"]["page"]
            self.assertEqual((page["permissions"], page.get("needs"), page.get("environment")), ({"contents": "read"}, needs, None))
            text = str(page["steps"])
            for other in ("download-artifact", "cache", "--tool", "--assembly", "INFRA_TOOL"):
                self.assertNotIn(other, text)

    def test_main_is_planned_only_where_the_required_workflows_ran(self):
        deploy = workflows()["deploy.yml"]["jobs"]
        [verify] = [step["run"] for step in deploy["checks"]["steps"] if "run" in step]
        self.assertEqual(verify, "scripts/delivery/checks")
        self.assertNotIn("if", deploy["checks"])
        calls = {name: job for name, job in deploy.items() if "uses" in job}
        self.assertTrue(calls)
        for name, job in calls.items():
            self.assertIn("checks", job["needs"], name)
            # A job whose needs failed is skipped, unless its condition says otherwise.
            self.assertTrue("!cancelled()" not in job["if"] or "needs.checks.result == 'success'" in job["if"], name)
            self.assertNotRegex(job["if"], r"always|failure\(", name)
        required = {name for _, name, job in jobs() if job.get("name") in ("ci passed", "plan passed")}
        self.assertEqual(required, set(checks.REQUIRED))

    def test_what_another_job_built_is_taken_by_its_sum(self):
        for where, name, job in jobs():
            if not has_token(job):
                continue
            steps = job.get("steps", [])
            for at, step in enumerate(steps):
                if not step.get("uses", "").startswith("actions/download-artifact@") or step["with"]["path"].split("/")[0] == "proposed":
                    continue
                # The next step that runs something compares it, with an output of the job that made it.
                following = next(one for one in steps[at:] if "run" in one)
                if step["with"]["name"] == "promoted":
                    # Held to the digest that the plan names.
                    self.assertIn('image promote "$DIGEST" "$TREE" --plan plan/plan.json --archive promoted/image.tar', following["run"], where)
                    continue
                self.assertRegex(following["run"], r"artifact check|sha256sum --check --strict", where)
                self.assertRegex(str(following["env"]), r"needs\.\w+\.outputs\.sum|inputs\.built", where)
                if "artifact check" in following["run"]:
                    self.assertIn(f"artifact check {step['with']['path']} ", following["run"], where)

    def test_no_job_with_a_token_compiles(self):
        for where, _, job in jobs():
            if has_token(job):
                for step in job.get("steps", []):
                    run = step.get("run", "")
                    self.assertNotRegex(run, r"delivery/build|cargo |npm ", where)
                    if "delivery/operate" in run or "image restorable" in run or "delivery/chosen" in run:
                        self.assertRegex(run, r"--assembly built/assembly\b", where)
                        self.assertEqual(step["env"]["INFRA_TOOL"], "${{ github.workspace }}/built/infra", where)

    def test_what_the_image_holds_is_checked_by_the_job_that_pushes_it(self):
        steps = [str(step.get("run", step.get("uses"))) for step in workflows()["trusted.yml"]["jobs"]["publish"]["steps"]]
        order = [next(at for at, step in enumerate(steps) if part in step) for part in ("image check", "image push", "actions/attest@")]
        self.assertEqual(order, sorted(order))
        nightly = workflows()["audit.yml"]
        self.assertIn("schedule", nightly[ON])
        self.assertIn("image scan", str(nightly["jobs"]["image"]["steps"]))
        self.assertIn("image prove", str(nightly["jobs"]["reproduce"]["steps"]))

    def test_the_tool_knows_the_environments_of_the_chain(self):
        project = tomllib.loads((ROOT / "infra.toml").read_text())
        self.assertEqual(list(project["environments"]), script("delivery/chain").jobs(), "as `infra releases --all-environments` asks for")
        self.assertIn(project["env"], project["environments"])

    def test_every_environment_is_looked_at_and_none_hides_another(self):
        found = workflows()
        build = found["drift.yml"]["jobs"]["build"]
        self.assertIn("scripts/delivery/chain show", [step.get("run") for step in build["steps"]])
        self.assertTrue(any("--environments \"$CHAIN\"" in step.get("run", "") for step in build["steps"]))
        for name, job, of in (
            ("drift.yml", "drift", {"environment": "${{ fromJSON(needs.build.outputs.chain) }}"}),
            ("audit.yml", "image", {"image": "${{ fromJSON(needs.deployed.outputs.images) }}"}),
            ("audit.yml", "reproduce", {"image": "${{ fromJSON(needs.deployed.outputs.images) }}"}),
            ("trusted.yml", "plan", {"environment": "${{ fromJSON(needs.tools.outputs.environments) }}"}),
        ):
            self.assertEqual(found[name]["jobs"][job]["strategy"], {"fail-fast": False, "matrix": of}, name)
        # Neither waits for what another environment's job finds.
        self.assertEqual(found["audit.yml"]["jobs"]["reproduce"]["needs"], "deployed")
        # Each reads settings of its own, and none of the repository by itself.
        for name, job in (("compare.yml", "drift"), ("trusted.yml", "plan")):
            steps = [step.get("run", "") for step in found[name]["jobs"][job]["steps"]]
            self.assertIn('scripts/delivery/chain settings "$INFRA_ENVIRONMENT"', steps, name)
            self.assertNotRegex(str(found[name]["jobs"][job]["env"]), r"vars\.(AWS_REGION|\w+_ROLE)", name)

    def test_main_and_no_pull_request_says_what_is_planned(self):
        tools = workflows()["trusted.yml"]["jobs"]["tools"]["steps"]
        self.assertEqual(tools[0]["with"]["ref"], "main")
        self.assertEqual(tools[1]["run"], "scripts/delivery/chain planned")
        for name, job in (("plan.yml", "synth"), ("close.yml", "names")):
            steps = [step.get("run", "") for step in workflows()[name]["jobs"][job]["steps"]]
            self.assertIn("scripts/delivery/chain planned", steps, name)
            self.assertTrue(any('--environments "$ENVIRONMENTS"' in run for run in steps), name)

    def test_the_app_is_compiled_once_a_run(self):
        for name, workflow in workflows().items():
            builds = [step["run"] for job in workflow["jobs"].values() for step in job.get("steps", []) if "--assembly" in step.get("run", "") and "delivery/build" in step["run"]]
            self.assertLessEqual(len(builds), 1, name)

    def test_images_are_proposed_and_released_in_two_places(self):
        for where, name, job in jobs():
            for step in job.get("steps", []):
                run = step.get("run", "")
                if "image push" in run or "image find" in run:
                    self.assertNotIn("IMAGE_REPOSITORY", step["env"], where)
                if "image promote" in run:
                    self.assertEqual((name, deploys(job)), ("environment.yml", True), where)
                    self.assertIn("--plan plan/plan.json", run, where)
        steps = [step.get("run", "") for step in workflows()["environment.yml"]["jobs"]["deploy"]["steps"]]
        order = [next(at for at, run in enumerate(steps) if part in run) for part in ("queue turn", "sha256sum --check", "image promote", "delivery/release")]
        self.assertEqual(order, sorted(order))

    def test_a_run_whose_turn_it_is_not_touches_nothing(self):
        for name in ("plan", "deploy"):
            steps = workflows()["environment.yml"]["jobs"][name]["steps"]
            turn = next(at for at, step in enumerate(steps) if step.get("id") == "turn")
            for step in steps[turn + 1 :]:
                if step.get("name") not in (turns.DEPLOYED, turns.ALREADY, turns.AGAIN):
                    self.assertEqual(step.get("if", "").removesuffix(" && vars.POLICY_REPOSITORY != ''"), "steps.turn.outputs.go == 'true'", f"{name}: {step}")

    def test_rules_of_the_organisation_hold_where_a_plan_is_made_and_where_it_is_executed(self):
        for name, job in (("trusted.yml", "plan"), ("environment.yml", "plan"), ("environment.yml", "deploy")):
            found = workflows()[name]["jobs"][job]
            self.assertEqual(found["env"]["INFRA_POLICY"], "${{ vars.POLICY_REPOSITORY && format('{0}/policy', github.workspace) || '' }}", f"{name}: {job}")
            steps = found["steps"]
            [at] = [at for at, step in enumerate(steps) if step.get("with", {}).get("path") == "policy"]
            self.assertEqual((steps[at]["with"]["repository"], steps[at]["with"]["ref"]), ("${{ vars.POLICY_REPOSITORY }}", "${{ vars.POLICY_REVISION }}"))
            # A branch or a tag is refused before it is checked out, and the rules are there before the tool is.
            demand = steps[at - 1]
            self.assertEqual((demand["if"], demand["env"]), (steps[at]["if"], {"REVISION": "${{ vars.POLICY_REVISION }}"}))
            for revision, code in (("a" * 40, 0), ("main", 1), ("", 1), ("a" * 39, 1), ("A" * 40, 1)):
                done = subprocess.run(["bash", "-e", "-c", demand["run"]], env={"REVISION": revision, "PATH": os.environ["PATH"]}, capture_output=True, text=True)
                self.assertEqual(done.returncode, code, f"{revision}: {done.stderr}")
            uses = [number for number, step in enumerate(steps) if "delivery/plan make" in step.get("run", "") or "delivery/release" in step.get("run", "")]
            self.assertTrue(uses and min(uses) > at, f"{name}: {job}")
        for name in ("rollback.yml", "migration.yml"):
            [job] = [job for job in workflows()[name]["jobs"].values() if environment_of(job)]
            # It ends here if it is not its turn.
            self.assertEqual([step.get("name", "checkout") for step in job["steps"][:2]], ["checkout", "Wait for the turn in the queue"], name)

    def test_nothing_of_an_event_becomes_part_of_a_script(self):
        for where, _, job in jobs():
            for step in job.get("steps", []):
                self.assertNotIn("${{", step.get("run", ""), f"{where}: {step.get('name')}")

    def test_what_waits_is_a_job_and_never_a_workflow(self):
        # A group of a workflow is held while somebody is asked for an approval, and the next merge cancels what waits behind it.
        for name, workflow in workflows().items():
            if any(job.get("environment") or "queue" in str(job.get("concurrency")) for job in workflow["jobs"].values()):
                self.assertNotIn("concurrency", workflow, name)

    def test_production_is_changed_in_lanes_that_cancel_nothing_of_each_other(self):
        lanes = {}
        for where, name, job in jobs():
            if deploys(job):
                self.assertIs(job["concurrency"]["cancel-in-progress"], False, where)
                lanes[name] = job["concurrency"]["group"]
        self.assertEqual(set(lanes), {"environment.yml", *turns.LANES} - {turns.DEPLOY})
        self.assertEqual(len({group.partition("-$")[0] for group in lanes.values()}), len(lanes), "no lane is that of another")
        # Each environment has lanes of its own.
        for group in lanes.values():
            self.assertRegex(group, r"^\w+-\$\{\{ inputs\.environment( \|\| vars\.INFRA_ENVIRONMENT)? \}\}$")
        # Only what holds all that waits before it may take its place.
        self.assertNotIn("queue", workflows()["environment.yml"]["jobs"]["deploy"]["concurrency"])
        for name in ("rollback.yml", "migration.yml"):
            [job] = [job for job in workflows()[name]["jobs"].values() if job.get("environment")]
            self.assertEqual(job["concurrency"]["queue"], "max", name)

    def test_the_queue_reads_jobs_and_steps_that_there_are(self):
        for name, (job_name, step) in turns.EXECUTES.items():
            place = "environment.yml" if name == turns.DEPLOY else name
            [job] = [job for job in workflows()[place]["jobs"].values() if job["name"] == job_name]
            steps = [one.get("name") for one in job["steps"]]
            self.assertIn(step, steps, name)
            # Nothing is executed before it is this run's turn.
            [turn] = [one for one in job["steps"] if one.get("name") == "Wait for the turn in the queue"]
            self.assertRegex(turn["run"], rf'queue turn {name} (--\S+ )*--environment "\$INFRA_ENVIRONMENT"')
            if name != turns.DEPLOY:
                # The queue reads of which environment it is from the name of the run.
                self.assertEqual(workflows()[name]["run-name"], f"{name.removesuffix('.yml')} of ${{{{ inputs.environment || vars.INFRA_ENVIRONMENT }}}}")
                self.assertEqual(workflows()[name]["env"]["INFRA_ENVIRONMENT"], "${{ inputs.environment || vars.INFRA_ENVIRONMENT }}")
            self.assertLess(steps.index("Wait for the turn in the queue"), steps.index(step), name)
            self.assertEqual(job["permissions"]["actions"], "read", name)
            [last] = [job for job in workflows()[name]["jobs"].values() if job["name"] == turns.NEXT]
            self.assertEqual(last["if"], "${{ always() }}", name)
            self.assertEqual(set(last["needs"] if isinstance(last["needs"], list) else [last["needs"]]), set(workflows()[name]["jobs"]) - {"next"})
            self.assertIn("scripts/delivery/queue next", [one.get("run") for one in last["steps"]])
        environment = workflows()["environment.yml"]["jobs"]
        names = {job["name"] for job in environment.values() if "uses" not in job}
        self.assertEqual(names - {"Rebuild the image (no credentials)"}, {turns.PLAN, "Deploy", *turns.BESIDE} - {"Send"})
        # The workflow that sends messages is called, and its one job is beside as well.
        self.assertEqual({job["name"] for job in workflows()["notify.yml"]["jobs"].values()}, {"Send"})
        self.assertLessEqual({turns.DEPLOYED, turns.ALREADY, turns.AGAIN}, {step.get("name") for step in environment["deploy"]["steps"]})
        self.assertLessEqual({turns.ALREADY, turns.AGAIN}, {step.get("name") for step in environment["plan"]["steps"]})

    def test_the_chain_is_gone_through_in_one_order(self):
        deploy = workflows()["deploy.yml"]["jobs"]
        calls = [(name, job) for name, job in deploy.items() if job.get("uses") == CALLED]
        self.assertEqual([name for name, _ in calls], script("delivery/chain").jobs())
        self.assertLessEqual({name for name, _ in calls}, {path.stem for path in (ROOT / "infra-app/config").glob("*.yaml")})
        inputs = workflows()["environment.yml"][ON]["workflow_call"]["inputs"]
        for at, (name, job) in enumerate(calls):
            # The name of the job is what GitHub puts before those of the jobs within, and what the queue reads.
            self.assertEqual((job["name"], job["with"]["environment"]), (name, name))
            self.assertEqual(set(job["with"]), set(inputs))
            # All of them get the same: what differs is the environment.
            same = [{**one["with"], "environment": "", "deploy-environment": "", "rebuilt": ""} for one in (job, calls[0][1])]
            self.assertEqual(same[0], same[1])
            # The role of each environment trusts that one.
            trusted = yaml.safe_load((ROOT / f"infra-app/config/{name}.yaml").read_text())["delivery"]["deploy_environment"]
            self.assertEqual(job["with"]["deploy-environment"], trusted)
            self.assertEqual(evaluate(DEPLOYING[1], {"inputs.environment": name}.get), trusted, "rollback and migration ask the same people")
            before = [calls[at - 1][0]] if at else []
            # The environment before has built the image, where it was not a release.
            self.assertEqual(job["with"]["rebuilt"], f"${{{{ needs.{before[0]}.outputs.rebuilt || '' }}}}" if before else "")
            self.assertEqual(job["needs"], ["find", "checks", "page", "build", *before])
            for other in before:
                self.assertIn(f"needs.{other}.outputs.deployed == 'true'", job["if"])
        called = workflows()["environment.yml"]["jobs"]
        granted = {}
        for job in called.values():
            for permission, level in job["permissions"].items():
                granted[permission] = "write" if "write" in (level, granted.get(permission)) else level
        for name, job in calls:
            self.assertEqual(job["permissions"], granted, name)

    def test_github_knows_the_address_of_each_environment(self):
        for where, _, job in jobs():
            if deploys(job):
                self.assertIn("steps.settings.outputs.address", job["environment"]["url"], where)
                self.assertEqual([step["run"] for step in job["steps"] if step.get("id") == "settings"], ['scripts/delivery/chain settings "$INFRA_ENVIRONMENT"'], where)
        released = (ROOT / "scripts/delivery/release").read_text()
        self.assertLess(released.index("github.output(address=where)"), released.index("tested = smoke(where)"), "also of one that is rolled back")

    def test_only_a_signed_plan_is_executed(self):
        deploy = workflows()["environment.yml"]["jobs"]
        signing = [name for name, job in deploy.items() if job["permissions"].get("attestations") == "write"]
        self.assertEqual(signing, ["plan", "record"], "whoever may sign runs nothing but main's tools")
        [sign] = [step for step in deploy["plan"]["steps"] if step.get("uses", "").startswith("actions/attest-build-provenance@")]
        self.assertEqual(sign["with"], {"subject-path": "plan/plan.json"})
        [execute] = [step["run"] for step in deploy["deploy"]["steps"] if step.get("id") == "execute"]
        self.assertIn('signer="github:$GITHUB_REPOSITORY/.github/workflows/environment.yml@refs/heads/main"', execute)
        self.assertIn("--plan plan/plan.json --signer", execute)
        released = (ROOT / "scripts/delivery/release").read_text()
        self.assertIn('["--plan", options.plan, "--require-signer", options.signer]', released)
        self.assertNotIn("--reviewed", released)

    def test_change_sets_are_made_with_the_execution_role(self):
        # The deploy and the plan role may make no others: `cloudformation:RoleArn` in delivery_roles.rs.
        for where, _, job in jobs():
            for step in job.get("steps", []):
                run = step.get("run", "")
                variables = {**(job.get("env") or {}), **(step.get("env") or {})}
                earlier = [one.get("run", "") for one in job["steps"][: job["steps"].index(step)]]
                if re.search(r"-- (deploy|plan|rollback) ", run):
                    self.assertRegex(run, r'--role-arn "\$\{EXECUTION_ROLE:\?', where)
                if re.search(r"-- (deploy|plan|rollback) |delivery/(release|plan (make|show))\b", run):
                    settings = any(one.startswith("scripts/delivery/chain settings ") for one in earlier)
                    self.assertTrue(settings or variables.get("EXECUTION_ROLE") == "${{ vars.EXECUTION_ROLE }}", where)

    def test_a_rollback_is_of_the_release_that_was_shown(self):
        jobs_of = workflows()["rollback.yml"]["jobs"]
        self.assertEqual(jobs_of["releases"]["outputs"], {name: f"${{{{ steps.chosen.outputs.{name} }}}}" for name in ("release", "newest")})
        asked = [(name, step.get("id")) for name, job in jobs_of.items() for step in job.get("steps", []) if "inputs.release" in str(step)]
        self.assertEqual(asked, [("releases", "chosen")], "`previous` is looked up once")
        steps = {step["name"]: step for step in jobs_of["rollback"]["steps"] if "$RELEASE" in step.get("run", "")}
        self.assertEqual(list(steps), ["Check that the images exist", "Roll back"])
        for step in steps.values():
            self.assertEqual(step["env"]["RELEASE"], "${{ needs.releases.outputs.release }}")
        first = steps["Check that the images exist"]
        self.assertIn('--newest "$NEWEST"', first["run"])
        self.assertEqual(first["env"]["NEWEST"], "${{ needs.releases.outputs.newest }}")

    def test_a_signal_reaches_what_changes_production(self):
        # GitHub's runner tells the first process of a step, and nobody else.
        for where, name, job in jobs():
            for step in job.get("steps", []):
                if re.search(r"scripts/delivery/(release|operate|plan|queue turn)\b", step.get("run", "")) and "discard" not in step["run"] and "prune" not in step["run"]:
                    self.assertRegex(step["run"], r"(^|\n)exec scripts/delivery/[^\n]*\n?$", where)

    def test_a_required_check_is_never_skipped_and_skips_nothing(self):
        rules = {rule["type"]: rule.get("parameters") for rule in json.loads((ROOT / ".github/rulesets/main.json").read_text())["rules"]}
        checks = rules["required_status_checks"]["required_status_checks"]
        # The number of GitHub Actions: no other app, and no status that somebody writes, passes for one of these.
        self.assertEqual({check["integration_id"] for check in checks}, {15368})
        self.assertTrue(rules["pull_request"]["require_code_owner_review"])
        delivery = (ROOT / "docs/delivery.md").read_text()
        for check in checks:
            self.assertTrue(f"`{check['context']}`" in delivery, check)
            [(name, job)] = [(name, job) for _, name, job in jobs() if job.get("name") == check["context"]]
            workflow = workflows()[name]
            self.assertIn("merge_group", workflow[ON], name)
            self.assertNotIn("paths", workflow[ON]["pull_request"] or {}, "a workflow that is not started never passes")
            # Whatever comes after `always() &&` is a way to be skipped, and so to pass.
            self.assertEqual(job["if"], "${{ always() }}", name)
            # In each event that starts it there is something to check: at `closed` nothing is, and all of it would be skipped.
            types = (workflow[ON]["pull_request"] or {}).get("types", ["opened", "synchronize", "reopened"])
            self.assertEqual(set(types), {"opened", "synchronize", "reopened"}, name)
            self.assertLessEqual(set(workflow[ON]), {"pull_request", "merge_group", "push", "workflow_dispatch"}, name)
            others = {other for other, one in workflow["jobs"].items() if one != job}
            self.assertEqual(set(job["needs"] if isinstance(job["needs"], list) else [job["needs"]]), others, name)
            [script] = [step["run"] for step in job["steps"]]
            for results, passes in (
                (["success", "success"], True),
                (["success", "skipped"], False),
                (["cancelled", "success"], False),
                (["failure"], False),
                (["success", "neutral"], False),
                ([], False),
            ):
                needs = {f"job-{n}": {"result": result, "outputs": {}} for n, result in enumerate(results)}
                done = subprocess.run(["bash", "-e", "-c", script], env={**os.environ, "NEEDS": json.dumps(needs)}, capture_output=True)
                self.assertEqual(done.returncode == 0, passes, f"{name}: {results}")
                if name == "plan.yml":
                    self.assertEqual(b"is planned once its branch is pushed to this repository" in done.stdout, not passes, f"{name}: {results}")

    def test_a_closed_pull_request_is_discarded_by_a_workflow_of_its_own(self):
        close, plan = workflows()["close.yml"], workflows()["plan.yml"]
        self.assertEqual(close[ON], {"pull_request": {"branches": ["main"], "types": ["closed"]}})
        self.assertFalse({job["name"] for job in close["jobs"].values()} & {job["name"] for _, _, job in jobs() if job not in close["jobs"].values()})
        [calls] = [job for job in close["jobs"].values() if "uses" in job]
        self.assertEqual((calls["uses"], calls["permissions"]), (OURS, plan["jobs"]["trusted"]["permissions"]))
        self.assertIn("!github.event.pull_request.merged", close["jobs"][calls["needs"]]["if"])
        # What still plans it is cancelled, or would make its change sets anew.
        self.assertEqual(close["concurrency"]["group"], "plan-${{ github.event.pull_request.number }}")
        self.assertTrue(plan["concurrency"]["group"].startswith("plan-${{ github.event.pull_request.number || "))
        self.assertIs(close["concurrency"]["cancel-in-progress"], True)

    def test_previews_have_a_role_of_their_own_that_one_workflow_assumes(self):
        template = (ROOT / "infra-app/tests/golden/preview-shared/Foundation.template.json").read_text()
        self.assertEqual(set(re.findall(rf'"({REPOSITORY}/.github/workflows/[^"]*)"', template)), {f"{REPOSITORY}/.github/workflows/preview-trusted.yml@refs/heads/main"})
        self.assertEqual(set(re.findall(r'"repo:([^"]*)"', template)), {f"{REPOSITORY}:environment:preview"})
        for name in ("dev", "prod"):
            self.assertNotIn("preview", (ROOT / f"infra-app/tests/golden/{name}/Foundation.template.json").read_text(), name)
        callers = {where: job for where, _, job in jobs() if job.get("uses") == PREVIEWS}
        self.assertEqual({where: job["with"]["what"] for where, job in callers.items()}, {"preview.yml: find": "find", "preview.yml: deploy": "deploy", "previews.yml: closed": "remove", "previews.yml: over": "sweep"})
        for where, job in callers.items():
            # A called job may have no permission that its caller lacks, also where it is skipped.
            for called in workflows()["preview-trusted.yml"]["jobs"].values():
                for permission, level in called["permissions"].items():
                    self.assertIn(job["permissions"].get(permission), (level, "write"), f"{where}: {permission}")
            if where in ("preview.yml: find", "previews.yml: closed"):
                self.assertIn("github.event.pull_request.head.repo.full_name == github.repository", job["if"], where)
        for name, job in workflows()["preview-trusted.yml"]["jobs"].items():
            for role in ("PLAN_ROLE", "PUBLISH_ROLE", "DEPLOY_ROLE", "vars.EXECUTION_ROLE"):
                self.assertNotIn(role, str(job), name)
            self.assertEqual("PREVIEW_ROLE" in str(job), has_token(job), name)

    def test_a_preview_is_removed_after_what_deploys_it(self):
        deploy, closed = workflows()["preview.yml"]["jobs"]["deploy"], workflows()["previews.yml"]["jobs"]["closed"]
        self.assertEqual(deploy["concurrency"], {"group": "preview-${{ github.event.pull_request.number }}", "cancel-in-progress": False})
        self.assertEqual(closed["concurrency"], deploy["concurrency"])
        for job in workflows()["preview-trusted.yml"]["jobs"].values():
            for step in job["steps"]:
                if re.search(r"delivery/preview (deploy|remove|sweep)", step.get("run", "")):
                    self.assertTrue(step["run"].startswith("exec scripts/delivery/preview "), step["name"])

    def test_what_decides_about_credentials_has_owners(self):
        owned = {line.split()[0] for line in (ROOT / ".github/CODEOWNERS").read_text().splitlines() if line and not line.startswith("#")}
        for path in ("/.github/", "/scripts/delivery/", "/scripts/lib/", "/infra-lib/", "/infra-app/", "/Cargo.lock", "/.cargo/", "/rust-toolchain.toml", "/Dockerfile", "/scripts/tools"):
            self.assertIn(path, owned)

    def test_the_parts_of_ci_are_the_test_command(self):
        workflow = workflows()["ci.yml"]
        job = workflow["jobs"]["test"]
        self.assertEqual(job["permissions"], {"contents": "read"})
        runs = [step["run"] for step in job["steps"] if "run" in step]
        self.assertEqual(runs, ["# shellcheck disable=SC2086 # a list of words\n./scripts/test $STEPS\n"])
        parts = [row["steps"].split() for row in job["strategy"]["matrix"]["include"]]
        named = {step for part in parts if part[0] != "--except" for step in part}
        [rest] = [set(part[1:]) for part in parts if part[0] == "--except"]
        self.assertEqual(named, rest, "what is left out of the rest has a part of its own")
        every = set(subprocess.run([ROOT / "scripts/test", "--list"], capture_output=True, text=True, check=True).stdout.split())
        self.assertLessEqual(named, every)


if __name__ == "__main__":
    unittest.main()
