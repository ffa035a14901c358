//! The app whose stacks a command is about: found, run, and asked for its cloud assembly.

mod cdk;
mod launch;
mod owner;
mod project;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use infra_console::{CONTEXT_FILE, Variables, contract, place_of_context, show_path};
use infra_core::{Diagnostic, codes};
use serde_json::{Map, Value as JsonValue};

pub use launch::AppRun;
pub(crate) use launch::{Launcher, SynthRequest};
pub(crate) use project::{AccountSettings, Project};

pub(crate) use cdk::{ACCOUNT, DefaultPlace};

use cdk::CdkProject;

/// The origin of an assembly.
#[derive(Clone, Debug)]
pub(crate) enum AppSource {
    /// An app of this library: `synth` and the other commands of its runtime follow the command.
    Infra {
        /// The program and its first arguments.
        command: Vec<OsString>,
        /// The folder that it runs in.
        directory: PathBuf,
        /// The project file, where there is one.
        project: Option<Project>,
    },
    /// An app of the CDK, in any language: started as the `cdk` CLI does.
    Cdk(CdkProject),
    /// An assembly that is there already.
    Folder(PathBuf),
}

impl AppSource {
    /// Finds the app: that of `--app`, the one that passed the command on, that of `infra.toml`, that of `cdk.json`.
    pub(crate) fn find(
        option: Option<&str>,
        variables: &Variables,
        directory: &Path,
    ) -> Result<Self, Box<Diagnostic>> {
        if let Some(named) = option {
            let folder = directory.join(named);
            if folder.join("manifest.json").is_file() {
                return Ok(Self::Folder(folder));
            }
            return Ok(Self::Cdk(CdkProject::of_command(named, directory)?));
        }
        if variables.value(contract::DIRECTORY).is_some() {
            return Err(Box::new(
                Diagnostic::new(
                    codes::BAD_PROJECT_FILE,
                    "the app of the project is the tool itself, or starts it",
                )
                .help("name the program that calls `infra_runtime::run` in `infra.toml`"),
            ));
        }
        if let Some(app) = variables.path(contract::APP) {
            check_version(app, variables.text(contract::APP_VERSION))?;
            return Ok(Self::Infra {
                command: vec![app.into()],
                directory: directory.to_owned(),
                project: project_of_caller(variables)?,
            });
        }
        let cdk = CdkProject::find(directory, variables)?;
        let ours = Project::find(directory, variables)?.filter(|ours| {
            // The nearer file is the project's; in one folder ours.
            let depth = |folder: &Path| folder.components().count();
            cdk.as_ref()
                .is_none_or(|cdk| depth(ours.folder()) >= depth(&cdk.directory))
        });
        if let Some(project) = ours {
            return Ok(Self::Infra {
                command: project.command()?.into_iter().map(Into::into).collect(),
                directory: project.folder().to_owned(),
                project: Some(project),
            });
        }
        if let Some(project) = cdk {
            return Ok(Self::Cdk(project));
        }
        let shown = show_path(Path::new(""), directory);
        Err(Box::new(
            Diagnostic::new(codes::NO_APP, "there is no app to synthesize")
                .note(format!(
                    "neither `{}` nor `{}` is in `{shown}` or a folder above it",
                    project::FILE,
                    cdk::FILE
                ))
                .help(
                    "run it in a project folder, or name an app with `--app COMMAND` or an assembly with `--assembly FOLDER`",
                ),
        ))
    }

    /// The name of the app, where its project file says it: the key `name`, else the name of the folder.
    pub(crate) fn name(&self) -> Option<String> {
        match self {
            Self::Infra { project, .. } => project.as_ref().map(Project::name),
            Self::Cdk(project) => project.name(),
            Self::Folder(_) => None,
        }
    }

    /// The file with the answers to context lookups of the app, of which a command was called in a folder. An assembly has none.
    pub(crate) fn context_file(&self, directory: &Path) -> Option<PathBuf> {
        match self {
            Self::Infra { .. } => Some(place_of_context(directory)),
            Self::Cdk(project) => Some(project.directory.join(CONTEXT_FILE)),
            Self::Folder(_) => None,
        }
    }

    /// The context that the project file sets, which comes before what was looked up.
    pub(crate) fn own_context(&self) -> Map<String, JsonValue> {
        match self {
            Self::Cdk(project) => project.own_context.clone(),
            Self::Infra { .. } | Self::Folder(_) => Map::new(),
        }
    }

    /// True unless the project file says that nothing is looked up.
    pub(crate) fn looks_up(&self) -> bool {
        match self {
            Self::Cdk(project) => project.looks_up,
            Self::Infra { .. } => true,
            Self::Folder(_) => false,
        }
    }

    /// The environment that the project file names for calls without `--env`.
    pub(crate) fn default_environment(&self) -> Option<&str> {
        self.project()?.default_environment()
    }

    /// The project file of the app, where there is one.
    pub(crate) fn project(&self) -> Option<&Project> {
        match self {
            Self::Infra { project, .. } => project.as_ref(),
            Self::Cdk(_) | Self::Folder(_) => None,
        }
    }
}

/// The project of the app that passed a command on: the app knows it, wherever users call it from.
pub(crate) fn project_of_caller(variables: &Variables) -> Result<Option<Project>, Box<Diagnostic>> {
    match variables.path(contract::APP_FOLDER) {
        Some(folder) => Project::find(folder, variables),
        None => Ok(None),
    }
}

/// A command as messages show it.
pub(crate) fn show_command(words: &[OsString]) -> String {
    let words = words.iter().map(|word| word.to_string_lossy());
    words.collect::<Vec<_>>().join(" ")
}

/// Refuses an app whose runtime has another contract.
fn check_version(app: &Path, version: Option<&str>) -> Result<(), Box<Diagnostic>> {
    let version = version.unwrap_or("none");
    if contract::are_compatible(version, contract::VERSION) {
        return Ok(());
    }
    Err(Box::new(
        Diagnostic::new(
            codes::TOOL_VERSION,
            format!("this tool does not fit the app `{}`", app.display()),
        )
        .actual(format!("an app with `infra-runtime` {version}"))
        .expected(format!(
            "`infra-runtime` {}",
            contract::compatible_versions()
        ))
        .help("update `infra-runtime` in the app, or install the tool from where the app has `infra-runtime` from"),
    ))
}

/// The nearest file of that name in a folder or above it.
fn find_above(directory: &Path, name: &str) -> Option<PathBuf> {
    let files = directory.ancestors().map(|folder| folder.join(name));
    files.into_iter().find(|file| file.is_file())
}

/// A project file that cannot be used.
fn bad_file(file: &Path, problem: &dyn std::fmt::Display) -> Diagnostic {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    Diagnostic::new(
        codes::BAD_PROJECT_FILE,
        format!("`{name}` cannot be used: {}", file.display()),
    )
    .note(problem.to_string().trim_end().to_owned())
}

#[cfg(test)]
mod tests;
