//! Access of clients to replication groups.

use super::{AsUserGroup, UserGroupRef};
use crate::secretsmanager::{IntoSecretField, SecretField};

/// Authentication of the clients of a replication group. Connections need the permission of its security group as well.
#[derive(Clone, Debug)]
pub struct CacheAccess<'app>(pub(super) Access<'app>);

#[derive(Clone, Debug)]
pub(super) enum Access<'app> {
    GeneratedToken,
    Token(SecretField),
    Users(UserGroupRef<'app>),
    Network,
}

impl<'app> CacheAccess<'app> {
    /// Returns access with a token that Secrets Manager generates, in
    /// [`ReplicationGroup::secret`](super::ReplicationGroup::secret). The default here.
    pub fn generated_token() -> Self {
        Self(Access::GeneratedToken)
    }

    /// Returns access with a token from a secret: 16 to 128 printable characters without `@`, `"` and `/`. A parameter of
    /// SSM is reported (`INF4013`).
    pub fn token(field: impl IntoSecretField) -> Self {
        Self(Access::Token(field.into_secret_field()))
    }

    /// Returns access for the users of a group: a [`UserGroup`](super::UserGroup) or an
    /// [`ImportedUserGroup`](super::ImportedUserGroup).
    pub fn user_group(group: impl AsUserGroup<'app>) -> Self {
        Self(Access::Users(group.as_user_group()))
    }

    /// Returns access for every client that the security group admits, as in CloudFormation.
    pub fn network() -> Self {
        Self(Access::Network)
    }
}
