//! Targets of functions: resources, parameters, attributes, conditions and mappings.

use infra_core::validation::attribute_finding;
use infra_core::{Diagnostic, codes};
use infra_yaml::Span;

use super::nested;
use super::values::{Part, Walk};
use crate::finding::Findings;
use crate::function::{
    CONDITION, FIND_IN_MAP, GET_ATT, IF, PSEUDO_PARAMETERS, REF, SUB, placeholders,
};
use crate::model::Model;
use crate::tree::{Call, Map, Value, condition_name};
use crate::view::read_attribute;

pub(super) fn check_call<'t>(walk: &mut Walk<'t, '_>, value: &'t Value, call: &'t Call) {
    let argument = &call.argument;
    match call.name.as_str() {
        REF => {
            if let Some(name) = argument.as_text() {
                check_name(walk, name, None, value.span);
            }
        }
        GET_ATT => {
            if let Some((name, attribute)) = read_attribute(argument) {
                check_name(walk, name, Some(attribute), value.span);
            }
        }
        SUB => check_sub(walk, argument),
        CONDITION => {
            if let Some(name) = argument.as_text() {
                check_condition(walk.model, name, argument.span, walk.findings);
            }
        }
        IF => {
            if let Some([condition, ..]) = argument.as_list()
                && let Some(name) = condition_name(condition)
            {
                check_condition(walk.model, name, condition.span, walk.findings);
            }
        }
        FIND_IN_MAP => check_mapping(walk, argument),
        _ => {}
    }
}

fn check_sub<'t>(walk: &mut Walk<'t, '_>, argument: &'t Value) {
    let (text, variables) = match argument.as_list() {
        Some([text, variables]) => (text.as_text(), variables.as_map()),
        Some(_) => return,
        None => (argument.as_text(), None),
    };
    for name in placeholders(text.unwrap_or_default()) {
        let is_variable = variables.is_some_and(|map| map.find_entry(name).is_some());
        if is_variable || name.is_empty() {
            continue;
        }
        match name.split_once('.') {
            Some((name, attribute)) => check_name(walk, name, Some(attribute), argument.span),
            None => check_name(walk, name, None, argument.span),
        }
    }
}

fn check_name<'t>(walk: &mut Walk<'t, '_>, name: &'t str, attribute: Option<&'t str>, span: Span) {
    let model = walk.model;
    if name.starts_with("AWS::") && attribute.is_none() {
        if !PSEUDO_PARAMETERS.contains(&name) {
            walk.findings
                .add(
                    codes::UNDEFINED_REFERENCE,
                    span,
                    format!("CloudFormation has no pseudo parameter `{name}`"),
                )
                .suggest(name, PSEUDO_PARAMETERS);
        }
        return;
    }
    // Names of a loop whose items are unknown.
    if name.contains(['$', '&']) {
        return;
    }
    let Some(resource) = model.resource(name) else {
        let is_parameter = model.parameters.contains(name) && attribute.is_none();
        if !is_parameter && !model.unknown.can_exist(name) {
            report_undefined(model, name, attribute.is_some(), span, walk.findings);
        }
        return;
    };
    if walk.part != Part::Value {
        let message = format!(
            "`{name}` is a resource, which does not exist yet when conditions and rules are evaluated"
        );
        walk.findings
            .add(codes::FUNCTION_NOT_ALLOWED, span, message)
            .help("refer to a parameter");
        return;
    }
    if walk.resource == Some(name) {
        let message = format!("the resource `{name}` refers to itself");
        walk.findings.add(codes::RESOURCE_CYCLE, span, message);
    }
    let expanded = model.transforms.macros || resource.is_serverless();
    if let (Some(attribute), Some(type_name), false) = (attribute, resource.type_name, expanded)
        && !attribute.contains("${")
        && !type_name.ends_with("::MODULE")
        && let Some(finding) = attribute_finding(type_name, attribute)
    {
        walk.findings
            .add_diagnostic(finding, (span.start, span.end));
    }
    if let Some(attribute) = attribute {
        nested::check_output(model, name, attribute, span, walk.findings);
    }
    check_existence(walk, name, resource.condition, span);
}

/// Reports a reference to a conditional resource from a place that is also used if the resource does not exist.
fn check_existence<'t>(
    walk: &mut Walk<'t, '_>,
    name: &str,
    condition: Option<&'t str>,
    span: Span,
) {
    let Some(condition) =
        condition.filter(|condition| walk.model.condition_entries.contains(condition))
    else {
        return;
    };
    let mut case = walk.scenario.clone();
    case.push((condition, false));
    if walk.model.conditions.can_hold(&case) {
        let message = format!(
            "`{name}` exists only if `{condition}` is true, but this reference is also used otherwise"
        );
        walk.findings
            .add(codes::CONDITIONAL_TARGET, span, message)
            .help(format!("use `Fn::If` with `{condition}`, or give this resource or output the same condition"));
    }
}

fn report_undefined(
    model: &Model<'_>,
    name: &str,
    is_attribute: bool,
    span: Span,
    findings: &mut Findings,
) {
    let (kind, known): (_, Vec<&str>) = if is_attribute {
        (
            "resource",
            model
                .resources
                .iter()
                .map(crate::model::Resource::name)
                .collect(),
        )
    } else {
        ("resource or parameter", model.referable_names().collect())
    };
    let finding = Diagnostic::new(
        codes::UNDEFINED_REFERENCE,
        format!("this template has no {kind} `{name}`"),
    );
    findings
        .add_diagnostic(finding, (span.start, span.end))
        .suggest(name, known);
}

/// Reports a condition that the template does not define.
pub(super) fn check_condition(model: &Model<'_>, name: &str, span: Span, findings: &mut Findings) {
    if model.condition_entries.contains(name)
        || model.transforms.macros
        || name.contains(['$', '&'])
    {
        return;
    }
    let open = model
        .sections
        .get("Conditions")
        .and_then(Value::as_map)
        .is_some_and(|map| {
            map.entries
                .iter()
                .any(|entry| entry.key.starts_with("Fn::"))
        });
    if open {
        return;
    }
    findings
        .add(
            codes::UNDEFINED_CONDITION,
            span,
            format!("this template has no condition `{name}`"),
        )
        .suggest(name, model.condition_entries.names());
}

fn check_mapping<'t>(walk: &mut Walk<'t, '_>, argument: &'t Value) {
    let model = walk.model;
    let Some([mapping, first, second, rest @ ..]) = argument.as_list() else {
        return;
    };
    // With a default, keys may be missing.
    if !rest.is_empty() || model.transforms.macros {
        return;
    }
    let Some(name) = mapping.as_text() else {
        return;
    };
    let Some(found) = model.mappings.get(name) else {
        let open = model
            .sections
            .get("Mappings")
            .is_some_and(|section| !is_closed(section));
        if !open && !name.contains(['$', '&']) {
            walk.findings
                .add(
                    codes::UNDEFINED_MAPPING,
                    mapping.span,
                    format!("this template has no mapping `{name}`"),
                )
                .suggest(name, model.mappings.names());
        }
        return;
    };
    let Some(first_level) = closed_map(&found.value) else {
        return;
    };
    let Some(key) = model.known_text(first) else {
        check_second_key(walk, name, first_level, second);
        return;
    };
    let entry = find_key(
        walk,
        first_level,
        &key,
        first,
        &format!("the mapping `{name}`"),
    );
    if let Some(second_level) = entry.and_then(closed_map)
        && let Some(second_key) = model.known_text(second)
    {
        let owner = format!("the key `{key}` of the mapping `{name}`");
        find_key(walk, second_level, &second_key, second, &owner);
    }
}

/// Checks the second key if the first is decided at deployment: one of the first keys at least must have it.
fn check_second_key<'t>(walk: &mut Walk<'t, '_>, name: &str, first_level: &'t Map, second: &Value) {
    let Some(key) = walk.model.known_text(second) else {
        return;
    };
    let levels: Vec<&Map> = first_level
        .entries
        .iter()
        .filter_map(|entry| entry.value.as_map())
        .collect();
    let is_open = |map: &&Map| {
        map.entries
            .iter()
            .any(|entry| entry.key.starts_with("Fn::"))
    };
    let has_key = |map: &&Map| map.find_entry(&key).is_some();
    if !levels.is_empty() && !levels.iter().any(is_open) && !levels.iter().any(has_key) {
        let message = format!("no key of the mapping `{name}` has the second key `{key}`");
        let known = levels
            .iter()
            .flat_map(|map| map.entries.iter().map(|entry| entry.key.as_str()));
        walk.findings
            .add(codes::UNDEFINED_MAPPING, second.span, message)
            .suggest(&key, known);
    }
}

fn find_key<'t>(
    walk: &mut Walk<'t, '_>,
    map: &'t Map,
    key: &str,
    written: &Value,
    owner: &str,
) -> Option<&'t Value> {
    let found = map.get(key);
    if found.is_none() && !key.contains(['$', '&']) {
        let known = map.entries.iter().map(|entry| entry.key.as_str());
        walk.findings
            .add(
                codes::UNDEFINED_MAPPING,
                written.span,
                format!("{owner} has no key `{key}`"),
            )
            .suggest(key, known);
    }
    found
}

/// Returns the map if no macro or loop adds entries to it.
fn closed_map(value: &Value) -> Option<&Map> {
    value.as_map().filter(|_| is_closed(value))
}

fn is_closed(value: &Value) -> bool {
    value.as_map().is_some_and(|map| {
        !map.entries
            .iter()
            .any(|entry| entry.key.starts_with("Fn::"))
    })
}
