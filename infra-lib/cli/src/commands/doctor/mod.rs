//! Implements `doctor`: checks everything that a deployment needs, or the set-up of a delivery by workflows.

pub(super) mod delivery;

use std::path::PathBuf;

use clap::Args;
use infra_deploy::operate::doctor::{Check, DoctorOptions, Verdict, run_checks};
use schemars::JsonSchema;
use serde::Serialize;

use super::confirm::Uncancellable;
use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::{DriveContext, ProgressArguments};
use crate::session::Session;
use infra_console::documents::to_json;
use infra_console::words::{clean_line, format_count};

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Checks this stack only. Can be repeated.
    #[arg(long, value_name = "NAME")]
    stack: Vec<String>,

    /// Checks the set-up of a delivery by workflows of GitHub, in place of the app: repository, environments, rules, roles, variables, mail.
    ///
    /// Reads GitHub with the token in `GITHUB_TOKEN` or `GH_TOKEN`, and AWS with credentials that read IAM; either half works without the other.
    /// Changes nothing. Ends with exit code 1 if something is missing, and 8 if neither could be read.
    #[arg(long, conflicts_with_all = ["stack", "assembly"])]
    delivery: bool,

    /// The repository on GitHub. Default: `GITHUB_REPOSITORY`, else that of the remote `origin`.
    #[arg(long, value_name = "OWNER/NAME", requires = "delivery")]
    repository: Option<String>,

    /// Prints JSON: schemas/doctor.schema.json; with `--delivery` schemas/doctor-delivery.schema.json.
    #[arg(long)]
    json: bool,

    /// The cloud assembly in this folder, in place of the one that the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    assembly: Option<PathBuf>,
}

/// Results of the checks that precede a deployment.
#[derive(Debug, JsonSchema, Serialize)]
#[schemars(title = "Checks: `doctor --json`")]
pub(super) struct Document {
    /// Version of this format.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// False if a failed check means that a deployment would fail.
    healthy: bool,
    /// Checks in the order in which they were made.
    checks: Vec<Check>,
}

/// Environment variables that redirect calls to other endpoints: first the one for all services, then those of single services.
/// <https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html>
const ENDPOINTS: [&str; 7] = [
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_CLOUDFORMATION",
    "AWS_ENDPOINT_URL_STS",
    "AWS_ENDPOINT_URL_S3",
    "AWS_ENDPOINT_URL_ECS",
    "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS",
    "AWS_ENDPOINT_URL_CLOUDFRONT",
];

pub(crate) fn run_doctor(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    if options.delivery {
        return delivery::check_delivery(session, options.repository.as_deref(), options.json);
    }
    let assembly = session.load_assembly(options.assembly.as_deref())?;
    let endpoints = ENDPOINTS.iter().filter_map(|name| {
        let address = session.variable(name)?;
        Some(((*name).to_owned(), address.to_owned()))
    });
    let wanted = DoctorOptions::builder()
        .stacks(options.stack.clone())
        .endpoints(endpoints.collect())
        .build();
    session.with_cloud(async |session, cloud| {
        let driving = DriveContext {
            arguments: ProgressArguments::default(),
            cloud: &*cloud,
            interruptible: &Uncancellable,
            questions: None,
        };
        let operation = run_checks(cloud.clone(), assembly.clone(), wanted.clone());
        let checks = session.drive_operation(operation, driving).await?;
        let count = |verdict| {
            checks
                .iter()
                .filter(|check| check.verdict == verdict)
                .count()
        };
        let (failed, warned) = (count(Verdict::Fail), count(Verdict::Warn));
        if options.json {
            let document = Document {
                version: 1,
                healthy: failed == 0,
                checks,
            };
            session.output.write_json(&to_json(&document))?;
        } else {
            let text: String = checks.iter().map(format_check).collect();
            session.output.write_data(&text)?;
            let verdict = match (failed, warned) {
                (0, 0) => "all checks passed".to_owned(),
                (0, warned) => format_count(warned, "warning"),
                (failed, _) => format!("{} would fail a deployment", format_count(failed, "check")),
            };
            let verdict = session.output.emphasize_text(&verdict);
            session.output.write_status(&format!("{verdict}\n"))?;
        }
        Ok(if failed > 0 {
            ExitCode::Error
        } else {
            ExitCode::Ok
        })
    })
}

fn format_check(check: &Check) -> String {
    let word = match check.verdict {
        Verdict::Ok => "ok  ",
        Verdict::Warn => "warn",
        Verdict::Fail => "FAIL",
    };
    let mut text = format!(
        "{word}  {}: {}\n",
        check.subject,
        clean_line(&check.message)
    );
    if let Some(help) = &check.help {
        text += &["      ", help, "\n"].concat();
    }
    text
}
