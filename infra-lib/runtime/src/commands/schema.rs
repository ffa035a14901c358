//! Implements `schema`: prints or checks the JSON Schema of the configuration, for editors and for the repository.

use crate::session::{Failure, Session};
use infra_console::ExitCode;
use infra_console::app_arguments::SchemaArguments;
use std::path::Path;

use infra_core::{Diagnostic, codes};

pub(super) fn run_schema(
    session: &mut Session<'_>,
    options: &SchemaArguments,
) -> Result<ExitCode, Failure> {
    let Some(schema) = session.build.schema else {
        return Err(Diagnostic::new(
            codes::NO_CONFIGURATION,
            "this app has no configuration, and therefore no configuration schema",
        )
        .help(
            "call `infra_runtime::run` with a type that implements `infra_runtime::Configuration`",
        )
        .into());
    };
    let text = format!("{:#}\n", schema());
    match &options.check {
        None => session.output.write_data(&text)?,
        Some(file) => check_schema_file(session, &text, file)?,
    }
    Ok(ExitCode::Ok)
}

fn check_schema_file(session: &mut Session<'_>, text: &str, file: &Path) -> Result<(), Failure> {
    let shown = session.display_path(file);
    let help = format!("write it again: `schema > {shown}`");
    match std::fs::read_to_string(session.directory.join(file)) {
        // Git may convert line ends on Windows.
        Ok(committed) if committed.replace("\r\n", "\n") == text => {
            session
                .output
                .write_status(&format!("`{shown}` is up to date\n"))?;
            Ok(())
        }
        Ok(_) => Err(Diagnostic::new(
            codes::STALE_SCHEMA,
            format!("`{shown}` does not match the configuration of this program"),
        )
        .help(help)
        .into()),
        Err(error) => Err(Diagnostic::new(
            codes::STALE_SCHEMA,
            format!("cannot read `{shown}`: {error}"),
        )
        .help(help)
        .into()),
    }
}
