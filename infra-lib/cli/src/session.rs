//! Defines [`Session`], the state of a running command: its app, streams, user and connection to AWS.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use infra_aws::Cloud;
use infra_aws::sdk::MfaDevice;
use infra_console::contract;
use infra_console::words::{clean_line, format_count};
use infra_console::{Color, ConfigurationArguments, ExitCode, Output, Variables, show_path};
use infra_core::{AllowedInterruption, Diagnostic, MissingContext, codes};
use infra_deploy::lookup::{Answers, answer_lookups};
use infra_deploy::{Class, Error};
use infra_template::assembly::CloudAssembly;
use tokio::runtime::Runtime;

use crate::app::{
    self, AccountSettings, AppSource, DefaultPlace, Launcher, Project, SynthRequest,
    project_of_caller,
};
use crate::child::TemporaryFolder;
use crate::context::ContextFile;
use crate::failure::Failure;
use crate::lookups::LookupRounds;
use crate::person::{Interrupts, UserInput};
use crate::process::{Connection, Protocol};

/// File with the findings in an assembly of this library.
pub(crate) const FINDINGS: &str = "findings.json";

/// File for unanswered context lookups, in the folder that an app writes its assembly to.
const QUESTIONS: &str = "questions.json";

/// Time to wait for the account of the credentials before a CDK app is synthesized without it.
const IDENTITY_TIMEOUT: Duration = Duration::from_secs(5);

/// A running command, with its options, streams, user and connection to AWS.
pub(crate) struct Session<'a> {
    pub(crate) output: Output<'a>,
    pub(crate) directory: &'a Path,
    pub(crate) variables: &'a Variables,
    pub(crate) configuration: ConfigurationArguments,
    /// Value of the option `--app`.
    pub(crate) app: Option<String>,
    /// True with the option `--no-lookups`.
    pub(crate) no_lookups: bool,
    /// Values of the options `--profile` and `--region`.
    pub(crate) account: AccountSettings,
    pub(crate) color: Color,
    /// True if standard error is a terminal, where lines can be overwritten.
    pub(crate) terminal: bool,
    /// Returns columns and lines of the terminal.
    pub(crate) size: fn() -> Option<(u16, u16)>,
    pub(crate) person: &'a mut UserInput,
    pub(crate) interrupts: &'a mut Interrupts,
    pub(crate) connection: &'a mut Connection,
    pub(crate) launcher: Launcher<'a>,
    /// Peer on standard input, until the input has been read.
    pub(crate) protocol: Protocol,
    /// Folders to remove when the command ends.
    pub(crate) folders: Vec<TemporaryFolder>,
}

impl Session<'_> {
    /// Returns the value of an environment variable, if it is set and not empty.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        self.variables.find_text(name)
    }

    /// Reads standard input to its end; later calls return no input.
    pub(crate) fn read_standard_input(&mut self) -> Result<String, Failure> {
        let bytes = self.read_standard_input_bytes()?;
        String::from_utf8(bytes).map_err(|error| {
            let offset = error.utf8_error().valid_up_to();
            let message = format!(
                "cannot read standard input: byte {} is not UTF-8",
                offset + 1
            );
            Diagnostic::new(codes::FILE_NOT_USABLE, message).into()
        })
    }

    /// Reads standard input to its end, in any encoding.
    pub(crate) fn read_standard_input_bytes(&mut self) -> Result<Vec<u8>, Diagnostic> {
        std::mem::take(&mut self.protocol)
            .read_to_end()
            .map_err(|error| {
                let message = format!("cannot read standard input: {error}");
                Diagnostic::new(codes::FILE_NOT_USABLE, message)
            })
    }

    /// Returns the environment chosen with `--env` or by the project file.
    pub(crate) fn environment(&self) -> Option<&str> {
        self.configuration.env.as_deref()
    }

    /// Formats a path for messages, relative to the working folder where possible.
    pub(crate) fn format_path(&self, path: &Path) -> String {
        show_path(self.directory, path)
    }

    /// Returns the longest interruption that the environment allows: the key `availability` of the project file.
    pub(crate) fn availability(&self) -> Result<Option<AllowedInterruption>, Failure> {
        let Some(project) = self.find_project()? else {
            return Ok(None);
        };
        let environment = self.environment().or(project.default_environment());
        let settings = project.account_settings(environment);
        Ok(settings.availability.map(AllowedInterruption::from))
    }

    /// Finds the app of this command: the one a test provides, else as [`AppSource::find`] does.
    pub(crate) fn app_source(&self) -> Result<AppSource, Failure> {
        if matches!(self.launcher, Launcher::Given(_)) {
            return Ok(AppSource::Infra {
                command: vec!["app".into()],
                directory: self.directory.to_owned(),
                project: None,
            });
        }
        let found = AppSource::find_app(self.app.as_deref(), self.variables, self.directory);
        found.map_err(|finding| Failure::from(*finding))
    }

    /// Returns the name of the app in reviews. An app that passed the command on is named by its Cargo package.
    pub(crate) fn app_name(&self) -> String {
        // Cargo sets its variables for every program that it runs; they describe the app only if the app passed the command on.
        let package = self
            .variables
            .find_value(contract::APP)
            .and_then(|_| self.variable("CARGO_PKG_NAME"));
        match package {
            Some(name) => name.to_owned(),
            None => self
                .app_source()
                .ok()
                .and_then(|source| source.app_name())
                .unwrap_or_else(|| "app".to_owned()),
        }
    }

    /// Returns the assembly in a folder, or synthesizes the app, and checks that the result may be reviewed and deployed. Errors of the app and
    /// templates with placeholders for unanswered context lookups are refused.
    ///
    /// Context lookups of an app are answered first, unless the user or the project disabled them.
    pub(crate) fn load_reviewable_assembly(
        &mut self,
        folder: Option<&Path>,
    ) -> Result<CloudAssembly, Failure> {
        let assembly = match (folder, self.app_source()) {
            (None, Ok(source)) if self.allows_lookups(&source) => self.synthesize_answered()?,
            _ => self.load_assembly(folder)?,
        };
        // An app of this library prints its findings itself, and stores them in its assembly.
        let printed = match folder {
            Some(folder) => self.directory.join(folder).join(FINDINGS).is_file(),
            None => match self.app_source()? {
                AppSource::Infra { .. } => true,
                AppSource::Folder(folder) => folder.join(FINDINGS).is_file(),
                AppSource::Cdk(_) => false,
            },
        };
        if !printed {
            self.output.write_findings(&assembly.warning_findings())?;
        }
        let mut stops = assembly.error_findings();
        stops.extend(assembly.missing_context_findings());
        if stops.is_empty() {
            Ok(assembly)
        } else {
            Err(Failure::Findings(stops))
        }
    }

    /// Returns the assembly in a folder, or synthesizes the app.
    ///
    /// The app prints its findings itself. An app with errors ends the command with its exit code, because an invalid template is neither compared
    /// nor deployed.
    pub(crate) fn load_assembly(
        &mut self,
        folder: Option<&Path>,
    ) -> Result<CloudAssembly, Failure> {
        if let Some(folder) = folder {
            return Ok(CloudAssembly::read_directory(&self.directory.join(folder))?);
        }
        let source = self.app_source()?;
        if let AppSource::Folder(folder) = &source {
            return Ok(CloudAssembly::read_directory(folder)?);
        }
        let out = temporary_folder()?;
        self.synthesize_app(&source, out.path())?;
        let assembly = CloudAssembly::read_directory(out.path())?;
        // Assets in it are read later, when they are published.
        self.folders.push(out);
        Ok(assembly)
    }

    /// Returns true if context lookups of the app are answered by this command.
    pub(crate) fn allows_lookups(&self, source: &AppSource) -> bool {
        !self.no_lookups && source.allows_lookups()
    }

    /// Synthesizes the app repeatedly until all of its context lookups are answered.
    fn synthesize_answered(&mut self) -> Result<CloudAssembly, Failure> {
        let mut rounds = LookupRounds::default();
        loop {
            // The source is found again because it contains the answers of the previous round.
            let source = self.app_source()?;
            let out = temporary_folder()?;
            let questions = out.path().join(QUESTIONS);
            self.synthesize_or_ask(&source, out.path(), Some(&questions))?;
            let lookups = if let Some(lookups) = read_questions(&questions)? {
                lookups
            } else {
                let assembly = CloudAssembly::read_directory(out.path())?;
                if assembly.lookups.is_empty() {
                    // Assets in it are read later, when they are published.
                    self.folders.push(out);
                    return Ok(assembly);
                }
                assembly.lookups
            };
            self.answer_context_lookups(&source, &lookups, &mut rounds)?;
        }
    }

    /// Answers context lookups of the app with reads of AWS, and stores the answers in its context file.
    ///
    /// # Errors
    ///
    /// Returns an error if no lookup can be answered, or if the app requests a failed one again.
    pub(crate) fn answer_context_lookups(
        &mut self,
        source: &AppSource,
        lookups: &[MissingContext],
        rounds: &mut LookupRounds,
    ) -> Result<(), Failure> {
        let Some(path) = source.context_file(self.directory) else {
            let unanswered = lookups.iter().map(MissingContext::to_finding);
            return Err(Failure::Findings(unanswered.collect()));
        };
        let shown = self.format_path(&path);
        let new = rounds.begin_round(lookups, &shown)?;
        let count = format_count(new.len(), "context lookup");
        self.output
            .write_status(&format!("looking up {count} in AWS\n"))?;
        let answers = self.ask_aws(async |cloud| answer_lookups(cloud, &new).await)?;
        let Answers {
            found,
            failed,
            notices,
            ..
        } = answers?;
        let answered = found.len();
        for notice in notices {
            self.output
                .write_status(&format!("{}\n", clean_line(&notice)))?;
        }
        if !found.is_empty() {
            let mut file = ContextFile::read_file(path).map_err(|finding| *finding)?;
            let count = format_count(found.len(), "answer");
            file.values.extend(found);
            file.write_file().map_err(|finding| *finding)?;
            let line =
                format!("{count} stored in `{shown}`; commit this file to version control\n");
            self.output.write_status(&line)?;
        }
        Ok(rounds.end_round(answered, failed)?)
    }

    /// Runs the app to write its assembly to a folder.
    pub(crate) fn synthesize_app(&mut self, source: &AppSource, out: &Path) -> Result<(), Failure> {
        self.synthesize_or_ask(source, out, None)
    }

    /// Runs the app to write its assembly to a folder. An app of this library with unanswered context lookups writes them to `questions` instead, if
    /// that is given.
    fn synthesize_or_ask(
        &mut self,
        source: &AppSource,
        out: &Path,
        questions: Option<&Path>,
    ) -> Result<(), Failure> {
        let place = match source {
            AppSource::Cdk(_) if self.variable(app::ACCOUNT).is_none() => self.default_place(),
            _ => DefaultPlace::default(),
        };
        let environment_is_of_project = match self.environment() {
            Some(name) => self
                .find_project()?
                .is_some_and(|project| project.has_environment(name)),
            None => false,
        };
        let request = SynthRequest {
            out,
            questions,
            environment_is_of_project,
            configuration: &self.configuration,
            color: self.color,
            directory: self.directory,
            variables: self.variables,
            place: &place,
        };
        let code = self
            .launcher
            .synthesize_app(source, &request, &mut self.output)
            .map_err(|finding| Failure::from(*finding))?;
        if code == ExitCode::Ok {
            Ok(())
        } else {
            Err(Failure::Process(code))
        }
    }

    /// Returns account and region of the credentials, as far as they can be found. A CDK app can be synthesized without them; its stacks are then
    /// environment-agnostic.
    fn default_place(&self) -> DefaultPlace {
        let ask = async |cloud: &dyn Cloud| {
            let answer = tokio::time::timeout(IDENTITY_TIMEOUT, cloud.caller_identity()).await;
            DefaultPlace {
                account: answer
                    .ok()
                    .and_then(Result::ok)
                    .map(|identity| identity.account),
                region: cloud.default_region(),
            }
        };
        match &*self.connection {
            Connection::Existing(cloud, runtime) => runtime.block_on(ask(&**cloud)),
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

    /// Runs a command of the app with these arguments, and returns its exit code.
    pub(crate) fn pass_to_app(
        &mut self,
        source: &AppSource,
        arguments: &[OsString],
    ) -> Result<ExitCode, Failure> {
        let launched =
            self.launcher
                .run_command(source, arguments, self.directory, &mut self.output);
        launched.map_err(|finding| Failure::from(*finding))
    }

    /// Returns the container tool that builds images: the one `CDK_DOCKER` names, else the first of docker, podman, finch and buildah in `PATH`.
    pub(crate) fn container_tool(&self) -> Option<PathBuf> {
        let path = self.variable("PATH").unwrap_or_default();
        let find = |name: &str| {
            std::env::split_paths(path)
                .map(|folder| folder.join(name))
                .find(|program| program.is_file())
        };
        match self.variable("CDK_DOCKER") {
            // The program that starts the tool reports a name that is not found.
            Some(named) => Some(find(named).unwrap_or_else(|| named.into())),
            None => ["docker", "podman", "finch", "buildah"]
                .into_iter()
                .find_map(find),
        }
    }

    /// Returns the connection to AWS with its single-threaded runtime: the existing one, else a new one, for which the user may be asked for an MFA
    /// code.
    fn connect_to_aws(&mut self) -> Result<(Arc<dyn Cloud>, Runtime), Failure> {
        match std::mem::replace(self.connection, Connection::Environment) {
            Connection::Existing(cloud, runtime) => Ok((cloud, runtime)),
            Connection::Environment => {
                let mut settings = self.aws_settings()?;
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()?;
                if let Some(device) = runtime.block_on(settings.mfa_device())? {
                    settings.mfa_code = Some(runtime.block_on(self.ask_for_code(&device))?);
                }
                let cloud = runtime.block_on(settings.connect())?;
                Ok((cloud, runtime))
            }
        }
    }

    /// Runs a task against AWS before the main work of the command, which then uses the same connection and credentials.
    fn ask_aws<R>(&mut self, work: impl AsyncFnOnce(&Arc<dyn Cloud>) -> R) -> Result<R, Failure> {
        let (cloud, runtime) = self.connect_to_aws()?;
        let result = runtime.block_on(work(&cloud));
        *self.connection = Connection::Existing(cloud, runtime);
        Ok(result)
    }

    /// Runs a task with the credentials of one environment. Each environment of a command gets its own connection.
    pub(crate) fn with_cloud_of_environment<R>(
        &mut self,
        environment: &str,
        work: impl AsyncFnOnce(&mut Self, Arc<dyn Cloud>) -> Result<R, Failure>,
    ) -> Result<R, Failure> {
        self.configuration.env = Some(environment.to_owned());
        let is_given = matches!(*self.connection, Connection::Existing(..));
        let (cloud, runtime) = self.connect_to_aws()?;
        let result = runtime.block_on(work(self, Arc::clone(&cloud)));
        if is_given {
            *self.connection = Connection::Existing(cloud, runtime);
        } else {
            runtime.shutdown_background();
        }
        result
    }

    /// Runs the main work of a command against AWS, in a single-threaded runtime.
    pub(crate) fn with_cloud<R>(
        &mut self,
        work: impl AsyncFnOnce(&mut Self, Arc<dyn Cloud>) -> Result<R, Failure>,
    ) -> Result<R, Failure> {
        let (cloud, runtime) = self.connect_to_aws()?;
        let result = runtime.block_on(work(self, cloud));
        // A pending read of a line must not keep the process from exiting.
        runtime.shutdown_background();
        result
    }

    /// Asks the user for the code of an MFA device. Fails without a terminal, or if the answer does not consist of six digits.
    async fn ask_for_code(&mut self, device: &MfaDevice) -> Result<String, Failure> {
        let MfaDevice {
            profile, serial, ..
        } = device;
        let refused = |reason: &str| {
            let finding = Diagnostic::new(
                codes::NO_CREDENTIALS,
                format!("profile `{profile}` requires a code of the MFA device `{serial}`, but {reason}"),
            )
            .help("run the command at a terminal, or use credentials that do not require a code: session credentials in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or a profile with `sso_session`");
            Failure::from(Error::new(Class::Credentials, finding))
        };
        if !self.person.is_present() {
            return Err(refused("there is no terminal to ask for it"));
        }
        let question = format!(
            "MFA code of {} for profile `{}`: ",
            clean_line(serial),
            clean_line(profile)
        );
        self.output.write_message(&question)?;
        let answer = self.person.read_answer().await.unwrap_or_default();
        if let Some(echo) = self.person.echo_text(&answer) {
            self.output.write_message(&echo)?;
        }
        let code = answer.trim();
        if code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(code.to_owned())
        } else {
            Err(refused("the answer does not have six digits"))
        }
    }

    /// Returns the names of the environments that the project file has settings for, sorted.
    pub(crate) fn list_environments(&self) -> Result<Vec<String>, Failure> {
        let project = self.settings_project()?;
        Ok(project.map_or_else(Vec::new, |project| project.environment_names()))
    }

    /// Returns the project whose settings apply to the command.
    pub(crate) fn settings_project(&self) -> Result<Option<Project>, Failure> {
        match self.launcher {
            // The app that a test provides replaces the one that a project file names.
            Launcher::Given(_) => {
                let found = Project::find_project(self.directory, self.variables);
                found.map_err(|finding| Failure::from(*finding))
            }
            Launcher::Process | Launcher::Captured => self.find_project(),
        }
    }

    /// Returns the project of the command, even if `--app` or `--assembly` names something else to synthesize.
    pub(crate) fn find_project(&self) -> Result<Option<Project>, Failure> {
        let found = match (&self.app, self.variables.find_value(contract::APP)) {
            (Some(_), Some(_)) => project_of_caller(self.variables),
            (Some(_), None) => Project::find_project(self.directory, self.variables),
            (None, _) => match self.app_source() {
                Ok(source) => Ok(source.infra_project().cloned()),
                // A command such as `bootstrap` needs no app. An unusable project file is an error, because without it another account could be
                // used.
                Err(Failure::Findings(findings)) if findings[0].code == codes::NO_APP => Ok(None),
                Err(failure) => return Err(failure),
            },
        };
        found.map_err(|finding| Failure::from(*finding))
    }

    /// Resolves profile and region of the command.
    ///
    /// Each is taken from the command line, else the environment variable, else the environment in the project file, else its defaults. If no region
    /// is found, the SDK uses that of the profile.
    fn aws_settings(&self) -> Result<infra_aws::sdk::Settings, Failure> {
        let mut settings = infra_aws::sdk::Settings::from_environment()?;
        if let Some(profile) = &self.account.profile
            && self.variable("AWS_ACCESS_KEY_ID").is_some()
        {
            // The SDK would use the keys, the AWS CLI the profile; they can belong to two accounts.
            return Err(Diagnostic::new(
                codes::BAD_AWS_CONFIGURATION,
                format!("`--profile {profile}` and AWS_ACCESS_KEY_ID both specify credentials"),
            )
            .help("unset AWS_ACCESS_KEY_ID to use the profile, or omit `--profile` to use the keys")
            .into());
        }
        let is_set = |names: &[&str]| names.iter().any(|name| self.variable(name).is_some());
        let profile_is_given = self.account.profile.is_some() || is_set(&["AWS_PROFILE"]);
        let region_is_given =
            self.account.region.is_some() || is_set(&["AWS_REGION", "AWS_DEFAULT_REGION"]);
        let mut account = AccountSettings::default();
        if !(profile_is_given && region_is_given)
            && let Some(project) = self.find_project()?
        {
            let environment = self.environment().or(project.default_environment());
            project
                .check_environment(environment)
                .map_err(|finding| *finding)?;
            account = project.account_settings(environment);
        }
        settings.profile.clone_from(&self.account.profile);
        if !profile_is_given {
            settings.profile = account.profile;
        }
        settings.region.clone_from(&self.account.region);
        if !region_is_given {
            settings.region = account.region;
        }
        Ok(settings)
    }
}

fn temporary_folder() -> Result<TemporaryFolder, Failure> {
    TemporaryFolder::new().map_err(|error| {
        let message = format!("cannot create a temporary folder: {error}");
        Diagnostic::new(codes::FILE_NOT_USABLE, message).into()
    })
}

/// Reads the context lookups that an app of this library wrote to a file; `None` if it wrote its assembly instead.
pub(crate) fn read_questions(file: &Path) -> Result<Option<Vec<MissingContext>>, Failure> {
    let Ok(text) = std::fs::read_to_string(file) else {
        return Ok(None);
    };
    let lookups = contract::parse_lookups(&text);
    lookups.map(Some).ok_or_else(|| {
        let message = "cannot read the context lookups that the app wrote";
        Diagnostic::new(codes::APP_FAILED, message)
            .help("build the app with the version of `infra-runtime` that matches this tool")
            .into()
    })
}
