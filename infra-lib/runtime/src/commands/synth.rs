//! Implements `synth`: synthesizes the app and writes the cloud assembly, or prints one template.

use super::find_stack;
use crate::assembly::{self, Assets};
use crate::session::{Failure, Session};
use infra_console::ExitCode;
use infra_console::app_arguments::SynthArguments;
use infra_console::documents::{SynthesisDocument, to_json};
use infra_console::words::{count_findings, format_count};
use std::fmt::Write as _;

use infra_core::Synthesis;
use infra_core::assembly::Assembly;
use infra_core::quotas::INLINE_TEMPLATE_BYTES;
use infra_core::template::Template;

pub(super) fn run_synth(
    session: &mut Session<'_>,
    options: &SynthArguments,
) -> Result<ExitCode, Failure> {
    // A printed template is for reading, so nothing is built for it.
    let assets = if options.no_build || options.stack.is_some() {
        Assets::Skip
    } else {
        Assets::Build
    };
    let synthesis = assembly::synthesize_app(session, assets)?;
    if let Some(file) = &options.questions
        && !synthesis.missing().is_empty()
    {
        // Findings about placeholders are not useful: the tool answers the lookups and calls again.
        assembly::write_lookups(&synthesis, &session.directory.join(file))?;
        return Ok(ExitCode::Ok);
    }
    let failed = session.report_findings(&synthesis, options.strict)?;
    if let Some(name) = &options.stack {
        return print_stack(session, &synthesis, name, options.yaml, failed);
    }
    let written = if failed {
        None
    } else {
        let written = assembly::write_assembly(session, &synthesis, options.out.as_deref())?;
        if options.yaml {
            assembly::write_yaml(&synthesis, &written)?;
        }
        Some(written)
    };
    if options.json {
        let files = written.as_ref().map(|assembly| {
            let directory = session.display_path(&assembly.directory);
            (directory, assembly.files.clone())
        });
        let document = SynthesisDocument::new(&synthesis, files);
        session.output.write_json(&to_json(&document))?;
    }
    let Some(written) = written else {
        return session.report_failure(&synthesis, "nothing was written");
    };
    let text = render_table(&synthesis) + &render_summary(session, &synthesis, &written);
    session.output.write_status(&text)?;
    Ok(ExitCode::Ok)
}

fn print_stack(
    session: &mut Session<'_>,
    synthesis: &Synthesis,
    name: &str,
    yaml: bool,
    failed: bool,
) -> Result<ExitCode, Failure> {
    let template = match synthesis.nested_stack(name) {
        Some(nested) => &nested.template,
        None => &find_stack(synthesis, name)?.template,
    };
    if failed {
        return session.report_failure(synthesis, "nothing was printed");
    }
    let text = if yaml {
        template.to_yaml()
    } else {
        template.pretty_json()
    };
    session.output.write_data(&text)?;
    Ok(ExitCode::Ok)
}

/// Formats one line per stack, followed by its nested stacks: resources, bytes, and percentage of the limit for inline templates.
fn render_table(synthesis: &Synthesis) -> String {
    let stacks = list_templates(synthesis);
    let width = stacks.iter().map(|(path, _)| path.len()).max();
    let width = width.unwrap_or(0);
    let mut text = String::new();
    for (path, template) in stacks {
        let bytes = template.json().len();
        let _ = writeln!(
            text,
            "{path:width$}  {:>14}  {:>7} bytes, {:>3} % of the inline limit",
            format_count(template.resources.len(), "resource"),
            group_thousands(bytes),
            (bytes * 100).div_ceil(INLINE_TEMPLATE_BYTES),
        );
    }
    text
}

/// Returns every template with the path of its stack.
fn list_templates(synthesis: &Synthesis) -> Vec<(&str, &Template)> {
    let mut found = Vec::new();
    for stack in synthesis.stacks() {
        found.push((stack.path.as_str(), &stack.template));
        let nested = stack.nested.iter();
        found.extend(nested.map(|one| (one.path.as_str(), &one.template)));
    }
    found
}

fn render_summary(session: &Session<'_>, synthesis: &Synthesis, written: &Assembly) -> String {
    let stacks = synthesis.stacks();
    let resources = list_templates(synthesis).into_iter();
    let resources: usize = resources.map(|(_, one)| one.resources.len()).sum();
    let accepted = match synthesis.acknowledged().len() {
        0 => String::new(),
        some => format!(" ({some} accepted)"),
    };
    let line = session.output.emphasize_text(&format!(
        "{}, {}, {}{accepted}",
        format_count(stacks.len(), "stack"),
        format_count(resources, "resource"),
        count_findings(synthesis.summary()),
    ));
    let missing = match synthesis.missing().len() {
        0 => String::new(),
        some => format!(
            "{} without an answer; run `infra synth` to store the answers in `cdk.context.json`; the app cannot be planned or deployed before\n",
            format_count(some, "context lookup")
        ),
    };
    format!(
        "{missing}{line}: written to `{}`{}\n",
        session.display_path(&written.directory),
        session.format_elapsed()
    )
}

/// Formats a number with separators: `12,345`.
fn group_thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
