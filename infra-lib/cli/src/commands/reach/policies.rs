//! Reads files with service control policies.

use std::path::{Path, PathBuf};

use infra_core::{Diagnostic, codes};
use infra_reach::policy::Document;
use serde_json::Value as JsonValue;

use super::super::files;
use crate::failure::Failure;
use crate::session::Session;

/// Reads one level of the organization from each file.
pub(super) fn read_levels(
    session: &Session<'_>,
    paths: &[PathBuf],
) -> Result<Vec<Vec<Document>>, Failure> {
    paths.iter().map(|path| read_level(session, path)).collect()
}

fn read_level(session: &Session<'_>, path: &Path) -> Result<Vec<Document>, Failure> {
    let text = files::read_text(session, path)?;
    let json: JsonValue =
        serde_json::from_str(&text).map_err(|error| refuse(session, path, &error.to_string()))?;
    let documents = match json {
        JsonValue::Array(documents) => documents,
        one => vec![one],
    };
    let mut found = Vec::new();
    for (index, json) in documents.iter().enumerate() {
        let name = format!("{} {}", session.format_path(path), index + 1);
        let document = Document::parse(name, json);
        if document.unreadable || json.get("Statement").is_none() {
            return Err(refuse(
                session,
                path,
                "a policy document has a list `Statement`",
            ));
        }
        found.push(document);
    }
    Ok(found)
}

fn refuse(session: &Session<'_>, path: &Path, reason: &str) -> Failure {
    let message = format!(
        "`{}` has no service control policies: {reason}",
        session.format_path(path)
    );
    Diagnostic::new(codes::FILE_NOT_USABLE, message)
        .help("write one document, or a list of them, for example with `aws organizations describe-policy --query Policy.Content --output text`")
        .into()
}
