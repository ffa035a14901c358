//! Surveys stacks before their deletion with read-only calls.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value as JsonValue;

use super::{Content, DeletionEffect, DoomedStack, HeldResource, Survey};
use crate::error::{Class, Error};
use crate::event::Event;
use crate::operate::{Target, left, previews};
use crate::operation::Operation;
use infra_aws::{Cloud, StackDescription, StackResource};
use infra_core::{Diagnostic, codes};
use infra_template::assembly::CloudAssembly;
use infra_template::diff::is_stateful;
use infra_template::nested::{NESTED_STACK, nested_path};
use infra_template::{ResourceName, Template, TemplateResource};

/// Maximum number of nested stacks to read; AWS limits concurrent operations on nested stacks to 2,500.
const MOST_NESTED: usize = 2_500;

/// Surveys the selected stacks; all stacks of the app if none is named. A name that is not in the app can be that of a stack that left it.
pub fn survey_stacks(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    stacks: Vec<String>,
) -> Operation<Survey> {
    Operation::new(|reporter| async move {
        let mut deployed = Vec::new();
        for target in resolve_targets(&cloud, &assembly, &stacks).await? {
            let Some(stack) = target.describe_any().await? else {
                continue;
            };
            if stack.status.is_review() {
                reporter.send_event(in_review_notice(&stack.name));
            } else {
                if let Some(busy) = target.busy_error(&stack) {
                    return Err(busy);
                }
                deployed.push((target, stack));
            }
        }
        let going: BTreeSet<String> = deployed
            .iter()
            .map(|(_, stack)| stack.name.clone())
            .collect();
        let mut found = Vec::new();
        // Consumers are deleted before their producers.
        for (target, stack) in deployed.into_iter().rev() {
            found.push(inspect_stack(&cloud, &assembly, target, stack, &going).await?);
        }
        Ok(order_for_deletion(found, &going))
    })
}

/// Surveys all stacks of a preview in all accounts and regions of the app. The assembly can be that of any preview of the same environment.
pub fn survey_preview(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    preview: String,
) -> Operation<Survey> {
    Operation::new(|_| async move {
        let deployed = previews::preview_targets(&cloud, &assembly, &preview).await?;
        for (target, stack) in &deployed {
            if let Some(busy) = target.busy_error(stack) {
                return Err(busy);
            }
        }
        let going: BTreeSet<String> = deployed
            .iter()
            .map(|(_, stack)| stack.name.clone())
            .collect();
        let mut found = Vec::new();
        // Later stacks may read from earlier ones.
        for (target, stack) in deployed.into_iter().rev() {
            found.push(inspect_stack(&cloud, &assembly, target, stack, &going).await?);
        }
        Ok(order_for_deletion(found, &going))
    })
}

/// Returns the named stacks: those of the app, producers first, followed by those that left it.
async fn resolve_targets(
    cloud: &Arc<dyn Cloud>,
    assembly: &CloudAssembly,
    names: &[String],
) -> Result<Vec<Target>, Error> {
    let (known, others): (Vec<String>, Vec<String>) = names
        .iter()
        .cloned()
        .partition(|name| assembly.find_stack(name).is_some());
    let mut found = Vec::new();
    if names.is_empty() || !known.is_empty() {
        found = Target::select_stacks(cloud, assembly, &known).await?;
    }
    for name in &known {
        // A construct path can equal the full name of a stack that left the app. The user has to decide which one is meant.
        if left::region_and_name(name).is_some()
            && let Ok(target) = left::find_orphaned(cloud, assembly, name).await
        {
            return Err(ambiguous_name_error(assembly, name, &target));
        }
    }
    for name in &others {
        let target = left::find_orphaned(cloud, assembly, name).await?;
        let is_known = |known: &Target| {
            known.is_orphaned && known.name() == target.name() && known.region == target.region
        };
        if !found.iter().any(is_known) {
            found.push(target);
        }
    }
    Ok(found)
}

fn ambiguous_name_error(assembly: &CloudAssembly, name: &str, left: &Target) -> Error {
    let of_app = assembly.find_stack(name).map_or(name, |stack| &stack.name);
    let finding = Diagnostic::new(
        codes::UNKNOWN_STACK,
        format!(
            "`{name}` is both the path of a stack of the app and the name of an orphaned stack"
        ),
    )
    .note(format!("in the app: `{of_app}`"))
    .note(format!("orphaned: `{}` in {}", left.name(), left.region))
    .help(format!(
        "use `{of_app}` for the stack of the app; release the other with `orphan --stack {name}`"
    ));
    Error::new(Class::Error, finding)
}

/// Orders the stacks for deletion, and removes imports by stacks that are deleted as well.
fn order_for_deletion(found: Vec<DoomedStack>, going: &BTreeSet<String>) -> Survey {
    let mut stacks = order_importers_first(found);
    for doomed in &mut stacks {
        for (_, importers) in &mut doomed.imported_exports {
            importers.retain(|name| !going.contains(name));
        }
        doomed
            .imported_exports
            .retain(|(_, importers)| !importers.is_empty());
    }
    Survey { stacks }
}

/// Orders stacks so that each is deleted after the stacks that import from it. Needed for stacks that left the app, whose dependencies are unknown.
fn order_importers_first(mut rest: Vec<DoomedStack>) -> Vec<DoomedStack> {
    let mut ordered = Vec::new();
    while !rest.is_empty() {
        let names: BTreeSet<String> = rest.iter().map(|doomed| doomed.name().to_owned()).collect();
        let is_free = |doomed: &DoomedStack| {
            let mut importers = doomed
                .imported_exports
                .iter()
                .flat_map(|(_, importers)| importers);
            !importers.any(|name| name != doomed.name() && names.contains(name))
        };
        // CloudFormation does not allow two stacks to import from each other.
        let next = rest.iter().position(is_free).unwrap_or(0);
        ordered.push(rest.remove(next));
    }
    ordered
}

/// Builds the notice for a stack in review, which has no resources to delete.
fn in_review_notice(stack: &str) -> Event {
    Event::Notice {
        stack: Some(stack.to_owned()),
        message: format!(
            "stack `{stack}` contains only change sets for review; `plan discard --stack {stack}` removes them and the empty stack"
        ),
    }
}

async fn inspect_stack(
    cloud: &Arc<dyn Cloud>,
    assembly: &CloudAssembly,
    target: Target,
    stack: StackDescription,
    going: &BTreeSet<String>,
) -> Result<DoomedStack, Error> {
    // A stack in review has no template, and can be deleted as well.
    let template = if stack.status.is_review() {
        Template::empty()
    } else {
        target.read_template().await?
    };
    let levels = read_levels(&target, template.clone()).await?;
    let mut holdings = Vec::new();
    let mut count = 0;
    let mut failed = Vec::new();
    let mut each: Vec<(&Level, &StackResource)> = Vec::new();
    for level in &levels {
        each.extend(level.resources.iter().map(|resource| (level, resource)));
    }
    for (level, resource) in each {
        if resource.status.is_named("DELETE_COMPLETE") || resource.physical_id.is_none() {
            continue;
        }
        count += 1;
        let name = level.resource_name(&target, resource);
        if resource.status.is_named("DELETE_FAILED") && level.path.is_empty() {
            failed.push(name.clone());
        }
        let entry = level.template.find_resource(&resource.logical_id);
        let fate = entry.map_or(DeletionEffect::Deleted, deletion_effect);
        let stateful = is_stateful(&resource.type_name);
        if !stateful && fate == DeletionEffect::Deleted {
            continue;
        }
        let content = match &name.physical_id {
            Some(bucket)
                if resource.type_name == "AWS::S3::Bucket" && fate == DeletionEffect::Deleted =>
            {
                read_bucket_content(cloud, &target.region, bucket).await
            }
            _ => Content::Unknown,
        };
        holdings.push(HeldResource {
            resource: name,
            fate,
            content,
            stateful,
            protected: entry
                .filter(|_| fate != DeletionEffect::Retained)
                .and_then(protecting_property),
        });
    }
    holdings.sort_by(|a, b| (a.fate, &a.resource).cmp(&(b.fate, &b.resource)));
    Ok(DoomedStack {
        imported_exports: find_imported_exports(&target, &stack, &template).await?,
        dependents: find_dependents(cloud, assembly, &target, going).await?,
        last_event: target.read_last_event().await?,
        resources: count,
        holdings,
        failed,
        stack,
        target,
    })
}

/// A stack of a hierarchy: the root stack, or one nested in it.
struct Level {
    /// Logical IDs from the root stack, joined with `/`; empty for the root.
    path: String,
    template: Template,
    resources: Vec<StackResource>,
}

impl Level {
    fn resource_name(&self, target: &Target, resource: &StackResource) -> ResourceName {
        let id = nested_path(&self.path, &resource.logical_id);
        let name = target.stack.resource_name(&id, &resource.type_name);
        name.with_physical_id(resource.physical_id.clone().filter(|id| !id.is_empty()))
    }
}

/// Reads the root stack and all nested stacks that are deleted with it; retained ones are skipped.
async fn read_levels(target: &Target, template: Template) -> Result<Vec<Level>, Error> {
    let mut found = Vec::new();
    let root = Level {
        path: String::new(),
        template,
        resources: target.list_resources().await?,
    };
    let mut waiting = vec![root];
    while let Some(level) = waiting.pop() {
        for resource in &level.resources {
            let entry = level.template.find_resource(&resource.logical_id);
            let stays =
                entry.is_some_and(|entry| deletion_effect(entry) == DeletionEffect::Retained);
            let gone = resource.status.is_named("DELETE_COMPLETE");
            if resource.type_name != NESTED_STACK || stays || gone || found.len() >= MOST_NESTED {
                continue;
            }
            let Some(arn) = resource.physical_id.as_deref().filter(|id| !id.is_empty()) else {
                continue;
            };
            if let Some((template, resources)) = target.read_nested_stack(arn).await? {
                waiting.push(Level {
                    path: nested_path(&level.path, &resource.logical_id),
                    template,
                    resources,
                });
            }
        }
        found.push(level);
    }
    Ok(found)
}

/// Returns the effect of `DeletionPolicy`, or CloudFormation's default, which takes snapshots of databases. See
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html>.
fn deletion_effect(resource: TemplateResource<'_>) -> DeletionEffect {
    match resource.entry_text("DeletionPolicy") {
        Some("Retain" | "RetainExceptOnCreate") => DeletionEffect::Retained,
        Some("Snapshot") => DeletionEffect::Snapshot,
        Some(_) => DeletionEffect::Deleted,
        None => match resource.type_name {
            "AWS::RDS::DBCluster" => DeletionEffect::Snapshot,
            "AWS::RDS::DBInstance" => {
                let of_cluster = resource
                    .properties()
                    .is_some_and(|properties| properties.contains_key("DBClusterIdentifier"));
                if of_cluster {
                    DeletionEffect::Deleted
                } else {
                    DeletionEffect::Snapshot
                }
            }
            _ => DeletionEffect::Deleted,
        },
    }
}

/// Returns the property that protects a resource from deletion, if it is set.
fn protecting_property(resource: TemplateResource<'_>) -> Option<&'static str> {
    let properties = resource.properties()?;
    let is_on = |name: &&str| match properties.get(*name) {
        Some(JsonValue::Bool(on)) => *on,
        Some(JsonValue::String(text)) => text == "true",
        _ => false,
    };
    ["DeletionProtection", "DeletionProtectionEnabled"]
        .into_iter()
        .find(is_on)
}

/// Returns the content of a bucket from the first page of its listing; [`Content::Unknown`] if it cannot be listed.
async fn read_bucket_content(cloud: &Arc<dyn Cloud>, region: &str, bucket: &str) -> Content {
    match cloud.s3_client(region).list_objects(bucket, "", None).await {
        Ok(page) if page.items.is_empty() => Content::Empty,
        Ok(page) => Content::Objects(page.items.len()),
        Err(_) => Content::Unknown,
    }
}

/// Returns the exports of a stack that other stacks import, with the importing stacks.
async fn find_imported_exports(
    target: &Target,
    stack: &StackDescription,
    template: &Template,
) -> Result<Vec<(String, Vec<String>)>, Error> {
    let exports_something = template
        .section_entries("Outputs")
        .any(|(_, output)| output.get("Export").is_some());
    if !exports_something {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for export in target.list_exports().await? {
        if export.stack_id != stack.id {
            continue;
        }
        let importers = target.list_importers(&export.name).await?;
        if !importers.is_empty() {
            found.push((export.name, importers));
        }
    }
    Ok(found)
}

/// Returns the deployed stacks of the app that depend on this one and are not deleted.
async fn find_dependents(
    cloud: &Arc<dyn Cloud>,
    assembly: &CloudAssembly,
    target: &Target,
    going: &BTreeSet<String>,
) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for stack in &assembly.stacks {
        if going.contains(&stack.name) || !stack.dependencies.contains(&target.stack.id) {
            continue;
        }
        for other in Target::select_stacks(cloud, assembly, std::slice::from_ref(&stack.id)).await?
        {
            if other.describe_stack().await?.is_some() {
                found.push(other.stack.path.clone());
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{DeletionEffect, deletion_effect, protecting_property};
    use infra_template::Template;

    fn effect_and_protection(entry: &serde_json::Value) -> (DeletionEffect, Option<&'static str>) {
        let template = Template::from_json(json!({ "Resources": { "R": entry } })).unwrap();
        let resource = template.find_resource("R").unwrap();
        (deletion_effect(resource), protecting_property(resource))
    }

    #[test]
    fn default_policy_keeps_snapshots_of_databases() {
        let database = json!({ "Type": "AWS::RDS::DBInstance" });
        assert_eq!(effect_and_protection(&database).0, DeletionEffect::Snapshot);
        let member = json!({
            "Type": "AWS::RDS::DBInstance",
            "Properties": { "DBClusterIdentifier": "c" },
        });
        assert_eq!(effect_and_protection(&member).0, DeletionEffect::Deleted);
        assert_eq!(
            effect_and_protection(&json!({ "Type": "AWS::S3::Bucket" })).0,
            DeletionEffect::Deleted
        );
    }

    #[test]
    fn reads_deletion_policy_and_deletion_protection() {
        let kept = json!({ "Type": "AWS::S3::Bucket", "DeletionPolicy": "RetainExceptOnCreate" });
        assert_eq!(effect_and_protection(&kept).0, DeletionEffect::Retained);
        let protected = json!({
            "Type": "AWS::RDS::DBCluster",
            "Properties": { "DeletionProtection": true },
        });
        assert_eq!(
            effect_and_protection(&protected),
            (DeletionEffect::Snapshot, Some("DeletionProtection"))
        );
    }
}
