//! Arguments of the commands that an app has itself.
//!
//! The runtime reads them; the tool `infra` passes them on unread, and needs their options for help, completions and manual pages.

use std::path::PathBuf;

use clap::{Args, Command, ValueEnum};

use crate::contract::APP_COMMANDS;

/// Arguments of `synth`.
#[derive(Args, Clone, Debug)]
#[non_exhaustive]
pub struct SynthArguments {
    /// Folder that the cloud assembly is written to.
    ///
    /// Default: the folder that the `cdk` CLI asks for in `CDK_OUTDIR`, else `infra.out`.
    #[arg(long, short, value_name = "FOLDER")]
    pub out: Option<PathBuf>,

    /// Prints the template of this stack and writes nothing.
    #[arg(long, value_name = "NAME", conflicts_with = "out")]
    pub stack: Option<String>,

    /// Writes each template as YAML too, for people; with `--stack`, prints it as YAML.
    #[arg(long, conflicts_with = "json")]
    pub yaml: bool,

    /// Prints a summary for machines, as in schemas/synth.schema.json; with `--stack`, the template as JSON, which is the default.
    #[arg(long)]
    pub json: bool,

    /// Fails on warnings too.
    #[arg(long)]
    pub strict: bool,

    /// Writes context lookups without an answer to this file, for the tool, and nothing else while there are some.
    #[arg(long, value_name = "FILE", hide = true)]
    pub questions: Option<PathBuf>,
}

/// Arguments of `ls`.
#[derive(Args, Clone, Debug)]
#[non_exhaustive]
pub struct LsArguments {
    /// Adds where each stack goes, how many resources it has and what it waits for.
    #[arg(long, short)]
    pub long: bool,

    /// Prints JSON: schemas/ls.schema.json.
    #[arg(long, conflicts_with = "long")]
    pub json: bool,
}

/// Arguments of `validate`.
#[derive(Args, Clone, Debug)]
#[non_exhaustive]
pub struct ValidateArguments {
    /// Fails on warnings too.
    #[arg(long)]
    pub strict: bool,

    /// Prints the findings as JSON: schemas/validate.schema.json.
    #[arg(long)]
    pub json: bool,

    /// Prints the findings as SARIF, the format of code-scanning services.
    #[arg(long, conflicts_with = "json")]
    pub sarif: bool,

    /// A folder with rules of AWS CloudFormation Guard (`*.guard`) that every template has to hold. Can be repeated.
    ///
    /// The tool `infra` checks them, with those of the environment variable `INFRA_POLICY`. Exceptions stand in `policy.toml` of the folder.
    #[arg(long, value_name = "FOLDER")]
    pub policy: Vec<PathBuf>,
}

/// Arguments of `graph`.
#[derive(Args, Clone, Debug)]
#[non_exhaustive]
pub struct GraphArguments {
    /// The language of the drawing.
    #[arg(long, value_name = "FORMAT", default_value = "mermaid")]
    pub format: GraphFormat,

    /// Prints JSON: the same as `--format json`.
    #[arg(long, conflicts_with = "format")]
    pub json: bool,

    /// Thing that a node stands for.
    #[arg(long, value_name = "DETAIL", default_value = "constructs")]
    pub detail: GraphDetail,

    /// Draws this stack only. Can be repeated.
    #[arg(long, value_name = "NAME")]
    pub stack: Vec<String>,
}

impl GraphArguments {
    /// The language of the drawing; `--json` is one of its names.
    pub fn chosen_format(&self) -> GraphFormat {
        if self.json {
            GraphFormat::Json
        } else {
            self.format
        }
    }
}

/// The language of a drawing.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, ValueEnum)]
#[non_exhaustive]
pub enum GraphFormat {
    /// Mermaid, which GitHub draws in Markdown.
    Mermaid,
    /// DOT, the language of Graphviz.
    Dot,
    /// JSON: stacks with their nodes, and references between nodes; schemas/graph.schema.json.
    Json,
    /// SVG, a picture for browsers and READMEs.
    Svg,
}

/// The thing that a node of a drawing stands for.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, ValueEnum)]
#[non_exhaustive]
pub enum GraphDetail {
    /// A construct directly below a stack.
    Constructs,
    /// A resource.
    Resources,
}

/// Arguments of `schema`.
#[derive(Args, Clone, Debug)]
#[non_exhaustive]
pub struct SchemaArguments {
    /// Prints nothing; fails when this file is not the schema.
    #[arg(long, value_name = "FILE")]
    pub check: Option<PathBuf>,
}

/// Arguments of `explain`.
#[derive(Args, Clone, Debug)]
#[non_exhaustive]
pub struct ExplainArguments {
    /// The code, such as `INF1001`.
    pub code: Option<String>,

    /// Prints JSON: the code with its page, or all codes; schemas/explain.schema.json.
    #[arg(long)]
    pub json: bool,
}

/// The commands of an app with all their options, for help, completions and manual pages of a program that does not read them.
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
            // The type of the arguments has a description of its own.
            Some(command.about(*summary).long_about(None))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::app_commands;
    use crate::contract::APP_COMMANDS;

    #[test]
    fn every_command_of_an_app_has_its_options() {
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
