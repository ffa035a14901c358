//! OSCAL assessment results. <https://pages.nist.gov/OSCAL-Reference/models/v1.1.3/assessment-results/json-reference/>

use serde_json::{Value as JsonValue, json};

use super::summary::{ControlSummary, State, Summary};
use crate::assess::{Assessed, Verdict};
use crate::pack::Pack;

/// Version of OSCAL whose model the document follows.
pub const OSCAL_VERSION: &str = "1.1.3";

/// Returns the results as a document of OSCAL: an observation for each result that does not pass, and a finding for each control with resources. `at` is
/// the time of the assessment as in RFC 3339; the identifiers depend on it and on the results alone.
///
/// OSCAL has no state for "cannot be decided": such a control is `not-satisfied` with the reason `undecided`.
pub fn render_oscal(summary: &Summary, results: &[Assessed], at: &str) -> JsonValue {
    let observed = results
        .iter()
        .filter(|result| !matches!(result.verdict, Verdict::Passed));
    let observations: Vec<(JsonValue, &Assessed)> = observed
        .map(|result| (observation(result, at), result))
        .collect();
    let applicable: Vec<&ControlSummary> = summary
        .controls
        .iter()
        .filter(|control| control.counts.state() != State::NotApplicable)
        .collect();
    let findings = applicable
        .iter()
        .map(|control| finding(control, &observations, at));
    let selected = summary.controls.iter().map(|control| {
        let id = control_id(control.control.pack, control.control.id);
        json!({ "control-id": id })
    });
    let names: Vec<&str> = summary.packs.iter().map(|pack| pack.title()).collect();
    let title = format!("Policy packs: {}", names.join(", "));
    let mut result = json!({
        "uuid": uuid(&["result", at, &title]),
        "title": title,
        "description": "Static assessment of CloudFormation templates before their deployment.",
        "start": at,
        "reviewed-controls": { "control-selections": [{
            "include-controls": selected.collect::<Vec<_>>(),
        }] },
    });
    // The model allows no empty lists.
    if !observations.is_empty() {
        result["observations"] = observations.iter().map(|(one, _)| one.clone()).collect();
    }
    if !applicable.is_empty() {
        result["findings"] = findings.collect();
    }
    json!({ "assessment-results": {
        "uuid": uuid(&["document", at, &title]),
        "metadata": {
            "title": title,
            "last-modified": at,
            "version": env!("CARGO_PKG_VERSION"),
            "oscal-version": OSCAL_VERSION,
        },
        "import-ap": {
            "href": "#",
            "remarks": "The assessment has no plan: its rules are those of the policy packs.",
        },
        "results": [result],
    } })
}

fn observation(assessed: &Assessed, at: &str) -> JsonValue {
    let (state, property) = match &assessed.verdict {
        Verdict::Passed => ("passed", ""),
        Verdict::Accepted => ("accepted", ""),
        Verdict::Undecided { property } => ("undecided", property.as_str()),
        Verdict::Failed { property, .. } => ("failed", property.as_str()),
    };
    let place = format!("{}/{}", assessed.template, assessed.logical_id);
    let mut props = vec![
        prop("rule", assessed.rule.id()),
        prop("level", assessed.rule.level().as_str()),
        prop("resource-type", &assessed.type_name),
        prop("verdict", state),
    ];
    if !property.is_empty() {
        props.push(prop("property", property));
    }
    json!({
        "uuid": observation_uuid(assessed, at),
        "title": place,
        "description": match state {
            "undecided" => format!("cannot be decided before the deployment: {}", assessed.rule.message()),
            "accepted" => format!("accepted: {}", assessed.rule.message()),
            _ => format!("{}; {}", assessed.rule.message(), assessed.rule.help()),
        },
        "props": props,
        "methods": ["TEST"],
        "collected": at,
    })
}

fn prop(name: &str, value: &str) -> JsonValue {
    json!({ "name": name, "ns": "https://github.com/infra-lib/infra-lib/ns/oscal", "value": value })
}

fn finding(
    control: &ControlSummary,
    observations: &[(JsonValue, &Assessed)],
    at: &str,
) -> JsonValue {
    let id = control_id(control.control.pack, control.control.id);
    let counts = control.counts;
    let (state, reason) = match counts.state() {
        State::Satisfied | State::NotApplicable => ("satisfied", "pass"),
        State::NotSatisfied => ("not-satisfied", "fail"),
        State::Undecided => ("not-satisfied", "undecided"),
    };
    let related: Vec<JsonValue> = observations
        .iter()
        .filter(|(_, result)| control.rules.contains(&result.rule.id()))
        .map(|(_, result)| json!({ "observation-uuid": observation_uuid(result, at) }))
        .collect();
    let mut finding = json!({
        "uuid": uuid(&["finding", at, &id]),
        "title": format!("{} {}", control.control.pack.title(), control.control.id),
        "description": format!(
            "{} passed, {} failed, {} undecided, {} accepted",
            counts.passed, counts.failed, counts.undecided, counts.accepted
        ),
        "target": {
            "type": "objective-id",
            "target-id": id,
            "status": { "state": state, "reason": reason },
        },
    });
    if !related.is_empty() {
        finding["related-observations"] = related.into();
    }
    finding
}

fn observation_uuid(assessed: &Assessed, at: &str) -> String {
    let (rule, id) = (assessed.rule.id(), assessed.logical_id.as_str());
    uuid(&["observation", at, &assessed.template, id, rule])
}

/// Returns the ID of a control as a token of OSCAL: `sc-28.1` as in the catalog of NIST, and others with the name of their pack.
fn control_id(pack: Pack, id: &str) -> String {
    let id = id.to_ascii_lowercase();
    match pack {
        Pack::Nist => id.replace('(', ".").replace(')', ""),
        _ => format!("{pack}-{}", id.replace('(', ".").replace(')', "")),
    }
}

/// Returns an identifier in the form of a UUID of version 5. The digest is MD5: it tells records apart and protects nothing.
fn uuid(parts: &[&str]) -> String {
    let mut digest = md5::compute(parts.join("\u{0}")).0;
    digest[6] = digest[6] & 0x0f | 0x50;
    digest[8] = digest[8] & 0x3f | 0x80;
    let hex = format!("{:032x}", u128::from_be_bytes(digest));
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}
