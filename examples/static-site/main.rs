//! A static website: a private bucket behind CloudFront, with access logs.

use std::process::ExitCode;

use infra_lib::cloudfront::{CloudFrontSite, SiteLogs};
use infra_lib::prelude::*;
use infra_lib::s3::{AccessLogs, Bucket};

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stacks to the app.
pub fn build(app: &App) {
    // CloudFront delivers access logs from us-east-1 only.
    let stack = StackProps::new()
        .environment(Environment::region("us-east-1"))
        .build(app, "Site");
    let logs = Bucket::log_bucket(Duration::days(90)).build(stack, "Logs");
    CloudFrontSite::builder()
        .access_logs(SiteLogs::to(logs))
        .bucket_access_logs(AccessLogs::to(logs).prefix("bucket/"))
        .build(stack, "Site");
}
