//! Implements `publish-assets`: publishes the assets of stacks that are missing, and changes no stack.

use std::path::PathBuf;

use clap::Args;
use infra_console::words::format_count;
use infra_deploy::publish::{PublishOptions, publish_assets};

use super::confirm::Uncancellable;
use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::{DriveContext, ProgressArguments};
use crate::session::Session;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Publishes the assets of this stack only, by construct path or name. Can be repeated.
    #[arg(long, value_name = "NAME")]
    stack: Vec<String>,

    /// The cloud assembly in this folder, in place of the one that the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    assembly: Option<PathBuf>,

    #[command(flatten)]
    progress: ProgressArguments,
}

pub(crate) fn run_publish_assets(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let assembly = session.load_assembly(options.assembly.as_deref())?;
    let wanted = PublishOptions::builder()
        .stacks(options.stack.clone())
        .maybe_container_tool(session.container_tool())
        .build();
    session.with_cloud(async |session, cloud| {
        let driving = DriveContext {
            arguments: options.progress,
            cloud: &*cloud,
            interruptible: &Uncancellable,
            questions: None,
        };
        let operation = publish_assets(cloud.clone(), assembly.clone(), wanted.clone());
        let published = session
            .drive_recorded("publish-assets", operation, driving)
            .await?;
        let line = match published {
            0 => "every asset is published already".to_owned(),
            count => format!("{} published", format_count(count, "asset")),
        };
        session.report_success(
            "publish-assets",
            options.progress,
            cloud.current_time(),
            Vec::new(),
            &line,
        )
    })
}
