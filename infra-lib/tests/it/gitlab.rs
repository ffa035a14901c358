//! Tests of the constructs in `infra_lib::gitlab`.

use infra_lib::assertions::Template;
use infra_lib::gitlab::{Delivery, OidcProvider};
use infra_lib::iam::{Principal, Role};
use infra_lib::{App, Stack, codes};
use serde_json::{Value as JsonValue, json};

use crate::base::findings_of;

/// Returns the properties of the role with that logical ID prefix.
fn role(template: &Template, id: &str) -> JsonValue {
    let found = template
        .resources("AWS::IAM::Role")
        .into_iter()
        .find(|(name, _)| name.starts_with(id));
    found.unwrap_or_else(|| panic!("no role `{id}`")).1["Properties"].clone()
}

#[test]
fn trusts_branches_of_one_project() {
    let template = Template::of_stack(|stack| {
        Delivery::builder()
            .project("ada/web/shop")
            .stack_prefix("shop-")
            .build(stack, "Delivery");
    });
    template.resource_count("AWS::IAM::OIDCProvider", 1);
    template.has_properties(
        "AWS::IAM::OIDCProvider",
        json!({ "Url": "https://gitlab.com", "ClientIdList": ["sts.amazonaws.com"] }),
    );
    let trust = |id: &str| {
        role(&template, id)["AssumeRolePolicyDocument"]["Statement"][0]["Condition"].clone()
    };
    assert_eq!(
        trust("DeliveryRolesDeployRole"),
        json!({ "StringEquals": {
            "gitlab.com:aud": "sts.amazonaws.com",
            "gitlab.com:sub": "project_path:ada/web/shop:ref_type:branch:ref:main",
        } })
    );
    assert_eq!(
        trust("DeliveryRolesPlanRole"),
        json!({
            "StringEquals": { "gitlab.com:aud": "sts.amazonaws.com" },
            "StringLike": { "gitlab.com:sub": "project_path:ada/web/shop:ref_type:branch:ref:*" },
        })
    );
    let plan = role(&template, "DeliveryRolesPlanRole").to_string();
    assert!(!plan.contains("ExecuteChangeSet"), "{plan}");
    let publish = role(&template, "DeliveryRolesPublishRole");
    assert_eq!(publish["Policies"], JsonValue::Null);
    assert_eq!(
        trust("DeliveryRolesPublishRole"),
        trust("DeliveryRolesDeployRole")
    );
}

#[test]
fn outputs_role_that_publishes_assets() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    Delivery::builder()
        .project("ada/web/shop")
        .stack_prefix("shop-")
        .publishes_assets()
        .build(stack, "Delivery");
    let synthesis = app.synth();
    assert!(synthesis.findings().is_empty());
    let template = Template::of(&synthesis, "Stack");
    let outputs = template.json()["Outputs"].as_object().unwrap();
    let output = outputs
        .iter()
        .find(|(id, _)| id.starts_with("DeliveryAssetsRole"));
    let value = output.expect("the variable is an output").1["Value"].to_string();
    assert!(value.contains("DeliveryRolesPublishRole"), "{value}");
}

#[test]
fn uses_claims_of_self_hosted_instance() {
    let template = Template::of_stack(|stack| {
        let provider = OidcProvider::of_account_for("gitlab.example.com");
        Delivery::builder()
            .provider(&provider)
            .project("ada/shop")
            .stack_prefix("shop-")
            .build(stack, "Delivery");
    });
    template.resource_count("AWS::IAM::OIDCProvider", 0);
    let deploy = role(&template, "DeliveryRolesDeployRole").to_string();
    assert!(
        deploy.contains(":oidc-provider/gitlab.example.com\""),
        "{deploy}"
    );
    assert!(
        deploy.contains("\"gitlab.example.com:sub\"") && !deploy.contains("\"gitlab.com:"),
        "{deploy}"
    );
}

#[test]
fn keeps_logical_id_of_provider_and_reports_host_that_iam_rejects() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    OidcProvider::of_host(stack, "GitLab", "gitlab.example.com:8443");
    let synthesis = app.synth();
    let [found] = synthesis.findings() else {
        panic!("{:?}", synthesis.findings());
    };
    assert_eq!(found.code, codes::OIDC_PROVIDER_URL);
    let template = synthesis.stacks()[0].template.to_json();
    let provider = &template["Resources"]["GitLabD9E696AC"];
    assert_eq!(provider["DeletionPolicy"], "Retain", "{template}");
    assert_eq!(
        provider["Properties"],
        json!({ "Url": "https://gitlab.example.com:8443", "ClientIdList": ["sts.amazonaws.com"] })
    );
}

#[test]
fn applies_boundary_to_app_roles_on_gitlab() {
    let app = App::new();
    Delivery::builder()
        .project("ada/shop")
        .stack_prefix("shop-")
        .deploys("sqs:*")
        .build(Stack::new(&app, "shop-delivery"), "Delivery");
    Role::builder()
        .assumed_by(Principal::service("lambda.amazonaws.com"))
        .build(Stack::new(&app, "shop-jobs"), "Work");
    let synthesis = app.synth();
    assert!(
        synthesis.findings().is_empty(),
        "{:?}",
        synthesis.findings()
    );
    let work = role(&Template::of(&synthesis, "shop-jobs"), "Work").to_string();
    assert!(work.contains(":policy/delivery/shop-boundary"), "{work}");
    let delivery = Template::of(&synthesis, "shop-delivery");
    let names: Vec<String> = delivery.json()["Outputs"]
        .as_object()
        .expect("outputs")
        .keys()
        .cloned()
        .collect();
    for name in ["AwsRegion", "PlanRole", "DeployRole", "ExecutionRole"] {
        let start = format!("Delivery{name}");
        assert!(
            names.iter().any(|one| one.starts_with(&start)),
            "{name}: {names:?}"
        );
    }
}

#[test]
fn rejects_invalid_project_paths() {
    for project in ["ada/*", "shop", "ada/", "ada/sh op"] {
        let findings = findings_of(|stack| {
            Delivery::builder()
                .project(project)
                .stack_prefix("shop-")
                .build(stack, "Delivery");
        });
        let said = format!("`{project}` is not a GitLab project");
        assert!(findings.contains(&said), "{findings}");
    }
}
