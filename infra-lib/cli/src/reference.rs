//! The command line reference, `docs/cli.md`, made from what clap knows.

use std::fmt::Write as _;

use clap::{Arg, Command};
use infra_core::App;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::program::Program;
use crate::{Configuration, ExitCode};

/// The name that stands for the user's program.
const PROGRAM: &str = "infra-app";

/// The reference of every command, in Markdown.
pub fn reference() -> String {
    /// Stands for the configuration of whatever app.
    #[derive(Deserialize, JsonSchema)]
    struct Any {}
    impl Configuration for Any {
        const FOLDER: &'static str = "config";
    }
    let build = |_: &App, _: &Any| {};
    let mut command = Program::configured(&build).command().name(PROGRAM);
    command.build();

    let mut text = "# Command line\n\n\
        <!-- Made from the program; `UPDATE=1 cargo test -p infra-cli reference` writes it again. -->\n\n\
        Every app that starts with `infra_cli::run` has these commands; `infra-app` stands for its name. Data goes to \
        standard output, talk to standard error. No command needs Docker or Node.\n\n\
        Each command says below whether it talks to AWS. Those that do read credentials, region and endpoint as the AWS SDKs do.\n\n\
        ## Exit codes\n\n| Code | Meaning |\n| ---: | --- |\n"
        .to_owned();
    for (code, meaning) in ExitCode::ALL {
        let _ = writeln!(text, "| {} | {meaning} |", code.number());
    }
    text.push_str(
        "\n`migrate` ends with the exit code of the container that it ran, whatever it is, as `docker run` does.\n\
        \n## Environment variables\n\n| Variable | Meaning |\n| --- | --- |\n\
        | `NO_COLOR` | When set, no colours unless `--color always` asks for them. |\n\
        | `CDK_OUTDIR` | Where `synth` writes when `--out` is not given; the `cdk` CLI sets it for its `app`. |\n\
        | `CDK_CONTEXT_JSON` | Facts that the `cdk` CLI looked up; the answers to `Scope::lookup`. |\n\
        | `CI` | When set, data loss is accepted from a committed file only, never from `--allow-data-loss`. |\n\
        | `GITHUB_ACTIONS` | When set, progress folds the lines of each stack and marks failures at the line of the program. |\n\
        | `TERM` | `dumb`: progress in lines, although there is a terminal. |\n\
        | `AWS_REGION`, `AWS_PROFILE`, `AWS_ENDPOINT_URL`, `AWS_CA_BUNDLE`, `AWS_CONFIG_FILE`, … | As for every AWS SDK. |\n\n\
        An app names further variables in `Configuration::FROM_VARIABLES`.\n\n## Options of every command\n\n",
    );
    options(
        &mut text,
        command.get_arguments().filter(|arg| arg.is_global_set()),
    );
    for subcommand in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        sections(&mut text, subcommand, "");
    }
    text
}

/// The commands that never talk to AWS.
const OFFLINE: [&str; 7] = [
    "synth",
    "ls",
    "validate",
    "explain",
    "graph",
    "schema",
    "import-template",
];

/// A command, then the commands below it.
fn sections(text: &mut String, command: &Command, above: &str) {
    let path = format!("{above}{}", command.get_name());
    section(text, command, &path);
    let below = command.get_subcommands().filter(|sub| !sub.is_hide_set());
    for subcommand in below.filter(|sub| sub.get_name() != "help") {
        sections(text, subcommand, &format!("{path} "));
    }
}

fn section(text: &mut String, command: &Command, path: &str) {
    let _ = writeln!(text, "\n## `{path}`\n");
    let about = command.get_about().map(ToString::to_string);
    let _ = writeln!(
        text,
        "{}.\n",
        about.unwrap_or_default().trim_end_matches('.')
    );
    let network = if OFFLINE.contains(&path) {
        "Needs neither network nor credentials."
    } else {
        "Talks to AWS."
    };
    let _ = writeln!(text, "{network}\n");
    let aliases: Vec<String> = command
        .get_visible_aliases()
        .map(|alias| format!("`{alias}`"))
        .collect();
    if !aliases.is_empty() {
        let _ = writeln!(text, "Also called {}.\n", aliases.join(", "));
    }
    let usage = command.clone().render_usage().to_string();
    let usage = usage
        .trim_start_matches("Usage: ")
        .replace("\n       ", "\n");
    let _ = writeln!(text, "```console\n{usage}\n```");
    let own: Vec<&Arg> = command
        .get_arguments()
        .filter(|arg| !arg.is_global_set() && arg.get_id() != "help")
        .collect();
    if !own.is_empty() {
        text.push('\n');
        options(text, own.into_iter());
    }
}

fn options<'a>(text: &mut String, arguments: impl Iterator<Item = &'a Arg>) {
    text.push_str("| Option | Meaning |\n| --- | --- |\n");
    for argument in arguments {
        let _ = writeln!(text, "| {} | {} |", names(argument), meaning(argument));
    }
}

fn names(argument: &Arg) -> String {
    let values: Vec<&str> = argument
        .get_value_names()
        .unwrap_or_default()
        .iter()
        .map(clap::builder::Str::as_str)
        .collect();
    let takes_value = argument.get_action().takes_values();
    let value = if takes_value {
        format!(" {}", values.join(" "))
    } else {
        String::new()
    };
    match (argument.get_long(), argument.get_short()) {
        (Some(long), Some(short)) => format!("`--{long}{value}`, `-{short}`"),
        (Some(long), None) => format!("`--{long}{value}`"),
        (None, Some(short)) => format!("`-{short}{value}`"),
        (None, None) => format!("`{}`", values.join(" ")),
    }
}

fn meaning(argument: &Arg) -> String {
    let help = argument.get_long_help().or_else(|| argument.get_help());
    let help = help.map(ToString::to_string).unwrap_or_default();
    let mut meaning = help.split_whitespace().collect::<Vec<_>>().join(" ");
    if !meaning.ends_with('.') {
        meaning.push('.');
    }
    let choices: Vec<String> = argument
        .get_possible_values()
        .iter()
        .map(|choice| format!("`{}`", choice.get_name()))
        .collect();
    if argument.get_action().takes_values() && !choices.is_empty() {
        let _ = write!(meaning, " One of {}.", choices.join(", "));
    }
    if let [default] = argument.get_default_values()
        && argument.get_action().takes_values()
    {
        let _ = write!(meaning, " Default: `{}`.", default.to_string_lossy());
    }
    meaning.replace('|', "\\|")
}
