//! The stack `GoodNeverBoth`: 2 resources, converted by `import-template` from
//! `good_never_both.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `sns`).

use infra_cfn::sns;
use infra_core::intrinsics::{equals, fn_if};
use infra_core::{App, Condition, ParameterProps, ParameterType, Stack};

/// Adds the stack to the app.
pub fn good_never_both(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "GoodNeverBoth");

    // Parameters
    let stage = ParameterProps::new(ParameterType::String).build(stack, "Stage");

    // Conditions
    let is_prod = Condition::new(stack, "IsProd", equals::<String>(stage, "prod"));
    let is_test = Condition::new(stack, "IsTest", equals::<String>(stage, "test"));

    // Resources
    let topic = sns::CfnTopicProps::new().build(stack, "Topic");
    topic.apply_condition(is_prod);

    let policy = sns::CfnSubscriptionProps::new(
        "email",
        fn_if(
            is_prod,
            topic.ref_(),
            "arn:aws:sns:us-east-1:111111111111:orders",
        ),
    )
    .endpoint("a@example.com")
    .build(stack, "Policy");
    policy.apply_condition(is_test);

    stack
}
