//! Builds the section of a stack: its resources with their properties, and the other changed entries of its template.

use infra_template::review::{
    Action, PolicyAction, PropertyChange, ResourceChange, SectionChange, StackReview,
};
use serde_json::Value as JsonValue;

use super::super::value::{FormattedChange, format_change};
use super::super::words::{
    change_sign, describe_cause, format_counts, move_declaration, path_below_stack, property_sign,
    replacement_effect, stack_change, stack_name, strip_properties,
};
use super::{Detail, Head, Kind, Property, Row, Section, Text, change_tone};

pub(super) fn stack_section(stack: &StackReview, detail: Detail) -> Section {
    let mut title = format!(
        "stack {}: {}",
        stack_name(stack),
        stack_change(stack.change)
    );
    if let Some(region) = &stack.region {
        title = format!("{title}, {region}");
    }
    title = format!("{title}, {}", format_counts(stack.count_changes()));
    if stack.provisional {
        title += ", provisional: planned again after the stacks that it depends on are deployed";
    }
    Section {
        kind: Kind::Stack,
        title,
        rows: stack
            .resources
            .iter()
            .map(|change| resource_row(stack, change, detail))
            .collect(),
        entries: stack
            .sections
            .iter()
            .map(|change| template_entry(stack, change))
            .collect(),
    }
}

fn resource_row(stack: &StackReview, change: &ResourceChange, detail: Detail) -> Row {
    let head = Head::with_name(path_below_stack(stack, change), &change.resource);
    let mut row = Row::new(change_tone(change), change_sign(change), head);
    match (&change.moved_from, &change.action) {
        (Some(former), Action::Add) => {
            let (construct, path) = move_declaration(stack, change, former);
            let text = Text::new().plain("looks like ").code(former);
            let text = text.plain(", which is removed; to keep it, declare ");
            let text = text.strong(format!(".moved_from({path:?})"));
            row = row.with_detail(text.plain(" on ").code(construct));
        }
        (Some(former), _) => row = row.with_detail(Text::new().plain("moved from ").code(former)),
        (None, _) => {}
    }
    let fate = match &change.policy_action {
        Some(PolicyAction::Retain) => Some("retained in AWS, outside the stack"),
        Some(PolicyAction::Snapshot) => Some("deleted after a snapshot"),
        Some(PolicyAction::ReplaceAndRetain) => {
            Some("the old resource is retained in AWS, outside the stack")
        }
        Some(PolicyAction::ReplaceAndSnapshot) => {
            Some("the old resource is deleted after a snapshot")
        }
        _ => None,
    };
    if let Some(fate) = fate {
        row = row.with_detail(Text::new().plain(fate));
    }
    if change.action != Action::Add || detail == Detail::Full {
        let properties = change.properties.iter();
        row.properties = properties
            .map(|property| property_entry(stack, property, replacement_effect(change, property)))
            .collect();
    }
    row
}

fn property_entry(
    stack: &StackReview,
    changed: &PropertyChange,
    effect: Option<&'static str>,
) -> Property {
    let path = strip_properties(&changed.path);
    let value = match &changed.caused_by {
        Some(cause) => FormattedChange::Inline(format!(
            "known after deployment, depends on {}",
            describe_cause(Some(stack), cause)
        )),
        None => format_change(changed.before.as_ref(), changed.after.as_ref()),
    };
    let (text, lines) = match value {
        FormattedChange::Inline(value) => (format!("{path}: {value}"), Vec::new()),
        FormattedChange::Lines(lines) => (format!("{path}:"), lines),
    };
    let effect = effect.map(|effect| format!("  # {effect}"));
    Property {
        sign: property_sign(changed),
        text,
        effect: effect.unwrap_or_default(),
        lines,
    }
}

fn template_entry(stack: &StackReview, change: &SectionChange) -> Property {
    let path = if change.name.is_empty() {
        change.section.clone()
    } else {
        format!("{} {}", section_word(&change.section), change.name)
    };
    let as_property = PropertyChange::builder()
        .path(path)
        .maybe_before(change.before.as_ref().map(section_value))
        .maybe_after(change.after.as_ref().map(section_value))
        .build();
    property_entry(stack, &as_property, None)
}

/// Returns the singular name of a template section, for one of its entries.
fn section_word(section: &str) -> &str {
    match section {
        "Conditions" => "condition",
        "Mappings" => "mapping",
        "Outputs" => "output",
        "Parameters" => "parameter",
        "Rules" => "rule",
        "Tags" => "tag",
        other => other,
    }
}

/// Returns the value of an output that has no other keys, or else the whole entry.
fn section_value(entry: &JsonValue) -> JsonValue {
    match entry.as_object() {
        Some(map) if map.len() == 1 => map.get("Value").unwrap_or(entry).clone(),
        _ => entry.clone(),
    }
}
