//! The stack `GoodTransformMap`: 1 resource, converted by `import-template` from
//! `good_transform_map.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `sns`), `serde_json`.

use infra_cfn::sns;
use infra_core::{App, Stack, StackProps};
use serde_json::json;

/// Adds the stack to the app.
pub fn good_transform_map(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .section("Transform", json!({ "Name": "AWS::LanguageExtensions" }))
        .build(app, "GoodTransformMap");

    sns::CfnTopicProps::new().build(stack, "Topic");

    stack
}
