//! Implements `import`: imports existing resources into a stack without changing them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use infra_deploy::operate::import::{Planned, Prepared, abandon, execute, plan, prepare};

use super::confirm::{Stop, Wanted, became, line_of};
use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::{Driving, ProgressArguments};
use crate::session::Session;
use infra_console::words::plural;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The stack that the resources become part of.
    #[arg(long, value_name = "NAME")]
    stack: String,

    /// A resource of the program that exists in AWS: logical ID or construct path, and its identifier. Can be repeated.
    ///
    /// An identifier of several values is `A|B` in the order of the type, or `Name=A,OtherName=B`.
    #[arg(long, value_name = "ID=IDENTIFIER", required = true, value_parser = pair)]
    resource: Vec<(String, String)>,

    /// Imports without asking for approval.
    #[arg(long)]
    yes: bool,

    /// The cloud assembly in this folder, in place of the one that the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    assembly: Option<PathBuf>,

    #[command(flatten)]
    progress: ProgressArguments,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(id, _)| !id.is_empty());
    let (id, identifier) = pair.ok_or("write `ID=IDENTIFIER`, such as `Uploads=notes-uploads`")?;
    Ok((id.to_owned(), identifier.to_owned()))
}

pub(crate) fn run(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    let assembly = session.reviewable(options.assembly.as_deref())?;
    let resources: BTreeMap<String, String> = options.resource.iter().cloned().collect();
    session.with_cloud(async |session, cloud| {
        let driving = || Driving {
            arguments: options.progress,
            cloud: &*cloud,
            stop: &Stop,
            questions: None,
        };
        let prepared = prepare(
            cloud.clone(),
            assembly.clone(),
            options.stack.clone(),
            resources.clone(),
        );
        let prepared = session
            .drive_recorded("import", prepared, driving())
            .await?;
        if !options.progress.json {
            session.output.talk(&shown(&prepared))?;
        }
        // Checked before anything is written: without an answer, not even a change set is created.
        if !options.yes && !session.person.is_there() {
            session.confirm("", Wanted::Yes, "--yes").await?;
        }
        let planned = plan(cloud.clone(), prepared);
        let planned = session.drive_recorded("import", planned, driving()).await?;
        if !options.yes {
            let question = question(&planned);
            if let Err(refused) = session.confirm(&question, Wanted::Yes, "--yes").await {
                abandon(planned).await?;
                return Err(refused);
            }
        }
        let done = execute(planned);
        let done = session.drive_recorded("import", done, driving()).await?;
        let resources = plural(done.count, "resource");
        let line = format!("{resources} imported into {}", done.stack);
        let stacks = vec![became(&done.stack, "imported")];
        session.done("import", options.progress, cloud.now(), stacks, &line)
    })
}

fn shown(prepared: &Prepared) -> String {
    let stack = if prepared.makes_stack() {
        format!("{} (new)", prepared.stack())
    } else {
        prepared.stack().to_owned()
    };
    let resources = plural(prepared.imports.len(), "resource");
    let mut text = format!("{resources} to be imported into {stack}:\n");
    for (name, import) in &prepared.imports {
        let identifier: Vec<String> = import
            .identifier
            .iter()
            .map(|(key, value)| format!("{key} {value}"))
            .collect();
        let _ = writeln!(text, "  {}", line_of(name));
        let _ = writeln!(text, "    {}", identifier.join(", "));
    }
    text.push('\n');
    text
}

fn question(planned: &Planned) -> String {
    let resources = plural(planned.changes.len(), "resource");
    format!("CloudFormation accepts the import and changes nothing else; import {resources}? [y/N] ")
}
