//! The rules: one module for each part of a template. [`RULES`] lists them.

mod across;
mod conditions;
mod cycles;
mod dynamic;
mod functions;
mod globals;
mod graph;
pub(crate) mod limits;
mod mappings;
mod modules;
mod nested;
mod nulls;
mod outputs;
mod packaged;
mod parameters;
mod placeholders;
mod properties;
mod references;
mod removal;
mod resources;
mod rule_section;
mod sections;
mod unused;
mod values;

use crate::finding::Findings;
use crate::model::Model;
use crate::tree::{Map, Value};

use infra_core::codes;

/// A rule: reads the template and adds findings.
type Rule = for<'t> fn(&'t Model<'t>, &mut Findings);

/// Every rule, in the order in which they are applied.
const RULES: &[Rule] = &[
    sections::check_sections,
    parameters::check_parameters,
    mappings::check_mappings,
    conditions::check_conditions,
    rule_section::check_rules,
    resources::check_resources,
    properties::check_properties,
    across::check_across,
    outputs::check_outputs,
    nested::check_parameters,
    values::check_values,
    dynamic::check_references,
    placeholders::check_placeholders,
    cycles::check_cycles,
    limits::check_limits,
    unused::check_unused,
];

/// Applies every rule to a template.
pub(crate) fn check_template<'t>(model: &'t Model<'t>, text: &str, findings: &mut Findings) {
    for rule in RULES {
        rule(model, findings);
    }
    limits::check_size(text, findings);
    nulls::check_nulls(model, findings);
}

/// Reports keys of a map that are not known. `owner` follows "has no key": "a parameter", "an output".
fn check_keys(map: &Map, known: &[&str], owner: &str, findings: &mut Findings) {
    for entry in &map.entries {
        let key = entry.key.as_str();
        if !known.contains(&key) && !key.starts_with("Fn::") {
            findings
                .add(
                    codes::UNKNOWN_KEY,
                    entry.key_span,
                    format!("{owner} has no key `{key}`"),
                )
                .suggest(key, known.iter().copied());
        }
    }
}

/// Returns the value as a map, or reports its form. `owner` is the subject of the message: "the section `Outputs`".
fn expect_map<'t>(value: &'t Value, owner: &str, findings: &mut Findings) -> Option<&'t Map> {
    if let Some(map) = value.as_map() {
        return Some(map);
    }
    // A macro or a function can return a map; whether it may stand here is another rule.
    if value.as_call().is_none() {
        let message = format!("{owner} is a map, found {}", value.describe());
        findings.add(codes::WRONG_FORM, value.span, message);
    }
    None
}

/// Reports a literal that is not text. Functions are left to [`values`].
fn expect_literal_text(value: &Value, owner: &str, findings: &mut Findings) {
    if value.as_text().is_none() {
        let message = format!("{owner} is literal text, found {}", value.describe());
        findings.add(codes::WRONG_FORM, value.span, message);
    }
}
