//! Implements `rollback`: returns to the state before a failed operation, or to an earlier release.

mod failed;
mod release;

use std::path::PathBuf;

use clap::Args;
use infra_deploy::release::ReleaseSelector;

use super::releases::OriginArguments;
use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::ProgressArguments;
use crate::session::Session;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The stack whose operation failed; with `--to`, restores this stack only. Can be repeated with `--to`.
    #[arg(long, value_name = "NAME", required_unless_present = "to")]
    stack: Vec<String>,

    /// Restores this release: its number, `previous`, or `latest` after a deployment that failed halfway.
    ///
    /// Its templates are deployed and its site is published again. Stacks with a database migration are not changed.
    #[arg(long, value_name = "RELEASE", conflicts_with = "go_on")]
    to: Option<ReleaseSelector>,

    /// Accepts that this step removed something that the release may use. Can be repeated.
    #[arg(long, value_name = "STEP", requires = "to")]
    despite_contraction: Vec<String>,

    /// Accepts that the release opens a path from the internet to this resource: logical ID or construct path. Can be repeated.
    #[arg(long, value_name = "ID", requires = "to")]
    allow_exposure: Vec<String>,

    /// Continues a rollback that failed (`UPDATE_ROLLBACK_FAILED`).
    #[arg(long = "continue")]
    go_on: bool,

    /// Skips this resource and leaves it in its state: logical ID or construct path. With `--continue`. Can be repeated.
    #[arg(long, value_name = "ID", requires = "go_on")]
    skip: Vec<String>,

    /// Skips every resource that fails again; requires `--continue`.
    #[arg(long, requires = "go_on", conflicts_with = "skip")]
    force_skip: bool,

    /// Begins without asking for approval.
    #[arg(long)]
    yes: bool,

    /// The service role that CloudFormation assumes, for `--to`. Later operations on the stack use it too.
    #[arg(long, value_name = "ARN", requires = "to")]
    role_arn: Option<String>,

    /// The cloud assembly in this folder, in place of the one that the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    assembly: Option<PathBuf>,

    #[command(flatten)]
    origin: OriginArguments,

    #[command(flatten)]
    progress: ProgressArguments,
}

pub(crate) fn run_rollback(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    match options.to {
        Some(which) => release::restore_release(session, options, which),
        None => failed::roll_back_failed(session, options),
    }
}
