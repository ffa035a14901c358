//! Reports as JSON.

use infra_yaml::Position;
use serde_json::{Value as JsonValue, json};

use crate::{Finding, Report};

/// Version of the format of the document.
const VERSION: u32 = 1;

/// Returns the report as one JSON object: `version`, `findings`, each as in `findings.json` of an assembly with the `end` of its range and its `fix`, and `summary`.
pub fn render_json(report: &Report) -> JsonValue {
    json!({
        "version": VERSION,
        "findings": report.findings.iter().map(to_json).collect::<Vec<_>>(),
        "summary": { "errors": report.errors(), "warnings": report.warnings(), "templates": report.files },
    })
}

fn to_json(finding: &Finding) -> JsonValue {
    let mut object = finding.diagnostic.to_json();
    object["end"] = position(finding.end());
    if !finding.related().is_empty() {
        let related = finding.related().iter().map(|(message, at)| {
            let source =
                json!({ "file": finding.file().name, "line": at.line, "column": at.column });
            json!({ "message": message, "source": source })
        });
        object["related"] = related.collect();
    }
    if let Some(fix) = finding.fix() {
        object["fix"] = json!({
            "start": position(fix.span.start),
            "end": position(fix.span.end),
            "replacement": fix.replacement,
            "certain": fix.is_certain,
        });
    }
    object
}

fn position(at: Position) -> JsonValue {
    json!({ "line": at.line, "column": at.column })
}
