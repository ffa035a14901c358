//! A command at work: its app, streams, person and way to AWS.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

use infra_aws::Cloud;
use infra_aws::sdk::MfaDevice;
use infra_console::contract;
use infra_console::words::clean;
use infra_console::{Color, ConfigurationArguments, ExitCode, Output, find_variable, show_path};
use infra_core::{Diagnostic, codes};
use infra_deploy::{Class, Error};
use infra_template::assembly::CloudAssembly;

use crate::app::{AppSource, Launcher, SynthRequest};
use crate::failure::Failure;
use crate::person::{Interrupts, Person};
use crate::process::{Connection, Protocol};

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
    /// The peer on standard input.
    pub(crate) protocol: Protocol,
}

impl Session<'_> {
    /// The value of an environment variable that is set and not empty.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        find_variable(self.variables, name)
    }

    /// Reads standard input to its end. It can be read once.
    pub(crate) fn read_standard_input(&mut self) -> Result<String, Failure> {
        std::mem::take(&mut self.protocol)
            .read_to_end()
            .map_err(|error| {
                let message = format!("cannot read standard input: {error}");
                Diagnostic::new(codes::FILE_NOT_USABLE, message).into()
            })
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
        Ok(CloudAssembly::read(out.path())?)
    }

    /// Has the app write its assembly to a folder.
    pub(crate) fn synthesize(&mut self, source: &AppSource, out: &Path) -> Result<(), Failure> {
        let request = SynthRequest {
            out,
            configuration: &self.configuration,
            color: self.color,
            directory: self.directory,
            variables: self.variables,
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

    /// Does work that talks to AWS, in a runtime of one thread.
    pub(crate) fn with_cloud<R>(
        &mut self,
        work: impl AsyncFnOnce(&mut Self, Arc<dyn Cloud>) -> Result<R, Failure>,
    ) -> Result<R, Failure> {
        let connection = std::mem::replace(self.connection, Connection::Environment);
        let (cloud, runtime) = match connection {
            Connection::Given(cloud, runtime) => (cloud, runtime),
            Connection::Environment => {
                let mut settings = self.aws_settings()?;
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()?;
                if let Some(device) = runtime.block_on(settings.mfa_device())? {
                    settings.mfa_code = Some(runtime.block_on(self.ask_for_code(&device))?);
                }
                let cloud = runtime.block_on(settings.connect())?;
                (cloud, runtime)
            }
        };
        let result = runtime.block_on(work(self, cloud));
        // A line that nobody types any more must not keep the process from ending.
        runtime.shutdown_background();
        result
    }

    /// Asks the person at the terminal for the code of an MFA device.
    async fn ask_for_code(&mut self, device: &MfaDevice) -> Result<String, Failure> {
        let MfaDevice {
            profile, serial, ..
        } = device;
        let refused = |reason: &str| {
            let finding = Diagnostic::new(
                codes::NO_CREDENTIALS,
                format!("profile `{profile}` needs a code of the MFA device `{serial}`, and {reason}"),
            )
            .help("run the command at a terminal, or use credentials without MFA: keys of a session in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or a profile with `sso_session`");
            Failure::from(Error::new(Class::Credentials, finding))
        };
        if !self.person.is_there() {
            return Err(refused("there is no terminal to ask for it"));
        }
        let question = format!(
            "MFA code of {} for profile `{}`: ",
            clean(serial),
            clean(profile)
        );
        self.output.say(&question)?;
        let answer = self.person.answer().await.unwrap_or_default();
        if let Some(echo) = self.person.echo(&answer) {
            self.output.say(&echo)?;
        }
        let code = answer.trim();
        if code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(code.to_owned())
        } else {
            Err(refused("the answer is not of six digits"))
        }
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
