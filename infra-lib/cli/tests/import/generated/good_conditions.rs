//! The stack `GoodConditions`: 2 resources, converted by `import-template` from
//! `good_conditions.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `sns`).

use infra_cfn::sns;
use infra_core::intrinsics::{ConditionExpr, equals, fn_if, fn_not, fn_or};
use infra_core::{App, Condition, Output, ParameterProps, ParameterType, Stack};

/// Adds the stack to the app.
pub fn good_conditions(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "GoodConditions");

    // Parameters
    let stage = ParameterProps::new(ParameterType::String)
        .allowed_values(["test", "prod"])
        .build(stack, "Stage");

    // Conditions
    let is_prod = Condition::new(stack, "IsProd", equals::<String>(stage, "prod"));
    let is_test = Condition::new(stack, "IsTest", fn_not(is_prod));
    let either = Condition::new(
        stack,
        "Either",
        fn_or([ConditionExpr::from(is_prod), ConditionExpr::from(is_test)]),
    );

    // Resources
    let big = sns::CfnTopicProps::new().build(stack, "Big");
    big.apply_condition(is_prod);

    let small = sns::CfnTopicProps::new().build(stack, "Small");
    small.apply_condition(is_test);

    // Outputs
    Output::new(
        stack,
        "Topic",
        fn_if::<String>(is_prod, big.ref_(), small.ref_()),
    )
    .condition(either);

    stack
}
