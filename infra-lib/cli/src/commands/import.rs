//! Implements `import`: imports existing resources into a stack without changing them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use infra_deploy::operate::import::{
    Planned, Prepared, abandon_import, execute_import, plan_import, prepare_import,
};

use super::confirm::{ExpectedAnswer, Uncancellable, format_resource, stack_result};
use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::{DriveContext, ProgressArguments};
use crate::session::Session;
use infra_console::words::format_count;

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

pub(crate) fn run_import(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let assembly = session.load_reviewable_assembly(options.assembly.as_deref())?;
    let resources: BTreeMap<String, String> = options.resource.iter().cloned().collect();
    session.with_cloud(async |session, cloud| {
        let driving = || DriveContext {
            arguments: options.progress,
            cloud: &*cloud,
            interruptible: &Uncancellable,
            questions: None,
        };
        let prepared = prepare_import(
            cloud.clone(),
            assembly.clone(),
            options.stack.clone(),
            resources.clone(),
        );
        let prepared = session
            .drive_recorded("import", prepared, driving())
            .await?;
        if !options.progress.json {
            session.output.write_status(&format_imports(&prepared))?;
        }
        // Checked before anything is written: without an answer, not even a change set is created.
        if !options.yes && !session.person.is_present() {
            session
                .confirm_change("", ExpectedAnswer::Yes, "--yes")
                .await?;
        }
        let planned = plan_import(cloud.clone(), prepared);
        let planned = session.drive_recorded("import", planned, driving()).await?;
        if !options.yes {
            let question = format_question(&planned);
            if let Err(refused) = session
                .confirm_change(&question, ExpectedAnswer::Yes, "--yes")
                .await
            {
                abandon_import(planned).await?;
                return Err(refused);
            }
        }
        let done = execute_import(planned);
        let done = session.drive_recorded("import", done, driving()).await?;
        let resources = format_count(done.count, "resource");
        let line = format!("{resources} imported into {}", done.stack);
        let stacks = vec![stack_result(&done.stack, "imported")];
        session.report_success(
            "import",
            options.progress,
            cloud.current_time(),
            stacks,
            &line,
        )
    })
}

fn format_imports(prepared: &Prepared) -> String {
    let stack = if prepared.creates_stack() {
        format!("{} (new)", prepared.stack())
    } else {
        prepared.stack().to_owned()
    };
    let resources = format_count(prepared.imports.len(), "resource");
    let mut text = format!("{resources} to be imported into {stack}:\n");
    for (name, import) in &prepared.imports {
        let identifier: Vec<String> = import
            .identifier
            .iter()
            .map(|(key, value)| format!("{key} {value}"))
            .collect();
        let _ = writeln!(text, "  {}", format_resource(name));
        let _ = writeln!(text, "    {}", identifier.join(", "));
    }
    text.push('\n');
    text
}

fn format_question(planned: &Planned) -> String {
    let resources = format_count(planned.changes.len(), "resource");
    format!(
        "CloudFormation accepts the import and changes nothing else; import {resources}? [y/N] "
    )
}
