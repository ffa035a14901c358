//! Implements `validate`: checks everything that `synth` checks, and writes no folder.

use crate::assembly::{self, Assets};
use crate::session::{Failure, Session};
use infra_console::ExitCode;
use infra_console::app_arguments::ValidateArguments;
use infra_console::documents::{ValidationDocument, render_sarif, to_json};
use infra_console::words::{count_findings, format_count};
use infra_core::{Diagnostic, MissingContext};

pub(super) fn run_validate(
    session: &mut Session<'_>,
    options: &ValidateArguments,
) -> Result<ExitCode, Failure> {
    // Problems of the configuration are findings too, and printed in the requested format.
    let synthesis = match assembly::synthesize_app(session, Assets::Skip) {
        Ok(synthesis) => Some(synthesis),
        Err(Failure::Findings(findings)) if options.json || options.sarif => {
            print_document(session, options, &findings, &[])?;
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
    // `synth` does not report these as findings, since it writes them to a file for the tool.
    let unanswered = synthesis.missing().iter().map(MissingContext::to_finding);
    let unanswered: Vec<Diagnostic> = unanswered.collect();
    let findings = [&unanswered[..], synthesis.findings()].concat();
    print_document(session, options, &findings, &accepted)?;
    session.output.write_findings(&unanswered)?;
    let fails = session.report_findings(&synthesis, options.strict)?;
    if !unanswered.is_empty() {
        let line = format!(
            "{} without an answer, {}: the app is not valid",
            format_count(unanswered.len(), "context lookup"),
            count_findings(synthesis.summary())
        );
        let line = session.output.emphasize_text(&line);
        session.output.write_status(&format!("{line}\n"))?;
        return Ok(ExitCode::Error);
    }
    if fails {
        return session.report_failure(&synthesis, "the app is not valid");
    }
    let line = session.output.emphasize_text(&format!(
        "{}, {}",
        format_count(synthesis.stacks().len(), "stack"),
        count_findings(synthesis.summary())
    ));
    let line = format!("{line}{}\n", session.format_elapsed());
    session.output.write_status(&line)?;
    Ok(ExitCode::Ok)
}

fn print_document(
    session: &mut Session<'_>,
    options: &ValidateArguments,
    findings: &[Diagnostic],
    accepted: &[Diagnostic],
) -> Result<(), Failure> {
    if options.sarif {
        session.output.write_json(&render_sarif(findings))?;
    } else if options.json {
        let document = ValidationDocument::new(findings, accepted);
        session.output.write_json(&to_json(&document))?;
    }
    Ok(())
}
