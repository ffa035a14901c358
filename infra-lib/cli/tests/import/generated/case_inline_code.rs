//! The stack `CaseInlineCode`: 1 resource, converted by `import-template` from
//! `case_inline_code.yaml`.
//!
//! Crates: `infra-core`, `serde_json`.

use infra_core::{App, CfnResource, Stack, StackProps};
use serde_json::json;

/// Adds the stack to the app.
pub fn case_inline_code(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .transform("AWS::Serverless-2016-10-31")
        .build(app, "CaseInlineCode");

    // There are no bindings of `AWS::Serverless::Function`: the properties are as in the template.
    CfnResource::new(
        stack,
        "Work",
        "AWS::Serverless::Function",
        json!({
            "Handler": "index.main",
            "Runtime": "python3.13",
            "InlineCode": "\
        print(\"one line of code\")\n"
        }),
    );

    stack
}
