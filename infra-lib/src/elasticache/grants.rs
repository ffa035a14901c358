//! Permissions to log in with IAM credentials.

use super::{UserGroupRef, UserRef};
use crate::iam::{Grant, GrantBuilder, Grantable};
use crate::{Diagnostic, IntoValue, Scope, Value, codes, pseudo, sub};

/// Begins the permission to connect to a cache as a user.
pub(super) fn connect<'app>(
    to: &impl Grantable<'app>,
    cache: impl IntoValue<String>,
    user: &UserRef<'app>,
) -> GrantBuilder<'app> {
    Grant::to(to)
        .action("elasticache:Connect")
        .resource(cache)
        .resource(user.arn())
}

/// Reports a cache without users, and a user who does not log in with IAM credentials (`INF4017`).
#[track_caller]
pub(super) fn check_user(scope: Scope<'_>, group: Option<UserGroupRef<'_>>, user: &UserRef<'_>) {
    let report = |message: &str| {
        Diagnostic::new(codes::CACHE_ACCESS, message)
            .origin(std::panic::Location::caller())
            .url("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html")
    };
    if group.is_none() {
        scope.report(
            report("a principal may connect as a user, but the cache has no users").help(
                "give the cache a user group: `.user_group(…)`, or `.access(CacheAccess::user_group(…))`",
            ),
        );
    }
    if let UserRef::Own(user) = user {
        let facts = user.facts();
        if !facts.uses_iam {
            scope.report(
                report("a principal may connect as a user who has no IAM authentication")
                    .actual(&*facts.name)
                    .help("set `.authentication(UserAuthentication::iam())` for the user"),
            );
        }
    }
}

/// Returns the ARN of a resource of ElastiCache in this account and region.
pub(super) fn arn_of(kind: &'static str, id: Value<String>) -> Value<String> {
    let (partition, region, account) =
        (pseudo::partition(), pseudo::region(), pseudo::account_id());
    sub![
        "arn:",
        partition,
        ":elasticache:",
        region,
        ":",
        account,
        ":",
        kind,
        ":",
        id
    ]
}
