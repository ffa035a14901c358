//! Implements `ls`: lists the stacks in deployment order.

use crate::assembly::{self, Assets};
use crate::session::{Failure, Session};
use infra_console::ExitCode;
use infra_console::app_arguments::LsArguments;
use infra_console::documents::{StackListDocument, to_json};
use std::fmt::Write as _;

use infra_core::{StackArtifact, Synthesis};

pub(super) fn run_ls(
    session: &mut Session<'_>,
    options: &LsArguments,
) -> Result<ExitCode, Failure> {
    let synthesis = assembly::synthesize_app(session, Assets::Skip)?;
    if session.report_findings(&synthesis, false)? {
        return session.report_failure(&synthesis, "the order of the stacks may be wrong");
    }
    if options.json {
        let list = to_json(&StackListDocument::new(&synthesis));
        session.output.write_json(&list)?;
    } else {
        let text: String = synthesis
            .stacks()
            .iter()
            .map(|stack| {
                let name = display_name(stack);
                if options.long {
                    render_details(&synthesis, stack, &name)
                } else {
                    format!("{name}\n")
                }
            })
            .collect();
        session.output.write_data(&text)?;
    }
    Ok(ExitCode::Ok)
}

/// Returns the construct path of a stack, followed by its name in CloudFormation if that differs.
fn display_name(stack: &StackArtifact) -> String {
    if stack.path == stack.stack_name {
        stack.path.clone()
    } else {
        format!("{} ({})", stack.path, stack.stack_name)
    }
}

fn render_details(synthesis: &Synthesis, stack: &StackArtifact, name: &str) -> String {
    let mut text = format!(
        "{name}\n  environment: {}\n  resources: {}\n",
        stack.environment,
        stack.template.resources.len()
    );
    let producers = list_producers(synthesis, stack);
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

/// Returns the construct paths of the stacks that must be deployed before this one.
fn list_producers<'s>(synthesis: &'s Synthesis, stack: &StackArtifact) -> Vec<&'s str> {
    let found = stack
        .dependencies
        .iter()
        .filter_map(|id| synthesis.stack(id));
    found.map(|stack| stack.path.as_str()).collect()
}
