//! Converts findings to SARIF 2.1.0, the format of code-scanning services.
//!
//! See <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use std::collections::BTreeSet;

use infra_core::{Diagnostic, Severity, codes};
use serde_json::{Value as JsonValue, json};

/// Returns the findings as a SARIF report with one run, as `validate --sarif` prints it.
pub fn render_sarif(findings: &[Diagnostic]) -> JsonValue {
    let used: BTreeSet<&str> = findings.iter().map(|found| found.code.as_str()).collect();
    let rules: Vec<JsonValue> = used
        .into_iter()
        .map(|name| match codes::find_code(name) {
            Some(info) => json!({
                "id": name,
                "shortDescription": { "text": info.title },
                "help": { "text": info.page, "markdown": info.page },
            }),
            None => json!({ "id": name }),
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "infra-cli", "rules": rules } },
            "results": findings.iter().map(render_result).collect::<Vec<_>>(),
        }],
    })
}

fn render_result(found: &Diagnostic) -> JsonValue {
    let level = match found.severity {
        Severity::Warning => "warning",
        Severity::Error | Severity::Fatal => "error",
    };
    let text = match &found.help {
        Some(help) => format!("{}\n{help}", found.message),
        None => found.message.clone(),
    };
    let mut location = serde_json::Map::new();
    if let Some(place) = &found.place {
        location.insert(
            "physicalLocation".to_owned(),
            json!({
                "artifactLocation": { "uri": place.file },
                "region": { "startLine": place.line, "startColumn": place.column },
            }),
        );
    }
    if let Some(path) = &found.path {
        location.insert(
            "logicalLocations".to_owned(),
            json!([{ "fullyQualifiedName": path }]),
        );
    }
    json!({
        "ruleId": found.code.as_str(),
        "level": level,
        "message": { "text": text },
        "locations": [location],
    })
}
