//! The stack `CaseLoopCollection`: 2 resources, converted by `import-template` from
//! `case_loop_collection.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `sns`), `serde_json`.

use infra_cfn::sns;
use infra_core::intrinsics::{equals, fn_not, join};
use infra_core::{App, Condition, ParameterProps, ParameterType, Section, Stack, StackProps};
use serde_json::json;

/// Adds the stack to the app.
pub fn case_loop_collection(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .transform("AWS::LanguageExtensions")
        .build(app, "CaseLoopCollection");

    // Parameters
    let arns = ParameterProps::new(ParameterType::CommaDelimitedList)
        .default_value("")
        .build(stack, "Arns");

    // Conditions
    Condition::new(
        stack,
        "Has",
        fn_not(equals::<String>(join(",", arns.value::<Vec<String>>()), "")),
    );

    // Resources
    sns::CfnTopicProps::new().build(stack, "Orders");

    // As in the template: `Fn::ForEach` makes entries at deployment.
    stack.raw_entry(
        Section::Resources,
        "Fn::ForEach::Subscriptions",
        json!([
            "Item",
            { "Fn::If": ["Has", { "Ref": "Arns" }, []] },
            {
                "Subscription&{Item}": {
                    "Type": "AWS::SNS::Subscription",
                    "Properties": {
                        "TopicArn": { "Ref": "Orders" },
                        "Protocol": "lambda",
                        "Endpoint": { "Ref": "Item" }
                    }
                }
            }
        ]),
    );

    stack
}
