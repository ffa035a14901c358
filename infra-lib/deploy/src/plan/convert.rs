//! Converts the description of a change set to a review.

use std::collections::BTreeMap;

use serde_json::Value as JsonValue;

use super::replacement;
use super::target::Target;
use infra_aws::{Change, ChangeDetail};
use infra_template::ResourceName;
use infra_template::diff::is_stateful;
use infra_template::review::Recreation;
use infra_template::review::{Note, NoteSource, PropertyChange, Replacement, ResourceChange};

/// Returns the resources that change, in CloudFormation's order. Details that CloudFormation omits are taken from `predicted`, which compares the
/// templates: values, policies, and the properties of new resources.
pub(crate) fn convert_resources(
    target: &Target,
    changes: &[Change],
    predicted: &[ResourceChange],
) -> Vec<ResourceChange> {
    let verdicts = replacement::compute_verdicts(changes);
    changes
        .iter()
        .map(|change| {
            let predicted = predicted
                .iter()
                .find(|other| other.resource.logical_id == change.logical_id)
                .filter(|other| other.action == change.action);
            let policy = || predicted.and_then(|predicted| predicted.policy_action.clone());
            ResourceChange::builder()
                .resource(resource_name(target, change, predicted))
                .action(change.action.clone())
                .replacement(
                    verdicts
                        .get(&change.logical_id)
                        .cloned()
                        .unwrap_or(Replacement::No),
                )
                .maybe_policy_action(change.policy_action.clone().or_else(policy))
                .stateful(is_stateful(&change.type_name))
                .properties(convert_properties(change, predicted))
                .maybe_moved_from(predicted.and_then(|predicted| predicted.moved_from.clone()))
                .build()
        })
        .collect()
}

fn resource_name(
    target: &Target,
    change: &Change,
    predicted: Option<&ResourceChange>,
) -> ResourceName {
    let mut name = target
        .stack
        .resource_name(&change.logical_id, &change.type_name);
    if name.construct_path.is_none() {
        // Only the deployed template knows the construct path of a removed resource.
        name.construct_path = predicted.and_then(|known| known.resource.construct_path.clone());
    }
    name.physical_id.clone_from(&change.physical_id);
    name
}

/// Returns one change per property path, although CloudFormation lists a property once for each reason to change it.
fn convert_properties(change: &Change, predicted: Option<&ResourceChange>) -> Vec<PropertyChange> {
    let known = predicted.map_or(&[][..], |predicted| &predicted.properties);
    if change.details.is_empty() {
        return known.to_vec();
    }
    // Metadata changes no resource, and is listed only if nothing else changes.
    let tells = |detail: &&ChangeDetail| detail.attribute != "Metadata";
    let only_metadata = change.details.iter().all(|detail| !tells(&detail));
    let mut found: BTreeMap<String, PropertyChange> = BTreeMap::new();
    for detail in change.details.iter().filter(|d| only_metadata || tells(d)) {
        let path = format_path(detail);
        let entry = found
            .entry(path.clone())
            .or_insert_with(|| PropertyChange::builder().path(path.clone()).build());
        if recreation_weight(&detail.recreation) > recreation_weight(&entry.recreation) {
            entry.recreation = detail.recreation.clone();
        }
        if entry.before.is_none() {
            entry.before = detail.before.as_deref().map(parse_value);
        }
        if entry.after.is_none() {
            entry.after = detail.after.as_deref().map(parse_value);
        }
        if entry.caused_by.is_none() && detail.source.as_deref() != Some("DirectModification") {
            entry.caused_by.clone_from(&detail.causing_entity);
        }
        if entry.drift.is_none() {
            entry.drift.clone_from(&detail.drift);
        }
    }
    let found = found.into_values();
    found.flat_map(|entry| add_values(entry, known)).collect()
}

/// Adds values from the templates to a property that CloudFormation lists without values: its own, or those of the nested properties that change.
fn add_values(entry: PropertyChange, known: &[PropertyChange]) -> Vec<PropertyChange> {
    if entry.before.is_some() || entry.after.is_some() {
        return vec![entry];
    }
    // A cause or a drift applies to the whole property.
    let whole = entry.caused_by.is_some() || entry.drift.is_some();
    let said = known.iter().filter(|known| {
        let rest = known.path.strip_prefix(entry.path.as_str());
        rest.is_some_and(|rest| rest.is_empty() || !whole && rest.starts_with(['.', '[']))
    });
    let parts: Vec<PropertyChange> = said
        .map(|said| {
            let mut change = entry.clone();
            change.path.clone_from(&said.path);
            change.before.clone_from(&said.before);
            change.after.clone_from(&said.after);
            change
        })
        .collect();
    if parts.is_empty() { vec![entry] } else { parts }
}

fn recreation_weight(recreation: &Recreation) -> u8 {
    match recreation {
        Recreation::Never => 0,
        Recreation::Always => 2,
        // An unknown value may mean a replacement.
        _ => 1,
    }
}

/// Formats a JSON pointer as `Properties.Tags[0].Value`; falls back to the property name, `Properties.Tags`.
fn format_path(detail: &ChangeDetail) -> String {
    let Some(pointer) = detail.path.as_deref().filter(|path| path.len() > 1) else {
        return match &detail.name {
            Some(name) => format!("{}.{name}", detail.attribute),
            None => detail.attribute.clone(),
        };
    };
    let mut text = String::new();
    for step in pointer.trim_start_matches('/').split('/') {
        let step = step.replace("~1", "/").replace("~0", "~");
        if step.bytes().all(|byte| byte.is_ascii_digit()) {
            text.push('[');
            text.push_str(&step);
            text.push(']');
        } else {
            if !text.is_empty() {
                text.push('.');
            }
            text.push_str(&step);
        }
    }
    text
}

/// Parses objects and arrays as JSON, and returns other values as strings.
fn parse_value(text: &str) -> JsonValue {
    match serde_json::from_str(text) {
        // A number would change values such as `"007"`.
        Ok(parsed @ (JsonValue::Object(_) | JsonValue::Array(_))) => parsed,
        _ => JsonValue::String(text.to_owned()),
    }
}

/// Returns notes about drift of the resources that change, which the execution overwrites.
pub(crate) fn drift_notes(resources: &[ResourceChange], changes: &[Change]) -> Vec<Note> {
    let mut notes = Vec::new();
    for (resource, change) in resources.iter().zip(changes) {
        let properties: Vec<&str> = resource
            .properties
            .iter()
            .filter(|property| property.drift.is_some())
            .map(|property| property.path.as_str())
            .collect();
        let status = change.drift_status.as_deref().unwrap_or_default();
        let message = match status {
            "DELETED" => format!(
                "`{}` no longer exists: it was deleted outside CloudFormation",
                resource.resource.display_name()
            ),
            _ if !properties.is_empty() => format!(
                "`{}` has drifted, and will be overwritten: {}",
                resource.resource.display_name(),
                properties.join(", ")
            ),
            "MODIFIED" => format!(
                "`{}` has drifted: it was changed outside CloudFormation",
                resource.resource.display_name()
            ),
            _ => continue,
        };
        notes.push(
            Note::builder()
                .source(NoteSource::Drift)
                .message(message)
                .resource(resource.resource.clone())
                .maybe_property(properties.first().map(|path| (*path).to_owned()))
                .build(),
        );
    }
    notes
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{add_values, format_path, parse_value};
    use infra_aws::ChangeDetail;
    use infra_template::review::PropertyChange;

    #[test]
    fn converts_json_pointers_to_dotted_paths() {
        let detail = |path: Option<&str>, name: Option<&str>| {
            ChangeDetail::builder()
                .attribute("Properties")
                .maybe_path(path.map(str::to_owned))
                .maybe_name(name.map(str::to_owned))
                .build()
        };
        let shown = format_path(&detail(Some("/Properties/Tags/0/Value"), Some("Tags")));
        assert_eq!(shown, "Properties.Tags[0].Value");
        assert_eq!(format_path(&detail(None, Some("Tags"))), "Properties.Tags");
        assert_eq!(
            format_path(&detail(Some("/Properties/a~1b"), None)),
            "Properties.a/b"
        );
        assert_eq!(format_path(&detail(Some("/"), None)), "Properties");
    }

    #[test]
    fn missing_values_come_from_templates() {
        let change = |path: &str, values: Option<(&str, &str)>| {
            PropertyChange::builder()
                .path(format!("Properties.{path}"))
                .maybe_before(values.map(|(before, _)| json!(before)))
                .maybe_after(values.map(|(_, after)| json!(after)))
                .build()
        };
        let image = change("Containers[Name=api].Image", Some(("a", "b")));
        let known = [
            image.clone(),
            change("ContainersOfOthers", Some(("c", "d"))),
        ];
        assert_eq!(add_values(change("Containers", None), &known), [image]);
        let told = change("Containers", Some(("e", "f")));
        assert_eq!(add_values(told.clone(), &known), [told]);
        let mut caused = change("Containers", None);
        caused.caused_by = Some("Api".to_owned());
        assert_eq!(add_values(caused.clone(), &known), [caused]);
    }

    #[test]
    fn parses_json_values_and_keeps_other_text() {
        assert_eq!(parse_value("[1,2]"), serde_json::json!([1, 2]));
        assert_eq!(parse_value("007"), serde_json::json!("007"));
        assert_eq!(parse_value("{broken"), serde_json::json!("{broken"));
    }
}
