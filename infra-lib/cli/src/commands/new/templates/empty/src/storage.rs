//! Defines the storage stack: files that are kept independently of frequently deployed stacks.

use infra_lib::prelude::*;
use infra_lib::s3::Bucket;

use crate::config::Config;

/// Adds the stack with a bucket and an output with the bucket's name.
pub fn build(app: &App, config: &Config) {
    let stack = config
        .stack("storage", "Files of the app")
        .build(app, "Storage");
    let files = Bucket::builder()
        .removal_policy(config.data.into())
        .build(stack, "Files");
    Output::new(stack, "FilesBucket", files.bucket_name());
}
