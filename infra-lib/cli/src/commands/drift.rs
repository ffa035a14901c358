//! Implements `drift`: compares live resources with their deployed properties.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use infra_core::{Diagnostic, codes};
use infra_deploy::operate::drift::{Drift, Drifted, Ignores, StackDrift, detect_drift};
use schemars::JsonSchema;
use serde::Serialize;

use super::confirm::{Uncancellable, format_resource};
use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::{DriveContext, ProgressArguments, Style};
use crate::session::Session;
use infra_console::documents::to_json;
use infra_console::words::format_count;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Compares this stack only. Can be repeated. Default: every stack that is deployed.
    #[arg(long, value_name = "NAME")]
    stack: Vec<String>,

    /// Accepts the differences that this YAML file lists: `resource`, `property` and `reason` of each.
    #[arg(long, value_name = "FILE")]
    ignore: Option<PathBuf>,

    /// Ends with exit code 2 if a resource has drifted.
    #[arg(long)]
    detailed_exitcode: bool,

    /// Prints JSON: schemas/drift.schema.json.
    #[arg(long)]
    json: bool,

    /// The way in which progress is shown on standard error.
    #[arg(long, value_name = "STYLE", default_value = "bar")]
    progress: Style,

    /// The cloud assembly in this folder, in place of the one that the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    assembly: Option<PathBuf>,
}

/// Differences between live resources and their deployed properties, by stack.
#[derive(Debug, JsonSchema, Serialize)]
#[schemars(title = "Drift: `drift --json`")]
pub(super) struct Document<'d> {
    /// Version of this format.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// True if a resource differs in a way that is not accepted.
    drifted: bool,
    /// Deployed stacks that were compared.
    stacks: &'d [StackDrift],
}

pub(crate) fn run_drift(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let ignores = match &options.ignore {
        Some(path) => {
            let text = std::fs::read_to_string(session.directory.join(path)).map_err(|error| {
                Diagnostic::new(
                    codes::FILE_NOT_USABLE,
                    format!("cannot read `{}`: {error}", path.display()),
                )
            })?;
            Ignores::parse_yaml(&text, &path.display().to_string())?
        }
        None => Ignores::default(),
    };
    let assembly = session.load_assembly(options.assembly.as_deref())?;
    session.with_cloud(async |session, cloud| {
        let operation = detect_drift(
            cloud.clone(),
            assembly.clone(),
            options.stack.clone(),
            ignores.clone(),
        );
        let driving = DriveContext {
            arguments: ProgressArguments {
                progress: options.progress,
                json: false,
            },
            cloud: &*cloud,
            interruptible: &Uncancellable,
            questions: None,
        };
        let found = session.drive_operation(operation, driving).await?;
        session.output.write_findings(&found.findings)?;
        if options.json {
            let document = Document {
                version: 1,
                drifted: found.is_there(),
                stacks: &found.stacks,
            };
            session.output.write_json(&to_json(&document))?;
        } else {
            session.output.write_data(&format_drift(&found))?;
        }
        Ok(if found.is_there() && options.detailed_exitcode {
            ExitCode::Differences
        } else {
            ExitCode::Ok
        })
    })
}

fn format_drift(found: &Drift) -> String {
    if found.stacks.is_empty() {
        return "no stack of this app is deployed\n".to_owned();
    }
    found.stacks.iter().map(format_stack_drift).collect()
}

fn format_stack_drift(stack: &StackDrift) -> String {
    let mut counts = Vec::new();
    let mut count = |count: usize, what: &str| {
        if count > 0 {
            counts.push(format!("{count} {what}"));
        }
    };
    let deleted = stack.drifted.iter().filter(|one| one.deleted).count();
    count(stack.drifted.len() - deleted, "modified");
    count(deleted, "deleted");
    count(stack.in_sync, "in sync");
    count(stack.unchecked.len(), "not checked");
    let mut text = format!(
        "{} in {}: {}\n",
        stack.stack,
        stack.region,
        counts.join(", ")
    );
    for drifted in &stack.drifted {
        text += &format_resource_drift(drifted);
    }
    for ignored in &stack.ignored {
        let _ = writeln!(
            text,
            "  accepted: {} {} ({})",
            ignored.resource.display_name(),
            ignored.property,
            ignored.reason
        );
    }
    if !stack.unchecked.is_empty() {
        let resources = format_count(stack.unchecked.len(), "resource");
        let _ = writeln!(text, "  CloudFormation cannot compare {resources}:");
        for resource in &stack.unchecked {
            let _ = writeln!(text, "    {}", format_resource(resource));
        }
    }
    if let Some(reason) = &stack.reason {
        let _ = writeln!(text, "  {}", infra_deploy::failure::to_printable(reason));
    }
    text
}

fn format_resource_drift(drifted: &Drifted) -> String {
    let verb = if drifted.deleted {
        "deleted"
    } else {
        "modified"
    };
    let mut text = format!("  {verb}: {}\n", format_resource(&drifted.resource));
    for difference in &drifted.differences {
        let secret = infra_template::review::Review::is_secret_name(&difference.path);
        let value = |text: &str| {
            if secret {
                "****".to_owned()
            } else {
                infra_deploy::failure::to_printable(text)
            }
        };
        let _ = match difference.kind.as_str() {
            "ADD" => writeln!(
                text,
                "    {}: added {}",
                difference.path,
                value(&difference.actual)
            ),
            "REMOVE" => writeln!(
                text,
                "    {}: removed, was {}",
                difference.path,
                value(&difference.expected)
            ),
            _ => writeln!(
                text,
                "    {}: {} instead of {}",
                difference.path,
                value(&difference.actual),
                value(&difference.expected)
            ),
        };
    }
    text
}
