//! Survey of stacks that would be deleted, and of obstacles to their deletion. Reads only.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value as JsonValue;

use super::{Content, Doomed, Fate, Holding, Survey};
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

/// Nested stacks of a root that are looked into: AWS allows 2,500 operations on them at once.
const MOST_NESTED: usize = 2_500;

/// Looks at the stacks of these names; at all stacks of the app when none is named. A name that is none of the app's may be that
/// of a stack that left the app.
pub fn survey(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    stacks: Vec<String>,
) -> Operation<Survey> {
    Operation::new(|reporter| async move {
        let mut deployed = Vec::new();
        for target in targets(&cloud, &assembly, &stacks).await? {
            let Some(stack) = target.describe_any().await? else {
                continue;
            };
            if stack.status.is_review() {
                reporter.send(in_review(&stack.name));
            } else {
                if let Some(busy) = target.busy(&stack) {
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
        // Those that read from others go first.
        for (target, stack) in deployed.into_iter().rev() {
            found.push(look(&cloud, &assembly, target, stack, &going).await?);
        }
        Ok(ordered(found, &going))
    })
}

/// Looks at all stacks of a preview, wherever the app is deployed; the assembly is that of any preview of the environment.
pub fn survey_preview(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    preview: String,
) -> Operation<Survey> {
    Operation::new(|_| async move {
        let deployed = previews::targets(&cloud, &assembly, &preview).await?;
        for (target, stack) in &deployed {
            if let Some(busy) = target.busy(stack) {
                return Err(busy);
            }
        }
        let going: BTreeSet<String> = deployed
            .iter()
            .map(|(_, stack)| stack.name.clone())
            .collect();
        let mut found = Vec::new();
        // What was created last may read from what was created before.
        for (target, stack) in deployed.into_iter().rev() {
            found.push(look(&cloud, &assembly, target, stack, &going).await?);
        }
        Ok(ordered(found, &going))
    })
}

/// The stacks of the app with these names, producers first, then those that left it.
async fn targets(
    cloud: &Arc<dyn Cloud>,
    assembly: &CloudAssembly,
    names: &[String],
) -> Result<Vec<Target>, Error> {
    let (known, others): (Vec<String>, Vec<String>) = names
        .iter()
        .cloned()
        .partition(|name| assembly.stack(name).is_some());
    let mut found = Vec::new();
    if names.is_empty() || !known.is_empty() {
        found = Target::select(cloud, assembly, &known).await?;
    }
    for name in &known {
        // A path of the app that is the full name of a stack that left as well: neither may be taken for the other.
        if left::region_and_name(name).is_some()
            && let Ok(target) = left::find(cloud, assembly, name).await
        {
            return Err(ambiguous(assembly, name, &target));
        }
    }
    for name in &others {
        let target = left::find(cloud, assembly, name).await?;
        let is_known = |known: &Target| {
            known.left && known.name() == target.name() && known.region == target.region
        };
        if !found.iter().any(is_known) {
            found.push(target);
        }
    }
    Ok(found)
}

fn ambiguous(assembly: &CloudAssembly, name: &str, left: &Target) -> Error {
    let of_app = assembly.stack(name).map_or(name, |stack| &stack.name);
    let finding = Diagnostic::new(
        codes::UNKNOWN_STACK,
        format!("`{name}` is the path of a stack of the app, and the name of one that left it"),
    )
    .note(format!("of the app: `{of_app}`"))
    .note(format!(
        "left the app: `{}` in {}",
        left.name(),
        left.region
    ))
    .help(format!(
        "name that of the app `{of_app}`; give up the other with `orphan --stack {name}`"
    ));
    Error::new(Class::Error, finding)
}

/// The survey of these stacks, in the order of their deletion; importers that go as well are no obstacle.
fn ordered(found: Vec<Doomed>, going: &BTreeSet<String>) -> Survey {
    let mut stacks = importers_first(found);
    for doomed in &mut stacks {
        for (_, importers) in &mut doomed.imported {
            importers.retain(|name| !going.contains(name));
        }
        doomed
            .imported
            .retain(|(_, importers)| !importers.is_empty());
    }
    Survey { stacks }
}

/// The stacks in an order in which none is deleted before another that imports from it. The app does not say it of stacks that left it.
fn importers_first(mut rest: Vec<Doomed>) -> Vec<Doomed> {
    let mut ordered = Vec::new();
    while !rest.is_empty() {
        let names: BTreeSet<String> = rest.iter().map(|doomed| doomed.name().to_owned()).collect();
        let is_free = |doomed: &Doomed| {
            let mut importers = doomed.imported.iter().flat_map(|(_, importers)| importers);
            !importers.any(|name| name != doomed.name() && names.contains(name))
        };
        // CloudFormation lets no two stacks import from each other.
        let next = rest.iter().position(is_free).unwrap_or(0);
        ordered.push(rest.remove(next));
    }
    ordered
}

/// A stack that was planned and never created: there is nothing in it to destroy.
fn in_review(stack: &str) -> Event {
    Event::Notice {
        stack: Some(stack.to_owned()),
        message: format!(
            "stack `{stack}` holds nothing but change sets for review; `plan discard --stack {stack}` removes them and the empty stack"
        ),
    }
}

async fn look(
    cloud: &Arc<dyn Cloud>,
    assembly: &CloudAssembly,
    target: Target,
    stack: StackDescription,
    going: &BTreeSet<String>,
) -> Result<Doomed, Error> {
    // What was planned and never created has no template, and goes all the same.
    let template = if stack.status.is_review() {
        Template::empty()
    } else {
        target.template().await?
    };
    let levels = levels(&target, template.clone()).await?;
    let mut holdings = Vec::new();
    let mut count = 0;
    let mut failed = Vec::new();
    let mut each: Vec<(&Level, &StackResource)> = Vec::new();
    for level in &levels {
        each.extend(level.resources.iter().map(|resource| (level, resource)));
    }
    for (level, resource) in each {
        if resource.status.is("DELETE_COMPLETE") || resource.physical_id.is_none() {
            continue;
        }
        count += 1;
        let name = level.name(&target, resource);
        if resource.status.is("DELETE_FAILED") && level.path.is_empty() {
            failed.push(name.clone());
        }
        let entry = level.template.resource(&resource.logical_id);
        let fate = entry.map_or(Fate::Deleted, fate);
        let stateful = is_stateful(&resource.type_name);
        if !stateful && fate == Fate::Deleted {
            continue;
        }
        let content = match &name.physical_id {
            Some(bucket) if resource.type_name == "AWS::S3::Bucket" && fate == Fate::Deleted => {
                content(cloud, &target.region, bucket).await
            }
            _ => Content::Unknown,
        };
        holdings.push(Holding {
            resource: name,
            fate,
            content,
            stateful,
            protected: entry
                .filter(|_| fate != Fate::Retained)
                .and_then(protection),
        });
    }
    holdings.sort_by(|a, b| (a.fate, &a.resource).cmp(&(b.fate, &b.resource)));
    Ok(Doomed {
        imported: imported(&target, &stack, &template).await?,
        needed_by: needed_by(cloud, assembly, &target, going).await?,
        last_event: target.last_event().await?,
        resources: count,
        holdings,
        failed,
        stack,
        target,
    })
}

/// A stack of a hierarchy: the root, or one that is nested in it.
struct Level {
    /// The logical IDs that lead to it; empty for the root.
    path: String,
    template: Template,
    resources: Vec<StackResource>,
}

impl Level {
    fn name(&self, target: &Target, resource: &StackResource) -> ResourceName {
        let id = nested_path(&self.path, &resource.logical_id);
        let name = target.stack.resource(&id, &resource.type_name);
        name.with_physical_id(resource.physical_id.clone().filter(|id| !id.is_empty()))
    }
}

/// The root with everything that goes with it: nested stacks that stay in AWS are not looked into.
async fn levels(target: &Target, template: Template) -> Result<Vec<Level>, Error> {
    let mut found = Vec::new();
    let root = Level {
        path: String::new(),
        template,
        resources: target.resources().await?,
    };
    let mut waiting = vec![root];
    while let Some(level) = waiting.pop() {
        for resource in &level.resources {
            let entry = level.template.resource(&resource.logical_id);
            let stays = entry.is_some_and(|entry| fate(entry) == Fate::Retained);
            let gone = resource.status.is("DELETE_COMPLETE");
            if resource.type_name != NESTED_STACK || stays || gone || found.len() >= MOST_NESTED {
                continue;
            }
            let Some(arn) = resource.physical_id.as_deref().filter(|id| !id.is_empty()) else {
                continue;
            };
            if let Some((template, resources)) = target.nested(arn).await? {
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

/// Returns what `DeletionPolicy` says, or CloudFormation's default: databases are kept as a snapshot.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html>
fn fate(resource: TemplateResource<'_>) -> Fate {
    match resource.text("DeletionPolicy") {
        Some("Retain" | "RetainExceptOnCreate") => Fate::Retained,
        Some("Snapshot") => Fate::Snapshot,
        Some(_) => Fate::Deleted,
        None => match resource.type_name {
            "AWS::RDS::DBCluster" => Fate::Snapshot,
            "AWS::RDS::DBInstance" => {
                let of_cluster = resource
                    .properties()
                    .is_some_and(|properties| properties.contains_key("DBClusterIdentifier"));
                if of_cluster {
                    Fate::Deleted
                } else {
                    Fate::Snapshot
                }
            }
            _ => Fate::Deleted,
        },
    }
}

/// The property by which a resource refuses to be deleted.
fn protection(resource: TemplateResource<'_>) -> Option<&'static str> {
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

/// The first page is enough to know that a bucket is not empty. Who may not look does not know.
async fn content(cloud: &Arc<dyn Cloud>, region: &str, bucket: &str) -> Content {
    match cloud.objects(region).list(bucket, "", None).await {
        Ok(page) if page.items.is_empty() => Content::Empty,
        Ok(page) => Content::Objects(page.items.len()),
        Err(_) => Content::Unknown,
    }
}

/// Exports that stacks import, with those stacks.
async fn imported(
    target: &Target,
    stack: &StackDescription,
    template: &Template,
) -> Result<Vec<(String, Vec<String>)>, Error> {
    let exports_something = template
        .section("Outputs")
        .any(|(_, output)| output.get("Export").is_some());
    if !exports_something {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for export in target.exports().await? {
        if export.stack_id != stack.id {
            continue;
        }
        let importers = target.importers(&export.name).await?;
        if !importers.is_empty() {
            found.push((export.name, importers));
        }
    }
    Ok(found)
}

/// Stacks of the app that are deployed after this one, are there, and would stay.
async fn needed_by(
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
        for other in Target::select(cloud, assembly, std::slice::from_ref(&stack.id)).await? {
            if other.describe().await?.is_some() {
                found.push(other.stack.path.clone());
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Fate, fate, protection};
    use infra_template::Template;

    fn of(entry: &serde_json::Value) -> (Fate, Option<&'static str>) {
        let template = Template::from_json(json!({ "Resources": { "R": entry } })).unwrap();
        let resource = template.resource("R").unwrap();
        (fate(resource), protection(resource))
    }

    #[test]
    fn without_a_policy_databases_leave_a_snapshot_and_everything_else_goes() {
        let database = json!({ "Type": "AWS::RDS::DBInstance" });
        assert_eq!(of(&database).0, Fate::Snapshot);
        let member = json!({
            "Type": "AWS::RDS::DBInstance",
            "Properties": { "DBClusterIdentifier": "c" },
        });
        assert_eq!(of(&member).0, Fate::Deleted);
        assert_eq!(of(&json!({ "Type": "AWS::S3::Bucket" })).0, Fate::Deleted);
    }

    #[test]
    fn a_policy_and_a_protection_are_read() {
        let kept = json!({ "Type": "AWS::S3::Bucket", "DeletionPolicy": "RetainExceptOnCreate" });
        assert_eq!(of(&kept).0, Fate::Retained);
        let protected = json!({
            "Type": "AWS::RDS::DBCluster",
            "Properties": { "DeletionProtection": true },
        });
        assert_eq!(of(&protected), (Fate::Snapshot, Some("DeletionProtection")));
    }
}
