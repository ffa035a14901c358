//! Runs the app of the project, and publishes its findings on the lines of the program.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use gen_lsp_types::{Diagnostic, MessageType, Position, PublishDiagnosticsParams, Range};
use serde_json::Value as JsonValue;

use super::diagnostics::Parts;
use super::server::Output;
use super::text::Lines;
use super::uri;
use crate::ExitCode;
use crate::app::AppSource;
use crate::commands::capture::{run_app_command, run_captured};
use crate::session::Session;

/// The published findings of the app.
pub(super) struct AppFindings {
    output: Output,
    /// Files with findings, which are cleared when the findings are gone.
    files: BTreeSet<PathBuf>,
}

impl AppFindings {
    pub(super) fn new(output: Output) -> Self {
        Self {
            output,
            files: BTreeSet::new(),
        }
    }

    /// Runs the app of a folder, if it has one, and publishes its findings. An app that does not compile leaves the published ones.
    pub(super) fn validate_app(&mut self, session: &mut Session<'_>, folder: &Path) {
        let mut app_folder = None;
        let run = run_captured(session, folder, None, Vec::new(), |session| {
            let source = session.app_source()?;
            // Apps of the CDK give no lines.
            let AppSource::Infra { directory, .. } = &source else {
                return Ok(ExitCode::Ok);
            };
            app_folder = Some(directory.clone());
            run_app_command(session, &source, &["validate".as_ref(), "--json".as_ref()])
        });
        // A folder of templates alone.
        let Some(app_folder) = app_folder else {
            return;
        };
        match serde_json::from_str::<JsonValue>(&run.data) {
            Ok(document) => self.publish_findings(&document, &app_folder),
            Err(_) => self.output.log(
                MessageType::Error,
                format!("the app could not be run:\n{}", run.messages.trim_end()),
            ),
        }
    }

    fn publish_findings(&mut self, document: &JsonValue, folder: &Path) {
        let mut by_file: BTreeMap<PathBuf, Vec<Diagnostic>> = BTreeMap::new();
        let findings = document["findings"].as_array();
        for finding in findings.into_iter().flatten() {
            let source = &finding["source"];
            let Some(file) = source["file"].as_str() else {
                continue;
            };
            let file = find_source(folder, file);
            let range = read_range(&file, source);
            let text = |key: &str| finding[key].as_str();
            let parts = Parts {
                code: text("code").unwrap_or_default(),
                is_error: text("severity") != Some("warning"),
                message: text("message").unwrap_or_default(),
                expected: text("expected"),
                help: text("help"),
                url: text("url"),
            };
            by_file
                .entry(file)
                .or_default()
                .push(parts.to_diagnostic(range));
        }
        let found: BTreeSet<PathBuf> = by_file.keys().cloned().collect();
        for file in self.files.difference(&found) {
            by_file.insert(file.clone(), Vec::new());
        }
        self.files = found;
        for (file, diagnostics) in by_file {
            self.output.publish(PublishDiagnosticsParams {
                uri: uri::from_path(&file),
                version: None,
                diagnostics,
            });
        }
    }
}

/// Returns the path of a source file, which the compiler writes relative to the workspace: the folder of the app or one above it.
fn find_source(folder: &Path, file: &str) -> PathBuf {
    let mut candidates = folder.ancestors().map(|above| above.join(file));
    candidates
        .find(|path| path.is_file())
        .unwrap_or_else(|| folder.join(file))
}

/// Returns the range from the place of a finding to the end of its line.
fn read_range(file: &Path, source: &JsonValue) -> Range {
    let number = |key: &str| {
        let number = source[key].as_u64().and_then(|one| u32::try_from(one).ok());
        number.unwrap_or(1).saturating_sub(1)
    };
    let (line, column) = (number("line"), number("column"));
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let lines = Lines::new(&text);
    let at = |column| {
        let characters = lines.line(line).chars().take(column);
        let units: usize = characters.map(char::len_utf16).sum();
        Position {
            line,
            character: u32::try_from(units).unwrap_or(u32::MAX),
        }
    };
    Range {
        start: at(usize::try_from(column).unwrap_or(usize::MAX)),
        end: at(usize::MAX),
    }
}
