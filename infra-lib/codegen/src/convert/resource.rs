//! Conversion of resources: properties through the bindings, and all other attributes.

use infra_schema::rust_names;
use std::sync::LazyLock;

use serde_json::{Map, Value as JsonValue};

use super::Problem;
use super::code::{Code, string_literal};
use super::expression::{as_intrinsic, scalar_text};
use super::scope::{EntryKind, Scope, section_entries};
use super::statement::{Ids, Statement};
use super::types::Bindings;
use super::{order, text};

impl<'s> Scope<'s> {
    /// Returns the resources, each after those it refers to.
    pub(super) fn convert_resources(
        &self,
        document: &'s Map<String, JsonValue>,
        ids: &mut Ids,
        problems: &mut Vec<Problem>,
    ) -> Vec<Statement> {
        let mut entries = Vec::new();
        for (id, resource) in section_entries(document, "Resources") {
            if let Some(problem) = find_problem(id, resource) {
                problems.push(problem);
            } else if let Some(fields) = resource.as_object() {
                entries.push((id, fields));
            }
        }
        match order::sort_by_dependencies(&entries, |(_, fields)| referenced_ids(fields)) {
            Ok(sorted) => sorted
                .into_iter()
                .map(|(id, fields)| self.convert_resource(id, fields, ids, problems))
                .collect(),
            Err(circle) => {
                problems.push(Problem::new(
                    "Resources",
                    format!("resources form a dependency cycle: {circle}"),
                ));
                Vec::new()
            }
        }
    }

    fn convert_resource(
        &self,
        id: &'s str,
        fields: &'s Map<String, JsonValue>,
        ids: &mut Ids,
        problems: &mut Vec<Problem>,
    ) -> Statement {
        let entry = &self.entries[id];
        let type_name = fields
            .get("Type")
            .and_then(JsonValue::as_str)
            .unwrap_or_default();
        let nothing = &*NOTHING;
        let properties = fields
            .get("Properties")
            .filter(|value| !value.is_null())
            .unwrap_or(nothing);
        // Reserved for resources earlier; only `Default` has another ID.
        let (construct, pinned) = if id == "Default" {
            ids.claim_id(id, "Resource")
        } else {
            (id.to_owned(), false)
        };
        let place = vec![
            Code::from_text("stack"),
            Code::from_text(string_literal(&construct)),
        ];

        let mut overrides = Vec::new();
        let mut comment = None;
        let typed = match entry.kind {
            EntryKind::Resource(Some(bindings)) => {
                let typed = self.convert_properties(bindings, properties, &mut overrides);
                if typed.is_none() {
                    comment = Some("As in the template: a required property is missing, or a macro provides it.".to_owned());
                }
                typed.or_else(|| {
                    self.use_service(bindings);
                    let props = Code::new_call(
                        format!("{}::from", self.use_core("Props")),
                        vec![self.json_code(properties)],
                    );
                    Some(Code::new_call(
                        format!("{}Props::from_props", bindings.handle_path()),
                        vec![props],
                    ))
                })
            }
            _ => None,
        };
        let code = if let Some(props) = typed {
            props.call_method("build", place)
        } else {
            if !type_name.starts_with("Custom::")
                && !type_name.ends_with("::CustomResource")
                && infra_schema::resource(type_name).is_none()
            {
                comment = Some(format!(
                    "There are no bindings of `{type_name}`: the properties are as in the template."
                ));
            }
            let mut arguments = place;
            arguments.push(Code::from_text(string_literal(type_name)));
            arguments.push(self.json_code(properties));
            Code::new_call(format!("{}::new", self.use_core("CfnResource")), arguments)
        };
        let mut statement = Statement::with_binding(&entry.variable, code);
        statement.comment = comment;
        let mut statement = statement.with_comment(self.find_comment("Resources", id));
        let handle = || Code::Text(self.use_variable(&entry.variable));
        for (name, value) in overrides {
            statement.follow.push(handle().call_method(
                "override_prop",
                vec![Code::from_text(string_literal(name)), self.json_code(value)],
            ));
        }
        if pinned {
            statement.follow.push(handle().call_method(
                "override_logical_id",
                vec![Code::from_text(string_literal(id))],
            ));
        }
        self.convert_attributes(id, fields, &handle, &mut statement.follow, problems);
        statement
    }

    /// Returns the properties through setters; those without bindings are added to `overrides`.
    fn convert_properties(
        &self,
        bindings: Bindings<'s>,
        properties: &'s JsonValue,
        overrides: &mut Vec<(&'s str, &'s JsonValue)>,
    ) -> Option<Code> {
        let given = properties.as_object()?;
        if as_intrinsic(properties).is_some() || given.keys().any(|name| name.starts_with("Fn::")) {
            return None;
        }
        let schema = bindings.schema;
        let settable = |name: &str| schema.property(name).filter(|property| !property.read_only);
        let required: Vec<&str> = schema
            .properties
            .iter()
            .filter(|property| property.required && !property.read_only)
            .map(|property| &*property.name)
            .collect();
        let of = |name: &str| {
            let meaning = bindings.property_meaning(None, settable(name)?);
            Some(self.convert_expression(given.get(name)?, &meaning, Some(bindings)))
        };
        self.use_service(bindings);
        let handle = bindings.handle_path();
        let mut code = self.call_constructor(&format!("{handle}Props"), &handle, &required, &of)?;
        for (name, value) in given {
            if required.contains(&name.as_str()) {
                continue;
            }
            match of(name) {
                Some(value) => {
                    code = code.call_method(rust_names::to_snake_case(name), vec![value.code]);
                }
                None => overrides.push((name, value)),
            }
        }
        Some(code)
    }

    /// Adds the attributes of a resource other than its properties.
    fn convert_attributes(
        &self,
        id: &str,
        fields: &'s Map<String, JsonValue>,
        handle: &dyn Fn() -> Code,
        follow: &mut Vec<Code>,
        problems: &mut Vec<Problem>,
    ) {
        if let Some(condition) = fields.get("Condition").and_then(JsonValue::as_str) {
            match self.conditions.get(condition) {
                Some(variable) => {
                    let variable = Code::Text(self.use_variable(variable));
                    follow.push(handle().call_method("apply_condition", vec![variable]));
                }
                None => problems.push(Problem::unknown_condition(
                    &format!("Resources.{id}"),
                    condition,
                )),
            }
        }
        for target in depends_on(fields) {
            match self
                .entries
                .get(target)
                .filter(|entry| matches!(entry.kind, EntryKind::Resource(_)))
            {
                Some(entry) => {
                    let target = Code::Text(self.use_variable(&entry.variable));
                    follow.push(handle().call_method("depends_on", vec![target]));
                }
                None => problems.push(Problem::new(
                    format!("Resources.{id}.DependsOn"),
                    format!("the resource `{target}` does not exist"),
                )),
            }
        }
        for (name, method) in [
            ("CreationPolicy", "creation_policy"),
            ("UpdatePolicy", "update_policy"),
        ] {
            if let Some(policy) = fields.get(name) {
                follow.push(handle().call_method(method, vec![self.json_code(policy)]));
            }
        }
        let policy = |name: &str| {
            fields
                .get(name)
                .and_then(scalar_text)
                .and_then(|text| removal_policy(&text))
        };
        let path =
            |variant| Code::from_text(format!("{}::{variant}", self.use_core("RemovalPolicy")));
        let (deletion, replacement) = (policy("DeletionPolicy"), policy("UpdateReplacePolicy"));
        if let Some(deletion) = deletion {
            follow.push(handle().call_method("apply_removal_policy", vec![path(deletion)]));
        }
        // Without its own policy, synthesis would use the removal policy for replacement as well.
        let implied = deletion.map(|deletion| {
            if deletion == "RetainExceptOnCreate" {
                "Retain"
            } else {
                deletion
            }
        });
        let meant = replacement.or(deletion.map(|_| "Destroy"));
        if let Some(meant) = meant.filter(|meant| Some(*meant) != implied) {
            follow.push(handle().call_method("apply_update_replace_policy", vec![path(meant)]));
        }
        for (key, value) in fields
            .get("Metadata")
            .and_then(JsonValue::as_object)
            .into_iter()
            .flatten()
        {
            // Synthesis adds the construct path.
            if key != "aws:cdk:path" {
                self.use_core("Construct");
                let scope = handle().call_method("scope", vec![]);
                follow.push(scope.call_method(
                    "add_metadata",
                    vec![Code::from_text(string_literal(key)), self.json_code(value)],
                ));
            }
        }
    }
}

/// Properties of a resource without any.
static NOTHING: LazyLock<JsonValue> = LazyLock::new(|| JsonValue::Object(Map::new()));

/// Attributes that a resource may have.
const ATTRIBUTES: [&str; 9] = [
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

/// Returns the reason why an entry cannot be a resource of a program.
fn find_problem(id: &str, resource: &JsonValue) -> Option<Problem> {
    let place = format!("Resources.{id}");
    if id.starts_with("Fn::ForEach::") {
        return Some(Problem::unsupported_for_each(place));
    }
    if id.starts_with("Fn::") {
        return Some(Problem::unsupported_macro(place));
    }
    if !id.chars().all(|c| c.is_ascii_alphanumeric()) || id.is_empty() || id.len() > 255 {
        return Some(Problem::new(
            place,
            "a logical ID has 1 to 255 ASCII letters and digits",
        ));
    }
    let Some(fields) = resource.as_object() else {
        return Some(Problem::new(
            place,
            "a resource must be a map with a `Type`",
        ));
    };
    if !fields.get("Type").is_some_and(JsonValue::is_string) {
        return Some(Problem::new(place, "a resource must have a `Type`"));
    }
    if let Some(strange) = fields
        .keys()
        .find(|name| !ATTRIBUTES.contains(&name.as_str()))
    {
        return Some(Problem::new(
            format!("{place}.{strange}"),
            "this attribute of a resource cannot be expressed in Rust",
        ));
    }
    for name in ["DeletionPolicy", "UpdateReplacePolicy"] {
        let Some(policy) = fields.get(name) else {
            continue;
        };
        if policy.as_str().and_then(removal_policy).is_none() {
            return Some(Problem::new(
                format!("{place}.{name}"),
                "a policy is `Delete`, `Retain`, `RetainExceptOnCreate` or `Snapshot`; an expression cannot be converted to Rust",
            ));
        }
    }
    let text_or_list = fields.get("DependsOn").is_none_or(|on| match on {
        JsonValue::Array(items) => items.iter().all(JsonValue::is_string),
        other => other.is_string(),
    });
    if !text_or_list {
        return Some(Problem::new(
            format!("{place}.DependsOn"),
            "expected a logical ID or a list of logical IDs",
        ));
    }
    let fits = fields
        .get("Properties")
        .is_none_or(|value| value.is_object() || value.is_null())
        && fields.get("Metadata").is_none_or(JsonValue::is_object)
        && fields.get("Condition").is_none_or(JsonValue::is_string);
    (!fits).then(|| {
        Problem::new(
            place,
            "`Properties` and `Metadata` must be maps, `Condition` must be the name of a condition",
        )
    })
}

fn removal_policy(text: &str) -> Option<&'static str> {
    Some(match text {
        "Delete" => "Destroy",
        "Retain" => "Retain",
        "RetainExceptOnCreate" => "RetainExceptOnCreate",
        "Snapshot" => "Snapshot",
        _ => return None,
    })
}

fn depends_on(fields: &Map<String, JsonValue>) -> impl Iterator<Item = &str> {
    let (one, list) = match fields.get("DependsOn") {
        Some(JsonValue::Array(items)) => (None, items.as_slice()),
        Some(JsonValue::String(id)) => (Some(id.as_str()), &[][..]),
        _ => (None, &[][..]),
    };
    one.into_iter()
        .chain(list.iter().filter_map(JsonValue::as_str))
}

/// Returns the logical IDs that need a variable before this resource.
fn referenced_ids(fields: &Map<String, JsonValue>) -> Vec<&str> {
    let mut found: Vec<&str> = depends_on(fields).collect();
    if let Some(properties) = fields.get("Properties") {
        text::collect_names(properties, &mut found);
    }
    found
}
