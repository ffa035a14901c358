//! Resources of an included template.

use serde_json::{Map as JsonMap, Value as JsonValue};

use super::sections::Reader;
use super::{CONTENT, IncludeProps};
use crate::diagnostic::{Diagnostic, codes};
use crate::nested_stack::NestedStackProps;
use crate::props::Props;
use crate::removal_policy::RemovalPolicy;
use crate::resource::{Resource, add_resource};
use crate::tree::{NodeKind, Scope, UpdateReplace};
use crate::value::Map;

/// Type of the resource of a nested stack.
const STACK_TYPE: &str = "AWS::CloudFormation::Stack";

/// Key of the construct path, which synthesis writes for each resource.
const PATH_KEY: &str = "aws:cdk:path";

/// Attributes of a resource in the order of the documentation.
///
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/resource-attributes.html>
const ATTRIBUTES: [&str; 9] = [
    "Type",
    "Properties",
    "DependsOn",
    "Condition",
    "Metadata",
    "DeletionPolicy",
    "UpdateReplacePolicy",
    "CreationPolicy",
    "UpdatePolicy",
];

/// Returns the resource of a nested stack in the template that includes it.
pub(super) fn nested_resource<'app>(scope: Scope<'app>, id: &str) -> Option<Resource<'app>> {
    let holder = scope.child(&format!("{id}.NestedStack"))?;
    holder
        .child(&format!("{id}.NestedStackResource"))?
        .as_resource()
}

impl<'app> Reader<'app> {
    /// Adds a resource, or the nested stack whose template was given for it.
    pub(super) fn add_resource(
        &mut self,
        id: &str,
        entry: &JsonMap<String, JsonValue>,
        nested: Option<IncludeProps>,
    ) {
        let Some(type_name) = entry.get("Type").and_then(JsonValue::as_str) else {
            self.report_unsupported(&["Resources", id], "the resource has no `Type`");
            return;
        };
        let resource = match nested {
            Some(content) if type_name == STACK_TYPE => self.add_nested_stack(id, content),
            Some(_) => {
                let message = format!("`{id}` of `{}` is not a nested stack", self.source.file);
                let finding = Diagnostic::new(codes::INCLUDE_WRONG_TYPE, message)
                    .actual(type_name.to_owned())
                    .expected(STACK_TYPE);
                self.report_at(finding, &["Resources", id, "Type"]);
                return;
            }
            None => add_resource(self.scope, id, type_name.to_owned(), Props::new()),
        };
        resource.override_logical_id(id);
        self.set_place(resource.0, &["Resources", id]);
        if let Some(properties) = entry.get("Properties") {
            let mut given = Props::from(properties.clone()).0;
            if type_name == STACK_TYPE && resource.0.parent() != Some(self.scope) {
                // The template is published with the app; synthesis sets its address.
                given.remove("TemplateURL");
            }
            for (_, data) in &mut given.0 {
                self.replace(data);
            }
            resource.modify_props(|props| *props = Props::from(given));
        }
        self.set_attributes(resource, id, entry);
    }

    fn add_nested_stack(&mut self, id: &str, content: IncludeProps) -> Resource<'app> {
        let nested = NestedStackProps::new().build(self.scope, id);
        content.build(nested, CONTENT);
        nested.resource()
    }

    fn set_attributes(
        &mut self,
        resource: Resource<'app>,
        id: &str,
        entry: &JsonMap<String, JsonValue>,
    ) {
        let depends_on = match entry.get("DependsOn") {
            None => Vec::new(),
            Some(JsonValue::String(one)) => vec![one.clone()],
            Some(JsonValue::Array(several)) if several.iter().all(JsonValue::is_string) => {
                let several = several.iter().filter_map(JsonValue::as_str);
                several.map(str::to_owned).collect()
            }
            Some(_) => {
                let problem = "`DependsOn` is neither a logical ID nor a list of them";
                self.report_unsupported(&["Resources", id, "DependsOn"], problem);
                Vec::new()
            }
        };
        let made_condition = entry
            .get("Condition")
            .filter(|name| self.is_made_condition(name));
        let condition = match entry.get("Condition") {
            _ if made_condition.is_some() => None,
            None => None,
            Some(name) => self.find_condition(name, &["Resources", id, "Condition"]),
        };
        let mut attributes = Map::new();
        let removal_policy = deletion_policy(entry.get("DeletionPolicy"));
        let update_replace = deletion_policy(entry.get("UpdateReplacePolicy"));
        for (name, value) in entry {
            let is_written = match name.as_str() {
                // A policy may be an intrinsic function with `AWS::LanguageExtensions`.
                "DeletionPolicy" => removal_policy.is_some(),
                "UpdateReplacePolicy" => update_replace.is_some(),
                "Condition" => made_condition.is_none(),
                known if ATTRIBUTES.contains(&known) => true,
                unknown => {
                    self.check_attribute(id, unknown);
                    false
                }
            };
            if !is_written {
                attributes.insert(name.clone(), self.data(value));
            }
        }
        if let Some(JsonValue::Object(metadata)) = entry.get("Metadata") {
            for (key, value) in metadata.iter().filter(|(key, _)| *key != PATH_KEY) {
                let value = self.data(value);
                resource.0.add_metadata(key.clone(), value);
            }
        }
        let creation_policy = entry.get("CreationPolicy").map(|policy| self.data(policy));
        let update_policy = entry.get("UpdatePolicy").map(|policy| self.data(policy));
        resource.0.change_tree(|tree| {
            let NodeKind::Resource(node) = &mut tree.node_mut(resource.0.index).kind else {
                return;
            };
            node.depends_on = depends_on;
            node.condition = condition;
            node.removal_policy = removal_policy;
            node.update_replace = Some(match update_replace {
                Some(policy) => UpdateReplace::Policy(policy),
                None => UpdateReplace::Unset,
            });
            node.creation_policy = creation_policy;
            node.update_policy = update_policy;
            node.attributes = attributes;
        });
    }

    /// Reports an attribute that CloudFormation does not have, unless a macro may remove it.
    fn check_attribute(&self, id: &str, name: &str) {
        if self.has_macros() {
            return;
        }
        let message = format!(
            "`{id}` of `{}` has an attribute `{name}`, which CloudFormation rejects",
            self.source.file
        );
        let finding = Diagnostic::new(codes::INCLUDE_UNSUPPORTED, message);
        let finding = match crate::find_nearest(name, ATTRIBUTES) {
            Some(close) => finding.help(format!("did you mean `{close}`?")),
            None => finding.expected(ATTRIBUTES.join(", ")),
        };
        self.report_at(finding, &["Resources", id, name]);
    }
}

/// Returns the policy that a text names, or `None` for anything else.
fn deletion_policy(value: Option<&JsonValue>) -> Option<RemovalPolicy> {
    match value?.as_str()? {
        "Delete" => Some(RemovalPolicy::Destroy),
        "Retain" => Some(RemovalPolicy::Retain),
        "RetainExceptOnCreate" => Some(RemovalPolicy::RetainExceptOnCreate),
        "Snapshot" => Some(RemovalPolicy::Snapshot),
        _ => None,
    }
}
