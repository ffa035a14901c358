//! The stack `CaseDeletionIf`: 1 resource, converted by `import-template` from
//! `case_deletion_if.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `s3`), `serde_json`.

use infra_cfn::s3;
use infra_core::intrinsics::equals;
use infra_core::{App, Condition, ParameterProps, ParameterType, RemovalPolicy, Stack, StackProps};
use serde_json::json;

/// Adds the stack to the app.
pub fn case_deletion_if(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .transform("AWS::LanguageExtensions")
        .build(app, "CaseDeletionIf");

    // Parameters
    let stage = ParameterProps::new(ParameterType::String).build(stack, "Stage");

    // Conditions
    Condition::new(stack, "IsProd", equals::<String>(stage, "prod"));

    // Resources
    let notes = s3::CfnBucketProps::new().build(stack, "Notes");
    notes.apply_update_replace_policy(RemovalPolicy::Retain);
    notes.override_attribute(
        "DeletionPolicy",
        json!({ "Fn::If": ["IsProd", "Retain", "Delete"] }),
    );

    stack
}
