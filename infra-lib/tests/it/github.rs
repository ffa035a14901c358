//! Tests of `infra_lib::github`.

use infra_lib::Stack;
use infra_lib::assertions::Template;
use infra_lib::ecr::Repository;
use infra_lib::github::{DeliveryRoles, OidcProvider};
use infra_lib::iam::{ManagedPolicy, Statement};

use crate::base::findings_of;

fn delivery(stack: Stack<'_>) {
    let boundary = ManagedPolicy::builder()
        .statement(Statement::allow().action("s3:*").resource("*"))
        .build(stack, "Boundary");
    let images = Repository::builder().build(stack, "Images");
    DeliveryRoles::builder()
        .provider(&OidcProvider::new(stack, "GitHub"))
        .repository("octo/notes")
        .repository_id("123456")
        .trusted_workflow("trusted.yml")
        .deploy_environment("production")
        .stack_prefix("Notes-")
        .permissions_boundary(boundary.arn())
        .publishes_to(&images)
        .build(stack, "Delivery");
}

/// The role with that logical ID prefix, as text.
fn role(template: &Template, id: &str) -> String {
    let found = template
        .resources("AWS::IAM::Role")
        .into_iter()
        .find(|(name, _)| name.starts_with(id));
    found.unwrap_or_else(|| panic!("no role `{id}`")).1["Properties"].to_string()
}

#[test]
fn each_role_does_one_thing() {
    let template = Template::of_stack(delivery);
    insta::assert_snapshot!(serde_json::to_string_pretty(template.json()).expect("JSON"));
    let plan = role(&template, "DeliveryPlanRole");
    assert!(!plan.contains("ExecuteChangeSet"), "{plan}");
    assert!(
        plan.contains("\"cloudformation:ChangeSetName\":\"pr*\""),
        "{plan}"
    );
    assert!(
        plan.contains(
            "\"token.actions.githubusercontent.com:sub\":\"repo:octo/notes:environment:plan\""
        ),
        "{plan}"
    );
    let publish = role(&template, "DeliveryPublishRole");
    assert!(
        !publish.contains("cloudformation:") && !publish.contains("PassRole"),
        "{publish}"
    );
    let execution = role(&template, "DeliveryExecutionRole");
    for too_much in [
        "\"*\"]",
        "AdministratorAccess",
        "\"iam:*\"",
        "secretsmanager:GetSecretValue",
    ] {
        assert!(!execution.contains(too_much), "{too_much}: {execution}");
    }
    assert!(!execution.contains("\"Action\":\"*\""), "{execution}");
}

/// The conditions under which a role is assumed, one for each kind of job.
fn trust(template: &Template, id: &str) -> Vec<serde_json::Value> {
    let found = template
        .resources("AWS::IAM::Role")
        .into_iter()
        .find(|(name, _)| name.starts_with(id));
    let (_, role) = found.unwrap_or_else(|| panic!("no role `{id}`"));
    let statements = &role["Properties"]["AssumeRolePolicyDocument"]["Statement"];
    let statements = statements.as_array().expect("statements").iter();
    statements
        .map(|one| one["Condition"]["StringEquals"].clone())
        .collect()
}

#[test]
fn a_pull_request_gets_roles_only_through_the_workflow_that_the_branch_has() {
    let template = Template::of_stack(|stack| {
        DeliveryRoles::builder()
            .provider(&OidcProvider::of_account())
            .repository("octo/notes")
            .owner_id("42")
            .repository_id("123456")
            .branch("trunk")
            .trusted_workflow("trusted.yml")
            .deploy_environment("production")
            .stack_prefix("notes-")
            .build(stack, "Delivery");
    });
    let key = |name: &str| format!("token.actions.githubusercontent.com:{name}");
    for (id, environment) in [
        ("DeliveryPlanRole", "plan"),
        ("DeliveryPublishRole", "publish"),
    ] {
        let [of_environment, of_branch] = &*trust(&template, id) else {
            panic!("two kinds of jobs assume {id}")
        };
        assert_eq!(
            of_environment[key("job_workflow_ref")],
            "octo/notes/.github/workflows/trusted.yml@refs/heads/trunk"
        );
        assert_eq!(
            of_environment[key("sub")],
            format!("repo:octo@42/notes@123456:environment:{environment}")
        );
        assert_eq!(
            of_branch[key("sub")],
            "repo:octo@42/notes@123456:ref:refs/heads/trunk"
        );
        assert_eq!(of_branch[key("job_workflow_ref")], serde_json::Value::Null);
    }
    let [deploy] = &*trust(&template, "DeliveryDeployRole") else {
        panic!("one kind of job deploys")
    };
    assert_eq!(
        deploy[key("sub")],
        "repo:octo@42/notes@123456:environment:production"
    );
    // No workflow is named, so any that the branch has.
    assert_eq!(deploy[key("ref")], "refs/heads/trunk");
    assert_eq!(deploy[key("job_workflow_ref")], serde_json::Value::Null);
}

#[test]
fn the_provider_of_the_account_can_be_used() {
    let template = Template::of_stack(|stack| {
        DeliveryRoles::builder()
            .provider(&OidcProvider::of_account())
            .repository("octo/notes")
            .deploy_environment("production")
            .stack_prefix("notes-")
            .build(stack, "Delivery");
    });
    template.resource_count("AWS::IAM::OIDCProvider", 0);
    assert!(
        role(&template, "DeliveryPlanRole")
            .contains(":oidc-provider/token.actions.githubusercontent.com")
    );
}

#[test]
fn trust_in_more_than_one_environment_of_one_repository_is_refused() {
    insta::assert_snapshot!(findings_of(|stack| {
        DeliveryRoles::builder()
            .provider(&OidcProvider::of_account())
            .repository("octo/*")
            .publish_environment("pub:*")
            .deploy_workflow("../deploy.yml")
            .deploy_environment("plan")
            .stack_prefix("notes-")
            .build(stack, "Delivery");
    }));
}
