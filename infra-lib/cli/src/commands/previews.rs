//! Implements `previews`: lists deployed previews of pull requests, for people and for programs that remove them.

use std::path::PathBuf;

use clap::Args;
use infra_console::documents::to_json;
use infra_console::words::format_count;
use infra_deploy::operate::previews::{Preview, list_previews};
use schemars::JsonSchema;
use serde::Serialize;
use time::format_description::well_known::Rfc3339;

use super::confirm::Uncancellable;
use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::{DriveContext, ProgressArguments};
use crate::session::Session;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Prints JSON: schemas/previews.schema.json.
    #[arg(long)]
    json: bool,

    /// The cloud assembly in this folder, in place of the one that the app synthesizes; that of any preview of the environment.
    #[arg(long, value_name = "FOLDER")]
    assembly: Option<PathBuf>,
}

pub(crate) fn run_previews(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let assembly = session.load_assembly(options.assembly.as_deref())?;
    session.with_cloud(async |session, cloud| {
        let driving = DriveContext {
            arguments: ProgressArguments::default(),
            cloud: &*cloud,
            interruptible: &Uncancellable,
            questions: None,
        };
        let found = list_previews(cloud.clone(), assembly.clone());
        let found = session.drive_operation(found, driving).await?;
        if options.json {
            let document = Document(found.iter().map(Entry::new).collect());
            session.output.write_json(&to_json(&document))?;
            return Ok(ExitCode::Ok);
        }
        if found.is_empty() {
            session.output.write_status("no preview is deployed\n")?;
        }
        for preview in &found {
            let line = format!(
                "{:<12}  expires {}  {}\n",
                preview.name,
                preview.expires,
                format_count(preview.stacks.len(), "stack")
            );
            session.output.write_data(&line)?;
        }
        Ok(ExitCode::Ok)
    })
}

/// Deployed previews, by name.
#[derive(Debug, JsonSchema, Serialize)]
#[schemars(title = "Deployed previews: `previews --json`")]
pub(super) struct Document(Vec<Entry>);

/// A deployed preview with its stacks.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    /// Name of the preview, such as `pr7`.
    name: String,
    /// Value of the tag `infra:app` of its stacks: `APP/ENVIRONMENT/NAME`.
    app: String,
    /// Last day of the preview in UTC (`YYYY-MM-DD`), after which it has to be removed.
    expires: String,
    /// Creation time of its oldest stack, in RFC 3339 format.
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    /// Stacks, in the order of their creation.
    stacks: Vec<StackEntry>,
}

/// A stack of a preview.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct StackEntry {
    /// Region of the stack.
    region: String,
    /// Name of the stack in CloudFormation.
    name: String,
    /// Status of the stack in CloudFormation, such as `UPDATE_COMPLETE`.
    status: String,
}

impl Entry {
    fn new(preview: &Preview) -> Self {
        let stacks = preview.stacks.iter().map(|stack| StackEntry {
            region: stack.region.clone(),
            name: stack.name.clone(),
            status: stack.status.clone(),
        });
        Self {
            name: preview.name.clone(),
            app: preview.app.clone(),
            expires: preview.expires.clone(),
            created: preview.created.and_then(|at| at.format(&Rfc3339).ok()),
            stacks: stacks.collect(),
        }
    }
}
