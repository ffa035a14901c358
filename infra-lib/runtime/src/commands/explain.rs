//! `explain`: the page of a code.

use infra_console::app_arguments::ExplainArguments;
use infra_console::{ExitCode, code_page, codes_json, list_codes};

use crate::session::{Failure, Session};

pub(super) fn run(
    session: &mut Session<'_>,
    options: &ExplainArguments,
) -> Result<ExitCode, Failure> {
    if options.json {
        let json = codes_json(options.code.as_deref()).map_err(|finding| *finding)?;
        session.output.json(&json)?;
        return Ok(ExitCode::Ok);
    }
    let text = match &options.code {
        None => list_codes(),
        Some(code) => code_page(code).map_err(|finding| *finding)?,
    };
    session.output.data(&text)?;
    Ok(ExitCode::Ok)
}
