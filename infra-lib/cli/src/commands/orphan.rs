//! Implements `orphan`: removes the tag of the app from stacks that left it, and deletes nothing.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use infra_core::APP_TAG;
use infra_deploy::operate::orphan::{OrphanSurvey, remove_mark, survey_orphaned};

use super::confirm::{ExpectedAnswer, Uncancellable, stack_result};
use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::{DriveContext, ProgressArguments};
use crate::session::Session;
use infra_console::words::format_count;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The stack that is no longer in the app, by its name in CloudFormation. Can be repeated.
    #[arg(long, value_name = "NAME", required = true)]
    stack: Vec<String>,

    /// Gives the stack up without asking.
    #[arg(long)]
    yes: bool,

    /// The cloud assembly in this folder, in place of the one that the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    assembly: Option<PathBuf>,

    #[command(flatten)]
    progress: ProgressArguments,
}

pub(crate) fn run_orphan(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let assembly = session.load_assembly(options.assembly.as_deref())?;
    session.with_cloud(async |session, cloud| {
        let driving = || DriveContext {
            arguments: options.progress,
            cloud: &*cloud,
            interruptible: &Uncancellable,
            questions: None,
        };
        let looked = survey_orphaned(cloud.clone(), assembly.clone(), options.stack.clone());
        let looked = session.drive_recorded("orphan", looked, driving()).await?;
        if !options.progress.json {
            session.output.write_status(&format_stacks(&looked))?;
        }
        if !options.yes {
            let question = "remove the app's tag and change nothing else? [y/N] ";
            let confirmed = session
                .confirm_change(question, ExpectedAnswer::Yes, "--yes")
                .await;
            if let Err(refused) = confirmed {
                return session.write_failure_record("orphan", options.progress, &*cloud, refused);
            }
        }
        let mut stacks = Vec::new();
        for leaving in looked {
            let done = remove_mark(leaving);
            let name = session.drive_recorded("orphan", done, driving()).await?;
            stacks.push(stack_result(&name, "givenUp"));
        }
        let line = format!(
            "{} orphaned, nothing deleted",
            format_count(stacks.len(), "stack")
        );
        session.report_success(
            "orphan",
            options.progress,
            cloud.current_time(),
            stacks,
            &line,
        )
    })
}

fn format_stacks(looked: &[OrphanSurvey]) -> String {
    let mut text = String::new();
    for leaving in looked {
        let (name, region, app) = (leaving.name(), leaving.region(), &leaving.app);
        let _ = writeln!(text, "{name} in {region}: {APP_TAG}={app}");
    }
    text.push('\n');
    text
}
