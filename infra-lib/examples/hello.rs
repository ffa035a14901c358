//! The smallest app: a bucket with careful defaults, a queue as CloudFormation makes it, and the whole command line.
//!
//! `cargo run --example hello -- synth`, then `-- ls`, `-- graph`, `-- explain INF1001`.

use infra_lib::cfn::sqs::CfnQueueProps;
use infra_lib::s3::Bucket;
use infra_lib::{App, Stack};

fn main() -> std::process::ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds everything to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Hello");
    Bucket::builder().build(stack, "Files");
    CfnQueueProps::new().delay_seconds(5).build(stack, "Jobs");
}
