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
            .deploy_environment("plan")
            .stack_prefix("notes-")
            .build(stack, "Delivery");
    }));
}
