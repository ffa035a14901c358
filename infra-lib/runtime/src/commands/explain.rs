//! Implements `explain`: prints the page of a code.

use infra_console::app_arguments::ExplainArguments;
use infra_console::{ExitCode, explain_code};

use crate::session::{Failure, Session};

pub(super) fn run_explain(
    session: &mut Session<'_>,
    options: &ExplainArguments,
) -> Result<ExitCode, Failure> {
    let text = explain_code(options.code.as_deref(), options.json).map_err(|finding| *finding)?;
    session.output.write_data(&text)?;
    Ok(ExitCode::Ok)
}
