//! The stack `Kept`: 4 resources, converted by `import-template` from
//! `kept.yaml`.
//!
//! Crates: `infra-lib` (features `s3`, `sqs`, `ssm`), `serde_json`.

use infra_lib::cfn::{s3, sqs};
use infra_lib::intrinsics::equals;
use infra_lib::ssm::StringParameter;
use infra_lib::{
    App, Condition, ParameterProps, ParameterType, RemovalPolicy, Rule, Section, Stack, StackProps,
    Value,
};
use serde_json::json;

/// Adds the stack to the app.
pub fn kept(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .description("What no construct expresses stays as it is")
        .transform("AWS::LanguageExtensions")
        .build(app, "Kept");

    // Parameters
    let stage = ParameterProps::new(ParameterType::String)
        .default_value("test")
        .build(stack, "Stage");

    // As in the template: constructs of parameters have no `MinValue` of this form.
    stack.raw_entry(
        Section::Parameters,
        "Size",
        json!({ "Type": "Number", "Default": 1, "MinValue": 0.5 }),
    );

    // Mappings

    // As in the template: constructs of mappings have two levels of keys, with texts or lists of texts.
    stack.raw_entry(
        Section::Mappings,
        "Sizes",
        json!({
            "Fn::Transform": {
                "Name": "AWS::Include",
                "Parameters": { "Location": "s3://templates/sizes.yaml" }
            }
        }),
    );

    // Conditions
    Condition::new(stack, "IsProduction", equals::<String>(stage, "prod"));

    // As in the template: `Fn::ForEach` makes entries at deployment.
    stack.raw_entry(
        Section::Conditions,
        "Fn::ForEach::Stages",
        json!([
            "Name",
            ["Blue", "Green"],
            { "Is${Name}": { "Fn::Equals": [{ "Ref": "Stage" }, { "Ref": "Name" }] } }
        ]),
    );

    // Rules
    Rule::new(
        stack,
        "Stages",
        equals::<String>(raw::<String>(json!({ "Ref": "Size" })), "1"),
        "One only",
    )
    .when(equals::<String>(stage, "prod"));

    // Resources
    let files = s3::CfnBucketProps::new().build(stack, "Files");
    files.apply_update_replace_policy(RemovalPolicy::Retain);
    files.override_attribute(
        "DeletionPolicy",
        json!({ "Fn::If": ["IsProduction", "Retain", "Delete"] }),
    );
    files.override_attribute("Condition", json!("IsBlue"));

    let jobs = sqs::CfnQueueProps::new()
        .delay_seconds(raw(json!({ "Ref": "Size" })))
        .queue_name(raw::<String>(
            json!({ "Fn::GetAtt": ["TopicBills", "TopicName"] }),
        ))
        .build(stack, "Jobs");
    jobs.apply_removal_policy(RemovalPolicy::Destroy);
    jobs.override_attribute(
        "UpdateReplacePolicy",
        json!({ "Fn::If": ["IsProduction", "Retain", "Delete"] }),
    );
    jobs.override_attribute("DependsOn", json!(["TopicOrders", "Files"]));

    let loop_ = StringParameter::builder()
        .value(raw::<String>(json!({
            "Fn::Sub": "\
        two ${TopicBills}\n\
        \x20 lines\n"
        })))
        .build(stack, "Loop");
    loop_.cfn().override_logical_id("Loop");

    // A topic for each kind of order.
    // As in the template: `Fn::ForEach` makes entries at deployment.
    stack.raw_entry(
        Section::Resources,
        "Fn::ForEach::Topics",
        json!([
            "Name",
            ["Orders", "Bills"],
            {
                "Topic${Name}": {
                    "Type": "AWS::SNS::Topic",
                    "Properties": { "DisplayName": { "Fn::Sub": "${Name} of ${Stage}" } }
                }
            }
        ]),
    );

    // Outputs

    // As in the template: its condition `IsGreen` is made at deployment.
    stack.raw_entry(
        Section::Outputs,
        "Jobs",
        json!({ "Value": { "Fn::GetAtt": ["Jobs", "Arn"] }, "Condition": "IsGreen" }),
    );

    // As in the template: `Fn::ForEach` makes entries at deployment.
    stack.raw_entry(
        Section::Outputs,
        "Fn::ForEach::Arns",
        json!([
            "Name",
            ["Orders", "Bills"],
            { "Arn${Name}": { "Value": { "Ref": "Topic${Name}" } } }
        ]),
    );

    stack
}

/// A value that the bindings have no type for, as the template has it.
fn raw<T>(json: serde_json::Value) -> Value<T> {
    Value::from_data(json.into())
}
