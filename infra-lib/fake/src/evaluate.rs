//! Evaluates intrinsic functions of templates, as far as that is possible without AWS.

use std::collections::BTreeMap;

use serde_json::{Map, Value as JsonValue};

use super::names;
use infra_aws::stack_name;
use infra_template::Template;

/// Placeholder of AWS for values that are known only after execution.
pub(super) const AFTER_APPLY: &str = "{{changeSet:KNOWN_AFTER_APPLY}}";

/// Properties and physical ID of an existing resource.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownResource {
    pub(super) type_name: String,
    pub(super) physical_id: String,
    pub(super) properties: Map<String, JsonValue>,
}

/// Values that expressions of a template can refer to.
#[derive(Clone, Debug)]
pub(super) struct Scope<'t> {
    pub(super) template: &'t Template,
    pub(super) stack: String,
    pub(super) stack_id: String,
    pub(super) region: String,
    pub(super) parameters: BTreeMap<String, String>,
    pub(super) resources: BTreeMap<String, KnownResource>,
    pub(super) exports: BTreeMap<String, String>,
    /// Outputs of other stacks, by stack name and output name.
    pub(super) outputs: BTreeMap<(String, String), String>,
}

impl Scope<'_> {
    /// Evaluates a value with all intrinsic functions in it.
    pub(super) fn evaluate_value(&self, value: &JsonValue) -> Result<JsonValue, String> {
        match value {
            JsonValue::Array(items) => {
                let mut out = Vec::new();
                for item in items {
                    if !is_no_value(item) {
                        let item = self.evaluate_value(item)?;
                        if !is_no_value(&item) {
                            out.push(item);
                        }
                    }
                }
                Ok(JsonValue::Array(out))
            }
            JsonValue::Object(map) => {
                if let Some((name, argument)) = map.iter().next().filter(|_| map.len() == 1)
                    && let Some(found) = self.evaluate_function(name, argument)?
                {
                    return Ok(found);
                }
                let mut out = Map::new();
                for (key, inner) in map {
                    let inner = self.evaluate_value(inner)?;
                    if !is_no_value(&inner) {
                        out.insert(key.clone(), inner);
                    }
                }
                Ok(JsonValue::Object(out))
            }
            scalar => Ok(scalar.clone()),
        }
    }

    /// Evaluates the properties of a resource.
    pub(super) fn evaluate_properties(
        &self,
        entry: &Map<String, JsonValue>,
    ) -> Result<Map<String, JsonValue>, String> {
        match entry.get("Properties") {
            Some(properties) => match self.evaluate_value(properties)? {
                JsonValue::Object(map) => Ok(map),
                _ => Ok(Map::new()),
            },
            None => Ok(Map::new()),
        }
    }

    /// Returns true if an entry has no condition, or a condition that is true.
    pub(super) fn is_included(&self, entry: &Map<String, JsonValue>) -> bool {
        match entry.get("Condition").and_then(JsonValue::as_str) {
            Some(name) => self.evaluate_condition(name),
            None => true,
        }
    }

    fn evaluate_condition(&self, name: &str) -> bool {
        let conditions = self.template.document().get("Conditions");
        let rule = conditions.and_then(|conditions| conditions.get(name));
        rule.is_some_and(|rule| self.evaluate_rule(rule))
    }

    fn evaluate_rule(&self, rule: &JsonValue) -> bool {
        let Some((name, argument)) = rule.as_object().and_then(|map| map.iter().next()) else {
            return false;
        };
        let parts = || argument.as_array().into_iter().flatten();
        match &**name {
            "Condition" => argument
                .as_str()
                .is_some_and(|name| self.evaluate_condition(name)),
            "Fn::Not" => !parts().any(|part| self.evaluate_rule(part)),
            "Fn::And" => parts().all(|part| self.evaluate_rule(part)),
            "Fn::Or" => parts().any(|part| self.evaluate_rule(part)),
            "Fn::Equals" => {
                let values: Vec<String> = parts()
                    .filter_map(|part| self.evaluate_value(part).ok())
                    .map(|value| as_text(&value))
                    .collect();
                values.len() == 2 && values[0] == values[1]
            }
            _ => false,
        }
    }

    fn evaluate_function(
        &self,
        name: &str,
        argument: &JsonValue,
    ) -> Result<Option<JsonValue>, String> {
        let found = match name {
            "Ref" => self.resolve_reference(argument.as_str().unwrap_or_default()),
            "Fn::GetAtt" => {
                let (id, attribute) = match argument {
                    JsonValue::String(dotted) => dotted.split_once('.').unwrap_or((dotted, "")),
                    other => (
                        other[0].as_str().unwrap_or_default(),
                        other[1].as_str().unwrap_or_default(),
                    ),
                };
                self.resolve_attribute(id, attribute)
            }
            "Fn::Join" => {
                let separator = argument[0].as_str().unwrap_or_default();
                let parts = self.evaluate_value(&argument[1])?;
                let parts = parts.as_array().into_iter().flatten().map(as_text);
                parts.collect::<Vec<_>>().join(separator).into()
            }
            "Fn::Sub" => self.substitute_variables(argument)?,
            "Fn::Select" => {
                let list = self.evaluate_value(&argument[1])?;
                let at: usize = as_text(&argument[0]).parse().unwrap_or(0);
                match list {
                    JsonValue::Array(items) => items.get(at).cloned().unwrap_or_default(),
                    unknown => unknown,
                }
            }
            "Fn::Split" => {
                let text = as_text(&self.evaluate_value(&argument[1])?);
                let separator = argument[0].as_str().unwrap_or(",");
                text.split(separator).map(JsonValue::from).collect()
            }
            "Fn::If" => {
                let name = argument[0].as_str().unwrap_or_default();
                let branch = if self.evaluate_condition(name) { 1 } else { 2 };
                self.evaluate_value(&argument[branch])?
            }
            "Fn::ImportValue" => {
                let name = as_text(&self.evaluate_value(argument)?);
                match self.exports.get(&name) {
                    Some(value) => value.clone().into(),
                    None => return Err(format!("No export named {name} found")),
                }
            }
            "Fn::GetStackOutput" => {
                let stack = argument["StackName"].as_str().unwrap_or_default();
                let output = argument["OutputName"].as_str().unwrap_or_default();
                match self.outputs.get(&(stack.to_owned(), output.to_owned())) {
                    Some(value) => value.clone().into(),
                    None => {
                        return Err(format!("Output {output} of stack {stack} does not exist"));
                    }
                }
            }
            "Fn::FindInMap" => {
                let path: Vec<String> = argument
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(|part| Ok(as_text(&self.evaluate_value(part)?)))
                    .collect::<Result<_, String>>()?;
                let mut at = self.template.document().get("Mappings");
                for step in &path {
                    at = at.and_then(|map| map.get(step));
                }
                at.cloned().unwrap_or_default()
            }
            "Fn::Base64" => self.evaluate_value(argument)?,
            "Fn::GetAZs" => ["a", "b", "c"]
                .iter()
                .map(|zone| JsonValue::from(format!("{}{zone}", self.region)))
                .collect(),
            _ => return Ok(None),
        };
        Ok(Some(found))
    }

    fn resolve_reference(&self, id: &str) -> JsonValue {
        match id {
            "AWS::Region" => self.region.as_str().into(),
            "AWS::AccountId" => names::ACCOUNT.into(),
            "AWS::Partition" => "aws".into(),
            "AWS::URLSuffix" => infra_aws::dns_suffix(&self.region).into(),
            "AWS::StackName" => self.stack.as_str().into(),
            "AWS::StackId" => self.stack_id.as_str().into(),
            // Kept as is; lists and objects remove it.
            "AWS::NoValue" => serde_json::json!({ "Ref": "AWS::NoValue" }),
            _ => match (self.parameters.get(id), self.resources.get(id)) {
                (Some(value), _) => self.convert_parameter(id, value),
                (None, Some(known)) => known.physical_id.as_str().into(),
                (None, None) => AFTER_APPLY.into(),
            },
        }
    }

    fn convert_parameter(&self, id: &str, value: &str) -> JsonValue {
        let declared = self.template.document().get("Parameters");
        let kind = declared.and_then(|parameters| parameters.get(id)?.get("Type")?.as_str());
        match kind {
            Some(kind) if kind.contains("List") => value.split(',').map(JsonValue::from).collect(),
            _ => value.into(),
        }
    }

    fn resolve_attribute(&self, id: &str, attribute: &str) -> JsonValue {
        let Some(known) = self.resources.get(id) else {
            return AFTER_APPLY.into();
        };
        if let Some(output) = attribute.strip_prefix("Outputs.") {
            let child = stack_name(&known.physical_id).to_owned();
            let value = self.outputs.get(&(child, output.to_owned()));
            return value.map_or_else(|| AFTER_APPLY.into(), |value| value.as_str().into());
        }
        if let Some(value) = known.properties.get(attribute) {
            return value.clone();
        }
        if attribute.ends_with("Arn") {
            return names::resource_arn(&self.region, &known.type_name, &known.physical_id).into();
        }
        if attribute.ends_with("Port") {
            return "5432".into();
        }
        let host = known.physical_id.rsplit('/').next().unwrap_or_default();
        let attribute = attribute.to_ascii_lowercase();
        format!("{host}.{attribute}.{}.example", self.region).into()
    }

    fn substitute_variables(&self, argument: &JsonValue) -> Result<JsonValue, String> {
        let (text, variables) = match argument {
            JsonValue::String(text) => (text.as_str(), None),
            other => (other[0].as_str().unwrap_or_default(), other[1].as_object()),
        };
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            out.push_str(before);
            let Some((name, left)) = after.split_once('}') else {
                rest = after;
                break;
            };
            rest = left;
            let value = match (name.strip_prefix('!'), variables.and_then(|v| v.get(name))) {
                (Some(literal), _) => format!("${{{literal}}}"),
                (None, Some(value)) => as_text(&self.evaluate_value(value)?),
                (None, None) => match name.split_once('.') {
                    Some((id, attribute)) => as_text(&self.resolve_attribute(id, attribute)),
                    None => as_text(&self.resolve_reference(name)),
                },
            };
            out.push_str(&value);
        }
        out.push_str(rest);
        Ok(out.into())
    }
}

/// Returns true if a value reads an output of another stack.
pub(super) fn reads_output(value: &JsonValue) -> bool {
    match value {
        JsonValue::Array(items) => items.iter().any(reads_output),
        JsonValue::Object(map) => {
            map.contains_key("Fn::GetStackOutput") || map.values().any(reads_output)
        }
        _ => false,
    }
}

fn is_no_value(value: &JsonValue) -> bool {
    value["Ref"] == "AWS::NoValue"
}

/// Converts a value to text.
pub(super) fn as_text(value: &JsonValue) -> String {
    match value {
        JsonValue::String(text) => text.clone(),
        other => other.to_string(),
    }
}
