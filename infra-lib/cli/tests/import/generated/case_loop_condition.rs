//! The stack `CaseLoopCondition`: 1 resource, converted by `import-template` from
//! `case_loop_condition.yaml`.
//!
//! Crates: `infra-core`, `serde_json`.

use infra_core::intrinsics::equals;
use infra_core::{App, Condition, Section, Stack, StackProps};
use serde_json::json;

/// Adds the stack to the app.
pub fn case_loop_condition(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .transform("AWS::LanguageExtensions")
        .build(app, "CaseLoopCondition");

    // Conditions
    Condition::new(stack, "FastA", equals::<String>("a", "a"));

    // Resources

    // As in the template: `Fn::ForEach` makes entries at deployment.
    stack.raw_entry(
        Section::Resources,
        "Fn::ForEach::Volumes",
        json!([
            "Name",
            ["A", "B"],
            {
                "Volume${Name}": {
                    "Type": "AWS::EC2::Volume",
                    "Properties": {
                        "AvailabilityZone": "us-east-1a",
                        "Size": 10,
                        "Iops": {
                            "Fn::If": [
                                { "Fn::Sub": "Fast${Name}" },
                                100,
                                { "Ref": "AWS::NoValue" }
                            ]
                        }
                    }
                }
            }
        ]),
    );

    stack
}
