//! Permission of Route 53 to write query logs.

use crate::iam::{Principal, Statement};
use crate::logs::{LogGroupRef, LogResourcePolicy};
use crate::us_east_1::find_wrong_region;
use crate::{Construct, Scope, codes};

/// ID of the policy below a log group; zones that log to the same group share it.
const POLICY: &str = "QueryLogsPolicy";

/// Adds the policy below the log group, in whose region it must be, and returns it. Reports a log group outside
/// `us-east-1` (`INF4070`).
#[track_caller]
pub(super) fn allow<'app>(zone: Scope<'app>, group: LogGroupRef<'app>) -> Scope<'app> {
    let group_scope = group.scope();
    let region = group_scope
        .stack()
        .and_then(|stack| stack.environment().region);
    let found = find_wrong_region(
        codes::QUERY_LOGS_REGION,
        "the log group",
        "Route 53 writes query logs",
        region.as_deref(),
    );
    if let Some(found) = found {
        zone.report(
            found
                .property("QueryLoggingConfig.CloudWatchLogsLogGroupArn")
                .related("the log group is created here", group_scope.origin())
                .help("create the log group in a stack in us-east-1; the zone can remain in its stack"),
        );
    }
    if let Some(existing) = group_scope.child(POLICY) {
        return existing;
    }
    LogResourcePolicy::builder()
        .statement(
            Statement::allow()
                .principal(Principal::service("route53.amazonaws.com").for_this_account())
                .actions(["logs:CreateLogStream", "logs:PutLogEvents"])
                .resource(group.arn()),
        )
        .build(group_scope, POLICY)
        .scope()
}
