//! Targets of pipes.

use crate::core::{Data, IntoValue, Map, Value};
use crate::iam::Statement;

/// The resource that receives the events of a [`Pipe`](super::Pipe), with the permissions that it needs.
///
/// See [targets of pipes](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-target.html). Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | permissions | those of this target | none |
/// | input | the events | the same |
/// | state machine | is started, without waiting for its end | waits for its end, which only express machines can |
/// | function | is invoked, and the pipe waits for the response | the same |
#[derive(Clone, Debug)]
#[must_use = "a target has no effect until it is passed to a pipe"]
pub struct PipeTarget {
    pub(super) arn: Value<String>,
    pub(super) parameters: Map,
    pub(super) statements: Vec<Statement>,
}

impl PipeTarget {
    /// Creates a target from an ARN. [`statement`](Self::statement) gives the permission.
    pub fn new(arn: impl IntoValue<String>) -> Self {
        Self {
            arn: arn.into_value(),
            parameters: Map::default(),
            statements: Vec::new(),
        }
    }

    /// Adds a statement to the role of the pipe.
    pub fn statement(mut self, statement: Statement) -> Self {
        self.statements.push(statement);
        self
    }

    /// Sets the template of the input, in which `<$.body.id>` stands for the value at a path. Default: the events.
    ///
    /// See [input transformation](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html).
    pub fn input_template(self, template: impl Into<String>) -> Self {
        self.parameters("InputTemplate", template.into())
    }

    /// Sets the parameters of this kind of target, by the name of their property in CloudFormation, such as
    /// `SqsQueueParameters`.
    pub fn parameters(mut self, property: &'static str, parameters: impl Into<Data>) -> Self {
        self.parameters.insert(property, parameters);
        self
    }
}
