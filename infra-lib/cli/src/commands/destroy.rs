//! Implements `destroy`: deletes stacks after listing the fate of every resource that holds data.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use infra_deploy::operate::destroy::{
    Content, DestroyOptions, Destroyed, Doomed, Fate, Holding, Leftovers, PreviewData, Survey,
    destroy, survey, survey_preview,
};
use infra_deploy::{Class, Error};

use super::confirm::{Stop, Wanted, became, line_of};
use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::{Driving, ProgressArguments};
use crate::session::Session;
use infra_console::words::plural;

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

pub(crate) fn run(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    let assembly = session.wanted(options.assembly.as_deref())?;
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
        let driving = || Driving {
            arguments: options.progress,
            cloud: &*cloud,
            stop: &Stop,
            questions: None,
        };
        let looked = match &options.preview {
            Some(preview) => survey_preview(cloud.clone(), assembly.clone(), preview.clone()),
            None => survey(cloud.clone(), assembly.clone(), options.stack.clone()),
        };
        let looked = session.drive_recorded("destroy", looked, driving()).await?;
        if looked.stacks.is_empty() {
            let line = "nothing to destroy: no stack is deployed";
            return session.done("destroy", options.progress, cloud.now(), Vec::new(), line);
        }
        if !options.progress.json {
            session.output.talk(&shown(&looked))?;
        }
        let obstacles = looked.obstacles(&wanted);
        if !obstacles.is_empty() {
            let refused = Failure::Operation(Error::all(Class::Blocked, obstacles));
            return session.recorded("destroy", options.progress, &*cloud, refused);
        }
        if !options.yes {
            let (name, unattended) = match &options.preview {
                Some(preview) => (preview.clone(), "--yes"),
                None => (session.name_to_type(&looked), "--yes --stack NAME"),
            };
            let question = format!("to delete all this, type `{name}`: ");
            session
                .confirm(&question, Wanted::Name(&name), unattended)
                .await?;
        }
        let gone = destroy(looked, wanted.clone());
        let gone = session.drive_recorded("destroy", gone, driving()).await?;
        if !options.progress.json {
            session.output.talk(&left(&gone))?;
        }
        let line = format!("{} deleted", plural(gone.len(), "stack"));
        let stacks = gone.iter().map(|one| became(&one.stack, "deleted"));
        session.done(
            "destroy",
            options.progress,
            cloud.now(),
            stacks.collect(),
            &line,
        )
    })
}

impl Session<'_> {
    /// Returns the text that a person types to confirm: the name of the stack, or of the environment if there are several stacks.
    fn name_to_type(&self, survey: &Survey) -> String {
        match survey.stacks.as_slice() {
            [only] => only.name().to_owned(),
            several => match self.environment() {
                Some(environment) => environment.to_owned(),
                None => plural(several.len(), "stack"),
            },
        }
    }
}

fn shown(survey: &Survey) -> String {
    let mut text = String::new();
    for doomed in &survey.stacks {
        let _ = writeln!(
            text,
            "{} in {}: {}",
            doomed.name(),
            doomed.region(),
            plural(doomed.resources, "resource")
        );
        text += &holdings(doomed);
    }
    text.push('\n');
    text
}

fn holdings(doomed: &Doomed) -> String {
    let lines = doomed.holdings.iter().map(|holding| {
        let becomes = becomes(holding) + ":";
        format!("  {becomes:<18} {}\n", line_of(&holding.resource))
    });
    lines.collect()
}

fn becomes(holding: &Holding) -> String {
    match (holding.fate, holding.content) {
        (Fate::Deleted, Content::Empty) => "deleted, empty".to_owned(),
        (Fate::Deleted, Content::Objects(count)) => plural(count, "object"),
        (Fate::Deleted, Content::Unknown) => "deleted with data".to_owned(),
        (Fate::Snapshot, _) => "snapshot is kept".to_owned(),
        (Fate::Retained, _) => "stays".to_owned(),
    }
}

/// Lists resources and snapshots that remain outside of any stack, and may incur charges.
fn left(gone: &[Destroyed]) -> String {
    let mut text = String::new();
    for destroyed in gone {
        for resource in &destroyed.left {
            let id = resource.physical_id.as_deref().unwrap_or("?");
            let _ = writeln!(
                text,
                "retained outside of any stack: {id}, previously {}",
                line_of(resource)
            );
        }
        for resource in &destroyed.snapshots {
            let _ = writeln!(text, "a snapshot remains of {}", line_of(resource));
        }
    }
    text
}
