//! The smallest app: a bucket and a queue, with the whole command line around them.
//!
//! `cargo run --example hello -- synth`, then `-- ls`, `-- graph`, `-- explain INF1001`.

use infra_lib::cfn::s3::CfnBucketProps;
use infra_lib::cfn::sqs::CfnQueueProps;
use infra_lib::{App, Stack};

fn main() -> std::process::ExitCode {
    infra_cli::run_simple(build)
}

/// The whole app; a test builds it too.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Hello");
    CfnBucketProps::new().build(stack, "Files");
    CfnQueueProps::new().delay_seconds(5).build(stack, "Jobs");
}
