//! A bucket and a queue, synthesized into the folder that is the first argument.

use std::path::PathBuf;
use std::process::ExitCode;

use infra_lib::cfn::sqs::CfnQueueProps;
use infra_lib::core::assembly;
use infra_lib::s3::Bucket;
use infra_lib::{App, Stack};

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("error: no output folder; pass it as the first argument");
        return ExitCode::from(2);
    };
    let app = App::new();
    let stack = Stack::new(&app, "Hello");
    Bucket::builder().build(stack, "Files");
    CfnQueueProps::new().delay_seconds(5).build(stack, "Jobs");
    let synthesis = app.synth();
    for finding in synthesis.findings() {
        eprintln!("{finding:?}");
    }
    if synthesis.has_errors() {
        return ExitCode::FAILURE;
    }
    match assembly::write_assembly(&synthesis, &folder) {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
