//! Command line of the generator: `distill` converts the upstream packages to the committed model.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use infra_codegen::distill::{self, Options};

const USAGE: &str = "usage: infra-codegen distill --cfn-lint DIR --service-spec FILE.json --iam-data DIR --out DIR [--overrides DIR]";

#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a developer's tool reports on the terminal"
)]
fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(options) = (arguments.next().as_deref() == Some("distill"))
        .then(|| parse_options(arguments))
        .flatten()
    else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match distill::run_distill(&options) {
        Ok(summary) => {
            println!("{summary:#?}");
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("error: {failure}");
            let mut source = failure.source();
            while let Some(error) = source {
                eprintln!("  because: {error}");
                source = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

fn parse_options(mut arguments: impl Iterator<Item = String>) -> Option<Options> {
    let (mut cfn_lint, mut service_spec, mut iam_data) = (None, None, None);
    let (mut out, mut overrides) = (None, None);
    while let Some(flag) = arguments.next() {
        let slot = match flag.as_str() {
            "--cfn-lint" => &mut cfn_lint,
            "--service-spec" => &mut service_spec,
            "--iam-data" => &mut iam_data,
            "--out" => &mut out,
            "--overrides" => &mut overrides,
            _ => return None,
        };
        *slot = Some(PathBuf::from(arguments.next()?));
    }
    let out: PathBuf = out?;
    Some(Options {
        cfn_lint: cfn_lint?,
        service_spec: service_spec?,
        iam_data: iam_data?,
        overrides: overrides.unwrap_or_else(|| out.join("schema")),
        out,
    })
}
