//! Reports the results of a deployment, for people and programs, and in the outputs file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use infra_aws::{Cloud, StackOutput};
use infra_deploy::deploy::{Deployed, Outcome, StackOutcome};
use infra_deploy::release::Recorded;

use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::ProgressArguments;
use crate::progress::record::{self, Own, StackResult};
use crate::render;
use crate::session::Session;
use infra_console::words::{clean_line, format_seconds};

/// Prints the result of each stack.
pub(super) fn print_results(
    session: &mut Session<'_>,
    progress: ProgressArguments,
    cloud: &dyn Cloud,
    deployed: &Deployed,
    recorded: Option<&Recorded>,
) -> Result<(), Failure> {
    let release = recorded.map(|recorded| recorded.release().release);
    if progress.json {
        if let Some(left) = &deployed.orphaned {
            record::write_record(
                &mut session.output,
                cloud.current_time(),
                Own::LeftStacks(left.clone()),
            )?;
        }
        let stacks = deployed.stacks.iter().map(|stack| StackResult {
            stack: stack.stack.clone(),
            outcome: outcome_name(stack).to_owned(),
            outputs: record::outputs_by_name(stack_outputs(stack)),
        });
        let result = Own::Result {
            command: "deploy".to_owned(),
            exit_code: ExitCode::Ok.number(),
            release,
            stacks: stacks.collect(),
        };
        record::write_record(&mut session.output, cloud.current_time(), result)?;
        return Ok(());
    }
    let mut text = String::from("\n");
    for stack in &deployed.stacks {
        let line = session.output.wrap_to_columns(&format_stack(stack));
        let _ = writeln!(text, "{}", session.output.emphasize_text(&line));
        for output in stack_outputs(stack)
            .iter()
            .filter(|output| !is_internal(output))
        {
            let line = format!("  {} = {}", output.name, clean_line(&output.value));
            let _ = writeln!(text, "{}", session.output.wrap_to_columns(&line));
        }
    }
    if let Some(Recorded::New(release)) = recorded {
        let _ = writeln!(text, "release {} is recorded", release.release);
    }
    if let Some(left) = &deployed.orphaned {
        text += &render::render_left_stacks(left, &session.output);
    }
    session.output.write_status(&text)?;
    Ok(())
}

/// Returns true for outputs that other stacks of the app read. They are left out for people; `outputs` lists them.
fn is_internal(output: &StackOutput) -> bool {
    output.name.starts_with("PublishOutput")
}

fn format_stack(stack: &StackOutcome) -> String {
    let name = &stack.stack;
    match &stack.outcome {
        Outcome::Deployed { elapsed, .. } => {
            format!("{name}: deployed in {}", format_seconds(elapsed.as_secs()))
        }
        Outcome::NoChanges { .. } => format!("{name}: no changes"),
        Outcome::Detached => format!("{name}: in progress; follow it with `watch --stack {name}`"),
        Outcome::Waiting { waits_for } => {
            let first = waits_for.join(", ");
            format!(
                "{name}: not started, because it depends on {first}; deploy again when that is done"
            )
        }
    }
}

fn outcome_name(stack: &StackOutcome) -> &'static str {
    match &stack.outcome {
        Outcome::Deployed { .. } => "deployed",
        Outcome::NoChanges { .. } => "noChanges",
        Outcome::Detached => "detached",
        Outcome::Waiting { .. } => "waiting",
    }
}

fn stack_outputs(stack: &StackOutcome) -> &[StackOutput] {
    match &stack.outcome {
        Outcome::Deployed { outputs, .. } | Outcome::NoChanges { outputs } => outputs,
        Outcome::Detached | Outcome::Waiting { .. } => &[],
    }
}

/// Formats the content of `--outputs-file`, by stack and output, as the CDK does.
pub(super) fn format_outputs_file(deployed: &Deployed) -> String {
    let stacks: BTreeMap<&str, BTreeMap<String, String>> = deployed
        .stacks
        .iter()
        .map(|stack| {
            (
                stack.stack.as_str(),
                record::outputs_by_name(stack_outputs(stack)),
            )
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&stacks).unwrap_or_default();
    text.push('\n');
    text
}
