//! Computes digests of the parts of a deployment outside the change sets: the assembly, and the container images in its templates.

use std::collections::{BTreeMap, BTreeSet};

use infra_core::{Diagnostic, codes};
use serde_json::{Value as JsonValue, json};

use super::record::PlanRecord;
use super::target::Target;
use crate::error::{Class, Error};
use infra_template::assembly::CloudAssembly;
use infra_template::digest::{Digest, canonical_json};

/// Properties that contain a container image: of ECS, Batch and CodeBuild; of Lambda; and of App Runner.
const IMAGE_PROPERTIES: [&str; 3] = ["Image", "ImageUri", "ImageIdentifier"];

/// Returns the digest of everything in an assembly that affects the deployment: each stack with its template, account, region, tags, termination
/// protection and dependencies, its nested templates, and its assets with the contents of their files. Source locations are excluded.
///
/// # Errors
///
/// When a file of an asset cannot be read.
pub(crate) fn assembly_digest(assembly: &CloudAssembly) -> Result<Digest, Error> {
    let mut stacks = Vec::new();
    for stack in &assembly.stacks {
        let mut entry = json!({
            "id": stack.id,
            "path": stack.path,
            "name": stack.name,
            "account": stack.account,
            "region": stack.region,
            "template": stack.template.compute_digest(),
            "tags": stack.tags,
            "terminationProtection": stack.termination_protection,
            "dependencies": stack.dependencies,
        });
        // Stacks without nested stacks or assets keep the digest of versions that did not include these.
        if !stack.nested.is_empty() {
            let nested = stack.nested_templates().into_iter();
            let nested: BTreeMap<String, Digest> = nested
                .map(|(path, template)| (path, template.compute_digest()))
                .collect();
            entry["nested"] = json!(nested);
        }
        if !stack.assets.is_empty() {
            entry["assets"] = stack.assets.describe_contents().map_err(|error| {
                let message = format!("the assets of stack `{}`: {error}", stack.name);
                let finding = Diagnostic::new(codes::ASSEMBLY_NOT_READABLE, message)
                    .path(stack.path.clone())
                    .help("synthesize the app again, and keep the complete folder of the assembly");
                Error::new(Class::Error, finding)
            })?;
        }
        stacks.push(entry);
    }
    Ok(Digest::hash_json(&JsonValue::Array(stacks)))
}

/// Returns the container images of these stacks, by resource as `Stack/LogicalId`. A reference to a parameter is replaced by its value or default;
/// other expressions that only AWS can resolve are returned as in the template.
pub(crate) fn list_images(targets: &[&Target]) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for target in targets {
        for resource in target.stack.template.resources() {
            let mut images = BTreeSet::new();
            for (name, value) in resource.properties().into_iter().flatten() {
                collect_images(target, name, value, &mut images);
            }
            if !images.is_empty() {
                let name = format!("{}/{}", target.stack.name, resource.logical_id);
                found.insert(name, images);
            }
        }
    }
    found
}

fn collect_images(target: &Target, name: &str, value: &JsonValue, found: &mut BTreeSet<String>) {
    if IMAGE_PROPERTIES.contains(&name)
        && let Some(image) = resolve_image(target, value)
    {
        found.insert(image);
        return;
    }
    match value {
        JsonValue::Object(map) => {
            for (name, value) in map {
                collect_images(target, name, value, found);
            }
        }
        JsonValue::Array(items) => {
            for item in items {
                collect_images(target, "", item, found);
            }
        }
        _ => {}
    }
}

/// Returns the image that a value contains; `None` for a structure of properties.
fn resolve_image(target: &Target, value: &JsonValue) -> Option<String> {
    if let JsonValue::String(text) = value {
        return Some(text.clone());
    }
    let (function, argument) = value
        .as_object()
        .filter(|map| map.len() == 1)?
        .iter()
        .next()?;
    if function == "Ref" {
        let name = argument.as_str()?;
        let given = target.parameters.get(name).map(String::as_str);
        let mut declared = target.stack.template.section_entries("Parameters");
        let default = declared.find(|(known, _)| *known == name);
        let default = default.and_then(|(_, entry)| entry["Default"].as_str());
        let shown = given.or(default).filter(|_| !target.no_echo.contains(name));
        return Some(shown.map_or_else(|| canonical_json(value), str::to_owned));
    }
    function.starts_with("Fn::").then(|| canonical_json(value))
}

/// Refuses an assembly other than that of the plan file. The stacks of the plan file have been compared before, so that a difference here is in
/// another stack, the order, or termination protection.
///
/// # Errors
///
/// An error of class [`Stale`](Class::Stale) if the digests differ, or an error if a file of an asset cannot be read.
pub(crate) fn check_assembly(
    record: &PlanRecord,
    assembly: &CloudAssembly,
    targets: &[&Target],
) -> Result<(), Error> {
    let now = assembly_digest(assembly)?;
    let chosen = |name: &String| {
        let stack = name.split('/').next();
        targets
            .iter()
            .any(|target| Some(target.stack.name.as_str()) == stack)
    };
    let mut images_then = record.images.clone();
    images_then.retain(|name, _| chosen(name));
    let what = if now != record.assembly {
        format!(
            "the assembly has the digest {}, but the planned assembly has {}",
            now.short(),
            record.assembly.short()
        )
    } else if list_images(targets) != images_then {
        "the plan file lists other container images than the templates".to_owned()
    } else {
        return Ok(());
    };
    let finding = Diagnostic::new(
        codes::PLAN_MISMATCH,
        format!("the plan file does not match these sources: {what}"),
    )
    .help("synthesize the reviewed sources, or create the plan again with `plan --out FILE`");
    Err(Error::new(Class::Stale, finding))
}
