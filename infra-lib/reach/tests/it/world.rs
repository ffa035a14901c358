//! References across stacks, nested stacks and conditions.

use std::collections::BTreeMap;

use infra_reach::Answer::{No, Possible, Yes};
use infra_reach::{Reach, Source, StackSource, UnknownName, World};
use infra_template::Template;
use serde_json::json;

use crate::world_of_template;

fn template(value: serde_json::Value) -> Template {
    Template::from_json(value).unwrap()
}

#[test]
fn follows_imports_of_both_kinds() {
    let data = template(json!({
        "Resources": { "Files": { "Type": "AWS::S3::Bucket" }, "More": { "Type": "AWS::S3::Bucket" } },
        "Outputs": {
            "Exported": { "Value": { "Fn::GetAtt": ["Files", "Arn"] }, "Export": { "Name": { "Fn::Sub": "${AWS::StackName}-Files" } } },
            "Published": { "Value": { "Fn::GetAtt": ["Files", "Arn"] } },
        },
    }));
    for import in [
        json!({ "Fn::ImportValue": "data-Files" }),
        json!({ "Fn::GetStackOutput": { "StackName": "data", "OutputName": "Published" } }),
    ] {
        let web = template(
            json!({ "Resources": { "Role": { "Type": "AWS::IAM::Role", "Properties": {
            "Policies": [{ "PolicyDocument": { "Statement": { "Effect": "Allow", "Action": "s3:GetObject",
                "Resource": { "Fn::Join": ["", [import, "/*"]] } } } }] } } } }),
        );
        let world = World::new(vec![
            StackSource::builder()
                .name("data")
                .template(data.clone())
                .build(),
            StackSource::builder().name("web").template(web).build(),
        ]);
        let reach = Reach::new(&world);
        let role = Source::Resource(reach.find("Role").unwrap());
        let may = |bucket: &str| {
            reach
                .may(role, "s3:GetObject", reach.find(bucket).unwrap())
                .answer
        };
        assert_eq!((may("Files"), may("More")), (Yes, No));
    }
}

#[test]
fn passes_values_into_and_out_of_nested_stacks() {
    let root = template(json!({ "Resources": {
        "Files": { "Type": "AWS::S3::Bucket" },
        "Child": { "Type": "AWS::CloudFormation::Stack", "Properties": { "Parameters": { "Arn": { "Fn::GetAtt": ["Files", "Arn"] } } } },
        "Policy": { "Type": "AWS::IAM::Policy", "Properties": { "Roles": [{ "Fn::GetAtt": ["Child", "Outputs.Role"] }],
            "PolicyDocument": { "Statement": { "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*" } } } },
    }}));
    let child = template(json!({
        "Parameters": { "Arn": { "Type": "String" } },
        "Resources": { "Role": { "Type": "AWS::IAM::Role", "Properties": { "Policies": [{ "PolicyDocument": { "Statement": {
            "Effect": "Allow", "Action": "s3:ListBucket", "Resource": { "Ref": "Arn" } } } }] } } },
        "Outputs": { "Role": { "Value": { "Ref": "Role" } } },
    }));
    let world = World::new(vec![
        StackSource::builder()
            .name("root")
            .template(root)
            .nested(BTreeMap::from([("Child".to_owned(), child)]))
            .build(),
    ]);
    let reach = Reach::new(&world);
    let role = Source::Resource(reach.find("Child/Role").unwrap());
    let files = reach.find("Files").unwrap();
    assert_eq!(reach.may(role, "s3:ListBucket", files).answer, Yes);
    assert_eq!(reach.may(role, "s3:PutObject", files).answer, Yes);
    assert_eq!(reach.may(role, "s3:DeleteObject", files).answer, No);
}

#[test]
fn leaves_conditions_open_that_parameters_decide() {
    let resources = json!({
        "Queue": { "Type": "AWS::SQS::Queue" },
        "Policy": { "Type": "AWS::SQS::QueuePolicy", "Condition": "IsOpen", "Properties": { "Queues": [{ "Ref": "Queue" }],
            "PolicyDocument": { "Statement": { "Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*" } } } },
    });
    for (condition, expected) in [
        (json!({ "Fn::Equals": ["a", "a"] }), Yes),
        (json!({ "Fn::Equals": ["a", "b"] }), No),
        (
            json!({ "Fn::Equals": [{ "Ref": "Open" }, "yes"] }),
            Possible,
        ),
        (
            json!({ "Fn::And": [{ "Fn::Equals": ["a", "b"] }, { "Fn::Equals": [{ "Ref": "Open" }, "yes"] }] }),
            No,
        ),
        (
            json!({ "Fn::Equals": [{ "Fn::FindInMap": ["Stage", { "Ref": "AWS::Region" }, "Open"] }, "yes"] }),
            Yes,
        ),
    ] {
        let world = world_of_template(json!({
            "Parameters": { "Open": { "Type": "String", "Default": "no" } },
            "Mappings": { "Stage": { "us-east-1": { "Open": "yes" } } },
            "Conditions": { "IsOpen": condition }, "Resources": resources,
        }));
        let reach = Reach::new(&world);
        let queue = reach.find("Queue").unwrap();
        assert_eq!(
            reach.may(Source::Internet, "sqs:SendMessage", queue).answer,
            expected,
            "{condition}"
        );
    }
}

#[test]
fn finds_resources_by_path_and_id() {
    let at = |path: &str| json!({ "aws:cdk:path": path });
    let world = world_of_template(json!({ "Resources": {
        "A": { "Type": "AWS::S3::Bucket", "Metadata": at("App/Files/Resource") },
        "B": { "Type": "AWS::ECS::Service", "Metadata": at("App/Web/Service/Service") },
        "C": { "Type": "AWS::EC2::SecurityGroup", "Metadata": at("App/Web/Service/Group/Resource") },
        "D": { "Type": "AWS::SQS::Queue", "Metadata": at("App/Queues/One/Resource") },
        "E": { "Type": "AWS::SQS::Queue", "Metadata": at("App/Queues/Two/Resource") },
    }}));
    let reach = Reach::new(&world);
    let id = |name: &str| {
        reach
            .find(name)
            .map(|node| world.resource_name(node).logical_id.clone())
    };
    assert_eq!(id("App/Files").as_deref(), Ok("A"));
    assert_eq!(id("App/Web/Service").as_deref(), Ok("B"));
    assert_eq!(id("App/Web").as_deref(), Ok("B"));
    assert_eq!(id("app/D").as_deref(), Ok("D"));
    let several = id("App/Queues").unwrap_err();
    assert_eq!(
        several.to_string(),
        "`App/Queues` is the name of several resources"
    );
    let nothing = id("App/File").unwrap_err();
    let UnknownName::Nothing { similar, .. } = nothing else {
        panic!("{nothing}")
    };
    assert_eq!(similar, ["App/Files"]);
}
