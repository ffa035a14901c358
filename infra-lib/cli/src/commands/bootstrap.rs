//! Implements `bootstrap`: deploys the bucket for large templates, or prints its template.

use clap::Args;
use infra_deploy::deploy::DeployOptions;
use infra_deploy::operate::bootstrap;

use super::deploy::{ApprovalLevel, DeployRequest, run_deployment};
use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::ProgressArguments;
use crate::session::Session;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Prints the template and deploys nothing.
    #[arg(long)]
    print: bool,

    /// The region of the bucket. Default: that of the environment.
    #[arg(long, value_name = "REGION")]
    region: Option<String>,

    /// Answers every question with yes.
    #[arg(long, short)]
    yes: bool,

    #[command(flatten)]
    progress: ProgressArguments,
}

pub(crate) fn run_bootstrap(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    if options.print {
        session
            .output
            .write_json(&bootstrap::bootstrap_template())?;
        return Ok(ExitCode::Ok);
    }
    let assembly = bootstrap::bootstrap_assembly(options.region.as_deref());
    let level = if options.yes {
        ApprovalLevel::Never
    } else {
        ApprovalLevel::default()
    };
    session.with_cloud(async |session, cloud| {
        let asked = DeployRequest {
            level,
            progress: options.progress,
            outputs_file: None,
            recording: None,
        };
        run_deployment(session, cloud, &assembly, DeployOptions::default(), asked).await?;
        Ok(ExitCode::Ok)
    })
}
