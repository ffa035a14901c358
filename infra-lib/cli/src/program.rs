//! Parses the command line of the tool, runs the command, and returns its exit code.

use std::fmt::Write as _;

use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory as _, Parser, Subcommand};
use infra_console::app_arguments::app_commands;
use infra_console::contract::{APP_COMMANDS, CommandGroup, TOOL_COMMANDS};
use infra_console::{
    ConfigurationArguments, GlobalArguments, Output, expand_help, group_commands, print_usage_error,
};

use infra_core::codes;

use crate::ExitCode;
use crate::app::AccountSettings;
use crate::commands::{
    app, bootstrap, cancel, check, completions, context, cost, delivery, deploy, destroy, diagnose,
    diff, doctor, drift, explain, gc, hotswap, import, import_template, logs, lsp, man, mcp,
    migrate, new, orphan, outputs, permissions, plan, previews, publish_assets, publish_site,
    reach, refactor, releases, rollback, simulate, watch,
};
use crate::failure::{self, Failure};
use crate::process::Process;
use crate::session::Session;

/// Reviews, deploys and operates the CloudFormation stacks of an app.
#[derive(Debug, Parser)]
#[command(name = "infra", version, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    /// The app: a command that a shell runs as the `cdk` CLI does, or the folder of a cloud assembly.
    ///
    /// Default: `app` of the nearest `infra.toml` or `cdk.json`, in this folder or above it.
    #[arg(long, global = true, value_name = "COMMAND")]
    app: Option<String>,

    /// The profile of the AWS configuration files.
    ///
    /// Default: `AWS_PROFILE`, else that of the environment in `infra.toml`, else that of its defaults.
    #[arg(long, global = true, value_name = "NAME")]
    profile: Option<String>,

    /// The region of stacks that do not set one.
    ///
    /// Default: `AWS_REGION`, else `AWS_DEFAULT_REGION`, else that of the environment in `infra.toml`, else that of its defaults, else that of the profile.
    #[arg(long, global = true, value_name = "REGION")]
    region: Option<String>,

    /// Disables context lookups in AWS: one that `cdk.context.json` does not answer is an error.
    ///
    /// For pipelines, which use the committed answers.
    #[arg(long, global = true)]
    no_lookups: bool,

    #[command(flatten)]
    configuration: ConfigurationArguments,

    #[command(flatten)]
    global: GlobalArguments,
}

/// The command to run.
#[derive(Debug, Subcommand)]
enum Command {
    /// Writes the cloud assembly: templates and manifest
    Synth(app::Arguments),
    /// Lists the stacks in deployment order
    #[command(visible_alias = "list")]
    Ls(app::Arguments),
    /// Checks everything that `synth` checks and writes nothing
    Validate(app::Arguments),
    /// Draws the stacks and their references
    Graph(app::Arguments),
    /// Prints the JSON Schema of the configuration
    Schema(app::Arguments),
    /// Prints the page of a code such as INF1001, or lists all codes
    Explain(explain::Arguments),
    /// Predicts changes from templates and writes nothing
    Diff(diff::Arguments),
    /// Plays a deployment: order, durations, interruptions, failures
    ///
    /// Durations are published measurements by resource type, and interruptions follow the documentation of AWS. Sends no request to AWS, except with
    /// `--against deployed`, which reads templates.
    Simulate(simulate::Arguments),
    /// Estimates what the stacks cost by the hour and the month
    ///
    /// Counts fixed charges, and charges by use that `infra.toml` assumes, at the list prices of a file. Other charges by use, and charges that are
    /// unknown, are named but not counted. Sends no request to AWS, except with `--against deployed`, which reads templates.
    Cost(cost::Arguments),
    /// Prints the least IAM policy that deploys the app or a change
    ///
    /// The role that CloudFormation assumes gets the permissions that the handlers of the resource types declare. Sends no request to AWS, except with
    /// `--against deployed`.
    Permissions(permissions::Arguments),
    /// Answers who can reach what, by network and by IAM
    ///
    /// Reads the templates of all stacks: routes, addresses, security groups, load balancers, CloudFront, and every policy. The answer is yes, no, or
    /// possible, for what the templates leave open. Sends no request to AWS.
    Reach(Box<reach::Arguments>),
    /// Creates change sets for review; changes no resource
    Plan(Box<plan::Arguments>),
    /// Shows changes, asks for approval, deploys and shows progress
    Deploy(Box<deploy::Arguments>),
    /// Shows the progress of an operation, even one begun elsewhere
    Watch(watch::Arguments),
    /// Cancels an update in progress and shows its rollback
    Cancel(cancel::Arguments),
    /// Prints the outputs of deployed stacks
    Outputs(outputs::Arguments),
    /// Compares live resources with what was deployed
    Drift(drift::Arguments),
    /// Lists deployments: images, migration, site, commit, author
    Releases(releases::Arguments),
    /// Rolls back a failed stack, or returns to a release
    Rollback(rollback::Arguments),
    /// Moves resources to other logical IDs or stacks
    ///
    /// The program declares the moves with `moved_from`; no resource is changed.
    Refactor(refactor::Arguments),
    /// Imports existing resources into a stack without changing them
    Import(import::Arguments),
    /// Deletes stacks, after listing all resources with data
    Destroy(destroy::Arguments),
    /// Lists deployed previews of pull requests with expiry dates
    Previews(previews::Arguments),
    /// Removes assets that no stack uses from bucket and repository
    ///
    /// Compares the bucket and the container repository of the CDK's bootstrap stack with the templates of all stacks and waiting change sets of the
    /// region, of every app. Needs no app. Works like `cdk gc` and with its tags; a stack in progress stops the command.
    Gc(gc::Arguments),
    /// Orphans a stack that is no longer in the app; deletes nothing
    ///
    /// Such a stack still has the tag `infra:app` of the app, although the app does not contain it. The command removes the tag, so that
    /// other commands stop listing the stack. Stack and resources stay.
    Orphan(orphan::Arguments),
    /// Deploys the bucket that templates over 51,200 bytes need
    Bootstrap(bootstrap::Arguments),
    /// Creates a project: app, configuration, tests and delivery
    ///
    /// The project is a separate Cargo package in the folder NAME, which must not exist or must be empty. Works without network access.
    New(new::Arguments),
    /// Writes the workflows of the delivery pipeline
    ///
    /// The table `[delivery]` in `infra.toml` describes them: workflows of GitHub Actions or a pipeline of GitLab CI, and the scripts that they call.
    Delivery(delivery::Arguments),
    /// Checks everything that a deployment needs
    Doctor(doctor::Arguments),
    /// Explains why the last operation on each stack failed
    Diagnose(diagnose::Arguments),
    /// Prints the logs of services, one-off tasks and functions
    Logs(logs::Arguments),
    /// Runs the one-off task of a stack, such as a migration
    ///
    /// Prints the log of the task, and ends with the exit code of its container. Failures before the container has run end with one of the exit codes
    /// that all commands share.
    Migrate(migrate::Arguments),
    /// Replaces the images of running services, for development
    ///
    /// Works without CloudFormation, and only if images are the only difference to the deployed template. The stack drifts until the next
    /// `deploy`, which resolves the drift.
    Hotswap(hotswap::Arguments),
    /// Publishes missing assets and changes no stack
    ///
    /// Writes files to the bucket and images to the repository of the assembly, under a hash of their content, and needs no permission for CloudFormation.
    /// `deploy` and `plan` do the same by themselves; a pipeline plans and deploys with roles that may not.
    PublishAssets(publish_assets::Arguments),
    /// Publishes a folder to the bucket of a site
    ///
    /// Uploads files with a hash in their name first and HTML last, and then removes stale files. Run again after an interruption, it continues with
    /// the remaining files.
    PublishSite(publish_site::Arguments),
    /// Checks CloudFormation templates of any tool, without AWS
    ///
    /// Checks templates in JSON and YAML: grammar, functions, references, conditions and every property. Reads folders and cloud assemblies, and needs
    /// neither an app nor credentials. Ends with 0 if there are no errors, 1 if there are, and 64 if a path cannot be read. `infra validate` does the
    /// same if its first argument is a path, such as a cloud assembly.
    Check(check::Arguments),
    /// Writes a CloudFormation template as Rust with the same IDs
    ImportTemplate(import_template::Arguments),
    /// Lists and resets the stored answers to context lookups
    ///
    /// They are the answers to context lookups, stored in `cdk.context.json` of the project. Commands that synthesize the app answer missing lookups,
    /// such as the ID of a VPC, and store the answers there.
    Context(context::Arguments),
    /// Serves read-only tools to agents over MCP on stdio
    ///
    /// MCP is the Model Context Protocol. The tools explain codes, find constructs and properties, and synthesize, validate and review the app of the
    /// project; none of them writes to AWS. Comparisons with deployed stacks, and plans, are read with the credentials of the environment.
    Mcp(mcp::Arguments),
    /// Serves editors: findings, descriptions, completion
    ///
    /// A language server on standard input and output. Templates are checked while they are typed, as `check` does; the app is run when a file of its
    /// program is saved.
    Lsp(lsp::Arguments),
    /// Prints a completion script for a shell
    Completions(completions::Arguments),
    /// Writes manual pages
    Man(man::Arguments),
}

/// Returns the headings of the help with their commands.
fn command_groups() -> Vec<CommandGroup> {
    let mut groups = TOOL_COMMANDS.to_vec();
    groups.push(APP_COMMANDS);
    groups
}

/// Builds the command line as it is parsed, with commands grouped by task. Options of the app's commands are not parsed here; the app parses them.
fn build_command(columns: usize) -> clap::Command {
    group_commands(Arguments::command(), &command_groups(), columns)
}

/// Builds the command line including the options of the app's commands, for help, completions and manual pages.
pub(crate) fn full_command(columns: usize) -> clap::Command {
    let own = build_command(columns);
    app_commands().into_iter().fold(own, |all, of_app| {
        // `explain` is a command of both; the tool's own is kept.
        if of_app.get_name() == "explain" {
            return all;
        }
        let name = of_app.get_name().to_owned();
        all.mut_subcommand(name, |_| of_app)
    })
}

/// Returns the help of an app's command without starting the app.
fn app_help(name: &str, columns: usize) -> String {
    let mut command = full_command(columns);
    // `build` puts the program name into usage lines.
    command.build();
    let found = command.find_subcommand_mut(name);
    found.map_or_else(String::new, |found| found.render_long_help().to_string())
}

/// Runs the command that the arguments name, and returns its exit code.
pub(crate) fn main(process: &mut Process<'_>) -> ExitCode {
    let columns = process.console.wrap_columns();
    let words = expand_help(&process.console.arguments);
    let matches = build_command(columns).try_get_matches_from(&words);
    let read = matches.and_then(|matches| clap::FromArgMatches::from_arg_matches(&matches));
    let arguments: Arguments = match read {
        Ok(arguments) => arguments,
        Err(mut refused) => {
            hide_value(&mut refused);
            return print_usage_error(&refused, &mut process.console);
        }
    };
    let colored = arguments.global.is_colored(&process.console);
    let workflow = process.console.in_workflow();
    let terminal = process.console.terminal;
    let width = process.console.terminal_width();
    let mut session = Session {
        output: Output::new(
            &mut *process.console.stdout,
            &mut *process.console.stderr,
            colored,
            arguments.global.quiet,
        )
        .in_workflow(workflow)
        .in_columns(width),
        directory: &process.console.directory,
        variables: &process.console.variables,
        configuration: arguments.configuration,
        app: arguments.app,
        no_lookups: arguments.no_lookups,
        account: AccountSettings {
            profile: arguments.profile,
            region: arguments.region,
            ..AccountSettings::default()
        },
        color: arguments.global.color,
        terminal,
        size: process.size,
        person: &mut process.person,
        interrupts: &mut process.interrupts,
        connection: &mut process.connection,
        launcher: process.launcher,
        protocol: std::mem::take(&mut process.protocol),
        folders: Vec::new(),
    };
    if session.configuration.env.is_none()
        && let Ok(source) = session.app_source()
    {
        session.configuration.env = source.default_environment().map(str::to_owned);
    }
    let result = match &arguments.command {
        None => print_welcome(&mut session),
        Some(command) => command.run_command(&mut session, columns),
    };
    failure::finish_command(result, &mut session.output)
}

impl Command {
    fn run_command(&self, session: &mut Session<'_>, columns: usize) -> Result<ExitCode, Failure> {
        let app = |session: &mut Session<'_>, name: &str, options: &app::Arguments| {
            if options.ask_for_help() {
                session.output.write_data(&app_help(name, columns))?;
                return Ok(ExitCode::Ok);
            }
            app::run_app_command(session, name, options)
        };
        match self {
            Self::Synth(options) => app(session, "synth", options),
            Self::Ls(options) => app(session, "ls", options),
            Self::Validate(options) => match options.words_from_path() {
                Some(words) => check::run_validate(session, words),
                None => app(session, "validate", options),
            },
            Self::Graph(options) => app(session, "graph", options),
            Self::Schema(options) => app(session, "schema", options),
            Self::Explain(options) => explain::run_explain(session, options),
            Self::Diff(options) => diff::run_diff(session, options),
            Self::Simulate(options) => simulate::run_simulate(session, options),
            Self::Cost(options) => cost::run_cost(session, options),
            Self::Permissions(options) => permissions::run_permissions(session, options),
            Self::Reach(options) => reach::run_reach(session, options),
            Self::Plan(options) => plan::run_plan(session, options),
            Self::Deploy(options) => deploy::run_deploy(session, options),
            Self::Watch(options) => watch::run_watch(session, options),
            Self::Cancel(options) => cancel::run_cancel(session, options),
            Self::Previews(options) => previews::run_previews(session, options),
            Self::Gc(options) => gc::run_gc(session, options),
            Self::Orphan(options) => orphan::run_orphan(session, options),
            Self::Outputs(options) => outputs::run_outputs(session, options),
            Self::Drift(options) => drift::run_drift(session, options),
            Self::Import(options) => import::run_import(session, options),
            Self::Releases(options) => releases::run_releases(session, options),
            Self::Rollback(options) => rollback::run_rollback(session, options),
            Self::Refactor(options) => refactor::run_refactor(session, options),
            Self::Bootstrap(options) => bootstrap::run_bootstrap(session, options),
            Self::New(options) => new::run_new(session, options),
            Self::Delivery(options) => delivery::run_delivery(session, options),
            Self::Doctor(options) => doctor::run_doctor(session, options),
            Self::Destroy(options) => destroy::run_destroy(session, options),
            Self::Diagnose(options) => diagnose::run_diagnose(session, options),
            Self::Logs(options) => logs::run_logs(session, options),
            Self::Migrate(options) => migrate::run_migrate(session, options),
            Self::Hotswap(options) => hotswap::run_hotswap(session, options),
            Self::PublishAssets(options) => publish_assets::run_publish_assets(session, options),
            Self::PublishSite(options) => publish_site::run_publish_site(session, options),
            Self::Check(options) => check::run_check(session, options),
            Self::ImportTemplate(options) => import_template::run_import_template(session, options),
            Self::Context(options) => context::run_context(session, options, columns),
            Self::Mcp(options) => mcp::run_mcp(session, options),
            Self::Lsp(options) => lsp::run_lsp(session, options),
            Self::Completions(options) => {
                completions::run_completions(session, options, full_command(columns))
            }
            Self::Man(options) => man::run_man(session, options, full_command(columns)),
        }
    }
}

/// Options whose values can contain a secret after `=`.
const SECRET_OPTIONS: &[&str] = &["--parameters", "--set"];

/// Hides the value of a setting in an error about it: the key is the mistake, and the value may be a secret.
fn hide_value(refused: &mut clap::Error) {
    let about = refused
        .get(ContextKind::InvalidArg)
        .map(ToString::to_string);
    let about = about.unwrap_or_default();
    let given = refused
        .get(ContextKind::InvalidValue)
        .map(ToString::to_string);
    if let Some(given) = given
        && SECRET_OPTIONS
            .iter()
            .any(|option| about.starts_with(option))
    {
        let key = given.split_once('=').map(|(key, _)| format!("{key}=…"));
        let shown = ContextValue::String(key.unwrap_or_else(|| "…".to_owned()));
        refused.insert(ContextKind::InvalidValue, shown);
    }
}

/// Returns true if the only problem is a folder without a project.
fn is_no_app(failure: &Failure) -> bool {
    matches!(failure, Failure::Findings(findings) if findings.iter().all(|found| found.code == codes::NO_APP))
}

/// Prints three commands to continue with, for a call without arguments. They depend on whether the folder has a project.
fn print_welcome(session: &mut Session<'_>) -> Result<ExitCode, Failure> {
    let (first, second, third) = match session.app_source() {
        Ok(_) => (
            ("infra diff", "shows what would change"),
            ("infra plan", "creates change sets for review"),
            ("infra deploy", "deploys after confirmation"),
        ),
        Err(failure) if !is_no_app(&failure) => return Err(failure),
        Err(_) => (
            ("infra new NAME", "creates a project"),
            ("infra import-template FILE", "converts a template to Rust"),
            ("infra explain CODE", "explains a finding"),
        ),
    };
    let mut text = String::new();
    for (command, purpose) in [first, second, third] {
        let _ = writeln!(text, "  {command:28}{purpose}");
    }
    session
        .output
        .write_data(&format!("{text}\n`infra --help` lists every command\n"))?;
    Ok(ExitCode::Ok)
}

#[cfg(test)]
mod tests {
    use infra_console::contract::{APP_COMMANDS, TOOL_COMMANDS};

    use infra_console::MAX_COLUMNS;

    use super::build_command;

    #[test]
    fn lists_every_command_with_summary() {
        let groups = TOOL_COMMANDS.iter().chain([&APP_COMMANDS]);
        let mut listed: Vec<(String, String)> = groups
            .flat_map(|group| group.commands)
            .map(|(name, summary)| ((*name).to_owned(), (*summary).to_owned()))
            .collect();
        let command = build_command(MAX_COLUMNS);
        let mut known: Vec<(String, String)> = command
            .get_subcommands()
            .map(|sub| {
                let about = sub.get_about().map(ToString::to_string);
                (sub.get_name().to_owned(), about.unwrap_or_default())
            })
            .collect();
        for (name, summary) in &listed {
            assert!(summary.len() <= 61, "{name} is wider than 80 columns");
        }
        listed.sort();
        known.sort();
        assert_eq!(listed, known);
    }
}
