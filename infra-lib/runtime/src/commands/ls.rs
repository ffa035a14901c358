//! `ls`: the stacks, in the order in which they are deployed.

use crate::assembly;
use crate::session::{Failure, Session};
use infra_console::ExitCode;
use infra_console::app_arguments::LsArguments;
use std::fmt::Write as _;

use infra_core::{StackArtifact, Synthesis};
use serde_json::{Value as JsonValue, json};

pub(super) fn run(session: &mut Session<'_>, options: &LsArguments) -> Result<ExitCode, Failure> {
    let synthesis = assembly::synthesize(session)?;
    if session.judge(&synthesis, false)? {
        return session.fail(&synthesis, "the order of the stacks may be wrong");
    }
    if options.json {
        let stacks = synthesis
            .stacks()
            .iter()
            .map(|stack| json(&synthesis, stack));
        let list = JsonValue::Array(stacks.collect());
        session.output.json(&list)?;
    } else {
        let text: String = synthesis
            .stacks()
            .iter()
            .map(|stack| {
                let name = display_name(stack);
                if options.long {
                    long(&synthesis, stack, &name)
                } else {
                    format!("{name}\n")
                }
            })
            .collect();
        session.output.data(&text)?;
    }
    Ok(ExitCode::Ok)
}

/// The construct path, with the name in CloudFormation behind it where that differs.
fn display_name(stack: &StackArtifact) -> String {
    if stack.path == stack.stack_name {
        stack.path.clone()
    } else {
        format!("{} ({})", stack.path, stack.stack_name)
    }
}

fn long(synthesis: &Synthesis, stack: &StackArtifact, name: &str) -> String {
    let mut text = format!(
        "{name}\n  environment: {}\n  resources: {}\n",
        stack.environment,
        stack.template.resources.len()
    );
    let producers = producers(synthesis, stack);
    if !producers.is_empty() {
        let _ = writeln!(text, "  after: {}", producers.join(", "));
    }
    if stack.termination_protection {
        text += "  termination protection: on\n";
    }
    if !stack.tags.is_empty() {
        let tags: Vec<String> = stack.tags.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let _ = writeln!(text, "  tags: {}", tags.join(", "));
    }
    text
}

fn json(synthesis: &Synthesis, stack: &StackArtifact) -> JsonValue {
    json!({
        "path": stack.path,
        "stackName": stack.stack_name,
        "environment": {
            "account": stack.environment.account,
            "region": stack.environment.region,
        },
        "resources": stack.template.resources.len(),
        "dependencies": producers(synthesis, stack),
        "terminationProtection": stack.termination_protection,
        "tags": stack.tags,
    })
}

/// The construct paths of the stacks that this one is deployed after.
fn producers<'s>(synthesis: &'s Synthesis, stack: &StackArtifact) -> Vec<&'s str> {
    let found = stack
        .dependencies
        .iter()
        .filter_map(|id| synthesis.stack(id));
    found.map(|stack| stack.path.as_str()).collect()
}
