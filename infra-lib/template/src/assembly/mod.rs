//! Reads a cloud assembly back: the stacks in order, each with its template, its settings, its assets and the places of its constructs.

mod annotations;
mod assets;
mod content;
mod environment;
mod metadata;
mod order;
mod published;
mod read;
mod settings;
#[cfg(test)]
mod tests;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use infra_core::{APP_TAG, Diagnostic, MissingContext, Synthesis, codes, nearest};

use crate::ResourceName;
use crate::Template;
use crate::nested::{self, NestedTemplate, nested_path};

pub use crate::resource_origin::ResourceOrigin;
pub use annotations::{Annotation, AnnotationLevel};
pub use assets::{
    Assets, BuildCache, FileAsset, FileDestination, FileSource, ImageAsset, ImageDestination,
    ImageSource, Packaging,
};
pub use environment::{Placeholders, UnknownPlaceholder};
pub use settings::{AssumedRole, BootstrapVersion, StackSettings};

/// The stacks of an app, each after those that it depends on.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct CloudAssembly {
    /// The stacks.
    pub stacks: Vec<Stack>,
    /// Context lookups without an answer. The templates hold placeholders where the answers belong, so such an assembly must
    /// not be reviewed or deployed; see [`unanswered`](Self::unanswered).
    pub lookups: Vec<MissingContext>,
    /// Messages that the app attached to constructs.
    pub annotations: Vec<Annotation>,
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
    /// True when CloudFormation refuses to delete the stack.
    #[builder(default)]
    pub termination_protection: bool,
    /// Artifacts that are deployed before.
    #[builder(default)]
    pub dependencies: Vec<String>,
    /// The places of resources in the app, by logical ID; those of nested stacks by path, as `Child/Table`.
    #[builder(default)]
    pub origins: BTreeMap<String, ResourceOrigin>,
    /// The templates of nested stacks that the assembly has, by logical ID.
    #[builder(default)]
    pub nested: BTreeMap<String, NestedTemplate>,
    /// Roles, bootstrap version, parameters and topics.
    #[builder(default)]
    pub settings: StackSettings,
    /// Files and images that have to be published before the stack is deployed.
    #[builder(default)]
    pub assets: Assets,
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
    /// The assembly of these stacks, without lookups and annotations.
    pub fn new(stacks: Vec<Stack>) -> Self {
        Self {
            stacks,
            ..Self::default()
        }
    }

    /// The assembly of a synthesis, as it would be read back from its folder.
    pub fn of(synthesis: &Synthesis) -> Result<Self, AssemblyError> {
        Self::of_files(&infra_core::assembly::files(synthesis).into_iter().collect())
    }

    /// The assembly in a folder: ours, or one that the CDK wrote. Assets are read from that folder when they are published.
    ///
    /// # Errors
    ///
    /// When a file is missing or malformed, and when the manifest has a version, an artifact type or a property that this
    /// version does not know: nothing of an assembly is passed over.
    pub fn read(directory: &Path) -> Result<Self, AssemblyError> {
        let file = |name: &str| {
            let path = directory.join(name);
            std::fs::read_to_string(&path)
                .map_err(|error| format!("cannot read `{}`: {error}", path.display()))
        };
        read::assembly(&file, Some(directory))
    }

    /// The assembly of these files, by their names. Its assets have no content: those that are published already are used.
    pub fn of_files(files: &BTreeMap<String, String>) -> Result<Self, AssemblyError> {
        let file = |name: &str| {
            let text = files.get(name).cloned();
            text.ok_or_else(|| format!("there is no file `{name}`"))
        };
        read::assembly(&file, None)
    }

    /// The files of the assembly, as [`of_files`](Self::of_files) and the `cdk` CLI read them.
    pub fn files(&self) -> BTreeMap<String, String> {
        write::files(self)
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

    /// The marks of the stacks: the values of their tag `infra:app`. Empty for an app that does not mark its stacks.
    pub fn marks(&self) -> BTreeSet<String> {
        let stacks = self.stacks.iter();
        stacks
            .filter_map(|stack| stack.tags.get(APP_TAG).cloned())
            .collect()
    }

    /// A finding for each context lookup without an answer, by key.
    pub fn unanswered(&self) -> Vec<Diagnostic> {
        self.lookups
            .iter()
            .map(MissingContext::to_finding)
            .collect()
    }

    /// A finding for each error that the app attached to a construct, as `Annotations.addError` does.
    pub fn errors(&self) -> Vec<Diagnostic> {
        annotations::findings(&self.annotations, AnnotationLevel::Error)
    }

    /// A finding for each warning that the app attached to a construct, as `Annotations.addWarningV2` does.
    pub fn warnings(&self) -> Vec<Diagnostic> {
        annotations::findings(&self.annotations, AnnotationLevel::Warning)
    }
}

impl Stack {
    /// The nested stack at a path such as `Child/Grandchild`, where the assembly has its template.
    pub fn nested_stack(&self, path: &str) -> Option<&NestedTemplate> {
        nested::find(&self.nested, path)
    }

    /// The templates of all nested stacks that the assembly has, by path.
    pub fn nested_templates(&self) -> BTreeMap<String, Template> {
        fn collect(
            above: &str,
            nested: &BTreeMap<String, NestedTemplate>,
            found: &mut BTreeMap<String, Template>,
        ) {
            for (id, stack) in nested {
                let path = nested_path(above, id);
                found.insert(path.clone(), stack.template.clone());
                collect(&path, &stack.nested, found);
            }
        }
        let mut found = BTreeMap::new();
        collect("", &self.nested, &mut found);
        found
    }

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
