//! Small apps and readable results for the tests.

use infra_core::{App, CfnResource, Resource, Stack, Synthesis, render};
use serde_json::{Value as JsonValue, json};

/// Returns the findings as printed for users.
pub(crate) fn findings(synthesis: &Synthesis) -> String {
    let shown: Vec<String> = synthesis.findings().iter().map(render).collect();
    shown.join("\n")
}

/// Returns the findings of an app with one stack.
pub(crate) fn findings_of(build: impl for<'app> FnOnce(Stack<'app>)) -> String {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    findings(&app.synth())
}

/// Returns the template of an app with one stack, and fails on findings.
pub(crate) fn template_of(build: impl for<'app> FnOnce(Stack<'app>)) -> JsonValue {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    let synthesis = app.synth();
    assert_eq!(findings(&synthesis), "");
    synthesis.stacks()[0].template.to_json()
}

/// Adds a queue, the simplest resource.
#[track_caller]
pub(crate) fn queue<'app>(scope: impl infra_core::Construct<'app>, id: &str) -> Resource<'app> {
    CfnResource::new(scope, id, "AWS::SQS::Queue", json!({}))
}
