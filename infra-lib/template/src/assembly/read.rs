//! Reads the manifest of an app and, recursively, those of its stages in their folders.

use std::collections::BTreeMap;
use std::path::Path;

use infra_core::{Diagnostic, MissingContext, codes};
use serde::Deserialize;
use serde_json::{Map as JsonMap, Value as JsonValue};

use super::assets::AssetManifest;
use super::{
    AssemblyError, Assets, AssumedRole, BootstrapVersion, CloudAssembly, Stack, StackSettings,
    annotations, metadata, order,
};
use crate::Template;
use crate::nested;

/// Newest major version of the schema whose properties are all supported. Readers of the CDK refuse newer versions too.
const NEWEST_VERSION: u32 = 55;

/// Function that reads a file of the assembly by name.
type ReadFile<'f> = dyn Fn(&str) -> Result<String, String> + 'f;

/// Returns the assembly of a set of files. `folder` is the folder of its assets, if available.
pub(super) fn read_assembly(
    file: &ReadFile<'_>,
    folder: Option<&Path>,
) -> Result<CloudAssembly, AssemblyError> {
    let mut reader = Reader {
        file,
        folder,
        found: CloudAssembly::default(),
        members: BTreeMap::new(),
    };
    reader.read_manifest("", &[])?;
    let Reader {
        mut found, members, ..
    } = reader;
    for stack in &mut found.stacks {
        let mut dependencies: Vec<String> = Vec::new();
        for id in &stack.dependencies {
            let Some(ids) = members.get(id) else {
                if folder.is_none() {
                    // Earlier versions recorded part of an app with all of its dependencies.
                    continue;
                }
                return Err(not_readable(format!(
                    "the artifact `{}` depends on `{id}`, which is not in the assembly",
                    stack.id
                )));
            };
            let new = ids.iter().filter(|id| **id != stack.id);
            for id in new {
                if !dependencies.contains(id) {
                    dependencies.push(id.clone());
                }
            }
        }
        stack.dependencies = dependencies;
    }
    found.stacks = order::sort_stacks(found.stacks)?;
    Ok(found)
}

pub(super) fn not_readable(message: impl Into<String>) -> AssemblyError {
    let finding = Diagnostic::new(codes::ASSEMBLY_NOT_READABLE, message)
        .help("create it with `synth --out FOLDER` and pass that folder");
    finding.into()
}

/// Returns the error for an element that this version does not support and must not ignore.
fn not_understood(message: impl Into<String>) -> AssemblyError {
    let finding = Diagnostic::new(codes::ASSEMBLY_NOT_READABLE, message)
        .note("unknown content is not ignored, because it may affect how the stacks are deployed")
        .help("use a newer version of this tool, or an older version of the CDK");
    finding.into()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Manifest {
    version: String,
    /// Artifacts in the order of the file, which is the deployment order unless dependencies require another.
    #[serde(default)]
    artifacts: JsonMap<String, JsonValue>,
    #[serde(default)]
    missing: Vec<Missing>,
    /// Oldest supported version of the `cdk` CLI. Ignored, because the schema version already restricts other readers.
    #[serde(default, rename = "minimumCliVersion")]
    _minimum_cli_version: Option<JsonValue>,
    /// Versions of libraries, for display. Ignored.
    #[serde(default, rename = "runtime")]
    _runtime: Option<JsonValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Missing {
    key: String,
    provider: String,
    props: JsonMap<String, JsonValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Artifact {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    environment: String,
    #[serde(default)]
    properties: JsonValue,
    #[serde(default)]
    dependencies: Vec<String>,
    #[serde(default)]
    metadata: JsonValue,
    additional_metadata_file: Option<String>,
    display_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct StackProperties {
    template_file: String,
    stack_name: Option<String>,
    #[serde(default)]
    parameters: BTreeMap<String, String>,
    tags: Option<BTreeMap<String, String>>,
    #[serde(default)]
    notification_arns: Vec<String>,
    #[serde(default)]
    termination_protection: bool,
    assume_role_arn: Option<String>,
    assume_role_external_id: Option<String>,
    assume_role_additional_options: Option<JsonValue>,
    cloud_formation_execution_role_arn: Option<String>,
    lookup_role: Option<BootstrapRole>,
    stack_template_asset_object_url: Option<String>,
    requires_bootstrap_stack_version: Option<u32>,
    bootstrap_stack_version_ssm_parameter: Option<String>,
    #[serde(default)]
    validate_on_synth: bool,
    #[serde(default)]
    additional_dependencies: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct BootstrapRole {
    arn: String,
    assume_role_external_id: Option<String>,
    assume_role_additional_options: Option<JsonValue>,
    /// Minimum bootstrap version for the role. Ignored: without the role, stacks are read with other credentials.
    #[serde(default, rename = "requiresBootstrapStackVersion")]
    _requires: Option<u32>,
    #[serde(default, rename = "bootstrapStackVersionSsmParameter")]
    _parameter: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct AssetProperties {
    file: String,
    requires_bootstrap_stack_version: Option<u32>,
    bootstrap_stack_version_ssm_parameter: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NestedProperties {
    directory_name: String,
    #[serde(default, rename = "displayName")]
    _display_name: Option<String>,
}

struct Reader<'r> {
    file: &'r ReadFile<'r>,
    folder: Option<&'r Path>,
    found: CloudAssembly,
    /// Stacks that each artifact consists of: a stage has several, an asset manifest has none.
    members: BTreeMap<String, Vec<String>>,
}

impl Reader<'_> {
    /// Reads the manifest in a folder. `after` lists the dependencies of the stage to which it belongs.
    fn read_manifest(&mut self, folder: &str, after: &[String]) -> Result<(), AssemblyError> {
        let name = format!("{folder}manifest.json");
        let value = self.read_json(&name)?;
        check_version(&name, &value)?;
        let manifest: Manifest = parse_value(&value, || format!("`{name}`"))?;
        debug_assert!(!manifest.version.is_empty(), "it was parsed above");
        for lookup in manifest.missing {
            if !self
                .found
                .lookups
                .iter()
                .any(|known| known.key == lookup.key)
            {
                let lookup = MissingContext::new(lookup.key, lookup.provider, lookup.props);
                self.found.lookups.push(lookup);
            }
        }
        let mut artifacts: Vec<(String, Artifact)> = Vec::new();
        for (id, value) in &manifest.artifacts {
            let artifact = parse_value(value, || format!("the artifact `{id}` of `{name}`"))?;
            artifacts.push((id.clone(), artifact));
        }
        for (id, artifact) in &artifacts {
            let members = match artifact.kind.as_str() {
                "aws:cloudformation:stack" => {
                    let stack = self.read_stack(folder, id, artifact, &artifacts, after)?;
                    let member = stack.id.clone();
                    self.found.stacks.push(stack);
                    vec![member]
                }
                "cdk:cloud-assembly" => {
                    let properties: NestedProperties = parse_properties(id, artifact)?;
                    let nested = plain_name(&properties.directory_name, id)?;
                    let before = self.found.stacks.len();
                    let mut after = after.to_vec();
                    after.extend(artifact.dependencies.iter().cloned());
                    self.read_manifest(&format!("{folder}{nested}/"), &after)?;
                    let stacks = self.found.stacks[before..].iter();
                    stacks.map(|stack| stack.id.clone()).collect()
                }
                // The tree and the report of feature flags are for display. Asset manifests are read with their stacks.
                "cdk:asset-manifest" | "cdk:tree" | "cdk:feature-flag-report" | "none" => {
                    Vec::new()
                }
                other => {
                    return Err(not_understood(format!(
                        "the artifact `{id}` of `{name}` has the type `{other}`, which this version does not support"
                    )));
                }
            };
            self.members.insert(id.clone(), members);
        }
        Ok(())
    }

    fn read_stack(
        &mut self,
        folder: &str,
        id: &str,
        artifact: &Artifact,
        others: &[(String, Artifact)],
        after: &[String],
    ) -> Result<Stack, AssemblyError> {
        let properties: StackProperties = parse_properties(id, artifact)?;
        let file = format!("{folder}{}", plain_name(&properties.template_file, id)?);
        let text = (self.file)(&file).map_err(not_readable)?;
        let template = Template::parse(&text)
            .map_err(|error| not_readable(format!("`{file}` is not a template: {error}")))?;
        let in_folder = |name: &str| (self.file)(&format!("{folder}{name}"));
        let path = artifact.display_name.clone();
        let mut dependencies = artifact.dependencies.clone();
        dependencies.extend(properties.additional_dependencies);
        let assets = self.read_assets(folder, &dependencies, others)?;
        dependencies.extend(after.iter().cloned());
        let nested = nested::read_nested(&in_folder, &assets.published_files(), &template, 0)
            .map_err(not_readable)?;
        let metadata = self.read_metadata(folder, id, artifact)?;
        let origins = nested::collect_origins(
            &metadata::read_origins_by_path(&metadata),
            metadata::read_origins(&metadata),
            &template,
            &nested,
        );
        self.found
            .annotations
            .extend(annotations::read_annotations(&metadata));
        let (account, region) = parse_environment(&artifact.environment);
        Ok(Stack {
            id: id.to_owned(),
            path: path.unwrap_or_else(|| id.to_owned()),
            name: properties.stack_name.unwrap_or_else(|| id.to_owned()),
            account,
            region,
            template,
            tags: properties
                .tags
                .unwrap_or_else(|| metadata::read_tags(&metadata)),
            termination_protection: properties.termination_protection,
            assets,
            dependencies,
            origins,
            interruption_limits: metadata::read_limits(&metadata),
            nested,
            settings: StackSettings {
                deploy_role: parse_role(
                    id,
                    properties.assume_role_arn,
                    properties.assume_role_external_id,
                    properties.assume_role_additional_options.as_ref(),
                )?,
                execution_role: properties.cloud_formation_execution_role_arn,
                lookup_role: match properties.lookup_role {
                    None => None,
                    Some(found) => parse_role(
                        id,
                        Some(found.arn),
                        found.assume_role_external_id,
                        found.assume_role_additional_options.as_ref(),
                    )?,
                },
                bootstrap: bootstrap_version(
                    properties.requires_bootstrap_stack_version,
                    properties.bootstrap_stack_version_ssm_parameter,
                ),
                template_url: properties.stack_template_asset_object_url,
                notification_arns: properties.notification_arns,
                parameters: properties.parameters,
                validate_on_synth: properties.validate_on_synth,
            },
        })
    }

    /// Returns the metadata of an artifact, from the manifest and from the additional file of newer assemblies.
    fn read_metadata(
        &self,
        folder: &str,
        id: &str,
        artifact: &Artifact,
    ) -> Result<JsonValue, AssemblyError> {
        let mut metadata = artifact.metadata.clone();
        let Some(name) = &artifact.additional_metadata_file else {
            return Ok(metadata);
        };
        let name = format!("{folder}{}", plain_name(name, id)?);
        let JsonValue::Object(additional) = self.read_json(&name)? else {
            return Err(not_readable(format!("`{name}` contains no metadata")));
        };
        if metadata.is_null() {
            metadata = JsonValue::Object(JsonMap::new());
        }
        for (path, entries) in additional {
            match &mut metadata[&path] {
                JsonValue::Array(known) => {
                    known.extend(entries.as_array().into_iter().flatten().cloned());
                }
                unknown => *unknown = entries,
            }
        }
        Ok(metadata)
    }

    /// Returns the assets listed in the asset manifests on which a stack depends.
    fn read_assets(
        &self,
        folder: &str,
        dependencies: &[String],
        others: &[(String, Artifact)],
    ) -> Result<Assets, AssemblyError> {
        let mut found = Assets {
            folder: self.folder.map(|root| root.join(folder)),
            ..Assets::default()
        };
        let manifests = others
            .iter()
            .filter(|(id, one)| one.kind == "cdk:asset-manifest" && dependencies.contains(id));
        for (id, artifact) in manifests {
            let properties: AssetProperties = parse_properties(id, artifact)?;
            let name = format!("{folder}{}", plain_name(&properties.file, id)?);
            let value = self.read_json(&name)?;
            check_version(&name, &value)?;
            let manifest: AssetManifest = parse_value(&value, || format!("`{name}`"))?;
            found.files.extend(manifest.files);
            found.images.extend(manifest.docker_images);
            let needs = bootstrap_version(
                properties.requires_bootstrap_stack_version,
                properties.bootstrap_stack_version_ssm_parameter,
            );
            found.bootstrap = found.bootstrap.max(needs);
        }
        Ok(found)
    }

    fn read_json(&self, name: &str) -> Result<JsonValue, AssemblyError> {
        let text = (self.file)(name).map_err(not_readable)?;
        serde_json::from_str(&text)
            .map_err(|error| not_readable(format!("`{name}` is not valid JSON: {error}")))
    }
}

fn parse_value<T: for<'de> Deserialize<'de>>(
    value: &JsonValue,
    of: impl Fn() -> String,
) -> Result<T, AssemblyError> {
    T::deserialize(value).map_err(|error| not_understood(format!("{}: {error}", of())))
}

fn parse_properties<T: for<'de> Deserialize<'de>>(
    id: &str,
    artifact: &Artifact,
) -> Result<T, AssemblyError> {
    parse_value(&artifact.properties, || {
        format!("the properties of the artifact `{id}`")
    })
}

/// Refuses a schema version above [`NEWEST_VERSION`]. As in the CDK, only the major version counts.
fn check_version(name: &str, manifest: &JsonValue) -> Result<(), AssemblyError> {
    if !manifest.is_object() {
        let held = match manifest {
            JsonValue::Array(_) => "a list",
            JsonValue::String(_) => "a string",
            JsonValue::Null => "nothing",
            _ => "a single value",
        };
        return Err(not_readable(format!(
            "`{name}` is not the manifest of a cloud assembly: expected an object, found {held}"
        )));
    }
    let Some(version) = manifest["version"].as_str() else {
        return Err(not_readable(format!(
            "`{name}` is not the manifest of a cloud assembly: it has no `version`"
        )));
    };
    let major = version.split('.').next().unwrap_or_default();
    match major.parse::<u32>() {
        Ok(major) if major <= NEWEST_VERSION => Ok(()),
        Ok(_) => Err(not_understood(format!(
            "`{name}` has version {version} of the cloud assembly schema, but the newest supported version is {NEWEST_VERSION}"
        ))),
        Err(_) => Err(not_readable(format!(
            "`{name}` has an invalid version of the cloud assembly schema: `{version}`"
        ))),
    }
}

/// Returns the role with its external ID and session tags. Other options of `AssumeRole` are refused.
fn parse_role(
    id: &str,
    arn: Option<String>,
    external_id: Option<String>,
    options: Option<&JsonValue>,
) -> Result<Option<AssumedRole>, AssemblyError> {
    let Some(arn) = arn else {
        return Ok(None);
    };
    let role = AssumedRole::with_options(arn, external_id, options).map_err(|option| {
        not_understood(format!(
            "the artifact `{id}` assumes a role with the option `{option}`, which this version does not support"
        ))
    })?;
    Ok(Some(role))
}

fn bootstrap_version(version: Option<u32>, parameter: Option<String>) -> Option<BootstrapVersion> {
    let version = version?;
    Some(BootstrapVersion { version, parameter })
}

/// Returns a file name, and refuses names with folder parts: a manifest must not refer to files outside its folder, or to its own folder.
fn plain_name<'v>(name: &'v str, artifact: &str) -> Result<&'v str, AssemblyError> {
    let plain = !name.is_empty() && !name.contains(['/', '\\']) && name != ".." && name != ".";
    if plain {
        Ok(name)
    } else {
        Err(not_readable(format!(
            "the artifact `{artifact}` has an invalid file name: `{name}`"
        )))
    }
}

/// Returns account and region of `aws://123456789012/eu-west-1`, each `None` if unknown.
fn parse_environment(address: &str) -> (Option<String>, Option<String>) {
    let mut parts = address.trim_start_matches("aws://").split('/');
    let mut known = |placeholder: &str| {
        let part = parts.next().unwrap_or_default();
        (!part.is_empty() && part != placeholder).then(|| part.to_owned())
    };
    (known("unknown-account"), known("unknown-region"))
}
