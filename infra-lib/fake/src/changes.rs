//! Computes the changes of a change set by comparing two templates, including replacements and their consequences.

use std::collections::BTreeMap;

use serde_json::{Map, Value as JsonValue, json};

use super::evaluate::{Scope, as_text};
use infra_aws::{ApiReplacement, Change, ChangeDetail, ResourceImport};
use infra_core::template::{Reference, references};
use infra_template::Template;
use infra_template::review::{Action, PolicyAction, PropertyDrift, Recreation};

/// A template with actual and displayed parameter values.
pub(super) struct ComparedTemplate<'t> {
    pub(super) template: &'t Template,
    pub(super) scope: Scope<'t>,
    /// Scope with `****` as the value of `NoEcho` parameters.
    pub(super) masked_scope: Scope<'t>,
}

/// Other inputs of a comparison than the templates.
#[derive(Default)]
pub(super) struct ComparisonInputs<'a> {
    pub(super) tags_changed: bool,
    pub(super) imports: &'a [ResourceImport],
    /// Actual values of drifted properties, by logical ID and path, if drift is to be reverted.
    pub(super) drift: BTreeMap<String, BTreeMap<String, String>>,
}

/// Returns the changes in the order of the new template, with removed resources last.
pub(super) fn compute_changes(
    before: &ComparedTemplate<'_>,
    after: &ComparedTemplate<'_>,
    beside: &ComparisonInputs<'_>,
) -> Result<Vec<Change>, String> {
    let mut found: BTreeMap<String, Change> = BTreeMap::new();
    for resource in after.template.resources() {
        if !after.scope.is_included(resource.entry) {
            continue;
        }
        let id = resource.logical_id;
        let old = before.template.find_resource(id);
        let old = old.filter(|old| before.scope.is_included(old.entry));
        let change = match old {
            None => describe_addition(id, resource.type_name, resource.entry, after, beside)?,
            Some(old) => {
                match describe_modification(id, old.entry, resource.entry, before, after, beside)? {
                    Some(change) => change,
                    None => continue,
                }
            }
        };
        found.insert(id.to_owned(), change);
    }
    while propagate_references(before, after, &mut found)? {}
    let mut changes: Vec<Change> = after
        .template
        .resources()
        .filter_map(|resource| found.remove(resource.logical_id))
        .collect();
    for old in before.template.resources() {
        let still = after.template.find_resource(old.logical_id);
        let is_gone = still.is_none_or(|still| !after.scope.is_included(still.entry));
        if is_gone && before.scope.is_included(old.entry) {
            let mut change = new_change(old.logical_id, old.type_name, Action::Remove, before);
            change.policy_action = Some(match deletion_policy(old.type_name, old.entry) {
                "Retain" => PolicyAction::Retain,
                "Snapshot" => PolicyAction::Snapshot,
                _ => PolicyAction::Delete,
            });
            change.before_context = Some(render_context(old.entry, before)?);
            changes.push(change);
        }
    }
    Ok(changes)
}

/// Returns the effect of removing a resource: its `DeletionPolicy`, or CloudFormation's default, which takes snapshots of databases.
pub(super) fn deletion_policy<'e>(type_name: &str, entry: &'e Map<String, JsonValue>) -> &'e str {
    let said = entry.get("DeletionPolicy").and_then(JsonValue::as_str);
    let properties = entry.get("Properties");
    let in_cluster = properties.is_some_and(|all| all.get("DBClusterIdentifier").is_some());
    match (said, type_name) {
        (Some(policy), _) => policy,
        (None, "AWS::RDS::DBCluster") => "Snapshot",
        (None, "AWS::RDS::DBInstance") if !in_cluster => "Snapshot",
        (None, _) => "Delete",
    }
}

fn new_change(id: &str, type_name: &str, action: Action, side: &ComparedTemplate<'_>) -> Change {
    Change::builder()
        .logical_id(id)
        .maybe_physical_id(
            side.scope
                .resources
                .get(id)
                .map(|known| known.physical_id.clone()),
        )
        .type_name(type_name)
        .action(action)
        .build()
}

fn describe_addition(
    id: &str,
    type_name: &str,
    entry: &Map<String, JsonValue>,
    after: &ComparedTemplate<'_>,
    beside: &ComparisonInputs<'_>,
) -> Result<Change, String> {
    let import = beside.imports.iter().find(|import| import.logical_id == id);
    let action = import.map_or(Action::Add, |_| Action::Import);
    let mut change = new_change(id, type_name, action, after);
    change.physical_id = import.and_then(|import| import.identifier.values().next().cloned());
    change.after_context = Some(render_context(entry, after)?);
    Ok(change)
}

fn describe_modification(
    id: &str,
    old: &Map<String, JsonValue>,
    new: &Map<String, JsonValue>,
    before: &ComparedTemplate<'_>,
    after: &ComparedTemplate<'_>,
    beside: &ComparisonInputs<'_>,
) -> Result<Option<Change>, String> {
    let type_name = new.get("Type").and_then(JsonValue::as_str).unwrap_or("");
    let was = JsonValue::Object(before.scope.evaluate_properties(old)?);
    let is = JsonValue::Object(after.scope.evaluate_properties(new)?);
    let shown_was = JsonValue::Object(before.masked_scope.evaluate_properties(old)?);
    let shown_is = JsonValue::Object(after.masked_scope.evaluate_properties(new)?);
    let mut paths = Vec::new();
    collect_differences("", &was, &is, &mut paths);
    let mut details: Vec<ChangeDetail> = paths
        .iter()
        .map(|path| {
            let name = path.split('/').nth(1).unwrap_or_default();
            let is_tag = tag_property(type_name) == Some(name);
            ChangeDetail::builder()
                .attribute(if is_tag { "Tags" } else { "Properties" }.to_owned())
                .maybe_name((!is_tag).then(|| name.to_owned()))
                .path(format!("/Properties{path}"))
                .recreation(required_recreation(type_name, path))
                .maybe_before(shown_was.pointer(path).map(as_text))
                .maybe_after(shown_is.pointer(path).map(as_text))
                .source("DirectModification")
                .build()
        })
        .collect();
    for attribute in [
        "Metadata",
        "CreationPolicy",
        "UpdatePolicy",
        "DeletionPolicy",
        "UpdateReplacePolicy",
    ] {
        if old.get(attribute) != new.get(attribute) {
            details.push(
                ChangeDetail::builder()
                    .attribute(attribute)
                    .path(format!("/{attribute}"))
                    .maybe_before(old.get(attribute).map(as_text))
                    .maybe_after(new.get(attribute).map(as_text))
                    .source("DirectModification")
                    .build(),
            );
        }
    }
    if beside.tags_changed && tag_property(type_name).is_some() {
        details.push(
            ChangeDetail::builder()
                .attribute("Tags")
                .source("Automatic")
                .build(),
        );
    }
    let drifted = beside.drift.get(id);
    for (path, actual) in drifted.into_iter().flatten() {
        details.push(
            ChangeDetail::builder()
                .attribute("Properties")
                .maybe_name(path.split('/').nth(1).map(str::to_owned))
                .path(format!("/Properties{path}"))
                .recreation(required_recreation(type_name, path))
                .before(actual.clone())
                .maybe_after(shown_is.pointer(path).map(as_text))
                .drift(PropertyDrift::new(
                    shown_was.pointer(path).map(as_text),
                    Some(actual.clone()),
                ))
                .source("NoModification")
                .build(),
        );
    }
    if details.is_empty() {
        return Ok(None);
    }
    let mut change = new_change(id, type_name, Action::Modify, before);
    change.details = details;
    change.before_context = Some(render_context(old, before)?);
    change.after_context = Some(render_context(new, after)?);
    change.drift_status = drifted.map(|_| "MODIFIED".to_owned());
    summarize_details(&mut change, new);
    Ok(Some(change))
}

/// Sets scope, replacement and policy action according to the details.
fn summarize_details(change: &mut Change, entry: &Map<String, JsonValue>) {
    change.scope = Vec::new();
    for detail in &change.details {
        if !change.scope.contains(&detail.attribute) {
            change.scope.push(detail.attribute.clone());
        }
    }
    let always = |detail: &&ChangeDetail| detail.recreation == Recreation::Always;
    let certain = change.details.iter().filter(always);
    let replacement = if certain.clone().any(|detail| !detail.dynamic) {
        ApiReplacement::True
    } else if change
        .details
        .iter()
        .any(|detail| detail.recreation != Recreation::Never)
    {
        ApiReplacement::Conditional
    } else {
        ApiReplacement::False
    };
    if replacement == ApiReplacement::True {
        let policy = entry.get("UpdateReplacePolicy").and_then(JsonValue::as_str);
        change.policy_action = Some(match policy {
            Some("Retain") => PolicyAction::ReplaceAndRetain,
            Some("Snapshot") => PolicyAction::ReplaceAndSnapshot,
            _ => PolicyAction::ReplaceAndDelete,
        });
    }
    change.replacement = Some(replacement);
}

/// Adds changes that result from references to changed resources. Returns true if it has added any.
fn propagate_references(
    before: &ComparedTemplate<'_>,
    after: &ComparedTemplate<'_>,
    found: &mut BTreeMap<String, Change>,
) -> Result<bool, String> {
    for resource in after.template.resources() {
        let id = resource.logical_id;
        let Some(old) = before.template.find_resource(id) else {
            continue;
        };
        if !after.scope.is_included(resource.entry) || !before.scope.is_included(old.entry) {
            continue;
        }
        for (name, value) in resource.properties().into_iter().flatten() {
            for reference in references(value) {
                let Reference::Local {
                    logical_id: cause,
                    attribute,
                } = reference
                else {
                    continue;
                };
                let Some(detail) = dynamic_detail(
                    found.get(&cause),
                    &cause,
                    attribute,
                    resource.type_name,
                    name,
                ) else {
                    continue;
                };
                let mut change = if let Some(known) = found.remove(id) {
                    known
                } else {
                    let mut new = new_change(id, resource.type_name, Action::Modify, before);
                    new.before_context = Some(render_context(old.entry, before)?);
                    new.after_context = Some(render_context(resource.entry, after)?);
                    new
                };
                let is_new = change.action == Action::Modify
                    && !change.details.iter().any(|known| {
                        known.causing_entity == detail.causing_entity && known.name == detail.name
                    });
                if is_new {
                    change.details.push(detail);
                    summarize_details(&mut change, resource.entry);
                }
                found.insert(id.to_owned(), change);
                if is_new {
                    return Ok(true);
                }
            }
        }
    }
    Ok(false)
}

/// Returns the effect of a changed resource on a property that refers to it. A `Ref` changes only with a replacement, attributes may change with any
/// update.
fn dynamic_detail(
    cause: Option<&Change>,
    logical_id: &str,
    attribute: Option<String>,
    type_name: &str,
    property: &str,
) -> Option<ChangeDetail> {
    let cause = cause.filter(|cause| cause.action == Action::Modify)?;
    let replaced = cause.replacement != Some(ApiReplacement::False);
    let touched = cause.details.iter().any(|d| d.attribute == "Properties");
    let reaches = replaced || attribute.is_some() && touched;
    reaches.then(|| {
        ChangeDetail::builder()
            .attribute("Properties")
            .name(property)
            .path(format!("/Properties/{property}"))
            .recreation(required_recreation(type_name, &format!("/{property}")))
            .dynamic(true)
            .source(
                if attribute.is_some() {
                    "ResourceAttribute"
                } else {
                    "ResourceReference"
                }
                .to_owned(),
            )
            .causing_entity(match attribute {
                Some(attribute) => format!("{logical_id}.{attribute}"),
                None => logical_id.to_owned(),
            })
            .build()
    })
}

/// Returns the name of the property that contains the tags.
fn tag_property(type_name: &str) -> Option<&'static str> {
    let tags = infra_schema::resource(type_name)?.tags.as_ref()?;
    Some(&tags.property)
}

/// Returns the recreation that a change at a path causes, according to the resource schema.
pub(super) fn required_recreation(type_name: &str, path: &str) -> Recreation {
    let Some(model) = infra_schema::resource(type_name) else {
        return Recreation::Conditionally;
    };
    let steps: Vec<&str> = path.split('/').skip(1).collect();
    let covers = |mark: &infra_schema::Path| {
        let mut mark = mark.steps();
        let pairs = mark.by_ref().zip(&steps);
        pairs.fold(true, |same, (mark, step)| {
            same && (mark == "*" || mark == *step)
        })
    };
    if model.create_only.iter().any(covers) {
        Recreation::Always
    } else if model.conditional_create_only.iter().any(covers) {
        Recreation::Conditionally
    } else {
        Recreation::Never
    }
}

/// Collects JSON pointers to the differences, descending into objects and into lists of equal length.
pub(super) fn collect_differences(
    path: &str,
    before: &JsonValue,
    after: &JsonValue,
    found: &mut Vec<String>,
) {
    match (before, after) {
        _ if before == after => {}
        (JsonValue::Object(old), JsonValue::Object(new)) => {
            let mut keys: Vec<&String> = old.keys().chain(new.keys()).collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                let path = format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"));
                match (old.get(key), new.get(key)) {
                    (Some(old), Some(new)) => collect_differences(&path, old, new, found),
                    _ => found.push(path),
                }
            }
        }
        (JsonValue::Array(old), JsonValue::Array(new)) if old.len() == new.len() => {
            for (at, (old, new)) in old.iter().zip(new).enumerate() {
                collect_differences(&format!("{path}/{at}"), old, new, found);
            }
        }
        _ => found.push(path.to_owned()),
    }
}

/// Returns a resource in the form of `BeforeContext` and `AfterContext`.
fn render_context(
    entry: &Map<String, JsonValue>,
    side: &ComparedTemplate<'_>,
) -> Result<String, String> {
    let mut shown = Map::new();
    shown.insert(
        "Properties".to_owned(),
        JsonValue::Object(side.masked_scope.evaluate_properties(entry)?),
    );
    for attribute in ["Metadata", "DeletionPolicy", "UpdateReplacePolicy"] {
        if let Some(value) = entry.get(attribute) {
            shown.insert(attribute.to_owned(), value.clone());
        }
    }
    Ok(json!(shown).to_string())
}

/// Returns true if a free-form JSON property changes, which AWS cannot always show.
pub(super) fn touches_free_form(change: &Change) -> bool {
    let Some(model) = infra_schema::resource(&change.type_name) else {
        return false;
    };
    change.details.iter().any(|detail| {
        let property = detail.name.as_deref().and_then(|name| model.property(name));
        property.is_some_and(|property| property.shape.ty == infra_schema::Type::Json)
    })
}
