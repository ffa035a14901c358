//! Synthesizes the app, and writes the synthesis to a folder.

use std::path::{Path, PathBuf};

use infra_console::{contract, find_context};
use infra_core::assembly::{self, Assembly};
use infra_core::{App, Diagnostic, Synthesis, codes};
use serde_json::{Map, Value as JsonValue};

use crate::session::{Failure, Session};

/// Default folder of the cloud assembly, relative to the working folder.
const DEFAULT_DIRECTORY: &str = "infra.out";

/// Assets that have to be built, such as functions in Rust.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Assets {
    /// Builds them.
    Build,
    /// Uses placeholders.
    Skip,
}

/// Loads the configuration, builds the constructs and synthesizes them.
pub(crate) fn synthesize_app(session: &Session<'_>, assets: Assets) -> Result<Synthesis, Failure> {
    let app = App::new();
    if assets == Assets::Build {
        app.build_assets();
    }
    app.set_context(read_context(session)?);
    // The `cdk` CLI sets this variable for the app that it runs. It cannot fill parameters with outputs.
    if session.find_variable("CDK_CLI_VERSION").is_some() {
        app.replace_resolved_references();
    }
    session.build_constructs(&app)?;
    Ok(app.synth())
}

/// Environment variable with the path of a file with further context, set by the `cdk` CLI if the context exceeds the size of a variable.
const OVERFLOW: &str = "CONTEXT_OVERFLOW_LOCATION_ENV";

/// Returns the answers to context lookups: those that the `cdk` CLI passes, else those in the context file of the project.
fn read_context(session: &Session<'_>) -> Result<Map<String, JsonValue>, Failure> {
    if let Some(text) = session.find_variable("CDK_CONTEXT_JSON") {
        let refuse = |message: String| {
            Diagnostic::new(codes::MALFORMED_CONTEXT, message)
                .help("the `cdk` CLI sets it; unset it to synthesize without stored answers to context lookups")
        };
        let mut context: Map<String, JsonValue> = serde_json::from_str(text).map_err(|error| {
            refuse(format!(
                "the environment variable `CDK_CONTEXT_JSON` is not a JSON object: {error}"
            ))
        })?;
        // The part that does not fit into the variable.
        if let Some(path) = session.find_variable(OVERFLOW) {
            let wrong = |cause: String| {
                refuse(format!(
                    "the file `{path}`, which the environment variable `{OVERFLOW}` names, {cause}"
                ))
            };
            let text = std::fs::read_to_string(path)
                .map_err(|error| wrong(format!("cannot be read: {error}")))?;
            let more: Map<String, JsonValue> = serde_json::from_str(&text)
                .map_err(|error| wrong(format!("is not a JSON object: {error}")))?;
            for (key, value) in more {
                context.entry(key).or_insert(value);
            }
        }
        return Ok(context);
    }
    let Some(path) = find_context(session.directory) else {
        return Ok(Map::new());
    };
    let refuse = |cause: String| {
        let message = format!("`{}` {cause}", session.display_path(&path));
        Diagnostic::new(codes::MALFORMED_CONTEXT, message)
            .help("restore it from version control, or remove it to repeat the lookups")
    };
    let text = std::fs::read_to_string(&path)
        .map_err(|error| refuse(format!("cannot be read: {error}")))?;
    Ok(serde_json::from_str(&text)
        .map_err(|error| refuse(format!("is not a JSON object: {error}")))?)
}

/// Writes the unanswered context lookups of the app to a file, for the tool.
pub(crate) fn write_lookups(synthesis: &Synthesis, file: &Path) -> Result<(), Failure> {
    let text = contract::render_lookups(synthesis.missing());
    std::fs::write(file, text)
        .map_err(|error| not_writable(format!("cannot write `{}`: {error}", file.display())))
}

/// Writes the cloud assembly to a folder: `out`, else `CDK_OUTDIR`, which the `cdk` CLI sets, else the default.
pub(crate) fn write_assembly(
    session: &Session<'_>,
    synthesis: &Synthesis,
    out: Option<&Path>,
) -> Result<Assembly, Failure> {
    let directory = out
        .map(PathBuf::from)
        .or_else(|| session.variables.find_path("CDK_OUTDIR").map(PathBuf::from))
        .unwrap_or_else(|| PathBuf::from(DEFAULT_DIRECTORY));
    let directory = session.directory.join(directory);
    assembly::write_assembly(synthesis, &directory).map_err(|error| {
        let cause = std::error::Error::source(&error);
        let cause = cause.map_or_else(String::new, |cause| format!(": {cause}"));
        // The error contains an absolute path; messages use paths relative to the working folder.
        let absolute = directory.display().to_string();
        let message =
            format!("{error}{cause}").replace(&absolute, &session.display_path(&directory));
        not_writable(message)
    })
}

fn not_writable(message: String) -> Failure {
    Diagnostic::new(codes::OUTPUT_NOT_WRITABLE, message)
        .help("set a writable folder with `--out FOLDER`")
        .into()
}

/// Writes each template as YAML next to the JSON file. The YAML files are for people; no tool reads them.
pub(crate) fn write_yaml(synthesis: &Synthesis, written: &Assembly) -> Result<(), Failure> {
    for stack in synthesis.stacks() {
        let name = format!("{}.template.json", stack.id);
        let templates = written.files.iter();
        let found = templates
            .filter_map(|file| file.strip_suffix(&name))
            .find(|folder| folder.is_empty() || folder.ends_with('/'));
        let Some(folder) = found else { continue };
        let path = written
            .directory
            .join(format!("{folder}{}.template.yaml", stack.id));
        write_text(&path, &stack.template.to_yaml())?;
        for nested in &stack.nested {
            let file = nested.file.replace(".json", ".yaml");
            let path = written.directory.join(format!("{folder}{file}"));
            write_text(&path, &nested.template.to_yaml())?;
        }
    }
    Ok(())
}

fn write_text(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text)
        .map_err(|error| not_writable(format!("cannot write `{}`: {error}", path.display())))
}
