//! The report as JSON.

use serde_json::{Value as JsonValue, json};

use super::summary::{Counts, Summary};
use crate::assess::{Assessed, Verdict};

/// Returns the report as one JSON object: `summary`, `controls` with their state, and `results` with the verdict of each rule for each resource.
pub fn render_json(summary: &Summary, results: &[Assessed]) -> JsonValue {
    let controls = summary.controls.iter().map(|control| {
        json!({
            "pack": control.control.pack.as_str(),
            "id": control.control.id,
            "state": control.counts.state().as_str(),
            "rules": control.rules,
            "counts": counts(control.counts),
        })
    });
    json!({
        "version": 1,
        "packs": summary.packs.iter().map(|pack| pack.as_str()).collect::<Vec<_>>(),
        "summary": counts(summary.counts),
        "controls": controls.collect::<Vec<_>>(),
        "results": results.iter().map(result).collect::<Vec<_>>(),
    })
}

fn counts(counts: Counts) -> JsonValue {
    json!({
        "passed": counts.passed,
        "failed": counts.failed,
        "undecided": counts.undecided,
        "accepted": counts.accepted,
    })
}

fn result(assessed: &Assessed) -> JsonValue {
    let mut object = json!({
        "rule": assessed.rule.id(),
        "level": assessed.rule.level().as_str(),
        "template": assessed.template,
        "logicalId": assessed.logical_id,
        "resourceType": assessed.type_name,
    });
    let verdict = match &assessed.verdict {
        Verdict::Passed => "passed",
        Verdict::Accepted => "accepted",
        Verdict::Undecided { property } => {
            object["property"] = json!(property);
            "undecided"
        }
        Verdict::Failed { property, actual } => {
            object["property"] = json!(property);
            object["actual"] = json!(actual);
            object["message"] = json!(assessed.rule.message());
            object["help"] = json!(assessed.rule.help());
            "failed"
        }
    };
    object["verdict"] = json!(verdict);
    object
}
