//! Tests of roles, policies, identity provider and registries in AWS.

use serde_json::json;

use super::world::world;
use super::{ACCOUNT, ISSUER, REPOSITORY, finds, run};

#[test]
fn reports_trust_without_branch_or_workflow_condition() {
    for (claim, said) in [
        ("ref", "does not require the branch"),
        ("job_workflow_ref", "it trusts every workflow"),
    ] {
        let mut world = world();
        let trust = &mut world.role("DEPLOY_ROLE").trust["Statement"][0];
        let equal = trust["Condition"]["StringEquals"].as_object_mut().unwrap();
        equal.remove(&format!("{ISSUER}:{claim}")).unwrap();
        finds(&world, "trust of DEPLOY_ROLE", said);
    }
    let mut world = world();
    let trust = &mut world.role("DEPLOY_ROLE").trust["Statement"][0];
    trust["Condition"]["StringLike"] = json!({ format!("{ISSUER}:actor"): "*" });
    finds(
        &world,
        "trust of DEPLOY_ROLE",
        "subjects outside the repository",
    );
}

#[test]
fn reports_trust_in_workflow_that_does_not_deploy() {
    let mut world = world();
    let trust = &mut world.role("DEPLOY_ROLE").trust["Statement"][0];
    let refs = &mut trust["Condition"]["StringEquals"][&format!("{ISSUER}:job_workflow_ref")];
    *refs = json!([format!(
        "{REPOSITORY}/.github/workflows/ci.yml@refs/heads/main"
    )]);
    finds(
        &world,
        "trust of DEPLOY_ROLE",
        "the workflows that deploy are",
    );
}

#[test]
fn reports_role_reachable_from_pull_request() {
    let mut world = world();
    let trust = &mut world.role("PLAN_ROLE").trust["Statement"][0];
    let equal = trust["Condition"]["StringEquals"].as_object_mut().unwrap();
    equal.remove(&format!("{ISSUER}:job_workflow_ref")).unwrap();
    finds(
        &world,
        "trust of PLAN_ROLE",
        "any workflow in a pull request",
    );
}

#[test]
fn reports_trusted_subject_without_approval() {
    for (role, subject, said) in [
        (
            "DEPLOY_ROLE",
            "ref:refs/heads/main",
            "instead of only the environment `production`",
        ),
        (
            "PLAN_ROLE",
            "pull_request",
            "instead of only the branch `main`",
        ),
        (
            "PUBLISH_ROLE",
            "ref:refs/heads/dev",
            "instead of only the branch `main`",
        ),
    ] {
        let mut world = world();
        let trust = &mut world.role(role).trust["Statement"][0];
        let equal = trust["Condition"]["StringEquals"].as_object_mut().unwrap();
        let key = format!("{ISSUER}:sub");
        let whole = equal[&key].as_str().unwrap().to_owned();
        let (repository, _) = whole.split_once("environment:").unwrap();
        equal[&key] = json!(format!("{repository}{subject}"));
        finds(&world, &format!("trust of {role}"), said);
    }
}

#[test]
fn reports_missing_or_wide_boundary() {
    let whole = world();
    let arn = whole
        .clone()
        .role("EXECUTION_ROLE")
        .boundary
        .clone()
        .unwrap();
    let mut world = whole.clone();
    let document = world.policies.remove(&arn).unwrap();
    finds(&world, "boundary of EXECUTION_ROLE", "does not exist");
    let mut wide = document;
    let statements = wide["Statement"].as_array_mut().unwrap();
    statements.push(json!({ "Effect": "Allow", "Action": "iam:*", "Resource": "*" }));
    world.policies.insert(arn, wide);
    finds(&world, "boundary of EXECUTION_ROLE", "permits iam:*");
    let mut world = whole;
    world.role("EXECUTION_ROLE").boundary = None;
    finds(&world, "boundary of EXECUTION_ROLE", "not set");
}

#[test]
fn reports_role_writable_by_templates_and_administrator() {
    let mut world = world();
    world.role("PLAN_ROLE").path = "/".to_owned();
    finds(
        &world,
        "path of PLAN_ROLE",
        "a template may change the role",
    );
    world.role("PLAN_ROLE").path = "/delivery/".to_owned();
    let administrator = "arn:aws:iam::aws:policy/AdministratorAccess".to_owned();
    world.role("EXECUTION_ROLE").attached.push(administrator);
    finds(&world, "policies of EXECUTION_ROLE", "AdministratorAccess");
}

#[test]
fn reports_missing_role_provider_registry_or_variable() {
    let whole = world();
    let mut world = whole.clone();
    world.variables.remove("PROPOSAL_REPOSITORY");
    finds(&world, "variables", "PROPOSAL_REPOSITORY");
    let mut world = whole.clone();
    let gone = format!("arn:aws:iam::{ACCOUNT}:role/delivery/gone");
    world.variables.insert("PLAN_ROLE".to_owned(), gone);
    finds(&world, "PLAN_ROLE", "does not exist");
    let mut world = whole.clone();
    world.registries.retain(|name| name != "images");
    finds(
        &world,
        "IMAGE_REPOSITORY",
        "the repository `images` does not exist",
    );
    let mut world = whole;
    world.audiences.clear();
    finds(&world, "identity provider", "does not accept tokens");
    world.providers.clear();
    finds(
        &world,
        "identity provider",
        "the account has no such provider",
    );
}

#[test]
fn reports_environment_of_another_account_as_unknown() {
    let mut world = world();
    let chain = json!({
        "dev": { "AWS_REGION": "eu-central-1", "PLAN_ROLE": "arn:aws:iam::999999999999:role/delivery/plan",
            "DEPLOY_ROLE": "arn:aws:iam::999999999999:role/delivery/deploy",
            "EXECUTION_ROLE": "arn:aws:iam::999999999999:role/delivery/execution",
            "IMAGE_REPOSITORY": "999999999999.dkr.ecr.eu-central-1.amazonaws.com/images" },
        "prod": {},
    });
    world
        .variables
        .insert("ENVIRONMENTS".to_owned(), chain.to_string());
    world.protect("development", &[]);
    let run = run(&world, |_| {});
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(
        run.stdout
            .contains("unknown  DEPLOY_ROLE of `dev`: it is in account 999999999999"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("ok       trust of DEPLOY_ROLE of `prod`"),
        "{}",
        run.stdout
    );
}
