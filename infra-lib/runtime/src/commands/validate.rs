//! `validate`: everything that `synth` checks, and no output folder.

use super::sarif;
use crate::assembly;
use crate::session::{Failure, Session};
use clap::Args;
use infra_console::ExitCode;
use infra_console::documents::{ValidationDocument, to_json};
use infra_console::words::{count, plural};
use infra_core::Diagnostic;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Fails on warnings too.
    #[arg(long)]
    pub(crate) strict: bool,

    /// Prints the findings as JSON: schemas/validate.schema.json.
    #[arg(long)]
    pub(crate) json: bool,

    /// Prints the findings as SARIF, the format of code-scanning services.
    #[arg(long, conflicts_with = "json")]
    pub(crate) sarif: bool,
}

pub(super) fn run(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    // What is wrong with the configuration is a finding like any other, for machines too.
    let synthesis = match assembly::synthesize(session) {
        Ok(synthesis) => Some(synthesis),
        Err(Failure::Findings(findings)) if options.json || options.sarif => {
            print(session, options, &findings, &[])?;
            return Err(Failure::Findings(findings));
        }
        Err(failure) => return Err(failure),
    };
    let Some(synthesis) = synthesis else {
        return Ok(ExitCode::Error);
    };
    let accepted: Vec<Diagnostic> = synthesis
        .acknowledged()
        .iter()
        .map(|entry| entry.finding.clone())
        .collect();
    print(session, options, synthesis.findings(), &accepted)?;
    if session.judge(&synthesis, options.strict)? {
        return session.fail(&synthesis, "the app is not valid");
    }
    let line = session.output.emphasis(&format!(
        "{}, {}",
        plural(synthesis.stacks().len(), "stack"),
        count(synthesis.summary())
    ));
    let line = format!("{line}{}\n", session.elapsed());
    session.output.talk(&line)?;
    Ok(ExitCode::Ok)
}

fn print(
    session: &mut Session<'_>,
    options: &Arguments,
    findings: &[Diagnostic],
    accepted: &[Diagnostic],
) -> Result<(), Failure> {
    if options.sarif {
        session.output.json(&sarif::report(findings))?;
    } else if options.json {
        let document = ValidationDocument::new(findings, accepted);
        session.output.json(&to_json(&document))?;
    }
    Ok(())
}
