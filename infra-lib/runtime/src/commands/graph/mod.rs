//! Implements `graph`: draws the stacks as clusters, their constructs, and an arrow from each construct to those that it refers to.

mod dot;
mod json;
mod mermaid;
mod model;
mod nested;
mod svg;

use infra_console::ExitCode;
use infra_console::app_arguments::{GraphArguments, GraphFormat};
use infra_core::{Diagnostic, Synthesis, codes, find_nearest};

use super::find_stack;
use crate::assembly::{self, Assets};
use crate::session::{Failure, Session};

use dot::Dot;
use mermaid::Mermaid;
use model::Model;

pub(super) fn run_graph(
    session: &mut Session<'_>,
    options: &GraphArguments,
) -> Result<ExitCode, Failure> {
    let synthesis = assembly::synthesize_app(session, Assets::Skip)?;
    if session.report_findings(&synthesis, false)? {
        return session.report_failure(&synthesis, "nothing was drawn");
    }
    if let Some(path) = &options.state_machine {
        let diagram = find_diagram(&synthesis, path)?;
        session.output.write_data(diagram)?;
        return Ok(ExitCode::Ok);
    }
    let mut only = Vec::new();
    for name in &options.stack {
        only.push(find_stack(&synthesis, name)?.path.as_str());
    }
    let model = Model::new(&synthesis, options.detail, &only);
    let text = match options.chosen_format() {
        GraphFormat::Mermaid => nested::draw_nested::<Mermaid>(&model),
        GraphFormat::Dot => nested::draw_nested::<Dot>(&model),
        GraphFormat::Json => format!("{:#}\n", json::draw_json(&model)),
        GraphFormat::Svg => svg::draw_svg(&model),
        other => return Err(unknown_format(other).into()),
    };
    session.output.write_data(&text)?;
    Ok(ExitCode::Ok)
}

/// Returns the drawing of a state machine. The error names the machines of the app.
fn find_diagram<'s>(synthesis: &'s Synthesis, path: &str) -> Result<&'s str, Failure> {
    synthesis.diagram(path).ok_or_else(|| {
        let known: Vec<String> = synthesis.diagrams().map(|(path, _)| path).collect();
        let finding = Diagnostic::new(
            codes::UNKNOWN_RESOURCE,
            format!("the app has no state machine `{path}`"),
        );
        let finding = match find_nearest(path, known.iter().map(String::as_str)) {
            Some(meant) => finding.help(format!("did you mean `{meant}`?")),
            None => finding,
        };
        let known: Vec<String> = known.iter().map(|path| format!("`{path}`")).collect();
        match known.as_slice() {
            [] => finding.note("no construct of the app is a state machine of `infra-lib`"),
            known => finding.expected(format!("one of {}", known.join(", "))),
        }
        .into()
    })
}

/// Creates the finding for a format that a newer `infra-console` defines and this runtime cannot draw.
fn unknown_format(format: GraphFormat) -> Diagnostic {
    Diagnostic::new(
        codes::TOOL_VERSION,
        format!("this version of `infra-runtime` does not support {format:?}"),
    )
    .help("use the same version of all `infra-*` crates")
}
