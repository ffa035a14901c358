//! Command-line arguments of the commands that an app implements itself.
//!
//! The app's runtime parses them. The tool `infra` passes them on unparsed, and uses the definitions for help, completions and manual pages.

use std::path::PathBuf;

use clap::{Args, Command, ValueEnum};

use crate::contract::APP_COMMANDS;

/// Arguments of the command `synth`, which writes the cloud assembly.
#[derive(Args, Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "options of a command")]
#[non_exhaustive]
pub struct SynthArguments {
    /// Folder that the cloud assembly is written to.
    ///
    /// Default: the folder in `CDK_OUTDIR`, which the `cdk` CLI sets, else `infra.out`.
    #[arg(long, short, value_name = "FOLDER")]
    pub out: Option<PathBuf>,

    /// Prints the template of this stack instead of writing the cloud assembly.
    ///
    /// Nothing is built for it: the keys of assets that need a build, such as functions in Rust, are placeholders that begin with `not-built-`.
    #[arg(long, value_name = "NAME", conflicts_with = "out")]
    pub stack: Option<String>,

    /// Also writes each template as YAML, for reading; with `--stack`, prints it as YAML.
    #[arg(long, conflicts_with = "json")]
    pub yaml: bool,

    /// Prints a summary as JSON: schemas/synth.schema.json; with `--stack`, the template as JSON, which is the default.
    #[arg(long)]
    pub json: bool,

    /// Fails on warnings as well as on errors.
    #[arg(long)]
    pub strict: bool,

    /// Builds no assets, such as functions in Rust. The assembly has placeholders for them and cannot be deployed.
    #[arg(long)]
    pub no_build: bool,

    /// Writes unanswered context lookups to this file, for the tool; if there are any, writes nothing else.
    #[arg(long, value_name = "FILE", hide = true)]
    pub questions: Option<PathBuf>,
}

/// Arguments of the command `ls`, which lists the stacks in deployment order.
#[derive(Args, Clone, Debug)]
#[non_exhaustive]
pub struct LsArguments {
    /// Adds account, region, number of resources and dependencies of each stack.
    #[arg(long, short)]
    pub long: bool,

    /// Prints JSON: schemas/ls.schema.json.
    #[arg(long, conflicts_with = "long")]
    pub json: bool,
}

/// Arguments of the command `validate`, which checks the app without writing anything.
#[derive(Args, Clone, Debug)]
#[non_exhaustive]
pub struct ValidateArguments {
    /// Fails on warnings as well as on errors.
    #[arg(long)]
    pub strict: bool,

    /// Prints the findings as JSON: schemas/validate.schema.json.
    #[arg(long)]
    pub json: bool,

    /// Prints the findings as SARIF, the format of code-scanning services.
    #[arg(long, conflicts_with = "json")]
    pub sarif: bool,

    /// Folder with AWS CloudFormation Guard rules (`*.guard`) that every template has to satisfy. Can be repeated.
    ///
    /// The tool `infra` checks them, together with those in the environment variable `INFRA_POLICY`. Exceptions are listed in `policy.toml` of the folder.
    #[arg(long, value_name = "FOLDER")]
    pub policy: Vec<PathBuf>,
}

/// Arguments of the command `graph`, which draws the stacks and their references.
#[derive(Args, Clone, Debug)]
#[non_exhaustive]
pub struct GraphArguments {
    /// Format of the drawing.
    #[arg(long, value_name = "FORMAT", default_value = "mermaid")]
    pub format: GraphFormat,

    /// Prints JSON: the same as `--format json`.
    #[arg(long, conflicts_with = "format")]
    pub json: bool,

    /// Level of detail: what each node of the drawing stands for.
    #[arg(long, value_name = "DETAIL", default_value = "constructs")]
    pub detail: GraphDetail,

    /// Draws only this stack. Can be repeated.
    #[arg(long, value_name = "NAME")]
    pub stack: Vec<String>,

    /// Draws the states of this state machine, by its construct path, as a state diagram of Mermaid.
    #[arg(long, value_name = "PATH", conflicts_with_all = ["format", "json", "detail", "stack"])]
    pub state_machine: Option<String>,
}

impl GraphArguments {
    /// Returns the format of the drawing that was chosen with `--format` or `--json`.
    pub fn chosen_format(&self) -> GraphFormat {
        if self.json {
            GraphFormat::Json
        } else {
            self.format
        }
    }
}

/// Output format of the command `graph`; Mermaid by default.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, ValueEnum)]
#[non_exhaustive]
pub enum GraphFormat {
    /// Mermaid, which GitHub renders inside of Markdown files and comments.
    Mermaid,
    /// DOT, the input language of the Graphviz tools.
    Dot,
    /// JSON: stacks with their nodes, and references between nodes; schemas/graph.schema.json.
    Json,
    /// SVG, an image that browsers display and READMEs can include.
    Svg,
}

/// Level of detail of a drawing, which decides what its nodes stand for.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, ValueEnum)]
#[non_exhaustive]
pub enum GraphDetail {
    /// Nodes are the constructs directly below each stack.
    Constructs,
    /// Nodes are the single CloudFormation resources of each stack.
    Resources,
}

/// Arguments of the command `schema`, which prints the JSON Schema of the configuration.
#[derive(Args, Clone, Debug)]
#[non_exhaustive]
pub struct SchemaArguments {
    /// Prints nothing, and fails if this file differs from the schema.
    #[arg(long, value_name = "FILE")]
    pub check: Option<PathBuf>,
}

/// Arguments of the command `explain`, which prints the page of a code or lists all codes.
#[derive(Args, Clone, Debug)]
#[non_exhaustive]
pub struct ExplainArguments {
    /// Code to explain, such as `INF1001`; without it, all codes are listed.
    pub code: Option<String>,

    /// Prints JSON: the code with its page, or all codes; schemas/explain.schema.json.
    #[arg(long)]
    pub json: bool,
}

/// Returns the commands of an app with all their options, for help, completions and manual pages of a program that does not parse them.
pub fn app_commands() -> Vec<Command> {
    let commands = APP_COMMANDS.commands.iter();
    commands
        .filter_map(|(name, summary)| {
            let command = Command::new(*name).about(*summary);
            let command = match *name {
                "synth" => SynthArguments::augment_args(command),
                "ls" => LsArguments::augment_args(command).visible_alias("list"),
                "validate" => ValidateArguments::augment_args(command),
                "graph" => GraphArguments::augment_args(command),
                "schema" => SchemaArguments::augment_args(command),
                "explain" => ExplainArguments::augment_args(command),
                _ => return None,
            };
            // The arguments type has a description of its own.
            Some(command.about(*summary).long_about(None))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::app_commands;
    use crate::contract::APP_COMMANDS;

    #[test]
    fn defines_summary_and_options_of_every_app_command() {
        let commands = app_commands();
        let described: Vec<(&str, String)> = commands
            .iter()
            .map(|command| {
                let about = command.get_about().map(ToString::to_string);
                (command.get_name(), about.unwrap_or_default())
            })
            .collect();
        let known = APP_COMMANDS.commands.iter();
        let known: Vec<(&str, String)> = known
            .map(|(name, summary)| (*name, (*summary).to_owned()))
            .collect();
        assert_eq!(described, known);
        for command in commands {
            assert!(
                command.get_arguments().next().is_some(),
                "{}",
                command.get_name()
            );
        }
    }
}
