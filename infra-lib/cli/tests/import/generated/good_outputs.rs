//! The stack `GoodOutputs`: 1 resource, converted by `import-template` from
//! `good_outputs.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `sns`).

use infra_cfn::sns;
use infra_core::{App, Output, Stack, pseudo, sub, value};

/// Adds the stack to the app.
pub fn good_outputs(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "GoodOutputs");

    // Resources
    let topic = sns::CfnTopicProps::new().build(stack, "Topic");

    // Outputs
    Output::new(stack, "Arn", topic.ref_())
        .description("the topic")
        .export(sub![pseudo::stack_name(), "-topic"]);
    Output::new(stack, "Count", value::<String>("3"));

    stack
}
