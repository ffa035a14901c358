//! Entries that no construct expresses: the program keeps them as data, with the reason.

use std::collections::BTreeMap;

use serde_json::{Map, Value as JsonValue};

use super::Problem;
use super::code::{Code, string_literal};
use super::expression::scalar_text;
use super::scope::{Scope, section_entries};
use super::sections::{parameter_field, removal_policy};
use super::statement::Statement;

/// Sections with entries, in the order in which the program adds them.
pub(super) const ENTRY_SECTIONS: [&str; 6] = [
    "Parameters",
    "Mappings",
    "Conditions",
    "Rules",
    "Resources",
    "Outputs",
];

/// Attributes of a resource that constructs express.
pub(super) const ATTRIBUTES: [&str; 9] = [
    "Type",
    "Properties",
    "Condition",
    "DependsOn",
    "CreationPolicy",
    "UpdatePolicy",
    "DeletionPolicy",
    "UpdateReplacePolicy",
    "Metadata",
];

/// Way out for entries that CloudFormation makes at deployment.
const PROCESSED: &str = "to get typed entries, convert the processed template: `aws cloudformation get-template --stack-name NAME \
                         --template-stage Processed`";

/// Entries to keep as data, by section and ID, each with the reason.
#[derive(Debug, Default)]
pub(super) struct Kept<'s>(BTreeMap<(&'static str, &'s str), Problem>);

impl<'s> Kept<'s> {
    /// Finds the entries of a template that no construct expresses.
    pub(super) fn of_document(document: &'s Map<String, JsonValue>) -> Self {
        let mut found = BTreeMap::new();
        for section in ENTRY_SECTIONS {
            for (id, entry) in section_entries(document, section) {
                let reason = made_reason(id).or_else(|| {
                    let reason = match section {
                        "Parameters" => parameter_reason(entry),
                        "Mappings" => mapping_reason(entry),
                        "Conditions" => None,
                        "Rules" => rule_reason(entry),
                        "Resources" => resource_reason(entry),
                        _ => output_reason(entry, document),
                    };
                    reason.map(|reason| (reason, None))
                });
                if let Some((message, help)) = reason {
                    let problem = Problem {
                        help,
                        ..Problem::new(format!("{section}.{id}"), message)
                    };
                    found.insert((section, id), problem);
                }
            }
        }
        Self(found)
    }

    pub(super) fn contains(&self, section: &'static str, id: &'s str) -> bool {
        self.0.contains_key(&(section, id))
    }

    /// Returns `true` if an entry of a section is kept as data.
    pub(super) fn contains_any(&self, section: &'static str) -> bool {
        self.0.keys().any(|(of, _)| *of == section)
    }

    /// Returns the reasons, in the order of the sections.
    pub(super) fn problems(&self, document: &'s Map<String, JsonValue>) -> Vec<Problem> {
        let all = ENTRY_SECTIONS.into_iter().flat_map(|section| {
            section_entries(document, section).filter_map(move |(id, _)| self.0.get(&(section, id)))
        });
        all.cloned().collect()
    }
}

impl<'s> Scope<'s> {
    /// Returns the entries of a section that constructs express.
    pub(super) fn typed_entries(
        &self,
        document: &'s Map<String, JsonValue>,
        section: &'static str,
    ) -> impl Iterator<Item = (&'s str, &'s JsonValue)> {
        section_entries(document, section).filter(move |(id, _)| !self.kept.contains(section, id))
    }

    /// Returns the statements for the entries of a section that are kept as data.
    pub(super) fn convert_kept(
        &self,
        document: &'s Map<String, JsonValue>,
        section: &'static str,
    ) -> Vec<Statement> {
        let kept = section_entries(document, section)
            .filter_map(|(id, entry)| Some((id, entry, self.kept.0.get(&(section, id))?)));
        kept.map(|(id, entry, problem)| {
            let arguments = vec![
                Code::from_text(format!("{}::{section}", self.use_core("Section"))),
                Code::from_text(string_literal(id)),
                self.json_code(entry),
            ];
            let code = Code::from_text("stack").call_method("raw_entry", arguments);
            let mut statement = Statement::without_binding(code);
            statement.comment = Some(format!("As in the template: {}.", problem.message));
            statement.with_comment(self.find_comment(section, id))
        })
        .collect()
    }
}

/// Returns the reason for which an entry with this ID is no entry of a program, with the way out.
fn made_reason(id: &str) -> Option<(String, Option<&'static str>)> {
    let reason = if id.starts_with("Fn::ForEach::") {
        return Some((
            "`Fn::ForEach` makes entries at deployment".to_owned(),
            Some(PROCESSED),
        ));
    } else if id.starts_with("Fn::") {
        return Some((
            format!("`{id}` makes entries at deployment"),
            Some(PROCESSED),
        ));
    } else if id.is_empty() || id.len() > 255 || !id.chars().all(|c| c.is_ascii_alphanumeric()) {
        "a logical ID has 1 to 255 ASCII letters and digits"
    } else {
        return None;
    };
    Some((reason.to_owned(), None))
}

fn parameter_reason(entry: &JsonValue) -> Option<String> {
    let Some(fields) = entry.as_object() else {
        return Some("a parameter is a map".to_owned());
    };
    if !fields.get("Type").is_some_and(JsonValue::is_string) {
        return Some("the parameter has no `Type`".to_owned());
    }
    let (name, _) = fields
        .iter()
        .find(|(name, value)| *name != "Type" && parameter_field(name, value).is_none())?;
    Some(format!(
        "constructs of parameters have no `{name}` of this form"
    ))
}

fn mapping_reason(entry: &JsonValue) -> Option<String> {
    let is_value = |value: &JsonValue| !value.is_object() && !value.is_null();
    let is_row = |row: &JsonValue| {
        row.as_object()
            .is_some_and(|row| row.values().all(is_value))
    };
    let fits = entry
        .as_object()
        .is_some_and(|table| !table.is_empty() && table.values().all(is_row));
    (!fits).then(|| {
        "constructs of mappings have two levels of keys, with texts or lists of texts".to_owned()
    })
}

fn rule_reason(entry: &JsonValue) -> Option<String> {
    let Some(rule) = entry.as_object() else {
        return Some("a rule is a map".to_owned());
    };
    let unknown = |map: &Map<String, JsonValue>, names: [&str; 2]| {
        let found = map.keys().find(|key| !names.contains(&key.as_str()))?;
        Some(format!("constructs of rules have no `{found}`"))
    };
    if let Some(reason) = unknown(rule, ["Assertions", "RuleCondition"]) {
        return Some(reason);
    }
    let assertions = rule.get("Assertions").and_then(JsonValue::as_array);
    let Some(assertions) = assertions.filter(|all| !all.is_empty()) else {
        return Some("the rule has no `Assertions`".to_owned());
    };
    assertions.iter().find_map(|assertion| {
        let Some(map) = assertion.as_object() else {
            return Some("an assertion is a map".to_owned());
        };
        if let Some(reason) = unknown(map, ["Assert", "AssertDescription"]) {
            return Some(reason);
        }
        if !map.contains_key("Assert") {
            return Some("an assertion has no `Assert`".to_owned());
        }
        let description = map.get("AssertDescription")?.as_str().unwrap_or_default();
        description
            .is_empty()
            .then(|| "an `AssertDescription` is a text".to_owned())
    })
}

fn resource_reason(entry: &JsonValue) -> Option<String> {
    let Some(fields) = entry.as_object() else {
        return Some("a resource is a map".to_owned());
    };
    if !fields.get("Type").is_some_and(JsonValue::is_string) {
        return Some("the resource has no `Type`".to_owned());
    }
    let is_map = |name: &str| {
        fields
            .get(name)
            .is_none_or(|value| value.is_object() || value.is_null())
    };
    ["Properties", "Metadata"]
        .into_iter()
        .find(|name| !is_map(name))
        .map(|name| format!("`{name}` of the resource is not a map"))
}

fn output_reason(entry: &JsonValue, document: &Map<String, JsonValue>) -> Option<String> {
    let Some(fields) = entry.as_object() else {
        return Some("an output is a map".to_owned());
    };
    let known = ["Value", "Description", "Export", "Condition"];
    if let Some(name) = fields.keys().find(|key| !known.contains(&key.as_str())) {
        return Some(format!("constructs of outputs have no `{name}`"));
    }
    if !fields.contains_key("Value") {
        return Some("the output has no `Value`".to_owned());
    }
    if fields
        .get("Description")
        .is_some_and(|text| scalar_text(text).is_none())
    {
        return Some("the `Description` of the output is not a text".to_owned());
    }
    let export_fits = |export: &JsonValue| {
        export
            .as_object()
            .is_some_and(|map| map.len() == 1 && map.contains_key("Name"))
    };
    if fields
        .get("Export")
        .is_some_and(|export| !export_fits(export))
    {
        return Some("the `Export` of the output is not a map with a `Name`".to_owned());
    }
    let condition = fields.get("Condition")?;
    let name = condition.as_str().unwrap_or_default();
    let is_known = section_entries(document, "Conditions").any(|(id, _)| id == name)
        && made_reason(name).is_none();
    let makes_conditions =
        section_entries(document, "Conditions").any(|(id, _)| id.starts_with("Fn::"));
    (!is_known).then(|| match condition.as_str() {
        Some(name) if makes_conditions => format!("its condition `{name}` is made at deployment"),
        Some(name) => format!("the template has no condition `{name}`"),
        None => "the `Condition` of the output is not the name of a condition".to_owned(),
    })
}

/// Returns `true` for an attribute of a resource that its methods express.
pub(super) fn is_typed_attribute(name: &str, value: &JsonValue) -> bool {
    match name {
        "DeletionPolicy" | "UpdateReplacePolicy" => {
            value.as_str().and_then(removal_policy).is_some()
        }
        _ => ATTRIBUTES.contains(&name),
    }
}
