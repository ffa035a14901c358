//! The properties of resources, against the registry: the checks of [`infra_core::validation`].

use infra_core::validation::{
    Entries, Finding, Referenced, check_resource, check_serverless_resource,
    unknown_serverless_type_finding, unknown_type_finding,
};
use infra_core::{Severity, codes};
use infra_schema::serverless::GLOBALS;
use infra_yaml::{Position, Span};

use crate::finding::Findings;
use crate::function::{IF, TRANSFORM};
use crate::model::{Model, Resource, Scenario};
use crate::serverless::judge_null;
use crate::tree::{Map, Value, condition_name};
use crate::view::{Spot, view_entries};

use super::packaged;
use super::removal::is_possible;

/// Section of a template with defaults for resources of the serverless transform.
const GLOBALS_SECTION: &str = "Globals";

pub(super) fn check_properties<'t>(model: &'t Model<'t>, findings: &mut Findings) {
    // A macro can accept properties of its own.
    if model.transforms.macros {
        return;
    }
    for resource in &model.resources {
        check_properties_of(model, resource, findings);
    }
    check_globals(model, findings);
}

/// Checks the defaults that the serverless transform copies to resources.
fn check_globals<'t>(model: &'t Model<'t>, findings: &mut Findings) {
    let Some(written) = model
        .sections
        .get(GLOBALS_SECTION)
        .filter(|_| model.transforms.serverless)
    else {
        return;
    };
    let Some(globals) = written.as_map() else {
        return;
    };
    let types = |name: &str| find_referenced(model, name);
    let uses_runtime = model.resources.iter().any(|resource| {
        let properties = resource.attribute("Properties").and_then(Value::as_map);
        resource.type_name == Some("AWS::Serverless::Function")
            && properties.is_none_or(|map| map.find_entry("Runtime").is_none())
    });
    for found in check_resource(GLOBALS, &view_entries(model, globals), &types) {
        // A default that every function overrides has no effect.
        if found.diagnostic.code == codes::DEPRECATED_RUNTIME && !uses_runtime {
            continue;
        }
        let (start, end) = place(found.value, found.about_key, written.span);
        findings.add_diagnostic(judge_null(found.diagnostic), (start, end));
    }
}

fn check_properties_of<'t>(model: &'t Model<'t>, resource: &Resource<'t>, findings: &mut Findings) {
    static NOTHING: Map = Map {
        entries: Vec::new(),
    };
    let (Some(type_name), Some(attributes)) = (resource.type_name, resource.attributes) else {
        return;
    };
    let is_serverless = model.transforms.serverless && resource.is_serverless();
    if type_name.is_empty()
        || type_name.ends_with("::MODULE")
        || attributes.find_entry(TRANSFORM).is_some()
    {
        return;
    }
    let type_span = attributes
        .get("Type")
        .map_or(resource.entry.key_span, |written| written.span);
    let unknown = if is_serverless {
        unknown_serverless_type_finding(type_name)
    } else {
        unknown_type_finding(type_name)
    };
    if let Some(finding) = unknown {
        let draft = findings.add_diagnostic(finding, (type_span.start, type_span.end));
        if resource.is_serverless() && !is_serverless {
            draft
                .update(|finding| finding.severity(Severity::Error))
                .help("add `Transform: AWS::Serverless-2016-10-31`");
        }
        return;
    }
    let mut maps = Vec::new();
    match attributes.get("Properties") {
        None => maps.push(&NOTHING),
        Some(written) => collect_maps(model, written, &mut Vec::new(), &mut maps),
    }
    for properties in maps {
        if properties.find_entry(TRANSFORM).is_none() {
            check_map(model, resource, properties, type_span, findings);
        }
    }
}

/// Collects the maps of properties: one, or those of all branches of `Fn::If` that can be taken. Another function, or a value of the wrong form, is
/// another finding.
fn collect_maps<'t>(
    model: &'t Model<'t>,
    written: &'t Value,
    scenario: &mut Scenario<'t>,
    maps: &mut Vec<&'t Map>,
) {
    if let Some(map) = written.as_map() {
        maps.push(map);
    }
    let Some([condition, then, otherwise]) = written.argument_of(IF).and_then(Value::as_list)
    else {
        return;
    };
    let Some(name) = condition_name(condition) else {
        return;
    };
    for (branch, holds) in [(then, true), (otherwise, false)] {
        scenario.push((name, holds));
        if model.conditions.can_hold(scenario) {
            collect_maps(model, branch, scenario, maps);
        }
        scenario.pop();
    }
}

fn check_map<'t>(
    model: &'t Model<'t>,
    resource: &Resource<'t>,
    properties: &'t Map,
    type_span: Span,
    findings: &mut Findings,
) {
    let type_name = resource.type_name.unwrap_or_default();
    let is_serverless = model.transforms.serverless && resource.is_serverless();
    let types = |name: &str| find_referenced(model, name);
    let properties = view_entries(model, properties);
    let found = match type_name.strip_prefix("AWS::Serverless::") {
        Some(kind) if is_serverless => {
            let globals = view_globals(model, resource, kind);
            check_serverless_resource(type_name, &properties, &globals, &types)
        }
        _ => check_resource(type_name, &properties, &types),
    };
    let found = found
        .into_iter()
        .filter(|found| is_possible(model, resource, found));
    let never = resource
        .condition
        .filter(|condition| !model.conditions.can_hold(&[(*condition, true)]));
    for Finding {
        diagnostic,
        value,
        about_key,
        ..
    } in found
    {
        let (start, end) = place(value, about_key, type_span);
        let diagnostic = packaged::judge_path(type_name, diagnostic, value);
        let mut diagnostic = diagnostic.logical_id(resource.name());
        if is_serverless {
            diagnostic = judge_null(diagnostic);
        }
        if let Some(condition) = never {
            diagnostic = diagnostic.note(format!(
                "its condition `{condition}` is never true, so CloudFormation never creates the resource"
            ));
        }
        findings.add_diagnostic(diagnostic, (start, end));
    }
}

/// Returns the defaults of a kind of resource, such as `Function`, in the section `Globals`, without those that the resource ignores.
fn view_globals<'t>(
    model: &'t Model<'t>,
    resource: &Resource<'t>,
    kind: &str,
) -> Entries<'t, Spot<'t>> {
    let globals = model.sections.get(GLOBALS_SECTION).and_then(Value::as_map);
    let of_kind = globals.and_then(|globals| globals.get(kind)?.as_map());
    let ignored = resource.attribute("IgnoreGlobals");
    let is_ignored = |name: &str| match ignored.map(|ignored| (ignored, ignored.as_list())) {
        None => false,
        Some((_, Some(names))) => names.iter().any(|ignored| ignored.as_text() == Some(name)),
        // `*` for all.
        Some((_, None)) => true,
    };
    let mut entries = of_kind
        .map(|map| view_entries(model, map))
        .unwrap_or_default();
    entries.retain(|(name, _)| !is_ignored(name));
    entries
}

/// Returns the resource that a reference names.
fn find_referenced<'t>(model: &Model<'t>, name: &str) -> Option<Referenced<'t>> {
    let found = model.resource(name)?;
    let properties = found.attribute("Properties").and_then(Value::as_map);
    let has_vpc = properties.is_none_or(|map| map.get("VpcId").is_some());
    Some(Referenced::new(found.type_name?, has_vpc))
}

/// Returns the range of a finding: the key for findings about a name, else the value.
pub(super) fn place(
    value: Option<Spot<'_>>,
    about_key: bool,
    resource: Span,
) -> (Position, Position) {
    let span = match value {
        None => resource,
        Some(spot) => spot.key.filter(|_| about_key).unwrap_or(spot.value.span),
    };
    (span.start, span.end)
}
