//! Permissions on user pools, and user pools as values.

use super::UserPool;
use crate::core::{Id, IntoValue, Value};
use crate::iam::{Grant, Grantable};
use crate::kind;

pub(super) const READ_USERS: [&str; 6] = [
    "cognito-idp:AdminGetUser",
    "cognito-idp:AdminListGroupsForUser",
    "cognito-idp:DescribeUserPool",
    "cognito-idp:ListGroups",
    "cognito-idp:ListUsers",
    "cognito-idp:ListUsersInGroup",
];
pub(super) const MANAGE_USERS: [&str; 8] = [
    "cognito-idp:AdminAddUserToGroup",
    "cognito-idp:AdminCreateUser",
    "cognito-idp:AdminDeleteUser",
    "cognito-idp:AdminDisableUser",
    "cognito-idp:AdminEnableUser",
    "cognito-idp:AdminRemoveUserFromGroup",
    "cognito-idp:AdminResetUserPassword",
    "cognito-idp:AdminUpdateUserAttributes",
];

impl<'app> UserPool<'app> {
    /// Allows a role to perform actions on the user pool, such as `cognito-idp:AdminUserGlobalSignOut`.
    #[track_caller]
    pub fn grant(
        &self,
        to: &impl Grantable<'app>,
        actions: impl IntoIterator<Item = impl Into<String>>,
    ) -> Grant<'app> {
        Grant::to(to)
            .actions(actions)
            .resource(self.arn())
            .on_identity(self)
    }

    /// Allows a role to read users and groups.
    #[track_caller]
    pub fn grant_read_users(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.grant(to, READ_USERS)
    }

    /// Allows a role to create, change and delete users, and to put them into groups. It may not set passwords.
    #[track_caller]
    pub fn grant_manage_users(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.grant(to, MANAGE_USERS)
    }
}

impl IntoValue<Id<kind::cognito::UserPool>> for UserPool<'_> {
    fn into_value(self) -> Value<Id<kind::cognito::UserPool>> {
        self.user_pool_id()
    }
}

impl IntoValue<Id<kind::cognito::UserPool>> for &UserPool<'_> {
    fn into_value(self) -> Value<Id<kind::cognito::UserPool>> {
        self.user_pool_id()
    }
}
