//! Writes `manifest.json` and the asset manifests of a cloud assembly, in the schema of the CDK.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Value as JsonValue, json};

use super::asset::is_asset_name;
use crate::asset_source::ImageSource;
use crate::diagnostic::{Diagnostic, Severity};
use crate::json_text::{Object, write_array, write_string};
use crate::missing_context::MissingContext;
use crate::synth::{FileAssetArtifact, StackArtifact, Synthesis};

/// Version of the cloud assembly schema. Readers refuse a major version above their own, so this is the lowest version that has every field written
/// here.
const VERSION: &str = "36.0.0";

/// Type of the metadata entry that holds a former construct path of a resource, relative to its stack.
const MOVED_FROM: &str = "infra:moved-from";

/// Type of the metadata entry that holds the interruption which a construct allows.
const AVAILABILITY: &str = "infra:availability";

/// Returns the folder of a stage's nested assembly with a trailing slash, or an empty string for the app itself.
pub(super) fn stage_folder(stage: &str) -> String {
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
pub(super) fn render_asset_manifest(stack: &StackArtifact) -> String {
    let mut manifest = Object::new(String::new());
    manifest.write_text("version", VERSION);
    manifest.write_object("files", |files| {
        let mut seen = BTreeSet::new();
        for nested in stack.nested.iter().filter(|one| seen.insert(&one.hash)) {
            files.write_object(&nested.hash, |file| {
                file.write_text(
                    "displayName",
                    &format!("{} Nested Stack Template", nested.path),
                );
                file.write_object("source", |source| {
                    source.write_text("path", &nested.file);
                    source.write_text("packaging", "file");
                });
                destination(stack, file, &format!("{}.json", nested.hash));
            });
        }
        for asset in stack.assets.iter().filter(|one| !one.is_image()) {
            let source = &asset.source;
            // A file with two extensions has two names, so the name is the key instead of the hash.
            let id = source.file.trim_start_matches("asset.");
            files.write_object(id, |file| {
                file.write_text("displayName", &asset.path);
                file.write_object("source", |place| {
                    place.write_text("path", &source.file);
                    place.write_text("packaging", source.packaging.as_str());
                });
                destination(stack, file, &source.key);
            });
        }
    });
    manifest.write_object("dockerImages", |images| {
        for asset in &stack.assets {
            if let Some(image) = &asset.source.image {
                images.write_object(&asset.source.key, |entry| {
                    image_entry(stack, entry, asset, image);
                });
            }
        }
    });
    let mut text = manifest.finish_object();
    text.push('\n');
    text
}

/// Writes the place in the bucket to which a file is published.
fn destination(stack: &StackArtifact, file: &mut Object, key: &str) {
    file.write_object("destinations", |destinations| {
        destinations.write_object("current", |place| {
            place.write_text("bucketName", &stack.asset_bucket);
            place.write_text("objectKey", key);
            if let Some(region) = &stack.environment.region {
                place.write_text("region", region);
            }
        });
    });
}

/// Writes an image: how it is built, and the repository to which it is pushed.
fn image_entry(
    stack: &StackArtifact,
    entry: &mut Object,
    asset: &FileAssetArtifact,
    image: &ImageSource,
) {
    entry.write_text("displayName", &asset.path);
    entry.write_object("source", |source| {
        source.write_text("directory", &asset.source.file);
        let options = [
            ("dockerFile", &image.docker_file),
            ("dockerBuildTarget", &image.target),
            ("platform", &image.platform),
        ];
        for (name, value) in options {
            if let Some(value) = value {
                source.write_text(name, value);
            }
        }
        if !image.build_args.is_empty() {
            source.write_object("dockerBuildArgs", |arguments| {
                let pairs = image.build_args.iter();
                pairs.for_each(|(name, value)| arguments.write_text(name, value));
            });
        }
        image.options.write(source);
    });
    entry.write_object("destinations", |destinations| {
        destinations.write_object("current", |place| {
            place.write_text("repositoryName", &stack.asset_repository);
            place.write_text("imageTag", &asset.source.key);
            if let Some(region) = &stack.environment.region {
                place.write_text("region", region);
            }
        });
    });
}

/// Returns the text of every manifest by file name: one for the app and one for each stage.
pub(super) fn render_manifests(synthesis: &Synthesis) -> BTreeMap<String, String> {
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
    let name = |stage: &str| format!("{}manifest.json", stage_folder(stage));
    stages
        .iter()
        .map(|stage| (name(stage), render_manifest(synthesis, stage, &nested)))
        .collect()
}

fn render_manifest(synthesis: &Synthesis, stage: &str, nested: &[&str]) -> String {
    let mut manifest = Object::new(String::new());
    manifest.write_text("version", VERSION);
    manifest.write_object("artifacts", |artifacts| {
        if stage.is_empty() {
            artifacts.write_object("Tree", |tree| {
                tree.write_text("type", "cdk:tree");
                tree.write_object("properties", |properties| {
                    properties.write_text("file", "tree.json");
                });
            });
            for inner in nested {
                artifacts.write_object(&nested_id(inner), |assembly| {
                    assembly.write_text("type", "cdk:cloud-assembly");
                    assembly.write_object("properties", |properties| {
                        properties.write_text("directoryName", &nested_id(inner));
                        properties.write_text("displayName", inner);
                    });
                });
            }
        }
        for stack in synthesis.stacks.iter().filter(|stack| stack.stage == stage) {
            if has_assets(stack) {
                artifacts.write_object(&assets_id(stack), |artifact| {
                    artifact.write_text("type", "cdk:asset-manifest");
                    artifact.write_object("properties", |properties| {
                        properties.write_text("file", &assets_file(stack));
                    });
                });
            }
            artifacts.write_object(&stack.id, |artifact| {
                stack_artifact(synthesis, stack, artifact);
            });
        }
    });
    if stage.is_empty() && !synthesis.missing.is_empty() {
        manifest.write_key("missing");
        write_array(&mut manifest.out, &synthesis.missing, |out, missing| {
            let MissingContext {
                key,
                provider,
                props,
            } = missing;
            out.push_str(&json!({ "key": key, "provider": provider, "props": props }).to_string());
        });
    }
    let mut text = manifest.finish_object();
    text.push('\n');
    text
}

fn stack_artifact(synthesis: &Synthesis, stack: &StackArtifact, artifact: &mut Object) {
    artifact.write_text("type", "aws:cloudformation:stack");
    artifact.write_text("environment", &stack.environment.to_string());
    artifact.write_object("properties", |properties| {
        properties.write_text("templateFile", &template_file(stack));
        properties.write_text("stackName", &stack.stack_name);
        if stack.termination_protection {
            properties.write_key("terminationProtection");
            properties.out.push_str("true");
        }
        if !stack.tags.is_empty() {
            properties.write_object("tags", |tags| {
                stack
                    .tags
                    .iter()
                    .for_each(|(key, value)| tags.write_text(key, value));
            });
        }
    });
    let mut dependencies = stack.dependencies.clone();
    if has_assets(stack) {
        dependencies.push(assets_id(stack));
    }
    if !dependencies.is_empty() {
        artifact.write_key("dependencies");
        write_array(&mut artifact.out, &dependencies, |out, id| {
            write_string(out, id);
        });
    }
    artifact.write_object("metadata", |metadata| {
        write_metadata(synthesis, stack, metadata);
    });
    artifact.write_text("displayName", &stack.path);
}

/// Writes the metadata that the `cdk` CLI shows for a construct: the logical ID with its source location, and warnings. Former paths and limits of
/// interruptions have entry types of this project; the `cdk` CLI ignores types that it does not know.
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
    let mut limits: BTreeMap<&str, &str> = stack
        .interruption_limits
        .iter()
        .map(|(path, allowed)| (path.as_str(), allowed.as_str()))
        .collect();
    let nested = stack.nested.iter().map(|nested| &nested.template);
    let templates = std::iter::once(&stack.template).chain(nested);
    for resource in templates.flat_map(|template| &template.resources) {
        metadata.write_key(&format!("/{}", resource.path));
        metadata.out.push('[');
        let mut entry = Object::new(std::mem::take(&mut metadata.out));
        entry.write_text("type", "aws:cdk:logicalId");
        entry.write_text("data", &resource.logical_id);
        entry.write_key("trace");
        write_array(&mut entry.out, [&resource.place], |out, place| {
            write_string(out, &place.to_string());
        });
        metadata.out = entry.finish_object();
        for former in &resource.moved_from {
            metadata.out.push(',');
            let mut entry = Object::new(std::mem::take(&mut metadata.out));
            entry.write_text("type", MOVED_FROM);
            entry.write_text("data", former);
            metadata.out = entry.finish_object();
        }
        if let Some(allowed) = limits.remove(resource.path.as_str()) {
            metadata.out.push(',');
            write_limit(&mut metadata.out, allowed);
        }
        for finding in warnings.remove(resource.path.as_str()).unwrap_or_default() {
            metadata.out.push(',');
            write_warning(&mut metadata.out, finding);
        }
        metadata.out.push(']');
    }
    let others: BTreeSet<&str> = warnings.keys().chain(limits.keys()).copied().collect();
    for path in others {
        metadata.write_key(&format!("/{path}"));
        let limit = limits
            .get(path)
            .map(|allowed| ConstructEntry::Limit(allowed));
        let findings = warnings.get(path).into_iter().flatten();
        let entries = limit
            .into_iter()
            .chain(findings.map(|finding| ConstructEntry::Warning(finding)));
        write_array(&mut metadata.out, entries, |out, entry| match entry {
            ConstructEntry::Limit(allowed) => write_limit(out, allowed),
            ConstructEntry::Warning(finding) => write_warning(out, finding),
        });
    }
}

/// An entry of the metadata of a construct that is no resource.
enum ConstructEntry<'m> {
    Limit(&'m str),
    Warning(&'m Diagnostic),
}

fn write_limit(out: &mut String, allowed: &str) {
    let mut entry = Object::new(std::mem::take(out));
    entry.write_text("type", AVAILABILITY);
    entry.write_text("data", allowed);
    *out = entry.finish_object();
}

fn write_warning(out: &mut String, finding: &Diagnostic) {
    let mut entry = Object::new(std::mem::take(out));
    entry.write_text("type", "aws:cdk:warning");
    entry.write_text(
        "data",
        &format!("{} [ack: {}]", finding.message, finding.code),
    );
    entry.write_key("trace");
    write_array(&mut entry.out, &finding.place, |out, place| {
        write_string(out, &place.to_string());
    });
    *out = entry.finish_object();
}

/// Returns the files that the manifests of the assembly already in the folder name: manifests, templates, templates of nested stacks and assets.
pub(super) fn list_earlier_files(directory: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect_files(directory, "", &mut found);
    found
}

fn collect_files(directory: &Path, prefix: &str, found: &mut BTreeSet<String>) {
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
            collect_files(directory, &format!("{prefix}{nested}/"), found);
        }
    }
}

/// Adds an asset manifest and the files and folders it lists. Names of other forms are skipped, because they were not written by this crate.
fn published_files(directory: &Path, prefix: &str, file: &str, found: &mut BTreeSet<String>) {
    let name = format!("{prefix}{file}");
    let text = fs::read_to_string(directory.join(&name)).unwrap_or_default();
    let manifest: JsonValue = serde_json::from_str(&text).unwrap_or_default();
    let entries = |kind: &str, source: &str| {
        let listed = manifest[kind].as_object().into_iter().flatten();
        let paths = listed.filter_map(|(_, asset)| asset["source"][source].as_str());
        paths.map(str::to_owned).collect::<Vec<_>>()
    };
    let files = entries("files", "path");
    for path in files
        .into_iter()
        .chain(entries("dockerImages", "directory"))
    {
        let path = Some(path.as_str());
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
