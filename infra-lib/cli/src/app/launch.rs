//! Runs an app: as a child process, or as a function within a test.

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

/// Output of an app that a test runs within its own process, in place of a child process.
#[derive(Debug)]
pub struct AppRun {
    /// Text written to standard output: data, such as a listing of stacks.
    pub stdout: String,
    /// Text written to standard error: messages and findings for people.
    pub stderr: String,
    /// Exit code that the app returned. During synthesis, any code other than 0 and 1 counts as a failure of the app.
    pub exit_code: ExitCode,
}

/// A function that runs an app of this library with arguments, in a folder.
type RunApp<'a> = dyn Fn(&[OsString], &Path) -> AppRun + 'a;

/// The way in which apps are run.
#[derive(Clone, Copy)]
pub(crate) enum Launcher<'a> {
    /// Child processes that inherit the streams of this process.
    Process,
    /// Child processes without standard input, whose output is captured and becomes part of the command's output.
    Captured,
    /// A function within the process of a test, which replaces the app that a project names.
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

/// Destination of an app's standard output.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum StdoutTarget {
    /// Messages: written to standard error, because standard output belongs to the command.
    Messages,
    /// Data: written to the standard output of the command.
    Data,
}

/// A request to an app to write its cloud assembly.
pub(crate) struct SynthRequest<'a> {
    pub(crate) out: &'a Path,
    pub(crate) configuration: &'a ConfigurationArguments,
    pub(crate) color: Color,
    pub(crate) directory: &'a Path,
    pub(crate) variables: &'a Variables,
    /// Account and region that a CDK app gets as its defaults.
    pub(crate) place: &'a DefaultPlace,
    /// File for unanswered context lookups, which an app of this library writes instead of an assembly. With `None` the app writes an assembly with
    /// placeholders.
    pub(crate) questions: Option<&'a Path>,
    /// True if `--env` names settings of the project file; it is then not passed on to a CDK app.
    pub(crate) environment_is_of_project: bool,
}

impl Launcher<'_> {
    /// Runs an app to write its assembly. The app prints its findings on standard error; its standard output goes there too, since standard output
    /// belongs to the command.
    pub(crate) fn synthesize_app(
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
                arguments.extend(absolute_arguments(request.configuration, request.directory));
                let directory = request.directory;
                let code = self.start_app(
                    source,
                    &arguments,
                    directory,
                    StdoutTarget::Messages,
                    output,
                )?;
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
                        "`{}` is a cloud assembly, not an app that can be synthesized",
                        folder.display()
                    ),
                )
                .help("give a command with `--app`, or omit `--app` in a project folder"),
            )),
        }
    }

    /// Runs a command of the app itself, with the streams of this process.
    pub(crate) fn run_command(
        self,
        source: &AppSource,
        arguments: &[OsString],
        directory: &Path,
        output: &mut Output<'_>,
    ) -> Result<ExitCode, Box<Diagnostic>> {
        self.start_app(source, arguments, directory, StdoutTarget::Data, output)
    }

    fn start_app(
        self,
        source: &AppSource,
        arguments: &[OsString],
        directory: &Path,
        data: StdoutTarget,
        output: &mut Output<'_>,
    ) -> Result<ExitCode, Box<Diagnostic>> {
        if let Self::Given(run) = self {
            let run = run(arguments, directory);
            // A test reads both streams and fails there if one of them cannot be written to.
            let _ = output
                .write_data(&run.stdout)
                .and_then(|()| output.write_message(&run.stderr));
            return Ok(run.exit_code);
        }
        let AppSource::Infra {
            command,
            directory: folder,
            ..
        } = source
        else {
            return Err(Box::new(
                Diagnostic::new(codes::NO_APP, "only apps of this library have this command")
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
        self.run_process(&mut process, data, output)
            .map(exit_code_from_status)
            .map_err(|error| start_failure_finding(&show_command(command), &error))
    }

    /// Runs a process until it exits, and routes its output by the kind of data.
    fn run_process(
        self,
        process: &mut Command,
        data: StdoutTarget,
        output: &mut Output<'_>,
    ) -> io::Result<ExitStatus> {
        if !matches!(self, Self::Captured) {
            match data {
                // Standard input is reserved for the tool, which may ask a question later.
                StdoutTarget::Messages => process.stdin(Stdio::null()).stdout(io::stderr()),
                StdoutTarget::Data => process.stdout(Stdio::inherit()),
            };
            return child::run_child(process).map(|done| done.status);
        }
        let done = child::capture_output(process)?;
        let stdout = String::from_utf8_lossy(&done.stdout);
        match data {
            StdoutTarget::Messages => output.write_message(&stdout)?,
            StdoutTarget::Data => output.write_data(&stdout)?,
        }
        output.write_message(&String::from_utf8_lossy(&done.stderr))?;
        Ok(done.status)
    }

    /// Starts a CDK app as the `cdk` CLI does: in a shell, with environment variables instead of arguments.
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
                "`--env`, `--set` and `--config` apply only to apps of this library, and this is a CDK app",
            )
            .help("add the options to the command: `--app 'my-app synth --env prod'`; a CDK app reads `context` of `cdk.json`"),
        ));
        }
        let mut variables = project.build_variables(request.out, request.variables, request.place);
        let _overflow = move_long_context(&mut variables)
            .map_err(|error| start_failure_finding(&project.command, &error))?;
        let mut process = shell(&project.command);
        process
            .current_dir(&project.directory)
            .envs(variables)
            .env_remove(contract::PARAMETERS);
        let status = self
            .run_process(&mut process, StdoutTarget::Messages, output)
            .map_err(|error| start_failure_finding(&project.command, &error))?;
        let app = &project.command;
        if child::is_interrupted() {
            return Ok(ExitCode::Interrupted);
        }
        if !status.success() {
            return Err(app_failure_finding(format!(
                "the app `{app}` failed with {}",
                describe_exit_status(status)
            )));
        }
        if !request.out.join("manifest.json").is_file() {
            return Err(app_failure_finding(format!(
                "the app `{app}` did not write a cloud assembly"
            )));
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

/// Returns the configuration options as arguments, with `--config` made absolute for an app that runs in another folder.
fn absolute_arguments(configuration: &ConfigurationArguments, directory: &Path) -> Vec<OsString> {
    let mut configuration = configuration.clone();
    configuration.config = configuration.config.map(|folder| directory.join(folder));
    configuration.to_arguments()
}

/// Maps the exit code of a synthesis to that of the command. Exit code 1 means that the app found and printed mistakes. Any other code is reported as
/// a failure of the app, because the same number has another meaning for the tool.
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
        ExitCode::Ok => Err(app_failure_finding(format!(
            "the app `{app}` did not write a cloud assembly"
        ))),
        ExitCode::Interrupted => Err(app_failure_finding(format!(
            "the app `{app}` was terminated by a signal"
        ))),
        other => Err(app_failure_finding(format!(
            "the app `{app}` failed with exit code {}",
            other.number()
        ))),
    }
}

fn start_failure_finding(command: &str, error: &io::Error) -> Box<Diagnostic> {
    let message = format!("cannot start the app `{command}`: {error}");
    Box::new(Diagnostic::new(codes::APP_FAILED, message))
}

fn app_failure_finding(message: String) -> Box<Diagnostic> {
    let help = "its messages are above; run the command directly for more detail";
    Box::new(Diagnostic::new(codes::APP_FAILED, message).help(help))
}

/// Converts the exit status of a process; a process ended by a signal counts as interrupted.
fn exit_code_from_status(status: ExitStatus) -> ExitCode {
    match status.code().map(u8::try_from) {
        Some(Ok(0)) => ExitCode::Ok,
        Some(Ok(code)) => ExitCode::Process(code),
        _ => ExitCode::Interrupted,
    }
}

fn describe_exit_status(status: ExitStatus) -> String {
    match status.code() {
        Some(code) => format!("exit code {code}"),
        None => "a signal".to_owned(),
    }
}
