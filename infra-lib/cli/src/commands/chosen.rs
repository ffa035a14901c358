//! Defines the options that select stacks, for commands that read deployed resources.

use std::path::PathBuf;

use clap::Args;

/// The stacks that a command applies to, and the assembly that contains them.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct StackArguments {
    /// Selects this stack only, by construct path or name. Can be repeated.
    #[arg(long, value_name = "NAME")]
    pub(crate) stack: Vec<String>,

    /// The cloud assembly in this folder, in place of the one that the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) assembly: Option<PathBuf>,
}
