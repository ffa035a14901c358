//! Role with which Cognito sends text messages.

use crate::cfn::cognito::user_pool::SmsConfiguration;
use crate::core::Scope;
use crate::iam::{AsRole, Principal, Role, RoleRef, Statement};
use crate::unique_name::unique_name;

/// Returns the configuration of text messages, with a role that only this user pool can assume unless one is given.
pub(super) fn configuration<'app>(
    scope: Scope<'app>,
    given: Option<RoleRef<'app>>,
) -> SmsConfiguration {
    // The role exists before the pool, so that the external ID takes the place of the ARN of the pool.
    let external_id = unique_name(scope, "Resource", 128);
    let role = given.unwrap_or_else(|| {
        Role::builder()
            .assumed_by(
                Principal::service("cognito-idp.amazonaws.com")
                    .external_id(external_id.as_str())
                    .for_this_account(),
            )
            // Text messages to phone numbers have no resource in SNS.
            .statement(Statement::allow().action("sns:Publish").resource("*"))
            .build(scope, "smsRole")
            .as_role()
    });
    SmsConfiguration::new()
        .sns_caller_arn(role.arn())
        .external_id(external_id)
}
