//! From arguments to an exit code: reads them, runs the command, prints what is wrong.

use std::io;

use clap::error::ErrorKind;
use clap::{Args as _, CommandFactory as _, FromArgMatches as _};
use infra_aws::sdk::ConnectError;
use infra_core::{App, Diagnostic};
use infra_template::assembly::AssemblyError;

use crate::ExitCode;
use crate::arguments::{Arguments, Color, ConfigurationArguments};
use crate::commands;
use crate::configuration::{self, Configuration, Request};
use crate::output::Output;
use crate::process::Process;

/// Why a command ended early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something of the user's is wrong.
    Findings(Vec<Diagnostic>),
    /// An operation did not do what was asked.
    Operation(infra_deploy::Error),
    /// Standard output or standard error cannot be written to.
    Stream(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Stream(error)
    }
}

impl From<infra_deploy::Error> for Failure {
    fn from(error: infra_deploy::Error) -> Self {
        Self::Operation(error)
    }
}

impl From<AssemblyError> for Failure {
    fn from(error: AssemblyError) -> Self {
        error.into_finding().into()
    }
}

impl From<ConnectError> for Failure {
    fn from(error: ConnectError) -> Self {
        error.into_finding().into()
    }
}

impl From<Diagnostic> for Failure {
    fn from(finding: Diagnostic) -> Self {
        Self::Findings(vec![finding])
    }
}

/// How the constructs come to be, with or without a configuration.
type Build<'a> = dyn Fn(&App, &Request<'_>) -> Result<(), Vec<Diagnostic>> + 'a;

/// An app as the commands see it.
pub(crate) struct Program<'a> {
    pub(crate) build: Box<Build<'a>>,
    /// The JSON Schema of the configuration, when there is one.
    pub(crate) schema: Option<fn() -> serde_json::Value>,
}

impl<'a> Program<'a> {
    pub(crate) fn configured<C: Configuration>(build: &'a dyn Fn(&App, &C)) -> Self {
        Self {
            build: Box::new(move |app, request| {
                let config = configuration::load::<C>(request)?;
                build(app, &config);
                Ok(())
            }),
            schema: Some(configuration::schema_of::<C>),
        }
    }

    pub(crate) fn simple(build: &'a dyn Fn(&App)) -> Self {
        Self {
            build: Box::new(move |app, _| {
                build(app);
                Ok(())
            }),
            schema: None,
        }
    }

    /// The command line of this app.
    pub(crate) fn command(&self) -> clap::Command {
        let command = Arguments::command();
        if self.schema.is_some() {
            ConfigurationArguments::augment_args(command)
        } else {
            command.mut_subcommand("schema", |schema| schema.hide(true))
        }
    }
}

/// Runs the command that the arguments name.
pub(crate) fn main(program: &Program<'_>, process: &mut Process<'_>) -> ExitCode {
    let read = read_arguments(program, process);
    let (arguments, configuration) = match read {
        Ok(read) => read,
        Err(refused) => return refuse(&refused, process),
    };
    let colored = match arguments.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => process.terminal && process.variable("NO_COLOR").is_none(),
    };
    let workflow = process.in_workflow();
    match commands::run(program, process, &arguments, configuration, colored) {
        Ok(code) => code,
        Err(Failure::Findings(findings)) => {
            let mut output = Output::new(process.stdout, process.stderr, colored, arguments.quiet)
                .in_workflow(workflow);
            // A reader that went away needs no message.
            let _ = output.findings(&findings);
            ExitCode::Error
        }
        Err(Failure::Operation(error)) => {
            let mut output = Output::new(process.stdout, process.stderr, colored, arguments.quiet)
                .in_workflow(workflow);
            let _ = output.findings(&error.findings);
            error.class.into()
        }
        // `infra-app synth --stack Web | head`: who reads has seen enough.
        Err(Failure::Stream(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::Ok,
        Err(Failure::Stream(error)) => {
            let _ = writeln!(process.stderr, "error: cannot write the output: {error}");
            ExitCode::Error
        }
    }
}

fn read_arguments(
    program: &Program<'_>,
    process: &Process<'_>,
) -> Result<(Arguments, ConfigurationArguments), clap::Error> {
    let matches = program.command().try_get_matches_from(&process.arguments)?;
    let arguments = Arguments::from_arg_matches(&matches)?;
    let configuration = if program.schema.is_some() {
        ConfigurationArguments::from_arg_matches(&matches)?
    } else {
        ConfigurationArguments::default()
    };
    Ok((arguments, configuration))
}

/// Help and version are data, anything else is talk about wrong usage.
fn refuse(refused: &clap::Error, process: &mut Process<'_>) -> ExitCode {
    let text = refused.render().to_string();
    let (stream, code) = match refused.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => (&mut process.stdout, ExitCode::Ok),
        _ => (&mut process.stderr, ExitCode::Usage),
    };
    let _ = stream.write_all(text.as_bytes());
    code
}
