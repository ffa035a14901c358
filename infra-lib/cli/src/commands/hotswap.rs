//! Implements `hotswap`: replaces images of running services without CloudFormation, for development.

use std::fmt::Write as _;
use std::time::Duration;

use clap::Args;
use infra_core::{Diagnostic, codes};
use infra_deploy::hotswap::{HotswapOptions, Production, hotswap_images};

use super::chosen::StackArguments;
use super::plan::duration;
use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::ProgressArguments;
use crate::progress::record::{self, Own, StackResult};
use crate::session::Session;
use infra_console::words;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    chosen: StackArguments,

    /// Also replaces images in production, which is assumed with termination protection, or in an environment called `prod`.
    #[arg(long)]
    force: bool,

    /// Maximum time for a service to become steady.
    #[arg(long, value_name = "DURATION", default_value = "15m", value_parser = duration)]
    timeout: Duration,

    #[command(flatten)]
    progress: ProgressArguments,
}

pub(crate) fn run_hotswap(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let assembly = session.load_reviewable_assembly(options.chosen.assembly.as_deref())?;
    let wanted = HotswapOptions::builder()
        .stacks(options.chosen.stack.clone())
        .maybe_environment(session.environment().map(str::to_owned))
        .production(if options.force {
            Production::Forced
        } else {
            Production::Refused
        })
        .timeout(options.timeout)
        .build();
    session.with_cloud(async |session, cloud| {
        let operation = hotswap_images(cloud.clone(), assembly, wanted);
        let interrupted = || {
            Diagnostic::new(
                codes::DETACHED,
                "the operation continues in ECS, but its progress is no longer displayed",
            )
            .help("run `hotswap` again to follow it, or `deploy` to restore the image of the template")
        };
        let swapped = session
            .drive_abortable("hotswap", operation, options.progress, &*cloud, interrupted)
            .await?;
        if options.progress.json {
            let result = Own::Result {
                command: "hotswap".to_owned(),
                exit_code: ExitCode::Ok.number(),
                release: None,
                stacks: swapped
                    .iter()
                    .map(|swap| StackResult {
                        stack: swap.stack.clone(),
                        outcome: "hotswapped".to_owned(),
                        outputs: swap
                            .images
                            .iter()
                            .map(|image| (image.container.clone(), image.after.clone()))
                            .collect(),
                    })
                    .collect(),
            };
            record::write_record(&mut session.output, cloud.current_time(), result)?;
            return Ok(ExitCode::Ok);
        }
        let mut text = String::new();
        for swap in &swapped {
            let revision = swap.task_definition.rsplit('/').next().unwrap_or_default();
            let again = if swap.images.is_empty() {
                " again, as in the template"
            } else {
                ""
            };
            let _ = writeln!(
                text,
                "{} runs {}{again}",
                swap.service,
                words::clean_line(revision)
            );
            for image in &swap.images {
                let _ = writeln!(
                    text,
                    "  {}: {}\n    was {}",
                    image.container,
                    words::clean_line(&image.after),
                    words::clean_line(&image.before)
                );
            }
        }
        if swapped.is_empty() {
            text += "every service already runs the image of the app; nothing was changed\n";
        }
        session.output.write_status(&text)?;
        Ok(ExitCode::Ok)
    })
}
