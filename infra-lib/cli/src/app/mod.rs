//! Finds the app of a command, runs it, and requests its cloud assembly. [`AppSource`] is the result of the search; [`Launcher`] runs it.

mod cdk;
mod cost_settings;
mod launch;
mod owner;
mod project;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use infra_console::{CONTEXT_FILE, Variables, contract, locate_context_file, show_path};
use infra_core::{Diagnostic, codes};
use serde_json::{Map, Value as JsonValue};

pub(crate) use cost_settings::CostLimit;
pub use launch::AppRun;
pub(crate) use launch::{Launcher, SynthRequest};
pub(crate) use project::{AccountSettings, Project};

pub(crate) use cdk::{ACCOUNT, DefaultPlace};

use cdk::CdkProject;

/// The origin of a cloud assembly.
#[derive(Clone, Debug)]
pub(crate) enum AppSource {
    /// An app of this library. The commands of its runtime, such as `synth`, are appended to its command line.
    Infra {
        /// Program and its first arguments.
        command: Vec<OsString>,
        /// Folder in which the app runs.
        directory: PathBuf,
        /// Project file of the app, if it has one.
        project: Option<Project>,
    },
    /// An app of the CDK, in any of its languages, started as the `cdk` CLI does.
    Cdk(CdkProject),
    /// Folder of an assembly that has already been synthesized.
    Folder(PathBuf),
}

impl AppSource {
    /// Finds the app of a command. Searched in this order: `--app`, the app that passed the command on, `infra.toml`, `cdk.json`. Of two project
    /// files the nearer one is used, and `infra.toml` if both are in the same folder.
    pub(crate) fn find_app(
        option: Option<&str>,
        variables: &Variables,
        directory: &Path,
    ) -> Result<Self, Box<Diagnostic>> {
        if let Some(named) = option {
            let folder = directory.join(named);
            if folder.join("manifest.json").is_file() {
                return Ok(Self::Folder(folder));
            }
            return Ok(Self::Cdk(CdkProject::from_command(named, directory)?));
        }
        if variables.find_value(contract::DIRECTORY).is_some() {
            return Err(Box::new(
                Diagnostic::new(
                    codes::BAD_PROJECT_FILE,
                    "the command in `app` runs the tool `infra` itself",
                )
                .help("set `app` to the program that calls `infra_runtime::run` in `infra.toml`"),
            ));
        }
        if let Some(app) = variables.find_path(contract::APP) {
            check_version(app, variables.find_text(contract::APP_VERSION))?;
            return Ok(Self::Infra {
                command: vec![app.into()],
                directory: directory.to_owned(),
                project: project_of_caller(variables)?,
            });
        }
        let cdk = CdkProject::find_project(directory, variables)?;
        let ours = Project::find_project(directory, variables)?.filter(|ours| {
            // The project file in the nearer folder is used; in the same folder it is ours.
            let depth = |folder: &Path| folder.components().count();
            // A file with settings of `check` alone names no app.
            let is_nearer = |cdk: &CdkProject| depth(ours.folder()) >= depth(&cdk.directory);
            ours.has_app() && cdk.as_ref().is_none_or(is_nearer)
        });
        if let Some(project) = ours {
            return Ok(Self::Infra {
                command: project
                    .parse_command()?
                    .into_iter()
                    .map(Into::into)
                    .collect(),
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
                    "searched for `{}` and `{}` in `{shown}` and the folders above it",
                    project::FILE,
                    cdk::FILE
                ))
                .help(
                    "run the command in a project folder, or give an app with `--app COMMAND` or an assembly with `--assembly FOLDER`",
                ),
        ))
    }

    /// Returns the name of the app from its project file: the key `name`, else the name of the folder. Returns `None` without a project file.
    pub(crate) fn app_name(&self) -> Option<String> {
        match self {
            Self::Infra { project, .. } => project.as_ref().map(Project::name),
            Self::Cdk(project) => project.name(),
            Self::Folder(_) => None,
        }
    }

    /// Returns the path of the file with the app's answers to context lookups, for a command called in this folder; `None` for an assembly.
    pub(crate) fn context_file(&self, directory: &Path) -> Option<PathBuf> {
        match self {
            Self::Infra { .. } => Some(locate_context_file(directory)),
            Self::Cdk(project) => Some(project.directory.join(CONTEXT_FILE)),
            Self::Folder(_) => None,
        }
    }

    /// Returns the context that the project file sets. It takes precedence over looked-up values.
    pub(crate) fn own_context(&self) -> Map<String, JsonValue> {
        match self {
            Self::Cdk(project) => project.own_context.clone(),
            Self::Infra { .. } | Self::Folder(_) => Map::new(),
        }
    }

    /// Returns true if context lookups can be answered: always for an app of this library, unless disabled in `cdk.json` for a CDK app, and never for
    /// an assembly.
    pub(crate) fn allows_lookups(&self) -> bool {
        match self {
            Self::Cdk(project) => project.lookups_enabled,
            Self::Infra { .. } => true,
            Self::Folder(_) => false,
        }
    }

    /// Returns the environment that the project file sets as the default of `--env`.
    pub(crate) fn default_environment(&self) -> Option<&str> {
        self.infra_project()?.default_environment()
    }

    /// Returns the `infra.toml` project of the app, if it has one.
    pub(crate) fn infra_project(&self) -> Option<&Project> {
        match self {
            Self::Infra { project, .. } => project.as_ref(),
            Self::Cdk(_) | Self::Folder(_) => None,
        }
    }
}

/// Returns the project of the app that passed a command on. The app reports its project folder, so that the result does not depend on the working
/// folder of the user.
pub(crate) fn project_of_caller(variables: &Variables) -> Result<Option<Project>, Box<Diagnostic>> {
    match variables.find_path(contract::APP_FOLDER) {
        Some(folder) => Project::find_project(folder, variables),
        None => Ok(None),
    }
}

/// Formats a command for messages: its words separated by spaces, without quoting.
pub(crate) fn show_command(words: &[OsString]) -> String {
    let words = words.iter().map(|word| word.to_string_lossy());
    words.collect::<Vec<_>>().join(" ")
}

/// Refuses an app whose runtime speaks an incompatible version of the contract between app and tool.
fn check_version(app: &Path, version: Option<&str>) -> Result<(), Box<Diagnostic>> {
    let version = version.unwrap_or("none");
    if contract::are_compatible(version, contract::VERSION) {
        return Ok(());
    }
    Err(Box::new(
        Diagnostic::new(
            codes::TOOL_VERSION,
            format!("this version of the tool is incompatible with the app `{}`", app.display()),
        )
        .actual(format!("an app with `infra-runtime` {version}"))
        .expected(format!(
            "`infra-runtime` {}",
            contract::compatible_versions()
        ))
        .help("update `infra-runtime` in the app, or install the tool from the same source as the app's `infra-runtime`"),
    ))
}

/// Returns the nearest file with that name in a folder or above it.
fn find_above(directory: &Path, name: &str) -> Option<PathBuf> {
    let files = directory.ancestors().map(|folder| folder.join(name));
    files.into_iter().find(|file| file.is_file())
}

/// Creates the finding for a project file that cannot be used.
fn bad_file(file: &Path, problem: &dyn std::fmt::Display) -> Diagnostic {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    Diagnostic::new(
        codes::BAD_PROJECT_FILE,
        format!("cannot use `{name}`: {}", file.display()),
    )
    .note(problem.to_string().trim_end().to_owned())
}

#[cfg(test)]
mod tests;
