//! Tests of rulesets without effect, escalation in policies, the trust of the preview role, roles without the permissions boundary, and variables of
//! a policy repository, with `doctor --delivery`.

use serde_json::{Map, Value as JsonValue, json};

use super::world::{FoundRole, World, arn, live, world};
use super::{ACCOUNT, REPOSITORY, finds, root, run};

const RULE: &str = "rule for `main`";
const TAG: &str = "rule against a tag `main`";

fn changed(path: &str, change: impl FnOnce(&mut JsonValue)) -> World {
    let mut world = world();
    change(world.hub.get_mut(path).unwrap());
    world
}

/// Returns the line about a subject.
fn line(world: &World, verdict: &str, subject: &str) -> String {
    let run = run(world, |_| {});
    let start = format!("{verdict:7}  {subject}");
    let found = run.stdout.lines().find(|line| line.starts_with(&start));
    found
        .unwrap_or_else(|| panic!("{start}\n{}", run.stdout))
        .to_owned()
}

#[test]
fn reports_ineffective_branch_rulesets() {
    // GitHub excludes the rules of such rulesets from those of the branch.
    let mut world = world();
    world
        .hub
        .insert("/rules/branches/main".to_owned(), json!([]));
    let mut with = |change: &dyn Fn(&mut JsonValue), said: &str| {
        let whole = world.hub["/rulesets/1"].clone();
        change(world.hub.get_mut("/rulesets/1").unwrap());
        finds(&world, RULE, said);
        world.hub.insert("/rulesets/1".to_owned(), whole);
    };
    with(
        &|set| set["enforcement"] = "evaluate".into(),
        "the ruleset `main` is in evaluate mode",
    );
    with(
        &|set| set["enforcement"] = "disabled".into(),
        "the ruleset `main` is disabled",
    );
    with(
        &|set| set["conditions"]["ref_name"]["include"] = json!(["refs/heads/release/*"]),
        "the ruleset `main` does not cover `refs/heads/main`",
    );
    with(
        &|set| set["conditions"]["ref_name"]["exclude"] = json!(["refs/heads/m*"]),
        "the ruleset `main` does not cover `refs/heads/main`",
    );
}

#[test]
fn reports_bypass_actors_of_rulesets() {
    let actors =
        json!([{ "actor_id": 5, "actor_type": "RepositoryRole", "bypass_mode": "always" }]);
    for (path, subject) in [("/rulesets/1", RULE), ("/rulesets/2", TAG)] {
        let world = changed(path, |set| set["bypass_actors"] = actors.clone());
        finds(&world, subject, "can be bypassed by RepositoryRole 5");
        // A token without access to the actors gets no list of them.
        let world = changed(path, |set| {
            set.as_object_mut().unwrap().remove("bypass_actors");
        });
        let said = line(&world, "unknown", subject);
        assert!(
            said.contains("no permission to read the bypass list"),
            "{said}"
        );
    }
}

#[test]
fn reports_tag_rulesets_that_allow_tag_creation() {
    let with = |change: &dyn Fn(&mut JsonValue), said: &str| {
        let world = changed("/rulesets/2", change);
        finds(&world, TAG, "no ruleset prevents a tag");
        finds(&world, TAG, said);
    };
    with(
        &|set| set["enforcement"] = "evaluate".into(),
        "is in evaluate mode",
    );
    with(
        &|set| set["conditions"]["ref_name"]["include"] = json!(["refs/tags/v*"]),
        "does not cover `refs/tags/main`",
    );
    with(
        &|set| set["rules"] = json!([{ "type": "update" }]),
        "allows the creation of tags",
    );
}

#[test]
fn reports_wide_permissions_in_role_policies() {
    let inline = |action: &str, resource: &str| json!({ "Statement": [{ "Effect": "Allow", "Action": action, "Resource": resource }] });
    for (variable, action, resource) in [
        ("PLAN_ROLE", "iam:PutRolePolicy", "*"),
        ("PLAN_ROLE", "cloudformation:ExecuteChangeSet", "*"),
        ("PUBLISH_ROLE", "secretsmanager:*", "*"),
        ("DEPLOY_ROLE", "sts:AssumeRole", "*"),
        (
            "EXECUTION_ROLE",
            "iam:AttachRolePolicy",
            "arn:aws:iam::111122223333:role/notes-prod-*",
        ),
    ] {
        let mut world = world();
        world.role(variable).inline.push(inline(action, resource));
        let subject = format!("permissions of {variable}");
        finds(&world, &subject, &format!("it permits {action}"));
        // A policy with the path of the delivery was created by an administrator, and is checked too.
        let mut world = self::world();
        let own = format!("arn:aws:iam::{ACCOUNT}:policy/delivery/more");
        world.role(variable).attached.push(own.clone());
        world.policies.insert(own, inline(action, resource));
        finds(&world, &subject, &format!("it permits {action}"));
    }
}

#[test]
fn reports_app_role_without_boundary() {
    let mut world = world();
    let role = FoundRole {
        path: "/".to_owned(),
        boundary: None,
        inline: Vec::new(),
        ..world.role("EXECUTION_ROLE").clone()
    };
    world.roles.insert("payroll-admin".to_owned(), role.clone());
    assert_eq!(run(&world, |_| {}).code, 0);
    world.roles.insert("notes-prod-operators".to_owned(), role);
    finds(
        &world,
        "roles of the app",
        "roles without the app's permissions boundary: notes-prod-operators",
    );
}

/// Adds the roles of previews, from the golden template, to those of production.
fn with_previews() -> World {
    let path = root().join("infra-app/tests/golden/preview-shared");
    let file = std::fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.to_string_lossy().ends_with(".template.json"));
    let text = std::fs::read_to_string(file.unwrap()).unwrap();
    let template: JsonValue = serde_json::from_str(&text).unwrap();
    let resources: &Map<String, JsonValue> = template["Resources"].as_object().unwrap();
    let mut world = world();
    for (id, resource) in resources {
        let properties = &resource["Properties"];
        match resource["Type"].as_str().unwrap() {
            "AWS::IAM::ManagedPolicy" => {
                let document = live(resources, &properties["PolicyDocument"]);
                world.policies.insert(arn(resources, id), document);
            }
            "AWS::IAM::Role" => {
                let variable = if properties["PermissionsBoundary"].is_null() {
                    "PREVIEW_ROLE"
                } else {
                    "PREVIEW_EXECUTION_ROLE"
                };
                let of = arn(resources, id);
                world.variables.insert(variable.to_owned(), of);
                let inline = properties["Policies"].as_array().into_iter().flatten();
                let role = FoundRole {
                    path: properties["Path"].as_str().unwrap().to_owned(),
                    trust: live(resources, &properties["AssumeRolePolicyDocument"]),
                    boundary: live(resources, &properties["PermissionsBoundary"])
                        .as_str()
                        .map(str::to_owned),
                    inline: inline
                        .map(|one| live(resources, &one["PolicyDocument"]))
                        .collect(),
                    attached: Vec::new(),
                };
                world.roles.insert(id.clone(), role);
            }
            _ => {}
        }
    }
    world
}

#[test]
fn checks_trust_and_permissions_of_preview_roles() {
    let mut world = with_previews();
    for subject in [
        "path of PREVIEW_ROLE",
        "trust of PREVIEW_ROLE",
        "permissions of PREVIEW_ROLE",
        "trust of PREVIEW_EXECUTION_ROLE",
        "permissions of PREVIEW_EXECUTION_ROLE",
        "boundary of PREVIEW_EXECUTION_ROLE",
        "boundary of the app's roles, for PREVIEW_EXECUTION_ROLE",
    ] {
        line(&world, "ok", subject);
    }
    let of = |file: &str, branch: &str| {
        format!("{REPOSITORY}/.github/workflows/{file}@refs/heads/{branch}")
    };
    let key = "token.actions.githubusercontent.com";
    let whole = world.role("PREVIEW_ROLE").trust.clone();
    for (claim, value) in [
        ("job_workflow_ref", of("trusted.yml", "main")),
        ("job_workflow_ref", of("preview-trusted.yml", "change")),
        ("sub", format!("repo:{REPOSITORY}:environment:plan")),
        ("sub", format!("repo:{REPOSITORY}:ref:refs/heads/main")),
    ] {
        let mut wrong = whole.clone();
        wrong["Statement"][0]["Condition"]["StringEquals"][format!("{key}:{claim}")] = value.into();
        world.role("PREVIEW_ROLE").trust = wrong;
        line(&world, "missing", "trust of PREVIEW_ROLE");
    }
}

#[test]
fn reports_policy_set_by_repository_variable() {
    let mut world = world();
    let shared = json!({ "variables": [
        { "name": "POLICY_REPOSITORY", "value": "your-org/policy" },
        { "name": "POLICY_REVISION", "value": "1" },
    ] });
    world
        .hub
        .insert("/actions/organization-variables".to_owned(), shared);
    line(&world, "ok", "variable POLICY_REPOSITORY");
    line(&world, "ok", "variable POLICY_REVISION");
    assert_eq!(run(&world, |_| {}).code, 0);
    let value = "mallory/policy".to_owned();
    world
        .variables
        .insert("POLICY_REPOSITORY".to_owned(), value);
    finds(
        &world,
        "variable POLICY_REPOSITORY",
        "everyone who may change its variables can change the rules",
    );
    // A repository of a user has no organisation.
    world.hub.get_mut("").unwrap()["owner"]["type"] = "User".into();
    line(&world, "unknown", "variable POLICY_REPOSITORY");
}
