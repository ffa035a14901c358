//! Writes the files of an assembly in the form that the `cdk` CLI reads.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map as JsonMap, Value as JsonValue, json};

use super::assets::AssetManifest;
use super::{Annotation, AssumedRole, BootstrapVersion, CloudAssembly, Stack};
use crate::nested;

/// Version of the manifest: the lowest one with every field written here.
const VERSION: &str = "48.0.0";

/// Returns the files of an assembly by name.
pub(super) fn render_files(assembly: &CloudAssembly) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut artifacts = JsonMap::new();
    let known: BTreeSet<&str> = assembly
        .stacks
        .iter()
        .map(|stack| stack.id.as_str())
        .collect();
    for stack in &assembly.stacks {
        let inside = format!("{}/", stack.path);
        let annotations: Vec<&Annotation> = assembly
            .annotations
            .iter()
            .filter(|one| one.path == stack.path || one.path.starts_with(&inside))
            .collect();
        let has_assets = !stack.assets.is_empty() || stack.assets.bootstrap.is_some();
        if has_assets {
            let file = format!("{}.assets.json", stack.id);
            let manifest = AssetManifest {
                version: VERSION.to_owned(),
                files: stack.assets.files.clone(),
                docker_images: stack.assets.images.clone(),
            };
            let mut properties = JsonMap::new();
            properties.insert("file".to_owned(), json!(file));
            put_bootstrap(&mut properties, stack.assets.bootstrap.as_ref());
            artifacts.insert(
                assets_id(stack),
                json!({ "type": "cdk:asset-manifest", "properties": properties }),
            );
            files.insert(file, format!("{:#}\n", json!(manifest)));
        }
        artifacts.insert(
            stack.id.clone(),
            stack_artifact(stack, &annotations, &known, has_assets),
        );
        files.insert(template_file(stack), stack.template.json());
        nested::collect_files(&stack.nested, &mut files);
    }
    let mut manifest = json!({ "version": VERSION, "artifacts": artifacts });
    if !assembly.lookups.is_empty() {
        let lookups = assembly.lookups.iter();
        manifest["missing"] = lookups
            .map(|lookup| {
                json!({ "key": lookup.key, "provider": lookup.provider, "props": lookup.props })
            })
            .collect();
    }
    files.insert("manifest.json".to_owned(), format!("{manifest:#}\n"));
    files
}

fn template_file(stack: &Stack) -> String {
    format!("{}.template.json", stack.id)
}

fn assets_id(stack: &Stack) -> String {
    format!("{}.assets", stack.id)
}

fn stack_artifact(
    stack: &Stack,
    annotations: &[&Annotation],
    known: &BTreeSet<&str>,
    has_assets: bool,
) -> JsonValue {
    let place =
        |value: &Option<String>, unknown: &str| value.clone().unwrap_or_else(|| unknown.to_owned());
    let environment = format!(
        "aws://{}/{}",
        place(&stack.account, "unknown-account"),
        place(&stack.region, "unknown-region")
    );
    // A part of an app may depend on stacks of the rest, which the files do not contain.
    let mut dependencies: Vec<String> = stack
        .dependencies
        .iter()
        .filter(|id| known.contains(id.as_str()))
        .cloned()
        .collect();
    if has_assets {
        dependencies.push(assets_id(stack));
    }
    json!({
        "type": "aws:cloudformation:stack",
        "environment": environment,
        "properties": stack_properties(stack),
        "dependencies": dependencies,
        "metadata": super::metadata::render_metadata(stack, annotations),
        "displayName": stack.path,
    })
}

fn stack_properties(stack: &Stack) -> JsonMap<String, JsonValue> {
    let settings = &stack.settings;
    let mut found = JsonMap::new();
    let mut put = |name: &str, value: JsonValue| {
        found.insert(name.to_owned(), value);
    };
    put("templateFile", json!(template_file(stack)));
    put("stackName", json!(stack.name));
    put("tags", json!(stack.tags));
    put("terminationProtection", json!(stack.termination_protection));
    if let Some(role) = &settings.deploy_role {
        put("assumeRoleArn", json!(role.arn));
        if let Some(id) = &role.external_id {
            put("assumeRoleExternalId", json!(id));
        }
        if let Some(options) = session_options(role) {
            put("assumeRoleAdditionalOptions", options);
        }
    }
    if let Some(role) = &settings.execution_role {
        put("cloudFormationExecutionRoleArn", json!(role));
    }
    if let Some(url) = &settings.template_url {
        put("stackTemplateAssetObjectUrl", json!(url));
    }
    if !settings.notification_arns.is_empty() {
        put("notificationArns", json!(settings.notification_arns));
    }
    if !settings.parameters.is_empty() {
        put("parameters", json!(settings.parameters));
    }
    if settings.validate_on_synth {
        put("validateOnSynth", json!(true));
    }
    if let Some(role) = &settings.lookup_role {
        let mut lookup = JsonMap::new();
        lookup.insert("arn".to_owned(), json!(role.arn));
        if let Some(id) = &role.external_id {
            lookup.insert("assumeRoleExternalId".to_owned(), json!(id));
        }
        if let Some(options) = session_options(role) {
            lookup.insert("assumeRoleAdditionalOptions".to_owned(), options);
        }
        put("lookupRole", json!(lookup));
    }
    put_bootstrap(&mut found, settings.bootstrap.as_ref());
    found
}

fn put_bootstrap(properties: &mut JsonMap<String, JsonValue>, needs: Option<&BootstrapVersion>) {
    if let Some(needs) = needs {
        properties.insert(
            "requiresBootstrapStackVersion".to_owned(),
            json!(needs.version),
        );
        if let Some(parameter) = &needs.parameter {
            properties.insert(
                "bootstrapStackVersionSsmParameter".to_owned(),
                json!(parameter),
            );
        }
    }
}

fn session_options(role: &AssumedRole) -> Option<JsonValue> {
    if role.session_tags.is_empty() {
        return None;
    }
    let tags = role.session_tags.iter();
    let tags: Vec<JsonValue> = tags
        .map(|(key, value)| json!({ "Key": key, "Value": value }))
        .collect();
    Some(json!({ "Tags": tags }))
}
