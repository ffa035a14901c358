//! The stack `GoodPolicies`: 3 resources, converted by `import-template` from
//! `good_policies.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (features `cloudformation`, `ec2`, `s3`), `serde_json`.

use infra_cfn::{cloudformation, ec2, s3};
use infra_core::intrinsics::{get_azs, select};
use infra_core::{App, RemovalPolicy, Stack};
use serde_json::json;

/// Adds the stack to the app.
pub fn good_policies(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "GoodPolicies");

    let volume = ec2::CfnVolumeProps::new()
        .availability_zone(select::<String>(0, get_azs("")))
        .size(8)
        .build(stack, "Volume");
    volume.apply_removal_policy(RemovalPolicy::Snapshot);

    let bucket = s3::CfnBucketProps::new().build(stack, "Bucket");
    bucket.apply_removal_policy(RemovalPolicy::RetainExceptOnCreate);

    let wait = cloudformation::CfnWaitConditionProps::new().build(stack, "Wait");
    wait.creation_policy(json!({ "ResourceSignal": { "Count": 1, "Timeout": "PT5M" } }));

    stack
}
