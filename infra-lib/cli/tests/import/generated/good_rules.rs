//! The stack `GoodRules`: 1 resource, converted by `import-template` from
//! `good_rules.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `sns`), `serde_json`.

use infra_cfn::sns;
use infra_core::intrinsics::{ConditionExpr, equals};
use infra_core::{App, ParameterProps, ParameterType, Rule, Stack};
use serde_json::json;

/// Adds the stack to the app.
pub fn good_rules(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "GoodRules");

    // Parameters
    let stage = ParameterProps::new(ParameterType::String).build(stack, "Stage");
    ParameterProps::new(ParameterType::String).build(stack, "Kind");

    // Rules
    Rule::new(
        stack,
        "ProdIsLarge",
        ConditionExpr::from_data(
            json!({ "Fn::Contains": [["large", "huge"], { "Ref": "Kind" }] }).into(),
        ),
        "large in production",
    )
    .when(equals::<String>(stage, "prod"));

    // Resources
    sns::CfnTopicProps::new().build(stack, "Topic");

    stack
}
