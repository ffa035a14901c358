//! The app whose stacks a command is about: found, run, and asked for its cloud assembly.

mod cdk;
mod launch;
mod project;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use infra_console::{contract, find_variable, show_path};
use infra_core::{Diagnostic, codes};

pub use launch::AppRun;
pub(crate) use launch::{Launcher, SynthRequest};
pub(crate) use project::AccountSettings;

pub(crate) use cdk::{ACCOUNT, DefaultPlace};

use cdk::CdkProject;
use project::Project;

/// The origin of an assembly.
#[derive(Clone, Debug)]
pub(crate) enum AppSource {
    /// An app of this library: `synth` and the other commands of its runtime follow the command.
    Infra {
        /// The program and its first arguments.
        command: Vec<String>,
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
        variables: &BTreeMap<String, String>,
        directory: &Path,
    ) -> Result<Self, Box<Diagnostic>> {
        if let Some(named) = option {
            let folder = directory.join(named);
            if folder.join("manifest.json").is_file() {
                return Ok(Self::Folder(folder));
            }
            return Ok(Self::Cdk(CdkProject::of_command(named, directory)?));
        }
        if find_variable(variables, contract::DIRECTORY).is_some() {
            return Err(Box::new(
                Diagnostic::new(
                    codes::BAD_PROJECT_FILE,
                    "the app of the project is the tool itself, or starts it",
                )
                .help("name the program that calls `infra_runtime::run` in `infra.toml`"),
            ));
        }
        if let Some(app) = find_variable(variables, contract::APP) {
            check_version(app, find_variable(variables, contract::APP_VERSION))?;
            return Ok(Self::Infra {
                command: vec![app.to_owned()],
                directory: directory.to_owned(),
                // Cargo knows the package of the app; users may have called it from anywhere.
                project: match find_variable(variables, "CARGO_MANIFEST_DIR") {
                    Some(package) => Project::find(Path::new(package))?,
                    None => Project::find(directory)?,
                },
            });
        }
        let cdk = CdkProject::find(directory)?;
        let ours = Project::find(directory)?.filter(|ours| {
            // The nearer file is the project's; in one folder ours.
            let depth = |folder: &Path| folder.components().count();
            cdk.as_ref()
                .is_none_or(|cdk| depth(ours.folder()) >= depth(&cdk.directory))
        });
        if let Some(project) = ours {
            return Ok(Self::Infra {
                command: project.command()?,
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

    /// The environment that the project file names for calls without `--env`.
    pub(crate) fn default_environment(&self) -> Option<&str> {
        self.project()?.default_environment()
    }

    /// Profile and region that the project file gives an environment.
    pub(crate) fn account_settings(
        &self,
        environment: Option<&str>,
    ) -> Result<AccountSettings, Box<Diagnostic>> {
        let Some(project) = self.project() else {
            return Ok(AccountSettings::default());
        };
        project.check_environment(environment)?;
        Ok(project.account_settings(environment))
    }

    fn project(&self) -> Option<&Project> {
        match self {
            Self::Infra { project, .. } => project.as_ref(),
            Self::Cdk(_) | Self::Folder(_) => None,
        }
    }
}

/// Refuses an app whose runtime has another contract.
fn check_version(app: &str, version: Option<&str>) -> Result<(), Box<Diagnostic>> {
    let version = version.unwrap_or("none");
    if contract::are_compatible(version, contract::VERSION) {
        return Ok(());
    }
    Err(Box::new(
        Diagnostic::new(
            codes::TOOL_VERSION,
            format!("this tool does not fit the app `{app}`"),
        )
        .actual(format!("an app with `infra-runtime` {version}"))
        .expected(format!(
            "`infra-runtime` {}",
            contract::compatible_versions()
        ))
        .help(format!(
            "update `infra-runtime` in the app, or install the version of `{}` that fits it",
            contract::TOOL_PACKAGE
        )),
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
