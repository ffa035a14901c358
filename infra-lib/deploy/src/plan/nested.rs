//! Reads the nested stacks of a change set: by their own change sets if CloudFormation created them, otherwise by comparing deployed and new
//! templates.

use std::collections::BTreeMap;

use serde_json::{Value as JsonValue, json};

use super::target::Target;
use super::{changes, convert, problem};
use crate::calls::Calls;
use crate::error::Error;
use crate::nested::{
    Templates, address_in_context, deployed_template, read_nested_templates, template_at,
};
use infra_aws::{Change, ChangeSetDescription, ChangeSetStatus, Cloud};
use infra_template::Template;
use infra_template::assembly::Stack;
use infra_template::diff::{
    NestedPair, NestedSide, add_nested, diff_stack, find_blockers, is_retained,
    merge_nested_review, nested_pairs, nested_stack,
};
use infra_template::digest::Digest;
use infra_template::nested::{
    DEEPEST, NESTED_STACK, NestedTemplate, nested_path, template_address,
};
use infra_template::review::{Action, NestedBasis, StackReview};

/// Nested stacks that a change set changes, parents before children.
#[derive(Clone, Debug, Default)]
pub(crate) struct Nested {
    parts: Vec<Part>,
}

/// A nested stack that changes.
#[derive(Clone, Debug)]
struct Part {
    pair: NestedPair,
    /// Nested change set; `None` if CloudFormation did not create one.
    change_set: Option<ChangeSetDescription>,
}

/// A nested stack to read.
struct NestedChange {
    path: String,
    change: Change,
    /// Entry of the nested stack in its parent's template.
    entry: Option<JsonValue>,
    /// Parameter values of the parent.
    parameters: BTreeMap<String, String>,
    depth: usize,
}

impl Nested {
    /// Reads all nested stacks of a change set. `sent` is the template of the root stack.
    ///
    /// # Errors
    ///
    /// When a nested change set cannot be read. Templates that cannot be read are no errors; the review has blockers for them instead.
    pub(crate) async fn read_nested(
        calls: &Calls,
        cloud: &dyn Cloud,
        target: &Target,
        description: &ChangeSetDescription,
        sent: &Template,
    ) -> Result<Self, Error> {
        let reading = Reading {
            calls,
            cloud,
            target,
        };
        let mut found = Self::default();
        let mut waiting = list_nested_changes("", description, sent, 0);
        waiting.reverse();
        while let Some(look) = waiting.pop() {
            let (part, below) = reading.read_part(&look).await?;
            if let Some(part) = part {
                if part.change_set.is_none() {
                    found.parts.push(part);
                    found.parts.extend(reading.read_parts_below(&look).await);
                } else {
                    found.parts.push(part);
                }
            }
            waiting.extend(below.into_iter().rev());
        }
        Ok(found)
    }

    /// Returns path and ARN of each nested change set.
    pub(crate) fn change_sets(&self) -> impl Iterator<Item = (&str, &str)> {
        let parts = self.parts.iter();
        parts.filter_map(|part| Some((&*part.pair.path, &*part.change_set.as_ref()?.id)))
    }

    /// Returns the digest of a change set including its nested stacks. The plan key binds it to template and parameters, which have the values that
    /// the changes lack: an approval of one value is none of another.
    pub(crate) fn digest_changes(&self, key: &Digest, changes: &[Change]) -> Digest {
        let root = changes::digest_changes(changes);
        let parts: BTreeMap<&str, JsonValue> = self
            .parts
            .iter()
            .map(|part| {
                let template = match &part.pair.new {
                    NestedSide::Absent => json!("absent"),
                    NestedSide::Template(template) => json!(template.compute_digest()),
                    _ => json!("unknown"),
                };
                let changes = part.change_set.as_ref();
                let changes = changes.map(|set| changes::digest_changes(&set.changes));
                let value = json!({ "template": template, "changes": changes });
                (part.pair.path.as_str(), value)
            })
            .collect();
        Digest::hash_json(&json!({ "key": key.as_str(), "root": root, "nested": parts }))
    }

    /// Returns the deployed templates of all nested stacks: those of the app, except where a nested stack changes.
    pub(crate) fn deployed_templates(&self, target: &Target) -> Templates {
        let mut found = target.stack.nested_templates();
        for part in &self.parts {
            let path = &part.pair.path;
            match &part.pair.old {
                NestedSide::Template(old) => found.insert(path.clone(), old.clone()),
                _ => found.remove(path),
            };
        }
        found
    }

    /// Adds the changes of nested stacks to the review of their root stack.
    pub(crate) fn add_to(&self, review: &mut StackReview, target: &Target) {
        for part in &self.parts {
            match &part.change_set {
                None => add_nested(review, &target.stack, &part.pair, "deployed"),
                Some(set) if !is_retained(review, &part.pair.path) => {
                    part.add_change_set(review, target, set);
                }
                Some(_) => {}
            }
        }
    }
}

/// Returns true for a stack with nested stacks, whose change sets are created with its own.
pub(crate) fn has_nested(target: &Target) -> bool {
    let mut resources = target.stack.template.resources();
    resources.any(|resource| resource.type_name == NESTED_STACK)
}

impl Part {
    fn add_change_set(
        &self,
        review: &mut StackReview,
        target: &Target,
        set: &ChangeSetDescription,
    ) {
        let path = &self.pair.path;
        let new = match &self.pair.new {
            NestedSide::Template(template) => template.clone(),
            _ => Template::empty(),
        };
        let old = match &self.pair.old {
            NestedSide::Template(template) => Some(template.clone()),
            NestedSide::Absent => Some(Template::empty()),
            _ => None,
        };
        let child = Target {
            stack: nested_stack(&target.stack, path, new),
            ..target.clone()
        };
        let predicted = old.map(|old| diff_stack(&old, &child.stack, "deployed"));
        let known = predicted.as_ref().map_or(&[][..], |known| &known.resources);
        let resources = convert::convert_resources(&child, &set.changes, known);
        let notes = convert::drift_notes(&resources, &set.changes);
        let mut nested =
            predicted.unwrap_or_else(|| super::engine::empty_review(&child, "deployed"));
        nested.change = match self.pair.old {
            NestedSide::Absent => infra_template::review::StackChange::Create,
            _ => infra_template::review::StackChange::Update,
        };
        nested.stops = find_blockers(&resources);
        nested.notes.extend(notes);
        nested.resources = resources;
        // The change set covers what templates could not show.
        nested.unchecked.clear();
        let basis = NestedBasis::ChangeSet { id: set.id.clone() };
        merge_nested_review(review, &target.stack, path, nested, basis);
    }
}

struct Reading<'r> {
    calls: &'r Calls,
    cloud: &'r dyn Cloud,
    target: &'r Target,
}

impl Reading<'_> {
    /// Reads a nested stack, and returns it with the nested stacks in its change set. Returns `None` if it has no changes.
    async fn read_part(
        &self,
        look: &NestedChange,
    ) -> Result<(Option<Part>, Vec<NestedChange>), Error> {
        let Some(arn) = &look.change.nested_change_set_id else {
            let new = match look.change.action {
                Action::Remove => NestedSide::Absent,
                _ => self.read_new_template(look).await,
            };
            let pair = NestedPair::new(look.path.clone(), self.read_old_template(look).await, new);
            let part = Part {
                pair,
                change_set: None,
            };
            return Ok((Some(part), Vec::new()));
        };
        let doing = || {
            format!(
                "read the changes of the nested stack `{}` of stack `{}`",
                look.path, self.target.stack.name
            )
        };
        let set = changes::describe_completely(self.calls, self.target, arn, None)
            .await
            .map_err(|error| Error::from_api(doing(), error))?;
        if set.status == ChangeSetStatus::Failed
            && problem::is_unchanged(set.status_reason.as_deref())
        {
            return Ok((None, Vec::new()));
        }
        let text = self
            .calls
            .call_with_retries(|| self.target.client.get_template(&set.stack_id, Some(arn)))
            .await
            .map_err(|error| Error::from_api(doing(), error))?;
        let new = match Template::parse(&text) {
            Ok(template) => NestedSide::Template(template),
            Err(error) => NestedSide::Unknown {
                reason: format!("cannot read its new template: {error}"),
            },
        };
        let empty = Template::empty();
        let template = match &new {
            NestedSide::Template(template) => template,
            _ => &empty,
        };
        let below = list_nested_changes(&look.path, &set, template, look.depth + 1);
        let part = Part {
            pair: NestedPair::new(look.path.clone(), self.read_old_template(look).await, new),
            change_set: Some(set),
        };
        Ok((Some(part), below))
    }

    /// Reads the nested stacks of a nested stack that has no change set.
    async fn read_parts_below(&self, look: &NestedChange) -> Vec<Part> {
        let client = &*self.target.client;
        let arn = look.change.physical_id.as_deref().unwrap_or_default();
        let (old, templates) = match self.read_old_template(look).await {
            NestedSide::Template(old) => {
                let templates = read_nested_templates(self.calls, client, arn, &old).await;
                (old, templates)
            }
            NestedSide::Absent => (Template::empty(), BTreeMap::new()),
            // The blocker for the nested stack itself includes its contents.
            _ => return Vec::new(),
        };
        let removed = look.change.action == Action::Remove;
        let known = self.target.stack.nested_stack(&look.path);
        let none = BTreeMap::new();
        let new = match (removed, known, self.read_new_template(look).await) {
            (false, Some(known), _) => {
                build_nested_stack(&self.target.stack, known.template.clone(), &known.nested)
            }
            (false, None, NestedSide::Template(new)) => {
                build_nested_stack(&self.target.stack, new, &none)
            }
            // The wanted template is unknown; the blocker for the nested stack itself includes its contents.
            (false, None, _) => return Vec::new(),
            (true, ..) => build_nested_stack(&self.target.stack, Template::empty(), &none),
        };
        let pairs = nested_pairs(&old, &templates, &new).into_iter();
        pairs
            .map(|pair| Part {
                pair: NestedPair::new(nested_path(&look.path, &pair.path), pair.old, pair.new),
                change_set: None,
            })
            .collect()
    }

    async fn read_old_template(&self, look: &NestedChange) -> NestedSide {
        if look.change.action == Action::Add {
            return NestedSide::Absent;
        }
        let Some(arn) = look
            .change
            .physical_id
            .as_deref()
            .filter(|id| !id.is_empty())
        else {
            return NestedSide::Unknown {
                reason: "CloudFormation does not report the deployed stack".to_owned(),
            };
        };
        match deployed_template(self.calls, &*self.target.client, arn).await {
            Ok(template) => NestedSide::Template(template),
            Err(reason) => NestedSide::Unknown { reason },
        }
    }

    /// Returns the new template of a nested stack: from its S3 address, or else from the file of the assembly that is published there.
    async fn read_new_template(&self, look: &NestedChange) -> NestedSide {
        let known = self.target.stack.nested_stack(&look.path);
        let from_file = |reason: String| match known {
            Some(known) => NestedSide::Template(known.template.clone()),
            None => NestedSide::Unknown { reason },
        };
        let address = address_in_context(look.change.after_context.as_deref()).or_else(|| {
            let property = look.entry.as_ref()?.get("Properties")?.get("TemplateURL")?;
            template_address(property, &|name| self.parameter_value(look, name))
        });
        let Some(address) = address else {
            return from_file(
                "the URL of its new template is known only during the deployment".to_owned(),
            );
        };
        match template_at(self.calls, self.cloud, &self.target.region, &address).await {
            Ok(template) => NestedSide::Template(template),
            Err(reason) => from_file(reason),
        }
    }

    fn parameter_value(&self, look: &NestedChange, name: &str) -> Option<String> {
        let region = &self.target.region;
        Some(match name {
            "AWS::Region" => region.clone(),
            "AWS::AccountId" => self.target.account.clone(),
            "AWS::StackName" => self.target.stack.name.clone(),
            "AWS::Partition" => self.target.placeholders.partition.clone(),
            "AWS::URLSuffix" => infra_aws::dns_suffix(region).to_owned(),
            _ => look
                .parameters
                .get(name)
                .filter(|value| *value != "****")?
                .clone(),
        })
    }
}

fn build_nested_stack(
    root: &Stack,
    template: Template,
    nested: &BTreeMap<String, NestedTemplate>,
) -> Stack {
    let mut stack = root.clone();
    stack.template = template;
    stack.nested.clone_from(nested);
    stack
}

/// Returns the nested stacks among the changes of a change set.
fn list_nested_changes(
    above: &str,
    set: &ChangeSetDescription,
    template: &Template,
    depth: usize,
) -> Vec<NestedChange> {
    if depth >= DEEPEST {
        return Vec::new();
    }
    let nested = set
        .changes
        .iter()
        .filter(|change| change.type_name == NESTED_STACK && change.action != Action::Import);
    nested
        .map(|change| {
            let resource = template.find_resource(&change.logical_id);
            NestedChange {
                path: nested_path(above, &change.logical_id),
                change: change.clone(),
                entry: resource.map(|resource| JsonValue::Object(resource.entry.clone())),
                parameters: set.parameters.clone(),
                depth,
            }
        })
        .collect()
}
