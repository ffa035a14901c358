//! Implements `synth`: synthesizes the app and writes the cloud assembly, or prints one template.

use super::stack;
use crate::assembly;
use crate::session::{Failure, Session};
use infra_console::ExitCode;
use infra_console::app_arguments::SynthArguments;
use infra_console::documents::{SynthesisDocument, to_json};
use infra_console::words::{count, plural};
use std::fmt::Write as _;

use infra_core::Synthesis;
use infra_core::assembly::Assembly;
use infra_core::quotas::INLINE_TEMPLATE_BYTES;
use infra_core::template::Template;

pub(super) fn run(
    session: &mut Session<'_>,
    options: &SynthArguments,
) -> Result<ExitCode, Failure> {
    let synthesis = assembly::synthesize(session)?;
    if let Some(file) = &options.questions
        && !synthesis.missing().is_empty()
    {
        // Findings about placeholders are not useful: the tool answers the lookups and calls again.
        assembly::write_questions(&synthesis, &session.directory.join(file))?;
        return Ok(ExitCode::Ok);
    }
    let failed = session.judge(&synthesis, options.strict)?;
    if let Some(name) = &options.stack {
        return print_stack(session, &synthesis, name, options.yaml, failed);
    }
    let written = if failed {
        None
    } else {
        let written = assembly::write(session, &synthesis, options.out.as_deref())?;
        if options.yaml {
            assembly::write_yaml(&synthesis, &written)?;
        }
        Some(written)
    };
    if options.json {
        let files = written.as_ref().map(|assembly| {
            let directory = session.show(&assembly.directory);
            (directory, assembly.files.clone())
        });
        let document = SynthesisDocument::new(&synthesis, files);
        session.output.json(&to_json(&document))?;
    }
    let Some(written) = written else {
        return session.fail(&synthesis, "nothing was written");
    };
    let text = table(&synthesis) + &last_line(session, &synthesis, &written);
    session.output.talk(&text)?;
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
        None => &stack(synthesis, name)?.template,
    };
    if failed {
        return session.fail(synthesis, "nothing was printed");
    }
    let text = if yaml {
        template.yaml()
    } else {
        template.pretty_json()
    };
    session.output.data(&text)?;
    Ok(ExitCode::Ok)
}

/// Formats one line per stack, followed by its nested stacks: resources, bytes, and percentage of the limit for inline templates.
fn table(synthesis: &Synthesis) -> String {
    let stacks = templates(synthesis);
    let width = stacks.iter().map(|(path, _)| path.len()).max();
    let width = width.unwrap_or(0);
    let mut text = String::new();
    for (path, template) in stacks {
        let bytes = template.json().len();
        let _ = writeln!(
            text,
            "{path:width$}  {:>14}  {:>7} bytes, {:>3} % of the inline limit",
            plural(template.resources.len(), "resource"),
            thousands(bytes),
            (bytes * 100).div_ceil(INLINE_TEMPLATE_BYTES),
        );
    }
    text
}

/// Returns every template with the path of its stack.
fn templates(synthesis: &Synthesis) -> Vec<(&str, &Template)> {
    let mut found = Vec::new();
    for stack in synthesis.stacks() {
        found.push((stack.path.as_str(), &stack.template));
        let nested = stack.nested.iter();
        found.extend(nested.map(|one| (one.path.as_str(), &one.template)));
    }
    found
}

fn last_line(session: &Session<'_>, synthesis: &Synthesis, written: &Assembly) -> String {
    let stacks = synthesis.stacks();
    let resources = templates(synthesis).into_iter();
    let resources: usize = resources.map(|(_, one)| one.resources.len()).sum();
    let accepted = match synthesis.acknowledged().len() {
        0 => String::new(),
        some => format!(" ({some} accepted)"),
    };
    let line = session.output.emphasis(&format!(
        "{}, {}, {}{accepted}",
        plural(stacks.len(), "stack"),
        plural(resources, "resource"),
        count(synthesis.summary()),
    ));
    let missing = match synthesis.missing().len() {
        0 => String::new(),
        some => format!(
            "{} without an answer; run `infra synth` to store the answers in `cdk.context.json`; the app cannot be planned or deployed before\n",
            plural(some, "context lookup")
        ),
    };
    format!(
        "{missing}{line}: written to `{}`{}\n",
        session.show(&written.directory),
        session.elapsed()
    )
}

/// Formats a number with separators: `12,345`.
fn thousands(number: usize) -> String {
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
