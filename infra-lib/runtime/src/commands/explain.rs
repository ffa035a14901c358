//! Implements `explain`: prints the page of a code.

use infra_console::app_arguments::ExplainArguments;
use infra_console::{ExitCode, explain};

use crate::session::{Failure, Session};

pub(super) fn run(
    session: &mut Session<'_>,
    options: &ExplainArguments,
) -> Result<ExitCode, Failure> {
    let text = explain(options.code.as_deref(), options.json).map_err(|finding| *finding)?;
    session.output.data(&text)?;
    Ok(ExitCode::Ok)
}
