//! The arguments, as clap reads them; the comments here are what `--help` and `docs/cli.md` say.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands::{
    bootstrap, cancel, deploy, destroy, diagnose, diff, doctor, drift, hotswap, import,
    import_template, logs, migrate, outputs, plan, publish_site, refactor, releases, rollback,
    watch,
};

/// Typed AWS infrastructure: from constructs to CloudFormation.
#[derive(Debug, Parser)]
#[command(version = env!("CARGO_PKG_VERSION"), propagate_version = false, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// When to use colours. `auto`: when standard error is a terminal and `NO_COLOR` is not set.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,

    /// Says nothing but findings.
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// What only an app with a configuration understands.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct ConfigurationArguments {
    /// The environment: the name of a file in the configuration folder, without `.yaml`.
    #[arg(long, short, global = true, value_name = "NAME")]
    pub(crate) env: Option<String>,

    /// Replaces a value of the configuration, such as `service.desired_count=3`. Can be repeated.
    #[arg(long, global = true, value_name = "KEY=VALUE")]
    pub(crate) set: Vec<String>,

    /// The folder with the environment files, in place of the app's own.
    #[arg(long, global = true, value_name = "FOLDER")]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Writes the cloud assembly: a template for every stack and the manifest that `cdk` and the deployer read.
    Synth(Synth),
    /// Lists the stacks in the order in which they are deployed.
    #[command(visible_alias = "list")]
    Ls(Ls),
    /// Checks everything that `synth` checks and writes nothing.
    Validate(Validate),
    /// Prints what a code such as INF1001 means; without a code, all of them.
    Explain(Explain),
    /// Draws the stacks and what refers to what.
    Graph(Graph),
    /// Prints the JSON Schema of the configuration.
    Schema(Schema),
    /// Shows what would change, from templates alone; asks AWS for what is deployed and writes nothing.
    Diff(diff::Arguments),
    /// Works out what would change, as change sets for review; changes nothing.
    Plan(Box<plan::Arguments>),
    /// Deploys: shows what would change, asks, and stays until AWS is done.
    Deploy(Box<deploy::Arguments>),
    /// Comes back to what is under way, also after a crash or from another machine.
    Watch(watch::Arguments),
    /// Ends an update that is under way; everything goes back to how it was.
    Cancel(cancel::Arguments),
    /// Prints what the deployed stacks publish.
    Outputs(outputs::Arguments),
    /// Compares what is there with what was deployed.
    Drift(drift::Arguments),
    /// Lists what was deployed: images, migration, site, commit, by whom.
    Releases(releases::Arguments),
    /// Brings a stack whose operation failed back to how it was, or with `--to` a release.
    Rollback(rollback::Arguments),
    /// Gives resources another logical ID or stack without touching them, as `moved_from` in the program says.
    Refactor(refactor::Arguments),
    /// Takes resources that exist into a stack, without touching them.
    Import(import::Arguments),
    /// Deletes stacks, after showing what becomes of everything that holds data.
    Destroy(destroy::Arguments),
    /// Deploys the one thing that large templates need: a bucket on their way to CloudFormation.
    Bootstrap(bootstrap::Arguments),
    /// Looks at everything that a deployment needs, before one is tried.
    Doctor(doctor::Arguments),
    /// Says why the last attempt on each stack failed, and what to do next.
    Diagnose(diagnose::Arguments),
    /// Prints the logs of services, one-off tasks and functions.
    Logs(logs::Arguments),
    /// Runs the one-off task of a stack, such as a migration.
    ///
    /// Its log is shown, and the command ends with the exit code of its container.
    /// What goes wrong before its container has run ends with one of the exit codes of every command.
    Migrate(migrate::Arguments),
    /// For development: gives running services a new image, past CloudFormation.
    ///
    /// Only where nothing but images differs from what is deployed. The stack drifts by it until the next `deploy`, which brings both together.
    Hotswap(hotswap::Arguments),
    /// Publishes a folder to the bucket of a site.
    ///
    /// Files with a hash in their name come first, HTML last; what is stale is removed after. Run again after an interruption, it goes on where it stopped.
    PublishSite(publish_site::Arguments),
    /// Writes a CloudFormation template as Rust that synthesizes to it, with the same logical IDs.
    ImportTemplate(import_template::Arguments),
}

#[derive(Args, Debug)]
pub(crate) struct Synth {
    /// Where the cloud assembly is written.
    ///
    /// Default: the folder that the `cdk` CLI asks for in `CDK_OUTDIR`, else `infra.out`.
    #[arg(long, short, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,

    /// Prints the template of this stack and writes nothing.
    #[arg(long, value_name = "NAME", conflicts_with = "out")]
    pub(crate) stack: Option<String>,

    /// Writes each template as YAML too, for people; with `--stack`, prints it as YAML.
    #[arg(long, conflicts_with = "json")]
    pub(crate) yaml: bool,

    /// Prints a summary for machines; with `--stack`, the template as JSON, which is the default.
    #[arg(long)]
    pub(crate) json: bool,

    /// Fails on warnings too.
    #[arg(long)]
    pub(crate) strict: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Ls {
    /// Adds where each stack goes, how many resources it has and what it waits for.
    #[arg(long, short)]
    pub(crate) long: bool,

    /// Prints JSON.
    #[arg(long, conflicts_with = "long")]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Validate {
    /// Fails on warnings too.
    #[arg(long)]
    pub(crate) strict: bool,

    /// Prints the findings as JSON.
    #[arg(long)]
    pub(crate) json: bool,

    /// Prints the findings as SARIF, the format of code-scanning services.
    #[arg(long, conflicts_with = "json")]
    pub(crate) sarif: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Explain {
    /// The code.
    pub(crate) code: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Graph {
    /// The language of the drawing.
    #[arg(long, value_name = "FORMAT", default_value = "mermaid")]
    pub(crate) format: GraphFormat,

    /// What a node stands for.
    #[arg(long, value_name = "DETAIL", default_value = "constructs")]
    pub(crate) detail: GraphDetail,

    /// Draws this stack only. Can be repeated.
    #[arg(long, value_name = "NAME")]
    pub(crate) stack: Vec<String>,
}

/// The language of a drawing.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum GraphFormat {
    /// Mermaid, which GitHub draws in Markdown.
    Mermaid,
    /// DOT, the language of Graphviz.
    Dot,
}

/// What a node of a drawing stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum GraphDetail {
    /// A construct directly below a stack.
    Constructs,
    /// A resource.
    Resources,
}

#[derive(Args, Debug)]
pub(crate) struct Schema {
    /// Prints nothing; fails when this file is not the schema.
    #[arg(long, value_name = "FILE")]
    pub(crate) check: Option<PathBuf>,
}
