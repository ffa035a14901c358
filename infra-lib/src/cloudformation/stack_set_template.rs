//! Templates of stack sets.

use crate::core::{App, IntoValue, Severity, Stack, Value};

/// The template that a [`StackSet`](super::StackSet) deploys.
#[derive(Clone, Debug)]
pub struct StackSetTemplate {
    pub(super) source: Source,
    /// Reasons why the template of a program cannot be deployed.
    pub(super) problems: Vec<String>,
}

#[derive(Clone, Debug)]
pub(super) enum Source {
    Body(Value<String>),
    Url(Value<String>),
}

impl StackSetTemplate {
    /// Returns the template of a stack that `build` fills, as part of the template with the stack set. Errors of the stack,
    /// and files that would have to be published, are reported with the stack set (`INF4052`).
    ///
    /// ```
    /// use infra_lib::cloudformation::StackSetTemplate;
    /// use infra_lib::sns::Topic;
    ///
    /// let template = StackSetTemplate::of_stack(|stack| {
    ///     Topic::builder().build(stack, "Alerts");
    /// });
    /// ```
    pub fn of_stack(build: impl for<'a> FnOnce(Stack<'a>)) -> Self {
        let app = App::new();
        build(Stack::new(&app, "StackSet"));
        let synthesis = app.synth();
        let errors = synthesis
            .findings()
            .iter()
            .filter(|found| found.severity > Severity::Warning);
        let mut problems: Vec<String> = errors
            .map(|found| format!("{}: {}", found.code, found.message))
            .collect();
        let stack = synthesis.stack("StackSet");
        let assets =
            stack.is_some_and(|stack| !stack.assets.is_empty() || !stack.nested.is_empty());
        if assets {
            problems.push("the stack has files or nested stacks, which are not published in the accounts of a stack set".to_owned());
        }
        let body = stack.map_or("{}", |stack| stack.template.json());
        Self {
            source: Source::Body(body.into_value()),
            problems,
        }
    }

    /// Returns a template in JSON or YAML, as part of the template with the stack set: at most 51,200 bytes.
    pub fn body(body: impl IntoValue<String>) -> Self {
        Self {
            source: Source::Body(body.into_value()),
            problems: Vec::new(),
        }
    }

    /// Returns a template in a bucket, by its URL: at most 1 MB.
    pub fn url(url: impl IntoValue<String>) -> Self {
        Self {
            source: Source::Url(url.into_value()),
            problems: Vec::new(),
        }
    }
}
