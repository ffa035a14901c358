//! Implements `diagnose`: explains afterwards why the last operation on each stack failed.

use std::fmt::Write as _;

use clap::Args;
use infra_core::Diagnostic;
use infra_deploy::diagnose::{DiagnoseOptions, Diagnosis, Verdict, diagnose_stacks};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as JsonValue;

use super::chosen::StackArguments;
use crate::ExitCode;
use crate::failure::Failure;
use crate::session::Session;
use infra_console::documents::{Finding, to_json};
use infra_console::words::clean_lines;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    chosen: StackArguments,

    /// Prints JSON: schemas/diagnose.schema.json.
    #[arg(long)]
    json: bool,
}

/// Causes of the last failed operations.
#[derive(Debug, JsonSchema, Serialize)]
#[schemars(title = "Diagnosis: `diagnose --json`")]
pub(super) struct Document {
    /// Version of this format.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// Stacks in deployment order.
    stacks: Vec<DiagnosedStack>,
}

/// The last operation on a stack.
#[derive(Debug, JsonSchema, Serialize)]
struct DiagnosedStack {
    /// Name of the stack in CloudFormation.
    stack: String,
    /// Status of the stack; `null` if it does not exist.
    status: Option<String>,
    /// Time at which the operation began, in RFC 3339 format.
    since: Option<String>,
    /// Result of the operation: `notDeployed`, `well`, `underWay` or `failed`.
    verdict: String,
    /// Failures, with the cause first.
    #[schemars(with = "Vec<Finding>")]
    findings: Vec<JsonValue>,
    /// Recommended commands and actions.
    next: Vec<String>,
}

impl DiagnosedStack {
    fn new(diagnosis: &Diagnosis) -> Self {
        let status = diagnosis.status.as_ref();
        Self {
            stack: diagnosis.stack.clone(),
            status: status.map(|status| status.as_str().to_owned()),
            since: diagnosis.since.clone(),
            verdict: diagnosis.verdict.as_str().to_owned(),
            findings: diagnosis.findings.iter().map(Diagnostic::to_json).collect(),
            next: diagnosis.next.clone(),
        }
    }
}

pub(crate) fn run_diagnose(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let assembly = session.load_assembly(options.chosen.assembly.as_deref())?;
    let wanted = DiagnoseOptions::new(options.chosen.stack.clone());
    let named = !options.chosen.stack.is_empty();
    session.with_cloud(async |session, cloud| {
        let found = diagnose_stacks(cloud, assembly, wanted).await?;
        if options.json {
            let document = Document {
                version: 1,
                stacks: found.iter().map(DiagnosedStack::new).collect(),
            };
            session.output.write_json(&to_json(&document))?;
            return Ok(ExitCode::Ok);
        }
        let mut text = String::new();
        let mut quiet = Vec::new();
        for diagnosis in &found {
            let silent = matches!(diagnosis.verdict, Verdict::Healthy | Verdict::NotDeployed);
            if silent && !named {
                quiet.push(diagnosis);
            } else {
                text += &format_report(diagnosis);
            }
        }
        if !text.is_empty() {
            session.output.write_data(text.trim_start())?;
        }
        if !quiet.is_empty() {
            let mut line = String::new();
            for diagnosis in quiet {
                let stands = format_status(diagnosis);
                let verdict = match diagnosis.verdict {
                    Verdict::NotDeployed => "",
                    _ => ", nothing failed",
                };
                let _ = writeln!(line, "{}: {stands}{verdict}", diagnosis.stack);
            }
            session.output.write_status(&line)?;
        }
        Ok(ExitCode::Ok)
    })
}

fn format_status(diagnosis: &Diagnosis) -> String {
    match &diagnosis.status {
        Some(status) => status.to_string(),
        None => "not deployed".to_owned(),
    }
}

/// Formats the report on a stack: its status, failures, and recommended actions.
fn format_report(diagnosis: &Diagnosis) -> String {
    let mut text = format!("\n{}: {}", diagnosis.stack, format_status(diagnosis));
    if let Some(since) = &diagnosis.since {
        let _ = write!(text, ", last attempt {since}");
    }
    text += "\n\n";
    for finding in &diagnosis.findings {
        text += &clean_lines(&infra_core::render(finding));
        text.push('\n');
    }
    if diagnosis.findings.is_empty() {
        text += match diagnosis.verdict {
            Verdict::Failed => "the stack events do not show what failed\n\n",
            Verdict::InProgress => "nothing has failed so far\n\n",
            Verdict::Healthy => "nothing failed\n\n",
            Verdict::NotDeployed => "",
        };
    }
    if !diagnosis.next.is_empty() {
        text += "next:\n";
        for next in &diagnosis.next {
            let _ = writeln!(text, "  {next}");
        }
    }
    text
}
