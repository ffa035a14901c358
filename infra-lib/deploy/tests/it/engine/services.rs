//! Tests which credentials read services and tasks during the deployment of stacks in the user's account and in other accounts.

use infra_deploy::deploy::DeployOptions;
use infra_fake::{ACCOUNT, FakeCloud, UnhealthyTasks};
use infra_template::assembly::{AssumedRole, CloudAssembly};
use serde_json::{Value as JsonValue, json};

use super::fixture::{app, deployed, stack};

fn service(image: &str) -> JsonValue {
    json!({ "Resources": {
        "Cluster": { "Type": "AWS::ECS::Cluster", "Properties": { "ClusterName": "notes" } },
        "Tasks": { "Type": "AWS::ECS::TaskDefinition", "Properties": {
            "Family": "notes", "ContainerDefinitions": [{ "Name": "api", "Image": image, "Essential": true }],
        } },
        "Service": { "Type": "AWS::ECS::Service", "Properties": {
            "ServiceName": "api", "DesiredCount": 1,
            "Cluster": { "Ref": "Cluster" }, "TaskDefinition": { "Ref": "Tasks" },
        } },
    } })
}

/// Returns an app with one stack in `account`, with the deploy role and optionally the lookup role of the CDK.
fn in_account(account: &str, image: &str, lookup: bool) -> CloudAssembly {
    let role = |name: &str| AssumedRole::new(format!("arn:aws:iam::{account}:role/{name}"));
    let mut service = stack("api", &service(image));
    service.account = Some(account.to_owned());
    service.region = Some("eu-west-1".to_owned());
    service.settings.deploy_role = Some(role("deploy"));
    service.settings.lookup_role = lookup.then(|| role("lookup"));
    app([service])
}

/// Returns the distinct roles of the calls that read services, in order of first use.
fn observers(account: &str, lookup: bool) -> Vec<Option<String>> {
    let aws = FakeCloud::new();
    aws.deploy_stack("api", &service("notes:1"));
    aws.fail_service_tasks("Service", UnhealthyTasks::default());
    let (ran, _) = deployed(
        &aws,
        &in_account(account, "notes:2", lookup),
        &DeployOptions::default(),
    );
    let evidence = ran.findings();
    assert!(evidence.contains("INF7304"), "{evidence}");
    let calls = aws.call_log().into_iter();
    let calls = calls.filter(|call| call.operation == "DescribeServiceDeployments");
    let mut roles: Vec<Option<String>> = calls.map(|call| call.role).collect();
    roles.dedup();
    roles
}

#[test]
fn observes_services_of_another_account_with_its_role() {
    let role = |name: &str| vec![Some(format!("arn:aws:iam::999999999999:role/{name}"))];
    assert_eq!(observers("999999999999", true), role("lookup"));
    assert_eq!(observers("999999999999", false), role("deploy"));
}

/// The deploy role of the CDK is not permitted to read services, unlike the user.
#[test]
fn observes_services_of_own_account_with_user_credentials() {
    assert_eq!(observers(ACCOUNT, true), [None]);
}
