//! Tests of the repository on GitHub: its environments and rules.

use serde_json::{Value as JsonValue, json};

use super::world::{production, world};
use super::{ACCOUNT, finds, run};

#[test]
fn reports_unprotected_environment() {
    let change = |production: JsonValue| {
        let mut world = world();
        let environments = world.hub.get_mut("/environments").unwrap();
        environments["environments"][0] = production;
        world
    };
    let mut wrong = production();
    wrong["protection_rules"][0]["prevent_self_review"] = false.into();
    finds(&change(wrong), "environment `production`", "can approve it");
    let mut wrong = production();
    wrong["protection_rules"] = json!([]);
    finds(
        &change(wrong),
        "environment `production`",
        "it has no required reviewers",
    );
    let mut wrong = production();
    wrong["deployment_branch_policy"] = JsonValue::Null;
    finds(
        &change(wrong),
        "environment `production`",
        "open to every branch",
    );
    let gone = json!({ "name": "another" });
    finds(
        &change(gone),
        "environment `production`",
        "open to every branch",
    );
}

#[test]
fn reports_weak_or_missing_branch_rules() {
    let mut world = world();
    let rules = world.hub.get_mut("/rules/branches/main").unwrap();
    rules[1]["parameters"]["strict_required_status_checks_policy"] = false.into();
    finds(&world, "rule for `main`", "do not have to be up to date");
    let rules = world.hub.get_mut("/rules/branches/main").unwrap();
    rules[1]["parameters"]["strict_required_status_checks_policy"] = true.into();
    rules[1]["parameters"]["required_status_checks"][0]["integration_id"] = JsonValue::Null;
    finds(
        &world,
        "rule for `main`",
        "any app may report the status checks plan passed",
    );
    world
        .hub
        .insert("/rules/branches/main".to_owned(), json!([]));
    finds(
        &world,
        "rule for `main`",
        "without a pull request; no status check is required",
    );
    let mut world = self::world();
    world.hub.insert("/rulesets".to_owned(), json!([]));
    finds(
        &world,
        "rule against a tag `main`",
        "no ruleset prevents a tag",
    );
}

#[test]
fn reports_missing_repository_first() {
    let mut world = world();
    world.hub.clear();
    let run = run(&world, |_| {});
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    assert!(
        run.stdout.starts_with("missing  repository"),
        "{}",
        run.stdout
    );
}

#[test]
fn requires_preview_environment_and_separate_account() {
    let mut world = world();
    let role = |account: &str| format!("arn:aws:iam::{account}:role/preview");
    for name in ["PREVIEW_ROLE", "PREVIEW_EXECUTION_ROLE"] {
        world
            .variables
            .insert(name.to_owned(), role("999999999999"));
    }
    finds(&world, "environment `preview`", "it does not exist");
    let environments = world.hub.get_mut("/environments").unwrap();
    environments["environments"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "name": "preview" }));
    assert_eq!(run(&world, |_| {}).code, 0);
    world
        .variables
        .insert("PREVIEW_ROLE".to_owned(), role(ACCOUNT));
    let run = run(&world, |_| {});
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    let mut lines = run.stdout.lines();
    let found = lines.find(|line| line.starts_with("missing  account of previews"));
    assert!(found.unwrap().contains(ACCOUNT), "{}", run.stdout);
}
