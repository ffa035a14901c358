//! Tests of custom resources.

use infra_core::{
    App, CfnResource, Construct as _, CustomResource, CustomResourceProps, Duration, Output,
    RemovalPolicy, Stack, codes,
};
use serde_json::json;

use crate::support::{findings_of, template_of};

const TOKEN: &str = "arn:aws:lambda:eu-west-1:111122223333:function:indexer";

#[test]
fn renders_provider_properties_and_attributes() {
    let template = template_of(|stack| {
        let topic = CfnResource::new(stack, "Topic", "AWS::SNS::Topic", json!({}));
        let index = CustomResourceProps::new("Custom::SearchIndex", topic.ref_value::<String>())
            .property("Shards", 3_i64)
            .property("TopicName", topic.attr_value::<String>("TopicName"))
            .service_timeout(Duration::minutes(5))
            .build(stack, "Index");
        index
            .scope()
            .acknowledge(codes::CUSTOM_RESOURCE, "the engine has no resource type");
        Output::new(stack, "Endpoint", index.attr_value::<String>("Endpoint"));
        Output::new(stack, "Name", index.ref_value::<String>());
    });
    let mut index = template["Resources"]["Index"].clone();
    index.as_object_mut().unwrap().remove("Metadata");
    assert_eq!(
        index,
        json!({
            "Type": "Custom::SearchIndex",
            "Properties": {
                "ServiceToken": { "Ref": "Topic" },
                "ServiceTimeout": 300,
                "Shards": 3,
                "TopicName": { "Fn::GetAtt": ["Topic", "TopicName"] },
            },
            "UpdateReplacePolicy": "Delete",
            "DeletionPolicy": "Delete",
        })
    );
    assert_eq!(
        template["Outputs"]["Endpoint"]["Value"],
        json!({ "Fn::GetAtt": ["Index", "Endpoint"] })
    );
}

#[test]
fn retains_resource_by_removal_policy() {
    let template = template_of(|stack| {
        let index = CustomResourceProps::new("Custom::SearchIndex", TOKEN)
            .removal_policy(RemovalPolicy::Retain)
            .build(stack, "Index");
        index.scope().acknowledge(codes::CUSTOM_RESOURCE, "test");
    });
    assert_eq!(template["Resources"]["Index"]["DeletionPolicy"], "Retain");
}

#[test]
fn reports_every_custom_resource_with_provider() {
    insta::assert_snapshot!(findings_of(|stack| {
        CustomResource::new(stack, "Index", "Custom::SearchIndex", TOKEN);
        CfnResource::new(
            stack,
            "Raw",
            "AWS::CloudFormation::CustomResource",
            json!({ "ServiceToken": TOKEN }),
        );
    }));
}

#[test]
fn keeps_reason_of_acknowledged_custom_resource() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    CustomResource::new(stack, "Index", "Custom::SearchIndex", TOKEN);
    stack
        .scope()
        .acknowledge(codes::CUSTOM_RESOURCE, "no resource type for indexes");
    let synthesis = app.synth();
    assert_eq!(synthesis.findings().len(), 0);
    let [acknowledged] = synthesis.acknowledged() else {
        panic!("one acknowledged finding");
    };
    assert_eq!(acknowledged.reason, "no resource type for indexes");
    assert_eq!(
        acknowledged.finding.path.as_deref(),
        Some("Stack/Index/Default")
    );
}

#[test]
fn rejects_invalid_names_timeouts_and_reserved_properties() {
    insta::assert_snapshot!(findings_of(|stack| {
        stack.scope().acknowledge(codes::CUSTOM_RESOURCE, "test");
        CustomResource::new(stack, "Blank", "Custom::", TOKEN);
        CustomResource::new(stack, "Space", "Custom::Search Index", TOKEN);
        CustomResource::new(stack, "Long", format!("Custom::{}", "x".repeat(53)), TOKEN);
        CustomResource::new(
            stack,
            "Longest",
            format!("Custom::{}", "x".repeat(52)),
            TOKEN,
        );
        CustomResourceProps::new("Custom::Slow", TOKEN)
            .service_timeout(Duration::hours(2))
            .build(stack, "Slow");
        CustomResourceProps::new("Custom::Own", TOKEN)
            .property("ServiceToken", "other")
            .build(stack, "Own");
    }));
}
