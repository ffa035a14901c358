//! Reads a cloud assembly back: the stacks in order, each with its template and where its constructs were made.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use infra_core::{Diagnostic, Synthesis, codes, nearest};
use serde_json::{Value as JsonValue, json};

use crate::ResourceName;
use crate::Template;

/// The stacks of an app, each after those that it depends on.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct CloudAssembly {
    /// The stacks.
    pub stacks: Vec<Stack>,
}

impl CloudAssembly {
    /// An assembly of these stacks, each after those that it depends on.
    pub fn new(stacks: Vec<Stack>) -> Self {
        Self { stacks }
    }
}

/// A stack as it is wanted.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Stack {
    /// The artifact, unique in the assembly.
    pub id: String,
    /// The construct path.
    pub path: String,
    /// The name in CloudFormation.
    pub name: String,
    /// The account, when the app says so.
    pub account: Option<String>,
    /// The region, when the app says so.
    pub region: Option<String>,
    /// The template.
    pub template: Template,
    /// Tags of the stack.
    #[builder(default)]
    pub tags: BTreeMap<String, String>,
    /// Whether CloudFormation refuses to delete it.
    #[builder(default)]
    pub termination_protection: bool,
    /// Artifacts that are deployed before.
    #[builder(default)]
    pub dependencies: Vec<String>,
    /// Where resources come from, by logical ID.
    #[builder(default)]
    pub origins: BTreeMap<String, ResourceOrigin>,
}

/// Where a resource comes from.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct ResourceOrigin {
    /// The construct path, the stack's included.
    pub construct_path: String,
    /// `file:line:column` of the user's program.
    pub source: Option<String>,
    /// Former construct paths below the stack, declared with `moved_from`.
    pub moved_from: Vec<String>,
}

/// An assembly that cannot be read, or a stack that it does not have.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{}", .0.message)]
pub struct AssemblyError(Box<Diagnostic>);

impl AssemblyError {
    /// The finding to show.
    pub fn into_finding(self) -> Diagnostic {
        *self.0
    }
}

impl From<Diagnostic> for AssemblyError {
    fn from(finding: Diagnostic) -> Self {
        Self(Box::new(finding))
    }
}

impl CloudAssembly {
    /// The assembly of a synthesis, as it would be read back from its folder.
    pub fn of(synthesis: &Synthesis) -> Result<Self, AssemblyError> {
        Self::of_files(&infra_core::assembly::files(synthesis).into_iter().collect())
    }

    /// The assembly in a folder: ours, or one that the CDK wrote.
    pub fn read(directory: &Path) -> Result<Self, AssemblyError> {
        Self::from_files(&|name| {
            let path = directory.join(name);
            std::fs::read_to_string(&path)
                .map_err(|error| format!("cannot read `{}`: {error}", path.display()))
        })
    }

    /// The assembly of these files, by their names.
    pub fn of_files(files: &BTreeMap<String, String>) -> Result<Self, AssemblyError> {
        Self::from_files(&|name| {
            files
                .get(name)
                .cloned()
                .ok_or_else(|| format!("there is no file `{name}`"))
        })
    }

    /// The files of the assembly, as [`of_files`](Self::of_files) and the `cdk` CLI read them.
    pub fn files(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        let mut artifacts = serde_json::Map::new();
        for stack in &self.stacks {
            let file = format!("{}.template.json", stack.id);
            let place = |value: &Option<String>, unknown: &str| {
                value.clone().unwrap_or_else(|| unknown.to_owned())
            };
            let environment = format!(
                "aws://{}/{}",
                place(&stack.account, "unknown-account"),
                place(&stack.region, "unknown-region")
            );
            let artifact = json!({
                "type": "aws:cloudformation:stack",
                "environment": environment,
                "properties": {
                    "templateFile": file,
                    "stackName": stack.name,
                    "tags": stack.tags,
                    "terminationProtection": stack.termination_protection,
                },
                "dependencies": stack.dependencies,
                "metadata": metadata(&stack.origins),
                "displayName": stack.path,
            });
            artifacts.insert(stack.id.clone(), artifact);
            files.insert(file, stack.template.json());
        }
        let manifest = json!({ "version": "48.0.0", "artifacts": artifacts });
        files.insert("manifest.json".to_owned(), format!("{manifest:#}\n"));
        files
    }

    fn from_files(file: &dyn Fn(&str) -> Result<String, String>) -> Result<Self, AssemblyError> {
        let mut stacks = Vec::new();
        read_manifest(file, "", &mut stacks)?;
        Ok(Self {
            stacks: in_order(stacks),
        })
    }

    /// The stack with that construct path, artifact id or CloudFormation name.
    pub fn stack(&self, name: &str) -> Option<&Stack> {
        self.stacks
            .iter()
            .find(|stack| stack.path == name || stack.id == name || stack.name == name)
    }

    /// The stacks of these names, in order; all of them when none is named.
    pub fn select(&self, names: &[String]) -> Result<Vec<&Stack>, AssemblyError> {
        let mut wanted = BTreeSet::new();
        for name in names {
            let Some(stack) = self.stack(name) else {
                return Err(unknown_stack(self, name).into());
            };
            wanted.insert(stack.id.as_str());
        }
        let all = self.stacks.iter();
        Ok(all
            .filter(|stack| names.is_empty() || wanted.contains(stack.id.as_str()))
            .collect())
    }
}

impl Stack {
    /// A resource of this stack by all its names; what the template does not have gets the names that are known.
    pub fn resource(&self, logical_id: &str, type_name: &str) -> ResourceName {
        let origin = self.origins.get(logical_id);
        ResourceName {
            stack: self.name.clone(),
            logical_id: logical_id.to_owned(),
            type_name: type_name.to_owned(),
            physical_id: None,
            construct_path: origin.map(|origin| origin.construct_path.clone()),
            source: origin.and_then(|origin| origin.source.clone()),
        }
    }
}

fn unknown_stack(assembly: &CloudAssembly, name: &str) -> Diagnostic {
    let known = || assembly.stacks.iter().map(|stack| stack.path.as_str());
    let listed: Vec<String> = known().map(|path| format!("`{path}`")).collect();
    let finding = Diagnostic::new(codes::UNKNOWN_STACK, format!("there is no stack `{name}`"))
        .expected(format!("one of {}", listed.join(", ")));
    match nearest(name, known()) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")),
        None => finding,
    }
}

fn unreadable(message: impl Into<String>) -> AssemblyError {
    let finding = Diagnostic::new(codes::ASSEMBLY_NOT_READABLE, message)
        .help("write it with `synth --out FOLDER` and name that folder");
    finding.into()
}

fn read_manifest(
    file: &dyn Fn(&str) -> Result<String, String>,
    folder: &str,
    stacks: &mut Vec<Stack>,
) -> Result<(), AssemblyError> {
    let name = format!("{folder}manifest.json");
    let manifest: JsonValue = serde_json::from_str(&file(&name).map_err(unreadable)?)
        .map_err(|error| unreadable(format!("`{name}` is not JSON: {error}")))?;
    let artifacts = manifest["artifacts"].as_object().into_iter().flatten();
    for (id, artifact) in artifacts {
        let properties = &artifact["properties"];
        match artifact["type"].as_str() {
            Some("aws:cloudformation:stack") => {
                stacks.push(read_stack(file, folder, id, artifact)?);
            }
            Some("cdk:cloud-assembly") => {
                let nested = plain_name(&properties["directoryName"], id)?;
                read_manifest(file, &format!("{folder}{nested}/"), stacks)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// A manifest must not make us read files outside its folder.
fn plain_name<'v>(value: &'v JsonValue, artifact: &str) -> Result<&'v str, AssemblyError> {
    value
        .as_str()
        .filter(|name| !name.is_empty() && !name.contains(['/', '\\']) && *name != "..")
        .ok_or_else(|| unreadable(format!("the artifact `{artifact}` names no file: {value}")))
}

fn read_stack(
    file: &dyn Fn(&str) -> Result<String, String>,
    folder: &str,
    id: &str,
    artifact: &JsonValue,
) -> Result<Stack, AssemblyError> {
    let properties = &artifact["properties"];
    let name = plain_name(&properties["templateFile"], id)?;
    let text = file(&format!("{folder}{name}")).map_err(unreadable)?;
    let template = Template::parse(&text)
        .map_err(|error| unreadable(format!("`{folder}{name}` is not a template: {error}")))?;
    let path = artifact["displayName"].as_str().unwrap_or(id).to_owned();
    let (account, region) = environment(artifact["environment"].as_str().unwrap_or_default());
    let tags = properties["tags"].as_object().into_iter().flatten();
    let dependencies = artifact["dependencies"].as_array().into_iter().flatten();
    Ok(Stack {
        id: id.to_owned(),
        name: properties["stackName"].as_str().unwrap_or(id).to_owned(),
        account,
        region,
        template,
        tags: tags
            .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
            .collect(),
        termination_protection: properties["terminationProtection"] == true,
        dependencies: dependencies
            .filter_map(|id| Some(id.as_str()?.to_owned()))
            .collect(),
        origins: origins(&artifact["metadata"]),
        path,
    })
}

/// Account and region of `aws://123456789012/eu-west-1`, where they are known.
fn environment(address: &str) -> (Option<String>, Option<String>) {
    let mut parts = address.trim_start_matches("aws://").split('/');
    let mut known = |placeholder: &str| {
        let part = parts.next().unwrap_or_default();
        (!part.is_empty() && part != placeholder).then(|| part.to_owned())
    };
    (known("unknown-account"), known("unknown-region"))
}

fn origins(metadata: &JsonValue) -> BTreeMap<String, ResourceOrigin> {
    let mut found = BTreeMap::new();
    for (path, entries) in metadata.as_object().into_iter().flatten() {
        let entries = || entries.as_array().into_iter().flatten();
        let of_type = |name: &'static str| entries().filter(move |entry| entry["type"] == name);
        for entry in of_type("aws:cdk:logicalId") {
            let Some(logical_id) = entry["data"].as_str() else {
                continue;
            };
            let origin = ResourceOrigin {
                construct_path: path.trim_start_matches('/').to_owned(),
                source: source(&entry["trace"]),
                moved_from: of_type("infra:moved-from")
                    .filter_map(|entry| Some(entry["data"].as_str()?.to_owned()))
                    .collect(),
            };
            found.insert(logical_id.to_owned(), origin);
        }
    }
    found
}

/// What [`origins`] reads.
fn metadata(origins: &BTreeMap<String, ResourceOrigin>) -> JsonValue {
    let mut paths: BTreeMap<String, Vec<JsonValue>> = BTreeMap::new();
    for (logical_id, origin) in origins {
        let mut entry = json!({ "type": "aws:cdk:logicalId", "data": logical_id });
        if let Some(source) = &origin.source {
            entry["trace"] = json!([source]);
        }
        let entries = paths
            .entry(format!("/{}", origin.construct_path))
            .or_default();
        entries.push(entry);
        let former = origin.moved_from.iter();
        entries.extend(former.map(|path| json!({ "type": "infra:moved-from", "data": path })));
    }
    json!(paths)
}

/// Ours is one place; the CDK writes a stack trace, whose lines mean nothing in a Rust program.
fn source(trace: &JsonValue) -> Option<String> {
    match trace.as_array()?.as_slice() {
        [only] => Some(only.as_str()?.to_owned()),
        _ => None,
    }
}

/// Producers before consumers, the manifest's order otherwise.
fn in_order(mut waiting: Vec<Stack>) -> Vec<Stack> {
    let mut order: Vec<Stack> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let is_waiting = |id: &String| waiting.iter().any(|stack| stack.id == *id);
        let ready = waiting
            .iter()
            .position(|stack| !stack.dependencies.iter().any(is_waiting));
        // Synthesis refuses circles; a manifest of someone else's might have one.
        order.push(waiting.remove(ready.unwrap_or(0)));
    }
    order
}

#[cfg(test)]
mod tests {
    use infra_core::{App, CfnResource, Output, Stack};
    use serde_json::json;

    use super::CloudAssembly;

    fn assembly() -> CloudAssembly {
        let app = App::new();
        let data = Stack::new(&app, "Data");
        let topic = CfnResource::new(data, "Topic", "AWS::SNS::Topic", json!({}));
        let web = Stack::new(&app, "Web");
        Output::new(web, "Topic", topic.ref_value::<String>());
        CfnResource::new(web, "Queue", "AWS::SQS::Queue", json!({}));
        infra_core::Construct::scope(&topic).moved_from("Old/Topic");
        CloudAssembly::of(&app.synth()).unwrap()
    }

    #[test]
    fn resources_know_where_they_come_from() {
        let assembly = assembly();
        let data = assembly.stack("Data").unwrap();
        let (id, origin) = data.origins.iter().next().unwrap();
        assert_eq!(id, "Topic");
        assert_eq!(origin.construct_path, "Data/Topic");
        assert!(origin.source.as_deref().unwrap().contains("assembly.rs:"));
        assert_eq!(origin.moved_from, ["Old/Topic"]);
        assert_eq!(assembly.stack("Web").unwrap().dependencies, ["Data"]);
    }

    #[test]
    fn an_assembly_is_what_its_files_say() {
        let assembly = assembly();
        let read = CloudAssembly::of_files(&assembly.files()).unwrap();
        // Neither has anything that is not shown.
        assert_eq!(format!("{read:?}"), format!("{assembly:?}"));
    }

    #[test]
    fn an_unknown_stack_names_those_there_are() {
        let error = assembly().select(&["Dat".to_owned()]).unwrap_err();
        insta::assert_snapshot!(infra_core::render(&error.into_finding()), @r"
        error[INF6102]: there is no stack `Dat`
           = expected: one of `Data`, `Web`
           = help: did you mean `Data`?
        ");
    }
}
