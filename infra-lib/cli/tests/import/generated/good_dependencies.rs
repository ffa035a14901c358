//! The stack `GoodDependencies`: 3 resources, converted by `import-template` from
//! `good_dependencies.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `sns`).

use infra_cfn::sns;
use infra_core::{App, Stack};

/// Adds the stack to the app.
pub fn good_dependencies(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "GoodDependencies");

    let first = sns::CfnTopicProps::new().build(stack, "First");

    let second = sns::CfnTopicProps::new().build(stack, "Second");
    second.depends_on(first);

    let third = sns::CfnTopicProps::new()
        .display_name(second.attr_topic_name())
        .build(stack, "Third");
    third.depends_on(first);
    third.depends_on(second);

    stack
}
