//! `diagnose`: why the last attempt failed, found out afterwards.

use std::fmt::Write as _;

use clap::Args;
use infra_core::Diagnostic;
use infra_deploy::diagnose::{DiagnoseOptions, Diagnosis, Verdict, diagnose};
use serde_json::json;

use super::chosen::Chosen;
use crate::ExitCode;
use crate::failure::Failure;
use crate::session::Session;
use infra_console::words::clean_lines;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    chosen: Chosen,

    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    let assembly = session.wanted(options.chosen.assembly.as_deref())?;
    let wanted = DiagnoseOptions::new(options.chosen.stack.clone());
    let named = !options.chosen.stack.is_empty();
    session.with_cloud(async |session, cloud| {
        let found = diagnose(cloud, assembly, wanted).await?;
        if options.json {
            let stacks: Vec<serde_json::Value> = found.iter().map(json_of).collect();
            session
                .output
                .json(&json!({ "version": 1, "stacks": stacks }))?;
            return Ok(ExitCode::Ok);
        }
        let mut text = String::new();
        let mut quiet = Vec::new();
        for diagnosis in &found {
            let silent = matches!(diagnosis.verdict, Verdict::Well | Verdict::NotDeployed);
            if silent && !named {
                quiet.push(diagnosis);
            } else {
                text += &report(diagnosis);
            }
        }
        if !text.is_empty() {
            session.output.data(text.trim_start())?;
        }
        if !quiet.is_empty() {
            let mut line = String::new();
            for diagnosis in quiet {
                let stands = stands(diagnosis);
                let verdict = match diagnosis.verdict {
                    Verdict::NotDeployed => "",
                    _ => ", nothing failed",
                };
                let _ = writeln!(line, "{}: {stands}{verdict}", diagnosis.stack);
            }
            session.output.talk(&line)?;
        }
        Ok(ExitCode::Ok)
    })
}

fn stands(diagnosis: &Diagnosis) -> String {
    match &diagnosis.status {
        Some(status) => status.to_string(),
        None => "not deployed".to_owned(),
    }
}

/// A stack: where it stands, what failed, and what next.
fn report(diagnosis: &Diagnosis) -> String {
    let mut text = format!("\n{}: {}", diagnosis.stack, stands(diagnosis));
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
            Verdict::Failed => "its events do not say what failed\n\n",
            Verdict::UnderWay => "nothing has failed so far\n\n",
            Verdict::Well => "nothing failed\n\n",
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

fn json_of(diagnosis: &Diagnosis) -> serde_json::Value {
    let findings: Vec<serde_json::Value> =
        diagnosis.findings.iter().map(Diagnostic::to_json).collect();
    json!({
        "stack": diagnosis.stack,
        "status": diagnosis.status,
        "since": diagnosis.since,
        "verdict": diagnosis.verdict.as_str(),
        "findings": findings,
        "next": diagnosis.next,
    })
}
