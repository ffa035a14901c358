//! The stack `GoodInclude`: 1 resource, converted by `import-template` from
//! `good_include.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `sns`), `serde_json`.

use infra_cfn::sns;
use infra_core::{App, Props, Stack};
use serde_json::json;

/// Adds the stack to the app.
pub fn good_include(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "GoodInclude");

    // As in the template: a required property is missing, or a macro provides it.
    sns::CfnTopicProps::from_props(Props::from(json!({
        "Fn::Transform": {
            "Name": "AWS::Include",
            "Parameters": { "Location": "s3://b/topic.yaml" }
        }
    })))
    .build(stack, "Topic");

    stack
}
