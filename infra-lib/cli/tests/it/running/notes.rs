//! Defines the app of these tests in a separate file, because snapshots contain its line numbers.

use infra_core::{App, CfnResource, Construct as _, Output, Stack, Value, intrinsics};
use serde_json::json;

/// Builds a service and a one-off task with the same image.
pub(super) fn service(app: &App, image: &str, variable: &str) {
    let stack = Stack::new(app, "Service");
    let cluster = CfnResource::new(
        stack,
        "Cluster",
        "AWS::ECS::Cluster",
        json!({ "ClusterName": "notes" }),
    );
    let definition = |construct: &str, container: &str, image: &str| {
        let scope = stack.scope().construct(construct);
        let logs = CfnResource::new(
            scope,
            "Logs",
            "AWS::Logs::LogGroup",
            json!({ "LogGroupName": format!("/notes/{container}") }),
        );
        let definition = CfnResource::new(
            scope,
            "TaskDefinition",
            "AWS::ECS::TaskDefinition",
            json!({ "Family": format!("notes-{container}"), "ContainerDefinitions": [{
                "Name": container,
                "Image": image,
                "Essential": true,
                "Environment": [{ "Name": "LEVEL", "Value": variable }],
                "LogConfiguration": { "LogDriver": "awslogs", "Options": {
                    "awslogs-region": "eu-west-1", "awslogs-stream-prefix": container } },
            }] }),
        );
        definition.override_prop(
            "ContainerDefinitions.0.LogConfiguration.Options.awslogs-group",
            logs.ref_value::<String>().into_data(),
        );
        (scope, definition)
    };
    let (scope, api) = definition("Api", "api", image);
    let running = CfnResource::new(
        scope,
        "Service",
        "AWS::ECS::Service",
        json!({ "ServiceName": "api", "DesiredCount": 2 }),
    );
    running.override_prop("Cluster", cluster.ref_value::<String>().into_data());
    running.override_prop("TaskDefinition", api.ref_value::<String>().into_data());
    let (scope, migration) = definition("Migration", "migration", image);
    let output = |id: &str, value: Value<String>| {
        Output::new(scope, id, value);
    };
    output("ClusterArn", cluster.attr_value("Arn"));
    output("TaskDefinitionArn", migration.ref_value());
    output(
        "SubnetIds",
        intrinsics::join(",", ["subnet-1".to_owned(), "subnet-2".to_owned()]),
    );
    output("SecurityGroupId", intrinsics::join("", ["sg-1".to_owned()]));
}
