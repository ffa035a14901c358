//! Reports as SARIF 2.1.0. <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::collections::BTreeSet;
use std::fmt::Write as _;

use infra_core::codes;
use infra_yaml::Position;
use serde_json::{Value as JsonValue, json};

use crate::{Finding, Report};

/// Returns the report as a SARIF log with one run, for code scanning.
pub fn render_sarif(report: &Report) -> JsonValue {
    let used: BTreeSet<&str> = report
        .findings
        .iter()
        .map(|finding| finding.diagnostic.code.as_str())
        .collect();
    let rules: Vec<JsonValue> = used
        .iter()
        .map(|code| match codes::find_code(code) {
            Some(info) => json!({
                "id": code,
                "shortDescription": { "text": info.title },
                "help": { "text": info.page, "markdown": info.page },
            }),
            None => to_pack_rule(code),
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "infra check",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            // Columns count characters, as `unicodeCodePoints` does.
            "columnKind": "unicodeCodePoints",
            "results": report.findings.iter().map(to_result).collect::<Vec<_>>(),
        }],
    })
}

/// Describes a rule of a policy pack. Its controls are tags.
fn to_pack_rule(code: &str) -> JsonValue {
    let Some(rule) = infra_packs::find_rule(code) else {
        return json!({ "id": code });
    };
    let controls = rule.controls().iter();
    let tags = controls.map(|control| format!("{}:{}", control.pack, control.id));
    json!({
        "id": code,
        "shortDescription": { "text": rule.message() },
        "help": { "text": rule.help(), "markdown": rule.help() },
        "properties": { "tags": tags.collect::<Vec<_>>() },
    })
}

fn to_result(finding: &Finding) -> JsonValue {
    let found = &finding.diagnostic;
    let (start, end) = (finding.start(), finding.end());
    let message = match &found.help {
        Some(help) => format!("{}; {help}", found.message),
        None => found.message.clone(),
    };
    let artifact = json!({ "uri": to_uri(&finding.file().name) });
    let mut result = json!({
        "ruleId": found.code.as_str(),
        "level": if finding.is_error() { "error" } else { "warning" },
        "message": { "text": message },
        "locations": [{ "physicalLocation": {
            "artifactLocation": artifact,
            "region": to_region(start, end),
        } }],
    });
    if !finding.related().is_empty() {
        let related = finding.related().iter().enumerate();
        let related = related.map(|(id, (message, at))| {
            json!({
                "id": id,
                "message": { "text": message },
                "physicalLocation": {
                    "artifactLocation": artifact,
                    "region": { "startLine": at.line, "startColumn": at.column },
                },
            })
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(fix) = finding.fix() {
        result["fixes"] = json!([{
            "description": { "text": format!("write `{}`", fix.replacement) },
            "artifactChanges": [{
                "artifactLocation": artifact,
                "replacements": [{
                    "deletedRegion": to_region(fix.span.start, fix.span.end),
                    "insertedContent": { "text": fix.replacement },
                }],
            }],
        }]);
    }
    result
}

fn to_region(start: Position, end: Position) -> JsonValue {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// Returns a relative path as a URI reference.
fn to_uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}
