//! `manifest.json`: what the assembly holds, in the CDK's schema.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Map as JsonMap, Value as JsonValue, json};

use crate::diagnostic::Severity;
use crate::synth::{StackArtifact, Synthesis};

/// The cloud assembly schema. Readers refuse a major version above their own, so the lowest one that fits is best.
const VERSION: &str = "36.0.0";

/// The folder of a stage's nested assembly, with a slash behind it; empty for the app itself.
pub(super) fn folder(stage: &str) -> String {
    if stage.is_empty() {
        String::new()
    } else {
        format!("{}/", nested_id(stage))
    }
}

fn nested_id(stage: &str) -> String {
    format!("assembly-{}", stage.replace('/', "-"))
}

pub(super) fn template_file(stack: &StackArtifact) -> String {
    format!("{}.template.json", stack.id)
}

/// The manifests by file name: the app's, and one for each stage.
pub(super) fn manifests(synthesis: &Synthesis) -> BTreeMap<String, JsonValue> {
    let mut stages: BTreeSet<&str> = synthesis
        .stacks
        .iter()
        .map(|stack| stack.stage.as_str())
        .collect();
    stages.insert("");
    let nested: Vec<&str> = stages
        .iter()
        .copied()
        .filter(|stage| !stage.is_empty())
        .collect();
    stages
        .iter()
        .map(|stage| {
            (
                format!("{}manifest.json", folder(stage)),
                manifest(synthesis, stage, &nested),
            )
        })
        .collect()
}

fn manifest(synthesis: &Synthesis, stage: &str, nested: &[&str]) -> JsonValue {
    let mut artifacts = JsonMap::new();
    if stage.is_empty() {
        artifacts.insert(
            "Tree".to_owned(),
            json!({ "type": "cdk:tree", "properties": { "file": "tree.json" } }),
        );
        for inner in nested {
            let id = nested_id(inner);
            let properties = json!({ "directoryName": id, "displayName": inner });
            artifacts.insert(
                id,
                json!({ "type": "cdk:cloud-assembly", "properties": properties }),
            );
        }
    }
    for stack in synthesis.stacks.iter().filter(|stack| stack.stage == stage) {
        artifacts.insert(stack.id.clone(), stack_artifact(synthesis, stack));
    }
    let mut manifest = JsonMap::new();
    manifest.insert("version".to_owned(), VERSION.into());
    manifest.insert("artifacts".to_owned(), JsonValue::Object(artifacts));
    if stage.is_empty() && !synthesis.missing.is_empty() {
        let missing = synthesis
            .missing
            .iter()
            .map(|m| json!({ "key": m.key, "provider": m.provider, "props": m.props }));
        manifest.insert("missing".to_owned(), missing.collect());
    }
    JsonValue::Object(manifest)
}

fn stack_artifact(synthesis: &Synthesis, stack: &StackArtifact) -> JsonValue {
    let mut properties = JsonMap::new();
    properties.insert("templateFile".to_owned(), template_file(stack).into());
    properties.insert("stackName".to_owned(), stack.stack_name.as_str().into());
    if stack.termination_protection {
        properties.insert("terminationProtection".to_owned(), true.into());
    }
    if !stack.tags.is_empty() {
        properties.insert("tags".to_owned(), json!(stack.tags));
    }
    let mut artifact = JsonMap::new();
    artifact.insert("type".to_owned(), "aws:cloudformation:stack".into());
    artifact.insert(
        "environment".to_owned(),
        stack.environment.to_string().into(),
    );
    artifact.insert("properties".to_owned(), JsonValue::Object(properties));
    if !stack.dependencies.is_empty() {
        artifact.insert("dependencies".to_owned(), stack.dependencies.clone().into());
    }
    artifact.insert("metadata".to_owned(), metadata(synthesis, stack));
    artifact.insert("displayName".to_owned(), stack.path.as_str().into());
    JsonValue::Object(artifact)
}

/// Logical IDs with source places, and warnings, which the `cdk` CLI shows at the construct they belong to.
fn metadata(synthesis: &Synthesis, stack: &StackArtifact) -> JsonValue {
    let mut entries: BTreeMap<String, Vec<JsonValue>> = BTreeMap::new();
    for resource in &stack.template.resources {
        let entry = json!({
            "type": "aws:cdk:logicalId",
            "data": resource.logical_id,
            "trace": [resource.place.to_string()],
        });
        entries
            .entry(format!("/{}", resource.path))
            .or_default()
            .push(entry);
    }
    if !stack.tags.is_empty() {
        let tags: Vec<JsonValue> = stack
            .tags
            .iter()
            .map(|(key, value)| json!({ "Key": key, "Value": value }))
            .collect();
        let entry = json!({ "type": "aws:cdk:stack-tags", "data": tags });
        entries
            .entry(format!("/{}", stack.path))
            .or_default()
            .push(entry);
    }
    for finding in synthesis
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Warning)
    {
        let path = finding.path.as_deref().unwrap_or_default();
        if path == stack.path || path.starts_with(&format!("{}/", stack.path)) {
            let data = format!("{} [ack: {}]", finding.message, finding.code);
            let trace: Vec<String> = finding.place.iter().map(ToString::to_string).collect();
            let entry = json!({ "type": "aws:cdk:warning", "data": data, "trace": trace });
            entries.entry(format!("/{path}")).or_default().push(entry);
        }
    }
    json!(entries)
}

/// The templates that the assembly already in the folder names, nested ones included.
pub(super) fn files_of_earlier(directory: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(directory, "", &mut found);
    found
}

fn collect(directory: &Path, prefix: &str, found: &mut BTreeSet<String>) {
    let name = format!("{prefix}manifest.json");
    let Ok(text) = fs::read_to_string(directory.join(&name)) else {
        return;
    };
    let Ok(manifest) = serde_json::from_str::<JsonValue>(&text) else {
        return;
    };
    found.insert(name);
    for artifact in manifest["artifacts"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(_, artifact)| artifact)
    {
        let property = |name: &str| {
            artifact["properties"][name]
                .as_str()
                .filter(|file| is_plain_name(file))
        };
        if let Some(file) = property("templateFile") {
            found.insert(format!("{prefix}{file}"));
        }
        if let Some(nested) = property("directoryName") {
            collect(directory, &format!("{prefix}{nested}/"), found);
        }
    }
}

/// A manifest someone else wrote must not make us remove files outside the folder.
fn is_plain_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(['/', '\\']) && name != ".."
}
