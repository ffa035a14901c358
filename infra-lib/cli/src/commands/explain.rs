//! Implements `explain`: prints the page of a code, or of a rule of policy packs.

use clap::Args;
use infra_console::explain_code;
use serde_json::json;

use crate::ExitCode;
use crate::failure::Failure;
use crate::session::Session;

/// Options of `explain`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The code, such as `INF1001`, or a rule of policy packs, such as `s3-tls`. Default: lists all codes.
    code: Option<String>,

    /// Prints the code with its page, or all codes, as JSON: schemas/explain.schema.json.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run_explain(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let rule = options.code.as_deref().and_then(infra_packs::find_rule);
    if let Some(rule) = rule {
        let page = infra_packs::report::render_rule(rule);
        if options.json {
            session.output.write_json(&json!({
                "code": rule.id(),
                "severity": rule.code().severity().as_str(),
                "title": rule.message(),
                "page": page,
            }))?;
        } else {
            session.output.write_data(&page)?;
        }
        return Ok(ExitCode::Ok);
    }
    let text = explain_code(options.code.as_deref(), options.json).map_err(|finding| *finding)?;
    session.output.write_data(&text)?;
    Ok(ExitCode::Ok)
}
