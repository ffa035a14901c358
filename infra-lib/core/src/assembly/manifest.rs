//! Writes `manifest.json` and the asset manifests of a cloud assembly, in the schema of the CDK.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Value as JsonValue, json};

use super::asset::is_asset_name;
use crate::diagnostic::{Diagnostic, Severity};
use crate::json_text::{Object, array, string};
use crate::missing_context::MissingContext;
use crate::synth::{StackArtifact, Synthesis};

/// Version of the cloud assembly schema. Readers refuse a major version above their own, so this is the lowest version that has every field written
/// here.
const VERSION: &str = "36.0.0";

/// Type of the metadata entry that holds a former construct path of a resource, relative to its stack.
const MOVED_FROM: &str = "infra:moved-from";

/// Returns the folder of a stage's nested assembly with a trailing slash, or an empty string for the app itself.
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

/// Returns `true` if the stack has files to publish, and therefore an asset manifest.
pub(super) fn has_assets(stack: &StackArtifact) -> bool {
    !stack.nested.is_empty() || !stack.assets.is_empty()
}

/// Returns the file name of the asset manifest of a stack.
pub(super) fn assets_file(stack: &StackArtifact) -> String {
    format!("{}.assets.json", stack.id)
}

fn assets_id(stack: &StackArtifact) -> String {
    format!("{}.assets", stack.id)
}

/// Returns the asset manifest of a stack, which lists its assets and the templates of its nested stacks as files to publish. It names no role: the credentials of
/// the deployment publish the files.
pub(super) fn assets(stack: &StackArtifact) -> String {
    let mut manifest = Object::new(String::new());
    manifest.text("version", VERSION);
    manifest.object("files", |files| {
        let mut seen = BTreeSet::new();
        for nested in stack.nested.iter().filter(|one| seen.insert(&one.hash)) {
            files.object(&nested.hash, |file| {
                file.text(
                    "displayName",
                    &format!("{} Nested Stack Template", nested.path),
                );
                file.object("source", |source| {
                    source.text("path", &nested.file);
                    source.text("packaging", "file");
                });
                destination(stack, file, &format!("{}.json", nested.hash));
            });
        }
        for asset in &stack.assets {
            let source = &asset.source;
            // A file with two extensions has two names, so the name is the key instead of the hash.
            let id = source.file.trim_start_matches("asset.");
            files.object(id, |file| {
                file.text("displayName", &asset.path);
                file.object("source", |place| {
                    place.text("path", &source.file);
                    place.text("packaging", source.packaging.as_str());
                });
                destination(stack, file, &source.key);
            });
        }
    });
    manifest.object("dockerImages", |_| {});
    let mut text = manifest.end();
    text.push('\n');
    text
}

/// Writes the place in the bucket to which a file is published.
fn destination(stack: &StackArtifact, file: &mut Object, key: &str) {
    file.object("destinations", |destinations| {
        destinations.object("current", |place| {
            place.text("bucketName", &stack.asset_bucket);
            place.text("objectKey", key);
            if let Some(region) = &stack.environment.region {
                place.text("region", region);
            }
        });
    });
}

/// Returns the text of every manifest by file name: one for the app and one for each stage.
pub(super) fn manifests(synthesis: &Synthesis) -> BTreeMap<String, String> {
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
    let name = |stage: &str| format!("{}manifest.json", folder(stage));
    stages
        .iter()
        .map(|stage| (name(stage), manifest(synthesis, stage, &nested)))
        .collect()
}

fn manifest(synthesis: &Synthesis, stage: &str, nested: &[&str]) -> String {
    let mut manifest = Object::new(String::new());
    manifest.text("version", VERSION);
    manifest.object("artifacts", |artifacts| {
        if stage.is_empty() {
            artifacts.object("Tree", |tree| {
                tree.text("type", "cdk:tree");
                tree.object("properties", |properties| {
                    properties.text("file", "tree.json");
                });
            });
            for inner in nested {
                artifacts.object(&nested_id(inner), |assembly| {
                    assembly.text("type", "cdk:cloud-assembly");
                    assembly.object("properties", |properties| {
                        properties.text("directoryName", &nested_id(inner));
                        properties.text("displayName", inner);
                    });
                });
            }
        }
        for stack in synthesis.stacks.iter().filter(|stack| stack.stage == stage) {
            if has_assets(stack) {
                artifacts.object(&assets_id(stack), |artifact| {
                    artifact.text("type", "cdk:asset-manifest");
                    artifact.object("properties", |properties| {
                        properties.text("file", &assets_file(stack));
                    });
                });
            }
            artifacts.object(&stack.id, |artifact| {
                stack_artifact(synthesis, stack, artifact);
            });
        }
    });
    if stage.is_empty() && !synthesis.missing.is_empty() {
        manifest.key("missing");
        array(&mut manifest.out, &synthesis.missing, |out, missing| {
            let MissingContext {
                key,
                provider,
                props,
            } = missing;
            out.push_str(&json!({ "key": key, "provider": provider, "props": props }).to_string());
        });
    }
    let mut text = manifest.end();
    text.push('\n');
    text
}

fn stack_artifact(synthesis: &Synthesis, stack: &StackArtifact, artifact: &mut Object) {
    artifact.text("type", "aws:cloudformation:stack");
    artifact.text("environment", &stack.environment.to_string());
    artifact.object("properties", |properties| {
        properties.text("templateFile", &template_file(stack));
        properties.text("stackName", &stack.stack_name);
        if stack.termination_protection {
            properties.key("terminationProtection");
            properties.out.push_str("true");
        }
        if !stack.tags.is_empty() {
            properties.object("tags", |tags| {
                stack
                    .tags
                    .iter()
                    .for_each(|(key, value)| tags.text(key, value));
            });
        }
    });
    let mut dependencies = stack.dependencies.clone();
    if has_assets(stack) {
        dependencies.push(assets_id(stack));
    }
    if !dependencies.is_empty() {
        artifact.key("dependencies");
        array(&mut artifact.out, &dependencies, |out, id| {
            string(out, id);
        });
    }
    artifact.object("metadata", |metadata| {
        write_metadata(synthesis, stack, metadata);
    });
    artifact.text("displayName", &stack.path);
}

/// Writes the metadata that the `cdk` CLI shows for a construct: the logical ID with its source location, and warnings.
fn write_metadata(synthesis: &Synthesis, stack: &StackArtifact, metadata: &mut Object) {
    let mut warnings: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    let inside = format!("{}/", stack.path);
    for finding in synthesis
        .findings
        .iter()
        .filter(|found| found.severity == Severity::Warning)
    {
        let path = finding.path.as_deref().unwrap_or_default();
        if path == stack.path || path.starts_with(&inside) {
            warnings.entry(path).or_default().push(finding);
        }
    }
    let nested = stack.nested.iter().map(|nested| &nested.template);
    let templates = std::iter::once(&stack.template).chain(nested);
    for resource in templates.flat_map(|template| &template.resources) {
        metadata.key(&format!("/{}", resource.path));
        metadata.out.push('[');
        let mut entry = Object::new(std::mem::take(&mut metadata.out));
        entry.text("type", "aws:cdk:logicalId");
        entry.text("data", &resource.logical_id);
        entry.key("trace");
        array(&mut entry.out, [&resource.place], |out, place| {
            string(out, &place.to_string());
        });
        metadata.out = entry.end();
        for former in &resource.moved_from {
            metadata.out.push(',');
            let mut entry = Object::new(std::mem::take(&mut metadata.out));
            // An entry type of this project; the `cdk` CLI ignores types it does not know.
            entry.text("type", MOVED_FROM);
            entry.text("data", former);
            metadata.out = entry.end();
        }
        for finding in warnings.remove(resource.path.as_str()).unwrap_or_default() {
            metadata.out.push(',');
            write_warning(&mut metadata.out, finding);
        }
        metadata.out.push(']');
    }
    for (path, findings) in warnings {
        metadata.key(&format!("/{path}"));
        array(&mut metadata.out, findings, write_warning);
    }
}

fn write_warning(out: &mut String, finding: &Diagnostic) {
    let mut entry = Object::new(std::mem::take(out));
    entry.text("type", "aws:cdk:warning");
    entry.text(
        "data",
        &format!("{} [ack: {}]", finding.message, finding.code),
    );
    entry.key("trace");
    array(&mut entry.out, &finding.place, |out, place| {
        string(out, &place.to_string());
    });
    *out = entry.end();
}

/// Returns the files that the manifests of the assembly already in the folder name: manifests, templates, templates of nested stacks and assets.
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
        if let Some(file) = property("file").filter(|file| file.ends_with(".assets.json")) {
            published_files(directory, prefix, file, found);
        }
        if let Some(nested) = property("directoryName") {
            collect(directory, &format!("{prefix}{nested}/"), found);
        }
    }
}

/// Adds an asset manifest and the files and folders it lists. Names of other forms are skipped, because they were not written by this crate.
fn published_files(directory: &Path, prefix: &str, file: &str, found: &mut BTreeSet<String>) {
    let name = format!("{prefix}{file}");
    let text = fs::read_to_string(directory.join(&name)).unwrap_or_default();
    let manifest: JsonValue = serde_json::from_str(&text).unwrap_or_default();
    for (_, asset) in manifest["files"].as_object().into_iter().flatten() {
        let path = asset["source"]["path"].as_str();
        let written = path.filter(|path| {
            is_asset_name(path) || (is_plain_name(path) && path.ends_with(".nested.template.json"))
        });
        found.extend(written.map(|path| format!("{prefix}{path}")));
    }
    found.insert(name);
}

/// Returns `true` for a file name without a folder part. A manifest written by another program must not cause files outside the folder to be removed.
fn is_plain_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(['/', '\\']) && name != ".."
}
