//! Reads and writes cloud assemblies. [`CloudAssembly`] holds the stacks in deployment order, each [`Stack`] with its template, settings, assets and
//! the origins of its resources.

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

use infra_core::{
    APP_TAG, AllowedInterruption, Diagnostic, MissingContext, Synthesis, codes, find_nearest,
};

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

/// A cloud assembly in memory: the stacks of an app, each one after those it depends on.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct CloudAssembly {
    /// The stacks in deployment order: each one after those it depends on.
    pub stacks: Vec<Stack>,
    /// Context lookups without an answer. The templates contain placeholders instead of the answers, so the assembly must not be reviewed or
    /// deployed; see [`unanswered`](Self::missing_context_findings).
    pub lookups: Vec<MissingContext>,
    /// Messages that the app attached to constructs. An error among them prevents a deployment.
    pub annotations: Vec<Annotation>,
}

/// A stack as the app describes it, before it is deployed.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Stack {
    /// Name of the stack's artifact in the manifest, unique within the assembly.
    pub id: String,
    /// Construct path, by which users select the stack on the command line.
    pub path: String,
    /// Name of the stack in CloudFormation, unique within the account and region.
    pub name: String,
    /// Account ID, or `None` if the credentials of the deployment decide.
    pub account: Option<String>,
    /// Region, for example `eu-west-1`, or `None` if the deployment decides.
    pub region: Option<String>,
    /// The template as written in the assembly.
    pub template: Template,
    /// Tags of the stack, which CloudFormation propagates to its resources.
    #[builder(default)]
    pub tags: BTreeMap<String, String>,
    /// Termination protection: `true` if CloudFormation must refuse to delete the stack.
    #[builder(default)]
    pub termination_protection: bool,
    /// Names of the artifacts that must be deployed before this one.
    #[builder(default)]
    pub dependencies: Vec<String>,
    /// Construct paths and source locations of resources by logical ID. Resources of nested stacks have a path such as `Child/Table` as key.
    #[builder(default)]
    pub origins: BTreeMap<String, ResourceOrigin>,
    /// Limits of interruptions by construct path, as declared with `limit_interruptions`. Each covers everything below its path.
    #[builder(default)]
    pub interruption_limits: BTreeMap<String, AllowedInterruption>,
    /// Templates of nested stacks by logical ID, as far as the assembly contains them.
    #[builder(default)]
    pub nested: BTreeMap<String, NestedTemplate>,
    /// Deployment settings: roles, bootstrap version, parameter values and notification topics.
    #[builder(default)]
    pub settings: StackSettings,
    /// Files and images that must be published before the stack is deployed.
    #[builder(default)]
    pub assets: Assets,
}

/// The error for an assembly that cannot be read, or a stack that it does not contain.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{}", .0.message)]
pub struct AssemblyError(Box<Diagnostic>);

impl AssemblyError {
    /// Returns the finding to report, with its code, the expected content and help.
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
    /// Creates an assembly from stacks in deployment order, without lookups and annotations.
    pub fn new(stacks: Vec<Stack>) -> Self {
        Self {
            stacks,
            ..Self::default()
        }
    }

    /// Creates the assembly of a synthesis, equal to the one that is read after writing it to disk.
    ///
    /// # Errors
    ///
    /// Fails if the files of the synthesis cannot be read as an assembly.
    pub fn from_synthesis(synthesis: &Synthesis) -> Result<Self, AssemblyError> {
        Self::from_files(
            &infra_core::assembly::render_files(synthesis)
                .into_iter()
                .collect(),
        )
    }

    /// Reads the assembly in a folder, written by this project or by the CDK. Assets are read from the folder later, when they are published.
    ///
    /// # Errors
    ///
    /// Fails if a file is missing or malformed, and if the manifest has a version, artifact type or property that this version does not support: no
    /// part of an assembly is ignored.
    pub fn read_directory(directory: &Path) -> Result<Self, AssemblyError> {
        let file = |name: &str| {
            let path = directory.join(name);
            std::fs::read_to_string(&path)
                .map_err(|error| format!("cannot read `{}`: {error}", path.display()))
        };
        read::read_assembly(&file, Some(directory))
    }

    /// Reads an assembly from its files by name. The content of its assets is not available, so only published assets can be deployed.
    ///
    /// # Errors
    ///
    /// Fails in the same cases as [`read`](Self::read_directory), but ignores dependencies on stacks that the files do not contain.
    pub fn from_files(files: &BTreeMap<String, String>) -> Result<Self, AssemblyError> {
        let file = |name: &str| {
            let text = files.get(name).cloned();
            text.ok_or_else(|| format!("the file `{name}` does not exist"))
        };
        read::read_assembly(&file, None)
    }

    /// Returns the files of the assembly by name, in the form that [`of_files`](Self::from_files) and the `cdk` CLI read.
    pub fn render_files(&self) -> BTreeMap<String, String> {
        write::render_files(self)
    }

    /// Returns the stack with the given construct path, artifact name or CloudFormation name.
    pub fn find_stack(&self, name: &str) -> Option<&Stack> {
        self.stacks
            .iter()
            .find(|stack| stack.path == name || stack.id == name || stack.name == name)
    }

    /// Returns the stacks with the given names in deployment order, or all stacks if `names` is empty.
    ///
    /// # Errors
    ///
    /// Fails if the assembly has no stack of a given name.
    pub fn select_stacks(&self, names: &[String]) -> Result<Vec<&Stack>, AssemblyError> {
        let mut wanted = BTreeSet::new();
        for name in names {
            let Some(stack) = self.find_stack(name) else {
                return Err(unknown_stack(self, name).into());
            };
            wanted.insert(stack.id.as_str());
        }
        let all = self.stacks.iter();
        Ok(all
            .filter(|stack| names.is_empty() || wanted.contains(stack.id.as_str()))
            .collect())
    }

    /// Returns the marks of the stacks: the values of their tag `infra:app`. The set is empty for an app that does not mark its stacks.
    pub fn app_marks(&self) -> BTreeSet<String> {
        let stacks = self.stacks.iter();
        stacks
            .filter_map(|stack| stack.tags.get(APP_TAG).cloned())
            .collect()
    }

    /// Returns a finding for each context lookup without an answer, which prevents a review or deployment.
    pub fn missing_context_findings(&self) -> Vec<Diagnostic> {
        self.lookups
            .iter()
            .map(MissingContext::to_finding)
            .collect()
    }

    /// Returns a finding for each error that the app attached to a construct, for example with `Annotations.addError`.
    pub fn error_findings(&self) -> Vec<Diagnostic> {
        annotations::annotation_findings(&self.annotations, AnnotationLevel::Error)
    }

    /// Returns a finding for each warning that the app attached to a construct, for example with `Annotations.addWarningV2`.
    pub fn warning_findings(&self) -> Vec<Diagnostic> {
        annotations::annotation_findings(&self.annotations, AnnotationLevel::Warning)
    }
}

impl Stack {
    /// Returns the nested stack at a path such as `Child/Grandchild`, if the assembly contains its template.
    pub fn nested_stack(&self, path: &str) -> Option<&NestedTemplate> {
        nested::find_nested(&self.nested, path)
    }

    /// Returns the templates of all nested stacks in the assembly by path, for example `Child/Grandchild`.
    pub fn nested_templates(&self) -> BTreeMap<String, Template> {
        fn collect_nested(
            above: &str,
            nested: &BTreeMap<String, NestedTemplate>,
            found: &mut BTreeMap<String, Template>,
        ) {
            for (id, stack) in nested {
                let path = nested_path(above, id);
                found.insert(path.clone(), stack.template.clone());
                collect_nested(&path, &stack.nested, found);
            }
        }
        let mut found = BTreeMap::new();
        collect_nested("", &self.nested, &mut found);
        found
    }

    /// Returns the names of a resource of this stack. For a resource that the template does not contain, only the given names are known.
    pub fn resource_name(&self, logical_id: &str, type_name: &str) -> ResourceName {
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
    let finding = Diagnostic::new(
        codes::UNKNOWN_STACK,
        format!("the app has no stack `{name}`"),
    )
    .expected(format!("one of {}", listed.join(", ")));
    match find_nearest(name, known()) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")),
        None => finding,
    }
}
