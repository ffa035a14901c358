//! Implements `simulate`: plays a deployment without AWS, with its order, durations, interruptions and failures.

use std::path::PathBuf;

use clap::Args;
use infra_console::documents::to_json;
use infra_core::{Diagnostic, codes, find_nearest};
use infra_template::simulate::{Failure, Simulation, simulate};
use schemars::JsonSchema;
use serde::Serialize;

use super::diff::{DiffBase, compare_against};
use super::files;
use crate::ExitCode;
use crate::availability::Allowed;
use crate::failure::Failure as CommandFailure;
use crate::render::film;
use crate::session::Session;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Simulates this stack only, by construct path or name. Can be repeated.
    #[arg(long, value_name = "NAME")]
    stack: Vec<String>,

    /// The state before the deployment: `deployed`, the folder of another cloud assembly, or `git:REV` for the app at that revision.
    #[arg(long, value_name = "WHAT", default_value = "deployed")]
    against: DiffBase,

    /// Lets the operation on this resource fail: logical ID or construct path. Can be repeated.
    #[arg(long, value_name = "ID", conflicts_with = "fail_each")]
    fail: Vec<String>,

    /// Lets each operation fail in turn.
    #[arg(long)]
    fail_each: bool,

    /// Ends with exit code 3 if the deployment interrupts more than this.
    #[arg(long, value_name = "WHAT")]
    allow: Option<Allowed>,

    /// Draws the timeline to this file as SVG.
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,

    /// Prints JSON: schemas/simulate.schema.json.
    #[arg(long, conflicts_with = "markdown")]
    json: bool,

    /// Prints a section for a comment on a pull request, as `diff --markdown` contains it.
    #[arg(long)]
    markdown: bool,

    /// The cloud assembly in this folder, in place of the one that the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    assembly: Option<PathBuf>,
}

pub(crate) fn run_simulate(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, CommandFailure> {
    if let Some(path) = &options.svg {
        files::check_writable(session, path)?;
    }
    let assembly = session.load_reviewable_assembly(options.assembly.as_deref())?;
    let compared = compare_against(session, &assembly, &options.stack, &options.against)?;
    let wanted = assembly.select_stacks(&options.stack)?;
    let film = simulate(&compared.review, &compared.before, &wanted);
    let failures = play_failures(&film, options)?;
    if let Some(path) = &options.svg {
        files::write_text(session, path, &film::render_svg(&film))?;
    }
    if options.json {
        let document = Document {
            version: 1,
            simulation: &film,
            failures: &failures,
        };
        session.output.write_json(&to_json(&document))?;
    } else if options.markdown {
        let section = film::render_film_section(&film);
        session.output.write_data(&section)?;
    } else {
        let columns = session.output.columns();
        let mut text = film::render_timeline(&film, columns);
        if options.fail_each {
            text += "\n";
            text += &film::format_failures(&failures, columns);
        }
        for failure in failures.iter().filter(|_| !options.fail_each) {
            text += "\n";
            text += &film::format_failure(failure, columns);
        }
        session.output.write_data(&text)?;
    }
    session.output.write_findings(&compared.warnings)?;
    let Some(allowed) = options.allow else {
        return Ok(ExitCode::Ok);
    };
    let blocked = find_interruptions(&film, allowed);
    session.output.write_findings(&blocked)?;
    Ok(if blocked.is_empty() {
        ExitCode::Ok
    } else {
        ExitCode::Blocked
    })
}

fn play_failures(film: &Simulation, options: &Arguments) -> Result<Vec<Failure>, CommandFailure> {
    if options.fail_each {
        return Ok(film.fail_each());
    }
    let failures = options.fail.iter().map(|name| {
        film.fail(name).ok_or_else(|| {
            let message = format!("the deployment has no operation on a resource `{name}`");
            let finding = Diagnostic::new(codes::SIMULATED_RESOURCE_UNKNOWN, message);
            let operations = film.stacks.iter().flat_map(|run| &run.operations);
            let known: Vec<&str> = operations.map(|one| one.resource.display_name()).collect();
            let finding = match find_nearest(name, known.iter().copied()) {
                Some(meant) => finding.help(format!("did you mean `{meant}`?")),
                None => finding.help("`infra simulate` lists the operations"),
            };
            CommandFailure::from(finding)
        })
    });
    failures.collect()
}

/// Returns a finding for each change that interrupts more than is allowed.
fn find_interruptions(film: &Simulation, allowed: Allowed) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for operation in film.stacks.iter().flat_map(|run| &run.operations) {
        let Some(found) = &operation.interruption else {
            continue;
        };
        if found.verdict.is_within(allowed.into()) {
            continue;
        }
        let name = operation.resource.display_name();
        let message = match &found.property {
            Some(property) => format!("the change of `{property}` of `{name}`: {}", found.verdict),
            None => format!("the change of `{name}`: {}", found.verdict),
        };
        let mut finding = Diagnostic::new(codes::INTERRUPTION_NOT_ALLOWED, message)
            .note(found.reason.clone())
            .help("deploy this change apart from others, at a time that allows it, or without `--allow`");
        if let Some(source) = &found.source {
            finding = finding.note(source.clone());
        }
        findings.push(finding);
    }
    findings
}

/// A simulated deployment, and the failures that were asked for.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "Simulation: `simulate --json`")]
pub(super) struct Document<'s> {
    /// Version of the format. Fields and values are added without a new version.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// Deployment without failures.
    #[serde(flatten)]
    simulation: &'s Simulation,
    /// Failures of `--fail` in the order of the options, or of `--fail-each` in that of the operations.
    failures: &'s [Failure],
}
