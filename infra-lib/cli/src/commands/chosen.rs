//! Which stacks a command that looks at what runs is about.

use std::path::PathBuf;

use clap::Args;

/// The stacks, of which assembly.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Chosen {
    /// This stack only, by construct path or name. Can be repeated.
    #[arg(long, value_name = "NAME")]
    pub(crate) stack: Vec<String>,

    /// The cloud assembly in this folder, in place of what the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) assembly: Option<PathBuf>,
}
