//! Conversion of resources: properties through the bindings, and all other attributes.

use infra_schema::rust_names;
use std::sync::LazyLock;

use serde_json::{Map, Value as JsonValue};

use super::Problem;
use super::code::{Code, string_literal};
use super::constructs::Planned;
use super::expression::as_intrinsic;
use super::kept::{ATTRIBUTES, is_typed_attribute};
use super::scope::{EntryKind, EntrySet, Scope};
use super::sections::removal_policy;
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
        let entries: Vec<_> = self
            .typed_entries(document, "Resources")
            .filter_map(|(id, resource)| Some((id, resource.as_object()?)))
            .collect();
        let sorted = order::sort_by_dependencies(&entries, |(_, fields)| referenced_ids(fields));
        for cycle in &sorted.cycles {
            problems.push(Problem::new(
                format!("Resources.{}", cycle[0]),
                format!(
                    "the reference to `{}` names its logical ID, because the two use each other: {}",
                    cycle[1],
                    cycle.join(" → ")
                ),
            ));
        }
        let statements = sorted.entries.into_iter().filter_map(|(id, fields)| {
            let statement = match self.convert_planned(id, fields, problems) {
                Some(Planned::Construct(statement)) => Some(*statement),
                Some(Planned::Part(statement)) => statement.map(|statement| *statement),
                None => Some(self.convert_resource(id, fields, ids, problems)),
            };
            self.define(EntrySet::Resources, id);
            statement
        });
        let mut statements: Vec<Statement> = statements.collect();
        statements.extend(self.convert_kept(document, "Resources"));
        statements
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
        self.convert_attributes(id, fields, &handle, &mut statement.follow, problems, true);
        statement
    }

    /// Returns what is wrong with the logical IDs of a `DependsOn` that no variable stands for.
    fn missing_targets(&self, id: &str, given: &JsonValue) -> Vec<Problem> {
        let place = format!("Resources.{id}.DependsOn");
        let Some(targets) = depends_on(given) else {
            let message = "`DependsOn` is neither a logical ID nor a list of them";
            return vec![Problem::new(place, message)];
        };
        // Loops, macros and entries that are kept as data can be meant.
        if self.kept.contains_any("Resources") {
            return Vec::new();
        }
        let is_resource = |target: &str| {
            let entry = self.entries.get(target);
            entry.is_some_and(|entry| matches!(entry.kind, EntryKind::Resource(_)))
        };
        let missing = targets.into_iter().filter(|target| !is_resource(target));
        missing
            .map(|target| {
                let message = format!("the resource `{target}` does not exist");
                Problem::new(place.clone(), message)
            })
            .collect()
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
    ///
    /// Policies for removal are left out if a construct sets them.
    pub(super) fn convert_attributes(
        &self,
        id: &str,
        fields: &'s Map<String, JsonValue>,
        handle: &dyn Fn() -> Code,
        follow: &mut Vec<Code>,
        problems: &mut Vec<Problem>,
        with_removal: bool,
    ) {
        let mut verbatim: Vec<(&str, &JsonValue)> = fields
            .iter()
            .filter(|(name, value)| !is_typed_attribute(name, value))
            .map(|(name, value)| (name.as_str(), value))
            .collect();
        for (name, _) in &verbatim {
            if !ATTRIBUTES.contains(name) && !self.has_macros {
                problems.push(Problem::new(
                    format!("Resources.{id}.{name}"),
                    "a resource has no such attribute unless a macro reads it",
                ));
            }
        }
        if let Some(condition) = fields.get("Condition") {
            let name = condition.as_str();
            if let Some(variable) = name.and_then(|name| self.find_condition(name)) {
                follow.push(handle().call_method("apply_condition", vec![Code::Text(variable)]));
            } else {
                verbatim.push(("Condition", condition));
                if !self.kept.contains_any("Conditions") {
                    let name = name.unwrap_or_default();
                    problems.push(Problem::unknown_condition(&format!("Resources.{id}"), name));
                }
            }
        }
        if let Some(given) = fields.get("DependsOn") {
            let targets: Option<Vec<Code>> = depends_on(given)
                .map(|targets| {
                    let variables = targets.into_iter().map(|target| {
                        let entry = self.find_entry(target)?;
                        let is_resource = matches!(entry.kind, EntryKind::Resource(_));
                        is_resource.then(|| self.binding_handle(target, &entry.variable))?
                    });
                    variables.collect()
                })
                .unwrap_or_default();
            if let Some(targets) = targets {
                follow.extend(
                    targets
                        .into_iter()
                        .map(|target| handle().call_method("depends_on", vec![target])),
                );
            } else {
                verbatim.push(("DependsOn", given));
                problems.extend(self.missing_targets(id, given));
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
                .filter(|_| with_removal)
                .and_then(JsonValue::as_str)
                .and_then(removal_policy)
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
        let is_given = replacement.is_some() || !fields.contains_key("UpdateReplacePolicy");
        let meant = replacement.or(deletion.map(|_| "Destroy").filter(|_| is_given));
        if let Some(meant) = meant.filter(|meant| Some(*meant) != implied) {
            follow.push(handle().call_method("apply_update_replace_policy", vec![path(meant)]));
        }
        for (name, value) in verbatim {
            follow.push(handle().call_method(
                "override_attribute",
                vec![Code::from_text(string_literal(name)), self.json_code(value)],
            ));
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

/// Returns the logical IDs of a `DependsOn`, or `None` for another form.
fn depends_on(given: &JsonValue) -> Option<Vec<&str>> {
    match given {
        JsonValue::Array(items) => items.iter().map(JsonValue::as_str).collect(),
        other => other.as_str().map(|id| vec![id]),
    }
}

/// Returns the logical IDs that need a variable before this resource.
pub(super) fn referenced_ids(fields: &Map<String, JsonValue>) -> Vec<&str> {
    let mut found: Vec<&str> = fields
        .get("DependsOn")
        .and_then(depends_on)
        .unwrap_or_default();
    if let Some(properties) = fields.get("Properties") {
        text::collect_names(properties, &mut found);
    }
    found
}
