//! `rollback`: back to how it was, from an operation that failed or from a release that is not good.

mod failed;
mod release;

use std::path::PathBuf;

use clap::Args;
use infra_deploy::release::Which;

use super::releases::Origin;
use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::ProgressArguments;
use crate::session::Session;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The stack whose operation failed; with `--to`, this stack only. Can be repeated there.
    #[arg(long, value_name = "NAME", required_unless_present = "to")]
    stack: Vec<String>,

    /// Brings this release back: its number, `previous`, or `latest` for what a deployment that failed half way left.
    ///
    /// Its templates are deployed and its site is published as it was. What migrates the database is left as it is.
    #[arg(long, value_name = "RELEASE", conflicts_with = "go_on")]
    to: Option<Which>,

    /// Accepts that this step took away something which the release may use. Can be repeated.
    #[arg(long, value_name = "STEP", requires = "to")]
    despite_contraction: Vec<String>,

    /// Goes on with a rollback that got stuck (`UPDATE_ROLLBACK_FAILED`).
    #[arg(long = "continue")]
    go_on: bool,

    /// Leaves this resource as it is: logical ID or construct path. With `--continue`. Can be repeated.
    #[arg(long, value_name = "ID", requires = "go_on")]
    skip: Vec<String>,

    /// Leaves every resource as it is that fails again. With `--continue`.
    #[arg(long, requires = "go_on", conflicts_with = "skip")]
    force_skip: bool,

    /// Begins without asking.
    #[arg(long)]
    yes: bool,

    /// The role that CloudFormation works with, for `--to`. It sticks to the stack.
    #[arg(long, value_name = "ARN", requires = "to")]
    role_arn: Option<String>,

    /// The cloud assembly in this folder, in place of what the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    assembly: Option<PathBuf>,

    #[command(flatten)]
    origin: Origin,

    #[command(flatten)]
    progress: ProgressArguments,
}

pub(crate) fn run(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    match options.to {
        Some(which) => release::run(session, options, which),
        None => failed::run(session, options),
    }
}
