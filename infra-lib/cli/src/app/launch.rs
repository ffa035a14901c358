//! Runs an app as a process.

use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use infra_console::{Color, ConfigurationArguments, ExitCode, Output, Variables, contract};
use infra_core::{Diagnostic, codes};

use super::cdk::{CdkProject, DefaultPlace, move_long_context};
use super::{AppSource, show_command};
use crate::child;

/// The output of an app that a test runs within its own process.
#[derive(Debug)]
pub struct AppRun {
    /// The data.
    pub stdout: String,
    /// The talk.
    pub stderr: String,
    /// The exit code.
    pub exit_code: ExitCode,
}

/// Runs an app of this library with arguments, in a folder.
type RunApp<'a> = dyn Fn(&[OsString], &Path) -> AppRun + 'a;

/// The way to run apps.
#[derive(Clone, Copy)]
pub(crate) enum Launcher<'a> {
    /// As processes, with the streams of this one.
    Process,
    /// As processes without standard input, whose output becomes that of the command.
    Captured,
    /// Within the process of a test, whatever app a project names.
    Given(&'a RunApp<'a>),
}

impl fmt::Debug for Launcher<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Process => "Process",
            Self::Captured => "Captured",
            Self::Given(_) => "Given",
        })
    }
}

/// The use of the standard output of an app.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum AppData {
    /// Talk: standard output is that of the command.
    Talk,
    /// Data of the command.
    Data,
}

/// An assembly to be written.
pub(crate) struct SynthRequest<'a> {
    pub(crate) out: &'a Path,
    pub(crate) configuration: &'a ConfigurationArguments,
    pub(crate) color: Color,
    pub(crate) directory: &'a Path,
    pub(crate) variables: &'a Variables,
    /// Account and region that an app of the CDK gets as its defaults.
    pub(crate) place: &'a DefaultPlace,
    /// The file for context lookups without an answer, which an app of this library writes in place of an assembly; `None` to have it
    /// written with placeholders.
    pub(crate) questions: Option<&'a Path>,
    /// True when `--env` names settings of the project file, which are not for the app.
    pub(crate) environment_is_of_project: bool,
}

impl Launcher<'_> {
    /// Has an app write its assembly. The app reports its findings on standard error; data of its own goes there too,
    /// since standard output is that of the command.
    pub(crate) fn synthesize(
        self,
        source: &AppSource,
        request: &SynthRequest<'_>,
        output: &mut Output<'_>,
    ) -> Result<ExitCode, Box<Diagnostic>> {
        match source {
            AppSource::Infra { .. } => {
                let mut arguments: Vec<OsString> =
                    vec!["synth".into(), "--quiet".into(), "--out".into()];
                arguments.push(request.out.into());
                if let Some(file) = request.questions {
                    arguments.extend(["--questions".into(), file.into()]);
                }
                arguments.extend(color_argument(request.color));
                arguments.extend(absolute(request.configuration, request.directory));
                let directory = request.directory;
                let code = self.start(source, &arguments, directory, AppData::Talk, output)?;
                let asks = request.questions.is_some_and(Path::is_file);
                if asks && code == ExitCode::Ok {
                    return Ok(ExitCode::Ok);
                }
                check_synthesis(source, code, request.out)
            }
            AppSource::Cdk(project) => self.synthesize_cdk(project, request, output),
            AppSource::Folder(folder) => Err(Box::new(
                Diagnostic::new(
                    codes::NO_APP,
                    format!(
                        "`{}` is an assembly, and there is no app to synthesize",
                        folder.display()
                    ),
                )
                .help("name a command with `--app`, or leave `--app` out in a project folder"),
            )),
        }
    }

    /// Runs a command of the app itself; all streams are those of this process.
    pub(crate) fn run(
        self,
        source: &AppSource,
        arguments: &[OsString],
        directory: &Path,
        output: &mut Output<'_>,
    ) -> Result<ExitCode, Box<Diagnostic>> {
        self.start(source, arguments, directory, AppData::Data, output)
    }

    fn start(
        self,
        source: &AppSource,
        arguments: &[OsString],
        directory: &Path,
        data: AppData,
        output: &mut Output<'_>,
    ) -> Result<ExitCode, Box<Diagnostic>> {
        if let Self::Given(run) = self {
            let run = run(arguments, directory);
            // A test reads both streams; one that cannot be written to fails there.
            let _ = output
                .data(&run.stdout)
                .and_then(|()| output.say(&run.stderr));
            return Ok(run.exit_code);
        }
        let AppSource::Infra {
            command,
            directory: folder,
            ..
        } = source
        else {
            return Err(Box::new(
                Diagnostic::new(
                    codes::NO_APP,
                    "this is a command of apps of this library, and the app is none",
                )
                .help("`diff`, `plan` and `deploy` work for every cloud assembly"),
            ));
        };
        let mut words = command.iter();
        let mut process = Command::new(words.next().cloned().unwrap_or_default());
        process
            .args(words)
            .args(arguments)
            .current_dir(folder)
            .env(contract::DIRECTORY, directory)
            .env_remove(contract::PARAMETERS);
        self.finish(&mut process, data, output)
            .map(code_of)
            .map_err(|error| not_started(&show_command(command), &error))
    }

    /// Runs a process to its end.
    fn finish(
        self,
        process: &mut Command,
        data: AppData,
        output: &mut Output<'_>,
    ) -> io::Result<ExitStatus> {
        if !matches!(self, Self::Captured) {
            match data {
                // What is typed is for the tool, which may ask something afterwards.
                AppData::Talk => process.stdin(Stdio::null()).stdout(io::stderr()),
                AppData::Data => process.stdout(Stdio::inherit()),
            };
            return child::run(process).map(|done| done.status);
        }
        let done = child::read(process)?;
        let stdout = String::from_utf8_lossy(&done.stdout);
        match data {
            AppData::Talk => output.say(&stdout)?,
            AppData::Data => output.data(&stdout)?,
        }
        output.say(&String::from_utf8_lossy(&done.stderr))?;
        Ok(done.status)
    }

    /// Starts an app of the CDK as the `cdk` CLI does: by the shell, with variables in place of arguments.
    fn synthesize_cdk(
        self,
        project: &CdkProject,
        request: &SynthRequest<'_>,
        output: &mut Output<'_>,
    ) -> Result<ExitCode, Box<Diagnostic>> {
        let mut configuration = request.configuration.clone();
        if request.environment_is_of_project {
            configuration.env = None;
        }
        if !configuration.is_empty() {
            return Err(Box::new(
            Diagnostic::new(
                codes::NO_CONFIGURATION,
                "`--env`, `--set` and `--config` choose the configuration of an app of this library, and the app is one of the CDK",
            )
            .help("write them into the command: `--app 'my-app synth --env prod'`; a CDK app reads `context` of `cdk.json`"),
        ));
        }
        let mut variables = project.variables(request.out, request.variables, request.place);
        let _overflow = move_long_context(&mut variables)
            .map_err(|error| not_started(&project.command, &error))?;
        let mut process = shell(&project.command);
        process
            .current_dir(&project.directory)
            .envs(variables)
            .env_remove(contract::PARAMETERS);
        let status = self
            .finish(&mut process, AppData::Talk, output)
            .map_err(|error| not_started(&project.command, &error))?;
        let app = &project.command;
        if child::is_interrupted() {
            return Ok(ExitCode::Interrupted);
        }
        if !status.success() {
            return Err(failed(format!(
                "the app `{app}` ended with {}",
                in_words(status)
            )));
        }
        if !request.out.join("manifest.json").is_file() {
            return Err(failed(format!("the app `{app}` wrote no cloud assembly")));
        }
        Ok(ExitCode::Ok)
    }
}

#[cfg(unix)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(command);
    shell
}

#[cfg(not(unix))]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("cmd");
    shell.arg("/C").arg(command);
    shell
}

fn color_argument(color: Color) -> Vec<OsString> {
    let word = match color {
        Color::Auto => return Vec::new(),
        Color::Always => "always",
        Color::Never => "never",
    };
    vec!["--color".into(), word.into()]
}

/// The options of the configuration for an app that runs in another folder.
fn absolute(configuration: &ConfigurationArguments, directory: &Path) -> Vec<OsString> {
    let mut configuration = configuration.clone();
    configuration.config = configuration.config.map(|folder| directory.join(folder));
    configuration.to_arguments()
}

/// An app that found mistakes printed them and ended with 1; anything else is a failure of the app itself, whose exit code
/// would mean something else of the tool.
fn check_synthesis(
    source: &AppSource,
    code: ExitCode,
    out: &Path,
) -> Result<ExitCode, Box<Diagnostic>> {
    let app = match source {
        AppSource::Infra { command, .. } => show_command(command),
        AppSource::Cdk(project) => project.command.clone(),
        AppSource::Folder(folder) => folder.display().to_string(),
    };
    match code {
        _ if child::is_interrupted() => Ok(ExitCode::Interrupted),
        ExitCode::Error | ExitCode::Process(1) => Ok(ExitCode::Error),
        ExitCode::Ok if out.join("manifest.json").is_file() => Ok(ExitCode::Ok),
        ExitCode::Ok => Err(failed(format!("the app `{app}` wrote no cloud assembly"))),
        ExitCode::Interrupted => Err(failed(format!("the app `{app}` was ended by a signal"))),
        other => Err(failed(format!(
            "the app `{app}` ended with exit code {}",
            other.number()
        ))),
    }
}

fn not_started(command: &str, error: &io::Error) -> Box<Diagnostic> {
    let message = format!("cannot start the app `{command}`: {error}");
    Box::new(Diagnostic::new(codes::APP_FAILED, message))
}

fn failed(message: String) -> Box<Diagnostic> {
    let help = "its own messages are above; run it alone to see more";
    Box::new(Diagnostic::new(codes::APP_FAILED, message).help(help))
}

/// The exit code of a process; one that a signal ended failed.
fn code_of(status: ExitStatus) -> ExitCode {
    match status.code().map(u8::try_from) {
        Some(Ok(0)) => ExitCode::Ok,
        Some(Ok(code)) => ExitCode::Process(code),
        _ => ExitCode::Interrupted,
    }
}

fn in_words(status: ExitStatus) -> String {
    match status.code() {
        Some(code) => format!("exit code {code}"),
        None => "a signal".to_owned(),
    }
}
