//! Implements the commands of an app, one module each.

mod explain;
mod graph;
mod ls;
mod schema;
mod synth;
mod validate;

use clap::Subcommand;
use infra_console::ExitCode;
use infra_console::app_arguments::{
    ExplainArguments, GraphArguments, LsArguments, SchemaArguments, SynthArguments,
    ValidateArguments,
};
use infra_core::{Diagnostic, StackArtifact, Synthesis, codes, find_nearest};
use std::ffi::OsString;

use crate::session::{Failure, Session};

/// The command to run.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Writes the cloud assembly: a template for every stack, and the manifest that `cdk` and `infra` read.
    Synth(SynthArguments),
    /// Lists the stacks in deployment order.
    #[command(visible_alias = "list")]
    Ls(LsArguments),
    /// Checks everything that `synth` checks and writes nothing.
    Validate(ValidateArguments),
    /// Prints the page of a code such as INF1001; without a code, lists all of them.
    Explain(ExplainArguments),
    /// Draws the stacks and the references between them.
    Graph(GraphArguments),
    /// Prints the JSON Schema of the configuration.
    Schema(SchemaArguments),
    /// Any other command, which the tool may have.
    #[command(external_subcommand)]
    Tool(Vec<OsString>),
}

impl Command {
    /// Runs a command of the app.
    pub(crate) fn run_command(&self, session: &mut Session<'_>) -> Result<ExitCode, Failure> {
        match self {
            Self::Synth(options) => synth::run_synth(session, options),
            Self::Ls(options) => ls::run_ls(session, options),
            Self::Validate(options) => validate::run_validate(session, options),
            Self::Explain(options) => explain::run_explain(session, options),
            Self::Graph(options) => graph::run_graph(session, options),
            Self::Schema(options) => schema::run_schema(session, options),
            // The program passes these on before it creates a session.
            Self::Tool(_) => Ok(ExitCode::Usage),
        }
    }
}

/// Returns the stack of that name, or a finding that lists the known ones.
fn find_stack<'s>(synthesis: &'s Synthesis, name: &str) -> Result<&'s StackArtifact, Failure> {
    synthesis.stack(name).ok_or_else(|| {
        let known = || synthesis.stacks().iter().map(|stack| stack.path.as_str());
        let listed: Vec<String> = known().map(|path| format!("`{path}`")).collect();
        let finding = Diagnostic::new(
            codes::UNKNOWN_STACK,
            format!("the app has no stack `{name}`"),
        )
        .expected(format!("one of {}", listed.join(", ")));
        match find_nearest(name, known()) {
            Some(meant) => finding.help(format!("did you mean `{meant}`?")).into(),
            None => finding.into(),
        }
    })
}
