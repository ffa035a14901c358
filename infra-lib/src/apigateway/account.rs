//! Settings of API Gateway in an account and region, which all APIs share.

use crate::cfn::apigateway::{CfnAccount, CfnAccountProps, CfnRestApi};
use crate::core::{RemovalPolicy, Scope};
use crate::iam::{ManagedPolicy, Principal, Role};

/// Adds the role with which API Gateway writes logs, and the setting of the account.
#[track_caller]
pub(super) fn add<'app>(scope: Scope<'app>, api: CfnRestApi<'app>) -> CfnAccount<'app> {
    let role = Role::builder()
        .assumed_by(Principal::service("apigateway.amazonaws.com"))
        .managed_policy(ManagedPolicy::aws(
            "service-role/AmazonAPIGatewayPushToCloudWatchLogs",
        ))
        .build(scope, "CloudWatchRole");
    role.cfn().apply_removal_policy(RemovalPolicy::Retain);
    let account = CfnAccountProps::new()
        .cloud_watch_role_arn(role.arn())
        .build(scope, "Account");
    account.apply_removal_policy(RemovalPolicy::Retain);
    account.depends_on(api);
    account
}
