//! A command at work: its app, streams, person and way to AWS.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use infra_aws::Cloud;
use infra_aws::sdk::MfaDevice;
use infra_console::contract;
use infra_console::words::{clean, plural};
use infra_console::{Color, ConfigurationArguments, ExitCode, Output, Variables, show_path};
use infra_core::{Diagnostic, MissingContext, codes};
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
use crate::lookups::Rounds;
use crate::person::{Interrupts, Person};
use crate::process::{Connection, Protocol};

/// The file with the findings in an assembly of this library.
pub(crate) const FINDINGS: &str = "findings.json";

/// The file with context lookups, in the folder that an app writes its assembly to.
const QUESTIONS: &str = "questions.json";

/// An app of the CDK waits this long for the account of the credentials, and is synthesized without it then.
const PATIENCE: Duration = Duration::from_secs(5);

/// A command at work.
pub(crate) struct Session<'a> {
    pub(crate) output: Output<'a>,
    pub(crate) directory: &'a Path,
    pub(crate) variables: &'a Variables,
    pub(crate) configuration: ConfigurationArguments,
    /// The option `--app`.
    pub(crate) app: Option<String>,
    /// The option `--no-lookups`.
    pub(crate) no_lookups: bool,
    /// The options `--profile` and `--region`.
    pub(crate) account: AccountSettings,
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
    /// Folders that are removed when the command is over.
    pub(crate) folders: Vec<TemporaryFolder>,
}

impl Session<'_> {
    /// The value of an environment variable that is set and not empty.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        self.variables.text(name)
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
                command: vec!["app".into()],
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
            .variables
            .value(contract::APP)
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
    ///
    /// Lookups of an app are answered first, unless the user or the project does not want that.
    pub(crate) fn reviewable(&mut self, folder: Option<&Path>) -> Result<CloudAssembly, Failure> {
        let assembly = match (folder, self.app_source()) {
            (None, Ok(source)) if self.looks_up(&source) => self.answered()?,
            _ => self.wanted(folder)?,
        };
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
        let out = temporary_folder()?;
        self.synthesize(&source, out.path())?;
        let assembly = CloudAssembly::read(out.path())?;
        // Assets are read from there when they are published.
        self.folders.push(out);
        Ok(assembly)
    }

    /// True when context lookups of the app are answered.
    pub(crate) fn looks_up(&self, source: &AppSource) -> bool {
        !self.no_lookups && source.looks_up()
    }

    /// The assembly that the app synthesizes once all of its context lookups are answered.
    fn answered(&mut self) -> Result<CloudAssembly, Failure> {
        let mut rounds = Rounds::default();
        loop {
            // It has the answers of the round before.
            let source = self.app_source()?;
            let out = temporary_folder()?;
            let questions = out.path().join(QUESTIONS);
            self.synthesize_or_ask(&source, out.path(), Some(&questions))?;
            let lookups = if let Some(lookups) = read_questions(&questions)? {
                lookups
            } else {
                let assembly = CloudAssembly::read(out.path())?;
                if assembly.lookups.is_empty() {
                    // Assets are read from there when they are published.
                    self.folders.push(out);
                    return Ok(assembly);
                }
                assembly.lookups
            };
            self.answer(&source, &lookups, &mut rounds)?;
        }
    }

    /// Answers context lookups of the app with reads of AWS, and keeps the answers.
    ///
    /// # Errors
    ///
    /// When none of them can be answered, and when the app asks again for one that could not.
    pub(crate) fn answer(
        &mut self,
        source: &AppSource,
        lookups: &[MissingContext],
        rounds: &mut Rounds,
    ) -> Result<(), Failure> {
        let Some(path) = source.context_file(self.directory) else {
            let unanswered = lookups.iter().map(MissingContext::to_finding);
            return Err(Failure::Findings(unanswered.collect()));
        };
        let shown = self.show(&path);
        let new = rounds.begin(lookups, &shown)?;
        let count = plural(new.len(), "context lookup");
        self.output
            .talk(&format!("asking AWS to answer {count}\n"))?;
        let answers = self.ask_aws(async |cloud| answer_lookups(cloud, &new).await)?;
        let Answers {
            found,
            failed,
            notices,
            ..
        } = answers?;
        let answered = found.len();
        for notice in notices {
            self.output.talk(&format!("{}\n", clean(&notice)))?;
        }
        if !found.is_empty() {
            let mut file = ContextFile::read(path).map_err(|finding| *finding)?;
            let count = plural(found.len(), "answer");
            file.values.extend(found);
            file.write().map_err(|finding| *finding)?;
            let line = format!("{count} kept in `{shown}`, which belongs into version control\n");
            self.output.talk(&line)?;
        }
        Ok(rounds.end(answered, failed)?)
    }

    /// Has the app write its assembly to a folder.
    pub(crate) fn synthesize(&mut self, source: &AppSource, out: &Path) -> Result<(), Failure> {
        self.synthesize_or_ask(source, out, None)
    }

    /// Has the app write its assembly to a folder; one of this library writes the context lookups that it has no answers to into the
    /// other file instead.
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
                .project()?
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

    /// The way to AWS, in a runtime of one thread: the one of before, else a new one, for which the person may have to give a code.
    fn connection(&mut self) -> Result<(Arc<dyn Cloud>, Runtime), Failure> {
        match std::mem::replace(self.connection, Connection::Environment) {
            Connection::Given(cloud, runtime) => Ok((cloud, runtime)),
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

    /// Asks AWS something before the work of the command, which goes on with the same credentials.
    fn ask_aws<R>(&mut self, work: impl AsyncFnOnce(&Arc<dyn Cloud>) -> R) -> Result<R, Failure> {
        let (cloud, runtime) = self.connection()?;
        let result = runtime.block_on(work(&cloud));
        *self.connection = Connection::Given(cloud, runtime);
        Ok(result)
    }

    /// Does work that talks to AWS with the credentials of one environment of several: the next one gets its own.
    pub(crate) fn with_cloud_of_environment<R>(
        &mut self,
        environment: &str,
        work: impl AsyncFnOnce(&mut Self, Arc<dyn Cloud>) -> Result<R, Failure>,
    ) -> Result<R, Failure> {
        self.configuration.env = Some(environment.to_owned());
        let is_given = matches!(*self.connection, Connection::Given(..));
        let (cloud, runtime) = self.connection()?;
        let result = runtime.block_on(work(self, Arc::clone(&cloud)));
        if is_given {
            *self.connection = Connection::Given(cloud, runtime);
        } else {
            runtime.shutdown_background();
        }
        result
    }

    /// Does work that talks to AWS, in a runtime of one thread.
    pub(crate) fn with_cloud<R>(
        &mut self,
        work: impl AsyncFnOnce(&mut Self, Arc<dyn Cloud>) -> Result<R, Failure>,
    ) -> Result<R, Failure> {
        let (cloud, runtime) = self.connection()?;
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

    /// The environments that the project file has settings for, in order.
    pub(crate) fn environments(&self) -> Result<Vec<String>, Failure> {
        let project = match self.launcher {
            // An app that is handed over stands for the one that a project file names.
            Launcher::Given(_) => {
                let found = Project::find(self.directory, self.variables);
                found.map_err(|finding| Failure::from(*finding))?
            }
            Launcher::Process | Launcher::Captured => self.project()?,
        };
        Ok(project.map_or_else(Vec::new, |project| project.environments()))
    }

    /// The project of the command, also where `--app` or `--assembly` names something else to synthesize.
    pub(crate) fn project(&self) -> Result<Option<Project>, Failure> {
        let found = match (&self.app, self.variables.value(contract::APP)) {
            (Some(_), Some(_)) => project_of_caller(self.variables),
            (Some(_), None) => Project::find(self.directory, self.variables),
            (None, _) => match self.app_source() {
                Ok(source) => Ok(source.project().cloned()),
                // A command such as `bootstrap` needs no app. A project file that cannot be used is no reason to work with
                // another account.
                Err(Failure::Findings(findings)) if findings[0].code == codes::NO_APP => Ok(None),
                Err(failure) => return Err(failure),
            },
        };
        found.map_err(|finding| Failure::from(*finding))
    }

    /// Profile and region of the command.
    ///
    /// Each is that of the command line, else of the environment variable, else of the environment in the project file, else of its
    /// defaults. Where none names a region, the SDK takes that of the profile.
    fn aws_settings(&self) -> Result<infra_aws::sdk::Settings, Failure> {
        let mut settings = infra_aws::sdk::Settings::of_environment()?;
        if let Some(profile) = &self.account.profile
            && self.variable("AWS_ACCESS_KEY_ID").is_some()
        {
            // The SDK would take the keys, and the AWS CLI the profile: they may be of two accounts.
            return Err(Diagnostic::new(
                codes::BAD_AWS_CONFIGURATION,
                format!("`--profile {profile}` and AWS_ACCESS_KEY_ID both choose credentials"),
            )
            .help("unset AWS_ACCESS_KEY_ID to use the profile, or leave `--profile` out to use the keys")
            .into());
        }
        let is_set = |names: &[&str]| names.iter().any(|name| self.variable(name).is_some());
        let profile_is_given = self.account.profile.is_some() || is_set(&["AWS_PROFILE"]);
        let region_is_given =
            self.account.region.is_some() || is_set(&["AWS_REGION", "AWS_DEFAULT_REGION"]);
        let mut account = AccountSettings::default();
        if !(profile_is_given && region_is_given)
            && let Some(project) = self.project()?
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

/// The context lookups that an app of this library wrote to a file; `None` when it wrote its assembly.
pub(crate) fn read_questions(file: &Path) -> Result<Option<Vec<MissingContext>>, Failure> {
    let Ok(text) = std::fs::read_to_string(file) else {
        return Ok(None);
    };
    let lookups = contract::read_questions(&text);
    lookups.map(Some).ok_or_else(|| {
        let message = "the app wrote context lookups that cannot be read";
        Diagnostic::new(codes::APP_FAILED, message)
            .help("build the app with the version of `infra-runtime` that belongs to this tool")
            .into()
    })
}
