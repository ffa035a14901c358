//! Implements `watch`: follows an operation in progress, and ends with its result.

use std::path::PathBuf;

use async_trait::async_trait;
use clap::Args;
use infra_aws::Cloud;
use infra_deploy::Error;
use infra_deploy::cancel::cancel_stack;
use infra_deploy::{Attached, attach_to_stacks};
use infra_template::assembly::CloudAssembly;

use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::record::{self, Own, StackResult};
use crate::progress::{DriveContext, Interruptible, ProgressArguments, Style};
use crate::session::Session;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Watches this stack only. Can be repeated.
    #[arg(long, value_name = "NAME")]
    stack: Vec<String>,

    /// The cloud assembly in this folder, in place of the one that the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    assembly: Option<PathBuf>,

    #[command(flatten)]
    progress: ProgressArguments,
}

pub(crate) fn run_watch(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let assembly = session.load_assembly(options.assembly.as_deref())?;
    session.with_cloud(async |session, cloud| {
        let stop = StackOperation {
            cloud: &*cloud,
            assembly: &assembly,
        };
        let operation = attach_to_stacks(cloud.clone(), assembly.clone(), options.stack.clone());
        let driving = DriveContext {
            arguments: options.progress,
            cloud: &*cloud,
            interruptible: &stop,
            questions: None,
        };
        let attached = session.drive_recorded("watch", operation, driving).await?;
        print_status(session, options.progress, &*cloud, &attached)?;
        Ok(ExitCode::Ok)
    })
}

fn print_status(
    session: &mut Session<'_>,
    progress: ProgressArguments,
    cloud: &dyn Cloud,
    attached: &[Attached],
) -> Result<(), Failure> {
    if progress.json {
        let stacks = attached.iter().map(|one| StackResult {
            stack: one.stack.clone(),
            outcome: one.status.as_ref().map_or_else(
                || "notDeployed".to_owned(),
                |status| status.as_str().to_owned(),
            ),
            outputs: record::outputs_by_name(&one.outputs),
        });
        let result = Own::Result {
            command: "watch".to_owned(),
            exit_code: ExitCode::Ok.number(),
            release: None,
            stacks: stacks.collect(),
        };
        record::write_record(&mut session.output, cloud.current_time(), result)?;
        return Ok(());
    }
    // The display has shown followed stacks already, unless progress was disabled.
    let told = |one: &Attached| one.watched && progress.progress != Style::None;
    let lines = attached.iter().filter(|one| !told(one)).map(|one| {
        let name = &one.stack;
        match &one.status {
            Some(status) if one.watched => format!("{name}: {status}\n"),
            Some(status) => format!("{name}: no operation in progress, status {status}\n"),
            None => format!("{name}: not deployed\n"),
        }
    });
    let text: String = lines.collect();
    session.output.write_status(&text)?;
    Ok(())
}

/// An operation in CloudFormation, which may have been started elsewhere; it can be cancelled.
pub(super) struct StackOperation<'a> {
    pub(super) cloud: &'a dyn Cloud,
    pub(super) assembly: &'a CloudAssembly,
}

#[async_trait]
impl Interruptible for StackOperation<'_> {
    fn can_cancel(&self) -> bool {
        true
    }

    async fn cancel_operation(&self, stack: &str) -> Result<(), Error> {
        let region = self
            .assembly
            .find_stack(stack)
            .and_then(|s| s.region.clone());
        let region = region.or_else(|| self.cloud.default_region());
        cancel_stack(self.cloud, &region.unwrap_or_default(), stack).await
    }
}
