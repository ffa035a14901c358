//! A command at work: its app, streams, person and way to AWS.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use infra_aws::Cloud;
use infra_console::contract;
use infra_console::{Color, ConfigurationArguments, ExitCode, Output, find_variable, show_path};
use infra_core::{Diagnostic, codes};
use infra_template::assembly::CloudAssembly;
use tempfile::TempDir;

use crate::app::{self, AppSource, DefaultPlace, Launcher, SynthRequest};
use crate::failure::Failure;
use crate::person::{Interrupts, Person};
use crate::process::{Connection, Protocol};

/// The file with the findings in an assembly of this library.
const FINDINGS: &str = "findings.json";

/// An app of the CDK waits this long for the account of the credentials, and is synthesized without it then.
const PATIENCE: Duration = Duration::from_secs(5);

/// A command at work.
pub(crate) struct Session<'a> {
    pub(crate) output: Output<'a>,
    pub(crate) directory: &'a Path,
    pub(crate) variables: &'a BTreeMap<String, String>,
    pub(crate) configuration: ConfigurationArguments,
    /// The option `--app`.
    pub(crate) app: Option<String>,
    pub(crate) color: Color,
    /// True when talk goes to a terminal, where lines can be written over.
    pub(crate) terminal: bool,
    /// Columns and lines of the terminal.
    pub(crate) size: fn() -> Option<(u16, u16)>,
    pub(crate) person: &'a mut Person,
    pub(crate) interrupts: &'a mut Interrupts,
    pub(crate) connection: &'a mut Connection,
    pub(crate) launcher: Launcher<'a>,
    /// The peer of `mcp`.
    pub(crate) protocol: Protocol,
    /// Folders that are removed when the command is over.
    pub(crate) folders: Vec<TempDir>,
}

impl Session<'_> {
    /// The value of an environment variable that is set and not empty.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        find_variable(self.variables, name)
    }

    /// The environment that was asked for.
    pub(crate) fn environment(&self) -> Option<&str> {
        self.configuration.env.as_deref()
    }

    /// The path as messages show it.
    pub(crate) fn show(&self, path: &Path) -> String {
        show_path(self.directory, path)
    }

    /// The app of this command: handed over, named by an option, or that of the project.
    pub(crate) fn app_source(&self) -> Result<AppSource, Failure> {
        if matches!(self.launcher, Launcher::Given(_)) {
            return Ok(AppSource::Infra {
                command: vec!["app".to_owned()],
                directory: self.directory.to_owned(),
                project: None,
            });
        }
        let found = AppSource::find(self.app.as_deref(), self.variables, self.directory);
        found.map_err(|finding| Failure::from(*finding))
    }

    /// The name of the app in reviews.
    pub(crate) fn app_name(&self) -> String {
        // Cargo's variables are those of whatever it runs; they name the app when it passed the command on.
        let package = self
            .variable(contract::APP)
            .and_then(|_| self.variable("CARGO_PKG_NAME"));
        match package {
            Some(name) => name.to_owned(),
            None => self
                .app_source()
                .ok()
                .and_then(|source| source.name())
                .unwrap_or_else(|| "app".to_owned()),
        }
    }

    /// The assembly in a folder, or the one that the app synthesizes now, when it may be reviewed and deployed: a template with a
    /// placeholder for the answer to a context lookup must not be, nor an app that reports an error.
    pub(crate) fn reviewable(&mut self, folder: Option<&Path>) -> Result<CloudAssembly, Failure> {
        let assembly = self.wanted(folder)?;
        // An app of this library prints its findings itself, and keeps them in its assembly.
        let printed = match folder {
            Some(folder) => self.directory.join(folder).join(FINDINGS).is_file(),
            None => match self.app_source()? {
                AppSource::Infra { .. } => true,
                AppSource::Folder(folder) => folder.join(FINDINGS).is_file(),
                AppSource::Cdk(_) => false,
            },
        };
        if !printed {
            self.output.findings(&assembly.warnings())?;
        }
        let mut stops = assembly.errors();
        stops.extend(assembly.unanswered());
        if stops.is_empty() {
            Ok(assembly)
        } else {
            Err(Failure::Findings(stops))
        }
    }

    /// The assembly in a folder, or the one that the app synthesizes now.
    ///
    /// The app prints its findings itself; errors end the command with its exit code, because nothing that is wrong
    /// is compared or deployed.
    pub(crate) fn wanted(&mut self, folder: Option<&Path>) -> Result<CloudAssembly, Failure> {
        if let Some(folder) = folder {
            return Ok(CloudAssembly::read(&self.directory.join(folder))?);
        }
        let source = self.app_source()?;
        if let AppSource::Folder(folder) = &source {
            return Ok(CloudAssembly::read(folder)?);
        }
        let out = tempfile::tempdir().map_err(|error| {
            let message = format!("cannot create a temporary folder: {error}");
            Diagnostic::new(codes::FILE_NOT_USABLE, message)
        })?;
        self.synthesize(&source, out.path())?;
        let assembly = CloudAssembly::read(out.path())?;
        // Assets are read from there when they are published.
        self.folders.push(out);
        Ok(assembly)
    }

    /// Has the app write its assembly to a folder.
    pub(crate) fn synthesize(&mut self, source: &AppSource, out: &Path) -> Result<(), Failure> {
        let place = match source {
            AppSource::Cdk(_) if self.variable(app::ACCOUNT).is_none() => self.default_place(),
            _ => DefaultPlace::default(),
        };
        let request = SynthRequest {
            out,
            configuration: &self.configuration,
            color: self.color,
            directory: self.directory,
            variables: self.variables,
            place: &place,
        };
        let code = self
            .launcher
            .synthesize(source, &request, &mut self.output)
            .map_err(|finding| Failure::from(*finding))?;
        if code == ExitCode::Ok {
            Ok(())
        } else {
            Err(Failure::Process(code))
        }
    }

    /// The account and the region of the credentials. An app can be synthesized without: a stack without them is for any.
    fn default_place(&self) -> DefaultPlace {
        let ask = async |cloud: &dyn Cloud| {
            let answer = tokio::time::timeout(PATIENCE, cloud.identity()).await;
            DefaultPlace {
                account: answer
                    .ok()
                    .and_then(Result::ok)
                    .map(|identity| identity.account),
                region: cloud.default_region(),
            }
        };
        match &*self.connection {
            Connection::Given(cloud, runtime) => runtime.block_on(ask(&**cloud)),
            Connection::Environment => {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build();
                let (Ok(runtime), Ok(settings)) = (runtime, self.aws_settings()) else {
                    return DefaultPlace::default();
                };
                runtime.block_on(async {
                    match settings.connect().await {
                        Ok(cloud) => ask(&*cloud).await,
                        Err(_) => DefaultPlace::default(),
                    }
                })
            }
        }
    }

    /// Runs a command of the app itself, with these arguments, and returns its exit code.
    pub(crate) fn pass_to_app(
        &mut self,
        source: &AppSource,
        arguments: &[OsString],
    ) -> Result<ExitCode, Failure> {
        let launched = self
            .launcher
            .run(source, arguments, self.directory, &mut self.output);
        launched.map_err(|finding| Failure::from(*finding))
    }

    /// The container tool that builds images: that of `CDK_DOCKER`, else the first of docker, podman, finch and buildah on the path.
    pub(crate) fn container_tool(&self) -> Option<PathBuf> {
        let path = self.variable("PATH").unwrap_or_default();
        let find = |name: &str| {
            std::env::split_paths(path)
                .map(|folder| folder.join(name))
                .find(|program| program.is_file())
        };
        match self.variable("CDK_DOCKER") {
            // A name that is not found is told by the program that would start it.
            Some(named) => Some(find(named).unwrap_or_else(|| named.into())),
            None => ["docker", "podman", "finch", "buildah"]
                .into_iter()
                .find_map(find),
        }
    }

    /// Does work that talks to AWS, in a runtime of one thread.
    pub(crate) fn with_cloud<R>(
        &mut self,
        work: impl AsyncFnOnce(&mut Self, Arc<dyn Cloud>) -> Result<R, Failure>,
    ) -> Result<R, Failure> {
        let connection = std::mem::replace(self.connection, Connection::Environment);
        let (cloud, runtime) = match connection {
            Connection::Given(cloud, runtime) => (cloud, runtime),
            Connection::Environment => {
                let settings = self.aws_settings()?;
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()?;
                let cloud = runtime.block_on(settings.connect())?;
                (cloud, runtime)
            }
        };
        let result = runtime.block_on(work(self, cloud));
        // A line that nobody types any more must not keep the process from ending.
        runtime.shutdown_background();
        result
    }

    /// Settings of the environment, completed by those of the project file for the chosen environment.
    fn aws_settings(&self) -> Result<infra_aws::sdk::Settings, Failure> {
        let mut settings = infra_aws::sdk::Settings::of_environment()?;
        let source = match self.app_source() {
            Ok(source) => Some(source),
            // A command such as `bootstrap` needs no app. A project file that cannot be used is no reason to work with
            // another account.
            Err(Failure::Findings(findings)) if findings[0].code == codes::NO_APP => None,
            Err(failure) => return Err(failure),
        };
        if let Some(source) = source {
            let account = source.account_settings(self.environment());
            let account = account.map_err(|finding| Failure::from(*finding))?;
            if self.variable("AWS_PROFILE").is_none() {
                settings.profile = account.profile;
            }
            if self.variable("AWS_REGION").is_none()
                && self.variable("AWS_DEFAULT_REGION").is_none()
            {
                settings.region = account.region;
            }
        }
        Ok(settings)
    }
}
