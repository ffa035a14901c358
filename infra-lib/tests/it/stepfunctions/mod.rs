//! Tests of the constructs in `infra_lib::stepfunctions`.

mod definition;
mod machine;

use infra_lib::Stack;
use infra_lib::assertions::Template;
use infra_lib::iam::{Principal, Role};
use infra_lib::stepfunctions::{Definition, JsonPath, Jsonata, StateMachine, Steps, WorkflowType};
use serde_json::Value;

use crate::base::findings_of;

pub(crate) const FUNCTION: &str = "arn:aws:lambda:eu-west-1:111122223333:function:charge";
pub(crate) const MACHINE: &str = "arn:aws:states:eu-west-1:111122223333:stateMachine:invoice";

pub(crate) fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("lambda.amazonaws.com"))
        .build(stack, "Caller")
}

pub(crate) fn machine(stack: Stack<'_>, steps: impl Steps<Jsonata>) -> StateMachine<'_> {
    StateMachine::builder()
        .definition(Definition::new(steps))
        .build(stack, "Machine")
}

pub(crate) fn findings_of_steps(steps: impl Steps<Jsonata>) -> String {
    findings_of(|stack| {
        machine(stack, steps);
    })
}

pub(crate) fn findings_of_express(steps: impl Steps<Jsonata>) -> String {
    findings_of(|stack| {
        StateMachine::builder()
            .definition(Definition::new(steps))
            .workflow_type(WorkflowType::Express)
            .build(stack, "Machine");
    })
}

/// Returns the states of a definition.
pub(crate) fn states(steps: impl Steps<Jsonata>) -> Value {
    Definition::new(steps).to_json()["States"].clone()
}

pub(crate) fn json_path_states(steps: impl Steps<JsonPath>) -> Value {
    Definition::new(steps).to_json()["States"].clone()
}

/// Asserts that the role of the only machine has a statement.
pub(crate) fn has_statement(template: &Template, statement: &Value) {
    let text = serde_json::to_string(&template.resources("AWS::IAM::Role")).unwrap();
    let expected = statement.to_string();
    assert!(
        text.contains(expected.trim_matches(['{', '}'])),
        "{expected} in {text}"
    );
}
