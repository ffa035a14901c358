//! Parses the command line of an app, runs the command, and returns its exit code.

use std::io;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args as _, CommandFactory as _, FromArgMatches as _, Parser};
use infra_console::contract::{self, APP_COMMANDS, TOOL_COMMANDS, is_tool_command};
use infra_console::{
    ConfigurationArguments, ExitCode, GlobalArguments, MAX_COLUMNS, Output, Process, expand_help,
    group_commands, print_usage_error,
};
use infra_core::find_nearest;

use crate::commands::Command;
use crate::handover;
use crate::session::{Build, Failure, Session};

/// Synthesizes the AWS infrastructure of this app, and deploys it with the tool `infra`.
#[derive(Debug, Parser)]
#[command(
    version = concat!("with infra-runtime ", env!("CARGO_PKG_VERSION")),
    disable_help_subcommand = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,

    #[command(flatten)]
    global: GlobalArguments,
}

/// Runs the command that the arguments name.
pub(crate) fn main(build: &Build<'_>, process: &mut Process<'_>) -> ExitCode {
    // The tool runs an app in the folder of its project, but users give paths relative to their working folder.
    if let Some(directory) = process.variables.find_path(contract::DIRECTORY) {
        process.directory = directory.to_owned();
    }
    process.arguments = expand_help(&process.arguments);
    let (arguments, configuration) = match read_arguments(build, process) {
        Ok(read) => read,
        Err(refused) => return print_usage_error(&refused, process),
    };
    let colored = arguments.global.is_colored(process);
    if let Command::Tool(words) = &arguments.command {
        return forward_to_tool(build, process, words, colored, arguments.global.quiet);
    }
    if let Command::Validate(options) = &arguments.command
        && (!options.policy.is_empty() || process.variables.find_text(contract::POLICY).is_some())
    {
        // The tool evaluates rules, so that apps need not compile the evaluator.
        return run_in_tool(build, process, colored, arguments.global.quiet);
    }
    let workflow = process.in_workflow();
    let mut session = Session {
        build,
        output: Output::new(
            &mut *process.stdout,
            &mut *process.stderr,
            colored,
            arguments.global.quiet,
        )
        .in_workflow(workflow),
        directory: &process.directory,
        variables: &process.variables,
        configuration,
        started: process.started,
    };
    let result = arguments.command.run_command(&mut session);
    finish_run(result, &mut session.output)
}

fn finish_run(result: Result<ExitCode, Failure>, output: &mut Output<'_>) -> ExitCode {
    match result {
        Ok(code) => code,
        Err(Failure::Findings(findings)) => {
            // The message cannot be delivered if the reader has exited.
            let _ = output.write_findings(&findings);
            ExitCode::Error
        }
        // A closed pipe is not a failure, as in `infra-app synth --stack Web | head`.
        Err(Failure::Stream(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::Ok,
        Err(Failure::Stream(error)) => {
            let _ = output.write_message(&format!("error: cannot write the output: {error}\n"));
            ExitCode::Error
        }
    }
}

/// Passes a command on to the tool, with unchanged arguments.
fn forward_to_tool(
    build: &Build<'_>,
    process: &mut Process<'_>,
    words: &[std::ffi::OsString],
    colored: bool,
    quiet: bool,
) -> ExitCode {
    let name = words
        .first()
        .map(|word| word.to_string_lossy().into_owned())
        .unwrap_or_default();
    if !is_tool_command(&name) {
        return print_usage_error(&unknown_command(build, process, &name), process);
    }
    run_in_tool(build, process, colored, quiet)
}

/// Runs the tool with the arguments of this process.
fn run_in_tool(
    build: &Build<'_>,
    process: &mut Process<'_>,
    colored: bool,
    quiet: bool,
) -> ExitCode {
    let workflow = process.in_workflow();
    match handover::run_tool(process, build.folder) {
        Ok(code) => code,
        Err(finding) => {
            let mut output =
                Output::new(&mut *process.stdout, &mut *process.stderr, colored, quiet)
                    .in_workflow(workflow);
            finish_run(Err(Failure::from(*finding)), &mut output)
        }
    }
}

/// Creates the error for an unknown subcommand, in the form of clap's own.
fn unknown_command(build: &Build<'_>, process: &Process<'_>, name: &str) -> clap::Error {
    let mut command = build_process_command(build, process);
    let known = TOOL_COMMANDS.iter().chain([&APP_COMMANDS]);
    let known = known.flat_map(|group| group.commands.iter().map(|(name, _)| *name));
    let meant = find_nearest(name, known).map(str::to_owned);
    // The usage line is available once the command is built.
    command.build();
    let mut error = clap::Error::new(ErrorKind::InvalidSubcommand).with_cmd(&command);
    error.insert(
        ContextKind::InvalidSubcommand,
        ContextValue::String(name.to_owned()),
    );
    if let Some(meant) = meant {
        error.insert(
            ContextKind::SuggestedSubcommand,
            ContextValue::Strings(vec![meant]),
        );
    }
    error.insert(
        ContextKind::Usage,
        ContextValue::StyledStr(command.render_usage()),
    );
    error
}

/// Builds the command line of an app with that name. With a configuration it has the options `--env`, `--set` and `--config`.
pub(crate) fn build_command(name: String, configured: bool) -> clap::Command {
    build_command_of_width(name, configured, MAX_COLUMNS)
}

fn build_command_of_width(name: String, configured: bool, columns: usize) -> clap::Command {
    let mut groups = vec![APP_COMMANDS];
    groups.extend(TOOL_COMMANDS);
    let command = group_commands(Arguments::command(), &groups, columns)
        .name(name)
        .after_help(
            "\nThe commands after the first group are run by the tool `infra`, which this program starts.",
        );
    if configured {
        // The flattened options would replace the description.
        let about = command.get_about().cloned().unwrap_or_default();
        ConfigurationArguments::augment_args(command).about(about)
    } else {
        command.mut_subcommand("schema", |schema| schema.hide(true))
    }
}

/// Builds the command line with the name under which the app was called.
fn build_process_command(build: &Build<'_>, process: &Process<'_>) -> clap::Command {
    let name = process.arguments.first().map(std::path::Path::new);
    let name = name.and_then(|path| path.file_stem());
    let name = name.map_or("app".into(), |name| name.to_string_lossy());
    build_command_of_width(
        name.into_owned(),
        build.schema.is_some(),
        process.wrap_columns(),
    )
}

fn read_arguments(
    build: &Build<'_>,
    process: &Process<'_>,
) -> Result<(Arguments, ConfigurationArguments), clap::Error> {
    let matches = build_process_command(build, process).try_get_matches_from(&process.arguments)?;
    let arguments = Arguments::from_arg_matches(&matches)?;
    let configuration = if build.schema.is_some() {
        ConfigurationArguments::from_arg_matches(&matches)?
    } else {
        ConfigurationArguments::default()
    };
    Ok((arguments, configuration))
}
