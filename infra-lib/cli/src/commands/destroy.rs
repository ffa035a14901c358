//! Implements `destroy`: deletes stacks after listing the fate of every resource that holds data.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use infra_deploy::operate::destroy::{
    Content, DeletionEffect, DestroyOptions, Destroyed, DoomedStack, HeldResource, Leftovers,
    PreviewData, Survey, destroy_stacks, survey_preview, survey_stacks,
};
use infra_deploy::{Class, Error};

use super::confirm::{ExpectedAnswer, Uncancellable, format_resource, stack_result};
use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::{DriveContext, ProgressArguments};
use crate::session::Session;
use infra_console::words::format_count;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Deletes this stack only, of the app or one that left it. Can be repeated. Default: all stacks of the app.
    #[arg(long, value_name = "NAME", group = "chosen")]
    stack: Vec<String>,

    /// Deletes all stacks of this preview, as `previews` names it, with all their data: buckets are emptied.
    ///
    /// The app, or the assembly, can be that of any preview of the environment.
    #[arg(long, value_name = "NAME", group = "chosen", conflicts_with_all = ["allow_data_loss", "retain", "force_delete"])]
    preview: Option<String>,

    /// Deletes without asking for approval. Scripts need it, and must name the stacks or the preview.
    #[arg(long, requires = "chosen")]
    yes: bool,

    /// Permits the loss of this resource's data: logical ID or construct path. Can be repeated.
    #[arg(long, value_name = "ID")]
    allow_data_loss: Vec<String>,

    /// Leaves this resource in AWS: logical ID or construct path. Permitted only after a failed deletion. Can be repeated.
    #[arg(long, value_name = "ID", conflicts_with = "force_delete")]
    retain: Vec<String>,

    /// Leaves every resource in AWS that cannot be deleted; permitted only after a failed deletion.
    #[arg(long)]
    force_delete: bool,

    /// The cloud assembly in this folder, in place of the one that the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    assembly: Option<PathBuf>,

    #[command(flatten)]
    progress: ProgressArguments,
}

pub(crate) fn run_destroy(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let assembly = session.load_assembly(options.assembly.as_deref())?;
    let wanted = DestroyOptions::builder()
        .allow_data_loss(options.allow_data_loss.iter().cloned().collect())
        .retain(options.retain.iter().cloned().collect())
        .leftovers(if options.force_delete {
            Leftovers::LeaveBehind
        } else {
            Leftovers::Keep
        })
        .preview_data(match options.preview {
            Some(_) => PreviewData::Discard,
            None => PreviewData::Keep,
        })
        .build();
    session.with_cloud(async |session, cloud| {
        let driving = || DriveContext {
            arguments: options.progress,
            cloud: &*cloud,
            interruptible: &Uncancellable,
            questions: None,
        };
        let looked = match &options.preview {
            Some(preview) => survey_preview(cloud.clone(), assembly.clone(), preview.clone()),
            None => survey_stacks(cloud.clone(), assembly.clone(), options.stack.clone()),
        };
        let looked = session.drive_recorded("destroy", looked, driving()).await?;
        if looked.stacks.is_empty() {
            let line = "nothing to destroy: no stack is deployed";
            return session.report_success(
                "destroy",
                options.progress,
                cloud.current_time(),
                Vec::new(),
                line,
            );
        }
        if !options.progress.json {
            session.output.write_status(&format_survey(&looked))?;
        }
        let obstacles = looked.find_obstacles(&wanted);
        if !obstacles.is_empty() {
            let refused = Failure::Operation(Error::from_findings(Class::Blocked, obstacles));
            return session.write_failure_record("destroy", options.progress, &*cloud, refused);
        }
        if !options.yes {
            let (name, unattended) = match &options.preview {
                Some(preview) => (preview.clone(), "--yes"),
                None => (session.confirmation_name(&looked), "--yes --stack NAME"),
            };
            let question = format!("to delete all this, type `{name}`: ");
            session
                .confirm_change(&question, ExpectedAnswer::Name(&name), unattended)
                .await?;
        }
        let gone = destroy_stacks(looked, wanted.clone());
        let gone = session.drive_recorded("destroy", gone, driving()).await?;
        if !options.progress.json {
            session.output.write_status(&format_left_resources(&gone))?;
        }
        let line = format!("{} deleted", format_count(gone.len(), "stack"));
        let stacks = gone.iter().map(|one| stack_result(&one.stack, "deleted"));
        session.report_success(
            "destroy",
            options.progress,
            cloud.current_time(),
            stacks.collect(),
            &line,
        )
    })
}

impl Session<'_> {
    /// Returns the text that a person types to confirm: the name of the stack, or of the environment if there are several stacks.
    fn confirmation_name(&self, survey: &Survey) -> String {
        match survey.stacks.as_slice() {
            [only] => only.name().to_owned(),
            several => match self.environment() {
                Some(environment) => environment.to_owned(),
                None => format_count(several.len(), "stack"),
            },
        }
    }
}

fn format_survey(survey: &Survey) -> String {
    let mut text = String::new();
    for doomed in &survey.stacks {
        let _ = writeln!(
            text,
            "{} in {}: {}",
            doomed.name(),
            doomed.region(),
            format_count(doomed.resources, "resource")
        );
        text += &format_holdings(doomed);
    }
    text.push('\n');
    text
}

fn format_holdings(doomed: &DoomedStack) -> String {
    let lines = doomed.holdings.iter().map(|holding| {
        let becomes = describe_fate(holding) + ":";
        format!("  {becomes:<18} {}\n", format_resource(&holding.resource))
    });
    lines.collect()
}

fn describe_fate(holding: &HeldResource) -> String {
    match (holding.fate, holding.content) {
        (DeletionEffect::Deleted, Content::Empty) => "deleted, empty".to_owned(),
        (DeletionEffect::Deleted, Content::Objects(count)) => format_count(count, "object"),
        (DeletionEffect::Deleted, Content::Unknown) => "deleted with data".to_owned(),
        (DeletionEffect::Snapshot, _) => "snapshot is kept".to_owned(),
        (DeletionEffect::Retained, _) => "stays".to_owned(),
    }
}

/// Lists resources and snapshots that remain outside of any stack, and may incur charges.
fn format_left_resources(gone: &[Destroyed]) -> String {
    let mut text = String::new();
    for destroyed in gone {
        for resource in &destroyed.retained {
            let id = resource.physical_id.as_deref().unwrap_or("?");
            let _ = writeln!(
                text,
                "retained outside of any stack: {id}, previously {}",
                format_resource(resource)
            );
        }
        for resource in &destroyed.snapshots {
            let _ = writeln!(text, "a snapshot remains of {}", format_resource(resource));
        }
    }
    text
}
