//! Inputs of targets.

use crate::cfn::events::rule;
use crate::core::{Diagnostic, IntoValue, Scope, Value, codes};

/// Input that a target receives in place of the event.
///
/// See [input
/// transformation](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html).
///
/// ```
/// use infra_lib::events::TargetInput;
///
/// let sentence = TargetInput::template("\"order <order> was paid at <time>\"")
///     .variable("order", "$.detail.order.id")
///     .variable("time", "$.time");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct TargetInput(Form);

#[derive(Clone, Debug, PartialEq)]
enum Form {
    Constant(Value<String>),
    Path(String),
    Template {
        text: Value<String>,
        variables: Vec<(String, String)>,
    },
}

impl TargetInput {
    /// Returns a constant JSON document, the same for every event.
    pub fn json(document: &serde_json::Value) -> Self {
        Self(Form::Constant(crate::core::value(document.to_string())))
    }

    /// Returns a constant, which is the text of a JSON document and may contain references.
    pub fn constant(text: impl IntoValue<String>) -> Self {
        Self(Form::Constant(text.into_value()))
    }

    /// Returns a part of the event by its JSON path, such as `$.detail`.
    pub fn path(path: impl Into<String>) -> Self {
        Self(Form::Path(path.into()))
    }

    /// Returns a template, in which `<name>` stands for a [variable](Self::variable), or for one that EventBridge defines,
    /// such as `<aws.events.event.json>`. It must produce JSON: text without braces needs quotation marks.
    pub fn template(text: impl IntoValue<String>) -> Self {
        Self(Form::Template {
            text: text.into_value(),
            variables: Vec::new(),
        })
    }

    /// Defines a variable of a template by its JSON path in the event. Has no effect on other inputs.
    pub fn variable(mut self, name: impl Into<String>, path: impl Into<String>) -> Self {
        if let Form::Template { variables, .. } = &mut self.0 {
            variables.push((name.into(), path.into()));
        }
        self
    }

    /// Reports undefined variables and invalid paths in `scope` (`INF4867`).
    pub(super) fn check(&self, scope: Scope<'_>) {
        let report = |problem: String, help: &str| {
            scope.report(
                Diagnostic::new(codes::TARGET_INPUT, problem)
                    .property("Targets")
                    .help(help)
                    .url("https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html"),
            );
        };
        let paths: Vec<&str> = match &self.0 {
            Form::Constant(_) => Vec::new(),
            Form::Path(path) => vec![path],
            Form::Template { variables, .. } => variables.iter().map(|(_, path)| &**path).collect(),
        };
        for path in paths
            .into_iter()
            .filter(|path| *path != "$" && !path.starts_with("$."))
        {
            report(
                format!("`{path}` is not a JSON path of an event"),
                "begin the path with `$.`, as in `$.detail.state`",
            );
        }
        let Form::Template { text, variables } = &self.0 else {
            return;
        };
        for name in text.as_literal().map(placeholders).unwrap_or_default() {
            if !name.starts_with("aws.events.")
                && !variables.iter().any(|(defined, _)| defined == name)
            {
                report(
                    format!(
                        "the template of an input uses the variable `{name}`, which is not defined"
                    ),
                    "add `.variable(\"…\", \"$.detail.…\")` to the template",
                );
            }
        }
    }

    pub(super) fn apply(self, target: rule::Target) -> rule::Target {
        match self.0 {
            Form::Constant(text) => target.input(text),
            Form::Path(path) => target.input_path(path),
            Form::Template { text, variables } => {
                let variables: std::collections::BTreeMap<String, String> =
                    variables.into_iter().collect();
                let transformer = rule::InputTransformer::new(text);
                target.input_transformer(if variables.is_empty() {
                    transformer
                } else {
                    transformer.input_paths_map(variables)
                })
            }
        }
    }
}

/// Returns the names in angle brackets: letters, digits, hyphens, underscores and dots.
fn placeholders(template: &str) -> Vec<&str> {
    let parts = template.split('<').skip(1);
    parts
        .filter_map(|part| part.split_once('>').map(|(name, _)| name))
        .filter(|name| {
            !name.is_empty()
                && name
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        })
        .collect()
}
